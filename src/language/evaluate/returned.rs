//! The value of calls that make text of text, or of which something else is known.

use super::super::binding::module;
use super::super::node::{children, field};
use super::super::parse::Language;
use super::call::Target;
use super::format::formatted;
use super::text::{join, split};
use super::{Evaluator, Expression, paths, pure};
use crate::source::Span;
use crate::value::{Cause, Value};
use tree_sitter::Node;

/// Functions of Perl that take `$_` where nothing else is given.
const OF_TOPIC: &[&str] = &["chr", "ord", "lc", "uc", "hex", "oct", "quotemeta", "glob"];

impl<'a> Evaluator<'a> {
    /// The value that a call returns.
    pub(super) fn call_value(&mut self, node: Node<'a>, depth: usize) -> Expression {
        if let Some(result) = self.functions.results.get(&node.id()) {
            return result.clone();
        }
        if let Some(block) = self.lambda_block(node) {
            return self.function(block);
        }
        let span = Self::span(node);
        let target = self.target(node, depth);
        let given = self.given(node, depth);
        let mut words = given.words;
        let function = match target {
            Target::Member(object, mut name) => {
                if name == "replace" && self.replaces_all(node) {
                    name = "replaceAll".to_owned();
                }
                match (&object, name.as_str(), self.language) {
                    (Expression::Text(format), "format", Language::Python) => {
                        return super::format::filled_by_name(format, &words, &given.named, span);
                    }
                    (Expression::Text(format), "format", Language::Lua) => {
                        return formatted(format, &words, Some(self.language), span);
                    }
                    (Expression::Text(bytes), "hex", Language::Python) if words.is_empty() => {
                        let digits = |bytes: &[u8]| -> String {
                            bytes.iter().map(|byte| format!("{byte:02x}")).collect()
                        };
                        return bytes
                            .known()
                            .map_or(Expression::Unknown, |known| pure::made(digits(&known), span));
                    }
                    _ => {}
                }
                if self.is_redefined(&name) && matches!(object, Expression::Text(_) | Expression::List(_)) {
                    return Expression::Unknown;
                }
                let own = self.own_method(&object, &name, &words, span);
                let value = own.or_else(|| self.mapped(node, Some(&object), &name, &words, depth));
                let value = value
                    .or_else(|| self.reduced(node, Some(&object), &name, &words, depth))
                    .or_else(|| match given.is_open || !given.named.is_empty() {
                        true => None,
                        false if self.language == Language::Lua => {
                            pure::method_of_lua(&name, &object, &words, span)
                        }
                        false => pure::method(&object, &name, &words, span),
                    });
                match value {
                    Some(value) => return value,
                    None => object.member(&name),
                }
            }
            // `$f = "system"` of PHP
            Target::Value(Expression::Text(name)) if self.language == Language::Php => {
                Expression::name(&name.display())
            }
            Target::Value(function) => function,
        };
        let Expression::Name { path, receivers } = function else { return Expression::Unknown };
        // `system(...)` of PHP is the function itself.
        if super::call::argument_list(node).is_some_and(|list| self.bytes(list) == b"(...)") {
            return Expression::name(&path);
        }
        if self.language == Language::Perl && words.is_empty() && OF_TOPIC.contains(&path.as_str()) {
            words.push(self.bindings.get(super::perl::TOPIC));
        }
        if self.language == Language::Perl && path == "scalar" {
            return self.scalar(node, words, span);
        }
        if let Some(value) = self.mapped(node, None, &path, &words, depth) {
            return value;
        }
        if let Some(value) = self.reduced(node, None, &path, &words, depth) {
            return value;
        }
        // `call_user_func("f", x)` of PHP
        if matches!(path.as_str(), "call_user_func" | "call_user_func_array")
            && let Some((Expression::Text(name), rest)) = words.split_first()
            && let Some(value) = pure::function(&name.display(), rest, span)
        {
            return value;
        }
        // Text that is an expression.
        let evaluates = match (path.as_str(), self.language) {
            ("eval", Language::Python | Language::JavaScript | Language::Ruby) => {
                words.first().and_then(pure::text)
            }
            ("load()" | "loadstring()", Language::Lua) => {
                receivers.first().and_then(Value::known_str).map(Into::into)
            }
            _ => None,
        };
        if let Some(value) = evaluates.and_then(|text: String| self.evaluated(&text, None)) {
            return value;
        }
        if matches!(path.as_str(), "Object.values" | "Object.keys" | "array_values" | "array_keys")
            && let Some(value) = pure::function(&path, &words, span)
        {
            return value;
        }
        let words: Vec<Expression> = words
            .into_iter()
            .filter(|word| !matches!(word, Expression::Fields(_) | Expression::Function(_)))
            .collect();
        if self.changes_directory && paths::needs_directory(&path, &receivers, &words) {
            return Expression::Unknown;
        }
        if let Some(value) = paths::call(&path, &receivers, &words, span) {
            return value;
        }
        if receivers.is_empty()
            && !given.is_open
            && given.named.is_empty()
            && let Some(value) = pure::function(&path, &words, span)
        {
            return value;
        }
        self.named_value(path, receivers, words, span)
    }

