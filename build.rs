//! Compiles `packs/**/*.toml` into one block of bytes, with the same code that loads a user's packs. A malformed pack
//! stops the build with file and line.
#![allow(
    unreachable_pub,
    dead_code,
    missing_docs,
    reason = "the modules belong to the library, which uses more of them and exports some"
)]
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a build script talks to cargo by printing")]

use std::path::{Path, PathBuf};
use std::process::ExitCode;

#[path = "src/program"]
mod program {
    pub(crate) mod grammar;
    pub(crate) mod usage;
}

#[path = "src/packs"]
mod packs {
    pub(crate) mod client;
    pub(crate) mod compile;
    pub(crate) mod error;
    pub(crate) mod file;
    pub(crate) mod pattern;
    pub(crate) mod programs;
    pub(crate) mod rule;
    pub(crate) mod telling;
    pub(crate) mod validate;
    pub(crate) mod validate_match;
}

fn main() -> ExitCode {
    println!("cargo::rerun-if-changed=packs");
    for source in
        ["program/grammar", "program/grammar/request", "program/grammar/subcommands", "program/usage"]
    {
        println!("cargo::rerun-if-changed=src/{source}.rs");
    }
    for source in [
        "client",
        "compile",
        "error",
        "file",
        "pattern",
        "programs",
        "rule",
        "telling",
        "validate",
        "validate_match",
    ] {
        println!("cargo::rerun-if-changed=src/packs/{source}.rs");
    }
    link();
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}

/// Makes the program cheap to start on Linux, where starting costs the hook more time than its judgement: it is linked to a
/// fixed address, because a position-independent one has ten thousand pointers in tables (Unicode classes, messages) that
/// are relocated at every start, and with the C library in it, where the system has that as an archive.
///
/// The flag that is meant for this (`-C target-feature=+crt-static`) would have to stand in the environment, and no procedural
/// macro can be built with it.
fn link() {
    let is = |name: &str, value: &str| std::env::var(name).is_ok_and(|found| found == value);
    if !(is("CARGO_CFG_TARGET_OS", "linux") && is("CARGO_CFG_TARGET_ENV", "gnu") && is("PROFILE", "release"))
    {
        return;
    }
    println!("cargo::rustc-link-arg-bin=argvet=-no-pie");
    if std::env::var("HOST").ok() != std::env::var("TARGET").ok() {
        return;
    }
    if let Some(folder) = static_libraries() {
        println!("cargo::rustc-link-arg-bin=argvet=-static");
        println!("cargo::rustc-link-arg-bin=argvet=-L{}", folder.display());
    }
}

/// A folder in which the names of the shared libraries that the standard library asks for lead the linker to archives.
/// Nothing where one of these is missing, or the C library is older than 2.34: it kept threads in an archive of its own, of
/// which a static program gets only a part.
fn static_libraries() -> Option<PathBuf> {
    let archive = |name: &str| {
        let option = format!("-print-file-name={name}");
        let output = std::process::Command::new("cc").arg(option).output().ok()?;
        let path = PathBuf::from(String::from_utf8(output.stdout).ok()?.trim());
        // The compiler repeats the name of what it does not find.
        path.is_absolute().then_some(path)
    };
    let (c, math) = (archive("libc.a")?, archive("libm.a")?);
    let (unwind, compiler) = (archive("libgcc_eh.a")?, archive("libgcc.a")?);
    let is_one = std::fs::metadata(archive("libpthread.a")?).ok()?.len() <= "!<arch>\n".len() as u64;
    if !is_one {
        return None;
    }
    let folder = PathBuf::from(std::env::var("OUT_DIR").ok()?).join("static");
    std::fs::create_dir_all(&folder).ok()?;
    let write = |name: &str, archives: &[&PathBuf]| {
        let paths: Vec<String> = archives.iter().map(|path| format!("\"{}\"", path.display())).collect();
        std::fs::write(folder.join(name), format!("INPUT({})\n", paths.join(" "))).ok()
    };
    write("libc.so", &[&c])?;
    write("libm.so", &[&math])?;
    write("libgcc_s.so", &[&unwind, &compiler])?;
    Some(folder)
}

fn run() -> Result<(), String> {
    let mut files = Vec::new();
    collect(Path::new("packs"), &mut files)?;
    files.sort();
    let mut texts = Vec::new();
    for path in files {
        let text = std::fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
        let file = path.to_string_lossy().replace('\\', "/");
        let id = file.trim_start_matches("packs/").trim_end_matches(".toml").replace('/', ".");
        texts.push((file, id, text));
    }
    let sources: Vec<packs::error::Source<'_>> =
        texts.iter().map(|(file, id, text)| packs::error::Source { file, id, text }).collect();
    let block = packs::compile::compile(&sources, &|_| None)
        .map_err(|errors| errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))?;
    let out = std::env::var_os("OUT_DIR").ok_or("expected OUT_DIR, which cargo sets")?;
    std::fs::write(Path::new(&out).join("packs.bin"), block).map_err(|error| format!("packs.bin: {error}"))
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> Result<(), String> {
    let entries = std::fs::read_dir(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    for entry in entries {
        let path = entry.map_err(|error| format!("{}: {error}", folder.display()))?.path();
        if path.is_dir() {
            collect(&path, files)?;
        } else if path.extension().is_some_and(|extension| extension == "toml") {
            files.push(path);
        }
    }
    Ok(())
}
