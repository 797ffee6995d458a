//! Languages in which a command is a line of words, as in a shell, and that are no Bourne shells: Tcl, PowerShell, nu,
//! fish, cmd. Whatever separates commands or encloses some is an end of one, so that commands in blocks and substitutions are
//! seen, too; words that are not constant are unknown.

use super::cursor::{Cursor, unquoted};
use super::{Call, Reading};
use crate::source::Span;
use crate::value::{Cause, Value};
use std::collections::HashMap;

/// What `{word}` means.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Braces {
    /// Nothing.
    Plain,
    /// The word itself.
    Quote,
    /// Several words: `{a,b}`.
    Expand,
}

/// What the words of a language look like.
struct Style {
    /// The byte that takes away what the next one means.
    escape: u8,
    /// What starts a comment at the beginning of a command.
    comment: &'static [u8],
    /// What quotes a word in which names are replaced.
    double: u8,
    /// What quotes a word as it is; 0: nothing.
    single: u8,
    /// What separates commands, besides a newline.
    ends: &'static [u8],
    /// What stands in front of the name of a variable.
    variable: u8,
    /// Whether names are the same in any case.
    any_case: bool,
    /// What braces around a word without blanks mean.
    braces: Braces,
    /// How a command gives a variable its value: `set x text`, `$x = text`.
    sets: Option<&'static str>,
}

const TCL: Style = Style {
    escape: b'\\',
    comment: b"#",
    double: b'"',
    single: 0,
    ends: b";[]{}",
    variable: b'$',
    any_case: false,
    braces: Braces::Quote,
    sets: Some("set"),
};

const POWERSHELL: Style = Style {
    escape: b'`',
    comment: b"#",
    double: b'"',
    single: b'\'',
    ends: b";|&(){}",
    variable: b'$',
    any_case: true,
    braces: Braces::Plain,
    sets: None,
};

const NU: Style = Style {
    escape: b'\\',
    comment: b"#",
    double: b'"',
    single: b'\'',
    ends: b";|&(){}^",
    variable: b'$',
    any_case: false,
    braces: Braces::Plain,
    sets: None,
};

const FISH: Style = Style {
    escape: b'\\',
    comment: b"#",
    double: b'"',
    single: b'\'',
    ends: b";|&(){}",
    variable: b'$',
    any_case: false,
    braces: Braces::Expand,
    sets: Some("set"),
};

/// Longest word in braces.
const MAX_BRACED: usize = 256;

/// Words in front of a command that say when it is run.
const KEYWORDS: &[&[u8]] = &[b"if", b"while", b"not", b"and", b"or", b"begin", b"else", b"do", b"then"];

const CMD: Style = Style {
    escape: b'^',
    comment: b"::",
    double: b'"',
    single: 0,
    ends: b"|&()@",
    variable: b'%',
    any_case: true,
    braces: Braces::Plain,
    sets: None,
};

/// The calls in a text; each command is one, and one of `exec` with all its words.
pub(super) fn read(language: &str, text: &[u8]) -> Reading {
    let style = match language {
        "tcl" => TCL,
        "powershell" => POWERSHELL,
        "cmd" => CMD,
        "fish" => FISH,
        _ => NU,
    };
    let mut reader = Reader { cursor: Cursor::new(text), style, names: HashMap::new(), calls: Vec::new() };
    while reader.cursor.peek().is_some() {
        reader.command();
    }
    Reading { calls: reader.calls, ..Reading::default() }
}

struct Reader<'a> {
    cursor: Cursor<'a>,
    style: Style,
    names: HashMap<Vec<u8>, Value>,
    calls: Vec<Call>,
}

