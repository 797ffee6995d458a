//! Scripts in a list: the strings of a JSON text, or what stands behind `=`.
//!
//! It reads no JSON: what stands between quotation marks is a script, unless a colon behind it makes it a name.

use crate::source::Span;
use crate::value::{Piece, Value};

/// The scripts in the text.
pub(super) fn listed_scripts(text: &Value) -> Vec<Value> {
    let mut list = List::default();
    for piece in &text.pieces {
        match piece {
            Piece::Text { bytes, origin } | Piece::Glob { pattern: bytes, origin } => {
                bytes.iter().for_each(|byte| list.read(*byte, *origin));
            }
            Piece::Unknown(_) => list.current().pieces.push(piece.clone()),
        }
    }
    if list.scripts.is_empty() { vec![list.outside] } else { list.scripts }
}

/// A text, read so far.
#[derive(Default)]
struct List {
    scripts: Vec<Value>,
    /// What stands outside of strings, from behind the first `=` on.
    outside: Value,
    seen_equals: bool,
    in_string: bool,
    escaped: bool,
    /// The digits of `\u0041` that were read, and how many are left.
    code: (u32, u8),
    /// Whether the last string has just ended, so that a colon would make it a name.
    ended: bool,
}

impl List {
    fn read(&mut self, byte: u8, origin: Span) {
        match byte {
            _ if self.code.1 > 0 => {
                let digit = char::from(byte).to_digit(16).unwrap_or_default();
                self.code = (self.code.0 << 4 | digit, self.code.1 - 1);
                if self.code.1 == 0 {
                    let mut encoded = [0; 4];
                    let letter = char::from_u32(self.code.0).unwrap_or(char::REPLACEMENT_CHARACTER);
                    letter.encode_utf8(&mut encoded).bytes().for_each(|byte| self.add(byte, origin));
                }
            }
            b'u' if self.escaped => {
                self.escaped = false;
                self.code = (0, 4);
            }
            _ if std::mem::take(&mut self.escaped) => {
                let byte = match byte {
                    b'n' => b'\n',
                    b't' => b'\t',
                    other => other,
                };
                self.add(byte, origin);
            }
            b'\\' if self.in_string => self.escaped = true,
            b'"' => {
                if !self.in_string {
                    self.scripts.push(Value::default());
                }
                self.ended = self.in_string;
                self.in_string = !self.in_string;
            }
            b':' if !self.in_string && self.ended => drop(self.scripts.pop()),
            b'=' if !self.in_string && !self.seen_equals => {
                self.seen_equals = true;
                self.outside = Value::default();
            }
            _ => {
                self.ended &= byte.is_ascii_whitespace();
                self.add(byte, origin);
            }
        }
    }

    /// Adds a byte; those of one origin stay together.
    fn add(&mut self, byte: u8, whole: Span) {
        let current = self.current();
        match current.pieces.last_mut() {
            Some(Piece::Text { bytes, origin }) if *origin == whole => bytes.push(byte),
            _ => current.pieces.push(Piece::text([byte], whole)),
        }
    }

    /// What the next byte belongs to.
    fn current(&mut self) -> &mut Value {
        match self.scripts.last_mut() {
            Some(script) if self.in_string => script,
            _ => &mut self.outside,
        }
    }
}
