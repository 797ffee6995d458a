//! What lies between the tokens of the tree: it may only be blanks, newlines and line continuations, and there
//! are places where nothing may lie, or no newline.

use super::super::cst::Node;
use super::super::kind::Kind;
use super::{Checks, Surroundings, pairs, touch};

/// Follows the end of the last leaf through the walk.
#[derive(Default)]
pub(super) struct Layout {
    last: usize,
}

impl Layout {
    /// A leaf follows.
    pub(super) fn leaf(&mut self, checks: &mut Checks<'_>, node: Node<'_>, around: Surroundings) {
        if node.start() >= node.end() && !node.is_missing() {
            return;
        }
        self.start(checks, node, around);
        self.last = self.last.max(node.end());
    }

    /// A node follows that is a token for bash.
    pub(super) fn start(&mut self, checks: &mut Checks<'_>, node: Node<'_>, around: Surroundings) {
        if !around.in_string {
            self.gap(checks, node.start());
        }
        self.last = self.last.max(node.start());
    }

    /// A node ends; it may reach further than its last leaf.
    pub(super) fn close(&mut self, checks: &mut Checks<'_>, node: Node<'_>, inner: Surroundings) {
        if node.end() > self.last {
            if !inner.in_string {
                self.gap(checks, node.end());
            }
            self.last = node.end();
        }
    }

    /// The grammar skips more than bash does: carriage returns, form feeds, `\` in front of a blank. And it
    /// ends a token at a line continuation, which bash removes before it looks for tokens.
    pub(super) fn gap(&self, checks: &mut Checks<'_>, until: usize) {
        if until <= self.last {
            return;
        }
        let mut rest = checks.source.get(self.last..until).unwrap_or_default();
        let (mut blank, mut joined) = (false, false);
        while let Some((&byte, tail)) = rest.split_first() {
            match byte {
                b' ' | b'\t' | b'\n' => blank = true,
                b'\\' if tail.first() == Some(&b'\n') => joined = true,
                _ => {
                    checks.fire_at("gap-bytes", self.last, until);
                    return;
                }
            }
            rest = if byte == b'\\' { tail.get(1..).unwrap_or_default() } else { tail };
        }
        if joined && !blank {
            checks.fire_at("gap-continuation-joins-tokens", self.last, until);
        }
    }
}

impl Checks<'_> {
    /// A newline never separates the parts of one simple command.
    pub(super) fn commands_end_at_newlines(&mut self, node: Node<'_>) {
        use Kind::*;
        let is_one_line = matches!(
            node.kind(),
            Command
                | DeclarationCommand
                | UnsetCommand
                | VariableAssignments
                | FileRedirect
                | HerestringRedirect
                | RedirectedStatement
                | NegatedCommand
                | HeredocRedirect
        );
        if !is_one_line {
            return self.tokens_are_whole(node);
        }
        for (left, right) in pairs(node) {
            let here_document = matches!(left.kind(), HeredocRedirect | HeredocBody)
                || matches!(right.kind(), HeredocBody | HeredocEnd)
                || self.is_newline(left)
                || self.is_newline(right);
            if !here_document && self.has_newline(left.end(), right.start()) {
                self.fire_at("newline-inside-command", left.end(), right.start());
            }
        }
    }

    /// What is one token for bash has no gap inside.
    fn tokens_are_whole(&mut self, node: Node<'_>) {
        if !matches!(node.kind(), Kind::SimpleExpansion | Kind::Concatenation | Kind::VariableAssignment) {
            return;
        }
        // In `for ((i = 0; …` an assignment is an expression.
        if node.parent().is_some_and(|parent| parent.kind() == Kind::CStyleForStatement) {
            return;
        }
        if let Some((left, right)) = pairs(node).find(|(left, right)| !touch(*left, *right)) {
            self.fire_at("gap-in-token", left.end(), right.start());
        }
    }

    fn is_newline(&self, node: Node<'_>) -> bool {
        node.is_token() && self.text(node) == b"\n"
    }

    fn has_newline(&self, start: usize, end: usize) -> bool {
        let mut bytes = self.source.get(start..end).unwrap_or_default().iter();
        while let Some(byte) = bytes.next() {
            match byte {
                b'\\' => {
                    bytes.next();
                }
                b'\n' => return true,
                _ => {}
            }
        }
        false
    }
}
