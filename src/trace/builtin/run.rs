//! Builtins that run commands: `eval`, `source`, `exec`, `command`, `builtin`, `trap`.

use super::{has, operands};
use crate::source::Span;
use crate::trace::env::Positional;
use crate::trace::jumps::Jumps;
use crate::trace::nested::output_cause;
use crate::trace::output::program_path;
use crate::trace::redirect::named_descriptor;
use crate::trace::simple::Around;
use crate::trace::tracer::{Io, Outcome, Tracer};
use crate::trace::{Argument, Via};
use crate::value::{Cause, Match, Piece, Value};

pub(super) fn eval(tracer: &mut Tracer<'_>, argv: Vec<Argument>, around: &Around, io: Io) -> Outcome {
    let mut words = argv.get(1..).unwrap_or_default();
    if words.first().is_some_and(|word| word.value.equals(b"--") == Match::Certain) {
        words = words.get(1..).unwrap_or_default();
    }
    let mut text = Value::default();
    for (index, argument) in words.iter().enumerate() {
        if index > 0 {
            text.pieces.push(Piece::text(b" ".as_slice(), Span::default()));
        }
        text.pieces.extend(argument.value.pieces.iter().cloned());
    }
    let index = tracer.record(argv, around, io, Vec::new(), true);
    if text.pieces.is_empty() {
        return Outcome::status(true);
    }
    tracer.within(Some(index), Via::Text, |tracer| tracer.run_script(&text, io))
}

pub(super) fn source(tracer: &mut Tracer<'_>, argv: Vec<Argument>, around: &Around, io: Io) -> Outcome {
    let mut words = argv.get(1..).unwrap_or_default().to_vec();
    if words.first().is_some_and(|word| word.value.equals(b"--") == Match::Certain) {
        words.remove(0);
    }
    let index = tracer.record(argv, around, io, Vec::new(), true);
    let Some((file, arguments)) = words.split_first() else { return Outcome::default() };
    let stdin = file.value.known().is_some_and(|path| named_descriptor(&path) == Some(0));
    let text = if stdin {
        io.stdin.and_then(|stream| tracer.streams.get(stream)).cloned()
    } else {
        tracer.script_file(&file.value)
    };
    // A file that is not in sight is a script like any other: what it does is out of sight.
    let Some(text) = text else {
        tracer.env.has_sourced = true;
        return Outcome::default();
    };
    let saved = tracer.env.positional.clone();
    if !arguments.is_empty() {
        let values = arguments.iter().map(|argument| argument.value.clone()).collect();
        tracer.env.positional = Positional::of(values);
    }
    let via = if stdin { Via::Stdin } else { Via::File };
    let sourced = tracer.env.saved(b"BASH_SOURCE");
    tracer.env.assign(b"BASH_SOURCE", vec![file.value.clone()]);
    tracer.locals.push(Vec::new());
    let outcome = tracer.within(Some(index), via, |tracer| {
        tracer.in_call(Jumps::File, |tracer| tracer.run_script(&text, io))
    });
    for (name, variable) in tracer.locals.pop().unwrap_or_default().into_iter().rev() {
        tracer.env.restore(&name, variable);
    }
    tracer.env.restore(b"BASH_SOURCE", sourced);
    if !arguments.is_empty() {
        tracer.env.positional = saved;
    }
    outcome
}

/// What a command word may be.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Lookup {
    /// Function, builtin or program.
    Any,
    /// Builtin or program.
    NoFunctions,
    /// Program.
    Programs,
}

/// Runs the words from the first operand on.
fn run_rest(
    tracer: &mut Tracer<'_>,
    index: usize,
    rest: Vec<Argument>,
    around: &Around,
    io: Io,
    lookup: Lookup,
) -> Outcome {
    tracer.groups += 1;
    let span = rest.iter().map(|argument| argument.span).reduce(Span::to).unwrap_or(around.span);
    let inner = Around {
        assignments: Vec::new(),
        redirections: Vec::new(),
        span,
        group: tracer.groups,
        alternatives: 1,
        shell: lookup != Lookup::Programs,
        functions: lookup == Lookup::Any,
    };
    tracer.within(Some(index), Via::Operands, |tracer| tracer.run_argv(rest, &inner, io))
}

/// `noglob command …` of zsh: the words behind it are the command.
pub(super) fn prefix(tracer: &mut Tracer<'_>, argv: Vec<Argument>, around: &Around, io: Io) -> Outcome {
    run_behind(tracer, argv, 1, around, io)
}

