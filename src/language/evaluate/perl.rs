//! Expressions of Perl: sigils, lists without brackets, `$_`, here-documents behind their line, elements. What calls
//! look like is in [`super::perl_call`].

use super::super::cursor::unquoted_in;
use super::super::node::{children, field};
use super::super::parse::Language;
use super::text::{Decode, as_written};
use super::{Evaluator, Expression, MAX_TEXT};
use crate::source::Span;
use crate::value::{Cause, Piece, Value};
use tree_sitter::Node;

/// The variable that stands where none is named, `$_`.
pub(in crate::language) const TOPIC: &str = "_";

/// The arguments of a function, `@_`.
pub(in crate::language) const PARAMETERS: &str = "@_";

/// The arguments of the program, `@ARGV`.
pub(in crate::language) const ARGUMENTS: &str = "@ARGV";

impl<'a> Evaluator<'a> {
    /// The value of an expression that only Perl has; `None`: it is as in other languages.
    pub(super) fn perl(&mut self, node: Node<'a>, depth: usize) -> Option<Expression> {
        let inner = || children(node).first().copied();
        Some(match node.kind() {
            "string_literal" | "interpolated_string_literal" => Expression::Text(self.string(node, depth)),
            "heredoc_token" => Expression::Text(self.heredoc(node, depth)),
            "autoquoted_bareword" => Expression::Text(Value::text(self.bytes(node), Self::span(node))),
            "quoted_word_list" => self.quoted_words(node),
            "version" => self.version(node),
            "bareword" | "function" => {
                Expression::name(String::from_utf8_lossy(self.bytes(node)).trim_start_matches('&'))
            }
            "scalar" | "array" | "hash" => match dereferenced(node) {
                Some(inner) => self.evaluate(inner, depth + 1),
                None => self.look_up(&self.variable_name(node)),
            },
            "variable_declaration"
            | "localization_expression"
            | "parenthesized_expression"
            | "refgen_expression"
            | "expression_statement" => {
                inner().map_or(Expression::Unknown, |inner| self.evaluate(inner, depth + 1))
            }
            "list_expression" | "anonymous_array_expression" => {
                Expression::List(self.flat(children(node), depth))
            }
            "anonymous_hash_expression" => fields(self.flat(children(node), depth)),
            "array_element_expression" | "hash_element_expression" => self.element(node, depth),
            "readline_expression" => self.line_read(inner()),
            "fileglob_expression" => {
                let text = self.string(node, depth);
                Expression::List(globs(&text))
            }
            "assignment_expression" => {
                let value = field(node, &["right"]);
                value.map_or(Expression::Unknown, |value| self.evaluate(value, depth + 1))
            }
            "map_grep_expression" => self.mapped_by_perl(node, depth),
            "match_regexp" if is_separator(node, self) => {
                let pattern =
                    field(node, &["content"]).map(|content| self.bytes(content)).unwrap_or_else(|| {
                        // Blanks alone are left out by the grammar.
                        let written = self.bytes(node);
                        written.get(1..written.len().saturating_sub(1)).unwrap_or_default()
                    });
                let is_plain =
                    pattern.iter().all(|byte| byte.is_ascii_alphanumeric() || b" ,:;=_-/".contains(byte));
                let value = Value::text(pattern, Self::span(node));
                if is_plain { Expression::Text(value) } else { Expression::Unknown }
            }
            "anonymous_slice_expression" => self.slice_of_list(node, depth),
            "binary_expression" => return self.repeated(node, depth),
            "anonymous_subroutine_expression" => self.function(node),
            "function_call_expression"
            | "ambiguous_function_call_expression"
            | "func0op_call_expression"
            | "func1op_call_expression"
            | "method_call_expression" => self.call_value(node, depth),
            _ => return None,
        })
    }

