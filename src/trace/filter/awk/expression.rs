//! Reads awk's expressions, from the loosest operator to the tightest.

use super::super::regex::Meaning;
use super::lexer::Token;
use super::parser::{KEYWORDS, Parser, compile};
use super::program::{Expression, Function, Operator};

/// How deep expressions may be nested.
const MAX_DEPTH: usize = 30;

impl Parser<'_> {
    pub(super) fn expression(&mut self) -> Option<Expression> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return None;
        }
        let mut left = self.conjunction()?;
        while self.takes("||") {
            left = Expression::Binary(Operator::Or, Box::new(left), Box::new(self.conjunction()?));
        }
        self.depth -= 1;
        Some(left)
    }

    fn conjunction(&mut self) -> Option<Expression> {
        let mut left = self.comparison()?;
        while self.takes("&&") {
            left = Expression::Binary(Operator::And, Box::new(left), Box::new(self.comparison()?));
        }
        Some(left)
    }

    fn comparison(&mut self) -> Option<Expression> {
        let left = Box::new(self.concatenation()?);
        let negated = matches!(self.peek(), Some(Token::Symbol("!~")));
        if negated || matches!(self.peek(), Some(Token::Symbol("~"))) {
            self.next();
            let Token::Regex(pattern) = self.next()? else { return None };
            let pattern = compile(pattern, Meaning::Existence)?;
            return Some(Expression::Matches { text: left, pattern, negated });
        }
        let operator = match self.peek() {
            Some(Token::Symbol("==")) => Operator::Equal,
            Some(Token::Symbol("!=")) => Operator::NotEqual,
            Some(Token::Symbol("<")) => Operator::Less,
            Some(Token::Symbol("<=")) => Operator::LessOrEqual,
            Some(Token::Symbol(">")) => Operator::Greater,
            Some(Token::Symbol(">=")) => Operator::GreaterOrEqual,
            _ => return Some(*left),
        };
        self.next();
        Some(Expression::Binary(operator, left, Box::new(self.concatenation()?)))
    }

    pub(super) fn concatenation(&mut self) -> Option<Expression> {
        let mut left = self.sum()?;
        loop {
            let starts_operand = match self.peek() {
                Some(Token::Name(name)) => !KEYWORDS.contains(&name.as_str()),
                Some(Token::Number(_) | Token::Text(_) | Token::Symbol("$" | "(")) => true,
                _ => false,
            };
            if !starts_operand {
                return Some(left);
            }
            left = Expression::Binary(Operator::Concatenate, Box::new(left), Box::new(self.sum()?));
        }
    }

    fn sum(&mut self) -> Option<Expression> {
        let mut left = self.product()?;
        loop {
            let operator = match self.peek() {
                Some(Token::Symbol("+")) => Operator::Add,
                Some(Token::Symbol("-")) => Operator::Subtract,
                _ => return Some(left),
            };
            self.next();
            left = Expression::Binary(operator, Box::new(left), Box::new(self.product()?));
        }
    }

    fn product(&mut self) -> Option<Expression> {
        let mut left = self.operand()?;
        loop {
            let operator = match self.peek() {
                Some(Token::Symbol("*")) => Operator::Multiply,
                Some(Token::Symbol("/")) => Operator::Divide,
                Some(Token::Symbol("%")) => Operator::Remainder,
                _ => return Some(left),
            };
            self.next();
            left = Expression::Binary(operator, Box::new(left), Box::new(self.operand()?));
        }
    }

    fn operand(&mut self) -> Option<Expression> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return None;
        }
        let operand = match self.next()? {
            Token::Number(value) => Expression::Number(*value),
            Token::Text(text) => Expression::Text(text.clone()),
            Token::Regex(pattern) => Expression::Matches {
                text: Box::new(Expression::Field(Box::new(Expression::Number(0)))),
                pattern: compile(pattern, Meaning::Existence)?,
                negated: false,
            },
            Token::Symbol("$") => Expression::Field(Box::new(self.operand()?)),
            Token::Symbol("!") => Expression::Not(Box::new(self.operand()?)),
            Token::Symbol("-") => Expression::Negative(Box::new(self.operand()?)),
            Token::Symbol("(") => {
                let inner = self.expression()?;
                if !self.takes(")") {
                    return None;
                }
                inner
            }
            Token::Name(name) => self.named(name)?,
            Token::Symbol(_) | Token::Newline => return None,
        };
        self.depth -= 1;
        Some(operand)
    }

    /// A variable or a call.
    fn named(&mut self, name: &str) -> Option<Expression> {
        let function = match name {
            "index" => Function::Index,
            "length" => Function::Length,
            "substr" => Function::Substring,
            "tolower" => Function::Lower,
            "toupper" => Function::Upper,
            _ if KEYWORDS.contains(&name) || matches!(self.peek(), Some(Token::Symbol("("))) => return None,
            _ => return Some(Expression::Variable(name.to_owned())),
        };
        if !self.takes("(") {
            let record = Expression::Field(Box::new(Expression::Number(0)));
            return (function == Function::Length).then(|| Expression::Call(function, vec![record]));
        }
        let operands = self.list(Parser::expression)?;
        let fits = match function {
            Function::Index => operands.len() == 2,
            Function::Substring => matches!(operands.len(), 2 | 3),
            Function::Length | Function::Lower | Function::Upper => operands.len() == 1,
        };
        (fits && self.takes(")")).then_some(Expression::Call(function, operands))
    }
}
