//! Reads an awk program: its rules and statements.

use super::super::regex::{Meaning, Pattern, Syntax};
use super::check;
use super::lexer::{KEYWORDS, Token, tokens};
use super::order;
use super::program::{Expression, Function, Program, Regex, Rule, Statement, Target, When};
use std::rc::Rc;

/// Reads a program; `None` for errors and for what is not modelled.
pub(super) fn parse(program: &str) -> Option<Program> {
    let tokens = tokens(program)?;
    let mut parser = Parser { rest: &tokens, depth: 0, printing: false, inside: false, ranges: 0 };
    let mut program = Program::default();
    loop {
        while parser.ends_statement() {}
        if parser.rest.is_empty() {
            return (!program.rules.is_empty() && check::is_right(&program, &tokens)).then_some(program);
        }
        if parser.takes_name("function") || parser.takes_name("func") {
            let (name, function) = parser.function()?;
            if program.functions.insert(name, function).is_some() {
                return None;
            }
        } else {
            program.rules.push(parser.rule()?);
        }
    }
}

/// How deep expressions and blocks may be nested.
const MAX_DEPTH: usize = 30;

pub(super) struct Parser<'a> {
    pub(super) rest: &'a [Token],
    /// How deep what is being read is nested.
    depth: usize,
    /// Whether a `>` belongs to a `print`.
    pub(super) printing: bool,
    /// Whether a whole expression is being read already.
    inside: bool,
    /// How many ranges were read.
    ranges: usize,
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

    pub(super) fn wants(&mut self, symbol: &str) -> Option<()> {
        self.takes(symbol).then_some(())
    }

    pub(super) fn takes_name(&mut self, name: &str) -> bool {
        let found = matches!(self.peek(), Some(Token::Name(next)) if next == name);
        if found {
            self.next();
        }
        found
    }

    /// A name that is no keyword.
    pub(super) fn name(&mut self) -> Option<String> {
        match self.next()? {
            Token::Name(name) if !KEYWORDS.contains(&name.as_str()) => Some(name.clone()),
            _ => None,
        }
    }

    pub(super) fn skip_newlines(&mut self) {
        while matches!(self.peek(), Some(Token::Newline)) {
            self.next();
        }
    }

    /// Reads something that is nested in what is read.
    pub(super) fn nested<T>(&mut self, read: impl FnOnce(&mut Self) -> Option<T>) -> Option<T> {
        self.depth += 1;
        let found = if self.depth > MAX_DEPTH { None } else { read(self) };
        self.depth -= 1;
        found
    }

    /// Reads an expression or a list of them as a whole. What is counted in it must not be looked at, too: which of
    /// both comes first differs.
    pub(super) fn whole<T>(&mut self, read: impl FnOnce(&mut Self) -> Option<T>) -> Option<T> {
        if self.inside {
            return self.nested(read);
        }
        let start = self.rest;
        self.inside = true;
        let found = self.nested(read);
        self.inside = false;
        let tokens = start.get(..start.len() - self.rest.len())?;
        found.filter(|_| order::is_clear(tokens))
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

    /// `name(parameters) { … }`
    fn function(&mut self) -> Option<(String, Function)> {
        let Token::Call(name) = self.next()? else { return None };
        self.wants("(")?;
        let mut parameters = Vec::new();
        while !self.takes(")") {
            if !parameters.is_empty() {
                self.wants(",")?;
            }
            parameters.push(self.name().filter(|name| !parameters.contains(name))?);
        }
        self.skip_newlines();
        self.wants("{")?;
        Some((name.clone(), Function { parameters, body: self.block()? }))
    }

    fn rule(&mut self) -> Option<Rule> {
        let when = if self.takes_name("BEGIN") {
            When::Begin
        } else if self.takes_name("END") {
            When::End
        } else if matches!(self.peek(), Some(Token::Symbol("{"))) {
            When::Always
        } else {
            let from = self.expression()?;
            if self.takes(",") {
                self.skip_newlines();
                self.ranges += 1;
                When::Range(from, self.expression()?, self.ranges - 1)
            } else {
                When::If(from)
            }
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
            statements.extend(self.body()?);
        }
    }

    /// A block, or one statement with its end; `;` alone is none.
    fn body(&mut self) -> Option<Vec<Statement>> {
        self.nested(|parser| {
            parser.skip_newlines();
            if parser.takes("{") {
                return parser.block();
            }
            if parser.takes(";") {
                return Some(Vec::new());
            }
            let statement = parser.statement()?;
            let ends_itself = matches!(
                statement,
                Statement::If(..) | Statement::Loop { once: false, .. } | Statement::Each { .. }
            );
            if !ends_itself && !parser.is_at_end() {
                return None;
            }
            if !ends_itself {
                parser.ends_statement();
            }
            Some(vec![statement])
        })
    }

    fn statement(&mut self) -> Option<Statement> {
        let start = self.rest;
        if matches!(self.peek(), Some(Token::Call(name)) if name == "system") {
            self.next();
            self.wants("(")?;
            let command = self.expression()?;
            self.wants(")")?;
            return self.is_at_end().then_some(Statement::System(command));
        }
        let Some(Token::Name(name)) = self.peek() else { return self.simple() };
        self.next();
        Some(match name.as_str() {
            "print" => {
                let (operands, target) = self.printed()?;
                Statement::Print(operands, target)
            }
            "printf" => {
                let (operands, target) = self.printed().filter(|(operands, _)| !operands.is_empty())?;
                Statement::Printf(operands, target)
            }
            "next" => Statement::Next,
            "exit" => {
                if !self.is_at_end() {
                    self.expression()?;
                }
                Statement::Exit
            }
            "break" => Statement::Break,
            "continue" => Statement::Continue,
            "return" if self.is_at_end() => Statement::Return(None),
            "return" => Statement::Return(Some(self.expression()?)),
            "delete" => self.delete()?,
            "if" => self.choice()?,
            "for" => self.counted()?,
            "while" => {
                let condition = Some(self.condition()?);
                Statement::Loop { start: None, condition, step: None, body: self.body()?, once: false }
            }
            "do" => {
                let body = self.body()?;
                while self.ends_statement() {}
                if !self.takes_name("while") {
                    return None;
                }
                let condition = Some(self.condition()?);
                Statement::Loop { start: None, condition, step: None, body, once: true }
            }
            _ => {
                self.rest = start;
                return self.simple();
            }
        })
    }

    fn simple(&mut self) -> Option<Statement> {
        Some(Statement::Expression(self.expression()?))
    }

    fn delete(&mut self) -> Option<Statement> {
        let array = self.name()?;
        if !self.takes("[") {
            return Some(Statement::Delete(array, None));
        }
        let key = self.list(Parser::expression)?;
        self.wants("]")?;
        Some(Statement::Delete(array, Some(key)))
    }

    fn condition(&mut self) -> Option<Expression> {
        self.wants("(")?;
        let condition = self.expression()?;
        self.wants(")")?;
        Some(condition)
    }

    /// `(condition) statement`, perhaps with an `else`.
    fn choice(&mut self) -> Option<Statement> {
        let condition = self.condition()?;
        let then = self.body()?;
        let start = self.rest;
        while self.ends_statement() {}
        let otherwise = if self.takes_name("else") {
            self.body()?
        } else {
            self.rest = start;
            Vec::new()
        };
        Some(Statement::If(condition, then, otherwise))
    }

    /// Both kinds of `for`.
    fn counted(&mut self) -> Option<Statement> {
        if let [
            Token::Symbol("("),
            Token::Name(key),
            Token::Name(word),
            Token::Name(array),
            Token::Symbol(")"),
            rest @ ..,
        ] = self.rest
            && word == "in"
        {
            self.rest = rest;
            return Some(Statement::Each { key: key.clone(), array: array.clone(), body: self.body()? });
        }
        self.wants("(")?;
        let mut part = |end: &str| {
            if self.takes(end) {
                return Some(None);
            }
            let part = self.expression()?;
            self.wants(end)?;
            self.skip_newlines();
            Some(Some(part))
        };
        let (start, condition, step) = (part(";")?, part(";")?, part(")")?);
        Some(Statement::Loop { start, condition, step, body: self.body()?, once: false })
    }

    /// The operands of `print`, perhaps in parentheses, and where they go.
    fn printed(&mut self) -> Option<(Vec<Expression>, Target)> {
        self.whole(Parser::destined)
    }

    fn taken(&mut self, target: Target) -> Target {
        self.next();
        target
    }

    fn destined(&mut self) -> Option<(Vec<Expression>, Target)> {
        let start = self.rest;
        let mut operands = None;
        if self.is_at_end() || matches!(self.peek(), Some(Token::Symbol(">" | "|"))) {
            operands = Some(Vec::new());
        } else if self.takes("(")
            && let Some(listed) = self.list(Parser::expression)
            && self.takes(")")
            && (self.is_at_end() || matches!(self.peek(), Some(Token::Symbol(">" | "|"))))
        {
            operands = Some(listed);
        }
        let operands = match operands {
            Some(operands) => operands,
            None => {
                self.rest = start;
                self.printing = true;
                let listed = self.list(Parser::expression);
                self.printing = false;
                listed?
            }
        };
        if self.takes("|") {
            let Some(Token::Text(command)) = self.peek() else { return None };
            let target = self.taken(Target::Command(command.clone()));
            return self.is_at_end().then_some((operands, target));
        }
        let target = match (self.takes(">"), self.peek()) {
            (false, _) => Target::Out,
            (true, Some(Token::Text(path))) if path == "/dev/stdout" => self.taken(Target::Out),
            (true, Some(Token::Text(path))) if path == "/dev/stderr" => self.taken(Target::Nowhere),
            // Where an expression without parentheses ends, versions differ about.
            (true, Some(Token::Text(path))) if !path.starts_with("/dev/") && !path.starts_with("/inet") => {
                let target = self.taken(Target::File(path.clone()));
                self.is_at_end().then_some(target)?
            }
            _ => return None,
        };
        Some((operands, target))
    }

    pub(super) fn list(&mut self, item: fn(&mut Self) -> Option<Expression>) -> Option<Vec<Expression>> {
        let mut items = vec![item(self)?];
        while self.takes(",") {
            self.skip_newlines();
            items.push(item(self)?);
        }
        Some(items)
    }
}

pub(super) fn compile(pattern: &str, meaning: Meaning) -> Option<Regex> {
    let syntax = Syntax { extended: true, escapes: false };
    Pattern::compile(pattern, syntax, false, meaning).map(Rc::new)
}
