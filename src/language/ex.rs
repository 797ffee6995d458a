//! Commands of the editors vi and ed that execute something or write a file: `!command` behind any range, `r !command`,
//! `w !command`, `w file`, what `global` and `execute` run, and program text of other languages (`:python …`).

use super::cursor::{Cursor, unquoted};
use super::evaluate::local::piped;
use super::{Call, Reading, Surroundings, plain};
use crate::source::Span;
use crate::value::{Cause, Value};

/// Most commands within commands (`global /x/ execute "…"`).
const MAX_DEPTH: usize = 32;

/// Commands after which lines of text follow, up to one with a dot alone. `append` of ed is one letter.
const INSERTING: &[&[u8]] = &[b"a", b"i", b"c", b"append", b"insert", b"change"];

/// Commands in front of another one, with their shortest names.
const PREFIXES: &[(&str, &str)] = &[
    ("sil", "silent"),
    ("uns", "unsilent"),
    ("verb", "verbose"),
    ("norm", "normal"),
    ("bufd", "bufdo"),
    ("windo", "windo"),
    ("argdo", "argdo"),
    ("tabdo", "tabdo"),
    ("cdo", "cdo"),
    ("cfd", "cfdo"),
    ("ld", "ldo"),
    ("lfd", "lfdo"),
    ("foldd", "folddoopen"),
    ("folddoc", "folddoclosed"),
    ("keepj", "keepjumps"),
    ("keepa", "keepalt"),
    ("kee", "keepmarks"),
    ("keepp", "keeppatterns"),
    ("loc", "lockmarks"),
    ("noa", "noautocmd"),
    ("nos", "noswapfile"),
    ("san", "sandbox"),
    ("hid", "hide"),
    ("conf", "confirm"),
    ("bro", "browse"),
    ("vert", "vertical"),
    ("to", "topleft"),
    ("bo", "botright"),
    ("abo", "aboveleft"),
    ("bel", "belowright"),
    ("lefta", "leftabove"),
    ("rightb", "rightbelow"),
    ("tab", "tab"),
    ("vim9", "vim9cmd"),
    ("leg", "legacy"),
];

/// Commands that write a file, or give the lines to a command.
const WRITES: &[(&str, &str)] = &[("w", "write"), ("sav", "saveas"), ("wq", "wq"), ("up", "update")];

/// Commands with text in another language, and the function that it is for.
const LANGUAGES: &[((&str, &str), &str)] = &[
    (("ter", "terminal"), "terminal"),
    (("so", "source"), "source"),
    (("lua", "lua"), "lua"),
    (("luad", "luado"), "lua"),
    (("py", "python"), "python"),
    (("pyd", "pydo"), "python"),
    (("pyx", "pyx"), "pyx"),
    (("pyxd", "pyxdo"), "pyx"),
    (("pythonx", "pythonx"), "pythonx"),
    (("pe", "perl"), "perl"),
    (("perld", "perldo"), "perl"),
    (("rub", "ruby"), "ruby"),
    (("rubyd", "rubydo"), "ruby"),
    (("tc", "tcl"), "tcl"),
    (("tcld", "tcldo"), "tcl"),
    (("mak", "make"), "make"),
];

/// Commands with expressions.
const EXPRESSIONS: &[(&str, &str)] = &[
    ("ec", "echo"),
    ("echom", "echomsg"),
    ("echon", "echon"),
    ("echoe", "echoerr"),
    ("exe", "execute"),
    ("cal", "call"),
    ("let", "let"),
    ("cons", "const"),
    ("if", "if"),
    ("elsei", "elseif"),
    ("wh", "while"),
    ("retu", "return"),
    ("ev", "eval"),
    ("pu", "put"),
    ("cex", "cexpr"),
    ("lex", "lexpr"),
    ("th", "throw"),
];

/// Commands with names of files, in which commands may stand between backquotes.
const FILES: &[(&str, &str)] = &[
    ("e", "edit"),
    ("r", "read"),
    ("sp", "split"),
    ("vs", "vsplit"),
    ("new", "new"),
    ("vne", "vnew"),
    ("n", "next"),
    ("ar", "args"),
    ("arga", "argadd"),
    ("arge", "argedit"),
    ("tabe", "tabedit"),
    ("tabnew", "tabnew"),
    ("vie", "view"),
    ("fir", "first"),
];

/// The calls in commands.
pub(super) fn read(language: &str, text: &[u8], surroundings: Surroundings<'_>) -> Reading {
    let is_ed = language == "ed";
    let mut reader = Reader { text, is_ed, surroundings, calls: Vec::new(), is_cut: false };
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
    Reading { calls: reader.calls, is_cut: reader.is_cut, ..Reading::default() }
}

struct Reader<'a> {
    text: &'a [u8],
    is_ed: bool,
    surroundings: Surroundings<'a>,
    calls: Vec<Call>,
    /// Whether commands were nested too deeply to be followed.
    is_cut: bool,
}

