//! Tokens of code in the manner of JavaScript: strings and comments apart from names. Regular expressions are not told
//! apart from divisions.

/// A token.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Code {
    /// A name, a key word, a number.
    Word(String),
    /// A string.
    Text(String),
    /// Any other character.
    Symbol(char),
}

impl Code {
    pub(super) fn word(&self) -> Option<&str> {
        match self {
            Code::Word(word) => Some(word),
            _ => None,
        }
    }

    pub(super) fn text(&self) -> Option<&str> {
        match self {
            Code::Text(text) => Some(text),
            _ => None,
        }
    }

    pub(super) fn word_or_text(&self) -> Option<&str> {
        self.word().or(self.text())
    }
}

/// The tokens of a text.
pub(super) fn tokens(text: &str) -> Vec<Code> {
    let mut tokens = Vec::new();
    let mut rest = text.chars().peekable();
    while let Some(first) = rest.next() {
        match (first, rest.peek()) {
            ('/', Some('/')) => {
                rest.by_ref().find(|c| *c == '\n');
            }
            ('/', Some('*')) => {
                rest.next();
                while let Some(c) = rest.next() {
                    if c == '*' && rest.next_if_eq(&'/').is_some() {
                        break;
                    }
                }
            }
            ('"' | '\'' | '`', _) => {
                let mut text = String::new();
                while let Some(c) = rest.next().filter(|c| *c != first) {
                    match c {
                        '\\' => text.extend(rest.next()),
                        c => text.push(c),
                    }
                }
                tokens.push(Code::Text(text));
            }
            (c, _) if is_name(c) => {
                let mut name = String::from(c);
                while let Some(c) = rest.next_if(|c| is_name(*c)) {
                    name.push(c);
                }
                tokens.push(Code::Word(name));
            }
            (c, _) if c.is_whitespace() => {}
            (c, _) => tokens.push(Code::Symbol(c)),
        }
    }
    tokens
}

fn is_name(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '$') || super::mark::is_mark(c)
}
