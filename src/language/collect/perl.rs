//! What Perl does with names and lists in ways of its own: `my ($a, $b) = …`, `$x .= …`, `push`, loops over `$_`,
//! here-documents behind their line.

use super::super::evaluate::perl::{ARGUMENTS, PARAMETERS, TOPIC, fields};
use super::super::evaluate::returned::turned_around;
use super::super::evaluate::{Evaluator, Expression};
use super::super::node::{children, field};
use super::Collector;
use super::changes::is_perl_variable;
use tree_sitter::Node;

impl<'a> Collector<'a> {
    /// What the program starts with: its arguments, its input as `$_` (`-n`, `-p`), its here-documents.
    pub(super) fn prepare_perl(&mut self, root: Node<'a>) {
        let evaluator = &mut self.evaluator;
        let arguments = evaluator.surroundings.arguments.iter().cloned().map(Expression::Text).collect();
        evaluator.bindings.set(ARGUMENTS, Expression::List(arguments), false);
        if let Some(input) = evaluator.surroundings.input() {
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
        let is_text = node.kind() == "eval_expression" && !found.is_empty();
        let found: Vec<_> = found.into_iter().map(|call| self.placed_alone(call)).collect();
        self.calls.extend(found);
        match node.kind() {
            // `eval "$x = …"`
            "eval_expression" if is_text => {
                self.visit_children(node, depth);
                self.evaluator.bindings.forget_values();
            }
            // `\$x`, `\@x`: others may change it.
            "refgen_expression" => {
                self.visit_children(node, depth);
                for variable in children(node).into_iter().filter(|variable| is_perl_variable(*variable)) {
                    self.evaluator.bindings.share(&self.evaluator.variable_name(variable));
                }
            }
            "postinc_expression" | "preinc_expression" | "undef_expression" => {
                self.visit_children(node, depth);
                children(node).into_iter().for_each(|target| self.forget_target(target));
            }
            "assignment_expression" => {
                self.visit_children(node, depth);
                self.assign_perl(node, depth);
            }
            "for_statement" | "postfix_for_expression" | "map_grep_expression" => self.each_perl(node, depth),
            // `while (</etc/*>) { … }`
            "loop_statement" if self.each_glob(node, depth) => {}
            "binary_expression" if self.changes_text(node, depth) => {}
            "substitution_regexp" | "transliteration_expression" => self.change_text(None, node, depth),
            "func1op_call_expression" if self.evaluator.bytes(node).starts_with(b"shift") => {
                self.visit_children(node, depth);
                self.shift_perl(node);
            }
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
        let before = self.evaluator.look_up(&name);
        // What changes the element changes the list.
        let changes = self.changes(body);
        if changes.given.contains(&name) || changes.inside.contains(&name) {
            self.forget_target(list);
        }
        self.rounds(std::slice::from_ref(&name), elements, body, |collector| {
            collector.visit_round(body, depth)
        });
        self.evaluator.bindings.set(&name, before, false);
    }

    /// The body of a loop, in one round.
    fn visit_round(&mut self, body: Node<'a>, depth: usize) {
        if body.kind() != "block" {
            return self.visit(body, depth + 1);
        }
        let outside = self.open_scope(body);
        self.visit_children(body, depth + 1);
        self.close_scope(outside);
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
            let is_reverse = self.evaluator.bytes(right).starts_with(b"reverse");
            let value = match value {
                Expression::List(words) if is_reverse => turned_around(words, Evaluator::span(right)),
                value => value,
            };
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
                // `my $x` stands in a declaration.
                let parent = target.parent().map(|parent| parent.kind()).unwrap_or_default();
                self.bind_as(&name, value, parent == "variable_declaration");
            }
            "array_element_expression" | "hash_element_expression" => {
                let container = field(target, &["array", "hash"]).or(children(target).first().copied());
                if let Some(container) = container {
                    let name = self.evaluator.variable_name(container);
                    let key = field(target, &["key"]).map(|key| self.evaluator.evaluate(key, 0));
                    let fields = match self.evaluator.bindings.known(&name) {
                        Some(Expression::Fields(fields)) => Some(fields),
                        None => Some(Vec::new()),
                        Some(_) => None,
                    };
                    if let (Some(mut fields), Some(Expression::Text(key))) = (fields, key) {
                        let key = key.display();
                        fields.retain(|(other, _)| *other != key);
                        fields.push((key, value));
                        self.bind_as(&name, Expression::Fields(fields), false);
                        return;
                    }
                    self.evaluator.bindings.forget(&name);
                }
            }
            _ => self.forget_target(target),
        }
    }