    /// The name of a variable with the sigil that its container has: `x`, `@x`, `%x`.
    pub(in crate::language) fn variable_name(&self, node: Node<'_>) -> String {
        let name = children(node).into_iter().find(|child| child.kind() == "varname");
        let name =
            name.map(|name| String::from_utf8_lossy(self.bytes(name)).into_owned()).unwrap_or_default();
        let parent = node.parent().map(|parent| parent.kind()).unwrap_or_default();
        let sigil = match node.kind() {
            "array" => "@",
            "hash" => "%",
            "container_variable" if parent.starts_with("array") => "@",
            "container_variable" if parent.starts_with("hash") => "%",
            _ => "",
        };
        format!("{sigil}{name}")
    }

    /// The values of nodes, lists in them spread.
    pub(in crate::language) fn flat(&mut self, nodes: Vec<Node<'a>>, depth: usize) -> Vec<Expression> {
        let mut list = Vec::new();
        for node in nodes {
            match self.evaluate(node, depth + 1) {
                Expression::List(inner) if node.kind() != "anonymous_array_expression" => list.extend(inner),
                value => list.push(value),
            }
        }
        list
    }

    /// `qw(a b)`
    fn quoted_words(&mut self, node: Node<'a>) -> Expression {
        let content = field(node, &["content"]);
        let words = content.map(|content| (self.bytes(content), Self::span(content)));
        let (bytes, span) = words.unwrap_or((&[], Self::span(node)));
        let words = bytes.split(u8::is_ascii_whitespace).filter(|word| !word.is_empty());
        Expression::List(words.map(|word| Expression::Text(Value::text(word, span))).collect())
    }

    /// `v114.109`: the characters with these codes.
    fn version(&self, node: Node<'_>) -> Expression {
        let text = String::from_utf8_lossy(self.bytes(node));
        let characters = text.trim_start_matches('v').split('.');
        let text: Option<String> =
            characters.map(|code| code.parse().ok().and_then(char::from_u32)).collect();
        text.map_or(Expression::Unknown, |text| Expression::Text(Value::text(text, Self::span(node))))
    }

    /// `$x[0]`, `$x{key}`, `$x->[0]`
    fn element(&mut self, node: Node<'a>, depth: usize) -> Expression {
        let parts = children(node);
        let container = field(node, &["array", "hash"]).or(parts.first().copied());
        let index = field(node, &["index", "key"]).or(parts.last().copied());
        let (Some(container), Some(index)) = (container, index) else { return Expression::Unknown };
        let container = match container.kind() {
            "container_variable" => self.look_up(&self.variable_name(container)),
            _ => self.evaluate(container, depth + 1),
        };
        let index = self.evaluate(index, depth + 1);
        self.at(container, index, Self::span(node))
    }

    /// `(1, 2, 3)[1]`
    fn slice_of_list(&mut self, node: Node<'a>, depth: usize) -> Expression {
        let parts = children(node);
        let Some((list, indices)) = parts.split_first() else { return Expression::Unknown };
        let list = self.flat(vec![*list], depth);
        let indices = self.flat(indices.to_vec(), depth);
        let at = |index: &Expression| {
            let index = usize::try_from(super::pure::number(index)?).ok()?;
            list.get(index).cloned()
        };
        match indices.as_slice() {
            [only] => at(only).unwrap_or(Expression::Unknown),
            several => {
                several.iter().map(at).collect::<Option<_>>().map_or(Expression::Unknown, Expression::List)
            }
        }
    }

