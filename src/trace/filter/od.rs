//! `od` and `hexdump` of single bytes.

use super::input::Input;
use super::options::{Options, number};

/// How a byte is shown.
type Show = fn(u8) -> String;

/// `od -An` with one type of one byte.
pub(super) fn od(arguments: &[Vec<u8>], input: &Input<'_>) -> Option<Vec<u8>> {
    let long = [
        ("address-radix", b'A'),
        ("format", b't'),
        ("output-duplicates", b'v'),
        ("read-bytes", b'N'),
        ("width", b'w'),
    ];
    // `-w` alone is another width.
    if arguments.iter().any(|word| matches!(word.as_slice(), b"-w" | b"--width")) {
        return None;
    }
    let options = Options::parse(arguments, "A:t:vN:cbw:", &long)?;
    let width = options.value(b'w').map_or(Some(16), number).filter(|width| (1..=4096).contains(width))?;
    if options.value(b'A')? != b"n" {
        return None;
    }
    let types: Vec<&[u8]> = options
        .flags
        .iter()
        .filter_map(|(flag, value)| match flag {
            b't' => *value,
            b'c' => Some(b"c".as_slice()),
            b'b' => Some(b"o1".as_slice()),
            _ => None,
        })
        .collect();
    let show: Show = match types.as_slice() {
        [b"x1"] => |byte| format!(" {byte:02x}"),
        [b"o1"] => |byte| format!(" {byte:03o}"),
        [b"u1"] => |byte| format!(" {byte:3}"),
        [b"d1"] => |byte| format!(" {:4}", byte.cast_signed()),
        [b"c"] => |byte| format!(" {:>3}", character(byte)),
        _ => return None,
    };
    let text = input.all(&options.operands)?;
    let length = match options.value(b'N') {
        Some(count) => number(count)?.min(text.len()),
        None => text.len(),
    };
    let rows: Vec<&[u8]> = text.get(..length)?.chunks(width).collect();
    // A row that repeats the one before is written as `*`.
    if !options.has(b'v') && rows.windows(2).any(|pair| matches!(pair, [first, second] if first == second)) {
        return None;
    }
    let mut out = String::new();
    for row in rows {
        out.extend(row.iter().map(|byte| show(*byte)));
        out.push('\n');
    }
    Some(out.into_bytes())
}

/// A byte as `od -c` shows it.
fn character(byte: u8) -> String {
    match byte {
        0 => "\\0".to_owned(),
        0x07 => "\\a".to_owned(),
        0x08 => "\\b".to_owned(),
        b'\t' => "\\t".to_owned(),
        b'\n' => "\\n".to_owned(),
        0x0b => "\\v".to_owned(),
        0x0c => "\\f".to_owned(),
        b'\r' => "\\r".to_owned(),
        b' '..=b'~' => char::from(byte).to_string(),
        _ => format!("{byte:03o}"),
    }
}

/// `hexdump -ve '1/1 "%02x"'`, a conversion of each byte, and `hexdump -C`.
pub(super) fn hexdump(arguments: &[Vec<u8>], input: &Input<'_>) -> Option<Vec<u8>> {
    let options = Options::parse(arguments, "ve:C", &[])?;
    if options.has(b'C') {
        let text = input.all(&options.operands).filter(|_| !options.has(b'e'))?;
        return canonical(&text, options.has(b'v'));
    }
    if !options.has(b'v') || options.flags.iter().filter(|(flag, _)| *flag == b'e').count() != 1 {
        return None;
    }
    let format = options.value(b'e')?;
    let format = match format.strip_prefix(b"1").unwrap_or(format).strip_prefix(b"/1") {
        Some(format) => format.trim_ascii_start(),
        // `%_p` is of one byte by itself.
        None if format == b"\"%_p\"" => format,
        None => return None,
    };
    let show: Show = match format {
        b"\"%02x\"" | b"\"%.2x\"" => |byte| format!("{byte:02x}"),
        b"\"%02X\"" | b"\"%.2X\"" => |byte| format!("{byte:02X}"),
        b"\"%02x \"" => |byte| format!("{byte:02x} "),
        b"\"\\\\x%02x\"" => |byte| format!("\\x{byte:02x}"),
        b"\"%03o\"" => |byte| format!("{byte:03o}"),
        b"\"%d \"" | b"\"%u \"" => |byte| format!("{byte} "),
        b"\"%_p\"" => |byte| char::from(printable(byte)).to_string(),
        _ => return None,
    };
    let text = input.all(&options.operands)?;
    // The sign of a byte.
    if format == b"\"%d \"" && !text.is_ascii() {
        return None;
    }
    Some(text.iter().map(|byte| show(*byte)).collect::<String>().into_bytes())
}

/// What dumps show of a byte.
pub(super) fn printable(byte: u8) -> u8 {
    if matches!(byte, b' '..=b'~') { byte } else { b'.' }
}

/// The dump of `hexdump -C`.
fn canonical(text: &[u8], all: bool) -> Option<Vec<u8>> {
    let rows: Vec<&[u8]> = text.chunks(16).collect();
    if !all && rows.windows(2).any(|pair| matches!(pair, [first, second] if first == second)) {
        return None;
    }
    let mut out = String::new();
    for (row, at) in rows.iter().zip((0..).step_by(16)) {
        out.push_str(&format!("{at:08x} "));
        for column in 0..16 {
            let gap = if column % 8 == 0 { " " } else { "" };
            out.push_str(&row.get(column).map_or(format!("{gap}   "), |byte| format!("{gap}{byte:02x} ")));
        }
        out.push_str(" |");
        out.extend(row.iter().map(|byte| char::from(printable(*byte))));
        out.push_str("|\n");
    }
    if !text.is_empty() {
        out.push_str(&format!("{:08x}\n", text.len()));
    }
    Some(out.into_bytes())
}
