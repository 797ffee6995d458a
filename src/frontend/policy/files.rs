//! Reading small files of a known name. What is not there costs one look; what is no ordinary file is not opened, because
//! a pipe in its place would keep the hook waiting.

use std::io::Read;
use std::path::{Path, PathBuf};

/// Most bytes of a configuration or a pack.
const MAX_SIZE: u64 = 1 << 20;

/// Most packs in a folder.
const MAX_PACKS: usize = 64;

/// A file that was read.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct TextFile {
    pub(crate) path: PathBuf,
    pub(crate) text: String,
}

/// The text of a file; `None` if there is none. The error says which file and why.
pub(crate) fn read(path: &Path) -> Result<Option<TextFile>, String> {
    let fail = |why: &str| Err(format!("{}: {why}", path.display()));
    match path.metadata() {
        Err(error) if is_absent(&error) => return Ok(None),
        Err(error) => return fail(&error.to_string()),
        Ok(metadata) if !metadata.is_file() => return fail("expected a file"),
        Ok(metadata) if metadata.len() > MAX_SIZE => return fail("expected a file of at most 1 MB"),
        Ok(_) => {}
    }
    let mut text = String::new();
    let file = std::fs::File::open(path).and_then(|file| file.take(MAX_SIZE).read_to_string(&mut text));
    match file {
        Ok(_) => Ok(Some(TextFile { path: path.to_owned(), text })),
        Err(error) => fail(&error.to_string()),
    }
}

/// The packs in a folder, in the order of their names, and what is wrong with those that cannot be read.
pub(crate) fn packs(folder: &Path) -> (Vec<TextFile>, Vec<String>) {
    let paths = match pack_paths(folder) {
        Ok(paths) => paths,
        Err(problem) => return (Vec::new(), vec![problem]),
    };
    let mut problems = Vec::new();
    let read = paths.iter().filter_map(|path| {
        read(path).unwrap_or_else(|problem| {
            problems.push(problem);
            None
        })
    });
    (read.collect(), problems)
}

fn pack_paths(folder: &Path) -> Result<Vec<PathBuf>, String> {
    let unreadable = |error: std::io::Error| format!("{}: {error}", folder.display());
    let entries = match std::fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if is_absent(&error) => return Ok(Vec::new()),
        Err(error) => return Err(unreadable(error)),
    };
    let mut paths = Vec::new();
    for entry in entries {
        let path = entry.map_err(unreadable)?.path();
        if path.extension().is_some_and(|extension| extension == "toml") {
            paths.push(path);
        }
        if paths.len() > MAX_PACKS {
            return Err(format!("{}: expected at most {MAX_PACKS} packs", folder.display()));
        }
    }
    paths.sort();
    Ok(paths)
}

fn is_absent(error: &std::io::Error) -> bool {
    matches!(error.kind(), std::io::ErrorKind::NotFound | std::io::ErrorKind::NotADirectory)
}
