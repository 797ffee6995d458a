//! Scripts, lists, and-or lists and pipelines.

use super::{Printed, Read, Reader};
use crate::syntax::ast::{
    AndOr, AndOrOperator, Command, CommandKind, List, ListItem, Part, PipeOperator, Pipeline, Simple,
};

/// Whether another item can follow.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Next {
    End,
    More,
    BehindSemicolon,
}

impl Reader<'_> {
    /// Reads everything.
    pub(super) fn program(&mut self, list: &mut List) -> Read<()> {
        if self.source.contains(&0) {
            return self.refuse("a NUL byte");
        }
        loop {
            let before = list.items.len();
            self.line(list)?;
            list.items.iter_mut().skip(before + 1).for_each(|item| item.continues = true);
            self.note_options(list, before);
            self.complete = list.items.len();
            if self.at_end() {
                return Ok(());
            }
        }
    }

    /// What stands here and cannot.
    fn unexpected(&self) -> &'static str {
        match self.peek(0) {
            b')' => "an unexpected `)`",
            b';' => "an unexpected `;`",
            b'&' | b'|' => "an unexpected operator",
            _ => "an unexpected reserved word or operator",
        }
    }

    /// Reads up to the end of a line at which no command is open.
    fn line(&mut self, list: &mut List) -> Read<()> {
        self.newlines()?;
        let line_end = |reader: &mut Self| -> Read<bool> {
            if reader.at_end() || reader.peek(0) != b'\n' {
                return Ok(false);
            }
            reader.end_line()?;
            Ok(true)
        };
        while self.item(list)? != Next::End {
            self.blanks();
            if line_end(self)? || self.at_end() {
                return Ok(());
            }
        }
        if self.at_end() || line_end(self)? { Ok(()) } else { self.refuse(self.unexpected()) }
    }

    /// `shopt -s extglob` on a line changes how the following lines are read.
    fn note_options(&mut self, list: &List, from: usize) {
        for item in list.items.iter().skip(from) {
            let pipelines =
                std::iter::once(&item.and_or.first).chain(item.and_or.rest.iter().map(|(_, next)| next));
            for command in pipelines.flat_map(|pipeline| &pipeline.commands) {
                let CommandKind::Simple(simple) = &command.kind else { continue };
                let words: Vec<&[u8]> = simple.words.iter().map(literal_text).collect();
                if words.first() == Some(&&b"shopt"[..]) && words.contains(&&b"extglob"[..]) {
                    self.extglob =
                        words.contains(&&b"-s"[..]) || (self.extglob && !words.contains(&&b"-u"[..]));
                }
            }
        }
    }

    /// Reads a list up to what ends it: `)`, `;;`, a reserved word, or the end.
    pub(super) fn list(&mut self, list: &mut List) -> Read<()> {
        let mut forgotten = false;
        loop {
            let start = self.at;
            self.newlines()?;
            let on_new_line = self.source.get(start..self.at).is_some_and(|passed| passed.contains(&b'\n'));
            let before = list.items.len();
            let next = self.item(list)?;
            list.items.iter_mut().skip(before.max(1)).for_each(|item| item.continues = !on_new_line);
            if forgotten && list.items.len() > before {
                return self.refuse("a `;` behind a here-document in a substitution, which bash 5.2 forgets");
            }
            if next == Next::End || self.at_end() {
                // Most lists hold one command: see `Reader::word`.
                list.items.shrink_to_fit();
                return Ok(());
            }
            forgotten = next == Next::BehindSemicolon && self.printed == Printed::HereDocument;
        }
    }

    /// Reads a list that must not be empty.
    pub(super) fn some_list(&mut self, empty: &'static str) -> Read<List> {
        let mut list = List::default();
        self.list(&mut list)?;
        if list.items.is_empty() { self.refuse(empty) } else { Ok(list) }
    }

    /// Reads one and-or list and its `;` or `&`, unless what stands here ends the list.
    fn item(&mut self, list: &mut List) -> Read<Next> {
        self.blanks();
        if self.at_end() || matches!(self.peek(0), b')' | b';' | b'\n') {
            return Ok(Next::End);
        }
        if self.sees_reserved(&["}", "do", "done", "elif", "else", "esac", "fi", "then"]) {
            return Ok(Next::End);
        }
        let and_or = self.and_or()?;
        self.blanks();
        let mut background = false;
        let mut next = Next::More;
        match (self.peek(0), self.peek(1)) {
            (b';', b';' | b'&') => next = Next::End,
            (b';', _) => {
                self.at += 1;
                next = Next::BehindSemicolon;
                self.blanks();
                if matches!(self.peek(0), b';' | b'&' | b'|') {
                    return self.refuse("an operator behind `;`");
                }
            }
            (b'&', _) => {
                self.at += 1;
                background = true;
                self.blanks();
                let ends_arm = self.peek(0) == b';' && matches!(self.peek(1), b';' | b'&');
                let redirects = self.peek(0) == b'&' && self.peek(1) == b'>';
                if matches!(self.peek(0), b';' | b'&' | b'|') && !ends_arm && !redirects {
                    return self.refuse("an operator behind `&`");
                }
            }
            (b'\n', _) => {}
            _ => next = Next::End,
        }
        list.items.push(ListItem { and_or, background, continues: false });
        Ok(next)
    }

    fn and_or(&mut self) -> Read<AndOr> {
        let first = self.pipeline()?;
        let mut rest = Vec::new();
        loop {
            self.blanks();
            let operator = match (self.peek(0), self.peek(1)) {
                (b'&', b'&') => AndOrOperator::And,
                (b'|', b'|') => AndOrOperator::Or,
                _ => {
                    rest.shrink_to_fit();
                    return Ok(AndOr { first, rest });
                }
            };
            self.at += 2;
            self.newlines()?;
            rest.push((operator, self.pipeline()?));
        }
    }

    fn pipeline(&mut self) -> Read<Pipeline> {
        self.blanks();
        let start = self.at;
        let mut pipeline = Pipeline {
            negated: false,
            timed: false,
            commands: Vec::with_capacity(1),
            operators: Vec::new(),
            span: self.span(start, start),
        };
        let mut prefixed = false;
        loop {
            match self.reserved() {
                // A pattern, or a subshell if something turned extended patterns off again.
                Some("!") if self.extglob && self.peek(1) == b'(' => {
                    return self.refuse("`!(` at the start of a command");
                }
                Some("!") => {
                    self.take_reserved("!", "expected `!`")?;
                    pipeline.negated = !pipeline.negated;
                }
                Some("time") => {
                    self.take_reserved("time", "expected `time`")?;
                    pipeline.timed = true;
                    self.blanks();
                    for option in [b"-p", b"--"] {
                        let ends = self.at + 2 >= self.source.len() || super::lexical::is_meta(self.peek(2));
                        if self.sees(option) && ends {
                            self.at += 2;
                            self.blanks();
                        }
                    }
                }
                _ => break,
            }
            prefixed = true;
        }
        self.blanks();
        let alone = match (self.peek(0), self.peek(1)) {
            (b';', b';' | b'&') => false,
            (b';' | b'\n', _) => true,
            _ => self.at_end(),
        };
        if prefixed && alone {
            pipeline.span = self.span_from(start);
            // bash makes it a command without words.
            pipeline.commands.push(Command {
                kind: CommandKind::Simple(Simple::default()),
                redirects: Vec::new(),
                span: pipeline.span,
            });
            return Ok(pipeline);
        }
        pipeline.commands.push(self.command()?);
        loop {
            let end = self.at;
            self.blanks();
            if self.peek(0) != b'|' || self.peek(1) == b'|' {
                pipeline.span = self.span(start, end);
                pipeline.commands.shrink_to_fit();
                pipeline.operators.shrink_to_fit();
                return Ok(pipeline);
            }
            self.at += 1;
            let both = self.peek(0) == b'&';
            self.at += usize::from(both);
            pipeline.operators.push(if both { PipeOperator::OutputAndError } else { PipeOperator::Output });
            self.newlines()?;
            // Behind `|`, `time` is a program like any other.
            if self.sees_reserved(&["!"]) {
                return self.refuse("`!` inside a pipeline is not read");
            }
            pipeline.commands.push(self.command()?);
        }
    }
}

/// The text of a word of one literal part; empty otherwise.
fn literal_text(word: &crate::syntax::ast::Word) -> &[u8] {
    match word.parts.as_slice() {
        [Part::Literal(bytes, _)] => bytes,
        _ => &[],
    }
}
