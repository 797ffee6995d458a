//! The tokens of a program text: strings, names, numbers and single bytes.

use super::super::cursor::{Cursor, unquoted};
use super::Style;
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

/// Splits a text.
pub(in crate::language) fn tokens(text: &[u8], style: &Style) -> Vec<Lexeme> {
    let mut cursor = Cursor::new(text);
    let mut tokens: Vec<Lexeme> = Vec::new();
    while let Some(byte) = cursor.peek() {
        let start = cursor.at;
        if byte == b'\n' {
            cursor.next();
            tokens.push(Lexeme { token: Token::Newline, span: cursor.span(start) });
            continue;
        }
        if byte.is_ascii_whitespace() || (byte == b'\\' && cursor.takes(b"\\\n")) {
            cursor.next();
            continue;
        }
        if style.comments.iter().any(|mark| cursor.takes(mark.as_bytes())) {
            cursor.take_while(|byte| byte != b'\n');
            continue;
        }
        if style.slashes && cursor.takes(b"/*") {
            while !cursor.takes(b"*/") && cursor.next().is_some() {}
            continue;
        }
        let is_operand = tokens.last().is_some_and(|last| ends_operand(&last.token));
        let token = if byte == b'/' && style.regexes && !is_operand {
            // Nothing in a regular expression is executed.
            regex(&mut cursor);
            Token::Number(String::new())
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
            Token::Symbol(byte)
        };
        tokens.push(Lexeme { token, span: cursor.span(start) });
    }
    tokens
}

/// Whether a slash behind the token divides.
fn ends_operand(token: &Token) -> bool {
    match token {
        Token::Text(_) | Token::Command(_) | Token::Number(_) => true,
        Token::Name(name) => !matches!(name.as_str(), "print" | "return" | "in" | "printf" | "case"),
        Token::Symbol(byte) => matches!(byte, b')' | b']'),
        Token::Newline => false,
    }
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
    let inside = cursor.until(close)?;
    let span = Span::new(start, start + inside.len());
    let text =
        if quote == b'\'' && style.plain_single { Value::text(inside, span) } else { unquoted(inside, span) };
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

/// A regular expression, which a newline ends at the latest.
fn regex(cursor: &mut Cursor<'_>) {
    cursor.next();
    let mut in_brackets = false;
    while let Some(byte) = cursor.peek() {
        match byte {
            b'\n' => return,
            b'\\' => {
                cursor.next();
            }
            b'[' => in_brackets = true,
            b']' => in_brackets = false,
            b'/' if !in_brackets => {
                cursor.next();
                return;
            }
            _ => {}
        }
        cursor.next();
    }
}
