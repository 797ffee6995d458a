//! Program text of another language: its calls become invocations of the programs `python:os.system`,
//! `javascript:fs.rmSync`, …, whose grammars say what they execute and what they do to files.

use super::super::Via;
use super::super::builtin::directory::joined as joined_path;
use super::super::env::Options;
use super::super::filter;
use super::super::simple::Around;
use super::super::tracer::{Io, Outcome, Tracer};
use super::super::{Argument, UnknownCode};
use crate::gap::GapCause;
use crate::language::{self, Call, Surroundings};
use crate::program::grammar::{EffectKind, Grammar, OptionValue};
use crate::program::word::after;
use crate::program::{Flag, Role};
use crate::source::{SourceMap, Span};
use crate::value::{Cause, Match, Piece, Unknown, Value};
use std::borrow::Cow;
use std::rc::Rc;

/// What stands for unknown text in the program: a name that is one in every language, followed by a number.
const MARK: &str = language::UNKNOWN_NAME;

/// What stands behind that number.
const MARK_END: &str = language::UNKNOWN_END;

/// Functions behind which relative paths are below another directory.
const CHANGE_DIRECTORY: &[&str] = &[
    "python:os.chdir",
    "javascript:process.chdir",
    "javascript:Deno.chdir",
    "ruby:Dir.chdir",
    "ruby:FileUtils.cd",
    "ruby:FileUtils.chdir",
    "perl:chdir",
    "php:chdir",
    "r:setwd",
];

/// Languages in which nothing behind a change that fails is executed. In Ruby it may hold for a block only.
const RAISE: &[&str] = &["python", "javascript"];

/// Most members of a function's name that may be any: more are rare, and each doubles the names that are looked for.
const MAX_MEMBERS: usize = 3;

/// What an interpreter is given besides the program.
#[derive(Clone, Copy, Default)]
pub(super) struct Given<'a> {
    pub(super) arguments: &'a [Value],
    /// Variables of the program (`awk -v`).
    pub(super) assignments: &'a [(Vec<u8>, Value)],
    /// Its own options.
    pub(super) flags: &'a [Flag],
    /// Whether the program is a file, and no argument.
    pub(super) is_file: bool,
}

