//! Calls of functions that the text itself defines: the body is walked with the arguments of the call, and what it
//! returns is the value of the call. Functions that nobody calls by their name are walked at the end, with parameters
//! of which nothing is known: who got them may call them with anything.

use super::super::evaluate::local::Given;
use super::super::evaluate::perl::PARAMETERS;
use super::super::evaluate::{Expression, SPREAD};
use super::super::function::{Frame, Takes, class_of, declared_name, is_class, is_function, parameters};
use super::super::node::{Kind, children, field, kind};
use super::super::parse::Language;
use super::Collector;
use tree_sitter::Node;

/// Deepest nesting of calls that is followed.
const MAX_CALLS: usize = 12;

/// Longest text in which names are searched.
const MAX_SEARCHED: usize = 16 * 1024;

/// Words by which a text may find functions whose names it does not hold.
const FINDERS: &[&[u8]] = &[
    b"eval",
    b"exec",
    b"globals",
    b"locals",
    b"vars",
    b"getattr",
    b"globalThis",
    b"global",
    b"window",
    b"this",
    b"self",
    b"send",
    b"__send__",
    b"public_send",
    b"method",
    b"methods",
    b"_G",
    b"_ENV",
    b"load",
    b"loadstring",
    b"Function",
    b"__import__",
    b"__main__",
    b"sys",
    b"inspect",
    b"call_user_func",
    b"get_defined_functions",
    b"main",
    b"unittest",
    b"doctest",
    b"exports",
    b"module",
];

/// Functions that the languages call themselves.
const HOOKS: &[&str] = &[
    "method_missing",
    "respond_to_missing?",
    "const_missing",
    "method_added",
    "inherited",
    "included",
    "extended",
    "prepended",
    "initialize",
    "inspect",
    "coerce",
    "call",
    "each",
    "to_s",
    "to_str",
    "to_a",
    "to_ary",
    "to_h",
    "to_proc",
    "AUTOLOAD",
    "DESTROY",
    "import",
    "unimport",
];

impl<'a> Collector<'a> {
    /// Binds the names of all functions: most languages let a call stand before the definition.
    pub(super) fn declare_functions(&mut self, root: Node<'a>) {
        let mut cursor = root.walk();
        loop {
            let node = cursor.node();
            if is_class(node)
                && let Some(name) = field(node, &["name"])
            {
                let name = self.evaluator.name_of(name);
                self.evaluator.functions.classes.insert(name);
            }
            if is_function(node) {
                self.declare_function(node);
            }
            if cursor.goto_first_child() {
                continue;
            }
            while !cursor.goto_next_sibling() {
                if !cursor.goto_parent() {
                    return;
                }
            }
        }
    }

    fn declare_function(&mut self, node: Node<'a>) {
        let Some(name) = declared_name(node) else { return };
        let value = self.evaluator.function(node);
        let text = self.evaluator.name_of(name);
        // Methods of Lua: `function module.name(…)`.
        let is_member = kind(name) == Kind::Member;
        if class_of(node).is_some() || is_member {
            let text = text.rsplit(['.', ':']).next().unwrap_or_default().to_owned();
            let methods = &mut self.evaluator.functions.methods;
            methods.entry(text).and_modify(|method| *method = None).or_insert(Some(node.id()));
        } else {
            self.evaluator.bindings.set(&self.evaluator.function_name(&text), value, false);
        }
    }

    /// `alias new old`: the new name stands for what the old one does.
    pub(super) fn alias(&mut self, node: Node<'a>) {
        let names = field(node, &["name"]).zip(field(node, &["alias"]));
        let Some((new, old)) =
            names.map(|(new, old)| (self.evaluator.name_of(new), self.evaluator.name_of(old)))
        else {
            return;
        };
        let value = self.evaluator.look_up(old.trim_start_matches(':'));
        self.evaluator.bindings.set(new.trim_start_matches(':'), value, false);
    }

    /// A function that is defined: it is walked where it is called, or at the end.
    pub(super) fn define(&mut self, node: Node<'a>) {
        let value = self.evaluator.function(node);
        if class_of(node).is_none()
            && let Some(name) = declared_name(node).filter(|name| kind(*name) != Kind::Member)
        {
            let name = self.evaluator.name_of(name);
            self.bind_as(&self.evaluator.function_name(&name), value, true);
        }
        if self.defined.insert(node.id()) {
            self.waiting.push(node);
        }
    }

