//! What a client sends along: the values of its options, as one text.
//!
//! JSON is brought to one form: no blanks and line breaks outside strings, no escapes for plain characters. Fields
//! (`gh api -f name=value`) become the JSON object that the client makes of them.

use crate::effect::symbol::{Symbol, UNSEEN, behind, bytes, find, split, symbols, value};
use crate::program::BodyForm;
use crate::value::Value;

/// Longest body that is looked at, in bytes: as long as the longest text that is judged.
pub(super) const MAX_BODY: usize = 1 << 20;

/// A part of a body: the value of an option, and the text of the file that it names.
pub(super) struct Part<'v> {
    pub(super) form: BodyForm,
    pub(super) value: &'v Value,
    /// The text, where the value names a file or standard input and the text is known.
    pub(super) text: Option<&'v Value>,
    /// Whether the value names a file.
    pub(super) is_file: bool,
}

/// The body that the parts make; `None` if there are none.
pub(super) fn body(parts: &[Part<'_>]) -> Option<Value> {
    if parts.is_empty() {
        return None;
    }
    let is_field = |part: &&Part<'_>| matches!(part.form, BodyForm::Field | BodyForm::TypedField);
    let mut out: Vec<Symbol<'_>> = Vec::new();
    for part in parts.iter().filter(|part| !is_field(part)) {
        if !out.is_empty() {
            out.push(Symbol::Byte(b'&'));
        }
        plain(part, &mut out);
    }
    if parts.iter().any(|part| is_field(&part)) {
        let separate = if out.is_empty() { None } else { Some(Symbol::Byte(b'&')) };
        out.extend(separate);
        out.push(Symbol::Byte(b'{'));
        for (place, part) in parts.iter().filter(is_field).enumerate() {
            if place > 0 {
                out.push(Symbol::Byte(b','));
            }
            field(part, &mut out);
        }
        out.push(Symbol::Byte(b'}'));
    }
    if out.len() > MAX_BODY {
        out.truncate(MAX_BODY);
        out.push(Symbol::Unknown(&UNSEEN));
    }
    Some(value(json(&out)))
}

/// Fields as a query: `name=value&…`.
pub(super) fn query(parts: &[Part<'_>]) -> Vec<Value> {
    let one = |part: &Part<'_>| {
        let mut out = Vec::new();
        plain(part, &mut out);
        value(out)
    };
    parts.iter().map(one).collect()
}

/// The part as it is, with the text of the file in place of its name.
fn plain<'a>(part: &Part<'a>, out: &mut Vec<Symbol<'a>>) {
    let own = symbols(part.value, MAX_BODY);
    if !part.is_file {
        out.extend(own);
        return;
    }
    let name = match part.form {
        BodyForm::Encoded => find(&own, b'@').unwrap_or(0),
        BodyForm::Form | BodyForm::Field | BodyForm::TypedField => find(&own, b'=').unwrap_or(0),
        _ => 0,
    };
    if name > 0 {
        out.extend_from_slice(split(&own, name).0);
        out.push(Symbol::Byte(b'='));
    }
    content(part, out);
}

fn content<'a>(part: &Part<'a>, out: &mut Vec<Symbol<'a>>) {
    match part.text {
        Some(text) => out.extend(symbols(text, MAX_BODY)),
        None => out.push(Symbol::Unknown(&UNSEEN)),
    }
}

/// `"name":"value"`
fn field<'a>(part: &Part<'a>, out: &mut Vec<Symbol<'a>>) {
    let own = symbols(part.value, MAX_BODY);
    let end = find(&own, b'=').unwrap_or(own.len());
    let (name, rest) = split(&own, end);
    // HTTPie's `name:=json`.
    let (name, raw) = match name.strip_suffix(&[Symbol::Byte(b':')]) {
        Some(name) => (name, true),
        None => (name, false),
    };
    string(name, out);
    out.push(Symbol::Byte(b':'));
    let written = behind(rest, 1);
    if part.is_file {
        let mut text = Vec::new();
        content(part, &mut text);
        if raw {
            out.extend(text)
        } else {
            string(&text, out)
        };
        return;
    }
    if raw || (part.form == BodyForm::TypedField && is_constant(written)) {
        out.extend_from_slice(written);
    } else {
        string(written, out);
    }
}

