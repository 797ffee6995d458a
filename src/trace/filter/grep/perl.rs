//! `grep -P`: expressions of Perl, of which `Regex` knows all but what looks around.
//!
//! Both prefer earlier choices, so what they share means the same. Looking around is modelled at the ends only:
//! `(?<=x)` or `\K` in front, `(?=x)` behind.

use regex::{Regex, RegexBuilder};
use std::iter::Peekable;
use std::str::Chars;

/// The longest line: Perl's expressions give up on some long ones.
const LONGEST: usize = 2000;

/// A translated expression; what it finds is its first group.
pub(super) struct Pattern {
    regex: Regex,
    /// How long what must stand in front is.
    behind: Option<usize>,
    /// Whether something around the match counts.
    looks_around: bool,
}

impl Pattern {
    pub(super) fn compile(pattern: &str, ignore_case: bool, whole: bool) -> Option<Pattern> {
        if pattern.len() > 1000 || !pattern.is_ascii() || pattern.contains('\n') {
            return None;
        }
        let mut reader = Reader { rest: pattern.chars().peekable(), out: String::new(), depth: 0 };
        let mut behind = None;
        if let Some(rest) = pattern.strip_prefix("(?<=") {
            reader.rest = rest.chars().peekable();
            let mut length = 0;
            while reader.rest.next_if_eq(&')').is_none() {
                reader.single()?;
                length += 1;
            }
            behind = Some(length);
        }
        reader.out.push('(');
        let end = reader.alternatives(behind.is_some())?;
        let mut looks_around = behind.is_some();
        match end {
            End::Text => reader.out.push(')'),
            // What stood in front is looked at only.
            End::Keep if behind.is_none() => {
                looks_around = true;
                let before = reader.out.split_off(0);
                // An alternative would hold only one part of it.
                let before = before.strip_prefix('(').filter(|before| !before.contains('|'))?;
                reader.out = format!("(?:{before})(");
                if !matches!(reader.alternatives(true)?, End::Text) {
                    return None;
                }
                reader.out.push(')');
            }
            End::Ahead => {
                looks_around = true;
                // It would belong to the last alternative only.
                if reader.out.contains('|') {
                    return None;
                }
                reader.out.push_str(")(?:");
                if !matches!(reader.alternatives(true)?, End::Close) || reader.rest.next().is_some() {
                    return None;
                }
                reader.out.push(')');
            }
            End::Keep | End::Close => return None,
        }
        if whole && looks_around {
            return None;
        }
        let written = if whole { format!("^{}$", reader.out) } else { reader.out };
        let regex =
            RegexBuilder::new(&written).case_insensitive(ignore_case).size_limit(1 << 18).build().ok()?;
        Some(Pattern { regex, behind, looks_around })
    }

    /// Whether it is in a line.
    pub(super) fn is_in(&self, line: &str) -> Option<bool> {
        (line.is_ascii() && line.len() <= LONGEST).then(|| self.regex.is_match(line))
    }

    /// All that it finds in a line, without what is empty.
    pub(super) fn matches<'t>(&self, line: &'t str) -> Option<Vec<&'t str>> {
        if !line.is_ascii() || line.len() > LONGEST {
            return None;
        }
        if !self.looks_around {
            let found = self.regex.find_iter(line).map(|found| found.as_str());
            return Some(found.filter(|found| !found.is_empty()).collect());
        }
        let mut all = Vec::new();
        let mut start: usize = 0;
        // What stands in front may belong to the match before.
        while let Some(captures) =
            self.regex.captures_at(line, start.saturating_sub(self.behind.unwrap_or(0)))
        {
            let found = captures.get(1).filter(|found| !found.is_empty() && found.start() >= start)?;
            all.push(found.as_str());
            start = found.end();
        }
        Some(all)
    }
}

/// What alternatives end with.
enum End {
    Text,
    Close,
    /// `\K`
    Keep,
    /// `(?=`
    Ahead,
}

struct Reader<'a> {
    rest: Peekable<Chars<'a>>,
    out: String,
    depth: usize,
}

