//! What a text for m4 executes: `syscmd(…)` and `esyscmd(…)`, and the files that it includes.

use super::{Call, Reading};
use crate::source::Span;
use crate::value::{Cause, Value};

/// Macros that start a command.
const COMMANDS: [&[u8]; 2] = [b"syscmd(", b"esyscmd("];
/// Macros that read a file.
const INCLUDES: [&[u8]; 2] = [b"include(", b"sinclude("];

/// Most bytes of arguments that are looked at: those of nested calls stand in each other.
const MAX_ARGUMENTS: usize = 1 << 20;

/// The calls in a text. What macros of the text may change is not known.
pub(super) fn read(text: &[u8]) -> Reading {
    let defines = ["define", "changequote", "changecom"].iter().any(|name| find(text, name.as_bytes()));
    let mut calls = Vec::new();
    let mut looked_at = 0_usize;
    for (at, _) in text.iter().enumerate() {
        let rest = text.get(at..).unwrap_or_default();
        let is_start = at == 0 || text.get(at - 1).is_none_or(|byte| !is_name(*byte));
        let name = |names: &[&[u8]]| {
            names.iter().find(|name| is_start && rest.starts_with(name)).map(|name| name.len())
        };
        let (called, length) = match (name(&COMMANDS), name(&INCLUDES)) {
            (Some(length), _) => ("syscmd", length),
            (None, Some(length)) => ("include", length),
            (None, None) => continue,
        };
        let inside = rest.get(length..).unwrap_or_default();
        let end = argument_end(inside);
        looked_at += end;
        if looked_at > MAX_ARGUMENTS {
            return Reading { calls, is_cut: true, ..Reading::default() };
        }
        let span = Span::new(at + length, at + length + end);
        let argument: Vec<u8> =
            inside.iter().take(end).copied().filter(|byte| !b"`'".contains(byte)).collect();
        let is_known = !defines && !argument.contains(&b'$');
        let word = match is_known {
            true => Value::text(argument.trim_ascii_start(), span),
            false => Value::unknown(Cause::Unmodelled, true, span),
        };
        calls.push(Call::new(called, vec![word], span));
    }
    Reading { calls, ..Reading::default() }
}

/// The length of the first argument, up to its comma or the closing parenthesis.
fn argument_end(text: &[u8]) -> usize {
    let (mut open, mut quoted) = (0_usize, 0_usize);
    let end = text.iter().position(|byte| {
        match byte {
            b'`' => quoted += 1,
            b'\'' => quoted = quoted.saturating_sub(1),
            b'(' if quoted == 0 => open += 1,
            b')' if quoted == 0 && open > 0 => open -= 1,
            b')' | b',' if quoted == 0 && open == 0 => return true,
            _ => {}
        }
        false
    });
    end.unwrap_or(text.len())
}

fn is_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

fn find(text: &[u8], name: &[u8]) -> bool {
    text.windows(name.len()).any(|part| part == name)
}
