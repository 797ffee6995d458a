//! bash's patterns on known text: `*`, `?`, `[…]`, `\c` and the extended forms, for `case`, `${x#p}` and `[[ == ]]`.

/// Most steps of one match; a pattern that needs more does not match.
const MAX_STEPS: usize = 20_000;

/// Whether the whole text matches.
pub(super) fn matches(pattern: &[u8], text: &[u8]) -> bool {
    let mut steps = 0;
    matcher(pattern, text, &mut steps)
}

/// The length of the shortest or longest prefix of `text` that matches.
pub(super) fn prefix(pattern: &[u8], text: &[u8], longest: bool) -> Option<usize> {
    let mut lengths: Box<dyn Iterator<Item = usize>> =
        if longest { Box::new((0..=text.len()).rev()) } else { Box::new(0..=text.len()) };
    lengths.find(|length| matches(pattern, text.get(..*length).unwrap_or_default()))
}

/// The offset of the shortest or longest suffix of `text` that matches.
pub(super) fn suffix(pattern: &[u8], text: &[u8], longest: bool) -> Option<usize> {
    let mut starts: Box<dyn Iterator<Item = usize>> =
        if longest { Box::new(0..=text.len()) } else { Box::new((0..=text.len()).rev()) };
    starts.find(|start| matches(pattern, text.get(*start..).unwrap_or_default()))
}

fn matcher(pattern: &[u8], text: &[u8], steps: &mut usize) -> bool {
    *steps += 1;
    if *steps > MAX_STEPS {
        return false;
    }
    let Some((first, rest)) = pattern.split_first() else { return text.is_empty() };
    if b"@?*+!".contains(first)
        && rest.first() == Some(&b'(')
        && let Some((alternatives, behind)) = extended(rest)
    {
        return match_extended(*first, &alternatives, behind, text, steps);
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
            (0..=text.len()).any(|at| matcher(rest, text.get(at..).unwrap_or_default(), steps))
        }
        b'?' => !text.is_empty() && matcher(rest, text.get(1..).unwrap_or_default(), steps),
        b'[' => match bracket(rest, text.first().copied()) {
            Some((true, behind)) => matcher(behind, text.get(1..).unwrap_or_default(), steps),
            Some((false, _)) => false,
            None => text.first() == Some(&b'[') && matcher(rest, text.get(1..).unwrap_or_default(), steps),
        },
        b'\\' if !rest.is_empty() => {
            text.first() == rest.first()
                && matcher(rest.get(1..).unwrap_or_default(), text.get(1..).unwrap_or_default(), steps)
        }
        byte => text.first() == Some(byte) && matcher(rest, text.get(1..).unwrap_or_default(), steps),
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

fn match_extended(
    operator: u8,
    alternatives: &[&[u8]],
    behind: &[u8],
    text: &[u8],
    steps: &mut usize,
) -> bool {
    let any = |length: usize, steps: &mut usize| {
        alternatives.iter().any(|one| matcher(one, text.get(..length).unwrap_or_default(), steps))
    };
    let lengths = 0..=text.len();
    match operator {
        b'@' => lengths
            .into_iter()
            .any(|n| any(n, steps) && matcher(behind, text.get(n..).unwrap_or_default(), steps)),
        b'?' => {
            matcher(behind, text, steps)
                || lengths
                    .into_iter()
                    .any(|n| any(n, steps) && matcher(behind, text.get(n..).unwrap_or_default(), steps))
        }
        b'!' => lengths
            .into_iter()
            .any(|n| !any(n, steps) && matcher(behind, text.get(n..).unwrap_or_default(), steps)),
        _ => {
            if operator == b'*' && matcher(behind, text, steps) {
                return true;
            }
            (1..=text.len()).any(|n| {
                let rest = text.get(n..).unwrap_or_default();
                any(n, steps)
                    && (matcher(behind, rest, steps)
                        || match_extended(b'+', alternatives, behind, rest, steps))
            })
        }
    }
}

/// Reads a bracket expression behind its `[`: whether it matches, and what follows. `None` if it does not end.
fn bracket(pattern: &[u8], byte: Option<u8>) -> Option<(bool, &[u8])> {
    let negated = matches!(pattern.first(), Some(b'!' | b'^'));
    let mut at = usize::from(negated);
    let start = at;
    let mut found = false;
    loop {
        let current = *pattern.get(at)?;
        if current == b']' && at > start {
            let behind = pattern.get(at + 1..)?;
            return Some((byte.is_some() && found != negated, behind));
        }
        if current == b'[' && pattern.get(at + 1) == Some(&b':') {
            let rest = pattern.get(at + 2..)?;
            let length = rest.windows(2).position(|pair| pair == b":]")?;
            found |= byte.is_some_and(|byte| in_class(rest.get(..length).unwrap_or_default(), byte));
            at += length + 4;
            continue;
        }
        let (low, width) = member(pattern, at)?;
        at += width;
        if pattern.get(at) == Some(&b'-') && pattern.get(at + 1).is_some_and(|next| *next != b']') {
            let (high, width) = member(pattern, at + 1)?;
            at += 1 + width;
            found |= byte.is_some_and(|byte| (low..=high).contains(&byte));
        } else {
            found |= byte == Some(low);
        }
    }
}

fn member(pattern: &[u8], at: usize) -> Option<(u8, usize)> {
    match pattern.get(at)? {
        b'\\' => Some((*pattern.get(at + 1)?, 2)),
        byte => Some((*byte, 1)),
    }
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
        let cases: [(&str, &str, bool); 19] = [
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
            assert_eq!(matches(pattern.as_bytes(), text.as_bytes()), expected, "{pattern} on {text}");
        }
    }

    #[test]
    fn prefix_and_suffix_are_shortest_or_longest() {
        assert_eq!(prefix(b"*/", b"a/b/c", false), Some(2));
        assert_eq!(prefix(b"*/", b"a/b/c", true), Some(4));
        assert_eq!(suffix(b".*", b"x.tar.gz", false), Some(5));
        assert_eq!(suffix(b".*", b"x.tar.gz", true), Some(1));
        assert_eq!(prefix(b"x", b"abc", false), None);
    }
}
