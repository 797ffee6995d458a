//! Words, assignments, array assignments, extended patterns.

use super::lexical::{is_meta, is_name_start};
use super::{Quoting, Read, Reader};
use crate::source::SourceMap;
use crate::syntax::ast::{ArrayElement, Assignment, AssignmentValue, Part, Text, Word};

impl Reader<'_> {
    /// Reads a word; `extended` if extended patterns are on whatever `extglob` says (`[[`).
    pub(super) fn word(&mut self, extended: bool) -> Read<Word> {
        let word = self.word_from(self.at, Vec::new(), extended)?;
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
        // A script of a mebibyte has hundreds of thousands of words; room for parts that do not come adds up.
        parts.shrink_to_fit();
        Ok(Word { parts, span: self.span_from(start) })
    }

    fn extended_glob(&mut self) -> Read<Part> {
        let start = self.at;
        let operator = self.peek(0);
        self.at += 2;
        let inside = self.at;
        let end = self.look_ahead(|reader| reader.matching(b'(', b')'))?;
        let mut map = SourceMap::default();
        self.push_run(&mut map, 0, inside, end);
        let pattern = self.text_of(self.slice(inside, end), &map, Quoting::None)?;
        self.at = end + 1;
        Ok(Part::ExtendedGlob { operator, pattern, span: self.span_from(start) })
    }

    /// Reads an assignment in front of a command, or else a word.
    pub(super) fn assignment_or_word(&mut self) -> Read<Result<Assignment, Word>> {
        let start = self.at;
        if !is_name_start(self.peek(0)) {
            return Ok(Err(self.word(false)?));
        }
        let name = self.name();
        while self.continuation() {}
        let name_span = self.span_from(start);
        let mut subscript = None;
        if self.peek(0) == b'[' {
            let open = self.at;
            self.at += 1;
            // bash takes a subscript at this place with the blanks in it; if no bracket closes it, it is a word.
            match self.look_ahead(|reader| reader.matching(b'[', b']')) {
                Ok(end) => {
                    let mut map = SourceMap::default();
                    self.push_run(&mut map, 0, open + 1, end);
                    let parts = self.text_of(self.slice(open + 1, end), &map, Quoting::None)?;
                    self.at = end + 1;
                    subscript = Some(Text { parts, span: self.span(open + 1, end) });
                }
                Err(error) if self.exhausted => return Err(error),
                Err(_) => {
                    self.at = open;
                }
            }
        }
        while self.continuation() {}
        let append = self.peek(0) == b'+' && self.peek(1) == b'=';
        if !append && self.peek(0) != b'=' {
            let mut parts = vec![Part::Literal(name, name_span)];
            if let Some(text) = subscript {
                let (from, to) = (text.span, text.span);
                parts.push(Part::Literal(
                    b"[".to_vec(),
                    crate::Span { start: from.start.saturating_sub(1), end: from.start },
                ));
                parts.extend(text.parts);
                parts.push(Part::Literal(b"]".to_vec(), crate::Span { start: to.end, end: to.end + 1 }));
            }
            return Ok(Err(self.word_from(start, parts, false)?));
        }
        self.at += if append { 2 } else { 1 };
        let value = self.assigned_value()?;
        Ok(Ok(Assignment { name, subscript, append, value, span: self.span_from(start) }))
    }

    /// Reads an argument of a declaration command: `name=(…)` is an array assignment.
    pub(super) fn declaration_argument(&mut self) -> Read<Word> {
        let start = self.at;
        let is_array = self.look_ahead(|reader| {
            if !is_name_start(reader.peek(0)) {
                return Ok(false);
            }
            reader.name();
            if reader.peek(0) == b'[' {
                reader.at += 1;
                match reader.matching(b'[', b']') {
                    Ok(end) if !reader.slice(start, end).iter().any(|byte| is_meta(*byte)) => {
                        reader.at = end + 1
                    }
                    _ => return Ok(false),
                }
            }
            Ok(reader.sees(b"=(") || reader.sees(b"+=("))
        })?;
        if !is_array {
            return self.word(false);
        }
        match self.assignment_or_word()? {
            Ok(assignment) => {
                let span = assignment.span;
                Ok(Word { parts: vec![Part::ArrayAssignment(Box::new(assignment))], span })
            }
            Err(word) => Ok(word),
        }
    }

    fn assigned_value(&mut self) -> Read<AssignmentValue> {
        if self.peek(0) == b'(' {
            self.at += 1;
            return Ok(AssignmentValue::Array(self.array_elements()?));
        }
        Ok(AssignmentValue::Scalar(self.word_from(self.at, Vec::new(), false)?))
    }

    fn array_elements(&mut self) -> Read<Vec<ArrayElement>> {
        let mut elements = Vec::new();
        loop {
            self.blanks();
            if self.at_end() {
                return self.refuse("an array assignment is not closed");
            }
            match self.peek(0) {
                b'\n' => {
                    if !self.pending.is_empty() {
                        return self.refuse("a here-document before an array assignment is not read");
                    }
                    self.at += 1;
                }
                b')' => {
                    self.at += 1;
                    return Ok(elements);
                }
                _ if self.sees_no_word() => return self.refuse("an operator in an array assignment"),
                _ => elements.push(self.array_element()?),
            }
        }
    }

    fn array_element(&mut self) -> Read<ArrayElement> {
        if self.peek(0) == b'[' {
            let open = self.at;
            self.at += 1;
            let end = match self.look_ahead(|reader| reader.matching(b'[', b']')) {
                Err(error) if self.exhausted => return Err(error),
                end => end.ok(),
            };
            if let Some(end) = end.filter(|end| {
                let behind = self.source.get(end + 1..).unwrap_or_default();
                behind.starts_with(b"=") || behind.starts_with(b"+=")
            }) {
                let parts = self.text_between(open + 1, end)?;
                let subscript = Text { parts, span: self.span(open + 1, end) };
                self.at = end + 1;
                self.at += if self.peek(0) == b'+' { 2 } else { 1 };
                let word = self.word_from(self.at, Vec::new(), false)?;
                return Ok(ArrayElement { subscript: Some(subscript), word });
            }
            self.at = open;
        }
        let word = self.word(false)?;
        Ok(ArrayElement { subscript: None, word })
    }
}
