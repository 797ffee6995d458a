//! Builtins of control flow, tests, the working directory and shell options.

use crate::source::Span;
use crate::trace::Argument;
use crate::trace::arithmetic;
use crate::trace::simple::Around;
use crate::trace::tracer::{Flow, Io, Outcome, Tracer};
use crate::value::{Cause, Match, Piece, Value};
use std::rc::Rc;

fn number(argv: &[Argument]) -> Option<usize> {
    argv.get(1).map_or(Some(1), |argument| argument.value.known_str()?.parse().ok())
}

pub(super) fn success(tracer: &mut Tracer<'_>, argv: Vec<Argument>, around: &Around, io: Io) -> Outcome {
    tracer.record(argv, around, io, Vec::new(), true);
    Outcome::status(true)
}

pub(super) fn failure(tracer: &mut Tracer<'_>, argv: Vec<Argument>, around: &Around, io: Io) -> Outcome {
    tracer.record(argv, around, io, Vec::new(), true);
    Outcome::status(false)
}

pub(super) fn leave_loop(tracer: &mut Tracer<'_>, argv: Vec<Argument>, around: &Around, io: Io) -> Outcome {
    let flow = number(&argv).map(Flow::Break).filter(|_| tracer.loops > 0);
    tracer.record(argv, around, io, Vec::new(), true);
    Outcome { flow, ..Outcome::status(true) }
}

pub(super) fn next_turn(tracer: &mut Tracer<'_>, argv: Vec<Argument>, around: &Around, io: Io) -> Outcome {
    let flow = number(&argv).map(Flow::Continue).filter(|_| tracer.loops > 0);
    tracer.record(argv, around, io, Vec::new(), true);
    Outcome { flow, ..Outcome::status(true) }
}

pub(super) fn leave_function(
    tracer: &mut Tracer<'_>,
    argv: Vec<Argument>,
    around: &Around,
    io: Io,
) -> Outcome {
    tracer.record(argv, around, io, Vec::new(), true);
    // Outside of a function and a sourced file, `return` is an error and the script goes on.
    let flow = (!tracer.locals.is_empty()).then_some(Flow::Return);
    Outcome { flow, ..Outcome::default() }
}

pub(super) fn leave_shell(tracer: &mut Tracer<'_>, argv: Vec<Argument>, around: &Around, io: Io) -> Outcome {
    tracer.record(argv, around, io, Vec::new(), true);
    Outcome { flow: Some(Flow::Exit), ..Outcome::default() }
}

pub(super) fn change_directory(
    tracer: &mut Tracer<'_>,
    argv: Vec<Argument>,
    around: &Around,
    io: Io,
) -> Outcome {
    let (_, operands) = super::operands(argv.get(1..).unwrap_or_default(), b"");
    let target = match operands.first() {
        Some(argument) => argument.value.clone(),
        None => tracer.tilde(b"", around.span).unwrap_or_default(),
    };
    let dash = target.equals(b"-") == Match::Certain;
    let previous = tracer.env.cwd.clone();
    let old = tracer.env.variable(b"OLDPWD").map(|variable| variable.contents.clone());
    let next = if dash {
        match old.as_deref() {
            Some([crate::trace::env::Content::Scalar(value)]) => Some(value.clone()),
            _ => None,
        }
    } else {
        joined(previous.as_ref(), &target, around.span)
    };
    tracer.record(argv, around, io, Vec::new(), true);
    let unknown = || Value::unknown(Cause::Variable(b"OLDPWD".to_vec()), false, around.span);
    tracer.env.assign(b"OLDPWD", vec![previous.unwrap_or_else(unknown)]);
    tracer.env.cwd = next;
    Outcome::default()
}

/// The directory that `target` names from `cwd`; `None` if it cannot be known.
fn joined(cwd: Option<&Value>, target: &Value, span: Span) -> Option<Value> {
    let absolute = match target.pieces.first() {
        Some(Piece::Text { bytes, .. }) => bytes.starts_with(b"/"),
        // `$HOME`, `$(mktemp -d)` and other unknown parts in front are absolute paths as a rule.
        Some(Piece::Unknown(_)) => true,
        _ => false,
    };
    if absolute {
        return Some(target.clone());
    }
    let mut path = cwd?.clone();
    if target.pieces.is_empty() {
        return Some(path);
    }
    path.pieces.push(Piece::text(b"/".as_slice(), span));
    path.pieces.extend(target.pieces.iter().cloned());
    Some(path)
}

