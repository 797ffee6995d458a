//! `sort`, `uniq` and `shuf`.

use super::input::{Input, chomp, lines};
use super::options::{Options, number};
use std::cmp::Ordering;

/// `sort` with `-n`, `-r`, `-u`, where the order is the same in every locale.
pub(super) fn sort(arguments: &[Vec<u8>], input: &Input<'_>) -> Option<Vec<u8>> {
    let long = [("numeric-sort", b'n'), ("reverse", b'r'), ("unique", b'u')];
    let options = Options::parse(arguments, "nruRVhMfbdgisk:t:S:", &long)?;
    if options.has(b'k') && options.flags.iter().all(|(flag, _)| b"nrkt".contains(flag)) {
        return by_key(&options, input);
    }
    if options.flags.iter().any(|(flag, _)| !b"nru".contains(flag)) {
        // One line is sorted in whatever order.
        let text = input.all(&options.operands).filter(|text| lines(text).count() < 2)?;
        let newline: &[u8] = if text.is_empty() || text.ends_with(b"\n") { b"" } else { b"\n" };
        return Some([&text, newline].concat());
    }
    let (numeric, reverse, unique) = (options.has(b'n'), options.has(b'r'), options.has(b'u'));
    if options.operands.len() > 1 {
        return None;
    }
    let text = input.all(&options.operands)?;
    let keyed: Option<Vec<(i64, &[u8])>> = lines(&text)
        .map(|line| {
            let line = chomp(line).0;
            Some((if numeric { leading_number(line)? } else { 0 }, line))
        })
        .collect();
    let mut keyed = keyed?;
    if numeric && unique {
        // Lines of equal numbers are equal: the first one stays.
        keyed.sort_by_key(|(key, _)| *key);
        keyed.dedup_by_key(|(key, _)| *key);
    } else {
        keyed.sort_unstable();
        if unique {
            keyed.dedup();
        }
        let same_everywhere = |pair: &[(i64, &[u8])]| match pair {
            [(key, line), (next_key, next)] => key != next_key || is_before_everywhere(line, next),
            _ => true,
        };
        if !keyed.windows(2).all(same_everywhere) {
            return None;
        }
    }
    if reverse {
        keyed.reverse();
    }
    Some(keyed.iter().flat_map(|(_, line)| line.iter().copied().chain([b'\n'])).collect())
}

/// A line with its number, or with the text of its key.
type Keyed<'a> = (i64, &'a [u8], &'a [u8]);

/// `sort -k 2`, `-k 2n`, `-k 2,2`: lines of different keys.
fn by_key(options: &Options<'_>, input: &Input<'_>) -> Option<Vec<u8>> {
    let text = input.all(&options.operands).filter(|_| options.operands.len() < 2)?;
    let ended = |all: Vec<&[u8]>| all.iter().flat_map(|line| line.iter().copied().chain([b'\n'])).collect();
    let all: Vec<&[u8]> = lines(&text).map(|line| chomp(line).0).collect();
    if all.len() < 2 {
        return Some(ended(all));
    }
    if options.flags.iter().filter(|(flag, _)| *flag == b'k').count() != 1 {
        return None;
    }
    let key = options.value(b'k')?;
    let letters = key.iter().rev().take_while(|byte| matches!(byte, b'n' | b'r')).count();
    let (fields, letters) = key.split_at_checked(key.len() - letters)?;
    let given = |letter: u8| letters.contains(&letter) || letters.is_empty() && options.has(letter);
    let (numeric, reverse) = (given(b'n'), given(b'r'));
    let (from, to) = match fields.iter().position(|byte| *byte == b',') {
        None => (number(fields)?, None),
        Some(comma) => (number(fields.get(..comma)?)?, Some(number(fields.get(comma + 1..)?)?)),
    };
    let separator = match options.value(b't') {
        Some([separator]) if separator.is_ascii() => Some(*separator),
        // The blanks in front of a field belong to it, which a number skips.
        None if numeric => None,
        _ => return None,
    };
    if from == 0 || to.is_some_and(|to| to < from) {
        return None;
    }
    let keyed: Option<Vec<Keyed<'_>>> = all
        .iter()
        .map(|line| {
            let key = key_of(line, separator, from, to);
            Some((if numeric { leading_number(key)? } else { 0 }, if numeric { b"" } else { key }, *line))
        })
        .collect();
    let mut keyed = keyed?;
    keyed.sort_unstable();
    let distinct = |pair: &[Keyed<'_>]| match pair {
        [(number, key, _), (next_number, next, _)] => {
            number != next_number || !numeric && key != next && is_before_everywhere(key, next)
        }
        _ => true,
    };
    if !keyed.windows(2).all(distinct) {
        return None;
    }
    if reverse {
        keyed.reverse();
    }
    Some(ended(keyed.into_iter().map(|(_, _, line)| line).collect()))
}

