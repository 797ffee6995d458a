//! The words inside `${…}`: read up to the closing brace or an operator character.

use super::{Quoting, Read, Reader};
use crate::syntax::ast::{Part, Text, Word};

impl Reader<'_> {
    /// The quoting inside `${…}` that stands in `outer`; `pattern` for operators whose operand is a pattern.
    pub(super) fn operand_quoting(outer: Quoting, pattern: bool) -> Quoting {
        match outer {
            Quoting::None | Quoting::Operand => Quoting::Operand,
            Quoting::Double | Quoting::Here | Quoting::QuotedOperand { .. } => {
                Quoting::QuotedOperand { single: pattern }
            }
        }
    }

    /// Reads a word up to an unquoted `}` or, if given, up to `stop`; neither is taken.
    pub(super) fn operand(&mut self, quoting: Quoting, stop: Option<u8>) -> Read<Word> {
        let start = self.at;
        let mut parts = Vec::new();
        // Where single quotes do not quote, bash still wants them in pairs.
        let mut quotes = 0usize;
        loop {
            if self.at_end() {
                return self.refuse("a `${` is not closed");
            }
            let byte = self.peek(0);
            quotes += usize::from(byte == b'\'' && quoting == Quoting::QuotedOperand { single: false });
            if byte == b'}' || Some(byte) == stop {
                if quotes % 2 == 1 {
                    return self.refuse("a single quote in a quoted `${`");
                }
                return Ok(Word { parts, span: self.span_from(start) });
            }
            self.part(quoting, &mut parts)?;
        }
    }

    /// Reads an arithmetic operand of `${x:offset:length}` up to `}` or a `:` that is not within it.
    pub(super) fn slice_operand(&mut self, quoting: Quoting) -> Read<Text> {
        let start = self.at;
        let mut parts: Vec<Part> = Vec::new();
        let mut parentheses = 0usize;
        let mut questions = 0usize;
        let mut quotes = 0usize;
        loop {
            if self.at_end() {
                return self.refuse("a `${` is not closed");
            }
            if self.sees_process_substitution() {
                // bash reads the commands, but does not run them: an expression has none.
                let start = self.at;
                self.process_substitution()?;
                self.literal_text(start, &mut parts);
                continue;
            }
            quotes +=
                usize::from(self.peek(0) == b'\'' && quoting == Quoting::QuotedOperand { single: false });
            match self.peek(0) {
                b'}' => break,
                b':' if parentheses == 0 && questions == 0 => break,
                b':' => questions = questions.saturating_sub(1),
                b'?' => questions += 1,
                b'(' => parentheses += 1,
                b')' => parentheses = parentheses.saturating_sub(1),
                _ => {}
            }
            self.part(quoting, &mut parts)?;
        }
        if quotes % 2 == 1 {
            return self.refuse("a single quote in a quoted `${`");
        }
        Ok(Text { parts, span: self.span_from(start) })
    }
}
