//! Builtins that print and read: `echo`, `printf`, `read`, `mapfile`.

use super::line::{Line, Taking, delimiter_of, take_line};
use super::{assign_unnamed, has, operands, value_of};
use crate::source::Span;
use crate::trace::env::{Content, index_key};
use crate::trace::expand::Atom;
use crate::trace::simple::Around;
use crate::trace::tracer::{Io, Outcome, Tracer};
use crate::trace::{Argument, Via};
use crate::value::{Cause, Match, Value};
use std::collections::BTreeMap;

pub(super) fn print(tracer: &mut Tracer<'_>, argv: Vec<Argument>, around: &Around, io: Io) -> Outcome {
    let mut values: Vec<Value> = argv.iter().map(|argument| argument.value.clone()).collect();
    tracer.record(argv, around, io, Vec::new(), true);
    let printf = values.first().is_some_and(|name| name.equals(b"printf") == Match::Certain);
    if printf && values.get(1).is_some_and(|option| option.equals(b"-v") == Match::Certain) {
        let name = values.get(2).cloned().unwrap_or_default();
        values.drain(1..values.len().min(3));
        let printed = tracer.printed(true, &values, around.span, Io { capture: true, ..io });
        match name.known() {
            Some(name) => tracer.assign_named(&name, printed.stdout, false, around.span),
            None => assign_unnamed(tracer, &name, &Content::Scalar(printed.stdout)),
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
    let unnamed: Vec<Value> =
        names.iter().filter(|name| name.value.has_unknown()).map(|name| name.value.clone()).collect();
    let names: Vec<Vec<u8>> =
        names.iter().filter_map(|name| Some(name.value.known()?.into_owned())).collect();
    let names = if names.is_empty() { vec![b"REPLY".to_vec()] } else { names };
    let array = value_of(&options, b'a').and_then(|name| Some(name.known()?.into_owned()));
    let stream = stream_of(tracer, &options, io);
    let whole_words = has(&options, b'N');
    tracer.record(argv, around, io, Vec::new(), true);
    let input = Content::Scalar(Value::unknown(Cause::Input, true, around.span));
    unnamed.iter().for_each(|name| assign_unnamed(tracer, name, &input));
    let line = Taking::of(&options).map_or(Line::Unknown, |taking| take_line(tracer, stream, &taking));
    let count = match array {
        Some(_) => usize::MAX,
        None => names.len(),
    };
    let (fields, success) = match line {
        Line::End => (Vec::new(), Some(false)),
        // What `-N` reads is not split.
        Line::Text(text, ended) if whole_words => (vec![text], Some(ended)),
        Line::Text(text, ended) => (split(tracer, &text, count), Some(ended)),
        Line::Unknown => {
            let cause = stream.and_then(|stream| tracer.streams.get(stream)).and_then(Value::first_unknown);
            let cause = cause.map_or(Cause::Input, |unknown| unknown.cause.clone());
            (vec![Value::unknown(cause, true, around.span); count.min(names.len())], None)
        }
    };
    if let Some(array) = array {
        tracer.env.assign_contents(&array, vec![as_array(0, fields)]);
        return Outcome { success, ..Outcome::default() };
    }
    let mut fields = fields.into_iter();
    for name in names {
        tracer.assign_named(&name, fields.next().unwrap_or_default(), false, around.span);
    }
    Outcome { success, ..Outcome::default() }
}

/// The text that `-u` names, or standard input, if it is in sight.
fn stream_of(tracer: &Tracer<'_>, options: &[(u8, Option<Value>)], io: Io) -> Option<usize> {
    let Some(number) = value_of(options, b'u') else { return io.stdin };
    let number = number.known_str()?.parse().ok()?;
    if number == 0 { io.stdin } else { tracer.env.descriptors.get(&number).copied() }
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

pub(super) fn as_array(first: usize, fields: Vec<Value>) -> Content {
    let elements =
        fields.into_iter().enumerate().map(|(index, field)| (index_key(index.saturating_add(first)), field));
    Content::Array(elements.collect::<BTreeMap<_, _>>())
}

pub(super) fn read_lines(tracer: &mut Tracer<'_>, argv: Vec<Argument>, around: &Around, io: Io) -> Outcome {
    let (options, names) = operands(argv.get(1..).unwrap_or_default(), b"dnOsuCc");
    let trim = has(&options, b't');
    let callback = value_of(&options, b'C').cloned();
    let number = |letter: u8, default: usize| match value_of(&options, letter) {
        Some(value) => value.known_str().and_then(|digits| digits.parse::<usize>().ok()),
        None => Some(default),
    };
    // `-n 0` is all lines.
    let count = number(b'n', 0).map(|count| if count == 0 { usize::MAX } else { count });
    let (skipped, first) = (number(b's', 0), number(b'O', 0));
    let delimiter = delimiter_of(&options, b'\n');
    let name = names.first().map(|name| name.value.clone());
    let unnamed = name.clone().filter(Value::has_unknown);
    let name = name.and_then(|name| Some(name.known()?.into_owned())).unwrap_or_else(|| b"MAPFILE".to_vec());
    let stream = stream_of(tracer, &options, io);
    let index = tracer.record(argv, around, io, Vec::new(), true);
    let input = Content::Scalar(Value::unknown(Cause::Input, true, around.span));
    unnamed.iter().for_each(|name| assign_unnamed(tracer, name, &input));
    if let Some(callback) = callback {
        tracer.within(Some(index), Via::Option("-C".to_owned()), |tracer| {
            let callback = super::run::with_arguments(&callback, around.span);
            tracer.run_script(&callback, io)
        });
    }
    let mut lines = Vec::new();
    let (Some(count), Some(skipped), Some(first), Some(delimiter)) = (count, skipped, first, delimiter)
    else {
        tracer.env.assign(&name, vec![Value::unknown(Cause::Input, true, around.span)]);
        return Outcome::status(true);
    };
    let taking = Taking { raw: true, delimiter: Some(delimiter), limit: None };
    let mut read = 0;
    while lines.len() < count {
        match take_line(tracer, stream, &taking) {
            Line::End => break,
            Line::Unknown => {
                lines.push(Value::unknown(Cause::Input, true, around.span));
                break;
            }
            Line::Text(mut line, ended) => {
                if !trim && ended {
                    line.push_text(&[delimiter], Span::default());
                }
                read += 1;
                if read > skipped {
                    lines.push(line);
                }
            }
        }
    }
    tracer.env.assign_contents(&name, vec![as_array(first, lines)]);
    Outcome::status(true)
}
