//! Commands inside commands: what follows from the roles that a grammar gives to words (`<command...>`, `<script>`,
//! standard input …), and scripts inside scripts.
//!
//! A script that is partly unknown is read with a *mark* for each unknown part: two control characters around a
//! number, which expansion turns back into the unknown part. So `bash -c "rm -rf $x"` is `rm -rf ?`.

mod code;
mod environment;
mod escape;
mod foreign;
mod launch;
mod list;
mod printing;
mod script;
mod template;
mod words;

use foreign::Given;
use list::listed_scripts;
pub(super) use template::listed;
use template::separates_by_nul;

use super::env::Options;
use super::redirect::named_descriptor;
use super::simple::Around;
use super::tracer::{Io, Outcome, Tracer};
use super::{Argument, Via};
use crate::program::grammar::Prints;
use crate::program::word::after;
use crate::program::{Call, Grammar, Nested, NestedWord, Role, Style};
use crate::source::Span;
use crate::value::{Cause, Match, Piece, Value};
use std::collections::HashSet;

impl<'a> Tracer<'a> {
    /// Follows everything that the readings of an argv say is executed.
    #[expect(clippy::too_many_arguments, reason = "an invocation and what surrounds it")]
    pub(super) fn run_calls(
        &mut self,
        index: usize,
        grammar: &Grammar,
        program: &str,
        calls: &[Call],
        values: &[Value],
        around: &Around,
        io: Io,
    ) -> Outcome {
        self.run_environment(index, grammar, around, io);
        let startup = self.startup_texts(grammar, calls, around, io);
        let startup = std::mem::replace(&mut self.startup, startup);
        let keeps = grammar.keeps_environment || grammar.style == Style::Shell;
        let kept = self.keeps_environment;
        self.keeps_environment &= keeps;
        let mut done: HashSet<(&Role, Option<usize>, &Option<String>)> = HashSet::new();
        let mut outcomes: Vec<Outcome> = Vec::new();
        for call in calls {
            let assignments: Vec<_> = call
                .nested
                .iter()
                .filter(|nested| nested.role == Role::Assignment)
                .flat_map(assigned)
                .collect();
            let directory = self.env.directory.clone();
            self.enter_directory(call, around.span);
            for nested in &call.nested {
                let key = (&nested.role, nested.words.first().map(|word| word.word), &nested.option);
                if nested.role == Role::Assignment || !done.insert(key) {
                    continue;
                }
                let certainty = self.certainty.and(nested.certainty).and(call.certainty);
                let saved = std::mem::replace(&mut self.certainty, certainty);
                let outcome = self.run_nested(index, call, nested, &assignments, around, io);
                self.certainty = saved;
                outcomes.extend(outcome);
            }
            self.run_default_files(index, grammar, call, around, io);
            self.run_escapes(index, grammar, call, around, io);
            if let Some(role) = &call.stdin
                && !done.iter().any(|(_, word, _)| *word == Some(usize::MAX))
            {
                done.insert((role, Some(usize::MAX), &None));
                let named = call.operands.iter().filter(|operand| operand.name.starts_with("arg"));
                let arguments = named.map(|operand| operand.value.clone()).collect();
                outcomes.extend(self.run_stdin(index, call, role, arguments, around, io));
            }
            self.env.directory = directory;
        }
        self.startup = startup;
        self.keeps_environment = kept;
        match (outcomes.pop(), outcomes.is_empty()) {
            (Some(only), true) => Outcome { flow: None, ..only },
            (None, _) => {
                let prints = calls.first().and_then(|call| prints_of(grammar, call));
                // `-printf` makes something else of the paths.
                let call =
                    calls.first().filter(|_| io.capture && grammar.style == Style::Find && prints.is_none());
                let found = call.map(|call| call.found(usize::MAX)).unwrap_or_default();
                if !found.is_empty() {
                    let paths = found.into_iter().map(|(path, _)| path);
                    let nul = call.is_some_and(|call| separates_by_nul(grammar, call));
                    let end: &[u8] = if nul { b"\0" } else { b"\n" };
                    return Outcome::printed(listed(paths, end, around.span));
                }
                self.output(program, prints, values, around.span, io)
            }
            _ => Outcome::unknown(output_cause(values), around.span, io),
        }
    }

    /// What the program starts runs where an option says, if one does.
    fn enter_directory(&mut self, call: &Call, span: Span) {
        for nested in call.nested.iter().filter(|nested| nested.role == Role::WorkingDirectory) {
            let Some(word) = nested.words.first() else { continue };
            let left = self.env.directory.now.clone();
            let place = super::builtin::joined(left.as_ref(), &word.value, span);
            self.env.directory.change(Some(place), nested.certainty == Match::Certain);
            self.env.directory.settle(None);
        }
    }

