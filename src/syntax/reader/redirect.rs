//! Redirections.

use super::lexical::{is_name, is_name_start};
use super::{Read, Reader};
use crate::syntax::ast::{Descriptor, Redirect, RedirectOperator, RedirectTarget};

/// The operators, longer ones before those that they start with.
const OPERATORS: [RedirectOperator; 12] = [
    RedirectOperator::AppendAndError,
    RedirectOperator::OutputAndError,
    RedirectOperator::HereString,
    RedirectOperator::HereDocumentTabs,
    RedirectOperator::HereDocument,
    RedirectOperator::DuplicateInput,
    RedirectOperator::ReadWrite,
    RedirectOperator::Append,
    RedirectOperator::DuplicateOutput,
    RedirectOperator::Clobber,
    RedirectOperator::Input,
    RedirectOperator::Output,
];

impl Reader<'_> {
    /// Reads a redirection, if one stands here.
    pub(super) fn redirect(&mut self) -> Read<Option<Redirect>> {
        self.blanks();
        let start = self.at;
        let operator_at = match self.descriptor_end() {
            Some(end) => end,
            None => return Ok(None),
        };
        let byte = self.source.get(operator_at).copied().unwrap_or(0);
        let next = self.source.get(operator_at + 1).copied().unwrap_or(0);
        let has_descriptor = operator_at > start;
        if has_descriptor && byte == b'\\' && next == b'\n' {
            let joined = |byte: &&u8| byte.is_ascii_digit() || matches!(**byte, b'\\' | b'\n');
            let behind = self.source.iter().skip(operator_at).find(|byte| !joined(byte));
            if !matches!(behind, Some(b'<' | b'>')) {
                return Ok(None);
            }
            return self.refuse("a line continuation behind a number is not read");
        }
        let is_operator = matches!(byte, b'<' | b'>') || (byte == b'&' && next == b'>' && !has_descriptor);
        if !is_operator {
            return Ok(None);
        }
        if matches!(byte, b'<' | b'>') && next == b'(' {
            // A process substitution is part of a word, whatever stands before it.
            return Ok(None);
        }
        let descriptor = self.descriptor(start, operator_at)?;
        self.at = operator_at;
        let Some(operator) = OPERATORS.into_iter().find(|operator| self.sees(operator.as_str().as_bytes()))
        else {
            return self.refuse("expected a redirection operator");
        };
        self.at += operator.as_str().len();
        self.zsh_clobber(operator);
        let target = self.redirect_target(operator)?;
        Ok(Some(Redirect { descriptor, operator, target, span: self.span_from(start) }))
    }

    /// The offset behind the digits or `{name}` in front of an operator; `None` if there can be no redirection.
    fn descriptor_end(&self) -> Option<usize> {
        let digits = self.source.iter().skip(self.at).take_while(|byte| byte.is_ascii_digit()).count();
        if digits > 0 || self.peek(0) != b'{' {
            return Some(self.at + digits);
        }
        let inside = |byte: &&u8| is_name(**byte) || matches!(**byte, b'[' | b']');
        let length = self.source.iter().skip(self.at + 1).take_while(inside).count();
        let closed = length > 0 && is_name_start(self.peek(1)) && self.peek(1 + length) == b'}';
        (closed && matches!(self.peek(2 + length), b'<' | b'>')).then_some(self.at + length + 2)
    }

    fn descriptor(&self, start: usize, end: usize) -> Read<Option<Descriptor>> {
        let text = self.slice(start, end);
        match text.first() {
            None => Ok(None),
            Some(b'{') => {
                let name = self.slice(start + 1, end - 1);
                // `{a[]}` and `{a[0]b}` are words, `{a[[0]]}` is a descriptor.
                let subscript = name.iter().position(|byte| *byte == b'[').and_then(|at| name.get(at + 1..));
                let closed = |text: &[u8]| match text.split_last() {
                    Some((b']', inside)) => !inside.is_empty() && inside.iter().all(|byte| is_name(*byte)),
                    _ => false,
                };
                if !subscript.map_or(!name.contains(&b']'), closed) {
                    return self.refuse("such brackets in a descriptor are not read");
                }
                Ok(Some(Descriptor::Variable(name.to_vec())))
            }
            Some(_) => {
                let number = std::str::from_utf8(text)
                    .ok()
                    .filter(|_| text.len() <= 9)
                    .and_then(|text| text.parse().ok());
                match number {
                    Some(number) => Ok(Some(Descriptor::Number(number))),
                    None => self.refuse("a descriptor number is too large"),
                }
            }
        }
    }

    /// Whether the word that started at `start` and ends here is for bash the descriptor of a redirection that
    /// follows: `>1>f`, `>{a}>f`. Behind an operator that duplicates, a number may stand.
    pub(super) fn ends_in_descriptor(&self, start: usize, duplicates: bool) -> bool {
        let word = self.slice(start, self.at);
        let is_number = !duplicates && word.iter().all(u8::is_ascii_digit);
        let is_variable = word.starts_with(b"{") && word.ends_with(b"}");
        (is_number || is_variable) && matches!(self.peek(0), b'<' | b'>')
    }

    fn redirect_target(&mut self, operator: RedirectOperator) -> Read<RedirectTarget> {
        let start = self.at;
        let duplicates =
            matches!(operator, RedirectOperator::DuplicateOutput | RedirectOperator::DuplicateInput);
        if duplicates {
            self.blanks();
            // `>&-` ends at the dash, whatever follows.
            if self.peek(0) == b'-' {
                self.at += 1;
                return Ok(RedirectTarget::Close);
            }
        }
        self.blanks();
        if self.sees_no_word() {
            return self.refuse(super::NO_TARGET);
        }
        if self.slice(start, self.at).contains(&b'#') {
            return self.refuse("a comment behind a redirection operator is not read");
        }
        let word_start = self.at;
        let word = self.word(false)?;
        if self.ends_in_descriptor(word_start, duplicates) {
            return self.refuse("a descriptor as the target of a redirection");
        }
        if duplicates && self.slice(word_start, self.at).ends_with(b"\\-") {
            return self.refuse("a quoted dash that bash takes for a move");
        }
        if matches!(operator, RedirectOperator::HereDocument | RedirectOperator::HereDocumentTabs) {
            let raw = self.slice(word_start, self.at);
            let strip = operator == RedirectOperator::HereDocumentTabs;
            return Ok(RedirectTarget::HereDocument(self.open_here_document(&word, raw, strip)?));
        }
        Ok(RedirectTarget::Word(word))
    }
}
