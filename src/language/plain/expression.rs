//! The value of an expression that is made of strings, names that were given strings, lists of them, and operators that
//! join them.

use super::super::Surroundings;
use super::super::evaluate::format::formatted;
use super::super::evaluate::{Expression, pure};
use super::super::string::number as number_as_shown;
use super::Style;
use super::token::{Lexeme, Token};
use crate::source::Span;
use crate::value::{Cause, Piece, Value};
use std::cell::Cell;
use std::collections::HashMap;

/// Deepest nesting of parentheses and lists that is followed.
const MAX_DEPTH: usize = 40;

/// Tokens that may be looked at besides those of the text.
const MAX_STEPS: usize = 100_000;

/// Longest text that joining may make.
const MAX_TEXT: usize = 64 * 1024;

/// Functions whose arguments are a list.
const LISTS: &[&str] = &[
    "c",
    "list",
    "List",
    "List.of",
    "listOf",
    "Seq",
    "Array",
    "arrayOf",
    "Vector",
    "Arrays.asList",
    "vector",
];

/// Functions that join their arguments.
const JOINS: &[&str] = &["paste0", "concat", "str", "string", "strcat", "format"];

/// The value of a function of awk that makes text of text.
pub(in crate::language) fn computed(name: &str, words: &[Expression], span: Span) -> Option<Expression> {
    match (name, words) {
        ("tolower", [word]) => pure::method(word, "lower", &[], span),
        ("toupper", [word]) => pure::method(word, "upper", &[], span),
        // Counted from one; in front of the text, versions differ.
        ("substr", [word, from, rest @ ..]) => {
            let from = pure::number(from).filter(|from| *from > 0)?;
            let end = match rest {
                [] => i64::MAX,
                [count] => from.checked_add(pure::number(count)?)?.max(1),
                _ => return None,
            };
            let bounds = [from, end].map(|at| pure::made((at - 1).to_string(), span));
            pure::method(word, "slice", &bounds, span)
        }
        ("sprintf", [Expression::Text(format), rest @ ..]) => Some(formatted(format, rest, None, span)),
        _ => None,
    }
}

/// The names that a text has bound.
pub(in crate::language) struct Scope<'a> {
    pub(in crate::language) tokens: &'a [Lexeme],
    pub(in crate::language) style: &'a Style,
    pub(in crate::language) surroundings: Surroundings<'a>,
    pub(in crate::language) names: HashMap<String, Expression>,
    /// How many tokens may still be looked at: lists in lists are looked at again and again.
    pub(in crate::language) left: Cell<usize>,
}

