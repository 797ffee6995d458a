//! One statement, going by its key words: what it does to which objects. Reads any dialect, and never fails: what it does
//! not know is a statement of the kind of its first word.

mod access;
mod run;
mod upkeep;

use super::cursor::{Cursor, depth_end, find, outside};
use super::kinds;
use super::limit;
use super::token::Token;
use crate::value::Match;

/// A statement, or a part of one that counts as a statement of its own.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct Found {
    pub(super) kind: String,
    pub(super) objects: Vec<String>,
    pub(super) without_where: Match,
    pub(super) undo: Undo,
}

impl Found {
    /// Stands for statements that were not read, because a limit was reached: it is of no kind.
    pub(super) fn unread() -> Found {
        Found::default()
    }

    /// Whether it stands for statements that were not read.
    pub(super) fn is_unread(&self) -> bool {
        self.kind.is_empty()
    }
}

/// What takes it back.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(super) enum Undo {
    /// Nothing: it is no matter of transactions.
    #[default]
    Never,
    /// A transaction that is rolled back, in dialects where that is so for definitions.
    Definition,
    /// A transaction that is rolled back.
    Change,
}

/// Reads the tokens of one statement. `dynamic` reads text that is executed as statements.
pub(super) fn read(tokens: &[Token], dynamic: &mut dyn FnMut(&str, &mut Vec<Found>), out: &mut Vec<Found>) {
    let tokens = without_marks(tokens);
    let mut cursor = Cursor { rest: tokens };
    let Some(first) = cursor.peek().and_then(Token::word) else {
        if let Some(inner) = cursor.group() {
            read_inner(inner, dynamic, out);
        }
        return;
    };
    match first {
        "explain" | "describe" | "desc" | "analyze" => return explained(cursor, dynamic, out),
        "with" => with(tokens, dynamic, out),
        "drop" => drop(cursor, out),
        "truncate" => truncate(cursor, out),
        "delete" => delete(tokens, out),
        "update" => update(tokens, out),
        "insert" | "replace" | "upsert" | "merge" => changed(tokens, out),
        "alter" => alter(cursor, out),
        "create" => return create(cursor, out),
        "grant" | "revoke" | "deny" => access::access(cursor, out),
        "copy" | "\\copy" => upkeep::copy(tokens, out),
        "vacuum" => upkeep::vacuum(tokens, out),
        "execute" | "exec" | "call" | "do" | "prepare" => run::run(tokens, dynamic, out),
        "select" | "table" | "values" | "show" => {
            push(out, first, names_behind(tokens, "from"), limit::is_missing(tokens), Undo::Never);
            into_file(tokens, out);
        }
        _ => other(cursor, out),
    }
    run::calls(tokens, out);
    if tokens.last().is_some_and(|last| last.is("\\gexec")) {
        run::results(tokens, dynamic, out);
    }
}

fn read_inner(tokens: &[Token], dynamic: &mut dyn FnMut(&str, &mut Vec<Found>), out: &mut Vec<Found>) {
    // Parentheses around a statement may be many: the innermost counts.
    let open = tokens.iter().take_while(|token| **token == Token::Symbol('(')).count();
    let inner = tokens.get(open..).unwrap_or_default();
    if inner.first().and_then(Token::word).is_some() {
        read(inner.get(..depth_end(inner)).unwrap_or_default(), dynamic, out);
    }
}

fn push(out: &mut Vec<Found>, kind: &str, objects: Vec<String>, without_where: Match, undo: Undo) {
    out.push(Found { kind: kind.to_owned(), objects, without_where, undo });
}

/// What is unknown in front of a statement may be other statements.
fn without_marks(tokens: &[Token]) -> &[Token] {
    let is_mark = |token: &Token| token.word().is_some_and(|word| word.chars().all(super::mark::is_mark));
    let marks = tokens.iter().take_while(|token| is_mark(token)).count();
    tokens.get(marks..).unwrap_or_default()
}

