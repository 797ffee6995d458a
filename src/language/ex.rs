//! Commands of the editors vi and ed that execute something or write a file: `!command` behind any range, `r !command`,
//! `w !command`, `w file`, what `global` and `execute` run, and program text of other languages (`:python …`).

use super::cursor::{Cursor, unquoted};
use super::{Call, Reading, Surroundings, plain};
use crate::source::Span;
use crate::value::Value;

/// Most commands within commands (`global /x/ execute "…"`).
const MAX_DEPTH: usize = 32;

/// Commands after which lines of text follow, up to one with a dot alone. `append` of ed is one letter.
const INSERTING: &[&[u8]] = &[b"a", b"i", b"c", b"append", b"insert", b"change"];

/// The calls in commands.
pub(super) fn read(language: &str, text: &[u8], surroundings: Surroundings<'_>) -> Reading {
    let mut reader = Reader { text, is_ed: language == "ed", surroundings, calls: Vec::new() };
    let mut cursor = Cursor::new(text);
    while cursor.peek().is_some() {
        let start = cursor.at;
        let line = cursor.line();
        reader.line(start, start + line.len(), 0);
        let command = line.trim_ascii_start();
        if INSERTING.contains(&reader.bare(command)) {
            while cursor.peek().is_some() && cursor.line() != b"." {}
        }
    }
    Reading { calls: reader.calls, ..Reading::default() }
}

struct Reader<'a> {
    text: &'a [u8],
    is_ed: bool,
    surroundings: Surroundings<'a>,
    calls: Vec<Call>,
}

