//! `awk`, for programs that only compute, print and execute: whole numbers only, and nothing that commands say.
//!
//! gawk and mawk share the name; what they do differently is not modelled.

mod check;
mod evaluate;
mod expression;
mod lexer;
mod order;
mod parser;
mod place;
mod printf;
mod program;
mod record;
mod run;
mod value;

use super::input::Input;
use super::options::Options;
use record::Separator;

/// What `awk PROGRAM [FILE]` prints, with `-F` and `-v`.
pub(super) fn awk(arguments: &[Vec<u8>], input: &Input<'_>) -> Option<Vec<u8>> {
    let ran = run(arguments, input)?;
    // What commands print stands somewhere between.
    ran.commands.is_empty().then_some(ran.out)
}

/// The files that it writes.
pub(super) fn written(arguments: &[Vec<u8>], input: &Input<'_>) -> Option<Vec<(Vec<u8>, Vec<u8>)>> {
    Some(run(arguments, input)?.files)
}

/// The commands that it executes.
pub(super) fn executed(arguments: &[Vec<u8>], input: &Input<'_>) -> Option<Vec<(String, Option<String>)>> {
    Some(run(arguments, input)?.commands)
}

fn run(arguments: &[Vec<u8>], input: &Input<'_>) -> Option<run::Ran> {
    // Options end at the program: what follows it are files and assignments.
    let mut own = 0;
    while let Some(argument) = arguments.get(own).filter(|argument| argument.starts_with(b"-")) {
        own += if matches!(argument.as_slice(), b"-F" | b"-v") { 2 } else { 1 };
        if argument == b"--" {
            break;
        }
    }
    let (own, rest) = arguments.split_at_checked(own)?;
    let options = Options::parse(own, "F:v:", &[])?;
    let (program, files) = rest.split_first()?;
    let source = std::str::from_utf8(program).ok()?;
    let program = parser::parse(source)?;
    let separator = match options.value(b'F') {
        Some(separator) => Separator::parse(std::str::from_utf8(separator).ok()?)?,
        None => Separator::default(),
    };
    let mut machine = run::Machine::new(&program, separator);
    machine.set_arguments(files)?;
    for (_, assignment) in options.flags.iter().filter(|(flag, _)| *flag == b'v') {
        let (name, value) = std::str::from_utf8((*assignment)?).ok()?.split_once('=')?;
        machine.preset(name, value)?;
    }
    let reads = program.rules.iter().any(|rule| !rule.is_begin());
    let assigned = files.iter().take_while(|operand| operand.contains(&b'=')).count();
    let (assignments, files) = files.split_at_checked(assigned)?;
    for assignment in assignments.iter().filter(|_| reads) {
        let (name, value) = std::str::from_utf8(assignment).ok()?.split_once('=')?;
        let is_name = name.bytes().all(|byte| byte.is_ascii_alphabetic() || byte == b'_') && !name.is_empty();
        is_name.then(|| machine.assignments.push((name.to_owned(), value.to_owned())))?;
    }
    let text = match files {
        _ if !reads => Vec::new(),
        [] => input.read(b"-")?.into_owned(),
        [file] if !file.contains(&b'=') => input.read(file)?.into_owned(),
        _ => return None,
    };
    // Each record meets each rule.
    if text.len().saturating_mul(source.len()) > 64 << 20 {
        return None;
    }
    machine.run(std::str::from_utf8(&text).ok()?)
}
