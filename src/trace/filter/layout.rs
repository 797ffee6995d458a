//! Tools that lay lines out: `nl`, `expand`, `unexpand`, `fmt`, `pr`, `column`.
//!
//! On a line that is laid out already they change little, which is what they are abused for.

use super::LIMIT;
use super::input::{Input, chomp, lines};
use super::options::{Options, number};

/// `nl`, without sections.
pub(super) fn nl(arguments: &[Vec<u8>], input: &Input<'_>) -> Option<Vec<u8>> {
    let long = [
        ("body-numbering", b'b'),
        ("number-width", b'w'),
        ("number-separator", b's'),
        ("starting-line-number", b'v'),
        ("line-increment", b'i'),
        ("number-format", b'n'),
    ];
    let options = Options::parse(arguments, "b:w:s:v:i:n:", &long)?;
    let all = match options.value(b'b') {
        None | Some(b"t") => false,
        Some(b"a") => true,
        Some(_) => return None,
    };
    let width = options.value(b'w').map_or(Some(6), number).filter(|width| (1..=100).contains(width))?;
    let separator = options.value(b's').unwrap_or(b"\t");
    let mut next = options.value(b'v').map_or(Some(1), number)?;
    let step = options.value(b'i').map_or(Some(1), number)?;
    let format = options.value(b'n').unwrap_or(b"rn");
    let text = input.all(&options.operands)?;
    let mut out = Vec::with_capacity(text.len() * 2);
    for line in lines(&text) {
        let line = chomp(line).0;
        // Such a line starts another section.
        if line.starts_with(b"\\:") {
            return None;
        }
        if all || !line.is_empty() {
            let shown = match format {
                b"rn" => format!("{next:width$}"),
                b"ln" => format!("{next:<width$}"),
                b"rz" => format!("{next:0width$}"),
                _ => return None,
            };
            out.extend_from_slice(shown.as_bytes());
            out.extend_from_slice(separator);
            next += step;
        } else {
            out.resize(out.len() + width + separator.len(), b' ');
        }
        out.extend_from_slice(line);
        out.push(b'\n');
        if out.len() > LIMIT {
            return None;
        }
    }
    Some(out)
}

/// `expand`: each tab as the blanks up to the next stop.
pub(super) fn expand(arguments: &[Vec<u8>], input: &Input<'_>) -> Option<Vec<u8>> {
    let options = Options::parse(arguments, "t:", &[("tabs", b't')])?;
    let every = options.value(b't').map_or(Some(8), number).filter(|every| (1..=100).contains(every))?;
    let text = input.all(&options.operands).filter(|text| is_plain(text, true))?;
    let mut out = Vec::with_capacity(text.len());
    let mut column = 0;
    for byte in text.iter() {
        match byte {
            b'\t' => {
                let blanks = every - column % every;
                out.resize(out.len() + blanks, b' ');
                column += blanks;
            }
            _ => {
                out.push(*byte);
                column = if *byte == b'\n' { 0 } else { column + 1 };
            }
        }
    }
    Some(out)
}

/// `unexpand` of the blanks at the start of lines; with `-a` only where there is nothing to change.
pub(super) fn unexpand(arguments: &[Vec<u8>], input: &Input<'_>) -> Option<Vec<u8>> {
    let options = Options::parse(arguments, "a", &[("all", b'a'), ("first-only", b'f')])?;
    let text = input.all(&options.operands).filter(|text| is_plain(text, false))?;
    if options.has(b'a') {
        let has_run = text.windows(2).any(|pair| pair == b"  ") || text.starts_with(b" ");
        return (!has_run).then(|| text.into_owned());
    }
    let mut out = Vec::with_capacity(text.len());
    for line in lines(&text) {
        let blanks = line.iter().take_while(|byte| **byte == b' ').count();
        out.resize(out.len() + blanks / 8, b'\t');
        out.resize(out.len() + blanks % 8, b' ');
        out.extend_from_slice(line.get(blanks..)?);
    }
    Some(out)
}

