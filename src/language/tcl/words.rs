//! The commands of a text of Tcl, and their words: the rules of `Tcl(n)`.

/// A word.
#[derive(Default)]
pub(super) struct Word {
    pub(super) parts: Vec<Part>,
    /// `{*}word`: its elements are the words.
    pub(super) is_spread: bool,
}

/// A part of a word.
pub(super) enum Part {
    Text(Vec<u8>),
    Variable(Vec<u8>),
    /// A script between brackets.
    Command(Vec<u8>),
}

/// The commands; `None`: something that was opened does not end.
pub(super) fn commands(text: &[u8]) -> Option<Vec<Vec<Word>>> {
    let mut reader = Reader { text, at: 0 };
    let mut commands = Vec::new();
    while reader.at < text.len() {
        reader.skip(|byte| byte.is_ascii_whitespace() || byte == b';');
        if reader.peek() == Some(b'#') {
            reader.skip(|byte| byte != b'\n');
            continue;
        }
        let mut words = Vec::new();
        loop {
            reader.blanks();
            match reader.peek() {
                None => break,
                Some(b'\n' | b';') => {
                    reader.at += 1;
                    break;
                }
                Some(_) => words.push(reader.word()?),
            }
        }
        if !words.is_empty() {
            commands.push(words);
        }
    }
    Some(commands)
}

struct Reader<'t> {
    text: &'t [u8],
    at: usize,
}

impl Reader<'_> {
    fn peek(&self) -> Option<u8> {
        self.text.get(self.at).copied()
    }

    fn skip(&mut self, is: impl Fn(u8) -> bool) {
        while self.peek().is_some_and(&is) {
            self.at += 1;
        }
    }

    fn blanks(&mut self) {
        loop {
            self.skip(|byte| byte == b' ' || byte == b'\t' || byte == b'\r');
            if !self.text.get(self.at..).is_some_and(|rest| rest.starts_with(b"\\\n")) {
                return;
            }
            self.at += 2;
        }
    }

    fn word(&mut self) -> Option<Word> {
        let rest = self.text.get(self.at..)?;
        if let Some(behind) = rest.strip_prefix(b"{*}")
            && behind.first().is_some_and(|byte| !byte.is_ascii_whitespace())
        {
            self.at += 3;
            return Some(Word { is_spread: true, ..self.word()? });
        }
        match self.peek()? {
            b'{' => {
                let inside = self.enclosed(b'{', b'}')?;
                let text = inside.to_vec();
                // A backslash at the end of a line is a blank there, too.
                let parts = if text.is_empty() { Vec::new() } else { vec![Part::Text(joined_lines(&text))] };
                Some(Word { parts, is_spread: false })
            }
            b'"' => {
                self.at += 1;
                let parts = self.parts(|byte| byte == b'"')?;
                (self.peek()? == b'"').then_some(())?;
                self.at += 1;
                Some(Word { parts, is_spread: false })
            }
            _ => {
                let parts = self.parts(|byte| byte.is_ascii_whitespace() || byte == b';')?;
                Some(Word { parts, is_spread: false })
            }
        }
    }

    /// What stands between two brackets that are nested; the first one is next.
    fn enclosed(&mut self, open: u8, close: u8) -> Option<&[u8]> {
        let start = self.at + 1;
        let mut depth = 0_usize;
        while let Some(byte) = self.peek() {
            self.at += 1;
            match byte {
                b'\\' => self.at += 1,
                _ if byte == open => depth += 1,
                _ if byte == close => {
                    depth -= 1;
                    if depth == 0 {
                        return self.text.get(start..self.at - 1);
                    }
                }
                _ => {}
            }
        }
        None
    }

    fn parts(&mut self, ends: impl Fn(u8) -> bool) -> Option<Vec<Part>> {
        let mut parts = Vec::new();
        let mut text = Vec::new();
        while let Some(byte) = self.peek().filter(|byte| !ends(*byte)) {
            match byte {
                b'\\' => text.extend(self.escape()?),
                b'[' => {
                    parts.push(Part::Text(std::mem::take(&mut text)));
                    let script = self.enclosed(b'[', b']')?.to_vec();
                    parts.push(Part::Command(script));
                }
                b'$' => {
                    self.at += 1;
                    let name = if self.peek() == Some(b'{') {
                        self.enclosed(b'{', b'}')?.to_vec()
                    } else {
                        let start = self.at;
                        self.skip(|byte| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b':');
                        let mut name = self.text.get(start..self.at)?.to_vec();
                        // An element of an array.
                        if self.peek() == Some(b'(') && !name.is_empty() {
                            let index = self.enclosed(b'(', b')')?.to_vec();
                            name.extend([b"(".as_slice(), &index, b")"].concat());
                        }
                        name
                    };
                    if name.is_empty() {
                        text.push(b'$');
                    } else {
                        parts.push(Part::Text(std::mem::take(&mut text)));
                        parts.push(Part::Variable(name));
                    }
                }
                byte => {
                    text.push(byte);
                    self.at += 1;
                }
            }
        }
        parts.push(Part::Text(text));
        parts.retain(|part| !matches!(part, Part::Text(text) if text.is_empty()));
        Some(parts)
    }

    /// A backslash and what it stands for with the next characters.
    fn escape(&mut self) -> Option<Vec<u8>> {
        let (_, rest) = self.text.get(self.at..)?.split_first()?;
        let Some((first, behind)) = rest.split_first() else {
            self.at += 1;
            return Some(vec![b'\\']);
        };
        let digits =
            |most: usize, is: fn(&u8) -> bool| behind.iter().take(most).take_while(|byte| is(byte)).count();
        let number = |count: usize| {
            let digits = std::str::from_utf8(behind.get(..count)?).ok()?;
            let character = char::from_u32(u32::from_str_radix(digits, 16).ok()?)?;
            Some(character.to_string().into_bytes())
        };
        let (made, length) = match first {
            b'n' => (vec![b'\n'], 0),
            b't' => (vec![b'\t'], 0),
            b'r' => (vec![b'\r'], 0),
            b'a' => (vec![7], 0),
            b'\n' => {
                let blanks = behind.iter().take_while(|byte| **byte == b' ' || **byte == b'\t').count();
                (vec![b' '], blanks)
            }
            b'x' if digits(2, u8::is_ascii_hexdigit) > 0 => {
                let count = digits(2, u8::is_ascii_hexdigit);
                (number(count)?, count)
            }
            b'u' if digits(4, u8::is_ascii_hexdigit) > 0 => {
                let count = digits(4, u8::is_ascii_hexdigit);
                (number(count)?, count)
            }
            b'0'..=b'7' => {
                let more = digits(2, |byte| (b'0'..=b'7').contains(byte));
                let digits = std::str::from_utf8(rest.get(..more + 1)?).ok()?;
                let character = char::from_u32(u32::from_str_radix(digits, 8).ok()?)?;
                (character.to_string().into_bytes(), more)
            }
            other => (vec![*other], 0),
        };
        self.at += 2 + length;
        Some(made)
    }
}

/// The text with a blank for a backslash at the end of a line.
fn joined_lines(text: &[u8]) -> Vec<u8> {
    let mut joined = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.windows(2).position(|pair| pair == b"\\\n") {
        let (before, behind) = rest.split_at(at);
        joined.extend_from_slice(before);
        joined.push(b' ');
        rest = behind.get(2..).unwrap_or_default().trim_ascii_start();
    }
    joined.extend_from_slice(rest);
    joined
}
