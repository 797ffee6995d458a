//! Escapes in strings. The languages share the common ones; what a language does not know it keeps as written, which
//! makes no difference for the commands and paths that are looked for.

/// The bytes that an escape sequence (with its backslash) stands for.
pub(super) fn unescape(sequence: &[u8]) -> Vec<u8> {
    let Some((b'\\', rest)) = sequence.split_first().map(|(first, rest)| (*first, rest)) else {
        return sequence.to_vec();
    };
    let number = |digits: &[u8], radix: u32| {
        let digits: Vec<u8> = digits.iter().copied().filter(|byte| !matches!(byte, b'{' | b'}')).collect();
        std::str::from_utf8(&digits).ok().and_then(|digits| u32::from_str_radix(digits, radix).ok())
    };
    let character = |number: Option<u32>| {
        number.and_then(char::from_u32).map(|character| character.to_string().into_bytes())
    };
    match rest.split_first() {
        Some((b'n', [])) => vec![b'\n'],
        Some((b't', [])) => vec![b'\t'],
        Some((b'r', [])) => vec![b'\r'],
        Some((b'a', [])) => vec![0x07],
        Some((b'b', [])) => vec![0x08],
        Some((b'e', [])) => vec![0x1b],
        Some((b'f', [])) => vec![0x0c],
        Some((b'v', [])) => vec![0x0b],
        Some((b's', [])) => vec![b' '],
        Some((b'\n', rest)) => rest.to_vec(),
        Some((b'x', digits)) => character(number(digits, 16)).unwrap_or_else(|| sequence.to_vec()),
        Some((b'u' | b'U', digits)) => character(number(digits, 16)).unwrap_or_else(|| sequence.to_vec()),
        Some((b'0'..=b'7', _)) => character(number(rest, 8)).unwrap_or_else(|| sequence.to_vec()),
        Some(_) => rest.to_vec(),
        None => sequence.to_vec(),
    }
}

/// `printf`-like text with its values put in place: each `%` directive takes the next one. `None` where there are not
/// enough of them.
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
        let end =
            directive.iter().position(u8::is_ascii_alphabetic).map_or(directive.len(), |letter| letter + 1);
        parts.push(Part::Value);
        rest = directive.get(end..).unwrap_or_default();
    }
    parts.push(Part::Text(rest));
    parts
}

/// Text in which each pair of braces takes a value; doubled braces stand for themselves.
pub(super) fn replacement_fields(format: &[u8]) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    let mut rest = format;
    while let Some(open) = rest.iter().position(|byte| *byte == b'{') {
        let (before, behind) = rest.split_at(open);
        parts.push(Part::Text(before));
        if let Some(behind) = behind.strip_prefix(b"{{") {
            parts.push(Part::Text(b"{"));
            rest = behind;
            continue;
        }
        let close = behind.iter().position(|byte| *byte == b'}').unwrap_or(behind.len());
        parts.push(Part::Field(behind.get(1..close).unwrap_or_default()));
        rest = behind.get(close + 1..).unwrap_or_default();
    }
    parts.push(Part::Text(rest));
    parts
}

/// A part of a format.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Part<'a> {
    /// As it is.
    Text(&'a [u8]),
    /// The next value.
    Value,
    /// The value that is named.
    Field(&'a [u8]),
}
