//! Simple commands: expansion, assignments, and what the command word turns out to be: alias, function, builtin or
//! program.

mod alias;
mod assign;
mod command_word;
mod interpreter;
mod record;

use command_word::{assigned_somewhere, known_name};

pub(super) use assign::{in_case, subscripted};
pub(crate) use command_word::NamePattern;

use super::env::{Content, Output, Variable};
use super::files::Ran;
use super::tracer::{Io, Outcome, Tracer};
use super::{Argument, Redirection, Via, builtin};
use crate::program;
use crate::source::Span;
use crate::syntax::ast::{Assignment, Part, Redirect, Simple, Word};
use crate::value::{Cause, Match, Piece, Unknown, Value};
use std::borrow::Cow;
use std::rc::Rc;

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
        self.trace_prompt(span);
        if simple.words.is_empty() {
            return self.bare(simple, redirects, span, io);
        }
        if let Some(outcome) = self.alias(simple, redirects, span, io) {
            return outcome;
        }
        let mut alternatives = self.expand_arguments(&self.with_paths(&simple.words));
        alternatives.iter_mut().for_each(|argv| self.add_option_names(argv));
        let assignments = self.prefix_assignments(&simple.assignments);
        let sinks = self.sinks.len();
        let opened = (self.env.descriptors.clone(), self.env.outputs.clone());
        // `exec <<< text` has put it there for all that follows.
        let io = Io { stdin: io.stdin.or(self.env.descriptors.get(&0).copied()), ..io };
        let redirected = self.redirect(redirects, io);
        self.arrays = array_assignments(simple);
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
        self.env.outputs = redirected.inside();
        let mut outcome = match alternatives.as_slice() {
            [argv] => self.run_argv(argv.clone(), &around, redirected.io),
            several => self.branches(several.len(), |tracer, index| {
                let argv = several.get(index).cloned().unwrap_or_default();
                tracer.run_argv(argv, &around, redirected.io)
            }),
        };
        self.env.last_word = match alternatives.as_slice() {
            [argv] => argv.last().map(|last| Rc::new(last.value.clone())),
            _ => None,
        };
        for (name, variable) in saved {
            self.env.restore(&name, variable);
        }
        let replaces_shell = matches!(alternatives.as_slice(), [argv] if is_bare_exec(argv));
        if !replaces_shell {
            // `{name}<file` stays open.
            let kept: Vec<_> = redirected
                .kept
                .iter()
                .map(|number| {
                    (
                        *number,
                        self.env.descriptors.get(number).copied(),
                        redirected.outputs.get(number).cloned(),
                    )
                })
                .collect();
            (self.env.descriptors, self.env.outputs) = opened;
            for (number, stream, output) in kept {
                if let Some(stream) = stream {
                    Rc::make_mut(&mut self.env.descriptors).insert(number, stream);
                }
                if let Some(output) = output {
                    Rc::make_mut(&mut self.env.outputs).insert(number, output);
                }
            }
            outcome.stdout = self.deliver(&redirected, outcome.stdout, io);
        } else {
            // What `exec > >(…)` opens stays open.
            for sink in self.sinks.iter_mut().skip(sinks) {
                sink.lasts = true;
            }
            self.env.outputs = redirected.outputs.clone();
            if let Some(stream) = redirected.io.stdin.filter(|_| redirected.io.stdin != io.stdin) {
                Rc::make_mut(&mut self.env.descriptors).insert(0, stream);
            }
            outcome.stdout = Value::default();
        }
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
        self.env.last_word = Some(Rc::default());
        let redirected = self.redirect(redirects, Io { capture: false, ..io });
        self.record_redirections(&redirected, span);
        let success = (self.invocations.len() == before && redirects.is_empty()).then_some(true);
        let mut outcome = Outcome { success, ..Outcome::default() };
        let reads =
            redirects.iter().any(|redirect| redirect.operator == crate::syntax::ast::RedirectOperator::Input);
        let stream = redirected.io.stdin.filter(|_| reads && io.capture && simple.assignments.is_empty());
        let cats = self.env.options.dialect.joins_redirections() && redirected.io.stdin != io.stdin;
        let text = |stream| self.streams.get(stream).cloned();
        if let Some(text) = redirected.io.stdin.filter(|_| cats).and_then(text) {
            // zsh runs `cat`.
            outcome.stdout = self.deliver(&redirected, text, io);
        } else if let Some(text) = stream.and_then(text) {
            outcome.stdout = text;
        } else {
            outcome.stdout = self.deliver(&redirected, Value::default(), io);
        }
        outcome
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
        if let Some((unknown, assigned)) = assigned_somewhere(&first.value)
            && self.marks.contains(unknown)
        {
            // `eval "$name=value"`
            self.env.set_any(b"", &Content::Scalar(assigned));
        }
        let name = first.value.known().map(Cow::into_owned).or_else(|| known_name(&first.value));
        let Some(name) = name else {
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
            let dialect = self.env.options.dialect;
            if let Some(run) = builtin::find(&name, dialect).filter(|_| !name.contains(&b'/')) {
                let listing = if io.capture { builtin::listing(&argv, around.span) } else { None };
                let mut outcome = run(self, argv, around, io);
                if let Some(listing) = listing.filter(|_| outcome.stdout.pieces.is_empty()) {
                    outcome.stdout = listing;
                }
                let complains = !builtin::is_quiet(&name) && self.env.outputs.get(&2) == Some(&Output::On);
                if io.capture && complains {
                    // What it says where it fails.
                    let message = Value::unknown(Cause::Output(name), true, around.span);
                    outcome.stdout.pieces.extend(message.pieces);
                }
                return outcome;
            }
        }
        if around.shell
            && !name.contains(&b'/')
            && self.grammars.grammar(&String::from_utf8_lossy(&name)).is_none()
        {
            return self.run_or_not_found(argv, &name, around, io);
        }
        self.run_program(argv, &name, around, io)
    }

    /// A program that may not be there: then the shell calls a function of the script, if it has one.
    fn run_or_not_found(&mut self, argv: Vec<Argument>, name: &[u8], around: &Around, io: Io) -> Outcome {
        const HANDLER: &str = "command_not_found_handle";
        let Some(body) = self.env.functions.get(HANDLER.as_bytes()).cloned() else {
            return self.run_program(argv, name, around, io);
        };
        let at = self.invocations.len();
        self.branches(2, |tracer, index| match index {
            0 => tracer.run_program(argv.clone(), name, around, io),
            _ => {
                let words = argv.iter().map(|argument| argument.value.clone()).collect();
                let saved = std::mem::replace(&mut tracer.certainty, Match::Possible);
                let outcome = tracer.subshell(|tracer| tracer.call_function(HANDLER, &body, words, at, io));
                tracer.certainty = saved;
                outcome
            }
        })
    }

    fn run_program(&mut self, mut argv: Vec<Argument>, name: &[u8], around: &Around, io: Io) -> Outcome {
        let hashed = self.env.hashed.get(name).cloned();
        if let (Some(path), Some(first)) = (&hashed, argv.first_mut()) {
            // `hash -p /bin/rm x`: the name does not show what is started.
            first.value = Value::text(path.clone(), first.span);
        }
        let path = hashed.unwrap_or_else(|| name.to_vec());
        let written = argv.first().map(|first| &first.value).filter(|value| value.has_unknown());
        let place = written.cloned().or_else(|| self.place_of(&path, around.span));
        let copied = place.as_ref().and_then(|place| self.copied_program(place));
        let script = place.filter(|_| copied.is_none()).and_then(|place| self.program_file(&place));
        let path = copied.unwrap_or(path);
        let slash = path.iter().rposition(|byte| *byte == b'/').map_or(0, |slash| slash + 1);
        let (folder, base) = path.split_at_checked(slash).unwrap_or_default();
        let (folder, base) = (String::from_utf8_lossy(folder), String::from_utf8_lossy(base).into_owned());
        // All programs of a folder may be one: `/etc/init.d/nginx`.
        let by_folder = if slash > 1 { self.grammars.grammar(&format!("{folder}*")) } else { None };
        let by_name = self.grammars.grammar(&base);
        let grammar = by_folder.clone().or_else(|| by_name.clone());
        let mut values: Vec<Value> = argv.iter().map(|argument| argument.value.clone()).collect();
        let mut calls = grammar.as_ref().map(|grammar| program::read(&values, grammar)).unwrap_or_default();
        if self.add_options_files(&mut argv, &calls, io) {
            values = argv.iter().map(|argument| argument.value.clone()).collect();
            calls = grammar.as_ref().map(|grammar| program::read(&values, grammar)).unwrap_or_default();
        }
        if let (Some(_), Some(by_name)) = (&by_folder, &by_name) {
            // Rules about `nginx stop` mean the script, too.
            calls.extend(program::read(&values, by_name));
        }
        self.follow_names(&mut calls);
        let index = self.record(argv, around, io, calls.clone(), false);
        if let Some(text) = script {
            if let Some(interpreter) = self.interpreter(&text, &values, around.span) {
                return self.run_inner(index, Via::File, interpreter, &[], around, io);
            }
            return self.run_own_script(index, &text, values, around, io);
        }
        self.run_common_environment(index, grammar.as_deref(), around, io);
        let outcome = match &grammar {
            Some(grammar) => self.run_calls(index, grammar, &base, &calls, &values, around, io),
            None => self.output(&base, None, &values, around.span, io),
        };
        if let (Some(grammar), Some(call)) = (grammar, calls.first()) {
            let prints = super::nested::prints_of(&grammar, call);
            let ran = Ran { program: &base, values: &values, prints, span: around.span };
            self.follow_files(call, &ran, io);
        }
        outcome
    }

    /// Where a program is that the script itself may have made: its path, or what `PATH` leads to if the script sets it.
    fn place_of(&self, name: &[u8], span: Span) -> Option<Value> {
        let named = Value::text(name, span);
        if name.contains(&b'/') {
            return Some(named);
        }
        let path = self.env.variable(b"PATH")?;
        let [content] = path.contents.as_slice() else { return None };
        folders(content.scalar()?, span).into_iter().find_map(|mut place| {
            place.push_text(&[b"/", name].concat(), span);
            let made = self.file(&place).is_some() || self.copied_program(&place).is_some();
            made.then_some(place)
        })
    }

    /// A command whose word is not known: it may be any program, or a wrapper in front of one.
    fn run_unknown(&mut self, argv: Vec<Argument>, around: &Around, io: Io) -> Outcome {
        let written = |first: &Argument| {
            self.program_file(&first.value).or_else(|| self.written_by_pattern(&first.value, first.span))
        };
        if let Some(text) = argv.first().and_then(written) {
            let values = argv.iter().map(|argument| argument.value.clone()).collect();
            let index = self.record(argv, around, io, Vec::new(), false);
            return self.run_own_script(index, &text, values, around, io);
        }
        let candidates = self.candidates(&argv);
        // The content of a file of the project runs like the file itself.
        let local = |unknown: &Unknown| {
            matches!(unknown.cause, Cause::File(_)) && matches!(self.via, Via::File | Via::Stdin)
        };
        let from_text = argv.first().is_some_and(|first| match first.value.pieces.as_slice() {
            [Piece::Unknown(unknown), rest @ ..] => {
                self.marks.contains(unknown) && !local(unknown) && !command_word::is_folder(unknown, rest)
            }
            _ => false,
        });
        let index = self.record(argv.clone(), around, io, Vec::new(), false);
        if from_text && let Some(unknown) = argv.first().and_then(|first| first.value.first_unknown()) {
            let unknown = unknown.clone();
            self.unknown_code(Some(index), &unknown, around.span);
        }
        if let Some(unknown) = command_word::text_run(&argv) {
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
}

/// The folders of a `PATH`; an empty one is the working directory.
pub(super) fn folders(path: &Value, span: Span) -> Vec<Value> {
    let mut folders = vec![Value::default()];
    for piece in &path.pieces {
        let Piece::Text { bytes, .. } = piece else {
            folders.last_mut().into_iter().for_each(|folder| folder.pieces.push(piece.clone()));
            continue;
        };
        for (index, part) in bytes.split(|byte| *byte == b':').enumerate() {
            if index > 0 {
                folders.push(Value::default());
            }
            folders.last_mut().into_iter().for_each(|folder| folder.push_text(part, span));
        }
    }
    for folder in folders.iter_mut().filter(|folder| folder.pieces.is_empty()) {
        folder.push_text(b".", span);
    }
    folders
}

/// The arrays that the words of a declaration assign: `declare -a x=(…)`.
fn array_assignments(simple: &Simple) -> Vec<Assignment> {
    let of_word = |word: &Word| match word.parts.as_slice() {
        [Part::ArrayAssignment(assignment)] => Some(Assignment::clone(assignment)),
        _ => None,
    };
    simple.words.iter().filter_map(of_word).collect()
}

/// `exec` with redirections only: they last.
fn is_bare_exec(argv: &[Argument]) -> bool {
    matches!(argv, [only] if only.value.equals(b"exec") == Match::Certain)
}

/// A variable that `declare` makes.
pub(super) fn declared(old: Option<&Variable>) -> Variable {
    old.cloned().unwrap_or_else(|| Variable::from_contents(vec![Content::Unset]))
}
