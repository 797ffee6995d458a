//! bash's patterns on known text: `*`, `?`, `[…]`, `\c` and the extended forms, for `case`, `${x#p}` and `[[ == ]]`.

use crate::value::Match;

/// Most steps of one match; whether a pattern that needs more matches is not known.
const MAX_STEPS: usize = 20_000;

/// What counts as a character: that depends on the locale of the shell, which is not known.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Units {
    /// A character of UTF-8.
    Characters,
    /// Each byte, as in the locale `C`.
    Bytes,
}

impl Units {
    /// The bytes of the first character.
    pub(super) fn width(self, text: &[u8]) -> usize {
        match self {
            Units::Characters => width(text),
            Units::Bytes => text.len().min(1),
        }
    }
}

/// What `work` finds, if the locale makes no difference.
pub(super) fn in_any_locale<T: PartialEq>(text: &[u8], work: impl Fn(Units) -> T) -> Option<T> {
    let found = work(Units::Characters);
    (text.is_ascii() || found == work(Units::Bytes)).then_some(found)
}

/// Whether the whole text matches.
pub(super) fn matches(pattern: &[u8], text: &[u8], units: Units) -> bool {
    let mut steps = 0;
    Matcher { units }.run(pattern, text, &mut steps)
}

/// As [`matches`], where letters may count in either case (`nocasematch`).
pub(super) fn matches_in(nocase: Match, pattern: &[u8], text: &[u8]) -> Match {
    let answer = |pattern: &[u8], text: &[u8]| {
        let answer = in_any_locale(text, |units| {
            let mut steps = 0;
            let matches = Matcher { units }.run(pattern, text, &mut steps);
            (steps <= MAX_STEPS).then_some(matches)
        });
        answer.flatten().map_or(Match::Possible, Match::from)
    };
    let exact = || answer(pattern, text);
    let folded = || answer(&pattern.to_ascii_lowercase(), &text.to_ascii_lowercase());
    match nocase {
        Match::No => exact(),
        Match::Certain => folded(),
        Match::Possible if exact() == folded() => exact(),
        Match::Possible => Match::Possible,
    }
}

/// The length of the shortest or longest prefix of `text` that matches.
pub(super) fn prefix(pattern: &[u8], text: &[u8], longest: bool, units: Units) -> Option<usize> {
    let fits = |length: &usize| matches(pattern, text.get(..*length).unwrap_or_default(), units);
    let mut lengths = boundaries(text, units);
    if longest { lengths.rev().find(fits) } else { lengths.find(fits) }
}

/// The offset of the shortest or longest suffix of `text` that matches.
pub(super) fn suffix(pattern: &[u8], text: &[u8], longest: bool, units: Units) -> Option<usize> {
    let fits = |start: &usize| matches(pattern, text.get(*start..).unwrap_or_default(), units);
    let mut starts = boundaries(text, units);
    if longest { starts.find(fits) } else { starts.rev().find(fits) }
}

/// Where characters begin and end.
fn boundaries(text: &[u8], units: Units) -> impl DoubleEndedIterator<Item = usize> {
    let is_text = units == Units::Characters && std::str::from_utf8(text).is_ok();
    let inside = |at: usize| text.get(at).is_some_and(|byte| byte & 0xc0 == 0x80);
    (0..=text.len()).filter(move |at| !is_text || !inside(*at))
}

/// Matches text that is taken in these units.
#[derive(Clone, Copy)]
struct Matcher {
    units: Units,
}

