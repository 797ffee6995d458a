//! `getopts letters name [word …]`: the next option of the positional parameters.

use crate::trace::Argument;
use crate::trace::env::Content;
use crate::trace::simple::Around;
use crate::trace::tracer::{Io, Outcome, Tracer};
use crate::value::{Cause, Value};

/// What one call finds.
struct Found {
    name: Vec<u8>,
    argument: Option<Value>,
}

pub(super) fn next_option(tracer: &mut Tracer<'_>, argv: Vec<Argument>, around: &Around, io: Io) -> Outcome {
    let mut operands = argv.iter().skip(1).map(|argument| argument.value.clone());
    let letters = operands.next().and_then(|letters| letters.known().map(|text| text.into_owned()));
    let written = operands.next().unwrap_or_default();
    let name = written.known().map(|text| text.into_owned());
    let given: Vec<Value> = operands.collect();
    tracer.record(argv, around, io, Vec::new(), true);
    let Some(name) = name else {
        let letter = Value::unknown(Cause::Unmodelled, true, around.span);
        super::assign_unnamed(tracer, &written, &Content::Scalar(letter));
        return Outcome::default();
    };
    let words =
        if given.is_empty() { tracer.env.positional.known().map(<[Value]>::to_vec) } else { Some(given) };
    let found = letters.zip(words).and_then(|(letters, words)| step(tracer, &letters, &words));
    let span = around.span;
    match found {
        Some(found) => {
            let success = found.is_some();
            let found = found.unwrap_or(Found { name: b"?".to_vec(), argument: None });
            tracer.assign_named(&name, Value::text(found.name, span), false, span);
            let argument = found.argument.map_or(Content::Unset, Content::Scalar);
            tracer.env.assign_contents(b"OPTARG", vec![argument]);
            Outcome::status(success)
        }
        None => {
            let unknown = |name: &[u8]| Value::unknown(Cause::Variable(name.to_vec()), true, span);
            tracer.assign_named(&name, unknown(&name), false, span);
            tracer.env.assign(b"OPTARG", vec![unknown(b"OPTARG")]);
            Outcome::default()
        }
    }
}

/// The next option; `Some(None)` at the end, `None` if it cannot be known.
fn step(tracer: &mut Tracer<'_>, letters: &[u8], words: &[Value]) -> Option<Option<Found>> {
    let (index, offset) = position(tracer)?;
    let Some(word) = words.get(index.checked_sub(1)?) else { return Some(None) };
    let text = word.known()?;
    if *text == *b"--" {
        advance(tracer, index + 1, 0);
        return Some(None);
    }
    if text.len() < 2 || text.first() != Some(&b'-') {
        return Some(None);
    }
    let letter = *text.get(offset + 1)?;
    let silent = letters.first() == Some(&b':');
    let place = letters.iter().position(|known| *known == letter).filter(|_| letter != b':');
    let rest = text.get(offset + 2..).unwrap_or_default();
    let next = if rest.is_empty() { (index + 1, 0) } else { (index, offset + 1) };
    let as_text = |bytes: &[u8]| Value::text(bytes, word.origin().unwrap_or_default());
    let Some(place) = place else {
        advance(tracer, next.0, next.1);
        return Some(Some(Found { name: b"?".to_vec(), argument: silent.then(|| as_text(&[letter])) }));
    };
    if letters.get(place + 1) != Some(&b':') {
        advance(tracer, next.0, next.1);
        return Some(Some(Found { name: vec![letter], argument: None }));
    }
    if !rest.is_empty() {
        advance(tracer, index + 1, 0);
        return Some(Some(Found { name: vec![letter], argument: Some(as_text(rest)) }));
    }
    advance(tracer, index + 2, 0);
    Some(Some(match words.get(index) {
        Some(value) => Found { name: vec![letter], argument: Some(value.clone()) },
        None if silent => Found { name: b":".to_vec(), argument: Some(as_text(&[letter])) },
        None => Found { name: b"?".to_vec(), argument: None },
    }))
}

/// The word that is next, counted from 1, and how many letters of it are done. A script that sets `OPTIND` starts anew.
fn position(tracer: &Tracer<'_>) -> Option<(usize, usize)> {
    let (index, offset) = tracer.env.option_at;
    let written = match tracer.env.variable(b"OPTIND").map(|variable| variable.contents.as_slice()) {
        None => return Some((index, offset)),
        Some([content]) => content.scalar()?.known_str()?.parse::<usize>().ok()?,
        Some(_) => return None,
    };
    Some(if written == index { (index, offset) } else { (written.max(1), 0) })
}

fn advance(tracer: &mut Tracer<'_>, index: usize, offset: usize) {
    tracer.env.option_at = (index, offset);
    tracer.env.assign(b"OPTIND", vec![Value::text(index.to_string(), Default::default())]);
}
