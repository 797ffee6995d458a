//! What Perl does with names and lists in ways of its own: `my ($a, $b) = …`, `$x .= …`, `push`, loops over `$_`,
//! here-documents behind their line.

use super::super::evaluate::Expression;
use super::super::evaluate::perl::{ARGUMENTS, TOPIC, fields};
use super::super::node::{children, field};
use super::Collector;
use tree_sitter::Node;

impl<'a> Collector<'a> {
    /// What the program starts with: its arguments, its input as `$_` (`-n`, `-p`), its here-documents.
    pub(super) fn prepare_perl(&mut self, root: Node<'a>) {
        let evaluator = &mut self.evaluator;
        let arguments = evaluator.surroundings.arguments.iter().cloned().map(Expression::Text).collect();
        evaluator.bindings.set(ARGUMENTS, Expression::List(arguments), false);
        if let Some(input) = evaluator.surroundings.stdin {
            evaluator.bindings.set(TOPIC, Expression::Text(input.clone()), false);
        }
        let (mut announced, mut contents) = (Vec::new(), Vec::new());
        let mut cursor = root.walk();
        loop {
            match cursor.node().kind() {
                "heredoc_token" | "command_heredoc_token" => announced.push(cursor.node().id()),
                "heredoc_content" => contents.push(cursor.node()),
                _ => {}
            }
            if cursor.goto_first_child() {
                continue;
            }
            while !cursor.goto_next_sibling() {
                if !cursor.goto_parent() {
                    self.evaluator.heredocs = announced.into_iter().zip(contents).collect();
                    return;
                }
            }
        }
    }

    /// Visits what only Perl has; `false`: it is as in other languages.
    pub(super) fn visit_perl(&mut self, node: Node<'a>, depth: usize) -> bool {
        let found = self.evaluator.perl_calls(node, depth);
        self.calls.extend(found);
        match node.kind() {
            "assignment_expression" => {
                self.visit_children(node, depth);
                self.assign_perl(node, depth);
            }
            "for_statement" | "postfix_for_expression" | "map_grep_expression" => self.each_perl(node, depth),
            _ => {
                self.push_perl(node, depth);
                return false;
            }
        }
        true
    }

    /// `for my $x (…) { … }`, `… for …`, `map { … } …`
    fn each_perl(&mut self, node: Node<'a>, depth: usize) {
        let parts = children(node);
        let list = field(node, &["list"]).or(parts.last().copied());
        let body = field(node, &["block", "callback"]).or(parts.first().copied());
        let (Some(list), Some(body)) = (list, body) else { return };
        let name = match field(node, &["variable"]) {
            Some(variable) => self.evaluator.variable_name(variable),
            None => TOPIC.to_owned(),
        };
        self.visit(list, depth + 1);
        let elements = match self.evaluator.evaluate(list, depth) {
            Expression::List(elements) => elements,
            text @ Expression::Text(_) => vec![text],
            _ => vec![Expression::Unknown],
        };
        let before = self.evaluator.bindings.get(&name);
        self.evaluator.functions += 1;
        self.rounds(&name, elements, |collector| collector.visit(body, depth + 1));
        self.evaluator.functions -= 1;
        self.evaluator.bindings.set(&name, before, false);
    }

    /// `=`, `.=` and other assignments to variables.
    fn assign_perl(&mut self, node: Node<'a>, depth: usize) {
        let (Some(left), Some(right)) = (field(node, &["left"]), field(node, &["right"])) else { return };
        let operator = self.evaluator.text.get(left.end_byte()..right.start_byte()).unwrap_or_default();
        let value = self.evaluator.evaluate(right, depth);
        let (targets, is_list) = targets(left);
        let value = match (operator.trim_ascii(), targets.as_slice()) {
            (b"=", _) => value,
            (b".=", [target]) => {
                let old = self.evaluator.evaluate(*target, depth);
                self.evaluator.appended(old, value, node)
            }
            _ => Expression::Unknown,
        };
        if !is_list {
            let counts = matches!(right.kind(), "array" | "parenthesized_expression" | "quoted_word_list");
            let value =
                if counts && matches!(value, Expression::List(_)) { Expression::Unknown } else { value };
            if let Some(target) = targets.first() {
                self.assign_variable(*target, value);
            }
            return;
        }
        let mut values = match value {
            Expression::List(list) => list,
            text @ Expression::Text(_) => vec![text],
            // How many there are is not known.
            _ => {
                targets.into_iter().for_each(|target| self.assign_variable(target, Expression::Unknown));
                return;
            }
        }
        .into_iter();
        for target in targets {
            let value = match target.kind() {
                "array" => Expression::List(values.by_ref().collect()),
                "hash" => fields(values.by_ref().collect()),
                _ => values.next().unwrap_or(Expression::Unknown),
            };
            self.assign_variable(target, value);
        }
    }

    /// Gives a variable its value. One element makes the others unknown, too.
    fn assign_variable(&mut self, target: Node<'a>, value: Expression) {
        match target.kind() {
            "scalar" | "array" | "hash" => {
                let name = self.evaluator.variable_name(target);
                self.bind(&name, value);
            }
            _ => {
                let container = field(target, &["array", "hash"]).or(children(target).first().copied());
                if let Some(container) = container {
                    let name = self.evaluator.variable_name(container);
                    self.evaluator.bindings.forget(&name);
                }
            }
        }
    }

    /// `push @x, …` and what else changes a list in place.
    fn push_perl(&mut self, node: Node<'a>, depth: usize) {
        let Some(function) = field(node, &["function"]) else { return };
        let name = self.evaluator.bytes(function);
        let Some(arguments) = field(node, &["arguments"]) else { return };
        let parts = if arguments.kind() == "list_expression" { children(arguments) } else { vec![arguments] };
        let Some((target, added)) = parts.split_first().filter(|(target, _)| target.kind() == "array") else {
            return;
        };
        let list = self.evaluator.variable_name(*target);
        match (name, self.evaluator.bindings.get(&list)) {
            (b"push", Expression::List(mut elements)) => {
                elements.extend(self.evaluator.flat(added.to_vec(), depth));
                self.bind(&list, Expression::List(elements));
            }
            (b"push" | b"unshift" | b"splice" | b"pop" | b"shift", _) => {
                self.evaluator.bindings.forget(&list);
            }
            _ => {}
        }
    }
}

/// The variables on the left, and whether they take a list.
fn targets(left: Node<'_>) -> (Vec<Node<'_>>, bool) {
    match left.kind() {
        "variable_declaration" | "localization_expression" => {
            let is_list = field(left, &["variables"]).is_some();
            let variables = children(left);
            match variables.as_slice() {
                [only] if !is_list => targets(*only),
                _ => (variables, true),
            }
        }
        "parenthesized_expression" | "list_expression" => {
            let inner = children(left);
            match inner.as_slice() {
                [list] if list.kind() == "list_expression" => (children(*list), true),
                _ => (inner, true),
            }
        }
        "array" | "hash" => (vec![left], true),
        _ => (vec![left], false),
    }
}
