//! `#!`: what the first line of a script starts.

use super::super::env::Options;
use super::super::tracer::{Io, Outcome, Tracer};
use super::super::{Argument, Via};
use super::Around;
use crate::facts::Dialect;
use crate::program::{Grammar, Role, Style};
use crate::source::Span;
use crate::value::Value;
use std::rc::Rc;

/// What the first line of a script says.
struct FirstLine {
    program: Vec<u8>,
    /// What stands behind the program.
    argument: Vec<u8>,
    /// The grammar of what runs the script.
    grammar: Option<Rc<Grammar>>,
}

impl Tracer<'_> {
    /// The words that the first line of a script starts it with: `#!/usr/bin/perl -w`. The kernel takes what stands behind
    /// the program as one word. `None` for shells, which read the script anyway.
    pub(super) fn interpreter(&self, text: &Value, argv: &[Value], span: Span) -> Option<Vec<Argument>> {
        let FirstLine { program, argument, grammar } = self.first_line(text)?;
        if program.is_empty() || grammar.is_some_and(|grammar| grammar.style == Style::Shell) {
            return None;
        }
        let words = [program, argument].into_iter().filter(|word| !word.is_empty());
        let words = words.map(|word| Value::text(word, span)).chain(argv.iter().cloned());
        Some(words.map(|value| Argument { value, span }).collect())
    }

    /// Runs a script that the command itself has written, in the shell that its first line names.
    pub(super) fn run_own_script(
        &mut self,
        index: usize,
        text: &Value,
        argv: Vec<Value>,
        around: &Around,
        io: Io,
    ) -> Outcome {
        let shell = self.first_line(text).and_then(|line| line.grammar);
        let shell = shell.filter(|grammar| grammar.style == Style::Shell);
        let options = match shell.as_ref().map(|shell| &shell.stdin) {
            Some(Some(Role::Script(name))) => Options::of(Dialect::named(name)),
            _ => Options::default(),
        };
        let startup = shell.map(|shell| self.startup_texts(&shell, &[], around, io)).unwrap_or_default();
        let startup = std::mem::replace(&mut self.startup, startup);
        let outcome = self.run_shell(index, Via::File, text, argv, options, io);
        self.startup = startup;
        outcome
    }

    fn first_line(&self, text: &Value) -> Option<FirstLine> {
        let prefix = text.known_prefix();
        let line = prefix.strip_prefix(b"#!")?.split(|byte| *byte == b'\n').next()?.trim_ascii();
        let end = line.iter().position(|byte| b" \t".contains(byte)).unwrap_or(line.len());
        let (program, argument) = line.split_at(end);
        let argument = argument.trim_ascii();
        let base = program.rsplit(|byte| *byte == b'/').next()?;
        // `#!/usr/bin/env python3`
        let named = if base == b"env" { argument } else { base };
        let grammar = self.grammars.grammar(&String::from_utf8_lossy(named));
        Some(FirstLine { program: program.to_vec(), argument: argument.to_vec(), grammar })
    }
}
