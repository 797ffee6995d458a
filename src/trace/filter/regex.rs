//! POSIX regular expressions of `sed` and `grep`, as a [`Regex`] where that means exactly the same.
//!
//! POSIX wants the longest of the leftmost matches, `Regex` the one that prefers earlier choices. They agree for
//! rows of single characters with any repetition (an earlier item that takes less can only be behind), and for
//! alternatives that are plain texts none of which starts another. Everything else is not translated: repeated
//! groups, back references, nested choices.

mod token;

use regex::{Regex, RegexBuilder};
use std::cell::Cell;
pub(super) use token::Syntax;
pub(super) use token::hexadecimal;
use token::{Token, tokens};

/// What is asked of an expression.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Meaning {
    /// Which part of a text it matches.
    Extent,
    /// Whether it matches somewhere: here both rules always agree.
    Existence,
    /// Whether it matches a text as a whole.
    WholeText,
}

/// A translated expression.
pub(super) struct Pattern {
    regex: Regex,
    /// Whether classes, case or word boundaries are part of it, which depend on the locale beyond ASCII.
    ascii_only: bool,
    /// How many groups it has.
    pub(super) groups: usize,
    meaning: Meaning,
    /// How much one character costs, at most.
    weight: usize,
    /// What may still be spent: finding all matches in a long line can cost its square.
    budget: Cell<usize>,
}

/// What an expression may cost altogether.
const BUDGET: usize = 4 << 20;

impl Pattern {
    /// Translates `pattern`; `None` if it is invalid or may mean something else.
    pub(super) fn compile(
        pattern: &str,
        syntax: Syntax,
        ignore_case: bool,
        meaning: Meaning,
    ) -> Option<Pattern> {
        if pattern.len() > 1000 {
            return None;
        }
        let tokens = tokens(pattern, syntax)?;
        let mut translation = translate(&tokens, ignore_case, meaning)?;
        if meaning == Meaning::WholeText {
            translation = format!("^(?:{translation})$");
        }
        let ascii_only = ignore_case || tokens.iter().any(Token::depends_on_locale);
        if ignore_case && !pattern.is_ascii() {
            return None;
        }
        let regex = RegexBuilder::new(&translation)
            .case_insensitive(ignore_case)
            .dot_matches_new_line(true)
            .size_limit(1 << 18)
            .build()
            .ok()?;
        let groups = tokens.iter().filter(|token| matches!(token, Token::Open)).count();
        let (weight, budget) = (weight(&tokens), Cell::new(BUDGET));
        Some(Pattern { regex, ascii_only, groups, meaning, weight, budget })
    }

    /// The expression, if it means the same for `text` and can be applied within the budget.
    pub(super) fn on(&self, text: &str) -> Option<&Regex> {
        let once = text.len() + 1;
        let all = if self.meaning == Meaning::Extent { once.saturating_mul(once) / 64 } else { 0 };
        let cost = once.saturating_add(all).saturating_mul(self.weight);
        self.budget.set(self.budget.get().checked_sub(cost)?);
        (!self.ascii_only || text.is_ascii()).then_some(&self.regex)
    }
}

/// How many states the expression has, roughly and by eights.
fn weight(tokens: &[Token]) -> usize {
    let mut states: usize = 0;
    let mut after_group = false;
    for token in tokens {
        states = match token {
            Token::Repeat { least, most } => {
                let times = usize::try_from(most.unwrap_or(*least).max(1)).unwrap_or(usize::MAX);
                if after_group { states.saturating_mul(times) } else { states.saturating_add(times) }
            }
            _ => states.saturating_add(1),
        };
        after_group = matches!(token, Token::Close);
    }
    1 + states / 8
}

/// Writes the expression for `Regex`, if both rules of matching agree on it.
fn translate(tokens: &[Token], ignore_case: bool, meaning: Meaning) -> Option<String> {
    let mut out = String::new();
    let mut depth = 0usize;
    let mut repeatable = false;
    let extent = meaning == Meaning::Extent;
    let (mut repeated, mut consumes, mut boundary) = (false, false, false);
    for (index, token) in tokens.iter().enumerate() {
        let next_is_repetition = tokens.get(index + 1).is_some_and(Token::is_repetition);
        match token {
            Token::Character(character) => out.push_str(&regex::escape(character.encode_utf8(&mut [0; 4]))),
            Token::Any => out.push('.'),
            Token::Class(class) => out.push_str(class),
            Token::Assertion(assertion) => {
                boundary |= !matches!(*assertion, "^" | "$");
                out.push_str(assertion);
            }
            Token::Repeat { least, most } => {
                if !repeatable {
                    return None;
                }
                repeated = true;
                match most {
                    Some(most) => out.push_str(&format!("{{{least},{most}}}")),
                    None => out.push_str(&format!("{{{least},}}")),
                }
            }
            Token::Open => {
                depth += 1;
                out.push('(');
                if tokens.get(index + 1).is_some_and(|next| matches!(next, Token::Close)) {
                    return None;
                }
            }
            Token::Close => {
                depth = depth.checked_sub(1)?;
                out.push(')');
                if next_is_repetition && extent {
                    return None;
                }
            }
            Token::Alternate => {
                let is_edge = |token: Option<&Token>| {
                    matches!(token, None | Some(Token::Open | Token::Close | Token::Alternate))
                };
                let before = index.checked_sub(1).and_then(|before| tokens.get(before));
                if is_edge(tokens.get(index + 1)) || is_edge(before) && !matches!(before, Some(Token::Close))
                {
                    return None;
                }
                if extent && (repeated || !are_distinct(alternatives(tokens, index)?, ignore_case)) {
                    return None;
                }
                out.push('|');
            }
        }
        repeatable = token.is_single() || (!extent && matches!(token, Token::Close));
        let may_be_absent = matches!(tokens.get(index + 1), Some(Token::Repeat { least: 0, .. }));
        consumes |= token.is_single() && !may_be_absent;
    }
    (depth == 0 && !tokens.is_empty() && (consumes || !boundary || !extent)).then_some(out)
}

/// The alternatives around the `|` at `index`, which must be plain texts up to the next parenthesis.
fn alternatives(tokens: &[Token], index: usize) -> Option<Vec<String>> {
    let is_edge = |token: &Token| matches!(token, Token::Open | Token::Close);
    let start = tokens.get(..index)?.iter().rposition(is_edge).map_or(0, |at| at + 1);
    let length = tokens.get(index..)?.iter().position(is_edge);
    let end = length.map_or(tokens.len(), |length| index + length);
    let opened = start == 0 || matches!(tokens.get(start - 1), Some(Token::Open));
    let closed = tokens.get(end).is_none_or(|token| matches!(token, Token::Close));
    if !opened || !closed || (start == 0) != (end == tokens.len()) {
        return None;
    }
    let mut texts = vec![String::new()];
    for token in tokens.get(start..end)? {
        match token {
            Token::Character(character) => texts.last_mut()?.push(*character),
            Token::Alternate => texts.push(String::new()),
            _ => return None,
        }
    }
    Some(texts)
}

/// Whether no text starts another.
fn are_distinct(mut texts: Vec<String>, ignore_case: bool) -> bool {
    if ignore_case {
        texts.iter_mut().for_each(|text| text.make_ascii_lowercase());
    }
    texts.sort();
    texts.windows(2).all(|pair| matches!(pair, [first, second] if !second.starts_with(first.as_str())))
}
