//! Where the files of a setup are on this machine.

use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// Most links that are followed one after the other.
const MAX_LINKS: usize = 40;

/// Expands a path of a setup. Relative paths are relative to the current directory. `None` without a home directory.
pub(crate) fn expand(path: &str) -> Option<PathBuf> {
    if let Some((variable, rest)) = path.strip_prefix('{').and_then(|path| path.split_once('}')) {
        let (name, default) = variable.split_once(':')?;
        let base = match std::env::var_os(name).map(PathBuf::from).filter(|path| path.is_absolute()) {
            Some(base) => base,
            None => expand(default)?,
        };
        return Some(base.join(rest.trim_start_matches('/')));
    }
    if let Some(rest) = path.strip_prefix("~/") {
        return Some(home()?.join(rest));
    }
    let path = Path::new(path);
    if path.is_absolute() { Some(path.to_owned()) } else { Some(std::env::current_dir().ok()?.join(path)) }
}

/// The file that a path leads to through links, also where nothing is there yet.
pub(crate) fn resolve(path: PathBuf) -> PathBuf {
    let mut path = path;
    for _ in 0..MAX_LINKS {
        if let Ok(path) = path.canonicalize() {
            return path;
        }
        let Ok(target) = std::fs::read_link(&path) else { break };
        path = path.parent().map(|folder| folder.join(&target)).unwrap_or(target);
    }
    path
}

/// The text of a configuration. A pipe in its place would keep its reader waiting.
pub(crate) fn read(path: &Path, limit: u64) -> io::Result<String> {
    if !std::fs::metadata(path)?.is_file() {
        return Err(io::Error::other("it is not a file"));
    }
    let mut text = String::new();
    std::fs::File::open(path)?.take(limit + 1).read_to_string(&mut text)?;
    if text.len() as u64 > limit { Err(io::Error::other("it is too large")) } else { Ok(text) }
}

/// A path as people write it.
pub(crate) fn display(path: &Path) -> String {
    match home().and_then(|home| path.strip_prefix(home).ok().map(Path::to_owned)) {
        Some(rest) => format!("~/{}", rest.display()),
        None => path.display().to_string(),
    }
}

/// The path of this program for configurations: as `PATH` has it, if that is this program, because a package manager
/// may move the file behind it with every version.
pub(crate) fn program() -> io::Result<String> {
    let this = std::env::current_exe()?.canonicalize()?;
    let on_path = on_path("argvet").filter(|path| path.canonicalize().is_ok_and(|path| path == this));
    let program = on_path.unwrap_or(this);
    program
        .into_os_string()
        .into_string()
        .map_err(|path| io::Error::other(format!("the path of argvet is no UTF-8: {}", path.display())))
}

/// The first file with this name on `PATH`.
pub(crate) fn on_path(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path)
        .filter(|folder| folder.is_absolute())
        .map(|folder| folder.join(name))
        .find(|file| file.is_file())
}

/// What is to be said where the user's own files are not found.
pub(crate) fn homeless() -> Option<&'static str> {
    home().is_none().then_some("there is no home directory (HOME), so the user's own files are not looked at")
}

fn home() -> Option<PathBuf> {
    std::env::var_os("HOME").map(PathBuf::from).filter(|home| home.is_absolute())
}
