//! The command in the report, with the words that matter underlined. Of a long script only the lines that matter
//! are shown, with their numbers; of a long line only the rows that matter.

use super::super::document::{Decision, Judgement, Range};
use super::super::printable::{Glyph, glyphs};
use super::paragraph::MARGIN;
use super::style;
use anstyle::Style;
use std::io::{self, Write};

/// Lines that are shown of a script.
const MAX_LINES: usize = 8;

/// Lines that are shown if none of them matters more than the others.
const MAX_PLAIN_LINES: usize = 3;

/// Rows of the terminal that a line may take before rows without a mark are left out.
const MAX_ROWS: usize = 3;

/// Bytes of a line that are laid out; what lies behind is data of some kind.
const MAX_LINE: usize = 1 << 16;

/// A part of the source to be underlined.
struct Mark {
    range: Range,
    style: Style,
}

/// A line of the source.
struct Line<'a> {
    number: usize,
    start: usize,
    bytes: &'a [u8],
}

/// Writes the command or the lines of it that matter.
pub(super) fn write(
    out: &mut dyn Write,
    source: &[u8],
    judgement: &Judgement,
    width: usize,
) -> io::Result<()> {
    if source.trim_ascii().is_empty() {
        return Ok(());
    }
    let marks = marks(judgement, source);
    let lines = lines(source);
    let numbered = lines.len() > 1;
    let marked: Vec<&Line<'_>> =
        lines.iter().filter(|line| marks.iter().any(|mark| touches(mark, line))).collect();
    let shown: Vec<&Line<'_>> = match marked.is_empty() {
        true => lines.iter().take(MAX_PLAIN_LINES).collect(),
        false => marked.iter().copied().take(MAX_LINES).collect(),
    };
    let gutter = if numbered { lines.len().to_string().len() + 3 } else { 0 };
    for line in &shown {
        write_line(out, line, &marks, numbered, gutter, width)?;
    }
    let (total, what) = match marked.is_empty() {
        true => (lines.len(), "lines"),
        false => (marked.len(), "such lines"),
    };
    if let Some(more) = total.checked_sub(shown.len()).filter(|more| *more > 0) {
        let dim = style::DIM;
        writeln!(out, "{MARGIN}{:gutter$}{dim}… {more} more {what}{dim:#}", "")?;
    }
    writeln!(out)
}

/// The marks of findings and gaps, the strictest first: where two overlap, it wins.
fn marks(judgement: &Judgement, source: &[u8]) -> Vec<Mark> {
    let found = judgement.findings.iter().flat_map(|finding| {
        finding.spans.iter().map(|range| Mark { range: *range, style: style::mark(finding.decision) })
    });
    let unseen = judgement.gaps.iter().map(|gap| Mark { range: gap.span, style: style::UNKNOWN });
    let ask = judgement.verdict >= Decision::Ask;
    found
        .chain(unseen.filter(|_| ask))
        .map(|mark| Mark { range: first_line(mark.range, source), ..mark })
        .collect()
}

/// A range cut at the end of its first line: underlining a whole here-document shows nothing.
fn first_line(range: Range, source: &[u8]) -> Range {
    let text = source.get(range.start as usize..range.end as usize).unwrap_or_default();
    match text.iter().position(|byte| *byte == b'\n') {
        Some(length) => {
            Range { end: range.start.saturating_add(u32::try_from(length).unwrap_or(u32::MAX)), ..range }
        }
        None => range,
    }
}

/// The lines of the source without blank ones at its end.
fn lines(source: &[u8]) -> Vec<Line<'_>> {
    let mut start = 0;
    let mut all = Vec::new();
    for (index, bytes) in source.trim_ascii_end().split(|byte| *byte == b'\n').enumerate() {
        all.push(Line { number: index + 1, start, bytes: bytes.get(..MAX_LINE).unwrap_or(bytes) });
        start += bytes.len() + 1;
    }
    all
}

