//! Reads an awk program.

use super::super::regex::{Meaning, Pattern, Syntax};
use super::lexer::{Token, tokens};
use super::program::{Expression, Rule, Statement, When};

pub(super) const KEYWORDS: &[&str] = &[
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

pub(super) struct Parser<'a> {
    pub(super) rest: &'a [Token],
    /// How deep the expression being read is nested.
    pub(super) depth: usize,
}

impl<'a> Parser<'a> {
    pub(super) fn peek(&self) -> Option<&'a Token> {
        self.rest.first()
    }

    pub(super) fn next(&mut self) -> Option<&'a Token> {
        let (first, rest) = self.rest.split_first()?;
        self.rest = rest;
        Some(first)
    }

    pub(super) fn takes(&mut self, symbol: &str) -> bool {
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

    pub(super) fn list(&mut self, item: fn(&mut Self) -> Option<Expression>) -> Option<Vec<Expression>> {
        let mut items = vec![item(self)?];
        while self.takes(",") {
            items.push(item(self)?);
        }
        Some(items)
    }
}

pub(super) fn compile(pattern: &str, meaning: Meaning) -> Option<Pattern> {
    Pattern::compile(pattern, Syntax { extended: true, escapes: false }, false, meaning)
}