fn string<'a>(text: &[Symbol<'a>], out: &mut Vec<Symbol<'a>>) {
    out.push(Symbol::Byte(b'"'));
    for symbol in text {
        match symbol {
            Symbol::Byte(byte @ (b'"' | b'\\')) => out.extend([Symbol::Byte(b'\\'), Symbol::Byte(*byte)]),
            Symbol::Byte(b'\n') => out.extend(bytes(b"\\n")),
            symbol => out.push(*symbol),
        }
    }
    out.push(Symbol::Byte(b'"'));
}

/// `true`, `false`, `null`, a number
fn is_constant(text: &[Symbol<'_>]) -> bool {
    let is = |word: &[u8]| text.len() == word.len() && text.iter().zip(word).all(|(a, b)| a.is(*b));
    let is_digit = |symbol: &Symbol<'_>| matches!(symbol, Symbol::Byte(byte) if byte.is_ascii_digit());
    is(b"true") || is(b"false") || is(b"null") || (!text.is_empty() && text.iter().all(is_digit))
}

/// JSON in one form; any other text as it is.
pub(super) fn json<'a>(text: &[Symbol<'a>]) -> Vec<Symbol<'a>> {
    let is_blank = |symbol: &Symbol<'a>| matches!(symbol, Symbol::Byte(byte) if byte.is_ascii_whitespace());
    let first = text.iter().find(|symbol| !is_blank(symbol));
    if !matches!(first, Some(Symbol::Byte(b'{' | b'['))) {
        return text.to_vec();
    }
    let mut out = Vec::with_capacity(text.len());
    let mut in_string = false;
    let mut rest = text;
    while let Some((symbol, behind)) = rest.split_first() {
        rest = behind;
        match symbol {
            symbol if !in_string && is_blank(symbol) => {}
            Symbol::Byte(b'\\') if in_string => rest = escape(behind, &mut out),
            symbol => {
                in_string ^= symbol.is(b'"');
                out.push(*symbol);
            }
        }
    }
    out
}

/// What follows a backslash in a string: plain characters are decoded. Returns what is behind.
fn escape<'s, 'a>(text: &'s [Symbol<'a>], out: &mut Vec<Symbol<'a>>) -> &'s [Symbol<'a>] {
    let Some((first, behind)) = text.split_first() else { return text };
    if first.is(b'/') {
        out.push(*first);
        return behind;
    }
    if first.is(b'u')
        && let Some((digits, behind)) = behind.split_at_checked(4)
    {
        let hex = digits.iter().try_fold(0_u32, |number, symbol| match symbol {
            Symbol::Byte(byte) => Some(number * 16 + char::from(*byte).to_digit(16)?),
            Symbol::Unknown(_) => None,
        });
        let plain = hex.and_then(|number| u8::try_from(number).ok());
        if let Some(byte) = plain.filter(|byte| byte.is_ascii_graphic() && !b"\"\\".contains(byte)) {
            out.push(Symbol::Byte(byte));
            return behind;
        }
    }
    out.extend([Symbol::Byte(b'\\'), *first]);
    behind
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Span;

    #[test]
    fn json_has_one_form() {
        for (text, normal) in [
            ("{ \"a b\" : [ 1 , null ] }\n", "{\"a b\":[1,null]}"),
            ("{\"p\":\"a\\/\\u0062\\n\\\" x\"}", "{\"p\":\"a/b\\n\\\" x\"}"),
            ("a = b & c", "a = b & c"),
        ] {
            let symbols: Vec<Symbol<'_>> = bytes(text.as_bytes()).collect();
            assert_eq!(value(json(&symbols)).known_str().unwrap(), normal);
        }
    }

    #[test]
    fn parts_make_a_body() {
        let body_of = |parts: &[(BodyForm, &str)]| {
            let values: Vec<Value> =
                parts.iter().map(|(_, text)| Value::text(*text, Span::default())).collect();
            let parts: Vec<Part<'_>> = parts
                .iter()
                .zip(&values)
                .map(|((form, _), value)| Part { form: *form, value, text: None, is_file: false })
                .collect();
            body(&parts).unwrap().known_str().unwrap().into_owned()
        };
        assert_eq!(body_of(&[(BodyForm::Data, "a=1"), (BodyForm::Text, "b=@2")]), "a=1&b=@2");
        assert_eq!(
            body_of(&[(BodyForm::Field, "query=mutation{x(a:\"b\")}"), (BodyForm::TypedField, "n=1")]),
            "{\"query\":\"mutation{x(a:\\\"b\\\")}\",\"n\":1}"
        );
        assert_eq!(body_of(&[(BodyForm::TypedField, "a:=[1, 2]")]), "{\"a\":[1,2]}");
    }
}
