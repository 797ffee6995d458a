//! `GRANT` and `REVOKE`.

use super::{Found, Undo, push};
use crate::effect::sql::cursor::Cursor;
use crate::effect::sql::kinds;
use crate::effect::sql::token::Token;
use crate::value::Match;

/// The objects are the rights, what they are about, and who has them.
pub(super) fn access(mut cursor: Cursor<'_>, out: &mut Vec<Found>) {
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
