//! Assignments, and what else changes what a name stands for.

use super::super::Call;
use super::super::evaluate::returned::{environment_name, is_environment};
use super::super::evaluate::text::extended;
use super::super::evaluate::{Evaluator, Expression};
use super::super::function::class_of;
use super::super::node::{Kind, children, field, kind};
use super::super::parse::Language;
use super::Collector;
use crate::value::{Match, Value};
use tree_sitter::Node;

/// Whether a part of a pattern of fields is more than a name.
fn is_deep(part: Node<'_>) -> bool {
    let value = field(part, &["value"]).unwrap_or(part);
    matches!(
        value.kind(),
        "object_pattern"
            | "array_pattern"
            | "object_assignment_pattern"
            | "assignment_pattern"
            | "rest_pattern"
    )
}

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
                let values = children(value).into_iter().map(|value| self.evaluator.evaluate(value, depth));
                let mut values = values.collect::<Vec<_>>().into_iter();
                for target in children(target) {
                    let value = values.next().unwrap_or(Expression::Unknown);
                    if kind(target) != Kind::Name {
                        self.forget_target(target);
                        if kind(target) == Kind::Member {
                            let written = String::from_utf8_lossy(self.evaluator.bytes(target)).into_owned();
                            self.evaluator.bindings.set(&written, value, true);
                        }
                        continue;
                    }
                    let name = self.evaluator.name_of(target);
                    self.bind_target(node, target, &name, value);
                }
            }
            // `const { execSync: run } = require("child_process")`
            "object_pattern" if children(target).into_iter().any(is_deep) => self.forget_target(target),
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
            // `$$name = …` of PHP
            "dynamic_variable_name" => self.evaluator.bindings.forget_values(),
            _ if kind(target) == Kind::Name => {
                let value_node = value;
                let value = self.evaluator.evaluate(value, depth);
                let name = self.evaluator.name_of(target);
                // A class has the value for all its objects.
                if class_of(node).is_some() {
                    for object in ["self", "cls"] {
                        self.evaluator.bindings.set(&format!("{object}.{name}"), value.clone(), true);
                    }
                }
                let is_alias = kind(value_node) == Kind::Name && self.is_shared(value_node, &name, &value);
                // What is passed around as a variable is not known by the variable's name.
                self.bind_target(node, target, &name, value);
                if is_alias {
                    let other = self.evaluator.name_of(value_node);
                    self.evaluator.bindings.share(&name);
                    self.evaluator.bindings.share(&other);
                }
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
                self.forget_target(target);
                self.evaluator.bindings.set(&name, value, true);
            }
            _ => self.forget_target(target),
        }
    }

    /// The arguments of a program of Ruby, and the line that `-n` and `-p` read.
    pub(super) fn prepare_ruby(&mut self, root: Node<'a>) {
        let (mut announced, mut contents) = (Vec::new(), Vec::new());
        let mut cursor = root.walk();
        'nodes: loop {
            match cursor.node().kind() {
                "heredoc_beginning" => announced.push(cursor.node().id()),
                "heredoc_body" => contents.push(cursor.node()),
                _ => {}
            }
            if cursor.goto_first_child() {
                continue;
            }
            while !cursor.goto_next_sibling() {
                if !cursor.goto_parent() {
                    break 'nodes;
                }
            }
        }
        self.evaluator.heredocs = announced.into_iter().zip(contents).collect();
        let evaluator = &mut self.evaluator;
        let arguments = evaluator.surroundings.arguments.iter().cloned().map(Expression::Text).collect();
        evaluator.bindings.set("ARGV", Expression::List(arguments), false);
        if let Some(input) = evaluator.surroundings.input() {
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
            self.evaluator.environment.push((name.clone().into_bytes(), word));
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
            match kind(target) {
                Kind::Name => {
                    let name = self.evaluator.name_of(target);
                    self.bind_target(node, target, &name, value);
                }
                _ => self.forget_target(target),
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
            let written = String::from_utf8_lossy(self.evaluator.bytes(left)).into_owned();
            if self.evaluator.bindings.known(&written).is_some() {
                self.evaluator.bindings.forget(&written);
            }
            return self.forget_target(left);
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
        if operator.trim_ascii() != b"<<" {
            return;
        }
        // `list << a << b`: what stands in front has been put there already.
        let mut left = left;
        while let Some(inner) = field(left, &["left"]).filter(|_| kind(left) == Kind::Binary) {
            left = inner;
        }
        if kind(left) != Kind::Name {
            return;
        }
        let old = self.evaluator.evaluate(left, depth);
        let new = self.evaluator.evaluate(right, depth);
        let value = match (old, new) {
            (Expression::List(list), new) => extended(list, vec![new]),
            (old, new) => self.evaluator.appended(old, new, node),
        };
        let name = self.evaluator.name_of(left);
        self.bind_as(&name, value, false);
    }

    /// `x.concat("a", "b")` of Ruby, where `x` is a variable that holds text.
    pub(super) fn concatenated_in_place(&mut self, node: Node<'a>, depth: usize) -> bool {
        let Some(receiver) = field(node, &["receiver"]).filter(|receiver| kind(*receiver) == Kind::Name)
        else {
            return false;
        };
        if field(node, &["method"]).map(|method| self.evaluator.bytes(method)) != Some(b"concat") {
            return false;
        }
        let name = self.evaluator.name_of(receiver);
        let Some(Expression::Text(mut text)) = self.evaluator.bindings.known(&name) else { return false };
        for argument in field(node, &["arguments"]).map(children).unwrap_or_default() {
            match self.evaluator.evaluate(argument, depth + 1) {
                Expression::Text(added) => text.pieces.extend(added.pieces),
                _ => return false,
            }
        }
        self.bind_as(&name, Expression::Text(text), false);
        true
    }

    /// `x<<"text"` of Ruby without blanks, where `x` is a variable: the grammar takes it for a call with a here-document.
    pub(super) fn appended_without_blanks(&mut self, node: Node<'a>) -> bool {
        let parts = field(node, &["method"]).zip(field(node, &["arguments"]).map(children));
        let Some((variable, arguments)) = parts else { return false };
        let [text] = arguments.as_slice() else { return false };
        let name = self.evaluator.name_of(variable);
        let span = Evaluator::span(*text);
        let written = self.evaluator.bytes(*text).strip_prefix(b"<<").and_then(|text| match text {
            [b'"', inner @ .., b'"'] | [b'\'', inner @ .., b'\''] => Some(inner),
            _ => None,
        });
        let (Some(written), Some(old)) = (written, self.evaluator.bindings.known(&name)) else {
            return false;
        };
        if text.kind() != "heredoc_beginning" || variable.end_byte() != text.start_byte() {
            return false;
        }
        let is_plain = !written.iter().any(|byte| b"\\#".contains(byte));
        let new = if is_plain { Expression::Text(Value::text(written, span)) } else { Expression::Unknown };
        let value = match (old, new) {
            (Expression::List(list), new) => extended(list, vec![new]),
            (old, new) => self.evaluator.appended(old, new, node),
        };
        self.bind_as(&name, value, false);
        true
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

    /// `const C = "x"` and `define("C", "x")` of PHP
    pub(super) fn constant(&mut self, node: Node<'a>, depth: usize) {
        if let [name, value] = children(node).as_slice() {
            let value = self.evaluator.evaluate(*value, depth + 1);
            let name = self.evaluator.name_of(*name);
            self.bind_as(&name, value, false);
        }
    }

    /// What calls leave behind: constants, variables of the environment, and text that goes to a started program.
    pub(super) fn written_to(&mut self, call: Option<&Call>) {
        /// Methods that write to a program, or to its standard input.
        const WRITES: &[&str] = &["communicate", "write", "puts", "print", "end", "send", "writelines"];
        let Some(call) = call else { return };
        match (call.name.as_str(), call.words.as_slice()) {
            ("define", [name, value]) if self.evaluator.language == Language::Php => {
                self.bind_as(&name.display(), Expression::Text(value.clone()), false);
            }
            ("alias_method", [new, old]) if self.evaluator.language == Language::Ruby => {
                let (new, old) = (new.display(), old.display());
                let value = self.evaluator.look_up(old.trim_start_matches(':'));
                self.evaluator.bindings.set(new.trim_start_matches(':'), value, false);
            }
            ("os.putenv", [name, value]) => {
                let name = name.display().into_bytes();
                self.evaluator.environment.push((name, value.clone()));
            }
            ("putenv", [setting]) => {
                let text = setting.known_str().unwrap_or_default();
                if let Some((name, value)) = text.split_once('=') {
                    let value = Value::text(value.as_bytes(), call.span);
                    self.evaluator.environment.push((name.as_bytes().to_vec(), value));
                }
            }
            _ => {}
        }
        // `print(x, file=open("f", "w"))`
        if call.name == "print"
            && let Some(path) = self.printed_to.take()
        {
            let text = call.words.iter().flat_map(|word| word.pieces.iter().cloned()).collect();
            self.calls.push(Call::new("open().write", vec![path, Value { pieces: text }], call.span));
        }
        let Some((object, method)) = call.name.rsplit_once('.') else { return };
        let program = object.trim_end_matches(".stdin").strip_suffix("()");
        let started = program.and_then(|program| program.rsplit('.').next()).unwrap_or_default();
        let starts =
            matches!(started, "Popen" | "popen" | "spawn" | "exec" | "execFile" | "popen2" | "popen3");
        if let (Some(program), true, Some((text, words))) =
            (program, starts && WRITES.contains(&method), call.words.split_last())
        {
            let mut input = Value::text("--input=", call.span);
            input.pieces.extend(text.pieces.iter().cloned());
            let is_mode = |word: &&Value| word.equals(b"w") == Match::No;
            let words: Vec<Value> = words.iter().filter(is_mode).cloned().collect();
            self.calls.push(Call { options: vec![input], ..Call::new(program, words, call.span) });
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
}
