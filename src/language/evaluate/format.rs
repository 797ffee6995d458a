//! Formats: `"%s" % x`, `sprintf`, `"{}".format(x)`. What is done to a value besides showing it is computed where it is
//! simple, and unknown otherwise.

use super::super::parse::Language;
use super::super::string::{Field, Part, directives, replacement_fields};
use super::{Evaluator, Expression, SPREAD, pure};
use crate::source::Span;
use crate::value::{Cause, Piece, Value};

/// `"rm -rf {} {name}".format(path, name=x)`
pub(super) fn filled_by_name(
    format: &Value,
    words: &[Expression],
    named: &[(String, Expression)],
    span: Span,
) -> Expression {
    let mut next = 0;
    let mut text = Value::default();
    for piece in &format.pieces {
        let Piece::Text { bytes, origin } = piece else {
            text.pieces.push(piece.clone());
            continue;
        };
        for part in replacement_fields(bytes) {
            let field = match part {
                Field::Text(part) => {
                    text.push_text(part, *origin);
                    continue;
                }
                Field::Value(field) => String::from_utf8_lossy(field).into_owned(),
            };
            let name = field.split([':', '!', '.', '[']).next().unwrap_or_default();
            let value = match name.parse::<usize>() {
                Ok(at) => words.get(at),
                Err(_) if name.is_empty() => {
                    next += 1;
                    words.get(next - 1)
                }
                Err(_) => named.iter().find(|(key, _)| key == name).map(|(_, value)| value),
            };
            // What a format does to a value beyond putting it in place is not computed.
            let value = value.cloned().unwrap_or(Expression::Unknown);
            let value = match field.get(name.len()..).unwrap_or_default().as_bytes() {
                b"" => Evaluator::word(value, span),
                [b':', letter] => converted(*letter, &value, Some(Language::Python), span),
                _ => Value::unknown(Cause::Unmodelled, false, span),
            };
            text.pieces.extend(value.pieces);
        }
    }
    Expression::Text(text)
}

/// `"rm -rf %s" % path`: a format with its values put in place. What is missing, and what is done to a value besides
/// showing it, is unknown.
pub(in crate::language) fn formatted(
    format: &Value,
    values: &[Expression],
    language: Option<Language>,
    span: Span,
) -> Expression {
    let unknown = || Value::unknown(Cause::Unmodelled, false, span);
    let mut text = Value::default();
    let mut next = 0;
    for piece in &format.pieces {
        let Piece::Text { bytes, origin } = piece else {
            text.pieces.push(piece.clone());
            continue;
        };
        for part in directives(bytes) {
            let (flags, letter) = match part {
                Part::Text(part) => {
                    text.push_text(part, *origin);
                    continue;
                }
                Part::Value { flags, letter } => (flags, letter),
            };
            let value = match chosen(flags, values) {
                _ if flags.is_empty() => {
                    next += 1;
                    values.get(next - 1).map(|value| converted(letter, value, language, span))
                }
                Some(value) => Some(converted(letter, value, language, span)),
                None => {
                    // `*` takes a value of its own.
                    next += if flags.contains(&b'*') { values.len() } else { 1 };
                    None
                }
            };
            text.pieces.extend(value.unwrap_or_else(unknown).pieces);
        }
    }
    // `util.format` puts the others behind.
    if language == Some(Language::JavaScript) {
        for value in values.iter().skip(next) {
            text.push_text(b" ", span);
            text.pieces.extend(Evaluator::word(value.clone(), span).pieces);
        }
    }
    Expression::Text(text)
}

/// The value that a directive names, and nothing more: `%(name)s`, `%2$s`.
fn chosen<'v>(flags: &[u8], values: &'v [Expression]) -> Option<&'v Expression> {
    let flags = std::str::from_utf8(flags).ok()?;
    if let Some(place) = flags.strip_suffix('$') {
        return values.get(place.parse::<usize>().ok()?.checked_sub(1)?);
    }
    let name = flags.strip_prefix(['(', '<', '{'])?.strip_suffix([')', '>', '}'])?;
    match values {
        [Expression::Fields(fields)] => {
            let found = fields.iter().rev().find(|(key, _)| key == name || key == SPREAD);
            found.filter(|(key, _)| key == name).map(|(_, value)| value)
        }
        _ => None,
    }
}

/// What a format makes of a value by a letter: `%s`, `%c`, `{:x}`.
pub(super) fn converted(letter: u8, value: &Expression, language: Option<Language>, span: Span) -> Value {
    let number = || pure::number(value).filter(|number| pure::text(value) == Some(number.to_string()));
    let whole = || number().and_then(|number| u32::try_from(number).ok());
    let text = match letter {
        b's' => match value {
            Expression::Text(_) | Expression::Name { .. } => {
                return Evaluator::word(value.clone(), span);
            }
            _ => None,
        },
        b'd' | b'i' => number().map(|number| number.to_string()),
        b'u' => whole().map(|number| number.to_string()),
        b'x' => whole().map(|number| format!("{number:x}")),
        b'X' => whole().map(|number| format!("{number:X}")),
        b'o' => whole().map(|number| format!("{number:o}")),
        b'c' => match (language, pure::text(value)) {
            (Some(Language::JavaScript), _) => None,
            (Some(Language::Perl | Language::Php | Language::Lua), _) => {
                whole().and_then(char::from_u32).map(|character| character.to_string())
            }
            // Text or a number: one digit may be both. Longer text is none in Python.
            (Some(Language::Python), Some(text)) if text.chars().count() > 1 => {
                whole().and_then(char::from_u32).map(|character| character.to_string())
            }
            (_, Some(text)) if number().is_none() => {
                text.chars().next().map(|character| character.to_string())
            }
            _ => None,
        },
        _ => None,
    };
    text.map_or_else(|| Value::unknown(Cause::Unmodelled, false, span), |text| Value::text(text, span))
}
