//! From the tokens of a text to those of its statements: what only the client understands is taken out.

use crate::effect::sql::lexis::{Client, Lexis};
use crate::effect::sql::mark::is_mark;
use sqlparser::tokenizer::{Token, TokenWithSpan};

/// What a mark is written as while the text is parsed: some dialects know ASCII names only.
const MARK: &str = "argvet_unknown_";

/// The text with names in the place of marks.
pub(super) fn unmarked(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if is_mark(c) {
            out.push_str(&format!("{MARK}{:x}", u32::from(c)));
        } else {
            out.push(c);
        }
    }
    out
}

/// A name with its marks again.
pub(super) fn marked(name: &str) -> String {
    let mut parts = name.split(MARK);
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let digits: String = part.chars().take(4).collect();
        out.extend(u32::from_str_radix(&digits, 16).ok().and_then(char::from_u32));
        out.extend(part.chars().skip(4));
    }
    out
}

/// The tokens of each statement. Ends early where a body follows whose statements are not run now.
pub(super) fn parts(tokens: Vec<TokenWithSpan>, lexis: Lexis) -> Vec<Vec<TokenWithSpan>> {
    let mut parts = Vec::new();
    let mut part: Vec<TokenWithSpan> = Vec::new();
    let mut skipped_line = 0;
    let mut last_line = 0;
    let mut tokens =
        tokens.into_iter().filter(|token| !matches!(token.token, Token::Whitespace(_))).peekable();
    while let Some(token) = tokens.next() {
        let line = token.span.start.line;
        let begins_line = line > last_line;
        last_line = token.span.end.line;
        if line == skipped_line || token.token == Token::EOF {
            continue;
        }
        let ends_line = tokens.peek().is_none_or(|next| next.span.start.line > line);
        let is_end = match (&token.token, lexis.client) {
            (Token::SemiColon, _) => true,
            (Token::Backslash, Client::Psql | Client::Mysql) => {
                skipped_line = line;
                // `\g` sends what stands before, like `\gexec` and `\G`; any other leaves it as it is.
                tokens.peek().is_some_and(|next| word(next).starts_with('g'))
            }
            (Token::Period, Client::Sqlite) if begins_line && part.is_empty() => {
                skipped_line = line;
                false
            }
            (Token::Word(_), Client::Sqlcmd) if begins_line && ends_line && word(&token) == "go" => true,
            (Token::Word(_), Client::Mysql) if part.is_empty() && word(&token) == "delimiter" => {
                return parts;
            }
            _ => {
                part.push(token);
                false
            }
        };
        if is_end {
            if defines(&part) {
                return parts;
            }
            parts.push(std::mem::take(&mut part));
        }
    }
    if !defines(&part) {
        parts.push(part);
    }
    parts.retain(|part| !part.is_empty());
    parts
}

/// Whether the statement defines something with a body of statements.
fn defines(tokens: &[TokenWithSpan]) -> bool {
    let bodies = ["trigger", "procedure", "proc", "function", "event", "package"];
    tokens.first().is_some_and(|first| word(first) == "create")
        && tokens.iter().take(8).any(|token| bodies.contains(&word(token).as_str()))
}

/// The key word in lower case; empty for any other token.
fn word(token: &TokenWithSpan) -> String {
    match &token.token {
        Token::Word(word) if word.quote_style.is_none() => word.value.to_lowercase(),
        _ => String::new(),
    }
}
