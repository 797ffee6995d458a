//! Function definitions and coprocesses: a name, then a command.

use super::{Read, Reader};
use crate::syntax::ast::{CommandKind, Part, Word};

impl Reader<'_> {
    /// Reads `function name` with or without `()`, and the body.
    pub(super) fn function_command(&mut self) -> Read<CommandKind> {
        self.take_reserved("function", "expected `function`")?;
        self.blanks();
        let start = self.at;
        let name = self.word(false)?;
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
        self.function(&name, name_span)
    }

    /// Reads `coproc` and what it runs.
    pub(super) fn coproc(&mut self) -> Read<CommandKind> {
        self.take_reserved("coproc", "expected `coproc`")?;
        self.blanks();
        // Compound commands and what is no reserved word may follow; the second word can be reserved, too.
        let reserved = |word: Option<&str>| word.is_some_and(|word| word != "time");
        if !self.sees_compound() && reserved(self.reserved()) {
            return self.refuse("an unexpected reserved word behind `coproc`");
        }
        let mut name = None;
        if !self.sees_compound() && !self.sees_no_word() {
            // `coproc NAME compound-command`; before anything else the word is the command itself.
            let (word, end, compound, next) = self.look_ahead(|reader| {
                let word = reader.word(false)?;
                let end = reader.at;
                let next = reader.reserved();
                Ok((word, end, reader.sees_compound(), next))
            })?;
            if !compound && reserved(next) {
                return self.refuse("an unexpected reserved word behind `coproc`");
            }
            if let ([Part::Literal(bytes, _)], true) = (word.parts.as_slice(), compound) {
                name = Some(bytes.clone());
                self.at = end;
            }
        }
        let body = Box::new(self.command()?);
        if matches!(body.kind, CommandKind::Function { .. } | CommandKind::Coproc { .. }) {
            return self.refuse("a function behind `coproc`");
        }
        Ok(CommandKind::Coproc { name, body })
    }

    /// Reads the body of a function whose name was read.
    pub(super) fn function(&mut self, name: &Word, name_span: crate::Span) -> Read<CommandKind> {
        // bash keeps the quotes in the name and refuses it when it runs: nothing is defined.
        let [Part::Literal(text, _)] = name.parts.as_slice() else {
            return self.refuse("a function's name is not plain");
        };
        let text = text.clone();
        self.newlines()?;
        if !self.sees_compound() {
            return self.refuse("expected the body of a function");
        }
        let body = Box::new(self.command()?);
        Ok(CommandKind::Function { name: text, name_span, body })
    }
}