    /// A loop that goes through the files that fit a pattern: whether it is that.
    fn each_glob(&mut self, node: Node<'a>, depth: usize) -> bool {
        let condition =
            field(node, &["condition"]).filter(|condition| condition.kind() == "fileglob_expression");
        let (Some(condition), Some(body)) = (condition, children(node).last().copied()) else { return false };
        let Expression::List(files) = self.evaluator.evaluate(condition, depth) else { return false };
        let names = [TOPIC.to_owned()];
        self.rounds(&names, files, body, |collector| collector.visit_round(body, depth));
        true
    }

    /// `$x =~ s/a/b/`, `($x = "…") =~ tr/a/b/`: whether it is that.
    fn changes_text(&mut self, node: Node<'a>, depth: usize) -> bool {
        let Some((left, right)) = field(node, &["left"]).zip(field(node, &["right"])) else { return false };
        if !matches!(right.kind(), "substitution_regexp" | "transliteration_expression") {
            return false;
        }
        self.visit(left, depth + 1);
        let found = self.evaluator.perl_calls(right, depth);
        self.calls.extend(found);
        let inner = match children(left).first() {
            Some(inner) if left.kind() == "parenthesized_expression" => *inner,
            _ => left,
        };
        let target =
            if inner.kind() == "assignment_expression" { field(inner, &["left"]) } else { Some(inner) };
        self.change_text(target, right, depth);
        true
    }

    /// Gives the variable, or `$_`, the text that a substitution makes of it.
    fn change_text(&mut self, target: Option<Node<'a>>, change: Node<'a>, depth: usize) {
        if self.evaluator.keeps_text(change) {
            return;
        }
        let old = match target {
            Some(target) => self.evaluator.evaluate(target, depth + 1),
            None => self.evaluator.look_up(TOPIC),
        };
        let new = self.evaluator.changed(&old, change).unwrap_or(Expression::Unknown);
        // Code in it makes nothing but that text.
        if new != Expression::Unknown
            && let Some(call) = self.calls.last_mut().filter(|call| call.name == "eval")
        {
            call.printing.is_silent = true;
        }
        match target.map(|target| targets(target).0) {
            Some(targets) => {
                for target in targets {
                    self.assign_variable(target, new.clone());
                }
            }
            None => self.bind_as(TOPIC, new, false),
        }
    }

    /// `shift`: the first argument of the function, or of the program. In a branch or a loop it may be any that is left.
    fn shift_perl(&mut self, node: Node<'a>) {
        let frame = self.evaluator.functions.active.last();
        let arguments = if frame.is_some() { PARAMETERS } else { ARGUMENTS };
        let is_sure = self.block == frame.map_or(0, |frame| frame.block);
        let name = match children(node).first() {
            None => arguments.to_owned(),
            Some(array) => self.evaluator.variable_name(*array),
        };
        let (first, rest) = match self.evaluator.look_up(&name) {
            Expression::List(list) if is_sure || list.len() <= 1 => match list.split_first() {
                Some((first, rest)) => (first.clone(), Expression::List(rest.to_vec())),
                None => (Expression::Unknown, Expression::List(list)),
            },
            _ => (Expression::Unknown, Expression::Unknown),
        };
        self.evaluator.functions.results.insert(node.id(), first);
        self.bind_as(&name, rest, false);
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
        match (name, self.evaluator.look_up(&list)) {
            (b"push", Expression::List(mut elements)) => {
                elements.extend(self.evaluator.flat(added.to_vec(), depth));
                self.bind_as(&list, Expression::List(elements), false);
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