    /// What a here-document holds: its text stands behind the line.
    fn heredoc(&mut self, node: Node<'a>, depth: usize) -> Value {
        let Some(content) = self.heredocs.get(&node.id()).copied() else {
            return Value::unknown(Cause::Unmodelled, false, Self::span(node));
        };
        let mut value = Value::default();
        // `<<'END'` takes the text as it stands.
        let decode: Decode<'_> = if self.bytes(node).contains(&b'\'') { &as_written } else { &in_perl };
        self.pieces(content.byte_range(), children(content), depth, decode, &mut value);
        value
    }

    /// `<STDIN>`, `<>`: what the program reads.
    fn line_read(&self, handle: Option<Node<'_>>) -> Expression {
        let read = match handle.map(|handle| self.bytes(handle)) {
            Some(b"STDIN") => self.surroundings.stdin,
            None | Some(b"ARGV") => self.surroundings.input(),
            Some(_) => None,
        };
        read.map_or(Expression::Unknown, |text| Expression::Text(text.clone()))
    }

    /// `"x" x 3`; `None` for other operators.
    fn repeated(&mut self, node: Node<'a>, depth: usize) -> Option<Expression> {
        let (left, right) = field(node, &["left"]).zip(field(node, &["right"]))?;
        if matches!(right.kind(), "substitution_regexp" | "transliteration_expression") {
            let old = self.evaluate(left, depth + 1);
            let is_value = self.keeps_text(right);
            return Some(self.changed(&old, right).filter(|_| is_value).unwrap_or(Expression::Unknown));
        }
        let operator = self.text.get(left.end_byte()..right.start_byte())?.trim_ascii();
        if operator != b"x" {
            return None;
        }
        let count = match self.evaluate(right, depth + 1) {
            Expression::Text(count) => count.known_str().and_then(|count| count.parse::<usize>().ok()),
            _ => None,
        };
        Some(match (self.evaluate(left, depth + 1), count) {
            (Expression::Text(text), Some(count))
                if text.known_length().max(1).saturating_mul(count) <= MAX_TEXT =>
            {
                let pieces = std::iter::repeat_n(text.pieces, count).flatten().collect();
                Expression::Text(Value { pieces })
            }
            _ => Expression::Unknown,
        })
    }
}

/// The patterns in a text, one for each word: `glob("*.c *.h")`.
pub(super) fn globs(text: &Value) -> Vec<Expression> {
    let mut words = Vec::new();
    for piece in &text.pieces {
        match piece {
            Piece::Text { bytes, origin } => {
                for word in bytes.split(u8::is_ascii_whitespace).filter(|word| !word.is_empty()) {
                    let piece = match word.iter().any(|byte| b"*?[{~".contains(byte)) {
                        true => Piece::Glob { pattern: word.to_vec(), origin: *origin },
                        false => Piece::text(word, *origin),
                    };
                    words.push(Expression::Text(Value { pieces: vec![piece] }));
                }
            }
            _ => return vec![Expression::Text(text.clone())],
        }
    }
    words
}

/// The pairs of a list as fields.
pub(in crate::language) fn fields(list: Vec<Expression>) -> Expression {
    let mut fields = Vec::new();
    let mut list = list.into_iter();
    while let Some(key) = list.next() {
        let key = match key {
            Expression::Text(key) => key.display(),
            // A bareword.
            Expression::Name { path, receivers } if receivers.is_empty() => path,
            _ => return Expression::Unknown,
        };
        fields.push((key, list.next().unwrap_or(Expression::Unknown)));
    }
    Expression::Fields(fields)
}

/// Text between quotes of Perl. What changes the case of all that follows is not computed.
pub(super) fn in_perl(text: &[u8], span: Span) -> Value {
    let changes = |pair: &[u8]| matches!(pair, [b'\\', b'L' | b'U' | b'Q' | b'F' | b'E' | b'l' | b'u']);
    match text.windows(2).position(changes) {
        Some(at) => {
            let mut value = unquoted_in(Some(Language::Perl), text.get(..at).unwrap_or_default(), span);
            value.pieces.extend(Value::unknown(Cause::Unmodelled, false, span).pieces);
            value
        }
        None => unquoted_in(Some(Language::Perl), text, span),
    }
}

/// What `@$x` and `@{$x}` are made from.
fn dereferenced(node: Node<'_>) -> Option<Node<'_>> {
    // In a string, the block stands there alone.
    let mut inner = children(node).into_iter().find(|child| matches!(child.kind(), "varname" | "block"))?;
    if inner.kind() == "varname" {
        inner = children(inner).first().copied()?;
    }
    if inner.kind() == "block" {
        inner = children(inner).first().copied()?;
    }
    Some(inner)
}

/// Whether a pattern is what `split` separates by.
fn is_separator(node: Node<'_>, evaluator: &Evaluator<'_>) -> bool {
    let list = node.parent().filter(|parent| parent.kind() == "list_expression");
    let call = list.and_then(|list| list.parent()).and_then(|call| field(call, &["function"]));
    call.is_some_and(|function| evaluator.bytes(function) == b"split")
}
