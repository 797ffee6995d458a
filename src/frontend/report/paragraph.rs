//! Prose in the report: a badge, labelled paragraphs, wrapping by columns.

use super::super::document::Decision;
use super::super::printable::{one_line, width as columns};
use super::style;
use std::io::{self, Write};

/// Columns before every line.
pub(in crate::frontend) const MARGIN: &str = "  ";

/// Columns of a label with its space.
const LABEL: usize = 10;

/// The verdict as a badge, with a sentence.
pub(super) fn badge(out: &mut dyn Write, decision: Decision, text: &str, width: usize) -> io::Result<()> {
    let (badge, bold) = (style::badge(decision), style::BOLD);
    let word = style::word(decision).to_uppercase();
    let used = MARGIN.len() + word.len() + 4;
    for (index, line) in wrap(&one_line(text.as_bytes()), width.saturating_sub(used)).into_iter().enumerate()
    {
        if index == 0 {
            writeln!(out, "{MARGIN}{badge} {word} {badge:#}  {bold}{line}{bold:#}")?;
        } else {
            writeln!(out, "{:used$}{bold}{line}{bold:#}", "")?;
        }
    }
    writeln!(out)
}

/// A label and its text, wrapped.
pub(in crate::frontend) fn field(
    out: &mut dyn Write,
    label: &str,
    text: &str,
    width: usize,
) -> io::Result<()> {
    let indent = MARGIN.len() + LABEL;
    let dim = style::DIM;
    for (index, line) in wrap(&one_line(text.as_bytes()), width.saturating_sub(indent)).iter().enumerate() {
        let label = if index == 0 { label } else { "" };
        writeln!(out, "{MARGIN}{dim}{label:LABEL$}{dim:#}{line}")?;
    }
    Ok(())
}

/// A label and lines that are not wrapped, because they are made to be copied.
pub(in crate::frontend) fn verbatim(out: &mut dyn Write, label: &str, lines: &[String]) -> io::Result<()> {
    let (dim, green) = (style::DIM, style::SUGGESTION);
    for (index, line) in lines.iter().enumerate() {
        let label = if index == 0 { label } else { "" };
        let line = one_line(line.as_bytes());
        writeln!(out, "{MARGIN}{dim}{label:LABEL$}{dim:#}{green}{line}{green:#}")?;
    }
    Ok(())
}

/// The lines of `text`, broken at blanks where possible, each at most `width` columns.
pub(super) fn wrap(text: &str, width: usize) -> Vec<String> {
    let width = width.max(8);
    let mut lines = Vec::new();
    let mut line = String::new();
    let mut used = 0;
    for word in text.split(' ') {
        let needed = columns(word);
        if used > 0 && used + 1 + needed > width {
            lines.push(std::mem::take(&mut line));
            used = 0;
        }
        if used > 0 {
            line.push(' ');
            used += 1;
        }
        for character in word.chars() {
            let needed = columns(character.encode_utf8(&mut [0; 4]));
            if used + needed > width {
                lines.push(std::mem::take(&mut line));
                used = 0;
            }
            line.push(character);
            used += needed;
        }
    }
    lines.push(line);
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wrapping_breaks_at_blanks_and_splits_only_what_does_not_fit() {
        assert_eq!(wrap("one two three", 8), ["one two", "three"]);
        assert_eq!(wrap("abcdefghijk", 8), ["abcdefgh", "ijk"]);
        assert_eq!(wrap("", 8), [""]);
    }
}
