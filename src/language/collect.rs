//! Walks through a text in its order: binds names, follows loops over lists, and lists the calls.

mod perl;

use super::binding::{Bindings, module};
use super::evaluate::{Evaluator, Expression, MAX_DEPTH};
use super::node::{Kind, children, field, kind};
use super::parse::Language;
use super::{Call, Reading, Surroundings};
use crate::source::Span;
use std::collections::HashMap;
use tree_sitter::Node;

/// Most nodes that are visited, loops counted as often as they run.
const MAX_STEPS: usize = 200_000;

/// Most elements of a list that a loop is followed for.
const MAX_ROUNDS: usize = 64;

/// The function that stands for a command between backquotes.
const SHELL: &str = "`";

/// All calls below a node.
pub(super) fn collect<'a>(
    language: Language,
    root: Node<'a>,
    text: &'a [u8],
    surroundings: Surroundings<'a>,
) -> Reading {
    let evaluator = Evaluator {
        language,
        text,
        bindings: Bindings::default(),
        surroundings,
        is_cut: false,
        heredocs: HashMap::new(),
        functions: 0,
    };
    let mut collector = Collector { evaluator, calls: Vec::new(), unread: Vec::new(), steps: 0, block: 0 };
    if language == Language::Perl {
        collector.prepare_perl(root);
    }
    collector.visit(root, 0);
    let is_cut = collector.evaluator.is_cut;
    Reading { calls: collector.calls, unread: collector.unread, is_cut }
}

struct Collector<'a> {
    evaluator: Evaluator<'a>,
    calls: Vec<Call>,
    unread: Vec<Span>,
    steps: usize,
    /// How many branches, loops and functions are open.
    block: usize,
}

impl<'a> Collector<'a> {
    fn visit(&mut self, node: Node<'a>, depth: usize) {
        self.steps += 1;
        if depth > MAX_DEPTH || self.steps > MAX_STEPS {
            self.evaluator.is_cut = true;
            return;
        }
        if node.is_error() {
            self.unread(Evaluator::span(node));
        }
        if self.evaluator.language == Language::Perl && self.visit_perl(node, depth) {
            return;
        }
        match kind(node) {
            Kind::Import => self.import(node),
            Kind::Assignment => {
                self.visit_children(node, depth);
                self.assignment(node, depth);
            }
            Kind::Augmented => {
                self.visit_children(node, depth);
                self.augmented(node, depth);
            }
            Kind::For => self.each_of_loop(node, depth),
            Kind::Comprehension => self.comprehension(node, depth),
            Kind::Call => self.call(node, depth),
            Kind::Shell => {
                let span = Evaluator::span(node);
                let words = vec![self.evaluator.shell_text(node, depth)];
                self.calls.push(Call {
                    name: SHELL.to_owned(),
                    is_apart: false,
                    options: Vec::new(),
                    mode: None,
                    words,
                    span,
                });
            }
            Kind::Function => {
                self.forget_parameters(node);
                self.evaluator.functions += 1;
                self.visit_block(node, depth);
                self.evaluator.functions -= 1;
            }
            _ if is_block(node) => {
                self.forget_parameters(node);
                self.visit_block(node, depth);
            }
            _ => self.visit_children(node, depth),
        }
    }

    /// Notes a region that the grammar does not fit, once.
    fn unread(&mut self, span: Span) {
        if self.unread.last().is_none_or(|last| last.end < span.end) {
            self.unread.push(span);
        }
    }

    fn visit_children(&mut self, node: Node<'a>, depth: usize) {
        for child in children(node) {
            self.visit(child, depth + 1);
        }
    }

    fn visit_block(&mut self, node: Node<'a>, depth: usize) {
        self.block += 1;
        self.visit_children(node, depth);
        self.block -= 1;
    }

    fn bind(&mut self, name: &str, value: Expression) {
        self.evaluator.bindings.set(name, value, self.block > 0);
    }

    fn call(&mut self, node: Node<'a>, depth: usize) {
        self.calls.extend(self.evaluator.call(node, depth));
        self.changed_list(node, depth);
        if !self.each_of_callback(node, depth) {
            self.visit_children(node, depth);
        }
    }

