//! `cut`: bytes, characters or fields of each line.

use super::input::{Input, chomp, lines};
use super::options::{Options, number};

const LONG: &[(&str, u8)] = &[
    ("bytes", b'b'),
    ("characters", b'c'),
    ("fields", b'f'),
    ("delimiter", b'd'),
    ("only-delimited", b's'),
    ("complement", b'C'),
    ("output-delimiter", b'O'),
];

/// The positions to print: inclusive ranges, counted from one, sorted.
struct Selection {
    ranges: Vec<(usize, usize)>,
    complement: bool,
}

/// `cut`.
pub(super) fn cut(arguments: &[Vec<u8>], input: &Input<'_>) -> Option<Vec<u8>> {
    if arguments
        .iter()
        .any(|argument| matches!(argument.as_slice(), [b'-', letter, ..] if b"CO".contains(letter)))
    {
        return None;
    }
    let options = Options::parse(arguments, "b:c:f:d:snCO:", LONG)?;
    let lists: Vec<_> = options.flags.iter().filter(|(flag, _)| b"bcf".contains(flag)).collect();
    let [(kind, Some(list))] = lists.as_slice() else { return None };
    let selection = Selection { ranges: ranges(list)?, complement: options.has(b'C') };
    let text = input.all(&options.operands)?;
    let mut out = Vec::with_capacity(text.len());
    if *kind != b'f' {
        // GNU cut counts bytes for `-c` too, others count characters.
        let locale_matters = *kind == b'c' && !text.is_ascii();
        if options.has(b'd') || options.has(b's') || options.has(b'O') || locale_matters {
            return None;
        }
        for line in lines(&text) {
            let chosen = chomp(line).0.iter().zip(1..).filter(|(_, at)| selection.contains(*at));
            out.extend(chosen.map(|(byte, _)| *byte));
            out.push(b'\n');
        }
        return Some(out);
    }
    let delimiter = match options.value(b'd') {
        None => b'\t',
        Some([delimiter]) if *delimiter != b'\n' => *delimiter,
        Some(_) => return None,
    };
    let between = options.value(b'O').unwrap_or(std::slice::from_ref(&delimiter));
    for line in lines(&text) {
        let (body, _) = chomp(line);
        if !body.contains(&delimiter) {
            if !options.has(b's') {
                out.extend_from_slice(body);
                out.push(b'\n');
            }
            continue;
        }
        let fields = body.split(|byte| *byte == delimiter).zip(1..);
        let chosen: Vec<&[u8]> =
            fields.filter(|(_, at)| selection.contains(*at)).map(|(field, _)| field).collect();
        out.extend(chosen.join(between));
        out.push(b'\n');
        if out.len() > super::LIMIT {
            return None;
        }
    }
    Some(out)
}

impl Selection {
    fn contains(&self, at: usize) -> bool {
        let before = self.ranges.partition_point(|(start, _)| *start <= at);
        let chosen =
            before.checked_sub(1).and_then(|last| self.ranges.get(last)).is_some_and(|(_, end)| at <= *end);
        chosen != self.complement
    }
}

/// `1,3-5,7-` as sorted ranges that do not overlap.
fn ranges(list: &[u8]) -> Option<Vec<(usize, usize)>> {
    let mut ranges = Vec::new();
    for part in list.split(|byte| *byte == b',') {
        let range = match part.iter().position(|byte| *byte == b'-') {
            None => (number(part)?, number(part)?),
            Some(dash) => {
                let (start, end) = (part.get(..dash)?, part.get(dash + 1..)?);
                if start.is_empty() && end.is_empty() {
                    return None;
                }
                let start = if start.is_empty() { 1 } else { number(start)? };
                (start, if end.is_empty() { usize::MAX } else { number(end)? })
            }
        };
        if range.0 == 0 || range.0 > range.1 {
            return None;
        }
        ranges.push(range);
    }
    ranges.sort_unstable();
    let mut merged: Vec<(usize, usize)> = Vec::new();
    for (start, end) in ranges {
        match merged.last_mut() {
            Some((_, last)) if start <= *last => *last = end.max(*last),
            _ => merged.push((start, end)),
        }
    }
    Some(merged)
}
