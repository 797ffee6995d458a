//! Atoms to fields: splitting by `IFS`, joining, and finding the active glob patterns.

use super::{Atom, Atoms};
use crate::source::Span;
use crate::trace::env::Content;
use crate::trace::tracer::Tracer;
use crate::value::{Cause, Piece, Value};

impl Tracer<'_> {
    /// The fields of one expansion.
    pub(in crate::trace) fn fields(&self, atoms: Atoms) -> Vec<Value> {
        let mut fields = Fields::default();
        for atom in atoms {
            match atom {
                Atom::Plain(value) => {
                    fields.open |= !value.pieces.is_empty();
                    fields.current.pieces.extend(value.pieces);
                }
                Atom::Quoted(value) => {
                    fields.open = true;
                    fields.current.pieces.extend(value.pieces);
                }
                Atom::Split(value) => fields.split(value, self.ifs().as_deref()),
                Atom::List { values, quoted } => {
                    let ifs = self.ifs();
                    for (index, value) in values.into_iter().enumerate() {
                        if index > 0 {
                            fields.close(quoted);
                        }
                        if quoted {
                            fields.open = true;
                            fields.current.pieces.extend(value.pieces);
                        } else {
                            fields.split(value, ifs.as_deref());
                        }
                    }
                }
            }
        }
        fields.close(false);
        fields.done
    }

    /// The one value of an expansion that is not split.
    pub(in crate::trace) fn joined(&self, atoms: Atoms) -> Value {
        let mut value = Value::default();
        for atom in atoms {
            match atom {
                Atom::Plain(part) => value.pieces.extend(without_globs(part).pieces),
                // A pattern in there has become names already: `for f in *; do x=$f`.
                Atom::Quoted(part) | Atom::Split(part) => value.pieces.extend(part.pieces),
                Atom::List { values, .. } => {
                    for (index, part) in values.into_iter().enumerate() {
                        if index > 0 {
                            value.pieces.push(Piece::text(b" ".as_slice(), Span::default()));
                        }
                        value.pieces.extend(part.pieces);
                    }
                }
            }
        }
        value.compact();
        value
    }

    /// What joins the values of `"$*"`: the first character of `IFS`.
    pub(in crate::trace) fn joint(&self) -> Vec<u8> {
        self.ifs().map_or_else(|| vec![b' '], |ifs| ifs.get(..1).unwrap_or_default().to_vec())
    }

    /// The characters that split fields; `None` if unknown.
    pub(in crate::trace) fn ifs(&self) -> Option<Vec<u8>> {
        match self.env.variable(b"IFS").map(|variable| variable.contents.as_slice()) {
            Some([Content::Scalar(value)]) => value.known().map(std::borrow::Cow::into_owned),
            Some([Content::Unset]) | None => Some(b" \t\n".to_vec()),
            _ => None,
        }
    }
}

#[derive(Default)]
struct Fields {
    done: Vec<Value>,
    current: Value,
    /// Whether there is a current field, be it empty.
    open: bool,
    /// Whether the last field was closed by white space, so that a following delimiter belongs to it.
    after_blank: bool,
}

impl Fields {
    fn close(&mut self, even_if_empty: bool) {
        if self.open || even_if_empty {
            self.done.push(std::mem::take(&mut self.current));
        }
        self.open = false;
    }

    fn split(&mut self, value: Value, ifs: Option<&[u8]>) {
        for piece in value.pieces {
            match piece {
                Piece::Text { bytes, origin } => match ifs {
                    Some(ifs) => self.split_text(&bytes, origin, ifs),
                    None => {
                        self.open = true;
                        let unknown = Value::unknown(Cause::Unmodelled, true, origin);
                        self.current.pieces.extend(unknown.pieces);
                    }
                },
                other => {
                    self.open = true;
                    self.current.pieces.push(other);
                }
            }
        }
    }

    fn split_text(&mut self, bytes: &[u8], origin: Span, ifs: &[u8]) {
        let exact = origin.len() == bytes.len();
        let mut rest = bytes;
        let mut at = 0usize;
        while !rest.is_empty() {
            let length = rest.iter().position(|byte| ifs.contains(byte)).unwrap_or(rest.len());
            let (text, behind) = rest.split_at(length);
            if !text.is_empty() {
                let start = (origin.start as usize).saturating_add(at);
                let span = if exact { Span::new(start, start.saturating_add(length)) } else { origin };
                self.current.pieces.extend(with_globs(Value::text(text, span)).pieces);
                self.open = true;
                self.after_blank = false;
            }
            let Some((delimiter, behind)) = behind.split_first() else { break };
            if b" \t\n".contains(delimiter) {
                self.after_blank |= self.open;
                self.close(false);
            } else {
                let belongs_to_last = self.after_blank && !self.open;
                self.close(!belongs_to_last);
                self.after_blank = false;
            }
            at += length + 1;
            rest = behind;
        }
    }
}

/// Text with its active glob patterns marked.
pub(super) fn with_globs(value: Value) -> Value {
    let active = |piece: &Piece| match piece {
        Piece::Text { bytes, .. } => glob_start(bytes).is_some(),
        _ => false,
    };
    if !value.pieces.iter().any(active) {
        return value;
    }
    let mut pieces = Vec::with_capacity(value.pieces.len() + 1);
    for piece in value.pieces {
        match piece {
            Piece::Text { bytes, origin } => match glob_start(&bytes) {
                Some(start) => {
                    let (text, pattern) = bytes.split_at(start);
                    let exact = origin.len() == bytes.len();
                    let middle = origin.start.saturating_add(u32::try_from(start).unwrap_or(u32::MAX));
                    let (one, two) = if exact {
                        (Span { start: origin.start, end: middle }, Span { start: middle, end: origin.end })
                    } else {
                        (origin, origin)
                    };
                    if !text.is_empty() {
                        pieces.push(Piece::text(text, one));
                    }
                    pieces.push(glob(pattern, two));
                }
                None => pieces.push(Piece::Text { bytes, origin }),
            },
            other => pieces.push(other),
        }
    }
    Value { pieces }
}

/// A pattern; one that matches exactly one text (`[m]`) is that text, as the file that it finds has that name.
fn glob(pattern: &[u8], origin: Span) -> Piece {
    let mut text = Vec::with_capacity(pattern.len());
    let mut rest = pattern;
    while let Some((byte, behind)) = rest.split_first() {
        match (byte, behind) {
            (b'[', [only, b']', after @ ..]) if !b"!^]".contains(only) => {
                text.push(*only);
                rest = after;
            }
            (b'*' | b'?' | b'[', _) => return Piece::Glob { pattern: pattern.to_vec(), origin },
            (byte, behind) => {
                text.push(*byte);
                rest = behind;
            }
        }
    }
    Piece::Text { bytes: text, origin }
}

/// Where the first active glob character stands.
fn glob_start(bytes: &[u8]) -> Option<usize> {
    bytes.iter().enumerate().find_map(|(index, byte)| match byte {
        b'*' | b'?' => Some(index),
        b'[' => {
            let inside = bytes.get(index + 2..).unwrap_or_default();
            inside.contains(&b']').then_some(index)
        }
        _ => None,
    })
}

/// A value in which patterns are text, as where no file names are looked up.
fn without_globs(mut value: Value) -> Value {
    for piece in &mut value.pieces {
        if let Piece::Glob { pattern, origin } = piece {
            *piece = Piece::Text { bytes: std::mem::take(pattern), origin: *origin };
        }
    }
    value
}
