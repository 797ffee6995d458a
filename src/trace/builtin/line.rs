//! A line of standard input, as `read` and `mapfile` take it from text that is in sight.

use super::{has, value_of};
use crate::source::Span;
use crate::trace::tracer::Tracer;
use crate::value::{Cause, Piece, Unknown, Value};

/// How far is read.
pub(super) struct Taking {
    /// Whether a backslash is a byte like others (`-r`).
    pub(super) raw: bool,
    /// Where a line ends; `None`: at the end of the text.
    pub(super) delimiter: Option<u8>,
    /// The most characters.
    pub(super) limit: Option<usize>,
}

impl Taking {
    /// As the options of `read` say; `None` if these are not known.
    pub(super) fn of(options: &[(u8, Option<Value>)]) -> Option<Taking> {
        let whole_words = has(options, b'N');
        let limit = match value_of(options, b'N').or_else(|| value_of(options, b'n')) {
            Some(count) => Some(count.known_str()?.parse().ok()?),
            None => None,
        };
        let delimiter = if whole_words { None } else { Some(delimiter_of(options, b'\n')?) };
        Some(Taking { raw: has(options, b'r'), delimiter, limit })
    }
}

/// The delimiter that `-d` says: of no text, the NUL byte.
pub(super) fn delimiter_of(options: &[(u8, Option<Value>)], default: u8) -> Option<u8> {
    match value_of(options, b'd') {
        Some(value) => Some(value.known()?.first().copied().unwrap_or(0)),
        None => Some(default),
    }
}

pub(super) enum Line {
    /// There is no more.
    End,
    /// A line, and whether its delimiter is there.
    Text(Value, bool),
    Unknown,
}

/// Takes a line from a text.
pub(super) fn take_line(tracer: &mut Tracer<'_>, stream: Option<usize>, taking: &Taking) -> Line {
    let Some(text) = stream.and_then(|stream| tracer.streams.get_mut(stream)) else { return Line::Unknown };
    let mut line = Value::default();
    let mut pieces = std::mem::take(&mut text.pieces).into_iter();
    let mut ended = false;
    while let Some(piece) = pieces.next() {
        let Piece::Text { bytes, origin } = piece else {
            // The line goes on in a part that is not known; so does what follows.
            let rest: Vec<Piece> = std::iter::once(piece).chain(pieces).collect();
            text.pieces = rest;
            return if line.pieces.is_empty() { Line::Unknown } else { with_rest(line, text) };
        };
        let end = taking.delimiter.and_then(|delimiter| bytes.iter().position(|byte| *byte == delimiter));
        let full = taking.limit.map(|limit| limit.saturating_sub(line.known_length()));
        let full = full.filter(|full| *full <= end.unwrap_or(bytes.len()));
        if full.is_some() && !bytes.is_ascii() {
            // Characters are counted, not bytes: what is taken and what is left are not known.
            text.pieces = Value::unknown(Cause::Input, true, origin).pieces;
            return Line::Unknown;
        }
        let Some(end) = full.or(end) else {
            line.pieces.push(Piece::Text { bytes, origin });
            continue;
        };
        let (head, tail) = bytes.split_at(end);
        let gone = usize::from(full.is_none());
        let tail = tail.get(gone..).unwrap_or_default();
        let exact = origin.len() == bytes.len();
        let at = |from: usize, to: usize| {
            let start = origin.start as usize;
            if exact { Span::new(start + from, start + to) } else { origin }
        };
        line.push_text(head, at(0, end));
        if !tail.is_empty() {
            text.pieces.push(Piece::text(tail, at(end + gone, bytes.len())));
        }
        text.pieces.extend(pieces);
        ended = true;
        break;
    }
    if line.pieces.is_empty() && !ended {
        return Line::End;
    }
    if taking.raw || line.known().is_some_and(|bytes| !bytes.contains(&b'\\')) {
        return Line::Text(line, ended);
    }
    match line.known().filter(|_| taking.limit.is_none()) {
        Some(bytes) => {
            let origin = line.origin().unwrap_or_default();
            Line::Text(Value::text(without_backslashes(&bytes), origin), ended)
        }
        None => Line::Unknown,
    }
}

fn with_rest(mut line: Value, text: &Value) -> Line {
    if let Some(unknown) = text.first_unknown() {
        line.pieces.push(Piece::Unknown(Unknown { may_split: true, ..unknown.clone() }));
    }
    Line::Text(line, true)
}

fn without_backslashes(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len());
    let mut bytes = bytes.iter();
    while let Some(byte) = bytes.next() {
        out.extend(if *byte == b'\\' { bytes.next() } else { Some(byte) });
    }
    out
}
