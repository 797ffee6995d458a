//! Whether a `WHERE` limits anything.

use super::cursor::{find, outside};
use super::token::Token;
use crate::value::Match;

/// Words that end a condition.
const ENDS: [&str; 12] = [
    "returning",
    "order",
    "limit",
    "group",
    "output",
    "having",
    "option",
    "window",
    "union",
    "on",
    "settings",
    "set",
];

/// Whether nothing limits the statement: no `WHERE`, `LIMIT`, `TOP` or `JOIN … ON`, or a condition that always holds.
pub(super) fn is_missing(tokens: &[Token]) -> Match {
    let Some(at) = find(tokens, &["where"]) else {
        return (find(tokens, &["limit", "top", "join", "fetch"]).is_none()).into();
    };
    let condition = tokens.get(at + 1..).unwrap_or_default();
    let condition = condition.get(..find(condition, &ENDS).unwrap_or(condition.len())).unwrap_or_default();
    (find(tokens, &["limit"]).is_none() && always_holds(condition, 8)).into()
}

/// Whether one of the alternatives is made of constants that hold.
fn always_holds(condition: &[Token], depth: usize) -> bool {
    split(condition, "or")
        .into_iter()
        .any(|alternative| split(alternative, "and").into_iter().all(|term| holds(term, depth)))
}

fn holds(term: &[Token], depth: usize) -> bool {
    match term {
        [Token::Symbol('('), inner @ .., Token::Symbol(')')] if depth > 0 => always_holds(inner, depth - 1),
        [Token::Word(word)] => word == "true",
        [Token::Number(number)] => number.chars().any(|c| ('1'..='9').contains(&c)),
        [Token::Word(not), Token::Word(word)] => not == "not" && word == "false",
        // Of a column it holds wherever there is a value.
        [left, Token::Symbol('='), right] => left == right && (is_constant(left) || is_column(left)),
        [left, Token::Symbol('<'), Token::Symbol('>'), right]
        | [left, Token::Symbol('!'), Token::Symbol('='), right] => {
            left != right && is_constant(left) && is_constant(right)
        }
        _ => false,
    }
}

fn is_constant(token: &Token) -> bool {
    match token {
        Token::Number(_) => true,
        Token::Text(text) => !text.contains(super::mark::is_mark),
        Token::Word(word) => word == "true" || word == "false",
        _ => false,
    }
}

fn is_column(token: &Token) -> bool {
    matches!(token, Token::Word(word) if !word.contains(super::mark::is_mark))
}

fn split<'t>(tokens: &'t [Token], word: &str) -> Vec<&'t [Token]> {
    let mut parts = Vec::new();
    let mut start = 0;
    for (at, _) in outside(tokens).filter(|(_, token)| token.is(word)) {
        parts.push(tokens.get(start..at).unwrap_or_default());
        start = at + 1;
    }
    parts.push(tokens.get(start..).unwrap_or_default());
    parts
}

#[cfg(test)]
mod tests {
    use super::super::lexis::Lexis;
    use super::super::token::tokens;
    use super::*;

    #[test]
    fn conditions_that_always_hold_limit_nothing() {
        for (text, missing) in [
            ("delete from t", true),
            ("delete from t where true", true),
            ("delete from t where 1=1", true),
            ("delete from t where (1 = 1) returning *", true),
            ("delete from t where id = 5 or 1=1", true),
            ("delete from t where 'a'='a' and true", true),
            ("delete from t where id = 5", false),
            ("delete from t where 1=1 and id = 5", false),
            ("delete from t where 1=0", false),
            ("delete from t where id in (select id from u where true)", false),
            ("delete from t limit 5", false),
            ("delete a from a join b on a.x = b.x", false),
            ("update t set a = (select 1 where false)", true),
        ] {
            assert_eq!(is_missing(&tokens(text, Lexis::of("generic"))), missing.into(), "{text}");
        }
    }
}