    /// A method that means something else in this language than in the others.
    fn own_method(
        &self,
        object: &Expression,
        name: &str,
        words: &[Expression],
        span: Span,
    ) -> Option<Expression> {
        match (self.language, object, name, words) {
            (Language::JavaScript, Expression::Text(_), "split", []) => {
                Some(Expression::List(vec![object.clone()]))
            }
            (Language::JavaScript, Expression::List(list), "join" | "toString", []) => {
                Some(join(list.clone(), &Value::text(",", span), span))
            }
            (Language::Python, Expression::Text(text), "hex", []) => {
                let digits = text.known()?.iter().map(|byte| format!("{byte:02x}")).collect::<String>();
                Some(pure::made(digits, span))
            }
            // The place and the length.
            (Language::Ruby, Expression::Text(_), "slice", words) => {
                let name = if words.len() == 1 { "at" } else { "substr" };
                Some(pure::method(object, name, words, span).unwrap_or(Expression::Unknown))
            }
            (Language::Ruby, Expression::List(_), "slice", _) => Some(Expression::Unknown),
            _ => None,
        }
    }

    /// Whether the text defines a method of that name, which texts and lists may have instead of their own.
    fn is_redefined(&self, name: &str) -> bool {
        let is_prototype = |class: &&str| self.bindings.known(&format!("{class}.prototype.{name}")).is_some();
        self.functions.methods.contains_key(name)
            || (self.language == Language::JavaScript
                && ["String", "Array", "Object", "Number"].iter().any(is_prototype))
    }

    /// Whether `x.replace(a, b)` replaces more than the first.
    fn replaces_all(&self, node: Node<'a>) -> bool {
        let first = field(node, &["arguments"]).and_then(|list| children(list).first().copied());
        let flags = first.and_then(|first| field(first, &["flags"])).map(|flags| self.bytes(flags));
        self.language == Language::Python || flags.is_some_and(|flags| flags.contains(&b'g'))
    }