/// `fmt` of paragraphs that are one line, which stays as it is if it is not too long.
pub(super) fn fmt(arguments: &[Vec<u8>], input: &Input<'_>) -> Option<Vec<u8>> {
    let options = Options::parse(arguments, "w:s", &[("width", b'w'), ("split-only", b's')])?;
    let width = options.value(b'w').map_or(Some(75), number).filter(|width| (10..=2500).contains(width))?;
    let text = input.all(&options.operands).filter(|text| is_plain(text, false))?;
    let all: Vec<&[u8]> = lines(&text).map(|line| chomp(line).0).collect();
    let fits = |line: &[u8]| line.len() < width * 9 / 10 && !line.starts_with(b" ") && !line.ends_with(b" ");
    let apart = all.windows(2).all(|pair| pair.iter().any(|line| line.is_empty()));
    if !apart || !all.iter().all(|line| fits(line)) {
        return None;
    }
    Some(ended(&all))
}

/// `pr -t`: pages without heads are the lines.
pub(super) fn pr(arguments: &[Vec<u8>], input: &Input<'_>) -> Option<Vec<u8>> {
    let options = Options::parse(arguments, "tT", &[("omit-header", b't'), ("omit-pagination", b'T')])?;
    if options.flags.is_empty() || options.operands.len() > 1 {
        return None;
    }
    let text = input.all(&options.operands).filter(|text| is_plain(text, true))?;
    Some(ended(&lines(&text).map(|line| chomp(line).0).collect::<Vec<_>>()))
}

/// `column -t` of rows with as many cells each.
pub(super) fn column(arguments: &[Vec<u8>], input: &Input<'_>) -> Option<Vec<u8>> {
    let long = [("table", b't'), ("separator", b's'), ("output-separator", b'o')];
    let options = Options::parse(arguments, "ts:o:", &long)?;
    if !options.has(b't') {
        return None;
    }
    let text = input.all(&options.operands).filter(|text| is_plain(text, true))?;
    let between = options.value(b'o').filter(|between| between.is_ascii()).unwrap_or(b"  ");
    let blank = |byte: &u8| matches!(byte, b' ' | b'\t');
    let mut rows: Vec<Vec<&[u8]>> = Vec::new();
    for line in lines(&text).map(|line| chomp(line).0) {
        if line.iter().all(blank) {
            continue;
        }
        let row: Vec<&[u8]> = match options.value(b's') {
            None => line.split(blank).filter(|cell| !cell.is_empty()).collect(),
            Some([separator]) => line.split(|byte| byte == separator).collect(),
            Some(_) => return None,
        };
        // Empty cells are treated in different ways, and so are tabs and blanks at the ends of cells.
        let odd = |cell: &&[u8]| {
            cell.is_empty() || cell.contains(&b'\t') || cell.ends_with(b" ") || cell.starts_with(b" ")
        };
        if row.iter().any(odd) || rows.first().is_some_and(|first| first.len() != row.len()) {
            return None;
        }
        rows.push(row);
    }
    let mut out = Vec::with_capacity(text.len());
    for row in &rows {
        for (at, cell) in row.iter().enumerate() {
            out.extend_from_slice(cell);
            if at + 1 < row.len() {
                let widest = rows.iter().filter_map(|row| row.get(at)).map(|cell| cell.len()).max()?;
                out.resize(out.len() + widest - cell.len(), b' ');
                out.extend_from_slice(between);
            }
        }
        out.push(b'\n');
        if out.len() > LIMIT || rows.len() > 1000 {
            return None;
        }
    }
    Some(out)
}

/// Whether the text has only what takes one column, and newlines; and tabs, if they are known to be right.
fn is_plain(text: &[u8], tabs: bool) -> bool {
    text.iter().all(|byte| matches!(byte, b' '..=b'~' | b'\n') || tabs && *byte == b'\t')
}

/// The lines, each with its newline.
fn ended(lines: &[&[u8]]) -> Vec<u8> {
    lines.iter().flat_map(|line| line.iter().copied().chain([b'\n'])).collect()
}
