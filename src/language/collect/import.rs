//! What imports bind.

use super::super::Call;
use super::super::binding::module;
use super::super::evaluate::returned::UNKNOWN_MODULE;
use super::super::evaluate::{Evaluator, Expression};
use super::super::node::{children, field};
use super::super::parse::Language;
use super::Collector;
use crate::value::Value;
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

    /// Behind `from os import *`, a function may be one of the module.
    pub(super) fn of_stars(&mut self, call: Option<&Call>) {
        let Some(call) = call.filter(|call| !call.name.is_empty() && !call.name.contains('.')) else {
            return;
        };
        let of = |module: &String| Call { name: format!("{module}.{}", call.name), ..call.clone() };
        self.calls.extend(self.stars.iter().map(of));
    }

    /// A function of a module of which nobody knows which it is may be one of those that matter.
    pub(super) fn of_unknown_module(&mut self, call: Option<&Call>) {
        let modules: &[&str] = match self.evaluator.language {
            Language::JavaScript => &["child_process", "fs", "fs.promises"],
            Language::Python => &["os", "shutil", "subprocess"],
            _ => return,
        };
        let Some(call) = call else { return };
        let name = call.name.strip_prefix(UNKNOWN_MODULE).and_then(|name| name.strip_prefix('.'));
        if let Some(name) = name {
            let of = |module: &&str| Call { name: format!("{module}.{name}"), ..call.clone() };
            self.calls.extend(modules.iter().map(of));
        }
    }

    /// `import os as o`, `from subprocess import run as r`
    fn python_import(&mut self, node: Node<'a>) {
        let from = field(node, &["module_name"]).map(|module| self.evaluator.name_of(module));
        let span = Evaluator::span(node);
        let module = |name: &str| {
            let path = Value::text(name.replace('.', "/"), span);
            Call::new("import", vec![path], span)
        };
        self.calls.extend(from.as_deref().map(module));
        let is_star = children(node).iter().any(|child| child.kind() == "wildcard_import");
        if let Some(from) = from.clone().filter(|_| is_star) {
            self.stars.push(from);
        }
        let mut cursor = node.walk();
        let imported: Vec<Node<'_>> = node.children_by_field_name("name", &mut cursor).collect();
        for item in imported {
            let name = self.evaluator.name_of(field(item, &["name"]).unwrap_or(item));
            if from.is_none() {
                self.calls.push(module(&name));
            }
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
