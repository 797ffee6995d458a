//! Walks through a text in its order: binds names, follows loops over lists, and lists the calls.

mod function;
mod import;
mod loops;
mod perl;

use super::binding::Bindings;
use super::evaluate::{Evaluator, Expression, MAX_DEPTH};
use super::function::{Functions, is_argument, is_function};
use super::node::{Kind, children, field, kind};
use super::parse::Language;
use super::{Call, Reading, Surroundings};
use crate::source::Span;
use std::collections::{HashMap, HashSet};
use tree_sitter::Node;

/// Most nodes that are visited, loops counted as often as they run.
const MAX_STEPS: usize = 200_000;

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
        functions: Functions::default(),
    };
    let mut collector = Collector {
        evaluator,
        calls: Vec::new(),
        unread: Vec::new(),
        steps: 0,
        block: 0,
        defined: HashSet::new(),
        waiting: Vec::new(),
        callbacks: Vec::new(),
    };
    if language == Language::Perl {
        collector.prepare_perl(root);
    }
    if language == Language::Ruby {
        collector.prepare_ruby();
    }
    collector.declare_functions(root);
    collector.visit(root, 0);
    collector.visit_uncalled();
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
    /// The functions that were met.
    defined: HashSet<usize>,
    /// Those that have not been walked where they stand.
    waiting: Vec<Node<'a>>,
    /// Functions that stand among the arguments of a call that is being walked.
    callbacks: Vec<Node<'a>>,
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
        if is_function(node) {
            return if is_argument(node) { self.callbacks.push(node) } else { self.define(node) };
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
            Kind::Return => self.visit_return(node, depth),
            Kind::Global => self.visit_global(node),
            _ if kind(node) == Kind::Block || is_block(node) => {
                self.forget_parameters(node);
                let narrowed = self.narrow(node);
                self.visit_block(node, depth);
                if let Some((name, before)) = narrowed {
                    self.evaluator.bindings.restore(&name, before);
                }
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

    /// Gives a name its value; whether it is one of the innermost function depends on the language.
    fn bind(&mut self, name: &str, value: Expression) {
        let own = matches!(self.evaluator.language, Language::Python | Language::Php | Language::Ruby);
        self.bind_as(name, value, own);
    }

    /// Gives a name its value: in the innermost function if it is its own.
    fn bind_as(&mut self, name: &str, value: Expression, own: bool) {
        let mut outside = 0;
        if let Some(frame) = self.evaluator.functions.active.last_mut() {
            if own && !frame.global.contains(name) && !frame.locals.contains_key(name) {
                frame.locals.insert(name.to_owned(), self.evaluator.bindings.take(name));
            }
            if frame.locals.contains_key(name) {
                outside = frame.block;
            }
        }
        self.evaluator.bindings.set(name, value, self.block > outside);
    }

    fn call(&mut self, node: Node<'a>, depth: usize) {
        let block = field(node, &["block"]);
        let before = self.callbacks.len();
        for child in children(node).into_iter().filter(|child| Some(*child) != block) {
            self.visit(child, depth + 1);
        }
        self.changed_list(node, depth);
        if !self.local_call(node, depth) {
            self.handed_over(node, depth);
            self.calls.extend(self.evaluator.call(node, depth));
        }
        let callbacks = self.callbacks.split_off(before.min(self.callbacks.len()));
        if self.each_of_callback(node, depth) {
            return;
        }
        if let Some(block) = block {
            self.visit(block, depth + 1);
        }
        for callback in callbacks {
            self.visit_callback(callback, depth);
        }
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
                    self.bind_target(node, target, &name, value);
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
                    self.bind_target(node, target, &name, member);
                }
            }
            _ if kind(target) == Kind::Name => {
                let value = self.evaluator.evaluate(value, depth);
                let name = self.evaluator.name_of(target);
                // What is passed around as a variable is not known by the variable's name.
                self.bind_target(node, target, &name, value);
            }
            "pattern_list" | "tuple_pattern" | "array_pattern" | "left_assignment_list" | "list_literal" => {
                self.assign_several(node, target, value, depth);
            }
            // `self.x = y`: of all objects of the class.
            _ if kind(target) == Kind::Member => {
                let value = self.evaluator.evaluate(value, depth);
                let name = String::from_utf8_lossy(self.evaluator.bytes(target)).into_owned();
                self.evaluator.bindings.set(&name, value, true);
            }
            _ => {}
        }
    }

    /// The arguments of a program of Ruby, and the line that `-n` and `-p` read.
    fn prepare_ruby(&mut self) {
        let evaluator = &mut self.evaluator;
        let arguments = evaluator.surroundings.arguments.iter().cloned().map(Expression::Text).collect();
        evaluator.bindings.set("ARGV", Expression::List(arguments), false);
        if let Some(input) = evaluator.surroundings.stdin {
            evaluator.bindings.set("_", Expression::Text(input.clone()), false);
        }
    }

    /// `a, b = x, y`
    fn assign_several(&mut self, node: Node<'a>, target: Node<'a>, value: Node<'a>, depth: usize) {
        let mut values = match self.evaluator.evaluate(value, depth) {
            Expression::List(list) => list,
            _ if matches!(value.kind(), "expression_list" | "right_assignment_list") => {
                children(value).into_iter().map(|part| self.evaluator.evaluate(part, depth + 1)).collect()
            }
            _ => Vec::new(),
        }
        .into_iter();
        for target in children(target) {
            let value = values.next().unwrap_or(Expression::Unknown);
            if kind(target) == Kind::Name {
                let name = self.evaluator.name_of(target);
                self.bind_target(node, target, &name, value);
            }
        }
    }

    /// Gives the target of an assignment its value.
    fn bind_target(&mut self, node: Node<'a>, target: Node<'a>, name: &str, value: Expression) {
        let is_global = matches!(target.kind(), "global_variable" | "instance_variable");
        let is_declared = match self.evaluator.language {
            Language::JavaScript => node.kind() == "variable_declarator",
            Language::Lua => node.parent().is_some_and(|parent| parent.kind() == "variable_declaration"),
            Language::Perl => false,
            Language::Php | Language::Python | Language::Ruby => true,
        };
        self.bind_as(name, value, is_declared && !is_global);
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
        self.bind_as(&name, Expression::List(list), false);
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
        || kind == "conditional_statement"
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
