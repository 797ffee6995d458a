//! Files that are made of text of the script by programs: what tools write besides what they print, what comes out of
//! archives and patches, and names that change what a command means.

use super::env::{File, Unpacked, full_path, pattern_path};
use super::files::Ran;
use super::filter;
use super::tracer::{Io, Tracer};
use crate::source::Span;
use crate::trace::Argument;
use crate::value::{Cause, Match, Piece, Value};
use std::rc::Rc;

impl Tracer<'_> {
    /// Remembers that a file holds what nobody computes here.
    pub(super) fn make(&mut self, path: &Value) {
        if let Some(path) = full_path(path, &self.env.directory) {
            self.env.files.insert(path, File::Made);
        }
    }

    /// Whether a program reads text that the script has made: from standard input, or in a file that one of its words names.
    pub(super) fn reads_own_text(&self, values: &[Value], io: Io) -> bool {
        let stdin = io.stdin.and_then(|stream| self.streams.get(stream));
        let mut names = values.iter().skip(1).filter_map(|word| full_path(word, &self.env.directory));
        let is_own_file = |file: &File| match file {
            File::Text(text) => is_own(text),
            File::Made => true,
            File::Copy(_) | File::Directory => false,
        };
        let files = &self.env.files;
        stdin.is_some_and(is_own)
            || names.any(|path| {
                files.get(&path).is_some_and(is_own_file)
                    || files.below(&path).iter().any(|(_, file)| is_own_file(file))
            })
    }

    /// Files come out of another: out of text of the script, they hold that.
    pub(super) fn unpack(&mut self, path: &Value, io: Io) {
        let is_stdin = path.equals(b"-") == Match::Certain;
        let stdin = io.stdin.filter(|_| is_stdin).and_then(|stream| self.streams.get(stream));
        let file = || self.env.files.get(&full_path(path, &self.env.directory)?);
        let text = match (stdin, file()) {
            (Some(text), _) | (None, Some(File::Text(text))) => text.clone(),
            (None, Some(File::Made)) => return self.env.files.unpack(Unpacked::Any),
            _ => return,
        };
        match text.known() {
            Some(known) => self.env.files.unpack(Unpacked::Named(Rc::new(known.into_owned()))),
            None if is_own(&text) => self.env.files.unpack(Unpacked::Any),
            None => {}
        }
    }

    /// The files that a text tool writes besides what it prints.
    pub(super) fn written_files(&mut self, ran: &Ran<'_>, io: Io) -> Vec<(Vec<u8>, Vec<u8>)> {
        if !filter::writes(ran.program) {
            return Vec::new();
        }
        let arguments = ran.values.get(1..).unwrap_or_default();
        let stdin = io.stdin.and_then(|stream| self.streams.get(stream));
        let written = self.with_known(ran.program, arguments, stdin, ran.span, filter::written);
        if written.is_none() && !filter::is_followed(ran.program) && self.reads_own_text(ran.values, io) {
            self.env.files.unpack(Unpacked::Any);
        }
        written.unwrap_or_default()
    }

    /// Text that nobody computes here, of a file that a program made of text of the script.
    pub(super) fn made(&self, path: &Value) -> Option<Value> {
        let key = full_path(path, &self.env.directory)?;
        let is_made = self.env.files.get(&key) == Some(&File::Made) || self.env.files.may_be_unpacked(&key);
        is_made.then(|| Value::unknown(Cause::Unmodelled, true, path.origin().unwrap_or_default()))
    }

    /// The text of a program that the script made, and did not translate from another language.
    pub(super) fn program_file(&self, path: &Value) -> Option<Value> {
        let unpacked = || {
            let key = full_path(path, &self.env.directory)?;
            let is_unpacked = self.env.files.may_be_unpacked(&key);
            is_unpacked.then(|| Value::unknown(Cause::Unmodelled, true, path.origin().unwrap_or_default()))
        };
        self.file(path).or_else(unpacked)
    }

    /// Puts the names of files that look like options, and were made by the script, in front of the patterns that they fit:
    /// `touch -- -rf; rm *`.
    pub(super) fn add_option_names(&self, argv: &mut Vec<Argument>) {
        let mut at = 1;
        while let Some(argument) = argv.get(at) {
            let span = argument.span;
            let names = self.option_names(&argument.value);
            let count = names.len();
            argv.splice(
                at..at,
                names.into_iter().map(|name| Argument { value: Value::text(name, span), span }),
            );
            at += count + 1;
        }
    }

    fn option_names(&self, pattern: &Value) -> Vec<Vec<u8>> {
        // Only what starts with a pattern fits names that start with a dash.
        let starts =
            matches!(pattern.pieces.first(), Some(Piece::Glob { pattern, .. }) if !pattern.starts_with(b"."));
        let here = || full_path(&Value::text(b".".as_slice(), Span::default()), &self.env.directory);
        let fitting = || self.env.files.matching(&pattern_path(pattern, &self.env.directory)?);
        let (true, Some(here)) = (starts, here()) else { return Vec::new() };
        let names = fitting().unwrap_or_default().into_iter();
        let names = names.filter_map(|path| Some(path.strip_prefix(&*here)?.strip_prefix(b"/")?.to_vec()));
        names.filter(|name| name.starts_with(b"-") && !name.contains(&b'/')).collect()
    }
}

/// Whether the script has made some of the text.
fn is_own(text: &Value) -> bool {
    let own = |piece: &Piece| match piece {
        Piece::Unknown(unknown) => matches!(unknown.cause, Cause::Unmodelled | Cause::Packed(_)),
        Piece::Text { bytes, .. } | Piece::Glob { pattern: bytes, .. } => !bytes.is_empty(),
    };
    text.pieces.iter().any(own)
}