    fn run_nested(
        &mut self,
        index: usize,
        call: &Call,
        nested: &Nested,
        assignments: &[(Vec<u8>, Value)],
        around: &Around,
        io: Io,
    ) -> Option<Outcome> {
        let via = match &nested.option {
            Some(option) => Via::Option(option.clone()),
            None => Via::Operands,
        };
        let first = nested.words.first();
        let options = self.shell_options(call);
        match &nested.role {
            Role::Command | Role::WordsOf(_) | Role::PackageCommand => {
                let mut last = None;
                for argv in self.started(index, call, nested) {
                    last = Some(self.run_inner(index, via.clone(), argv, assignments, around, io));
                }
                last
            }
            // With words of a command it has started already.
            Role::Entrypoint | Role::Image if call.nested.iter().any(|other| other.role == Role::Command) => {
                None
            }
            Role::Entrypoint | Role::Image => {
                let argv = self.started_alone(index, nested)?;
                Some(self.run_inner(index, via, argv, assignments, around, io))
            }
            Role::TemplateCommand | Role::TemplateScript => {
                Some(self.run_template(index, via, call, nested, around, io))
            }
            Role::ShellWords | Role::OwnWords => {
                let text = &first?.value;
                let span = self.word_span(index, first?.word);
                let shell = |text: &str| {
                    let words = shell_words::split(text).ok()?;
                    Some(words.into_iter().map(|word| Value::text(word, span)).collect())
                };
                let own =
                    |text: &str| words::split(text, span, |name| self.env.inherited(name.as_bytes(), span));
                let words = text.known_str().and_then(|text| match nested.role {
                    Role::OwnWords => own(&text),
                    _ => shell(&text),
                });
                let Some(words) = words else {
                    self.run_unknown_code(index, text, around.span);
                    return None;
                };
                let mut argv: Vec<Argument> =
                    words.into_iter().map(|value| Argument { value, span }).collect();
                if nested.role == Role::OwnWords {
                    // The program reads the words as if they stood in its own argv.
                    argv.insert(0, self.invocations.get(index)?.argv.first()?.clone());
                }
                argv.extend(self.arguments_of(index, &nested.arguments));
                Some(self.run_inner(index, via, argv, assignments, around, io))
            }
            Role::Script(_) => {
                let arguments = nested.arguments.iter().map(|word| word.value.clone()).collect();
                Some(self.run_shell(index, via, &first?.value, arguments, options, io))
            }
            Role::ScriptList => {
                let scripts = listed_scripts(&first?.value);
                let run =
                    |text| self.run_shell(index, via.clone(), &text, Vec::new(), Options::default(), io);
                scripts.into_iter().map(run).last()
            }
            Role::JoinedScript => {
                let text = joined(nested.words.iter().map(|word| &word.value));
                Some(self.run_shell(index, via, &text, Vec::new(), Options::default(), io))
            }
            Role::ScriptFile => {
                let path = &first?.value;
                let mut arguments = vec![path.clone()];
                arguments.extend(nested.arguments.iter().map(|word| word.value.clone()));
                let stdin =
                    path.known().is_some_and(|path| *path == *b"-" || named_descriptor(&path) == Some(0));
                if stdin {
                    let text = io.stdin.and_then(|stream| self.streams.get(stream)).cloned()?;
                    return Some(self.run_shell(index, Via::Stdin, &text, arguments, options, io));
                }
                let Some(text) = self.script_file(path) else {
                    return self.run_by_name(index, via, nested, around, io);
                };
                Some(self.run_shell(index, Via::File, &text, arguments, options, io))
            }
            Role::Code(language) => {
                let arguments: Vec<Value> = nested.arguments.iter().map(|word| word.value.clone()).collect();
                let given = Given { arguments: &arguments, assignments, flags: &call.flags, is_file: false };
                self.run_code(index, language, &first?.value, given, around, io)
            }
            Role::CodeFile(language) => {
                let path = &first?.value;
                let arguments: Vec<Value> = nested.arguments.iter().map(|word| word.value.clone()).collect();
                let is_stdin = |name: &[u8]| path.equals(name) == Match::Certain;
                let is_input = is_stdin(b"-") || is_stdin(b"/dev/stdin");
                let text = match io.stdin.and_then(|stream| self.streams.get(stream)) {
                    Some(text) if is_input => text.clone(),
                    _ => match self.code_file(path, language) {
                        Some(text) => text,
                        // A module is no program.
                        None if call.path.first().is_some_and(|program| program.contains(':')) => {
                            return None;
                        }
                        None => return self.run_by_name(index, via, nested, around, io),
                    },
                };
                // A program in a file has standard input for itself.
                let io = if is_input { Io { stdin: None, ..io } } else { io };
                let given = Given { arguments: &arguments, assignments, flags: &call.flags, is_file: true };
                self.run_code(index, language, &text, given, around, io)
            }
            Role::Data
            | Role::Path
            | Role::Sql(_)
            | Role::SqlFile(_)
            | Role::Url
            | Role::Assignment
            | Role::CodeLine(_)
            | Role::WorkingDirectory
            | Role::NamesFile
            | Role::NameRegex
            | Role::NameEnding
            | Role::Filter
            | Role::Placeholder
            | Role::Separator
            | Role::Config => None,
        }
    }

