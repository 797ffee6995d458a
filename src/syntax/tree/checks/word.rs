//! Where words end: two nodes that touch are one word for bash. And what may be assigned to.

use super::super::cst::Node;
use super::super::kind::Kind;
use super::{Checks, pairs, touch};

impl Checks<'_> {
    pub(super) fn word_borders(&mut self, node: Node<'_>) {
        use Kind::*;
        match node.kind() {
            FileRedirect
                if pairs(node).any(|(left, right)| touch(left, right) && is_word(left) && is_word(right)) =>
            {
                self.fire("adjacent-words", node);
            }
            Command | DeclarationCommand | UnsetCommand | ForStatement | Array | HeredocRedirect
            | RedirectedStatement => self.touching_words(node),
            VariableAssignment => self.assignment_name(node),
            VariableName => {
                let is_target = node.parent().is_some_and(|parent| parent.kind() == VariableAssignment);
                if is_target && self.text(node).first().is_some_and(u8::is_ascii_digit) {
                    self.fire("assignment-name", node);
                }
            }
            _ => {}
        }
    }

    fn touching_words(&mut self, node: Node<'_>) {
        let declares = matches!(node.kind(), Kind::DeclarationCommand | Kind::UnsetCommand);
        for (left, right) in pairs(node).filter(|(left, right)| touch(*left, *right)) {
            let words = is_word(left) && is_word(right) && right.start() > left.start();
            let dollar = left.is_token() && self.text(left) == b"$";
            if words || dollar || (declares && left.is_token()) {
                self.fire_at("adjacent-words", left.start(), right.end());
            }
        }
    }

    fn assignment_name(&mut self, node: Node<'_>) {
        let text = self.text(node);
        let end = text.iter().position(|byte| matches!(byte, b'=' | b'[' | b'+')).unwrap_or(text.len());
        let name = text.get(..end).unwrap_or_default();
        let starts_well = name.first().is_some_and(|first| !first.is_ascii_digit());
        if !starts_well || !name.iter().all(|byte| byte.is_ascii_alphanumeric() || *byte == b'_') {
            self.fire("assignment-name", node);
        }
    }
}

/// Whether the node is, or could be, a whole word.
fn is_word(node: Node<'_>) -> bool {
    use Kind::*;
    matches!(
        node.kind(),
        Word | String
            | RawString
            | Concatenation
            | Number
            | Expansion
            | SimpleExpansion
            | CommandSubstitution
            | ProcessSubstitution
            | ArithmeticExpansion
            | AnsiCString
            | BraceExpression
            | VariableName
            | CommandName
            | VariableAssignment
            | TranslatedString
            | TestOperator
    )
}
