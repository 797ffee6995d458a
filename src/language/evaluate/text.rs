//! Strings: their content, what is put into them, and what joins them.

use super::super::node::{Kind, children, field, kind};
use super::super::parse::Language;
use super::super::string::unescape;
use super::arithmetic::calculated;
use super::format::{converted, formatted};
use super::{Evaluator, Expression, MAX_DEPTH, MAX_LIST, MAX_TEXT, pure};
use crate::source::Span;
use crate::value::{Cause, Piece, Value};
use std::ops::Range;
use tree_sitter::Node;

impl<'a> Evaluator<'a> {
    /// The content of a string.
    pub(in crate::language) fn string(&mut self, node: Node<'a>, depth: usize) -> Value {
        let mut value = Value::default();
        self.content(node, depth, &mut value);
        value
    }

    fn content(&mut self, node: Node<'a>, depth: usize, value: &mut Value) {
        if depth > MAX_DEPTH || value.known_length() > MAX_TEXT {
            self.is_cut = true;
            return;
        }
        if self.language == Language::Perl {
            let inside = field(node, &["content"]).map(children).unwrap_or_default();
            let range = quoted(node);
            let closing = self.text.get(range.end).copied();
            let decode: Decode<'_> = match node.kind() {
                "string_literal" => &|text, span| Value::text(literal(text, closing), span),
                _ => &super::perl::in_perl,
            };
            self.pieces(range, inside, depth, decode, value);
            return;
        }
        // The text of a here-document of PHP begins behind the end of the line.
        if matches!(node.kind(), "heredoc" | "nowdoc") && self.language == Language::Php {
            self.heredoc_of_php(node, depth, value);
            return;
        }
        // Blanks alone are left out by some grammars.
        let is_blank =
            children(node).iter().all(|child| matches!(child.kind(), "string_start" | "string_end"));
        if is_blank && matches!(node.kind(), "encapsed_string" | "string" | "template_string") {
            let written = self.bytes(node);
            let inside = written.get(1..written.len().saturating_sub(1)).unwrap_or_default();
            if !inside.is_empty() && inside.iter().all(u8::is_ascii_whitespace) {
                value.push_text(inside, Self::span(node));
                return;
            }
        }
        // `r'\d'`: the grammar lists no escapes.
        for child in children(node) {
            let span = Self::span(child);
            match child.kind() {
                "escape_sequence" => value.pieces.extend(self.escape(child).pieces),
                "string_content" | "string_fragment" | "heredoc_content" | "nowdoc_body" | "heredoc_body"
                | "nowdoc_string" => {
                    let closing = self.bytes(node).last().copied();
                    let plain: Decode<'_> = &|text, span| Value::text(literal(text, closing), span);
                    let is_plain = self.language == Language::Ruby
                        && (self.bytes(node).starts_with(b"'") || self.bytes(node).starts_with(b"%q"));
                    let decode = if is_plain { plain } else { &as_written };
                    self.pieces(child.byte_range(), children(child), depth, decode, value);
                }
                "interpolation" | "template_substitution" => {
                    value.pieces.extend(self.interpolated(child, depth).pieces);
                }
                "string_start" | "string_end" | "heredoc_start" | "heredoc_end" => {}
                _ => {
                    let inner = self.evaluate(child, depth + 1);
                    value.pieces.extend(Self::word(inner, span).pieces);
                }
            }
        }
    }

    fn heredoc_of_php(&mut self, node: Node<'a>, depth: usize, value: &mut Value) {
        let mut inside = Value::default();
        for child in children(node).into_iter().filter(|child| child.kind().ends_with("_body")) {
            self.pieces(child.byte_range(), children(child), depth, &as_written, &mut inside);
        }
        if let Some(Piece::Text { bytes, .. }) = inside.pieces.first_mut()
            && bytes.starts_with(b"\n")
        {
            bytes.remove(0);
        }
        value.pieces.extend(inside.pieces);
    }

    /// What an escape stands for.
    fn escape(&self, node: Node<'_>) -> Value {
        let span = Self::span(node);
        match unescape(self.bytes(node), Some(self.language)) {
            Some(bytes) => Value::text(bytes, span),
            None => Value::unknown(Cause::Unmodelled, false, span),
        }
    }

    /// What is put into a string: `{x}`, `{x:c}` of Python, `${x}`.
    fn interpolated(&mut self, node: Node<'a>, depth: usize) -> Value {
        let span = Self::span(node);
        let inner = field(node, &["expression"]).or(children(node).first().copied());
        let Some(inner) = inner else { return Value::unknown(Cause::Unmodelled, false, span) };
        let value = self.evaluate(inner, depth + 1);
        if self.language != Language::Python {
            return Self::word(value, span);
        }
        let behind = self.text.get(inner.end_byte()..node.end_byte()).unwrap_or_default();
        let behind = behind.strip_suffix(b"}").unwrap_or(behind).trim_ascii();
        match behind {
            b"" | b"!s" => Self::word(value, span),
            [b':', letter] => converted(*letter, &value, Some(self.language), span),
            _ => Value::unknown(Cause::Unmodelled, false, span),
        }
    }

    /// Text with escapes in it, which some grammars list as children of it; of the text between the children, `decode`
    /// says what it stands for.
    pub(super) fn pieces(
        &mut self,
        range: Range<usize>,
        inside: Vec<Node<'a>>,
        depth: usize,
        decode: Decode<'_>,
        value: &mut Value,
    ) {
        let mut at = range.start;
        let all = self.text;
        let text = |from: usize, to: usize, value: &mut Value| {
            let bytes = all.get(from..to).unwrap_or_default();
            value.pieces.extend(decode(bytes, Span::new(from, to)).pieces);
        };
        for child in inside {
            // What an escape of Perl stands for depends on the quotes: `decode` knows.
            if self.language == Language::Perl
                && matches!(child.kind(), "escape_sequence" | "escaped_delimiter")
            {
                continue;
            }
            let span = Self::span(child);
            text(at, child.start_byte(), value);
            match child.kind() {
                // The end of a here-document of Perl.
                "heredoc_end" => return,
                // `"@list"`
                "array" => {
                    let blank = Value::text(" ", span);
                    let joined = match self.evaluate(child, depth + 1) {
                        Expression::List(list) => join(list, &blank, span),
                        other => other,
                    };
                    value.pieces.extend(Self::word(joined, span).pieces);
                }
                "escape_sequence" => value.pieces.extend(self.escape(child).pieces),
                // The text of a here-document of PHP between what is put into it.
                "string_content" | "nowdoc_string" => {
                    self.pieces(child.byte_range(), children(child), depth, decode, value);
                }
                "interpolation" => value.pieces.extend(self.interpolated(child, depth).pieces),
                _ => {
                    let inner = self.evaluate(child, depth + 1);
                    value.pieces.extend(Self::word(inner, span).pieces);
                }
            }
            at = child.end_byte();
        }
        text(at, range.end, value);
    }

    /// A string that is known to be one: the source of an import.
    pub(in crate::language) fn string_text(&mut self, node: Node<'a>) -> String {
        self.string(node, 0).display()
    }

    /// Strings side by side.
    pub(super) fn adjacent(&mut self, node: Node<'a>, depth: usize) -> Expression {
        let mut value = Value::default();
        for child in children(node) {
            let span = Self::span(child);
            let part = self.evaluate(child, depth + 1);
            value.pieces.extend(Self::word(part, span).pieces);
        }
        Expression::Text(value)
    }

    /// Two expressions with an operator between them.
    pub(super) fn binary(&mut self, node: Node<'a>, depth: usize) -> Expression {
        let (Some(left), Some(right)) = (field(node, &["left"]), field(node, &["right"])) else {
            return Expression::Unknown;
        };
        let operator = self.text.get(left.end_byte()..right.start_byte()).unwrap_or_default().trim_ascii();
        let spans = (Self::span(left), Self::span(right));
        let values = (self.evaluate(left, depth + 1), self.evaluate(right, depth + 1));
        let of_text = kind(left) == Kind::Text || kind(right) == Kind::Text;
        let (numbers, language) = ((pure::number(&values.0), pure::number(&values.1)), self.language);
        if !of_text && let (Some(first), Some(second)) = numbers {
            // Texts look like numbers, too: what they make is something else.
            let is_sure = self.is_numeric(left) || self.is_numeric(right);
            let are_sure = self.is_numeric(left) && self.is_numeric(right);
            let number = match operator {
                // A text beside a number makes a text.
                b"+" if !are_sure && language == Language::JavaScript => None,
                b"+" if !is_sure && matches!(language, Language::Python | Language::Ruby) => None,
                b"*" if !are_sure && matches!(language, Language::Python | Language::Ruby) => None,
                b"^" if !is_sure && matches!(language, Language::Perl | Language::Php) => None,
                operator => calculated(operator, first, second, language),
            };
            let is_text = matches!(operator, b"." | b"..");
            if number.is_some() || !is_text {
                return number.map_or(Expression::Unknown, |number| pure::made(number.to_string(), spans.0));
            }
        }
        match (operator, values) {
            // `"x" * 3`
            (b"*", (text @ Expression::Text(_), count))
                if matches!(language, Language::Python | Language::Ruby) =>
            {
                pure::method(&text, "repeat", &[count], spans.0).unwrap_or(Expression::Unknown)
            }
            // `list * " "`
            (b"*", (Expression::List(list), Expression::Text(separator))) if language == Language::Ruby => {
                match pure::number(&Expression::Text(separator.clone())) {
                    None => join(list, &separator, spans.0),
                    Some(_) => Expression::Unknown,
                }
            }
            (b"+", (Expression::List(left), Expression::List(right))) => extended(left, right),
            // `Path("/etc") / "x"`
            (b"/" | b"+", (Expression::Name { path, receivers }, right)) if super::paths::is_path(&path) => {
                let left = receivers.into_iter().next_back().unwrap_or_default();
                let right = Expression::Text(Self::word(right, spans.1));
                match super::paths::joined(vec![Expression::Text(left), right], true, spans.0) {
                    Expression::Text(joined) => Expression::Name { path, receivers: vec![joined] },
                    _ => Expression::Unknown,
                }
            }
            // Elsewhere, a plus sign is for numbers.
            (b"+", _) if matches!(language, Language::Perl | Language::Php | Language::Lua) => {
                Expression::Unknown
            }
            (b"+" | b"." | b"..", (left, right)) => {
                concatenated(Self::word(left, spans.0), Self::word(right, spans.1))
            }
            (b"%", (Expression::Text(format), right))
                if matches!(language, Language::Python | Language::Ruby) =>
            {
                let values = match right {
                    Expression::List(list) => list,
                    value => vec![value],
                };
                formatted(&format, &values, Some(language), spans.1)
            }
            _ => Expression::Unknown,
        }
    }
}

