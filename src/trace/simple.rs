//! Simple commands: expansion, assignments, and what the command word turns out to be: alias, function, builtin or
//! program.

mod assign;

use super::env::Content;
use super::env::Variable;
use super::tracer::{Io, Outcome, Tracer};
use super::{Argument, Invocation, Redirection, Via, builtin};
use crate::gap::GapCause;
use crate::program;
use crate::source::Span;
use crate::syntax::ast::{Part, Redirect, Simple};
use crate::value::{Cause, Match, Piece, Unknown, Value};

/// What surrounds an argv.
#[derive(Clone, Debug)]
pub(super) struct Around {
    /// Assignments in front.
    pub(super) assignments: Vec<(Vec<u8>, Value)>,
    /// Redirections.
    pub(super) redirections: Vec<Redirection>,
    /// The whole command.
    pub(super) span: Span,
    /// Its number among groups of alternatives.
    pub(super) group: usize,
    /// How many alternatives there are.
    pub(super) alternatives: usize,
    /// Whether the shell itself looks the command up: functions and builtins count.
    pub(super) shell: bool,
    /// Whether functions count (`command` and `builtin` skip them).
    pub(super) functions: bool,
}

impl<'a> Tracer<'a> {
    /// Walks a simple command.
    pub(super) fn simple(&mut self, simple: &Simple, redirects: &[Redirect], span: Span, io: Io) -> Outcome {
        if simple.words.is_empty() {
            return self.bare(simple, redirects, span, io);
        }
        if let Some(outcome) = self.alias(simple, redirects, span, io) {
            return outcome;
        }
        for word in &simple.words {
            if let [Part::ArrayAssignment(assignment)] = word.parts.as_slice() {
                self.assign(assignment);
            }
        }
        let alternatives = self.expand_arguments(&simple.words);
        let assignments = self.prefix_assignments(&simple.assignments);
        let saved_descriptors = self.env.descriptors.clone();
        // `exec <<< text` has put it there for all that follows.
        let io = Io { stdin: io.stdin.or(self.env.descriptors.get(&0).copied()), ..io };
        let redirected = self.redirect(redirects, io);
        self.groups += 1;
        let around = Around {
            assignments,
            redirections: redirected.redirections.clone(),
            span,
            group: self.groups,
            alternatives: alternatives.len(),
            shell: true,
            functions: true,
        };
        let saved: Vec<_> =
            around.assignments.iter().map(|(name, _)| (name.clone(), self.env.saved(name))).collect();
        for (name, value) in &around.assignments {
            self.env.assign(name, vec![value.clone()]);
            self.env.update(name, |variable| variable.exported = true);
        }
        let mut outcome = match alternatives.as_slice() {
            [argv] => self.run_argv(argv.clone(), &around, redirected.io),
            several => self.branches(several.len(), |tracer, index| {
                let argv = several.get(index).cloned().unwrap_or_default();
                tracer.run_argv(argv, &around, redirected.io)
            }),
        };
        for (name, variable) in saved {
            self.env.restore(&name, variable);
        }
        let replaces_shell = matches!(alternatives.as_slice(), [argv] if is_bare_exec(argv));
        if !replaces_shell {
            self.env.descriptors = saved_descriptors;
        } else if let Some(stream) = redirected.io.stdin.filter(|_| redirected.io.stdin != io.stdin) {
            std::rc::Rc::make_mut(&mut self.env.descriptors).insert(0, stream);
        }
        outcome.stdout = self.deliver(&redirected, outcome.stdout, io);
        if !redirects.is_empty() {
            // A redirection that fails makes the command fail.
            outcome.success = None;
        }
        outcome
    }

    /// A command without words: assignments that last, redirections that create or cut files, `$(< file)`.
    fn bare(&mut self, simple: &Simple, redirects: &[Redirect], span: Span, io: Io) -> Outcome {
        let before = self.invocations.len();
        for assignment in &simple.assignments {
            self.assign(assignment);
        }
        let redirected = self.redirect(redirects, Io { capture: false, ..io });
        self.record_redirections(&redirected, span);
        let success = (self.invocations.len() == before && redirects.is_empty()).then_some(true);
        let mut outcome = Outcome { success, ..Outcome::default() };
        let reads =
            redirects.iter().any(|redirect| redirect.operator == crate::syntax::ast::RedirectOperator::Input);
        let stream = redirected.io.stdin.filter(|_| reads && io.capture && simple.assignments.is_empty());
        if let Some(text) = stream.and_then(|stream| self.streams.get(stream)) {
            outcome.stdout = text.clone();
        } else {
            outcome.stdout = self.deliver(&redirected, Value::default(), io);
        }
        outcome
    }

