//! What is written in a language and stands for something else: escapes in strings, formats, numbers. What a language
//! does not say exactly here is not known: a wrong text would be taken for a harmless one.

use super::parse::Language;

/// The bytes that an escape sequence (with its backslash) stands for in a language; `None` for one without a grammar of
/// its own, which shares the common ones. No bytes: it is not known.
pub(super) fn unescape(sequence: &[u8], language: Option<Language>) -> Option<Vec<u8>> {
    let Some((b'\\', rest)) = sequence.split_first().map(|(first, rest)| (*first, rest)) else {
        return Some(sequence.to_vec());
    };
    let as_written = || Some(sequence.to_vec());
    let (first, behind) = rest.split_first()?;
    let is = |languages: &[Language]| language.is_some_and(|language| languages.contains(&language));
    use Language::{JavaScript, Lua, Perl, Php, Python, Ruby};
    match (*first, behind) {
        (b'\\' | b'"' | b'\'', []) => Some(vec![*first]),
        // Of single quotes; the grammar of PHP lists none there.
        (b'n', []) => Some(vec![b'\n']),
        (b't', []) => Some(vec![b'\t']),
        (b'r', []) => Some(vec![b'\r']),
        (b'f', []) => Some(vec![0x0c]),
        (b'v', []) if is(&[Perl]) => Some(vec![b'v']),
        (b'v', []) => Some(vec![0x0b]),
        (b'a', []) if is(&[JavaScript]) => Some(vec![b'a']),
        (b'b', []) if !is(&[Php]) => Some(vec![0x08]),
        (b'a', []) if !is(&[Php]) => Some(vec![0x07]),
        (b'e', []) if is(&[JavaScript]) => Some(vec![b'e']),
        (b'e', []) if is(&[Ruby, Perl, Php]) => Some(vec![0x1b]),
        (b's', []) if is(&[Ruby]) => Some(vec![b' ']),
        (b'\n', []) if is(&[Lua]) => Some(vec![b'\n']),
        (b'\n', []) if is(&[Perl, Php]) => as_written().filter(|_| is(&[Php])).or(Some(vec![b'\n'])),
        (b'\n', rest) => Some(rest.to_vec()),
        // In Lua, numbers are decimal.
        (b'0'..=b'9', _) if is(&[Lua]) => Some(vec![digits(rest, 10)?.try_into().ok()?]),
        (b'0'..=b'7', _) => character(digits(rest, 8)?),
        (b'x', digits_of) if !digits_of.is_empty() => character(digits(digits_of, 16)?),
        (b'u', digits_of) if !digits_of.is_empty() && !is(&[Perl]) => character(digits(digits_of, 16)?),
        (b'U', digits_of) if !digits_of.is_empty() && (language.is_none() || is(&[Python])) => {
            character(digits(digits_of, 16)?)
        }
        // What Python and PHP do not know stays as it is written.
        (first, []) if is(&[Python]) && first != b'N' => as_written(),
        (b'$', []) if is(&[Php]) => Some(vec![b'$']),
        (_, []) if is(&[Php]) => as_written(),
        (first, []) if is(&[JavaScript, Ruby]) && !b"uxcCM".contains(&first) => Some(vec![first]),
        (b'<', []) if language.is_none() => None,
        (first, []) if first.is_ascii_punctuation() || first == b' ' => Some(vec![first]),
        _ => None,
    }
}

/// The number that digits, in braces or not, make.
fn digits(digits: &[u8], radix: u32) -> Option<u32> {
    let inside = digits.strip_prefix(b"{").and_then(|digits| digits.strip_suffix(b"}")).unwrap_or(digits);
    u32::from_str_radix(std::str::from_utf8(inside).ok()?, radix).ok()
}

fn character(number: u32) -> Option<Vec<u8>> {
    char::from_u32(number).map(|character| character.to_string().into_bytes())
}

