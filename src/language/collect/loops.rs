//! Loops over lists: the body is walked once for each element.

use super::super::evaluate::perl::TOPIC;
use super::super::evaluate::pure::elements;
use super::super::evaluate::{Evaluator, Expression};
use super::super::function::is_function;
use super::super::node::{Kind, children, field, kind};
use super::super::parse::Language;
use super::Collector;
use super::scope::Outside;
use crate::value::{Piece, Value};
use tree_sitter::Node;

/// Most elements of a list that a loop is followed for.
const MAX_ROUNDS: usize = 64;

/// A name of which a condition says more.
struct Narrowed {
    name: String,
    before: Expression,
    within: Expression,
}

/// Whether an element stands for one, and not for any number of them.
fn is_one(element: &Expression) -> bool {
    match element {
        Expression::Text(text) => !text.pieces.iter().any(|piece| matches!(piece, Piece::Glob { .. })),
        // Some element of a list that nobody knows.
        Expression::Name { path, .. } if path.ends_with(".*") => false,
        Expression::Name { receivers, .. } => {
            !receivers.iter().flat_map(|value| &value.pieces).any(|piece| matches!(piece, Piece::Glob { .. }))
        }
        Expression::Unknown => false,
        _ => true,
    }
}

/// Whether a part of a statement runs where its condition is false.
fn is_alternative(node: Node<'_>) -> bool {
    let mut parent = node.parent().map(|parent| parent.walk());
    let of_role = parent.as_mut().is_some_and(|cursor| {
        let parent = cursor.node();
        parent.children_by_field_name("alternative", cursor).any(|child| child == node)
    });
    of_role
        || matches!(
            node.kind(),
            "else" | "elsif" | "else_clause" | "elif_clause" | "elseif_statement" | "else_statement"
        )
}

impl<'a> Collector<'a> {
    /// `["a", "b"].each { |d| … }`, `[…].forEach(d => …)`: whether it is that.
    pub(super) fn each_of_callback(&mut self, node: Node<'a>, depth: usize) -> bool {
        let function = field(node, &["function"]);
        let list = field(node, &["receiver"]).or(function.and_then(|function| field(function, &["object"])));
        let arguments = field(node, &["arguments"]).map(children).unwrap_or_default();
        let callback =
            field(node, &["block"]).or(arguments.into_iter().find(|argument| is_function(*argument)));
        let (Some(list), Some(callback)) = (list, callback) else { return false };
        let parameters = field(callback, &["parameters", "parameter"]);
        let names = parameters.map(|parameters| match kind(parameters) {
            Kind::Name => vec![parameters],
            _ => children(parameters),
        });
        let list_value = self.evaluator.evaluate(list, depth);
        let elements = match self.evaluator.lines_of(list_value) {
            Expression::List(elements) => elements,
            // `"text".then { … }`
            text @ Expression::Text(_) if self.is_handed_on(node) => vec![text],
            // `import("fs").then(fs => …)`
            object @ Expression::Name { .. } if self.is_then(node) => vec![object],
            // `list.forEach(item => item.delete())` of what a call returned.
            made @ Expression::Name { .. } if self.is_each(node) => match made.element() {
                Some(element) => vec![element],
                None => return false,
            },
            // `Dir.mktmpdir { |directory| … }`
            _ if field(node, &["block"]).is_some() => match self.evaluator.evaluate(node, depth) {
                made @ (Expression::Text(_) | Expression::Name { .. }) => vec![made],
                _ => return false,
            },
            _ => return false,
        };
        // `each { system _1 }`
        let Some(names) = names else {
            if self.evaluator.language != Language::Ruby {
                return false;
            }
            let names = ["_1".to_owned()];
            self.rounds(&names, elements, callback, |collector| collector.visit_children(callback, depth));
            return true;
        };
        // `forEach((element, index) => …)`; two names of a block of Ruby take an element apart.
        let names = match (names.as_slice(), self.evaluator.language) {
            ([first, ..], Language::JavaScript) => self.names_of(*first),
            ([only], _) => self.names_of(*only),
            (several, _) => several.iter().map(|name| self.evaluator.name_of(*name)).collect(),
        };
        self.enter(callback);
        self.rounds(&names, elements, callback, |collector| {
            for child in children(callback).into_iter().filter(|child| Some(*child) != parameters) {
                collector.visit(child, depth + 1);
            }
        });
        self.leave();
        true
    }

