//! `COPY` and `VACUUM`: what leaves the database, and what is rewritten.

use super::{Found, Undo, names_behind, push};
use crate::effect::sql::cursor::{Cursor, find};
use crate::effect::sql::token::Token;
use crate::value::Match;

pub(super) fn copy(tokens: &[Token], out: &mut Vec<Found>) {
    let mut cursor = Cursor { rest: tokens };
    // `\copy` of psql reads and writes files where psql runs; what is a program runs there, too.
    let is_client = cursor.next().is_some_and(|first| first.is("\\copy"));
    if cursor.take("into") {
        return push(out, "copy into", cursor.name().into_iter().collect(), Match::Certain, Undo::Change);
    }
    let Some(at) = find(tokens, &["to", "from"]) else { return };
    let direction = tokens.get(at).and_then(Token::word).unwrap_or_default();
    let mut cursor = Cursor { rest: tokens.get(at + 1..).unwrap_or_default() };
    let program = cursor.take("program");
    let place = match (program, is_client) {
        (true, _) => "program",
        (false, true) => "client file",
        (false, false) => "file",
    };
    match cursor.peek() {
        Some(Token::Text(text)) => {
            let objects = vec![text.clone()];
            push(out, &format!("copy {direction} {place}"), objects, Match::Certain, Undo::Never);
        }
        _ => push(out, "copy", names_behind(tokens, "copy"), Match::Certain, Undo::Change),
    }
}

pub(super) fn vacuum(tokens: &[Token], out: &mut Vec<Found>) {
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
