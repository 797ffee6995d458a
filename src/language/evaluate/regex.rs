//! Regular expressions that mean the same in all languages: characters, dots, classes, groups, repetitions.

use super::Expression;
use super::pure::made;
use crate::source::Span;
use crate::value::Match;
use ::regex::{NoExpand, Regex, RegexBuilder};

/// The name of an expression that is a regular expression; its receivers are the pattern and the flags.
pub(in crate::language) const REGEX: &str = "regex";

/// Largest compiled pattern in bytes.
const MAX_SIZE: usize = 1 << 18;

/// The pattern of an expression that is one; with `all` only if it is meant to find all.
pub(super) fn pattern_of(value: &Expression, all: bool) -> Option<String> {
    let Expression::Name { path, receivers } = value else { return None };
    let [pattern, flags] = receivers.as_slice() else { return None };
    let is_global = flags.equals(b"g") == Match::Certain;
    let is_known = is_global || (!all && flags.equals(b"") == Match::Certain);
    (path == REGEX && is_known).then(|| pattern.known_str().map(|pattern| pattern.into_owned())).flatten()
}

fn compiled(pattern: &str) -> Option<Regex> {
    let mut characters = pattern.chars().peekable();
    while let Some(character) = characters.next() {
        let is_known = match character {
            '\\' => characters.next().is_some_and(|next| "dws.\\-/+*()[]|_".contains(next)),
            // Not what a group begins with that is more.
            '(' => characters.peek() != Some(&'?'),
            '.' | '[' | ']' | ')' | '+' | '*' | '?' | '|' | '^' => true,
            character => character.is_ascii_alphanumeric() || " _-#@%&,:;=<>/~\"'!".contains(character),
        };
        if !is_known {
            return None;
        }
    }
    RegexBuilder::new(&pattern.replace("\\/", "/").replace("\\_", "_"))
        .unicode(false)
        .size_limit(MAX_SIZE)
        .build()
        .ok()
        .or_else(|| RegexBuilder::new(&pattern.replace("\\/", "/")).size_limit(MAX_SIZE).build().ok())
}

/// All that a pattern without groups finds in plain text.
pub(super) fn found(pattern: &str, text: &str, span: Span) -> Option<Expression> {
    let regex = compiled(pattern).filter(|regex| regex.captures_len() == 1 && text.is_ascii())?;
    Some(Expression::List(regex.find_iter(text).map(|part| made(part.as_str(), span)).collect()))
}

/// The parts of a text that a pattern without groups finds, and those between them: each with whether it was found.
pub(super) fn parts<'t>(pattern: &str, text: &'t str) -> Option<Vec<(bool, &'t str)>> {
    let regex = compiled(pattern).filter(|regex| regex.captures_len() == 1 && text.is_ascii())?;
    let mut parts = Vec::new();
    let mut at = 0;
    for found in regex.find_iter(text) {
        parts.push((false, text.get(at..found.start())?));
        parts.push((true, found.as_str()));
        at = found.end();
    }
    parts.push((false, text.get(at..)?));
    parts.retain(|(_, part)| !part.is_empty());
    Some(parts)
}

/// Plain text with other text, in which nothing stands for what was found, in place of what a pattern finds.
pub(super) fn replaced(pattern: &str, to: &str, text: &str, all: bool, span: Span) -> Option<Expression> {
    let regex = compiled(pattern).filter(|_| text.is_ascii() && !to.contains(['$', '\\', '%', '&']))?;
    let limit = usize::from(!all);
    Some(made(regex.replacen(text, limit, NoExpand(to)).into_owned(), span))
}
