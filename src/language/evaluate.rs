//! The value of an expression, as far as constants go.

mod apply;
mod arithmetic;
mod call;
mod change;
mod choice;
mod cut;
pub(super) mod decode;
mod element;
pub(super) mod format;
mod json;
mod library;
pub(super) mod local;
pub(super) mod paths;
pub(super) mod perl;
mod perl_call;
pub(super) mod pure;
mod reduce;
pub(super) mod regex;
pub(super) mod returned;
pub(super) mod text;

use super::Surroundings;
use super::binding::Bindings;
use super::function::{Functions, is_function};
use super::node::{Kind, children, field, kind};
use super::parse::Language;
use super::string::number;
use crate::language::ANY_MEMBER;
use crate::source::Span;
use crate::value::{Cause, Value};
use std::collections::HashMap;
use tree_sitter::Node;

/// Deepest nesting of expressions and statements that is followed.
pub(super) const MAX_DEPTH: usize = 120;

/// Longest list that is made, and most pieces of a text: what is doubled in a loop must not grow without end.
const MAX_LIST: usize = 4096;

/// Most bytes and elements of values that names are looked up for: what is doubled again and again must not grow without
/// end.
const MAX_LOOKED_UP: usize = 32 << 20;

/// Most elements that functions are applied to in one text.
const MAX_APPLIED: usize = 50_000;

/// The name of fields that are spread into an object and not known.
pub(super) const SPREAD: &str = "...";

/// Longest text that concatenation may make: what repeats itself in a loop must not grow without end.
const MAX_TEXT: usize = 64 * 1024;

/// What an expression is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Expression {
    /// Text, or a number.
    Text(Value),
    /// A list.
    List(Vec<Expression>),
    /// An object or a dictionary.
    Fields(Vec<(String, Expression)>),
    /// A module, a function, an object that a call made, or a variable of which nothing is known.
    Name {
        /// The full name: `subprocess.run`; `pathlib.Path()` for what a call made.
        path: String,
        /// The arguments of the calls in it.
        receivers: Vec<Value>,
    },
    /// Yes or no.
    Flag(bool),
    /// A function that the text defines, by the number of its node.
    Function(usize),
    /// It cannot be known.
    Unknown,
}

impl Expression {
    /// A name that stands for itself.
    pub(super) fn name(path: &str) -> Expression {
        Expression::Name { path: path.to_owned(), receivers: Vec::new() }
    }

    /// Whether it is what a call returned, or a part of that.
    fn is_made(&self) -> bool {
        matches!(self, Expression::Name { path, .. } if path.contains("()"))
    }

    /// Some element of what a call returned, if it is that.
    pub(super) fn element(self) -> Option<Expression> {
        self.is_made().then(|| self.member(ANY_MEMBER))
    }

    /// How much it holds, about.
    fn weight(&self) -> usize {
        let of_text = |value: &Value| value.known_length() + value.pieces.len();
        match self {
            Expression::Text(value) => of_text(value),
            Expression::List(list) => list.iter().map(|part| part.weight() + 1).sum(),
            Expression::Fields(fields) => fields.iter().map(|(_, part)| part.weight() + 1).sum(),
            Expression::Name { receivers, .. } => receivers.iter().map(of_text).sum(),
            Expression::Flag(_) | Expression::Function(_) | Expression::Unknown => 0,
        }
    }

    /// A member of it.
    pub(super) fn member(self, name: &str) -> Expression {
        match self {
            function @ Expression::Name { .. } if name == "__call__" => function,
            // The interpreter itself.
            Expression::Name { path, .. } if path == "sys" && name == "executable" => {
                pure::made("python3", Span::default())
            }
            Expression::Name { path, .. } if path == "process" && name == "execPath" => {
                pure::made("node", Span::default())
            }
            // What the languages call the place of all names.
            Expression::Name { path, .. }
                if matches!(
                    path.as_str(),
                    "_G" | "globalThis"
                        | "global"
                        | "window"
                        | "Kernel"
                        | "sys.modules"
                        | "__builtins__"
                        | "builtins"
                ) =>
            {
                Expression::name(name)
            }
            Expression::Name { path, receivers } => {
                Expression::Name { path: format!("{path}.{name}"), receivers }
            }
            Expression::Text(value) => {
                Expression::Name { path: format!("text.{name}"), receivers: vec![value] }
            }
            // The last one holds, and what is spread behind it may be another.
            Expression::Fields(fields) => {
                let found = fields.into_iter().rev().find(|(key, _)| key == name || key == SPREAD);
                found.map_or(Expression::Unknown, |(_, value)| value)
            }
            Expression::List(_) => Expression::name(&format!("list.{name}")),
            _ => Expression::Unknown,
        }
    }
}

