//! Simple commands, and the functions that look like them at first: `name() …`.

use super::lexical::is_name_start;
use super::{Printed, Read, Reader};
use crate::syntax::ast::{Command, CommandKind, Part, Simple, Word};

impl Reader<'_> {
    /// Reads assignments, words and redirections up to an operator.
    pub(super) fn simple_command(&mut self, start: usize) -> Read<Command> {
        let mut simple = Simple::default();
        let mut redirects = Vec::new();
        let mut end = self.at;
        // A redirection between assignments ends what bash allows at the start of a command only: subscripts
        // with blanks, `name=(…)`, declaration commands.
        let mut at_start = true;
        let mut declares = false;
        loop {
            if let Some(redirect) = self.redirect()? {
                redirects.push(redirect);
                end = self.at;
                at_start &= simple.assignments.is_empty();
                declares = false;
                continue;
            }
            if self.at_end() {
                break;
            }
            if self.sees_no_word() {
                if self.peek(0) != b'(' {
                    break;
                }
                if let ([name], true, true) =
                    (simple.words.as_slice(), simple.assignments.is_empty(), redirects.is_empty())
                    && self.empty_parentheses()
                {
                    let name = name.clone();
                    let kind = self.function(&name, name.span)?;
                    return Ok(Command { kind, redirects: Vec::new(), span: self.span_from(start) });
                }
                return self.refuse("an unexpected `(`");
            }
            if simple.words.is_empty() {
                // What bash prints has the redirection at the end: `$(<f ! rm a)` runs `! rm a <f`.
                let moves = simple.assignments.is_empty() && !redirects.is_empty();
                if moves && self.printed != Printed::Not && self.reserved().is_some() {
                    return self.refuse("a reserved word behind a redirection, which bash 5.2 moves");
                }
                match self.assignment_or_word(at_start)? {
                    Ok(assignment) => {
                        simple.assignments.push(assignment);
                        at_start = true;
                    }
                    Err(word) => {
                        declares = at_start && is_declaration(&word);
                        simple.words.push(word);
                    }
                }
            } else if declares {
                declares = !self.sees_process_substitution();
                simple.words.push(self.declaration_argument()?);
            } else {
                simple.words.push(self.word(false)?);
            }
            if matches!(self.peek(0), b'<' | b'>') && simple.words.last().is_some_and(is_descriptor) {
                return self.refuse("a line continuation within a descriptor is not read");
            }
            end = self.at;
        }
        if simple.assignments.is_empty() && simple.words.is_empty() && redirects.is_empty() {
            return self.refuse("expected a command");
        }
        simple.words.shrink_to_fit();
        redirects.shrink_to_fit();
        Ok(Command { kind: CommandKind::Simple(simple), redirects, span: self.span(start, end) })
    }

    /// Takes `( )`.
    fn empty_parentheses(&mut self) -> bool {
        let blanks =
            self.source.iter().skip(self.at + 1).take_while(|byte| matches!(byte, b' ' | b'\t')).count();
        let found = self.peek(1 + blanks) == b')';
        if found {
            self.at += blanks + 2;
        }
        found
    }
}

/// Whether a word is `{name}`: before a redirection operator a descriptor.
fn is_descriptor(word: &Word) -> bool {
    let [Part::Literal(text, _)] = word.parts.as_slice() else { return false };
    let name = text.strip_prefix(b"{").and_then(|text| text.strip_suffix(b"}"));
    name.is_some_and(|name| name.first().is_some_and(|byte| is_name_start(*byte)))
}

/// Whether a command word is a builtin whose arguments may be array assignments.
fn is_declaration(word: &Word) -> bool {
    let [Part::Literal(name, _)] = word.parts.as_slice() else { return false };
    matches!(
        name.as_slice(),
        b"declare" | b"typeset" | b"export" | b"readonly" | b"local" | b"alias" | b"eval" | b"let"
    )
}
