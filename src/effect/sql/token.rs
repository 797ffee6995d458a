//! Text to tokens, in one pass that never fails: what is not closed goes to the end.

use super::lexis::{Client, Lexis};
use std::iter::Peekable;
use std::str::Chars;

/// A token.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Token {
    /// A key word or a name, in lower case.
    Word(String),
    /// A quoted name.
    Name(String),
    /// A string.
    Text(String),
    /// A number.
    Number(String),
    /// Any other character.
    Symbol(char),
    /// The end of a statement: `;`, `\g`, `GO`, the current delimiter.
    End,
}

impl Token {
    /// Whether it is this key word.
    pub(super) fn is(&self, word: &str) -> bool {
        matches!(self, Token::Word(found) if found == word)
    }

    /// Whether it is one of these key words.
    pub(super) fn is_any(&self, words: &[&str]) -> bool {
        matches!(self, Token::Word(found) if words.contains(&found.as_str()))
    }

    /// The key word.
    pub(super) fn word(&self) -> Option<&str> {
        match self {
            Token::Word(word) => Some(word),
            _ => None,
        }
    }

    /// The string.
    pub(super) fn text(&self) -> Option<&str> {
        match self {
            Token::Text(text) => Some(text),
            _ => None,
        }
    }
}

/// The tokens of a text, without comments and commands to the client.
pub(super) fn tokens(text: &str, lexis: Lexis) -> Vec<Token> {
    let mut lexer = Lexer {
        rest: text.chars().peekable(),
        lexis,
        delimiter: ";".to_owned(),
        line_start: true,
        executed: 0,
        tokens: Vec::new(),
    };
    while lexer.next() {}
    lexer.tokens
}

struct Lexer<'t> {
    rest: Peekable<Chars<'t>>,
    lexis: Lexis,
    /// What ends a statement: `DELIMITER //` changes it.
    delimiter: String,
    /// Whether nothing but blanks stands before on the line.
    line_start: bool,
    /// Open `/*!` comments.
    executed: usize,
    tokens: Vec<Token>,
}

