//! JSON as `jq` reads and writes it.

use std::iter::Peekable;
use std::str::Chars;

/// How deep values may be nested.
const MAX_DEPTH: usize = 30;

/// A value.
#[derive(Clone, PartialEq, Debug)]
pub(super) enum Json {
    Null,
    Bool(bool),
    Number(i64),
    /// A number that versions print in different ways.
    OddNumber,
    Text(String),
    List(Vec<Json>),
    Object(Vec<(String, Json)>),
}

/// The values in a text, one after the other.
pub(super) fn parse_all(text: &str) -> Option<Vec<Json>> {
    let mut rest = text.chars().peekable();
    let mut values = Vec::new();
    loop {
        skip_blanks(&mut rest);
        if rest.peek().is_none() {
            return Some(values);
        }
        values.push(value(&mut rest, 0)?);
        // Values that touch each other are read in different ways.
        let touches = rest.peek().is_some_and(|next| !next.is_ascii_whitespace());
        if touches {
            return None;
        }
    }
}

type Rest<'a> = Peekable<Chars<'a>>;

fn skip_blanks(rest: &mut Rest<'_>) {
    while rest.next_if(|next| matches!(next, ' ' | '\t' | '\n' | '\r')).is_some() {}
}

fn value(rest: &mut Rest<'_>, depth: usize) -> Option<Json> {
    skip_blanks(rest);
    if depth > MAX_DEPTH {
        return None;
    }
    match rest.peek()? {
        '"' => {
            rest.next();
            string(rest).map(Json::Text)
        }
        '[' => {
            rest.next();
            let mut items = Vec::new();
            loop {
                skip_blanks(rest);
                if items.is_empty() && rest.next_if_eq(&']').is_some() {
                    return Some(Json::List(items));
                }
                items.push(value(rest, depth + 1)?);
                skip_blanks(rest);
                match rest.next()? {
                    ',' => {}
                    ']' => return Some(Json::List(items)),
                    _ => return None,
                }
            }
        }
        '{' => {
            rest.next();
            object(rest, depth)
        }
        '-' | '0'..='9' => number(rest),
        _ => {
            let mut word = String::new();
            while let Some(letter) = rest.next_if(char::is_ascii_lowercase) {
                word.push(letter);
            }
            match word.as_str() {
                "null" => Some(Json::Null),
                "true" => Some(Json::Bool(true)),
                "false" => Some(Json::Bool(false)),
                _ => None,
            }
        }
    }
}

fn object(rest: &mut Rest<'_>, depth: usize) -> Option<Json> {
    let mut members: Vec<(String, Json)> = Vec::new();
    loop {
        skip_blanks(rest);
        if members.is_empty() && rest.next_if_eq(&'}').is_some() {
            return Some(Json::Object(members));
        }
        rest.next_if_eq(&'"')?;
        let key = string(rest)?;
        skip_blanks(rest);
        rest.next_if_eq(&':')?;
        let member = value(rest, depth + 1)?;
        if members.iter().any(|(known, _)| *known == key) || members.len() > 1000 {
            return None;
        }
        members.push((key, member));
        skip_blanks(rest);
        match rest.next()? {
            ',' => {}
            '}' => return Some(Json::Object(members)),
            _ => return None,
        }
    }
}

fn number(rest: &mut Rest<'_>) -> Option<Json> {
    let mut digits = String::new();
    while let Some(digit) = rest.next_if(|next| next.is_ascii_digit() || "+-.eE".contains(*next)) {
        digits.push(digit);
    }
    let unsigned = digits.strip_prefix('-').unwrap_or(&digits);
    let plain = unsigned.bytes().all(|byte| byte.is_ascii_digit()) && unsigned.len() <= 15 && digits != "-0";
    if plain && (unsigned == "0" || !unsigned.starts_with('0')) {
        return digits.parse().ok().map(Json::Number);
    }
    digits.parse::<f64>().ok().map(|_| Json::OddNumber)
}

