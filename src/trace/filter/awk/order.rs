//! Whether an expression means the same in whichever order its parts are evaluated.

use super::lexer::Token;

/// Whether no variable that the expression changes on the way occurs in it again.
pub(super) fn is_clear(tokens: &[Token]) -> bool {
    // `x = …` at its start changes it last of all.
    let rest = match tokens {
        [Token::Name(_), Token::Symbol("=" | "+=" | "-=" | "*=" | "%="), rest @ ..] => rest,
        _ => tokens,
    };
    let changed = rest.iter().enumerate().filter_map(|(at, token)| {
        let before = || name_before(rest.get(..at)?);
        match token {
            Token::Symbol("++" | "--") => match rest.get(at + 1) {
                Some(Token::Name(name)) if before().is_none() => Some(name),
                _ => before(),
            },
            Token::Symbol("=" | "+=" | "-=" | "*=" | "%=") => before(),
            _ => None,
        }
    });
    changed.into_iter().all(|changed| {
        tokens.iter().filter(|token| matches!(token, Token::Name(name) if name == changed)).count() < 2
    })
}

/// The variable or array that the tokens end with.
fn name_before(tokens: &[Token]) -> Option<&String> {
    match tokens {
        [.., Token::Name(name)] => Some(name),
        [.., Token::Symbol("]")] => {
            let mut open = 0;
            for (at, token) in tokens.iter().enumerate().rev() {
                match token {
                    Token::Symbol("]") => open += 1,
                    Token::Symbol("[") if open == 1 => return name_before(tokens.get(..at)?),
                    Token::Symbol("[") => open -= 1,
                    _ => {}
                }
            }
            None
        }
        _ => None,
    }
}
