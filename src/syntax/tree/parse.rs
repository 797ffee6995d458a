//! Runs the tree-sitter parser within a budget.
//!
//! The parser is made once per thread and only when the first text needs it: a hook process whose command is
//! plain words never pays for it. What is spent is counted, not timed: how a text is read must not depend on how
//! busy the machine is.

use super::cst::Cst;
use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::ops::ControlFlow;
use tree_sitter::{Language, ParseOptions, Parser};

/// Progress reports (one per hundred parser operations) that every text may use. One-liners need at most three.
const REPORTS: usize = 100;

/// Progress reports per hundred bytes beyond that. Scripts need 0.4, at most 1.6; what needs more is a text for
/// which the grammar is ambiguous, at a cost that grows with the square (pipes, here-documents in a row).
const REPORTS_PER_HUNDRED_BYTES: usize = 2;

/// Progress reports that no text may exceed: a script of a quarter of a megabyte. Where the grammar is ambiguous, a
/// report may cost a millisecond and a hundred kilobytes.
const MOST_REPORTS: usize = 2_000;

/// Bytes that the parser gets at a time. It asks again when it has to look further ahead or goes back, so the number
/// of times it asks tells what it looks at again and again (`<<<<…`: each character to the end of the text).
const CHUNK: usize = 4096;

/// How often the parser may ask, on top of [`READS_PER_CHUNK`].
const READS: usize = 64;

/// How often the parser may ask per chunk of text. Scripts need two, at most six.
const READS_PER_CHUNK: usize = 16;

/// What the parser sees in place of a byte that is no UTF-8: as in bash, a character without a meaning of its own.
const PLACEHOLDER: char = '\u{7f}';

thread_local! {
    static PARSER: RefCell<Option<Parser>> = RefCell::new(parser());
}

fn parser() -> Option<Parser> {
    let mut parser = Parser::new();
    parser.set_language(&Language::from(tree_sitter_bash::LANGUAGE)).ok()?;
    Some(parser)
}

/// The tree of `source`; `None` where the budget is used up.
pub(crate) fn parse(source: &[u8]) -> Option<Cst> {
    let text = readable(source);
    PARSER.with_borrow_mut(|parser| {
        let parser = parser.as_mut()?;
        let reports = REPORTS + source.len().saturating_mul(REPORTS_PER_HUNDRED_BYTES) / 100;
        let reports = Cell::new(reports.min(MOST_REPORTS));
        let reads = Cell::new(READS + source.len() / CHUNK * READS_PER_CHUNK);
        let mut progress = |_: &_| {
            reports.set(reports.get().saturating_sub(1));
            let spent = reports.get() == 0 || reads.get() == 0;
            if spent { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        };
        let mut read = |offset: usize, _| {
            reads.set(reads.get().saturating_sub(1));
            if reads.get() == 0 {
                // To the parser the text ends here; the tree is not used.
                return Default::default();
            }
            let mut end = offset.saturating_add(CHUNK).min(text.len());
            while !text.is_char_boundary(end) {
                end -= 1;
            }
            text.as_bytes().get(offset..end).unwrap_or_default()
        };
        let options = ParseOptions::new().progress_callback(&mut progress);
        let tree = parser.parse_with_options(&mut read, None, Some(options));
        // A cancelled parse would be resumed by the next call.
        parser.reset();
        tree.filter(|_| reads.get() > 0).map(|tree| Cst::new(&tree, source))
    })
}

/// The text that the parser gets, byte by byte where the source has it. Where a chunk ends within a character, or at
/// bytes that are none, the parser asks for more and reads through a null pointer if there is none
/// (`corpus/crashes`, found by fuzzing): it must not see such bytes or chunks.
fn readable(source: &[u8]) -> Cow<'_, str> {
    if let Ok(text) = std::str::from_utf8(source) {
        return Cow::Borrowed(text);
    }
    let mut text = String::with_capacity(source.len());
    for chunk in source.utf8_chunks() {
        text.push_str(chunk.valid());
        text.extend(chunk.invalid().iter().map(|_| PLACEHOLDER));
    }
    Cow::Owned(text)
}
