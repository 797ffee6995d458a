//! `${…}`: the parameter, its subscript, its operator.

use super::brackets::Bracket;
use super::lexical::is_name_start;
use super::{Quoting, Read, Reader};
use crate::syntax::ast::{ConditionalKind, Parameter, ParameterOperator, Part, ReplacePlace, Text};

impl Reader<'_> {
    /// Reads `${…}`.
    pub(super) fn braced_parameter(&mut self, quoting: Quoting) -> Read<Part> {
        let start = self.at;
        self.at += 2;
        if matches!(self.peek(0), b' ' | b'\t' | b'\n' | b'|' | b'\\') {
            return self.refuse("`${ command; }` is not read");
        }
        self.zsh_signs()?;
        let length = self.peek(0) == b'#' && self.starts_parameter(1) && !self.is_alone(1);
        let indirect = self.peek(0) == b'!' && self.starts_parameter(1);
        if length || indirect {
            self.at += 1;
        }
        let name = self.parameter_name()?;
        self.continuations();
        let subscript = if self.peek(0) == b'[' { Some(self.parameter_subscript(quoting)?) } else { None };
        let mut parameter = Parameter {
            name,
            subscript,
            indirect,
            operator: ParameterOperator::Plain,
            span: self.span(start, start),
        };
        if length {
            parameter.operator = ParameterOperator::Length;
        } else {
            self.continuations();
            parameter.operator = self.parameter_operator(quoting, &parameter)?;
        }
        self.continuations();
        if matches!(parameter.operator, ParameterOperator::Names | ParameterOperator::Keys) {
            parameter.indirect = false;
        }
        if self.peek(0) != b'}' {
            return self.refuse("bad substitution");
        }
        self.at += 1;
        parameter.span = self.span_from(start);
        Ok(Part::Parameter(Box::new(parameter)))
    }

    /// Whether a parameter's name starts `ahead` of here.
    fn starts_parameter(&self, ahead: usize) -> bool {
        let byte = self.peek(ahead);
        is_name_start(byte) || byte.is_ascii_digit() || (byte != 0 && b"@*#?-$!".contains(&byte))
    }

    /// Whether the special character `ahead` of here is an operator on `$#` and not a parameter: `${#-word}`.
    fn is_alone(&self, ahead: usize) -> bool {
        let byte = self.peek(ahead);
        matches!(byte, b'-' | b'?' | b'#') && self.peek(ahead + 1) != b'}'
    }

    fn parameter_name(&mut self) -> Read<Vec<u8>> {
        let byte = self.peek(0);
        if is_name_start(byte) {
            return Ok(self.name());
        }
        let start = self.at;
        if byte.is_ascii_digit() {
            while self.peek(0).is_ascii_digit() {
                self.at += 1;
            }
        } else if byte != 0 && b"@*#?-$!".contains(&byte) {
            self.at += 1;
        } else {
            return self.refuse("bad substitution");
        }
        Ok(self.slice(start, self.at).to_vec())
    }

    pub(super) fn parameter_subscript(&mut self, quoting: Quoting) -> Read<Text> {
        self.at += 1;
        let inside = self.at;
        let end = self.closing(Bracket::ParameterSubscript)?;
        // Between double quotes a single quote is ordinary: it must not hide what ends the parameter.
        let text = self.slice(inside, end);
        let hides = text.contains(&b'\'') && text.iter().any(|byte| matches!(byte, b'}' | b'"' | b'`'));
        if hides && !matches!(quoting, Quoting::None | Quoting::Operand) {
            return self.refuse("such quotes in a subscript are not read");
        }
        let parts = self.text_between(inside, end)?;
        self.at = end + 1;
        Ok(Text { parts, span: self.span(inside, end) })
    }

    fn parameter_operator(&mut self, outer: Quoting, parameter: &Parameter) -> Read<ParameterOperator> {
        let word = Self::operand_quoting(outer, false);
        let pattern = Self::operand_quoting(outer, true);
        let byte = self.peek(0);
        match byte {
            b'}' => Ok(match parameter.subscript.as_ref().map(|text| text.parts.as_slice()) {
                Some([Part::Literal(all, _)])
                    if parameter.indirect && matches!(all.as_slice(), b"@" | b"*") =>
                {
                    ParameterOperator::Keys
                }
                _ => ParameterOperator::Plain,
            }),
            b'*' | b'@' if parameter.indirect && self.peek(1) == b'}' => {
                self.at += 1;
                Ok(ParameterOperator::Names)
            }
            b'-' | b'=' | b'?' | b'+' => self.conditional_operator(word, false),
            b':' => {
                self.at += 1;
                self.continuations();
                if matches!(self.peek(0), b'-' | b'=' | b'?' | b'+') {
                    return self.conditional_operator(word, true);
                }
                let offset = self.slice_operand(word)?;
                let length = if self.peek(0) == b':' {
                    self.at += 1;
                    Some(self.slice_operand(word)?)
                } else {
                    None
                };
                Ok(ParameterOperator::Slice { offset, length })
            }
            b'#' | b'%' => {
                self.at += 1;
                let longest = self.take_byte(byte);
                let pattern = self.operand(pattern, None)?;
                Ok(ParameterOperator::Trim { suffix: byte == b'%', longest, pattern })
            }
            b'/' => self.replace_operator(pattern),
            b'^' | b',' | b'~' => {
                self.at += 1;
                let all = self.take_byte(byte);
                // Between double quotes, single quotes behind `~` do not quote.
                let pattern = self.operand(if byte == b'~' { word } else { pattern }, None)?;
                Ok(ParameterOperator::Case { operator: byte, all, pattern })
            }
            b'@' if self.peek(1).is_ascii_alphabetic() && self.peek(2) == b'}' => {
                let operator = self.peek(1);
                self.at += 2;
                Ok(ParameterOperator::Transform(operator))
            }
            _ => self.refuse("bad substitution"),
        }
    }

    /// Takes a byte, over line continuations in front of it.
    fn take_byte(&mut self, byte: u8) -> bool {
        self.continuations();
        let found = self.peek(0) == byte;
        self.at += usize::from(found);
        found
    }

    fn conditional_operator(&mut self, quoting: Quoting, colon: bool) -> Read<ParameterOperator> {
        let kind = match self.peek(0) {
            b'-' => ConditionalKind::Default,
            b'=' => ConditionalKind::Assign,
            b'?' => ConditionalKind::Error,
            _ => ConditionalKind::Alternative,
        };
        self.at += 1;
        let word = self.operand(quoting, None)?;
        Ok(ParameterOperator::Conditional { kind, colon, word })
    }

    fn replace_operator(&mut self, quoting: Quoting) -> Read<ParameterOperator> {
        self.at += 1;
        self.continuations();
        let place = match self.peek(0) {
            b'/' => ReplacePlace::All,
            b'#' => ReplacePlace::Prefix,
            b'%' => ReplacePlace::Suffix,
            _ => ReplacePlace::First,
        };
        if place != ReplacePlace::First {
            self.at += 1;
        }
        // A slash in first position belongs to the pattern: `${x///y}` replaces slashes.
        let first = place == ReplacePlace::All && self.peek(0) == b'/';
        let start = self.at;
        let mut pattern = if first {
            let mut parts = Vec::new();
            self.at += 1;
            self.literal(b'/', start, &mut parts);
            let mut rest = self.operand(quoting, Some(b'/'))?;
            parts.append(&mut rest.parts);
            crate::syntax::ast::Word { parts, span: self.span_from(start) }
        } else {
            self.operand(quoting, Some(b'/'))?
        };
        pattern.span = self.span_from(start);
        let replacement = if self.take_byte(b'/') { Some(self.operand(quoting, None)?) } else { None };
        Ok(ParameterOperator::Replace { place, pattern, replacement })
    }
}