fn touches(mark: &Mark, line: &Line<'_>) -> bool {
    let (start, end) = (mark.range.start as usize, mark.range.end as usize);
    start < end && start < line.start + line.bytes.len() && end > line.start
}

fn write_line(
    out: &mut dyn Write,
    line: &Line<'_>,
    marks: &[Mark],
    numbered: bool,
    gutter: usize,
    width: usize,
) -> io::Result<()> {
    let marks: Vec<&Mark> = marks.iter().filter(|mark| touches(mark, line)).collect();
    let glyphs = glyphs(line.bytes, line.start);
    let rows = rows(&glyphs, width.saturating_sub(MARGIN.len() + gutter));
    let is_marked = |row: &&[Glyph]| row.iter().any(|glyph| style_at(&marks, glyph).is_some());
    let dim = style::DIM;
    let mut omitted = false;
    for (index, row) in rows.iter().enumerate() {
        let marked = is_marked(row);
        if index > 0 && rows.len() > MAX_ROWS && !marked {
            omitted = true;
            continue;
        }
        if std::mem::take(&mut omitted) {
            writeln!(out, "{MARGIN}{:gutter$}{dim}…{dim:#}", "")?;
        }
        let number = if numbered && index == 0 { format!("{} │ ", line.number) } else { String::new() };
        write!(out, "{MARGIN}{dim}{number:>gutter$}{dim:#}")?;
        write_text(out, row, &marks)?;
        if marked {
            write!(out, "{MARGIN}{:gutter$}", "")?;
            write_underline(out, row, &marks)?;
        }
    }
    if omitted {
        writeln!(out, "{MARGIN}{:gutter$}{dim}…{dim:#}", "")?;
    }
    Ok(())
}

/// The glyphs of a line in rows of at most `width` columns.
fn rows(glyphs: &[Glyph], width: usize) -> Vec<&[Glyph]> {
    let mut rows = Vec::new();
    let mut rest = glyphs;
    loop {
        let mut used = 0;
        let fitting = rest.iter().take_while(|glyph| {
            used += glyph.width;
            used <= width
        });
        let count = fitting.count().max(1);
        let (row, tail) = rest.split_at_checked(count).unwrap_or((rest, &[]));
        rows.push(row);
        if tail.is_empty() {
            return rows;
        }
        rest = tail;
    }
}

fn style_at(marks: &[&Mark], glyph: &Glyph) -> Option<Style> {
    let inside =
        |mark: &&&Mark| (mark.range.start as usize) < glyph.end && glyph.start < mark.range.end as usize;
    marks.iter().find(inside).map(|mark| mark.style)
}

fn write_text(out: &mut dyn Write, row: &[Glyph], marks: &[&Mark]) -> io::Result<()> {
    for run in row.chunk_by(|a, b| style_at(marks, a) == style_at(marks, b)) {
        let style = run.first().and_then(|glyph| style_at(marks, glyph)).map_or(Style::new(), Style::bold);
        write!(out, "{style}")?;
        run.iter().try_for_each(|glyph| out.write_all(glyph.text.as_bytes()))?;
        write!(out, "{style:#}")?;
    }
    writeln!(out)
}

fn write_underline(out: &mut dyn Write, row: &[Glyph], marks: &[&Mark]) -> io::Result<()> {
    let last = row.iter().rposition(|glyph| style_at(marks, glyph).is_some()).map_or(0, |index| index + 1);
    for run in row.get(..last).unwrap_or(row).chunk_by(|a, b| style_at(marks, a) == style_at(marks, b)) {
        let columns: usize = run.iter().map(|glyph| glyph.width).sum();
        match run.first().and_then(|glyph| style_at(marks, glyph)) {
            Some(style) => write!(out, "{style}{}{style:#}", "^".repeat(columns))?,
            None => write!(out, "{:columns$}", "")?,
        }
    }
    writeln!(out)
}
