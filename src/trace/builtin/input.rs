//! Builtins that print and read: `echo`, `printf`, `read`, `mapfile`.

use super::{has, operands};
use crate::source::Span;
use crate::trace::env::{Content, index_key};
use crate::trace::expand::Atom;
use crate::trace::simple::Around;
use crate::trace::tracer::{Io, Outcome, Tracer};
use crate::trace::{Argument, Via};
use crate::value::{Cause, Match, Piece, Unknown, Value};
use std::collections::BTreeMap;

pub(super) fn print(tracer: &mut Tracer<'_>, argv: Vec<Argument>, around: &Around, io: Io) -> Outcome {
    let mut values: Vec<Value> = argv.iter().map(|argument| argument.value.clone()).collect();
    tracer.record(argv, around, io, Vec::new(), true);
    let printf = values.first().is_some_and(|name| name.equals(b"printf") == Match::Certain);
    if printf && values.get(1).is_some_and(|option| option.equals(b"-v") == Match::Certain) {
        let name = values.get(2).cloned().unwrap_or_default();
        values.drain(1..values.len().min(3));
        let printed = tracer.printed(true, &values, around.span, Io { capture: true, ..io });
        if let Some(name) = name.known() {
            tracer.assign_named(&name, printed.stdout, false, around.span);
        }
        return Outcome::status(true);
    }
    if !io.capture {
        return Outcome { success: Some(true).filter(|_| !printf), ..Outcome::default() };
    }
    let outcome = tracer.printed(printf, &values, around.span, io);
    Outcome { success: Some(true).filter(|_| !printf), ..outcome }
}

pub(super) fn read(tracer: &mut Tracer<'_>, argv: Vec<Argument>, around: &Around, io: Io) -> Outcome {
    let (options, names) = operands(argv.get(1..).unwrap_or_default(), b"adiNnptu");
    let raw = has(&options, b'r');
    let array = options.iter().find(|(letter, _)| *letter == b'a').and_then(|(_, value)| *value).cloned();
    let delimiter = options.iter().find(|(letter, _)| *letter == b'd');
    let end = match delimiter {
        None => Some(b'\n'),
        // Nothing stands for a zero byte.
        Some((_, value)) => value.and_then(Value::known).map(|text| text.first().copied().unwrap_or(0)),
    };
    let modelled = options.iter().all(|(letter, _)| b"rapsed".contains(letter));
    let names: Vec<Vec<u8>> =
        names.iter().filter_map(|name| Some(name.value.known()?.into_owned())).collect();
    let names = if names.is_empty() { vec![b"REPLY".to_vec()] } else { names };
    tracer.record(argv.clone(), around, io, Vec::new(), true);
    let line = match end.filter(|_| modelled) {
        Some(end) => take_line(tracer, io, raw, end),
        None => Line::Unknown,
    };
    let (fields, success) = match line {
        Line::End => (Vec::new(), Some(false)),
        Line::Text(text, ended) => {
            let count = if array.is_some() { usize::MAX } else { names.len() };
            (split(tracer, &text, count), Some(ended))
        }
        Line::Unknown => {
            let count = if array.is_some() { 1 } else { names.len() };
            let cause = io.stdin.and_then(|stream| tracer.streams.get(stream)).and_then(Value::first_unknown);
            let cause = cause.map_or(Cause::Input, |unknown| unknown.cause.clone());
            (vec![Value::unknown(cause, true, around.span); count], None)
        }
    };
    if let Some(array) = array.and_then(|name| Some(name.known()?.into_owned())) {
        tracer.env.assign_contents(&array, vec![as_array(fields)]);
        return Outcome { success, ..Outcome::default() };
    }
    let mut fields = fields.into_iter();
    for name in names {
        tracer.assign_named(&name, fields.next().unwrap_or_default(), false, around.span);
    }
    Outcome { success, ..Outcome::default() }
}

enum Line {
    /// There is no more.
    End,
    /// A line, and whether its newline is there.
    Text(Value, bool),
    Unknown,
}

/// Takes the text up to a byte from standard input.
fn take_line(tracer: &mut Tracer<'_>, io: Io, raw: bool, end: u8) -> Line {
    let Some(text) = io.stdin.and_then(|stream| tracer.streams.get_mut(stream)) else { return Line::Unknown };
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
        match bytes.iter().position(|byte| *byte == end) {
            None => line.pieces.push(Piece::Text { bytes, origin }),
            Some(end) => {
                let (head, tail) = bytes.split_at(end);
                let tail = tail.get(1..).unwrap_or_default();
                let exact = origin.len() == bytes.len();
                let at = |from: usize, to: usize| {
                    let start = origin.start as usize;
                    if exact { Span::new(start + from, start + to) } else { origin }
                };
                line.push_text(head, at(0, end));
                let mut rest = Vec::new();
                if !tail.is_empty() {
                    rest.push(Piece::text(tail, at(end + 1, bytes.len())));
                }
                rest.extend(pieces);
                text.pieces = rest;
                ended = true;
                break;
            }
        }
    }
    if line.pieces.is_empty() && !ended {
        return Line::End;
    }
    if !raw && line.known().is_none_or(|bytes| bytes.contains(&b'\\')) {
        return match line.known() {
            Some(bytes) => {
                let origin = line.origin().unwrap_or_default();
                Line::Text(Value::text(without_backslashes(&bytes), origin), ended)
            }
            None => Line::Unknown,
        };
    }
    Line::Text(line, ended)
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

