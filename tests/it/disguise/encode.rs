//! Ways to write a text: quoted, in escapes, encoded. No shell is involved.

pub(crate) fn single(text: &str) -> String {
    format!("'{}'", text.replace('\'', "'\\''"))
}

pub(crate) fn double(text: &str) -> String {
    let mut out = String::from("\"");
    for char in text.chars() {
        if "$`\"\\".contains(char) {
            out.push('\\');
        }
        out.push(char);
    }
    out.push('"');
    out
}

/// Every byte by `escape`, in `$'…'`.
pub(crate) fn ansi_c(text: &str, escape: impl Fn(u8) -> String) -> String {
    format!("$'{}'", text.bytes().map(escape).collect::<String>())
}

pub(crate) fn octal(byte: u8) -> String {
    format!("\\{byte:03o}")
}

pub(crate) fn hex(byte: u8) -> String {
    format!("\\x{byte:02x}")
}

/// For `printf` and `echo -e`.
pub(crate) fn octal_text(text: &str) -> String {
    text.bytes().map(|byte| format!("\\0{byte:03o}")).collect()
}

pub(crate) fn printf_octal(text: &str) -> String {
    text.bytes().map(octal).collect()
}

pub(crate) fn plain_hex(text: &str) -> String {
    text.bytes().map(|byte| format!("{byte:02x}")).collect()
}

pub(crate) fn reversed(text: &str) -> String {
    text.chars().rev().collect()
}

pub(crate) fn rot13(text: &str) -> String {
    let turn = |char: char, first: u8| ((char as u8 - first + 13) % 26 + first) as char;
    text.chars()
        .map(|char| match char {
            'a'..='z' => turn(char, b'a'),
            'A'..='Z' => turn(char, b'A'),
            other => other,
        })
        .collect()
}

fn in_groups(text: &str, bits: u32, group: usize, digits: &[u8]) -> String {
    let mut out = String::new();
    for chunk in text.as_bytes().chunks(group) {
        let number = chunk.iter().fold(0u64, |number, byte| number << 8 | u64::from(*byte));
        let number = number << (8 * (group - chunk.len()));
        let total = group * 8 / bits as usize;
        let used = (chunk.len() * 8).div_ceil(bits as usize);
        for place in 0..total {
            let shift = bits as usize * (total - 1 - place);
            let digit = digits[(number >> shift) as usize & ((1 << bits) - 1)] as char;
            out.push(if place < used { digit } else { '=' });
        }
    }
    out
}

pub(crate) fn base64(text: &str) -> String {
    in_groups(text, 6, 3, b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
}

pub(crate) fn base32(text: &str) -> String {
    in_groups(text, 5, 5, b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")
}

/// A word as it has to be written so that it is one word.
pub(crate) fn word(text: &str) -> String {
    let plain = |char: char| char.is_ascii_alphanumeric() || "-_./=:,@%+".contains(char);
    if !text.is_empty() && text.chars().all(plain) { text.to_owned() } else { single(text) }
}