    /// `then`, `tap` of Ruby
    fn is_handed_on(&self, node: Node<'a>) -> bool {
        let method = field(node, &["method"]).map(|method| self.evaluator.bytes(method));
        matches!(method, Some(b"then" | b"tap" | b"yield_self"))
    }

    pub(super) fn is_then(&self, node: Node<'a>) -> bool {
        let method = field(node, &["function"]).and_then(|function| field(function, &["property"]));
        method.is_some_and(|method| self.evaluator.bytes(method) == b"then")
    }

    /// Whether it is a method that does something to every element.
    fn is_each(&self, node: Node<'a>) -> bool {
        let function = field(node, &["function"]);
        let method = field(node, &["method"])
            .or(function.and_then(|function| field(function, &["property", "attribute", "field"])));
        method.is_some_and(|method| matches!(self.evaluator.bytes(method), b"forEach" | b"map" | b"each"))
    }

    pub(super) fn each_of_loop(&mut self, node: Node<'a>, depth: usize) {
        let parts = children(node);
        let body = field(node, &["body"]).or(parts.last().copied());
        // `foreach (list as name)` has no roles.
        let (name, list) = match (field(node, &["left", "pattern"]), field(node, &["right", "value"])) {
            (Some(name), Some(list)) => (name, list),
            _ => match parts.as_slice() {
                [list, name, ..] if node.kind() == "foreach_statement" => (*name, *list),
                [clause, ..] if clause.kind() == "for_generic_clause" => match children(*clause).as_slice() {
                    [name, list] => (*name, *list),
                    _ => return self.visit_repeated(node, depth),
                },
                _ => return self.visit_repeated(node, depth),
            },
        };
        self.visit(list, depth + 1);
        let list = children(list).first().copied().filter(|_| list.kind() == "in").unwrap_or(list);
        let mut names = self.names_of(name);
        let Some(body) = body else { return };
        let list = match children(list).as_slice() {
            [only] if list.kind() == "expression_list" => *only,
            _ => list,
        };
        let elements = self.evaluator.evaluate(list, depth);
        let mut elements = self.evaluator.lines_of(elements);
        // `ipairs{…}` of Lua, `foreach ($list as $key => $value)`
        let is_pair = matches!(name.kind(), "pair" | "variable_list") && names.len() == 2;
        if is_pair {
            names = names.split_off(1);
        }
        if let Expression::Name { path, .. } = &elements
            && matches!(path.as_str(), "ipairs()" | "pairs()")
            && let Some(inner) = field(list, &["arguments"]).and_then(|list| children(list).first().copied())
        {
            elements = self.evaluator.evaluate(inner, depth);
        }
        match elements {
            Expression::List(elements) => {
                let own = self.own_names(node, &names);
                // `foreach ($list as &$x)` of PHP
                let shared = children(name).first().copied().filter(|_| name.kind() == "by_ref");
                if let Some(name) = shared {
                    names = vec![self.evaluator.name_of(name)];
                    self.forget_target(list);
                }
                self.rounds(&names, elements, body, |collector| collector.visit(body, depth + 1));
                self.close_scope(own);
            }
            made => {
                self.forget_changed(body);
                // `for x in client.list(): x.delete()`
                let element = made.element().filter(|_| names.len() == 1);
                for name in &names {
                    self.bind_as(name, Expression::Unknown, true);
                    let element = element.clone().unwrap_or(Expression::Unknown);
                    self.evaluator.bindings.set(name, element, false);
                }
                self.block += 1;
                self.visit(body, depth + 1);
                self.block -= 1;
            }
        }
    }

    /// A loop that is walked once.
    fn visit_repeated(&mut self, node: Node<'a>, depth: usize) {
        let left = self.left;
        self.forget_changed(node);
        let outside = self.open_scope(node);
        self.visit_block(node, depth);
        self.close_scope(outside);
        self.left.broke = left.broke;
    }

