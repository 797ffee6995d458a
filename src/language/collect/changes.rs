//! What a part of a text may change: variables that are given another value, and lists, objects and texts that are
//! changed in place. What runs again, or not at all, must not leave a value that is not the last one.

use super::super::evaluate::perl::TOPIC;
use super::super::evaluate::{Evaluator, Expression, MAX_DEPTH};
use super::super::node::{Kind, children, field, kind};
use super::super::parse::Language;
use super::Collector;
use std::collections::HashSet;
use tree_sitter::Node;

/// Methods that change the list, the object or the text that they are called on.
const MUTATORS: &[&str] = &[
    "append",
    "add",
    "push",
    "extend",
    "insert",
    "pop",
    "popitem",
    "shift",
    "unshift",
    "splice",
    "remove",
    "reverse",
    "clear",
    "sort",
    "update",
    "setdefault",
    "fill",
    "copyWithin",
    "replace",
    "concat",
    "prepend",
    "delete",
    "delete_at",
    "delete_if",
    "store",
    "keep_if",
    "setbyte",
    "discard",
    "set",
];

/// Functions of Perl that change what they are given.
const CHANGE_ARGUMENTS: &[&[u8]] = &[
    b"push", b"unshift", b"pop", b"shift", b"splice", b"read", b"sysread", b"recv", b"chop", b"substr",
    b"vec", b"undef", b"delete",
];

/// The variables that a part of a text may change.
#[derive(Default)]
pub(super) struct Changes {
    /// Those that are given a value.
    pub(super) given: HashSet<String>,
    /// Those whose value is changed in place.
    pub(super) inside: HashSet<String>,
    /// Whether a pattern was nested too deeply.
    is_cut: bool,
}

impl<'a> Collector<'a> {
    /// What is changed in a node.
    pub(super) fn changes(&mut self, node: Node<'a>) -> Changes {
        let mut changes = Changes::default();
        let mut cursor = node.walk();
        let end = node.id();
        loop {
            self.steps += 1;
            self.evaluator.changed_by(cursor.node(), &mut changes);
            if cursor.goto_first_child() {
                continue;
            }
            while !cursor.goto_next_sibling() {
                if !cursor.goto_parent() || cursor.node().id() == end {
                    return changes;
                }
            }
            if cursor.node().id() == end {
                return changes;
            }
        }
    }

    /// Forgets what a node changes that runs more than once: where it begins, the end may have been run.
    pub(super) fn forget_changed(&mut self, node: Node<'a>) {
        let changes = self.changes(node);
        self.evaluator.is_cut |= changes.is_cut;
        for name in changes.given.into_iter().chain(changes.inside) {
            self.forget_value(&name);
        }
    }

    /// Forgets the value of a variable. A function or a module stays: it is among those that the variable may be.
    pub(super) fn forget_value(&mut self, name: &str) {
        if self.evaluator.bindings.known(name).as_ref().is_some_and(is_value) {
            self.bind(name, Expression::Unknown);
            self.evaluator.bindings.forget(name);
        }
    }

    /// Forgets the variables that a target is about: an element, a field, a pattern.
    pub(super) fn forget_target(&mut self, target: Node<'a>) {
        let mut changes = Changes::default();
        self.evaluator.targets_of(target, &mut changes);
        self.evaluator.is_cut |= changes.is_cut;
        for name in changes.given {
            self.bind(&name, Expression::Unknown);
            self.evaluator.bindings.forget(&name);
        }
        for name in changes.inside {
            match name.as_str() {
                // The place of all names.
                "globalThis" | "window" | "global" | "_G" | "_ENV" | "globals" | "locals" | "vars" => {
                    self.evaluator.bindings.forget_values();
                }
                name => self.forget_value(name),
            }
        }
    }
}

/// Whether it is a value that may change in place or be replaced by another one.
pub(super) fn is_value(value: &Expression) -> bool {
    matches!(value, Expression::Text(_) | Expression::List(_) | Expression::Fields(_) | Expression::Flag(_))
}

impl<'a> Evaluator<'a> {
    /// Notes what a node changes, those in it left out.
    fn changed_by(&self, node: Node<'a>, changes: &mut Changes) {
        match node.kind() {
            "reference_assignment_expression"
            | "update_expression"
            | "postinc_expression"
            | "preinc_expression"
            | "delete_statement"
            | "unset_statement"
            | "undef_expression" => {
                for target in children(node) {
                    self.targets_of(target, changes);
                }
            }
            "substitution_regexp" | "transliteration_expression" => {
                changes.given.insert(TOPIC.to_owned());
                let around = node.parent().and_then(|parent| field(parent, &["left"]));
                if let Some(left) = around.filter(|left| left.id() != node.id()) {
                    self.targets_of(left, changes);
                }
            }
            _ => {}
        }
        match kind(node) {
            Kind::Assignment | Kind::Augmented => {
                let target = field(node, &["left", "name"]).or(children(node).first().copied());
                if let Some(target) = target {
                    self.targets_of(target, changes);
                }
            }
            Kind::For => {
                let parts = children(node);
                let name = field(node, &["left", "pattern", "variable"]).or(parts.get(1).copied());
                if let Some(name) = name {
                    self.targets_of(name, changes);
                }
            }
            Kind::Binary if self.language == Language::Ruby => {
                if let Some(left) = field(node, &["left"]).filter(|left| kind(*left) == Kind::Name) {
                    changes.inside.insert(self.name_of(left));
                }
            }
            Kind::Call => self.changed_by_call(node, changes),
            _ => {}
        }
    }

