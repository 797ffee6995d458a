//! What calls change in place: lists and objects, texts of Ruby and Perl, everything where text is executed.

use super::super::evaluate::Expression;
use super::super::function::parameters;
use super::super::node::{Kind, children, field, kind};
use super::super::parse::Language;
use super::Collector;
use super::changes::is_perl_variable;
use tree_sitter::Node;

/// Whether a function executes text, or gives all variables away.
fn executes_text(language: Language, function: &str) -> bool {
    let functions: &[&str] = match language {
        Language::JavaScript => &["eval"],
        Language::Lua => &["load", "loadstring"],
        Language::Perl => &[],
        Language::Php => &["eval", "extract", "parse_str"],
        Language::Python => &["eval", "exec", "execfile", "globals", "locals", "vars"],
        Language::Ruby => &["eval", "instance_eval", "binding"],
    };
    functions.contains(&function)
}

/// Methods of lists and objects that change nothing.
const READ: &[&str] = &[
    "join",
    "map",
    "filter",
    "forEach",
    "each",
    "each_with_index",
    "each_slice",
    "each_with_object",
    "each_pair",
    "index",
    "indexOf",
    "lastIndexOf",
    "include?",
    "includes",
    "contains",
    "count",
    "length",
    "size",
    "slice",
    "concat",
    "copy",
    "first",
    "last",
    "find",
    "findIndex",
    "find_index",
    "detect",
    "reduce",
    "inject",
    "some",
    "every",
    "keys",
    "values",
    "items",
    "entries",
    "get",
    "fetch",
    "dig",
    "has_key?",
    "key?",
    "has",
    "hasOwnProperty",
    "to_s",
    "toString",
    "to_a",
    "to_h",
    "to_json",
    "dup",
    "clone",
    "freeze",
    "flat",
    "flatMap",
    "flat_map",
    "flatten",
    "uniq",
    "at",
    "sum",
    "min",
    "max",
    "empty?",
    "any?",
    "all?",
    "none?",
    "zip",
    "take",
    "drop",
    "select",
    "reject",
    "collect",
    "sort_by",
    "group_by",
    "partition",
    "pack",
    "product",
    "values_at",
    "inspect",
    "toReversed",
    "toSorted",
    "with",
    "then",
    "call",
    "apply",
    "bind",
    "send",
    "is_a?",
    "nil?",
    "respond_to?",
    "tap",
    "sample",
    "compact",
    "merge",
    "__getitem__",
    "__contains__",
    "__len__",
    "tolist",
    "decode",
    "hex",
    "startswith",
    "split",
];

/// Methods that are followed by [`Collector::changed_list`].
const FOLLOWED: &[&str] = &[
    "append", "push", "extend", "shift", "pop", "insert", "unshift", "prepend", "splice", "remove", "clear",
];

/// Methods of Ruby that change the text that they are called on.
const CHANGE_TEXT: &[&str] = &["replace", "insert", "concat", "prepend", "clear", "setbyte"];

impl<'a> Collector<'a> {
    /// What calls change besides: lists and objects by methods that do more than to read them, what references lead to,
    /// everything where text is executed that may assign.
    pub(super) fn changed_by_call(&mut self, node: Node<'a>) {
        let language = self.evaluator.language;
        let written = field(node, &["function", "method", "name"]).or(node.child(0));
        let written = written.map(|name| String::from_utf8_lossy(self.evaluator.bytes(name)).into_owned());
        let function = written.unwrap_or_default();
        let function = function.strip_prefix("builtins.").unwrap_or(&function).to_owned();
        if executes_text(language, &function) {
            return self.evaluator.bindings.forget_values();
        }
        let words = match field(node, &["arguments"]) {
            Some(list) if list.kind() == "list_expression" || language != Language::Perl => children(list),
            Some(only) => vec![only],
            None => Vec::new(),
        };
        // `Object.assign(x, y)`
        let is_assigned =
            matches!(function.as_str(), "Object.assign" | "random.shuffle" | "heapq.heapify" | "setattr");
        if let Some(first) = words.first().filter(|_| is_assigned) {
            self.forget_roots(*first);
        }
        // `read(F, $x, 100)`, `chop $x`, `substr($x, 0, 1, "x")`
        if language == Language::Perl {
            let changes = match function.as_str() {
                "read" | "sysread" | "recv" | "chop" | "vec" => true,
                "substr" => words.len() == 4,
                _ => false,
            };
            for word in words.into_iter().chain(children(node)).filter(|_| changes) {
                self.forget_roots(word);
            }
            return;
        }
        let member = field(node, &["function"]).unwrap_or(node);
        let object =
            field(member, &["object", "receiver", "table"]).filter(|object| kind(*object) == Kind::Name);
        let method = field(member, &["attribute", "property", "method", "name"]);
        let Some((object, method)) = object.zip(method) else { return };
        let (name, method) = (self.evaluator.name_of(object), self.evaluator.name_of(method));
        let changes = match self.evaluator.bindings.known(&name) {
            Some(Expression::Fields(_)) => !READ.contains(&method.as_str()),
            Some(Expression::List(_)) => {
                !READ.contains(&method.as_str()) && !FOLLOWED.contains(&method.as_str())
            }
            Some(Expression::Text(_)) if language == Language::Ruby => {
                method.ends_with('!') || CHANGE_TEXT.contains(&method.as_str())
            }
            _ => false,
        };
        if changes {
            self.forget_value(&name);
        }
    }