/// A string behind its quote.
fn string(rest: &mut Rest<'_>) -> Option<String> {
    let mut text = String::new();
    loop {
        match rest.next()? {
            '"' => return Some(text),
            '\\' => text.push(escape(rest)?),
            control if control < ' ' => return None,
            other => text.push(other),
        }
    }
}

/// What an escape stands for.
pub(super) fn escape(rest: &mut Rest<'_>) -> Option<char> {
    Some(match rest.next()? {
        'n' => '\n',
        't' => '\t',
        'r' => '\r',
        'b' => '\x08',
        'f' => '\x0c',
        plain @ ('"' | '\\' | '/') => plain,
        'u' => {
            let high = unit(rest)?;
            if !(0xd800..0xdc00).contains(&high) {
                return char::from_u32(high).filter(|character| *character != '\0');
            }
            if rest.next()? != '\\' || rest.next()? != 'u' {
                return None;
            }
            let low = unit(rest).filter(|low| (0xdc00..0xe000).contains(low))?;
            char::from_u32(0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00))?
        }
        _ => return None,
    })
}

fn unit(rest: &mut Rest<'_>) -> Option<u32> {
    let mut value = 0;
    for _ in 0..4 {
        value = value * 16 + rest.next()?.to_digit(16)?;
    }
    Some(value)
}

impl Json {
    /// How much it costs to copy it.
    pub(super) fn weight(&self) -> usize {
        16 + match self {
            Json::Text(text) => text.len(),
            Json::List(items) => items.iter().map(Json::weight).sum(),
            Json::Object(members) => members.iter().map(|(key, member)| key.len() + member.weight()).sum(),
            _ => 0,
        }
    }

    /// Writes the value, in lines with this indentation or in one.
    pub(super) fn write(&self, indent: Option<usize>, out: &mut String) -> Option<()> {
        if out.len() > super::LIMIT {
            return None;
        }
        match self {
            Json::Null => out.push_str("null"),
            Json::Bool(value) => out.push_str(if *value { "true" } else { "false" }),
            Json::Number(value) => out.push_str(&value.to_string()),
            Json::OddNumber => return None,
            Json::Text(text) => quote(text, out)?,
            Json::List(items) => {
                out.push('[');
                for (at, item) in items.iter().enumerate() {
                    line(at, indent, out);
                    item.write(indent.map(|indent| indent + 1), out)?;
                }
                end(items.is_empty(), indent, out);
                out.push(']');
            }
            Json::Object(members) => {
                out.push('{');
                for (at, (key, member)) in members.iter().enumerate() {
                    line(at, indent, out);
                    quote(key, out)?;
                    out.push_str(if indent.is_some() { ": " } else { ":" });
                    member.write(indent.map(|indent| indent + 1), out)?;
                }
                end(members.is_empty(), indent, out);
                out.push('}');
            }
        }
        Some(())
    }
}

/// What stands in front of an item.
fn line(at: usize, indent: Option<usize>, out: &mut String) {
    if at > 0 {
        out.push(',');
    }
    if let Some(indent) = indent {
        out.push('\n');
        out.extend(std::iter::repeat_n("  ", indent + 1));
    }
}

fn end(empty: bool, indent: Option<usize>, out: &mut String) {
    if let Some(indent) = indent.filter(|_| !empty) {
        out.push('\n');
        out.extend(std::iter::repeat_n("  ", indent));
    }
}

fn quote(text: &str, out: &mut String) -> Option<()> {
    out.push('"');
    for character in text.chars() {
        match character {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            '\r' => out.push_str("\\r"),
            '\x08' => out.push_str("\\b"),
            '\x0c' => out.push_str("\\f"),
            // Whether it is escaped depends on the version.
            '\x7f' => return None,
            control if control < ' ' => out.push_str(&format!("\\u{:04x}", u32::from(control))),
            other => out.push(other),
        }
    }
    out.push('"');
    Some(())
}
