//! Substitutions: `$(…)`, backquotes, `$((…))`, `<(…)`; and looking for the end of a bracketed text.

use super::brackets::Bracket;
use super::{Printed, Quoting, Read, Reader};
use crate::source::SourceMap;
use crate::syntax::ast::{List, Part, Substitution, Text};

impl Reader<'_> {
    /// Reads `$(…)` or `$((…))`.
    pub(super) fn dollar_parenthesis(&mut self) -> Read<Part> {
        let start = self.at;
        self.at += 2;
        if self.peek(0) == b'\\' && self.sees_behind_continuations(b'(') {
            return self.refuse("a line continuation within `$((` is not read");
        }
        if self.peek(0) != b'(' {
            let list = self.list_until_parenthesis()?;
            let span = self.span_from(start);
            return Ok(Part::CommandSubstitution(Box::new(Substitution { list, unread: None, span })));
        }
        // bash matches the parentheses first and then looks whether the inside is an expression.
        let inside = self.at;
        let end = self.closing(Bracket::Parenthesis)?;
        let text = self.slice(inside, end);
        if text.len() >= 2 && text.ends_with(b")") && is_balanced(self.slice(inside + 1, end - 1)) {
            let parts = self.text_between(inside + 1, end - 1)?;
            self.at = end + 1;
            return Ok(Part::Arithmetic(Text { parts, span: self.span_from(start) }));
        }
        let mut map = SourceMap::default();
        self.push_run(&mut map, 0, inside, end);
        self.at = end + 1;
        let (list, unread) = self.read_nested(text, &map);
        Ok(Part::CommandSubstitution(Box::new(Substitution { list, unread, span: self.span_from(start) })))
    }

    /// Reads a list up to the `)` that closes it, which is taken.
    pub(super) fn list_until_parenthesis(&mut self) -> Read<List> {
        let outer = std::mem::take(&mut self.pending);
        let printed = std::mem::replace(&mut self.printed, Printed::Substitution);
        let mut list = List::default();
        self.deeper(|reader| reader.list(&mut list))?;
        self.blanks();
        if self.peek(0) != b')' {
            return self.refuse("expected `)`");
        }
        if !self.pending.is_empty() {
            return self.refuse("a here-document has no body before `)`");
        }
        self.at += 1;
        self.pending = outer;
        self.printed = printed;
        Ok(list)
    }

    /// Reads `<(…)` or `>(…)`.
    pub(super) fn process_substitution(&mut self) -> Read<Part> {
        let start = self.at;
        let output = self.peek(0) == b'>';
        self.at += 2;
        let list = self.list_until_parenthesis()?;
        let substitution = Substitution { list, unread: None, span: self.span_from(start) };
        Ok(Part::ProcessSubstitution { output, substitution: Box::new(substitution) })
    }

    /// Reads `` `…` ``: the text is freed of its backslashes, then read as a script of its own.
    pub(super) fn backquoted(&mut self, quoting: Quoting) -> Read<Part> {
        let start = self.at;
        self.at += 1;
        let in_double = matches!(quoting, Quoting::Double | Quoting::QuotedOperand { .. });
        let mut text = Vec::new();
        let mut map = SourceMap::default();
        loop {
            if self.at_end() {
                return self.refuse("a backquote is not closed");
            }
            let byte = self.peek(0);
            if byte == b'`' {
                self.at += 1;
                break;
            }
            let escaped = self.peek(1);
            if byte == b'\\' && self.at + 1 < self.source.len() {
                if escaped == b'\n' {
                    self.at += 2;
                } else if matches!(escaped, b'$' | b'`' | b'\\') || (escaped == b'"' && in_double) {
                    map.push(text.len(), self.span(self.at, self.at + 2), false);
                    text.push(escaped);
                    self.at += 2;
                } else {
                    self.push_run(&mut map, text.len(), self.at, self.at + 2);
                    text.extend_from_slice(&[byte, escaped]);
                    self.at += 2;
                }
                continue;
            }
            self.push_run(&mut map, text.len(), self.at, self.at + 1);
            text.push(byte);
            self.at += 1;
        }
        let (list, unread) = self.read_nested(&text, &map);
        Ok(Part::CommandSubstitution(Box::new(Substitution { list, unread, span: self.span_from(start) })))
    }

    /// Says in `map` that its text from `at` on is what stands from `start` to `end` here.
    pub(super) fn push_run(&self, map: &mut SourceMap, at: usize, start: usize, end: usize) {
        let span = self.span(start, end);
        map.push(at, span, span.len() == end - start);
    }

    /// Reads a text of its own. What cannot be read does not refuse the whole: bash finds out when it runs it.
    fn read_nested(&mut self, text: &[u8], map: &SourceMap) -> (List, Option<String>) {
        let mut list = List::default();
        if self.depth >= super::MAX_DEPTH || self.spend(text.len()).is_err() {
            return (list, Some("nesting is too deep".to_owned()));
        }
        // A part of a line that is not read may hold more; nothing of it is lost to the gap that it becomes.
        let whole = SourceMap::coarse(self.span(self.at, self.at));
        let map = if text.is_empty() { &whole } else { map };
        let mut reader = Reader::new(text, map, self.options(self.depth + 1), self.work);
        let result = reader.program(&mut list);
        self.work = reader.work;
        let complete = reader.complete;
        let unread = result.err().map(|error| {
            list.items.truncate(complete);
            error.reason.to_owned()
        });
        (list, unread)
    }

    /// The parts of the text from `start` to `end`, expanded as in double quotes. Stays where it is.
    pub(super) fn text_between(&mut self, start: usize, end: usize) -> Read<Vec<Part>> {
        let here = std::mem::replace(&mut self.at, start);
        let parts = self.parts_to(end, Quoting::Here)?;
        self.at = here;
        Ok(parts)
    }

    /// The parts of a text of its own, expanded as in double quotes.
    pub(super) fn text_of(&mut self, text: &[u8], map: &SourceMap) -> Read<Vec<Part>> {
        self.spend(text.len())?;
        let mut reader = Reader::new(text, map, self.options(self.depth), self.work);
        let parts = reader.parts_to(text.len(), Quoting::Here).or_else(|error| self.refuse(error.reason))?;
        self.work = reader.work;
        Ok(parts)
    }
}

/// Whether parentheses are balanced outside of quotes: then `$((…))` is arithmetic.
fn is_balanced(text: &[u8]) -> bool {
    let mut level = 0usize;
    let mut bytes = text.iter();
    while let Some(byte) = bytes.next() {
        match byte {
            b'(' => level += 1,
            b')' => match level.checked_sub(1) {
                Some(less) => level = less,
                None => return false,
            },
            b'\\' => {
                bytes.next();
            }
            b'\'' => {
                bytes.by_ref().find(|byte| **byte == b'\'');
            }
            b'"' => {
                while let Some(byte) = bytes.next() {
                    match byte {
                        b'"' => break,
                        b'\\' => {
                            bytes.next();
                        }
                        _ => {}
                    }
                }
            }
            _ => {}
        }
    }
    level == 0
}
