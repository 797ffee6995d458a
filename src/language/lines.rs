//! Languages of which one line is one command: tables of cron, commands of gdb.

use super::cursor::Cursor;
use super::{Call, Reading, Surroundings, UNKNOWN_END, UNKNOWN_NAME, plain};
use crate::source::Span;
use crate::value::Value;

/// The commands in a table of cron: five fields or a nickname, then a line for a shell.
pub(super) fn crontab(text: &[u8]) -> Reading {
    let mut calls = Vec::new();
    let text = without_unknown_lines(text);
    let mut cursor = Cursor::new(&text);
    while let Some((start, line)) = cursor.indented_line() {
        let is_setting = line.iter().position(|byte| *byte == b'=').is_some_and(|equals| {
            let name = line.get(..equals).unwrap_or_default().trim_ascii_end();
            !name.is_empty() && name.iter().all(|byte| byte.is_ascii_alphanumeric() || *byte == b'_')
        });
        if is_setting || line.starts_with(b"#") {
            continue;
        }
        let fields = if line.starts_with(b"@") { 1 } else { 5 };
        let mut words = Cursor::new(line);
        for _ in 0..fields {
            words.take_while(|byte| !byte.is_ascii_whitespace());
            words.blanks();
        }
        // A percent sign ends the command; what follows is its input.
        let at = words.at;
        let command = words.take_while(|byte| byte != b'%');
        if !command.is_empty() {
            let span = Span::new(start + at, start + at + command.len());
            calls.push(Call::new("command", vec![Value::text(command, span)], span));
        }
    }
    Reading { calls, ..Reading::default() }
}

/// The text with ends of lines in place of what is unknown where a line begins: what another program printed
/// (`crontab -l`) ends with its line.
fn without_unknown_lines(text: &[u8]) -> Vec<u8> {
    let mut lines = text.to_vec();
    let mut at = 0;
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        if rest.starts_with(UNKNOWN_NAME.as_bytes()) {
            // The number, and the word behind it.
            let digits =
                rest.iter().skip(UNKNOWN_NAME.len()).take_while(|byte| byte.is_ascii_digit()).count();
            let length = UNKNOWN_NAME.len() + digits + UNKNOWN_END.len();
            lines.iter_mut().skip(at).take(length).for_each(|byte| *byte = b'\n');
        }
        at += rest.iter().position(|byte| *byte == b'\n').map_or(rest.len(), |end| end + 1);
    }
    lines
}

/// The commands of gdb that are for a shell or in another language, and the functions that expressions call.
pub(super) fn gdb(text: &[u8], surroundings: Surroundings<'_>) -> Reading {
    let mut calls = Vec::new();
    let mut cursor = Cursor::new(text);
    while let Some((start, line)) = cursor.indented_line() {
        let mut words = Cursor::new(line);
        let name = match (words.takes(b"!"), words.takes(b"|")) {
            (true, _) => "shell".to_owned(),
            (_, true) => "pipe".to_owned(),
            _ => {
                String::from_utf8_lossy(words.take_while(|byte| byte.is_ascii_alphanumeric() || byte == b'-'))
                    .into_owned()
            }
        };
        words.blanks();
        let at = start + words.at;
        if words.rest().is_empty() && name.starts_with("py") {
            // The lines up to `end` are the program.
            let from = cursor.at;
            let mut to = from;
            while cursor.peek().is_some() {
                let line = cursor.line();
                if line.trim_ascii() == b"end" {
                    break;
                }
                to = cursor.at;
            }
            let span = Span::new(from, to);
            let program = text.get(from..to).unwrap_or_default();
            calls.push(Call::new("python", vec![Value::text(program, span)], span));
            continue;
        }
        // `pipe command | shell command`, `pipe -d : command : shell command`
        if name == "pipe" {
            let mark = match words.takes(b"-d ") {
                true => words.take_while(|byte| !byte.is_ascii_whitespace()),
                false => b"|",
            };
            let rest = words.rest();
            if let Some(from) = rest.windows(mark.len().max(1)).position(|part| part == mark) {
                let command = rest.get(from + mark.len()..).unwrap_or_default();
                let span = Span::new(start + line.len() - command.len(), start + line.len());
                calls.push(Call::new("shell", vec![Value::text(command, span)], span));
            }
        }
        let span = Span::new(at, at + words.rest().len());
        let inner = plain::read("gdb", words.rest(), surroundings);
        calls.extend(inner.calls.into_iter().map(|call| Call { span, ..call }));
        if !words.rest().is_empty() {
            calls.push(Call::new(&name, vec![Value::text(words.rest(), span)], span));
        }
    }
    Reading { calls, ..Reading::default() }
}
