//! Expressions that choose: `a if c else b`, `c ? a : b`, `a or b`, `a ?? b`, `(a, b)`.

use super::super::node::{children, field};
use super::super::parse::Language;
use super::{Evaluator, Expression, pure};
use tree_sitter::Node;

impl<'a> Evaluator<'a> {
    /// What is chosen, if it is known; `None`: the node does not choose.
    pub(super) fn chosen(&mut self, node: Node<'a>, depth: usize) -> Option<Expression> {
        let operator = |left: Node<'_>, right: Node<'_>| {
            self.text.get(left.end_byte()..right.start_byte()).unwrap_or_default().trim_ascii()
        };
        match node.kind() {
            "sequence_expression" => {
                let last = children(node).last().copied()?;
                Some(self.evaluate(last, depth + 1))
            }
            "conditional_expression" | "ternary_expression" | "conditional" => {
                let parts = children(node);
                let is_python = field(node, &["condition"]).is_none();
                let (condition, yes, no) = match (parts.as_slice(), is_python) {
                    ([yes, condition, no], true) => (*condition, *yes, *no),
                    ([condition, yes, no], false) => (*condition, *yes, *no),
                    _ => return Some(Expression::Unknown),
                };
                let condition = self.evaluate(condition, depth + 1);
                let (yes, no) = (self.evaluate(yes, depth + 1), self.evaluate(no, depth + 1));
                Some(match truth(&condition, self.language) {
                    Some(true) => yes,
                    Some(false) => no,
                    None if yes == no => yes,
                    None => Expression::Unknown,
                })
            }
            "boolean_operator" | "binary_expression" | "binary" => {
                let (left, right) = field(node, &["left"]).zip(field(node, &["right"]))?;
                let is_and = match operator(left, right) {
                    b"or" | b"||" | b"//" | b"??" | b"?:" => false,
                    b"and" | b"&&" => true,
                    _ => return None,
                };
                let (left, right) = (self.evaluate(left, depth + 1), self.evaluate(right, depth + 1));
                Some(match truth(&left, self.language) {
                    Some(yes) if yes == is_and => right,
                    Some(_) => left,
                    None => Expression::Unknown,
                })
            }
            _ => None,
        }
    }
}

/// Whether a value counts as true, where it does not matter whether it is a text or a number.
fn truth(value: &Expression, language: Language) -> Option<bool> {
    let text = match value {
        Expression::Flag(flag) => return Some(*flag),
        value => pure::text(value)?,
    };
    match (language, text.as_str()) {
        (Language::Ruby | Language::Lua, _) => Some(true),
        (_, "") => Some(false),
        (Language::Perl | Language::Php, "0") => Some(false),
        (_, text) if text.parse::<f64>() == Ok(0.0) => None,
        _ => Some(true),
    }
}
