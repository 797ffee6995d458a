//! Walking through the tokens of a statement.

use super::token::Token;

/// A place in a statement.
#[derive(Clone, Copy)]
pub(super) struct Cursor<'t> {
    pub(super) rest: &'t [Token],
}

impl<'t> Cursor<'t> {
    /// The next token.
    pub(super) fn peek(&self) -> Option<&'t Token> {
        self.rest.first()
    }

    /// Takes the next token.
    pub(super) fn next(&mut self) -> Option<&'t Token> {
        let (first, rest) = self.rest.split_first()?;
        self.rest = rest;
        Some(first)
    }

    /// Takes a key word, if it is next.
    pub(super) fn take(&mut self, word: &str) -> bool {
        self.take_any(&[word])
    }

    /// Takes one of the key words, if it is next.
    pub(super) fn take_any(&mut self, words: &[&str]) -> bool {
        let found = self.peek().is_some_and(|token| token.is_any(words));
        if found {
            self.next();
        }
        found
    }

    /// Takes the key words, if they are next.
    pub(super) fn take_all(&mut self, words: &[&str]) -> bool {
        let found =
            words.len() <= self.rest.len() && words.iter().zip(self.rest).all(|(word, token)| token.is(word));
        if found {
            self.rest = self.rest.get(words.len()..).unwrap_or_default();
        }
        found
    }

    /// Takes a character, if it is next.
    pub(super) fn take_symbol(&mut self, symbol: char) -> bool {
        let found = self.peek() == Some(&Token::Symbol(symbol));
        if found {
            self.next();
        }
        found
    }

    /// Takes `(…)`, if it is next; what is inside.
    pub(super) fn group(&mut self) -> Option<&'t [Token]> {
        if self.peek() != Some(&Token::Symbol('(')) {
            return None;
        }
        let inner = self.rest.get(1..).unwrap_or_default();
        let end = depth_end(inner);
        self.rest = inner.get(end + 1..).unwrap_or_default();
        inner.get(..end)
    }

    /// Takes `IF EXISTS`, `IF NOT EXISTS`.
    pub(super) fn take_condition(&mut self) {
        if !self.take_all(&["if", "exists"]) {
            self.take_all(&["if", "not", "exists"]);
        }
    }

    /// Takes a name: `a.b."c"`, joined by dots.
    pub(super) fn name(&mut self) -> Option<String> {
        let mut name = part(self.peek()?)?;
        self.next();
        // `dbo..t`
        while self.peek() == Some(&Token::Symbol('.')) {
            let next = self.rest.iter().position(|token| *token != Token::Symbol('.'));
            let Some(more) = next.and_then(|at| part(self.rest.get(at)?)) else { break };
            self.rest = self.rest.get(next.unwrap_or(0) + 1..).unwrap_or_default();
            name.push('.');
            name.push_str(&more);
        }
        Some(name)
    }

    /// Takes names with commas between them, each with what may stand behind it: `f(int)`, `'a'@'%'`, `t*`.
    pub(super) fn names(&mut self) -> Vec<String> {
        let mut names = Vec::new();
        loop {
            self.take("only");
            let Some(name) = self.name() else { break };
            names.push(name);
            self.group();
            self.take_symbol('*');
            if self.peek().and_then(Token::word).is_some_and(|word| word.starts_with('@')) {
                self.next();
                self.name();
            }
            if !self.take_symbol(',') {
                break;
            }
        }
        names
    }
}

/// The words that make up a name.
fn part(token: &Token) -> Option<String> {
    match token {
        Token::Word(text) | Token::Name(text) | Token::Text(text) | Token::Number(text) => Some(text.clone()),
        Token::Symbol(_) | Token::End => None,
    }
}

/// Where the group ends whose inside the tokens begin with: its `)`, or the end.
pub(super) fn depth_end(tokens: &[Token]) -> usize {
    let mut depth = 0_usize;
    for (at, token) in tokens.iter().enumerate() {
        match token {
            Token::Symbol('(') => depth += 1,
            Token::Symbol(')') if depth == 0 => return at,
            Token::Symbol(')') => depth -= 1,
            _ => {}
        }
    }
    tokens.len()
}

/// The tokens outside of parentheses, with their places.
pub(super) fn outside(tokens: &[Token]) -> impl Iterator<Item = (usize, &Token)> {
    let mut depth = 0_usize;
    tokens.iter().enumerate().filter(move |(_, token)| {
        match token {
            Token::Symbol('(') => depth += 1,
            Token::Symbol(')') => depth = depth.saturating_sub(1),
            _ => return depth == 0,
        }
        false
    })
}

/// The place of the first of these key words outside of parentheses.
pub(super) fn find(tokens: &[Token], words: &[&str]) -> Option<usize> {
    outside(tokens).find(|(_, token)| token.is_any(words)).map(|(at, _)| at)
}
