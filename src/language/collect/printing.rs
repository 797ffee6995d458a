//! What the text prints: calls are marked with what is needed to say so, and what prints without being a call is made one.
//! Which functions print, and how, is data (`prints` in packs).

use super::super::evaluate::paths::is_path;
use super::super::evaluate::{Evaluator, Expression, perl::TOPIC};
use super::super::node::{Kind, children, field, kind};
use super::super::parse::Language;
use super::super::{Call, Printed, Printing};
use super::{Collector, Left};
use crate::source::Span;
use crate::value::Value;
use tree_sitter::Node;

/// Most lines for each of which a program is run (`perl -n`).
const MAX_LINES: usize = 64;

/// The functions that print what the interpreter prints of its own.
const OF_NODE: &str = "console.log";
const OF_LINES: &str = "print";

/// Variables of Perl that change what is printed, and blocks that run apart from the others.
const SPECIAL: &[&[u8]] = &[b"$,", b"$\\", b"$\"", b"$;", b"BEGIN", b"END", b"select", b"STDOUT->"];

impl<'a> Collector<'a> {
    /// Walks through the program as often as its interpreter runs it.
    pub(super) fn run(&mut self, root: Node<'a>) {
        let surroundings = self.evaluator.surroundings;
        let is_text =
            self.evaluator.language == Language::Php && !self.has_text(b"<?") && surroundings.is_file;
        if is_text {
            let text = Expression::Text(Value::text(self.evaluator.text, Evaluator::span(root)));
            return self.print_value("echo", text, Evaluator::span(root), false);
        }
        let by_line = matches!(self.evaluator.language, Language::Perl | Language::Ruby);
        let (reads, shows) = (surroundings.has_flag("-n"), surroundings.has_flag("-p"));
        if !by_line || !(reads || shows) {
            self.visit(root, 0);
            let shows = ["--print", "-pe"].iter().any(|flag| surroundings.has_flag(flag));
            if shows && self.evaluator.language == Language::JavaScript {
                self.print_last(root);
            }
            return;
        }
        let Some(lines) = self.lines() else {
            self.is_repeated = true;
            return self.visit(root, 0);
        };
        let is_apart = [b"BEGIN".as_slice(), b"END"].iter().any(|word| self.has_text(word));
        self.is_repeated = is_apart;
        for line in lines {
            self.split_line(&line);
            self.evaluator.bindings.set(TOPIC, Expression::Text(line), false);
            self.left = Left::default();
            self.evaluator.functions.results.clear();
            self.visit(root, 0);
            if shows {
                let topic = self.evaluator.look_up(TOPIC);
                self.print_value(OF_LINES, topic, Evaluator::span(root), surroundings.has_flag("-l"));
            }
        }
    }

    /// The lines that a program is run for, if they are known and few.
    fn lines(&self) -> Option<Vec<Value>> {
        let surroundings = self.evaluator.surroundings;
        let input = surroundings.input()?;
        let (text, span) = (input.known()?, input.origin().unwrap_or_default());
        let mark = super::super::UNKNOWN_NAME.as_bytes();
        if text.windows(mark.len()).any(|part| part == mark) {
            return None;
        }
        // `-0777`, or NUL bytes that there are none of: one line.
        let lines: Vec<&[u8]> = match surroundings.has_flag("-0") {
            true if text.contains(&0) => return None,
            true => vec![&text],
            false => text.split_inclusive(|byte| *byte == b'\n').collect(),
        };
        let chomps = surroundings.has_flag("-l");
        let line = |line: &[u8]| {
            let line = line.strip_suffix(b"\n").filter(|_| chomps).unwrap_or(line);
            Value::text(line, span)
        };
        (lines.len() <= MAX_LINES).then(|| lines.into_iter().map(line).collect())
    }