    /// Runs an argv that a program starts: no functions, no builtins.
    pub(super) fn run_inner(
        &mut self,
        index: usize,
        via: Via,
        argv: Vec<Argument>,
        assignments: &[(Vec<u8>, Value)],
        around: &Around,
        io: Io,
    ) -> Outcome {
        self.groups += 1;
        let span = argv.iter().map(|argument| argument.span).reduce(Span::to).unwrap_or(around.span);
        let inner = Around {
            assignments: assignments.to_vec(),
            redirections: Vec::new(),
            span,
            group: self.groups,
            alternatives: 1,
            shell: false,
            functions: false,
        };
        if argv.is_empty() {
            return Outcome::default();
        }
        self.depth += 1;
        let outcome = self.within(Some(index), via, |tracer| {
            tracer.subshell(|tracer| {
                for (name, value) in assignments {
                    tracer.env.assign(name, vec![value.clone()]);
                    tracer.env.update(name, |variable| variable.exported = true);
                }
                tracer.run_argv(argv, &inner, io)
            })
        });
        self.depth -= 1;
        outcome
    }

    /// A file that is out of sight is run by an interpreter, and its name is that of a program with a grammar:
    /// `bash bin/kafka-topics.sh --delete`.
    fn run_by_name(
        &mut self,
        index: usize,
        via: Via,
        nested: &Nested,
        around: &Around,
        io: Io,
    ) -> Option<Outcome> {
        let path = nested.words.first()?.value.known()?.into_owned();
        let base = path.rsplit(|byte| *byte == b'/').next()?;
        let grammar = self.grammars.grammar(&String::from_utf8_lossy(base))?;
        // `bash bash` is no script.
        let is_shell = grammar.style == Style::Shell;
        let words: Vec<NestedWord> = nested.words.iter().chain(&nested.arguments).cloned().collect();
        let argv = self.arguments_of(index, &words);
        (!is_shell).then(|| self.run_inner(index, via, argv, &[], around, io))
    }

    fn word_span(&self, index: usize, word: usize) -> Span {
        let invocation = self.invocations.get(index);
        invocation.and_then(|invocation| invocation.argv.get(word)).map(|word| word.span).unwrap_or_default()
    }

    fn arguments_of(&self, index: usize, words: &[NestedWord]) -> Vec<Argument> {
        words
            .iter()
            .map(|word| {
                let whole = self.word_span(index, word.word);
                let span = word.value.origin().filter(|origin| whole.contains(*origin)).unwrap_or(whole);
                // A whole word is underlined with its quotes.
                let span = if span.len() + 2 >= whole.len() { whole } else { span };
                Argument { value: word.value.clone(), span }
            })
            .collect()
    }
}

/// The words with blanks between them.
fn joined<'v>(words: impl Iterator<Item = &'v Value>) -> Value {
    let mut text = Value::default();
    for (position, word) in words.enumerate() {
        if position > 0 {
            text.pieces.push(Piece::text(b" ".as_slice(), Span::default()));
        }
        text.pieces.extend(word.pieces.iter().cloned());
    }
    text
}

/// `NAME=value` words.
fn assigned(nested: &Nested) -> Vec<(Vec<u8>, Value)> {
    let mut all = Vec::new();
    for word in &nested.words {
        let mut name = Vec::new();
        let known = word.value.pieces.iter().map_while(|piece| match piece {
            Piece::Text { bytes, .. } => Some(bytes),
            Piece::Glob { .. } | Piece::Unknown(_) => None,
        });
        for bytes in known {
            let equals = bytes.iter().position(|byte| *byte == b'=');
            name.extend_from_slice(bytes.get(..equals.unwrap_or(bytes.len())).unwrap_or_default());
            if equals.is_some() {
                let value = after(&word.value, name.len() + 1);
                all.push((name, value));
                break;
            }
        }
    }
    all
}

/// What the grammar of the innermost subcommand says of the output.
pub(super) fn prints_of(grammar: &Grammar, call: &Call) -> Option<Prints> {
    let of_level = |level: &Grammar| {
        let by_option = level.prints_when.iter().find(|(option, _)| call.flag(option) == Match::Certain);
        by_option.map(|(_, prints)| *prints).or(level.prints)
    };
    let mut grammar = grammar;
    let mut prints = of_level(grammar);
    for name in call.path.iter().skip(1) {
        grammar = grammar.subcommands.called(name.as_bytes())?;
        prints = of_level(grammar).or(prints);
    }
    prints
}

/// The cause of an unknown output: the words that were run.
pub(super) fn output_cause(values: &[Value]) -> Cause {
    Cause::Output(command_text(values))
}

/// The words of a command, joined by blanks, not longer than is of use.
pub(super) fn command_text(values: &[Value]) -> Vec<u8> {
    const LONGEST: usize = 60;
    let mut text: String = values.iter().map(Value::display).collect::<Vec<_>>().join(" ");
    if text.chars().count() > LONGEST {
        text = text.chars().take(LONGEST).chain(['…']).collect();
    }
    text.into_bytes()
}
