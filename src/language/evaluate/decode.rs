//! Encodings by the names that the languages give them.

/// What bytes in an encoding stand for; `None`: it is not known, or they are not in it.
pub(in crate::language) fn named(coding: &str, bytes: &[u8]) -> Option<Vec<u8>> {
    let coding: String =
        coding.to_lowercase().chars().filter(|character| character.is_alphanumeric()).collect();
    match coding.as_str() {
        "base64" | "base64codec" | "base64url" => base64(bytes),
        "hex" | "hexcodec" => hex(bytes),
        "base32" => base32(bytes),
        "base85" => base85(bytes),
        "uu" => uu(bytes),
        "zlib" => inflated(flate2::read::ZlibDecoder::new(bytes)),
        "gzip" => inflated(flate2::read::GzDecoder::new(bytes)),
        "deflate" => inflated(flate2::read::DeflateDecoder::new(bytes)),
        "rot13" | "rot_13" => Some(bytes.iter().map(|byte| rot13(*byte)).collect()),
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
pub(super) fn set(text: &str) -> Option<Vec<char>> {
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

/// Compressed text.
fn inflated(reader: impl std::io::Read) -> Option<Vec<u8>> {
    use std::io::Read;
    /// Most bytes that are taken out.
    const LIMIT: u64 = 64 * 1024;
    let mut text = Vec::new();
    let length = reader.take(LIMIT).read_to_end(&mut text).ok()?;
    (u64::try_from(length).ok()? < LIMIT).then_some(text)
}

fn base32(text: &[u8]) -> Option<Vec<u8>> {
    let mut decoded = Vec::new();
    let (mut bits, mut count) = (0_u32, 0_u32);
    for byte in text.iter().take_while(|byte| **byte != b'=') {
        let value = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'2'..=b'7' => byte - b'2' + 26,
            _ => return None,
        };
        bits = (bits << 5 | u32::from(value)) & 0xffff;
        count += 5;
        if count >= 8 {
            count -= 8;
            decoded.push(u8::try_from(bits >> count & 0xff).ok()?);
        }
    }
    Some(decoded)
}

/// `base64.b85encode` of Python.
fn base85(text: &[u8]) -> Option<Vec<u8>> {
    const ALPHABET: &[u8] =
        b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%&()*+-;<=>?@^_`{|}~";
    let mut decoded = Vec::new();
    for group in text.chunks(5) {
        let mut number = 0_u64;
        for at in 0..5 {
            let byte = group.get(at).copied().unwrap_or(b'~');
            let value = ALPHABET.iter().position(|other| *other == byte)?;
            number = number * 85 + u64::try_from(value).ok()?;
        }
        let bytes = u32::try_from(number).ok()?.to_be_bytes();
        decoded.extend_from_slice(bytes.get(..group.len().checked_sub(1)?)?);
    }
    Some(decoded)
}

/// `pack("u", …)` of Perl, lines of uuencode.
fn uu(text: &[u8]) -> Option<Vec<u8>> {
    let mut decoded = Vec::new();
    for line in text.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()) {
        let value = |byte: &u8| byte.checked_sub(32).map(|value| value & 63);
        let (first, rest) = line.split_first()?;
        let length = usize::from(value(first)?);
        let mut bytes = Vec::new();
        for group in rest.chunks(4) {
            let mut number = 0_u32;
            for at in 0..4 {
                number = number << 6 | u32::from(group.get(at).map_or(Some(0), value)?);
            }
            bytes.extend_from_slice(number.to_be_bytes().get(1..)?);
        }
        decoded.extend_from_slice(bytes.get(..length)?);
    }
    Some(decoded)
}

/// `&#114;` is `r`; names are those that HTML escapes.
pub(super) fn entities(text: &str) -> Option<String> {
    let mut decoded = String::new();
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once('&') {
        decoded.push_str(before);
        let (name, behind) = behind.split_once(';')?;
        decoded.push(match (name, name.strip_prefix('#')) {
            ("amp", _) => '&',
            ("lt", _) => '<',
            ("gt", _) => '>',
            ("quot", _) => '"',
            (_, Some(code)) => {
                let code = match code.strip_prefix(['x', 'X']) {
                    Some(digits) => u32::from_str_radix(digits, 16),
                    None => code.parse(),
                };
                char::from_u32(code.ok()?)?
            }
            _ => return None,
        });
        rest = behind;
    }
    decoded.push_str(rest);
    Some(decoded)
}
