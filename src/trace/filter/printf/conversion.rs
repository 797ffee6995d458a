//! One conversion of a `printf` format: `%-5s`, `%03d`, `%b`, `%q`.

use super::super::LIMIT;
use super::super::escapes::{self, Flavour};
use super::{Arguments, Flow, quote};

/// A conversion as written, with its `*` already replaced.
#[derive(Default)]
pub(in crate::trace::filter) struct Conversion {
    left: bool,
    zero: bool,
    plus: bool,
    space: bool,
    alternate: bool,
    width: usize,
    precision: Option<usize>,
    letter: u8,
}

impl Conversion {
    /// Reads a conversion without `*`.
    pub(in crate::trace::filter) fn read_plain(text: &[u8]) -> Option<(Conversion, &[u8])> {
        let (conversion, rest) = Conversion::read(text, &mut Arguments { rest: [].iter() })?;
        let length = text.len() - rest.len();
        (!text.iter().take(length).any(|byte| *byte == b'*')).then_some((conversion, rest))
    }

    /// Reads what follows the `%`; a `*` takes an argument. Returns what follows the conversion.
    pub(super) fn read<'a>(text: &'a [u8], arguments: &mut Arguments<'_>) -> Option<(Conversion, &'a [u8])> {
        let mut conversion = Conversion::default();
        let mut rest = text;
        loop {
            let (&byte, tail) = rest.split_first()?;
            match byte {
                b'-' => conversion.left = true,
                b'0' => conversion.zero = true,
                b'+' => conversion.plus = true,
                b' ' => conversion.space = true,
                b'#' => conversion.alternate = true,
                _ => break,
            }
            rest = tail;
        }
        let (width, after) = amount(rest, arguments)?;
        rest = after;
        if let Some(width) = width {
            conversion.left |= width < 0;
            conversion.width = usize::try_from(width.unsigned_abs()).ok()?;
        }
        if let Some((b'.', tail)) = rest.split_first() {
            let (precision, after) = amount(tail, arguments)?;
            rest = after;
            conversion.precision = match precision {
                None => Some(0),
                Some(precision) => usize::try_from(precision).ok(),
            };
        }
        if conversion.width > LIMIT || conversion.precision.is_some_and(|precision| precision > LIMIT) {
            return None;
        }
        let (&letter, after) = rest.split_first()?;
        conversion.letter = letter;
        Some((conversion, after))
    }

    /// Writes the next argument.
    pub(super) fn write(&self, arguments: &mut Arguments<'_>, out: &mut Vec<u8>) -> Option<Flow> {
        let argument = arguments.next();
        let given = argument.unwrap_or_default();
        match self.letter {
            b's' => self.text(given, out)?,
            b'c' => match given.first() {
                Some(first) => self.text(std::slice::from_ref(first), out)?,
                None => self.text(&[0], out)?,
            },
            b'q' => self.text(&quote::quote(given)?, out)?,
            b'b' => {
                let (decoded, ended) = escapes::decode_until_end(given, Flavour::PrintfArgument)?;
                self.text(&decoded, out)?;
                if ended {
                    return Some(Flow::End);
                }
            }
            b'd' | b'i' | b'u' | b'x' | b'X' | b'o' => self.integer(integer(given)?, out)?,
            _ => return None,
        }
        Some(Flow::Continue)
    }

    /// Writes a number as the letter says.
    pub(in crate::trace::filter) fn integer(&self, value: i64, out: &mut Vec<u8>) -> Option<()> {
        let bits = value.cast_unsigned();
        let (prefix, digits) = match self.letter {
            b'd' | b'i' => {
                let sign = match (value < 0, self.plus, self.space) {
                    (true, ..) => "-",
                    (false, true, _) => "+",
                    (false, false, true) => " ",
                    (false, false, false) => "",
                };
                (sign, value.unsigned_abs().to_string())
            }
            b'u' => ("", bits.to_string()),
            b'x' => (if self.alternate && value != 0 { "0x" } else { "" }, format!("{bits:x}")),
            b'X' => (if self.alternate && value != 0 { "0X" } else { "" }, format!("{bits:X}")),
            b'o' if !self.alternate => ("", format!("{bits:o}")),
            _ => return None,
        };
        self.number(prefix, &digits, out);
        Some(())
    }

    /// The letter at its end.
    pub(in crate::trace::filter) fn letter(&self) -> u8 {
        self.letter
    }

    /// Whether it has no flags but `-`.
    pub(in crate::trace::filter) fn has_only_minus(&self) -> bool {
        !(self.zero || self.plus || self.space || self.alternate)
    }

    /// Writes text, cut to the precision and filled to the width. Both count bytes or characters, depending on
    /// the version of bash; and where they matter a `0` flag or a NUL is not modelled.
    pub(in crate::trace::filter) fn text(&self, text: &[u8], out: &mut Vec<u8>) -> Option<()> {
        if self.width == 0 && self.precision.is_none() {
            out.extend_from_slice(text);
            return Some(());
        }
        if !text.is_ascii() || text.contains(&0) || (self.letter == b'c' && self.precision.is_some()) {
            return None;
        }
        let text = text.get(..self.precision.unwrap_or(usize::MAX).min(text.len()))?;
        let fill = self.width.saturating_sub(text.len());
        if !self.left {
            out.resize(out.len() + fill, b' ');
        }
        out.extend_from_slice(text);
        if self.left {
            out.resize(out.len() + fill, b' ');
        }
        Some(())
    }

    /// Writes a number: the precision is the least number of digits, `0` fills with zeros unless it is given.
    fn number(&self, sign: &str, digits: &str, out: &mut Vec<u8>) {
        let digits = if self.precision == Some(0) && digits == "0" { "" } else { digits };
        let zeros = self.precision.unwrap_or(0).saturating_sub(digits.len());
        let length = sign.len() + zeros + digits.len();
        let fill = self.width.saturating_sub(length);
        let fill_with_zeros = self.zero && !self.left && self.precision.is_none();
        if !self.left && !fill_with_zeros {
            out.resize(out.len() + fill, b' ');
        }
        out.extend_from_slice(sign.as_bytes());
        out.resize(out.len() + zeros + if fill_with_zeros { fill } else { 0 }, b'0');
        out.extend_from_slice(digits.as_bytes());
        if self.left {
            out.resize(out.len() + fill, b' ');
        }
    }
}

