//! Invocations, as they are recorded.

use super::super::tracer::{Io, Tracer};
use super::super::{Argument, Invocation, UnknownCode};
use super::Around;
use crate::gap::GapCause;
use crate::program;
use crate::source::Span;
use crate::value::{Cause, Unknown, Value};

impl Tracer<'_> {
    /// Records an invocation and returns its index.
    pub(in crate::trace) fn record(
        &mut self,
        argv: Vec<Argument>,
        around: &Around,
        io: Io,
        calls: Vec<program::Call>,
        internal: bool,
    ) -> usize {
        // A chain of a thousand `sudo` holds its words a thousand times.
        self.count_text(argv.iter().map(|argument| argument.value.weight()).sum());
        let named = calls.iter().flat_map(program::Call::text_files);
        let mut texts: Vec<(usize, Value)> = Vec::new();
        for (word, path) in named {
            if let Some(text) = self.file(&path).filter(|_| texts.iter().all(|(other, _)| *other != word)) {
                texts.push((word, text));
            }
        }
        self.invocations.push(Invocation {
            argv,
            assignments: around.assignments.clone(),
            environment: if internal { Vec::new() } else { self.inherited_environment() },
            redirections: around.redirections.clone(),
            stdin: io.stdin.and_then(|stream| self.streams.get(stream)).cloned(),
            texts,
            cwd: self.env.directory.now.clone(),
            other_cwds: self.env.directory.others.clone(),
            via: self.via.clone(),
            parent: self.parent,
            group: around.group,
            alternatives: around.alternatives,
            certainty: self.certainty,
            calls,
            internal,
            unknown_code: None,
            span: around.span,
        });
        self.invocations.len() - 1
    }

    /// What the script has set in the environment of a program.
    fn inherited_environment(&self) -> Vec<(Vec<u8>, Value)> {
        /// Most variables that are handed to each invocation.
        const MAX_VARIABLES: usize = 16;
        let is_given = |name: &[u8]| name == b"HOME" || self.facts.variables.contains_key(name);
        let set = self.env.exported().filter(|(name, _)| self.keeps_environment && !is_given(name));
        let set: Vec<_> =
            set.take(MAX_VARIABLES + 1).map(|(name, value)| (name.clone(), value.clone())).collect();
        if set.len() > MAX_VARIABLES { Vec::new() } else { set }
    }

    /// Records that an invocation executes text that cannot be known.
    pub(in crate::trace) fn unknown_code(&mut self, index: Option<usize>, unknown: &Unknown, span: Span) {
        let network = matches!(unknown.cause, Cause::Network(_));
        let kind = if network { UnknownCode::Network } else { UnknownCode::Other };
        if let Some(invocation) = index.and_then(|index| self.invocations.get_mut(index)) {
            invocation.unknown_code = Some(kind);
        }
        self.gap(span, GapCause::UnknownCode(origin_of_code(unknown)));
    }
}

/// A noun phrase for where unknown code comes from.
fn origin_of_code(unknown: &Unknown) -> String {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    match &unknown.cause {
        Cause::Variable(name) => format!("the variable {}", text(name)),
        Cause::Parameter(name) => format!("the parameter ${}", text(name)),
        Cause::Output(command) | Cause::Network(command) | Cause::Trusted(command) => {
            format!("the output of `{}`", text(command))
        }
        Cause::File(path) => format!("the content of `{}`", text(path)),
        Cause::Input => "what is read from standard input".to_owned(),
        Cause::Descriptor => "what is written to a descriptor".to_owned(),
        Cause::Temporary | Cause::Found(_) | Cause::Number | Cause::Packed(_) | Cause::Unmodelled => {
            "this text".to_owned()
        }
    }
}