impl Evaluator<'_> {
    /// What an assignment makes that puts something behind what there is.
    pub(in crate::language) fn appended(
        &self,
        old: Expression,
        new: Expression,
        node: Node<'_>,
    ) -> Expression {
        let span = Self::span(node);
        match (old, new) {
            (Expression::List(old), Expression::List(new)) => extended(old, new),
            (old, new) => concatenated(Self::word(old, span), Self::word(new, span)),
        }
    }
}

/// What is between the quotes of Perl: its grammar leaves out blanks at the beginning.
fn quoted(node: Node<'_>) -> Range<usize> {
    let mut cursor = node.walk();
    let parts: Vec<Node<'_>> = node.children(&mut cursor).collect();
    match parts.as_slice() {
        [.., open, content, close] if content.is_named() => open.end_byte()..close.start_byte(),
        [.., open, close] => open.end_byte()..close.start_byte(),
        _ => node.byte_range(),
    }
}

/// What the text of a string stands for.
pub(super) type Decode<'a> = &'a dyn Fn(&[u8], Span) -> Value;

/// Text without escapes, or with those that the grammar lists.
pub(super) fn as_written(text: &[u8], span: Span) -> Value {
    Value::text(text, span)
}

/// Text between single quotes of Perl and Ruby: only the backslash and the quotes themselves can be escaped.
fn literal(text: &[u8], closing: Option<u8>) -> Vec<u8> {
    let opening = closing.map(|closing| match closing {
        b')' => b'(',
        b']' => b'[',
        b'}' => b'{',
        b'>' => b'<',
        other => other,
    });
    let mut decoded = Vec::with_capacity(text.len());
    let mut bytes = text.iter().copied().peekable();
    while let Some(byte) = bytes.next() {
        let is_escaped = |next: &u8| *next == b'\\' || Some(*next) == closing || Some(*next) == opening;
        decoded.push(bytes.next_if(|next| byte == b'\\' && is_escaped(next)).unwrap_or(byte));
    }
    decoded
}