impl<'a> Reader<'a> {
    /// A command without the lines that it is for.
    fn bare<'t>(&self, line: &'t [u8]) -> &'t [u8] {
        let digits = line.iter().take_while(|byte| b"0123456789%$.,;+-: ".contains(byte)).count();
        line.get(digits..).unwrap_or_default()
    }

    fn line(&mut self, start: usize, end: usize, depth: usize) {
        if depth > MAX_DEPTH {
            return;
        }
        let text: &'a [u8] = self.text;
        let mut cursor = Cursor::new(text.get(..end).unwrap_or(text));
        cursor.at = start;
        range(&mut cursor);
        if cursor.takes(b"!") {
            cursor.takes(b"!");
            return self.add("!", &cursor);
        }
        let name = cursor.take_while(|byte| byte.is_ascii_alphabetic());
        let forced = cursor.takes(b"!");
        let name = String::from_utf8_lossy(name).into_owned();
        // `python3` and `py3` are names, `d3` is not.
        if name.starts_with("py") {
            cursor.take_while(|byte| byte.is_ascii_digit() || byte == b'x');
        }
        if self.is_ed {
            return self.ed(&name, cursor, depth);
        }
        let is = |short: &str, long: &str| name.len() >= short.len() && long.starts_with(&name);
        if ["g", "v"].contains(&name.as_str()) || is("glo", "global") || is("vg", "vglobal") {
            return self.global(cursor, end, depth);
        }
        if is("sil", "silent")
            || is("verb", "verbose")
            || is("norm", "normal")
            || is("bufd", "bufdo")
            || is("windo", "windo")
            || is("argdo", "argdo")
            || is("tabdo", "tabdo")
            || is("keepj", "keepjumps")
            || is("noa", "noautocmd")
        {
            return self.line(cursor.at, end, depth + 1);
        }
        if is("au", "autocmd") {
            // The event, and the names of the files that it is for.
            for _ in 0..2 {
                cursor.blanks();
                cursor.take_while(|byte| !byte.is_ascii_whitespace());
            }
            return self.line(cursor.at, end, depth + 1);
        }
        if is("exe", "execute")
            || is("cal", "call")
            || is("ec", "echo")
            || name == "let"
            || is("if", "if")
            || is("eval", "eval")
        {
            return self.expression(&name, &cursor);
        }
        cursor.blanks();
        let executes = cursor.takes(b"!") || (forced && is("r", "read"));
        let executes = executes && (is("r", "read") || is("w", "write") || is("wr", "write"));
        if executes {
            return self.add("!", &cursor);
        }
        if is("w", "write") || is("sav", "saveas") || is("wq", "wq") || is("up", "update") {
            return self.write(&cursor);
        }
        for (short, long) in [
            ("ter", "terminal"),
            ("so", "source"),
            ("lua", "lua"),
            ("py", "python"),
            ("pyt", "python"),
            ("pyx", "pyx"),
            ("pythonx", "pythonx"),
            ("pe", "perl"),
            ("rub", "ruby"),
            ("tc", "tcl"),
            ("mak", "make"),
        ] {
            if is(short, long) {
                return self.add(long, &cursor);
            }
        }
        self.bar(cursor, end, depth);
    }

    /// `command | command`
    fn bar(&mut self, mut cursor: Cursor<'a>, end: usize, depth: usize) {
        cursor.take_while(|byte| byte != b'|');
        if cursor.next().is_some() && cursor.at < end {
            self.line(cursor.at, end, depth + 1);
        }
    }

    fn ed(&mut self, name: &str, mut cursor: Cursor<'a>, depth: usize) {
        match name {
            "g" | "v" => {
                let end = cursor.at + cursor.rest().len();
                self.global(cursor, end, depth);
            }
            "r" | "w" | "e" | "E" | "W" | "wq" => {
                cursor.blanks();
                if cursor.takes(b"!") {
                    self.add("!", &cursor);
                } else if name.starts_with(['w', 'W']) {
                    self.write(&cursor);
                }
            }
            _ => {}
        }
    }

    /// `g/pattern/command`
    fn global(&mut self, mut cursor: Cursor<'a>, end: usize, depth: usize) {
        cursor.blanks();
        let Some(delimiter) = cursor.next() else { return };
        if cursor.until(&[delimiter]).is_some() {
            self.line(cursor.at, end, depth + 1);
        }
    }

    /// Functions that an expression calls, and the text that `execute` makes.
    fn expression(&mut self, name: &str, cursor: &Cursor<'a>) {
        let text = cursor.rest();
        let inner = plain::read("vim", text, self.surroundings);
        let shift = u32::try_from(cursor.at).unwrap_or(u32::MAX);
        let moved = |span: Span| Span {
            start: span.start.saturating_add(shift),
            end: span.end.saturating_add(shift),
        };
        for mut call in inner.calls {
            call.span = moved(call.span);
            for piece in call.words.iter_mut().flat_map(|word| word.pieces.iter_mut()) {
                if let crate::value::Piece::Text { origin, .. } = piece {
                    *origin = moved(*origin);
                }
            }
            self.calls.push(call);
        }
        if name.starts_with("exe") {
            let mut words = Cursor::new(text);
            words.blanks();
            let start = words.at + 1;
            let quote = words.next().filter(|quote| matches!(quote, b'"' | b'\''));
            let inside = quote.and_then(|quote| words.until(&[quote]));
            let span = Span::new(cursor.at + start, cursor.at + start + inside.map_or(0, <[u8]>::len));
            if let Some(inside) = inside {
                let word = unquoted(inside, span);
                self.calls.push(Call::new("execute", vec![word], span));
            }
        }
    }

    fn write(&mut self, cursor: &Cursor<'a>) {
        let mut cursor = *cursor;
        cursor.blanks();
        let append = cursor.takes(b">>");
        cursor.blanks();
        let start = cursor.at;
        let path = cursor.rest().trim_ascii_end();
        if !path.is_empty() {
            let span = Span::new(start, start + path.len());
            let mode = if append { "--append" } else { "--write" };
            self.calls
                .push(Call { mode: Some(mode), ..Call::new("write", vec![Value::text(path, span)], span) });
        }
    }

    /// A command whose words go to the end of the line.
    fn add(&mut self, name: &str, cursor: &Cursor<'a>) {
        let mut cursor = *cursor;
        cursor.blanks();
        let start = cursor.at;
        let rest = cursor.rest();
        let span = Span::new(start, start + rest.len());
        self.calls.push(Call::new(name, vec![Value::text(rest, span)], span));
    }
}

/// Skips blanks, colons and the lines that a command is for.
fn range(cursor: &mut Cursor<'_>) {
    loop {
        cursor.take_while(|byte| b" \t:0123456789%$.,;+-".contains(&byte));
        match cursor.peek() {
            Some(b'\'') => {
                cursor.next();
                cursor.next();
            }
            Some(delimiter @ (b'/' | b'?')) => {
                cursor.next();
                if cursor.until(&[delimiter]).is_none() {
                    return;
                }
            }
            _ => return,
        }
    }
}
