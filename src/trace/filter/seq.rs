//! `seq` of whole numbers.

use super::LIMIT;
use super::options::Options;

/// `seq`, with `-s`, `-w` and the simplest formats.
pub(super) fn seq(arguments: &[Vec<u8>]) -> Option<Vec<u8>> {
    let mut marked = arguments.to_vec();
    let is_number = |argument: &Vec<u8>| {
        let digits = argument.strip_prefix(b"-").unwrap_or(argument);
        digits.first().is_some_and(u8::is_ascii_digit)
    };
    // A separator may be a number: `-s 0`.
    let takes_next = |argument: &Vec<u8>| argument == b"-s" || argument == b"-f";
    let is_first = |at: &usize| {
        arguments.get(*at).is_some_and(is_number)
            && at
                .checked_sub(1)
                .and_then(|before| arguments.get(before))
                .is_none_or(|before| !takes_next(before))
    };
    marked.insert((0..arguments.len()).find(is_first)?, b"--".to_vec());
    let long = [("separator", b's'), ("equal-width", b'w'), ("format", b'f')];
    let options = Options::parse(&marked, "s:wf:", &long)?;
    let numbers: Option<Vec<i64>> = options.operands.iter().map(|operand| whole(operand)).collect();
    let (first, step, last) = match numbers?.as_slice() {
        [last] => (1, 1, *last),
        [first, last] => (*first, 1, *last),
        [first, step, last] if *step != 0 => (*first, *step, *last),
        _ => return None,
    };
    let separator = options.value(b's').unwrap_or(b"\n");
    let format = Format::new(options.value(b'f'), options.has(b'w'), first, step, last)?;
    let mut out = Vec::new();
    let mut value = first;
    while if step > 0 { value <= last } else { value >= last } {
        if !out.is_empty() || value != first {
            out.extend_from_slice(separator);
        }
        format.write(value, &mut out);
        if out.len() > LIMIT {
            return None;
        }
        value = value.checked_add(step)?;
    }
    if value != first {
        out.push(b'\n');
    }
    Some(out)
}

/// How a number is written.
struct Format<'a> {
    before: &'a [u8],
    after: &'a [u8],
    /// The width to fill with zeros.
    width: usize,
}

impl<'a> Format<'a> {
    fn new(
        written: Option<&'a [u8]>,
        equal_width: bool,
        first: i64,
        step: i64,
        last: i64,
    ) -> Option<Format<'a>> {
        let Some(written) = written else {
            // The last number that is printed, not the limit, has its part in the width.
            let reached = last - (last - first) % step;
            let width = |value: i64| value.to_string().len();
            let width = if equal_width { width(first).max(width(reached)) } else { 0 };
            let exact = !equal_width || width == width.max(last.to_string().len());
            return exact.then_some(Format { before: b"", after: b"", width });
        };
        // `%g` has six digits.
        let small = |value: i64| value.unsigned_abs() < 100_000;
        let percent = written.iter().position(|byte| *byte == b'%')?;
        let (before, conversion) = written.split_at_checked(percent)?;
        let letter = conversion.iter().position(|byte| matches!(byte, b'g' | b'f'))?;
        let (width, after) = (conversion.get(1..letter)?, conversion.get(letter + 1..)?);
        // `%f` has six digits behind the point, unless none are wanted.
        let width = if conversion.get(letter) == Some(&b'f') { width.strip_suffix(b".0")? } else { width };
        let width = match width {
            [] => 0,
            [b'0', digit @ b'1'..=b'9'] => usize::from(digit - b'0'),
            _ => return None,
        };
        let usable = !equal_width && small(first) && small(last) && !after.contains(&b'%');
        usable.then_some(Format { before, after, width })
    }

    fn write(&self, value: i64, out: &mut Vec<u8>) {
        out.extend_from_slice(self.before);
        out.extend_from_slice(format!("{value:0width$}", width = self.width).as_bytes());
        out.extend_from_slice(self.after);
    }
}

/// A whole number as seq would print it again.
fn whole(text: &[u8]) -> Option<i64> {
    let digits = text.strip_prefix(b"-").unwrap_or(text);
    let plain =
        digits == b"0" && text == digits || matches!(digits, [b'1'..=b'9', rest @ ..] if rest.len() < 9);
    if !plain || !digits.iter().all(u8::is_ascii_digit) {
        return None;
    }
    std::str::from_utf8(text).ok()?.parse().ok()
}
