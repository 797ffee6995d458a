//! Calls: the function that is meant, its arguments, and the value of the few calls that make text of text.

use super::super::Call;
use super::super::node::{Kind, children, field, kind};
use super::super::parse::Language;
use super::{Evaluator, Expression};
use crate::source::Span;
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
    pub(in crate::language) fn callee(&mut self, node: Node<'a>, depth: usize) -> Expression {
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
        let Some(list) = argument_list(node) else { return arguments };
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
        let mut arguments = self.arguments(node, depth);
        let first = arguments.words.first();
        let is_apart = receivers.is_empty() && matches!(first, Some(Expression::List(_)));
        let mut is_apart = is_apart || arguments.words.len() > 1;
        let is_method = !receivers.is_empty();
        let mut words = receivers;
        let mode = mode(&arguments, is_method).or_else(|| self.mode_of_flags(node));
        let mut options: Vec<Value> = Vec::new();
        for word in std::mem::take(&mut arguments.words) {
            match word {
                Expression::List(list) => words.extend(list.into_iter().map(|word| Self::word(word, span))),
                word => words.push(Self::word(word, span)),
            }
        }
        if self.language == Language::Python {
            named_words(&mut arguments, &mut words, &mut is_apart, span);
        }
        for (key, value) in arguments.named {
            match value {
                // `run(…, env={"X": "y"})`
                Expression::Fields(fields) if key == "env" => {
                    let given =
                        fields.into_iter().map(|(name, value)| (name.into_bytes(), Self::word(value, span)));
                    self.environment.extend(given);
                }
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
        // Functions of PHP have names in any case.
        let path = match (self.language, path.contains(['.', ':'])) {
            (Language::Php, false) if node.kind() != "object_creation_expression" => path.to_lowercase(),
            _ => path,
        };
        let call = self.indirect(Call { name: path, is_apart, options, mode, words, span });
        let is_open = self.language == Language::Perl && matches!(call.name.as_str(), "open" | "CORE::open");
        Some(if is_open { self.opened(call) } else { call })
    }

    /// The mode that flags stand for: `os.open(path, os.O_WRONLY | os.O_TRUNC)`.
    fn mode_of_flags(&self, node: Node<'_>) -> Option<&'static str> {
        let written = argument_list(node).map(|list| self.bytes(list))?;
        let has = |flag: &[u8]| written.windows(flag.len()).any(|part| part == flag);
        match () {
            () if has(b"O_APPEND") => Some("--append"),
            () if has(b"O_WRONLY") || has(b"O_RDWR") || has(b"O_TRUNC") => Some("--write"),
            () => None,
        }
    }
}

/// Arguments of Python that stand for words where they are named: `rmtree(path="x")`.
fn named_words(arguments: &mut Arguments, words: &mut Vec<Value>, is_apart: &mut bool, span: Span) {
    const WORDS: &[&str] =
        &["args", "command", "cmd", "path", "file", "filename", "name", "source", "src", "stmt"];
    let mut take = |names: &[&str]| {
        let at = arguments.named.iter().position(|(name, _)| names.contains(&name.as_str()))?;
        Some(arguments.named.remove(at).1)
    };
    if words.is_empty() {
        match take(WORDS) {
            Some(Expression::List(list)) => {
                words.extend(list.into_iter().map(|word| Evaluator::word(word, span)));
                *is_apart = true;
            }
            Some(word) => words.push(Evaluator::word(word, span)),
            None => {}
        }
    }
    // `run(["x", …], executable="/bin/rm")`
    if *is_apart
        && let Some(program) = take(&["executable"])
        && let Some(first) = words.first_mut()
    {
        *first = Evaluator::word(program, span);
    }
}

/// The list of the arguments of a call.
pub(super) fn argument_list(node: Node<'_>) -> Option<Node<'_>> {
    let unnamed = || children(node).into_iter().find(|child| child.kind() == "arguments");
    field(node, &["arguments"]).or_else(unnamed)
}

/// What is called.
pub(super) enum Target {
    /// A method of an object.
    Member(Expression, String),
    /// A function.
    Value(Expression),
}

/// The option that stands for the mode in which a file is opened, as `fopen` of C and all that took it over have it.
fn mode(arguments: &Arguments, is_method: bool) -> Option<&'static str> {
    let named = arguments.named.iter().find(|(name, _)| name == "mode").map(|(_, value)| value);
    // `path.open("w")`
    let at = if is_method && arguments.words.len() == 1 { 0 } else { 1 };
    let Expression::Text(value) = named.or(arguments.words.get(at))? else { return None };
    let mode = value.known()?;
    let is_mode = (1..=3).contains(&mode.len()) && mode.iter().all(|byte| b"rwaxcbt+".contains(byte));
    match mode.first() {
        _ if !is_mode => None,
        Some(b'a') => Some("--append"),
        Some(b'r') if !mode.contains(&b'+') => Some("--read"),
        _ => Some("--write"),
    }
}
