//! Elements and parts of lists, objects and texts.

use super::super::node::{children, field};
use super::super::parse::Language;
use super::{Evaluator, Expression, cut, perl, pure};
use crate::source::Span;
use crate::value::Value;
use tree_sitter::Node;

impl<'a> Evaluator<'a> {
    /// `list[0]`, `sys.argv[1]`, `os.environ["HOME"]`, `object["field"]`.
    pub(super) fn index(&mut self, node: Node<'a>, depth: usize) -> Expression {
        let parts = children(node);
        let object = field(node, &["value", "object", "table"]).or(parts.first().copied());
        let index = field(node, &["subscript", "index", "field"]).or(parts.last().copied());
        let (Some(object), Some(index)) = (object, index) else { return Expression::Unknown };
        let span = Self::span(node);
        let object = self.evaluate(object, depth + 1);
        if index.kind() == "slice" {
            return self.slice(object, index, depth);
        }
        if let (Expression::Text(_), "range") = (&object, index.kind()) {
            return self.range(object, index, depth);
        }
        let index = self.evaluate(index, depth + 1);
        // `text[2, 5]` of Ruby: the place and the length.
        if let [_, from, _] = parts.as_slice()
            && self.language == Language::Ruby
        {
            let from = self.evaluate(*from, depth + 1);
            return pure::method(&object, "substr", &[from, index], span)
                .filter(|_| matches!(object, Expression::Text(_)))
                .unwrap_or(Expression::Unknown);
        }
        self.at(object, index, span)
    }

    /// An element.
    pub(super) fn at(&mut self, object: Expression, index: Expression, span: Span) -> Expression {
        let index = match index {
            Expression::Text(value) => value.known_str().map(std::borrow::Cow::into_owned),
            _ => None,
        };
        let number = index.as_deref().and_then(|index| index.parse::<usize>().ok());
        // Lua counts from one.
        let number = match self.language {
            Language::Lua => number.and_then(|number| number.checked_sub(1)),
            _ => number,
        };
        match (object, index) {
            (Expression::List(list), _) => {
                number.and_then(|at| list.into_iter().nth(at)).unwrap_or(Expression::Unknown)
            }
            // `os.__dict__["system"]`
            (Expression::Name { path, .. }, Some(index)) if path.ends_with(".__dict__") => {
                Expression::name(path.trim_end_matches(".__dict__")).member(&index)
            }
            (Expression::Name { path, receivers }, Some(index)) => {
                // PHP and Lua count the program.
                let before = usize::from(matches!(path.as_str(), "argv" | "arg"));
                if before > 0 {
                    let argument =
                        number.and_then(|at| self.surroundings.arguments.get(at.checked_sub(before)?));
                    return argument.map_or(Expression::Unknown, |value| Expression::Text(value.clone()));
                }
                if super::returned::is_environment(&path) {
                    return self.environment(&index, span);
                }
                // `Dir["*.c"]`
                if path == "Dir" {
                    return Expression::List(perl::globs(&Value::text(index, span)));
                }
                if matches!(path.as_str(), "globals()" | "locals()" | "globalThis" | "window" | "global") {
                    return self.bindings.get(&index);
                }
                // `object["method"]` is the method.
                Expression::Name { path, receivers }.member(&index)
            }
            // `client["app"][name]`: some member of what a call returned.
            (object @ Expression::Name { .. }, None) => object.element().unwrap_or(Expression::Unknown),
            (Expression::Fields(fields), Some(index)) => Expression::Fields(fields).member(&index),
            (text @ Expression::Text(_), Some(_)) => {
                let at = number.map(|at| pure::made(at.to_string(), span));
                at.and_then(|at| pure::method(&text, "charAt", &[at], span)).unwrap_or(Expression::Unknown)
            }
            _ => Expression::Unknown,
        }
    }

    /// `x[from:to:step]`
    fn slice(&mut self, object: Expression, slice: Node<'a>, depth: usize) -> Expression {
        let mut bounds = [None; 3];
        let mut at = 0;
        let mut cursor = slice.walk();
        for part in slice.children(&mut cursor).collect::<Vec<_>>() {
            if part.kind() == ":" {
                at += 1;
                continue;
            }
            let bound = match part.kind() {
                "unary_operator" => pure::number(&pure::made(self.bytes(part), Self::span(part))),
                _ => pure::number(&self.evaluate(part, depth + 1)),
            };
            match (bounds.get_mut(at), bound) {
                (Some(place), Some(bound)) => *place = Some(bound),
                _ => return Expression::Unknown,
            }
        }
        cut::slice(&object, bounds, Self::span(slice)).unwrap_or(Expression::Unknown)
    }

    /// `x[from..to]` of Ruby
    fn range(&mut self, object: Expression, range: Node<'a>, depth: usize) -> Expression {
        let mut bound = |name: &str| {
            let node = field(range, &[name]);
            node.map(|node| pure::number(&self.evaluate(node, depth + 1)))
        };
        let (from, to) = (bound("begin"), bound("end"));
        let is_open = self.bytes(range).windows(3).any(|part| part == b"...");
        let to = match to {
            None | Some(Some(-1)) if !is_open => None,
            None => None,
            Some(Some(to)) => Some(if is_open { to } else { to + 1 }),
            _ => return Expression::Unknown,
        };
        let from = match from {
            None => None,
            Some(Some(from)) => Some(from),
            Some(None) => return Expression::Unknown,
        };
        cut::slice(&object, [from, to, None], Self::span(range)).unwrap_or(Expression::Unknown)
    }
}
