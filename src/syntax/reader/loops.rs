//! Loops: `while`, `until`, `for`, `select`, `for ((…))`.

use super::{Read, Reader};
use crate::syntax::ast::{CommandKind, List, Part, Text, Word};

impl Reader<'_> {
    /// Reads `do list; done`.
    pub(super) fn do_group(&mut self) -> Read<List> {
        self.take_reserved("do", "expected `do`")?;
        let body = self.some_list("expected commands behind `do`")?;
        self.take_reserved("done", "expected `done`")?;
        Ok(body)
    }

    /// Reads `for` or `select`.
    pub(super) fn for_command(&mut self, word: &str) -> Read<CommandKind> {
        self.take_reserved(word, "expected a loop")?;
        self.blanks();
        if word == "for" && self.peek(0) == b'(' && self.peek(1) == b'(' {
            let start = self.at;
            if self.double_parenthesis()?.is_none() {
                return self.refuse("expected `((` to be closed");
            }
            let [init, condition, step] = self.for_expressions(start + 2, self.at.saturating_sub(2))?;
            self.blanks();
            if self.peek(0) == b';' {
                self.at += 1;
            }
            let body = self.for_body()?;
            return Ok(CommandKind::ArithmeticFor { init, condition, step, body });
        }
        let name = match self.word(false)?.parts.as_slice() {
            [Part::Literal(name, _)] => name.clone(),
            _ => return self.refuse("expected a variable name"),
        };
        self.newlines()?;
        let mut words = None;
        if self.reserved() == Some("in") {
            self.take_reserved("in", "expected `in`")?;
            words = Some(self.for_words()?);
        }
        self.blanks();
        if self.peek(0) == b';' {
            self.at += 1;
        }
        let body = self.for_body()?;
        Ok(CommandKind::For { name, words, body, select: word == "select" })
    }

    fn for_words(&mut self) -> Read<Vec<Word>> {
        let mut words = Vec::new();
        loop {
            self.blanks();
            if self.at_end() {
                return self.refuse("expected `do`");
            }
            if matches!(self.peek(0), b';' | b'\n') {
                return Ok(words);
            }
            if self.sees_no_word() {
                return self.refuse("an operator among the words of a loop");
            }
            words.push(self.word(false)?);
        }
    }

    fn for_body(&mut self) -> Read<List> {
        self.newlines()?;
        if self.reserved() != Some("{") {
            return self.do_group();
        }
        self.take_reserved("{", "expected `{`")?;
        let body = self.some_list("expected commands")?;
        self.take_reserved("}", "expected `}`")?;
        Ok(body)
    }

    /// The three expressions of `for ((…;…;…))`, which stand from `start` to `end`.
    fn for_expressions(&mut self, start: usize, end: usize) -> Read<[Text; 3]> {
        let behind = std::mem::replace(&mut self.at, start);
        let mut cuts = Vec::new();
        while self.at < end {
            if self.peek(0) == b';' {
                cuts.push(self.at);
            }
            self.pass_one()?;
        }
        self.at = behind;
        let [first, second] = cuts.as_slice() else { return self.refuse("expected three expressions") };
        let (first, second) = (*first, *second);
        Ok([
            self.expression(start, first)?,
            self.expression(first + 1, second)?,
            self.expression(second + 1, end)?,
        ])
    }

    fn expression(&mut self, start: usize, end: usize) -> Read<Text> {
        let blank = self.slice(start, end).iter().all(u8::is_ascii_whitespace);
        let parts = if blank { Vec::new() } else { self.text_between(start, end)? };
        Ok(Text { parts, span: self.span(start, end) })
    }
}
