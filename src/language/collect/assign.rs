//! Assignments, and what else changes what a name stands for.

use super::super::Call;
use super::super::evaluate::returned::{environment_name, is_environment};
use super::super::evaluate::{Evaluator, Expression};
use super::super::node::{Kind, children, field, kind};
use super::super::parse::Language;
use super::Collector;
use tree_sitter::Node;

impl<'a> Collector<'a> {
    pub(super) fn assignment(&mut self, node: Node<'a>, depth: usize) {
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
            // `os.environ["X"] = y`
            _ if self.sets_environment(target, value, depth) => {}
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
    pub(super) fn prepare_ruby(&mut self) {
        let evaluator = &mut self.evaluator;
        let arguments = evaluator.surroundings.arguments.iter().cloned().map(Expression::Text).collect();
        evaluator.bindings.set("ARGV", Expression::List(arguments), false);
        if let Some(input) = evaluator.surroundings.stdin {
            evaluator.bindings.set("_", Expression::Text(input.clone()), false);
        }
    }

    /// `os.environ["X"] = y`, `process.env.X = y`: whether it is that.
    fn sets_environment(&mut self, target: Node<'a>, value: Node<'a>, depth: usize) -> bool {
        let parts = children(target);
        let [object, key] = parts.as_slice() else { return false };
        let is_environment = match self.evaluator.evaluate(*object, depth) {
            Expression::Name { path, .. } => is_environment(&path),
            _ => false,
        };
        if !is_environment {
            return false;
        }
        let name = match (kind(target), self.evaluator.evaluate(*key, depth)) {
            (Kind::Member, _) => Some(self.evaluator.name_of(*key)),
            (_, Expression::Text(key)) => key.known_str().map(std::borrow::Cow::into_owned),
            _ => None,
        };
        if let Some(name) = name {
            let value = self.evaluator.evaluate(value, depth);
            let word = Evaluator::word(value.clone(), Evaluator::span(target));
            self.environment.push((name.clone().into_bytes(), word));
            self.bind_as(&environment_name(&name), value, false);
        }
        true
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
            let (target, value) = match (target.kind(), children(target).first()) {
                // `[a, ...b]`
                (
                    "rest_pattern" | "list_splat_pattern" | "splat_argument" | "rest_assignment",
                    Some(name),
                ) => (*name, Expression::List(values.by_ref().collect())),
                _ => (target, values.next().unwrap_or(Expression::Unknown)),
            };
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
    pub(super) fn augmented(&mut self, node: Node<'a>, depth: usize) {
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

    /// `text << "x"` of Ruby
    pub(super) fn appended_in_place(&mut self, node: Node<'a>, depth: usize) {
        let Some((left, right)) = field(node, &["left"]).zip(field(node, &["right"])) else { return };
        let operator = self.evaluator.text.get(left.end_byte()..right.start_byte()).unwrap_or_default();
        if operator.trim_ascii() != b"<<" || kind(left) != Kind::Name {
            return;
        }
        let old = self.evaluator.evaluate(left, depth);
        let new = self.evaluator.evaluate(right, depth);
        let value = match (old, new) {
            (Expression::List(mut list), new) => {
                list.push(new);
                Expression::List(list)
            }
            (old, new) => self.evaluator.appended(old, new, node),
        };
        let name = self.evaluator.name_of(left);
        self.bind_as(&name, value, false);
    }

    /// `f["x"]` of Ruby, where `f` is a function.
    pub(super) fn called_by_index(&mut self, node: Node<'a>, depth: usize) {
        let parts = children(node);
        let Some((object, words)) = parts.split_first().filter(|(object, _)| kind(**object) == Kind::Name)
        else {
            return;
        };
        let name = self.evaluator.name_of(*object);
        if let Some(Expression::Name { path, .. }) = self.evaluator.bindings.known(&name) {
            let span = Evaluator::span(node);
            let words =
                words.iter().map(|word| Evaluator::word(self.evaluator.evaluate(*word, depth + 1), span));
            let words = words.collect();
            self.calls.push(Call::new(&path, words, span));
        }
    }

    /// `with open("x") as f`
    pub(super) fn bind_alias(&mut self, node: Node<'a>, depth: usize) {
        let parts = children(node);
        let [value, alias] = parts.as_slice() else { return };
        let name = children(*alias).first().copied().filter(|name| kind(*name) == Kind::Name);
        if let Some(name) = name {
            let value = self.evaluator.evaluate(*value, depth + 1);
            let name = self.evaluator.name_of(name);
            self.bind_as(&name, value, true);
        }
    }

    /// `list.append(x)` and what else changes a list in place.
    pub(super) fn changed_list(&mut self, node: Node<'a>, depth: usize) {
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
}