/// Whether the value is a number.
pub(super) fn is_number(value: &Expression) -> bool {
    pure::number(value).is_some()
}

/// Evaluates the expressions of one text.
pub(super) struct Evaluator<'a> {
    pub(super) language: Language,
    pub(super) text: &'a [u8],
    pub(super) bindings: Bindings,
    pub(super) surroundings: Surroundings<'a>,
    /// What the text sets in the environment.
    pub(super) environment: Vec<(Vec<u8>, Value)>,
    /// How much was looked up.
    pub(super) looked_up: usize,
    /// To how many elements functions were applied.
    pub(super) applied: usize,
    /// In how many texts that are evaluated this one is.
    pub(super) depth_of_text: usize,
    /// Whether something was nested too deeply to be followed, or a budget is used up.
    pub(super) is_cut: bool,
    /// The texts of here-documents, by the words that announce them.
    pub(super) heredocs: HashMap<usize, Node<'a>>,
    /// The functions that the text defines.
    pub(super) functions: Functions<'a>,
    /// Whether the text may change the working directory: where it is at a call is not known then.
    pub(super) changes_directory: bool,
}

impl<'a> Evaluator<'a> {
    /// The bytes of a node.
    pub(super) fn bytes(&self, node: Node<'_>) -> &'a [u8] {
        self.text.get(node.byte_range()).unwrap_or_default()
    }

    /// The bytes of a name, without the sigil of PHP; `$` alone is a name, too.
    pub(super) fn name_of(&self, node: Node<'_>) -> String {
        let name = String::from_utf8_lossy(self.bytes(node));
        let bare = name.trim_start_matches(['$', '\\']);
        if bare.is_empty() { name.into_owned() } else { bare.to_owned() }
    }

    /// What a name stands for.
    pub(super) fn look_up(&mut self, name: &str) -> Expression {
        let value = self.bindings.get(name);
        self.looked_up = self.looked_up.saturating_add(value.weight());
        if self.looked_up > MAX_LOOKED_UP {
            self.is_cut = true;
            return Expression::Unknown;
        }
        value
    }

    /// Where a node stands in the text.
    pub(super) fn span(node: Node<'_>) -> Span {
        Span::new(node.start_byte(), node.end_byte())
    }

    /// The value of an expression.
    pub(super) fn evaluate(&mut self, node: Node<'a>, depth: usize) -> Expression {
        if depth > MAX_DEPTH {
            self.is_cut = true;
            return Expression::Unknown;
        }
        if self.language == Language::Perl
            && let Some(value) = self.perl(node, depth)
        {
            return value;
        }
        if is_function(node) {
            return self.function(node);
        }
        if self.language == Language::Ruby
            && let Some(value) = self.ruby(node)
        {
            return value;
        }
        // `:name` of Ruby
        if matches!(node.kind(), "simple_symbol" | "bare_symbol") {
            let name = String::from_utf8_lossy(self.bytes(node));
            return pure::made(name.trim_start_matches(':').as_bytes(), Self::span(node));
        }
        // A regular expression that is nothing but its characters is as good as they are.
        if node.kind() == "regex" {
            let pattern = field(node, &["pattern"]).or(children(node).first().copied());
            let pattern = pattern.map(|pattern| String::from_utf8_lossy(self.bytes(pattern)));
            // `/x/i` fits more.
            let is_exact = self.bytes(node).ends_with(b"/") || self.bytes(node).ends_with(b"/g");
            let pattern = pattern.filter(|_| is_exact);
            return match pattern.filter(|pattern| change::is_plain(pattern)) {
                Some(pattern) => pure::made(pattern.into_owned(), Self::span(node)),
                None => self.regex(node),
            };
        }
        if let Some(value) = self.negative(node, depth) {
            return value;
        }
        if let Some(value) = self.chosen(node, depth) {
            return value;
        }
        match kind(node) {
            Kind::Text => Expression::Text(self.string(node, depth)),
            Kind::Number => match number(self.bytes(node), Some(self.language)) {
                Some(number) => pure::made(number, Self::span(node)),
                None => Expression::Unknown,
            },
            Kind::True => Expression::Flag(!self.bytes(node).eq_ignore_ascii_case(b"false")),
            Kind::False => Expression::Flag(false),
            Kind::Name if self.language == Language::Php && self.bytes(node) == b"PHP_EOL" => {
                pure::made("\n", Self::span(node))
            }
            Kind::Name => self.look_up(&self.name_of(node)),
            Kind::Member => self.member(node, depth),
            Kind::Index => self.index(node, depth),
            Kind::Binary => self.binary(node, depth),
            Kind::Adjacent => self.adjacent(node, depth),
            Kind::Wrapper => match children(node).last() {
                Some(inner) => self.evaluate(*inner, depth + 1),
                None => Expression::Unknown,
            },
            Kind::List => self.list(node, depth),
            Kind::Fields => self.fields(node, depth),
            Kind::Spread => match children(node).first() {
                Some(inner) => self.evaluate(*inner, depth + 1),
                None => Expression::Unknown,
            },
            Kind::Call => self.call_value(node, depth),
            // `(x = y)`
            Kind::Assignment => field(node, &["right", "value"])
                .map_or(Expression::Unknown, |value| self.evaluate(value, depth + 1)),
            Kind::Comprehension => self.comprehension(node, depth),
            Kind::Pair
            | Kind::Shell
            | Kind::Augmented
            | Kind::For
            | Kind::Import
            | Kind::Block
            | Kind::Return
            | Kind::Global
            | Kind::Other => Expression::Unknown,
        }
    }

    /// The value of an expression that only Ruby has; `None`: it is as in other languages.
    fn ruby(&self, node: Node<'a>) -> Option<Expression> {
        match node.kind() {
            // `<<~END`, whose text stands behind the line.
            "heredoc_beginning" => {
                let body = self.heredocs.get(&node.id()).copied()?;
                let is_plain = children(body)
                    .iter()
                    .all(|child| matches!(child.kind(), "heredoc_content" | "heredoc_end"));
                let written = std::str::from_utf8(self.bytes(body))
                    .ok()
                    .filter(|text| is_plain && !text.contains('\\'))?;
                let written = written.strip_prefix('\n').unwrap_or(written).trim_end();
                // The last line is the end.
                let mut lines: Vec<&str> = written.split('\n').collect();
                lines.pop();
                let is_indented = self.bytes(node).starts_with(b"<<~");
                let blanks = |line: &&str| line.len() - line.trim_start_matches(' ').len();
                let known = lines.iter().filter(|line| !line.trim().is_empty());
                let indent = known.map(blanks).min().filter(|_| is_indented).unwrap_or(0);
                if lines.iter().any(|line| line.starts_with('\t')) {
                    return None;
                }
                let lines =
                    lines.into_iter().map(|line| format!("{}\n", line.get(indent..).unwrap_or_default()));
                Some(pure::made(lines.collect::<String>(), Self::span(node)))
            }
            // `?r`
            "character" => match self.bytes(node) {
                [b'?', character] => Some(pure::made([*character], Self::span(node))),
                _ => None,
            },
            // `gets` without parentheses looks like a name.
            "identifier" if self.bytes(node) == b"gets" && self.bindings.known("gets").is_none() => {
                let read = self.surroundings.input().cloned();
                let unknown = || Value::unknown(Cause::Input, false, Self::span(node));
                Some(Expression::Text(read.unwrap_or_else(unknown)))
            }
            _ => None,
        }
    }

    /// A regular expression that is more than its characters.
    fn regex(&self, node: Node<'a>) -> Expression {
        let pattern = field(node, &["pattern"]).or(children(node).first().copied());
        let (Some(pattern), Some(behind)) =
            (pattern, pattern.and_then(|pattern| self.text.get(pattern.end_byte()..node.end_byte())))
        else {
            return Expression::name(regex::REGEX);
        };
        let flags = behind.get(1..).unwrap_or_default();
        let receivers = [self.bytes(pattern), flags].map(|part| Value::text(part, Self::span(node))).to_vec();
        Expression::Name { path: regex::REGEX.to_owned(), receivers }
    }

    /// `-3`
    fn negative(&mut self, node: Node<'a>, depth: usize) -> Option<Expression> {
        let is_unary =
            matches!(node.kind(), "unary_expression" | "unary_operator" | "unary" | "unary_op_expression");
        let inner = children(node);
        let [inner] = inner.as_slice() else { return None };
        if !is_unary || !self.bytes(node).starts_with(b"-") {
            return None;
        }
        let value = self.evaluate(*inner, depth + 1);
        Some(pure::number(&value).map_or(Expression::Unknown, |number| {
            pure::made(number.wrapping_neg().to_string(), Self::span(node))
        }))
    }

    /// The value as a word of an argv.
    pub(super) fn word(expression: Expression, span: Span) -> Value {
        match expression {
            Expression::Text(value) => value,
            Expression::Name { path, receivers } if paths::is_path(&path) && !receivers.is_empty() => {
                paths::of_object(receivers, span)
            }
            Expression::Name { path, .. } => Value::unknown(Cause::Variable(path.into_bytes()), false, span),
            Expression::Flag(flag) => Value::text(if flag { "true" } else { "false" }, span),
            _ => Value::unknown(Cause::Unmodelled, false, span),
        }
    }

    fn member(&mut self, node: Node<'a>, depth: usize) -> Expression {
        let object = field(node, &["object", "table", "scope"]);
        let name = field(node, &["attribute", "property", "field", "method", "name"]);
        let (Some(object), Some(name)) = (object, name) else { return Expression::Unknown };
        let (name, span) = (self.name_of(name), Self::span(node));
        // What has been assigned to a field of the object.
        let written = String::from_utf8_lossy(self.bytes(node));
        if self.bindings.known(&written).is_some() {
            return self.look_up(&written);
        }
        let object = self.evaluate(object, depth + 1);
        if let Expression::Name { path, receivers } = &object {
            if matches!((path.as_str(), name.as_str()), ("sys" | "process", "argv")) {
                let program = Value::unknown(Cause::Unmodelled, false, span);
                let words = std::iter::once(program).chain(self.surroundings.arguments.iter().cloned());
                return Expression::List(words.map(Expression::Text).collect());
            }
            if path == "process.env" {
                return self.environment(&name, span);
            }
            if paths::is_path(path)
                && let Some(value) = paths::member(path, receivers, &name, span)
            {
                return value;
            }
        }
        object.member(&name)
    }

    fn list(&mut self, node: Node<'a>, depth: usize) -> Expression {
        let mut list = Vec::new();
        let mut fields = Vec::new();
        for child in children(node) {
            let pair = field(child, &["name", "key"]).zip(field(child, &["value"]));
            match pair {
                // A table of Lua holds both.
                Some((key, value)) => fields.push((self.key(key, depth), self.evaluate(value, depth + 1))),
                None => {
                    let value = field(child, &["value"]).filter(|_| child.kind() == "field").unwrap_or(child);
                    // `["key" => value]` of PHP
                    if child.kind() == "array_element_initializer"
                        && let [key, value] = children(child).as_slice()
                    {
                        fields.push((self.key(*key, depth), self.evaluate(*value, depth + 1)));
                        continue;
                    }
                    match self.evaluate(value, depth + 1) {
                        Expression::List(inner) if kind(child) == Kind::Spread => list.extend(inner),
                        // `[..."text"]`, `(*"text",)`
                        text @ Expression::Text(_)
                            if kind(child) == Kind::Spread && self.language != Language::Ruby =>
                        {
                            match pure::function("list", &[text], Self::span(child)) {
                                Some(Expression::List(inner)) => list.extend(inner),
                                _ => return Expression::Unknown,
                            }
                        }
                        value => list.push(value),
                    }
                }
            }
        }
        if list.is_empty() && !fields.is_empty() {
            Expression::Fields(fields)
        } else {
            Expression::List(list)
        }
    }

    fn fields(&mut self, node: Node<'a>, depth: usize) -> Expression {
        let mut fields = Vec::new();
        for child in children(node) {
            match kind(child) {
                Kind::Pair => fields.extend(self.pair(child, depth)),
                Kind::Spread => {
                    let inner = children(child).first().copied();
                    match inner.map(|inner| self.evaluate(inner, depth + 1)) {
                        Some(Expression::Fields(inner)) => fields.extend(inner),
                        _ => fields.push((SPREAD.to_owned(), Expression::Unknown)),
                    }
                }
                _ if is_function(child) => {
                    let name = field(child, &["name"]).map(|name| self.name_of(name)).unwrap_or_default();
                    fields.push((name, self.function(child)));
                }
                // `{ recursive }`
                Kind::Name => fields.push((self.name_of(child), self.evaluate(child, depth + 1))),
                _ => {}
            }
        }
        Expression::Fields(fields)
    }

    /// The name and the value of a pair.
    pub(super) fn pair(&mut self, node: Node<'a>, depth: usize) -> Option<(String, Expression)> {
        let key = field(node, &["key", "name"])?;
        let value = field(node, &["value"])?;
        Some((self.key(key, depth), self.evaluate(value, depth + 1)))
    }

    fn key(&mut self, node: Node<'a>, depth: usize) -> String {
        match kind(node) {
            Kind::Text => self.string(node, depth).display(),
            _ => self.name_of(node).trim_matches([':', '"', '\'']).to_owned(),
        }
    }
}
