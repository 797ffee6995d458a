//! Words as option parsers see them: the known bytes up to the first unknown part ([`Head`]), and values without
//! their first bytes ([`after`]).
//!
//! An active glob counts as its own text here: a parser sees a file name in its place, and files named like
//! options are not looked for.

use crate::source::Span;
use crate::value::{Cause, Piece, Value};
use std::borrow::Cow;

/// The beginning of a word.
pub(crate) struct Head<'a> {
    /// The bytes before the first unknown part.
    pub(crate) text: Cow<'a, [u8]>,
    /// Whether that is the whole word.
    pub(crate) exact: bool,
}

impl<'a> Head<'a> {
    /// The head of a value.
    pub(crate) fn of(value: &'a Value) -> Head<'a> {
        let mut text = Cow::Borrowed(&[] as &[u8]);
        for piece in &value.pieces {
            match piece {
                Piece::Text { bytes, .. } | Piece::Glob { pattern: bytes, .. } if text.is_empty() => {
                    text = Cow::Borrowed(bytes);
                }
                Piece::Text { bytes, .. } | Piece::Glob { pattern: bytes, .. } => {
                    text.to_mut().extend_from_slice(bytes);
                }
                Piece::Unknown(_) => return Head { text, exact: false },
            }
        }
        Head { text, exact: true }
    }

    /// Whether the word is exactly `text`.
    pub(crate) fn is(&self, text: &[u8]) -> bool {
        self.exact && *self.text == *text
    }

    /// Whether the word starts like an option: a dash, and not alone.
    pub(crate) fn is_dashed(&self) -> bool {
        self.text.first() == Some(&b'-') && (self.text.len() > 1 || !self.exact)
    }

    /// The bytes before the first `=`, and whether there is one.
    pub(crate) fn name(&self) -> (&[u8], bool) {
        match self.text.iter().position(|&byte| byte == b'=') {
            Some(at) => (self.text.get(..at).unwrap_or_default(), true),
            None => (&self.text, false),
        }
    }
}

/// Whether the value may start with a dash: its beginning is unknown, and not a number or the name of a file that
/// the shell or a program makes up.
pub(crate) fn may_be_option(value: &Value) -> bool {
    match value.pieces.first() {
        Some(Piece::Unknown(unknown)) => {
            let is_tame = matches!(
                unknown.cause,
                Cause::Number | Cause::Temporary | Cause::Descriptor | Cause::Found(_)
            );
            !is_tame || unknown.may_split
        }
        _ => false,
    }
}

/// Whether the word may be no word at all: an expansion outside quotes that yields nothing.
pub(crate) fn may_vanish(value: &Value) -> bool {
    let mut pieces = value.pieces.iter();
    value.may_split() && pieces.all(|piece| matches!(piece, Piece::Unknown(unknown) if unknown.may_be_empty))
}

/// Whether the word is a `NAME=value` in front of a command; `None` if it cannot be known.
pub(crate) fn is_assignment(value: &Value) -> Option<bool> {
    for piece in &value.pieces {
        let Piece::Text { bytes, .. } = piece else { continue };
        match bytes.iter().position(|byte| matches!(byte, b'=' | b'/')) {
            Some(at) if bytes.get(at) == Some(&b'=') => return Some(at > 0 || value.pieces.len() > 1),
            Some(_) => return Some(false),
            None => {}
        }
    }
    if value.has_unknown() { None } else { Some(false) }
}

/// The value without its first `skip` known bytes.
pub(crate) fn after(value: &Value, skip: usize) -> Value {
    let mut left = skip;
    let mut pieces = Vec::with_capacity(value.pieces.len());
    for piece in &value.pieces {
        match piece {
            Piece::Text { bytes, .. } | Piece::Glob { pattern: bytes, .. } if bytes.len() <= left => {
                left -= bytes.len();
            }
            Piece::Text { bytes, origin } if left > 0 => {
                pieces.push(Piece::text(
                    bytes.get(left..).unwrap_or_default(),
                    shifted(*origin, bytes.len(), left),
                ));
                left = 0;
            }
            Piece::Glob { pattern, origin } if left > 0 => {
                let origin = shifted(*origin, pattern.len(), left);
                pieces
                    .push(Piece::Glob { pattern: pattern.get(left..).unwrap_or_default().to_vec(), origin });
                left = 0;
            }
            other => pieces.push(other.clone()),
        }
    }
    Value { pieces }
}

/// The origin of a piece of `len` bytes without its first `skip` bytes; all of it if the piece was decoded.
fn shifted(origin: Span, len: usize, skip: usize) -> Span {
    if origin.len() != len {
        return origin;
    }
    Span { start: origin.start.saturating_add(u32::try_from(skip).unwrap_or(u32::MAX)), end: origin.end }
}

/// The bytes as text, for names.
pub(crate) fn lossy(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}
