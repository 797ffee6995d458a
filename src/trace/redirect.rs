//! Redirections: what a command reads, and where its output goes.

use super::env::Output;
use super::tracer::{Io, Tracer};
use super::{Invocation, Redirection};
use crate::program::EffectKind;
use crate::source::Span;
use crate::syntax::ast::{Descriptor, Redirect, RedirectOperator, RedirectTarget, Word};
use crate::value::{Cause, Value};
use std::collections::BTreeMap;
use std::rc::Rc;

/// The first number that bash takes for `{name}>file`.
const FIRST_FREE: u32 = 10;

/// The effect of a command's redirections.
pub(super) struct Redirected {
    /// The connections of the command itself.
    pub(super) io: Io,
    /// The redirections with their expanded targets.
    pub(super) redirections: Vec<Redirection>,
    /// Where the descriptors lead; what is not here is out of sight.
    pub(super) outputs: Rc<BTreeMap<u32, Output>>,
    /// The file that stands for what is captured outside, where standard output leads elsewhere and another descriptor there:
    /// `2>&1 >/dev/null`.
    outside: Option<Value>,
    /// Descriptors that stay open behind the command: `{name}<file`.
    pub(super) kept: Vec<u32>,
}

impl Tracer<'_> {
    /// Expands redirections and connects what they connect.
    pub(super) fn redirect(&mut self, redirects: &[Redirect], io: Io) -> Redirected {
        let outputs = self.env.outputs.clone();
        let inner = Io { piped: false, ..io };
        let mut redirected =
            Redirected { io: inner, redirections: Vec::new(), outputs, outside: None, kept: Vec::new() };
        for redirect in redirects {
            let descriptor = match &redirect.descriptor {
                Some(Descriptor::Number(number)) => Some(*number),
                Some(Descriptor::Variable(name)) => {
                    let number = self.free_descriptor(name, redirect);
                    redirected.kept.push(number);
                    Some(number)
                }
                None => None,
            };
            let target = match &redirect.target {
                RedirectTarget::Word(word) if redirect.operator == RedirectOperator::HereString => {
                    self.expand_one(word)
                }
                RedirectTarget::Word(word) => self.expand_target(word),
                RedirectTarget::Close => Value::text(b"-".as_slice(), redirect.span),
                RedirectTarget::HereDocument(document) => match document.text() {
                    Some(text) if document.quoted => {
                        // Nothing in it is expanded; its parts are literal.
                        self.expand_text(text)
                    }
                    Some(text) => self.expand_text(text),
                    None => Value::default(),
                },
            };
            self.connect(&mut redirected, redirect.operator, descriptor, &target, redirect.span);
            let operator = redirect.operator.as_str();
            let redirection = |target| Redirection { operator, descriptor, target, span: redirect.span };
            let writes = matches!(
                redirect.operator,
                RedirectOperator::Output
                    | RedirectOperator::Append
                    | RedirectOperator::Clobber
                    | RedirectOperator::ReadWrite
                    | RedirectOperator::OutputAndError
                    | RedirectOperator::AppendAndError
            );
            let behind = writes.then(|| self.behind(&target, EffectKind::Write)).flatten();
            redirected.redirections.extend(std::iter::once(target).chain(behind).map(redirection));
        }
        if io.capture && !redirects.is_empty() {
            self.keep_outside(&mut redirected);
        }
        match redirected.outputs.get(&1) {
            Some(Output::File(_)) => redirected.io.capture = true,
            Some(Output::On) => {}
            None => redirected.io.capture = false,
        }
        redirected
    }

    /// Descriptors that lead to where standard output led before get a file of their own in place of it.
    fn keep_outside(&mut self, redirected: &mut Redirected) {
        let leads = |output: &Output| matches!(output, Output::On);
        if redirected.outputs.get(&1).is_some_and(leads) || !redirected.outputs.values().any(leads) {
            return;
        }
        // No file name holds a NUL.
        let name = format!("/\0{}", self.stream(Value::default()));
        let path = Value::text(name, Span::default());
        self.write_file(&path, Value::default(), false);
        for output in Rc::make_mut(&mut redirected.outputs).values_mut().filter(|output| leads(output)) {
            *output = Output::File(path.clone());
        }
        redirected.outside = Some(path);
    }

    /// The descriptor of `{name}<file`, which the variable holds from now on; of `{name}>&-`, the one that it holds.
    fn free_descriptor(&mut self, name: &[u8], redirect: &Redirect) -> u32 {
        let held = self.env.variable(name).and_then(|variable| match variable.contents.as_slice() {
            [content] => content.scalar()?.known_str()?.parse().ok(),
            _ => None,
        });
        let closes = match &redirect.target {
            RedirectTarget::Close => true,
            RedirectTarget::Word(word) => self.expand_one(word).known().is_some_and(|text| *text == *b"-"),
            RedirectTarget::HereDocument(_) => false,
        };
        if let Some(number) = held.filter(|_| closes) {
            return number;
        }
        let taken =
            |number: &u32| self.env.descriptors.contains_key(number) || self.env.outputs.contains_key(number);
        let number = (FIRST_FREE..).find(|number| !taken(number)).unwrap_or(FIRST_FREE);
        self.env.assign(name, vec![Value::text(number.to_string(), redirect.span)]);
        number
    }

    /// A file name: one field, in which patterns are active.
    fn expand_target(&mut self, word: &Word) -> Value {
        let mut expansions = self.expand_word(word);
        match (expansions.pop(), expansions.is_empty()) {
            (Some(mut fields), true) if fields.len() == 1 => fields.pop().unwrap_or_default(),
            _ => Value::unknown(Cause::Unmodelled, false, word.span),
        }
    }

    fn connect(
        &mut self,
        redirected: &mut Redirected,
        operator: RedirectOperator,
        descriptor: Option<u32>,
        target: &Value,
        span: Span,
    ) {
        match operator {
            RedirectOperator::Input | RedirectOperator::ReadWrite => {
                let text = self.read_file(target, redirected.io, span);
                self.open_input(redirected, descriptor, text);
                let is_written =
                    operator == RedirectOperator::ReadWrite && descriptor.is_some_and(|number| number > 0);
                if let Some(number) = descriptor.filter(|_| is_written) {
                    // What is written replaces the beginning of the file: all of it, if it is new.
                    if self.file(target).is_none() {
                        self.write_file(target, Value::default(), false);
                    }
                    redirected.lead(number, Some(Output::File(target.clone())));
                }
            }
            RedirectOperator::HereDocument | RedirectOperator::HereDocumentTabs => {
                self.open_input(redirected, descriptor, target.clone());
            }
            RedirectOperator::HereString => {
                let mut text = target.clone();
                text.pieces.push(crate::value::Piece::text(b"\n".as_slice(), span));
                self.open_input(redirected, descriptor, text);
            }
            RedirectOperator::DuplicateInput => {
                // `<&3-` moves the descriptor.
                let number =
                    target.known_str().and_then(|text| text.trim_end_matches('-').parse::<u32>().ok());
                let stream = number.and_then(|number| self.env.descriptors.get(&number).copied());
                match (descriptor.unwrap_or(0), stream) {
                    (0, Some(stream)) => redirected.io.stdin = Some(stream),
                    (other, Some(stream)) => {
                        Rc::make_mut(&mut self.env.descriptors).insert(other, stream);
                    }
                    (_, None) => {}
                }
            }
            RedirectOperator::Output | RedirectOperator::Clobber | RedirectOperator::Append => {
                self.open_output(redirected, descriptor.unwrap_or(1), target, operator);
            }
            RedirectOperator::OutputAndError | RedirectOperator::AppendAndError => {
                self.open_output(redirected, 1, target, operator);
                redirected.lead(2, redirected.outputs.get(&1).cloned());
            }
            RedirectOperator::DuplicateOutput => {
                // `>&3-` moves the descriptor.
                let text = target.known_str().unwrap_or_default();
                let number = text.trim_end_matches('-').parse::<u32>().ok();
                let descriptor = descriptor.unwrap_or(1);
                match number {
                    Some(number) => redirected.lead(descriptor, redirected.outputs.get(&number).cloned()),
                    None if text == "-" => redirected.lead(descriptor, None),
                    None => {
                        self.open_output(redirected, descriptor, target, operator);
                        redirected.lead(2, redirected.outputs.get(&descriptor).cloned());
                    }
                }
            }
        }
    }

    fn open_output(
        &mut self,
        redirected: &mut Redirected,
        descriptor: u32,
        target: &Value,
        operator: RedirectOperator,
    ) {
        let number = target.known().and_then(|path| named_descriptor(&path));
        if let Some(number) = number.filter(|_| !self.is_sink(target)) {
            return redirected.lead(descriptor, redirected.outputs.get(&number).cloned());
        }
        let append = matches!(operator, RedirectOperator::Append | RedirectOperator::AppendAndError);
        if !append {
            // It is cut, or made, before anything is written.
            self.write_file(target, Value::default(), false);
        }
        redirected.lead(descriptor, Some(Output::File(target.clone())));
    }

    fn open_input(&mut self, redirected: &mut Redirected, descriptor: Option<u32>, text: Value) {
        let before = redirected.io.stdin.and_then(|stream| self.streams.get(stream));
        let text = match before.filter(|_| descriptor.unwrap_or(0) == 0) {
            // Both are read, one after the other.
            Some(before) if self.env.options.dialect.joins_redirections() => {
                Value { pieces: before.pieces.iter().chain(&text.pieces).cloned().collect() }
            }
            _ => text,
        };
        let stream = self.stream(text);
        match descriptor {
            None | Some(0) => redirected.io.stdin = Some(stream),
            Some(number) => {
                Rc::make_mut(&mut self.env.descriptors).insert(number, stream);
            }
        }
    }

    /// Sends a command's output where its redirections say; returns what goes on.
    pub(super) fn deliver(&mut self, redirected: &Redirected, stdout: Value, io: Io) -> Value {
        let mut goes_on = self.deliver_stdout(redirected, stdout, io);
        if let Some(path) = &redirected.outside {
            let written = self.file(path).unwrap_or_default();
            let span = written.origin().unwrap_or_default();
            goes_on.pieces.extend(written.pieces);
            // What programs say there is out of sight.
            goes_on.pieces.extend(Value::unknown(Cause::Output(b"2>&1".to_vec()), true, span).pieces);
        }
        goes_on
    }

    fn deliver_stdout(&mut self, redirected: &Redirected, stdout: Value, io: Io) -> Value {
        match redirected.outputs.get(&1) {
            Some(Output::On) if io.capture => stdout,
            Some(Output::On) | None => Value::default(),
            Some(Output::File(path)) => {
                let both = io.piped && self.env.options.dialect.joins_redirections();
                let goes_on = if both { stdout.clone() } else { Value::default() };
                if !stdout.pieces.is_empty() {
                    self.write_file(path, stdout, true);
                }
                goes_on
            }
        }
    }

    /// Records an invocation without words for the redirections of a compound command.
    pub(super) fn record_redirections(&mut self, redirected: &Redirected, span: Span) {
        if redirected.redirections.is_empty() {
            return;
        }
        self.groups += 1;
        let invocation = Invocation {
            argv: Vec::new(),
            assignments: Vec::new(),
            environment: Vec::new(),
            redirections: redirected.redirections.clone(),
            stdin: None,
            texts: Vec::new(),
            cwd: self.env.directory.now.clone(),
            other_cwds: self.env.directory.others.clone(),
            via: self.via.clone(),
            parent: self.parent,
            group: self.groups,
            alternatives: 1,
            certainty: self.certainty,
            calls: Vec::new(),
            internal: true,
            unknown_code: None,
            span,
        };
        self.invocations.push(invocation);
    }
}

impl Redirected {
    /// Where the descriptors lead for the commands inside a redirected one: their output is what it writes.
    pub(super) fn inside(&self) -> Rc<BTreeMap<u32, Output>> {
        let mut outputs = self.outputs.clone();
        if matches!(outputs.get(&1), Some(Output::File(_))) {
            Rc::make_mut(&mut outputs).insert(1, Output::On);
        }
        outputs
    }

    /// From now on the descriptor leads there.
    fn lead(&mut self, descriptor: u32, output: Option<Output>) {
        let outputs = Rc::make_mut(&mut self.outputs);
        match output {
            Some(output) => outputs.insert(descriptor, output),
            None => outputs.remove(&descriptor),
        };
    }
}

/// The descriptor that a file name stands for.
pub(super) fn named_descriptor(path: &[u8]) -> Option<u32> {
    match path {
        b"/dev/stdin" => Some(0),
        b"/dev/stdout" => Some(1),
        b"/dev/stderr" => Some(2),
        path => {
            let folders: [&[u8]; 2] = [b"/dev/fd/", b"/proc/self/fd/"];
            let digits = folders.iter().find_map(|folder| path.strip_prefix(*folder))?;
            std::str::from_utf8(digits).ok()?.parse().ok()
        }
    }
}
