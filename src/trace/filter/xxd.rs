//! `xxd`: dumps and their reverse.

use super::input::{Input, lines};
use super::od::printable;
use super::options::number;

/// What the options ask for.
#[derive(Default)]
struct Wanted {
    plain: bool,
    reverse: bool,
    upper: bool,
    columns: Option<usize>,
    length: Option<usize>,
}

/// `xxd`. Its options are words of their own: `-rp` is `-r` to it, so only the plain spellings are known.
pub(super) fn xxd(arguments: &[Vec<u8>], input: &Input<'_>) -> Option<Vec<u8>> {
    let mut wanted = Wanted::default();
    let mut file = None;
    let mut rest = arguments.iter();
    while let Some(argument) = rest.next() {
        match argument.as_slice() {
            b"-p" | b"-ps" | b"-plain" | b"-postscript" => wanted.plain = true,
            b"-r" | b"-revert" => wanted.reverse = true,
            b"-u" => wanted.upper = true,
            b"-c" | b"-cols" => wanted.columns = Some(number(rest.next()?)?),
            b"-l" | b"-len" => wanted.length = Some(number(rest.next()?)?),
            [b'-', b'c', digits @ ..] => wanted.columns = Some(number(digits)?),
            [b'-', b'l', digits @ ..] => wanted.length = Some(number(digits)?),
            [b'-', _, ..] => return None,
            path if file.is_none() => file = Some(path),
            _ => return None,
        }
    }
    let text = input.read(file.unwrap_or(b"-"))?;
    if !wanted.reverse {
        return if wanted.plain { dump(&text, &wanted) } else { columns(&text, &wanted) };
    }
    if wanted.columns.is_some() || wanted.length.is_some() || wanted.upper {
        return None;
    }
    if wanted.plain { bytes_of(&text) } else { read_dump(&text) }
}

/// Two digits per byte, 30 bytes per line.
fn dump(bytes: &[u8], wanted: &Wanted) -> Option<Vec<u8>> {
    let columns = wanted.columns.unwrap_or(30);
    if columns == 0 || columns > 256 {
        return None;
    }
    let length = wanted.length.unwrap_or(usize::MAX).min(bytes.len());
    let digits = |byte: &u8| if wanted.upper { format!("{byte:02X}") } else { format!("{byte:02x}") };
    let mut out = String::new();
    for line in bytes.get(..length)?.chunks(columns) {
        out.extend(line.iter().map(digits));
        out.push('\n');
    }
    Some(out.into_bytes())
}

/// A dump in columns: `00000000: 726d 202d  rm -`.
fn columns(bytes: &[u8], wanted: &Wanted) -> Option<Vec<u8>> {
    if wanted.columns.is_some() || wanted.upper {
        return None;
    }
    let length = wanted.length.unwrap_or(usize::MAX).min(bytes.len());
    let mut out = String::new();
    for (row, at) in bytes.get(..length)?.chunks(16).zip((0..).step_by(16)) {
        out.push_str(&format!("{at:08x}: "));
        for column in 0..16 {
            let gap = if column % 2 == 1 { " " } else { "" };
            out.push_str(&row.get(column).map_or(format!("  {gap}"), |byte| format!("{byte:02x}{gap}")));
        }
        out.push(' ');
        out.extend(row.iter().map(|byte| char::from(printable(*byte))));
        out.push('\n');
    }
    Some(out.into_bytes())
}

/// The bytes of pairs of digits. What xxd makes of anything else between them differs between versions.
fn bytes_of(text: &[u8]) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len() / 2);
    for word in text.split(|byte| matches!(byte, b' ' | b'\n' | b'\t')) {
        for pair in word.chunks(2) {
            let [high, low] = pair else { return None };
            let digit = |byte: u8| char::from(byte).to_digit(16);
            bytes.push(u8::try_from(digit(*high)? * 16 + digit(*low)?).ok()?);
        }
    }
    Some(bytes)
}

/// The bytes of a dump as xxd writes it: `00000000: 726d 202d  rm -`, without holes.
fn read_dump(text: &[u8]) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    for line in lines(text) {
        let line = line.strip_suffix(b"\n").unwrap_or(line);
        let colon = line.iter().position(|byte| *byte == b':')?;
        let (offset, rest) = line.split_at_checked(colon)?;
        let offset = usize::from_str_radix(std::str::from_utf8(offset).ok()?, 16).ok()?;
        let rest = rest.strip_prefix(b": ")?;
        let end = rest.windows(2).position(|pair| pair == b"  ").unwrap_or(rest.len());
        let row = bytes_of(rest.get(..end)?)?;
        if offset != bytes.len() || row.is_empty() || row.len() > 16 {
            return None;
        }
        bytes.extend(row);
    }
    Some(bytes)
}
