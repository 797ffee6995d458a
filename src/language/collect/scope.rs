//! Names that hold in a block alone, and what may not run: `let x`, `my $x`, the right side of `&&`.

use super::super::evaluate::Expression;
use super::super::node::{Kind, children, field, kind};
use super::super::parse::Language;
use super::Collector;
use super::changes::Changes;
use tree_sitter::Node;

/// Names of a block, with what they are outside.
pub(super) type Outside = Vec<(String, Expression)>;

impl<'a> Collector<'a> {
    /// Hides the names that a block declares for itself.
    pub(super) fn open_scope(&mut self, node: Node<'a>) -> Outside {
        let declared: Vec<Node<'a>> = match (self.evaluator.language, node.kind()) {
            (Language::JavaScript, "statement_block" | "for_statement") => {
                let lexical =
                    children(node).into_iter().filter(|child| child.kind() == "lexical_declaration");
                lexical.flat_map(children).filter_map(|declarator| field(declarator, &["name"])).collect()
            }
            (Language::Perl, "block" | "block_statement" | "cstyle_for_statement") => {
                let inner = |statement: Node<'a>| children(statement).first().copied().unwrap_or(statement);
                let declarations = children(node).into_iter().map(inner).filter_map(|statement| {
                    let left = field(statement, &["left"]).unwrap_or(statement);
                    (left.kind() == "variable_declaration").then_some(left)
                });
                declarations.collect()
            }
            (Language::Lua, "do_statement") => children(node),
            _ => return Outside::new(),
        };
        let mut changes = Changes::default();
        for target in declared {
            match target.kind() {
                "block" => {
                    let locals =
                        children(target).into_iter().filter(|child| child.kind() == "variable_declaration");
                    for name in locals.flat_map(children).filter_map(|given| children(given).first().copied())
                    {
                        self.evaluator.targets_of(name, &mut changes);
                    }
                }
                _ => self.evaluator.targets_of(target, &mut changes),
            }
        }
        let mut outside = Outside::new();
        for name in changes.given {
            if let Some(value) = self.evaluator.bindings.take(&name) {
                outside.push((name, value));
            }
        }
        outside
    }

    /// Gives the names back what they are outside.
    pub(super) fn close_scope(&mut self, outside: Outside) {
        for (name, value) in outside {
            self.evaluator.bindings.restore(&name, Some(value));
        }
    }

    /// `a && b`, `a ? b : c`: the first part runs, the others may. Whether it is that.
    pub(super) fn visit_choice(&mut self, node: Node<'a>, depth: usize) -> bool {
        let is_choice = match node.kind() {
            "boolean_operator" | "lowprec_logical_expression" | "ternary_expression" => true,
            "conditional_expression" | "conditional" => true,
            _ if kind(node) == Kind::Binary => {
                let parts = field(node, &["left"]).zip(field(node, &["right"]));
                parts.is_some_and(|(left, right)| {
                    let operator =
                        self.evaluator.text.get(left.end_byte()..right.start_byte()).unwrap_or_default();
                    matches!(
                        operator.trim_ascii(),
                        b"&&" | b"||" | b"and" | b"or" | b"xor" | b"??" | b"//" | b"?:"
                    )
                })
            }
            _ => false,
        };
        if !is_choice {
            return false;
        }
        let first = field(node, &["left", "condition"]);
        if let Some(first) = first {
            self.visit(first, depth + 1);
        }
        self.block += 1;
        for part in children(node).into_iter().filter(|part| Some(*part) != first) {
            self.visit(part, depth + 1);
        }
        self.block -= 1;
        true
    }
}
