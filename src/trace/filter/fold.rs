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

/// `paste`: the lines of files side by side, or those of each file in a row. Each `-` takes the next line of
/// standard input.
pub(super) fn paste(arguments: &[Vec<u8>], input: &Input<'_>) -> Option<Vec<u8>> {
    let options = Options::parse(arguments, "sd:", &[("serial", b's'), ("delimiters", b'd')])?;
    let delimiters = delimiters(options.value(b'd').unwrap_or(b"\t"))?;
    let operands = if options.operands.is_empty() { vec![b"-".as_slice()] } else { options.operands.clone() };
    let rows = if operands.len() > 1 && operands.iter().all(|path| *path == b"-") && !options.has(b's') {
        let text = input.read(b"-")?;
        let all: Vec<&[u8]> = lines(&text).map(|line| chomp(line).0).collect();
        let padded = |row: &[&[u8]]| {
            (0..operands.len()).map(|at| row.get(at).unwrap_or(&b"".as_slice()).to_vec()).collect()
        };
        all.chunks(operands.len()).map(padded).collect::<Vec<Vec<Vec<u8>>>>()
    } else {
        let contents = input.each(&operands)?;
        let files: Vec<Vec<&[u8]>> =
            contents.iter().map(|text| lines(text).map(|line| chomp(line).0).collect()).collect();
        if options.has(b's') {
            let owned = |lines: &Vec<&[u8]>| lines.iter().map(|line| line.to_vec()).collect();
            files.iter().map(owned).collect()
        } else {
            let longest = files.iter().map(Vec::len).max()?;
            if longest.saturating_mul(files.len()) > LIMIT {
                return None;
            }
            let cell = |file: &Vec<&[u8]>, at: usize| file.get(at).unwrap_or(&b"".as_slice()).to_vec();
            (0..longest).map(|at| files.iter().map(|file| cell(file, at)).collect()).collect()
        }
    };
    let mut out = Vec::new();
    for row in rows {
        for (cell, delimiter) in row.iter().zip(std::iter::once(&None).chain(delimiters.iter().cycle())) {
            out.extend(delimiter.iter());
            out.extend_from_slice(cell);
        }
        out.push(b'\n');
        if out.len() > LIMIT {
            return None;
        }
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
