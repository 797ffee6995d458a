//! What can go wrong before a command is judged. Judging itself cannot fail.

use crate::PackError;
use std::fmt;
use std::path::PathBuf;

/// A front end cannot do what it was asked to.
#[derive(Debug)]
pub enum Error {
    /// A file cannot be read.
    Read {
        /// The file; `-` is standard input.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// A file cannot be written.
    WriteFile {
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// Standard output cannot be written.
    Write(std::io::Error),
    /// A file with a pack is not one.
    Pack(PackError),
    /// Files with packs are none: at least one error.
    Packs(Vec<PackError>),
    /// An argument that no parser could check: what is wrong with it.
    Argument(String),
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::Read { path, source } => write!(f, "{}: cannot be read: {source}", path.display()),
            Error::WriteFile { path, source } => write!(f, "{}: cannot be written: {source}", path.display()),
            Error::Write(source) => write!(f, "standard output: cannot be written: {source}"),
            Error::Pack(error) => error.fmt(f),
            Error::Packs(errors) => {
                let lines: Vec<String> = errors.iter().map(ToString::to_string).collect();
                f.write_str(&lines.join("\n"))
            }
            Error::Argument(what) => f.write_str(what),
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Error::Read { source, .. } | Error::WriteFile { source, .. } | Error::Write(source) => {
                Some(source)
            }
            Error::Pack(error) => Some(error),
            Error::Packs(_) | Error::Argument(_) => None,
        }
    }
}
