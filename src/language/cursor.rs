//! A place in a text that is read from left to right, for the readers of languages that have no tree-sitter grammar
//! here: [`Cursor`].

use super::parse::Language;
use super::string::unescape;
use crate::source::Span;
use crate::value::{Cause, Value};

/// A text and a place in it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cursor<'a> {
    text: &'a [u8],
    /// The place.
    pub(super) at: usize,
}

impl<'a> Cursor<'a> {
    /// The beginning of a text.
    pub(super) fn new(text: &'a [u8]) -> Cursor<'a> {
        Cursor { text, at: 0 }
    }

    /// What is left.
    pub(super) fn rest(&self) -> &'a [u8] {
        self.text.get(self.at..).unwrap_or_default()
    }

    /// The bytes from a place up to here.
    pub(super) fn since(&self, start: usize) -> &'a [u8] {
        self.text.get(start..self.at).unwrap_or_default()
    }

    /// The place from a start up to here.
    pub(super) fn span(&self, start: usize) -> Span {
        Span::new(start, self.at)
    }

    /// The next byte.
    pub(super) fn peek(&self) -> Option<u8> {
        self.text.get(self.at).copied()
    }

    /// The byte before.
    pub(super) fn before(&self) -> Option<u8> {
        self.text.get(self.at.checked_sub(1)?).copied()
    }

    /// Takes the next byte.
    pub(super) fn next(&mut self) -> Option<u8> {
        let byte = self.peek()?;
        self.at += 1;
        Some(byte)
    }

    /// Takes some text, if it is what comes next.
    pub(super) fn takes(&mut self, text: &[u8]) -> bool {
        let found = self.rest().starts_with(text);
        if found {
            self.at += text.len();
        }
        found
    }

    /// Takes bytes as long as they are wanted.
    pub(super) fn take_while(&mut self, wanted: impl Fn(u8) -> bool) -> &'a [u8] {
        let start = self.at;
        let length = self.rest().iter().take_while(|byte| wanted(**byte)).count();
        self.at += length;
        self.since(start)
    }

    /// Skips blanks within the line.
    pub(super) fn blanks(&mut self) {
        self.take_while(|byte| matches!(byte, b' ' | b'\t'));
    }

    /// Takes the rest of the line, without its end.
    pub(super) fn line(&mut self) -> &'a [u8] {
        let line = self.take_while(|byte| byte != b'\n');
        self.next();
        line
    }

    /// Takes a line and the blanks before it: where it starts behind them, and the line.
    pub(super) fn indented_line(&mut self) -> Option<(usize, &'a [u8])> {
        self.peek()?;
        self.blanks();
        Some((self.at, self.line()))
    }

    /// Takes text up to a closing quote, whose opening one was taken; a backslash and the byte behind it belong together.
    /// What is inside, as written; `None`: there is no closing quote.
    pub(super) fn until(&mut self, close: &[u8]) -> Option<&'a [u8]> {
        let start = self.at;
        loop {
            if self.rest().starts_with(close) {
                let inside = self.since(start);
                self.at += close.len();
                return Some(inside);
            }
            if self.next()? == b'\\' {
                self.next();
            }
        }
    }
}

/// The text that stands between quotes, escapes replaced by what most languages take them for.
pub(super) fn unquoted(inside: &[u8], span: Span) -> Value {
    unquoted_in(None, inside, span)
}

/// The text that stands between quotes in a language, escapes replaced.
pub(super) fn unquoted_in(language: Option<Language>, inside: &[u8], span: Span) -> Value {
    if !inside.contains(&b'\\') {
        return Value::text(inside, span);
    }
    let mut value = Value::default();
    let mut text = Vec::new();
    let mut rest = inside;
    while let Some(at) = rest.iter().position(|byte| *byte == b'\\') {
        let (before, behind) = rest.split_at(at);
        text.extend_from_slice(before);
        let length = escape_length(behind);
        match unescape(behind.get(..length).unwrap_or(behind), language) {
            Some(bytes) => text.extend(bytes),
            None => {
                value.push_text(&std::mem::take(&mut text), span);
                value.pieces.extend(Value::unknown(Cause::Unmodelled, false, span).pieces);
                // `\N{U+72}`, `\o{162}`
                if let Some(inside) = behind.get(length..).filter(|behind| behind.starts_with(b"{")) {
                    let end = inside.iter().position(|byte| *byte == b'}').map_or(0, |at| at + 1);
                    rest = inside.get(end..).unwrap_or_default();
                    continue;
                }
            }
        }
        rest = behind.get(length..).unwrap_or_default();
    }
    text.extend_from_slice(rest);
    if value.pieces.is_empty() {
        return Value::text(text, span);
    }
    value.push_text(&text, span);
    value
}

/// How many bytes an escape sequence has, its backslash included.
fn escape_length(text: &[u8]) -> usize {
    let digits = |from: usize, most: usize, radix: u32| {
        let rest = text.get(from..).unwrap_or_default();
        rest.iter().take(most).take_while(|byte| char::from(**byte).is_digit(radix)).count()
    };
    // `\x{2f}`, `\u{1f600}`
    let in_braces = || {
        let closing = text.iter().take(12).position(|byte| *byte == b'}');
        closing.filter(|_| text.get(2) == Some(&b'{')).map(|at| at + 1)
    };
    match text.get(1) {
        Some(b'x' | b'u') if in_braces().is_some() => in_braces().unwrap_or(2),
        Some(b'0'..=b'7') => 1 + digits(1, 3, 8),
        Some(b'x') => 2 + digits(2, 2, 16),
        Some(b'u') => 2 + digits(2, 4, 16),
        Some(b'U') => 2 + digits(2, 8, 16),
        Some(_) => 2,
        None => 1,
    }
}
