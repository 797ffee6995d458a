//! `$name` and `${…}`: the name, the operator and its operands. The tree says which expansions lie in the
//! operands; the operator is read from the bytes between them.

use super::super::cst::Node;
use super::super::kind::Kind;
use super::Lowering;
use super::word::Mode;
use crate::syntax::ast::{ConditionalKind, Parameter, ParameterOperator, ReplacePlace, Text, Word};

impl Lowering<'_> {
    /// Lowers an `expansion` or `simple_expansion` node that stands in a range of that mode.
    pub(super) fn parameter(&mut self, node: Node<'_>, mode: Mode) -> Parameter {
        let span = self.span(node);
        let plain = |name: Vec<u8>| Parameter {
            name,
            subscript: None,
            indirect: false,
            operator: ParameterOperator::Plain,
            span,
        };
        if node.kind() != Kind::Expansion {
            let text = self.bytes(node.start() + 1, self.real_end(node));
            let name = text.iter().copied().filter(|byte| !matches!(byte, b'\\' | b'\n'));
            return plain(name.collect());
        }
        let close = node.end() - usize::from(self.text(node).ends_with(b"}"));
        let mut braces = Braces {
            at: node.start() + 2,
            close,
            node,
            mode: mode.operand(false),
            pattern: mode.operand(true),
        };
        let mut parameter = plain(Vec::new());
        let prefix = self.byte(braces.at).filter(|byte| matches!(byte, b'!' | b'#'));
        if prefix.is_some() && name_length(self.bytes(braces.at + 1, close)) > 0 {
            braces.at += 1;
        }
        let prefixed = self.byte(braces.at.wrapping_sub(1)) == prefix && prefix.is_some();
        let length = name_length(self.bytes(braces.at, close));
        parameter.name = self.bytes(braces.at, braces.at + length).to_vec();
        braces.at += length;
        if self.byte(braces.at) == Some(b'[')
            && let Some(end) = self.find(&braces, braces.at + 1, b']')
        {
            parameter.subscript = Some(self.text_between(node, braces.at + 1, end, Mode::Text));
            braces.at = end + 1;
        }
        parameter.indirect = prefixed && prefix == Some(b'!');
        parameter.operator = if prefixed && prefix == Some(b'#') {
            ParameterOperator::Length
        } else {
            self.operator(&mut braces)
        };
        if parameter.indirect {
            self.settle_indirection(&mut parameter, &braces);
        }
        if parameter.name.is_empty() {
            self.error(node);
        }
        parameter
    }

    /// `${!prefix*}`, `${!prefix@}` and `${!array[@]}` are not indirections.
    fn settle_indirection(&mut self, parameter: &mut Parameter, braces: &Braces<'_>) {
        let rest = self.bytes(braces.at, braces.close);
        let whole = parameter.subscript.as_ref().is_some_and(|subscript| {
            subscript.span.len() == 1 && matches!(self.byte(braces.at.wrapping_sub(2)), Some(b'@' | b'*'))
        });
        if matches!(rest, b"*" | b"@") {
            parameter.operator = ParameterOperator::Names;
            parameter.indirect = false;
        } else if whole && rest.is_empty() {
            parameter.operator = ParameterOperator::Keys;
            parameter.indirect = false;
        }
    }

    fn operator(&mut self, braces: &mut Braces<'_>) -> ParameterOperator {
        use ParameterOperator::*;
        let first = self.byte(braces.at).filter(|_| braces.at < braces.close);
        let second = self.byte(braces.at + 1).filter(|_| braces.at + 1 < braces.close);
        let doubled = first == second;
        match (first, second) {
            (None, _) => Plain,
            (Some(b':'), Some(sign)) if conditional(sign).is_some() => {
                self.conditional_operator(braces, sign, 2)
            }
            (Some(sign), _) if conditional(sign).is_some() => self.conditional_operator(braces, sign, 1),
            (Some(sign @ (b'#' | b'%')), _) => {
                let pattern = self.rest(braces, if doubled { 2 } else { 1 }, braces.pattern);
                Trim { suffix: sign == b'%', longest: doubled, pattern }
            }
            (Some(b'/'), _) => self.replace(braces, second),
            (Some(operator @ (b'^' | b',' | b'~')), _) => {
                let pattern = self.rest(braces, if doubled { 2 } else { 1 }, braces.pattern);
                Case { operator, all: doubled, pattern }
            }
            (Some(b'@'), Some(letter)) if braces.at + 2 == braces.close => Transform(letter),
            (Some(b'@' | b'*'), None) => Plain,
            (Some(b':'), _) => self.slice(braces),
            // Not an operator: what stands here still runs the commands in it.
            _ => {
                self.error(braces.node);
                let word = self.rest(braces, 0, braces.mode);
                Conditional { kind: ConditionalKind::Default, colon: false, word }
            }
        }
    }

    fn conditional_operator(&mut self, braces: &Braces<'_>, sign: u8, length: usize) -> ParameterOperator {
        ParameterOperator::Conditional {
            kind: conditional(sign).unwrap_or(ConditionalKind::Default),
            colon: length == 2,
            word: self.rest(braces, length, braces.mode),
        }
    }

    fn replace(&mut self, braces: &Braces<'_>, second: Option<u8>) -> ParameterOperator {
        let (place, length) = match second {
            Some(b'/') => (ReplacePlace::All, 2),
            Some(b'#') => (ReplacePlace::Prefix, 2),
            Some(b'%') => (ReplacePlace::Suffix, 2),
            _ => (ReplacePlace::First, 1),
        };
        let start = (braces.at + length).min(braces.close);
        let slash = self.find(braces, start, b'/');
        let end = slash.unwrap_or(braces.close);
        ParameterOperator::Replace {
            place,
            pattern: self.word_between(braces.node, start, end, braces.pattern),
            replacement: slash
                .map(|slash| self.word_between(braces.node, slash + 1, braces.close, braces.pattern)),
        }
    }

    fn slice(&mut self, braces: &Braces<'_>) -> ParameterOperator {
        let start = braces.at + 1;
        let colon = self.find(braces, start, b':');
        ParameterOperator::Slice {
            offset: self.text_between(braces.node, start, colon.unwrap_or(braces.close), Mode::Text),
            length: colon.map(|colon| self.text_between(braces.node, colon + 1, braces.close, Mode::Text)),
        }
    }

    /// The operand that fills the braces behind an operator of that length.
    fn rest(&mut self, braces: &Braces<'_>, operator: usize, mode: Mode) -> Word {
        let start = (braces.at + operator).min(braces.close);
        self.word_between(braces.node, start, braces.close, mode)
    }

    /// Offset of the first `wanted` from `from` on that is neither quoted nor inside an expansion.
    fn find(&self, braces: &Braces<'_>, from: usize, wanted: u8) -> Option<usize> {
        let mut inner = braces.node.topmost(false, is_closed).peekable();
        let mut at = from;
        let mut depth = 0_usize;
        while at < braces.close {
            while inner.next_if(|node| node.end() <= at).is_some() {}
            if let Some(node) = inner.next_if(|node| node.start() == at) {
                at = node.end().max(at + 1);
                continue;
            }
            match self.byte(at)? {
                b'\\' => at += 1,
                byte if byte == wanted && depth == 0 => return Some(at),
                b'[' | b'(' if wanted != b'/' => depth += 1,
                b']' | b')' if wanted != b'/' => depth = depth.saturating_sub(1),
                _ => {}
            }
            at += 1;
        }
        None
    }

    /// The subscript of `[subscript]` at `at` inside `node`, and the offset behind it.
    pub(super) fn subscript(&mut self, node: Node<'_>, at: usize, mode: Mode) -> Option<(Text, usize)> {
        if self.byte(at) != Some(b'[') {
            return None;
        }
        let brackets = Braces { at, close: node.end(), node, mode, pattern: mode };
        let end = self.find(&brackets, at + 1, b']')?;
        Some((self.text_between(node, at + 1, end, mode), end + 1))
    }
}

