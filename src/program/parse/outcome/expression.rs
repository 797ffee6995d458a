//! The expression of a finished reading in find's style.

use crate::program::expression::{Expression, Test, Token};
use crate::program::grammar::Role;
use crate::program::parse::reading::{Given, Reading};
use crate::program::word::Head;
use crate::value::Value;

/// Options are tests, actions and operators with names; parentheses, `!` and `,` are words of their own.
pub(super) fn of(argv: &[Value], reading: &Reading<'_>) -> Expression {
    let mut tokens: Vec<(usize, Token)> =
        reading.given.iter().map(|given| (given.flag.word, token(given))).collect();
    let mut next = reading.given.iter().peekable();
    let mut free = 1;
    for (word, value) in argv.iter().enumerate() {
        while let Some(given) = next.next_if(|given| given.flag.word <= word) {
            free = free.max(given.flag.value_word + 1).max(given.rest.end);
        }
        if word >= free {
            tokens.extend(operator(value).map(|token| (word, token)));
        }
    }
    tokens.sort_by_key(|(word, _)| *word);
    Expression(tokens)
}

fn operator(value: &Value) -> Option<Token> {
    let head = Head::of(value);
    let operators =
        [(&b"("[..], Token::Open), (b")", Token::Close), (b"!", Token::Not), (b",", Token::Comma)];
    operators.into_iter().find(|(text, _)| head.is(text)).map(|(_, token)| token)
}

fn token(given: &Given<'_>) -> Token {
    match given.flag.name.as_str() {
        "-o" | "-or" => Token::Or,
        "-not" => Token::Not,
        name => {
            let is_filter = given.spec.is_some_and(|spec| spec.value.role() == Some(&Role::Filter));
            let filter = given.flag.value.clone().filter(|_| is_filter);
            Token::Test(Test { name: name.to_owned(), filter })
        }
    }
}
