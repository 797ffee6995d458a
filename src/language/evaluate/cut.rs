//! Parts of texts and lists: `s.split(",")`, `substr(s, 1, 2)`, `s[1:2]`.

use super::pure::{MAX_MADE, elements, made, number};
use super::{Expression, text};
use crate::source::Span;
use crate::value::Value;

pub(super) fn split(text: &str, separator: Option<&str>, span: Span) -> Option<Expression> {
    let parts: Vec<Expression> = match separator {
        None => text.split_whitespace().map(|part| made(part, span)).collect(),
        Some("") => text.chars().map(|character| made(character.to_string(), span)).collect(),
        // Some languages take any number of blanks for one, and leave out what is empty at the end.
        Some(" ") if text.contains("  ") || text.starts_with(' ') => return None,
        Some(separator) if text.ends_with(separator) => return None,
        Some(separator) => text.split(separator).map(|part| made(part, span)).collect(),
    };
    (parts.len() <= MAX_MADE).then_some(Expression::List(parts))
}

/// What says where a part of a text ends.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Bound {
    /// How long it is.
    Count,
    /// The place behind it.
    End,
}

/// `substr(s, from, count)`, `s.slice(from, end)`
pub(super) fn part(text: &str, rest: &[Expression], bound: Bound, span: Span) -> Option<Expression> {
    if rest.len() > 2 {
        return None;
    }
    let characters: Vec<char> = text.chars().collect();
    let length = i64::try_from(characters.len()).ok()?;
    let from_end = |at: i64| if at < 0 { (length + at).max(0) } else { at.min(length) };
    let from = from_end(number(rest.first()?)?);
    let to = match rest.get(1) {
        None => length,
        Some(end) if bound == Bound::End => from_end(number(end)?),
        Some(count) => match number(count)? {
            count if count < 0 => length + count,
            count => from.saturating_add(count).min(length),
        },
    };
    let taken = characters.get(usize::try_from(from).ok()?..usize::try_from(to.max(from)).ok()?)?;
    Some(made(taken.iter().collect::<String>(), span))
}

/// `s:sub(i, j)`: counted from one, the end included.
pub(super) fn part_of_lua(text: &str, rest: &[Expression], span: Span) -> Option<Expression> {
    let characters: Vec<char> = text.chars().collect();
    let length = i64::try_from(characters.len()).ok()?;
    let place = |at: i64| if at < 0 { length + at + 1 } else { at };
    let from = place(number(rest.first()?)?).max(1);
    let to = place(rest.get(1).map_or(Some(-1), number)?).min(length);
    let taken = characters.get(usize::try_from(from - 1).ok()?..usize::try_from(to.max(from - 1)).ok()?)?;
    Some(made(taken.iter().collect::<String>(), span))
}

/// `s[from:to:step]`
pub(super) fn slice(object: &Expression, bounds: [Option<i64>; 3], span: Span) -> Option<Expression> {
    let list = elements(object, span)?;
    let length = i64::try_from(list.len()).ok()?;
    let [from, to, step] = bounds;
    let step = step.unwrap_or(1);
    let place = |at: i64| if at < 0 { at + length } else { at };
    let mut taken = Vec::new();
    let (mut at, end) = match step {
        0 => return None,
        1.. => (place(from.unwrap_or(0)).max(0), to.map_or(length, place).min(length)),
        _ => (from.map_or(length - 1, place).min(length - 1), to.map_or(-1, place)),
    };
    while (step > 0 && at < end) || (step < 0 && at > end) {
        taken.push(list.get(usize::try_from(at).ok()?)?.clone());
        at += step;
    }
    Some(match object {
        Expression::List(_) => Expression::List(taken),
        _ => text::join(taken, &Value::default(), span),
    })
}
