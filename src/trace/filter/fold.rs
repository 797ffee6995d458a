//! `fold` and `paste`: lines made shorter or joined.

use super::LIMIT;
use super::input::{Input, chomp, lines};
use super::options::{Options, number};

/// `fold -w N` without tabs and the like, which move more than one column.
pub(super) fn fold(arguments: &[Vec<u8>], input: &Input<'_>) -> Option<Vec<u8>> {
    let options = Options::parse(arguments, "bw:", &[("bytes", b'b'), ("width", b'w')])?;
    let width = options.value(b'w').map_or(Some(80), number)?;
    let text = input.all(&options.operands)?;
    let simple = |byte: &u8| matches!(byte, b' '..=b'~' | b'\n');
    if width == 0 || !text.iter().all(simple) {
        return None;
    }
    let mut out = Vec::with_capacity(text.len());
    let mut column = 0;
    for &byte in text.iter() {
        if byte == b'\n' {
            column = 0;
        } else if column == width {
            out.push(b'\n');
            column = 1;
        } else {
            column += 1;
        }
        out.push(byte);
    }
    Some(out)
}

/// `paste -s` of one input, and `paste - -`, which puts lines of standard input side by side.
pub(super) fn paste(arguments: &[Vec<u8>], input: &Input<'_>) -> Option<Vec<u8>> {
    let options = Options::parse(arguments, "sd:", &[("serial", b's'), ("delimiters", b'd')])?;
    let delimiters = delimiters(options.value(b'd').unwrap_or(b"\t"))?;
    let columns = options.operands.len().max(1);
    let serial = options.has(b's');
    let text = match options.operands.as_slice() {
        [] => input.read(b"-")?,
        [only] => input.read(only)?,
        several if !serial && several.iter().all(|path| *path == b"-") => input.read(b"-")?,
        _ => return None,
    };
    let all: Vec<&[u8]> = lines(&text).map(|line| chomp(line).0).collect();
    let mut out = Vec::with_capacity(text.len() + 1);
    let per_row = if serial { all.len().max(1) } else { columns };
    for row in all.chunks(per_row) {
        let missing = if serial { 0 } else { columns - row.len() };
        let padded = row.iter().copied().chain(std::iter::repeat_n(b"".as_slice(), missing));
        let cells = padded.zip(std::iter::once(&None).chain(delimiters.iter().cycle()));
        for (cell, delimiter) in cells {
            out.extend(delimiter.iter());
            out.extend_from_slice(cell);
        }
        out.push(b'\n');
        if out.len() > LIMIT {
            return None;
        }
    }
    if serial && all.is_empty() {
        out.push(b'\n');
    }
    Some(out)
}

/// The delimiters in turn; `\0` and an empty list are none at all.
fn delimiters(list: &[u8]) -> Option<Vec<Option<u8>>> {
    let mut delimiters = Vec::new();
    let mut rest = list.iter();
    while let Some(&byte) = rest.next() {
        delimiters.push(match byte {
            b'\\' => match rest.next()? {
                b'0' => None,
                b'n' => Some(b'\n'),
                b't' => Some(b'\t'),
                b'\\' => Some(b'\\'),
                _ => return None,
            },
            _ if byte.is_ascii() => Some(byte),
            _ => return None,
        });
    }
    if delimiters.is_empty() {
        delimiters.push(None);
    }
    Some(delimiters)
}
