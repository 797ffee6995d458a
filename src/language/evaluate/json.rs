//! JSON as values: `json.loads("…")`, `JSON.parse("…")`.

use super::Expression;
use super::pure::made;
use crate::source::Span;

/// Deepest nesting.
const MAX_DEPTH: usize = 32;

/// What a text holds; `None`: it is none, or holds what has no value here.
pub(super) fn parse(text: &str, span: Span) -> Option<Expression> {
    let mut reader = Reader { rest: text, span };
    let value = reader.value(0)?;
    reader.rest.trim().is_empty().then_some(value)
}

struct Reader<'t> {
    rest: &'t str,
    span: Span,
}

impl Reader<'_> {
    fn takes(&mut self, token: &str) -> bool {
        let rest = self.rest.trim_start().strip_prefix(token);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    fn value(&mut self, depth: usize) -> Option<Expression> {
        if depth > MAX_DEPTH {
            return None;
        }
        if self.takes("{") {
            let mut fields = Vec::new();
            while !self.takes("}") {
                let key = self.takes("\"").then(|| self.string())??;
                self.takes(":").then_some(())?;
                fields.push((key, self.value(depth + 1)?));
                if !self.takes(",") {
                    self.takes("}").then_some(())?;
                    break;
                }
            }
            return Some(Expression::Fields(fields));
        }
        if self.takes("[") {
            let mut list = Vec::new();
            while !self.takes("]") {
                list.push(self.value(depth + 1)?);
                if !self.takes(",") {
                    self.takes("]").then_some(())?;
                    break;
                }
            }
            return Some(Expression::List(list));
        }
        if self.takes("\"") {
            return self.string().map(|text| made(text, self.span));
        }
        for (word, flag) in [("true", true), ("false", false)] {
            if self.takes(word) {
                return Some(Expression::Flag(flag));
            }
        }
        let rest = self.rest.trim_start();
        let length = rest.bytes().take_while(u8::is_ascii_digit).count();
        let (digits, behind) = rest.split_at_checked(length)?;
        let is_whole = !digits.is_empty()
            && digits.len() < 16
            && (digits == "0" || !digits.starts_with('0'))
            && !behind.starts_with(['.', 'e', 'E']);
        self.rest = behind;
        is_whole.then(|| made(digits, self.span))
    }

    /// The rest of a string, behind its opening quote.
    fn string(&mut self) -> Option<String> {
        let mut text = String::new();
        let mut characters = self.rest.char_indices();
        while let Some((at, character)) = characters.next() {
            match character {
                '"' => {
                    self.rest = self.rest.get(at + 1..)?;
                    return Some(text);
                }
                '\\' => match characters.next()?.1 {
                    'n' => text.push('\n'),
                    't' => text.push('\t'),
                    'r' => text.push('\r'),
                    'u' => {
                        let digits: Option<String> =
                            (0..4).map(|_| characters.next().map(|(_, digit)| digit)).collect();
                        text.push(char::from_u32(u32::from_str_radix(&digits?, 16).ok()?)?);
                    }
                    other @ ('"' | '\\' | '/') => text.push(other),
                    _ => return None,
                },
                other => text.push(other),
            }
        }
        None
    }
}