impl Reader<'_> {
    fn is_end(&self, byte: u8) -> bool {
        byte == b'\n' || self.style.ends.contains(&byte)
    }

    fn command(&mut self) {
        let start = self.cursor.at;
        let mut words = Vec::new();
        while let Some(byte) = self.cursor.peek() {
            if self.cursor.rest().starts_with(self.style.comment) && words.is_empty() {
                self.cursor.line();
                break;
            }
            if byte.is_ascii_whitespace() && byte != b'\n' {
                self.cursor.next();
                continue;
            }
            let word = self.word();
            if !word.pieces.is_empty() {
                words.push(word);
            } else if self.is_end(byte) {
                self.cursor.next();
                break;
            }
        }
        let span = Span::new(start, self.cursor.at);
        let is_keyword = |word: &Value| word.known().is_some_and(|word| KEYWORDS.contains(&&*word));
        let words: Vec<Value> = words.into_iter().skip_while(is_keyword).collect();
        self.assignment(&words);
        let Some(name) = words.first().and_then(|name| name.known_str()) else {
            // `$x …`, `& $x …`: what is started is not known.
            if words.len() > 1 {
                self.add("exec", words, span);
            }
            return;
        };
        let name = if self.style.any_case { name.to_ascii_lowercase() } else { name.into_owned() };
        let arguments: Vec<Value> = words.get(1..).unwrap_or_default().to_vec();
        self.add(&name, arguments, span);
        self.add("exec", words, span);
    }

    /// A command whose words may be options.
    fn add(&mut self, name: &str, words: Vec<Value>, span: Span) {
        self.calls.push(Call { options: words, ..Call::new(name, Vec::new(), span) });
    }

    fn assignment(&mut self, words: &[Value]) {
        let (name, value) = match (self.style.sets, words) {
            (Some(set), [command, name, value])
                if command.known().is_some_and(|word| *word == *set.as_bytes()) =>
            {
                (name.known().map(std::borrow::Cow::into_owned), value)
            }
            (None, [name, equals, value]) if equals.known().is_some_and(|word| *word == *b"=") => {
                let name = name.first_unknown().and_then(|unknown| match &unknown.cause {
                    Cause::Variable(name) => Some(name.clone()),
                    _ => None,
                });
                (name, value)
            }
            _ => return,
        };
        let Some(name) = name else { return };
        let value = match self.names.get(&name) {
            Some(known) if known != value => Value::unknown(Cause::Unmodelled, false, Span::default()),
            _ => value.clone(),
        };
        self.names.insert(name, value);
    }

    fn word(&mut self) -> Value {
        let mut value = Value::default();
        while let Some(byte) = self.cursor.peek() {
            let start = self.cursor.at;
            if byte == b'{' && self.braced(&mut value) {
                continue;
            }
            if byte.is_ascii_whitespace() || self.is_end(byte) {
                return value;
            }
            self.cursor.next();
            match byte {
                _ if byte == self.style.escape => {
                    let escaped = self.cursor.next().map(|byte| [byte]);
                    value.push_text(escaped.as_ref().map_or(&[], |byte| byte), self.cursor.span(start));
                }
                _ if byte == self.style.double => self.quoted(&mut value),
                _ if byte == self.style.single => {
                    let inside = self.cursor.take_while(|byte| byte != b'\'');
                    value.push_text(inside, self.cursor.span(start));
                    self.cursor.next();
                }
                _ if byte == self.style.variable => self.variable(&mut value),
                _ => value.push_text(&[byte], self.cursor.span(start)),
            }
        }
        value
    }

    /// `{word}`; whether it is that.
    fn braced(&mut self, value: &mut Value) -> bool {
        if self.style.braces == Braces::Plain {
            return false;
        }
        let inside = self.cursor.rest().get(1..).unwrap_or_default();
        let Some(length) = inside.iter().take(MAX_BRACED).position(|byte| *byte == b'}') else {
            return false;
        };
        let word = inside.get(..length).unwrap_or_default();
        if word.iter().any(|byte| byte.is_ascii_whitespace() || b"{;[".contains(byte)) {
            return false;
        }
        let start = self.cursor.at + 1;
        let span = Span::new(start, start + length);
        match self.style.braces {
            Braces::Expand => value.pieces.extend(Value::unknown(Cause::Unmodelled, true, span).pieces),
            _ => value.push_text(word, span),
        }
        self.cursor.at = start + length + 1;
        true
    }

    fn quoted(&mut self, value: &mut Value) {
        let start = self.cursor.at;
        let Some(inside) = self.cursor.until(&[self.style.double]) else {
            self.cursor.at = start;
            return;
        };
        let span = Span::new(start, start + inside.len());
        let plain =
            if self.style.escape == b'\\' { unquoted(inside, span) } else { Value::text(inside, span) };
        if !inside.contains(&self.style.variable) {
            // An empty word is one, too.
            if inside.is_empty() {
                value.pieces.push(crate::value::Piece::text(Vec::new(), span));
            }
            value.pieces.extend(plain.pieces);
            return;
        }
        let end = std::mem::replace(&mut self.cursor.at, start);
        while self.cursor.at < start + inside.len() {
            let from = self.cursor.at;
            let variable = self.style.variable;
            let text = self.cursor.take_while(|byte| byte != variable);
            let left = (start + inside.len()).saturating_sub(from).min(text.len());
            value.push_text(text.get(..left).unwrap_or_default(), Span::new(from, from + left));
            if self.cursor.at < start + inside.len() {
                self.cursor.next();
                self.variable(value);
            }
        }
        self.cursor.at = end;
    }

    /// The value of a variable whose mark was taken.
    fn variable(&mut self, value: &mut Value) {
        let start = self.cursor.at;
        let name = match self.cursor.peek() {
            Some(b'{') => {
                self.cursor.next();
                let name = self.cursor.take_while(|byte| byte != b'}');
                self.cursor.next();
                name
            }
            _ => self.cursor.take_while(|byte| byte.is_ascii_alphanumeric() || b"_:.".contains(&byte)),
        };
        match self.names.get(name) {
            Some(known) => value.pieces.extend(known.pieces.iter().cloned()),
            None => {
                let cause = Cause::Variable(name.to_vec());
                value.pieces.extend(Value::unknown(cause, false, self.cursor.span(start)).pieces);
            }
        }
    }
}
