//! What `s/a/b/` and `tr/a/b/` of Perl make of a text, where no pattern is more than its characters.

use super::super::node::{children, field};
use super::{Evaluator, Expression, decode, pure};
use crate::source::Span;
use tree_sitter::Node;

impl<'a> Evaluator<'a> {
    /// Whether a substitution leaves its text alone: `s/a/b/r` has the new text as its value, `tr/a//` counts.
    pub(in crate::language) fn keeps_text(&self, change: Node<'a>) -> bool {
        let modifiers =
            field(change, &["modifiers"]).map(|modifiers| self.bytes(modifiers)).unwrap_or_default();
        modifiers.contains(&b'r')
    }

    /// `s/(..)/chr(hex($1))/ge`
    fn replaced_by_code(&self, from: &str, code: &str, old: &str, span: Span) -> Option<Expression> {
        let inner = from.strip_prefix('(').and_then(|from| from.strip_suffix(')'));
        let name = if inner.is_some() { "1" } else { "&" };
        let parts = super::regex::parts(inner.unwrap_or(from), old)?;
        let made = parts.into_iter().map(|(is_found, part)| match is_found {
            true => self.evaluated(code, Some((name, pure::made(part, span)))),
            false => Some(pure::made(part, span)),
        });
        let made: Option<Vec<_>> = made.collect();
        Some(super::text::join(made?, &crate::value::Value::default(), span))
    }

    /// A replacement that is nothing but blanks, which the grammar leaves out.
    fn blank_replacement(&self, change: Node<'a>) -> Option<&'a [u8]> {
        let written = self.bytes(change);
        let written = [b"tr".as_slice(), b"y", b"s"].iter().find_map(|word| written.strip_prefix(*word))?;
        let (delimiter, rest) = written.split_first()?;
        let parts: Vec<&[u8]> = rest.split(|byte| byte == delimiter).collect();
        match parts.as_slice() {
            [_, to, _] if to.iter().all(|byte| *byte == b' ') => Some(to),
            _ => None,
        }
    }

    /// The text that a substitution makes of another one.
    pub(in crate::language) fn changed(&self, old: &Expression, change: Node<'a>) -> Option<Expression> {
        let modifiers =
            field(change, &["modifiers"]).map(|modifiers| self.bytes(modifiers)).unwrap_or_default();
        let replacement = children(change).into_iter().find(|child| child.kind() == "replacement");
        let from = std::str::from_utf8(self.bytes(field(change, &["content"])?)).ok()?;
        let to = match replacement {
            Some(replacement) => self.bytes(replacement),
            None => self.blank_replacement(change)?,
        };
        let to = std::str::from_utf8(to).ok()?;
        let old = pure::text(old)?;
        let span = Self::span(change);
        if change.kind() == "transliteration_expression" {
            let is_plain = modifiers.iter().all(|modifier| *modifier == b'r') && !to.is_empty();
            return Some(pure::made(decode::translated(&old, from, to).filter(|_| is_plain)?, span));
        }
        let all = modifiers.contains(&b'g');
        if modifiers.contains(&b'e') {
            return if modifiers == b"ge" || modifiers == b"eg" {
                self.replaced_by_code(from, to, &old, span)
            } else {
                None
            };
        }
        let known =
            modifiers.iter().all(|modifier| b"grsm".contains(modifier)) && !to.contains(['$', '@', '\\']);
        known.then_some(())?;
        if is_plain(from) {
            return Some(pure::made(old.replacen(from, to, if all { usize::MAX } else { 1 }), span));
        }
        super::regex::replaced(from, to, &old, all, span)
    }
}

/// Whether a regular expression is nothing but its characters.
pub(super) fn is_plain(pattern: &str) -> bool {
    let is_plain = |character: char| character.is_alphanumeric() || " _-/,:;=@%&!~<>#".contains(character);
    !pattern.is_empty() && pattern.chars().all(is_plain)
}
