//! `[[ … ]]`

use super::super::cst::{Field, Node};
use super::super::kind::Kind;
use super::Lowering;
use crate::syntax::ast::{Conditional, Word};

impl Lowering<'_> {
    /// The expression of a `[[ … ]]` command.
    pub(super) fn conditional_command(&mut self, node: Node<'_>) -> Conditional {
        match node.children().find(|child| !child.is_token() && child.kind() != Kind::Comment) {
            Some(expression) => self.conditional(expression),
            None => {
                self.error(node);
                Conditional::Word(Word::default())
            }
        }
    }

    fn conditional(&mut self, node: Node<'_>) -> Conditional {
        let lowered = self.deeper(node, |this| Some(this.conditional_here(node)));
        lowered.unwrap_or_else(|| Conditional::Word(Word::default()))
    }

    fn conditional_here(&mut self, node: Node<'_>) -> Conditional {
        let operator = node.child(Field::Operator).map(|operator| self.text(operator)).unwrap_or_default();
        let is_operand = |child: &Node<'_>| child.field() != Field::Operator && !child.is_token();
        let mut operands = node.children().filter(is_operand);
        match (node.kind(), operands.next(), operands.next()) {
            (Kind::BinaryExpression, Some(left), Some(right)) => match operator {
                b"&&" => Conditional::And(self.boxed(left), self.boxed(right)),
                b"||" => Conditional::Or(self.boxed(left), self.boxed(right)),
                // A pattern may be several nodes in a row.
                _ => {
                    let right = self.word_between(node, right.start(), node.end(), super::word::Mode::Word);
                    Conditional::Binary(self.word(left), operator.to_vec(), right)
                }
            },
            (Kind::UnaryExpression, Some(inner), _) if operator == b"!" => {
                Conditional::Not(self.boxed(inner))
            }
            (Kind::UnaryExpression, Some(inner), _) => {
                Conditional::Unary(operator.to_vec(), self.word(inner))
            }
            (Kind::ParenthesizedExpression, Some(inner), _) => Conditional::Group(self.boxed(inner)),
            _ => Conditional::Word(self.word(node)),
        }
    }

    fn boxed(&mut self, node: Node<'_>) -> Box<Conditional> {
        Box::new(self.conditional(node))
    }
}
