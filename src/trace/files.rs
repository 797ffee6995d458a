//! Files: what programs write by their operands, what a file in sight holds, and which program a copy or link is.
//!
//! What a program does to files stands in its grammar; here it is done to the files that the script itself has made.

use super::env::{Content, File, Output, full_path, index_key, pattern_path};
use super::filter;
use super::output::packed_or_text;
use super::pattern::{self, Units};
use super::redirect::named_descriptor;
use super::tracer::{Io, Tracer};
use crate::program::{self, Call, EffectKind, Prints};
use crate::source::Span;
use crate::syntax::ast::{Command, List};
use crate::trace::Via;
use crate::value::{Cause, Match, Piece, Unknown, Value};
use std::collections::BTreeMap;
use std::rc::Rc;

/// The commands of a `>(…)`, which run on what is written to its file.
pub(super) struct Sink {
    pub(super) path: Vec<u8>,
    pub(super) list: List,
    pub(super) span: Span,
    /// Whether something was written to it.
    pub(super) done: bool,
    /// Whether it outlives its command (`coproc`).
    pub(super) lasts: bool,
    /// Where its own output goes: `exec > >(tee log)` leads that of the shell into it, not its own.
    pub(super) outputs: Rc<BTreeMap<u32, Output>>,
}

/// A program that has run.
pub(super) struct Ran<'r> {
    pub(super) program: &'r str,
    pub(super) values: &'r [Value],
    pub(super) prints: Option<Prints>,
    pub(super) span: Span,
}

