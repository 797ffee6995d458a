//! `expr` with one operator.

use super::regex::{Meaning, Pattern, Syntax};

/// Operators and brackets: as operands they are not modelled.
const WORDS: &[&str] = &[
    "+", "-", "*", "/", "%", ":", "=", "!=", "<", "<=", ">", ">=", "|", "&", "(", ")", "match", "substr",
    "index", "length",
];

/// `expr`.
pub(super) fn expr(arguments: &[Vec<u8>]) -> Option<Vec<u8>> {
    let words: Option<Vec<&str>> = arguments.iter().map(|word| std::str::from_utf8(word).ok()).collect();
    let words = words?;
    let words = words.strip_prefix(&["--"]).unwrap_or(&words);
    let is_operand = |word: &str| word.is_ascii() && !word.starts_with("--") && !WORDS.contains(&word);
    let value = match *words {
        [value] if is_operand(value) => value.to_owned(),
        ["length", text] if is_operand(text) => text.len().to_string(),
        ["substr", text, start, length] if is_operand(text) => {
            let (start, length) = (integer(start)?, integer(length)?);
            let skipped = usize::try_from(start.checked_sub(1)?).ok();
            let taken = usize::try_from(length).ok();
            match (skipped, taken) {
                (Some(skipped), Some(taken)) => text.chars().skip(skipped).take(taken).collect(),
                _ => String::new(),
            }
        }
        ["index", text, characters] if is_operand(text) && is_operand(characters) => {
            text.find(|character| characters.contains(character)).map_or(0, |at| at + 1).to_string()
        }
        [text, ":", pattern] | ["match", text, pattern] if is_operand(text) && is_operand(pattern) => {
            matched(text, pattern)?
        }
        [left, operator, right] if is_operand(left) && is_operand(right) => binary(left, operator, right)?,
        _ => return None,
    };
    Some(format!("{value}\n").into_bytes())
}

/// The first group of an expression that matches at the start, or how much it matches.
fn matched(text: &str, pattern: &str) -> Option<String> {
    let syntax = Syntax { extended: false, escapes: false };
    let pattern = Pattern::compile(pattern, syntax, false, Meaning::Extent)?;
    let captures = pattern
        .on(text)?
        .captures(text)
        .filter(|captures| captures.get(0).is_some_and(|whole| whole.start() == 0));
    Some(match (captures, pattern.groups) {
        (Some(captures), 0) => captures.get(0)?.len().to_string(),
        (Some(captures), _) => captures.get(1)?.as_str().to_owned(),
        (None, 0) => "0".to_owned(),
        (None, _) => String::new(),
    })
}

/// Arithmetic, and comparisons for equality.
fn binary(left: &str, operator: &str, right: &str) -> Option<String> {
    let numbers = integer(left).zip(integer(right));
    let value = match (operator, numbers) {
        ("=", Some((left, right))) => i64::from(left == right),
        ("!=", Some((left, right))) => i64::from(left != right),
        ("=", None) => i64::from(left == right),
        ("!=", None) => i64::from(left != right),
        ("<", Some((left, right))) => i64::from(left < right),
        ("<=", Some((left, right))) => i64::from(left <= right),
        (">", Some((left, right))) => i64::from(left > right),
        (">=", Some((left, right))) => i64::from(left >= right),
        ("+", Some((left, right))) => left.checked_add(right)?,
        ("-", Some((left, right))) => left.checked_sub(right)?,
        ("*", Some((left, right))) => left.checked_mul(right)?,
        ("/", Some((left, right))) => left.checked_div(right)?,
        ("%", Some((left, right))) => left.checked_rem(right)?,
        _ => return None,
    };
    Some(value.to_string())
}

/// A whole number.
fn integer(text: &str) -> Option<i64> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let plain = !digits.is_empty() && digits.len() <= 18 && digits.bytes().all(|byte| byte.is_ascii_digit());
    if plain { text.parse().ok() } else { None }
}
