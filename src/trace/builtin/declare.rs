//! Builtins that declare and forget names: variables, aliases, the places of programs.

use super::{has, operands};
use crate::source::Span;
use crate::trace::Argument;
use crate::trace::arithmetic;
use crate::trace::simple::{Around, declared};
use crate::trace::tracer::{Io, Outcome, Tracer};
use crate::value::{Cause, Match, Piece, Value};
use std::rc::Rc;

/// `name=value`, `name+=value` or `name`.
struct Declaration {
    name: Vec<u8>,
    append: bool,
    value: Option<Value>,
}

fn declaration(value: &Value) -> Option<Declaration> {
    let Some(Piece::Text { bytes, origin }) = value.pieces.first() else { return None };
    let name_length = bytes.iter().take_while(|byte| byte.is_ascii_alphanumeric() || **byte == b'_').count();
    let (name, rest) = bytes.split_at(name_length);
    let whole = rest.is_empty() && value.pieces.len() == 1;
    if whole {
        return Some(Declaration { name: name.to_vec(), append: false, value: None });
    }
    let append = rest.starts_with(b"+=");
    let text = if append { rest.get(2..) } else { rest.strip_prefix(b"=") };
    let Some(text) = text else {
        // `name[subscript]=…` and what else it may be: the name is assigned something.
        let unknown = Value::unknown(Cause::Unmodelled, true, *origin);
        return Some(Declaration { name: name.to_vec(), append: false, value: Some(unknown) });
    };
    let mut assigned = Value::default();
    let start = (origin.start as usize).saturating_add(bytes.len() - text.len());
    let exact = origin.len() == bytes.len();
    assigned.push_text(text, if exact { Span::new(start, origin.end as usize) } else { *origin });
    assigned.pieces.extend(value.pieces.iter().skip(1).cloned());
    Some(Declaration { name: name.to_vec(), append, value: Some(assigned) })
}

pub(super) fn declare(tracer: &mut Tracer<'_>, argv: Vec<Argument>, around: &Around, io: Io) -> Outcome {
    let builtin = argv.first().and_then(|first| first.value.known_str()).map(|name| name.into_owned());
    let builtin = builtin.unwrap_or_default();
    let (options, names) = operands(argv.get(1..).unwrap_or_default(), b"");
    let flags: Vec<u8> = options.iter().map(|(letter, _)| *letter).collect();
    let off =
        argv.iter().skip(1).any(|argument| argument.value.known().is_some_and(|word| word.starts_with(b"+")));
    let names: Vec<Value> = names.iter().map(|argument| argument.value.clone()).collect();
    tracer.record(argv, around, io, Vec::new(), true);
    let functions = flags.contains(&b'f') || flags.contains(&b'F');
    if functions {
        return Outcome::default();
    }
    let local =
        builtin == "local" || (matches!(builtin.as_str(), "declare" | "typeset") && !flags.contains(&b'g'));
    for value in &names {
        if let Some(text) = value.known().filter(|text| text.contains(&b'[') && text.contains(&b'$')) {
            // So is that of a declared element, and the text of an array.
            tracer.run_text_as_quoted(&text, around.span);
        }
        let Some(Declaration { name, append, value }) = declaration(value) else { continue };
        if local && !tracer.locals.is_empty() {
            let saved = tracer.env.saved(&name);
            if let Some(frame) = tracer.locals.last_mut()
                && !frame.iter().any(|(other, _)| *other == name)
            {
                frame.push((name.clone(), saved));
            }
        }
        let old = tracer.env.saved(&name);
        let known_before = old.is_some();
        let mut variable = declared(old.as_ref());
        variable.exported |= (builtin == "export" && !flags.contains(&b'n')) || flags.contains(&b'x');
        if flags.contains(&b'n') && matches!(builtin.as_str(), "declare" | "typeset" | "local") {
            variable.nameref = !off;
        }
        variable.integer |= flags.contains(&b'i') && !off;
        for case in [b'u', b'l'] {
            if flags.contains(&case) {
                variable.case = Some(case).filter(|_| !off);
            }
        }
        if value.is_some() || known_before || local {
            let attributes = variable.clone();
            tracer.env.update_exact(&name, |slot| *slot = attributes);
        } else {
            // `export PATH`: the value stays that of the environment.
            let unknown = Value::unknown(Cause::Variable(name.clone()), true, around.span);
            let variable = crate::trace::env::Variable {
                contents: vec![crate::trace::env::Content::Scalar(unknown)],
                ..variable.clone()
            };
            tracer.env.update_exact(&name, |slot| *slot = variable);
        }
        if let Some(value) = value {
            let value = if variable.integer {
                match arithmetic::evaluate(tracer, &value) {
                    Some(number) => Value::text(number.to_string(), around.span),
                    None => Value::unknown(Cause::Number, false, around.span),
                }
            } else {
                value
            };
            let value = if append { appended(tracer, &name, value) } else { value };
            let scalar = crate::trace::env::Content::Scalar(recased(value, variable.case));
            tracer.env.update_exact(&name, |slot| slot.contents = vec![scalar]);
        }
    }
    Outcome::default()
}

