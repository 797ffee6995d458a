//! The parts of a basic or extended regular expression.

use std::iter::Peekable;
use std::str::Chars;

/// How an expression is written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(in crate::trace::filter) struct Syntax {
    /// Extended (`sed -E`, `grep -E`) or basic.
    pub(in crate::trace::filter) extended: bool,
    /// Whether `\n` and `\t` are escapes, as in sed.
    pub(in crate::trace::filter) escapes: bool,
}

/// A part of an expression.
pub(super) enum Token {
    /// A character that stands for itself.
    Character(char),
    /// `.`
    Any,
    /// A bracket expression, already written for `Regex`.
    Class(String),
    /// `*`, `\+`, `\?`, `\{2,3\}`.
    Repeat { least: u32, most: Option<u32> },
    /// `\(`
    Open,
    /// `\)`
    Close,
    /// `\|`
    Alternate,
    /// `^`, `$`, `\b`, written for `Regex`.
    Assertion(&'static str),
}

impl Token {
    /// Whether it matches exactly one character.
    pub(super) fn is_single(&self) -> bool {
        matches!(self, Token::Character(_) | Token::Any | Token::Class(_))
    }

    pub(super) fn is_repetition(&self) -> bool {
        matches!(self, Token::Repeat { .. })
    }

    /// Whether it means different things beyond ASCII.
    pub(super) fn depends_on_locale(&self) -> bool {
        match self {
            Token::Class(_) => true,
            Token::Assertion(assertion) => !matches!(*assertion, "^" | "$"),
            _ => false,
        }
    }
}

/// Splits an expression; `None` for what is invalid or not modelled.
pub(super) fn tokens(pattern: &str, syntax: Syntax) -> Option<Vec<Token>> {
    let mut tokens: Vec<Token> = Vec::new();
    let mut rest = pattern.chars().peekable();
    while let Some(character) = rest.next() {
        let at_start = matches!(tokens.last(), None | Some(Token::Open | Token::Alternate));
        let token = match (character, syntax.extended) {
            ('\\', _) => escape(&mut rest, syntax)?,
            ('[', _) => Token::Class(bracket(&mut rest, syntax)?),
            ('.', _) => Token::Any,
            ('*', false) if at_start || matches!(tokens.last(), Some(Token::Assertion("^"))) => {
                Token::Character('*')
            }
            ('*', _) => Token::Repeat { least: 0, most: None },
            ('^', true) => Token::Assertion("^"),
            ('$', true) => Token::Assertion("$"),
            ('^', false) if at_start => Token::Assertion("^"),
            ('$', false) if ends_here(&rest) => Token::Assertion("$"),
            ('+', true) => Token::Repeat { least: 1, most: None },
            ('?', true) => Token::Repeat { least: 0, most: Some(1) },
            ('{', true) => interval(&mut rest, syntax)?,
            ('(', true) => Token::Open,
            (')', true) => Token::Close,
            ('|', true) => Token::Alternate,
            ('\n', _) => return None,
            (other, _) => Token::Character(other),
        };
        tokens.push(token);
    }
    Some(tokens)
}

/// Whether a basic expression, or a group or alternative of it, ends here.
fn ends_here(rest: &Peekable<Chars<'_>>) -> bool {
    let mut ahead = rest.clone();
    match ahead.next() {
        None => true,
        Some('\\') => matches!(ahead.next(), Some(')' | '|')),
        Some(_) => false,
    }
}

/// What follows a backslash.
fn escape(rest: &mut Peekable<Chars<'_>>, syntax: Syntax) -> Option<Token> {
    let letter = rest.next()?;
    Some(match letter {
        '(' if !syntax.extended => Token::Open,
        ')' if !syntax.extended => Token::Close,
        '|' if !syntax.extended => Token::Alternate,
        '{' if !syntax.extended => interval(rest, syntax)?,
        '+' if !syntax.extended => Token::Repeat { least: 1, most: None },
        '?' if !syntax.extended => Token::Repeat { least: 0, most: Some(1) },
        'n' if syntax.escapes => Token::Character('\n'),
        't' if syntax.escapes => Token::Character('\t'),
        'x' if syntax.escapes => Token::Character(hexadecimal(rest)?),
        'w' => Token::Class("[0-9A-Za-z_]".to_owned()),
        'W' => Token::Class("[^0-9A-Za-z_]".to_owned()),
        's' => Token::Class("[ \\t\\n\\x0b\\x0c\\r]".to_owned()),
        'S' => Token::Class("[^ \\t\\n\\x0b\\x0c\\r]".to_owned()),
        'b' => Token::Assertion("(?-u:\\b)"),
        'B' => Token::Assertion("\\B"),
        '<' => Token::Assertion("(?-u:\\b{start})"),
        '>' => Token::Assertion("(?-u:\\b{end})"),
        '\'' | '`' => return None,
        _ if letter.is_ascii_punctuation() => Token::Character(letter),
        _ => return None,
    })
}

/// The two digits of `\x41`. Characters that mean something to an expression are treated in different ways by
/// different versions.
pub(in crate::trace::filter) fn hexadecimal(rest: &mut Peekable<Chars<'_>>) -> Option<char> {
    let high = rest.next()?.to_digit(16)?;
    let low = rest.next()?.to_digit(16)?;
    let character = char::from_u32(high * 16 + low)?;
    (character.is_ascii_alphanumeric() || " /-_,:;=~".contains(character)).then_some(character)
}

/// `{2}`, `{2,}`, `{,3}`, `{2,3}` after its brace.
fn interval(rest: &mut Peekable<Chars<'_>>, syntax: Syntax) -> Option<Token> {
    let mut text = String::new();
    loop {
        match rest.next()? {
            '\\' if !syntax.extended => {
                if rest.next()? != '}' {
                    return None;
                }
                break;
            }
            '}' if syntax.extended => break,
            character @ ('0'..='9' | ',') if text.len() < 8 => text.push(character),
            _ => return None,
        }
    }
    let (least, most) = match text.split_once(',') {
        None => (text.parse().ok()?, Some(text.parse().ok()?)),
        Some(("", most)) => (0, Some(most.parse().ok()?)),
        Some((least, "")) => (least.parse().ok()?, None),
        Some((least, most)) => (least.parse().ok()?, Some(most.parse().ok()?)),
    };
    (least <= 255 && most.is_none_or(|most| least <= most && most <= 255))
        .then_some(Token::Repeat { least, most })
}

/// A bracket expression after its `[`, written for `Regex`.
fn bracket(rest: &mut Peekable<Chars<'_>>, syntax: Syntax) -> Option<String> {
    let mut out = "[".to_owned();
    if rest.next_if_eq(&'^').is_some() {
        out.push('^');
    }
    let mut first = true;
    loop {
        let character = rest.next()?;
        if character == ']' && !first {
            out.push(']');
            return Some(out);
        }
        first = false;
        if character == '[' && matches!(rest.peek(), Some(':' | '.' | '=')) {
            out.push_str(&class(rest)?);
            continue;
        }
        let start = member(character, rest, syntax)?;
        let mut ahead = rest.clone();
        if ahead.next() == Some('-') && !matches!(ahead.next(), None | Some(']')) {
            rest.next();
            let end = rest.next()?;
            let plain = |edge: char| edge.is_ascii_alphanumeric();
            // Other ranges follow the locale's collation.
            if !plain(start) || !plain(end) || start > end {
                return None;
            }
            out.push_str(&format!("{start}-{end}"));
            continue;
        }
        out.push_str(&format!("\\u{{{:x}}}", u32::from(start)));
    }
}

/// One character of a bracket expression; sed knows escapes there.
fn member(character: char, rest: &mut Peekable<Chars<'_>>, syntax: Syntax) -> Option<char> {
    if character != '\\' || !syntax.escapes {
        return Some(character);
    }
    match rest.peek() {
        Some('n') => rest.next().map(|_| '\n'),
        Some('t') => rest.next().map(|_| '\t'),
        Some(next) if next.is_ascii_alphanumeric() || *next == ']' => None,
        _ => Some('\\'),
    }
}

/// `[:alpha:]` inside brackets, after its `[`.
fn class(rest: &mut Peekable<Chars<'_>>) -> Option<String> {
    if rest.next()? != ':' {
        return None;
    }
    let mut name = String::new();
    while let Some(letter) = rest.next_if(char::is_ascii_lowercase) {
        name.push(letter);
    }
    if rest.next()? != ':' || rest.next()? != ']' {
        return None;
    }
    let known = [
        "alnum", "alpha", "blank", "cntrl", "digit", "graph", "lower", "print", "punct", "space", "upper",
        "xdigit",
    ];
    known.contains(&name.as_str()).then(|| format!("[:{name}:]"))
}
