//! `#!`: what the first line of a script starts.

use super::super::Argument;
use super::super::tracer::Tracer;
use crate::program::Style;
use crate::source::Span;
use crate::value::Value;

impl Tracer<'_> {
    /// The words that the first line of a script starts it with: `#!/usr/bin/perl -w`. The kernel takes what stands behind
    /// the program as one word. `None` for shells, which read the script anyway.
    pub(super) fn interpreter(&self, text: &Value, argv: &[Value], span: Span) -> Option<Vec<Argument>> {
        let prefix = text.known_prefix();
        let line = prefix.strip_prefix(b"#!")?.split(|byte| *byte == b'\n').next()?.trim_ascii();
        let end = line.iter().position(|byte| b" \t".contains(byte)).unwrap_or(line.len());
        let (program, argument) = line.split_at(end);
        let argument = argument.trim_ascii();
        let base = program.rsplit(|byte| *byte == b'/').next()?;
        // `#!/usr/bin/env python3`
        let named = if base == b"env" { argument } else { base };
        let grammar = self.grammars.grammar(&String::from_utf8_lossy(named));
        if program.is_empty() || grammar.is_some_and(|grammar| grammar.style == Style::Shell) {
            return None;
        }
        let words = [program, argument].into_iter().filter(|word| !word.is_empty());
        let words = words.map(|word| Value::text(word, span)).chain(argv.iter().cloned());
        Some(words.map(|value| Argument { value, span }).collect())
    }
}
