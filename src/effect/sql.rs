//! Statements: what a client is told to give to a database, by option, operand, file or standard input, in whatever
//! dialect the grammar names (role `sql:<dialect>`).
//!
//! ```text
//! psql -c 'BEGIN; DELETE FROM t; ROLLBACK; DROP TABLE IF EXISTS a.b, "C"'   →  drop table  [a.b, C]
//! ```
//!
//! The texts are read by their tokens, not by the grammar of a database: one reading for all dialects, which cannot fail,
//! and which sees a statement wherever it stands (CTE, block, text that is executed).

mod cursor;
mod kinds;
mod lexis;
mod limit;
mod mark;
mod script;
mod statement;
mod token;

use super::{Evidence, SqlStatement};
use crate::program::{Call, Nested, Role};
use crate::trace::Invocation;
use crate::value::{Match, Value};
use lexis::Lexis;
use mark::Marked;
use statement::Found;

/// Whether a reading of the argv may give statements to a database.
pub(crate) fn may_state(call: &Call) -> bool {
    matches!(call.stdin, Some(Role::Sql(_)))
        || call.nested.iter().any(|nested| matches!(nested.role, Role::Sql(_) | Role::SqlFile(_)))
}

/// The statements of one reading of the argv.
pub(crate) fn statements(call: &Call, invocation: &Invocation) -> Vec<SqlStatement> {
    let texts = texts(call, invocation);
    let mut all = Vec::new();
    let mut dialects: Vec<&str> = texts.iter().map(|text| text.dialect).collect();
    dialects.dedup();
    for dialect in dialects {
        // One session: a transaction may begin in one option and end in another.
        let texts = || texts.iter().filter(|text| text.dialect == dialect);
        let marked = Marked::of(texts().map(|text| text.value), "\n;\n");
        let evidence: Vec<Evidence> = texts().map(|text| text.evidence).collect();
        let certainty = texts().map(|text| text.certainty).min().unwrap_or_default();
        let found = script::statements(&marked.text, Lexis::of(dialect));
        let effect = |found: Found| SqlStatement {
            kind: found.kind,
            objects: found.objects.iter().map(|object| marked.value(object)).collect(),
            dialect: dialect.to_owned(),
            without_where: found.without_where,
            certainty,
            evidence: evidence.clone(),
        };
        all.extend(found.into_iter().map(effect));
    }
    all
}

/// A text that is given to a database.
struct Text<'c> {
    dialect: &'c str,
    value: &'c Value,
    evidence: Evidence,
    certainty: Match,
}

fn texts<'c>(call: &'c Call, invocation: &'c Invocation) -> Vec<Text<'c>> {
    let of_file = |word: usize| invocation.texts.iter().find(|(at, _)| *at == word).map(|(_, text)| text);
    let of_words = |nested: &'c Nested| -> Vec<Text<'c>> {
        let word = nested.words.first();
        let (dialect, value) = match (&nested.role, word) {
            (Role::Sql(dialect), Some(word)) => (dialect, Some(&word.value)),
            (Role::SqlFile(dialect), Some(word)) => (dialect, of_file(word.word)),
            _ => return Vec::new(),
        };
        let text = word.zip(value).map(|(word, value)| Text {
            dialect,
            value,
            evidence: Evidence::Word(word.word),
            certainty: nested.certainty,
        });
        text.into_iter().collect()
    };
    let mut texts: Vec<Text<'c>> = call.nested.iter().flat_map(of_words).collect();
    if let (Some(Role::Sql(dialect)), Some(value)) = (&call.stdin, &invocation.stdin) {
        texts.push(Text { dialect, value, evidence: of_input(invocation, value), certainty: Match::Certain });
    }
    texts
}

/// What shows standard input: the redirection, or the place where its text is written.
fn of_input(invocation: &Invocation, text: &Value) -> Evidence {
    let is_input = |operator: &str| operator.starts_with('<');
    let redirection = invocation.redirections.iter().rposition(|redirection| is_input(redirection.operator));
    match (redirection, text.origin()) {
        (Some(index), _) => Evidence::Redirection(index),
        (None, Some(origin)) if !origin.is_empty() => Evidence::Source(origin),
        _ => Evidence::Source(invocation.span),
    }
}

#[cfg(test)]
mod tests;