impl Tracer<'_> {
    /// Follows program text as far as its language is read. What it prints, if anything of that is known.
    pub(super) fn run_code(
        &mut self,
        index: usize,
        language: &str,
        text: &Value,
        given: Given<'_>,
        around: &Around,
        io: Io,
    ) -> Option<Outcome> {
        if self.check_code(index, text, around.span) {
            return None;
        }
        let (bytes, map, unknown) = with_names(text);
        let stdin = io.stdin.and_then(|stream| self.streams.get(stream)).cloned();
        let files = self.texts(given.arguments);
        let exported = self.env.exported();
        let environment: Vec<_> = exported.map(|(name, value)| (name.clone(), value.clone())).collect();
        let flags: Vec<_> = given.flags.iter().map(|flag| (flag.name.clone(), flag.value.clone())).collect();
        let surroundings = Surroundings {
            arguments: given.arguments,
            stdin: stdin.as_ref(),
            files: files.as_ref(),
            environment: &environment,
            variables: given.assignments,
            flags: &flags,
            is_captured: io.capture,
            is_file: given.is_file,
        };
        let reading = language::calls(language, &bytes, surroundings);
        if reading.is_cut {
            self.hidden_code(index, text.origin().unwrap_or(around.span));
        }
        for span in reading.unread {
            let region = bytes.get(span.start as usize..span.end as usize).unwrap_or_default();
            if self.names_execution(language, region) {
                self.hidden_code(index, map.span(span.start as usize, span.end as usize));
            }
        }
        let printed = (io.capture && !reading.is_cut)
            .then(|| self.printed_by_calls(language, &reading.calls, around.span))
            .flatten();
        let printed = printed.map(|text| Outcome::printed(to_outer(text, &map, &unknown)));
        if reading.calls.iter().any(|call| call.words.iter().any(Value::has_unknown)) {
            self.run_executed(index, around.span, io);
        }
        let environment = reading.environment;
        self.subshell(|tracer| {
            for (name, value) in environment {
                tracer.env.assign(&name, vec![to_outer(value, &map, &unknown)]);
                tracer.env.update(&name, |variable| variable.exported = true);
            }
            for call in reading.calls {
                tracer.run_foreign(index, language, call, (&map, &unknown), around, io);
            }
        });
        printed
    }

    /// Runs the commands that a text tool executes, where they can be computed.
    fn run_executed(&mut self, index: usize, span: Span, io: Io) {
        let Some(invocation) = self.invocations.get(index) else { return };
        let mut words = invocation.argv.iter().map(|argument| argument.value.clone());
        let name = words.next().and_then(|name| name.known().map(Cow::into_owned)).unwrap_or_default();
        let name = name.rsplit(|byte| *byte == b'/').next().unwrap_or_default();
        let program = String::from_utf8_lossy(name).into_owned();
        let words: Vec<Value> = words.collect();
        let stdin = io.stdin.and_then(|stream| self.streams.get(stream));
        let commands = self.with_known(&program, &words, stdin, span, filter::executed);
        for (command, input) in commands.into_iter().flatten() {
            let stdin = input.map(|input| self.stream(Value::text(input, span)));
            let text = Value::text(command, span);
            self.run_shell(index, Via::Text, &text, Vec::new(), Options::default(), Io { stdin, ..io });
        }
    }

    fn run_foreign(
        &mut self,
        index: usize,
        language: &str,
        call: Call,
        (map, unknown): (&SourceMap, &[Unknown]),
        around: &Around,
        io: Io,
    ) {
        let span = map.span(call.span.start as usize, call.span.end as usize);
        // `system("rm -rf x")` is for a shell, `system("rm", "-rf", "x")` is not: two programs, if the tables say so.
        let name = format!("{language}:{}", call.name);
        let apart = format!("{name}[]");
        let is_apart = call.is_apart && self.grammars.grammar(&apart).is_some();
        let name = if is_apart { apart } else { name };
        if call.name.contains(MARK) {
            self.hidden_code(index, span);
            return;
        }
        if CHANGE_DIRECTORY.contains(&name.as_str()) {
            let target = call.words.into_iter().next().map(|target| to_outer(target, map, unknown));
            let target = target.unwrap_or_else(|| Value::unknown(Cause::Unmodelled, false, span));
            let now = self.env.directory.now.clone();
            let is_sure = call.printing.is_sure && RAISE.contains(&language);
            self.env.directory.change(Some(joined_path(now.as_ref(), &target, span)), is_sure);
            self.env.directory.settle(None);
            return;
        }
        if call.name.is_empty() {
            return self.run_computed(index, call, (map, unknown), io);
        }
        let Some((name, grammar)) = self.function(name) else {
            // What a function returned is called.
            if call.name.ends_with("()") {
                let words = call.words.last().cloned().into_iter().collect();
                let call = Call { words, ..call };
                self.run_computed(index, call, (map, unknown), io);
            }
            return;
        };
        // What only prints starts nothing.
        if grammar.prints.is_some() && grammar.effects.is_empty() && !executes(&grammar) {
            return;
        }
        let takes =
            |mode: &&str| grammar.options.iter().any(|option| option.names.iter().any(|name| name == mode));
        let mode = call.mode.filter(takes).map(|mode| Value::text(mode, call.span));
        let outer = |value: Value| {
            let value = to_outer(value, map, unknown);
            let span = value.origin().unwrap_or(span);
            Argument { value, span }
        };
        let mut argv = vec![Argument { value: Value::text(name, span), span }];
        let (given, options): (Vec<Value>, Vec<Value>) = call.options.into_iter().partition(is_input);
        let io = match given.into_iter().next() {
            Some(given) => {
                let length = given.known_prefix().iter().position(|byte| *byte == b'=').unwrap_or_default();
                let text = outer(after(&given, length + 1)).value;
                let pipe = text.first_unknown().is_some();
                let text = if pipe { Value::unknown(Cause::Descriptor, true, span) } else { text };
                Io { stdin: Some(self.stream(text)), ..io }
            }
            // A function that writes text into a file has it as its last word.
            None if grammar.effects.iter().any(|effect| effect.from == "stdin") => {
                let path = call.words.first().map(Value::display).unwrap_or_default();
                let text = call.words.last().cloned().map(|text| outer(text).value).unwrap_or_default();
                // What is not seen at all is the content of a file like any other.
                let parent = self.invocations.get(index).map(|invocation| invocation.argv.as_slice());
                let words = parent.unwrap_or_default().iter().map(|argument| argument.value.clone());
                let text = match text.known_length() {
                    // Made of text of the script.
                    0 if self.reads_own_text(&words.collect::<Vec<_>>(), io) => {
                        Value::unknown(Cause::Unmodelled, true, span)
                    }
                    0 => Value::unknown(Cause::File(path.into_bytes()), true, span),
                    _ => text,
                };
                Io { stdin: Some(self.stream(text)), ..io }
            }
            None => io,
        };
        let given = options.into_iter().flat_map(|option| {
            if option.equals(language::ANY_OPTION.as_bytes()) == Match::Certain {
                return any_of(&grammar, option.origin().unwrap_or_default());
            }
            // Most functions do not mind.
            let is_empty = option.equals(language::NO_FIELDS.as_bytes()) == Match::Certain;
            if is_empty && !takes(&language::NO_FIELDS) { Vec::new() } else { vec![option] }
        });
        argv.extend(mode.into_iter().chain(given).map(outer));
        if !call.words.is_empty() {
            argv.push(Argument { value: Value::text("--", span), span });
        }
        argv.extend(call.words.into_iter().map(outer));
        self.run_inner(index, Via::Text, argv, &[], around, io);
    }

    /// The grammar of a function, with the name by which the tables know it: its own, or one in which members of what a
    /// call returned are any.
    fn function(&self, name: String) -> Option<(String, Rc<Grammar>)> {
        if let Some(grammar) = self.grammars.grammar(&name) {
            return Some((name, grammar));
        }
        let (object, method) = name.rsplit_once('.')?;
        let parts: Vec<&str> = object.split('.').collect();
        let made = parts.iter().position(|part| part.ends_with("()"))?;
        let is_member = |at: &usize| parts.get(*at).is_some_and(|part| !part.ends_with("()"));
        let members: Vec<usize> = (made + 1..parts.len()).filter(is_member).take(MAX_MEMBERS).collect();
        (1..1_usize << members.len()).find_map(|chosen| {
            let is_any = |at: usize| {
                members.iter().enumerate().any(|(bit, member)| *member == at && chosen >> bit & 1 == 1)
            };
            let part = |(at, part): (usize, &&str)| {
                if is_any(at) { language::ANY_MEMBER.to_owned() } else { (*part).to_owned() }
            };
            let object: Vec<String> = parts.iter().enumerate().map(part).collect();
            let name = format!("{}.{method}", object.join("."));
            self.grammars.grammar(&name).map(|grammar| (name, grammar))
        })
    }

    /// A function that cannot be known: it may be one that gives its text to a shell, or one that starts a program with
    /// these words. What cannot be read as a command is none.
    fn run_computed(&mut self, index: usize, call: Call, (map, unknown): (&SourceMap, &[Unknown]), io: Io) {
        let text = match call.words.as_slice() {
            [text] => text.clone(),
            [program, ..] if program.known().is_some_and(|name| is_program(&name)) => joined(&call.words),
            _ => return,
        };
        let is_command = text.known_prefix().trim_ascii_start().contains(&b' ');
        if !is_command {
            return;
        }
        let text = to_outer(text, map, unknown);
        let gaps = self.gaps.len();
        let certainty = std::mem::replace(&mut self.certainty, Match::Possible);
        self.run_shell(index, Via::Text, &text, Vec::new(), Options::default(), io);
        self.certainty = certainty;
        self.gaps.truncate(gaps);
    }

    /// Whether the region names a function that executes something or deletes files.
    fn names_execution(&self, language: &str, region: &[u8]) -> bool {
        let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || b"_.:`!?".contains(byte);
        let mut names = region.split(|byte| !is_part(byte)).filter(|name| !name.is_empty());
        names.any(|name| {
            let name = String::from_utf8_lossy(name);
            let grammar = self.grammars.grammar(&format!("{language}:{name}"));
            grammar.is_some_and(|grammar| executes(&grammar))
        })
    }

    /// Says that something in the code is executed that nobody can know.
    fn hidden_code(&mut self, index: usize, span: Span) {
        if let Some(invocation) = self.invocations.get_mut(index) {
            invocation.unknown_code = Some(UnknownCode::Other);
        }
        self.gap(span, GapCause::UnknownCode("this text".to_owned()));
    }
}

