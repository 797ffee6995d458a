//! Shell builtins that change the state, run commands, or print: found by name, as bash does after functions.
//!
//! Builtins that do none of this (`wait`, `jobs`, `umask`) are recorded like programs.

mod alias;
mod control;
mod declare;
pub(super) mod directory;
mod getopts;
mod input;
mod line;
mod run;

pub(super) use directory::{exists, joined};

use super::Argument;
use super::env::Content;
use super::simple::Around;
use super::tracer::{Io, Outcome, Tracer};
use crate::facts::Dialect;
use crate::source::Span;
use crate::value::{Cause, Value};

/// Gives a content to the variable that a text names which cannot be known. Files and programs that write assignments
/// (`export "$(cat .env)"`) are taken to set variables of their own, as a sourced file is.
fn assign_unnamed(tracer: &mut Tracer<'_>, name: &Value, content: &Content) {
    let cause = name.first_unknown().map(|unknown| &unknown.cause);
    if !matches!(cause, None | Some(Cause::File(_) | Cause::Output(_))) {
        tracer.env.set_any(&name.known_prefix(), content);
    }
}

/// How a builtin is run.
pub(super) type Builtin = for<'t, 'a, 'w> fn(&'t mut Tracer<'a>, Vec<Argument>, &'w Around, Io) -> Outcome;

/// The builtin of that name.
pub(super) fn find(name: &[u8], dialect: Dialect) -> Option<Builtin> {
    Some(match name {
        b"print" if dialect.has_print() => input::print,
        b"integer" | b"float" | b"private" | b"nameref" if dialect.has_print() => declare::declare,
        b"noglob" | b"nocorrect" | b"-" if dialect.has_zsh_words() => run::prefix,
        b"repeat" if dialect.has_zsh_words() => run::repeat,
        b":" | b"true" => control::success,
        b"false" => control::failure,
        b"break" => control::leave_loop,
        b"continue" => control::next_turn,
        b"return" => control::leave_function,
        b"exit" | b"logout" => control::leave_shell,
        b"cd" | b"pushd" => directory::change,
        b"popd" => directory::take_back,
        b"pwd" => directory::print,
        b"test" | b"[" => control::test,
        b"let" => control::evaluate,
        b"shift" => control::shift,
        b"set" => control::set,
        b"shopt" => control::options,
        b"echo" | b"printf" => input::print,
        b"read" => input::read,
        b"getopts" => getopts::next_option,
        b"mapfile" | b"readarray" => input::read_lines,
        b"export" | b"declare" | b"typeset" | b"local" | b"readonly" => declare::declare,
        b"unset" => declare::unset,
        b"alias" => alias::alias,
        b"unalias" => alias::unalias,
        b"hash" => alias::hash,
        b"eval" => run::eval,
        b"source" | b"." => run::source,
        b"exec" => run::exec,
        b"command" => run::command,
        b"builtin" => run::builtin,
        b"trap" => run::trap,
        b"jobs" => run::jobs,
        b"fc" => run::history,
        b"type" => run::describe,
        b"complete" | b"compgen" | b"bind" => run::callback,
        _ => return None,
    })
}

/// Whether the builtin prints no message where it is used as meant.
pub(super) fn is_quiet(name: &[u8]) -> bool {
    matches!(
        name,
        b":" | b"true" | b"false" | b"echo" | b"printf" | b"test" | b"[" | b"pwd" | b"set" | b"export"
    ) || matches!(name, b"eval" | b"exec" | b"command" | b"builtin" | b"source" | b"." | b"exit" | b"return")
}

/// What a builtin prints of the shell's state. Options are printed as commands that set them again.
pub(super) fn listing(argv: &[Argument], span: Span) -> Option<Value> {
    let (name, words) = argv.split_first()?;
    let name = name.value.known()?;
    let words: Vec<_> = words.iter().map(|word| word.value.known().unwrap_or_default()).collect();
    let is_given = |option: &str| words.iter().any(|word| **word == *option.as_bytes());
    let has_operands = words.iter().any(|word| !word.starts_with(b"-"));
    let (prints, are_options) = match &*name {
        b"set" => {
            (words.is_empty() || words.len() == 1 && (is_given("-o") || is_given("+o")), is_given("+o"))
        }
        b"shopt" => (!is_given("-s") && !is_given("-u"), true),
        b"alias" => (!words.iter().any(|word| word.contains(&b'=')), false),
        b"trap" => (words.is_empty() || is_given("-p") || is_given("-l"), false),
        b"hash" => (!has_operands || is_given("-t"), false),
        b"jobs" => (!is_given("-x"), false),
        _ => (false, false),
    };
    let cause = if are_options { Cause::Trusted(name.to_vec()) } else { Cause::Output(name.to_vec()) };
    prints.then(|| Value::unknown(cause, true, span))
}

/// The operands behind single-letter options; `with_value` are the letters that take a value.
fn operands<'w>(arguments: &'w [Argument], with_value: &[u8]) -> (Vec<(u8, Option<Value>)>, &'w [Argument]) {
    let mut options = Vec::new();
    let mut rest = arguments;
    while let Some((first, behind)) = rest.split_first() {
        let Some(word) = first.value.known() else { break };
        if *word == *b"--" {
            return (options, behind);
        }
        let Some(letters) =
            word.strip_prefix(b"-").or(word.strip_prefix(b"+")).filter(|letters| !letters.is_empty())
        else {
            break;
        };
        rest = behind;
        for (index, letter) in letters.iter().enumerate() {
            if !with_value.contains(letter) {
                options.push((*letter, None));
                continue;
            }
            if index + 1 == letters.len() {
                let value = rest.first().map(|argument| argument.value.clone());
                rest = rest.get(1..).unwrap_or_default();
                options.push((*letter, value));
            } else {
                let value = letters.get(index + 1..).unwrap_or_default();
                options.push((*letter, Some(Value::text(value, first.span))));
            }
            break;
        }
    }
    (options, rest)
}

/// Whether a letter is among the options.
fn has(options: &[(u8, Option<Value>)], letter: u8) -> bool {
    options.iter().any(|(given, _)| *given == letter)
}

/// The value of an option, if it is given.
fn value_of(options: &[(u8, Option<Value>)], letter: u8) -> Option<&Value> {
    options.iter().rev().find(|(given, _)| *given == letter).and_then(|(_, value)| value.as_ref())
}