    fn named_value(
        &mut self,
        path: String,
        receivers: Vec<Value>,
        words: Vec<Expression>,
        span: Span,
    ) -> Expression {
        if let Some(function) = self.named_function(&path, &receivers, &words, span) {
            return function;
        }
        let last = path.rsplit('.').next().unwrap_or_default();
        match (path.as_str(), last) {
            // An absolute part starts anew.
            ("os.path.join" | "path.resolve", _) => paths::joined(words, true, span),
            ("path.join" | "File.join" | "File::Spec.catfile" | "File::Spec.catdir", _) => {
                paths::joined(words, false, span)
            }
            (
                "str" | "String" | "shlex.quote" | "pipes.quote" | "escapeshellarg" | "Shellwords.escape",
                _,
            ) => words.into_iter().next().unwrap_or(Expression::Unknown),
            ("shlex.split" | "Shellwords.split" | "Shellwords.shellsplit", _) => match words.first() {
                Some(Expression::Text(value)) => split(value),
                _ => Expression::Unknown,
            },
            ("vsprintf", _) => match words.as_slice() {
                [Expression::Text(format), Expression::List(values)] => {
                    formatted(format, values, Some(self.language), span)
                }
                _ => Expression::Unknown,
            },
            ("sprintf" | "format" | "string.format" | "util.format", _) => match words.split_first() {
                Some((Expression::Text(format), values)) => {
                    formatted(format, values, Some(self.language), span)
                }
                _ => Expression::Unknown,
            },
            ("text.split", _) if words.is_empty() => receivers.first().map_or(Expression::Unknown, split),
            ("join", _) if self.language == Language::Perl => {
                let mut words = words.into_iter();
                match words.next() {
                    Some(Expression::Text(separator)) => join(words.collect(), &separator, span),
                    _ => Expression::Unknown,
                }
            }
            ("reverse", _) if self.language == Language::Perl => {
                Expression::List(words.into_iter().rev().collect())
            }
            ("text.join", _) => match (receivers.first(), words.into_iter().next()) {
                (Some(separator), Some(Expression::List(list))) => join(list, separator, span),
                _ => Expression::Unknown,
            },
            ("text.strip" | "text.trim" | "text.chomp" | "text.to_s" | "text.toString", _)
                if words.is_empty() =>
            {
                receivers.into_iter().next().map_or(Expression::Unknown, Expression::Text)
            }
            ("json.load", _) => {
                match (words.as_slice(), self.surroundings.stdin.and_then(Value::known_str)) {
                    ([Expression::Name { path, .. }], Some(text)) if path == "sys.stdin" => {
                        super::json::parse(&text, span).unwrap_or(Expression::Unknown)
                    }
                    _ => Expression::Unknown,
                }
            }
            ("fs.readFileSync" | "file_get_contents" | "fgets" | "stream_get_contents", _)
                if self.reads_input(&words) =>
            {
                let read = self.surroundings.stdin.cloned();
                Expression::Text(read.unwrap_or_else(|| Value::unknown(Cause::Input, false, span)))
            }
            (
                "sys.stdin.read" | "STDIN.read" | "$stdin.read" | "stdin.read" | "gets" | "input" | "io.read"
                | "sys.stdin.readline",
                _,
            ) => {
                // Ruby's `gets` reads the files among the arguments.
                let is_given = path == "gets";
                let read = if is_given { self.surroundings.input() } else { self.surroundings.stdin };
                let read = read.cloned();
                Expression::Text(read.unwrap_or_else(|| Value::unknown(Cause::Input, false, span)))
            }
            _ => {
                let mut made = receivers;
                for word in words {
                    match word {
                        Expression::List(list) => {
                            made.extend(list.into_iter().map(|word| Self::word(word, span)));
                        }
                        word => made.push(Self::word(word, span)),
                    }
                }
                Expression::Name { path: format!("{path}()"), receivers: made }
            }
        }
    }

    /// The module or the function that a call returns, or a variable of the environment.
    fn named_function(
        &mut self,
        path: &str,
        receivers: &[Value],
        words: &[Expression],
        span: Span,
    ) -> Option<Expression> {
        let text = |expression: Option<&Expression>| expression.and_then(pure::text);
        let last = path.rsplit('.').next().unwrap_or_default();
        Some(match (path, last) {
            (_, "require" | "__import__" | "import_module" | "import" | "_load") => {
                let name = text(words.first()).map(|name| module(&name));
                Expression::name(name.as_deref().unwrap_or(UNKNOWN_MODULE))
            }
            // `require` by another name.
            (name, _)
                if self.language == Language::JavaScript
                    && (!name.contains('.') || name.ends_with("createRequire()"))
                    && is_system_module(words) =>
            {
                text(words.first()).map_or(Expression::Unknown, |name| Expression::name(&module(&name)))
            }
            ("getattr", _) => match (words.first().cloned(), text(words.get(1))) {
                (Some(object), Some(name)) => object.member(&name),
                _ => Expression::Unknown,
            },
            // `FileUtils.method(:rm_rf)` of Ruby
            (_, "method") if self.language == Language::Ruby && path.contains('.') => {
                let object = path.trim_end_matches(".method");
                let name = text(words.first());
                name.map_or(Expression::Unknown, |name| {
                    Expression::name(object).member(name.trim_start_matches(':'))
                })
            }
            // `method(:system)` of Ruby
            ("method", _) => text(words.first())
                .map_or(Expression::Unknown, |name| Expression::name(name.trim_start_matches(':'))),
            ("os.getenv" | "os.environ.get" | "getenv" | "ENV.fetch" | "Deno.env.get", _) => {
                match text(words.first()) {
                    Some(name) => self.environment(&name, span),
                    None => Expression::Unknown,
                }
            }
            // `f.bind(this, x)`, `functools.partial(f, x)`
            (_, "bind") if self.language == Language::JavaScript => {
                let bound = path.strip_suffix(".bind").unwrap_or_default();
                let mut receivers = receivers.to_vec();
                receivers.extend(words.iter().skip(1).cloned().map(|word| Self::word(word, span)));
                Expression::Name { path: bound.to_owned(), receivers }
            }
            ("compile", _) if self.language == Language::Python => {
                words.first().cloned().unwrap_or(Expression::Unknown)
            }
            ("vars" | "util.promisify" | "promisify", _) => {
                words.first().cloned().unwrap_or(Expression::Unknown)
            }
            ("functools.partial" | "partial", _) => match words.split_first() {
                Some((Expression::Name { path, .. }, rest)) => {
                    let receivers = rest.iter().cloned().map(|word| Self::word(word, span)).collect();
                    Expression::Name { path: path.clone(), receivers }
                }
                _ => Expression::Unknown,
            },
            _ => return None,
        })
    }