impl<'a> Reader<'a> {
    /// A command without the lines that it is for.
    fn bare<'t>(&self, line: &'t [u8]) -> &'t [u8] {
        let digits = line.iter().take_while(|byte| b"0123456789%$.,;+-: ".contains(byte)).count();
        line.get(digits..).unwrap_or_default()
    }

    fn line(&mut self, start: usize, end: usize, depth: usize) {
        if depth > MAX_DEPTH {
            self.is_cut = true;
            return;
        }
        let text: &'a [u8] = self.text;
        let mut cursor = Cursor::new(text.get(..end).unwrap_or(text));
        cursor.at = start;
        let lines = range(&mut cursor);
        if cursor.takes(b"!") {
            cursor.takes(b"!");
            return if lines { self.filter(&cursor) } else { self.add("!", &cursor) };
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
        let is = |(short, long): &(&str, &str)| name.len() >= short.len() && long.starts_with(&name);
        if ["g", "v"].contains(&name.as_str()) || is(&("glo", "global")) || is(&("vg", "vglobal")) {
            return self.global(cursor, end, depth);
        }
        if PREFIXES.iter().any(is) {
            return self.line(cursor.at, end, depth + 1);
        }
        if is(&("au", "autocmd")) {
            // The event, and the names of the files that it is for.
            for _ in 0..2 {
                cursor.blanks();
                cursor.take_while(|byte| !byte.is_ascii_whitespace());
            }
            return self.line(cursor.at, end, depth + 1);
        }
        cursor.blanks();
        let is_write = WRITES.iter().any(is);
        let executes = cursor.takes(b"!") || (forced && is(&("r", "read")));
        if executes && is_write {
            return self.filter(&cursor);
        }
        if executes && is(&("r", "read")) {
            return self.add("!", &cursor);
        }
        if is_write {
            return self.write(&cursor);
        }
        if let Some((_, language)) = LANGUAGES.iter().find(|(names, _)| is(names)) {
            return self.add(language, &cursor);
        }
        // A pattern and a replacement; behind `\=` stands an expression.
        let is_substitute = is(&("s", "substitute"));
        if is_substitute {
            let rest = cursor.rest();
            if let Some(at) = rest.windows(2).position(|part| part == b"\\=") {
                cursor.at += at + 2;
                self.expression(&name, &cursor);
            }
        } else if is(&("exe", "execute")) || cursor.rest().contains(&b'(') {
            self.expression(&name, &cursor);
        }
        if FILES.iter().any(is) {
            self.backquotes(&cursor);
        }
        let quotes = EXPRESSIONS.iter().any(is);
        self.bar(cursor, (end, quotes), depth);
    }

    /// Commands between backquotes among the names of files; behind `=` stands an expression.
    fn backquotes(&mut self, cursor: &Cursor<'a>) {
        let mut cursor = *cursor;
        loop {
            cursor.take_while(|byte| byte != b'`');
            if cursor.next().is_none() {
                return;
            }
            let start = cursor.at;
            let command = cursor.take_while(|byte| byte != b'`');
            let span = Span::new(start, cursor.at);
            cursor.next();
            if !command.starts_with(b"=") {
                self.calls.push(Call::new("!", vec![Value::text(command, span)], span));
            }
        }
    }

    /// A command that reads lines of the text that is edited.
    fn filter(&mut self, cursor: &Cursor<'a>) {
        self.add("!", cursor);
        if let Some(call) = self.calls.last_mut() {
            call.options.push(piped(call.span));
        }
    }

    /// `command | command`; `quotes`: a bar in a string is part of it.
    fn bar(&mut self, mut cursor: Cursor<'a>, (end, quotes): (usize, bool), depth: usize) {
        loop {
            cursor.take_while(|byte| byte != b'|' && !(quotes && b"\"'".contains(&byte)));
            match cursor.next() {
                Some(b'|') if cursor.at >= end => return,
                // The operator of expressions.
                Some(b'|') if cursor.takes(b"|") => {}
                Some(b'|') => return self.line(cursor.at, end, depth + 1),
                // What is not closed is a comment.
                Some(quote) if cursor.until(&[quote]).is_none() => return,
                Some(_) => {}
                None => return,
            }
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
                    if name.starts_with(['w', 'W']) { self.filter(&cursor) } else { self.add("!", &cursor) }
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
                let mut word = unquoted(inside, span);
                // What is joined to it, `"!" . nr2char(114)`, is not computed.
                if !words.rest().trim_ascii().is_empty() && inside.trim_ascii_start().starts_with(b"!") {
                    word.pieces.extend(Value::unknown(Cause::Unmodelled, true, span).pieces);
                }
                self.calls.push(Call::new("execute", vec![word], span));
            } else if text.contains(&b'(') {
                // A function makes it.
                let word = Value::unknown(Cause::Unmodelled, true, span);
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

/// Skips blanks, colons and the lines that a command is for; whether there are any.
fn range(cursor: &mut Cursor<'_>) -> bool {
    let start = cursor.at;
    skip_range(cursor);
    cursor.since(start).iter().any(|byte| !b" \t:".contains(byte))
}

fn skip_range(cursor: &mut Cursor<'_>) {
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
