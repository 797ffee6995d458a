//! Assignments: in front of a command, as arguments of declaration commands, of arrays.

use super::brackets::Bracket;
use super::lexical::{is_meta, is_name_start};
use super::word::one_part;
use super::{Quoting, Read, Reader};
use crate::syntax::ast::{ArrayElement, Assignment, AssignmentValue, Part, Text, Word};

impl Reader<'_> {
    /// Reads an assignment in front of a command, or else a word; `at_start` if no redirection stands between the
    /// assignment and the start of the command.
    pub(super) fn assignment_or_word(&mut self, at_start: bool) -> Read<Result<Assignment, Word>> {
        let start = self.at;
        if !is_name_start(self.peek(0)) {
            return Ok(Err(self.word(false)?));
        }
        let name = self.name();
        self.continuations();
        let subscript = self.assigned_subscript(at_start)?;
        self.continuations();
        let append = self.peek(0) == b'+' && self.peek(1) == b'=';
        if !append && self.peek(0) != b'=' {
            // A word after all; what stands between brackets belongs to it with its blanks.
            let end = std::mem::replace(&mut self.at, start);
            let parts = if subscript.is_some() { self.parts_to(end, Quoting::None)? } else { one_part() };
            return Ok(Err(self.word_from(start, parts, false)?));
        }
        self.at += if append { 2 } else { 1 };
        let value = self.assigned_value(at_start)?;
        Ok(Ok(Assignment { name, subscript, append, value, span: self.span_from(start) }))
    }

    /// Reads `[subscript]` behind a name. In front of a command bash looks for the bracket that closes it before
    /// anything else.
    fn assigned_subscript(&mut self, at_start: bool) -> Read<Option<Text>> {
        if self.peek(0) != b'[' {
            return Ok(None);
        }
        self.at += 1;
        let inside = self.at;
        let end = self.closing(Bracket::Subscript)?;
        if !at_start && self.slice(inside, end).iter().any(|byte| is_meta(*byte)) {
            return self.refuse("such a subscript behind a redirection is not read");
        }
        let parts = self.parts_to(end, Quoting::None)?;
        self.at = end + 1;
        Ok(Some(Text { parts, span: self.span(inside, end) }))
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
                // At this place a subscript ends at a blank like any word.
                let length = reader.source.iter().skip(start).take_while(|byte| !is_meta(**byte)).count();
                let end = reader.slice(start, start + length).iter().rposition(|byte| *byte == b']');
                let Some(end) = end else { return Ok(false) };
                reader.at = start + end + 1;
            }
            Ok(reader.sees(b"=(") || reader.sees(b"+=("))
        })?;
        if !is_array {
            return self.word(false);
        }
        match self.assignment_or_word(true)? {
            Ok(assignment) => {
                let span = assignment.span;
                Ok(Word { parts: vec![Part::ArrayAssignment(Box::new(assignment))], span })
            }
            Err(word) => Ok(word),
        }
    }

    fn assigned_value(&mut self, at_start: bool) -> Read<AssignmentValue> {
        if self.peek(0) != b'(' {
            return Ok(AssignmentValue::Scalar(self.word_from(self.at, Vec::new(), false)?));
        }
        if !at_start {
            return self.refuse("an unexpected `(`");
        }
        self.at += 1;
        let elements = self.array_elements()?;
        self.continuations();
        // Text behind the parenthesis makes bash assign it all as one string.
        if self.sees_no_word() {
            Ok(AssignmentValue::Array(elements))
        } else {
            self.refuse("text behind an array assignment is not read")
        }
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
        if self.peek(0) != b'[' {
            return Ok(ArrayElement { subscript: None, word: self.word(false)? });
        }
        let open = self.at;
        self.at += 1;
        let end = self.closing(Bracket::Subscript)?;
        let behind = self.source.get(end + 1..).unwrap_or_default();
        if behind.starts_with(b"+=") {
            return self.refuse("`+=` in an array assignment is not read");
        }
        if !behind.starts_with(b"=") {
            if self.slice(open, end).iter().any(|byte| is_meta(*byte)) {
                return self.refuse("such a bracket in an array assignment is not read");
            }
            self.at = open;
            return Ok(ArrayElement { subscript: None, word: self.word(false)? });
        }
        let parts = self.parts_to(end, Quoting::None)?;
        let subscript = Some(Text { parts, span: self.span(open + 1, end) });
        self.at = end + 2;
        let word = self.word_from(self.at, Vec::new(), false)?;
        Ok(ArrayElement { subscript, word })
    }
}