impl<'a> Scope<'a> {
    /// A scope without names.
    pub(in crate::language) fn new(
        tokens: &'a [Lexeme],
        style: &'a Style,
        surroundings: Surroundings<'a>,
    ) -> Scope<'a> {
        let left = Cell::new(MAX_STEPS + tokens.len().saturating_mul(4));
        Scope { tokens, style, surroundings, names: HashMap::new(), left }
    }

    /// Whether nothing more may be looked at; counts.
    pub(in crate::language) fn is_spent(&self) -> bool {
        self.left.set(self.left.get().saturating_sub(1));
        self.left.get() == 0
    }

    pub(in crate::language) fn token(&self, at: usize) -> Option<&Token> {
        self.tokens.get(at).map(|lexeme| &lexeme.token)
    }

    pub(in crate::language) fn is(&self, at: usize, symbol: u8) -> bool {
        self.token(at) == Some(&Token::Symbol(symbol))
    }

    pub(in crate::language) fn span(&self, at: usize) -> Span {
        self.tokens.get(at).map(|lexeme| lexeme.span).unwrap_or_default()
    }

    /// The value of the expression at a token, and the token behind it.
    pub(in crate::language) fn expression(&self, at: usize, depth: usize) -> (Expression, usize) {
        let (mut value, mut at) = self.operand(at, depth);
        loop {
            let behind = self.operator(at);
            let Some(next) = behind else { return (value, at) };
            let (right, end) = self.operand(next, depth);
            if end == next {
                return (Expression::Unknown, end);
            }
            value = self.joined(value, right, self.span(next));
            at = end;
        }
    }

    /// Where the right side of an operator that joins texts begins.
    fn operator(&self, at: usize) -> Option<usize> {
        let pair = (self.token(at)?, self.token(at + 1));
        match pair {
            (Token::Symbol(b'<'), Some(Token::Symbol(b'>'))) => Some(at + 2),
            (Token::Symbol(b'+'), Some(Token::Symbol(b'+'))) => Some(at + 2),
            (Token::Symbol(b'.'), Some(Token::Symbol(b'.'))) => Some(at + 2),
            (Token::Symbol(b'+' | b'&' | b'*'), Some(Token::Symbol(b'=' | b'&'))) => None,
            (Token::Symbol(b'+' | b'&' | b'*'), _) if !self.style.adjacent => Some(at + 1),
            (Token::Text(_) | Token::Number(_), _) if self.style.adjacent => Some(at),
            (Token::Symbol(b'$'), _) if self.style.adjacent => Some(at),
            (Token::Name(name), _) if self.style.adjacent && !matches!(name.as_str(), "in" | "getline") => {
                Some(at)
            }
            _ => None,
        }
    }

    fn operand(&self, at: usize, depth: usize) -> (Expression, usize) {
        let Some(lexeme) = self.tokens.get(at).filter(|_| depth < MAX_DEPTH && !self.is_spent()) else {
            return (Expression::Unknown, at);
        };
        let unknown = |cause: Cause| Expression::Text(Value::unknown(cause, false, lexeme.span));
        match &lexeme.token {
            Token::Text(text) => (Expression::Text(self.resolved(text)), at + 1),
            Token::Number(number) => {
                let number = number_as_shown(number.as_bytes(), None);
                (number.map_or(Expression::Unknown, |number| pure::made(number, lexeme.span)), at + 1)
            }
            Token::Command(_) => (Expression::Unknown, at + 1),
            // `$0` of awk is the line that it reads.
            Token::Symbol(b'$') if self.style.adjacent => {
                let is_line = matches!(self.token(at + 1), Some(Token::Number(number)) if number == "0");
                let line = self.surroundings.input().filter(|_| is_line).cloned();
                let (_, end) = self.operand(at + 1, depth + 1);
                if let Some(field) = self.field(at + 1).filter(|_| line.is_none()) {
                    return (Expression::Text(Value::text(field, lexeme.span)), end);
                }
                (line.map_or_else(|| unknown(Cause::Input), Expression::Text), end)
            }
            Token::Symbol(b'(') => {
                let (mut list, end) = self.list(at + 1, b')', depth + 1);
                let only = if list.len() == 1 { list.pop() } else { None };
                (only.unwrap_or(Expression::List(list)), end)
            }
            Token::Symbol(b'[') => {
                let (list, end) = self.list(at + 1, b']', depth + 1);
                (Expression::List(list), end)
            }
            Token::Name(name) if self.is(at + 1, b'(') => {
                let (list, end) = self.list(at + 2, b')', depth + 1);
                let span = lexeme.span;
                let value = match name.as_str() {
                    name if LISTS.contains(&name) => Expression::List(list),
                    name if JOINS.contains(&name) => list
                        .into_iter()
                        .reduce(|all, next| self.joined(all, next, span))
                        .unwrap_or(Expression::Unknown),
                    name => computed(name, &list, span)
                        .filter(|_| self.style.adjacent)
                        .unwrap_or_else(|| unknown(Cause::Variable(format!("{name}()").into_bytes()))),
                };
                (value, end)
            }
            Token::Name(name) if self.is(at + 1, b'[') => {
                let (index, end) = self.list(at + 2, b']', depth + 1);
                (self.element(name, &index, lexeme.span), end)
            }
            Token::Name(name) => match self.names.get(name) {
                Some(value) => (value.clone(), at + 1),
                None => (unknown(Cause::Variable(name.clone().into_bytes())), at + 1),
            },
            _ => (Expression::Unknown, at),
        }
    }

    /// `$1`, `$NF` of awk, where the input is one line and its fields are words.
    fn field(&self, at: usize) -> Option<Vec<u8>> {
        let line = self.surroundings.input()?.known()?.into_owned();
        let line = line.strip_suffix(b"\n").unwrap_or(&line);
        let has_separator = self.surroundings.has_flag("--field-separator") || self.names.contains_key("FS");
        if line.contains(&b'\n') || has_separator {
            return None;
        }
        let mut words = line.split(u8::is_ascii_whitespace).filter(|word| !word.is_empty());
        let word = match self.token(at)? {
            Token::Number(number) => words.nth(number.parse::<usize>().ok()?.checked_sub(1)?),
            Token::Name(name) if name == "NF" => words.next_back(),
            _ => None,
        };
        word.map(<[u8]>::to_vec)
    }

    /// `ENVIRON["NAME"]`, `ARGV[1]` of awk
    fn element(&self, name: &str, index: &[Expression], span: Span) -> Expression {
        let [Expression::Text(index)] = index else { return Expression::Unknown };
        let Some(index) = index.known_str() else { return Expression::Unknown };
        match name {
            "ENVIRON" => {
                let given = self.surroundings.environment;
                let given = given.iter().find(|(name, _)| name == index.as_bytes());
                given.map_or(Expression::Unknown, |(_, value)| Expression::Text(value.clone()))
            }
            "ARGV" => {
                let at = index.parse::<usize>().ok().and_then(|at| at.checked_sub(1));
                let argument = at.and_then(|at| self.surroundings.arguments.get(at));
                argument.map_or(Expression::Unknown, |value| Expression::Text(value.clone()))
            }
            name => Expression::Text(Value::unknown(Cause::Variable(name.as_bytes().to_vec()), false, span)),
        }
    }

    /// The elements of a list up to its closing byte, and the token behind that. What has a name is left out.
    pub(in crate::language) fn list(
        &self,
        mut at: usize,
        close: u8,
        depth: usize,
    ) -> (Vec<Expression>, usize) {
        let mut list = Vec::new();
        while at < self.tokens.len() && !self.is_spent() {
            if self.is(at, close) {
                return (list, at + 1);
            }
            if self.is(at, b',') || self.is(at, b';') || self.token(at) == Some(&Token::Newline) {
                at += 1;
                continue;
            }
            let is_pair = matches!(self.token(at), Some(Token::Name(_)))
                && (self.is(at + 1, b'=') || self.is(at + 1, b':') && !self.style.colons);
            let (value, mut end) = self.expression(at, depth);
            let ends = matches!(self.token(end), None | Some(Token::Newline | Token::Symbol(b',' | b';')))
                || self.is(end, close);
            if ends && end > at {
                list.push(value);
                at = end;
                continue;
            }
            if !is_pair {
                list.push(Expression::Unknown);
            }
            let mut open = 0_usize;
            while let Some(token) = self.token(end).filter(|_| !self.is_spent()) {
                match token {
                    Token::Symbol(byte) if open == 0 && (*byte == close || *byte == b',') => break,
                    Token::Symbol(b'(' | b'[' | b'{') => open += 1,
                    Token::Symbol(b')' | b']' | b'}') => open = open.saturating_sub(1),
                    _ => {}
                }
                end += 1;
            }
            at = end;
        }
        (list, at)
    }

    /// Text in which names that are known stand for their values.
    pub(in crate::language) fn resolved(&self, text: &Value) -> Value {
        let mut value = Value::default();
        for piece in &text.pieces {
            let known = match piece {
                Piece::Unknown(unknown) => match &unknown.cause {
                    Cause::Variable(name) => self.names.get(&*String::from_utf8_lossy(name)),
                    _ => None,
                },
                _ => None,
            };
            match known {
                Some(Expression::Text(text)) => value.pieces.extend(text.pieces.iter().cloned()),
                _ => value.pieces.push(piece.clone()),
            }
        }
        value
    }

    fn joined(&self, left: Expression, right: Expression, span: Span) -> Expression {
        let is_text = |side: &Expression| matches!(side, Expression::Text(_));
        if !is_text(&left) && !is_text(&right) {
            return match (left, right) {
                (Expression::List(mut left), Expression::List(right)) => {
                    left.extend(right);
                    Expression::List(left)
                }
                _ => Expression::Unknown,
            };
        }
        let word = |side: Expression| match side {
            Expression::Text(text) => text,
            _ => Value::unknown(Cause::Unmodelled, false, span),
        };
        let (mut left, right) = (word(left), word(right));
        if left.known_length().saturating_add(right.known_length()) > MAX_TEXT {
            return Expression::Unknown;
        }
        left.pieces.extend(right.pieces);
        Expression::Text(left)
    }
}