    /// Replaces an alias by its text, if the command word is one.
    fn alias(&mut self, simple: &Simple, redirects: &[Redirect], span: Span, io: Io) -> Option<Outcome> {
        if !self.env.expand_aliases || self.env.aliases.is_empty() {
            return None;
        }
        let (first, rest) = simple.words.split_first()?;
        let [Part::Literal(name, _)] = first.parts.as_slice() else { return None };
        let text = self.env.aliases.get(name)?.clone();
        let script = crate::syntax::parse(&text.known()?);
        let [item] = script.list.items.as_slice() else {
            // Several commands: they run as they are; the words that follow belong to the last.
            return Some(self.within(self.parent, Via::Text, |tracer| tracer.run_script(&text, io)));
        };
        let [command] = item.and_or.first.commands.as_slice() else {
            return Some(self.within(self.parent, Via::Text, |tracer| tracer.run_script(&text, io)));
        };
        let crate::syntax::ast::CommandKind::Simple(inner) = &command.kind else { return None };
        let mut words = inner.words.clone();
        words.extend(rest.iter().cloned());
        let mut assignments = simple.assignments.clone();
        assignments.extend(inner.assignments.iter().cloned());
        // An alias is not expanded within itself.
        let aliases = std::mem::take(&mut self.env.aliases);
        let whole = Simple { assignments, words };
        let outcome =
            self.within(self.parent, Via::Text, |tracer| tracer.simple(&whole, redirects, span, io));
        self.env.aliases = aliases;
        Some(outcome)
    }

    /// Runs an argv.
    pub(super) fn run_argv(&mut self, argv: Vec<Argument>, around: &Around, io: Io) -> Outcome {
        if !self.step(around.span) {
            return Outcome::unknown(Cause::Unmodelled, around.span, io);
        }
        let Some(first) = argv.first() else {
            self.record(argv, around, io, Vec::new(), true);
            return Outcome::default();
        };
        let Some(name) = first.value.known().map(std::borrow::Cow::into_owned) else {
            return self.run_unknown(argv, around, io);
        };
        if around.shell {
            if around.functions
                && let Some(body) = self.env.functions.get(&name).cloned()
            {
                let name = String::from_utf8_lossy(&name).into_owned();
                let arguments: Vec<Value> =
                    argv.iter().skip(1).map(|argument| argument.value.clone()).collect();
                let index = self.record(argv.clone(), around, io, Vec::new(), true);
                if !self.env.unsure.contains_key(name.as_bytes()) {
                    return self.call_function(&name, &body, arguments, index, io);
                }
                self.groups += 1;
                let bare = Around { functions: false, group: self.groups, ..around.clone() };
                return self.branches(2, |tracer, branch| match branch {
                    0 => tracer.call_function(&name, &body, arguments.clone(), index, io),
                    _ => tracer.run_argv(argv.clone(), &bare, io),
                });
            }
            if let Some(run) = builtin::find(&name).filter(|_| !name.contains(&b'/')) {
                return run(self, argv, around, io);
            }
        }
        self.run_program(argv, &name, around, io)
    }

    fn run_program(&mut self, argv: Vec<Argument>, name: &[u8], around: &Around, io: Io) -> Outcome {
        let path = self.env.hashed.get(name).cloned().unwrap_or_else(|| name.to_vec());
        let base = path.rsplit(|byte| *byte == b'/').next().unwrap_or_default();
        let base = String::from_utf8_lossy(base).into_owned();
        let grammar = self.grammars.grammar(&base);
        let values: Vec<Value> = argv.iter().map(|argument| argument.value.clone()).collect();
        let calls = grammar.as_ref().map(|grammar| program::read(&values, grammar)).unwrap_or_default();
        let script = argv.first().and_then(|first| self.file(&first.value));
        let index = self.record(argv, around, io, calls.clone(), false);
        if let Some(text) = script.filter(|_| name.contains(&b'/')) {
            let arguments = values.clone();
            return self.run_shell(index, Via::File, &text, arguments, io);
        }
        match grammar {
            Some(grammar) => self.run_calls(index, &grammar, &base, &calls, &values, around, io),
            None => self.output(&base, None, &values, around.span, io),
        }
    }