/// Splits a line into at most `count` fields; the last keeps its delimiters.
fn split(tracer: &Tracer<'_>, line: &Value, count: usize) -> Vec<Value> {
    let Some(ifs) = tracer.ifs() else {
        return vec![Value::unknown(Cause::Unmodelled, true, line.origin().unwrap_or_default())];
    };
    if count == 1 {
        return vec![trimmed(line, &ifs)];
    }
    let fields = tracer.fields(vec![Atom::Split(line.clone())]);
    if fields.len() <= count {
        return fields;
    }
    // More fields than names: the last name takes the rest of the line.
    let Some(bytes) = line.known() else {
        return vec![Value::unknown(Cause::Unmodelled, true, line.origin().unwrap_or_default()); count];
    };
    let mut rest: &[u8] = &bytes;
    let origin = line.origin().unwrap_or_default();
    let mut out = Vec::new();
    let is_ifs = |byte: &u8| ifs.contains(byte);
    while out.len() + 1 < count {
        let start = rest.iter().position(|byte| !is_ifs(byte)).unwrap_or(rest.len());
        rest = rest.get(start..).unwrap_or_default();
        let end = rest.iter().position(is_ifs).unwrap_or(rest.len());
        out.push(Value::text(rest.get(..end).unwrap_or_default(), origin));
        rest = rest.get(end..).unwrap_or_default();
    }
    let start = rest.iter().position(|byte| !is_ifs(byte)).unwrap_or(rest.len());
    out.push(trimmed(&Value::text(rest.get(start..).unwrap_or_default(), origin), &ifs));
    out
}

/// A value without IFS white space at its ends.
fn trimmed(value: &Value, ifs: &[u8]) -> Value {
    let Some(bytes) = value.known() else { return value.clone() };
    let blank = |byte: &u8| ifs.contains(byte) && b" \t\n".contains(byte);
    let start = bytes.iter().position(|byte| !blank(byte)).unwrap_or(bytes.len());
    let end = bytes.iter().rposition(|byte| !blank(byte)).map_or(start, |at| at + 1);
    let origin = value.origin().unwrap_or_default();
    let exact = origin.len() == bytes.len();
    let from = origin.start as usize;
    let span = if exact { Span::new(from + start, from + end) } else { origin };
    Value::text(bytes.get(start..end).unwrap_or_default(), span)
}

pub(super) fn as_array(fields: Vec<Value>) -> Content {
    let elements = fields.into_iter().enumerate().map(|(index, field)| (index_key(index), field));
    Content::Array(elements.collect::<BTreeMap<_, _>>())
}

pub(super) fn read_lines(tracer: &mut Tracer<'_>, argv: Vec<Argument>, around: &Around, io: Io) -> Outcome {
    let (options, names) = operands(argv.get(1..).unwrap_or_default(), b"dnOsuCc");
    let trim = has(&options, b't');
    let callback = options.iter().find(|(letter, _)| *letter == b'C').and_then(|(_, value)| *value).cloned();
    let modelled = options.iter().all(|(letter, _)| b"tC".contains(letter));
    let name = names.first().and_then(|name| Some(name.value.known()?.into_owned()));
    let name = name.unwrap_or_else(|| b"MAPFILE".to_vec());
    let index = tracer.record(argv.clone(), around, io, Vec::new(), true);
    if let Some(callback) = callback {
        tracer.within(Some(index), Via::Option("-C".to_owned()), |tracer| {
            let callback = super::run::with_arguments(&callback, around.span);
            tracer.run_script(&callback, io)
        });
    }
    let mut lines = Vec::new();
    let mut known = modelled;
    while known {
        match take_line(tracer, io, true, b'\n') {
            Line::End => break,
            Line::Unknown => known = false,
            Line::Text(mut line, ended) => {
                if !trim && ended {
                    line.push_text(b"\n", Span::default());
                }
                lines.push(line);
            }
        }
    }
    if !known {
        lines.push(Value::unknown(Cause::Input, true, around.span));
    }
    tracer.env.assign_contents(&name, vec![as_array(lines)]);
    Outcome::status(true)
}
