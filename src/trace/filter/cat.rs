//! `cat` and `tee`: what goes through, perhaps decorated.

use super::LIMIT;
use super::input::{Input, chomp, lines};
use super::options::Options;

const LONG: &[(&str, u8)] = &[
    ("show-all", b'A'),
    ("number-nonblank", b'b'),
    ("show-ends", b'E'),
    ("number", b'n'),
    ("squeeze-blank", b's'),
    ("show-tabs", b'T'),
    ("show-nonprinting", b'v'),
];

/// `cat`; its decorations are of GNU.
pub(super) fn cat(arguments: &[Vec<u8>], input: &Input<'_>) -> Option<Vec<u8>> {
    let options = Options::parse(arguments, "uAbeEnstTv", LONG)?;
    let text = input.all(&options.operands)?;
    if options.flags.iter().all(|(flag, _)| *flag == b'u') {
        return Some(text.into_owned());
    }
    let any = |letters: &[u8]| letters.iter().any(|letter| options.has(*letter));
    let (ends, tabs, visible) = (any(b"AeE"), any(b"AtT"), any(b"Aetv"));
    // How a carriage return in front of the end is shown differs between versions.
    if ends && text.windows(2).any(|pair| pair == b"\r\n") {
        return None;
    }
    let mut out = Vec::with_capacity(text.len() * 2);
    let (mut number, mut blank_before) = (0, false);
    for line in lines(&text) {
        let (body, newline) = chomp(line);
        let blank = body.is_empty();
        if options.has(b's') && blank && blank_before {
            continue;
        }
        blank_before = blank;
        if if options.has(b'b') { !blank } else { options.has(b'n') } {
            number += 1;
            out.extend_from_slice(format!("{number:6}\t").as_bytes());
        }
        for byte in body {
            match byte {
                b'\t' if tabs => out.extend_from_slice(b"^I"),
                b'\t' => out.push(b'\t'),
                _ if visible => show(*byte, &mut out),
                _ => out.push(*byte),
            }
        }
        if newline {
            out.extend_from_slice(if ends { b"$\n" } else { b"\n" });
        }
        if out.len() > LIMIT {
            return None;
        }
    }
    Some(out)
}

/// A byte as `cat -v` shows it.
fn show(byte: u8, out: &mut Vec<u8>) {
    if byte >= 0x80 {
        out.extend_from_slice(b"M-");
    }
    match byte & 0x7f {
        0x7f => out.extend_from_slice(b"^?"),
        control @ 0..0x20 => out.extend_from_slice(&[b'^', control + b'@']),
        plain => out.push(plain),
    }
}

/// `tee`: its standard output is its standard input, unless a file is standard output again.
pub(super) fn tee(arguments: &[Vec<u8>], input: &Input<'_>) -> Option<Vec<u8>> {
    let long = [("append", b'a'), ("ignore-interrupts", b'i')];
    let options = Options::parse(arguments, "ai", &long)?;
    let is_plain = |path: &&[u8]| {
        matches!(*path, b"/dev/null" | b"/dev/stderr" | b"/dev/tty")
            || !(path.starts_with(b"/dev/") || path.starts_with(b"/proc/"))
    };
    if !options.operands.iter().all(is_plain) {
        return None;
    }
    Some(input.read(b"-")?.into_owned())
}