pub(super) fn forget_directory(
    tracer: &mut Tracer<'_>,
    argv: Vec<Argument>,
    around: &Around,
    io: Io,
) -> Outcome {
    tracer.record(argv, around, io, Vec::new(), true);
    let old = tracer.env.variable(b"OLDPWD").map(|variable| variable.contents.clone());
    tracer.env.cwd = match old.as_deref() {
        Some([crate::trace::env::Content::Scalar(value)]) => Some(value.clone()),
        _ => None,
    };
    Outcome::default()
}

pub(super) fn print_directory(
    tracer: &mut Tracer<'_>,
    argv: Vec<Argument>,
    around: &Around,
    io: Io,
) -> Outcome {
    tracer.record(argv, around, io, Vec::new(), true);
    let unknown = || Value::unknown(Cause::Variable(b"PWD".to_vec()), true, around.span);
    Outcome::printed(tracer.env.cwd.clone().unwrap_or_else(unknown))
}

pub(super) fn test(tracer: &mut Tracer<'_>, argv: Vec<Argument>, around: &Around, io: Io) -> Outcome {
    let mut operands: Vec<Value> = argv.iter().skip(1).map(|argument| argument.value.clone()).collect();
    let bracket = argv.first().is_some_and(|first| first.value.equals(b"[") == Match::Certain);
    tracer.record(argv, around, io, Vec::new(), true);
    if bracket {
        operands.pop();
    }
    let unsure = operands.iter().any(Value::may_split);
    let success = tracer.test_arguments(&operands).filter(|_| !unsure);
    Outcome { success, ..Outcome::default() }
}

pub(super) fn evaluate(tracer: &mut Tracer<'_>, argv: Vec<Argument>, around: &Around, io: Io) -> Outcome {
    let expressions: Vec<Value> = argv.iter().skip(1).map(|argument| argument.value.clone()).collect();
    tracer.record(argv, around, io, Vec::new(), true);
    let mut result = None;
    for expression in &expressions {
        result = arithmetic::evaluate(tracer, expression);
    }
    Outcome { success: result.map(|number| number != 0), ..Outcome::default() }
}

pub(super) fn shift(tracer: &mut Tracer<'_>, argv: Vec<Argument>, around: &Around, io: Io) -> Outcome {
    let count = number(&argv);
    tracer.record(argv, around, io, Vec::new(), true);
    tracer.env.positional = match (tracer.env.positional.take(), count) {
        (Some(values), Some(count)) => Some(Rc::new(values.iter().skip(count).cloned().collect())),
        _ => None,
    };
    Outcome::default()
}

pub(super) fn set(tracer: &mut Tracer<'_>, argv: Vec<Argument>, around: &Around, io: Io) -> Outcome {
    let words: Vec<Value> = argv.iter().skip(1).map(|argument| argument.value.clone()).collect();
    tracer.record(argv, around, io, Vec::new(), true);
    let is_option =
        |value: &Value| value.known().is_some_and(|word| word.starts_with(b"-") || word.starts_with(b"+"));
    let mut rest = words.as_slice();
    let mut explicit = false;
    while let Some((first, behind)) = rest.split_first() {
        if !is_option(first) {
            break;
        }
        rest = behind;
        if first.equals(b"--") == Match::Certain || first.equals(b"-") == Match::Certain {
            explicit = true;
            break;
        }
        let takes_name = first.known().is_some_and(|word| word.ends_with(b"o"));
        if takes_name {
            rest = rest.get(1..).unwrap_or_default();
        }
    }
    if explicit || !rest.is_empty() {
        let unsure = rest.iter().any(Value::may_split);
        tracer.env.positional = if unsure { None } else { Some(Rc::new(rest.to_vec())) };
    }
    Outcome::status(true)
}

pub(super) fn options(tracer: &mut Tracer<'_>, argv: Vec<Argument>, around: &Around, io: Io) -> Outcome {
    let (options, names) = super::operands(argv.get(1..).unwrap_or_default(), b"");
    let on = super::has(&options, b's');
    let off = super::has(&options, b'u');
    for name in names {
        let option = match name.value.known().as_deref() {
            Some(b"expand_aliases") => &mut tracer.env.expand_aliases,
            Some(b"extglob") => &mut tracer.env.extglob,
            _ => continue,
        };
        *option = (*option || on) && !off;
    }
    tracer.record(argv, around, io, Vec::new(), true);
    Outcome::default()
}
