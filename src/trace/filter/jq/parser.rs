//! Reads a program of `jq`.

use super::json::escape;
use std::iter::Peekable;
use std::str::Chars;

/// How deep a program may be nested.
const MAX_DEPTH: usize = 20;

/// A filter.
pub(super) enum Filter {
    /// `.`
    Same,
    Number(i64),
    /// `"text\(filter)"`, with the format in front of it.
    Text(Vec<Part>, Format),
    Format(Format),
    Variable(String),
    /// `f.key`, `f["key"]`, `f[0]`
    Index(Box<Filter>, Box<Filter>),
    /// `f[]`
    Each(Box<Filter>),
    /// `[f]`
    List(Option<Box<Filter>>),
    Pipe(Box<Filter>, Box<Filter>),
    Comma(Box<Filter>, Box<Filter>),
    Add(Box<Filter>, Box<Filter>),
    /// `f == g`, or that it is not.
    Equal(Box<Filter>, Box<Filter>, bool),
    /// `f // g`
    Otherwise(Box<Filter>, Box<Filter>),
    /// A function with at most one argument.
    Call(String, Option<Box<Filter>>),
}

/// A part of a text.
pub(super) enum Part {
    Text(String),
    Filter(Filter),
}

/// `@base64` and the like.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Format {
    Text,
    Base64,
    Base64Decoded,
    Shell,
}

/// Reads a program; `None` for errors and for what is not modelled.
pub(super) fn parse(program: &str) -> Option<Filter> {
    let mut parser = Parser { rest: program.chars().peekable(), depth: 0 };
    let filter = parser.pipe().filter(|_| program.len() <= 4096)?;
    parser.skip_blanks();
    parser.rest.peek().is_none().then_some(filter)
}

struct Parser<'a> {
    rest: Peekable<Chars<'a>>,
    depth: usize,
}

