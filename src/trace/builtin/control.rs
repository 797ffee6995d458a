//! Builtins of control flow, tests, the working directory and shell options.

use super::input::as_array;
use crate::trace::Argument;
use crate::trace::arithmetic;
use crate::trace::env::Positional;
use crate::trace::simple::Around;
use crate::trace::tracer::{Flow, Io, Outcome, Tracer};
use crate::value::{Match, Value};

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
    let flow = number(&argv).map(|count| Flow::Break(count.min(tracer.loops))).filter(|_| tracer.loops > 0);
    tracer.record(argv, around, io, Vec::new(), true);
    Outcome { flow, ..Outcome::status(true) }
}

pub(super) fn next_turn(tracer: &mut Tracer<'_>, argv: Vec<Argument>, around: &Around, io: Io) -> Outcome {
    let flow =
        number(&argv).map(|count| Flow::Continue(count.min(tracer.loops))).filter(|_| tracer.loops > 0);
    tracer.record(argv, around, io, Vec::new(), true);
    Outcome { flow, ..Outcome::status(true) }
}

pub(super) fn leave_function(
    tracer: &mut Tracer<'_>,
    argv: Vec<Argument>,
    around: &Around,
    io: Io,
) -> Outcome {
    let status = argv.get(1).and_then(|status| status.value.known());
    let success = status.map(|status| status.iter().all(|digit| *digit == b'0'));
    tracer.record(argv, around, io, Vec::new(), true);
    // Outside of a function and a sourced file, `return` is an error and the script goes on.
    let flow = (!tracer.locals.is_empty()).then_some(Flow::Return);
    Outcome { flow, success, ..Outcome::default() }
}

pub(super) fn leave_shell(tracer: &mut Tracer<'_>, argv: Vec<Argument>, around: &Around, io: Io) -> Outcome {
    tracer.record(argv, around, io, Vec::new(), true);
    Outcome { flow: Some(Flow::Exit), ..Outcome::default() }
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
    tracer.env.positional = tracer.env.positional.shifted(count);
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
        let word = first.known().unwrap_or_default();
        let on = word.starts_with(b"-");
        if *word == *b"-A" && tracer.env.options.dialect.has_print() {
            let Some((name, values)) = rest.split_first() else { break };
            if let Some(name) = name.known() {
                tracer.env.assign_contents(&name, vec![as_array(0, values.to_vec())]);
            }
            return Outcome::status(true);
        }
        for letter in word.iter().skip(1) {
            tracer.env.options.switch_letter(*letter, on);
            if *letter == b'o'
                && let Some((name, behind)) = rest.split_first()
            {
                rest = behind;
                name.known().inspect(|name| tracer.env.options.switch(name, on));
            }
        }
    }
    if explicit || !rest.is_empty() {
        tracer.env.positional = Positional::of(rest.to_vec());
    }
    Outcome::status(true)
}

pub(super) fn options(tracer: &mut Tracer<'_>, argv: Vec<Argument>, around: &Around, io: Io) -> Outcome {
    let (options, names) = super::operands(argv.get(1..).unwrap_or_default(), b"");
    let on = super::has(&options, b's');
    let off = super::has(&options, b'u');
    for name in names {
        if let Some(name) = name.value.known().filter(|_| on || off) {
            tracer.env.options.switch(&name, on && !off);
        }
    }
    tracer.record(argv, around, io, Vec::new(), true);
    Outcome::default()
}
