//! The escapes of `$'…'`.

/// Decodes the text between the quotes. A NUL ends the text, as in bash.
pub(in crate::syntax) fn decode(text: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some((byte, behind)) = rest.split_first() {
        rest = behind;
        let Some((escape, behind)) = behind.split_first().filter(|_| *byte == b'\\') else {
            out.push(*byte);
            continue;
        };
        rest = behind;
        match escape {
            b'a' => out.push(7),
            b'b' => out.push(8),
            b'e' | b'E' => out.push(27),
            b'f' => out.push(12),
            b'n' => out.push(b'\n'),
            b'r' => out.push(b'\r'),
            b't' => out.push(b'\t'),
            b'v' => out.push(11),
            b'\\' | b'\'' | b'"' | b'?' => out.push(*escape),
            b'0'..=b'7' => {
                let (more, behind) = number(rest, 2, 8);
                let digits = rest.len() - behind.len();
                let high =
                    u32::from(escape - b'0').wrapping_mul(8u32.pow(u32::try_from(digits).unwrap_or(0)));
                rest = behind;
                match u8::try_from((high + more) & 0xff) {
                    Ok(0) | Err(_) => return out,
                    Ok(byte) => out.push(byte),
                }
            }
            b'x' => {
                let braced = rest.first() == Some(&b'{');
                let digits = if braced { rest.get(1..).unwrap_or_default() } else { rest };
                let (value, mut behind) = number(digits, if braced { usize::MAX } else { 2 }, 16);
                if behind.len() == digits.len() {
                    if braced {
                        // A number without digits is 0, which ends the text.
                        return out;
                    }
                    out.extend_from_slice(b"\\x");
                    continue;
                }
                if braced && behind.first() == Some(&b'}') {
                    behind = behind.get(1..).unwrap_or_default();
                }
                rest = behind;
                match u8::try_from(value & 0xff) {
                    Ok(0) | Err(_) => return out,
                    Ok(byte) => out.push(byte),
                }
            }
            b'u' | b'U' => {
                let (value, behind) = number(rest, if *escape == b'u' { 4 } else { 8 }, 16);
                if behind.len() == rest.len() {
                    out.extend_from_slice(&[b'\\', *escape]);
                    continue;
                }
                rest = behind;
                if value == 0 {
                    return out;
                }
                if let Some(character) = char::from_u32(value) {
                    out.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes());
                }
            }
            b'c' => {
                let Some((control, behind)) = rest.split_first() else {
                    out.extend_from_slice(b"\\c");
                    continue;
                };
                rest = behind;
                if *control == b'\\' && rest.first() == Some(&b'\\') {
                    rest = rest.get(1..).unwrap_or_default();
                }
                match if *control == b'?' { 0x7f } else { control & 0x1f } {
                    0 => return out,
                    byte => out.push(byte),
                }
            }
            other => out.extend_from_slice(&[b'\\', *other]),
        }
    }
    out
}

/// The number that at most `most` digits make, and what follows.
fn number(text: &[u8], most: usize, base: u32) -> (u32, &[u8]) {
    let mut value = 0u32;
    let mut length = 0;
    for byte in text.iter().take(most) {
        let Some(digit) = char::from(*byte).to_digit(base) else { break };
        value = value.wrapping_mul(base).wrapping_add(digit);
        length += 1;
    }
    (value, text.get(length..).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::decode;

    #[test]
    fn escapes_are_those_of_bash() {
        let cases: [(&str, &[u8]); 16] = [
            (r"\x72m", b"rm"),
            (r"\162\155", b"rm"),
            (r"\u0072m", b"rm"),
            (r"\x{72}m", b"rm"),
            (r"a\0b", b"a"),
            (r"\cA", b"\x01"),
            (r"\'", b"'"),
            (r"\q", b"\\q"),
            (r"\xzz", b"\\xzz"),
            (r"rm\x{}z", b"rm"),
            (r"rm\x{zz", b"rm"),
            (r"\x{4z}", b"\x04z}"),
            (r"a\c", b"a\\c"),
            (r"\101\1012", b"AA2"),
            (r"\e[0m", b"\x1b[0m"),
            (r"\U0001F600", "\u{1F600}".as_bytes()),
        ];
        for (text, expected) in cases {
            assert_eq!(decode(text.as_bytes()), expected, "{text}");
        }
    }
}
