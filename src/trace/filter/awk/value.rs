//! The values of awk: numbers, texts, and input that may be either.

use super::program::Operator;

/// A value of awk.
#[derive(Clone, Debug)]
pub(super) enum Value {
    Number(i64),
    Text(String),
    /// Text from the input, which is a number where it looks like one.
    Input(String),
    /// Text of which versions differ whether it may be a number.
    Either(String),
    Unset,
}

impl Value {
    /// How many bytes it takes.
    pub(super) fn len(&self) -> usize {
        match self {
            Value::Number(_) | Value::Unset => 1,
            Value::Text(text) | Value::Input(text) | Value::Either(text) => text.len() + 1,
        }
    }

    pub(super) fn text(&self) -> String {
        match self {
            Value::Number(value) => value.to_string(),
            Value::Text(text) | Value::Input(text) | Value::Either(text) => text.clone(),
            Value::Unset => String::new(),
        }
    }

    /// The number; texts that are none are not modelled, except for those that plainly are 0.
    pub(super) fn number(&self) -> Option<i64> {
        match self {
            Value::Number(value) => Some(*value),
            Value::Unset => Some(0),
            Value::Text(text) | Value::Input(text) | Value::Either(text) => {
                if text.is_empty() || is_no_number(text) { Some(0) } else { integer(text) }
            }
        }
    }
}

/// Whether a value is true by itself.
pub(super) fn truth(value: &Value) -> Option<bool> {
    Some(match value {
        Value::Number(value) => *value != 0,
        Value::Text(text) => !text.is_empty(),
        Value::Unset => false,
        Value::Input(text) | Value::Either(text) if text.is_empty() => false,
        Value::Input(text) | Value::Either(text) if is_no_number(text) => true,
        Value::Input(text) => integer(text)? != 0,
        Value::Either(text) => integer(text).filter(|value| *value != 0).is_some().then_some(true)?,
    })
}

/// Compares as numbers if both are, else for equality of their texts.
pub(super) fn compare(operator: Operator, left: &Value, right: &Value) -> Option<bool> {
    let as_number = |value: &Value| match value {
        Value::Number(value) => Some(*value),
        Value::Input(text) => integer(text),
        Value::Unset => Some(0),
        Value::Text(_) | Value::Either(_) => None,
    };
    if let (Some(left), Some(right)) = (as_number(left), as_number(right)) {
        return Some(match operator {
            Operator::Equal => left == right,
            Operator::NotEqual => left != right,
            Operator::Less => left < right,
            Operator::LessOrEqual => left <= right,
            Operator::Greater => left > right,
            Operator::GreaterOrEqual => left >= right,
            _ => return None,
        });
    }
    let is_text = |value: &Value| match value {
        Value::Text(_) => true,
        Value::Input(text) | Value::Either(text) => is_no_number(text),
        Value::Number(_) | Value::Unset => false,
    };
    if !is_text(left) && !is_text(right) {
        return None;
    }
    match operator {
        Operator::Equal => Some(left.text() == right.text()),
        Operator::NotEqual => Some(left.text() != right.text()),
        _ => None,
    }
}

/// A whole number as it is usually written.
pub(super) fn integer(text: &str) -> Option<i64> {
    let text = text.trim_matches([' ', '\t']);
    let digits = text.strip_prefix('-').unwrap_or(text);
    let plain = !digits.is_empty() && digits.len() <= 9 && digits.bytes().all(|byte| byte.is_ascii_digit());
    if plain && text != "-0" { text.parse().ok() } else { None }
}

/// Whether a text is no number to any awk: behind its sign it starts with what starts none, nor `inf` or `nan`.
pub(super) fn is_no_number(text: &str) -> bool {
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    unsigned.starts_with(|first: char| !first.is_ascii_digit() && !" \t\n\r\x0b\x0c+-.iInN".contains(first))
}
