//! The tokens of a program text: strings, names, numbers and single bytes.

use super::super::cursor::{Cursor, unquoted};
use super::{Characters, Style};
use crate::source::Span;
use crate::value::{Cause, Value};

/// What a token is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(in crate::language) enum Token {
    /// A string, its escapes replaced; what is put into it is unknown.
    Text(Value),
    /// Text between backquotes, where that is a command.
    Command(Value),
    /// A number, as written.
    Number(String),
    /// A name, with what is joined to it by dots and colons.
    Name(String),
    /// Any other byte that is no blank.
    Symbol(u8),
    /// The end of a line.
    Newline,
}

/// A token and its place.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(in crate::language) struct Lexeme {
    pub(in crate::language) token: Token,
    pub(in crate::language) span: Span,
}

/// The tokens of a text.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(in crate::language) struct Tokens {
    pub(in crate::language) list: Vec<Lexeme>,
    /// Whether a string or a regular expression does not end: it may have begun elsewhere.
    pub(in crate::language) is_open: bool,
}

/// Splits a text.
pub(in crate::language) fn tokens(text: &[u8], style: &Style) -> Tokens {
    let mut cursor = Cursor::new(text);
    let mut found = Tokens::default();
    let tokens = &mut found.list;
    // Whether each open parenthesis holds a condition, and whether the last that was closed did.
    let (mut conditions, mut behind_condition) = (Vec::new(), false);
    while let Some(byte) = cursor.peek() {
        let start = cursor.at;
        if byte == b'\n' {
            cursor.next();
            tokens.push(Lexeme { token: Token::Newline, span: cursor.span(start) });
            continue;
        }
        if byte == b'\\' && (cursor.takes(b"\\\n") || cursor.takes(b"\\\r\n")) {
            continue;
        }
        if byte.is_ascii_whitespace() {
            cursor.next();
            continue;
        }
        if style.characters != Characters::None
            && let Some(text) = character(&mut cursor, style.characters)
        {
            let span = cursor.span(start);
            tokens.push(Lexeme { token: Token::Text(unquoted(text, span)), span });
            continue;
        }
        if comment(&mut cursor, style) {
            continue;
        }
        let is_operand = !behind_condition && ends_operand(tokens);
        behind_condition = false;
        let token = if byte == b'/' && style.regexes && !is_operand {
            // Nothing in a regular expression is executed.
            found.is_open |= !regex(&mut cursor);
            Token::Number(String::new())
        } else if byte == b'/' && style.slashy && !is_operand {
            match string(&mut cursor, byte, style) {
                Some(text) => Token::Text(text),
                None => {
                    cursor.at = start + 1;
                    Token::Symbol(byte)
                }
            }
        } else if byte == b'`' && style.backquotes {
            cursor.next();
            let inside = cursor.until(b"`").unwrap_or_default();
            Token::Command(interpolated(
                unquoted(inside, Span::new(start + 1, start + 1 + inside.len())),
                style,
            ))
        } else if style.quotes.as_bytes().contains(&byte) {
            match string(&mut cursor, byte, style) {
                Some(text) => Token::Text(text),
                None => {
                    found.is_open |= style.closes;
                    cursor.at = start + 1;
                    Token::Symbol(byte)
                }
            }
        } else if byte.is_ascii_digit() {
            let number = cursor.take_while(|byte| byte.is_ascii_alphanumeric() || byte == b'.');
            Token::Number(String::from_utf8_lossy(number).into_owned())
        } else if is_name_start(byte) || style.letters.as_bytes().contains(&byte) {
            Token::Name(name(&mut cursor, style))
        } else {
            cursor.next();
            match byte {
                b'(' => conditions.push(is_condition(tokens)),
                b')' => behind_condition = conditions.pop().unwrap_or(false),
                _ => {}
            }
            Token::Symbol(byte)
        };
        tokens.push(Lexeme { token, span: cursor.span(start) });
    }
    found
}

/// Takes a comment; whether there is one.
fn comment(cursor: &mut Cursor<'_>, style: &Style) -> bool {
    if style.comments.iter().any(|mark| cursor.takes(mark.as_bytes())) {
        cursor.take_while(|byte| byte != b'\n');
        return true;
    }
    let is_long = style.slashes && cursor.takes(b"/*");
    while is_long && !cursor.takes(b"*/") && cursor.next().is_some() {}
    is_long
}

/// Whether a parenthesis behind the tokens holds a condition, behind which a statement stands.
fn is_condition(tokens: &[Lexeme]) -> bool {
    let last = tokens.last().map(|last| &last.token);
    matches!(last, Some(Token::Name(name)) if matches!(name.as_str(), "if" | "while" | "for"))
}

/// Whether a slash behind the tokens divides.
fn ends_operand(tokens: &[Lexeme]) -> bool {
    let mut last = tokens.iter().rev().map(|lexeme| &lexeme.token);
    match last.next() {
        Some(Token::Text(_) | Token::Command(_) | Token::Number(_)) => true,
        Some(Token::Name(name)) => {
            !matches!(name.as_str(), "print" | "return" | "in" | "printf" | "case" | "else" | "do")
        }
        // `x++ / 2`
        Some(Token::Symbol(sign @ (b'+' | b'-'))) => {
            last.next() == Some(&Token::Symbol(*sign)) && matches!(last.next(), Some(Token::Name(_)))
        }
        Some(Token::Symbol(byte)) => matches!(byte, b')' | b']'),
        Some(Token::Newline) | None => false,
    }
}