impl Lexer<'_> {
    /// Reads one token or skips something; `false` at the end.
    fn next(&mut self) -> bool {
        let at_start = self.line_start;
        let Some(first) = self.rest.next() else { return false };
        self.line_start = first == '\n' || (at_start && first.is_whitespace());
        match first {
            c if c.is_whitespace() => {}
            '-' if self.peek() == Some('-') && self.is_dash_comment() => self.skip_line(),
            '#' if self.lexis.hash_comments => self.skip_line(),
            '/' if self.lexis.slash_comments && self.peek() == Some('/') => self.skip_line(),
            '/' if self.peek() == Some('*') => self.comment(),
            '*' if self.executed > 0 && self.peek() == Some('/') => {
                self.rest.next();
                self.executed -= 1;
            }
            '\'' => self.quoted('\'', self.lexis.backslash, Token::Text),
            '"' if self.lexis.double_is_text => self.quoted('"', self.lexis.backslash, Token::Text),
            '"' => self.quoted('"', false, Token::Name),
            '`' => self.quoted('`', false, Token::Name),
            '[' if self.lexis.brackets => self.quoted(']', false, Token::Name),
            '$' if self.lexis.dollar_quotes && self.dollar_quoted() => {}
            '\\' => self.client_command(),
            '.' if at_start && self.lexis.client == Client::Sqlite && self.is_between() => self.skip_line(),
            c if self.ends_with_delimiter(c) => self.tokens.push(Token::End),
            c if is_word(c) => self.word(c, at_start),
            c => self.tokens.push(Token::Symbol(c)),
        }
        true
    }

    fn peek(&mut self) -> Option<char> {
        self.rest.peek().copied()
    }

    fn skip_line(&mut self) {
        for c in self.rest.by_ref() {
            if c == '\n' {
                break;
            }
        }
        self.line_start = true;
    }

    /// Whether no statement is begun.
    fn is_between(&self) -> bool {
        self.tokens.last().is_none_or(|last| *last == Token::End)
    }

    fn is_dash_comment(&self) -> bool {
        let behind = self.rest.clone().nth(1);
        !self.lexis.dashes_need_blank || behind.is_none_or(char::is_whitespace)
    }

    fn comment(&mut self) {
        self.rest.next();
        let mut ahead = self.rest.clone();
        let first = ahead.next();
        let is_mariadb = first == Some('M') && ahead.next() == Some('!');
        if self.lexis.executed_comments && (first == Some('!') || is_mariadb) {
            self.rest.nth(usize::from(is_mariadb));
            while self.peek().is_some_and(|c| c.is_ascii_digit()) {
                self.rest.next();
            }
            self.executed += 1;
            return;
        }
        let mut depth = 1;
        while let Some(c) = self.rest.next() {
            match (c, self.peek()) {
                ('*', Some('/')) => {
                    self.rest.next();
                    depth -= 1;
                    if depth == 0 {
                        return;
                    }
                }
                ('/', Some('*')) if self.lexis.nested_comments => {
                    self.rest.next();
                    depth += 1;
                }
                _ => {}
            }
        }
    }

    /// A string or name up to `close`, which is doubled to stand for itself.
    fn quoted(&mut self, close: char, backslash: bool, token: fn(String) -> Token) {
        // `E'…'` has backslashes in every dialect that knows it.
        let is_escaped = close == '\'' && self.tokens.last().is_some_and(|last| last.is_any(&["e", "b"]));
        let is_prefix = |last: &Token| {
            close == '\'' && last.is_any(&["e", "b", "n", "x", "r", "_utf8", "_utf8mb4", "_binary"])
        };
        if self.tokens.last().is_some_and(is_prefix) {
            self.tokens.pop();
        }
        let mut text = String::new();
        while let Some(c) = self.rest.next() {
            if c == close {
                if self.peek() != Some(close) {
                    break;
                }
                self.rest.next();
            } else if c == '\\' && (backslash || is_escaped) {
                text.extend(self.rest.next().map(|c| match c {
                    'n' => '\n',
                    't' => '\t',
                    c => c,
                }));
                continue;
            }
            text.push(c);
        }
        self.tokens.push(token(text));
    }

    /// `$tag$ … $tag$`; `false`: it is none, and nothing is read.
    fn dollar_quoted(&mut self) -> bool {
        let mut ahead = self.rest.clone();
        let mut tag = String::from('$');
        loop {
            match ahead.next() {
                Some('$') => break,
                Some(c) if c.is_alphanumeric() || c == '_' => tag.push(c),
                _ => return false,
            }
            if tag.len() > 64 {
                return false;
            }
        }
        tag.push('$');
        self.rest = ahead;
        let mut text = String::new();
        for c in self.rest.by_ref() {
            text.push(c);
            if c == '$' && text.ends_with(&tag) {
                text.truncate(text.len() - tag.len());
                break;
            }
        }
        self.tokens.push(Token::Text(text));
        true
    }

    /// A backslash outside strings.
    fn client_command(&mut self) {
        let next = self.peek();
        match self.lexis.client {
            Client::Psql => {
                let mut name = String::new();
                while let Some(c) = self.rest.next_if(|c| c.is_ascii_alphabetic() || "!?".contains(*c)) {
                    name.push(c);
                }
                if name == "copy" {
                    // The same as `COPY`, on one line, done by the client.
                    let line: String = self.rest.by_ref().take_while(|c| *c != '\n').collect();
                    self.tokens.push(Token::Word("\\copy".to_owned()));
                    self.tokens.extend(tokens(&line, self.lexis));
                    self.tokens.push(Token::End);
                    self.line_start = true;
                    return;
                }
                let sends = ["g", "gx", "gset", "gexec", "gdesc", "crosstabview", "watch", "bind"];
                if sends.contains(&name.as_str()) {
                    if name == "gexec" {
                        self.tokens.push(Token::Word("\\gexec".to_owned()));
                    }
                    self.tokens.push(Token::End);
                }
                self.skip_line();
            }
            Client::Mysql if matches!(next, Some('g' | 'G')) => {
                self.rest.next();
                self.tokens.push(Token::End);
            }
            Client::Mysql if matches!(next, Some('!' | '.' | 'P' | 'T' | 'u' | 'd')) => self.skip_line(),
            _ => self.tokens.push(Token::Symbol('\\')),
        }
    }

    fn ends_with_delimiter(&mut self, first: char) -> bool {
        let mut wanted = self.delimiter.chars();
        let behind = self.delimiter.chars().count().saturating_sub(1);
        if wanted.next() != Some(first) || !wanted.eq(self.rest.clone().take(behind)) {
            return false;
        }
        if behind > 0 {
            self.rest.nth(behind - 1);
        }
        true
    }

    fn word(&mut self, first: char, at_start: bool) {
        let mut word = String::from(first);
        let is_number = first.is_ascii_digit();
        while let Some(c) = self.rest.next_if(|c| (is_word(*c) && *c != '@') || (is_number && *c == '.')) {
            word.push(c);
            if self.delimiter != ";" && word.ends_with(&self.delimiter) {
                word.truncate(word.len() - self.delimiter.len());
                self.push_word(word);
                self.tokens.push(Token::End);
                return;
            }
        }
        let lower = word.to_lowercase();
        match (self.lexis.client, lower.as_str()) {
            (Client::Mysql, "delimiter") if self.is_between() => {
                let rest: String = self.rest.by_ref().take_while(|c| *c != '\n').collect();
                if let Some(delimiter) = rest.split_whitespace().next() {
                    delimiter.clone_into(&mut self.delimiter);
                }
                self.line_start = true;
            }
            (Client::Sqlcmd, "go") if at_start && self.ends_line() => {
                self.tokens.push(Token::End);
                self.skip_line();
            }
            _ => self.push_word(word),
        }
    }

    fn push_word(&mut self, word: String) {
        if word.is_empty() {
            return;
        }
        let is_number = word.starts_with(|c: char| c.is_ascii_digit());
        self.tokens.push(if is_number { Token::Number(word) } else { Token::Word(word.to_lowercase()) });
    }

    /// Whether nothing but a number follows on the line: `GO 5`.
    fn ends_line(&self) -> bool {
        self.rest.clone().take_while(|c| *c != '\n').all(|c| c.is_whitespace() || c.is_ascii_digit())
    }
}