/// The fields of a line from one to another, or to its end.
fn key_of(line: &[u8], separator: Option<u8>, from: usize, to: Option<usize>) -> &[u8] {
    let is_blank = |byte: Option<&u8>| matches!(byte, Some(b' ' | b'\t'));
    let mut starts = vec![0];
    for (at, byte) in line.iter().enumerate() {
        match separator {
            Some(separator) if *byte == separator => starts.push(at + 1),
            None if at > 0 && is_blank(Some(byte)) && !is_blank(line.get(at - 1)) => starts.push(at),
            _ => {}
        }
    }
    let start = starts.get(from - 1).copied().unwrap_or(line.len());
    let separated = usize::from(separator.is_some());
    let end = to.and_then(|to| starts.get(to)).map_or(line.len(), |next| next - separated);
    line.get(start..end).unwrap_or_default()
}

/// The number that a line starts with; what follows it must not look like more of a number.
fn leading_number(line: &[u8]) -> Option<i64> {
    let line = std::str::from_utf8(line).ok()?.trim_start_matches([' ', '\t']);
    let (sign, digits) = line.strip_prefix('-').map_or((1, line), |digits| (-1, digits));
    let end = digits.find(|digit: char| !digit.is_ascii_digit()).unwrap_or(digits.len());
    let (digits, rest) = digits.split_at_checked(end)?;
    if rest.starts_with(['.', ',', '\'']) || digits.len() > 15 {
        return None;
    }
    if digits.is_empty() { Some(0) } else { Some(sign * digits.parse::<i64>().ok()?) }
}

/// Whether two lines in the order of their bytes have this order in every locale: they are equal, one starts
/// the other, or the first difference is between a digit or letter and a later one, case aside.
pub(super) fn is_before_everywhere(line: &[u8], next: &[u8]) -> bool {
    let difference = line.iter().zip(next).find(|(one, other)| one != other);
    difference.is_none_or(|(one, other)| {
        one.is_ascii_alphanumeric()
            && other.is_ascii_alphanumeric()
            && one.to_ascii_lowercase().cmp(&other.to_ascii_lowercase()) == Ordering::Less
    })
}

/// `uniq` with `-c`, `-d`, `-u`.
pub(super) fn uniq(arguments: &[Vec<u8>], input: &Input<'_>) -> Option<Vec<u8>> {
    let long = [("count", b'c'), ("repeated", b'd'), ("unique", b'u')];
    let options = Options::parse(arguments, "cdu", &long)?;
    if options.operands.len() > 1 || options.flags.len() > 1 {
        return None;
    }
    let text = input.all(&options.operands)?;
    let mut out = Vec::with_capacity(text.len());
    let all: Vec<&[u8]> = lines(&text).map(|line| chomp(line).0).collect();
    for run in all.chunk_by(|one, other| one == other) {
        let line = run.first()?;
        if (options.has(b'd') && run.len() == 1) || (options.has(b'u') && run.len() > 1) {
            continue;
        }
        if options.has(b'c') {
            out.extend_from_slice(format!("{:7} ", run.len()).as_bytes());
        }
        out.extend_from_slice(line);
        out.push(b'\n');
    }
    Some(out)
}

/// `shuf` of a single line.
pub(super) fn shuf(arguments: &[Vec<u8>], input: &Input<'_>) -> Option<Vec<u8>> {
    let long = [("echo", b'e'), ("head-count", b'n')];
    let options = Options::parse(arguments, "en:", &long)?;
    if options.value(b'n').map_or(Some(1), number)? == 0 {
        return None;
    }
    let text = match (options.has(b'e'), options.operands.as_slice()) {
        (true, [line]) => line.to_vec(),
        (true, _) => return None,
        (false, operands) => input.all(operands)?.into_owned(),
    };
    let line = chomp(&text).0;
    (!text.is_empty() && !line.contains(&b'\n')).then(|| [line, b"\n"].concat())
}
