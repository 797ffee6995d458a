//! What joins commands: `&&`, `||`, `|`, `|&`, `!`.
//!
//! The grammar nests chains to the left, a level for each operator; here they are flattened without recursion,
//! so that a chain may be as long as it likes.

use super::super::cst::Node;
use super::super::kind::Kind;
use super::{Lowering, Place};
use crate::syntax::ast::{AndOr, AndOrOperator, PipeOperator, Pipeline};

#[derive(Clone, Copy)]
enum Operator {
    AndOr(AndOrOperator),
    Pipe(PipeOperator),
}

impl Operator {
    fn of(token: &[u8]) -> Option<Operator> {
        Some(match token {
            b"&&" => Operator::AndOr(AndOrOperator::And),
            b"||" => Operator::AndOr(AndOrOperator::Or),
            b"|" => Operator::Pipe(PipeOperator::Output),
            b"|&" => Operator::Pipe(PipeOperator::OutputAndError),
            _ => return None,
        })
    }
}

impl Lowering<'_> {
    /// Lowers a `list` or `pipeline` node, or what follows a here-document operator on its line; `left` is what
    /// stands in front of it.
    pub(super) fn chain(&mut self, node: Node<'_>, left: Option<AndOr>, place: Place) -> Option<AndOr> {
        let mut joined = left;
        let mut operator = Operator::AndOr(AndOrOperator::And);
        let mut place = place;
        let mut pending = vec![node];
        while let Some(next) = pending.pop() {
            if matches!(next.kind(), Kind::List | Kind::Pipeline) {
                let from = pending.len();
                pending.extend(next.children());
                if let Some(new) = pending.get_mut(from..) {
                    new.reverse();
                }
            } else if next.is_token() {
                if let Some(found) = Operator::of(self.text(next)) {
                    operator = found;
                    place = if matches!(found, Operator::Pipe(_)) { Place::Later } else { Place::First };
                }
            } else if let Some(right) = self.statement(next, place) {
                joined = Some(match joined {
                    None => right,
                    Some(left) => join(left, operator, right),
                });
            }
        }
        joined
    }

    /// Joins to `left` what follows a here-document operator on its line: `| command`, `&& command`.
    pub(super) fn heredoc_tail(&mut self, heredoc: Node<'_>, left: AndOr) -> Option<AndOr> {
        let mut joined = Some(left);
        let mut operator = None;
        for child in heredoc.children() {
            if child.is_token() {
                operator = Operator::of(self.text(child)).or(operator);
            } else if child.kind() == Kind::Pipeline && operator.is_none() {
                joined = self.chain(child, joined, Place::Later);
            } else if child.kind() == Kind::Error || (child.kind().is_statement() && operator.is_some()) {
                let operator = operator.take().unwrap_or(Operator::AndOr(AndOrOperator::And));
                if let Some(right) = self.statement(child, Place::First) {
                    joined = joined.map(|left| join(left, operator, right));
                }
            }
        }
        joined
    }

    /// `! command`
    pub(super) fn negated(&mut self, node: Node<'_>, place: Place) -> Option<AndOr> {
        let body = node.children().find(|child| !child.is_token() && child.kind() != Kind::Comment)?;
        let mut and_or = self.statement(body, place)?;
        and_or.first.negated = !and_or.first.negated;
        and_or.first.span = and_or.first.span.to(self.span(node));
        Some(and_or)
    }
}

/// Puts `operator` between the last pipeline of `left` and the first of `right`, as the text does.
fn join(mut left: AndOr, operator: Operator, right: AndOr) -> AndOr {
    match operator {
        Operator::AndOr(operator) => left.rest.push((operator, right.first)),
        Operator::Pipe(operator) => {
            let last = left.last_pipeline_mut();
            last.span = last.span.to(right.first.span);
            if !last.commands.is_empty() && !right.first.commands.is_empty() {
                last.operators.push(operator);
            }
            last.commands.extend(right.first.commands);
            last.operators.extend(right.first.operators);
        }
    }
    left.rest.extend(right.rest);
    left
}

impl AndOr {
    /// The pipeline that stands last in the text.
    pub(super) fn last_pipeline_mut(&mut self) -> &mut Pipeline {
        match self.rest.last_mut() {
            Some((_, pipeline)) => pipeline,
            None => &mut self.first,
        }
    }
}
