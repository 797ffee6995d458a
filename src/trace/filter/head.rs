//! `head` and `tail` of one input.

use super::input::{Input, lines};
use super::options::{Options, number};

/// `head -n N`, `-n -N`, `-c N`, `-c -N`, and the old `-N`.
pub(super) fn head(arguments: &[Vec<u8>], input: &Input<'_>) -> Option<Vec<u8>> {
    let (by_bytes, count, text) = read(arguments, input)?;
    let (count, from_end) = match count.strip_prefix(b"-") {
        Some(rest) => (number(rest)?, true),
        None => (number(&count)?, false),
    };
    let end = if by_bytes {
        if from_end { text.len().saturating_sub(count) } else { count.min(text.len()) }
    } else {
        let total = lines(&text).count();
        let keep = if from_end { total.saturating_sub(count) } else { count };
        lines(&text).take(keep).map(<[u8]>::len).sum()
    };
    Some(text.get(..end)?.to_vec())
}

/// `tail -n N`, `-n +N`, `-c N`, `-c +N`, and the old `-N`.
pub(super) fn tail(arguments: &[Vec<u8>], input: &Input<'_>) -> Option<Vec<u8>> {
    let (by_bytes, count, text) = read(arguments, input)?;
    let (count, from_start) = match count.strip_prefix(b"+") {
        Some(rest) => (number(rest)?, true),
        None => (number(count.strip_prefix(b"-").unwrap_or(&count))?, false),
    };
    let total = if by_bytes { text.len() } else { lines(&text).count() };
    let skip = if from_start { count.saturating_sub(1) } else { total.saturating_sub(count) };
    let start = if by_bytes { skip.min(text.len()) } else { lines(&text).take(skip).map(<[u8]>::len).sum() };
    Some(text.get(start..)?.to_vec())
}

/// Whether bytes are counted, the count as written, and the text. Several operands print headers: not modelled.
fn read(arguments: &[Vec<u8>], input: &Input<'_>) -> Option<(bool, Vec<u8>, Vec<u8>)> {
    let rewritten: Vec<Vec<u8>>;
    let arguments = match arguments.split_first() {
        Some((first, rest)) if is_old_count(first) => {
            let spelled = [b"-n".as_slice(), first.get(1..)?].concat();
            rewritten = std::iter::once(spelled).chain(rest.iter().cloned()).collect();
            rewritten.as_slice()
        }
        _ => arguments,
    };
    let long = [("lines", b'n'), ("bytes", b'c'), ("quiet", b'q'), ("silent", b'q')];
    let options = Options::parse(arguments, "n:c:q", &long)?;
    let text = match options.operands.as_slice() {
        [] => input.read(b"-")?,
        [path] => input.read(path)?,
        _ => return None,
    };
    let counts: Vec<_> = options.flags.iter().filter(|(flag, _)| *flag != b'q').collect();
    let (by_bytes, count) = match counts.as_slice() {
        [] => (false, b"10".to_vec()),
        [(flag, Some(count))] => (*flag == b'c', count.to_vec()),
        _ => return None,
    };
    Some((by_bytes, count, text.into_owned()))
}

/// `-5`, the old spelling of `-n 5`.
fn is_old_count(argument: &[u8]) -> bool {
    matches!(argument, [b'-', digits @ ..] if !digits.is_empty() && digits.iter().all(u8::is_ascii_digit))
}