impl Matcher {
    fn run(self, pattern: &[u8], text: &[u8], steps: &mut usize) -> bool {
        *steps += 1;
        if *steps > MAX_STEPS {
            return false;
        }
        let Some((first, rest)) = pattern.split_first() else { return text.is_empty() };
        if b"@?*+!".contains(first)
            && rest.first() == Some(&b'(')
            && let Some((alternatives, behind)) = extended(rest)
        {
            return self.extended(*first, &alternatives, behind, text, steps);
        }
        match first {
            b'*' => {
                let rest = rest
                    .iter()
                    .position(|byte| *byte != b'*')
                    .map_or(&[][..], |at| rest.get(at..).unwrap_or_default());
                if rest.is_empty() {
                    return true;
                }
                (0..=text.len()).any(|at| self.run(rest, text.get(at..).unwrap_or_default(), steps))
            }
            b'?' => {
                let width = self.units.width(text);
                width > 0 && self.run(rest, text.get(width..).unwrap_or_default(), steps)
            }
            b'[' => match self.bracket(rest, text) {
                Some((true, behind)) => {
                    self.run(behind, text.get(self.units.width(text)..).unwrap_or_default(), steps)
                }
                Some((false, _)) => false,
                None => {
                    text.first() == Some(&b'[') && self.run(rest, text.get(1..).unwrap_or_default(), steps)
                }
            },
            b'\\' if !rest.is_empty() => {
                text.first() == rest.first()
                    && self.run(rest.get(1..).unwrap_or_default(), text.get(1..).unwrap_or_default(), steps)
            }
            byte => text.first() == Some(byte) && self.run(rest, text.get(1..).unwrap_or_default(), steps),
        }
    }

    fn extended(
        self,
        operator: u8,
        alternatives: &[&[u8]],
        behind: &[u8],
        text: &[u8],
        steps: &mut usize,
    ) -> bool {
        let any = |length: usize, steps: &mut usize| {
            alternatives.iter().any(|one| self.run(one, text.get(..length).unwrap_or_default(), steps))
        };
        let lengths = 0..=text.len();
        match operator {
            b'@' => lengths
                .into_iter()
                .any(|n| any(n, steps) && self.run(behind, text.get(n..).unwrap_or_default(), steps)),
            b'?' => {
                self.run(behind, text, steps)
                    || lengths
                        .into_iter()
                        .any(|n| any(n, steps) && self.run(behind, text.get(n..).unwrap_or_default(), steps))
            }
            b'!' => lengths
                .into_iter()
                .any(|n| !any(n, steps) && self.run(behind, text.get(n..).unwrap_or_default(), steps)),
            _ => {
                if operator == b'*' && self.run(behind, text, steps) {
                    return true;
                }
                (1..=text.len()).any(|n| {
                    let rest = text.get(n..).unwrap_or_default();
                    any(n, steps)
                        && (self.run(behind, rest, steps)
                            || self.extended(b'+', alternatives, behind, rest, steps))
                })
            }
        }
    }

    /// Reads a bracket expression behind its `[`: whether it matches the first character of `text`, and what follows.
    /// `None` if it does not end.
    fn bracket<'p>(self, pattern: &'p [u8], text: &[u8]) -> Option<(bool, &'p [u8])> {
        let character = text.get(..self.units.width(text)).unwrap_or_default();
        let negated = matches!(pattern.first(), Some(b'!' | b'^'));
        let mut at = usize::from(negated);
        let start = at;
        let mut found = false;
        loop {
            let current = *pattern.get(at)?;
            if current == b']' && at > start {
                let behind = pattern.get(at + 1..)?;
                return Some((!character.is_empty() && found != negated, behind));
            }
            if current == b'[' && pattern.get(at + 1) == Some(&b':') {
                let rest = pattern.get(at + 2..)?;
                let length = rest.windows(2).position(|pair| pair == b":]")?;
                let class = rest.get(..length).unwrap_or_default();
                found |= matches!(character, [byte] if in_class(class, *byte));
                at += length + 4;
                continue;
            }
            let (low, taken) = self.member(pattern, at)?;
            at += taken;
            if pattern.get(at) == Some(&b'-') && pattern.get(at + 1).is_some_and(|next| *next != b']') {
                let (high, taken) = self.member(pattern, at + 1)?;
                at += 1 + taken;
                // UTF-8 sorts like the code points.
                found |= !character.is_empty() && low <= character && character <= high;
            } else {
                found |= character == low;
            }
        }
    }

    /// A character of a bracket expression, and how many bytes of the pattern it takes.
    fn member(self, pattern: &[u8], at: usize) -> Option<(&[u8], usize)> {
        let escaped = usize::from(pattern.get(at)? == &b'\\');
        let rest = pattern.get(at + escaped..)?;
        let width = self.units.width(rest).max(1);
        Some((rest.get(..width)?, width + escaped))
    }
}

