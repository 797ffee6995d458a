//! Words and texts: the bytes of a range, with the expansions and quotations that the tree found in it.
//!
//! The tree's own division of a word into leaves is not followed: it drops blanks, splits at characters that
//! mean nothing to bash and has a dozen names for plain text. A range is walked from expansion to expansion, and
//! what lies between is decoded here.

use super::super::cst::{Field, Node};
use super::super::kind::Kind;
use super::{Lowering, escape};
use crate::syntax::ast::{Parameter, ParameterOperator, Part, Substitution, Text, Word};
use std::iter::Peekable;

/// Which characters of a range are special.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Mode {
    /// A word: quotes, backslashes, expansions.
    Word,
    /// Inside double quotes.
    Quoted,
    /// The operand of `${x:-…}` inside double quotes: as there, but double quotes quote; in a pattern, single
    /// quotes do too.
    QuotedOperand {
        /// Whether it is a pattern.
        pattern: bool,
    },
    /// An arithmetic expression or a subscript: as inside double quotes.
    Text,
    /// A here-document body; `tabs`: tabs at the start of its lines are removed.
    Here {
        /// Whether the operator was `<<-`.
        tabs: bool,
    },
}

impl Mode {
    /// Whether a node of this kind is a part of its own.
    pub(super) fn is_part(self, kind: Kind) -> bool {
        match kind {
            Kind::Expansion
            | Kind::SimpleExpansion
            | Kind::CommandSubstitution
            | Kind::ArithmeticExpansion => true,
            Kind::String | Kind::TranslatedString => matches!(self, Mode::Word | Mode::QuotedOperand { .. }),
            Kind::RawString | Kind::AnsiCString => {
                matches!(self, Mode::Word | Mode::QuotedOperand { pattern: true })
            }
            Kind::ProcessSubstitution => self == Mode::Word,
            _ => false,
        }
    }

    /// The mode of `${…}` operands within this one.
    pub(super) fn operand(self, pattern: bool) -> Mode {
        if self == Mode::Word { Mode::Word } else { Mode::QuotedOperand { pattern } }
    }
}

