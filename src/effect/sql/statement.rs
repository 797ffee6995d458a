//! One statement, going by its key words: what it does to which objects. Reads any dialect, and never fails: what it does
//! not know is a statement of the kind of its first word.

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
        "grant" | "revoke" | "deny" => access(cursor, out),
        "copy" => copy(tokens, out),
        "vacuum" => vacuum(tokens, out),
        "execute" | "exec" | "call" | "do" | "prepare" => run(tokens, dynamic, out),
        "select" | "table" | "values" | "show" => {
            push(out, first, names_behind(tokens, "from"), limit::is_missing(tokens), Undo::Never);
            into_file(tokens, out);
        }
        _ => other(cursor, out),
    }
    calls(tokens, out);
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

/// The objects are the rights, what they are about, and who has them.
fn access(mut cursor: Cursor<'_>, out: &mut Vec<Found>) {
    let Some(kind) = kinds::head(&mut cursor) else { return };
    let mut objects = Vec::new();
    let mut rights = String::new();
    loop {
        match cursor.peek() {
            Some(token) if token.is_any(&["on", "to", "from"]) => break,
            Some(Token::Symbol(',')) => {
                cursor.next();
                objects.push(std::mem::take(&mut rights));
            }
            Some(Token::Symbol('(')) => {
                cursor.group();
            }
            Some(_) => {
                let separate = if rights.is_empty() { "" } else { " " };
                rights = format!("{rights}{separate}{}", cursor.name().unwrap_or_default());
                if cursor.take_symbol('.') || cursor.take_symbol('*') {}
            }
            None => break,
        }
    }
    objects.push(rights);
    let kinds = [
        "table", "database", "schema", "all", "tables", "in", "user", "role", "group", "sequence", "function",
    ];
    while cursor.take_any(&["on", "to", "from"]) {
        while cursor.take_any(&kinds) {}
        objects.extend(cursor.names());
        while cursor.take_symbol('*') || cursor.take_symbol('.') {}
    }
    objects.retain(|object| !object.is_empty());
    push(out, &kind, objects, Match::Certain, Undo::Definition);
}

fn copy(tokens: &[Token], out: &mut Vec<Found>) {
    let mut cursor = Cursor { rest: tokens };
    cursor.next();
    if cursor.take("into") {
        return push(out, "copy into", cursor.name().into_iter().collect(), Match::Certain, Undo::Change);
    }
    let Some(at) = find(tokens, &["to", "from"]) else { return };
    let direction = tokens.get(at).and_then(Token::word).unwrap_or_default();
    let mut cursor = Cursor { rest: tokens.get(at + 1..).unwrap_or_default() };
    let program = cursor.take("program");
    let place = if program { "program" } else { "file" };
    match cursor.peek() {
        Some(Token::Text(text)) => {
            let objects = vec![text.clone()];
            push(out, &format!("copy {direction} {place}"), objects, Match::Certain, Undo::Never);
        }
        _ => push(out, "copy", names_behind(tokens, "copy"), Match::Certain, Undo::Change),
    }
}

fn vacuum(tokens: &[Token], out: &mut Vec<Found>) {
    let mut cursor = Cursor { rest: tokens };
    cursor.next();
    let options = cursor.group().unwrap_or_default();
    let mut full = find(options, &["full"]).is_some();
    while let Some(token) =
        cursor.peek().filter(|token| token.is_any(&["full", "freeze", "verbose", "analyze"]))
    {
        full |= token.is("full");
        cursor.next();
    }
    let into = cursor.take("into");
    let objects = if into { Vec::new() } else { cursor.names() };
    push(out, if full { "vacuum full" } else { "vacuum" }, objects, Match::Certain, Undo::Never);
}

/// Text that is executed, a procedure that is called, a statement that is prepared.
fn run(tokens: &[Token], dynamic: &mut dyn FnMut(&str, &mut Vec<Found>), out: &mut Vec<Found>) {
    let mut cursor = Cursor { rest: tokens };
    let verb = cursor.next().and_then(Token::word).unwrap_or_default();
    cursor.take("immediate");
    match verb {
        "prepare" => {
            cursor.name();
            cursor.group();
            if cursor.take("as") {
                return read_inner_or_statement(cursor.rest, dynamic, out);
            }
            cursor.take("from");
        }
        "do" if cursor.take("language") => {
            cursor.name();
        }
        _ => {}
    }
    let rest = match cursor.peek() {
        Some(Token::Symbol('(')) => cursor.group().unwrap_or_default(),
        _ if cursor.take_any(&["sp_executesql", "sys.sp_executesql"]) => cursor.rest,
        _ => cursor.rest,
    };
    if let Some(text) = rest.first().and_then(Token::text) {
        // `'drop table ' || name`, `N'drop table ' + @name`: what is not written is unknown.
        let mut whole = text.to_owned();
        for token in rest.iter().skip(1) {
            match token {
                Token::Text(text) => whole.push_str(text),
                Token::Symbol('|' | '+') => {}
                Token::Word(word) if matches!(word.as_str(), "using" | "into" | "language") => break,
                Token::Symbol(',') => break,
                _ if whole.ends_with(super::mark::is_mark) => {}
                _ => whole.push(super::mark::OTHER),
            }
        }
        return dynamic(&whole, out);
    }
    if matches!(verb, "exec" | "execute" | "call") {
        push(out, "call", cursor.name().into_iter().collect(), Match::Certain, Undo::Never);
    }
}

fn read_inner_or_statement(
    tokens: &[Token],
    dynamic: &mut dyn FnMut(&str, &mut Vec<Found>),
    out: &mut Vec<Found>,
) {
    // What is prepared is no `PREPARE`: the depth is bounded.
    if !tokens.first().is_some_and(|token| token.is_any(&["prepare", "explain"])) {
        read(tokens, dynamic, out);
    }
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

/// The functions that the statement calls, as one statement of the kind `call`.
fn calls(tokens: &[Token], out: &mut Vec<Found>) {
    const MAX_CALLS: usize = 64;
    let mut names: Vec<String> = Vec::new();
    let mut start = 0;
    for (at, pair) in tokens.windows(2).enumerate() {
        let [token, behind] = pair else { continue };
        let joins = |token: &Token| *token == Token::Symbol('.');
        let continues = joins(token) || joins(behind);
        if *behind == Token::Symbol('(') && !joins(token) {
            let mut cursor = Cursor { rest: tokens.get(start..=at).unwrap_or_default() };
            let before = start.checked_sub(1).and_then(|before| tokens.get(before));
            let makes =
                before.is_some_and(|token| token.is_any(&["into", "table", "function", "procedure", "copy"]));
            let is_key_word = token.is_any(&kinds::NO_FUNCTIONS);
            if let Some(name) = cursor.name().filter(|name| !makes && !is_key_word && !names.contains(name))
                && matches!(token, Token::Word(_) | Token::Name(_))
                && names.len() < MAX_CALLS
            {
                names.push(name);
            }
        }
        if !continues {
            start = at + 1;
        }
    }
    if !names.is_empty() {
        push(out, "call", names, limit::is_missing(tokens), Undo::Never);
    }
}

fn names_behind(tokens: &[Token], word: &str) -> Vec<String> {
    let at = find(tokens, &[word]).map_or(tokens.len(), |at| at + 1);
    let mut cursor = Cursor { rest: tokens.get(at..).unwrap_or_default() };
    cursor.names()
}
