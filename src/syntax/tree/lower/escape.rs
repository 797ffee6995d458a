//! Backslashes: which characters they quote, and the escapes of `$'…'`.

use super::word::Mode;

/// Whether a backslash in front of `byte` quotes it; elsewhere in that mode the backslash is an ordinary
/// character.
pub(super) fn is_active(byte: u8, mode: Mode) -> bool {
    match byte {
        b'$' | b'`' | b'\\' => true,
        b'"' => matches!(mode, Mode::Quoted | Mode::QuotedOperand { .. }),
        b'}' => matches!(mode, Mode::QuotedOperand { .. }),
        _ => false,
    }
}

/// Decodes the text between the quotes of `$'…'`. Text behind an escape that stands for NUL is dropped, as in
/// bash.
pub(super) fn ansi_c(text: &[u8]) -> Vec<u8> {
    let mut decoded = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some((&byte, tail)) = rest.split_first() {
        rest = tail;
        let Some((&letter, tail)) = tail.split_first().filter(|_| byte == b'\\') else {
            decoded.push(byte);
            continue;
        };
        rest = tail;
        let code = match letter {
            b'a' => 0x07,
            b'b' => 0x08,
            b'e' | b'E' => 0x1b,
            b'f' => 0x0c,
            b'n' => b'\n',
            b'r' => b'\r',
            b't' => b'\t',
            b'v' => 0x0b,
            b'\\' | b'\'' | b'"' | b'?' => letter,
            b'c' => match control(&mut rest) {
                Some(code) => code,
                None => continue,
            },
            b'0'..=b'7' => {
                let (value, digits) = number(text_from(text, rest, 1), 8, 3);
                rest = rest.get(digits.saturating_sub(1)..).unwrap_or_default();
                value as u8
            }
            b'x' => match hexadecimal(&mut rest) {
                Some(value) => value as u8,
                None => {
                    decoded.extend(b"\\x");
                    continue;
                }
            },
            b'u' | b'U' => {
                let (value, digits) = number(rest, 16, if letter == b'u' { 4 } else { 8 });
                rest = rest.get(digits..).unwrap_or_default();
                match char::from_u32(value) {
                    _ if digits == 0 => decoded.extend([b'\\', letter]),
                    Some('\0') => return decoded,
                    Some(char) => decoded.extend(char.encode_utf8(&mut [0; 4]).bytes()),
                    None => {}
                }
                continue;
            }
            _ => {
                decoded.extend([b'\\', letter]);
                continue;
            }
        };
        if code == 0 {
            return decoded;
        }
        decoded.push(code);
    }
    decoded
}

/// The tail of `text` that begins `back` bytes before `rest`.
fn text_from<'t>(text: &'t [u8], rest: &[u8], back: usize) -> &'t [u8] {
    text.get(text.len().saturating_sub(rest.len() + back)..).unwrap_or_default()
}

/// `\cx`
fn control(rest: &mut &[u8]) -> Option<u8> {
    let (&byte, tail) = rest.split_first()?;
    *rest = tail;
    if byte == b'\\' {
        *rest = tail.strip_prefix(b"\\").unwrap_or(tail);
    }
    Some(if byte == b'?' { 0x7f } else { byte & 0x1f })
}

/// `\xHH`, `\x{H…}`
fn hexadecimal(rest: &mut &[u8]) -> Option<u32> {
    let (braced, digits_from) = match rest.strip_prefix(b"{") {
        Some(tail) => (true, tail),
        None => (false, *rest),
    };
    let (value, digits) = number(digits_from, 16, if braced { usize::MAX } else { 2 });
    if digits == 0 {
        return None;
    }
    let tail = digits_from.get(digits..).unwrap_or_default();
    *rest = if braced { tail.strip_prefix(b"}").unwrap_or(tail) } else { tail };
    Some(value)
}

/// The number at the start of `text`, of at most `most` digits, and how many digits it has.
fn number(text: &[u8], radix: u32, most: usize) -> (u32, usize) {
    let digits = text.iter().take(most).map_while(|&byte| char::from(byte).to_digit(radix));
    digits.fold((0, 0), |(value, count), digit| (value.wrapping_mul(radix).wrapping_add(digit), count + 1))
}

#[cfg(test)]
mod tests {
    use super::ansi_c;

    #[test]
    fn escapes_are_decoded_as_bash_does() {
        let cases: &[(&str, &[u8])] = &[
            (r"rm\x20-rf", b"rm -rf"),
            (r"\162\155", b"rm"),
            (r"\u0072m", b"rm"),
            (r"a\0b", b"a"),
            (r"\x{72}m", b"rm"),
            (r"\q\x", b"\\q\\x"),
            (r"\'", b"'"),
            (r"\cA", b"\x01"),
            (r"\1234", b"S4"),
            ("end\\", b"end\\"),
        ];
        for (text, decoded) in cases {
            assert_eq!(ansi_c(text.as_bytes()), *decoded, "{text}");
        }
    }
}
