//! Reads an awk program.

use super::super::regex::{Meaning, Pattern, Syntax};
use super::lexer::{Token, tokens};
use super::program::{Expression, Function, Operator, Rule, Statement, When};

/// How deep expressions may be nested.
const MAX_DEPTH: usize = 30;

const KEYWORDS: &[&str] = &[
    "BEGIN", "END", "print", "printf", "next", "exit", "if", "else", "while", "for", "do", "break",
    "continue", "function", "func", "getline", "delete", "in", "return", "nextfile", "switch",
];

/// Reads a program; `None` for errors and for what is not modelled.
pub(super) fn parse(program: &str) -> Option<Vec<Rule>> {
    let tokens = tokens(program)?;
    let mut parser = Parser { rest: &tokens, depth: 0 };
    let mut rules = Vec::new();
    loop {
        while parser.ends_statement() {}
        if parser.rest.is_empty() {
            return (!rules.is_empty()).then_some(rules);
        }
        rules.push(parser.rule()?);
    }
}

struct Parser<'a> {
    rest: &'a [Token],
    depth: usize,
}

impl<'a> Parser<'a> {
    fn peek(&self) -> Option<&'a Token> {
        self.rest.first()
    }

    fn next(&mut self) -> Option<&'a Token> {
        let (first, rest) = self.rest.split_first()?;
        self.rest = rest;
        Some(first)
    }

    fn takes(&mut self, symbol: &str) -> bool {
        let found = matches!(self.peek(), Some(Token::Symbol(next)) if *next == symbol);
        if found {
            self.next();
        }
        found
    }

    fn takes_name(&mut self, name: &str) -> bool {
        let found = matches!(self.peek(), Some(Token::Name(next)) if next == name);
        if found {
            self.next();
        }
        found
    }

    /// Skips a `;` or newline.
    fn ends_statement(&mut self) -> bool {
        let found = matches!(self.peek(), Some(Token::Newline | Token::Symbol(";")));
        if found {
            self.next();
        }
        found
    }

    /// Whether a statement may end here.
    fn is_at_end(&self) -> bool {
        matches!(self.peek(), None | Some(Token::Newline | Token::Symbol(";" | "}")))
    }

    fn rule(&mut self) -> Option<Rule> {
        let when = if self.takes_name("BEGIN") {
            When::Begin
        } else if self.takes_name("END") {
            When::End
        } else if matches!(self.peek(), Some(Token::Symbol("{"))) {
            When::Always
        } else {
            When::If(self.expression()?)
        };
        let action = if self.takes("{") { Some(self.block()?) } else { None };
        let complete = match (&action, &when) {
            (None, When::Begin | When::End) => false,
            (None, _) => self.is_at_end(),
            (Some(_), _) => true,
        };
        complete.then_some(Rule { when, action })
    }

    /// Statements up to the `}`.
    fn block(&mut self) -> Option<Vec<Statement>> {
        let mut statements = Vec::new();
        loop {
            while self.ends_statement() {}
            if self.takes("}") {
                return Some(statements);
            }
            statements.push(self.statement()?);
            if !self.is_at_end() {
                return None;
            }
        }
    }

    fn statement(&mut self) -> Option<Statement> {
        let Token::Name(name) = self.next()? else { return None };
        Some(match name.as_str() {
            "print" => Statement::Print(self.printed()?),
            "printf" => Statement::Printf(self.printed().filter(|operands| !operands.is_empty())?),
            "next" => Statement::Next,
            "exit" => Statement::Exit,
            "sub" | "gsub" => self.replace(name == "gsub")?,
            _ if KEYWORDS.contains(&name.as_str()) || !self.takes("=") => return None,
            _ => Statement::Assign(name.clone(), self.expression()?),
        })
    }

    /// `sub(/x/, "y")` on the record.
    fn replace(&mut self, all: bool) -> Option<Statement> {
        if !self.takes("(") {
            return None;
        }
        let Token::Regex(pattern) = self.next()? else { return None };
        let pattern = compile(pattern, Meaning::Extent)?;
        if !self.takes(",") {
            return None;
        }
        let Token::Text(replacement) = self.next()? else { return None };
        let replacement = replacement.clone();
        (!replacement.contains('\\') && self.takes(")")).then_some(Statement::Replace {
            pattern,
            replacement,
            all,
        })
    }

    /// The operands of `print`, perhaps in parentheses. A `>` outside them would be a file.
    fn printed(&mut self) -> Option<Vec<Expression>> {
        if self.is_at_end() {
            return Some(Vec::new());
        }
        let start = self.rest;
        if self.takes("(")
            && let Some(operands) = self.list(Parser::expression)
            && self.takes(")")
            && self.is_at_end()
        {
            return Some(operands);
        }
        self.rest = start;
        self.list(Parser::concatenation)
    }

    fn list(&mut self, item: fn(&mut Self) -> Option<Expression>) -> Option<Vec<Expression>> {
        let mut items = vec![item(self)?];
        while self.takes(",") {
            items.push(item(self)?);
        }
        Some(items)
    }

    fn expression(&mut self) -> Option<Expression> {
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

    fn concatenation(&mut self) -> Option<Expression> {
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

fn compile(pattern: &str, meaning: Meaning) -> Option<Pattern> {
    Pattern::compile(pattern, Syntax { extended: true, escapes: false }, false, meaning)
}
