//! Tools that compute with numbers: `factor` and `numfmt`.

use super::input::{Input, chomp, lines};
use super::options::{Options, number};

/// `factor` of small numbers.
pub(super) fn factor(arguments: &[Vec<u8>], input: &Input<'_>) -> Option<Vec<u8>> {
    let options = Options::parse(arguments, "", &[])?;
    let text = if options.operands.is_empty() { input.read(b"-")?.into_owned() } else { Vec::new() };
    let mut numbers = options.operands;
    let blank = |byte: &u8| matches!(byte, b' ' | b'\t' | b'\n');
    numbers.extend(text.split(blank).filter(|word| !word.is_empty()));
    let mut out = String::new();
    for written in numbers.iter().take(1000) {
        let mut rest = number(written)?;
        out.push_str(&format!("{rest}:"));
        let mut divisor = 2;
        while divisor * divisor <= rest {
            while rest.is_multiple_of(divisor) {
                out.push_str(&format!(" {divisor}"));
                rest /= divisor;
            }
            divisor += 1;
        }
        if rest > 1 {
            out.push_str(&format!(" {rest}"));
        }
        out.push('\n');
    }
    (numbers.len() <= 1000).then(|| out.into_bytes())
}

/// `numfmt` of whole numbers that are written as they are, perhaps filled up.
pub(super) fn numfmt(arguments: &[Vec<u8>], input: &Input<'_>) -> Option<Vec<u8>> {
    let options = Options::parse(arguments, "p:", &[("padding", b'p')])?;
    if options.has(b'p') && !arguments.iter().any(|word| word.starts_with(b"--padding")) {
        return None;
    }
    let padding = options.value(b'p').unwrap_or(b"0");
    let (left, width) = match padding.strip_prefix(b"-") {
        Some(width) => (true, number(width)?),
        None => (false, number(padding)?),
    };
    let text = if options.operands.is_empty() { input.read(b"-")?.into_owned() } else { Vec::new() };
    let mut numbers = options.operands;
    if !text.is_empty() && !text.ends_with(b"\n") {
        return None;
    }
    numbers.extend(lines(&text).map(|line| chomp(line).0));
    let mut out = String::new();
    for written in numbers {
        let value = number(written)?;
        if width > 1000 || value.to_string().as_bytes() != written {
            return None;
        }
        out.push_str(&if left { format!("{value:<width$}\n") } else { format!("{value:width$}\n") });
    }
    Some(out.into_bytes())
}
