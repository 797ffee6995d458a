//! Elements of arrays and lists of words: where the place is not known, or patterns stand before it, it may be several.

use super::{Got, Key, unknown};
use crate::source::Span;
use crate::trace::env::{Content, MAX_ALTERNATIVES, index_key};
use crate::value::{Cause, Piece, Unknown, Value};

/// The value at an index of words. Behind a pattern, which is any number of names, it may be any of those that follow.
pub(super) fn nth(values: &[Value], index: usize, span: Span) -> Vec<Got> {
    let pattern = values.iter().position(Value::has_glob).filter(|pattern| *pattern < index);
    match pattern {
        None => vec![values.get(index).cloned().map_or(Got::Unset, Got::Scalar)],
        Some(pattern) => any_of(values.get(pattern..).unwrap_or_default(), span),
    }
}

/// One of the values, or none.
fn any_of(values: &[Value], span: Span) -> Vec<Got> {
    if values.len() >= MAX_ALTERNATIVES {
        return vec![Got::Scalar(Value::unknown(Cause::Unmodelled, true, span))];
    }
    values.iter().cloned().map(Got::Scalar).chain([Got::Unset]).collect()
}

/// What an element may hold.
pub(super) fn elements(content: Content, key: Option<&Key>, name: &[u8], span: Span) -> Vec<Got> {
    let Content::Array(all) = &content else { return vec![element(content, key, name, span)] };
    let values = || all.values().cloned().collect::<Vec<Value>>();
    match key {
        Some(Key::Unknown) => any_of(&values(), span),
        // The word is an expression, unless an element has that very key.
        Some(Key::Either(key)) if !all.contains_key(key) && all.keys().all(|key| !key.starts_with(b"k")) => {
            any_of(&values(), span)
        }
        Some(Key::One(key)) => {
            let at = all.keys().position(|other| other == key).unwrap_or(all.len());
            if all.keys().all(|key| !key.starts_with(b"k")) && all.values().take(at).any(Value::has_glob) {
                return nth(&values(), at.max(1), span);
            }
            vec![element(content, Some(&Key::One(key.clone())), name, span)]
        }
        Some(Key::FromEnd(_)) if all.values().any(Value::has_glob) => any_of(&values(), span),
        _ => vec![element(content, key, name, span)],
    }
}

fn element(content: Content, key: Option<&Key>, name: &[u8], span: Span) -> Got {
    let zero = Key::One(index_key(0));
    match (content, key.unwrap_or(&zero)) {
        (Content::Unset, Key::All { star }) => Got::List { values: Vec::new(), star: *star },
        (Content::Unset, _) => Got::Unset,
        (Content::Scalar(value), Key::All { star }) if key.is_some() => {
            Got::List { values: vec![value], star: *star }
        }
        (Content::Scalar(value), key) if *key == zero => match value.pieces.as_slice() {
            // A variable that may be what the environment says stays that.
            [Piece::Unknown(Unknown { cause: Cause::Variable(ambient), .. })] if ambient == name => {
                Got::Ambient(unknown(name, span))
            }
            _ => Got::Scalar(value),
        },
        (Content::Scalar(_), _) => Got::Unset,
        (Content::Array(elements), Key::All { star }) => {
            Got::List { values: elements.into_values().collect(), star: *star }
        }
        (Content::Array(elements), Key::One(key) | Key::Either(key)) => {
            elements.get(key).cloned().map_or(Got::Unset, Got::Scalar)
        }
        (Content::Array(elements), Key::FromEnd(back)) => {
            let index = elements.len().checked_sub(*back);
            let value = index.and_then(|index| elements.into_values().nth(index));
            value.map_or(Got::Unset, Got::Scalar)
        }
        (Content::Array(_), Key::Unknown) => Got::Scalar(unknown(name, span)),
    }
}