/// `repeat 2 command …` of zsh.
pub(super) fn repeat(tracer: &mut Tracer<'_>, argv: Vec<Argument>, around: &Around, io: Io) -> Outcome {
    run_behind(tracer, argv, 2, around, io)
}

fn run_behind(
    tracer: &mut Tracer<'_>,
    argv: Vec<Argument>,
    words: usize,
    around: &Around,
    io: Io,
) -> Outcome {
    let rest = argv.get(words..).unwrap_or_default().to_vec();
    let index = tracer.record(argv, around, io, Vec::new(), true);
    if rest.is_empty() {
        return Outcome::status(true);
    }
    run_rest(tracer, index, rest, around, io, Lookup::Any)
}

pub(super) fn exec(tracer: &mut Tracer<'_>, argv: Vec<Argument>, around: &Around, io: Io) -> Outcome {
    let (_, rest) = operands(argv.get(1..).unwrap_or_default(), b"a");
    let rest = rest.to_vec();
    let index = tracer.record(argv, around, io, Vec::new(), true);
    if rest.is_empty() {
        return Outcome::status(true);
    }
    // The shell is replaced; but where the program is not there, an interactive shell (or one with `execfail`) goes on.
    run_rest(tracer, index, rest, around, io, Lookup::Programs)
}

pub(super) fn command(tracer: &mut Tracer<'_>, argv: Vec<Argument>, around: &Around, io: Io) -> Outcome {
    let (options, rest) = operands(argv.get(1..).unwrap_or_default(), b"");
    let describes = has(&options, b'v') || has(&options, b'V');
    let rest = rest.to_vec();
    let values: Vec<Value> = argv.iter().map(|argument| argument.value.clone()).collect();
    let index = tracer.record(argv, around, io, Vec::new(), true);
    if describes {
        return match rest.as_slice() {
            [name] if io.capture => located(tracer, &name.value, around.span),
            _ => Outcome::unknown(output_cause(&values), around.span, io),
        };
    }
    if rest.is_empty() {
        return tracer.output("command", None, &values, around.span, io);
    }
    run_rest(tracer, index, rest, around, io, Lookup::NoFunctions)
}

pub(super) fn builtin(tracer: &mut Tracer<'_>, argv: Vec<Argument>, around: &Around, io: Io) -> Outcome {
    let (_, rest) = operands(argv.get(1..).unwrap_or_default(), b"");
    let rest = rest.to_vec();
    let index = tracer.record(argv, around, io, Vec::new(), true);
    if rest.is_empty() {
        Outcome::status(true)
    } else {
        run_rest(tracer, index, rest, around, io, Lookup::NoFunctions)
    }
}

/// `trap action signal …`: the action runs later, if at all; it is judged like everything else.
pub(super) fn trap(tracer: &mut Tracer<'_>, argv: Vec<Argument>, around: &Around, io: Io) -> Outcome {
    let (options, rest) = operands(argv.get(1..).unwrap_or_default(), b"");
    let action =
        rest.first().map(|argument| argument.value.clone()).filter(|_| rest.len() > 1 && options.is_empty());
    let is_end = |signal: &&Argument| {
        [b"EXIT".as_slice(), b"0"].iter().any(|end| signal.value.equals(end) == Match::Certain)
    };
    let at_the_end = rest.iter().skip(1).all(|signal| is_end(&signal));
    let index = tracer.record(argv, around, io, Vec::new(), true);
    if let Some(action) = action.filter(|action| action.equals(b"-") != Match::Certain) {
        match (at_the_end, tracer.subshells) {
            // Once the shell has ended, with the variables that it has then.
            (true, 0) => {}
            (true, _) => tracer.run_trap(index, &action),
            (false, _) => tracer.may_run_anytime(index, &action),
        }
        tracer.traps.push((index, action));
    }
    Outcome::status(true)
}