    /// Whether the first word names standard input.
    fn reads_input(&self, words: &[Expression]) -> bool {
        match words.first() {
            Some(Expression::Text(path)) => {
                path.known().is_some_and(|path| matches!(&*path, b"0" | b"/dev/stdin" | b"php://stdin"))
            }
            Some(Expression::Name { path, .. }) => matches!(path.as_str(), "STDIN" | "process.stdin.fd"),
            _ => false,
        }
    }

    /// The lines of standard input, if an expression stands for it and it is known.
    pub(in crate::language) fn lines_of(&self, value: Expression) -> Expression {
        const INPUTS: &[&str] = &[
            "sys.stdin",
            "sys.stdin.readlines()",
            "fileinput.input()",
            "$stdin",
            "STDIN",
            "stdin",
            "ARGF",
            "io.lines()",
            "io.stdin.lines()",
            "STDIN.each_line()",
            "STDIN.readlines()",
            "stdin.readlines()",
        ];
        let is_input = matches!(&value, Expression::Name { path, .. } if INPUTS.contains(&path.as_str()));
        let Some(text) = self.surroundings.stdin.and_then(Value::known).filter(|_| is_input) else {
            return value;
        };
        // Lines of Lua have no ends.
        let chomps = self.language == Language::Lua;
        let line = |line: &[u8]| {
            let line = line.strip_suffix(b"\n").filter(|_| chomps).unwrap_or(line);
            pure::made(line, Span::default())
        };
        Expression::List(text.split_inclusive(|byte| *byte == b'\n').map(line).collect())
    }

    /// A variable of the environment.
    pub(super) fn environment(&self, name: &str, span: Span) -> Expression {
        if let Some(value) = self.bindings.known(&environment_name(name)) {
            return value;
        }
        let given = self.surroundings.environment.iter().find(|(given, _)| given == name.as_bytes());
        Expression::Text(match given {
            Some((_, value)) => value.clone(),
            None => Value::unknown(Cause::Variable(name.as_bytes().to_vec()), false, span),
        })
    }

    /// `scalar reverse $x` of Perl turns the characters around; of other lists it is a number.
    fn scalar(&self, node: Node<'a>, words: Vec<Expression>, span: Span) -> Expression {
        let inner = children(node).first().copied();
        let is_reverse = inner.is_some_and(|inner| self.bytes(inner).starts_with(b"reverse"));
        match is_reverse {
            true => turned_around(words, span),
            false => match words.as_slice() {
                [only @ Expression::Text(_)] => only.clone(),
                _ => Expression::Unknown,
            },
        }
    }
}

/// A module of which nobody knows which it is.
pub(in crate::language) const UNKNOWN_MODULE: &str = "require()";

/// Whether the only word is the name of a module that starts programs or changes files.
fn is_system_module(words: &[Expression]) -> bool {
    let name = match words {
        [only] => pure::text(only),
        _ => None,
    };
    let name = name.as_deref().map(|name| name.strip_prefix("node:").unwrap_or(name).to_owned());
    matches!(name.as_deref(), Some("child_process" | "fs" | "fs/promises" | "vm"))
}

/// The name under which a variable of the environment is bound.
pub(in crate::language) fn environment_name(name: &str) -> String {
    format!("environment {name}")
}

/// Whether a name is that of the environment.
pub(in crate::language) fn is_environment(name: &str) -> bool {
    matches!(name, "os.environ" | "process.env" | "ENV" | "%ENV" | "_ENV" | "_SERVER" | "Deno.env")
}

/// What `reverse` makes of these words, already in reverse, where a text is wanted.
pub(in crate::language) fn turned_around(words: Vec<Expression>, span: Span) -> Expression {
    let whole = join(words.into_iter().rev().collect(), &Value::default(), span);
    pure::method(&whole, "reverse", &[], span).unwrap_or(Expression::Unknown)
}
