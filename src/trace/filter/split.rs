//! `split` and `csplit`: the files into which they divide text.

use super::input::{Input, lines};
use super::options::{Options, number};
use super::regex::{Meaning, Pattern, Syntax};

/// The most files; `split` gives later ones longer names.
const MAX_FILES: usize = 90;

type Files = Vec<(Vec<u8>, Vec<u8>)>;

/// `split [INPUT [PREFIX]]` by lines or bytes.
pub(super) fn split(arguments: &[Vec<u8>], input: &Input<'_>) -> Option<Files> {
    const LONG: &[(&str, u8)] =
        &[("lines", b'l'), ("bytes", b'b'), ("suffix-length", b'a'), ("additional-suffix", b'S')];
    let options = Options::parse(arguments, "l:b:a:dS:u", LONG)?;
    // `-S` is of the long option only.
    if arguments.iter().any(|argument| argument.starts_with(b"-S"))
        || (options.has(b'l') && options.has(b'b'))
    {
        return None;
    }
    let (source, prefix) = match options.operands.as_slice() {
        [] => (b"-".as_slice(), b"x".as_slice()),
        [source] => (*source, b"x".as_slice()),
        [source, prefix] => (*source, *prefix),
        _ => return None,
    };
    let text = input.read(source)?;
    let length = options.value(b'a').map_or(Some(2), number).filter(|length| (2..=9).contains(length))?;
    let lines: Vec<&[u8]> = lines(&text).collect();
    let pieces: Vec<Vec<u8>> = match options.value(b'b') {
        Some(size) => text.chunks(size_of(size)?).map(<[u8]>::to_vec).collect(),
        None => {
            let count = options.value(b'l').map_or(Some(1000), number).filter(|count| *count > 0)?;
            lines.chunks(count).map(<[&[u8]]>::concat).collect()
        }
    };
    let digits = if options.has(b'd') { 10 } else { 26 };
    let end = options.value(b'S').unwrap_or_default();
    let named = |(index, piece)| ([prefix, &suffix(index, length, digits), end].concat(), piece);
    (pieces.len() <= MAX_FILES).then(|| pieces.into_iter().enumerate().map(named).collect())
}

/// A number of bytes, as `5` or `1k`.
fn size_of(text: &[u8]) -> Option<usize> {
    let (digits, unit) = match text.split_last()? {
        (b'b', digits) => (digits, 512),
        (b'k' | b'K', digits) => (digits, 1 << 10),
        (b'm' | b'M', digits) => (digits, 1 << 20),
        _ => (text, 1),
    };
    number(digits)?.checked_mul(unit).filter(|size| *size > 0)
}

fn suffix(mut index: usize, length: usize, base: usize) -> Vec<u8> {
    let first = if base == 10 { b'0' } else { b'a' };
    let mut suffix = vec![first; length];
    for place in suffix.iter_mut().rev() {
        *place += u8::try_from(index % base).unwrap_or_default();
        index /= base;
    }
    suffix
}

/// `csplit FILE PATTERN...`: line numbers, and `/regex/` without an offset.
pub(super) fn csplit(arguments: &[Vec<u8>], input: &Input<'_>) -> Option<Files> {
    const LONG: &[(&str, u8)] = &[
        ("prefix", b'f'),
        ("digits", b'n'),
        ("keep-files", b'k'),
        ("quiet", b's'),
        ("silent", b's'),
        ("elide-empty-files", b'z'),
    ];
    let options = Options::parse(arguments, "f:n:ksqz", LONG)?;
    let (source, patterns) = options.operands.split_first()?;
    let text = input.read(source)?;
    let lines: Vec<&[u8]> = lines(&text).collect();
    let (mut from, mut pieces) = (0, Vec::new());
    // The line that matched is not looked at again.
    let mut behind = 0;
    for pattern in patterns {
        let to = match pattern {
            [b'/', regex @ .., b'/'] => {
                let regex = std::str::from_utf8(regex).ok()?;
                let syntax = Syntax { extended: false, escapes: true };
                let regex = Pattern::compile(regex, syntax, false, Meaning::Existence)?;
                let mut found = None;
                for (at, line) in lines.iter().enumerate().skip(from.max(behind)) {
                    let line = std::str::from_utf8(line.strip_suffix(b"\n").unwrap_or(line)).ok()?;
                    if regex.on(line)?.is_match(line) {
                        found = Some(at);
                        behind = at + 1;
                        break;
                    }
                }
                found?
            }
            line => number(line)?.checked_sub(1).filter(|line| (from..lines.len()).contains(line))?,
        };
        pieces.push(lines.get(from..to)?.concat());
        from = to;
    }
    pieces.push(lines.get(from..)?.concat());
    if options.has(b'z') {
        pieces.retain(|piece| !piece.is_empty());
    }
    let digits = options.value(b'n').map_or(Some(2), number).filter(|digits| (1..=9).contains(digits))?;
    let prefix = options.value(b'f').unwrap_or(b"xx");
    let named = |(index, piece)| ([prefix, format!("{index:0digits$}").as_bytes()].concat(), piece);
    (pieces.len() <= MAX_FILES).then(|| pieces.into_iter().enumerate().map(named).collect())
}