/// The options of a function that may be given or not, each with a value that is not known.
fn any_of(grammar: &Grammar, span: Span) -> Vec<Value> {
    let flags = grammar.options.iter().filter(|option| matches!(option.value, OptionValue::Optional(_)));
    let given = flags.map(|option| {
        let mut value = Value::text(format!("{}=", option.canonical()), span);
        value.pieces.extend(Value::unknown(Cause::Unmodelled, false, span).pieces);
        value
    });
    given.collect()
}

/// Whether a named argument is what the started program reads: `run(["sh"], input="…")`, `Popen("sh", stdin=PIPE)`.
fn is_input(option: &Value) -> bool {
    let prefix = option.known_prefix();
    let is_pipe = || {
        option.first_unknown().is_some_and(|unknown| match &unknown.cause {
            Cause::Variable(name) => name.ends_with(b"PIPE"),
            // `stdin=-1`
            Cause::Unmodelled => true,
            _ => false,
        })
    };
    let is_given = [b"--input=".as_slice(), b"--stdin_data="].iter().any(|name| prefix.starts_with(name));
    is_given || prefix == b"--stdin=-1" || (prefix.starts_with(b"--stdin=") && is_pipe())
}

/// Whether a word may be the name of a program.
fn is_program(word: &[u8]) -> bool {
    !word.is_empty() && word.iter().all(|byte| byte.is_ascii_alphanumeric() || b"_-./+".contains(byte))
}

