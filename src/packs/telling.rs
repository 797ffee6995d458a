//! How telling the words of request patterns are: what points to one service, and what many have in common.
//!
//! A request to a host that nobody knows is suspected only if what is known of it points to the service of a rule:
//! `…/escalation_policies/5` does, `…/users/5` does not. How many packs share a word is counted when packs are compiled, and
//! each rule keeps the weight of its own words. The comparison is in [`super::matching`]. Shared with `build.rs`.

use super::pattern::{Pattern, Patterns};
use super::rule::{HttpTest, Pack, Test};
use std::collections::{BTreeMap, BTreeSet};

/// What a request has to add up to before it points to a service.
pub(crate) const ENOUGH: u8 = 2;
/// A word that so many packs share says nothing.
const SHARED: usize = 3;

/// Gives every rule about requests the weights of its words.
pub(crate) fn weigh(packs: &mut [Pack]) {
    let mut uses: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
    for (number, pack) in packs.iter_mut().enumerate() {
        for test in tests(pack) {
            for word in words(test) {
                uses.entry(word).or_default().insert(number);
            }
        }
    }
    for pack in packs {
        for test in tests(pack) {
            let weight = |word: String| {
                let weight = weight(&word, uses.get(&word).map_or(1, BTreeSet::len));
                (weight > 0).then_some((word, weight))
            };
            let own: BTreeMap<String, u8> = words(test).into_iter().filter_map(weight).collect();
            test.telling = own.into_iter().collect();
        }
    }
}

fn tests(pack: &mut Pack) -> impl Iterator<Item = &mut HttpTest> {
    let clauses = pack.rules.iter_mut().flat_map(|(rule, _)| rule.matches.iter_mut().chain(&mut rule.unless));
    clauses.flat_map(|clause| &mut clause.tests).filter_map(|test| match test {
        Test::Http(test) => Some(test),
        _ => None,
    })
}

/// The literal segments of the paths, and the words of queries and bodies.
fn words(test: &HttpTest) -> Vec<String> {
    let mut all = Vec::new();
    for text in texts(&test.path) {
        all.extend(segments(text).map(str::to_owned));
    }
    for text in texts(&test.query).chain(texts(&test.body)) {
        all.extend(identifiers(text).map(str::to_owned));
    }
    all
}

/// The literal texts of patterns that have to fit.
pub(crate) fn texts(patterns: &Option<Patterns>) -> impl Iterator<Item = &str> {
    patterns.iter().flat_map(|patterns| &patterns.any).filter_map(|pattern| match pattern {
        Pattern::Text(text) | Pattern::Path(text) | Pattern::Regex(text) => Some(text.as_str()),
        Pattern::Any | Pattern::Class(_) => None,
    })
}

/// The segments of a path pattern that hold no wildcard.
pub(crate) fn segments(pattern: &str) -> impl Iterator<Item = &str> {
    pattern.split('/').filter(|segment| !segment.is_empty() && !segment.contains(['*', '?', '\\']))
}

/// The names in a text.
pub(crate) fn identifiers(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !(c.is_alphanumeric() || c == '_')).filter(|word| !word.is_empty())
}

/// How much a word says that so many packs use.
fn weight(word: &str, packs: usize) -> u8 {
    let is_version =
        word.strip_prefix('v').is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
    if packs >= SHARED || word.len() < 4 || is_version || !word.contains(|c: char| c.is_ascii_alphabetic()) {
        return 0;
    }
    // `_delete_by_query`, `escalation_policies`, `purgeCache`: nobody calls a thing of his own so by chance.
    let is_made_up = word.starts_with('_') || (packs == 1 && is_compound(word));
    if is_made_up { ENOUGH } else { 1 }
}

fn is_compound(word: &str) -> bool {
    let mut letters = word.chars().peekable();
    while let Some(c) = letters.next() {
        let next = letters.peek().copied().unwrap_or_default();
        let is_border = matches!(c, '_' | '-') || (c.is_lowercase() && next.is_uppercase());
        if is_border && next.is_alphabetic() {
            return true;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_many_share_says_nothing() {
        for (word, packs, expected) in [
            ("users", 4, 0),
            ("orders", 1, 1),
            ("hooks", 2, 1),
            ("escalation_policies", 1, 2),
            ("payment_methods", 2, 1),
            ("_delete_by_query", 2, 2),
            ("deleteRef", 1, 2),
            ("v4", 1, 0),
            ("2013-04-01", 1, 0),
            ("id", 1, 0),
        ] {
            assert_eq!(weight(word, packs), expected, "{word}");
        }
    }
}