/// A width or precision: digits, `*`, or nothing.
fn amount<'a>(text: &'a [u8], arguments: &mut Arguments<'_>) -> Option<(Option<i64>, &'a [u8])> {
    if let Some((b'*', rest)) = text.split_first() {
        return Some((Some(integer(arguments.next().unwrap_or_default())?), rest));
    }
    let length = text.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let (digits, rest) = text.split_at_checked(length)?;
    match length {
        0 => Some((None, rest)),
        1..=7 => Some((std::str::from_utf8(digits).ok()?.parse().ok(), rest)),
        _ => None,
    }
}

/// A number as `strtoimax` reads it with base 0, or the code of a character after a quote. What would be an
/// error is not modelled.
fn integer(text: &[u8]) -> Option<i64> {
    if let Some((b'\'' | b'"', rest)) = text.split_first() {
        let character = std::str::from_utf8(rest).ok()?.chars().next()?;
        return Some(i64::from(u32::from(character)));
    }
    if text.is_empty() {
        return Some(0);
    }
    let text = std::str::from_utf8(text).ok()?.trim_start_matches([' ', '\t', '\n', '\x0b', '\x0c', '\r']);
    let (negative, digits) = match text.strip_prefix('-') {
        Some(digits) => (true, digits),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let (radix, digits) = match digits.strip_prefix("0x").or_else(|| digits.strip_prefix("0X")) {
        Some(digits) => (16, digits),
        None if digits.len() > 1 && digits.starts_with('0') => (8, digits),
        None => (10, digits),
    };
    if !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    let value = i64::from_str_radix(digits, radix).ok()?;
    Some(if negative { -value } else { value })
}
