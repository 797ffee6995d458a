//! `rev` and `tac`.

use super::input::Input;
use super::options::Options;

/// `rev`: the characters of each line backwards. Bytes that are no UTF-8 depend on the locale.
pub(super) fn rev(arguments: &[Vec<u8>], input: &Input<'_>) -> Option<Vec<u8>> {
    let options = Options::parse(arguments, "", &[])?;
    let text = input.all(&options.operands)?;
    let text = std::str::from_utf8(&text).ok()?;
    if text.contains('\0') {
        return None;
    }
    let mut out = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        let body = line.strip_suffix('\n');
        out.extend(body.unwrap_or(line).chars().rev());
        if body.is_some() {
            out.push('\n');
        }
    }
    Some(out.into_bytes())
}

/// `tac`: the lines in reverse, or what another byte ends. A last line without newline is glued to the one before it,
/// as `tac` does.
pub(super) fn tac(arguments: &[Vec<u8>], input: &Input<'_>) -> Option<Vec<u8>> {
    let options = Options::parse(arguments, "s:", &[("separator", b's')])?;
    let separator = match options.value(b's') {
        None => b'\n',
        Some([separator]) => *separator,
        Some(_) => return None,
    };
    let contents = match options.operands.as_slice() {
        [] => vec![input.read(b"-")?],
        operands => input.each(operands)?,
    };
    let mut out = Vec::new();
    for content in contents {
        for record in content.split_inclusive(|byte| *byte == separator).rev() {
            out.extend_from_slice(record);
        }
    }
    Some(out)
}
