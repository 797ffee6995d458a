//! What a script of sed executes and writes: the command `e`, the flag of `s///e`, and the files of `w`.

use super::cursor::Cursor;
use super::{Call, Reading, Surroundings};
use crate::source::Span;
use crate::value::{Cause, Value};

/// The calls in a script.
pub(super) fn read(text: &[u8], surroundings: Surroundings<'_>) -> Reading {
    let first = Reader::walk(text, surroundings, false);
    // In a loop, what stands behind a command has run before it, too.
    let reader = if first.repeats { Reader::walk(text, surroundings, true) } else { first };
    Reading { calls: reader.calls, ..Reading::default() }
}

struct Reader<'a> {
    cursor: Cursor<'a>,
    surroundings: Surroundings<'a>,
    /// Whether a command before may have changed the line.
    is_changed: bool,
    /// Whether there are labels to jump back to, or a command that starts again with what the line is then.
    repeats: bool,
    calls: Vec<Call>,
}

impl<'a> Reader<'a> {
    fn walk(text: &'a [u8], surroundings: Surroundings<'a>, is_changed: bool) -> Reader<'a> {
        let cursor = Cursor::new(text);
        let mut reader = Reader { cursor, surroundings, is_changed, repeats: false, calls: Vec::new() };
        while reader.command().is_some() {}
        reader
    }

    /// One command with its addresses; `None` at the end, and where it is no script of sed.
    fn command(&mut self) -> Option<()> {
        self.cursor.take_while(|byte| byte.is_ascii_whitespace() || matches!(byte, b';' | b'{' | b'}'));
        self.cursor.peek()?;
        self.address();
        self.cursor.take_while(|byte| matches!(byte, b' ' | b'\t' | b'!' | b'{' | b'}' | b';'));
        let start = self.cursor.at;
        let was_changed = self.is_changed;
        let name = self.cursor.next()?;
        self.is_changed |= b"sycDGgxNnze".contains(&name);
        self.repeats |= b":D".contains(&name);
        match name {
            b's' => self.substitute(start, was_changed)?,
            b'y' => {
                let delimiter = [self.cursor.next()?];
                self.cursor.until(&delimiter)?;
                self.cursor.until(&delimiter)?;
            }
            b'e' => {
                self.cursor.blanks();
                let from = self.cursor.at;
                let command = self.cursor.line();
                let span = Span::new(from, from + command.len());
                let text = match command {
                    [] if was_changed => Value::unknown(Cause::Unmodelled, false, span),
                    [] => self.input(span),
                    command => Value::text(command, span),
                };
                self.add("e", None, text, span);
            }
            b'w' | b'W' => self.file(),
            // Text up to the end of the line; a backslash at its end continues it.
            b'a' | b'i' | b'c' => while self.cursor.line().ends_with(b"\\") {},
            b'r' | b'R' | b'#' | b':' | b'b' | b't' | b'T' => {
                self.cursor.take_while(|byte| byte != b'\n' && byte != b';');
            }
            b'd' | b'D' | b'g' | b'G' | b'h' | b'H' | b'n' | b'N' | b'p' | b'P' | b'x' | b'=' | b'z'
            | b'F' | b'l' | b'L' | b'q' | b'Q' | b'v' => {
                self.cursor.take_while(|byte| byte.is_ascii_digit() || matches!(byte, b' ' | b'\t' | b'.'));
            }
            _ => {
                self.cursor.line();
            }
        }
        Some(())
    }

    /// Skips the lines that a command is for.
    fn address(&mut self) {
        loop {
            self.cursor.take_while(|byte| byte.is_ascii_digit() || b"$,~+ \t".contains(&byte));
            let delimiter = match self.cursor.rest() {
                [b'/', ..] => 1,
                [b'\\', _, ..] => 2,
                _ => return,
            };
            self.cursor.at += delimiter;
            let Some(delimiter) = self.cursor.before() else { return };
            if self.pattern([delimiter]).is_none() {
                return;
            }
            self.cursor.take_while(|byte| matches!(byte, b'I' | b'M'));
        }
    }

    /// A regular expression up to its delimiter, which does not end it between brackets.
    fn pattern(&mut self, delimiter: [u8; 1]) -> Option<&'a [u8]> {
        let start = self.cursor.at;
        loop {
            if self.cursor.takes(&delimiter) {
                return self.cursor.since(start).split_last().map(|(_, pattern)| pattern);
            }
            match self.cursor.next()? {
                b'\\' => {
                    self.cursor.next()?;
                }
                b'[' => self.brackets()?,
                _ => {}
            }
        }
    }

    /// The rest of `[…]`: what comes first is a character, be it `]`, and `[:…:]` are classes.
    fn brackets(&mut self) -> Option<()> {
        self.cursor.takes(b"^");
        self.cursor.takes(b"]");
        loop {
            match self.cursor.next()? {
                b']' => return Some(()),
                b'[' => {
                    if let Some(kind @ (b':' | b'.' | b'=')) = self.cursor.peek() {
                        self.cursor.next();
                        while !self.cursor.takes(&[kind, b']']) {
                            self.cursor.next()?;
                        }
                    }
                }
                _ => {}
            }
        }
    }

    fn substitute(&mut self, start: usize, was_changed: bool) -> Option<()> {
        let delimiter = [self.cursor.next()?];
        let pattern = self.pattern(delimiter)?;
        let at = self.cursor.at;
        let replacement = self.cursor.until(&delimiter)?;
        let (mut flags, span) = (Vec::new(), Span::new(at, at + replacement.len()));
        while let Some(flag) = self.cursor.peek().filter(|flag| flag.is_ascii_alphanumeric()) {
            self.cursor.next();
            if flag == b'w' {
                self.file();
                break;
            }
            flags.push(flag);
        }
        if flags.contains(&b'e') {
            let line = self.surroundings.input().filter(|_| !was_changed);
            let text = self.replaced(pattern, replacement, line, span);
            self.add("e", None, text, self.cursor.span(start));
        }
        Some(())
    }

    /// What a line is after a replacement, as far as it does not depend on the line, or that is known.
    fn replaced(&self, pattern: &[u8], replacement: &[u8], known: Option<&Value>, span: Span) -> Value {
        let is_whole = matches!(pattern, b".*" | b"^.*" | b"^.*$" | b".*$" | b".+" | b"^.+$");
        let line = || Value::unknown(Cause::Input, true, span).pieces;
        let mut value = Value::default();
        if !is_whole && !pattern.starts_with(b"^") {
            value.pieces.extend(line());
        }
        let mut bytes = replacement.iter().copied();
        while let Some(byte) = bytes.next() {
            match byte {
                b'&' => match known.filter(|_| is_whole) {
                    Some(input) => value.pieces.extend(input.pieces.iter().cloned()),
                    None => value.pieces.extend(line()),
                },
                b'\\' => match bytes.next() {
                    Some(b'0'..=b'9') => value.pieces.extend(line()),
                    Some(b'n') => value.push_text(b"\n", span),
                    Some(other) => value.push_text(&[other], span),
                    None => {}
                },
                byte => value.push_text(&[byte], span),
            }
        }
        if !is_whole && !pattern.ends_with(b"$") {
            value.pieces.extend(line());
        }
        value
    }

    /// The name of a file goes to the end of the line.
    fn file(&mut self) {
        self.cursor.blanks();
        let start = self.cursor.at;
        let path = self.cursor.line();
        let span = Span::new(start, start + path.len());
        self.add("w", Some("--write"), Value::text(path, span), span);
    }

    fn input(&self, span: Span) -> Value {
        self.surroundings.input().cloned().unwrap_or_else(|| Value::unknown(Cause::Input, false, span))
    }

    fn add(&mut self, name: &str, mode: Option<&'static str>, word: Value, span: Span) {
        self.calls.push(Call { mode, ..Call::new(name, vec![word], span) });
    }
}