impl Tracer<'_> {
    /// Does to the files in sight what a call does to files.
    pub(super) fn follow_files(&mut self, call: &Call, ran: &Ran<'_>, io: Io) {
        let moved = call.effects.iter().filter(|effect| effect.kind == EffectKind::Move);
        let moved: Vec<&Value> = moved.map(|effect| &effect.path).collect();
        for effect in &call.effects {
            match effect.kind {
                EffectKind::Write | EffectKind::Append | EffectKind::Create => {
                    let append = effect.kind == EffectKind::Append;
                    match (&effect.content, effect.kind) {
                        (program::Content::Unknown, EffectKind::Create) => self.make_directory(&effect.path),
                        (content, _) => self.write_content(&effect.path, content, append, &moved, ran, io),
                    }
                }
                EffectKind::Unpack => self.unpack(&effect.path, io),
                EffectKind::Delete | EffectKind::Move | EffectKind::Chmod | EffectKind::Read => {}
            }
        }
        let written = self.written_files(ran, io);
        let gone = |kind: EffectKind| matches!(kind, EffectKind::Delete | EffectKind::Move);
        for effect in call.effects.iter().filter(|effect| gone(effect.kind)) {
            if let Some(path) = full_path(&effect.path, &self.env.directory) {
                self.env.files.forget(&path);
            }
        }
        for (path, content) in written {
            self.write_file(&Value::text(path, ran.span), packed_or_text(content, ran.span), false);
        }
    }

    fn make_directory(&mut self, path: &Value) {
        if let Some(path) = full_path(path, &self.env.directory) {
            self.env.files.insert(path, File::Directory);
        }
    }

    fn write_content(
        &mut self,
        path: &Value,
        content: &program::Content,
        append: bool,
        gone: &[&Value],
        ran: &Ran<'_>,
        io: Io,
    ) {
        match content {
            program::Content::Unknown => {
                let Some(key) = full_path(path, &self.env.directory) else { return };
                let stdin = io.stdin.and_then(|stream| self.streams.get(stream));
                match self.env.files.get(&key) {
                    Some(File::Text(_)) => {
                        let unknown = Value::unknown(Cause::Unmodelled, true, ran.span);
                        self.env.files.insert(key, File::Text(unknown));
                    }
                    // What is not made of text of the command is a file of the project, changed or built.
                    _ if stdin.is_some_and(|text| text.known_length() > 0) => {
                        self.env.files.insert(key, File::Made);
                    }
                    _ => {}
                }
            }
            program::Content::Edited(without) => {
                let words = ran.values.iter().enumerate().filter(|(word, _)| !without.contains(word));
                let values: Vec<Value> = words.skip(1).map(|(_, value)| value.clone()).collect();
                let printed = self.with_known(ran.program, &values, None, ran.span, filter::run);
                match printed {
                    Some(text) => self.write_file(path, Value::text(text, ran.span), false),
                    None => self.write_content(path, &program::Content::Unknown, false, gone, ran, io),
                }
            }
            program::Content::Output(without) => {
                let io = Io { capture: true, ..io };
                let words = ran.values.iter().enumerate().filter(|(word, _)| !without.contains(word));
                let values: Vec<Value> = words.map(|(_, value)| value.clone()).collect();
                let printed = self.output(ran.program, ran.prints, &values, ran.span, io);
                self.write_file(path, printed.stdout, append);
            }
            program::Content::Made => self.make(path),
            program::Content::Kept => {
                if let Some(key) =
                    full_path(path, &self.env.directory).filter(|key| self.env.files.get(key).is_none())
                {
                    self.env.files.insert(key.clone(), File::Copy(key));
                }
            }
            program::Content::Packed => {
                if self.reads_own_text(ran.values, io) {
                    self.make(path);
                }
            }
            program::Content::Copy(sources) | program::Content::Link(sources) if !sources.is_empty() => {
                for source in sources {
                    self.copy_file(source, path, ran.span, io);
                    let moved = gone.contains(&source);
                    if moved || matches!(content, program::Content::Link(_)) {
                        self.name_file(source, path, moved, ran.span);
                    }
                }
            }
            program::Content::Input | program::Content::Copy(_) | program::Content::Link(_) => {
                let text = io.stdin.and_then(|stream| self.streams.get(stream)).cloned();
                let text = text.unwrap_or_else(|| Value::unknown(Cause::Input, true, ran.span));
                self.write_file(path, text, append);
            }
        }
    }

    /// A copy or link, at the path itself and, as that may be a directory, inside it.
    fn copy_file(&mut self, source: &Value, target: &Value, span: Span, io: Io) {
        let Some(from) = full_path(source, &self.env.directory) else { return };
        if named_descriptor(&from) == Some(0) {
            let text = self.read_file(source, io, span);
            return self.write_file(target, text, false);
        }
        let file = match self.env.files.get(&from) {
            Some(file) => file.clone(),
            None => File::Copy(from.clone()),
        };
        if let Some(text) = self.file(source).filter(|_| !matches!(file, File::Text(_))) {
            // A process substitution or descriptor.
            return self.write_file(target, text, false);
        }
        let name = from.rsplit(|byte| *byte == b'/').next().unwrap_or_default();
        let mut inside = target.clone();
        inside.push_text(&[b"/", name].concat(), span);
        let below = self.env.files.below(&from);
        for path in [target, &inside] {
            if let Some(path) = full_path(path, &self.env.directory).filter(|path| !is_within(path, &from)) {
                for (rest, file) in &below {
                    self.env.files.insert([&path, rest.as_slice()].concat(), file.clone());
                }
                self.env.files.insert(path, file.clone());
            }
        }
    }

    /// Remembers what is written into a file.
    pub(super) fn write_file(&mut self, path: &Value, content: Value, append: bool) {
        let Some(key) = full_path(path, &self.env.directory) else { return };
        if let Some(at) = self.sinks.iter().position(|sink| sink.path == key) {
            if !content.pieces.is_empty() {
                self.run_sink(at, content);
            }
            return;
        }
        if key.starts_with(b"/dev/") && !key.starts_with(b"/dev/shm/") {
            return;
        }
        let text = match self.env.files.get(&key) {
            Some(File::Text(old)) if append => {
                Value { pieces: old.pieces.iter().chain(&content.pieces).cloned().collect() }
            }
            _ if append => {
                // What was in it is out of sight; it ends in a newline, as text files do.
                let span = content.origin().unwrap_or_default();
                let mut text = Value::unknown(Cause::File(path.display().into_bytes()), true, span);
                text.pieces.push(Piece::text(b"\n".as_slice(), span));
                text.pieces.extend(content.pieces);
                text
            }
            _ => content,
        };
        self.env.files.insert(key, File::Text(text));
    }

    /// `coproc`: its commands run on what is written to its descriptor, and on whatever else.
    pub(super) fn open_coprocess(&mut self, name: &[u8], body: &Command, span: Span) {
        let numbers = [self.next_descriptor, self.next_descriptor.saturating_sub(1)];
        self.next_descriptor = self.next_descriptor.saturating_sub(2);
        let ends = numbers.into_iter().enumerate();
        let ends = ends.map(|(index, number)| (index_key(index), Value::text(number.to_string(), span)));
        self.env.assign_contents(name, vec![Content::Array(ends.collect())]);
        let [_, input] = numbers;
        let path = format!("/dev/fd/{input}");
        let file = Output::File(Value::text(path.clone(), span));
        Rc::make_mut(&mut self.env.outputs).insert(input, file);
        let list = List::of(Command::clone(body));
        let outputs = self.env.outputs.clone();
        self.sinks.push(Sink { path: path.into_bytes(), list, span, done: true, lasts: true, outputs });
        let at = self.sinks.len().saturating_sub(1);
        self.run_sink(at, Value::unknown(Cause::Descriptor, true, span));
    }

    /// Whether the file is that of a `>(…)`.
    pub(super) fn is_sink(&self, path: &Value) -> bool {
        self.sinks.iter().any(|sink| path.equals(&sink.path) == Match::Certain)
    }

    fn run_sink(&mut self, at: usize, content: Value) {
        let Some(sink) = self.sinks.get_mut(at) else { return };
        sink.done = true;
        let list = sink.list.clone();
        let outputs = sink.outputs.clone();
        let via = if sink.lasts { self.via.clone() } else { Via::ProcessSubstitution };
        let io = Io { stdin: Some(self.stream(content)), ..Io::default() };
        self.within(self.parent, via, |tracer| {
            tracer.subshell(|tracer| {
                tracer.env.outputs = outputs;
                tracer.list(&list, io)
            })
        });
    }

    /// Runs the `>(…)` of a command that are left, on text that is not known.
    pub(super) fn close_sinks(&mut self, from: usize) {
        for at in from..self.sinks.len() {
            if let Some(span) = self.sinks.get(at).filter(|sink| !sink.done).map(|sink| sink.span) {
                self.run_sink(at, Value::unknown(Cause::Descriptor, true, span));
            }
        }
        let left = self.sinks.split_off(from.min(self.sinks.len()));
        self.sinks.extend(left.into_iter().filter(|sink| sink.lasts));
    }

    /// The content of a file that the script wrote, or of a process substitution or open descriptor.
    pub(super) fn file(&self, path: &Value) -> Option<Value> {
        let key = full_path(path, &self.env.directory)?;
        if key == b"/dev/null" {
            return Some(Value::default());
        }
        if let Some(File::Text(text)) = self.env.files.get(&key) {
            return Some(text.clone());
        }
        let stream = named_descriptor(&key).and_then(|number| self.env.descriptors.get(&number))?;
        self.streams.get(*stream).cloned()
    }

    /// What is in the files that a pattern names, in their order, and what is in others that are out of sight.
    fn globbed(&self, pattern: &Value, span: Span) -> Option<Value> {
        let mut text = self.written_by_pattern(pattern, span)?;
        text.pieces.extend(Value::unknown(unseen(pattern), true, span).pieces);
        Some(text)
    }

    /// What the script has written into the files that a pattern names.
    pub(super) fn written_by_pattern(&self, pattern: &Value, span: Span) -> Option<Value> {
        if !pattern.has_glob() {
            return None;
        }
        let unmodelled = || Value::unknown(Cause::Unmodelled, true, span);
        let Some(paths) = self.env.files.matching(&pattern_path(pattern, &self.env.directory)?) else {
            return Some(unmodelled());
        };
        let files: Vec<&File> = paths.iter().filter_map(|path| self.env.files.get(path)).collect();
        if !files.iter().any(|file| matches!(file, File::Text(_) | File::Made)) {
            return None;
        }
        let texts = files.into_iter().map(|file| match file {
            File::Text(text) => text.clone(),
            File::Copy(original) => Value::unknown(Cause::File(original.clone()), true, span),
            File::Directory => Value::default(),
            File::Made => unmodelled(),
        });
        let mut text = Value { pieces: texts.flat_map(|text| text.pieces).collect() };
        if !text.pieces.is_empty() {
            // Files end in a newline: what is not known is no part of the last word.
            text.push_text(b"\n", span);
        }
        Some(text)
    }

    /// The text of any file that the script has written, where a program found or printed the name.
    fn written_somewhere(&self, path: &Value) -> Option<Value> {
        let (Piece::Unknown(unknown), behind) = path.pieces.split_first()? else { return None };
        let (end, has_pattern) = match behind {
            // `find -name '*.sh'`
            [Piece::Text { bytes, .. }, pattern @ ..] if bytes == b"/" && !pattern.is_empty() => {
                let name = Value { pieces: pattern.to_vec() };
                (name.written()?, name.has_glob())
            }
            _ => (Value { pieces: behind.to_vec() }.known()?.into_owned(), false),
        };
        if !matches!(unknown.cause, Cause::Found(_) | Cause::Output(_) | Cause::Unmodelled) {
            return None;
        }
        let fits = |path: &[u8]| match has_pattern {
            true => {
                let name = path.rsplit(|byte| *byte == b'/').next().unwrap_or_default();
                pattern::matches(&end, name, Units::Bytes)
            }
            false => path.ends_with(&end),
        };
        let Some(texts) = self.env.files.texts(fits) else {
            return Some(Value::unknown(Cause::Unmodelled, true, unknown.origin));
        };
        let mut whole = Value::default();
        for text in texts {
            // One may end the shell that the next would have run in.
            whole.push_text(b"(\n", unknown.origin);
            whole.pieces.extend(text.pieces.iter().cloned());
            whole.push_text(b"\n)\n", unknown.origin);
        }
        (!whole.pieces.is_empty()).then_some(whole)
    }

    /// What is read from a file, be it out of sight.
    pub(super) fn read_file(&self, path: &Value, io: Io, span: Span) -> Value {
        if let Some(text) = self.globbed(path, span) {
            return text;
        }
        let is_stdin = path.known().is_some_and(|path| named_descriptor(&path) == Some(0));
        let stdin = io.stdin.filter(|_| is_stdin).and_then(|stream| self.streams.get(stream)).cloned();
        stdin
            .or_else(|| self.file(path))
            .or_else(|| self.made(path))
            .unwrap_or_else(|| Value::unknown(unseen(path), true, span))
    }

    /// The program that a file is a copy of or a link to.
    pub(super) fn copied_program(&self, path: &Value) -> Option<Vec<u8>> {
        if path.equals(b"/proc/self/exe") == Match::Certain {
            // The shell itself, whichever it is.
            return Some(b"/bin/bash".to_vec());
        }
        let key = full_path(path, &self.env.directory)?;
        match self.env.files.get(&key)? {
            File::Copy(original) => Some(original.clone()),
            // `cat /bin/rm > x`
            File::Text(text) => match text.pieces.as_slice() {
                [Piece::Unknown(Unknown { cause: Cause::File(original), .. })] => Some(original.clone()),
                _ => None,
            },
            File::Directory | File::Made => None,
        }
    }

    /// The text of a file that an interpreter executes: also one that a program wrote.
    pub(super) fn script_file(&self, path: &Value) -> Option<Value> {
        let span = path.origin().unwrap_or_default();
        let by_pattern = || self.written_by_pattern(path, span).or_else(|| self.written_somewhere(path));
        self.file(path).or_else(|| self.made(path)).or_else(by_pattern)
    }
}

/// Whether a path is the other or lies in it: nothing is copied into itself.
fn is_within(path: &[u8], other: &[u8]) -> bool {
    path.strip_prefix(other).is_some_and(|rest| rest.is_empty() || rest.starts_with(b"/"))
}

/// Where the content of a file out of sight comes from.
fn unseen(path: &Value) -> Cause {
    let text = path.display().into_bytes();
    let prefix = path.known_prefix();
    if prefix.starts_with(b"/dev/tcp/") || prefix.starts_with(b"/dev/udp/") {
        return Cause::Network(text);
    }
    if prefix.starts_with(b"/dev/") || prefix.starts_with(b"/proc/") {
        return Cause::Output([b"cat ", text.as_slice()].concat());
    }
    Cause::File(text)
}
