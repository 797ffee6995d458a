//! Calls: the function that is meant, its arguments, and the value of the few calls that make text of text.

use super::super::Call;
use super::super::binding::module;
use super::super::node::{Kind, children, field, kind};
use super::super::parse::Language;
use super::perl::globs;
use super::text::{braces, formatted, join, split};
use super::{Evaluator, Expression};
use crate::source::Span;
use crate::value::{Cause, Piece, Value};
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
    fn callee(&mut self, node: Node<'a>, depth: usize) -> Expression {
        if self.language == Language::Perl {
            return self.perl_callee(node, depth).unwrap_or(Expression::Unknown);
        }
        let method = field(node, &["method"]).or_else(|| {
            let has_object = field(node, &["object", "scope"]).is_some();
            field(node, &["name"]).filter(|_| has_object)
        });
        if let Some(method) = method {
            let name = self.name_of(method);
            return match field(node, &["receiver", "object", "scope"]) {
                Some(object) => self.evaluate(object, depth + 1).member(&name),
                None => self.bindings.get(&name),
            };
        }
        let function = field(node, &["function", "constructor", "name"]).or(children(node).first().copied());
        function.map_or(Expression::Unknown, |function| self.evaluate(function, depth + 1))
    }

    fn arguments(&mut self, node: Node<'a>, depth: usize) -> Arguments {
        let mut arguments = Arguments::default();
        if self.language == Language::Perl {
            for word in self.perl_arguments(node, depth) {
                match word {
                    Expression::Function => {}
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
                Kind::Function => {}
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
                    Expression::Function => {}
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
            _ => return None,
        };
        let arguments = self.arguments(node, depth);
        let first = arguments.words.first();
        let is_apart = receivers.is_empty() && matches!(first, Some(Expression::List(_)));
        let is_apart = is_apart || arguments.words.len() > 1;
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
                Expression::Flag(false) | Expression::Function => {}
                // `new Deno.Command("rm", { args: […] })`
                Expression::List(list) if matches!(key.as_str(), "args" | "cmd") => {
                    words.extend(list.into_iter().map(|word| Self::word(word, span)));
                }
                value => {
                    let mut option = Value::text(format!("--{key}="), span);
                    option.pieces.extend(Self::word(value, span).pieces);
                    options.push(option);
                }
            }
        }
        let call = Call { name: path, is_apart, options, mode, words, span };
        let is_open = self.language == Language::Perl && matches!(call.name.as_str(), "open" | "CORE::open");
        Some(if is_open { self.opened(call) } else { call })
    }

    /// The value that a call returns.
    pub(super) fn call_value(&mut self, node: Node<'a>, depth: usize) -> Expression {
        let span = Self::span(node);
        let Expression::Name { path, receivers } = self.callee(node, depth) else {
            return Expression::Unknown;
        };
        let words = self.arguments(node, depth).words;
        let text = |expression: Option<&Expression>| match expression {
            Some(Expression::Text(value)) => value.known_str().map(std::borrow::Cow::into_owned),
            _ => None,
        };
        let last = path.rsplit('.').next().unwrap_or_default();
        match (path.as_str(), last) {
            (_, "require" | "__import__" | "import_module" | "import") => {
                text(words.first()).map_or(Expression::Unknown, |name| Expression::name(&module(&name)))
            }
            ("getattr", _) => match (words.first().cloned(), text(words.get(1))) {
                (Some(object), Some(name)) => object.member(&name),
                _ => Expression::Unknown,
            },
            ("os.path.join" | "path.join" | "path.resolve" | "File.join", _) => {
                join(words, &Value::text("/", span), span)
            }
            (
                "str" | "String" | "shlex.quote" | "pipes.quote" | "escapeshellarg" | "Shellwords.escape",
                _,
            ) => words.into_iter().next().unwrap_or(Expression::Unknown),
            ("shlex.split" | "Shellwords.split" | "Shellwords.shellsplit", _) => match words.first() {
                Some(Expression::Text(value)) => split(value),
                _ => Expression::Unknown,
            },
            ("String.fromCharCode" | "String.fromCodePoint" | "chr" | "string.char", _) => {
                characters(&words, span)
            }
            ("sprintf" | "format" | "string.format" | "util.format", _) => match words.split_first() {
                Some((Expression::Text(format), values)) => {
                    let values = values.iter().cloned().map(|value| Self::word(value, span)).collect();
                    formatted(format, values, span)
                }
                _ => Expression::Unknown,
            },
            ("text.format", _) => {
                let values = words.into_iter().map(|value| Self::word(value, span)).collect();
                receivers.first().map_or(Expression::Unknown, |format| braces(format, values, span))
            }
            ("text.split", _) if words.is_empty() => receivers.first().map_or(Expression::Unknown, split),
            ("join", _) if self.language == Language::Perl => {
                let mut words = words.into_iter();
                match words.next() {
                    Some(Expression::Text(separator)) => join(words.collect(), &separator, span),
                    _ => Expression::Unknown,
                }
            }
            ("shift", _) if self.language == Language::Perl && words.is_empty() => self.shifted(),
            ("glob", _) => match words.first() {
                Some(Expression::Text(text)) => Expression::List(globs(text)),
                _ => Expression::Unknown,
            },
            ("text.join", _) => match (receivers.first(), words.into_iter().next()) {
                (Some(separator), Some(Expression::List(list))) => join(list, separator, span),
                _ => Expression::Unknown,
            },
            ("text.strip" | "text.trim" | "text.chomp" | "text.to_s" | "text.toString", _)
                if words.is_empty() =>
            {
                receivers.into_iter().next().map_or(Expression::Unknown, Expression::Text)
            }
            (
                "sys.stdin.read" | "STDIN.read" | "$stdin.read" | "stdin.read" | "gets" | "input" | "io.read"
                | "sys.stdin.readline",
                _,
            ) => {
                let read = self.surroundings.stdin.cloned();
                Expression::Text(read.unwrap_or_else(|| Value::unknown(Cause::Input, false, span)))
            }
            _ => {
                let mut made = receivers;
                made.extend(words.into_iter().map(|word| Self::word(word, span)));
                Expression::Name { path: format!("{path}()"), receivers: made }
            }
        }
    }
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

/// The text of character codes.
fn characters(codes: &[Expression], span: Span) -> Expression {
    let mut text = String::new();
    for code in codes {
        let Expression::Text(Value { pieces }) = code else { return Expression::Unknown };
        let [Piece::Text { bytes, .. }] = pieces.as_slice() else { return Expression::Unknown };
        let number = std::str::from_utf8(bytes).ok().and_then(|digits| match digits.strip_prefix("0x") {
            Some(digits) => u32::from_str_radix(digits, 16).ok(),
            None => digits.parse().ok(),
        });
        let Some(character) = number.and_then(char::from_u32) else { return Expression::Unknown };
        text.push(character);
    }
    Expression::Text(Value::text(text, span))
}
