//! What is wrong with a pack, in one sentence with file and line, and the source that it points into.

use std::fmt;
use std::ops::Range;

/// A pack that cannot be used. `Display` is one sentence: `packs/backup/restic.toml:12: expected …`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PackError {
    /// The file, as it was named by the caller.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// What was expected.
    pub message: String,
}

impl fmt::Display for PackError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.file, self.line, self.message)
    }
}

impl std::error::Error for PackError {}

/// The text of a pack and what it is called.
pub(crate) struct Source<'a> {
    /// The name of the file, for errors.
    pub(crate) file: &'a str,
    /// The id that its path gives it: `backup.restic`.
    pub(crate) id: &'a str,
    /// Its text.
    pub(crate) text: &'a str,
}

impl Source<'_> {
    /// An error at a byte range of the text.
    pub(crate) fn error(&self, at: &Range<usize>, message: impl Into<String>) -> PackError {
        let before = self.text.as_bytes().iter().take(at.start);
        let line = before.filter(|byte| **byte == b'\n').count() + 1;
        PackError { file: self.file.to_owned(), line, message: message.into() }
    }
}
