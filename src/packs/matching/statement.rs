//! A statement against `sql = { … }`.

use super::clause::Found;
use crate::effect::SqlStatement;
use crate::packs::compare::Comparison;
use crate::packs::pattern::{Pattern, Patterns};
use crate::packs::rule::SqlTest;
use crate::source::Span;
use crate::value::{Match, Piece, Value};

/// Whether the statement is what the rule is about.
pub(super) fn fits(statement: &SqlStatement, test: &SqlTest, comparison: Comparison<'_>) -> Found {
    let text = |patterns: &Option<Patterns>, text: &str| match patterns {
        Some(patterns) => comparison.text(&Value::text(text, Span::default()), patterns),
        None => Match::Certain,
    };
    let found = text(&test.statement, &statement.kind).and(text(&test.dialect, &statement.dialect));
    if found == Match::No {
        return (Match::No, Vec::new());
    }
    let objects = match &test.object {
        None => Match::Certain,
        Some(patterns) => {
            let each = statement.objects.iter().map(|object| object_fits(object, patterns, comparison));
            each.fold(Match::No, Match::or)
        }
    };
    let limit = match test.without_where {
        None => Match::Certain,
        Some(true) => statement.without_where,
        Some(false) => statement.without_where.negate(),
    };
    (found.and(objects).and(limit).and(statement.certainty), statement.evidence.clone())
}

/// A pattern without a dot is about the last part of a name.
fn object_fits(object: &Value, patterns: &Patterns, comparison: Comparison<'_>) -> Match {
    let last = last_part(object);
    let one = |pattern: &Pattern| {
        let qualified = match pattern {
            Pattern::Text(text) => text.contains('.'),
            _ => true,
        };
        comparison.text_one(if qualified { object } else { &last }, pattern)
    };
    let any = match patterns.any.as_slice() {
        [] => Match::Certain,
        any => any.iter().map(one).fold(Match::No, Match::or),
    };
    patterns.not.iter().fold(any, |found, pattern| found.and(one(pattern).negate()))
}

/// What is behind the last dot.
fn last_part(name: &Value) -> Value {
    let mut last = Value::default();
    for piece in &name.pieces {
        match piece {
            Piece::Text { bytes, origin } => {
                let at = bytes.iter().rposition(|byte| *byte == b'.').map_or(0, |at| at + 1);
                if at > 0 {
                    last = Value::default();
                }
                last.push_text(bytes.get(at..).unwrap_or_default(), *origin);
            }
            other => last.pieces.push(other.clone()),
        }
    }
    last
}
