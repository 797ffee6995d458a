//! Bytes as they may be shown on a terminal: nothing that moves the cursor, changes colours, hides or reorders
//! text gets through. A command is written by whoever wants it to run, and the report is read by whoever decides.

use std::borrow::Cow;
use unicode_width::UnicodeWidthChar;

/// What is shown for one character of the source, or one byte that is no text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Glyph {
    /// The text to print.
    pub(crate) text: Cow<'static, str>,
    /// Columns that it takes.
    pub(crate) width: usize,
    /// Its first byte in the source.
    pub(crate) start: usize,
    /// One past its last byte.
    pub(crate) end: usize,
}

/// The glyphs of `bytes`, whose first byte stands at offset `base` of the source.
pub(crate) fn glyphs(bytes: &[u8], base: usize) -> Vec<Glyph> {
    let mut all = Vec::with_capacity(bytes.len());
    let mut at = base;
    for chunk in bytes.utf8_chunks() {
        for character in chunk.valid().chars() {
            let text = show(character);
            let width = text.chars().filter_map(UnicodeWidthChar::width).sum();
            all.push(Glyph { text, width, start: at, end: at + character.len_utf8() });
            at += character.len_utf8();
        }
        for byte in chunk.invalid() {
            all.push(Glyph { text: format!("\\x{byte:02x}").into(), width: 4, start: at, end: at + 1 });
            at += 1;
        }
    }
    all
}

/// `bytes` on one line, safe to print.
pub(crate) fn one_line(bytes: &[u8]) -> String {
    // Nearly every text is plain, and the hook has to answer soon.
    let plain = bytes.iter().take_while(|byte| matches!(byte, b' '..=b'~')).count();
    let (plain, rest) = bytes.split_at_checked(plain).unwrap_or((bytes, &[]));
    let mut text = String::from_utf8_lossy(plain).into_owned();
    text.extend(glyphs(rest, 0).into_iter().map(|glyph| glyph.text));
    text
}

/// The start of `bytes` on one line, at most `columns` wide. Costs nothing for the rest, however long it is.
pub(crate) fn start_of(bytes: &[u8], columns: usize) -> String {
    // No character has more than four bytes; one that is cut in half shows that there is more.
    let enough = columns.saturating_add(1).saturating_mul(4);
    clip(&one_line(bytes.get(..enough).unwrap_or(bytes)), columns).into_owned()
}

/// Columns that a printable text takes.
pub(crate) fn width(text: &str) -> usize {
    text.chars().filter_map(UnicodeWidthChar::width).sum()
}

/// `text` cut to `columns`, with `…` for what is missing.
pub(crate) fn clip(text: &str, columns: usize) -> Cow<'_, str> {
    if width(text) <= columns {
        return Cow::Borrowed(text);
    }
    let mut left = columns.saturating_sub(1);
    let mut out = String::new();
    for character in text.chars() {
        let width = character.width().unwrap_or(0);
        if width > left {
            break;
        }
        left -= width;
        out.push(character);
    }
    out.push('…');
    Cow::Owned(out)
}

/// A character as it may be shown.
fn show(character: char) -> Cow<'static, str> {
    match character {
        '\n' => "⏎".into(),
        '\t' => "    ".into(),
        ' '..='~' => Cow::Owned(character.to_string()),
        _ if character.is_control() || is_invisible(character) => {
            character.escape_default().to_string().into()
        }
        _ => Cow::Owned(character.to_string()),
    }
}

/// Whether the character changes how its neighbours look, or is not seen at all: bidirectional controls, joiners,
/// soft hyphens, tags, fillers.
fn is_invisible(character: char) -> bool {
    matches!(character,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}'
        | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_could_deceive_a_reader_is_escaped() {
        assert_eq!(one_line(b"rm \x1b[2K\r\x07x"), r"rm \u{1b}[2K\r\u{7}x");
        assert_eq!(one_line("a\u{202e}b\u{200b}c\u{9b}d".as_bytes()), r"a\u{202e}b\u{200b}c\u{9b}d");
        assert_eq!(one_line(b"\xff\xfe"), r"\xff\xfe");
    }

    #[test]
    fn glyphs_know_their_bytes_and_columns() {
        let wide = glyphs("é漢".as_bytes(), 10);
        assert_eq!(
            wide.iter().map(|g| (g.start, g.end, g.width)).collect::<Vec<_>>(),
            [(10, 12, 1), (12, 15, 2)]
        );
    }

    #[test]
    fn clipping_counts_columns() {
        assert_eq!(clip("漢字漢字", 5), "漢字…");
        assert_eq!(clip("abc", 3), "abc");
    }
}
