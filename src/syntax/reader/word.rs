//! Words and extended patterns.

use super::brackets::Bracket;
use super::{Quoting, Read, Reader};
use crate::syntax::ast::{Part, Word};

impl Reader<'_> {
    /// Reads a word; `extended` if extended patterns are on whatever `extglob` says (`[[`).
    pub(super) fn word(&mut self, extended: bool) -> Read<Word> {
        let word = self.word_from(self.at, one_part(), extended)?;
        if word.parts.is_empty() {
            return self.refuse("expected a word");
        }
        Ok(word)
    }

    /// Reads the rest of a word that starts at `start` with `parts`; it may be empty.
    pub(super) fn word_from(&mut self, start: usize, mut parts: Vec<Part>, extended: bool) -> Read<Word> {
        loop {
            if self.sees_no_word() {
                break;
            }
            let byte = self.peek(0);
            if (self.extglob || extended) && b"?*+@!".contains(&byte) && self.peek(1) == b'(' {
                let part = self.extended_glob()?;
                parts.push(part);
                continue;
            }
            if self.continuation() {
                continue;
            }
            self.part(Quoting::None, &mut parts)?;
        }
        parts.shrink_to_fit();
        Ok(Word { parts, span: self.span_from(start) })
    }

    fn extended_glob(&mut self) -> Read<Part> {
        let start = self.at;
        let operator = self.peek(0);
        self.at += 2;
        let end = self.closing(Bracket::Parenthesis)?;
        let pattern = self.parts_to(end, Quoting::None)?;
        self.at = end + 1;
        Ok(Part::ExtendedGlob { operator, pattern, span: self.span_from(start) })
    }

    /// Reads the parts up to a place that was found by looking ahead. Parts that reach over it are refused: the
    /// quotes mean something else from within than from without.
    pub(super) fn parts_to(&mut self, end: usize, quoting: Quoting) -> Read<Vec<Part>> {
        let mut parts = one_part();
        self.deeper(|reader| {
            while reader.at < end {
                reader.part(quoting, &mut parts)?;
            }
            if reader.at == end { Ok(()) } else { reader.refuse("a bracket is closed within a quote") }
        })?;
        Ok(parts)
    }
}

/// Room for the one part that most words and quotes have: a script of a mebibyte has hundreds of thousands of them, and
/// room for parts that do not come adds up.
pub(super) fn one_part() -> Vec<Part> {
    Vec::with_capacity(1)
}