    fn changed_by_call(&self, node: Node<'a>, changes: &mut Changes) {
        if self.language == Language::Perl {
            let name = field(node, &["function"]).or(node.child(0)).map(|name| self.bytes(name));
            if !name.is_some_and(|name| CHANGE_ARGUMENTS.contains(&name)) {
                return;
            }
            let given = field(node, &["arguments"]).map_or_else(|| children(node), |list| vec![list]);
            for list in given {
                let words = if list.kind() == "list_expression" { children(list) } else { vec![list] };
                for word in words.into_iter().filter(|word| is_perl_variable(*word)) {
                    changes.inside.insert(self.variable_name(word));
                }
            }
            return;
        }
        let member = field(node, &["function"]).unwrap_or(node);
        let object =
            field(member, &["object", "receiver", "table"]).filter(|object| kind(*object) == Kind::Name);
        let method = field(member, &["attribute", "property", "method", "name"]);
        if let Some((object, method)) = object.zip(method) {
            let method = self.name_of(method);
            if MUTATORS.contains(&method.as_str()) || method.ends_with('!') {
                changes.inside.insert(self.name_of(object));
            }
        }
    }

    /// The variables that an assignment to a target is about.
    pub(super) fn targets_of(&self, target: Node<'a>, changes: &mut Changes) {
        self.targets_in(target, changes, 0);
    }

    fn targets_in(&self, target: Node<'a>, changes: &mut Changes, depth: usize) {
        if depth > MAX_DEPTH {
            changes.is_cut = true;
            return;
        }
        match target.kind() {
            "shorthand_property_identifier_pattern" => {
                changes.given.insert(self.name_of(target));
            }
            "object_assignment_pattern" | "assignment_pattern" => {
                if let Some(left) = field(target, &["left"]) {
                    self.targets_in(left, changes, depth + 1);
                }
            }
            "pair_pattern" => {
                if let Some(value) = field(target, &["value"]) {
                    self.targets_in(value, changes, depth + 1);
                }
            }
            "scalar" | "array" | "hash" if self.language == Language::Perl => {
                match children(target).into_iter().find(|child| child.kind() == "varname") {
                    Some(name) if children(name).is_empty() => {
                        changes.given.insert(self.variable_name(target));
                    }
                    _ => self.roots_of(target, changes),
                }
            }
            "container_variable" | "slice_container_variable" => {
                let name = String::from_utf8_lossy(self.bytes(target));
                let name = name.trim_start_matches(['$', '@', '%']);
                changes.inside.extend([name.to_owned(), format!("@{name}"), format!("%{name}")]);
            }
            "array_element_expression"
            | "hash_element_expression"
            | "slice_expression"
            | "function_call_expression"
            | "dynamic_variable_name" => self.roots_of(target, changes),
            _ => match kind(target) {
                Kind::Name => {
                    changes.given.insert(self.name_of(target));
                }
                Kind::Member | Kind::Index | Kind::Call => self.roots_of(target, changes),
                _ => {
                    for part in children(target) {
                        self.targets_in(part, changes, depth + 1);
                    }
                }
            },
        }
    }

    /// The variables at the beginning of an element or a field.
    fn roots_of(&self, target: Node<'a>, changes: &mut Changes) {
        let mut node = target;
        while let Some(first) = children(node).first().copied() {
            if is_perl_variable(first)
                || matches!(first.kind(), "container_variable" | "slice_container_variable")
            {
                return match first.kind() {
                    "container_variable" | "slice_container_variable" => self.targets_of(first, changes),
                    _ => drop(changes.inside.insert(self.variable_name(first))),
                };
            }
            if kind(first) == Kind::Name {
                changes.inside.insert(self.name_of(first));
                return;
            }
            node = first;
            if first.kind() == "function" {
                // `substr($x, 0, 6) = …`
                match field(target, &["arguments"]) {
                    Some(list) => node = list,
                    None => return,
                }
            }
        }
    }
}

/// Whether the node is a variable of Perl.
pub(super) fn is_perl_variable(node: Node<'_>) -> bool {
    matches!(node.kind(), "scalar" | "array" | "hash")
        && children(node).first().is_none_or(|name| name.kind() == "varname" && children(*name).is_empty())
}
