//! `wc` with one count of standard input.

use super::input::Input;
use super::options::Options;

/// The number alone; several counts are padded by the kind of input.
pub(super) fn wc(arguments: &[Vec<u8>], input: &Input<'_>) -> Option<Vec<u8>> {
    let long = [("lines", b'l'), ("words", b'w'), ("bytes", b'c'), ("chars", b'm')];
    let options = Options::parse(arguments, "lwcm", &long)?;
    let ([(count, _)], []) = (options.flags.as_slice(), options.operands.as_slice()) else { return None };
    let text = input.read(b"-")?;
    let number = match count {
        b'l' => text.iter().filter(|byte| **byte == b'\n').count(),
        b'c' => text.len(),
        _ if !text.iter().all(|byte| matches!(byte, b' '..=b'~' | b'\t'..=b'\r')) => return None,
        b'm' => text.len(),
        _ => text.split(|byte| matches!(byte, b' ' | b'\t'..=b'\r')).filter(|word| !word.is_empty()).count(),
    };
    Some(format!("{number}\n").into_bytes())
}
