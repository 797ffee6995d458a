//! What could not be seen, in the report.

use super::super::document::{Judgement, Reading, ReadingStatus};
use super::super::printable::{clip, one_line};
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
        let text = one_line(Span { start: gap.span.start, end: gap.span.end }.of(source));
        let at = if text.is_empty() { String::new() } else { format!(" · {}", clip(&text, MAX_TEXT)) };
        paragraph::field(out, "unseen", &format!("{}{at}", gap.cause), width)?;
    }
    if let Some(more) = gaps.len().checked_sub(MAX_GAPS).filter(|more| *more > 0) {
        paragraph::field(out, "", &format!("and {more} more"), width)?;
    }
    if gaps.is_empty() { Ok(()) } else { writeln!(out) }
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
        ReadingStatus::Unread => format!(
            "this is not bash that argvet can read ({detail}). bash would run the complete lines before it; they and \
             what can still be made out are shown above."
        ),
    };
    paragraph::field(out, "reading", &text, width)?;
    writeln!(out)
}
