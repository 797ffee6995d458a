//! Functions applied to the elements of lists, where nothing but a value comes of it: `map(chr, codes)`,
//! `[chr(c) for c in codes]`, `codes.map { |c| c.chr }`.

use super::super::function::{is_function, parameters};
use super::super::node::{children, field};
use super::super::parse::Language;
use super::perl::TOPIC;
use super::{Evaluator, Expression, MAX_APPLIED, MAX_DEPTH, MAX_LIST, pure};
use tree_sitter::Node;

impl<'a> Evaluator<'a> {
    /// `map` in all its spellings; `None`: the call is none, or its value is not known.
    pub(super) fn mapped(
        &mut self,
        node: Node<'a>,
        object: Option<&Expression>,
        name: &str,
        words: &[Expression],
        depth: usize,
    ) -> Option<Expression> {
        // What `promise.then(f)` yields is what `f` returns.
        if let ("then", Some(object @ Expression::Name { .. }), [Expression::Function(id), ..]) =
            (name, object, words)
            && self.language == Language::JavaScript
        {
            let function = self.functions.nodes.get(id).copied()?;
            let values = self.each_element(std::slice::from_ref(object), function, depth)?;
            return match values {
                Expression::List(values) => values.into_iter().next(),
                _ => None,
            };
        }
        if !matches!(name, "map" | "array_map" | "collect" | "from") {
            return None;
        }
        if let (Some(Expression::List(list)), Some(block)) = (object, field(node, &["block"])) {
            return self.each_element(list, block, depth);
        }
        let (list, function) = match (object, words) {
            (Some(Expression::List(list)), [function, ..]) => (list, function),
            (_, [Expression::List(list), function]) if name == "from" => (list, function),
            (_, [function, Expression::List(list)]) => (list, function),
            _ => return None,
        };
        match function {
            Expression::Function(id) => {
                let node = self.functions.nodes.get(id).copied()?;
                self.each_element(list, node, depth)
            }
            Expression::Name { path, .. } => {
                let apply = |element: &Expression| {
                    pure::function(path, std::slice::from_ref(element), Self::span(node))
                };
                list.iter().map(apply).collect::<Option<Vec<_>>>().map(Expression::List)
            }
            // `&:chr`, `"chr"`
            Expression::Text(_) => {
                let name = pure::text(function)?;
                let name = name.trim_start_matches(':');
                let span = Self::span(node);
                let apply = |element: &Expression| {
                    pure::method(element, name, &[], span)
                        .or_else(|| pure::function(name, std::slice::from_ref(element), span))
                };
                list.iter().map(apply).collect::<Option<Vec<_>>>().map(Expression::List)
            }
            _ => None,
        }
    }

    /// The values that a function or block has for each element.
    pub(super) fn each_element(
        &mut self,
        list: &[Expression],
        function: Node<'a>,
        depth: usize,
    ) -> Option<Expression> {
        let names: Vec<String> = if is_function(function) {
            let names =
                parameters(function).into_iter().filter_map(|parameter| parameter.names.first().copied());
            names.map(|name| self.name_of(name)).collect()
        } else {
            let own = field(function, &["parameters"]).map(children).unwrap_or_default();
            own.into_iter().map(|name| self.name_of(name)).collect()
        };
        let last = self.only_value(function)?;
        self.each_value(list, names.first().map_or("", String::as_str), last, depth)
    }

    /// The values of an expression for each value of a name.
    pub(super) fn each_value(
        &mut self,
        list: &[Expression],
        name: &str,
        body: Node<'a>,
        depth: usize,
    ) -> Option<Expression> {
        self.applied = self.applied.saturating_add(list.len());
        if self.applied > MAX_APPLIED {
            self.is_cut = true;
        }
        if list.len() > MAX_LIST || depth > MAX_DEPTH || self.applied > MAX_APPLIED {
            return None;
        }
        // What calls have returned holds for the names as they are outside.
        let results = std::mem::take(&mut self.functions.results);
        let before = self.bindings.take(name);
        let mut values = Vec::new();
        for element in list {
            self.bindings.set(name, element.clone(), false);
            values.push(self.evaluate(body, depth + 1));
        }
        self.bindings.restore(name, before);
        self.functions.results = results;
        Some(Expression::List(values))
    }

    /// `f(x) for x in list`
    pub(super) fn comprehension(&mut self, node: Node<'a>, depth: usize) -> Expression {
        let clauses = children(node);
        let [_, clause] = clauses.as_slice() else { return Expression::Unknown };
        let parts = field(*clause, &["left"]).zip(field(*clause, &["right"])).zip(field(node, &["body"]));
        let Some(((name, list), body)) = parts else { return Expression::Unknown };
        let elements = match self.evaluate(list, depth + 1) {
            Expression::List(list) => list,
            text @ Expression::Text(_) => match pure::function("list", &[text], Self::span(node)) {
                Some(Expression::List(list)) => list,
                _ => return Expression::Unknown,
            },
            made => match made.element() {
                Some(element) => vec![element],
                None => return Expression::Unknown,
            },
        };
        let name = self.name_of(name);
        self.each_value(&elements, &name, body, depth).unwrap_or(Expression::Unknown)
    }

    /// `map { … } list` of Perl.
    pub(super) fn mapped_by_perl(&mut self, node: Node<'a>, depth: usize) -> Expression {
        let parts = field(node, &["callback"]).zip(field(node, &["list"]));
        let Some((callback, list)) = parts else { return Expression::Unknown };
        let elements = self.flat(vec![list], depth);
        let body = match callback.kind() {
            "block" => match children(callback).as_slice() {
                [only] if only.kind() == "expression_statement" => children(*only).first().copied(),
                [only] => Some(*only),
                _ => None,
            },
            _ => Some(callback),
        };
        let is_map = self.bytes(node).starts_with(b"map");
        match body.filter(|_| is_map) {
            Some(body) => self.each_value(&elements, TOPIC, body, depth).unwrap_or(Expression::Unknown),
            None => Expression::Unknown,
        }
    }
}
