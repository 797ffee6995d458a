//! Functions that the text defines, as values: which one a call means, and what it is given.

use super::super::collect::printed;
use super::super::node::{Kind, children, field, kind};
use super::super::parse::Language;
use super::super::{Call, Printed};
use super::call::Target;
use super::{Evaluator, Expression, SPREAD};
use crate::source::Span;
use crate::value::{Cause, Piece, Value};
use tree_sitter::Node;

/// What a function is given.
#[derive(Default)]
pub(in crate::language) struct Given {
    /// Arguments by their place.
    pub(in crate::language) words: Vec<Expression>,
    /// Arguments with a name.
    pub(in crate::language) named: Vec<(String, Expression)>,
    /// Whether there may be more.
    pub(in crate::language) is_open: bool,
}

impl<'a> Evaluator<'a> {
    /// A function as a value.
    pub(in crate::language) fn function(&mut self, node: Node<'a>) -> Expression {
        self.functions.nodes.insert(node.id(), node);
        Expression::Function(node.id())
    }

    /// The name that a function is bound to: Perl keeps them apart from variables, PHP has them in any case.
    pub(in crate::language) fn function_name(&self, name: &str) -> String {
        match self.language {
            Language::Perl => format!("&{name}"),
            // In any case.
            Language::Php => name.to_lowercase(),
            _ => name.to_owned(),
        }
    }

    /// The function of the text that a call means, and what it is given.
    pub(in crate::language) fn local_call(&mut self, node: Node<'a>, depth: usize) -> Option<(usize, Given)> {
        if self.functions.nodes.is_empty() {
            return None;
        }
        let (function, with_object) = match self.language {
            Language::Perl => self.local_of_perl(node, depth)?,
            _ => self.local_callee(node, depth)?,
        };
        let mut given = self.given(node, depth);
        match with_object {
            // `f.call(this, x)`, `Class->f(x)`
            Object::First if self.language == Language::Perl => given.words.insert(0, Expression::Unknown),
            Object::First if !given.words.is_empty() => drop(given.words.remove(0)),
            Object::ThenList if !given.words.is_empty() => {
                given.words.remove(0);
                match given.words.pop() {
                    Some(Expression::List(list)) => given.words = list,
                    _ => given.is_open = true,
                }
            }
            _ => {}
        }
        Some((function, given))
    }

    fn local_callee(&mut self, node: Node<'a>, depth: usize) -> Option<(usize, Object)> {
        let (object, name) = match self.target(node, depth) {
            Target::Member(object, name) => (object, name),
            Target::Value(Expression::Function(function)) => return Some((function, Object::None)),
            // `$f = "f"` of PHP
            Target::Value(Expression::Text(name)) if self.language == Language::Php => {
                return match self.bindings.get(&self.function_name(&name.display())) {
                    Expression::Function(function) => Some((function, Object::None)),
                    _ => None,
                };
            }
            // An object is made.
            Target::Value(Expression::Name { path, .. }) if self.functions.classes.contains(&path) => {
                return self.constructor().map(|function| (function, Object::None));
            }
            Target::Value(_) => return None,
        };
        match (object, name.as_str()) {
            (Expression::Function(function), "call" | "bind") if self.language == Language::JavaScript => {
                Some((function, Object::First))
            }
            (Expression::Function(function), "apply") => Some((function, Object::ThenList)),
            (Expression::Function(function), "call" | "yield" | "()" | "===" | "__call__" | "__invoke") => {
                Some((function, Object::None))
            }
            (Expression::Fields(fields), name) => match Expression::Fields(fields).member(name) {
                Expression::Function(function) => Some((function, Object::None)),
                _ => None,
            },
            // Ruby
            (Expression::Name { path, .. }, "new") if self.functions.classes.contains(&path) => {
                self.constructor().map(|function| (function, Object::None))
            }
            (Expression::Name { path, .. }, name) => {
                let first = path.split(['.', '(']).next().unwrap_or_default();
                let is_own = matches!(first, "self" | "this" | "cls" | "super" | "static")
                    || self.functions.classes.contains(first)
                    || self.language == Language::Lua;
                let method = self.functions.methods.get(name).copied().flatten().filter(|_| is_own)?;
                Some((method, Object::None))
            }
            _ => None,
        }
    }

