//! Calls of Perl: functions whose name stands in front of a list, `open` with a command in its words, and what is a call
//! without looking like one: `eval "text"`, `do FILE`, `s/x/code/e`, `/(?{ code })/`.

use super::super::Call;
use super::super::node::{children, field};
use super::perl::TOPIC;
use super::{Evaluator, Expression};
use crate::source::Span;
use crate::value::{Piece, Value};
use tree_sitter::Node;

/// The function that executes text.
const EVAL: &str = "eval";

impl<'a> Evaluator<'a> {
    /// The function that a call of Perl means; `None`: it is no call of Perl.
    pub(super) fn perl_callee(&mut self, node: Node<'a>, depth: usize) -> Option<Expression> {
        Some(match node.kind() {
            "function_call_expression" | "ambiguous_function_call_expression" => {
                let function = field(node, &["function"])?;
                let is_computed = children(function).first().is_some_and(|name| !children(*name).is_empty());
                if is_computed { Expression::Unknown } else { self.evaluate(function, depth + 1) }
            }
            "func0op_call_expression" | "func1op_call_expression" => {
                let name = node.child(0).map(|name| self.bytes(name)).unwrap_or_default();
                Expression::name(&String::from_utf8_lossy(name))
            }
            "method_call_expression" => {
                let (object, method) = field(node, &["invocant"]).zip(field(node, &["method"]))?;
                let name = self.name_of(method);
                match children(method).is_empty() {
                    true => self.evaluate(object, depth + 1).member(&name),
                    false => Expression::Unknown,
                }
            }
            "coderef_call_expression" => match children(node).first() {
                Some(function) if function.kind() != "scalar" => self.evaluate(*function, depth + 1),
                Some(function) => match self.evaluate(*function, depth + 1) {
                    // A variable that nothing is known of does not name a function.
                    Expression::Name { path, .. } if path == self.variable_name(*function) => {
                        Expression::Unknown
                    }
                    known => known,
                },
                None => Expression::Unknown,
            },
            _ => return None,
        })
    }

    /// The words of a call of Perl.
    pub(super) fn perl_arguments(&mut self, node: Node<'a>, depth: usize) -> Vec<Expression> {
        let nodes = match node.kind() {
            "func0op_call_expression" | "func1op_call_expression" => children(node),
            _ => field(node, &["arguments"]).into_iter().collect(),
        };
        let mut words = self.flat(nodes, depth);
        // `exec { "rm" } "name", "-r"`: the program in front, which is told another name.
        let function = field(node, &["function"]).map(|function| self.bytes(function)).unwrap_or_default();
        // What `print` has there is a handle.
        let program = children(node)
            .into_iter()
            .find(|child| child.kind() == "indirect_object")
            .filter(|_| matches!(function, b"exec" | b"system"));
        if let Some(program) = program.and_then(|object| children(object).first().copied())
            && let Some(inner) = children(program).first().copied()
            && let Some(first) = words.first_mut()
        {
            *first = self.evaluate(inner, depth + 1);
        }
        words
    }

    /// What is a call in Perl without looking like one.
    pub(in crate::language) fn perl_calls(&mut self, node: Node<'a>, depth: usize) -> Vec<Call> {
        let span = Self::span(node);
        let topic = || self.bindings.get(TOPIC);
        let (name, word) = match node.kind() {
            "eval_expression" | "require_expression" => {
                let name = if node.kind() == "eval_expression" { EVAL } else { "do" };
                match children(node).first().copied() {
                    None => (name, topic()),
                    Some(block) if matches!(block.kind(), "block" | "bareword" | "version" | "number") => {
                        return Vec::new();
                    }
                    Some(file) if file.kind() == "filename" => {
                        let path = children(file).first().copied();
                        ("do", path.map_or(Expression::Unknown, |path| self.evaluate(path, depth + 1)))
                    }
                    Some(text) => (name, self.evaluate(text, depth + 1)),
                }
            }
            // `unlink for @files`
            "function" if !is_callee(node) => {
                let name = String::from_utf8_lossy(self.bytes(node)).into_owned();
                let words = vec![Self::word(topic(), span)];
                return vec![Call::new(&name, words, span)];
            }
            "substitution_regexp" | "match_regexp" | "quoted_regexp" => return self.regex_calls(node),
            _ => return Vec::new(),
        };
        let words = vec![Self::word(word, span)];
        vec![Call::new(name, words, span)]
    }

