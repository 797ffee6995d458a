//! The canonical form of assignments, words and redirections: independent of spans and quoting style.
//!
//! Quotes are removed and quoted characters escaped; a substitution is reduced to a mark, its commands are in the
//! collection themselves.

use super::commands::Commands;
use crate::syntax::ast::{
    ArrayElement, Assignment, AssignmentValue, Descriptor, Parameter, ParameterOperator, Part, Redirect,
    RedirectTarget, ReplacePlace, Text, Word,
};

impl Commands {
    pub(super) fn assignment(&mut self, assignment: &Assignment, form: &mut Vec<u8>) {
        form.extend(&assignment.name);
        self.subscript(assignment.subscript.as_ref(), form);
        form.extend(if assignment.append { b"+=".as_slice() } else { b"=" });
        match &assignment.value {
            AssignmentValue::Scalar(word) => self.word(word, false, form),
            AssignmentValue::Array(elements) => {
                form.push(b'(');
                for ArrayElement { subscript, word } in elements {
                    if subscript.is_some() {
                        self.subscript(subscript.as_ref(), form);
                        form.push(b'=');
                    }
                    self.word(word, false, form);
                    form.push(b' ');
                }
                form.push(b')');
            }
        }
    }

    fn subscript(&mut self, subscript: Option<&Text>, form: &mut Vec<u8>) {
        if let Some(text) = subscript {
            form.push(b'[');
            self.text(text, form);
            form.push(b']');
        }
    }

    pub(super) fn redirect(&mut self, redirect: &Redirect, form: &mut Vec<u8>) {
        match &redirect.descriptor {
            Some(Descriptor::Number(number)) => form.extend(number.to_string().bytes()),
            Some(Descriptor::Variable(name)) => {
                form.push(b'{');
                form.extend(name);
                form.push(b'}');
            }
            None => {}
        }
        form.extend(redirect.operator.as_str().bytes());
        match &redirect.target {
            RedirectTarget::Word(word) => self.word(word, false, form),
            RedirectTarget::Close => form.push(b'-'),
            RedirectTarget::HereDocument(document) => {
                document.delimiter.iter().for_each(|&byte| escaped(byte, form));
                form.push(b'\n');
                document.text().iter().for_each(|text| self.text(text, form));
            }
        }
        form.push(b' ');
    }

    pub(super) fn text(&mut self, text: &Text, form: &mut Vec<u8>) {
        self.parts(&text.parts, true, form);
    }

    pub(super) fn word(&mut self, word: &Word, quoted: bool, form: &mut Vec<u8>) {
        self.parts(&word.parts, quoted, form);
    }

    /// `quoted`: unquoted literals are ordinary characters here.
    fn parts(&mut self, parts: &[Part], quoted: bool, form: &mut Vec<u8>) {
        for part in parts {
            match part {
                Part::Literal(text, _) if !quoted => form.extend(text),
                Part::Literal(text, _)
                | Part::Escaped(text, _)
                | Part::SingleQuoted(text, _)
                | Part::AnsiC(text, _) => text.iter().for_each(|&byte| escaped(byte, form)),
                Part::DoubleQuoted(parts, _) => self.parts(parts, true, form),
                Part::Parameter(parameter) => self.parameter(parameter, form),
                Part::CommandSubstitution(substitution) => {
                    form.extend(b"$()");
                    self.substitution(substitution);
                }
                Part::Arithmetic(text) => {
                    form.extend(b"$((");
                    self.text(text, form);
                    form.extend(b"))");
                }
                Part::ProcessSubstitution { output, substitution } => {
                    form.extend(if *output { b">()".as_slice() } else { b"<()" });
                    self.substitution(substitution);
                }
                Part::ExtendedGlob { operator, pattern, .. } => {
                    form.extend([*operator, b'(']);
                    self.parts(pattern, false, form);
                    form.push(b')');
                }
                Part::ArrayAssignment(assignment) => self.assignment(assignment, form),
            }
        }
    }

    /// Operands are compared without regard to which of their characters are quoted.
    fn parameter(&mut self, parameter: &Parameter, form: &mut Vec<u8>) {
        use ParameterOperator::*;
        form.extend(b"${");
        if parameter.indirect || matches!(parameter.operator, Names | Keys) {
            form.push(b'!');
        }
        if parameter.operator == Length {
            form.push(b'#');
        }
        form.extend(&parameter.name);
        self.subscript(parameter.subscript.as_ref(), form);
        match &parameter.operator {
            Plain | Length | Keys => {}
            Names => form.push(b'*'),
            Conditional { kind, colon, word } => {
                form.extend(if *colon { b":".as_slice() } else { b"" });
                form.extend(format!("{kind:?}").bytes());
                self.word(word, true, form);
            }
            Trim { suffix, longest, pattern } => {
                let sign = if *suffix { b'%' } else { b'#' };
                form.extend(std::iter::repeat_n(sign, if *longest { 2 } else { 1 }));
                self.word(pattern, true, form);
            }
            Replace { place, pattern, replacement } => {
                form.extend(match place {
                    ReplacePlace::First => b"/".as_slice(),
                    ReplacePlace::All => b"//",
                    ReplacePlace::Prefix => b"/#",
                    ReplacePlace::Suffix => b"/%",
                });
                self.word(pattern, true, form);
                if let Some(replacement) = replacement {
                    form.push(b'/');
                    self.word(replacement, true, form);
                }
            }
            Case { operator, all, pattern } => {
                form.extend(std::iter::repeat_n(*operator, if *all { 2 } else { 1 }));
                self.word(pattern, true, form);
            }
            Slice { offset, length } => {
                form.push(b':');
                self.text(offset, form);
                if let Some(length) = length {
                    form.push(b':');
                    self.text(length, form);
                }
            }
            Transform(letter) => form.extend([b'@', *letter]),
        }
        form.push(b'}');
    }
}

/// Adds a quoted character: one that could mean something unquoted gets a backslash.
fn escaped(byte: u8, form: &mut Vec<u8>) {
    if b"*?[]{}~$`!@+()|<>&;#= \t\n\"'\\^".contains(&byte) {
        form.push(b'\\');
    }
    form.push(byte);
}
