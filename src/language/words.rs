//! Languages in which a command is a line of words, as in a shell, and that are no Bourne shells: Tcl, PowerShell, nu,
//! fish, cmd. Whatever separates commands or encloses some is an end of one, so that commands in blocks and substitutions are
//! seen, too; words that are not constant are unknown.

mod style;

use super::cursor::{Cursor, unquoted};
use super::evaluate::decode;
use super::{Call, Reading, UNKNOWN_NAME};
use crate::source::Span;
use crate::value::{Cause, Value};
use std::collections::HashMap;
use style::{Braces, Style};

/// Deepest nesting of commands in texts.
const MAX_DEPTH: usize = 24;

/// Longest word in braces.
const MAX_BRACED: usize = 256;

/// Words in front of a command that say when it is run.
const KEYWORDS: &[&[u8]] = &[b"if", b"while", b"not", b"and", b"or", b"begin", b"else", b"do", b"then"];

/// The calls in a text; each command is one, and one of `exec` with all its words.
pub(super) fn read(language: &str, text: &[u8]) -> Reading {
    // What is assigned twice is not known, where it is used first, either: that may be in a loop.
    let several = Reader::new(language, text, HashMap::new()).read().names;
    let several = several.into_iter().filter(|(_, value)| value.has_unknown()).collect();
    let reader = Reader::new(language, text, several).read();
    Reading { calls: reader.calls, is_cut: reader.is_cut, ..Reading::default() }
}

/// The program in the argument of `powershell -EncodedCommand`.
pub(super) fn encoded(text: &[u8]) -> Reading {
    let is_known = !text.windows(UNKNOWN_NAME.len()).any(|part| part == UNKNOWN_NAME.as_bytes());
    let units = decode::named("base64", text).filter(|_| is_known).map(|bytes| {
        let units = bytes.chunks(2).map(|pair| match pair {
            [low, high] => u16::from_le_bytes([*low, *high]),
            _ => u16::MAX,
        });
        units.collect::<Vec<_>>()
    });
    match units.and_then(|units| String::from_utf16(&units).ok()) {
        Some(program) => {
            let span = Span::new(0, text.len());
            let options = vec![Value::text(program, span)];
            let calls = vec![Call { options, ..Call::new("invoke-expression", Vec::new(), span) }];
            Reading { calls, ..Reading::default() }
        }
        None => Reading { is_cut: true, ..Reading::default() },
    }
}

struct Reader<'a> {
    cursor: Cursor<'a>,
    style: Style,
    names: HashMap<Vec<u8>, Value>,
    calls: Vec<Call>,
    /// The byte that ended the command before; 0: there is none.
    before: u8,
    /// How many commands in texts are open.
    depth: usize,
    /// Whether something could not be read.
    is_cut: bool,
}

