//! What `s/a/b/` and `tr/a/b/` of Perl make of a text, where no pattern is more than its characters.

use super::super::node::{children, field};
use super::{Evaluator, Expression, decode, pure};
use tree_sitter::Node;

impl<'a> Evaluator<'a> {
    /// Whether a substitution leaves its text alone: `s/a/b/r` has the new text as its value, `tr/a//` counts.
    pub(in crate::language) fn keeps_text(&self, change: Node<'a>) -> bool {
        let modifiers =
            field(change, &["modifiers"]).map(|modifiers| self.bytes(modifiers)).unwrap_or_default();
        modifiers.contains(&b'r')
    }

    /// The text that a substitution makes of another one.
    pub(in crate::language) fn changed(&self, old: &Expression, change: Node<'a>) -> Option<Expression> {
        let modifiers =
            field(change, &["modifiers"]).map(|modifiers| self.bytes(modifiers)).unwrap_or_default();
        let replacement = children(change).into_iter().find(|child| child.kind() == "replacement")?;
        let from = std::str::from_utf8(self.bytes(field(change, &["content"])?)).ok()?;
        let to = std::str::from_utf8(self.bytes(replacement)).ok()?;
        let old = pure::text(old)?;
        let span = Self::span(change);
        if change.kind() == "transliteration_expression" {
            let is_plain = modifiers.iter().all(|modifier| *modifier == b'r') && !to.is_empty();
            return Some(pure::made(decode::translated(&old, from, to).filter(|_| is_plain)?, span));
        }
        let is_plain = is_plain(from) && !to.contains(['$', '@', '\\']);
        let count = if modifiers.contains(&b'g') { usize::MAX } else { 1 };
        let known = modifiers.iter().all(|modifier| b"grsmx".contains(modifier));
        (is_plain && known).then(|| pure::made(old.replacen(from, to, count), span))
    }
}

/// Whether a regular expression is nothing but its characters.
pub(super) fn is_plain(pattern: &str) -> bool {
    let is_plain = |character: char| character.is_alphanumeric() || " _-/,:;=@%&!~<>#".contains(character);
    !pattern.is_empty() && pattern.chars().all(is_plain)
}