    /// A command whose word is not known: it may be any program, or a wrapper in front of one.
    fn run_unknown(&mut self, argv: Vec<Argument>, around: &Around, io: Io) -> Outcome {
        let candidates = self.candidates(&argv);
        let from_text =
            argv.first().and_then(|first| first.value.pieces.first()).is_some_and(|piece| match piece {
                Piece::Unknown(unknown) => self.marks.contains(unknown),
                _ => false,
            });
        let index = self.record(argv.clone(), around, io, Vec::new(), false);
        if from_text && let Some(unknown) = argv.first().and_then(|first| first.value.first_unknown()) {
            let unknown = unknown.clone();
            self.unknown_code(Some(index), &unknown, around.span);
        }
        if let [only] = argv.as_slice()
            && let Some(unknown) = only.value.first_unknown().cloned()
            && unknown.may_split
            && matches!(
                unknown.cause,
                Cause::Output(_) | Cause::Network(_) | Cause::Input | Cause::Descriptor
            )
        {
            // `$(curl …)`: the output is the whole command.
            self.unknown_code(Some(index), &unknown, around.span);
        }
        let saved = std::mem::replace(&mut self.certainty, Match::Possible);
        self.groups += 1;
        let inner = Around {
            assignments: Vec::new(),
            redirections: Vec::new(),
            group: self.groups,
            alternatives: 1,
            ..around.clone()
        };
        for candidate in candidates {
            self.within(Some(index), Via::Operands, |tracer| {
                tracer.subshell(|tracer| tracer.run_argv(candidate, &inner, io))
            });
        }
        self.certainty = saved;
        Outcome::unknown(Cause::Unmodelled, around.span, io)
    }

    /// What a command with an unknown word may be: a known program whose name fits a glob; if the word may vanish
    /// or be a wrapper, the words behind it.
    fn candidates(&self, argv: &[Argument]) -> Vec<Vec<Argument>> {
        /// Most programs that are tried for a glob.
        const MAX_CANDIDATES: usize = 8;
        let Some((first, rest)) = argv.split_first() else { return Vec::new() };
        if let Some(pattern) = first.value.written() {
            let base = pattern.rsplit(|byte| *byte == b'/').next().unwrap_or_default();
            let fits = |name: &String| super::pattern::matches(base, name.as_bytes());
            return self
                .grammars
                .programs()
                .into_iter()
                .filter(fits)
                .take(MAX_CANDIDATES)
                .map(|name| {
                    let value = Value::text(name, first.span);
                    let word = Argument { value, span: first.span };
                    std::iter::once(word).chain(rest.iter().cloned()).collect()
                })
                .collect();
        }
        let starts_unknown = matches!(first.value.pieces.as_slice(), [Piece::Unknown(Unknown { .. })]);
        let command = rest.first().is_some_and(|word| {
            let prefix = word.value.known_prefix();
            !prefix.is_empty() && !prefix.starts_with(b"-")
        });
        if starts_unknown && command { vec![rest.to_vec()] } else { Vec::new() }
    }

    /// Records an invocation and returns its index.
    pub(super) fn record(
        &mut self,
        argv: Vec<Argument>,
        around: &Around,
        io: Io,
        calls: Vec<program::Call>,
        internal: bool,
    ) -> usize {
        // A chain of a thousand `sudo` holds its words a thousand times.
        self.count_text(argv.iter().map(|argument| argument.value.known_length()).sum());
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
            redirections: around.redirections.clone(),
            stdin: io.stdin.and_then(|stream| self.streams.get(stream)).cloned(),
            texts,
            cwd: self.env.cwd.clone(),
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

    /// Records that an invocation executes text that cannot be known.
    pub(super) fn unknown_code(&mut self, index: Option<usize>, unknown: &Unknown, span: Span) {
        let network = matches!(unknown.cause, Cause::Network(_));
        let kind = if network { super::UnknownCode::Network } else { super::UnknownCode::Other };
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
        Cause::Input => "what is read from standard input".to_owned(),
        Cause::Descriptor => "what is written to a descriptor".to_owned(),
        Cause::Temporary | Cause::Found(_) | Cause::Number | Cause::Unmodelled => "this text".to_owned(),
    }
}

/// `exec` with redirections only: they last.
fn is_bare_exec(argv: &[Argument]) -> bool {
    matches!(argv, [only] if only.value.equals(b"exec") == Match::Certain)
}

/// A variable that `declare` makes.
pub(super) fn declared(old: Option<&Variable>) -> Variable {
    old.cloned().unwrap_or_else(|| Variable::from_contents(vec![Content::Unset]))
}