/// `complete -C command`, `bind -x '"key": command'`: commands that run later, and `compgen`, which runs them now.
pub(super) fn callback(tracer: &mut Tracer<'_>, argv: Vec<Argument>, around: &Around, io: Io) -> Outcome {
    let compgen = argv.first().is_some_and(|first| first.value.equals(b"compgen") == Match::Certain);
    let (options, _) = operands(argv.get(1..).unwrap_or_default(), b"CxFAGWXPSo");
    let actions: Vec<(u8, Value)> = options
        .iter()
        .filter(|(letter, _)| b"CxW".contains(letter) || (*letter == b'F' && compgen))
        .filter_map(|(letter, value)| Some((*letter, value.clone()?)))
        .collect();
    let index = tracer.record(argv, around, io, Vec::new(), true);
    for (letter, action) in actions {
        let via = Via::Option(format!("-{}", char::from(letter)));
        tracer.within(Some(index), via, |tracer| match letter {
            // The list of words is expanded.
            b'W' => {
                if let Some(text) = action.known() {
                    tracer.run_text_as_quoted(&text, around.span);
                }
            }
            b'x' => run_later(tracer, &behind_colon(&action)),
            _ => run_later(tracer, &with_arguments(&action, around.span)),
        });
    }
    // Names of programs, of files, of whatever there is.
    Outcome::unknown(Cause::Output(b"compgen".to_vec()), around.span, io)
}

fn run_later(tracer: &mut Tracer<'_>, action: &Value) {
    tracer.subshell(|tracer| tracer.run_script(action, Io::default()));
}

/// A command to which the shell adds words.
pub(super) fn with_arguments(action: &Value, span: Span) -> Value {
    let mut text = action.clone();
    text.pieces.push(Piece::text(b" ".as_slice(), span));
    text.pieces.extend(Value::unknown(Cause::Unmodelled, true, span).pieces);
    text
}

/// `jobs -x command`: runs it with the numbers of jobs put in.
pub(super) fn jobs(tracer: &mut Tracer<'_>, argv: Vec<Argument>, around: &Around, io: Io) -> Outcome {
    let (options, rest) = operands(argv.get(1..).unwrap_or_default(), b"");
    let rest = if has(&options, b'x') { rest.to_vec() } else { Vec::new() };
    let index = tracer.record(argv, around, io, Vec::new(), true);
    if rest.is_empty() {
        Outcome::default()
    } else {
        run_rest(tracer, index, rest, around, io, Lookup::NoFunctions)
    }
}

/// `fc -s`, `fc -e editor`: runs a command of the history, which is out of sight.
pub(super) fn history(tracer: &mut Tracer<'_>, argv: Vec<Argument>, around: &Around, io: Io) -> Outcome {
    let (options, _) = operands(argv.get(1..).unwrap_or_default(), b"e");
    let lists = has(&options, b'l');
    let index = tracer.record(argv, around, io, Vec::new(), true);
    if !lists {
        let text = Value::unknown(Cause::Output(b"history".to_vec()), true, around.span);
        if let Some(unknown) = text.first_unknown() {
            tracer.unknown_code(Some(index), unknown, around.span);
        }
    }
    Outcome::unknown(Cause::Output(b"fc".to_vec()), around.span, io)
}

/// What the shell says where a command is: of its own it prints the name.
fn located(tracer: &Tracer<'_>, name: &Value, span: Span) -> Outcome {
    let is_own = name.known().is_some_and(|name| {
        super::find(&name, tracer.env.options.dialect).is_some() || tracer.env.functions.contains_key(&*name)
    });
    let path = if is_own { name.clone() } else { program_path(name, span) };
    Outcome { success: None, ..Outcome::printed(path) }
}

/// `type name`, `type -P name`: where a program is.
pub(super) fn describe(tracer: &mut Tracer<'_>, argv: Vec<Argument>, around: &Around, io: Io) -> Outcome {
    let (options, names) = operands(argv.get(1..).unwrap_or_default(), b"");
    let paths = has(&options, b'p') || has(&options, b'P');
    let names: Vec<Value> = names.iter().map(|name| name.value.clone()).collect();
    let values: Vec<Value> = argv.iter().map(|argument| argument.value.clone()).collect();
    tracer.record(argv, around, io, Vec::new(), true);
    match names.as_slice() {
        [name] if io.capture && paths => located(tracer, name, around.span),
        _ => Outcome::unknown(output_cause(&values), around.span, io),
    }
}

/// The command of a key binding `"key": command`.
fn behind_colon(binding: &Value) -> Value {
    let Some(bytes) = binding.known() else { return binding.clone() };
    let Some(colon) = bytes.iter().rposition(|byte| *byte == b':') else { return binding.clone() };
    Value::text(bytes.get(colon + 1..).unwrap_or_default(), binding.origin().unwrap_or_default())
}
