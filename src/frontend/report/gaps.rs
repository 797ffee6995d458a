//! What could not be seen, in the report.

use super::super::document::{Judgement, Reading, ReadingStatus};
use super::super::printable::start_of;
use super::paragraph;
use crate::Span;
use std::io::{self, Write};

/// How many gaps are listed.
const MAX_GAPS: usize = 5;

/// How much of a gap's text is shown.
const MAX_TEXT: usize = 40;

/// Lists the gaps with the text that they are about.
pub(super) fn write(
    out: &mut dyn Write,
    source: &[u8],
    judgement: &Judgement,
    width: usize,
) -> io::Result<()> {
    let gaps = &judgement.gaps;
    for gap in gaps.iter().take(MAX_GAPS) {
        let text = start_of(Span { start: gap.span.start, end: gap.span.end }.of(source), MAX_TEXT);
        let at = if text.is_empty() { String::new() } else { format!(" · {text}") };
        let line = line(source, gap.span.start as usize);
        paragraph::field(out, "unseen", &format!("{line}{}{at}", gap.cause), width)?;
    }
    if let Some(more) = gaps.len().checked_sub(MAX_GAPS).filter(|more| *more > 0) {
        paragraph::field(out, "", &format!("and {more} more"), width)?;
    }
    if gaps.is_empty() { Ok(()) } else { writeln!(out) }
}

/// Where it is, in a source of several lines: `line 3: `.
fn line(source: &[u8], at: usize) -> String {
    let newlines = |bytes: &[u8]| bytes.iter().filter(|byte| **byte == b'\n').count();
    match newlines(source.trim_ascii_end()) {
        0 => String::new(),
        _ => format!("line {}: ", newlines(source.get(..at).unwrap_or(source)) + 1),
    }
}

/// Says so where the text could not be read as bash, or can be read in two ways.
pub(super) fn write_reading(out: &mut dyn Write, reading: &Reading, width: usize) -> io::Result<()> {
    let detail = reading.detail.as_deref().unwrap_or_default();
    let text = match reading.status {
        ReadingStatus::Plain | ReadingStatus::Certain | ReadingStatus::Settled => return Ok(()),
        ReadingStatus::Disputed => format!(
            "argvet's two parsers read this differently ({detail}); both readings were judged, and the stricter \
             verdict stands. Please report the command."
        ),
        ReadingStatus::Unread => {
            "bash runs the complete lines before a place that it cannot read; they, and what \
                                  can be made out of the rest, are judged"
                .to_owned()
        }
    };
    paragraph::field(out, "reading", &text, width)?;
    writeln!(out)
}
