//! Commands inside commands: what follows from the roles that a grammar gives to words (`<command...>`, `<script>`,
//! standard input …), and scripts inside scripts.
//!
//! A script that is partly unknown is read with a *mark* for each unknown part: two control characters around a
//! number, which expansion turns back into the unknown part. So `bash -c "rm -rf $x"` is `rm -rf ?`.

use super::expand::{Atom, MARK_END, MARK_START};
use super::simple::Around;
use super::tracer::{Io, Outcome, Tracer};
use super::{Argument, Via};
use crate::gap::{GapCause, Limit};
use crate::program::grammar::Prints;
use crate::program::{Call, Grammar, Nested, NestedWord, Role};
use crate::source::{SourceMap, Span};
use crate::syntax::{self, ReadOptions};
use crate::value::{Cause, Match, Piece, Unknown, Value};
use std::rc::Rc;

/// Deepest nesting of scripts in scripts (`bash -c "bash -c …"`).
const MAX_SCRIPTS: usize = 24;
/// Most commands that one `xargs -n 1` or `-I` is unrolled to.
const MAX_TEMPLATES: usize = 64;

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
        let mut done: Vec<(&Role, Option<usize>, &Option<String>)> = Vec::new();
        let mut outcomes: Vec<Outcome> = Vec::new();
        for call in calls {
            let assignments: Vec<_> = call
                .nested
                .iter()
                .filter(|nested| nested.role == Role::Assignment)
                .flat_map(assigned)
                .collect();
            for nested in &call.nested {
                let key = (&nested.role, nested.words.first().map(|word| word.word), &nested.option);
                if nested.role == Role::Assignment || done.contains(&key) {
                    continue;
                }
                done.push(key);
                let certainty = self.certainty.and(nested.certainty).and(call.certainty);
                let saved = std::mem::replace(&mut self.certainty, certainty);
                let outcome = self.run_nested(index, call, nested, &assignments, around, io);
                self.certainty = saved;
                outcomes.extend(outcome);
            }
            if let Some(role) = &call.stdin
                && !done.iter().any(|(_, word, _)| *word == Some(usize::MAX))
            {
                done.push((role, Some(usize::MAX), &None));
                let named = call.operands.iter().filter(|operand| operand.name.starts_with("arg"));
                let arguments = named.map(|operand| operand.value.clone()).collect();
                outcomes.extend(self.run_stdin(index, role, arguments, io));
            }
        }
        match (outcomes.pop(), outcomes.is_empty()) {
            (Some(only), true) => Outcome { flow: None, ..only },
            (None, _) => {
                let found = calls.first().map(|call| call.found(usize::MAX)).unwrap_or_default();
                if io.capture && !found.is_empty() {
                    return Outcome::printed(lines(found.into_iter().map(|(path, _)| path), around.span));
                }
                let prints = calls.first().and_then(|call| prints_of(grammar, call));
                self.output(program, prints, values, around.span, io)
            }
            _ => Outcome::unknown(output_cause(values), around.span, io),
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
        match &nested.role {
            Role::Command => {
                let argv = self.arguments_of(index, &nested.words);
                Some(self.run_inner(index, via, argv, assignments, around, io))
            }
            Role::TemplateCommand => Some(self.run_template(index, via, call, nested, around, io)),
            Role::ShellWords => {
                let text = &first?.value;
                let Some(words) = text.known_str().and_then(|text| shell_words::split(&text).ok()) else {
                    self.run_unknown_code(index, text, around.span);
                    return None;
                };
                let span = self.word_span(index, first?.word);
                let word = |text: String| Argument { value: Value::text(text, span), span };
                // The program reads the words as if they stood in its own argv.
                let program = self.invocations.get(index)?.argv.first()?.clone();
                let mut argv: Vec<Argument> =
                    std::iter::once(program).chain(words.into_iter().map(word)).collect();
                argv.extend(self.arguments_of(index, &nested.arguments));
                Some(self.run_inner(index, via, argv, assignments, around, io))
            }
            Role::Script(_) => {
                let arguments = nested.arguments.iter().map(|word| word.value.clone()).collect();
                Some(self.run_shell(index, via, &first?.value, arguments, io))
            }
            Role::JoinedScript => {
                let mut text = Value::default();
                for (position, word) in nested.words.iter().enumerate() {
                    if position > 0 {
                        text.pieces.push(Piece::text(b" ".as_slice(), Span::default()));
                    }
                    text.pieces.extend(word.value.pieces.iter().cloned());
                }
                Some(self.run_shell(index, via, &text, Vec::new(), io))
            }
            Role::ScriptFile => {
                let path = &first?.value;
                let mut arguments = vec![path.clone()];
                arguments.extend(nested.arguments.iter().map(|word| word.value.clone()));
                if path.equals(b"/dev/stdin") == Match::Certain || path.equals(b"-") == Match::Certain {
                    let text = io.stdin.and_then(|stream| self.streams.get(stream)).cloned()?;
                    return Some(self.run_shell(index, Via::Stdin, &text, arguments, io));
                }
                let text = self.file(path)?;
                Some(self.run_shell(index, Via::File, &text, arguments, io))
            }
            Role::Code(_) => {
                self.check_code(index, &first?.value, around.span);
                None
            }
            Role::CodeFile(_) => {
                let text = self.file(&first?.value)?;
                self.check_code(index, &text, around.span);
                None
            }
            Role::Data
            | Role::Path
            | Role::Sql(_)
            | Role::Url
            | Role::Assignment
            | Role::Filter
            | Role::Placeholder
            | Role::Config => None,
        }
    }

    /// Runs an argv that a program starts: no functions, no builtins.
    fn run_inner(
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

    /// Runs a command in which names are put that the program finds or reads.
    fn run_template(
        &mut self,
        index: usize,
        via: Via,
        call: &Call,
        nested: &Nested,
        around: &Around,
        io: Io,
    ) -> Outcome {
        let argv = self.arguments_of(index, &nested.words);
        let placeholders = placeholders(call);
        let has_placeholder = argv.iter().any(|word| {
            let text = word.value.written().unwrap_or_default();
            placeholders.iter().any(|placeholder| find(&text, placeholder).is_some())
        });
        let turns = if nested.option.is_some() || call.stdin.is_none() {
            let found = call.found(first_word(nested));
            if found.is_empty() {
                let starts = call.operands.iter().map(|operand| operand.value.clone()).collect();
                vec![vec![Value::unknown(Cause::Found(starts), false, around.span)]]
            } else {
                vec![found.into_iter().map(|(path, _)| path).collect()]
            }
        } else {
            self.read_names(io, has_placeholder, around.span)
        };
        let mut last = Outcome::default();
        for names in turns.into_iter().take(MAX_TEMPLATES) {
            let mut words: Vec<Argument> = Vec::with_capacity(argv.len() + names.len());
            if has_placeholder {
                for word in &argv {
                    // A word that is the placeholder alone becomes all names; one that holds it, one of them.
                    let alone = placeholders
                        .iter()
                        .any(|placeholder| word.value.equals(placeholder) == Match::Certain);
                    let count = if alone { names.len() } else { 1 };
                    words.extend(names.iter().take(count.max(1)).map(|name| fill(word, &placeholders, name)));
                }
            } else {
                words.extend(argv.iter().cloned());
                words.extend(names.into_iter().map(|value| {
                    let span = value.origin().unwrap_or(around.span);
                    Argument { value, span }
                }));
            }
            last = self.run_inner(index, via.clone(), words, &[], around, io);
        }
        last
    }

    /// The names that `xargs` and its kin read: all in one turn, or one a turn where they replace a placeholder.
    fn read_names(&self, io: Io, each: bool, span: Span) -> Vec<Vec<Value>> {
        let Some(text) = io.stdin.and_then(|stream| self.streams.get(stream)) else {
            return vec![vec![Value::unknown(Cause::Input, true, span)]];
        };
        let Some(bytes) = text.known() else {
            let names = self.fields(vec![Atom::Split(text.clone())]);
            return if each { names.into_iter().map(|name| vec![name]).collect() } else { vec![names] };
        };
        if each {
            let lines = bytes.split(|byte| *byte == b'\n' || *byte == 0).filter(|line| !line.is_empty());
            return lines.map(|line| vec![Value::text(line.trim_ascii_start(), span)]).collect();
        }
        let words = split_names(&bytes);
        vec![words.into_iter().map(|word| Value::text(word, span)).collect()]
    }

    /// A program that reads standard input as code.
    fn run_stdin(&mut self, index: usize, role: &Role, arguments: Vec<Value>, io: Io) -> Option<Outcome> {
        let text = io.stdin.and_then(|stream| self.streams.get(stream)).cloned()?;
        match role {
            Role::Script(_) | Role::ScriptFile | Role::JoinedScript => {
                // The script itself is the input: what its commands read is not known.
                let zero = self.env.zero.clone();
                let arguments = std::iter::once(zero).chain(arguments).collect();
                Some(self.run_shell(index, Via::Stdin, &text, arguments, Io { stdin: None, ..io }))
            }
            Role::Code(_) | Role::CodeFile(_) => {
                self.check_code(index, &text, Span::default());
                None
            }
            _ => None,
        }
    }

    /// Environment variables whose value the program executes.
    fn run_environment(&mut self, index: usize, grammar: &Grammar, around: &Around, io: Io) {
        for (name, role) in &grammar.environment {
            let written = around.assignments.iter().find(|(assigned, _)| assigned == name.as_bytes());
            let exported = || self.env.exported().find(|(other, _)| *other == name.as_bytes());
            let value = match written {
                Some((_, value)) => Some(value.clone()),
                None => exported().map(|(_, value)| value.clone()),
            };
            let Some(value) = value.filter(|value| !value.pieces.is_empty()) else { continue };
            let via = Via::Environment(name.clone());
            match role {
                Role::Script(_) | Role::JoinedScript => {
                    self.run_shell(index, via, &value, Vec::new(), io);
                }
                Role::ScriptFile => {
                    if let Some(text) = self.file(&value) {
                        self.run_shell(index, via, &text, Vec::new(), io);
                    }
                }
                _ => {}
            }
        }
    }

    /// Runs text in a shell of its own; `arguments` are `$0`, `$1` …
    pub(super) fn run_shell(
        &mut self,
        index: usize,
        via: Via,
        text: &Value,
        arguments: Vec<Value>,
        io: Io,
    ) -> Outcome {
        let outcome = self.within(Some(index), via, |tracer| {
            tracer.subshell(|tracer| {
                tracer.env = tracer.env.child();
                let mut arguments = arguments.into_iter();
                if let Some(zero) = arguments.next() {
                    tracer.env.zero = zero;
                }
                let rest: Vec<Value> = arguments.collect();
                let unsure = rest.iter().any(Value::may_split);
                tracer.env.positional = if unsure { None } else { Some(Rc::new(rest)) };
                tracer.run_script(text, io)
            })
        });
        Outcome { flow: None, ..outcome }
    }

    /// Reads text as a script and walks it in the current state.
    pub(super) fn run_script(&mut self, text: &Value, io: Io) -> Outcome {
        let span = text.origin().unwrap_or_default();
        if self.only_unknown_code(text, span) {
            return Outcome::unknown(Cause::Unmodelled, span, io);
        }
        self.depth += 1;
        let scripts = self.scripts;
        if scripts >= MAX_SCRIPTS || !self.step(span) {
            self.gap(span, GapCause::Limit(Limit::Depth));
            self.depth -= 1;
            return Outcome::unknown(Cause::Unmodelled, span, io);
        }
        let (bytes, map) = self.with_marks(text);
        let options = ReadOptions { extglob: self.env.extglob, depth: 0 };
        let script = syntax::parse_nested(&bytes, &map, options);
        for gap in script.gaps {
            self.gap(gap.span, gap.cause);
        }
        self.scripts += 1;
        let outcome = self.list(&script.list, io);
        if let Some(other) = &script.other {
            self.list(other, io);
        }
        self.scripts = scripts;
        self.depth -= 1;
        outcome
    }

    /// Whether a script is nothing but unknown text; if so, that is recorded.
    fn only_unknown_code(&mut self, text: &Value, span: Span) -> bool {
        let Some(unknown) = text.first_unknown().cloned() else { return false };
        let known = text.pieces.iter().any(|piece| match piece {
            Piece::Text { bytes, .. } => !bytes.trim_ascii().is_empty(),
            Piece::Glob { .. } => true,
            Piece::Unknown(_) => false,
        });
        if known {
            return false;
        }
        if !matches!(unknown.cause, Cause::Trusted(_)) {
            self.unknown_code(self.parent, &unknown, span);
        }
        true
    }

    fn check_code(&mut self, index: usize, text: &Value, span: Span) {
        let parent = self.parent.replace(index);
        self.only_unknown_code(text, text.origin().unwrap_or(span));
        self.parent = parent;
    }

    fn run_unknown_code(&mut self, index: usize, text: &Value, span: Span) {
        if let Some(unknown) = text.first_unknown().cloned() {
            self.unknown_code(Some(index), &unknown, span);
        }
    }

    /// The bytes of a script with marks for what is unknown, and how they map to the source.
    fn with_marks(&mut self, text: &Value) -> (Vec<u8>, SourceMap) {
        let mut bytes = Vec::new();
        let mut map = SourceMap::default();
        for piece in &text.pieces {
            match piece {
                Piece::Text { bytes: part, origin } | Piece::Glob { pattern: part, origin } => {
                    map.push(bytes.len(), *origin, origin.len() == part.len());
                    bytes.extend_from_slice(part);
                }
                Piece::Unknown(unknown) => {
                    // In the nested script it is text like any other: blanks in it separate words.
                    let unknown = Unknown { may_split: true, ..unknown.clone() };
                    let number = self.marks.iter().position(|mark| *mark == unknown).unwrap_or_else(|| {
                        self.marks.push(unknown.clone());
                        self.marks.len() - 1
                    });
                    map.push(bytes.len(), unknown.origin, false);
                    bytes.push(MARK_START);
                    bytes.extend_from_slice(number.to_string().as_bytes());
                    bytes.push(MARK_END);
                }
            }
        }
        (bytes, map)
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

/// Names, one a line.
fn lines(names: impl Iterator<Item = Value>, span: Span) -> Value {
    let mut text = Value::default();
    for name in names {
        text.pieces.extend(name.pieces);
        text.pieces.push(Piece::text(b"\n".as_slice(), span));
    }
    text
}

/// `NAME=value` words.
fn assigned(nested: &Nested) -> Vec<(Vec<u8>, Value)> {
    let mut all = Vec::new();
    for word in &nested.words {
        let Some((Piece::Text { bytes, origin }, rest)) = word.value.pieces.split_first() else { continue };
        let Some(equals) = bytes.iter().position(|byte| *byte == b'=') else { continue };
        let name = bytes.get(..equals).unwrap_or_default().to_vec();
        let mut value = Value::default();
        value.push_text(bytes.get(equals + 1..).unwrap_or_default(), *origin);
        value.pieces.extend(rest.iter().cloned());
        all.push((name, value));
    }
    all
}

/// The argv word at which something nested starts.
fn first_word(nested: &Nested) -> usize {
    nested.words.first().map_or(usize::MAX, |word| word.word)
}

/// The texts that stand for names in a template: those that options set, else `{}`.
fn placeholders(call: &Call) -> Vec<Vec<u8>> {
    let set: Vec<Vec<u8>> = call
        .nested
        .iter()
        .filter(|nested| nested.role == Role::Placeholder)
        .flat_map(|nested| {
            nested.words.iter().filter_map(|word| word.value.known().map(|text| text.into_owned()))
        })
        .filter(|text| !text.is_empty())
        .collect();
    if set.is_empty() {
        vec![b"{}".to_vec(), b"{.}".to_vec(), b"{/}".to_vec(), b"{//}".to_vec()]
    } else {
        set
    }
}

fn fill(word: &Argument, placeholders: &[Vec<u8>], name: &Value) -> Argument {
    let mut value = Value::default();
    for piece in &word.value.pieces {
        let (Piece::Text { bytes, origin } | Piece::Glob { pattern: bytes, origin }) = piece else {
            value.pieces.push(piece.clone());
            continue;
        };
        let mut rest = bytes.as_slice();
        loop {
            let found = placeholders
                .iter()
                .filter_map(|placeholder| find(rest, placeholder).map(|at| (at, placeholder.len())))
                .min();
            let Some((at, length)) = found else { break };
            value.push_text(rest.get(..at).unwrap_or_default(), *origin);
            value.pieces.extend(name.pieces.iter().cloned());
            rest = rest.get(at + length..).unwrap_or_default();
        }
        value.push_text(rest, *origin);
    }
    Argument { value, span: word.span }
}

fn find(text: &[u8], wanted: &[u8]) -> Option<usize> {
    text.windows(wanted.len().max(1)).position(|window| window == wanted)
}

/// The words of `xargs` input: blanks separate, quotes and backslashes protect.
fn split_names(bytes: &[u8]) -> Vec<Vec<u8>> {
    if bytes.contains(&0) {
        return bytes.split(|byte| *byte == 0).filter(|name| !name.is_empty()).map(<[u8]>::to_vec).collect();
    }
    let mut words = Vec::new();
    let mut word: Option<Vec<u8>> = None;
    let mut bytes = bytes.iter().copied();
    while let Some(byte) = bytes.next() {
        match byte {
            b' ' | b'\t' | b'\n' => words.extend(word.take()),
            b'\\' => word.get_or_insert_default().extend(bytes.next()),
            b'\'' | b'"' => {
                let quoted = word.get_or_insert_default();
                quoted.extend(bytes.by_ref().take_while(|inner| *inner != byte));
            }
            _ => word.get_or_insert_default().push(byte),
        }
    }
    words.extend(word);
    words
}

/// What the grammar of the innermost subcommand says of the output.
fn prints_of(grammar: &Grammar, call: &Call) -> Option<Prints> {
    let mut grammar = grammar;
    let mut prints = grammar.prints;
    for name in call.path.iter().skip(1) {
        grammar = grammar.subcommands.iter().find(|sub| sub.name == *name)?;
        prints = grammar.prints.or(prints);
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