/// Whether the character may be part of a word. Marks of unknown parts are.
fn is_word(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '@' | '$') || super::mark::is_mark(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str, dialect: &str) -> String {
        let show = |token: &Token| match token {
            Token::Word(text) | Token::Number(text) => text.clone(),
            Token::Name(text) => format!("\"{text}\""),
            Token::Text(text) => format!("'{text}'"),
            Token::Symbol(c) => c.to_string(),
            Token::End => ";".to_owned(),
        };
        tokens(text, Lexis::of(dialect)).iter().map(show).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn each_dialect_has_its_own_comments_and_strings() {
        for (dialect, text, expected) in [
            ("postgres", "a /* x /* y */ z */ b -- c\n d", "a b d"),
            ("mysql", "a /* x /* y */ b", "a b"),
            ("mysql", "a /*!50000 DROP */ b # c\n --d", "a drop b - - d"),
            ("mysql", "'it\\'s' \"x\" `T`", "'it's' 'x' \"T\""),
            ("postgres", "'a\\' \"B\"\"c\" E'x\\'y'", "'a\\' \"B\"c\" 'x'y'"),
            ("postgres", "do $$ a; b $$; $x$ c $$ $x$ $1", "do ' a; b ' ; ' c $$ ' $1"),
            ("mssql", "[a b].[c] N'x'", "\"a b\" . \"c\" 'x'"),
            ("generic", "'never closed; drop", "'never closed; drop'"),
            ("generic", "'a;''b'; c", "'a;'b' ; c"),
        ] {
            assert_eq!(shown(text, dialect), expected, "{text}");
        }
    }

    #[test]
    fn clients_have_commands_and_ends_of_their_own() {
        for (dialect, text, expected) in [
            ("postgres", "\\c db\nselect 1\\gx\n\\set x 'a\nb", "select 1 ; b"),
            ("mysql", "select 1\\G select 2", "select 1 ; select 2"),
            ("mysql", "delimiter //\na; b//\ndelimiter ;\nc;", "a ; b ; c ;"),
            ("sqlite", ".mode csv\n.read 'x\na;\n .quit\n", "a ;"),
            ("mssql", "a\nGO 2\nb go\n go", "a ; b go ;"),
        ] {
            assert_eq!(shown(text, dialect), expected, "{text}");
        }
    }
}
