//! Words, assignments and parameters as shell text.

use super::Printer;
use crate::syntax::ast::{
    Assignment, AssignmentValue, ConditionalKind, Parameter, ParameterOperator, Part, ReplacePlace,
    Substitution, Text, Word,
};

/// Where parts stand.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Context {
    /// A word.
    Word,
    /// Double quotes, a here-document, arithmetic: quotes are ordinary characters.
    Text,
}

impl<'t> Printer<'t> {
    pub(super) fn word(&mut self, word: &'t Word) {
        self.parts(&word.parts, Context::Word);
    }

    pub(super) fn parts(&mut self, parts: &'t [Part], context: Context) {
        for (index, part) in parts.iter().enumerate() {
            self.part(part, parts.get(index + 1), context);
        }
    }

    /// The text of literal parts without anything around.
    pub(super) fn raw(&mut self, parts: &[Part]) {
        for part in parts {
            if let Part::Literal(bytes, _) = part {
                self.out.extend_from_slice(bytes);
            }
        }
    }

    fn part(&mut self, part: &'t Part, next: Option<&Part>, context: Context) {
        match part {
            Part::Literal(bytes, _) => self.out.extend_from_slice(bytes),
            Part::Escaped(bytes, _) => {
                self.out.push(b'\\');
                self.out.extend_from_slice(bytes);
            }
            Part::SingleQuoted(bytes, _) => {
                self.out.push(b'\'');
                self.out.extend_from_slice(bytes);
                self.out.push(b'\'');
            }
            Part::AnsiC(bytes, _) => self.ansi_c(bytes),
            Part::DoubleQuoted(parts, _) => {
                self.out.push(b'"');
                self.parts(parts, Context::Text);
                self.out.push(b'"');
            }
            Part::Parameter(parameter) => {
                let glued = matches!(next, Some(Part::Literal(bytes, _)) if bytes.first().is_some_and(|byte| {
                    byte.is_ascii_alphanumeric() || *byte == b'_'
                }));
                self.parameter(parameter, glued);
            }
            Part::CommandSubstitution(substitution) => self.substitution("$(", substitution),
            Part::Arithmetic(text) => {
                self.text("$((");
                self.parts(&text.parts, Context::Text);
                self.text("))");
            }
            Part::ProcessSubstitution { output, substitution } => {
                self.substitution(if *output { ">(" } else { "<(" }, substitution);
            }
            Part::ExtendedGlob { operator, pattern, .. } => {
                self.out.push(*operator);
                self.text("(");
                self.parts(pattern, context);
                self.text(")");
            }
            Part::ArrayAssignment(assignment) => self.assignment(assignment),
        }
    }

    fn substitution(&mut self, open: &str, substitution: &'t Substitution) {
        self.text(open);
        // Bodies of the line around come behind that line.
        let outer = std::mem::take(&mut self.pending);
        // `$((` would be arithmetic.
        self.text(" ");
        self.list(&substitution.list);
        self.pending = outer;
        self.text(")");
    }

    fn ansi_c(&mut self, bytes: &[u8]) {
        self.text("$'");
        for byte in bytes {
            match byte {
                b'\'' | b'\\' => self.out.extend_from_slice(&[b'\\', *byte]),
                0x20..=0x7e => self.out.push(*byte),
                _ => self.text(&format!("\\{byte:03o}")),
            }
        }
        self.text("'");
    }

    /// A name between single quotes, where it needs them.
    pub(super) fn quoted_name(&mut self, name: &[u8]) {
        if name.contains(&b'\'') {
            self.ansi_c(name);
        } else {
            self.text("'");
            self.out.extend_from_slice(name);
            self.text("'");
        }
    }

    pub(super) fn assignment(&mut self, assignment: &'t Assignment) {
        self.out.extend_from_slice(&assignment.name);
        self.subscript(assignment.subscript.as_ref());
        self.text(if assignment.append { "+=" } else { "=" });
        match &assignment.value {
            AssignmentValue::Scalar(word) => self.word(word),
            AssignmentValue::Array(elements) => {
                self.text("(");
                for (index, element) in elements.iter().enumerate() {
                    self.text(if index > 0 { " " } else { "" });
                    if element.subscript.is_some() {
                        self.subscript(element.subscript.as_ref());
                        self.text("=");
                    }
                    self.word(&element.word);
                }
                self.text(")");
            }
        }
    }

    fn subscript(&mut self, subscript: Option<&'t Text>) {
        if let Some(text) = subscript {
            self.text("[");
            self.parts(&text.parts, Context::Word);
            self.text("]");
        }
    }

    /// `glued`: a letter follows, so that the name needs braces.
    fn parameter(&mut self, parameter: &'t Parameter, glued: bool) {
        let plain = parameter.operator == ParameterOperator::Plain && parameter.subscript.is_none();
        let short = parameter.name.len() == 1 || !parameter.name.first().is_some_and(u8::is_ascii_digit);
        if plain && !parameter.indirect && !glued && short {
            self.text("$");
            self.out.extend_from_slice(&parameter.name);
            return;
        }
        self.text("${");
        let names = matches!(parameter.operator, ParameterOperator::Names | ParameterOperator::Keys);
        if parameter.indirect || names {
            self.text("!");
        }
        if parameter.operator == ParameterOperator::Length {
            self.text("#");
        }
        self.out.extend_from_slice(&parameter.name);
        self.subscript(parameter.subscript.as_ref());
        self.operator(&parameter.operator);
        self.text("}");
    }

    fn operator(&mut self, operator: &'t ParameterOperator) {
        match operator {
            ParameterOperator::Plain | ParameterOperator::Length | ParameterOperator::Keys => {}
            ParameterOperator::Names => self.text("*"),
            ParameterOperator::Conditional { kind, colon, word } => {
                self.text(if *colon { ":" } else { "" });
                self.text(match kind {
                    ConditionalKind::Default => "-",
                    ConditionalKind::Assign => "=",
                    ConditionalKind::Error => "?",
                    ConditionalKind::Alternative => "+",
                });
                self.word(word);
            }
            ParameterOperator::Trim { suffix, longest, pattern } => {
                let sign = if *suffix { "%" } else { "#" };
                self.text(sign);
                self.text(if *longest { sign } else { "" });
                self.word(pattern);
            }
            ParameterOperator::Replace { place, pattern, replacement } => {
                self.text(match place {
                    ReplacePlace::First => "/",
                    ReplacePlace::All => "//",
                    ReplacePlace::Prefix => "/#",
                    ReplacePlace::Suffix => "/%",
                });
                self.word(pattern);
                if let Some(replacement) = replacement {
                    self.text("/");
                    self.word(replacement);
                }
            }
            ParameterOperator::Case { operator, all, pattern } => {
                self.out.push(*operator);
                if *all {
                    self.out.push(*operator);
                }
                self.word(pattern);
            }
            ParameterOperator::Slice { offset, length } => {
                self.text(":");
                self.parts(&offset.parts, Context::Text);
                if let Some(length) = length {
                    self.text(":");
                    self.parts(&length.parts, Context::Text);
                }
            }
            ParameterOperator::Transform(operator) => {
                self.text("@");
                self.out.push(*operator);
            }
        }
    }
}
