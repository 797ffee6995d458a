//! Files under other names: through a link that the script makes, and at the place to which it moves something, a path
//! leads to what the script found elsewhere. What is done there is done to that.

use super::env::{Name, full_path};
use super::tracer::Tracer;
use crate::program::{Call, CallEffect, EffectKind};
use crate::source::Span;
use crate::value::{Piece, Value};

impl Tracer<'_> {
    /// Adds to calls what they do to files behind the names that they use.
    pub(super) fn follow_names(&self, calls: &mut [Call]) {
        if self.env.files.has_no_names() {
            return;
        }
        for call in calls {
            let behind = call.effects.iter().filter_map(|effect| {
                let path = self.behind(&effect.path, effect.kind)?;
                Some(CallEffect { path, ..effect.clone() })
            });
            let behind: Vec<CallEffect> = behind.collect();
            call.effects.extend(behind);
        }
    }

    /// The path that another one leads to, if something done to it is done there.
    pub(super) fn behind(&self, path: &Value, kind: EffectKind) -> Option<Value> {
        if self.env.files.has_no_names() {
            return None;
        }
        let pattern = path.pieces.iter().position(|piece| matches!(piece, Piece::Glob { .. }));
        let (start, rest) = path.pieces.split_at(pattern.unwrap_or(path.pieces.len()));
        let here = Value::text(b".".as_slice(), Span::default());
        let written = if start.is_empty() { here } else { Value { pieces: start.to_vec() } };
        let ends_in_slash = match start.last() {
            Some(Piece::Text { bytes, .. }) => bytes.ends_with(b"/"),
            _ => start.is_empty(),
        };
        let full = full_path(&written, &self.env.directory)?;
        let (name, length) = self.env.files.named(&full)?;
        let inside = full.get(length..).unwrap_or_default();
        let is_itself = inside.is_empty() && rest.is_empty() && !ends_in_slash;
        let changes = matches!(kind, EffectKind::Write | EffectKind::Append | EffectKind::Chmod);
        // Removing a link leaves what it leads to. Parts that are not known stand in the full path as marks.
        if (is_itself && !name.moved && !changes) || inside.contains(&0) {
            return None;
        }
        let mut behind = name.original.clone();
        behind.push_text(inside, Span::default());
        if ends_in_slash {
            behind.push_text(b"/", Span::default());
        }
        behind.pieces.extend(rest.iter().cloned());
        Some(behind)
    }

    /// Remembers that `path`, or the name of `original` in it if it may be a directory, leads to `original`.
    pub(super) fn name_file(&mut self, original: &Value, path: &Value, moved: bool, span: Span) {
        let original = super::builtin::joined(self.env.directory.now.as_ref(), original, span);
        let mut inside = path.clone();
        if let Some(Piece::Text { bytes, .. }) = original.pieces.last() {
            let last = bytes.rsplit(|byte| *byte == b'/').find(|name| !name.is_empty()).unwrap_or_default();
            inside.push_text(&[b"/", last].concat(), span);
        }
        let name = Name { original, moved };
        let is_directory = super::builtin::exists(self, path);
        for path in [Some(path).filter(|_| !is_directory), Some(&inside)].into_iter().flatten() {
            if let Some(path) = full_path(path, &self.env.directory) {
                self.env.files.give_name(path, name.clone());
            }
        }
    }
}