/// Words as a command for a shell, in which each is one.
fn joined(words: &[Value]) -> Value {
    let mut command = Value::default();
    for word in words {
        let span = word.origin().unwrap_or_default();
        if !command.pieces.is_empty() {
            command.push_text(b" ", span);
        }
        match word.known_str() {
            Some(text) => command.push_text(shell_words::quote(&text).as_bytes(), span),
            None => command.pieces.extend(word.pieces.iter().cloned()),
        }
    }
    command
}

/// Whether calls of a function execute code or programs, or delete files.
pub(super) fn executes(grammar: &Grammar) -> bool {
    let is_code = |role: &Role| {
        matches!(
            role,
            Role::Script(_) | Role::JoinedScript | Role::Command | Role::Code(_) | Role::CodeFile(_)
        )
    };
    grammar.operands.iter().any(|operand| is_code(&operand.role))
        || grammar.effects.iter().any(|effect| effect.kind == EffectKind::Delete)
}

/// The bytes of a program with names in place of what is unknown, how they map to the source, and what the names
/// stand for.
fn with_names(text: &Value) -> (Vec<u8>, SourceMap, Vec<Unknown>) {
    let mut bytes = Vec::new();
    let mut map = SourceMap::default();
    let mut unknown = Vec::new();
    for piece in &text.pieces {
        match piece {
            Piece::Text { bytes: part, origin } | Piece::Glob { pattern: part, origin } => {
                map.push(bytes.len(), *origin, origin.len() == part.len());
                bytes.extend_from_slice(part);
            }
            Piece::Unknown(part) => {
                map.push(bytes.len(), part.origin, false);
                bytes.extend_from_slice(format!("{MARK}{}{MARK_END}", unknown.len()).as_bytes());
                unknown.push(part.clone());
            }
        }
    }
    (bytes, map, unknown)
}

/// A value of the program as one of the outer text: with its spans there, and with what is unknown in place of the
/// names.
fn to_outer(value: Value, map: &SourceMap, unknown: &[Unknown]) -> Value {
    let mut outer = Value::default();
    for piece in value.pieces {
        match piece {
            Piece::Text { bytes, origin } => {
                let span = map.span(origin.start as usize, origin.end as usize);
                push_marked(&mut outer, &bytes, span, unknown);
            }
            Piece::Unknown(part) => {
                let origin = map.span(part.origin.start as usize, part.origin.end as usize);
                let named = match &part.cause {
                    Cause::Variable(name) => marked(name).and_then(|(number, _)| unknown.get(number)),
                    _ => None,
                };
                outer.pieces.push(Piece::Unknown(named.cloned().unwrap_or(Unknown { origin, ..part })));
            }
            glob @ Piece::Glob { .. } => outer.pieces.push(glob),
        }
    }
    outer
}

/// Adds text in which names may stand for what is unknown.
fn push_marked(value: &mut Value, bytes: &[u8], span: Span, unknown: &[Unknown]) {
    let mut rest = bytes;
    while let Some(at) = rest.windows(MARK.len()).position(|window| window == MARK.as_bytes()) {
        let (before, behind) = rest.split_at(at);
        let Some((part, length)) =
            marked(behind).and_then(|(number, length)| Some((unknown.get(number)?, length)))
        else {
            break;
        };
        value.push_text(before, span);
        value.pieces.push(Piece::Unknown(part.clone()));
        rest = behind.get(length..).unwrap_or_default();
    }
    value.push_text(rest, span);
}

/// The number in a name that stands for something unknown, and the length of the name.
fn marked(text: &[u8]) -> Option<(usize, usize)> {
    let rest = text.strip_prefix(MARK.as_bytes())?;
    let digits = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let number = std::str::from_utf8(rest.get(..digits)?).ok()?.parse().ok()?;
    rest.get(digits..)?
        .starts_with(MARK_END.as_bytes())
        .then_some((number, MARK.len() + digits + MARK_END.len()))
}

/// The language of a role, if it is one for program text.
pub(super) fn language_of(role: &Role) -> Option<&str> {
    match role {
        Role::Code(language) | Role::CodeFile(language) => Some(language),
        _ => None,
    }
}