    /// Whether a list or an object has two names from now on, and is changed by one of them anywhere.
    pub(super) fn is_shared(&self, source: Node<'a>, target: &str, value: &Expression) -> bool {
        let may_change = match value {
            Expression::List(_) | Expression::Fields(_) => true,
            Expression::Text(_) => self.evaluator.language == Language::Ruby,
            _ => false,
        };
        let source = self.evaluator.name_of(source);
        may_change && (self.mutated.contains(target) || self.mutated.contains(&source))
    }

    /// What a function of the text may have done to the variables that it was given.
    pub(super) fn given_away(&mut self, node: Node<'a>, function: Option<Node<'a>>) {
        let language = self.evaluator.language;
        let may_change = function.is_some_and(|function| match language {
            Language::Perl => self.mutated.contains("@_"),
            Language::Php => field(function, &["parameters"])
                .is_some_and(|parameters| self.evaluator.bytes(parameters).contains(&b'&')),
            _ => parameters(function).iter().flat_map(|parameter| &parameter.names).any(|name| {
                let name = field(*name, &["name", "left"]).unwrap_or(*name);
                self.mutated.contains(&self.evaluator.name_of(name))
            }),
        });
        let list = field(node, &["arguments"]).filter(|_| may_change);
        let Some(list) = list else { return };
        let words = if is_perl_variable(list) { vec![list] } else { children(list) };
        for word in words {
            let word = children(word).first().copied().filter(|_| word.kind() == "argument").unwrap_or(word);
            let is_text = match self.evaluator.bindings.known(&self.evaluator.name_of(word)) {
                Some(Expression::Text(_)) => {
                    !matches!(language, Language::Perl | Language::Php | Language::Ruby)
                }
                _ => false,
            };
            if !is_text {
                self.forget_roots(word);
            }
        }
    }

    pub(super) fn forget_roots(&mut self, node: Node<'a>) {
        if kind(node) == Kind::Name || is_perl_variable(node) {
            let name = if is_perl_variable(node) {
                self.evaluator.variable_name(node)
            } else {
                self.evaluator.name_of(node)
            };
            self.forget_value(&name);
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
        let Expression::List(mut list) = self.evaluator.look_up(&name) else { return };
        let added = field(node, &["arguments"]).map(children).unwrap_or_default();
        let added = added.into_iter().map(|word| self.evaluator.evaluate(word, depth + 1));
        let mut added = added.collect::<Vec<_>>().into_iter();
        match &*self.evaluator.name_of(method) {
            // JavaScript and PHP make another list.
            "concat" if self.evaluator.language != Language::Ruby => return,
            "append" | "push" => list.extend(added),
            "extend" | "concat" => match added.next() {
                Some(Expression::List(more)) => list.extend(more),
                _ => return self.evaluator.bindings.forget(&name),
            },
            "shift" | "pop" if !list.is_empty() && added.len() == 0 => {
                let is_first = &*self.evaluator.name_of(method) == "shift";
                let taken = if is_first { Some(list.remove(0)) } else { list.pop() };
                self.evaluator.functions.results.insert(node.id(), taken.unwrap_or(Expression::Unknown));
            }
            "insert" | "unshift" | "prepend" | "pop" | "shift" | "splice" | "remove" | "reverse"
            | "clear" => {
                return self.evaluator.bindings.forget(&name);
            }
            _ => return,
        }
        self.bind_as(&name, Expression::List(list), false);
    }
}
