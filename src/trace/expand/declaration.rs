//! The words behind `declare`, `export` and their like, which the shell takes for assignments: they are not split.

use crate::facts::Dialect;
use crate::syntax::ast::{Part, Word};

/// Whether the command word, as written, makes the shell take `name=value` behind it for an assignment. An older dash
/// does not.
pub(super) fn declares(word: &Word, dialect: Dialect) -> bool {
    let [Part::Literal(name, _)] = word.parts.as_slice() else { return false };
    dialect != Dialect::Sh
        && matches!(name.as_slice(), b"declare" | b"typeset" | b"local" | b"export" | b"readonly")
}

/// Whether the word is written as an assignment.
pub(super) fn assigns(word: &Word) -> bool {
    let Some(Part::Literal(text, _)) = word.parts.first() else { return false };
    let Some(equals) = text.iter().position(|byte| *byte == b'=') else { return false };
    let name = text.get(..equals).unwrap_or_default();
    let name = name.strip_suffix(b"+").unwrap_or(name);
    let name = name.split(|byte| *byte == b'[').next().unwrap_or_default();
    name.first().is_some_and(|first| !first.is_ascii_digit())
        && name.iter().all(|byte| byte.is_ascii_alphanumeric() || *byte == b'_')
}