    /// What the names of a loop are outside, where they are its own: `for (const x of …)`.
    fn own_names(&mut self, node: Node<'a>, names: &[String]) -> Outside {
        let declares = field(node, &["kind"]).map(|word| self.evaluator.bytes(word));
        let is_own = match self.evaluator.language {
            Language::JavaScript => matches!(declares, Some(b"let" | b"const")),
            Language::Lua => true,
            _ => false,
        };
        let names = names.iter().filter(|_| is_own);
        names.filter_map(|name| Some((name.clone(), self.evaluator.bindings.known(name)?))).collect()
    }

    pub(super) fn comprehension(&mut self, node: Node<'a>, depth: usize) {
        let clauses: Vec<Node<'a>> =
            children(node).into_iter().filter(|child| child.kind() == "for_in_clause").collect();
        match field(node, &["body"]) {
            Some(body) if !clauses.is_empty() => self.clauses(&clauses, body, depth),
            _ => self.visit_children(node, depth),
        }
    }

    /// `for a in x for b in y`
    fn clauses(&mut self, clauses: &[Node<'a>], body: Node<'a>, depth: usize) {
        let Some((clause, rest)) = clauses.split_first() else { return self.visit(body, depth + 1) };
        let parts = field(*clause, &["left"]).zip(field(*clause, &["right"]));
        let Some((name, list)) = parts else { return };
        self.visit(list, depth + 1);
        let names = self.names_of(name);
        let list_value = self.evaluator.evaluate(list, depth);
        let elements = match self.evaluator.lines_of(list_value) {
            Expression::List(elements) => elements,
            // The characters of a text.
            text @ Expression::Text(_) => {
                elements(&text, Evaluator::span(list)).unwrap_or_else(|| vec![Expression::Unknown])
            }
            made => vec![made.element().unwrap_or(Expression::Unknown)],
        };
        let before =
            names.iter().filter_map(|name| Some((name.clone(), self.evaluator.bindings.known(name)?)));
        let before: Outside = before.collect();
        self.rounds(&names, elements, body, |collector| collector.clauses(rest, body, depth + 1));
        self.close_scope(before);
    }

    /// The parts of a statement with a condition. What the condition says of a name holds in the branch that is taken
    /// where it is true.
    pub(super) fn visit_branches(&mut self, node: Node<'a>, depth: usize) {
        let condition = field(node, &["condition"]);
        // `if __name__ == "__main__":`, which holds where the text is the program.
        let is_main = self.evaluator.language == Language::Python
            && condition.is_some_and(|condition| {
                let written = self.evaluator.bytes(condition);
                written.starts_with(b"__name__ ==") && written.windows(8).any(|part| part == b"__main__")
            });
        let block = self.block;
        for child in children(node) {
            if is_main {
                self.block = if is_alternative(child) { block } else { block.saturating_sub(1) };
            }
            let is_taken = Some(child) != condition && !is_alternative(child);
            let narrowed = if is_taken { self.narrow(node) } else { None };
            self.visit(child, depth + 1);
            if let Some(Narrowed { name, before, within }) = narrowed {
                // What has been assigned in the branch stays.
                let is_kept = self.evaluator.bindings.known(&name).as_ref() == Some(&within);
                self.evaluator.bindings.set(&name, if is_kept { before } else { Expression::Unknown }, false);
            }
        }
        self.block = block;
    }

    /// `if name.endswith(".o")`: in the branch, a pattern that fits any name fits those alone.
    fn narrow(&mut self, node: Node<'a>) -> Option<Narrowed> {
        let condition = field(node, &["condition"])?;
        let mut cursor = node.walk();
        let is_negated = node.children(&mut cursor).any(|part| matches!(part.kind(), "unless" | "until"));
        if is_negated {
            return None;
        }
        let (name, end) = match condition.kind() {
            "match_regexp" => (TOPIC.to_owned(), self.end_of_regex(condition)?),
            _ if node.kind().starts_with("if") => self.tested_end(condition)?,
            _ => return None,
        };
        let Some(Expression::Text(old)) = self.evaluator.bindings.known(&name) else { return None };
        let (last, before) = old.pieces.split_last()?;
        let Piece::Glob { pattern, origin } = last else { return None };
        // `*`, `/*`
        let any = pattern.strip_suffix(b"*").filter(|before| before.is_empty() || before.ends_with(b"/"))?;
        let pattern = [any, b"*", end.as_slice()].concat();
        let mut pieces = before.to_vec();
        pieces.push(Piece::Glob { pattern, origin: *origin });
        let within = Expression::Text(Value { pieces });
        self.evaluator.bindings.set(&name, within.clone(), false);
        Some(Narrowed { name, before: Expression::Text(old), within })
    }

    /// The name that a condition is about, and what it has to end in.
    fn tested_end(&mut self, condition: Node<'a>) -> Option<(String, Vec<u8>)> {
        let condition = match children(condition).as_slice() {
            [inner] if kind(condition) == Kind::Wrapper => *inner,
            _ => condition,
        };
        let of = field(condition, &["function"]).unwrap_or(condition);
        let object = field(of, &["object", "receiver"]).filter(|object| kind(*object) == Kind::Name)?;
        let method = field(of, &["attribute", "property", "method"])?;
        if !matches!(&*self.evaluator.name_of(method), "endswith" | "endsWith" | "end_with?") {
            return None;
        }
        let end = field(condition, &["arguments"]).and_then(|list| children(list).first().copied())?;
        match self.evaluator.evaluate(end, 0) {
            Expression::Text(end) => Some((self.evaluator.name_of(object), end.known()?.into_owned())),
            _ => None,
        }
    }

    /// What text ends in that a regular expression of Perl fits: `/\.o$/`.
    fn end_of_regex(&self, regex: Node<'a>) -> Option<Vec<u8>> {
        let pattern = field(regex, &["content"]).map(|content| self.evaluator.bytes(content))?;
        let end = pattern.strip_suffix(b"$")?;
        let is_plain = |byte: &u8| byte.is_ascii_alphanumeric() || b"_-~".contains(byte);
        let extension =
            end.strip_prefix(b"\\.").filter(|rest| !rest.is_empty() && rest.iter().all(is_plain))?;
        Some([b".", extension].concat())
    }

    /// The names that take an element, or its parts.
    fn names_of(&self, target: Node<'a>) -> Vec<String> {
        let is_several = matches!(
            target.kind(),
            "pattern_list"
                | "tuple_pattern"
                | "array_pattern"
                | "left_assignment_list"
                | "list_literal"
                | "pair"
                | "variable_list"
                | "destructured_parameter"
        );
        match is_several {
            true => children(target).into_iter().map(|name| self.evaluator.name_of(name)).collect(),
            false => vec![self.evaluator.name_of(target)],
        }
    }

    /// Goes through a body once for each element of a list.
    pub(super) fn rounds(
        &mut self,
        names: &[String],
        mut elements: Vec<Expression>,
        node: Node<'a>,
        mut body: impl FnMut(&mut Self),
    ) {
        let is_known = elements.len() <= MAX_ROUNDS && elements.iter().all(is_one);
        if !is_known {
            self.forget_changed(node);
        }
        if elements.len() > MAX_ROUNDS {
            elements = vec![Expression::Unknown];
        }
        let (left, mut broke) = (self.left, false);
        // Where it is known how often it runs, it runs.
        let unsure = usize::from(elements.is_empty() || !is_known);
        self.block += unsure;
        for element in elements {
            let mut parts = match element {
                Expression::List(parts) if names.len() > 1 => parts,
                element if names.len() == 1 => vec![element],
                _ => Vec::new(),
            }
            .into_iter();
            self.left.broke = false;
            for name in names {
                // In each round it has this value and no other.
                self.bind_as(name, Expression::Unknown, true);
                self.evaluator.bindings.set(name, parts.next().unwrap_or(Expression::Unknown), false);
            }
            body(self);
            broke |= self.left.broke;
        }
        self.block -= unsure;
        // Nobody knows in which round it was left.
        if broke {
            names.iter().for_each(|name| self.evaluator.bindings.forget(name));
            self.forget_changed(node);
        }
        self.left.broke = left.broke;
    }
}