    /// `["a", "b"].each { |d| … }`, `[…].forEach(d => …)`: whether it is that.
    fn each_of_callback(&mut self, node: Node<'a>, depth: usize) -> bool {
        let function = field(node, &["function"]);
        let list = field(node, &["receiver"]).or(function.and_then(|function| field(function, &["object"])));
        let arguments = field(node, &["arguments"]).map(children).unwrap_or_default();
        let callback = field(node, &["block"])
            .or(arguments.into_iter().find(|argument| kind(*argument) == Kind::Function));
        let (Some(list), Some(callback)) = (list, callback) else { return false };
        let parameters = field(callback, &["parameters", "parameter"]);
        let name = parameters.map(|parameters| match kind(parameters) {
            Kind::Name => parameters,
            _ => children(parameters).first().copied().unwrap_or(parameters),
        });
        let elements = match self.evaluator.evaluate(list, depth) {
            Expression::List(elements) => elements,
            // `import("fs").then(fs => …)`
            object @ Expression::Name { .. } if self.is_then(node) => vec![object],
            _ => return false,
        };
        let Some(name) = name else { return false };
        let name = self.evaluator.name_of(name);
        self.rounds(&name, elements, |collector| {
            for child in children(callback).into_iter().filter(|child| Some(*child) != parameters) {
                collector.visit(child, depth + 1);
            }
        });
        true
    }

    fn is_then(&self, node: Node<'a>) -> bool {
        let method = field(node, &["function"]).and_then(|function| field(function, &["property"]));
        method.is_some_and(|method| self.evaluator.bytes(method) == b"then")
    }

    fn each_of_loop(&mut self, node: Node<'a>, depth: usize) {
        let parts = children(node);
        let body = field(node, &["body"]).or(parts.last().copied());
        // `foreach (list as name)` has no roles.
        let (name, list) = match (field(node, &["left", "pattern"]), field(node, &["right", "value"])) {
            (Some(name), Some(list)) => (name, list),
            _ => match parts.as_slice() {
                [list, name, ..] if node.kind() == "foreach_statement" => (*name, *list),
                _ => return self.visit_block(node, depth),
            },
        };
        self.visit(list, depth + 1);
        let list = children(list).first().copied().filter(|_| list.kind() == "in").unwrap_or(list);
        let name = self.evaluator.name_of(name);
        let Some(body) = body else { return };
        match self.evaluator.evaluate(list, depth) {
            Expression::List(elements) => {
                self.rounds(&name, elements, |collector| collector.visit(body, depth + 1))
            }
            _ => {
                self.evaluator.bindings.forget(&name);
                self.block += 1;
                self.visit(body, depth + 1);
                self.block -= 1;
            }
        }
    }

    fn comprehension(&mut self, node: Node<'a>, depth: usize) {
        let clause = children(node).into_iter().find(|child| child.kind() == "for_in_clause");
        let parts = clause.and_then(|clause| field(clause, &["left"]).zip(field(clause, &["right"])));
        let (Some((name, list)), Some(body)) = (parts, field(node, &["body"])) else {
            return self.visit_children(node, depth);
        };
        self.visit(list, depth + 1);
        let name = self.evaluator.name_of(name);
        let elements = match self.evaluator.evaluate(list, depth) {
            Expression::List(elements) => elements,
            _ => vec![Expression::Unknown],
        };
        self.rounds(&name, elements, |collector| collector.visit(body, depth + 1));
    }

    /// Goes through a body once for each element of a list.
    fn rounds(&mut self, name: &str, mut elements: Vec<Expression>, mut body: impl FnMut(&mut Self)) {
        if elements.len() > MAX_ROUNDS {
            elements = vec![Expression::Unknown];
        }
        self.block += 1;
        for element in elements {
            self.evaluator.bindings.set(name, element, false);
            body(self);
        }
        self.block -= 1;
    }

