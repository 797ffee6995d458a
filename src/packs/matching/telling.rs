//! Whether what is known of a request points to the service of a rule. The weights are [`crate::packs::telling`]'s.

use super::request::Sent;
use crate::packs::compare::Comparison;
use crate::packs::fit::{Glob, may_end, may_fit};
use crate::packs::pattern::{Pattern, Patterns};
use crate::packs::rule::HttpTest;
use crate::packs::telling::{ENOUGH, identifiers, segments, texts};
use crate::value::{Match, Piece, Value};

/// How much path, query and body say together.
pub(super) fn sum(sent: &Sent, test: &HttpTest, comparison: Comparison<'_>) -> u8 {
    let request = &sent.request;
    let path = path(sent, test);
    let query = named(&request.query, &test.query, test, comparison);
    let body = request.body.as_ref().map_or(0, |body| named(body, &test.body, test, comparison));
    path.saturating_add(query).saturating_add(body)
}

fn weight(test: &HttpTest, word: &str) -> u8 {
    test.telling.iter().find(|(known, _)| known == word).map_or(0, |(_, weight)| *weight)
}

/// The most that one of the fitting patterns has in common with the known segments, in its order. What an unknown part
/// may hold says nothing.
fn path(sent: &Sent, test: &HttpTest) -> u8 {
    let (known, atoms) = (sent.segments(), sent.atoms());
    let one = |pattern: &str| {
        let mut at = 0;
        let mut sum = 0_u8;
        for segment in segments(pattern) {
            let rest = known.get(at..).unwrap_or_default();
            if let Some(found) = rest.iter().position(|known| known == segment.as_bytes()) {
                at += found + 1;
                sum = sum.saturating_add(weight(test, segment));
            }
        }
        sum
    };
    let fits = |pattern: &&str| {
        may_fit(pattern, atoms) && may_end(pattern, atoms) && Glob::path(pattern).fits(atoms) != Match::No
    };
    let fitting = texts(&test.path).filter(fits);
    fitting.map(one).max().unwrap_or(0)
}

/// Whether the request says anything at all that is telling: a quick look, before patterns are read.
pub(super) fn may_say(sent: &Sent, test: &HttpTest) -> bool {
    let is_word = |(word, _): &(String, u8)| sent.segments().iter().any(|known| known == word.as_bytes());
    let request = &sent.request;
    test.query.is_some() && !request.query.pieces.is_empty()
        || test.body.is_some() && request.body.is_some()
        || test.telling.iter().any(is_word)
}

/// The segments that are known as a whole.
pub(super) fn known_segments(path: &Value) -> Vec<Vec<u8>> {
    let mut known = Vec::new();
    let mut segment = Some(Vec::new());
    for piece in &path.pieces {
        match piece {
            Piece::Text { bytes, .. } | Piece::Glob { pattern: bytes, .. } => {
                for byte in bytes {
                    if *byte == b'/' {
                        known.extend(segment.replace(Vec::new()));
                    } else if let Some(segment) = &mut segment {
                        segment.push(*byte);
                    }
                }
            }
            Piece::Unknown(_) => segment = None,
        }
    }
    known.extend(segment);
    known
}

/// The most telling name of a pattern that certainly fits a query or body. Plain words say nothing there.
fn named(value: &Value, patterns: &Option<Patterns>, test: &HttpTest, comparison: Comparison<'_>) -> u8 {
    let fits =
        |pattern: &str| comparison.text_one(value, &Pattern::Text(pattern.to_owned())) == Match::Certain;
    let weights =
        texts(patterns).filter(|pattern| fits(pattern)).flat_map(identifiers).map(|word| weight(test, word));
    weights.max().filter(|weight| *weight >= ENOUGH).unwrap_or(0)
}
