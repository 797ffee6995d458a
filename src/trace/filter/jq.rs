//! `jq`, for paths, texts and the functions that change texts.

mod json;
mod parser;
mod run;

use super::LIMIT;
use super::input::{Input, chomp, lines};
use json::Json;

/// `jq PROGRAM [FILE]`. What is an error is not modelled.
pub(super) fn jq(arguments: &[Vec<u8>], input: &Input<'_>) -> Option<Vec<u8>> {
    let mut call = Call::default();
    let mut operands = Vec::new();
    let mut rest = arguments.iter();
    while let Some(argument) = rest.next() {
        match argument.as_slice() {
            b"--arg" => {
                let (name, value) = (text(rest.next()?)?, text(rest.next()?)?);
                call.variables.push((name.to_owned(), Json::Text(value.to_owned())));
            }
            [b'-', b'-', name @ ..] => match name {
                b"null-input" => call.null = true,
                b"raw-output" => call.raw = true,
                b"join-output" => (call.raw, call.joined) = (true, true),
                b"compact-output" => call.compact = true,
                b"raw-input" => call.lines = true,
                b"slurp" => call.all = true,
                b"exit-status" | b"monochrome-output" => {}
                _ => return None,
            },
            [b'-', letters @ ..] if !letters.is_empty() => {
                for letter in letters {
                    match letter {
                        b'n' => call.null = true,
                        b'r' => call.raw = true,
                        b'j' => (call.raw, call.joined) = (true, true),
                        b'c' => call.compact = true,
                        b'R' => call.lines = true,
                        b's' => call.all = true,
                        b'e' | b'M' => {}
                        _ => return None,
                    }
                }
            }
            operand => operands.push(operand),
        }
    }
    let (program, files) = operands.split_first()?;
    let program = parser::parse(text(program)?)?;
    let inputs = call.inputs(files, input)?;
    let mut out = String::new();
    let mut machine = run::Machine::new(&call.variables);
    for value in &inputs {
        for result in machine.run(&program, value)? {
            match &result {
                Json::Text(text) if call.raw => out.push_str(text),
                other => other.write(if call.compact { None } else { Some(0) }, &mut out)?,
            }
            if !call.joined {
                out.push('\n');
            }
            if out.len() > LIMIT {
                return None;
            }
        }
    }
    Some(out.into_bytes())
}

/// The options.
#[derive(Default)]
struct Call {
    null: bool,
    raw: bool,
    joined: bool,
    compact: bool,
    lines: bool,
    all: bool,
    variables: Vec<(String, Json)>,
}

impl Call {
    /// The values that the program is applied to.
    fn inputs(&self, files: &[&[u8]], input: &Input<'_>) -> Option<Vec<Json>> {
        if self.null {
            return Some(vec![Json::Null]);
        }
        let read = input.all(files)?;
        let content = text(&read)?;
        // A NUL and a byte order mark are treated in different ways.
        if content.contains(['\0', '\u{feff}']) {
            return None;
        }
        if self.lines && self.all {
            return Some(vec![Json::Text(content.to_owned())]);
        }
        if self.lines {
            let line = |line: &[u8]| Some(Json::Text(text(chomp(line).0)?.to_owned()));
            return lines(&read).map(line).collect();
        }
        let values = json::parse_all(content)?;
        Some(if self.all { vec![Json::List(values)] } else { values })
    }
}

fn text(bytes: &[u8]) -> Option<&str> {
    std::str::from_utf8(bytes).ok()
}
