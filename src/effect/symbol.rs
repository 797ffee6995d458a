//! Partly known text, byte by byte: [`Symbol`]. URLs, bodies and statements are taken apart in this form.

use crate::source::Span;
use crate::value::{Cause, Piece, Unknown, Value};

/// A known byte, or a part that cannot be known.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Symbol<'a> {
    /// A byte. An active glob counts as its own text.
    Byte(u8),
    /// A part that cannot be known.
    Unknown(&'a Unknown),
}

impl Symbol<'_> {
    /// Whether it is this byte.
    pub(crate) fn is(self, byte: u8) -> bool {
        self == Symbol::Byte(byte)
    }
}

/// What stands for text that was not looked at.
pub(crate) static UNSEEN: Unknown = Unknown {
    cause: Cause::Unmodelled,
    may_split: false,
    may_be_empty: true,
    origin: Span { start: 0, end: 0 },
};

/// The symbols of a value, at most `limit`; what is beyond is unknown.
pub(crate) fn symbols(value: &Value, limit: usize) -> Vec<Symbol<'_>> {
    let mut all = Vec::with_capacity(value.known_length().min(limit));
    for piece in &value.pieces {
        match piece {
            Piece::Text { bytes, .. } | Piece::Glob { pattern: bytes, .. } => {
                let left = limit.saturating_sub(all.len());
                all.extend(bytes.iter().take(left).copied().map(Symbol::Byte));
                if bytes.len() > left {
                    all.push(Symbol::Unknown(&UNSEEN));
                    return all;
                }
            }
            Piece::Unknown(unknown) => all.push(Symbol::Unknown(unknown)),
        }
    }
    all
}

/// The symbols of a text.
pub(crate) fn bytes<'a, 't>(text: &'t [u8]) -> impl Iterator<Item = Symbol<'a>> + use<'a, 't> {
    text.iter().copied().map(Symbol::Byte)
}

/// The value that symbols make; its pieces have no place of their own.
pub(crate) fn value<'a>(symbols: impl IntoIterator<Item = Symbol<'a>>) -> Value {
    let mut pieces: Vec<Piece> = Vec::new();
    for symbol in symbols {
        match (symbol, pieces.last_mut()) {
            (Symbol::Byte(byte), Some(Piece::Text { bytes, .. })) => bytes.push(byte),
            (Symbol::Byte(byte), _) => pieces.push(Piece::text([byte], Span::default())),
            (Symbol::Unknown(unknown), _) => pieces.push(Piece::Unknown(unknown.clone())),
        }
    }
    Value { pieces }
}

/// Where the byte is first.
pub(crate) fn find(symbols: &[Symbol<'_>], wanted: u8) -> Option<usize> {
    symbols.iter().position(|symbol| symbol.is(wanted))
}

/// Where the text is first.
pub(crate) fn find_text(symbols: &[Symbol<'_>], wanted: &[u8]) -> Option<usize> {
    let fits = |window: &[Symbol<'_>]| window.iter().zip(wanted).all(|(symbol, byte)| symbol.is(*byte));
    symbols.windows(wanted.len().max(1)).position(fits)
}

/// What is before the place, and what is from there on.
pub(crate) fn split<'s, 'a>(symbols: &'s [Symbol<'a>], at: usize) -> (&'s [Symbol<'a>], &'s [Symbol<'a>]) {
    symbols.split_at_checked(at).unwrap_or((symbols, &[]))
}

/// What is behind the first `count` symbols.
pub(crate) fn behind<'s, 'a>(symbols: &'s [Symbol<'a>], count: usize) -> &'s [Symbol<'a>] {
    symbols.get(count..).unwrap_or_default()
}
