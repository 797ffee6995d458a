//! Languages of parentheses: the first word behind an opening one is a function, the others are its words, as far as they
//! are strings.

use super::cursor::{Cursor, unquoted};
use super::{Call, Printed, Printing, Reading};
use crate::value::{Cause, Value};

/// Functions that join texts.
const JOINS: &[&str] = &["concat", "str", "string-append", "format"];

/// Functions that make code of text.
const MADE: &[&[u8]] = &[b"read", b"intern", b"read-string", b"read-from-string", b"car"];

/// A list that is open.
struct Open {
    start: usize,
    /// Its words; the first is the function.
    words: Vec<Value>,
}

/// The calls in a text.
pub(super) fn read(language: &str, text: &[u8]) -> Reading {
    let mut calls = Vec::new();
    let mut is_cut = false;
    let mut cursor = Cursor::new(text);
    let mut open: Vec<Open> = Vec::new();
    while let Some(byte) = cursor.peek() {
        let start = cursor.at;
        cursor.next();
        let word = match byte {
            _ if character(language, byte, &mut cursor) => {
                Value::text(cursor.since(start), cursor.span(start))
            }
            b'#' if cursor.takes(b"|") => {
                while !cursor.takes(b"|#") && cursor.next().is_some() {}
                continue;
            }
            b';' => {
                cursor.line();
                continue;
            }
            b'"' => {
                let inside = cursor.until(b"\"");
                is_cut |= inside.is_none();
                let inside = inside.unwrap_or_default();
                unquoted(inside, cursor.span(start))
            }
            b'(' | b'[' | b'{' => {
                open.push(Open { start, words: Vec::new() });
                continue;
            }
            b')' | b']' | b'}' => match open.pop() {
                Some(list) => {
                    let is_outer = open.is_empty();
                    let made = closed(list, &cursor, &mut calls);
                    if let Some(call) = calls
                        .last_mut()
                        .filter(|call| is_outer && call.span == cursor.span(call.span.start as usize))
                    {
                        let texts =
                            call.words.iter().map(|word| word.known().map(|_| Printed::One(word.clone())));
                        call.printing = Printing { is_sure: true, is_silent: false, texts: texts.collect() };
                    }
                    made
                }
                None => continue,
            },
            byte if byte.is_ascii_whitespace() || b"'`,#@".contains(&byte) => continue,
            _ => {
                cursor.take_while(|byte| !byte.is_ascii_whitespace() && !b"()[]{}\";".contains(&byte));
                let word = cursor.since(start);
                let is_name = !open.last().is_some_and(|list| list.words.is_empty());
                // Nothing, and yes: flags between the words.
                if is_name && matches!(word, b"nil" | b"t") {
                    continue;
                }
                match word.first() {
                    // Symbols stand for what is not known; keywords, numbers and the function for themselves.
                    Some(first) if is_name && !first.is_ascii_digit() && *first != b':' => {
                        Value::unknown(Cause::Variable(word.to_vec()), false, cursor.span(start))
                    }
                    _ => Value::text(word, cursor.span(start)),
                }
            }
        };
        if let Some(list) = open.last_mut() {
            list.words.push(word);
        }
    }
    Reading { calls, is_cut, ..Reading::default() }
}

/// Takes a character as a literal, whose first byte was taken: `?x` of Emacs, `\x` of Clojure, `#\x`; whether it is one.
fn character(language: &str, first: u8, cursor: &mut Cursor<'_>) -> bool {
    let is_one = match (language, first) {
        ("elisp", b'?') => cursor.peek().is_some_and(|next| !next.is_ascii_whitespace()),
        ("clojure", b'\\') => true,
        (_, b'#') => cursor.takes(b"\\"),
        _ => false,
    };
    if is_one {
        // `?\"`, `?\C-x`
        if first == b'?' {
            cursor.takes(b"\\");
        }
        cursor.next();
        cursor.take_while(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    }
    is_one
}

/// What a list is worth, where it is known; a list with a function is a call.
fn closed(list: Open, cursor: &Cursor<'_>, calls: &mut Vec<Call>) -> Value {
    let span = cursor.span(list.start);
    let mut words = list.words.into_iter();
    let name = words.next().and_then(|name| name.known_str().map(std::borrow::Cow::into_owned));
    let words: Vec<Value> = words.collect();
    match name {
        Some(name) if JOINS.contains(&name.as_str()) => {
            Value { pieces: words.into_iter().flat_map(|word| word.pieces).collect() }
        }
        // What is made elsewhere is executed.
        Some(name) if matches!(name.as_str(), "eval" | "funcall" | "apply") => {
            let is_made = |word: &Value| matches!(word.first_unknown().map(|unknown| &unknown.cause), Some(Cause::Variable(name)) if MADE.contains(&name.as_slice()));
            if words.first().is_some_and(is_made) {
                calls.push(Call::new("eval", words, span));
            }
            Value::unknown(Cause::Variable(name.into_bytes()), false, span)
        }
        Some(name) => {
            // A namespace of Clojure ends in a slash.
            calls.push(Call::new(&name.replace('/', "."), words, span));
            Value::unknown(Cause::Variable(name.into_bytes()), false, span)
        }
        None => Value::unknown(Cause::Unmodelled, false, span),
    }
}
