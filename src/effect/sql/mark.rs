//! Unknown parts in a text that is to be read: each becomes one character of the private use area, which readers take
//! for part of a name, and which becomes unknown again in what they found.

use crate::source::Span;
use crate::value::{Cause, Piece, Unknown, Value};

/// Longest text that is read, in bytes.
const MAX_TEXT: usize = 1 << 18;
/// The marks.
const MARKS: std::ops::RangeInclusive<char> = '\u{e000}'..='\u{efff}';

/// What stands for something unknown that has no place in the text: it is put together by the database.
pub(super) const OTHER: char = '\u{efff}';

/// A text with marks.
pub(super) struct Marked<'v> {
    pub(super) text: String,
    unknown: Vec<&'v Unknown>,
    /// Whether the text was too long to be read as a whole.
    pub(super) is_cut: bool,
}

impl<'v> Marked<'v> {
    /// The texts, with `between` in between.
    pub(super) fn of(values: impl Iterator<Item = &'v Value>, between: &str) -> Marked<'v> {
        let mut marked = Marked { text: String::new(), unknown: Vec::new(), is_cut: false };
        for value in values {
            if !marked.text.is_empty() {
                marked.text.push_str(between);
            }
            marked.add(value);
        }
        marked
    }

    fn add(&mut self, value: &'v Value) {
        for piece in &value.pieces {
            if self.text.len() > MAX_TEXT {
                self.is_cut = true;
                return;
            }
            match piece {
                Piece::Text { bytes, .. } | Piece::Glob { pattern: bytes, .. } => {
                    self.text.push_str(&String::from_utf8_lossy(bytes));
                }
                Piece::Unknown(unknown) => {
                    let number = u32::try_from(self.unknown.len()).unwrap_or(u32::MAX);
                    let mark = char::from_u32((*MARKS.start() as u32).saturating_add(number));
                    self.text.push(mark.filter(|mark| MARKS.contains(mark)).unwrap_or(OTHER));
                    self.unknown.push(unknown);
                }
            }
        }
    }

    /// A part of the text as a value.
    pub(super) fn value(&self, text: &str) -> Value {
        let mut value = Value::default();
        for part in text.split_inclusive(is_mark) {
            value.push_text(part.trim_end_matches(is_mark).as_bytes(), Span::default());
            let mark = part.chars().last().filter(|c| is_mark(*c));
            let number = mark.and_then(|mark| usize::try_from(mark as u32 - *MARKS.start() as u32).ok());
            let unknown =
                number.and_then(|number| self.unknown.get(number)).map(|unknown| (*unknown).clone());
            value.pieces.extend(mark.map(|_| Piece::Unknown(unknown.unwrap_or_else(made_up))));
        }
        value
    }
}

fn made_up() -> Unknown {
    Unknown { cause: Cause::Unmodelled, may_split: false, may_be_empty: true, origin: Span::default() }
}

/// Whether the character stands for something unknown.
pub(super) fn is_mark(c: char) -> bool {
    MARKS.contains(&c)
}