/// A single character as a literal: `'"'`, `$"`, `?"`. What it stands for.
fn character<'t>(cursor: &mut Cursor<'t>, characters: Characters) -> Option<&'t [u8]> {
    let rest = cursor.rest();
    let escaped = |from: usize| match rest.get(from)? {
        b'\\' => Some(2),
        b'\n' => None,
        _ => Some(1),
    };
    let (from, length, whole) = match characters {
        Characters::None => return None,
        // A quote is also the end of a name: `a'`.
        Characters::Quoted => {
            let is_name =
                cursor.before().is_some_and(|before| before.is_ascii_alphanumeric() || before == b'_');
            if is_name || rest.first() != Some(&b'\'') {
                return None;
            }
            let length = escaped(1)?;
            (rest.get(1 + length) == Some(&b'\'')).then_some((1, length, length + 2))?
        }
        Characters::Marked(mark) => {
            let is_name = cursor.before().is_some_and(is_name_start);
            if is_name || rest.first() != Some(&mark) {
                return None;
            }
            let length = escaped(1)?;
            // `? ` stands for nothing, `?x ` and `?"` for a character.
            let is_literal = !rest.get(1)?.is_ascii_whitespace();
            is_literal.then_some((1, length, length + 1))?
        }
    };
    let text = rest.get(from..from + length)?;
    cursor.at += whole;
    Some(text)
}

fn is_name_start(byte: u8) -> bool {
    byte.is_ascii_alphabetic() || byte == b'_' || !byte.is_ascii()
}

/// A name, and the names that dots and colons join to it: `File.rm_rf!`, `os:cmd`, `clojure.java.shell/sh`.
fn name(cursor: &mut Cursor<'_>, style: &Style) -> String {
    let start = cursor.at;
    let is_part =
        |byte: u8| byte.is_ascii_digit() || is_name_start(byte) || style.letters.as_bytes().contains(&byte);
    loop {
        cursor.take_while(is_part);
        let joint = match cursor.rest() {
            [b'.', next, ..] if is_name_start(*next) => 1,
            [b':', b':', next, ..] if is_name_start(*next) => 2,
            [b':', next, ..] if style.colons && is_name_start(*next) => 1,
            _ => break,
        };
        cursor.at += joint;
    }
    if style.marks && matches!(cursor.rest(), [b'!' | b'?', next, ..] if *next != b'=') {
        cursor.next();
    }
    String::from_utf8_lossy(cursor.since(start)).into_owned()
}

fn string(cursor: &mut Cursor<'_>, quote: u8, style: &Style) -> Option<Value> {
    let triple = [quote, quote, quote];
    let close: &[u8] = if cursor.takes(&triple) {
        &triple
    } else {
        cursor.next();
        triple.get(..1)?
    };
    let start = cursor.at;
    if quote == b'\'' && style.plain_single {
        let inside = cursor.take_while(|byte| byte != quote);
        let span = cursor.span(start);
        cursor.next()?;
        return Some(Value::text(inside, span));
    }
    let inside = cursor.until(close)?;
    let span = Span::new(start, start + inside.len());
    let text = unquoted(inside, span);
    Some(if quote == b'\'' { text } else { interpolated(text, style) })
}

/// Text in which names stand for what they hold: `"rm $x #{y} ${z}"`.
fn interpolated(text: Value, style: &Style) -> Value {
    let Some(mark) = style.interpolates else { return text };
    let (Some(bytes), span) = (text.known(), text.origin().unwrap_or_default()) else { return text };
    if !bytes.contains(&mark) {
        return text.clone();
    }
    let mut value = Value::default();
    let mut cursor = Cursor::new(&bytes);
    let mut start = 0;
    while let Some(byte) = cursor.peek() {
        let is_name = byte == mark
            && matches!(cursor.rest(), [_, next, ..] if is_name_start(*next) || b"{(".contains(next));
        if !is_name {
            cursor.next();
            continue;
        }
        value.push_text(cursor.since(start), span);
        cursor.next();
        let name = match cursor.peek() {
            Some(open @ (b'{' | b'(')) => {
                cursor.next();
                let close = if open == b'{' { b'}' } else { b')' };
                let name = cursor.take_while(|byte| byte != close);
                cursor.next();
                name
            }
            _ => cursor.take_while(|byte| byte.is_ascii_digit() || is_name_start(byte)),
        };
        let cause = Cause::Variable(name.to_vec());
        value.pieces.extend(Value::unknown(cause, false, span).pieces);
        start = cursor.at;
    }
    value.push_text(cursor.since(start), span);
    value
}

/// A regular expression, which a newline ends at the latest; whether it ends before.
fn regex(cursor: &mut Cursor<'_>) -> bool {
    cursor.next();
    let mut in_brackets = false;
    while let Some(byte) = cursor.peek() {
        match byte {
            b'\n' => return false,
            b'\\' => {
                cursor.next();
            }
            b'[' => in_brackets = true,
            b']' => in_brackets = false,
            b'/' if !in_brackets => {
                cursor.next();
                return true;
            }
            _ => {}
        }
        cursor.next();
    }
    false
}