impl Reader<'_> {
    /// Alternatives up to what ends them. With `bare` they are but one, and start nowhere in particular.
    fn alternatives(&mut self, bare: bool) -> Option<End> {
        self.depth += 1;
        if self.depth > 20 {
            return None;
        }
        loop {
            let end = match self.rest.peek().copied() {
                None => Some(End::Text),
                Some(')') => Some(End::Close),
                Some('(') if self.starts("(?=") => Some(End::Ahead),
                Some('\\') if self.starts("\\K") => Some(End::Keep),
                Some(_) => None,
            };
            if let Some(end) = end {
                let length = match end {
                    End::Text => 0,
                    End::Close => 1,
                    End::Keep => 2,
                    End::Ahead => 3,
                };
                self.rest.by_ref().take(length).for_each(drop);
                self.depth -= 1;
                let is_inner = self.depth > 0;
                return (!is_inner || matches!(end, End::Close)).then_some(end);
            }
            match self.rest.peek().copied()? {
                '|' if !bare => {
                    self.rest.next();
                    self.out.push('|');
                }
                '^' if !bare => {
                    self.rest.next();
                    self.out.push('^');
                }
                '$' => {
                    self.rest.next();
                    self.out.push('$');
                }
                '(' => self.group()?,
                '\\' if self.starts("\\b") || self.starts("\\B") => {
                    self.rest.next();
                    let letter = self.rest.next()?;
                    self.out.push_str(if letter == 'b' { "(?-u:\\b)" } else { "(?-u:\\B)" });
                }
                _ => {
                    self.single()?;
                    self.repetition()?;
                }
            }
        }
    }

    fn starts(&self, text: &str) -> bool {
        let mut ahead = self.rest.clone();
        text.chars().all(|wanted| ahead.next() == Some(wanted))
    }

    /// A group; it is not repeated, for what then is empty or takes long differs.
    fn group(&mut self) -> Option<()> {
        self.rest.next();
        if self.starts("?:") {
            self.rest.by_ref().take(2).for_each(drop);
        } else if matches!(self.rest.peek(), Some('?' | '*')) {
            return None;
        }
        self.out.push_str("(?:");
        if !matches!(self.alternatives(false)?, End::Close) {
            return None;
        }
        self.out.push(')');
        if self.rest.next_if_eq(&'?').is_some() {
            self.out.push('?');
        }
        (!matches!(self.rest.peek(), Some('*' | '+' | '?' | '{'))).then_some(())
    }

    /// What matches one character.
    fn single(&mut self) -> Option<()> {
        match self.rest.next()? {
            '.' => self.out.push('.'),
            '[' => self.class()?,
            '\\' => {
                let letter = self.rest.next()?;
                self.escape(letter)?;
            }
            '*' | '+' | '?' | '{' | '(' | ')' | '|' | '^' | '$' => return None,
            plain => self.out.push_str(&regex::escape(plain.encode_utf8(&mut [0; 4]))),
        }
        Some(())
    }

    fn escape(&mut self, letter: char) -> Option<()> {
        match letter {
            'd' => self.out.push_str("[0-9]"),
            'D' => self.out.push_str("[^0-9]"),
            'w' => self.out.push_str("[0-9A-Za-z_]"),
            'W' => self.out.push_str("[^0-9A-Za-z_]"),
            's' => self.out.push_str("[ \\t\\x0b\\x0c\\r]"),
            'S' => self.out.push_str("[^ \\t\\x0b\\x0c\\r]"),
            'h' => self.out.push_str("[ \\t]"),
            't' => self.out.push_str("\\t"),
            _ if letter.is_ascii_punctuation() => {
                self.out.push_str(&regex::escape(letter.encode_utf8(&mut [0; 4])))
            }
            _ => return None,
        }
        Some(())
    }

    /// A bracket expression behind its `[`.
    fn class(&mut self) -> Option<()> {
        self.out.push('[');
        if self.rest.next_if_eq(&'^').is_some() {
            self.out.push('^');
        }
        let mut empty = true;
        loop {
            let start = match self.rest.next()? {
                ']' if !empty => {
                    self.out.push(']');
                    return Some(());
                }
                '\\' => {
                    let letter = self.rest.next()?;
                    if matches!(letter, 'd' | 'w' | 's') {
                        let inner = match letter {
                            'd' => "0-9",
                            'w' => "0-9A-Za-z_",
                            _ => " \\t\\x0b\\x0c\\r",
                        };
                        self.out.push_str(inner);
                        empty = false;
                        if self.rest.peek() == Some(&'-') {
                            return None;
                        }
                        continue;
                    }
                    if letter == 't' { '\t' } else { letter.is_ascii_punctuation().then_some(letter)? }
                }
                ']' | '[' => return None,
                plain => plain,
            };
            empty = false;
            let mut ahead = self.rest.clone();
            if ahead.next() == Some('-') && !matches!(ahead.next(), None | Some(']')) {
                self.rest.next();
                let end = self.rest.next()?;
                if !start.is_ascii_alphanumeric() || !end.is_ascii_alphanumeric() || start > end {
                    return None;
                }
                self.out.push_str(&format!("{start}-{end}"));
                continue;
            }
            self.out.push_str(&format!("\\x{:02x}", u32::from(start)));
        }
    }

    /// How often what stands before may come.
    fn repetition(&mut self) -> Option<()> {
        match self.rest.peek() {
            Some(sign @ ('*' | '+' | '?')) => {
                self.out.push(*sign);
                self.rest.next();
            }
            Some('{') => {
                self.rest.next();
                let mut text = String::new();
                while let Some(next) = self.rest.next_if(|next| next.is_ascii_digit() || *next == ',') {
                    text.push(next);
                }
                let (least, most) = text.split_once(',').unwrap_or((&text, &text));
                let number = |text: &str| text.parse::<u8>().ok();
                let rises = most.is_empty() || number(least)? <= number(most)?;
                if number(least).is_none() || !rises || self.rest.next()? != '}' {
                    return None;
                }
                self.out.push_str(&format!("{{{text}}}"));
            }
            _ => return Some(()),
        }
        if self.rest.next_if_eq(&'?').is_some() {
            self.out.push('?');
        }
        // A `+` would keep what it has.
        (!matches!(self.rest.peek(), Some('*' | '+' | '?' | '{'))).then_some(())
    }
}