    /// `-a`: the words of a line.
    fn split_line(&mut self, line: &Value) {
        let surroundings = self.evaluator.surroundings;
        if !surroundings.has_flag("-a") && !surroundings.has_flag("-F") {
            return;
        }
        let separator = surroundings.flags.iter().find(|(name, _)| name == "-F").map(|(_, value)| value);
        let span = line.origin().unwrap_or_default();
        let words = match separator {
            None => super::super::evaluate::text::split(line),
            Some(separator) => {
                let separator = separator.as_ref().and_then(Value::known_str);
                let is_plain = |text: &str| text.len() == 1 && text.chars().all(|c| ":,;=@#%".contains(c));
                match (separator.filter(|text| is_plain(text)), line.known_str()) {
                    (Some(separator), Some(line)) => {
                        let words = line.split(&*separator);
                        Expression::List(
                            words.map(|word| Expression::Text(Value::text(word, span))).collect(),
                        )
                    }
                    _ => Expression::Unknown,
                }
            }
        };
        let name = if self.evaluator.language == Language::Perl { "@F" } else { "F" };
        self.evaluator.bindings.set(name, words, false);
    }

    /// `node -p`: the value of the last statement.
    fn print_last(&mut self, root: Node<'a>) {
        let last = children(root).last().copied().filter(|last| last.kind() == "expression_statement");
        let value = last.and_then(|last| children(last).first().copied());
        let value = value.filter(|value| !self.has_binary() || self.is_text(*value));
        let value = value.map_or(Expression::Unknown, |value| self.evaluator.evaluate(value, 0));
        self.print_value(OF_NODE, value, Evaluator::span(root), false);
    }

    /// A call that prints a value.
    fn print_value(&mut self, name: &str, value: Expression, span: Span, is_line: bool) {
        if !self.evaluator.surroundings.is_captured {
            return;
        }
        let texts = match value {
            Expression::Text(text) => {
                let end = is_line.then(|| Printed::One(Value::text(b"\n".as_slice(), span)));
                Some(std::iter::once(Printed::One(text)).chain(end).collect())
            }
            _ => None,
        };
        let printing = Printing { is_sure: self.is_sure(), is_silent: false, texts };
        self.calls.push(Call { printing, ..Call::new(name, Vec::new(), span) });
    }

    /// Whether what stands here runs exactly once.
    fn is_sure(&self) -> bool {
        let frames = &self.evaluator.functions.active;
        let has_left = |left: (bool, bool)| left.0 || left.1;
        !self.is_repeated
            && self.block == 0
            && !has_left((self.left.broke, self.left.returned))
            && !frames.iter().any(|frame| has_left(frame.left))
    }

    /// Whether the text has this part anywhere. Every call that prints asks for the same ones.
    fn has_text(&self, part: &'static [u8]) -> bool {
        let text = self.evaluator.text;
        let search = || text.windows(part.len()).any(|window| window == part);
        *self.parts.borrow_mut().entry(part).or_insert_with(search)
    }

    /// A call with what is known of it as one that prints.
    pub(super) fn placed(&mut self, call: Call, node: Node<'a>, depth: usize) -> Call {
        if !self.evaluator.surroundings.is_captured {
            return Call { printing: Printing { is_sure: self.is_sure(), ..call.printing }, ..call };
        }
        let value = self.evaluator.evaluate(node, depth);
        let is_value = match &value {
            Expression::Text(_) | Expression::List(_) | Expression::Fields(_) | Expression::Flag(_) => true,
            // A module, a path.
            Expression::Name { path, .. } => is_path(path) || !path.ends_with("()"),
            Expression::Function(_) | Expression::Unknown => false,
        };
        let is_text = self.prints_text(&call, node);
        let mut texts = self.evaluator.printed(node, depth).filter(|_| is_text);
        let mut is_silent = is_value || self.evaluator.is_method_of_value(node, depth);
        if self.evaluator.language == Language::Perl {
            let object = children(node).into_iter().find(|child| child.kind() == "indirect_object");
            if let Some(object) = object {
                let is_stdout = matches!(self.evaluator.bytes(object), b"STDOUT" | b"{*STDOUT}");
                is_silent |= !is_stdout && self.evaluator.bytes(object) != b"STDERR";
                texts = texts.filter(|_| is_stdout);
            }
            is_silent |= self.handles.contains_key(&call.name);
            texts = texts.filter(|_| !SPECIAL.iter().any(|part| self.has_text(part)));
            self.finish_line(&call, &mut texts);
        }
        Call { printing: Printing { is_sure: self.is_sure(), is_silent, texts }, ..call }
    }

    /// Whether nothing but text is among the arguments of a function that shows bytes in another way.
    fn prints_text(&self, call: &Call, node: Node<'a>) -> bool {
        let shows = matches!(call.name.as_str(), "print" | "console.log" | "console.info" | "console.debug");
        if !shows || !self.has_binary() {
            return true;
        }
        let arguments = field(node, &["arguments"]).map(children).unwrap_or_default();
        arguments.into_iter().all(|argument| kind(argument) == Kind::Pair || self.is_text(argument))
    }