    fn assignment(&mut self, node: Node<'a>, depth: usize) {
        let targets = field(node, &["left", "name"]).or(children(node).first().copied());
        let values = field(node, &["right", "value"]).or(children(node).last().copied());
        let (Some(target), Some(value)) = (targets, values) else { return };
        if target.id() == value.id() {
            return;
        }
        match target.kind() {
            // Lua: `a, b = x, y`
            "variable_list" => {
                for (target, value) in children(target).into_iter().zip(children(value)) {
                    let value = self.evaluator.evaluate(value, depth);
                    let name = self.evaluator.name_of(target);
                    self.bind(&name, value);
                }
            }
            // `const { execSync: run } = require("child_process")`
            "object_pattern" => {
                let object = self.evaluator.evaluate(value, depth);
                for property in children(target) {
                    let key = field(property, &["key"]).unwrap_or(property);
                    let name = field(property, &["value"]).unwrap_or(property);
                    let member = object.clone().member(&self.evaluator.name_of(key));
                    let name = self.evaluator.name_of(name);
                    self.bind(&name, member);
                }
            }
            _ if kind(target) == Kind::Name => {
                let value = self.evaluator.evaluate(value, depth);
                let name = self.evaluator.name_of(target);
                // What is passed around as a variable is not known by the variable's name.
                self.bind(&name, value);
            }
            _ => {}
        }
    }

    /// `x += y` puts something behind what there is; what other operators make is not known.
    fn augmented(&mut self, node: Node<'a>, depth: usize) {
        let (Some(left), Some(right)) = (field(node, &["left"]), field(node, &["right"])) else { return };
        if kind(left) != Kind::Name {
            return;
        }
        let operator = self.evaluator.text.get(left.end_byte()..right.start_byte()).unwrap_or_default();
        let value = match operator.trim_ascii() {
            b"+=" | b".=" => {
                let values = (self.evaluator.evaluate(left, depth), self.evaluator.evaluate(right, depth));
                self.evaluator.appended(values.0, values.1, node)
            }
            _ => Expression::Unknown,
        };
        let name = self.evaluator.name_of(left);
        self.bind(&name, value);
    }

    /// `list.append(x)` and what else changes a list in place.
    fn changed_list(&mut self, node: Node<'a>, depth: usize) {
        let member = field(node, &["function"]).unwrap_or(node);
        let object = field(member, &["object", "receiver"]);
        let method = field(member, &["attribute", "property", "method"]);
        let (Some(object), Some(method)) = (object, method) else { return };
        if kind(object) != Kind::Name {
            return;
        }
        let name = self.evaluator.name_of(object);
        let Expression::List(mut list) = self.evaluator.bindings.get(&name) else { return };
        let added = field(node, &["arguments"]).map(children).unwrap_or_default();
        let added = added.into_iter().map(|word| self.evaluator.evaluate(word, depth + 1));
        let mut added = added.collect::<Vec<_>>().into_iter();
        match &*self.evaluator.name_of(method) {
            "append" | "push" => list.extend(added),
            "extend" | "concat" => match added.next() {
                Some(Expression::List(more)) => list.extend(more),
                _ => return self.evaluator.bindings.forget(&name),
            },
            "insert" | "unshift" | "prepend" | "pop" | "shift" | "splice" | "remove" | "reverse"
            | "clear" => {
                return self.evaluator.bindings.forget(&name);
            }
            _ => return,
        }
        self.bind(&name, Expression::List(list));
    }

    fn import(&mut self, node: Node<'a>) {
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

    /// Parameters hide variables of the same name.
    fn forget_parameters(&mut self, node: Node<'a>) {
        let Some(parameters) = field(node, &["parameters", "parameter"]) else { return };
        let own = if kind(parameters) == Kind::Name { vec![parameters] } else { children(parameters) };
        for parameter in own {
            let name = field(parameter, &["name"]).unwrap_or(parameter);
            let name = self.evaluator.name_of(name);
            self.evaluator.bindings.forget(&name);
        }
    }
}

/// Whether what is assigned in a node may not be assigned at all.
fn is_block(node: Node<'_>) -> bool {
    let kind = node.kind();
    kind.starts_with("if")
        || kind.starts_with("while")
        || kind.starts_with("try")
        || kind.starts_with("function_de")
        || kind.starts_with("postfix_")
        || matches!(
            kind,
            "method"
                | "method_definition"
                | "elif_clause"
                | "else_clause"
                | "case"
                | "switch_statement"
                | "loop_statement"
                | "cstyle_for_statement"
                | "lowprec_logical_expression"
        )
}