    /// The file of `print(x, file=open("f", "w"))`.
    pub(in crate::language) fn printed_to(&mut self, node: Node<'a>, depth: usize) -> Option<Value> {
        if self.language != Language::Python
            || field(node, &["function"]).map(|name| self.bytes(name)) != Some(b"print")
        {
            return None;
        }
        let given = self.given(node, depth);
        let file = given.named.into_iter().find(|(name, _)| name == "file").map(|(_, value)| value);
        match file {
            Some(Expression::Name { path, receivers }) if path == "open()" => receivers.into_iter().next(),
            _ => None,
        }
    }

    /// `lambda { |x| … }` of Ruby: the block is a function.
    pub(in crate::language) fn lambda_block(&self, node: Node<'a>) -> Option<Node<'a>> {
        let block = field(node, &["block"]).filter(|_| self.language == Language::Ruby)?;
        let name = field(node, &["method"]).map(|method| self.bytes(method))?;
        let object = field(node, &["receiver"]).map(|object| self.bytes(object));
        matches!((object, name), (None, b"lambda" | b"proc") | (Some(b"Proc"), b"new")).then_some(block)
    }

    fn constructor(&self) -> Option<usize> {
        let names = ["__init__", "constructor", "initialize", "__construct"];
        names.iter().find_map(|name| self.functions.methods.get(*name).copied().flatten())
    }

    fn local_of_perl(&mut self, node: Node<'a>, depth: usize) -> Option<(usize, Object)> {
        let bound = |evaluator: &Self, name: &str| {
            let last = name.rsplit("::").next().unwrap_or_default();
            match evaluator.bindings.get(&evaluator.function_name(last)) {
                Expression::Function(function) => Some(function),
                _ => None,
            }
        };
        match node.kind() {
            "method_call_expression" => {
                let method = field(node, &["method"]).filter(|method| children(*method).is_empty())?;
                Some((bound(self, &self.name_of(method))?, Object::First))
            }
            _ => match self.perl_callee(node, depth)? {
                Expression::Function(function) => Some((function, Object::None)),
                Expression::Name { path, .. } => Some((bound(self, &path)?, Object::None)),
                _ => None,
            },
        }
    }

    /// The arguments of a call in their order.
    pub(super) fn given(&mut self, node: Node<'a>, depth: usize) -> Given {
        let mut given = Given::default();
        if self.language == Language::Perl {
            given.words = self.perl_arguments(node, depth);
            return given;
        }
        let Some(list) = super::call::argument_list(node) else { return given };
        let is_only = matches!(kind(list), Kind::Text | Kind::Comprehension);
        let nodes = if is_only { vec![list] } else { children(list) };
        for argument in nodes {
            let inner = children(argument).first().copied().unwrap_or(argument);
            match (kind(argument), argument.kind()) {
                (Kind::Pair, _) => given.named.extend(self.pair(argument, depth)),
                (Kind::Spread, kind) => match self.evaluate(argument, depth + 1) {
                    Expression::List(list) => given.words.extend(list),
                    Expression::Fields(fields) if kind.ends_with("splat") || kind.starts_with("hash") => {
                        given.named.extend(fields);
                    }
                    _ if matches!(kind, "dictionary_splat" | "hash_splat_argument") => {
                        given.named.push((SPREAD.to_owned(), Expression::Unknown));
                    }
                    _ => given.is_open = true,
                },
                // `&f`, `&method(:f)`
                (_, "block_argument") => {
                    let value = self.evaluate(inner, depth + 1);
                    given.words.push(value);
                }
                (Kind::Wrapper, _) if field(argument, &["name"]).is_some() => {
                    let name = field(argument, &["name"]).map(|name| self.name_of(name)).unwrap_or_default();
                    let value = self.evaluate(argument, depth + 1);
                    given.named.push((name, value));
                }
                // PHP wraps `...$list`, too.
                (Kind::Wrapper, _) if kind(inner) == Kind::Spread => match self.evaluate(inner, depth + 1) {
                    Expression::List(list) => given.words.extend(list),
                    _ => given.is_open = true,
                },
                _ => given.words.push(self.evaluate(argument, depth + 1)),
            }
        }
        given
    }

    /// Whether a call is a method of a text or a list, which prints nothing.
    pub(in crate::language) fn is_method_of_value(&mut self, node: Node<'a>, depth: usize) -> bool {
        let Target::Member(object, _) = self.target(node, depth) else { return false };
        matches!(object, Expression::Text(_) | Expression::List(_) | Expression::Fields(_))
    }

    /// The arguments of a call of a function that prints; `None`: they are not known to be texts.
    pub(in crate::language) fn printed(&mut self, node: Node<'a>, depth: usize) -> Option<Vec<Printed>> {
        // The last argument of Lua may be several values.
        let last = super::call::argument_list(node).and_then(|list| children(list).last().copied());
        let several = last.filter(|last| self.language == Language::Lua && kind(*last) == Kind::Call);
        let is_several = several.and_then(|last| field(last, &["name"])).is_some_and(|name| {
            let name = self.bytes(name);
            [b"gsub".as_slice(), b"find", b"pcall", b"select", b"load"]
                .iter()
                .any(|several| name.ends_with(several))
        });
        let given = self.given(node, depth);
        (!given.is_open && !is_several).then(|| printed(given.words)).flatten()
    }

    /// What a call hands over, functions included, and the object whose method it is.
    pub(in crate::language) fn handed(
        &mut self,
        node: Node<'a>,
        depth: usize,
    ) -> (Given, Option<Expression>) {
        let mut given = self.given(node, depth);
        let (object, name) = match self.target(node, depth) {
            Target::Member(object, name) => (Some(object), name),
            Target::Value(Expression::Name { path, .. }) => (None, path),
            Target::Value(_) => (None, String::new()),
        };
        // PHP names functions by texts.
        if self.language == Language::Php && TAKE_NAMES.contains(&name.as_str()) {
            for word in &mut given.words {
                let function = match word {
                    Expression::Text(name) => self.bindings.get(&self.function_name(&name.display())),
                    _ => continue,
                };
                if matches!(function, Expression::Function(_)) || is_name(&function) {
                    *word = function;
                }
            }
        }
        (given, object)
    }

    /// A call of a function by its method or its name: `f.call(x)`, `send(:f, x)`.
    pub(super) fn indirect(&self, mut call: Call) -> Call {
        let (object, last) = call.name.rsplit_once('.').unwrap_or(("", &call.name));
        let object = object.to_owned();
        match (self.language, last) {
            // `Reflect.apply(f, this, [x])`
            (Language::JavaScript, "apply") if object == "Reflect" && call.words.len() > 1 => {
                let function = call.words.remove(0);
                call.words.remove(0);
                call.is_apart = call.words.len() > 1;
                call.name = match function.first_unknown().map(|unknown| &unknown.cause) {
                    Some(Cause::Variable(name)) => String::from_utf8_lossy(name).into_owned(),
                    _ => String::new(),
                };
            }
            (Language::JavaScript, "call" | "apply") if !object.is_empty() => {
                if !call.words.is_empty() {
                    call.words.remove(0);
                }
                call.is_apart = call.words.len() > 1;
                call.name = object;
            }
            // `spawnSync("rm -rf x", { shell: true })`: the words are joined for a shell.
            (Language::JavaScript, "spawn" | "spawnSync" | "execFile" | "execFileSync")
                if call.options.iter().any(is_shell) =>
            {
                let words = std::mem::take(&mut call.words).into_iter().map(Expression::Text).collect();
                let whole = super::text::join(words, &Value::text(" ", call.span), call.span);
                call.words = vec![Self::word(whole, call.span)];
                call.is_apart = false;
                call.name = format!("{object}.execSync");
            }
            // With a shell, the other words are arguments of the first.
            (Language::Python, _) if call.is_apart && call.options.iter().any(is_shell) => {
                call.is_apart = false;
                call.words.truncate(1);
            }
            // `(new ReflectionFunction("f"))->invoke(x)`
            (Language::Php, "invoke" | "invokeArgs")
                if object == "ReflectionFunction()" && !call.words.is_empty() =>
            {
                call.name = call.words.remove(0).display().to_lowercase();
                call.is_apart = call.words.len() > 1;
            }
            // `open("|command")`
            (Language::Ruby, "open" | "read" | "readlines" | "popen")
                if call.words.first().is_some_and(|word| word.known_prefix().starts_with(b"|")) =>
            {
                call.name = "system".to_owned();
                call.mode = None;
                call.words.truncate(1);
                if let Some(Piece::Text { bytes, .. }) =
                    call.words.first_mut().and_then(|word| word.pieces.first_mut())
                {
                    bytes.drain(..1);
                }
            }
            (Language::Perl, name) if name.ends_with("open2") || name.ends_with("open3") => {
                let handles = if name.ends_with("open3") { 3 } else { 2 };
                call.words.drain(..handles.min(call.words.len()));
                call.is_apart = call.words.len() > 1;
                call.options.push(piped(call.span));
            }
            // What is written to the command is its input.
            (_, "popen") if call.mode == Some("--write") => {
                call.words.truncate(1);
                call.is_apart = false;
                call.options.push(piped(call.span));
            }
            // A started process has a pipe, unless it is given something else.
            (Language::JavaScript, "spawn" | "exec" | "execFile")
                if !call.options.iter().any(|option| option.known_prefix().starts_with(b"--stdio")) =>
            {
                call.options.push(piped(call.span));
            }
            (Language::Ruby, "call" | "()") if !object.is_empty() => call.name = object,
            (Language::Ruby, "send" | "public_send" | "__send__") if !call.words.is_empty() => {
                let name = call.words.remove(0);
                let name = name.known_str().unwrap_or_default();
                let name = name.trim_start_matches(':');
                call.is_apart = call.words.len() > 1;
                call.name = if object.is_empty() { name.to_owned() } else { format!("{object}.{name}") };
            }
            _ => {}
        }
        call
    }
}

/// Whether an option says that a shell reads the words.
fn is_shell(option: &Value) -> bool {
    let prefix = option.known_prefix();
    prefix == b"--shell" || (prefix.starts_with(b"--shell=") && prefix != b"--shell=false")
}

/// What a program reads from a pipe that the text writes to.
pub(in crate::language) fn piped(span: Span) -> Value {
    let mut input = Value::text("--input=", span);
    input.pieces.extend(Value::unknown(Cause::Descriptor, true, span).pieces);
    input
}

/// Functions of PHP that call the function whose name they are given.
const TAKE_NAMES: &[&str] = &[
    "call_user_func",
    "call_user_func_array",
    "array_map",
    "array_walk",
    "array_filter",
    "array_reduce",
    "usort",
    "iterator_apply",
    "register_shutdown_function",
    "forward_static_call",
    "ob_start",
    "spl_autoload_register",
    "set_error_handler",
];

/// Whether the value is a name like those of functions.
fn is_name(value: &Expression) -> bool {
    match value {
        Expression::Name { path, .. } => {
            !path.is_empty()
                && path.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_\\:".contains(&byte))
        }
        _ => false,
    }
}

/// What of a call is the object that a method is called on.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Object {
    /// Nothing.
    None,
    /// The first argument.
    First,
    /// The first argument, and a list of the others follows.
    ThenList,
}
