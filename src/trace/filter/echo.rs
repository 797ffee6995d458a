//! `echo`: bash's builtin and the program, which differ in their escapes.

use super::LIMIT;
use super::escapes::{self, Flavour};

/// Bash's builtin.
pub(super) fn builtin(arguments: &[Vec<u8>]) -> Option<Vec<u8>> {
    let (newline, escaped, words) = options(arguments, false);
    joined(words, newline, escaped.then_some(Flavour::Echo))
}

/// The builtin of zsh and mksh, which replaces escapes unless `-E` is given.
pub(super) fn escaping(arguments: &[Vec<u8>]) -> Option<Vec<u8>> {
    let (newline, escaped, words) = options(arguments, true);
    joined(words, newline, escaped.then_some(Flavour::Echo))
}

/// The builtin of dash, which replaces escapes and knows no option but `-n`.
pub(super) fn posix(arguments: &[Vec<u8>]) -> Option<Vec<u8>> {
    let words = match arguments.split_first() {
        Some((first, rest)) if first == b"-n" => rest,
        _ => arguments,
    };
    // `printf %b` knows some more.
    let text = words.join(&b' ');
    let differs =
        text.windows(2).any(|pair| matches!(pair, [b'\\', b'x' | b'u' | b'U' | b'e' | b'E' | b'"' | b'\'']));
    if differs {
        return None;
    }
    joined(words, words.len() == arguments.len(), Some(Flavour::PrintfArgument))
}

fn joined(words: &[Vec<u8>], newline: bool, escapes: Option<Flavour>) -> Option<Vec<u8>> {
    let mut out = words.join(&b' ');
    if out.len() > LIMIT {
        return None;
    }
    if let Some(flavour) = escapes {
        let (decoded, ended) = escapes::decode_until_end(&out, flavour)?;
        out = decoded;
        if ended {
            return Some(out);
        }
    }
    if newline {
        out.push(b'\n');
    }
    Some(out)
}

/// `/bin/echo`: as the builtin where both agree.
pub(super) fn program(arguments: &[Vec<u8>]) -> Option<Vec<u8>> {
    if let [only] = arguments
        && matches!(only.as_slice(), b"--help" | b"--version")
    {
        return None;
    }
    let (_, escaped, words) = options(arguments, false);
    if escaped && !words.iter().all(|word| has_common_escapes(word)) {
        return None;
    }
    builtin(arguments)
}

/// Whether a newline is printed, whether escapes are replaced (`escaped` without an option), and the words to print.
fn options(arguments: &[Vec<u8>], mut escaped: bool) -> (bool, bool, &[Vec<u8>]) {
    let mut newline = true;
    let mut words = arguments;
    while let Some(([b'-', cluster @ ..], rest)) =
        words.split_first().map(|(word, rest)| (word.as_slice(), rest))
    {
        if cluster.is_empty() || !cluster.iter().all(|letter| b"neE".contains(letter)) {
            break;
        }
        for letter in cluster {
            match letter {
                b'n' => newline = false,
                b'e' => escaped = true,
                _ => escaped = false,
            }
        }
        words = rest;
    }
    (newline, escaped, words)
}

/// Whether every escape means the same to the builtin and to the program.
fn has_common_escapes(word: &[u8]) -> bool {
    let mut rest = word;
    while let Some(at) = rest.iter().position(|byte| *byte == b'\\') {
        let after = rest.get(at + 1..).unwrap_or_default();
        let known = match after {
            [b'x', digit, ..] => digit.is_ascii_hexdigit(),
            [letter, ..] => b"\\abcefnrtv0".contains(letter),
            [] => false,
        };
        if !known {
            return false;
        }
        rest = after.get(1..).unwrap_or_default();
    }
    true
}
