//! The second reading: tree-sitter-bash, lowered to the same AST as the strict reader's, with the reasons to
//! distrust it.
//!
//! tree-sitter-bash is made for highlighting: it gives clean trees with the wrong commands for everyday input.
//! What makes it worth having is that it errs elsewhere than the reader does, and that it recovers where the
//! reader refuses. This module never decides; [`super::agreement`] does.

mod checks;
mod cst;
mod kind;
mod lower;
mod parse;
#[cfg(test)]
mod tests;

use super::ReadOptions;
use super::ast::List;
use crate::source::{SourceMap, Span};

/// What the tree says.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(crate) struct TreeReading {
    /// The commands that it shows.
    pub(crate) list: List,
    /// Necessary conditions for "the tree means what bash means" that do not hold.
    pub(crate) distrust: Vec<Distrust>,
    /// Where lowering did not understand the tree.
    pub(crate) errors: Vec<Span>,
}

/// A self-check that fired.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Distrust {
    /// The name of the check.
    pub(crate) check: &'static str,
    /// Where.
    pub(crate) at: Span,
}

/// Reads `source` with tree-sitter. Never fails: a text that is too expensive to parse gives an empty list and
/// says so.
pub(crate) fn read(source: &[u8], map: &SourceMap, options: ReadOptions) -> TreeReading {
    let Some(cst) = parse::parse(source) else {
        let at = map.span(0, source.len());
        return TreeReading {
            list: List::default(),
            distrust: vec![Distrust { check: "too-costly", at }],
            errors: vec![at],
        };
    };
    let lowered = lower::lower(&cst, source, map, options.depth);
    let mut distrust: Vec<Distrust> = checks::check(&cst, source)
        .into_iter()
        .map(|finding| Distrust { check: finding.check, at: map.span(finding.start, finding.end) })
        .collect();
    distrust.extend(lowered.too_deep.map(|at| Distrust { check: "too-deep", at }));
    TreeReading { list: lowered.list, distrust, errors: lowered.errors }
}
