//! `base64`, `base32` and `basenc`.

use super::input::Input;
use super::options::{Options, number};

/// An alphabet with a power of two of characters.
#[derive(Clone, Copy)]
struct Alphabet {
    characters: &'static [u8],
    /// Bits per character.
    bits: u32,
    /// Characters per full group; groups are filled with `=`.
    group: usize,
}

const BASE64: Alphabet = Alphabet {
    characters: b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/",
    bits: 6,
    group: 4,
};
const BASE64URL: Alphabet = Alphabet {
    characters: b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_",
    bits: 6,
    group: 4,
};
const BASE32: Alphabet = Alphabet { characters: b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", bits: 5, group: 8 };
const BASE32HEX: Alphabet = Alphabet { characters: b"0123456789ABCDEFGHIJKLMNOPQRSTUV", bits: 5, group: 8 };
const BASE16: Alphabet = Alphabet { characters: b"0123456789ABCDEF", bits: 4, group: 2 };

const LONG: &[(&str, u8)] = &[("decode", b'd'), ("ignore-garbage", b'i'), ("wrap", b'w')];

/// `base64`; `-D` is its spelling on macOS.
pub(super) fn base64(arguments: &[Vec<u8>], input: &Input<'_>) -> Option<Vec<u8>> {
    convert(BASE64, &Options::parse(arguments, "dDiw:", LONG)?, input)
}

/// `base32`.
pub(super) fn base32(arguments: &[Vec<u8>], input: &Input<'_>) -> Option<Vec<u8>> {
    convert(BASE32, &Options::parse(arguments, "diw:", LONG)?, input)
}

/// `basenc` with one of its encodings.
pub(super) fn basenc(arguments: &[Vec<u8>], input: &Input<'_>) -> Option<Vec<u8>> {
    let (mut alphabet, mut rest) = (None, Vec::new());
    for argument in arguments {
        let chosen = match argument.as_slice() {
            b"--base64" => BASE64,
            b"--base64url" => BASE64URL,
            b"--base32" => BASE32,
            b"--base32hex" => BASE32HEX,
            b"--base16" => BASE16,
            _ => {
                rest.push(argument.clone());
                continue;
            }
        };
        if alphabet.replace(chosen).is_some() {
            return None;
        }
    }
    convert(alphabet?, &Options::parse(&rest, "diw:", LONG)?, input)
}

fn convert(alphabet: Alphabet, options: &Options<'_>, input: &Input<'_>) -> Option<Vec<u8>> {
    let text = match options.operands.as_slice() {
        [] => input.read(b"-")?,
        [path] => input.read(path)?,
        _ => return None,
    };
    if options.has(b'd') || options.has(b'D') {
        return decode(alphabet, &text, options.has(b'i'));
    }
    let wrap = match options.value(b'w') {
        Some(columns) => number(columns)?,
        None => 76,
    };
    Some(encode(alphabet, &text, wrap))
}

/// Encodes in base64, with a newline after every `wrap` characters (0: none at all).
pub(super) fn encode_base64(bytes: &[u8], wrap: usize) -> Vec<u8> {
    encode(BASE64, bytes, wrap)
}

/// Decodes base64; newlines are skipped.
pub(super) fn decode_base64(text: &[u8]) -> Option<Vec<u8>> {
    decode(BASE64, text, false)
}

fn encode(alphabet: Alphabet, bytes: &[u8], wrap: usize) -> Vec<u8> {
    let mut characters = Vec::new();
    let (mut pending, mut filled) = (0u32, 0);
    for &byte in bytes {
        pending = (pending << 8) | u32::from(byte);
        filled += 8;
        while filled >= alphabet.bits {
            filled -= alphabet.bits;
            characters.extend(alphabet.character(pending >> filled));
        }
    }
    if filled > 0 {
        characters.extend(alphabet.character(pending << (alphabet.bits - filled)));
    }
    while characters.len() % alphabet.group != 0 {
        characters.push(b'=');
    }
    if wrap == 0 {
        return characters;
    }
    characters.chunks(wrap).flat_map(|line| line.iter().copied().chain([b'\n'])).collect()
}

/// Decodes; what the tool calls invalid input is not modelled, except for missing padding at the end: base64
/// still writes those bytes.
fn decode(alphabet: Alphabet, text: &[u8], skip_garbage: bool) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(text.len());
    let (mut pending, mut filled, mut count, mut padding) = (0u32, 0, 0, 0);
    // More padding than there should be is an error, behind what is written already.
    let text = without_surplus(alphabet, text);
    for &byte in text {
        if byte == b'=' {
            padding += 1;
        } else if let Some(value) = alphabet.characters.iter().position(|&known| known == byte) {
            if padding > 0 {
                return None;
            }
            pending = (pending << alphabet.bits) | u32::try_from(value).ok()?;
            filled += alphabet.bits;
            count += 1;
            if filled >= 8 {
                filled -= 8;
                out.push((pending >> filled) as u8);
            }
        } else if byte == b'\n' || skip_garbage {
            continue;
        } else {
            return None;
        }
        if count + padding == alphabet.group {
            let left_over = alphabet.bits * u32::try_from(count).ok()? % 8;
            if left_over >= alphabet.bits || pending & ((1 << left_over) - 1) != 0 {
                return None;
            }
            (pending, filled, count, padding) = (0, 0, 0, 0);
        }
    }
    let complete = count == 0 && padding == 0;
    let unpadded = alphabet.bits == 6 && count >= 2 && padding == 0;
    (complete || unpadded).then_some(out)
}

/// The text without the `=` that are too many at its end; where others stand they are not modelled.
fn without_surplus(alphabet: Alphabet, text: &[u8]) -> &[u8] {
    let is_end = |byte: &u8| matches!(byte, b'=' | b'\n');
    let end = text.iter().rposition(|byte| !is_end(byte)).map_or(0, |last| last + 1);
    let Some((body, padding)) = text.split_at_checked(end) else { return text };
    let characters = body.iter().filter(|byte| **byte != b'\n').count();
    let wanted = (alphabet.group - characters % alphabet.group) % alphabet.group;
    let plain = body.iter().all(|byte| alphabet.characters.contains(byte) || *byte == b'\n');
    let given = padding.iter().filter(|byte| **byte == b'=').count();
    if wanted == 0
        || wanted >= given
        || !plain
        || padding.get(..wanted).is_none_or(|first| first.contains(&b'\n'))
    {
        return text;
    }
    text.get(..end + wanted).unwrap_or(text)
}

impl Alphabet {
    fn character(self, value: u32) -> Option<u8> {
        let index = usize::try_from(value & ((1 << self.bits) - 1)).ok()?;
        self.characters.get(index).copied()
    }
}
