//! The words of HTTPie: `[METHOD] URL [ITEM…]`, where an item is a header, a part of the query or a field, going by the
//! separator in it.

use crate::effect::symbol::{Symbol, behind, split, symbols};
use crate::program::{BodyForm, Operand};
use crate::value::Value;

/// The words, sorted.
#[derive(Default)]
pub(super) struct Items<'c> {
    pub(super) method: Option<&'c Operand>,
    pub(super) url: Option<&'c Operand>,
    pub(super) items: Vec<(Item, &'c Operand)>,
}

/// What an item is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Item {
    /// `Name:value`
    Header,
    /// `name==value`
    Query,
    /// `name=value`, `name:=json`, `name@file`
    Field(BodyForm, bool),
}

/// Longest item that is looked at for its separator.
const MAX_NAME: usize = 4096;

/// Sorts the operands.
pub(super) fn sort<'c>(operands: impl Iterator<Item = &'c Operand>) -> Items<'c> {
    let all: Vec<&Operand> = operands.collect();
    let mut sorted = Items::default();
    let mut rest = all.as_slice();
    if let [first, _, ..] = rest
        && is_method(&first.value)
    {
        sorted.method = Some(first);
        rest = rest.get(1..).unwrap_or_default();
    }
    if let Some((url, items)) = rest.split_first() {
        sorted.url = Some(url);
        sorted.items = items.iter().filter_map(|operand| Some((item(&operand.value)?, *operand))).collect();
    }
    sorted
}

/// Only letters, or a variable that is all of the word and named like a method.
fn is_method(value: &Value) -> bool {
    match value.known() {
        Some(word) => !word.is_empty() && word.iter().all(u8::is_ascii_alphabetic),
        None => value.first_unknown().is_some_and(|unknown| {
            let name = unknown.cause.display().to_lowercase();
            value.pieces.len() == 1 && (name.contains("method") || name.contains("verb"))
        }),
    }
}

/// What the item is: the first separator counts, of several at one place the longest. A backslash protects.
fn item(value: &Value) -> Option<Item> {
    let text = symbols(value, MAX_NAME);
    let separators: [(&[u8], Item); 9] = [
        (b":=@", Item::Field(BodyForm::TypedField, true)),
        (b"==@", Item::Query),
        (b"=@", Item::Field(BodyForm::TypedField, true)),
        (b":@", Item::Header),
        (b":=", Item::Field(BodyForm::TypedField, false)),
        (b"==", Item::Query),
        (b"=", Item::Field(BodyForm::Field, false)),
        (b"@", Item::Field(BodyForm::Form, true)),
        (b":", Item::Header),
    ];
    let mut at = 0;
    while let Some(symbol) = text.get(at) {
        if symbol.is(b'\\') {
            at += 2;
            continue;
        }
        let rest = behind(&text, at);
        let fits = |separator: &[u8]| {
            let (start, _) = split(rest, separator.len());
            start.len() == separator.len()
                && start.iter().zip(separator).all(|(a, b): (&Symbol<'_>, _)| a.is(*b))
        };
        if let Some((_, item)) = separators.iter().find(|(separator, _)| fits(separator)) {
            return Some(*item);
        }
        at += 1;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Span;

    #[test]
    fn items_are_told_apart_by_their_separator() {
        for (text, expected) in [
            ("X-Token:abc=", Some(Item::Header)),
            ("q==a:b", Some(Item::Query)),
            ("name=a:b", Some(Item::Field(BodyForm::Field, false))),
            ("ids:=[1]", Some(Item::Field(BodyForm::TypedField, false))),
            ("f@x.txt", Some(Item::Field(BodyForm::Form, true))),
            ("a\\:b=c", Some(Item::Field(BodyForm::Field, false))),
            ("word", None),
        ] {
            assert_eq!(item(&Value::text(text, Span::default())), expected, "{text}");
        }
    }
}
