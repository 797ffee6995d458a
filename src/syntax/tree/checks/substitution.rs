//! Backquotes and comments: the grammar pairs backquotes by looking for the next one and starts comments where
//! bash sees the middle of a word.

use super::super::cst::Node;
use super::super::kind::Kind;
use super::{Checks, Surroundings};

impl Checks<'_> {
    pub(super) fn substitution(&mut self, node: Node<'_>, around: Surroundings) {
        match node.kind() {
            Kind::CommandSubstitution if self.text(node).starts_with(b"`") => self.backquotes(node),
            // In a here-document the grammar reads `$((1 + 2))` as a subshell inside a substitution, and so it does
            // with `!((x))`.
            Kind::CommandSubstitution if self.text(node).starts_with(b"$((") => {
                self.fire("arithmetic-as-command", node);
            }
            Kind::Subshell if self.text(node).starts_with(b"((") => self.fire("arithmetic-as-command", node),
            Kind::Comment => self.comment(node, around),
            _ => {}
        }
    }

    /// A backquote or a backslash inside means nesting or unquoting, which the grammar does not do.
    fn backquotes(&mut self, node: Node<'_>) {
        let text = self.text(node);
        let inner = text.get(1..text.len().saturating_sub(1)).unwrap_or_default();
        let simple = text.len() >= 2 && text.ends_with(b"`");
        if !simple || inner.iter().any(|byte| matches!(byte, b'`' | b'\\')) {
            self.fire("backquote-nesting", node);
        }
    }

    fn comment(&mut self, node: Node<'_>, around: Surroundings) {
        let before = node.start().checked_sub(1).and_then(|at| self.byte(at));
        let earlier = node.start().checked_sub(2).and_then(|at| self.byte(at));
        let ends_word = |byte| b" \t\n;&|()<>".contains(&byte);
        let quoted = earlier == Some(b'\\') && matches!(before, Some(b'\n' | b' ' | b'\t'));
        if quoted || before.is_some_and(|byte| !ends_word(byte)) {
            self.fire("comment-start", node);
        }
        // In bash the backquote ends the substitution, comment or not.
        if around.in_backquotes && self.text(node).contains(&b'`') {
            self.fire("comment-in-backquote", node);
        }
    }
}