impl<'a> Reader<'a> {
    fn new(language: &str, text: &'a [u8], names: HashMap<Vec<u8>, Value>) -> Reader<'a> {
        let (style, cursor) = (Style::of(language), Cursor::new(text));
        Reader { cursor, style, names, calls: Vec::new(), before: 0, depth: 0, is_cut: false }
    }

    fn read(mut self) -> Self {
        while self.cursor.peek().is_some() {
            self.command();
        }
        self
    }

    fn is_end(&self, byte: u8) -> bool {
        byte == b'\n' || self.style.ends.contains(&byte)
    }

    fn command(&mut self) {
        let start = self.cursor.at;
        let before = std::mem::replace(&mut self.before, 0);
        let mut is_called = self.style.calls != 0 && before == self.style.calls;
        let assigned = if self.style.sets.is_none() { self.assigned() } else { None };
        self.cursor.blanks();
        let is_expression =
            self.cursor.peek().is_some_and(|byte| byte == self.style.double || byte == self.style.single);
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
                self.before = byte;
                break;
            }
        }
        let span = Span::new(start, self.cursor.at);
        // What a command puts in is a word, too.
        if self.before != 0
            && self.before == self.style.substitutes.0
            && (is_called || assigned.is_some() || !words.is_empty())
        {
            words.push(Value::unknown(Cause::Unmodelled, true, span));
        }
        let is_keyword = |word: &Value| word.known().is_some_and(|word| KEYWORDS.contains(&&*word));
        let mut words: Vec<Value> = words.into_iter().skip_while(is_keyword).collect();
        if self.style.calls == b'&'
            && words.first().is_some_and(|word| word.known().is_some_and(|word| *word == *b"."))
        {
            is_called = true;
            words.remove(0);
        }
        match assigned {
            Some(assigned) => {
                let value = match words.as_slice() {
                    [value] if assigned.is_plain => value.clone(),
                    _ => Value::unknown(Cause::Unmodelled, false, span),
                };
                self.set(assigned.name, value);
                if is_expression {
                    return;
                }
            }
            None => self.assignment(&words, span),
        }
        let Some(name) = words.first().and_then(|name| name.known_str()) else {
            // `$x …`, `& $x …`: what is started is not known. In braces of Tcl, a variable alone is a condition.
            // Behind a command in a command, the words of the outer one go on.
            let goes_on = before == b'{' || before == self.style.substitutes.1;
            let is_alone = is_called || (self.style.calls == 0 && !goes_on);
            if words.len() > 1 || (is_alone && !words.is_empty()) {
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

    /// The variable that `$x = …`, `[string]$x += …`, `$x in …` changes; the cursor is behind the operator then.
    fn assigned(&mut self) -> Option<Assigned> {
        let mut cursor = self.cursor;
        cursor.blanks();
        let mut is_plain = true;
        // The type.
        while cursor.takes(b"[") {
            is_plain = false;
            cursor.take_while(|byte| byte != b']' && byte != b'\n');
            cursor.next();
            cursor.blanks();
        }
        if cursor.next()? != self.style.variable {
            return None;
        }
        let is_braced = cursor.takes(b"{");
        let name = cursor.take_while(|byte| byte.is_ascii_alphanumeric() || b"_:".contains(&byte)).to_vec();
        if is_braced && !cursor.takes(b"}") {
            return None;
        }
        // A field or an element.
        let behind = cursor.take_while(|byte| !byte.is_ascii_whitespace() && !b"=+-*/%?".contains(&byte));
        is_plain &= behind.is_empty();
        cursor.blanks();
        let operator = cursor.take_while(|byte| b"+-*/%?=".contains(&byte));
        match operator {
            b"=" => {}
            b"+=" | b"-=" | b"*=" | b"/=" | b"%=" | b"??=" | b"++" | b"--" => is_plain = false,
            _ if cursor.takes(b"in ") => is_plain = false,
            _ => return None,
        }
        self.cursor = cursor;
        let name = if self.style.any_case { name.to_ascii_lowercase() } else { name };
        Some(Assigned { name, is_plain })
    }

    /// `set x text`, and other commands that are given the name of a variable.
    fn assignment(&mut self, words: &[Value], span: Span) {
        let Some((command, rest)) = words.split_first() else { return };
        let unknown = || Value::unknown(Cause::Unmodelled, false, span);
        let is_set =
            self.style.sets.is_some_and(|set| command.known().is_some_and(|word| *word == *set.as_bytes()));
        if is_set {
            let is_option = |word: &&Value| word.known_prefix().starts_with(b"-");
            let options = rest.iter().take_while(is_option).count();
            let is_plain = rest
                .iter()
                .take(options)
                .all(|option| option.known_str().is_some_and(|option| !option.contains(['e', 'a', 'p'])));
            if let Some((name, values)) = rest.get(options..).and_then(<[Value]>::split_first)
                && let Some(name) = name.known()
            {
                let value = match values {
                    [value] if is_plain => value.clone(),
                    [] if options == 0 => return,
                    _ => unknown(),
                };
                self.set(name.into_owned(), value);
            }
            return;
        }
        for word in rest {
            if let Some(name) = word.known()
                && self.names.get(&*name).is_some_and(|known| !known.has_unknown())
            {
                self.names.insert(name.into_owned(), unknown());
            }
        }
    }

    fn set(&mut self, name: Vec<u8>, value: Value) {
        let value = match self.names.get(&name) {
            Some(known) if known.has_unknown() && value.has_unknown() => known.clone(),
            Some(known) if *known != value => Value::unknown(Cause::Unmodelled, false, Span::default()),
            None if value.has_unknown() => {
                Value::unknown(Cause::Variable(name.clone()), false, value.origin().unwrap_or_default())
            }
            _ => value,
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
                    self.is_cut |= self.cursor.next().is_none();
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

    /// A text between double quotes, of which the first was taken.
    fn quoted(&mut self, value: &mut Value) {
        let start = self.cursor.at;
        if !self.interpolated(value, self.style.double, self.style.marked) {
            // It is no quote.
            self.cursor.at = start;
            self.is_cut |= self.style.marked && self.style.single != 0;
        }
    }

    /// Text up to a quote, with the values of variables and commands in it; whether the quote was found.
    fn interpolated(&mut self, value: &mut Value, quote: u8, marked: bool) -> bool {
        let style = (self.style.escape, self.style.variable, self.style.substitutes.0);
        let (escape, variable, substitutes) = style;
        let start = self.cursor.at;
        let mut from = start;
        while let Some(byte) = self.cursor.peek() {
            let at = self.cursor.at;
            let opens = byte == substitutes && substitutes != 0 && !marked;
            self.cursor.next();
            match byte {
                _ if byte == escape => {
                    self.cursor.next();
                }
                _ if byte == quote => {
                    self.flush(value, from, at);
                    // An empty word is one, too.
                    if at == start {
                        value.pieces.push(crate::value::Piece::text(Vec::new(), self.cursor.span(at)));
                    }
                    return true;
                }
                _ if opens || byte == variable => {
                    self.flush(value, from, at);
                    if opens || (marked && self.cursor.takes(&[substitutes])) {
                        self.substitution(value);
                    } else {
                        self.variable(value);
                    }
                    from = self.cursor.at;
                }
                _ => {}
            }
        }
        false
    }

    /// Adds text between quotes as it is written.
    fn flush(&mut self, value: &mut Value, from: usize, to: usize) {
        let mut written = self.cursor;
        written.at = to;
        let (inside, span) = (written.since(from), Span::new(from, to));
        match self.style.escape {
            b'\\' => value.pieces.extend(unquoted(inside, span).pieces),
            // In quotes, a caret of cmd is one.
            b'^' => value.push_text(inside, span),
            escape => {
                let mut rest = inside;
                while let Some(at) = rest.iter().position(|byte| *byte == escape) {
                    let (text, behind) = rest.split_at(at);
                    value.push_text(text, span);
                    match behind.get(1) {
                        Some(b'n') => value.push_text(b"\n", span),
                        Some(b't') => value.push_text(b"\t", span),
                        Some(b'r') => value.push_text(b"\r", span),
                        Some(byte) if !byte.is_ascii_alphanumeric() => value.push_text(&[*byte], span),
                        _ => value.pieces.extend(Value::unknown(Cause::Unmodelled, false, span).pieces),
                    }
                    rest = behind.get(2..).unwrap_or_default();
                }
                value.push_text(rest, span);
            }
        }
    }

    /// Commands whose output is put into a text; what opens them was taken.
    fn substitution(&mut self, value: &mut Value) {
        let start = self.cursor.at;
        if self.depth >= MAX_DEPTH {
            self.is_cut = true;
        } else {
            self.depth += 1;
            let (open, close) = self.style.substitutes;
            let (before, mut nested) = (self.before, 0_usize);
            while self.cursor.peek().is_some() {
                self.command();
                match self.before {
                    byte if byte == close && nested == 0 => break,
                    byte if byte == close => nested -= 1,
                    byte if byte == open => nested += 1,
                    _ => {}
                }
            }
            self.before = before;
            self.depth -= 1;
        }
        value.pieces.extend(Value::unknown(Cause::Unmodelled, true, self.cursor.span(start)).pieces);
    }

    /// The value of a variable whose mark was taken.
    fn variable(&mut self, value: &mut Value) {
        let start = self.cursor.at;
        // `$"… (command) …"` of nu
        if self.style.calls == b'^'
            && let Some(quote @ (b'"' | b'\'')) = self.cursor.peek()
        {
            self.cursor.next();
            self.is_cut |= !self.interpolated(value, quote, false);
            return;
        }
        let name = match self.cursor.peek() {
            Some(b'{') => {
                self.cursor.next();
                let name = self.cursor.take_while(|byte| byte != b'}');
                self.cursor.next();
                name
            }
            _ => self.cursor.take_while(|byte| byte.is_ascii_alphanumeric() || b"_:.".contains(&byte)),
        };
        let known = match self.style.any_case {
            true => self.names.get(&name.to_ascii_lowercase()),
            false => self.names.get(name),
        };
        match known {
            Some(known) => value.pieces.extend(known.pieces.iter().cloned()),
            None => {
                let cause = Cause::Variable(name.to_vec());
                value.pieces.extend(Value::unknown(cause, false, self.cursor.span(start)).pieces);
            }
        }
    }
}

/// An assignment to a variable.
struct Assigned {
    name: Vec<u8>,
    /// Whether it has what stands behind as its value, and no more.
    is_plain: bool,
}
