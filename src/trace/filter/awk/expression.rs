//! Reads awk's expressions, from the loosest operator to the tightest.
//!
//! Where awks read the same text in different ways (`! x ~ y`, `"a" -1`), it is not modelled.

use super::super::regex::Meaning;
use super::lexer::{KEYWORDS, Token};
use super::parser::{Parser, compile};
use super::program::{Between, Builtin, Expression, Operator, Place, Regex};

impl Parser<'_> {
    /// An expression with its assignments.
    pub(super) fn expression(&mut self) -> Option<Expression> {
        self.whole(Parser::assignment)
    }

    fn assignment(&mut self) -> Option<Expression> {
        let left = self.choice_of_values()?;
        let operator = match self.peek() {
            Some(Token::Symbol("=")) => None,
            Some(Token::Symbol("+=")) => Some(Operator::Add),
            Some(Token::Symbol("-=")) => Some(Operator::Subtract),
            Some(Token::Symbol("*=")) => Some(Operator::Multiply),
            Some(Token::Symbol("%=")) => Some(Operator::Remainder),
            _ => return Some(left),
        };
        let Expression::Place(place) = left else { return None };
        self.next();
        self.skip_newlines();
        Some(Expression::Assign(place, operator, Box::new(self.expression()?)))
    }

    fn choice_of_values(&mut self) -> Option<Expression> {
        let condition = self.disjunction()?;
        if !self.takes("?") {
            return Some(condition);
        }
        let one = self.expression()?;
        self.wants(":")?;
        Some(Expression::Choice(Box::new(condition), Box::new(one), Box::new(self.expression()?)))
    }

    fn disjunction(&mut self) -> Option<Expression> {
        let mut left = self.conjunction()?;
        while self.takes("||") {
            self.skip_newlines();
            left = Expression::Binary(Operator::Or, Box::new(left), Box::new(self.conjunction()?));
        }
        Some(left)
    }

    fn conjunction(&mut self) -> Option<Expression> {
        let mut left = self.membership()?;
        while self.takes("&&") {
            self.skip_newlines();
            left = Expression::Binary(Operator::And, Box::new(left), Box::new(self.membership()?));
        }
        Some(left)
    }

    fn membership(&mut self) -> Option<Expression> {
        let left = self.comparison()?;
        if !self.takes_name("in") {
            return Some(left);
        }
        Some(Expression::In(vec![left], self.name()?))
    }

    fn comparison(&mut self) -> Option<Expression> {
        let left = Box::new(self.concatenation()?);
        // What is printed is not compared without parentheses: to some that is an error.
        if self.printing {
            return Some(*left);
        }
        let negated = matches!(self.peek(), Some(Token::Symbol("!~")));
        if negated || matches!(self.peek(), Some(Token::Symbol("~"))) {
            self.next();
            let pattern = self.regex(Meaning::Existence)?;
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

    /// An expression between slashes, or in a text, which must not hold escapes: they are read twice.
    fn regex(&mut self, meaning: Meaning) -> Option<Regex> {
        match self.next()? {
            Token::Regex(pattern) => compile(pattern, meaning),
            Token::Text(pattern) if !pattern.is_empty() && !pattern.contains(['\\', '{', '\n', '/']) => {
                compile(pattern, meaning)
            }
            _ => None,
        }
    }

    fn concatenation(&mut self) -> Option<Expression> {
        let mut left = self.sum()?;
        loop {
            let starts_operand = match self.peek() {
                Some(Token::Name(name)) => !KEYWORDS.contains(&name.as_str()),
                Some(Token::Number(_) | Token::Text(_) | Token::Call(_)) => true,
                Some(Token::Symbol("$" | "(" | "++" | "--")) => true,
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
            // `"a" -1` is a concatenation to some.
            if matches!(left, Expression::Text(_)) {
                return None;
            }
            self.next();
            left = Expression::Binary(operator, Box::new(left), Box::new(self.product()?));
        }
    }

    fn product(&mut self) -> Option<Expression> {
        let mut left = self.signed()?;
        loop {
            let operator = match self.peek() {
                Some(Token::Symbol("*")) => Operator::Multiply,
                Some(Token::Symbol("/")) => Operator::Divide,
                Some(Token::Symbol("%")) => Operator::Remainder,
                _ => return Some(left),
            };
            self.next();
            left = Expression::Binary(operator, Box::new(left), Box::new(self.signed()?));
        }
    }

    fn signed(&mut self) -> Option<Expression> {
        if self.takes("-") {
            return Some(Expression::Negative(Box::new(self.nested(Parser::signed)?)));
        }
        if self.takes("!") {
            let inner = self.nested(Parser::signed)?;
            let ends = match self.peek() {
                None | Some(Token::Newline) => true,
                Some(Token::Symbol(next)) => {
                    matches!(*next, ";" | "{" | "}" | ")" | "]" | "&&" | "||" | "?" | ":" | ",")
                }
                Some(_) => false,
            };
            return ends.then(|| Expression::Not(Box::new(inner)));
        }
        let base = self.stepped()?;
        if !self.takes("^") {
            return Some(base);
        }
        Some(Expression::Binary(Operator::Power, Box::new(base), Box::new(self.nested(Parser::signed)?)))
    }

    /// An operand with its `++` or `--`.
    fn stepped(&mut self) -> Option<Expression> {
        for (symbol, by) in [("++", 1), ("--", -1)] {
            if self.takes(symbol) {
                let Expression::Place(place) = self.nested(Parser::operand)? else { return None };
                return Some(Expression::Step { place, by, before: true });
            }
        }
        let operand = self.nested(Parser::operand)?;
        for (symbol, by) in [("++", 1), ("--", -1)] {
            if let Expression::Place(place) = &operand
                && self.takes(symbol)
            {
                return Some(Expression::Step { place: place.clone(), by, before: false });
            }
        }
        Some(operand)
    }

    fn operand(&mut self) -> Option<Expression> {
        Some(match self.next()? {
            Token::Number(value) => Expression::Number(*value),
            Token::Text(text) => Expression::Text(text.clone()),
            Token::Regex(pattern) => Expression::Matches {
                text: Box::new(record()),
                pattern: compile(pattern, Meaning::Existence)?,
                negated: false,
            },
            Token::Symbol("$") => {
                let number = match self.peek() {
                    Some(Token::Symbol("++" | "--")) => self.nested(Parser::stepped)?,
                    _ => self.nested(Parser::operand)?,
                };
                Expression::Place(Place::Field(Box::new(number)))
            }
            Token::Symbol("(") => {
                let printing = std::mem::replace(&mut self.printing, false);
                let mut inner = self.list(Parser::expression)?;
                self.wants(")")?;
                self.printing = printing;
                if inner.len() > 1 {
                    // `(i, j) in array`
                    return if self.takes_name("in") {
                        Some(Expression::In(inner, self.name()?))
                    } else {
                        None
                    };
                }
                match inner.pop()? {
                    // In parentheses a text is no constant that an operator behind it could be glued to, and a
                    // variable none that can be assigned to.
                    inner @ (Expression::Text(_) | Expression::Place(_)) => Expression::Binary(
                        Operator::Concatenate,
                        Box::new(inner),
                        Box::new(Expression::Text(String::new())),
                    ),
                    inner => inner,
                }
            }
            Token::Call(name) => {
                self.wants("(")?;
                let operands = if self.takes(")") { Vec::new() } else { self.operands()? };
                Expression::Call(name.clone(), operands)
            }
            Token::Name(name) => self.named(name)?,
            Token::Symbol(_) | Token::Newline => return None,
        })
    }

    /// Expressions up to the `)`.
    fn operands(&mut self) -> Option<Vec<Expression>> {
        let printing = std::mem::replace(&mut self.printing, false);
        let operands = self.list(Parser::expression)?;
        self.printing = printing;
        self.wants(")")?;
        Some(operands)
    }

    /// A variable, an element of an array or a call.
    fn named(&mut self, name: &str) -> Option<Expression> {
        let function = match name {
            "index" => Builtin::Index,
            "int" => Builtin::Int,
            "length" => Builtin::Length,
            "sprintf" => Builtin::Print,
            "substr" => Builtin::Substring,
            "tolower" => Builtin::Lower,
            "toupper" => Builtin::Upper,
            "split" => return self.split(),
            "sub" | "gsub" => return self.replace(name == "gsub"),
            "match" => {
                self.wants("(")?;
                let text = self.expression()?;
                self.wants(",")?;
                let pattern = self.regex(Meaning::Extent)?;
                return self.takes(")").then(|| Expression::Find(Box::new(text), pattern));
            }
            "close" | "fflush" | "rand" | "srand" | "system" => return None,
            _ if KEYWORDS.contains(&name) || matches!(self.peek(), Some(Token::Symbol("("))) => return None,
            _ if self.takes("[") => {
                let key = self.list(Parser::expression)?;
                self.wants("]")?;
                return Some(Expression::Place(Place::Element(name.to_owned(), key)));
            }
            _ => return Some(Expression::Place(Place::Variable(name.to_owned()))),
        };
        if !self.takes("(") {
            return (function == Builtin::Length).then(|| Expression::Builtin(function, vec![record()]));
        }
        if function == Builtin::Length && self.takes(")") {
            return Some(Expression::Builtin(function, vec![record()]));
        }
        let operands = self.operands()?;
        let fits = match function {
            Builtin::Index => operands.len() == 2,
            Builtin::Substring => matches!(operands.len(), 2 | 3),
            Builtin::Print => true,
            Builtin::Int | Builtin::Length | Builtin::Lower | Builtin::Upper => operands.len() == 1,
        };
        fits.then_some(Expression::Builtin(function, operands))
    }

    /// `split(text, array, separator)`
    fn split(&mut self) -> Option<Expression> {
        self.wants("(")?;
        let text = Box::new(self.expression()?);
        self.wants(",")?;
        let array = self.name()?;
        let separator = match (self.takes(","), self.peek()) {
            (false, _) => None,
            (true, Some(Token::Regex(_))) => Some(Between::Regex(self.regex(Meaning::Extent)?)),
            (true, _) => Some(Between::Text(Box::new(self.expression()?))),
        };
        self.takes(")").then_some(Expression::Split { text, array, separator })
    }

    /// `sub(/x/, "y", place)`; without a place it is the record.
    fn replace(&mut self, all: bool) -> Option<Expression> {
        self.wants("(")?;
        let pattern = self.regex(Meaning::Extent)?;
        self.wants(",")?;
        let replacement = Box::new(self.expression()?);
        let place = if self.takes(",") {
            let Expression::Place(place) = self.expression()? else { return None };
            place
        } else {
            Place::Field(Box::new(Expression::Number(0)))
        };
        self.takes(")").then_some(Expression::Replace { pattern, replacement, place, all })
    }
}

/// `$0`
fn record() -> Expression {
    Expression::Place(Place::Field(Box::new(Expression::Number(0))))
}