/// The alternatives between the parentheses at the start of `pattern`, and what follows them.
fn extended(pattern: &[u8]) -> Option<(Vec<&[u8]>, &[u8])> {
    let mut depth = 0usize;
    let mut start = 1;
    let mut alternatives = Vec::new();
    for (index, byte) in pattern.iter().enumerate() {
        match byte {
            b'(' => depth += 1,
            b')' if depth == 1 => {
                alternatives.push(pattern.get(start..index)?);
                return Some((alternatives, pattern.get(index + 1..)?));
            }
            b')' => depth -= 1,
            b'|' if depth == 1 => {
                alternatives.push(pattern.get(start..index)?);
                start = index + 1;
            }
            _ => {}
        }
    }
    None
}

/// The bytes of the first character, which are several in UTF-8.
fn width(text: &[u8]) -> usize {
    let length = match text.first() {
        None => return 0,
        Some(0xc2..=0xdf) => 2,
        Some(0xe0..=0xef) => 3,
        Some(0xf0..=0xf4) => 4,
        Some(_) => 1,
    };
    let is_character = text.get(..length).is_some_and(|bytes| std::str::from_utf8(bytes).is_ok());
    if is_character { length } else { 1 }
}

fn in_class(name: &[u8], byte: u8) -> bool {
    match name {
        b"alpha" => byte.is_ascii_alphabetic(),
        b"digit" => byte.is_ascii_digit(),
        b"alnum" => byte.is_ascii_alphanumeric(),
        b"upper" => byte.is_ascii_uppercase(),
        b"lower" => byte.is_ascii_lowercase(),
        b"space" => byte.is_ascii_whitespace() || byte == 0x0b,
        b"blank" => byte == b' ' || byte == b'\t',
        b"punct" => byte.is_ascii_punctuation(),
        b"xdigit" => byte.is_ascii_hexdigit(),
        b"cntrl" => byte.is_ascii_control(),
        b"print" => (0x20..0x7f).contains(&byte),
        b"graph" => byte.is_ascii_graphic(),
        b"word" => byte.is_ascii_alphanumeric() || byte == b'_',
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_match_as_in_bash() {
        let cases: [(&str, &str, bool); 24] = [
            ("?", "é", true),
            ("??", "é", false),
            ("[é]x", "éx", true),
            ("[a-z]", "é", false),
            ("[!a]", "é", true),
            ("*", "", true),
            ("a*c", "abbc", true),
            ("a?c", "abc", true),
            ("a?c", "ac", false),
            ("[a-c]x", "bx", true),
            ("[!a-c]x", "bx", false),
            ("[]x]", "]", true),
            ("[[:digit:]]*", "1a", true),
            ("\\*", "*", true),
            ("\\*", "a", false),
            ("@(rm|cp)", "rm", true),
            ("!(rm|cp)", "rm", false),
            ("!(rm|cp)", "mv", true),
            ("+(ab)", "abab", true),
            ("+(ab)", "", false),
            ("*(ab)c", "c", true),
            ("?(x)y", "y", true),
            ("a[", "a[", true),
            ("*.tar.*", "x.tar.gz", true),
        ];
        for (pattern, text, expected) in cases {
            assert_eq!(
                matches(pattern.as_bytes(), text.as_bytes(), Units::Characters),
                expected,
                "{pattern} on {text}"
            );
        }
    }

    #[test]
    fn prefix_and_suffix_are_shortest_or_longest() {
        assert_eq!(prefix(b"*/", b"a/b/c", false, Units::Characters), Some(2));
        assert_eq!(prefix(b"*/", b"a/b/c", true, Units::Characters), Some(4));
        assert_eq!(suffix(b".*", b"x.tar.gz", false, Units::Characters), Some(5));
        assert_eq!(suffix(b".*", b"x.tar.gz", true, Units::Characters), Some(1));
        assert_eq!(prefix(b"x", b"abc", false, Units::Characters), None);
    }
}
