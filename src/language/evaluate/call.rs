//! Calls: the function that is meant, its arguments, and the value of the few calls that make text of text.

use super::super::Call;
use super::super::node::{Kind, children, field, kind};
use super::super::parse::Language;
use super::{Evaluator, Expression, SPREAD};
use crate::language::{ANY_OPTION, NO_FIELDS};
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
    /// Whether one of them is an object without fields.
    is_empty: bool,
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
                // Functions of PHP have names in any case.
                if self.language == Language::Php
                    && let Some(name) = function.filter(|function| function.kind() == "name")
                    && let Some(known) = self.bindings.known(&self.function_name(&self.name_of(name)))
                {
                    return Target::Value(known);
                }
                Target::Value(
                    function.map_or(Expression::Unknown, |function| self.evaluate(function, depth + 1)),
                )
            }
        }
    }

    /// The arguments as they are told to the outside: fields of objects are options, functions are followed elsewhere.
    fn arguments(&mut self, node: Node<'a>, depth: usize) -> Arguments {
        let given = self.given(node, depth);
        let mut arguments = Arguments { named: given.named, ..Arguments::default() };
        let may_be_options = self.language == Language::JavaScript && given.words.len() > 1;
        let last = given.words.last().filter(|_| may_be_options);
        let is_open = matches!(last, Some(Expression::Unknown | Expression::Name { .. }));
        for word in given.words {
            match word {
                Expression::Function(_) => {}
                Expression::Fields(fields) if fields.is_empty() => arguments.is_empty = true,
                Expression::Fields(fields) => arguments.named.extend(fields),
                word => arguments.words.push(word),
            }
        }
        if given.is_open {
            arguments.words.push(Expression::Unknown);
        }
        if is_open {
            arguments.named.push((SPREAD.to_owned(), Expression::Unknown));
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
        // `proc_open("command", [descriptors], $pipes)` of PHP
        if self.language == Language::Php && path.eq_ignore_ascii_case("proc_open") {
            is_apart = matches!(first, Some(Expression::List(_)));
            let is_piped = !matches!(arguments.words.get(1), Some(Expression::List(list)) if list.is_empty());
            if is_piped {
                arguments.named.push(("stdin".to_owned(), Expression::Unknown));
            }
            arguments.words.truncate(1);
        }
        let is_method = !receivers.is_empty();
        let mut words = receivers;
        let mode = mode(&arguments, is_method).map(|mode| match mode {
            Mode::Known(mode) => mode,
            // What cannot be understood may write.
            Mode::Flags => self.mode_of_flags(node).unwrap_or("--write"),
        });
        let mut options: Vec<Value> = Vec::new();
        // `f.apply(this, ["x", { recursive: true }])`
        let is_applied = self.language == Language::JavaScript && path.ends_with(".apply");
        for word in std::mem::take(&mut arguments.words) {
            match word {
                Expression::List(list) if is_applied => {
                    for word in list {
                        match word {
                            Expression::Fields(fields) => arguments.named.extend(fields),
                            word => words.push(Self::word(word, span)),
                        }
                    }
                }
                Expression::List(list) => words.extend(list.into_iter().map(|word| Self::word(word, span))),
                word => words.push(Self::word(word, span)),
            }
        }
        if self.language == Language::Python {
            named_words(&mut arguments, &mut words, &mut is_apart, span);
        }
        if arguments.is_empty {
            options.push(Value::text(NO_FIELDS, span));
        }
        for (key, value) in arguments.named {
            match value {
                // `run(…, env={"X": "y"})`
                Expression::Fields(fields) if key == "env" => {
                    let given =
                        fields.into_iter().map(|(name, value)| (name.into_bytes(), Self::word(value, span)));
                    self.environment.extend(given);
                }
                // There may be any.
                _ if key == SPREAD => options.push(Value::text(ANY_OPTION, span)),
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
        let call = self.indirect(Call { is_apart, options, mode, ..Call::new(&path, words, span) });
        let is_open = self.language == Language::Perl && matches!(call.name.as_str(), "open" | "CORE::open");
        Some(if is_open { self.opened(call) } else { call })
    }

    /// The mode that flags stand for: `os.open(path, os.O_WRONLY | os.O_TRUNC)`.
    fn mode_of_flags(&self, node: Node<'_>) -> Option<&'static str> {
        let written = argument_list(node).map(|list| self.bytes(list))?;
        let has = |flag: &[u8]| written.windows(flag.len()).any(|part| part == flag);
        match () {
            () if has(b"APPEND") => Some("--append"),
            () if has(b"WRONLY") || has(b"RDWR") || has(b"TRUNC") || has(b"CREAT") => Some("--write"),
            () if has(b"RDONLY") => Some("--read"),
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

/// What a call says of the mode in which a file is opened.
enum Mode {
    /// The option that stands for it.
    Known(&'static str),
    /// Flags, or what is not known.
    Flags,
}

/// The mode in which a file is opened, as `fopen` of C and all that took it over have it. `None`: none is given.
fn mode(arguments: &Arguments, is_method: bool) -> Option<Mode> {
    /// The bits for writing and for making a file empty, of `O_WRONLY`, `O_RDWR` and `O_TRUNC`.
    const WRITING: u32 = 0o1003;
    let named = arguments.named.iter().find(|(name, _)| name == "mode").map(|(_, value)| value);
    // `path.open("w")`
    let at = if is_method { 0 } else { 1 };
    let Expression::Text(value) = named.or(arguments.words.get(at))? else { return Some(Mode::Flags) };
    let Some(mode) = value.known_str() else { return Some(Mode::Flags) };
    if let Ok(flags) = mode.parse::<u32>() {
        return Some(Mode::Known(if flags & WRITING == 0 { "--read" } else { "--write" }));
    }
    // `"w:utf-8"` of Ruby
    let letters = mode.split(':').next().unwrap_or_default().as_bytes();
    let is_mode =
        (1..=4).contains(&letters.len()) && letters.iter().all(|byte| b"rwaxcbtseU+".contains(byte));
    Some(match letters.first() {
        _ if !is_mode => Mode::Flags,
        Some(b'a') => Mode::Known("--append"),
        Some(b'r') if !letters.contains(&b'+') => Mode::Known("--read"),
        _ => Mode::Known("--write"),
    })
}
