//! Aliases: the text that takes the place of a command word, with the words behind it, is read again.
//!
//! bash expands aliases while it reads; here the tree is there already, so what stands behind the alias is printed as
//! text first. Functions see the aliases of the line that calls them, not of the one that defines them.

use crate::source::Span;
use crate::syntax;
use crate::syntax::ast::{Command, CommandKind, List, Part, Redirect, Simple, Word};
use crate::trace::Via;
use crate::trace::tracer::{Io, Outcome, Tracer};
use crate::value::{Match, Piece, Value};

/// Longest chain of aliases that start with aliases, and of words behind aliases that end in a blank.
const MAX_CHAIN: usize = 16;

impl Tracer<'_> {
    /// Runs the text of an alias, if the command word is one.
    pub(super) fn alias(
        &mut self,
        simple: &Simple,
        redirects: &[Redirect],
        span: Span,
        io: Io,
    ) -> Option<Outcome> {
        let enabled = self.env.options.aliases;
        if enabled == Match::No || self.env.aliases_read.is_empty() {
            return None;
        }
        let mut used = Vec::new();
        let text = self.alias_text(simple, redirects, span, &mut used)?;
        let is_sure = !used.iter().any(|name| self.env.unsure_aliases.contains_key(name));
        let count = if enabled == Match::Certain && is_sure { 1 } else { 2 };
        Some(self.branches(count, |tracer, index| {
            let saved = tracer.expanding.len();
            tracer.expanding.extend(used.iter().cloned());
            let outcome = match index {
                0 => tracer.within(tracer.parent, Via::Text, |tracer| tracer.run_script(&text, io)),
                _ => tracer.simple(simple, redirects, span, io),
            };
            tracer.expanding.truncate(saved);
            outcome
        }))
    }

    /// The command with its aliases replaced; `None` if the first word is none.
    fn alias_text(
        &self,
        simple: &Simple,
        redirects: &[Redirect],
        span: Span,
        used: &mut Vec<Vec<u8>>,
    ) -> Option<Value> {
        let mut text = Value::default();
        let mut count = 0;
        for word in simple.words.iter().take(MAX_CHAIN) {
            let Some(replaced) = literal(word).and_then(|name| self.replaced(&name, used)) else { break };
            if count == 0 && !simple.assignments.is_empty() {
                text.pieces
                    .push(Piece::text(printed(simple.assignments.clone(), Vec::new(), &[], span), span));
                text.pieces.push(Piece::text(b" ".as_slice(), span));
            }
            count += 1;
            let blank = replaced.written().is_some_and(|text| text.ends_with(b" ") || text.ends_with(b"\t"));
            text.pieces.extend(replaced.pieces);
            text.pieces.push(Piece::text(b" ".as_slice(), span));
            if !blank {
                break;
            }
        }
        let rest = simple.words.get(count..).filter(|_| count > 0)?;
        if !rest.is_empty() || !redirects.is_empty() {
            text.pieces.push(Piece::text(printed(Vec::new(), rest.to_vec(), redirects, span), span));
        }
        Some(text)
    }

    /// The text of an alias; if that starts with another alias, so is that.
    fn replaced(&self, name: &[u8], used: &mut Vec<Vec<u8>>) -> Option<Value> {
        let known = |name: &[u8], used: &[Vec<u8>]| {
            let is_used = used.iter().chain(&self.expanding).any(|other| other == name);
            self.env.aliases_read.get(name).filter(|_| !is_used).cloned()
        };
        let mut text = known(name, used)?;
        used.push(name.to_vec());
        for _ in 0..MAX_CHAIN {
            let Some(Piece::Text { bytes, origin }) = text.pieces.first() else { break };
            let start = bytes.iter().position(|byte| !b" \t".contains(byte)).unwrap_or(bytes.len());
            let rest = bytes.get(start..).unwrap_or_default();
            let length = rest.iter().position(|byte| b" \t\n;&|<>()'\"\\$`=".contains(byte));
            let (first, behind) = rest.split_at(length.unwrap_or(rest.len()));
            let Some(inner) = known(first, used) else { break };
            used.push(first.to_vec());
            let behind = Piece::text(behind, *origin);
            let others = text.pieces.split_off(1);
            text.pieces = inner.pieces.into_iter().chain([behind]).chain(others).collect();
        }
        Some(text)
    }
}

/// The word, if nothing in it is quoted or expanded.
fn literal(word: &Word) -> Option<Vec<u8>> {
    let text = |part: &Part| match part {
        Part::Literal(text, _) => Some(text.clone()),
        _ => None,
    };
    let texts: Option<Vec<_>> = word.parts.iter().map(text).collect();
    texts.filter(|texts| !texts.is_empty()).map(|texts| texts.concat())
}

/// A simple command as text.
fn printed(
    assignments: Vec<crate::syntax::ast::Assignment>,
    words: Vec<Word>,
    redirects: &[Redirect],
    span: Span,
) -> Vec<u8> {
    let kind = CommandKind::Simple(Simple { assignments, words });
    let command = Command { kind, redirects: redirects.to_vec(), span };
    let text = syntax::display(&List::of(command));
    text.strip_suffix(b"\n").unwrap_or(&text).to_vec()
}
