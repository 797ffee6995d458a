//! What imports bind.

use super::super::binding::module;
use super::super::evaluate::Expression;
use super::super::node::{children, field};
use super::Collector;
use tree_sitter::Node;

impl<'a> Collector<'a> {
    pub(super) fn import(&mut self, node: Node<'a>) {
        match field(node, &["source"]) {
            Some(source) => {
                let name = self.evaluator.string_text(source);
                self.import_clause(node, &module(&name), 0);
            }
            None => self.python_import(node),
        }
    }

    /// `import fs, { rmSync as rm } from "fs"`
    fn import_clause(&mut self, node: Node<'a>, module: &str, depth: usize) {
        for child in children(node).into_iter().filter(|_| depth < 4) {
            match child.kind() {
                "identifier" => {
                    let name = self.evaluator.name_of(child);
                    self.bind(&name, Expression::name(module));
                }
                "import_specifier" => {
                    let Some(name) = field(child, &["name"]) else { continue };
                    let member = format!("{module}.{}", self.evaluator.name_of(name));
                    let alias = self.evaluator.name_of(field(child, &["alias"]).unwrap_or(name));
                    self.bind(&alias, Expression::name(&member));
                }
                _ => self.import_clause(child, module, depth + 1),
            }
        }
    }

    /// `import os as o`, `from subprocess import run as r`
    fn python_import(&mut self, node: Node<'a>) {
        let from = field(node, &["module_name"]).map(|module| self.evaluator.name_of(module));
        let mut cursor = node.walk();
        let imported: Vec<Node<'_>> = node.children_by_field_name("name", &mut cursor).collect();
        for item in imported {
            let name = self.evaluator.name_of(field(item, &["name"]).unwrap_or(item));
            let alias = field(item, &["alias"]).map(|alias| self.evaluator.name_of(alias));
            match (&from, alias) {
                (Some(from), alias) => {
                    self.bind(
                        &alias.unwrap_or_else(|| name.clone()),
                        Expression::name(&format!("{from}.{name}")),
                    );
                }
                (None, Some(alias)) => self.bind(&alias, Expression::name(&name)),
                // `import os.path` binds `os`, which stands for itself.
                (None, None) => {}
            }
        }
    }
}