impl Lowering<'_> {
    /// The word that `node` is.
    pub(super) fn word(&mut self, node: Node<'_>) -> Word {
        if node.is_missing() || matches!(node.kind(), Kind::Error | Kind::Unknown) {
            self.error(node);
        }
        self.word_between(node, node.start(), node.end(), Mode::Word)
    }

    pub(super) fn word_between(&mut self, node: Node<'_>, start: usize, end: usize, mode: Mode) -> Word {
        Word { parts: self.parts(node, start, end, mode), span: self.map.span(start, end) }
    }

    pub(super) fn text_between(&mut self, node: Node<'_>, start: usize, end: usize, mode: Mode) -> Text {
        Text { parts: self.parts(node, start, end, mode), span: self.map.span(start, end) }
    }

    /// The parts of the bytes `start..end`, which lie inside `node`.
    pub(super) fn parts(&mut self, node: Node<'_>, start: usize, end: usize, mode: Mode) -> Vec<Part> {
        let itself = node.start() >= start && node.end() <= end && mode == Mode::Word;
        let mut inner = node.topmost(itself, |kind| mode.is_part(kind)).peekable();
        self.fill(&mut inner, start, end, mode)
    }

    /// The parts of the bytes `start..end`, taking from `inner` the expansions that lie in them.
    pub(super) fn fill<'t>(
        &mut self,
        inner: &mut Peekable<impl Iterator<Item = Node<'t>>>,
        start: usize,
        end: usize,
        mode: Mode,
    ) -> Vec<Part> {
        let mut parts = Vec::new();
        let mut at = start;
        while let Some(node) = inner.next_if(|node| node.start() < end) {
            let start = self.real_start(node, at, mode);
            // `"$ x"` is no expansion, whatever the grammar says.
            let blank = node.kind() == Kind::SimpleExpansion
                && self.byte(start + 1).is_some_and(|byte| byte.is_ascii_whitespace());
            if start < at || node.end() > end || node.is_missing() || blank {
                continue;
            }
            self.literal(at, start, mode, &mut parts);
            if self.text(node).starts_with(b"$`") {
                // The grammar takes this for one token; to bash it is a dollar sign and a substitution.
                parts.push(Part::Literal(b"$".to_vec(), self.map.span(start, start + 1)));
            }
            if let Some(part) = self.part(node, mode) {
                parts.push(part);
            }
            at = self.real_end(node);
        }
        self.literal(at, end, mode, &mut parts);
        parts
    }

    /// Where an expansion begins: the dollar of `a$"b"` is text to the grammar.
    fn real_start(&self, node: Node<'_>, from: usize, mode: Mode) -> usize {
        let before = self.bytes(from, node.start());
        if node.kind() == Kind::String && mode == Mode::Word && before.ends_with(b"$") {
            let backslashes = before.iter().rev().skip(1).take_while(|byte| **byte == b'\\').count();
            return node.start() - usize::from(backslashes % 2 == 0);
        }
        node.start()
    }

    /// Where an expansion ends: `$10` is `$1` and a zero, though one node to the grammar.
    pub(super) fn real_end(&self, node: Node<'_>) -> usize {
        let is_positional =
            node.kind() == Kind::SimpleExpansion && self.text(node).get(1).is_some_and(u8::is_ascii_digit);
        if is_positional { node.start() + 2 } else { node.end() }
    }

    /// Where the closing quote of `open..end` stands; where it is missing, the end.
    fn closing(&self, open: usize, end: usize, quote: u8) -> usize {
        let last = end.saturating_sub(1);
        if last >= open && self.byte(last) == Some(quote) { last } else { end.max(open) }
    }

    fn part(&mut self, node: Node<'_>, mode: Mode) -> Option<Part> {
        self.deeper(node, |this| Some(this.part_here(node, mode)))
    }

    fn part_here(&mut self, node: Node<'_>, mode: Mode) -> Part {
        let span = self.span(node);
        let (start, end) = (node.start(), node.end());
        match node.kind() {
            Kind::String | Kind::TranslatedString => {
                let open = start + if self.byte(start) == Some(b'$') { 2 } else { 1 };
                let inner = self.parts(node, open, self.closing(open, end, b'"'), Mode::Quoted);
                Part::DoubleQuoted(inner, span)
            }
            Kind::RawString => {
                let close = self.closing(start + 1, end, b'\'');
                Part::SingleQuoted(self.bytes(start + 1, close).to_vec(), span)
            }
            Kind::AnsiCString => {
                let close = self.closing(start + 2, end, b'\'');
                Part::AnsiC(escape::ansi_c(self.bytes(start + 2, close)), span)
            }
            Kind::ArithmeticExpansion => {
                let (open, close) = if self.byte(start + 1) == Some(b'[') { (2, 1) } else { (3, 2) };
                let (from, to) = (start + open, end.saturating_sub(close).max(start + open));
                let mut text = self.text_between(node, from, to, Mode::Text);
                text.span = span;
                Part::Arithmetic(text)
            }
            Kind::CommandSubstitution => Part::CommandSubstitution(Box::new(self.substitution(node))),
            Kind::ProcessSubstitution => Part::ProcessSubstitution {
                output: self.byte(start) == Some(b'>'),
                substitution: Box::new(self.substitution(node)),
            },
            _ => Part::Parameter(Box::new(self.parameter(node, mode))),
        }
    }

    fn substitution(&mut self, node: Node<'_>) -> Substitution {
        Substitution { list: self.list(node.children()), unread: None, span: self.span(node) }
    }

    /// The word that the first child in that role is; an empty one where there is none.
    pub(super) fn child_word(&mut self, node: Node<'_>, field: Field) -> Word {
        node.child(field).map(|child| self.word(child)).unwrap_or_default()
    }

    /// Decodes bytes in which the tree found no expansion.
    fn literal(&self, start: usize, end: usize, mode: Mode, parts: &mut Vec<Part>) {
        let mut run: Vec<u8> = Vec::new();
        let mut from = start;
        let mut at = start;
        let mut line_start = mode == Mode::Here { tabs: true } && starts_line(self.source, start);
        while at < end {
            let Some(byte) = self.byte(at) else { break };
            let next = self.byte(at + 1).filter(|_| at + 1 < end);
            let step = match (byte, next, mode) {
                (b'\\', Some(b'\n'), _) => Step::Skip(2),
                (b'\\', Some(c), Mode::Word) => {
                    Step::Part(2, Part::Escaped(vec![c], self.map.span(at, at + 2)))
                }
                (b'\\', Some(c), _) if escape::is_active(c, mode) => {
                    Step::Part(2, Part::Escaped(vec![c], self.map.span(at, at + 2)))
                }
                (b'\t', _, Mode::Here { tabs: true }) if line_start => Step::Skip(1),
                (b'\'', _, Mode::Word | Mode::QuotedOperand { pattern: true }) => {
                    self.quotation(at, end, b'\'')
                }
                (b'"', _, Mode::Word | Mode::QuotedOperand { .. }) => self.quotation(at, end, b'"'),
                (b'$', Some(next), _) => self.bare_parameter(at, end, next),
                _ => Step::Byte(byte),
            };
            line_start = byte == b'\n' || next == Some(b'\n') || (line_start && byte == b'\t');
            match step {
                Step::Byte(byte) => {
                    run.push(byte);
                    at += 1;
                }
                Step::Skip(bytes) => at += bytes,
                Step::Part(bytes, part) => {
                    self.flush(&mut run, from, at, parts);
                    parts.push(part);
                    at += bytes;
                    from = at;
                }
            }
        }
        self.flush(&mut run, from, end, parts);
    }

    fn flush(&self, run: &mut Vec<u8>, from: usize, to: usize, parts: &mut Vec<Part>) {
        if !run.is_empty() {
            parts.push(Part::Literal(std::mem::take(run), self.map.span(from, to)));
        }
    }

    /// `$name` inside a leaf (a pattern, `a$$`), which the tree does not know as an expansion.
    fn bare_parameter(&self, at: usize, end: usize, next: u8) -> Step {
        let is_name = |byte: &&u8| byte.is_ascii_alphanumeric() || **byte == b'_';
        let length = match next {
            b'@' | b'*' | b'#' | b'?' | b'-' | b'$' | b'!' | b'0'..=b'9' => 1,
            _ => self.bytes(at + 1, end).iter().take_while(is_name).count(),
        };
        if length == 0 {
            return Step::Byte(b'$');
        }
        let parameter = Parameter {
            name: self.bytes(at + 1, at + 1 + length).to_vec(),
            subscript: None,
            indirect: false,
            operator: ParameterOperator::Plain,
            span: self.map.span(at, at + 1 + length),
        };
        Step::Part(length + 1, Part::Parameter(Box::new(parameter)))
    }

    /// A quotation inside a leaf, which the tree does not know as one (patterns, regular expressions).
    fn quotation(&self, at: usize, end: usize, quote: u8) -> Step {
        let inside = self.bytes(at + 1, end);
        let Some(length) = inside.iter().position(|&byte| byte == quote) else { return Step::Byte(quote) };
        let span = self.map.span(at, at + length + 2);
        let text = inside.get(..length).unwrap_or_default().to_vec();
        let part = if quote == b'\'' {
            Part::SingleQuoted(text, span)
        } else {
            Part::DoubleQuoted(vec![Part::Literal(text, span)], span)
        };
        Step::Part(length + 2, part)
    }
}

enum Step {
    Byte(u8),
    Skip(usize),
    Part(usize, Part),
}

/// Whether only tabs stand between `at` and the start of its line.
fn starts_line(source: &[u8], at: usize) -> bool {
    source
        .get(..at)
        .unwrap_or_default()
        .iter()
        .rev()
        .find(|&&byte| byte != b'\t')
        .is_none_or(|&byte| byte == b'\n')
}
