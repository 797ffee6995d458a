//! Substitutions in words: `$(…)`, backquotes, `<(…)`.

use super::super::Via;
use super::super::env::File;
use super::super::files::Sink;
use super::super::tracer::{Io, Tracer};
use super::unset::TryUnset;
use crate::gap::GapCause;
use crate::syntax::ast::{List, Substitution};
use crate::value::{Cause, Piece, Value};

impl Tracer<'_> {
    /// The output of a command substitution, without NUL bytes and without the newlines at its end.
    pub(super) fn substitute(&mut self, substitution: &Substitution) -> Value {
        let mut value = self.captured(&substitution.list, Via::CommandSubstitution, self.input);
        if let Some(reason) = &substitution.unread {
            self.gap(substitution.span, GapCause::Syntax(reason.clone()));
            value = Value::unknown(Cause::Unmodelled, true, substitution.span);
        }
        for piece in &mut value.pieces {
            if let Piece::Text { bytes, .. } = piece {
                bytes.retain(|byte| *byte != 0);
            }
        }
        while let Some(Piece::Text { bytes, .. }) = value.pieces.last_mut() {
            while bytes.last() == Some(&b'\n') {
                bytes.pop();
            }
            if !bytes.is_empty() {
                break;
            }
            value.pieces.pop();
        }
        value
    }

    /// Walks a list in a subshell and returns what it prints.
    fn captured(&mut self, list: &List, via: Via, stdin: Option<usize>) -> Value {
        self.depth += 1;
        let saved = std::mem::replace(&mut self.try_unset, TryUnset::No);
        let io = Io { stdin, capture: true, ..Io::default() };
        let outcome = self.within(self.parent, via, |tracer| {
            tracer.subshell(|tracer| {
                tracer.env.reconnect(false);
                tracer.script(list, io)
            })
        });
        self.depth -= 1;
        self.try_unset = saved;
        if !self.count_text(outcome.stdout.weight()) {
            return Value::unknown(Cause::Unmodelled, true, outcome.stdout.origin().unwrap_or_default());
        }
        outcome.stdout
    }

    /// The file name that stands for a process substitution; reading it yields the output of the commands.
    pub(super) fn process_substitution(&mut self, output: bool, substitution: &Substitution) -> Value {
        let path = format!("/dev/fd/{}", self.next_descriptor);
        self.next_descriptor = self.next_descriptor.saturating_sub(1);
        if output {
            let list = substitution.list.clone();
            let path = path.clone().into_bytes();
            let outputs = self.env.outputs.clone();
            self.sinks.push(Sink { path, list, span: substitution.span, done: false, lasts: false, outputs });
        } else {
            let text = self.captured(&substitution.list, Via::ProcessSubstitution, self.input);
            self.env.files.insert(path.clone().into_bytes(), File::Text(text));
        }
        if let Some(reason) = &substitution.unread {
            self.gap(substitution.span, GapCause::Syntax(reason.clone()));
        }
        Value::text(path, substitution.span)
    }
}
