//! What a statement runs besides itself: functions that it calls, text that it executes.

use super::{Found, Undo, push, read};
use crate::effect::sql::cursor::Cursor;
use crate::effect::sql::token::Token;
use crate::effect::sql::{kinds, limit, mark};
use crate::value::Match;

/// Text that is executed, a procedure that is called, a statement that is prepared.
pub(super) fn run(tokens: &[Token], dynamic: &mut dyn FnMut(&str, &mut Vec<Found>), out: &mut Vec<Found>) {
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
    if rest.first().and_then(Token::text).is_some() {
        return dynamic(&joined(rest), out);
    }
    if matches!(verb, "exec" | "execute" | "call") {
        push(out, "call", cursor.name().into_iter().collect(), Match::Certain, Undo::Never);
    }
}

/// `'drop table ' || name`, `N'drop table ' + @name`: what is not written is unknown.
fn joined(tokens: &[Token]) -> String {
    let mut whole = String::new();
    for token in tokens {
        match token {
            Token::Text(text) => whole.push_str(text),
            Token::Symbol('|' | '+') => {}
            Token::Word(word)
                if matches!(word.as_str(), "using" | "into" | "language" | "as" | "from" | "\\gexec") =>
            {
                break;
            }
            Token::Symbol(',') => break,
            _ if whole.ends_with(mark::is_mark) => {}
            _ => whole.push(mark::OTHER),
        }
    }
    whole
}

/// `SELECT 'DROP TABLE ' || name FROM … \gexec`, `SELECT format('DROP TABLE %I', name) …`: the rows are executed.
pub(super) fn results(
    tokens: &[Token],
    dynamic: &mut dyn FnMut(&str, &mut Vec<Found>),
    out: &mut Vec<Found>,
) {
    let mut joins = false;
    for (at, token) in tokens.iter().enumerate() {
        if token.text().is_some() && !joins {
            let text = joined(tokens.get(at..).unwrap_or_default());
            // `%I`, `%1$s`
            let mut parts = text.split('%');
            let mut filled = parts.next().unwrap_or_default().to_owned();
            for part in parts {
                filled.push(mark::OTHER);
                filled.push_str(
                    part.trim_start_matches(|c: char| c.is_ascii_digit() || c == '$')
                        .get(1..)
                        .unwrap_or_default(),
                );
            }
            dynamic(&filled, out);
        }
        joins = *token == Token::Symbol('|');
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

/// The functions that the statement calls, as one statement of the kind `call`.
pub(super) fn calls(tokens: &[Token], out: &mut Vec<Found>) {
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
            {
                if names.len() >= MAX_CALLS {
                    out.push(Found::unread());
                    break;
                }
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
