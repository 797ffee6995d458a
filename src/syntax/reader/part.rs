//! The parts of words and texts: quotes, escapes, what follows a dollar, plain characters.

use super::brackets::Bracket;
use super::lexical::is_name_start;
use super::word::one_part;
use super::{Quoting, Read, Reader, ansi_c};
use crate::source::Span;
use crate::syntax::ast::{Parameter, ParameterOperator, Part};

impl Reader<'_> {
    /// Reads one part (or one character of a literal) and adds it.
    pub(super) fn part(&mut self, quoting: Quoting, parts: &mut Vec<Part>) -> Read<()> {
        let start = self.at;
        let operand = matches!(quoting, Quoting::Operand | Quoting::QuotedOperand { .. });
        match self.peek(0) {
            b'\\' => self.backslash(quoting, parts),
            b'\''
                if matches!(
                    quoting,
                    Quoting::None | Quoting::Operand | Quoting::QuotedOperand { single: true }
                ) =>
            {
                let text = self.single_quoted()?;
                parts.push(Part::SingleQuoted(text, self.span_from(start)));
                Ok(())
            }
            b'"' if quoting == Quoting::None || operand => {
                let part = self.double_quoted(start)?;
                parts.push(part);
                Ok(())
            }
            b'`' => {
                let part = self.backquoted(quoting)?;
                parts.push(part);
                Ok(())
            }
            b'$' => self.dollar(quoting, parts),
            b'<' | b'>' if self.sees_process_substitution() && (operand || quoting == Quoting::None) => {
                let part = self.process_substitution()?;
                if matches!(quoting, Quoting::QuotedOperand { .. }) {
                    // bash reads the commands, but does not run them: they are text.
                    self.literal_text(start, parts);
                } else {
                    parts.push(part);
                }
                Ok(())
            }
            byte => {
                self.at += 1;
                self.literal(byte, start, parts);
                Ok(())
            }
        }
    }

    /// Adds a literal character that stands from `start` to here.
    pub(super) fn literal(&self, byte: u8, start: usize, parts: &mut Vec<Part>) {
        self.literal_at(byte, self.span_from(start), parts);
    }

    fn literal_at(&self, byte: u8, span: Span, parts: &mut Vec<Part>) {
        match parts.last_mut() {
            Some(Part::Literal(bytes, last)) if last.end <= span.start || last.end == span.end => {
                bytes.push(byte);
                *last = last.to(span);
            }
            _ => parts.push(Part::Literal(vec![byte], span)),
        }
    }

    /// Adds what stands from `start` to here as literal text.
    pub(super) fn literal_text(&self, start: usize, parts: &mut Vec<Part>) {
        for (index, byte) in self.slice(start, self.at).iter().enumerate() {
            self.literal_at(*byte, self.span(start + index, start + index + 1), parts);
        }
    }

    fn backslash(&mut self, quoting: Quoting, parts: &mut Vec<Part>) -> Read<()> {
        let start = self.at;
        if self.at + 1 >= self.source.len() {
            // At the end of the text it stands for itself.
            self.at += 1;
            parts.push(Part::Escaped(b"\\".to_vec(), self.span_from(start)));
            return Ok(());
        }
        let byte = self.peek(1);
        self.at += 2;
        if byte == b'\n' {
            return Ok(());
        }
        let escapes = match quoting {
            Quoting::None | Quoting::Operand => true,
            Quoting::Double => matches!(byte, b'$' | b'`' | b'\\' | b'"'),
            Quoting::Here => matches!(byte, b'$' | b'`' | b'\\'),
            Quoting::QuotedOperand { .. } => matches!(byte, b'$' | b'`' | b'\\' | b'"' | b'}'),
        };
        if escapes {
            parts.push(Part::Escaped(vec![byte], self.span_from(start)));
        } else {
            self.literal(b'\\', start, parts);
            self.literal(byte, start, parts);
        }
        Ok(())
    }

    /// Reads `'…'`.
    pub(super) fn single_quoted(&mut self) -> Read<Vec<u8>> {
        self.at += 1;
        let start = self.at;
        while !self.at_end() && self.peek(0) != b'\'' {
            self.at += 1;
        }
        if self.at_end() {
            return self.refuse("a single quote is not closed");
        }
        let text = self.slice(start, self.at).to_vec();
        self.at += 1;
        Ok(text)
    }

    /// Reads `"…"`; a dollar may stand at `start`.
    pub(super) fn double_quoted(&mut self, start: usize) -> Read<Part> {
        self.at += 1;
        let mut parts = one_part();
        self.deeper(|reader| {
            loop {
                if reader.at_end() {
                    return reader.refuse("a double quote is not closed");
                }
                if reader.peek(0) == b'"' {
                    reader.at += 1;
                    return Ok(());
                }
                reader.part(Quoting::Double, &mut parts)?;
            }
        })?;
        // As in a word: most hold one part.
        parts.shrink_to_fit();
        Ok(Part::DoubleQuoted(parts, self.span_from(start)))
    }

    fn dollar(&mut self, quoting: Quoting, parts: &mut Vec<Part>) -> Read<()> {
        let start = self.at;
        if self.peek(1) == b'\\' && self.peek(2) == b'\n' && quoting != Quoting::Here {
            return self.refuse("a line continuation behind a dollar sign is not read");
        }
        if let Some(part) = self.zsh_parameter(quoting)? {
            parts.push(part);
            return Ok(());
        }
        let quotes =
            matches!(quoting, Quoting::None | Quoting::Operand | Quoting::QuotedOperand { single: true });
        match self.peek(1) {
            b'(' => {
                let part = self.deeper(Reader::dollar_parenthesis)?;
                parts.push(part);
            }
            b'{' => {
                let part = self.deeper(|reader| reader.braced_parameter(quoting))?;
                parts.push(part);
            }
            b'[' => {
                self.at += 2;
                let inside = self.at;
                let end = self.closing(Bracket::Square)?;
                let text = self.text_between(inside, end)?;
                self.at = end + 1;
                parts.push(Part::Arithmetic(crate::syntax::ast::Text {
                    parts: text,
                    span: self.span_from(start),
                }));
            }
            b'\'' if quotes => {
                self.at += 2;
                let inside = self.at;
                while !self.at_end() && self.peek(0) != b'\'' {
                    self.at += if self.peek(0) == b'\\' { 2 } else { 1 };
                }
                if self.at_end() {
                    return self.refuse("a $' quote is not closed");
                }
                self.check_ansi_c(self.slice(inside, self.at))?;
                let text = ansi_c::decode(self.slice(inside, self.at));
                self.at += 1;
                parts.push(Part::AnsiC(text, self.span_from(start)));
            }
            b'\'' if matches!(quoting, Quoting::QuotedOperand { single: false }) => {
                return self.refuse("$' inside a quoted ${…} is not read");
            }
            b'"' if !matches!(quoting, Quoting::Double | Quoting::Here) => {
                self.at += 1;
                let part = self.double_quoted(start)?;
                parts.push(part);
            }
            byte if is_name_start(byte) => {
                self.at += 1;
                let name = self.name();
                parts.push(self.plain_parameter(name, start));
            }
            byte if byte.is_ascii_digit()
                || (self.at + 1 < self.source.len() && b"@*#?-$!".contains(&byte)) =>
            {
                self.at += 2;
                parts.push(self.plain_parameter(vec![byte], start));
            }
            _ => {
                self.at += 1;
                self.literal(b'$', start, parts);
            }
        }
        Ok(())
    }

    /// Reads an identifier, over line continuations within it.
    pub(super) fn name(&mut self) -> Vec<u8> {
        let mut name = Vec::new();
        loop {
            while super::lexical::is_name(self.peek(0)) {
                name.push(self.peek(0));
                self.at += 1;
            }
            let goes_on =
                self.peek(0) == b'\\' && self.peek(1) == b'\n' && super::lexical::is_name(self.peek(2));
            if !goes_on {
                return name;
            }
            self.at += 2;
        }
    }

    fn plain_parameter(&self, name: Vec<u8>, start: usize) -> Part {
        Part::Parameter(Box::new(Parameter {
            name,
            subscript: None,
            indirect: false,
            operator: ParameterOperator::Plain,
            span: self.span_from(start),
        }))
    }
}
