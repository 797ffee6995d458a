//! `printf`: bash's builtin, and the program where both agree.

mod conversion;
mod quote;

use super::LIMIT;
use super::escapes::{self, Flavour};
pub(super) use conversion::Conversion;

/// The arguments that are left; a missing one counts as empty or zero.
struct Arguments<'a> {
    rest: std::slice::Iter<'a, Vec<u8>>,
}

impl<'a> Arguments<'a> {
    fn next(&mut self) -> Option<&'a [u8]> {
        self.rest.next().map(Vec::as_slice)
    }
}

/// Whether the output goes on after a piece of it.
enum Flow {
    Continue,
    /// A `\c` was met.
    End,
}

/// Bash's builtin, without its options. The format is used again while arguments are left.
pub(super) fn builtin(format: &[u8], arguments: &[Vec<u8>]) -> Option<Vec<u8>> {
    let mut out = Vec::new();
    let mut arguments = Arguments { rest: arguments.iter() };
    loop {
        let before = arguments.rest.len();
        if let Flow::End = once(format, &mut arguments, &mut out)? {
            return Some(out);
        }
        let left = arguments.rest.len();
        if left == 0 || left == before {
            return Some(out);
        }
    }
}

/// Applies the format once.
fn once(format: &[u8], arguments: &mut Arguments<'_>, out: &mut Vec<u8>) -> Option<Flow> {
    let mut rest = format;
    while let Some((&byte, tail)) = rest.split_first() {
        rest = tail;
        match byte {
            b'\\' => {
                let (escape, after) = escapes::read(tail, Flavour::Printf)?;
                escapes::push(out, &escape);
                rest = after;
            }
            b'%' if tail.first() == Some(&b'%') => {
                out.push(b'%');
                rest = tail.get(1..)?;
            }
            // `%(format)T`; what has no argument is the time of now.
            b'%' if tail.first() == Some(&b'(') => {
                let end = tail.windows(2).position(|pair| pair == b")T")?;
                // As are -1, and -2 for the start of the shell.
                let given = arguments.next().filter(|given| !matches!(*given, b"-1" | b"-2" | b""));
                let seconds = given.and_then(super::date::seconds);
                if given.is_some() && seconds.is_none() {
                    return None;
                }
                let format =
                    tail.get(1..end).filter(|format| !format.is_empty() && !format.contains(&b')'))?;
                out.extend(super::date::formatted(format, seconds, false)?);
                rest = tail.get(end + 2..)?;
            }
            b'%' => {
                let (conversion, after) = Conversion::read(tail, arguments)?;
                rest = after;
                if let Flow::End = conversion.write(arguments, out)? {
                    return Some(Flow::End);
                }
            }
            _ => out.push(byte),
        }
        if out.len() > LIMIT {
            return None;
        }
    }
    Some(Flow::Continue)
}

/// `/usr/bin/printf`: what it does differently (`%q`, `%c` of a missing argument, some escapes) is not modelled.
pub(super) fn program(arguments: &[Vec<u8>]) -> Option<Vec<u8>> {
    let arguments = match arguments.split_first() {
        Some((first, rest)) if first == b"--" => rest,
        _ => arguments,
    };
    let (format, arguments) = arguments.split_first()?;
    if format.starts_with(b"-")
        || !is_common(format)
        || !arguments.iter().all(|text| has_common_escapes(text))
    {
        return None;
    }
    builtin(format, arguments)
}

/// Whether builtin and program read the format alike.
fn is_common(format: &[u8]) -> bool {
    let mut rest = format;
    while let Some(at) = rest.iter().position(|byte| *byte == b'%') {
        let conversion = rest.get(at + 1..).unwrap_or_default();
        let is_flag = |byte: &&u8| b"-+ 0".contains(byte);
        let flags = conversion.iter().take_while(is_flag).count();
        let is_amount = |byte: &&u8| byte.is_ascii_digit() || b"*.".contains(byte);
        let amounts = conversion.iter().skip(flags).take_while(is_amount).count();
        let minus_only = conversion.iter().take(flags).all(|flag| *flag == b'-');
        let common = match conversion.get(flags + amounts) {
            Some(b'd' | b'i') => true,
            Some(b's' | b'c') => minus_only,
            Some(b'x' | b'X' | b'o' | b'u') => conversion.iter().take(flags).all(|flag| b"-0".contains(flag)),
            Some(b'b' | b'%') => flags + amounts == 0,
            _ => false,
        };
        if !common {
            return false;
        }
        rest = conversion.get(flags + amounts + 1..).unwrap_or_default();
    }
    has_common_escapes(format)
}

/// Whether every escape means the same to both.
fn has_common_escapes(text: &[u8]) -> bool {
    let mut rest = text;
    while let Some(at) = rest.iter().position(|byte| *byte == b'\\') {
        let after = rest.get(at + 1..).unwrap_or_default();
        let known = match after {
            [b'x', digit, ..] => digit.is_ascii_hexdigit(),
            [letter, ..] => b"\\abfnrtv01234567".contains(letter),
            [] => false,
        };
        if !known {
            return false;
        }
        rest = after.get(1..).unwrap_or_default();
    }
    true
}