    /// Whether the text makes bytes that are no text of its language.
    fn has_binary(&self) -> bool {
        let makers: &[&[u8]] = match self.evaluator.language {
            Language::Python => &[
                b"b64", b"b32", b"b85", b"fromhex", b"unhex", b"'hex", b"encode", b"bytes", b"press",
                b"pack", b"b'", b"b\"", b"buffer",
            ],
            Language::JavaScript => &[b"Buffer", b"Sync", b"Array("],
            _ => &[],
        };
        makers.iter().any(|maker| self.has_text(maker))
    }

    /// Whether an expression is text for certain, and not bytes.
    fn is_text(&self, node: Node<'a>) -> bool {
        let written = self.evaluator.bytes(node);
        match kind(node) {
            Kind::Text => !written.starts_with(b"b") && !written.starts_with(b"B"),
            Kind::Number | Kind::Adjacent => true,
            Kind::Name => self.texts.contains(&self.evaluator.name_of(node)),
            Kind::Binary => {
                let sides = [field(node, &["left"]), field(node, &["right"])];
                sides.into_iter().flatten().any(|side| self.is_text(side))
            }
            Kind::Spread | Kind::List => children(node).into_iter().all(|inner| self.is_text(inner)),
            Kind::Wrapper => children(node).first().is_some_and(|inner| self.is_text(*inner)),
            Kind::Index => children(node).first().is_some_and(|inner| self.is_text(*inner)),
            Kind::Call => {
                let Some(function) = field(node, &["function"]) else { return false };
                let name = field(function, &["attribute", "property"]).unwrap_or(function);
                let object = field(function, &["object"]);
                match &*self.evaluator.name_of(name) {
                    "str" => {
                        let arguments = field(node, &["arguments"]).map(children).unwrap_or_default();
                        arguments.len() > 1 || arguments.first().is_some_and(|first| self.is_text(*first))
                    }
                    "decode" | "toString" | "String" | "atob" | "unescape" | "chr" | "fromCharCode"
                    | "fromCodePoint" | "decodeURIComponent" | "stringify" | "format" | "hex" => true,
                    "b64decode" | "fromhex" | "encode" | "from" => false,
                    _ => object.is_some_and(|object| self.is_text(object)),
                }
            }
            _ => false,
        }
    }

    /// Notes whether the variable that is assigned holds text.
    pub(super) fn note_text(&mut self, node: Node<'a>) {
        let parts = field(node, &["left", "name"]).zip(field(node, &["right", "value"]));
        let Some((name, value)) = parts else { return };
        let name = self.evaluator.name_of(name);
        if self.is_text(value) {
            self.texts.insert(name);
        } else {
            self.texts.remove(&name);
        }
    }

    /// A function of Perl that stands alone, with `$_` as its word: `print for @list`.
    pub(super) fn placed_alone(&self, call: Call) -> Call {
        let is_special = SPECIAL.iter().any(|part| self.has_text(part));
        if !self.evaluator.surroundings.is_captured
            || is_special
            || !matches!(call.name.as_str(), "print" | "say")
        {
            return call;
        }
        let mut texts = Some(call.words.iter().cloned().map(Printed::One).collect());
        self.finish_line(&call, &mut texts);
        Call { printing: Printing { is_sure: self.is_sure(), is_silent: false, texts }, ..call }
    }

    /// `y = x` of Ruby: both are the same text, which `<<` changes in place.
    pub(super) fn share_text(&mut self, node: Node<'a>) {
        let names = field(node, &["left"]).zip(field(node, &["right"]));
        let Some((left, right)) = names.filter(|_| self.evaluator.language == Language::Ruby) else { return };
        let changes = [b"<<".as_slice(), b"concat", b"!"].iter().any(|change| self.has_text(change));
        if changes && kind(left) == Kind::Name && kind(right) == Kind::Name {
            for name in [left, right] {
                let name = self.evaluator.name_of(name);
                if matches!(
                    self.evaluator.bindings.known(&name),
                    Some(Expression::Text(_) | Expression::List(_))
                ) {
                    self.evaluator.bindings.share(&name);
                }
            }
        }
    }

