//! Statements: what a client is told to give to a database, by option, operand, file or standard input, in whatever
//! dialect the grammar names (role `sql:<dialect>`).
//!
//! ```text
//! psql -c 'BEGIN; DELETE FROM t; ROLLBACK; DROP TABLE IF EXISTS a.b, "C"'   →  drop table  [a.b, C]
//! ```
//!
//! The texts are read twice. By their tokens: one reading for all dialects, which cannot fail, and which sees a statement
//! wherever it stands (CTE, block, text that is executed). And by the grammar of the dialect, where there is one that knows
//! the text. What either of them finds counts.

mod agreement;
mod code;
mod cursor;
mod cypher;
mod kinds;
mod lexis;
mod limit;
mod mark;
mod mongo;
mod parsed;
mod redis;
mod script;
mod statement;
mod temporary;
mod token;

use super::{Effects, Evidence, SqlStatement};
use crate::program::{Call, Nested, NestedWord, Role};
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
pub(crate) fn statements(call: &Call, invocation: &Invocation) -> Effects<SqlStatement> {
    let texts = texts(call, invocation);
    let mut given = Effects::default();
    let mut dialects: Vec<&str> = Vec::new();
    for text in &texts {
        if !dialects.contains(&text.dialect) {
            dialects.push(text.dialect);
        }
    }
    for dialect in dialects {
        // One session: a transaction may begin in one option and end in another.
        let texts = || texts.iter().filter(|text| text.dialect == dialect);
        let are_words = texts().all(|text| text.is_word);
        let between = if are_words { WORDS } else { "\n;\n" };
        let marked = Marked::of(texts().map(|text| text.value), between);
        let evidence: Vec<Evidence> = texts().map(|text| text.evidence).collect();
        let certainty = texts().map(|text| text.certainty).min().unwrap_or_default();
        let effect = |found: Found| SqlStatement {
            kind: found.kind,
            objects: found.objects.iter().map(|object| marked.value(object)).collect(),
            dialect: base(dialect).to_owned(),
            without_where: found.without_where,
            certainty,
            evidence: evidence.clone(),
        };
        let found = read(dialect, &marked.text, are_words);
        given.is_cut |= marked.is_cut || found.iter().any(Found::is_unread);
        given.all.extend(found.into_iter().filter(|found| !found.is_unread()).map(effect));
    }
    given
}

/// What is put between the words of a command that is one argv.
const WORDS: &str = "\u{1f}";

/// The dialect that rules know: `redis-script` is `redis`.
fn base(dialect: &str) -> &str {
    dialect.split('-').next().unwrap_or(dialect)
}

fn read(dialect: &str, text: &str, are_words: bool) -> Vec<Found> {
    let mut found = Vec::new();
    match dialect {
        "redis" if are_words => redis::of_words(text.split(WORDS), &mut found),
        "redis" => redis::of_lines(text, &mut found),
        "redis-script" => redis::of_script(text, &mut found),
        "redis-cluster" => {
            // `--cluster call HOST COMMAND`; what else it does is no command of the server.
            let mut words = text.split(WORDS);
            match words.next() {
                Some("call") => redis::of_words(words.skip(1), &mut found),
                first => redis::of_words(std::iter::once("cluster").chain(first).chain(words), &mut found),
            }
        }
        "mongo" => mongo::of_text(text, &mut found),
        "cypher" => cypher::of_text(text, Lexis::of(dialect), 2, &mut found),
        _ => found = script::statements(text, dialect),
    }
    found
}

/// A text that is given to a database.
struct Text<'c> {
    dialect: &'c str,
    value: &'c Value,
    /// Whether it is one word of a command, not a text of its own.
    is_word: bool,
    evidence: Evidence,
    certainty: Match,
}

fn texts<'c>(call: &'c Call, invocation: &'c Invocation) -> Vec<Text<'c>> {
    let of_file = |word: usize| invocation.texts.iter().find(|(at, _)| *at == word).map(|(_, text)| text);
    let of_words = |nested: &'c Nested| -> Vec<Text<'c>> {
        let text = |word: &'c NestedWord, dialect: &'c str, value: &'c Value| Text {
            dialect,
            value,
            is_word: matches!(dialect, "redis" | "redis-cluster"),
            evidence: Evidence::Word(word.word),
            certainty: nested.certainty,
        };
        match &nested.role {
            Role::Sql(dialect) => nested.words.iter().map(|word| text(word, dialect, &word.value)).collect(),
            Role::SqlFile(dialect) => {
                let known =
                    nested.words.iter().filter_map(|word| Some(text(word, dialect, of_file(word.word)?)));
                known.collect()
            }
            _ => Vec::new(),
        }
    };
    let mut texts: Vec<Text<'c>> = call.nested.iter().flat_map(of_words).collect();
    let includes =
        call.nested.iter().map(|nested| &nested.role).chain(&call.stdin).find_map(|role| match role {
            Role::Sql(dialect) | Role::SqlFile(dialect) => Some(dialect),
            _ => None,
        });
    // Files that a text includes have no word of their own.
    for (_, value) in invocation.texts.iter().filter(|(word, _)| *word == usize::MAX) {
        let evidence = Evidence::Source(invocation.span);
        texts.extend(includes.map(|dialect| Text {
            dialect,
            value,
            is_word: false,
            evidence,
            certainty: Match::Certain,
        }));
    }
    if let (Some(Role::Sql(dialect)), Some(value)) = (&call.stdin, &invocation.stdin) {
        let evidence = of_input(invocation, value);
        texts.push(Text { dialect, value, is_word: false, evidence, certainty: Match::Certain });
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
