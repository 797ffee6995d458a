//! Calls: the function that is meant, its arguments, and the value of the few calls that make text of text.

use super::super::Call;
use super::super::node::{Kind, children, field, kind};
use super::super::parse::Language;
use super::{Evaluator, Expression};
use crate::value::Value;
use tree_sitter::Node;

/// The arguments of a call.
#[derive(Default)]
struct Arguments {
    /// Those without a name.
    words: Vec<Expression>,
    /// Those with one, and the fields of objects.
    named: Vec<(String, Expression)>,
}

impl<'a> Evaluator<'a> {
    /// What a call does not say by its arguments alone: the function, with the object whose method it is.
    pub(super) fn callee(&mut self, node: Node<'a>, depth: usize) -> Expression {
        match self.target(node, depth) {
            Target::Member(object, name) => object.member(&name),
            Target::Value(function) => function,
        }
    }

    /// The object and the method, or the function.
    pub(super) fn target(&mut self, node: Node<'a>, depth: usize) -> Target {
        if self.language == Language::Perl {
            return Target::Value(self.perl_callee(node, depth).unwrap_or(Expression::Unknown));
        }
        let function = field(node, &["function", "constructor", "name"]);
        let member = function.filter(|function| kind(*function) == Kind::Member);
        let of = member.unwrap_or(node);
        let object = field(of, &["receiver", "object", "scope", "table"]);
        let method = field(of, &["method", "attribute", "property", "field", "name"]);
        match (object, method) {
            (Some(object), Some(method)) => {
                let name = self.name_of(method);
                Target::Member(self.evaluate(object, depth + 1), name)
            }
            // A command of Ruby.
            (None, Some(method)) if field(node, &["method"]).is_some() => {
                Target::Value(self.bindings.get(&self.name_of(method)))
            }
            _ => {
                let function = function.or(children(node).first().copied());
                Target::Value(
                    function.map_or(Expression::Unknown, |function| self.evaluate(function, depth + 1)),
                )
            }
        }
    }

    fn arguments(&mut self, node: Node<'a>, depth: usize) -> Arguments {
        let mut arguments = Arguments::default();
        if self.language == Language::Perl {
            for word in self.perl_arguments(node, depth) {
                match word {
                    Expression::Function(_) => {}
                    Expression::Fields(fields) => arguments.named.extend(fields),
                    word => arguments.words.push(word),
                }
            }
            return arguments;
        }
        let Some(list) = field(node, &["arguments"]) else { return arguments };
        // `` $`text` ``
        let nodes = if kind(list) == Kind::Text { vec![list] } else { children(list) };
        for argument in nodes {
            match kind(argument) {
                Kind::Pair => arguments.named.extend(self.pair(argument, depth)),
                Kind::Spread => match self.evaluate(argument, depth + 1) {
                    Expression::List(list) => arguments.words.extend(list),
                    other => arguments.words.push(other),
                },
                // PHP names arguments, too.
                Kind::Wrapper if field(argument, &["name"]).is_some() => {
                    let name = field(argument, &["name"]).map(|name| self.name_of(name)).unwrap_or_default();
                    let value = self.evaluate(argument, depth + 1);
                    arguments.named.push((name, value));
                }
                _ => match self.evaluate(argument, depth + 1) {
                    Expression::Function(_) => {}
                    Expression::Fields(fields) => arguments.named.extend(fields),
                    value => arguments.words.push(value),
                },
            }
        }
        arguments
    }

    /// A call as it is told to the outside; `None`: what is called is no function.
    pub(in crate::language) fn call(&mut self, node: Node<'a>, depth: usize) -> Option<Call> {
        let span = Self::span(node);
        let (path, receivers) = match self.callee(node, depth) {
            Expression::Name { path, receivers } => (path, receivers),
            Expression::Unknown => (String::new(), Vec::new()),
            // `$f = "system"` of PHP
            Expression::Text(name) if self.language == Language::Php => (name.display(), Vec::new()),
            _ => return None,
        };
        let arguments = self.arguments(node, depth);
        let first = arguments.words.first();
        let is_apart = receivers.is_empty() && matches!(first, Some(Expression::List(_)));
        let mut is_apart = is_apart || arguments.words.len() > 1;
        let mut words = receivers;
        let mode = mode(&arguments);
        let mut options: Vec<Value> = Vec::new();
        for word in arguments.words {
            match word {
                Expression::List(list) => words.extend(list.into_iter().map(|word| Self::word(word, span))),
                word => words.push(Self::word(word, span)),
            }
        }
        for (key, value) in arguments.named {
            match value {
                Expression::Flag(true) => options.push(Value::text(format!("--{key}"), span)),
                Expression::Flag(false) | Expression::Function(_) => {}
                // `new Deno.Command("rm", { args: […] })`
                Expression::List(list) if matches!(key.as_str(), "args" | "cmd") => {
                    is_apart |= words.is_empty();
                    words.extend(list.into_iter().map(|word| Self::word(word, span)));
                }
                value => {
                    let mut option = Value::text(format!("--{key}="), span);
                    option.pieces.extend(Self::word(value, span).pieces);
                    options.push(option);
                }
            }
        }
        let call = self.indirect(Call { name: path, is_apart, options, mode, words, span });
        let is_open = self.language == Language::Perl && matches!(call.name.as_str(), "open" | "CORE::open");
        Some(if is_open { self.opened(call) } else { call })
    }
}

/// What is called.
pub(super) enum Target {
    /// A method of an object.
    Member(Expression, String),
    /// A function.
    Value(Expression),
}

/// The option that stands for the mode in which a file is opened, as `fopen` of C and all that took it over have it.
fn mode(arguments: &Arguments) -> Option<&'static str> {
    let named = arguments.named.iter().find(|(name, _)| name == "mode").map(|(_, value)| value);
    let Expression::Text(value) = named.or(arguments.words.get(1))? else { return None };
    let mode = value.known()?;
    let is_mode = (1..=3).contains(&mode.len()) && mode.iter().all(|byte| b"rwaxcbt+".contains(byte));
    match mode.first() {
        _ if !is_mode => None,
        Some(b'a') => Some("--append"),
        Some(b'r') if !mode.contains(&b'+') => Some("--read"),
        _ => Some("--write"),
    }
}