    /// Walks the functions that nobody has called, or whom somebody else has got.
    pub(super) fn visit_uncalled(&mut self) {
        let callbacks = std::mem::take(&mut self.callbacks);
        self.waiting.extend(callbacks);
        while let Some(node) = self.waiting.pop() {
            let functions = &self.evaluator.functions;
            let is_called = functions.called.contains(&node.id());
            let escapes = functions.escaped.contains(&node.id());
            if !escapes && (is_called || self.is_unreachable(node)) {
                continue;
            }
            self.visit_unknown(node, 0);
        }
    }

    /// Whether nothing can call a function: its name stands nowhere else, and nothing finds functions by other means.
    fn is_unreachable(&self, node: Node<'a>) -> bool {
        let Some(name) = declared_name(node).filter(|name| kind(*name) == Kind::Name) else { return false };
        let parent = node.parent().map(|parent| parent.kind()).unwrap_or_default();
        // A method is called by others, what is exported and what has a decorator as well.
        let is_plain =
            matches!(parent, "module" | "program" | "chunk" | "source_file" | "block" | "statement_block");
        if !is_plain || class_of(node).is_some() || self.evaluator.text.len() > MAX_SEARCHED {
            return false;
        }
        let name = self.evaluator.name_of(name);
        if name.starts_with("__") || HOOKS.contains(&name.as_str()) {
            return false;
        }
        let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'_';
        let mut words = self.evaluator.text.split(|byte| !is_part(byte));
        let found = words.clone().filter(|word| word.eq_ignore_ascii_case(name.as_bytes())).count();
        found == 1 && !words.any(|word| FINDERS.contains(&word))
    }

    /// Walks a function that stands among the arguments of a call, unless it has been called with what stands beside.
    pub(super) fn visit_callback(&mut self, node: Node<'a>, depth: usize) {
        let functions = &self.evaluator.functions;
        if !functions.called.contains(&node.id()) || functions.escaped.contains(&node.id()) {
            // It may run more than once.
            self.forget_changed(node);
            self.visit_unknown(node, depth);
        }
    }

    /// Walks a function with parameters of which nothing is known.
    fn visit_unknown(&mut self, node: Node<'a>, depth: usize) {
        self.enter(node);
        for parameter in parameters(node) {
            for name in parameter.names {
                self.give(name, Expression::Unknown);
            }
        }
        self.bind_as(PARAMETERS, Expression::Unknown, true);
        self.block += 1;
        self.visit_body(node, depth);
        self.block -= 1;
        self.leave();
    }

    /// Follows a call of a function that the text defines; `false`: it is none.
    pub(super) fn local_call(&mut self, node: Node<'a>, depth: usize) -> bool {
        let Some((function, given)) = self.evaluator.local_call(node, depth) else { return false };
        let result = self.invoke(function, given, depth);
        let body = self.evaluator.functions.nodes.get(&function).copied();
        self.given_away(node, body);
        self.evaluator.functions.results.insert(node.id(), result);
        true
    }

    /// Walks a function with arguments; what it returns.
    pub(super) fn invoke(&mut self, function: usize, given: Given, depth: usize) -> Expression {
        let functions = &mut self.evaluator.functions;
        let is_active = functions.active.iter().any(|frame| frame.function == function);
        let Some(node) = functions.nodes.get(&function).copied() else { return Expression::Unknown };
        if is_active || functions.active.len() >= MAX_CALLS {
            functions.escaped.insert(function);
            return Expression::Unknown;
        }
        functions.called.insert(function);
        self.enter(node);
        self.give_parameters(node, given, depth);
        self.visit_body(node, depth + 1);
        self.leave().result()
    }

    pub(super) fn enter(&mut self, node: Node<'a>) {
        let left = std::mem::take(&mut self.left);
        let left = (left.broke, left.returned);
        let frame = Frame { function: node.id(), block: self.block, left, ..Frame::default() };
        self.evaluator.functions.active.push(frame);
    }

    /// Forgets the names of the innermost function.
    pub(super) fn leave(&mut self) -> Frame {
        let frame = self.evaluator.functions.active.pop().unwrap_or_default();
        (self.left.broke, self.left.returned) = frame.left;
        for (name, before) in &frame.locals {
            self.evaluator.bindings.restore(name, before.clone());
        }
        frame
    }