/// The inside of `${…}` while it is read.
struct Braces<'t> {
    at: usize,
    close: usize,
    node: Node<'t>,
    /// The mode of an operand that is a word.
    mode: Mode,
    /// The mode of an operand that is a pattern.
    pattern: Mode,
}

/// Whether a node's bytes are no concern of the text around it.
fn is_closed(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::Expansion
            | Kind::SimpleExpansion
            | Kind::CommandSubstitution
            | Kind::ProcessSubstitution
            | Kind::ArithmeticExpansion
            | Kind::String
            | Kind::RawString
            | Kind::AnsiCString
    )
}

/// The length of the parameter name at the start of `text`.
fn name_length(text: &[u8]) -> usize {
    let is_name = |byte: &&u8| byte.is_ascii_alphanumeric() || **byte == b'_';
    match text.first() {
        Some(digit) if digit.is_ascii_digit() => text.iter().take_while(|byte| byte.is_ascii_digit()).count(),
        Some(b'@' | b'*' | b'#' | b'?' | b'-' | b'$' | b'!') => 1,
        _ => text.iter().take_while(is_name).count(),
    }
}

fn conditional(sign: u8) -> Option<ConditionalKind> {
    Some(match sign {
        b'-' => ConditionalKind::Default,
        b'=' => ConditionalKind::Assign,
        b'?' => ConditionalKind::Error,
        b'+' => ConditionalKind::Alternative,
        _ => return None,
    })
}
