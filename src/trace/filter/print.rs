//! `print`, a builtin of zsh and the Korn shells.

use super::escapes::{self, Flavour};
use crate::facts::Dialect;

/// What it prints, if its options are the usual ones and its escapes mean the same to all shells of the dialect.
pub(super) fn builtin(arguments: &[Vec<u8>], dialect: Dialect) -> Option<Vec<u8>> {
    let (mut raw, mut newline, mut separator) = (false, true, b' ');
    let mut words = arguments;
    while let Some((first, rest)) = words.split_first() {
        let Some(letters) = first.strip_prefix(b"-") else { break };
        words = rest;
        if matches!(letters, b"" | b"-") {
            break;
        }
        for letter in letters {
            match letter {
                b'r' | b'R' => raw = true,
                b'n' => newline = false,
                b'l' => separator = b'\n',
                _ => return None,
            }
        }
    }
    let mut out = words.join(&separator);
    if !raw && out.contains(&b'\\') {
        let is_common = |pair: &[u8]| !matches!(pair, [b'\\', letter] if !b"01234567xnt\\".contains(letter));
        if dialect != Dialect::Zsh || !out.windows(2).all(is_common) || out.ends_with(b"\\") {
            return None;
        }
        out = escapes::decode(&out, Flavour::AnsiC)?;
    }
    if newline {
        out.push(b'\n');
    }
    Some(out)
}
