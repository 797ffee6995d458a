//! Joins the two readings of a text: what they say of each other is the [`Reading`].
//!
//! They are compared by the simple commands they contain anywhere, not by their shape: a shape can differ
//! without a difference in what runs. The strict reader's tree is the one that is kept.

mod commands;
mod form;
mod plain;
#[cfg(test)]
mod tests;

use super::ast::List;
use super::reader::{self, Refusal};
use super::tree::{self, TreeReading};
use super::{MAX_SOURCE, ReadOptions, Reading, Script};
use crate::gap::{Gap, GapCause, Limit};
use crate::source::{SourceMap, Span};
use commands::Commands;

/// Reads `source` twice, unless it is plain words, too large or no text at all.
pub(crate) fn read(source: &[u8], map: &SourceMap, options: ReadOptions) -> Script {
    let whole = map.span(0, source.len());
    if source.len() > MAX_SOURCE {
        return unreadable("the text is too large", whole, GapCause::Limit(Limit::SourceSize));
    }
    if source.contains(&0) {
        let reason = "a NUL byte";
        return unreadable(reason, whole, GapCause::Syntax(reason.to_owned()));
    }
    // The tree comes first: what it needs of memory is free again before the reader's own tree grows.
    let tree = || tree::read(source, map, options);
    let other = (!plain::is_plain(source)).then(tree);
    match reader::read(source, map, options) {
        Ok(list) => match other {
            Some(other) => compare(list, other),
            None => Script { list, reading: Reading::Plain, other: None, gaps: Vec::new() },
        },
        Err(refusal) => recover(source, map, refusal, other.unwrap_or_else(tree)),
    }
}

fn unreadable(reason: &str, at: Span, cause: GapCause) -> Script {
    Script {
        list: List::default(),
        reading: Reading::Unread { reason: reason.to_owned(), at },
        other: None,
        gaps: vec![Gap { span: at, cause }],
    }
}

/// The reader read the text.
fn compare(list: List, tree: TreeReading) -> Script {
    let read = Commands::of(&list);
    let (reading, other) = if let Some(reason) = &read.unread {
        // Inside a substitution the reader stands where it stands before a syntax error: with a part.
        (Reading::Disputed(format!("only a part of a substitution could be read: {reason}")), Some(tree.list))
    } else if let Some(check) = distrusted(&tree) {
        (Reading::Settled(check.to_owned()), None)
    } else {
        match read.difference(&Commands::of(&tree.list)) {
            None => (Reading::Certain, None),
            Some(difference) => (Reading::Disputed(difference), Some(tree.list)),
        }
    };
    Script { list, reading, other, gaps: Vec::new() }
}

/// Why the tree is not to be believed against the reader: the name of the self-check that fired first.
fn distrusted(tree: &TreeReading) -> Option<&'static str> {
    let check = tree.distrust.first().map(|distrust| distrust.check);
    check.or_else(|| tree.errors.first().map(|_| "error"))
}

/// The reader refuses: what it read before and what the tree shows is kept, the rest is a gap. bash runs the
/// complete lines before a syntax error, so "invalid" does not mean "harmless".
fn recover(source: &[u8], map: &SourceMap, refusal: Refusal, tree: TreeReading) -> Script {
    let rest = map.span(refusal.at.min(source.len()), source.len());
    let at = Span { start: rest.start, end: rest.end.min(rest.start.saturating_add(1)) };
    // `sh -c "cat > $f"` with nothing in `f`: bash refuses that as well, and runs nothing of it.
    let is_blank = |rest: &[u8]| rest.iter().all(u8::is_ascii_whitespace);
    if refusal.reason == reader::NO_TARGET && source.get(refusal.at..).is_some_and(is_blank) {
        let reading = Reading::Unread { reason: refusal.reason, at };
        return Script { list: refusal.before, reading, other: None, gaps: Vec::new() };
    }
    Script {
        list: refusal.before,
        reading: Reading::Unread { reason: refusal.reason.clone(), at },
        other: Some(tree.list),
        gaps: vec![Gap { span: rest, cause: GapCause::Syntax(refusal.reason) }],
    }
}
