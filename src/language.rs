//! Program text of other languages (`python -c`, a here-document for node), read for the calls in it whose arguments
//! are known: [`calls`].
//!
//! ```text
//! text ── parse ──▶ tree ── collect ──▶ Call (name as imported, arguments as values)
//!                             │
//!                             └─ evaluate: constants, concatenation, interpolation, lists, simple variables
//! ```
//!
//! Nothing is executed and no control flow is followed: whatever stands in the text counts as run. What a call *does*
//! is not known here; `trace` looks it up as the program `python:shutil.rmtree`, whose grammar is data like that of
//! any other program. Variables are followed as far as assignments of constants go; everything else is unknown.

mod binding;
mod collect;
mod evaluate;
mod node;
mod parse;
mod string;
#[cfg(test)]
mod tests;

use crate::source::Span;
use crate::value::Value;

/// Longest text in bytes that is read. Inline programs are a few kilobytes; reading costs about a microsecond a byte.
const MAX_TEXT: usize = 256 * 1024;

/// A call of a function, a method or a shell (backquotes).
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Call {
    /// The function by its full name, dots between its parts: `subprocess.run`, `pathlib.Path().unlink`, `fs.rmSync`.
    pub(crate) name: String,
    /// Whether the words of a command would be given apart, as a list or as several arguments: no shell splits them.
    pub(crate) is_apart: bool,
    /// Named arguments and fields of objects: `recursive: true` is the option `--recursive`, with a value unless it is
    /// `true`. A mode as `open` takes it is `--read`, `--write` or `--append`.
    pub(crate) options: Vec<Value>,
    /// The other arguments, those of the object whose method it is first, lists spread out.
    pub(crate) words: Vec<Value>,
    /// Where it stands in the text.
    pub(crate) span: Span,
}

/// What a text holds.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(crate) struct Reading {
    /// The calls, in the order of the text. Values have spans in the text.
    pub(crate) calls: Vec<Call>,
    /// Where it could not be read completely: too long, too deep.
    pub(crate) is_cut: bool,
}

/// What is known of a program's surroundings.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Surroundings<'a> {
    /// Its arguments.
    pub(crate) arguments: &'a [Value],
    /// What it reads from standard input.
    pub(crate) stdin: Option<&'a Value>,
}

/// The calls in a text; `None`: the language is none that is read.
pub(crate) fn calls(language: &str, text: &[u8], surroundings: Surroundings<'_>) -> Option<Reading> {
    let language = parse::Language::named(language)?;
    if text.len() > MAX_TEXT {
        return Some(Reading { is_cut: true, ..Reading::default() });
    }
    let Some(tree) = parse::parse(language, text) else {
        return Some(Reading { is_cut: true, ..Reading::default() });
    };
    Some(collect::collect(tree.root_node(), text, surroundings))
}
