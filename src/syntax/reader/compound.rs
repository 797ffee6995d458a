//! Compound commands and function definitions.

use super::lexical::is_name_start;
use super::{Read, Reader};
use crate::syntax::ast::{CaseArm, CaseEnd, Command, CommandKind, List, Part, Text, Word};

/// Reserved words that start a compound command.
const STARTS: [&str; 8] = ["{", "if", "while", "until", "for", "case", "select", "[["];

impl Reader<'_> {
    /// Reads a command with its redirections.
    pub(super) fn command(&mut self) -> Read<Command> {
        self.blanks();
        let start = self.at;
        self.deeper(|reader| {
            if reader.at_end() {
                return reader.refuse("expected a command");
            }
            match reader.compound()? {
                Some(kind @ CommandKind::Function { .. } | kind @ CommandKind::Coproc { .. }) => {
                    Ok(Command { kind, redirects: Vec::new(), span: reader.span_from(start) })
                }
                Some(kind) => {
                    let mut end = reader.at;
                    let mut redirects = Vec::new();
                    while let Some(redirect) = reader.redirect()? {
                        redirects.push(redirect);
                        end = reader.at;
                    }
                    Ok(Command { kind, redirects, span: reader.span(start, end) })
                }
                None => reader.simple_command(start),
            }
        })
    }

    fn compound(&mut self) -> Read<Option<CommandKind>> {
        if self.peek(0) == b'(' {
            if self.peek(1) == b'('
                && let Some(text) = self.double_parenthesis()?
            {
                return Ok(Some(CommandKind::Arithmetic(text)));
            }
            self.at += 1;
            let list = self.some_list("an empty subshell")?;
            self.blanks();
            if self.peek(0) != b')' {
                return self.refuse("expected `)`");
            }
            self.at += 1;
            return Ok(Some(CommandKind::Subshell(list)));
        }
        let Some(word) = self.reserved() else { return Ok(None) };
        Ok(Some(match word {
            "{" => {
                self.take_reserved("{", "expected `{`")?;
                let list = self.some_list("an empty group")?;
                self.take_reserved("}", "expected `}`")?;
                CommandKind::Group(list)
            }
            "if" => self.if_command()?,
            "while" | "until" => {
                self.take_reserved(word, "expected a loop")?;
                let condition = self.some_list("expected a condition")?;
                let body = self.do_group()?;
                CommandKind::While { until: word == "until", condition, body }
            }
            "for" | "select" => self.for_command(word)?,
            "case" => self.case_command()?,
            "function" => {
                self.take_reserved("function", "expected `function`")?;
                self.blanks();
                let start = self.at;
                let word = self.word(false)?;
                let name_span = self.span_from(start);
                self.blanks();
                if self.peek(0) == b'(' {
                    let save = self.at;
                    self.at += 1;
                    self.blanks();
                    if self.peek(0) == b')' {
                        self.at += 1;
                    } else {
                        self.at = save;
                    }
                }
                self.function(&word, name_span)?
            }
            "coproc" => self.coproc()?,
            "[[" => {
                self.take_reserved("[[", "expected `[[`")?;
                CommandKind::Conditional(self.conditional()?)
            }
            "time" | "!" => return Ok(None),
            _ => return self.refuse("an unexpected reserved word"),
        }))
    }

    /// Reads `((…))` if the text up to the matching parenthesis is directly followed by another; else it is two
    /// subshells.
    fn double_parenthesis(&mut self) -> Read<Option<Text>> {
        let start = self.at;
        self.at += 2;
        let end = self.look_ahead(|reader| reader.matching(b'(', b')'));
        match end {
            Ok(end) if self.source.get(end + 1) == Some(&b')') => {
                let parts = self.text_between(start + 2, end)?;
                self.at = end + 2;
                Ok(Some(Text { parts, span: self.span(start + 2, end) }))
            }
            Err(error) if self.exhausted => Err(error),
            _ => {
                self.at = start;
                Ok(None)
            }
        }
    }

    fn if_command(&mut self) -> Read<CommandKind> {
        self.take_reserved("if", "expected `if`")?;
        let mut branches = Vec::new();
        let mut otherwise = None;
        loop {
            let condition = self.some_list("expected a condition")?;
            self.take_reserved("then", "expected `then`")?;
            let body = self.some_list("expected commands behind `then`")?;
            branches.push((condition, body));
            match self.reserved() {
                Some("elif") => self.take_reserved("elif", "expected `elif`")?,
                Some("else") => {
                    self.take_reserved("else", "expected `else`")?;
                    otherwise = Some(self.some_list("expected commands behind `else`")?);
                    break;
                }
                _ => break,
            }
        }
        self.take_reserved("fi", "expected `fi`")?;
        Ok(CommandKind::If { branches, otherwise })
    }

    fn do_group(&mut self) -> Read<List> {
        self.take_reserved("do", "expected `do`")?;
        let body = self.some_list("expected commands behind `do`")?;
        self.take_reserved("done", "expected `done`")?;
        Ok(body)
    }

    fn for_command(&mut self, word: &str) -> Read<CommandKind> {
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

    /// The three expressions of `for ((…;…;…))`.
    fn for_expressions(&mut self, start: usize, end: usize) -> Read<[Text; 3]> {
        let mut level = 0usize;
        let mut cuts = Vec::new();
        for (index, byte) in self.slice(start, end).iter().enumerate() {
            match byte {
                b'(' => level += 1,
                b')' => level = level.saturating_sub(1),
                b';' if level == 0 => cuts.push(start + index),
                _ => {}
            }
        }
        let [first, second] = cuts.as_slice() else { return self.refuse("expected three expressions") };
        let (first, second) = (*first, *second);
        let text = |reader: &mut Self, from: usize, to: usize| -> Read<Text> {
            let blank = reader.slice(from, to).iter().all(u8::is_ascii_whitespace);
            let parts = if blank { Vec::new() } else { reader.text_between(from, to)? };
            Ok(Text { parts, span: reader.span(from, to) })
        };
        Ok([text(self, start, first)?, text(self, first + 1, second)?, text(self, second + 1, end)?])
    }

    fn case_command(&mut self) -> Read<CommandKind> {
        self.take_reserved("case", "expected `case`")?;
        self.blanks();
        let word = self.word(false)?;
        self.newlines()?;
        self.take_reserved("in", "expected `in`")?;
        let mut arms = Vec::new();
        loop {
            self.newlines()?;
            if self.reserved() == Some("esac") {
                break;
            }
            let (arm, last) = self.case_arm()?;
            arms.push(arm);
            if last {
                self.newlines()?;
                break;
            }
        }
        self.take_reserved("esac", "expected `esac`")?;
        Ok(CommandKind::Case { word, arms })
    }

    /// Reads an arm; whether it has no terminator and is the last.
    fn case_arm(&mut self) -> Read<(CaseArm, bool)> {
        if self.peek(0) == b'(' {
            self.at += 1;
        }
        let mut patterns = Vec::new();
        loop {
            self.blanks();
            if self.sees_no_word() || self.sees_process_substitution() {
                return self.refuse("expected a pattern");
            }
            patterns.push(self.word(false)?);
            self.blanks();
            if self.peek(0) != b'|' {
                break;
            }
            self.at += 1;
        }
        if self.peek(0) != b')' {
            return self.refuse("expected `)` behind a pattern");
        }
        self.at += 1;
        let mut body = List::default();
        self.list(&mut body)?;
        self.blanks();
        let (end, length) = match (self.peek(0), self.peek(1), self.peek(2)) {
            (b';', b';', b'&') => (CaseEnd::Continue, 3),
            (b';', b';', _) => (CaseEnd::Break, 2),
            (b';', b'&', _) => (CaseEnd::FallThrough, 2),
            (b';', ..) => return self.refuse("expected `;;`"),
            _ => return Ok((CaseArm { patterns, body, end: CaseEnd::Break }, true)),
        };
        self.at += length;
        Ok((CaseArm { patterns, body, end }, false))
    }

    fn coproc(&mut self) -> Read<CommandKind> {
        self.take_reserved("coproc", "expected `coproc`")?;
        self.blanks();
        let mut name = None;
        if !self.sees_compound() && is_name_start(self.peek(0)) {
            // `coproc NAME compound-command`; before anything else the word is the command itself.
            let save = self.at;
            let word = self.look_ahead(|reader| {
                let word = reader.word(false)?;
                let end = reader.at;
                reader.blanks();
                Ok((word, end, reader.sees_compound()))
            });
            if let Ok((word, end, true)) = word
                && let [Part::Literal(bytes, _)] = word.parts.as_slice()
            {
                name = Some(bytes.clone());
                self.at = end;
            } else {
                self.at = save;
            }
        }
        let body = Box::new(self.command()?);
        Ok(CommandKind::Coproc { name, body })
    }

    fn sees_compound(&mut self) -> bool {
        self.peek(0) == b'(' || self.sees_reserved(&STARTS)
    }

    /// Reads the body of a function whose name was read.
    pub(super) fn function(&mut self, name: &Word, name_span: crate::Span) -> Read<CommandKind> {
        let mut text = Vec::new();
        for part in &name.parts {
            match part {
                Part::Literal(bytes, _)
                | Part::Escaped(bytes, _)
                | Part::SingleQuoted(bytes, _)
                | Part::AnsiC(bytes, _) => text.extend_from_slice(bytes),
                Part::DoubleQuoted(inner, _) => match inner.as_slice() {
                    [] => {}
                    [Part::Literal(bytes, _)] => text.extend_from_slice(bytes),
                    _ => return self.refuse("a function's name is not plain"),
                },
                _ => return self.refuse("a function's name is not plain"),
            }
        }
        self.newlines()?;
        if !self.sees_compound() {
            return self.refuse("expected the body of a function");
        }
        let body = Box::new(self.command()?);
        Ok(CommandKind::Function { name: text, name_span, body })
    }
}
