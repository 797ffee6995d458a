//! Commands and their redirections; the compound commands that are no more than lists between reserved words.

use super::brackets::Bracket;
use super::{Read, Reader};
use crate::syntax::ast::{Command, CommandKind, Text};

/// Reserved words that start a compound command.
const STARTS: [&str; 8] = ["{", "if", "while", "until", "for", "case", "select", "[["];

impl Reader<'_> {
    /// Reads a command with its redirections.
    pub(super) fn command(&mut self) -> Read<Command> {
        self.blanks();
        let start = self.at;
        let command = self.deeper(|reader| {
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
        })?;
        self.check_extensions(&command)?;
        Ok(command)
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
            "function" => self.function_command()?,
            "coproc" => self.coproc()?,
            "[[" => {
                self.take_reserved("[[", "expected `[[`")?;
                CommandKind::Conditional(self.conditional()?)
            }
            // Only in front of a pipeline is it reserved.
            "time" => return Ok(None),
            _ => return self.refuse("an unexpected reserved word"),
        }))
    }

    /// Whether a compound command stands here.
    pub(super) fn sees_compound(&mut self) -> bool {
        self.peek(0) == b'(' || self.sees_reserved(&STARTS)
    }

    /// Reads `((…))` if the text up to the matching parenthesis is directly followed by another; else it is two
    /// subshells. Without a matching parenthesis bash reads neither.
    pub(super) fn double_parenthesis(&mut self) -> Read<Option<Text>> {
        let start = self.at;
        self.at += 2;
        let end = self.closing(Bracket::Parenthesis)?;
        if self.source.get(end + 1) != Some(&b')') {
            self.at = start;
            return Ok(None);
        }
        let parts = self.text_between(start + 2, end)?;
        self.at = end + 2;
        Ok(Some(Text { parts, span: self.span(start + 2, end) }))
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
}
