//! Functions over the elements of lists that make one value of them, and text that is evaluated as an expression.

use super::super::binding::Bindings;
use super::super::function::{Functions, parameters};
use super::super::node::{Kind, children, field, kind};
use super::super::parse::{self, Language};
use super::{Evaluator, Expression, MAX_LIST, pure, regex};
use crate::value::Value;
use std::collections::HashMap;
use tree_sitter::Node;

/// Longest text that is evaluated inside another one.
const MAX_EVALUATED: usize = 8 * 1024;

impl<'a> Evaluator<'a> {
    /// `reduce` in its spellings, and text in which a function makes something of what a pattern finds; `None`: the
    /// call is neither, or its value is not known.
    pub(super) fn reduced(
        &mut self,
        node: Node<'a>,
        object: Option<&Expression>,
        name: &str,
        words: &[Expression],
        depth: usize,
    ) -> Option<Expression> {
        let last = name.rsplit('.').next().unwrap_or_default();
        match (last, object, words) {
            ("reduce" | "inject" | "reduceRight", Some(Expression::List(list)), rest) => {
                let block = field(node, &["block"]);
                let (function, start) = match (block, rest) {
                    (Some(block), rest) => (block, rest.first()),
                    (None, [Expression::Function(id), rest @ ..]) => {
                        (self.functions.nodes.get(id).copied()?, rest.first())
                    }
                    _ => return None,
                };
                let mut list = list.clone();
                if last == "reduceRight" {
                    list.reverse();
                }
                self.folded(list, start.cloned(), function, depth)
            }
            ("reduce", None, [Expression::Function(id), Expression::List(list), rest @ ..]) => {
                let function = self.functions.nodes.get(id).copied()?;
                self.folded(list.clone(), rest.first().cloned(), function, depth)
            }
            ("gsub" | "replace", Some(text), [pattern, Expression::Function(id)]) => {
                let pattern = match (self.language, pattern) {
                    // In Lua, only dots are the same.
                    (Language::Lua, pattern) => {
                        pure::text(pattern).filter(|pattern| pattern.bytes().all(|byte| byte == b'.'))?
                    }
                    (_, pattern) => regex::pattern_of(pattern, true)?,
                };
                let text = pure::text(text)?;
                let function = self.functions.nodes.get(id).copied()?;
                let span = Self::span(node);
                let mut made = Vec::new();
                for (is_found, part) in regex::parts(&pattern, &text)? {
                    let part = pure::made(part, span);
                    match is_found {
                        true => match self.each_element(&[part], function, depth)? {
                            Expression::List(values) => made.extend(values),
                            _ => return None,
                        },
                        false => made.push(part),
                    }
                }
                Some(super::text::join(made, &Value::default(), Self::span(node)))
            }
            _ => None,
        }
    }

    fn folded(
        &mut self,
        list: Vec<Expression>,
        start: Option<Expression>,
        function: Node<'a>,
        depth: usize,
    ) -> Option<Expression> {
        let names: Vec<String> = match parameters(function).as_slice() {
            [] => field(function, &["parameters"])
                .map(children)?
                .into_iter()
                .map(|name| self.name_of(name))
                .collect(),
            own => own
                .iter()
                .filter_map(|own| own.names.first().copied())
                .map(|name| self.name_of(name))
                .collect(),
        };
        let [first, second] = names.as_slice() else { return None };
        let body = self.only_value(function)?;
        if list.len() > MAX_LIST {
            return None;
        }
        let mut list = list.into_iter();
        let mut value = start.or_else(|| list.next())?;
        let before = self.bindings.take(first);
        for element in list {
            self.bindings.set(first, value, false);
            let made = self.each_value(&[element], second, body, depth);
            value = match made {
                Some(Expression::List(made)) => made.into_iter().next()?,
                _ => Expression::Unknown,
            };
        }
        self.bindings.restore(first, before);
        Some(value)
    }

    /// The expression that a function or a block returns, if it is nothing else.
    pub(super) fn only_value(&self, function: Node<'a>) -> Option<Node<'a>> {
        let body = field(function, &["body"])?;
        let last = match body.kind() {
            "statement_block" | "compound_statement" | "block" | "body_statement" | "block_body" => {
                match children(body).as_slice() {
                    [only] => *only,
                    _ => return None,
                }
            }
            _ => body,
        };
        if kind(last) != Kind::Return {
            return Some(last);
        }
        let value = children(last).first().copied()?;
        // `return x` of Lua has a list.
        Some(match children(value).as_slice() {
            [only] if value.kind() == "expression_list" => *only,
            _ => value,
        })
    }

    /// The value of an expression that is given as text, in which one variable may be known: `eval("'a' + 'b'")`,
    /// `load("return …")()`.
    pub(super) fn evaluated(&self, text: &str, variable: Option<(&str, Expression)>) -> Option<Expression> {
        if text.len() > MAX_EVALUATED || self.depth_of_text > 2 {
            return None;
        }
        let tree = parse::parse(self.language, text.as_bytes())?;
        let root = tree.root_node();
        let statements = children(root);
        let [statement] = statements.as_slice() else { return None };
        if root.has_error() {
            return None;
        }
        let mut inner = Evaluator {
            language: self.language,
            text: text.as_bytes(),
            bindings: Bindings::default(),
            surroundings: super::super::Surroundings::default(),
            environment: Vec::new(),
            looked_up: self.looked_up,
            applied: self.applied,
            is_cut: false,
            heredocs: HashMap::new(),
            functions: Functions::default(),
            changes_directory: self.changes_directory,
            depth_of_text: self.depth_of_text + 1,
        };
        if let Some((name, value)) = variable {
            inner.bindings.set(name, value, false);
        }
        let value = match children(*statement).as_slice() {
            [only] if matches!(statement.kind(), "expression_statement" | "return_statement") => *only,
            _ => *statement,
        };
        let value = match children(value).as_slice() {
            [only] if value.kind() == "expression_list" => *only,
            _ => value,
        };
        match inner.evaluate(value, 0) {
            text @ Expression::Text(_) if !inner.is_cut => Some(text),
            _ => None,
        }
    }
}
