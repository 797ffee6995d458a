//! Text to tree. Every command is read twice: by the strict reader ([`reader`]), whose tree the trace walks,
//! and by tree-sitter-bash ([`tree`]), which gives an independent opinion and an error-tolerant reading of what
//! the reader refuses. [`agreement`] compares the two.
//!
//! Parsing never fails: it returns a [`Script`] with what was read and the gaps.

mod agreement;
pub mod ast;
mod display;
mod dump;
pub(crate) mod reader;
mod tree;

use crate::facts::Dialect;
use crate::gap::Gap;
use crate::source::{SourceMap, Span};

pub use display::display;
pub use dump::dump;

/// Largest source in bytes that is read; a longer one is a gap. Hosts pass commands of kilobytes; 1 MiB leaves
/// room for generated scripts and keeps tree-sitter (100 to 300 bytes of memory per input byte) in bounds.
pub const MAX_SOURCE: usize = 1 << 20;

/// Deepest nesting of commands, substitutions and words in one text; deeper is a gap. Real scripts stay
/// below 20.
pub const MAX_DEPTH: usize = 96;

/// A command or script as it was read.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Script {
    /// The tree: the strict reader's, as far as it came.
    pub list: ast::List,
    /// How sure the reading is.
    pub reading: Reading,
    /// The other tree, where it differs from `list` or shows more: it is traced too.
    pub other: Option<ast::List>,
    /// Regions that nobody could read.
    pub gaps: Vec<Gap>,
}

/// What the two readings say of each other.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Reading {
    /// Nothing but plain words on one line: the readings cannot differ, the second was skipped.
    Plain,
    /// Both read it and agree.
    Certain,
    /// The strict reader read it; the tree distrusts itself, for the named reason.
    Settled(String),
    /// Both read it and differ: the named commands are in one tree only.
    Disputed(String),
    /// The strict reader refuses: `list` is what stands on the complete lines before, `other` what the tree
    /// still shows. The rest is a gap, unless bash surely refuses it, too, and runs nothing of it.
    Unread {
        /// What the reader expected or cannot read.
        reason: String,
        /// Where it stopped.
        at: Span,
    },
}

/// Options of reading.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct ReadOptions {
    /// Whether `shopt -s extglob` is in force: `!(a|b)` is a pattern.
    pub extglob: bool,
    /// The shell that reads the text.
    pub dialect: Dialect,
    /// Nesting of scripts inside scripts so far; counts against [`MAX_DEPTH`].
    pub depth: usize,
}

/// Reads a command or script. Never fails; what could not be read is in `gaps`.
pub fn parse(source: &[u8]) -> Script {
    parse_nested(source, &SourceMap::identity(), ReadOptions::default())
}

/// Reads a command or script of another shell, as far as it is like bash: what would change what runs is a gap.
pub fn parse_as(source: &[u8], dialect: Dialect) -> Script {
    parse_nested(source, &SourceMap::identity(), ReadOptions { dialect, ..ReadOptions::default() })
}

/// Reads a script inside a script: spans are in the outermost source, as `map` says.
pub(crate) fn parse_nested(source: &[u8], map: &SourceMap, options: ReadOptions) -> Script {
    agreement::read(source, map, options)
}