impl Parser<'_> {
    fn skip_blanks(&mut self) {
        while self.rest.next_if(|next| matches!(next, ' ' | '\t' | '\n')).is_some() {}
    }

    fn takes(&mut self, symbol: &str) -> bool {
        self.skip_blanks();
        let mut ahead = self.rest.clone();
        let found = symbol.chars().all(|wanted| ahead.next() == Some(wanted));
        if found {
            self.rest = ahead;
        }
        found
    }

    fn wants(&mut self, symbol: &str) -> Option<()> {
        self.takes(symbol).then_some(())
    }

    fn pipe(&mut self) -> Option<Filter> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return None;
        }
        let mut left = self.comma()?;
        if self.takes("|") {
            if self.rest.peek() == Some(&'=') {
                return None;
            }
            left = Filter::Pipe(Box::new(left), Box::new(self.pipe()?));
        }
        self.depth -= 1;
        Some(left)
    }

    fn comma(&mut self) -> Option<Filter> {
        let mut left = self.otherwise()?;
        while self.takes(",") {
            left = Filter::Comma(Box::new(left), Box::new(self.otherwise()?));
        }
        Some(left)
    }

    fn otherwise(&mut self) -> Option<Filter> {
        let left = self.comparison()?;
        if !self.takes("//") {
            return Some(left);
        }
        let right = self.comparison()?;
        // One is enough, and none is an assignment.
        (!self.takes("//") && !self.takes("=")).then(|| Filter::Otherwise(Box::new(left), Box::new(right)))
    }

    fn comparison(&mut self) -> Option<Filter> {
        let left = self.sum()?;
        let equal = if self.takes("==") {
            true
        } else if self.takes("!=") {
            false
        } else {
            return Some(left);
        };
        Some(Filter::Equal(Box::new(left), Box::new(self.sum()?), equal))
    }

    fn sum(&mut self) -> Option<Filter> {
        let mut left = self.postfix()?;
        while self.takes("+") {
            if self.rest.peek() == Some(&'=') {
                return None;
            }
            left = Filter::Add(Box::new(left), Box::new(self.postfix()?));
        }
        Some(left)
    }

    fn postfix(&mut self) -> Option<Filter> {
        let mut filter = self.term()?;
        loop {
            if self.takes("[") {
                filter = self.subscript(filter)?;
            } else if self.takes(".") {
                filter = match self.rest.peek()? {
                    '"' => self.key(filter)?,
                    'a'..='z' | 'A'..='Z' | '_' => {
                        Filter::Index(Box::new(filter), Box::new(literal(self.name())))
                    }
                    '[' => continue,
                    _ => return None,
                };
            } else if self.takes("?") {
                return None;
            } else {
                return Some(filter);
            }
        }
    }

    /// What follows a `[` behind a term.
    fn subscript(&mut self, of: Filter) -> Option<Filter> {
        if self.takes("]") {
            return Some(Filter::Each(Box::new(of)));
        }
        let index = if self.takes("-") {
            let Filter::Number(number) = self.number()? else { return None };
            Filter::Number(-number)
        } else {
            self.pipe()?
        };
        self.wants("]")?;
        Some(Filter::Index(Box::new(of), Box::new(index)))
    }

    /// `."key"`
    fn key(&mut self, of: Filter) -> Option<Filter> {
        self.wants("\"")?;
        let key = self.text(Format::Text)?;
        Some(Filter::Index(Box::new(of), Box::new(key)))
    }

    fn name(&mut self) -> String {
        let mut name = String::new();
        while let Some(letter) = self.rest.next_if(|next| next.is_ascii_alphanumeric() || *next == '_') {
            name.push(letter);
        }
        name
    }

    fn number(&mut self) -> Option<Filter> {
        let digits = self.name();
        let plain = digits.len() <= 9 && digits.bytes().all(|byte| byte.is_ascii_digit());
        if !plain || self.rest.peek() == Some(&'.') {
            return None;
        }
        digits.parse().ok().map(Filter::Number)
    }

    fn term(&mut self) -> Option<Filter> {
        self.skip_blanks();
        match *self.rest.peek()? {
            '.' => {
                self.rest.next();
                match self.rest.peek() {
                    Some('.') => None,
                    Some('"') => self.key(Filter::Same),
                    Some('a'..='z' | 'A'..='Z' | '_') => {
                        Some(Filter::Index(Box::new(Filter::Same), Box::new(literal(self.name()))))
                    }
                    Some('0'..='9') => None,
                    _ => Some(Filter::Same),
                }
            }
            '"' => {
                self.rest.next();
                self.text(Format::Text)
            }
            '0'..='9' => self.number(),
            '(' => {
                self.rest.next();
                let inner = self.pipe()?;
                self.wants(")")?;
                Some(inner)
            }
            '[' => {
                self.rest.next();
                if self.takes("]") {
                    return Some(Filter::List(None));
                }
                let inner = self.pipe()?;
                self.wants("]")?;
                Some(Filter::List(Some(Box::new(inner))))
            }
            '$' => {
                self.rest.next();
                Some(Filter::Variable(self.name()))
            }
            '@' => {
                self.rest.next();
                let format = match self.name().as_str() {
                    "text" => Format::Text,
                    "base64" => Format::Base64,
                    "base64d" => Format::Base64Decoded,
                    "sh" => Format::Shell,
                    _ => return None,
                };
                if self.takes("\"") { self.text(format) } else { Some(Filter::Format(format)) }
            }
            'a'..='z' => {
                let name = self.name();
                let argument = if self.takes("(") {
                    let argument = self.pipe()?;
                    self.wants(")")?;
                    Some(Box::new(argument))
                } else {
                    None
                };
                Some(Filter::Call(name, argument))
            }
            _ => None,
        }
    }

    /// A text behind its quote.
    fn text(&mut self, format: Format) -> Option<Filter> {
        let mut parts = Vec::new();
        let mut text = String::new();
        loop {
            match self.rest.next()? {
                '"' => {
                    parts.push(Part::Text(text));
                    return Some(Filter::Text(parts, format));
                }
                '\\' if self.rest.next_if_eq(&'(').is_some() => {
                    parts.push(Part::Text(std::mem::take(&mut text)));
                    parts.push(Part::Filter(self.pipe()?));
                    self.wants(")")?;
                }
                '\\' => text.push(escape(&mut self.rest)?),
                other => text.push(other),
            }
        }
    }
}

fn literal(text: String) -> Filter {
    Filter::Text(vec![Part::Text(text)], Format::Text)
}