fn appended(tracer: &Tracer<'_>, name: &[u8], value: Value) -> Value {
    match tracer.env.variable(name).map(|variable| variable.contents.as_slice()) {
        Some([crate::trace::env::Content::Scalar(old)]) => {
            Value { pieces: old.pieces.iter().chain(&value.pieces).cloned().collect() }
        }
        Some([crate::trace::env::Content::Unset]) => value,
        _ => Value::unknown(Cause::Variable(name.to_vec()), true, value.origin().unwrap_or_default()),
    }
}

fn recased(mut value: Value, case: Option<u8>) -> Value {
    for piece in &mut value.pieces {
        if let (Piece::Text { bytes, .. }, Some(case)) = (piece, case) {
            if case == b'u' {
                bytes.make_ascii_uppercase();
            } else {
                bytes.make_ascii_lowercase();
            }
        }
    }
    value
}

pub(super) fn unset(tracer: &mut Tracer<'_>, argv: Vec<Argument>, around: &Around, io: Io) -> Outcome {
    let (options, names) = operands(argv.get(1..).unwrap_or_default(), b"");
    let functions = has(&options, b'f');
    for name in names {
        let Some(name) = name.value.known() else { continue };
        if functions || (!has(&options, b'v') && tracer.env.variable(&name).is_none()) {
            Rc::make_mut(&mut tracer.env.functions).remove(&*name);
        }
        if !functions {
            tracer.env.unset(&name);
        }
    }
    tracer.record(argv, around, io, Vec::new(), true);
    Outcome::status(true)
}

pub(super) fn alias(tracer: &mut Tracer<'_>, argv: Vec<Argument>, around: &Around, io: Io) -> Outcome {
    for argument in argv.iter().skip(1) {
        let Some((Piece::Text { bytes, origin }, rest)) = argument.value.pieces.split_first() else {
            continue;
        };
        let Some(equals) = bytes.iter().position(|byte| *byte == b'=') else { continue };
        let name = bytes.get(..equals).unwrap_or_default().to_vec();
        let mut text = Value::default();
        text.push_text(bytes.get(equals + 1..).unwrap_or_default(), *origin);
        text.pieces.extend(rest.iter().cloned());
        Rc::make_mut(&mut tracer.env.aliases).insert(name, text);
    }
    tracer.record(argv, around, io, Vec::new(), true);
    Outcome::status(true)
}

pub(super) fn unalias(tracer: &mut Tracer<'_>, argv: Vec<Argument>, around: &Around, io: Io) -> Outcome {
    let aliases = Rc::make_mut(&mut tracer.env.aliases);
    for argument in argv.iter().skip(1) {
        if argument.value.equals(b"-a") == Match::Certain {
            aliases.clear();
        } else if let Some(name) = argument.value.known() {
            aliases.remove(&*name);
        }
    }
    tracer.record(argv, around, io, Vec::new(), true);
    Outcome::status(true)
}

/// `hash -p path name`: from now on `name` starts `path`.
pub(super) fn hash(tracer: &mut Tracer<'_>, argv: Vec<Argument>, around: &Around, io: Io) -> Outcome {
    let (options, names) = operands(argv.get(1..).unwrap_or_default(), b"p");
    let path = options.iter().find(|(letter, _)| *letter == b'p').and_then(|(_, value)| *value);
    if let Some(path) = path.and_then(Value::known) {
        for name in names {
            if let Some(name) = name.value.known() {
                Rc::make_mut(&mut tracer.env.hashed).insert(name.into_owned(), path.clone().into_owned());
            }
        }
    }
    tracer.record(argv, around, io, Vec::new(), true);
    Outcome::status(true)
}
