//! Scripts inside scripts: text that a program gives to a shell, and text that it gives to another interpreter.

use super::super::Via;
use super::super::env::{Options, Positional};
use super::super::expand::{MARK_END, MARK_START};
use super::super::simple::Around;
use super::super::tracer::{Io, Outcome, Tracer};
use super::foreign::{Given, language_of};
use crate::facts::Dialect;
use crate::gap::{GapCause, Limit};
use crate::program::{Call, Role, Style};
use crate::source::{SourceMap, Span};
use crate::syntax::ast::{Command, CommandKind};
use crate::syntax::{self, ReadOptions};
use crate::value::{Cause, Piece, Unknown, Value};

/// Deepest nesting of scripts in scripts (`bash -c "bash -c …"`).
const MAX_SCRIPTS: usize = 24;

/// Options with which a shell reads commands from a terminal, and those with which interpreters do.
const SHELL_WAITS: [&str; 5] = ["-i", "-l", "-s", "--interactive", "--login"];
const CODE_WAITS: [&str; 3] = ["-i", "-a", "--interactive"];

impl Tracer<'_> {
    /// A program that reads standard input as code.
    pub(super) fn run_stdin(
        &mut self,
        index: usize,
        call: &Call,
        role: &Role,
        arguments: Vec<Value>,
        around: &Around,
        io: Io,
    ) -> Option<Outcome> {
        let text = match io.stdin.and_then(|stream| self.streams.get(stream)) {
            Some(text) => text.clone(),
            None => self.typed(call, role, around.span)?,
        };
        match role {
            Role::Script(_) | Role::ScriptFile | Role::JoinedScript => {
                // The script itself is the input: what its commands read is not known.
                let zero = self.env.zero.clone();
                let arguments = std::iter::once(zero).chain(arguments).collect();
                let options = self.shell_options(call);
                let io = Io { stdin: None, ..io };
                Some(self.run_shell(index, Via::Stdin, &text, arguments, options, io))
            }
            role => {
                let language = language_of(role)?;
                let io = Io { stdin: None, ..io };
                let given =
                    Given { arguments: &arguments, flags: &call.flags, is_file: true, ..Given::default() };
                self.run_code(index, language, &text, given, around, io)
            }
        }
    }

    /// What an agent may type into a shell or an interpreter that is started without a script, if nobody looks at that.
    /// Other programs that read a script (`ssh`) do so in some of their uses only, and so does a shell with any option but
    /// those that make it ask for commands (`bash --version`).
    fn typed(&self, call: &Call, role: &Role, span: Span) -> Option<Value> {
        let grammar = call.path.first().and_then(|program| self.grammars.grammar(program));
        let is_shell = grammar.is_some_and(|grammar| grammar.style == Style::Shell);
        let is_code = matches!(role, Role::Code(_));
        let waiting: &[&str] = if is_shell { &SHELL_WAITS } else { &CODE_WAITS };
        let waits = call.flags.iter().all(|flag| waiting.contains(&flag.name.as_str()));
        (self.facts.input_is_unseen && waits && (is_shell || is_code))
            .then(|| Value::unknown(Cause::Input, true, span))
    }

    /// The options that a shell is started with. The letters are those of all Bourne shells.
    pub(super) fn shell_options(&self, call: &Call) -> Options {
        let grammar = call.path.first().and_then(|program| self.grammars.grammar(program));
        let Some(grammar) = grammar.filter(|grammar| grammar.style == Style::Shell) else {
            return Options::default();
        };
        // Other programs have `-s` as shells do, and letters of their own (`entr -n`).
        let Some(Role::Script(name)) = &grammar.stdin else { return Options::default() };
        let mut options = Options::of(Dialect::named(name));
        for flag in &call.flags {
            let value = flag.value.as_ref().and_then(Value::known);
            match (flag.name.as_bytes(), value) {
                (b"-o" | b"-O", Some(name)) => options.switch(&name, !flag.negated),
                ([b'-', letter], _) => options.switch_letter(*letter, !flag.negated),
                (name, _) => options.switch(name.strip_prefix(b"--").unwrap_or(name), true),
            }
        }
        options
    }

    /// Runs text in a shell of its own; `arguments` are `$0`, `$1` …
    pub(in crate::trace) fn run_shell(
        &mut self,
        index: usize,
        via: Via,
        text: &Value,
        arguments: Vec<Value>,
        options: Options,
        io: Io,
    ) -> Outcome {
        if options.noexec {
            // It looks for mistakes in the text only.
            return Outcome::default();
        }
        let startup = std::mem::take(&mut self.startup);
        let is_file = via == Via::File;
        let outcome = self.within(Some(index), via, |tracer| {
            tracer.subshell(|tracer| {
                tracer.env = tracer.env.child();
                tracer.env.options = options;
                if options.interactive {
                    tracer.show_prompts(text.origin().unwrap_or_default());
                }
                let mut arguments = arguments.into_iter();
                if let Some(zero) = arguments.next() {
                    if is_file {
                        tracer.env.assign(b"BASH_SOURCE", vec![zero.clone()]);
                    }
                    tracer.env.zero = zero;
                }
                let rest: Vec<Value> = arguments.collect();
                tracer.env.positional = Positional::of(rest);
                tracer.inherit_functions();
                let traps = tracer.traps.len();
                let outer = (std::mem::take(&mut tracer.exits), std::mem::take(&mut tracer.subshells));
                for text in &startup {
                    tracer.run_script(text, Io::default());
                }
                let outcome = tracer.run_script(text, io);
                tracer.end_shell(traps);
                (tracer.exits, tracer.subshells) = outer;
                outcome
            })
        });
        self.startup = startup;
        Outcome { flow: None, ..outcome }
    }

    /// Functions come to a shell as variables: `BASH_FUNC_name%%=() { … }`.
    fn inherit_functions(&mut self) {
        let given: Vec<Vec<u8>> = self
            .env
            .exported()
            .filter_map(|(name, value)| {
                let name = name.strip_prefix(b"BASH_FUNC_")?.strip_suffix(b"%%")?;
                let body = value.known().filter(|body| body.starts_with(b"()"))?;
                Some([name, &*body].concat())
            })
            .collect();
        for text in given {
            self.define_functions(&text);
        }
    }

    /// Defines a function whose body is a text: `functions[name]=text` of zsh.
    pub(in crate::trace) fn define_by_text(&mut self, name: Vec<u8>, body: &Value) {
        match body.known() {
            Some(body) => self.define_functions(&[&name, b"() {\n".as_slice(), &body, b"\n}"].concat()),
            None => self.run_unknown_text(body),
        }
    }

    fn define_functions(&mut self, text: &[u8]) {
        let options = ReadOptions { dialect: self.env.options.dialect, ..ReadOptions::default() };
        let script = syntax::parse_nested(text, &SourceMap::default(), options);
        let first = script.list.items.first().and_then(|item| item.and_or.first.commands.first());
        if let Some(CommandKind::Function { name, body, .. }) = first.map(|command| &command.kind) {
            self.env.define(name.clone(), Command::clone(body));
        }
    }

    fn run_unknown_text(&mut self, text: &Value) {
        if let (Some(parent), Some(unknown)) = (self.parent, text.first_unknown().cloned()) {
            self.unknown_code(Some(parent), &unknown, unknown.origin);
        }
    }

    /// Reads text as a script and walks it in the current state.
    pub(in crate::trace) fn run_script(&mut self, text: &Value, io: Io) -> Outcome {
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
        let Options { extglob, dialect, .. } = self.env.options;
        let options = ReadOptions { extglob, dialect, depth: 0 };
        let script = syntax::parse_nested(&bytes, &map, options);
        for gap in script.gaps {
            self.gap(gap.span, gap.cause);
        }
        self.scripts += 1;
        let outcome = self.script(&script.list, io);
        if let Some(other) = &script.other {
            self.script(other, io);
        }
        self.scripts = scripts;
        self.depth -= 1;
        outcome
    }

    /// Whether a script is nothing but unknown text; if so, that is recorded.
    fn only_unknown_code(&mut self, text: &Value, span: Span) -> bool {
        if !text.has_unknown() {
            return false;
        }
        let known = text.pieces.iter().any(|piece| match piece {
            Piece::Text { bytes, .. } => !bytes.trim_ascii().is_empty(),
            Piece::Glob { .. } => true,
            Piece::Unknown(_) => false,
        });
        if known {
            return false;
        }
        // What is trusted does not vouch for what is printed behind it: `eval "$(ssh-agent -s; other)"`.
        let doubtful = text.pieces.iter().find_map(|piece| match piece {
            Piece::Unknown(unknown) if !self.vouches_for(unknown) => Some(unknown.clone()),
            _ => None,
        });
        if let Some(unknown) = doubtful {
            self.unknown_code(self.parent, &unknown, span);
        }
        true
    }

    /// Whether the part is code that its users are told to run, or that is no more out of sight than a file.
    fn vouches_for(&self, unknown: &Unknown) -> bool {
        matches!(unknown.cause, Cause::Trusted(_)) || self.runs_file(unknown)
    }

    /// Whether a shell runs a file of the project as a script, by its name or from standard input: what it does is
    /// as much out of sight as what `./build.sh` does.
    fn runs_file(&self, unknown: &Unknown) -> bool {
        matches!(unknown.cause, Cause::File(_)) && matches!(self.via, Via::File | Via::Stdin)
    }

    /// Whether program text is nothing but unknown; if so, that is recorded.
    pub(super) fn check_code(&mut self, index: usize, text: &Value, span: Span) -> bool {
        let parent = self.parent.replace(index);
        let unknown = self.only_unknown_code(text, text.origin().unwrap_or(span));
        self.parent = parent;
        unknown
    }

    pub(super) fn run_unknown_code(&mut self, index: usize, text: &Value, span: Span) {
        if let Some(unknown) = text.first_unknown().cloned() {
            self.unknown_code(Some(index), &unknown, span);
        }
    }

    /// The bytes of a script with marks for what is unknown, and how they map to the source.
    fn with_marks(&mut self, text: &Value) -> (Vec<u8>, SourceMap) {
        let mut bytes = Vec::new();
        let mut map = SourceMap::default();
        for (index, piece) in text.pieces.iter().enumerate() {
            match piece {
                Piece::Unknown(unknown)
                    if self.runs_file(unknown) && is_lines(&bytes, text.pieces.get(index + 1)) => {}
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
}

/// Whether the part after these bytes is whole lines.
fn is_lines(before: &[u8], next: Option<&Piece>) -> bool {
    let starts = before.last().is_none_or(|byte| *byte == b'\n');
    let ends = match next {
        None => true,
        Some(Piece::Text { bytes, .. }) => bytes.first() == Some(&b'\n'),
        Some(_) => false,
    };
    starts && ends
}