/// Two lists as one.
pub(in crate::language) fn extended(mut left: Vec<Expression>, right: Vec<Expression>) -> Expression {
    if left.len().saturating_add(right.len()) > MAX_LIST {
        return Expression::Unknown;
    }
    left.extend(right);
    Expression::List(left)
}

fn concatenated(mut left: Value, right: Value) -> Expression {
    let pieces = left.pieces.len().saturating_add(right.pieces.len());
    if left.known_length().saturating_add(right.known_length()) > MAX_TEXT || pieces > MAX_LIST {
        return Expression::Unknown;
    }
    left.pieces.extend(right.pieces);
    Expression::Text(left)
}

/// Words between blanks, where the whole text is known.
pub(in crate::language) fn split(value: &Value) -> Expression {
    match value.known_str() {
        Some(text) => {
            let span = value.origin().unwrap_or_default();
            Expression::List(
                text.split_whitespace().map(|word| Expression::Text(Value::text(word, span))).collect(),
            )
        }
        None => Expression::Unknown,
    }
}

/// A list of texts with a separator between them.
pub(super) fn join(list: Vec<Expression>, separator: &Value, span: Span) -> Expression {
    let mut text = Value::default();
    for (at, part) in list.into_iter().enumerate() {
        if at > 0 {
            text.pieces.extend(separator.pieces.iter().cloned());
        }
        text.pieces.extend(Evaluator::word(part, span).pieces);
        if text.known_length() > MAX_TEXT {
            return Expression::Unknown;
        }
    }
    Expression::Text(text)
}
