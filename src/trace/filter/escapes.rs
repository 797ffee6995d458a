//! Backslash escapes: `$'…'`, `echo -e`, and the two kinds of `printf`.
//!
//! One table with the differences spelled out, because the differences are what evasions are made of:
//! `echo -e '\101'` is four characters, `$'\101'` is one.

/// Whose escapes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(in crate::trace) enum Flavour {
    /// `$'…'`.
    AnsiC,
    /// `echo -e`.
    Echo,
    /// The format of `printf`.
    Printf,
    /// An argument of `printf %b`.
    PrintfArgument,
}

/// What one escape stands for.
pub(super) enum Escape {
    /// A byte.
    Byte(u8),
    /// A character, written as UTF-8.
    Character(char),
    /// It is none: the backslash stays.
    Backslash,
    /// `\c`: the output ends here.
    End,
}

/// Replaces the escapes in `text`. A NUL ends a `$'…'`, as bash's strings end there.
pub(in crate::trace) fn decode(text: &[u8], flavour: Flavour) -> Option<Vec<u8>> {
    let (mut bytes, _) = decode_until_end(text, flavour)?;
    if flavour == Flavour::AnsiC
        && let Some(end) = bytes.iter().position(|&byte| byte == 0)
    {
        bytes.truncate(end);
    }
    Some(bytes)
}

/// Replaces the escapes in `text`; the flag says whether a `\c` ended the output.
pub(super) fn decode_until_end(text: &[u8], flavour: Flavour) -> Option<(Vec<u8>, bool)> {
    let mut out = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some((&byte, tail)) = rest.split_first() {
        rest = tail;
        if byte != b'\\' {
            out.push(byte);
            continue;
        }
        let (escape, after) = read(tail, flavour)?;
        rest = after;
        if !push(&mut out, &escape) {
            return Some((out, true));
        }
    }
    Some((out, false))
}

/// Writes what the escape stands for; `false` if the output ends.
pub(super) fn push(out: &mut Vec<u8>, escape: &Escape) -> bool {
    match escape {
        Escape::Byte(byte) => out.push(*byte),
        Escape::Character(character) => {
            out.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes());
        }
        Escape::Backslash => out.push(b'\\'),
        Escape::End => return false,
    }
    true
}

/// Reads one escape; `text` starts after the backslash. Returns what follows it.
pub(super) fn read(text: &[u8], flavour: Flavour) -> Option<(Escape, &[u8])> {
    use Flavour::{AnsiC, Echo, Printf, PrintfArgument};
    let Some((&letter, rest)) = text.split_first() else {
        return Some((Escape::Backslash, text));
    };
    let byte = match letter {
        b'a' => 0x07,
        b'b' => 0x08,
        b'e' | b'E' => 0x1b,
        b'f' => 0x0c,
        b'n' => b'\n',
        b'r' => b'\r',
        b't' => b'\t',
        b'v' => 0x0b,
        b'\\' => b'\\',
        b'\'' | b'"' | b'?' if matches!(flavour, AnsiC | Printf) => letter,
        b'0'..=b'7' => {
            let most = match flavour {
                AnsiC | Printf => 3,
                PrintfArgument if letter != b'0' => 3,
                Echo if letter != b'0' => return Some((Escape::Backslash, text)),
                Echo | PrintfArgument => 4,
            };
            let (value, after) = digits(text, 8, most);
            return Some((Escape::Byte(value as u8), after));
        }
        b'x' => return hexadecimal(text, rest, flavour),
        b'u' => return unicode(text, rest, 4),
        b'U' => return unicode(text, rest, 8),
        b'c' => {
            return match flavour {
                Echo | PrintfArgument => Some((Escape::End, rest)),
                Printf => Some((Escape::Backslash, text)),
                AnsiC => control(rest),
            };
        }
        _ => return Some((Escape::Backslash, text)),
    };
    Some((Escape::Byte(byte), rest))
}

/// `\xHH`. Bash's `\x{…}` has rules of its own in each version and is not modelled.
fn hexadecimal<'a>(text: &'a [u8], rest: &'a [u8], flavour: Flavour) -> Option<(Escape, &'a [u8])> {
    if flavour == Flavour::AnsiC && rest.first() == Some(&b'{') {
        return None;
    }
    let (value, after) = digits(rest, 16, 2);
    if after.len() == rest.len() {
        return Some((Escape::Backslash, text));
    }
    Some((Escape::Byte(value as u8), after))
}

/// `\uHHHH` and `\UHHHHHHHH`, in a UTF-8 locale.
fn unicode<'a>(text: &'a [u8], rest: &'a [u8], most: usize) -> Option<(Escape, &'a [u8])> {
    let (value, after) = digits(rest, 16, most);
    if after.len() == rest.len() {
        return Some((Escape::Backslash, text));
    }
    Some((Escape::Character(char::from_u32(value)?), after))
}

/// `\cX` of `$'…'`.
fn control(rest: &[u8]) -> Option<(Escape, &[u8])> {
    match rest.split_first() {
        Some((&letter @ (b'a'..=b'z' | b'A'..=b'Z'), after)) => Some((Escape::Byte(letter & 0x1f), after)),
        _ => None,
    }
}

/// The number in the first `most` digits of `text`, and what follows.
fn digits(text: &[u8], radix: u32, most: usize) -> (u32, &[u8]) {
    let mut value: u32 = 0;
    let mut rest = text;
    for _ in 0..most {
        let Some((&byte, after)) = rest.split_first() else { break };
        let Some(digit) = char::from(byte).to_digit(radix) else { break };
        value = value.wrapping_mul(radix).wrapping_add(digit);
        rest = after;
    }
    (value, rest)
}
