//! curl's own patterns in a URL: `{a,b}` and `[1-3]` stand for several requests.

use crate::effect::Effects;
use crate::effect::symbol::{Symbol, UNSEEN, behind, bytes, split};

/// Most URLs that one stands for.
const MAX_URLS: usize = 1024;
/// Most symbols of all of them.
const MAX_SYMBOLS: usize = 1 << 20;
/// Most numbers of a range that are told apart. Of more, the first stands for itself and the others are unknown: what is
/// requested seldom depends on a number.
const MAX_NUMBERS: usize = 8;
/// Longest inside of a range: two numbers and a step of 64 bits.
const MAX_RANGE: usize = 64;

/// A part of a URL: one text, or alternatives.
type Part<'a> = Vec<Vec<Symbol<'a>>>;

/// All URLs that the text stands for; the text itself if it has no pattern.
pub(super) fn expand<'a>(text: &[Symbol<'a>]) -> Effects<Vec<Symbol<'a>>> {
    let most = MAX_URLS.min(MAX_SYMBOLS / text.len().max(1));
    let mut urls = Effects { all: vec![Vec::new()], is_cut: false };
    for mut part in parts(text) {
        let fit = (most / urls.all.len()).max(1);
        urls.is_cut |= part.len() > fit;
        part.truncate(fit);
        if let [only] = part.as_slice() {
            urls.all.iter_mut().for_each(|url| url.extend_from_slice(only));
            continue;
        }
        let with = |url: &Vec<Symbol<'a>>| -> Part<'a> {
            part.iter().map(|alternative| [url.as_slice(), alternative].concat()).collect()
        };
        urls.all = urls.all.iter().flat_map(with).collect();
    }
    urls
}

fn parts<'a>(text: &[Symbol<'a>]) -> Vec<Part<'a>> {
    let mut parts = Vec::new();
    // From where on the text is not in `parts`, and from where on it is looked at.
    let (mut start, mut at) = (0, 0);
    while let Some(opening) = text.get(at..).and_then(next_pattern).map(|found| at + found) {
        match alternatives(behind(text, opening)) {
            Some((alternatives, length)) => {
                parts.push(vec![text.get(start..opening).unwrap_or_default().to_vec()]);
                parts.push(alternatives);
                at = opening + length;
                start = at;
            }
            None => at = opening + 1,
        }
    }
    parts.push(vec![behind(text, start).to_vec()]);
    parts
}

fn next_pattern(text: &[Symbol<'_>]) -> Option<usize> {
    text.iter().position(|symbol| symbol.is(b'{') || symbol.is(b'['))
}

/// The alternatives of the pattern at the start of the text, and how long it is. Patterns do not nest.
fn alternatives<'a>(text: &[Symbol<'a>]) -> Option<(Part<'a>, usize)> {
    let (first, inside) = text.split_first()?;
    let is_set = first.is(b'{');
    let ends = |symbol: &Symbol<'_>| match is_set {
        true => symbol.is(b'}') || symbol.is(b'{'),
        false => symbol.is(b']'),
    };
    let most = if is_set { inside.len() } else { MAX_RANGE };
    let close = inside.iter().take(most).position(ends)?;
    let (inner, end) = split(inside, close);
    let all: Part<'a> = if is_set {
        end.first().filter(|end| end.is(b'}'))?;
        inner.split(|symbol| symbol.is(b',')).map(<[_]>::to_vec).collect()
    } else {
        range(inner)?
    };
    Some((all, close + 2))
}

/// `1-10`, `01-10:2`, `a-z`. An IPv6 address is none.
fn range<'a>(inner: &[Symbol<'_>]) -> Option<Part<'a>> {
    let known: Option<Vec<u8>> = inner
        .iter()
        .map(|symbol| match symbol {
            Symbol::Byte(byte) => Some(*byte),
            Symbol::Unknown(_) => None,
        })
        .collect();
    let text = String::from_utf8(known?).ok()?;
    let (bounds, step) = text.split_once(':').unwrap_or((&text, "1"));
    let (from, to) = bounds.split_once('-')?;
    let step: usize = step.parse().ok().filter(|step| *step > 0)?;
    let written = |text: String| -> Vec<Symbol<'a>> { bytes(text.as_bytes()).collect() };
    if let (Ok(first), Ok(last)) = (from.parse::<u64>(), to.parse::<u64>()) {
        let width = if from.starts_with('0') { from.len() } else { 0 };
        let numbers = (first..=last).step_by(step).map(|number| written(format!("{number:0width$}")));
        let mut numbers: Part<'a> = numbers.take(MAX_NUMBERS + 1).collect();
        if numbers.len() > MAX_NUMBERS {
            numbers.truncate(1);
            numbers.push(vec![Symbol::Unknown(&UNSEEN)]);
        }
        return Some(numbers).filter(|numbers| !numbers.is_empty());
    }
    let letter = |text: &str| text.chars().next().filter(|c| text.len() == 1 && c.is_ascii_alphabetic());
    let letters = (letter(from)?..=letter(to)?).step_by(step).map(|letter| written(letter.to_string()));
    Some(letters.collect()).filter(|letters: &Part<'a>| !letters.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sets_and_ranges_stand_for_several() {
        for (text, urls) in [
            ("h/{a,b}/x", "h/a/x h/b/x"),
            ("h/[1-3]", "h/1 h/2 h/3"),
            ("h/[08-10]", "h/08 h/09 h/10"),
            ("h/[a-e:2]", "h/a h/c h/e"),
            ("h/{a,b}[1-2]", "h/a1 h/a2 h/b1 h/b2"),
            ("http://[::1]:80/x", "http://[::1]:80/x"),
            ("h/{a", "h/{a"),
            ("h/{a{b,c}", "h/{ab h/{ac"),
            ("h/[9-1]", "h/[9-1]"),
            ("h", "h"),
        ] {
            let symbols: Vec<Symbol<'_>> = bytes(text.as_bytes()).collect();
            let shown = |url: &Vec<Symbol<'_>>| -> String {
                url.iter()
                    .map(|symbol| match symbol {
                        Symbol::Byte(byte) => char::from(*byte),
                        Symbol::Unknown(_) => '?',
                    })
                    .collect()
            };
            assert_eq!(expand(&symbols).all.iter().map(shown).collect::<Vec<_>>().join(" "), urls);
        }
    }

    #[test]
    fn a_huge_range_is_its_first_number_and_an_unknown_one() {
        let symbols: Vec<Symbol<'_>> = bytes(b"h/[0-99999999][0-99999999]").collect();
        let urls = expand(&symbols);
        assert_eq!((urls.all.len(), urls.is_cut), (4, false));
    }

    #[test]
    fn too_many_are_cut_and_told() {
        let sets = "{a,b}".repeat(12);
        let symbols: Vec<Symbol<'_>> = bytes(sets.as_bytes()).collect();
        let urls = expand(&symbols);
        assert_eq!((urls.all.len(), urls.is_cut), (MAX_URLS, true));
    }
}
