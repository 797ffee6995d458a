//! Tools that put two sorted files side by side, and one that sorts by pairs: `comm`, `join`, `tsort`.

use super::input::{Input, chomp, lines};
use super::options::{Options, number};
use super::sort::is_before_everywhere;
use std::cmp::Ordering;
use std::collections::BTreeSet;

/// `comm`, where the order is the same in every locale.
pub(super) fn comm(arguments: &[Vec<u8>], input: &Input<'_>) -> Option<Vec<u8>> {
    let options = Options::parse(arguments, "123", &[])?;
    let contents = input.each(&options.operands)?;
    let [one, other] = contents.as_slice() else { return None };
    let (mut one, mut other) = (sorted(one)?, sorted(other)?);
    let shown = |column: u8| !options.has(column);
    let mut out = Vec::new();
    let mut print = |column: u8, line: &[u8]| {
        if shown(column) {
            let before = (b'1'..column).filter(|before| shown(*before)).count();
            out.resize(out.len() + before, b'\t');
            out.extend_from_slice(line);
            out.push(b'\n');
        }
    };
    loop {
        match (one.split_first(), other.split_first()) {
            (None, None) => return Some(out),
            (Some((first, rest)), None) => {
                print(b'1', first);
                one = rest.to_vec();
            }
            (None, Some((first, rest))) => {
                print(b'2', first);
                other = rest.to_vec();
            }
            (Some((left, ones)), Some((right, others))) => match order(left, right)? {
                Ordering::Less => {
                    print(b'1', left);
                    one = ones.to_vec();
                }
                Ordering::Greater => {
                    print(b'2', right);
                    other = others.to_vec();
                }
                Ordering::Equal => {
                    print(b'3', left);
                    (one, other) = (ones.to_vec(), others.to_vec());
                }
            },
        }
    }
}

/// `join` of files in which each key stands once.
pub(super) fn join(arguments: &[Vec<u8>], input: &Input<'_>) -> Option<Vec<u8>> {
    let options = Options::parse(arguments, "t:1:2:j:", &[])?;
    let separator = match options.value(b't') {
        None => None,
        Some([separator]) if separator.is_ascii() && *separator != b'\n' => Some(*separator),
        Some(_) => return None,
    };
    let contents = input.each(&options.operands)?;
    let [one, other] = contents.as_slice() else { return None };
    let field = |flag: u8| {
        let written = options.value(flag).or(options.value(b'j')).unwrap_or(b"1");
        number(written)?.checked_sub(1)
    };
    let (one, other) = (keyed(one, separator, field(b'1')?)?, keyed(other, separator, field(b'2')?)?);
    let mut out = Vec::new();
    for (key, rest) in &one {
        for (other_key, other_rest) in &other {
            if order(key, other_key)? == Ordering::Equal {
                let cells: Vec<&[u8]> = std::iter::once(key).chain(rest).chain(other_rest).copied().collect();
                out.extend(cells.join(&separator.unwrap_or(b' ')));
                out.push(b'\n');
            }
        }
    }
    Some(out)
}

/// `tsort`, where only one order is possible.
pub(super) fn tsort(arguments: &[Vec<u8>], input: &Input<'_>) -> Option<Vec<u8>> {
    let options = Options::parse(arguments, "", &[])?;
    let text = input.all(&options.operands)?;
    let blank = |byte: &u8| matches!(byte, b' ' | b'\t' | b'\n');
    let words: Vec<&[u8]> = text.split(blank).filter(|word| !word.is_empty()).collect();
    let (pairs, odd) = words.as_chunks::<2>();
    let mut left: BTreeSet<&[u8]> = words.iter().copied().collect();
    if !odd.is_empty() || left.len() > 200 || pairs.len() > 2000 {
        return None;
    }
    let mut out = Vec::new();
    while !left.is_empty() {
        let waits = |word: &[u8]| {
            pairs.iter().any(|[before, after]| *after == word && before != after && left.contains(before))
        };
        let free: Vec<&[u8]> = left.iter().copied().filter(|word| !waits(word)).collect();
        let [only] = free.as_slice() else { return None };
        out.extend_from_slice(only);
        out.push(b'\n');
        left.remove(only);
    }
    Some(out)
}

/// The lines, if each is behind the one before.
fn sorted(text: &[u8]) -> Option<Vec<&[u8]>> {
    let all: Vec<&[u8]> = lines(text).map(|line| chomp(line).0).collect();
    let rises = all.windows(2).all(|pair| matches!(pair, [one, next] if is_before_everywhere(one, next)));
    (rises && all.len() <= 1000).then_some(all)
}

/// The key of a line, and its other fields.
type Keyed<'a> = (&'a [u8], Vec<&'a [u8]>);

fn keyed(text: &[u8], separator: Option<u8>, field: usize) -> Option<Vec<Keyed<'_>>> {
    let blank = |byte: &u8| matches!(byte, b' ' | b'\t');
    let mut all: Vec<Keyed<'_>> = Vec::new();
    for line in lines(text).map(|line| chomp(line).0) {
        let mut fields: Vec<&[u8]> = match separator {
            None => line.split(blank).filter(|field| !field.is_empty()).collect(),
            Some(separator) => line.split(|byte| *byte == separator).collect(),
        };
        if field >= fields.len() || all.len() > 200 {
            return None;
        }
        let key = fields.remove(field);
        if all.last().is_some_and(|(before, _)| before == &key || !is_before_everywhere(before, key)) {
            return None;
        }
        all.push((key, fields));
    }
    Some(all)
}

/// The order of two lines, if it is the same in every locale.
fn order(one: &[u8], other: &[u8]) -> Option<Ordering> {
    if one == other {
        Some(Ordering::Equal)
    } else if is_before_everywhere(one, other) && !(one.starts_with(other)) {
        Some(Ordering::Less)
    } else if is_before_everywhere(other, one) && !(other.starts_with(one)) {
        Some(Ordering::Greater)
    } else {
        None
    }
}