/// A number as the language shows it: `0x72` is `114`. `None`: that is not known exactly.
pub(super) fn number(written: &[u8], language: Option<Language>) -> Option<String> {
    /// Beyond it, some languages round.
    const EXACT: i64 = 1 << 53;
    let text: String =
        std::str::from_utf8(written).ok()?.chars().filter(|character| *character != '_').collect();
    let text = match language {
        Some(Language::JavaScript) => text.strip_suffix('n').unwrap_or(&text),
        _ => &text,
    };
    let lower = text.to_ascii_lowercase();
    let whole = |digits: &str, radix: u32| i64::from_str_radix(digits, radix).ok();
    let number = match (lower.get(..2), lower.get(2..)) {
        (Some("0x"), Some(digits)) => whole(digits, 16)?,
        (Some("0o"), Some(digits)) if language != Some(Language::Lua) => whole(digits, 8)?,
        (Some("0b"), Some(digits)) if language != Some(Language::Lua) => whole(digits, 2)?,
        _ if lower.len() > 1 && lower.starts_with('0') && lower.bytes().all(|byte| byte.is_ascii_digit()) => {
            match language {
                Some(Language::JavaScript) if lower.contains(['8', '9']) => whole(&lower, 10)?,
                Some(Language::JavaScript | Language::Perl | Language::Php | Language::Ruby) => {
                    whole(&lower, 8)?
                }
                Some(Language::Lua) => whole(&lower, 10)?,
                _ => return None,
            }
        }
        _ if lower.bytes().all(|byte| byte.is_ascii_digit()) => whole(&lower, 10)?,
        // A fraction that all of them show as it is written.
        _ => {
            let is_short =
                lower.len() < 15 && lower.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
            let is_same = lower.parse::<f64>().is_ok_and(|number| number.to_string() == lower);
            return (is_short && is_same).then_some(lower);
        }
    };
    (number < EXACT).then(|| number.to_string())
}

/// A part of a `printf`-like format.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Part<'a> {
    /// As it is.
    Text(&'a [u8]),
    /// A value.
    Value {
        /// Flags, widths, the name of the value: all between the `%` and the letter.
        flags: &'a [u8],
        /// What is made of it; 0: that is not known.
        letter: u8,
    },
}

/// The parts of `printf`-like text.
pub(super) fn directives(format: &[u8]) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    let mut rest = format;
    while let Some(at) = rest.iter().position(|byte| *byte == b'%') {
        let (text, behind) = rest.split_at(at);
        parts.push(Part::Text(text));
        let directive = behind.get(1..).unwrap_or_default();
        if let Some((b'%', behind)) = directive.split_first() {
            parts.push(Part::Text(b"%"));
            rest = behind;
            continue;
        }
        // `%(name)s`, `%<name>s`, `%{name}`
        let closing = match directive.first() {
            Some(b'(') => Some(b')'),
            Some(b'<') => Some(b'>'),
            Some(b'{') => Some(b'}'),
            _ => None,
        };
        let named = closing.and_then(|closing| directive.iter().position(|byte| *byte == closing));
        let named = named.map_or(0, |at| at + 1);
        let is_whole = directive.first() == Some(&b'{') && named > 0;
        let end = directive.iter().skip(named).position(u8::is_ascii_alphabetic).map(|at| named + at);
        let (flags, letter, length) = match end {
            _ if is_whole => (named, b's', named),
            Some(end) => (end, directive.get(end).copied().unwrap_or_default(), end + 1),
            None => (directive.len(), 0, directive.len()),
        };
        // A size: `%ld`
        let letter = if b"hlLqjzt".contains(&letter) { 0 } else { letter };
        parts.push(Part::Value { flags: directive.get(..flags).unwrap_or_default(), letter });
        rest = if letter == 0 { &[] } else { directive.get(length..).unwrap_or_default() };
    }
    parts.push(Part::Text(rest));
    parts
}

/// A part of text with fields in braces.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Field<'a> {
    /// As it is.
    Text(&'a [u8]),
    /// The value that is named, or the next.
    Value(&'a [u8]),
}

/// The parts of text in which each pair of braces takes a value; doubled braces stand for one.
pub(super) fn replacement_fields(format: &[u8]) -> Vec<Field<'_>> {
    let mut parts = Vec::new();
    let mut rest = format;
    while let Some(at) = rest.iter().position(|byte| matches!(byte, b'{' | b'}')) {
        let (before, behind) = rest.split_at(at);
        parts.push(Field::Text(before));
        if behind.starts_with(b"{{") || behind.starts_with(b"}}") {
            parts.push(Field::Text(behind.get(..1).unwrap_or_default()));
            rest = behind.get(2..).unwrap_or_default();
            continue;
        }
        let close = behind.iter().position(|byte| *byte == b'}').unwrap_or(behind.len());
        parts.push(Field::Value(behind.get(1..close).unwrap_or_default()));
        rest = behind.get(close + 1..).unwrap_or_default();
    }
    parts.push(Field::Text(rest));
    parts
}
