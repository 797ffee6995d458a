//! What makes a program wrong as a whole, also where it is never run.

use super::lexer::Token;
use super::program::{Program, Statement, When};
use std::collections::BTreeSet;

/// Whether statements stand only where they may, and no name is both of an array and of a variable.
pub(super) fn is_right(program: &Program, tokens: &[Token]) -> bool {
    let functions = program
        .functions
        .values()
        .all(|function| are_in_place(&function.body, Place { loops: false, function: true, records: true }));
    let rules = program.rules.iter().all(|rule| {
        let records = !matches!(rule.when, When::Begin | When::End);
        let place = Place { loops: false, function: false, records };
        rule.action.as_ref().is_none_or(|action| are_in_place(action, place))
    });
    functions && rules && names_are_distinct(tokens)
}

/// Where a statement stands.
#[derive(Clone, Copy)]
struct Place {
    loops: bool,
    function: bool,
    /// Whether there are records to go on to.
    records: bool,
}

fn are_in_place(statements: &[Statement], place: Place) -> bool {
    let inside = Place { loops: true, ..place };
    statements.iter().all(|statement| match statement {
        Statement::If(_, then, otherwise) => are_in_place(then, place) && are_in_place(otherwise, place),
        Statement::Loop { body, .. } | Statement::Each { body, .. } => are_in_place(body, inside),
        Statement::Break | Statement::Continue => place.loops,
        Statement::Next => place.records,
        Statement::Return(_) => place.function,
        _ => true,
    })
}

/// Whether each name is of one kind, whatever parameters of functions are called alike.
fn names_are_distinct(tokens: &[Token]) -> bool {
    let (mut arrays, mut variables) = (BTreeSet::new(), BTreeSet::new());
    let mut declares = false;
    for (at, token) in tokens.iter().enumerate() {
        match token {
            Token::Name(name) if name == "function" || name == "func" => declares = true,
            Token::Symbol(")") => declares = false,
            Token::Name(name) if !declares => {
                let before = at.checked_sub(1).and_then(|before| tokens.get(before));
                let is_array = matches!(tokens.get(at + 1), Some(Token::Symbol("[")))
                    || matches!(before, Some(Token::Name(word)) if word == "in" || word == "delete")
                    || is_split_into(tokens, at);
                if is_array {
                    arrays.insert(name)
                } else {
                    variables.insert(name)
                };
            }
            _ => {}
        }
    }
    arrays.is_disjoint(&variables)
}

/// Whether the name is that of the array that a `split` fills: behind a comma, in the parentheses of the call.
fn is_split_into(tokens: &[Token], at: usize) -> bool {
    let Some((Token::Symbol(","), before)) = tokens.get(..at).and_then(<[Token]>::split_last) else {
        return false;
    };
    let mut open = 0;
    for (at, token) in before.iter().enumerate().rev() {
        match token {
            Token::Symbol(")" | "]") => open += 1,
            Token::Symbol("(") if open == 0 => {
                let name = at.checked_sub(1).and_then(|name| before.get(name));
                return matches!(name, Some(Token::Name(name)) if name == "split");
            }
            Token::Symbol("(" | "[") => open -= 1,
            Token::Symbol(",") if open == 0 => return false,
            _ => {}
        }
    }
    false
}
