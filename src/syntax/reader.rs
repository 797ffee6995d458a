//! The strict reader: a recursive-descent reader of bash that follows bash's lexical rules exactly and refuses
//! whatever it does not fully understand. Its tree is the one that the trace walks.
//!
//! It knows nothing of what commands mean, and nothing of the other reading.

mod ansi_c;
mod assignment;
mod brackets;
mod case;
mod compound;
mod conditional;
mod dialect;
mod function;
mod heredoc;
mod lexical;
mod list;
mod loops;
mod operand;
mod parameter;
mod part;
mod redirect;
mod simple;
mod substitution;
mod word;

pub(super) use lexical::is_reserved;

use super::ast::List;
use super::{MAX_DEPTH, ReadOptions};
use crate::facts::Dialect;
use crate::source::{SourceMap, Span};
use heredoc::Pending;

/// The reason where a redirection operator has no target.
pub(crate) const NO_TARGET: &str = "expected a word behind a redirection operator";

/// Why the reader refuses, and what it read before.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Refusal {
    /// What it expected, or what it does not read.
    pub(crate) reason: String,
    /// Offset in the text.
    pub(crate) at: usize,
    /// The complete lines before: bash runs them before it reads on.
    pub(crate) before: List,
}

/// Reads a text; spans are in the outermost source, as `map` says.
pub(crate) fn read(source: &[u8], map: &SourceMap, options: ReadOptions) -> Result<List, Refusal> {
    let mut reader = Reader::new(source, map, options, work_limit(source));
    let mut list = List::default();
    match reader.program(&mut list) {
        Ok(()) => Ok(list),
        Err(error) => {
            list.items.truncate(reader.complete);
            Err(Refusal { reason: error.reason.to_owned(), at: error.at, before: list })
        }
    }
}

/// How many bytes may be looked at in total. A few constructs (`((`, subscripts) are looked through before it is clear
/// what they are; nested in each other that would be exponential.
fn work_limit(source: &[u8]) -> usize {
    source.len().saturating_mul(32).saturating_add(1 << 16)
}

/// A refusal inside the reader.
#[derive(Clone, Copy, Debug)]
struct Error {
    reason: &'static str,
    at: usize,
}

type Read<T> = Result<T, Error>;

/// The state of reading one text.
struct Reader<'s> {
    source: &'s [u8],
    map: &'s SourceMap,
    at: usize,
    depth: usize,
    extglob: bool,
    dialect: Dialect,
    /// Here-documents whose bodies start behind the next newline.
    pending: Vec<Pending>,
    /// Whether bash prints the commands that are read, and reads what it printed again.
    printed: Printed,
    /// Number of items of the outermost list that stand on complete lines.
    complete: usize,
    /// Bytes that may still be looked at.
    work: usize,
}

/// bash 5.2 prints the commands of `$(…)` and `<(…)` and runs what it reads from that. It prints one thing wrong:
/// behind a here-document it forgets a `;`, so that `$(cat <<E⏎E⏎rm a; -r b)` runs `rm a -r b`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Printed {
    /// Not within a substitution.
    Not,
    /// Within a substitution.
    Substitution,
    /// Within a substitution, behind the start of a here-document.
    HereDocument,
}

/// Where text stands: what quotes mean in it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Quoting {
    /// A word.
    None,
    /// Between double quotes.
    Double,
    /// A here-document's body, an arithmetic expression: double quotes are ordinary.
    Here,
    /// The operand of `${…}` outside of double quotes.
    Operand,
    /// The operand of `${…}` inside double quotes or a here-document; whether single quotes quote (`${x#'*'}`).
    QuotedOperand {
        /// Whether single quotes quote.
        single: bool,
    },
}

impl<'s> Reader<'s> {
    fn new(source: &'s [u8], map: &'s SourceMap, options: ReadOptions, work: usize) -> Reader<'s> {
        Reader {
            source,
            map,
            at: 0,
            depth: options.depth,
            extglob: options.extglob,
            dialect: options.dialect,
            pending: Vec::new(),
            printed: Printed::Not,
            complete: 0,
            work,
        }
    }

    /// The options for a text inside of this one.
    fn options(&self, depth: usize) -> ReadOptions {
        ReadOptions { extglob: self.extglob, dialect: self.dialect, depth }
    }

    /// The byte `ahead` of here; zero behind the end (sources have no zero byte).
    fn peek(&self, ahead: usize) -> u8 {
        self.source.get(self.at + ahead).copied().unwrap_or(0)
    }

    fn at_end(&self) -> bool {
        self.at >= self.source.len()
    }

    /// Whether the text goes on with these bytes.
    fn sees(&self, text: &[u8]) -> bool {
        self.source.get(self.at..).is_some_and(|rest| rest.starts_with(text))
    }

    fn slice(&self, start: usize, end: usize) -> &'s [u8] {
        self.source.get(start..end).unwrap_or_default()
    }

    fn span(&self, start: usize, end: usize) -> Span {
        self.map.span(start, end)
    }

    fn span_from(&self, start: usize) -> Span {
        self.map.span(start, self.at)
    }

    fn refuse<T>(&self, reason: &'static str) -> Read<T> {
        Err(Error { reason, at: self.at })
    }

    /// Runs `body` one level deeper.
    fn deeper<T>(&mut self, body: impl FnOnce(&mut Self) -> Read<T>) -> Read<T> {
        if self.depth >= MAX_DEPTH {
            return self.refuse("nesting is too deep");
        }
        self.depth += 1;
        let result = body(self);
        self.depth -= 1;
        result
    }

    /// Counts bytes that are looked at.
    fn spend(&mut self, bytes: usize) -> Read<()> {
        match self.work.checked_sub(bytes) {
            Some(left) => {
                self.work = left;
                Ok(())
            }
            None => {
                self.work = 0;
                self.refuse("nesting is too costly to read")
            }
        }
    }

    /// Runs `body` and goes back to where it started.
    fn look_ahead<T>(&mut self, body: impl FnOnce(&mut Self) -> Read<T>) -> Read<T> {
        let start = self.at;
        let pending = std::mem::take(&mut self.pending);
        let result = body(self);
        let seen = self.at.saturating_sub(start);
        self.at = start;
        self.pending = pending;
        self.spend(seen)?;
        result
    }
}
