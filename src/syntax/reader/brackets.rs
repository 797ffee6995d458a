//! Looking for the bracket that closes a text, before it is clear what the text is.

use super::{Quoting, Read, Reader};

/// What is looked for, and what bash passes over on the way.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Bracket {
    /// `)`
    Parenthesis,
    /// `]` of `$[…]`
    Square,
    /// `]` of a subscript: process substitutions are passed over.
    Subscript,
    /// `]` of a subscript within `${…}`, which the next `}` ends.
    ParameterSubscript,
}

impl Reader<'_> {
    /// The offset of the bracket that closes the one before here; what stands between is passed over as bash
    /// does, with its quotes and substitutions. Stays where it is.
    pub(super) fn closing(&mut self, bracket: Bracket) -> Read<usize> {
        self.look_ahead(|reader| reader.deeper(|reader| reader.pass_to(bracket)))
    }

    fn pass_to(&mut self, bracket: Bracket) -> Read<usize> {
        let (open, close) = if bracket == Bracket::Parenthesis { (b'(', b')') } else { (b'[', b']') };
        let subscript = matches!(bracket, Bracket::Subscript | Bracket::ParameterSubscript);
        let mut level = 1usize;
        while !self.at_end() {
            let byte = self.peek(0);
            if byte == close {
                level -= 1;
                if level == 0 {
                    return Ok(self.at);
                }
            }
            if byte == b'}' && bracket == Bracket::ParameterSubscript {
                return self.refuse("a brace in a subscript");
            }
            level += usize::from(byte == open);
            if subscript && self.sees_process_substitution() {
                self.process_substitution()?;
            } else {
                self.pass_one()?;
            }
        }
        self.refuse("a bracket is not closed")
    }

    /// Passes over a character, or over what is quoted or substituted here.
    pub(super) fn pass_one(&mut self) -> Read<()> {
        let mut ignored = Vec::new();
        match (self.peek(0), self.peek(1)) {
            (b'\\', _) => self.at = (self.at + 2).min(self.source.len()),
            (b'\'', _) => {
                self.single_quoted()?;
            }
            (b'"', _) => {
                self.double_quoted(self.at)?;
            }
            (b'`', _) => self.pass_escaped_to(1, b'`')?,
            (b'$', b'\'') => self.pass_escaped_to(2, b'\'')?,
            (b'$', b'(' | b'{' | b'[') => self.part(Quoting::Here, &mut ignored)?,
            _ => self.at += 1,
        }
        Ok(())
    }

    /// Passes from `ahead` of here behind the next `close` that no backslash precedes.
    fn pass_escaped_to(&mut self, ahead: usize, close: u8) -> Read<()> {
        self.at += ahead;
        while !self.at_end() && self.peek(0) != close {
            self.at += if self.peek(0) == b'\\' { 2 } else { 1 };
        }
        if self.at_end() {
            self.at = self.source.len();
            return self.refuse("a quote is not closed");
        }
        self.at += 1;
        Ok(())
    }
}
