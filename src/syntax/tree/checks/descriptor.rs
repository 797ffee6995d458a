//! What stands directly in front of a redirection operator: digits and `{name}` are the descriptor, anything
//! else is the end of a word.

use super::super::cst::Node;
use super::super::kind::Kind;
use super::{Checks, pairs, touch};

impl Checks<'_> {
    pub(super) fn descriptor(&mut self, node: Node<'_>) {
        use Kind::*;
        match node.kind() {
            FileDescriptor if !self.text(node).iter().all(u8::is_ascii_digit) => {
                self.fire("file-descriptor", node);
            }
            Command | DeclarationCommand | UnsetCommand | VariableAssignments | NegatedCommand
            | ForStatement | Array | HeredocRedirect | RedirectedStatement => {
                for (left, right) in pairs(node) {
                    if right.kind().is_redirect() && touch(left, right) {
                        self.in_front_of_redirect(left, right);
                    }
                }
            }
            _ => {}
        }
    }

    fn in_front_of_redirect(&mut self, left: Node<'_>, redirect: Node<'_>) {
        let digits = self.digits_end_at(redirect.start());
        let has_descriptor =
            redirect.children().next().is_some_and(|first| first.kind() == Kind::FileDescriptor);
        // `head -200>f`: the tree takes 200 for a descriptor, though it ends a word.
        if digits || has_descriptor || left.kind() == Kind::Number {
            self.fire_at("adjacent-fd", left.start(), redirect.end());
        }
        if self.text(left).ends_with(b"}") {
            self.fire_at("varfd", left.start(), redirect.end());
        }
    }

    /// Whether the word that ends at `at` is a number, or there is none.
    fn digits_end_at(&self, at: usize) -> bool {
        let mut before = self.source.get(..at).unwrap_or_default().iter().rev();
        before.find(|byte| !byte.is_ascii_digit()).is_none_or(|byte| b" \t\n;&|()<>".contains(byte))
    }
}