    fn visit_body(&mut self, node: Node<'a>, depth: usize) {
        let Some(mut body) = field(node, &["body"]) else { return };
        // `->(x) { … }` of Ruby has a block as its body.
        if node.kind() == "lambda"
            && let Some(inner) = field(body, &["body"])
        {
            body = inner;
        }
        match body.kind() {
            // A block of its own would count as a branch.
            "block" | "do_block" => self.visit_children(body, depth + 1),
            _ => self.visit(body, depth + 1),
        }
        let is_value = match body.kind() {
            "statement_block" | "compound_statement" => false,
            "block" => self.evaluator.language == Language::Perl,
            _ => true,
        };
        let last = match body.kind() {
            "block" | "body_statement" | "block_body" => children(body).last().copied(),
            _ => Some(body),
        };
        if is_value && let Some(last) = last {
            // `return x` in the end has been noted already.
            let last = if last.kind() == "expression_statement" {
                children(last).first().copied().unwrap_or(last)
            } else {
                last
            };
            if !matches!(last.kind(), "return" | "return_expression") {
                let value = self.evaluator.evaluate(last, depth + 1);
                self.returned(value);
            }
        }
    }

    fn returned(&mut self, value: Expression) {
        if let Some(frame) = self.evaluator.functions.active.last_mut() {
            frame.returned.push(value);
        }
    }

    /// `return x`
    pub(super) fn visit_return(&mut self, node: Node<'a>, depth: usize) {
        self.visit_children(node, depth);
        // What stands behind it may not run, or does not.
        self.left.returned = true;
        let value = match children(node).as_slice() {
            [list] if matches!(list.kind(), "expression_list" | "argument_list") => children(*list),
            other => other.to_vec(),
        };
        let value = match value.as_slice() {
            [] => return,
            [only] => self.evaluator.evaluate(*only, depth + 1),
            several => Expression::List(
                several.iter().map(|part| self.evaluator.evaluate(*part, depth + 1)).collect(),
            ),
        };
        self.returned(value);
    }

    /// `global x`
    pub(super) fn visit_global(&mut self, node: Node<'a>) {
        let names: Vec<String> =
            children(node).into_iter().map(|name| self.evaluator.name_of(name)).collect();
        if let Some(frame) = self.evaluator.functions.active.last_mut() {
            frame.global.extend(names);
        }
    }

    fn give_parameters(&mut self, node: Node<'a>, given: Given, depth: usize) {
        let Given { words, mut named, is_open } = given;
        let is_open = is_open || named.iter().any(|(name, _)| name == SPREAD);
        self.bind_as(PARAMETERS, Expression::List(words.clone()), true);
        let mut words = words.into_iter();
        let mut parameters = parameters(node);
        let is_method = self.evaluator.language == Language::Python && class_of(node).is_some();
        if is_method && parameters.first().is_some_and(|first| self.is_self(first.names.first())) {
            parameters.remove(0);
        }
        for parameter in parameters {
            let name = parameter.names.first().map(|name| self.evaluator.name_of(*name)).unwrap_or_default();
            let by_name = named.iter().position(|(key, _)| *key == name);
            let value = match parameter.takes {
                Takes::Rest => Some(Expression::List(words.by_ref().collect())).filter(|_| !is_open),
                Takes::Other => None,
                Takes::Fields => {
                    let fields = words.next();
                    for name in parameter.names {
                        let key = field(name, &["key"]).unwrap_or(name);
                        let key = self.evaluator.name_of(key);
                        let value = fields.clone().map_or(Expression::Unknown, |fields| match fields {
                            Expression::Fields(_) => fields.member(&key),
                            _ => Expression::Unknown,
                        });
                        self.give(field(name, &["value"]).unwrap_or(name), value);
                    }
                    continue;
                }
                Takes::One => by_name.map(|at| named.remove(at).1).or_else(|| words.next()),
            };
            let default = parameter.default.filter(|_| value.is_none() && !is_open);
            let value = match default {
                Some(default) => self.evaluator.evaluate(default, depth + 1),
                None => value.unwrap_or(Expression::Unknown),
            };
            for name in parameter.names {
                self.give(name, value.clone());
            }
        }
    }

    fn is_self(&self, name: Option<&Node<'a>>) -> bool {
        name.is_some_and(|name| matches!(self.evaluator.bytes(*name), b"self" | b"cls"))
    }

    /// Gives a parameter its value.
    fn give(&mut self, name: Node<'a>, value: Expression) {
        let name = match self.evaluator.language {
            Language::Perl => self.evaluator.variable_name(name),
            _ => self.evaluator.name_of(field(name, &["left", "name"]).unwrap_or(name)),
        };
        self.bind_as(&name, value, true);
    }
}
