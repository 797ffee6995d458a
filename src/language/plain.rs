//! Languages that are not parsed: their text is split into strings, names and symbols, and a name in front of
//! parentheses (or of a string) is a call. That is enough for the calls in one-liners whose words are constants; all
//! other words are unknown.
//!
//! Nothing is known of statements, types or scopes: a name holds what it was given first, unless it is given something
//! else.

pub(super) mod expression;
pub(super) mod token;

use super::cursor::Cursor;
use super::evaluate::Expression;
use super::{Call, Reading, Surroundings};
use crate::source::Span;
use crate::value::{Cause, Value};
use expression::Scope;
use std::collections::HashMap;
use token::{Token, tokens};

/// What the tokens of a language look like.
#[derive(Clone, Copy, Debug)]
pub(super) struct Style {
    /// What starts a comment.
    pub(super) comments: &'static [&'static str],
    /// Whether `/* … */` is a comment.
    pub(super) slashes: bool,
    /// What quotes strings.
    pub(super) quotes: &'static str,
    /// Whether nothing is escaped between single quotes.
    pub(super) plain_single: bool,
    /// How a single character is written.
    pub(super) characters: Characters,
    /// Whether a quote that is not closed cannot stand in the text.
    pub(super) closes: bool,
    /// Whether `/x/` is a string.
    pub(super) slashy: bool,
    /// Whether a text between backquotes is a command.
    pub(super) backquotes: bool,
    /// What puts the value of a name into a string.
    pub(super) interpolates: Option<u8>,
    /// What names may hold besides letters, digits and underscores.
    pub(super) letters: &'static str,
    /// Whether a single colon joins names.
    pub(super) colons: bool,
    /// Whether names may end in `!` and `?`.
    pub(super) marks: bool,
    /// Whether `/x/` is a regular expression.
    pub(super) regexes: bool,
    /// Whether values side by side are joined.
    pub(super) adjacent: bool,
    /// Whether a call needs no parentheses around its words.
    pub(super) bare_calls: bool,
    /// Whether such words stand side by side.
    pub(super) curried: bool,
}

/// How a single character is written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Characters {
    /// As a string.
    None,
    /// `'x'`
    Quoted,
    /// `$x`, `?x`
    Marked(u8),
}

/// What most languages have in common.
const COMMON: Style = Style {
    comments: &["#"],
    slashes: false,
    quotes: "\"'",
    plain_single: false,
    characters: Characters::None,
    closes: false,
    slashy: false,
    backquotes: false,
    interpolates: None,
    letters: "",
    colons: false,
    marks: false,
    regexes: false,
    adjacent: false,
    bare_calls: false,
    curried: false,
};

/// awk, whose statements [`super::awk`] looks at.
pub(super) const AWK: Style = Style { quotes: "\"", closes: true, regexes: true, adjacent: true, ..COMMON };

/// The style of a language; one that is not listed is taken for one like most.
fn style(language: &str) -> Style {
    let braces = Style { comments: &["//"], slashes: true, interpolates: Some(b'$'), closes: true, ..COMMON };
    let quoted = Style { quotes: "\"", characters: Characters::Quoted, closes: true, ..COMMON };
    match language {
        "r" => Style { letters: ".", ..COMMON },
        "julia" => Style { backquotes: true, interpolates: Some(b'$'), marks: true, ..quoted },
        "groovy" => Style { bare_calls: true, slashy: true, ..braces },
        "scala" | "kotlin" | "swift" => Style { quotes: "\"", characters: Characters::Quoted, ..braces },
        "elixir" => Style {
            interpolates: Some(b'#'),
            marks: true,
            colons: true,
            bare_calls: true,
            characters: Characters::Marked(b'?'),
            closes: true,
            ..COMMON
        },
        "erlang" => Style {
            comments: &["%"],
            quotes: "\"",
            colons: true,
            characters: Characters::Marked(b'$'),
            closes: true,
            ..COMMON
        },
        "haskell" => Style { comments: &["--"], bare_calls: true, curried: true, ..quoted },
        "applescript" => {
            Style { comments: &["--", "#"], quotes: "\"", bare_calls: true, closes: true, ..COMMON }
        }
        "vim" => Style { comments: &[], letters: ":", plain_single: true, ..COMMON },
        _ => COMMON,
    }
}

/// The calls in a text.
pub(super) fn read(language: &str, text: &[u8], surroundings: Surroundings<'_>) -> Reading {
    let style = style(language);
    let tokens = tokens(text, &style);
    let walked = |names: HashMap<String, Expression>| {
        let mut scope = Scope::new(&tokens.list, &style, surroundings);
        scope.names = names;
        Reader { language, text, scope, calls: Vec::new() }.read()
    };
    // What is given several values is not known, where it is used first, either: that may be in a loop.
    let (_, mut several) = walked(HashMap::new());
    several.retain(|_, value| *value == Expression::Unknown);
    let (reading, _) = walked(several);
    Reading { is_cut: reading.is_cut || tokens.is_open, ..reading }
}