/// `EXPLAIN` runs nothing, `EXPLAIN ANALYZE` does.
fn explained(mut cursor: Cursor<'_>, dynamic: &mut dyn FnMut(&str, &mut Vec<Found>), out: &mut Vec<Found>) {
    let mut runs = cursor.peek().is_some_and(|token| token.is("analyze"));
    cursor.next();
    loop {
        match cursor.peek() {
            Some(Token::Symbol('(')) => {
                let options = cursor.group().unwrap_or_default();
                let off =
                    |at: usize| options.get(at + 1).is_some_and(|token| token.is_any(&["false", "off"]));
                runs |= find(options, &["analyze", "analyse"]).is_some_and(|at| !off(at));
            }
            Some(token) if token.is_any(&["analyze", "analyse"]) => {
                runs = true;
                cursor.next();
            }
            Some(token)
                if token.is_any(&["verbose", "format", "extended", "table", "pipeline", "plan", "query"]) =>
            {
                cursor.next();
                if cursor.take_symbol('=') {
                    cursor.next();
                }
            }
            _ => break,
        }
    }
    if runs {
        read(cursor.rest, dynamic, out);
    }
}

/// `WITH x AS (DELETE …) DELETE …`: each of them.
fn with(tokens: &[Token], dynamic: &mut dyn FnMut(&str, &mut Vec<Found>), out: &mut Vec<Found>) {
    let mut cursor = Cursor { rest: tokens };
    cursor.next();
    cursor.take("recursive");
    while cursor.name().is_some() {
        cursor.group();
        cursor.take("as");
        cursor.take("not");
        cursor.take("materialized");
        if let Some(inner) = cursor.group() {
            read_inner(inner, dynamic, out);
        }
        if !cursor.take_symbol(',') {
            break;
        }
    }
    // A statement inside may not begin with `WITH` again: the depth is bounded.
    if !cursor.peek().is_some_and(|token| token.is("with")) {
        read(cursor.rest, dynamic, out);
    }
}

fn drop(mut cursor: Cursor<'_>, out: &mut Vec<Found>) {
    cursor.next();
    let Some(kind) = kinds::object_type(&mut cursor) else { return };
    while cursor.take("concurrently") {}
    cursor.take_condition();
    cursor.take("from");
    let undo = if matches!(kind.as_str(), "database" | "tablespace" | "subscription") {
        Undo::Never
    } else {
        Undo::Definition
    };
    push(out, &format!("drop {kind}"), cursor.names(), Match::Certain, undo);
}

fn truncate(mut cursor: Cursor<'_>, out: &mut Vec<Found>) {
    cursor.next();
    let of_database = cursor.take("database") || cursor.take_all(&["all", "tables", "from"]);
    cursor.take_any(&["table", "temporary"]);
    cursor.take("table");
    cursor.take_condition();
    let kind = if of_database { "truncate database" } else { "truncate" };
    push(out, kind, cursor.names(), Match::Certain, Undo::Definition);
}

/// `DELETE FROM t`, `DELETE t FROM t JOIN u`, `DELETE t`
fn delete(tokens: &[Token], out: &mut Vec<Found>) {
    let mut cursor = Cursor { rest: tokens };
    cursor.next();
    while cursor.take_any(&["low_priority", "quick", "ignore", "top"]) {
        cursor.group();
    }
    cursor.take("from");
    let objects = cursor.names();
    let without = limit::is_missing(tokens);
    push(out, "delete", objects, without, Undo::Change);
}

fn update(tokens: &[Token], out: &mut Vec<Found>) {
    let mut cursor = Cursor { rest: tokens };
    cursor.next();
    if cursor.take("statistics") {
        return push(out, "update statistics", cursor.names(), Match::Certain, Undo::Never);
    }
    while cursor.take_any(&["low_priority", "ignore", "or", "rollback", "abort", "replace", "fail", "top"]) {
        cursor.group();
    }
    push(out, "update", cursor.names(), limit::is_missing(tokens), Undo::Change);
}