    /// What `print` of Perl prints besides its words: `$_` if there are none, an end of the line with `-l`.
    fn finish_line(&self, call: &Call, texts: &mut Option<Vec<Printed>>) {
        let Some(texts) = texts else { return };
        if !matches!(call.name.as_str(), "print" | "say") {
            return;
        }
        if texts.is_empty()
            && let Expression::Text(topic) = self.evaluator.bindings.get(TOPIC)
        {
            texts.push(Printed::One(topic));
        }
        if call.name == "print" && self.evaluator.surroundings.has_flag("-l") {
            texts.push(Printed::One(Value::text(b"\n".as_slice(), call.span)));
        }
    }

    /// `echo` and other statements of PHP, `print` without words: whether it is one.
    pub(super) fn prints_without_call(&mut self, node: Node<'a>, depth: usize) -> bool {
        let language = self.evaluator.language;
        let name = match (node.kind(), language) {
            ("echo_statement", Language::Php) => "echo",
            ("print_intrinsic", Language::Php) => "print",
            ("exit_statement", Language::Php) => "exit",
            ("text" | "text_interpolation" | "php_end_tag", Language::Php) => "text",
            ("identifier", Language::Ruby)
                if matches!(self.evaluator.bytes(node), b"exit" | b"abort" | b"exit!") =>
            {
                self.left.returned = true;
                return true;
            }
            (
                "include_expression"
                | "include_once_expression"
                | "require_expression"
                | "require_once_expression",
                Language::Php,
            ) => {
                self.visit_children(node, depth);
                let span = Evaluator::span(node);
                let path = children(node)
                    .first()
                    .map_or(Expression::Unknown, |path| self.evaluator.evaluate(*path, depth + 1));
                self.calls.push(Call::new("include", vec![Evaluator::word(path, span)], span));
                return true;
            }
            ("throw_statement" | "raise_statement", _) => {
                self.visit_children(node, depth);
                self.left.returned = true;
                return true;
            }
            _ => return false,
        };
        self.visit_children(node, depth);
        if self.evaluator.surroundings.is_captured {
            // `echo a, b, c` is nested.
            let mut parts = children(node);
            while let Some(list) = parts.pop_if(|part| part.kind() == "sequence_expression") {
                parts.extend(children(list));
            }
            let words = parts.into_iter().map(|part| self.evaluator.evaluate(part, depth + 1)).collect();
            // The end of the program may stand behind.
            let texts = if name == "text" { None } else { printed(words) };
            let printing = Printing { is_sure: self.is_sure(), is_silent: false, texts };
            self.calls.push(Call { printing, ..Call::new(name, Vec::new(), Evaluator::span(node)) });
        }
        if name == "exit" {
            self.left.returned = true;
        }
        true
    }

    /// `$stdout << "text"` of Ruby.
    pub(super) fn pushed_to_stream(&mut self, node: Node<'a>, depth: usize) {
        let Some((left, right)) = field(node, &["left"]).zip(field(node, &["right"])) else { return };
        let operator = self.evaluator.text.get(left.end_byte()..right.start_byte()).unwrap_or_default();
        let mut first = left;
        while let Some(inner) = field(first, &["left"]) {
            first = inner;
        }
        let is_stream = matches!(self.evaluator.bytes(first), b"$stdout" | b"STDOUT" | b"$>");
        if !is_stream || operator.trim_ascii() != b"<<" || !self.evaluator.surroundings.is_captured {
            return;
        }
        let value = self.evaluator.evaluate(right, depth + 1);
        let printing = Printing { is_sure: self.is_sure(), is_silent: false, texts: printed(vec![value]) };
        self.calls.push(Call { printing, ..Call::new("STDOUT.write", Vec::new(), Evaluator::span(node)) });
    }
}

/// Arguments of a function that prints; `None`: not all are text.
pub(in crate::language) fn printed(words: Vec<Expression>) -> Option<Vec<Printed>> {
    let one = |word: Expression| match word {
        Expression::Text(text) => Some(text),
        _ => None,
    };
    let each = words.into_iter().map(|word| match word {
        Expression::List(list) => Some(Printed::Several(list.into_iter().map(one).collect::<Option<_>>()?)),
        Expression::Name { path, receivers } if receivers.is_empty() => Some(Printed::Name(path)),
        word => one(word).map(Printed::One),
    });
    each.collect()
}
