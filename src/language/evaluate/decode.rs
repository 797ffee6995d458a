//! Encodings by the names that the languages give them.

/// What bytes in an encoding stand for; `None`: it is not known, or they are not in it.
pub(in crate::language) fn named(coding: &str, bytes: &[u8]) -> Option<Vec<u8>> {
    let coding: String =
        coding.to_lowercase().chars().filter(|character| character.is_alphanumeric()).collect();
    match coding.as_str() {
        "base64" | "base64codec" | "base64url" => base64(bytes),
        "hex" | "hexcodec" => hex(bytes),
        "rot13" => Some(bytes.iter().map(|byte| rot13(*byte)).collect()),
        coding if is_charset(coding) => Some(bytes.to_vec()),
        _ => None,
    }
}

/// Whether an encoding leaves plain text as it is.
pub(super) fn is_charset(coding: &str) -> bool {
    let coding: String =
        coding.to_lowercase().chars().filter(|character| character.is_alphanumeric()).collect();
    matches!(coding.as_str(), "utf8" | "ascii" | "latin1" | "binary" | "usascii" | "iso88591" | "ascii8bit")
}

fn base64(text: &[u8]) -> Option<Vec<u8>> {
    let mut decoded = Vec::with_capacity(text.len() / 4 * 3);
    let (mut bits, mut count) = (0_u32, 0_u32);
    for byte in text.iter().filter(|byte| !byte.is_ascii_whitespace()).take_while(|byte| **byte != b'=') {
        let value = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' | b'-' => 62,
            b'/' | b'_' => 63,
            _ => return None,
        };
        bits = (bits << 6 | u32::from(value)) & 0xff_ffff;
        count += 6;
        if count >= 8 {
            count -= 8;
            decoded.push(u8::try_from(bits >> count & 0xff).ok()?);
        }
    }
    Some(decoded)
}

fn hex(text: &[u8]) -> Option<Vec<u8>> {
    let digits: Vec<u8> = text.iter().copied().filter(|byte| !byte.is_ascii_whitespace()).collect();
    let pair = |pair: &[u8]| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok();
    digits.chunks(2).map(pair).collect()
}

fn rot13(byte: u8) -> u8 {
    match byte {
        b'a'..=b'z' => (byte - b'a' + 13) % 26 + b'a',
        b'A'..=b'Z' => (byte - b'A' + 13) % 26 + b'A',
        other => other,
    }
}

/// `%72` is `r`.
pub(super) fn percent(text: &[u8]) -> Option<Vec<u8>> {
    let mut decoded = Vec::new();
    let mut rest = text;
    while let Some((first, behind)) = rest.split_first() {
        if *first == b'%' {
            decoded.extend(hex(behind.get(..2)?)?);
            rest = behind.get(2..)?;
        } else {
            decoded.push(*first);
            rest = behind;
        }
    }
    Some(decoded)
}

/// Text with its upper and lower case exchanged.
pub(super) fn swapped_case(text: &str) -> String {
    let swapped = |character: char| match character.is_uppercase() {
        true => character.to_ascii_lowercase(),
        false => character.to_ascii_uppercase(),
    };
    text.chars().map(swapped).collect()
}

/// Text with each character of `from` replaced by the one at its place in `to`.
pub(super) fn translated(text: &str, from: &str, to: &str) -> Option<String> {
    let (from, to) = (set(from)?, set(to)?);
    let translate = |character: char| match from.iter().position(|other| *other == character) {
        Some(at) => to.get(at).or(to.last()).copied(),
        None => Some(character),
    };
    Some(text.chars().filter_map(translate).collect())
}

/// The characters of `a-z`.
fn set(text: &str) -> Option<Vec<char>> {
    /// Most characters of a set.
    const MAX_SET: usize = 1024;
    let characters: Vec<char> = text.chars().collect();
    let mut set = Vec::new();
    let mut at = 0;
    while let Some(first) = characters.get(at) {
        match (*first, characters.get(at + 1), characters.get(at + 2)) {
            ('\\' | '^' | '[', ..) => return None,
            (first, Some('-'), Some(last)) => {
                set.extend(first..=*last);
                at += 3;
            }
            (first, ..) => {
                set.push(first);
                at += 1;
            }
        }
        if set.len() > MAX_SET {
            return None;
        }
    }
    Some(set)
}
