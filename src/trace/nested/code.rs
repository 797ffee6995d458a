//! Files that programs in other languages read: their own text, and what they work through.

use super::super::tracer::Tracer;
use crate::source::Span;
use crate::value::{Cause, Piece, Value};

impl Tracer<'_> {
    /// What a program reads that works through these files line by line, where all of it is known.
    pub(super) fn texts(&self, paths: &[Value]) -> Option<Value> {
        let mut whole = Value::default();
        for path in paths {
            let text = self.file(path).filter(|text| text.known().is_some())?;
            if whole.known().is_some_and(|before| !before.is_empty() && !before.ends_with(b"\n")) {
                // A line ends with its file.
                whole.push_text(b"\n", Span::default());
            }
            whole.pieces.extend(text.pieces);
        }
        Some(whole)
    }

    /// The text of a file that an interpreter executes, which may be named without what its language puts behind it.
    pub(super) fn code_file(&self, path: &Value, language: &str) -> Option<Value> {
        let ends: &[&str] = match language {
            "javascript" => &[".js", ".cjs", ".mjs", "/index.js"],
            "python" => &[".py", "/__init__.py", "/__main__.py"],
            "ruby" => &[".rb"],
            "lua" => &[".lua"],
            "perl" => &[".pm"],
            _ => &[],
        };
        let with = |end: &&str| {
            let mut path = path.clone();
            path.push_text(end.as_bytes(), Span::default());
            self.script_file(&path)
        };
        // What is known to be in a file of the project is as much out of sight as the file.
        let is_seen = |text: &Value| {
            text.pieces.iter().any(|piece| match piece {
                Piece::Text { bytes, .. } => !bytes.trim_ascii().is_empty(),
                Piece::Unknown(unknown) => !matches!(unknown.cause, Cause::File(_)),
                Piece::Glob { .. } => true,
            })
        };
        self.script_file(path).or_else(|| ends.iter().find_map(with)).filter(is_seen)
    }
}