    /// The code in a regular expression and in its replacement.
    fn regex_calls(&self, node: Node<'_>) -> Vec<Call> {
        let modifiers =
            field(node, &["modifiers"]).map(|modifiers| self.bytes(modifiers)).unwrap_or_default();
        let replacement = children(node).into_iter().find(|child| child.kind() == "replacement");
        let times = modifiers.iter().filter(|modifier| **modifier == b'e').count();
        let replaced = replacement
            .filter(|_| times > 0)
            .map(|replacement| (self.bytes(replacement), replacement.start_byte()));
        // `/ee`: what the code makes is code.
        let twice = replaced.filter(|_| times > 1).map(|(code, at)| {
            let span = Span::new(at, at + code.len());
            let code = String::from_utf8_lossy(code).replace("\\/", "/");
            Call::new(EVAL, vec![Value::text(format!("{EVAL}({code})"), span)], span)
        });
        let pattern = field(node, &["content"]);
        let embedded = pattern.into_iter().flat_map(|pattern| {
            codes(self.bytes(pattern)).into_iter().map(move |(code, at)| (code, pattern.start_byte() + at))
        });
        let code = |(code, at): (&[u8], usize)| {
            let span = Span::new(at, at + code.len());
            Call::new(EVAL, vec![Value::text(code, span)], span)
        };
        embedded.chain(replaced).map(code).chain(twice).collect()
    }

    /// `open`: what its second word says. It may be a mode, a command or the name of a file with the mode in front.
    pub(super) fn opened(&self, call: Call) -> Call {
        let Call { words, span, .. } = call;
        let mut words = words.into_iter().skip(1);
        let (mode, rest): (Value, Vec<Value>) = (words.next().unwrap_or_default(), words.collect());
        let text = mode.known_prefix();
        let text = text.trim_ascii();
        let ends = mode.pieces.last().is_some_and(|piece| match piece {
            Piece::Text { bytes, .. } => bytes.trim_ascii_end().ends_with(b"|"),
            _ => false,
        });
        let is_mode = matches!(text, b"-|" | b"|-");
        let option = match text {
            _ if text.starts_with(b">>") => "--append",
            _ if text.starts_with(b">") || text.starts_with(b"+") => "--write",
            _ => "--read",
        };
        let (name, words) = match text.first() {
            _ if is_mode => ("open|", rest),
            Some(b'|') if rest.is_empty() => ("open|", vec![without(mode, b"|", b"")]),
            _ if ends && rest.is_empty() => ("open|", vec![without(mode, b"", b"|")]),
            _ if rest.is_empty() => ("open", vec![without(mode, b"+<>", b"")]),
            _ => ("open", rest),
        };
        // What is printed to the command is its input.
        let writes = name == "open|" && (text.starts_with(b"|"));
        let input = writes.then(|| super::local::piped(span));
        let mode = (name == "open").then_some(option);
        Call { options: input.into_iter().collect(), mode, ..Call::new(name, words, span) }
    }
}

/// Whether the node is the name of a function in a call, or behind `\&`.
fn is_callee(node: Node<'_>) -> bool {
    node.parent().is_some_and(|parent| {
        let is_name = field(parent, &["function"]).is_some_and(|function| function.id() == node.id());
        is_name || parent.kind() == "refgen_expression"
    })
}

/// A value without some bytes and blanks at its ends.
fn without(mut value: Value, front: &[u8], end: &[u8]) -> Value {
    if let Some(Piece::Text { bytes, .. }) = value.pieces.first_mut() {
        let kept = bytes.iter().position(|byte| !front.contains(byte) && !byte.is_ascii_whitespace());
        bytes.drain(..kept.unwrap_or(bytes.len()));
    }
    if let Some(Piece::Text { bytes, .. }) = value.pieces.last_mut() {
        let kept = bytes.iter().rposition(|byte| !end.contains(byte) && !byte.is_ascii_whitespace());
        bytes.truncate(kept.map_or(0, |kept| kept + 1));
    }
    value
}

/// The code in a regular expression, `(?{ code })` and `(??{ code })`, with its place.
fn codes(pattern: &[u8]) -> Vec<(&[u8], usize)> {
    const OPENING: &[u8] = b"?{";
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(at) = pattern
        .get(from..)
        .and_then(|rest| rest.windows(OPENING.len()).position(|window| window == OPENING))
        .map(|at| from + at + OPENING.len())
    {
        let rest = pattern.get(at..).unwrap_or_default();
        let length = rest.windows(2).position(|window| window == b"})").unwrap_or(rest.len());
        let is_code = matches!(pattern.get(..at - OPENING.len()), Some([.., b'(' | b'?']));
        if is_code {
            found.push((rest.get(..length).unwrap_or_default(), at));
        }
        from = at + length;
    }
    found
}
