//! curl's own patterns in a URL: `{a,b}` and `[1-3]` stand for several requests.

use crate::effect::symbol::{Symbol, behind, bytes, find, split};

/// Most requests of one URL. What is beyond is left out: the first ones say what is requested.
const MAX_URLS: usize = 32;

/// All URLs that the text stands for; the text itself if it has no pattern.
pub(super) fn expand<'a>(text: &[Symbol<'a>]) -> Vec<Vec<Symbol<'a>>> {
    let mut done: Vec<Vec<Symbol<'a>>> = vec![Vec::new()];
    let mut rest = text;
    while let Some(at) = rest.iter().position(|symbol| symbol.is(b'{') || symbol.is(b'[')) {
        let (before, pattern) = split(rest, at);
        done.iter_mut().for_each(|url| url.extend_from_slice(before));
        match alternatives(pattern) {
            Some((alternatives, length)) => {
                let with = |url: &Vec<Symbol<'a>>| -> Vec<Vec<Symbol<'a>>> {
                    alternatives.iter().map(|part| url.iter().chain(part).copied().collect()).collect()
                };
                done = done.iter().flat_map(with).take(MAX_URLS).collect();
                rest = behind(pattern, length);
            }
            None => {
                done.iter_mut().for_each(|url| url.extend(pattern.first()));
                rest = behind(pattern, 1);
            }
        }
    }
    done.iter_mut().for_each(|url| url.extend_from_slice(rest));
    done
}

/// The alternatives of the pattern at the start of the text, and how long it is.
fn alternatives<'a>(text: &[Symbol<'a>]) -> Option<(Vec<Vec<Symbol<'a>>>, usize)> {
    let is_set = text.first()?.is(b'{');
    let close = find(text, if is_set { b'}' } else { b']' })?;
    let inner = text.get(1..close)?;
    let all: Vec<Vec<Symbol<'a>>> = if is_set {
        inner.split(|symbol| symbol.is(b',')).map(<[_]>::to_vec).collect()
    } else {
        range(inner)?.into_iter().map(|part| bytes(part.as_bytes()).collect()).collect()
    };
    Some((all, close + 1))
}

/// `1-10`, `01-10:2`, `a-z`. An IPv6 address is none.
fn range(inner: &[Symbol<'_>]) -> Option<Vec<String>> {
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
    if let (Ok(first), Ok(last)) = (from.parse::<u64>(), to.parse::<u64>()) {
        let width = if from.starts_with('0') { from.len() } else { 0 };
        return Some((first..=last).step_by(step).take(MAX_URLS).map(|n| format!("{n:0width$}")).collect());
    }
    let letter = |text: &str| text.chars().next().filter(|c| text.len() == 1 && c.is_ascii_alphabetic());
    Some((letter(from)?..=letter(to)?).step_by(step).take(MAX_URLS).map(String::from).collect())
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
            assert_eq!(expand(&symbols).iter().map(shown).collect::<Vec<_>>().join(" "), urls);
        }
    }

    #[test]
    fn a_huge_range_is_cut() {
        let symbols: Vec<Symbol<'_>> = bytes(b"h/[0-99999999][0-99999999]").collect();
        assert_eq!(expand(&symbols).len(), MAX_URLS);
    }
}