struct Reader<'a> {
    language: &'a str,
    text: &'a [u8],
    scope: Scope<'a>,
    calls: Vec<Call>,
}

impl Reader<'_> {
    fn read(mut self) -> (Reading, HashMap<String, Expression>) {
        for at in 0..self.scope.tokens.len() {
            match self.scope.token(at).cloned() {
                Some(Token::Name(name)) => {
                    self.assignment(at, &name);
                    self.call(at, &name);
                }
                Some(Token::Command(text)) => {
                    let text = self.scope.resolved(&text);
                    self.add("`".to_owned(), vec![Expression::Text(text)], Vec::new(), at);
                }
                Some(Token::Text(text)) => {
                    // `assign("x", …)`
                    if let Some(name) = text.known_str()
                        && self.scope.names.contains_key(&*name)
                    {
                        self.scope.names.insert(name.into_owned(), Expression::Unknown);
                    }
                    self.method(at, at + 1);
                }
                Some(Token::Symbol(b'[')) => {
                    let (_, end) = self.scope.list(at + 1, b']', 0);
                    self.method(at, end);
                }
                _ => {}
            }
        }
        if self.language == "haskell" {
            self.prompted();
        }
        let is_cut = self.scope.is_spent();
        (Reading { calls: self.calls, is_cut, ..Reading::default() }, self.scope.names)
    }

    /// Whether a name is changed in another way than by an assignment of its own: `x += y`, `x[1] = y`, `for (x in y)`,
    /// `y -> x`.
    fn is_changed(&self, at: usize) -> bool {
        let scope = &self.scope;
        let is = |place: usize, symbol: u8| scope.is(place, symbol);
        let assigns = |at: usize| {
            is(at, b'=') && !is(at + 1, b'=') && !is(at + 1, b'>')
                || is(at, b'<') && (is(at + 1, b'-') || is(at + 1, b'<') && is(at + 2, b'-'))
        };
        let is_augmented = b"+-*/%^.".iter().any(|operator| is(at + 1, *operator) && is(at + 2, b'='))
            || is(at + 1, b'<') && is(at + 2, b'<') && is(at + 3, b'-')
            || b"+-".iter().any(|sign| is(at + 1, *sign) && is(at + 2, *sign));
        let is_target = at > 1 && is(at - 1, b'>') && is(at - 2, b'-');
        let is_loop = matches!(scope.token(at + 1), Some(Token::Name(word)) if word == "in");
        let is_element = (is(at + 1, b'[') || is(at + 1, b'$')) && {
            let end = match is(at + 1, b'[') {
                true => scope.list(at + 2, b']', 0).1,
                false => at + 3,
            };
            assigns(end)
        };
        is_augmented || is_target || is_loop || is_element
    }

    /// Commands of the prompt of GHC: `:!command`.
    fn prompted(&mut self) {
        let mut cursor = Cursor::new(self.text);
        while let Some((start, line)) = cursor.indented_line() {
            if let Some(command) = line.strip_prefix(b":!") {
                let span = Span::new(start + 2, start + line.len());
                self.calls.push(Call::new("system", vec![Value::text(command, span)], span));
            }
        }
    }

    /// `x = "text"`, `x <- "text"`, `x := "text"`
    fn assignment(&mut self, at: usize, name: &str) {
        if self.is_changed(at) {
            self.scope.names.insert(name.to_owned(), Expression::Unknown);
            return;
        }
        let scope = &self.scope;
        let value = match (scope.token(at + 1), scope.token(at + 2)) {
            (Some(Token::Symbol(b'=')), Some(Token::Symbol(b'=' | b'~' | b'>'))) => return,
            (Some(Token::Symbol(b'=')), _) => at + 2,
            (Some(Token::Symbol(b'<')), Some(Token::Symbol(b'-')))
            | (Some(Token::Symbol(b':')), Some(Token::Symbol(b'='))) => at + 3,
            _ => return,
        };
        let (value, end) = self.scope.expression(value, 0);
        let ends = matches!(
            self.scope.token(end),
            None | Some(Token::Newline | Token::Symbol(b';' | b')' | b',' | b'}') | Token::Name(_))
        );
        let value = if ends { value } else { Expression::Unknown };
        let differs = self.scope.names.get(name).is_some_and(|known| *known != value);
        self.scope.names.insert(name.to_owned(), if differs { Expression::Unknown } else { value });
    }

    fn call(&mut self, at: usize, name: &str) {
        let behind_dot = at > 0 && self.scope.is(at - 1, b'.');
        let name = if behind_dot { format!(".{name}") } else { name.to_owned() };
        if self.scope.is(at + 1, b'(') {
            let (words, end) = self.scope.list(at + 2, b')', 0);
            let named = self.named(at + 2, end);
            let followed = self.method_name(end);
            if let Some(method) = followed {
                self.add(format!("{name}().{method}"), words.clone(), Vec::new(), at);
            }
            self.add_of_object(&name, words, named, at);
        } else if self.scope.style.bare_calls {
            let (words, end) = self.bare(at + 1);
            if !words.is_empty() {
                let named = self.named(at + 1, end);
                let mut whole = name.clone();
                // `do shell script "…"`: the name may be several words.
                for before in (at.saturating_sub(3)..at).rev() {
                    let Some(Token::Name(word)) = self.scope.token(before) else { break };
                    whole = format!("{word}-{whole}");
                    self.add(whole.clone(), words.clone(), Vec::new(), at);
                }
                self.add_of_object(&name, words, named, at);
            }
        } else if self.scope.names.contains_key(name.rsplit_once('.').map_or("", |(object, _)| object)) {
            self.add_of_object(&name, Vec::new(), Vec::new(), at);
        }
    }

    /// A call; one of a method of a name that holds text is one of a method of the text.
    fn add_of_object(&mut self, name: &str, words: Vec<Expression>, options: Vec<Value>, at: usize) {
        let object = name.rsplit_once('.').and_then(|(object, method)| {
            let known = self.scope.names.get(object)?;
            Some((known.clone(), format!("text.{method}")))
        });
        match object {
            Some((object, method)) => {
                let mut all = vec![object];
                all.extend(words);
                self.add(method, all, options, at);
            }
            None => self.add(name.to_owned(), words, options, at),
        }
    }

    /// A string or a list with a method behind it.
    fn method(&mut self, at: usize, end: usize) {
        if let Some(method) = self.method_name(end) {
            let (object, _) = self.scope.expression(at, 0);
            // Only what stands right in front of the dot.
            let object = match (self.scope.token(at), object) {
                (Some(Token::Text(text)), _) => Expression::Text(self.scope.resolved(text)),
                (_, list) => list,
            };
            self.add(format!("text.{method}"), vec![object], Vec::new(), at);
        }
    }

    fn method_name(&self, at: usize) -> Option<String> {
        if !self.scope.is(at, b'.') {
            return None;
        }
        match self.scope.token(at + 1) {
            Some(Token::Name(name)) => Some(name.clone()),
            Some(Token::Symbol(b'!')) => Some("!".to_owned()),
            _ => None,
        }
    }

    /// Words without parentheses, of which the first is a string, a list or a name.
    fn bare(&self, at: usize) -> (Vec<Expression>, usize) {
        let mut words = Vec::new();
        let is_curried = self.scope.style.curried;
        // `f $ x`
        let mut at = at + usize::from(is_curried && self.scope.is(at, b'$'));
        let is_word = |at: usize| {
            matches!(self.scope.token(at), Some(Token::Text(_) | Token::Symbol(b'[') | Token::Name(_)))
        };
        if !is_word(at) {
            return (words, at);
        }
        loop {
            let (value, end) = self.scope.expression(at, 0);
            if end == at {
                return (words, at);
            }
            words.push(value);
            at = match self.scope.is(end, b',') {
                true => end + 1,
                false if is_curried && is_word(end) => end,
                false => return (words, end),
            };
        }
    }

    /// `name = value` and `name: value` among the words.
    fn named(&self, from: usize, to: usize) -> Vec<Value> {
        let mut options = Vec::new();
        for at in from..to {
            if self.scope.is_spent() {
                break;
            }
            let Some(Token::Name(name)) = self.scope.token(at) else { continue };
            let is_pair = self.scope.is(at + 1, b'=') || self.scope.is(at + 1, b':');
            let (Expression::Text(value), end) = self.scope.expression(at + 2, 0) else { continue };
            if is_pair && end > at + 2 {
                let span = self.scope.span(at);
                let mut option = Value::text(format!("--{name}="), span);
                match value.pieces.is_empty() {
                    true => continue,
                    false => option.pieces.extend(value.pieces),
                }
                options.push(option);
            }
        }
        options
    }

    fn add(&mut self, name: String, words: Vec<Expression>, options: Vec<Value>, at: usize) {
        let span = self.scope.span(at);
        let is_apart = words.len() > 1 || matches!(words.first(), Some(Expression::List(_)));
        let mut all = Vec::new();
        for word in words {
            match word {
                Expression::List(list) => all.extend(list.into_iter().map(|word| as_word(word, span))),
                word => all.push(as_word(word, span)),
            }
        }
        self.calls.push(Call { is_apart, options, ..Call::new(&name, all, span) });
    }
}

/// A value as a word.
pub(super) fn as_word(value: Expression, span: Span) -> Value {
    match value {
        Expression::Text(text) => text,
        _ => Value::unknown(Cause::Unmodelled, false, span),
    }
}