/// `INSERT INTO t`, `REPLACE INTO t`, `MERGE INTO t`
fn changed(tokens: &[Token], out: &mut Vec<Found>) {
    let mut cursor = Cursor { rest: tokens };
    let Some(kind) = kinds::head(&mut cursor) else { return };
    let overwrites = cursor.take("overwrite");
    while cursor.take_any(&[
        "into",
        "table",
        "or",
        "ignore",
        "low_priority",
        "delayed",
        "rollback",
        "abort",
        "fail",
    ]) {}
    let replaces = cursor.take("replace");
    cursor.take_any(&["into", "table"]);
    let kind = match (overwrites, replaces) {
        (true, _) => format!("{kind} overwrite"),
        (_, true) => "replace".to_owned(),
        _ => kind,
    };
    push(out, &kind, cursor.name().into_iter().collect(), Match::No, Undo::Change);
}

fn alter(mut cursor: Cursor<'_>, out: &mut Vec<Found>) {
    cursor.next();
    let Some(kind) = kinds::object_type(&mut cursor) else { return };
    cursor.take_condition();
    cursor.take_any(&["only", "set", "reset"]);
    let object: Vec<String> = cursor.name().into_iter().collect();
    if kind != "table" {
        return push(out, &format!("alter {kind}"), object, Match::Certain, Undo::Definition);
    }
    if cursor.take_all(&["on", "cluster"]) {
        cursor.name();
    }
    let mut start = 0;
    let commas = outside(cursor.rest).filter(|(_, token)| **token == Token::Symbol(',')).map(|(at, _)| at);
    for end in commas.chain([cursor.rest.len()]) {
        let mut action = Cursor { rest: cursor.rest.get(start..end).unwrap_or_default() };
        start = end + 1;
        let tokens = action.rest;
        // `DROP a, b` of some dialects: a name is no verb.
        if let Some(verb) = kinds::action(&mut action) {
            push(
                out,
                &format!("alter table {verb}"),
                object.clone(),
                limit::is_missing(tokens),
                Undo::Definition,
            );
        }
    }
}

/// What a definition calls is not called now.
fn create(mut cursor: Cursor<'_>, out: &mut Vec<Found>) {
    cursor.next();
    let replaces = cursor.take_all(&["or", "replace"]);
    cursor.take_all(&["or", "alter"]);
    let Some(kind) = kinds::object_type(&mut cursor) else { return };
    cursor.take_condition();
    let kind = if replaces { format!("create or replace {kind}") } else { format!("create {kind}") };
    push(out, &kind, cursor.name().into_iter().collect(), Match::Certain, Undo::Definition);
}

/// Any other statement: its first words, and the names behind them.
fn other(mut cursor: Cursor<'_>, out: &mut Vec<Found>) {
    let tokens = cursor.rest;
    let Some(kind) = kinds::head(&mut cursor) else { return };
    cursor.take_any(&["table", "database", "from", "index", "by", "to"]);
    cursor.take_condition();
    push(out, &kind, cursor.names(), limit::is_missing(tokens), Undo::Never);
}

/// `SELECT … INTO OUTFILE 'x'`
fn into_file(tokens: &[Token], out: &mut Vec<Found>) {
    let Some(at) = find(tokens, &["outfile", "dumpfile"]) else { return };
    let file = tokens.get(at + 1).and_then(Token::text).map(str::to_owned);
    push(out, "into outfile", file.into_iter().collect(), Match::Certain, Undo::Never);
}

fn names_behind(tokens: &[Token], word: &str) -> Vec<String> {
    let at = find(tokens, &[word]).map_or(tokens.len(), |at| at + 1);
    let mut cursor = Cursor { rest: tokens.get(at..).unwrap_or_default() };
    cursor.names()
}
