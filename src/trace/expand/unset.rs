//! Which variables of a word are tried as unset, where the script does not assign them.

use crate::source::Span;
use crate::syntax::ast::Part;

/// Variables that the environment surely has.
const EVERYWHERE: [&[u8]; 7] = [b"HOME", b"PATH", b"PWD", b"USER", b"LOGNAME", b"LANG", b"SHELL"];

/// Which variables that are nowhere assigned are tried as unset, too.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(in crate::trace) enum TryUnset {
    /// None.
    No,
    /// Names in lower case, within a word: the environment hardly has them.
    LowerCase,
    /// All that the environment may lack, where that changes which program or option is meant: `ba${X}sh`, `-${X}c`.
    All,
}

impl TryUnset {
    /// Whether the variable is one of them.
    pub(in crate::trace) fn counts(self, name: &[u8]) -> bool {
        match self {
            TryUnset::No => false,
            TryUnset::LowerCase => !name.iter().any(u8::is_ascii_uppercase),
            TryUnset::All => !EVERYWHERE.contains(&name),
        }
    }
}

/// Which variables of a word are tried as unset.
pub(super) fn tried(parts: &[Part], command: bool) -> TryUnset {
    let is_composed = match parts {
        [Part::DoubleQuoted(inner, _)] => inner.len() > 1,
        parts => parts.len() > 1,
    };
    if !is_composed {
        return if command { TryUnset::LowerCase } else { TryUnset::No };
    }
    // A path or a value behind `=` would begin elsewhere: `--prefix=$DIR/x`.
    let is_name = |part: &Part| !matches!(part, Part::Literal(text, _) if text.iter().any(|byte| b"=/:".contains(byte)));
    let is_option = matches!(parts.first(), Some(Part::Literal(text, _)) if text.starts_with(b"-"));
    if command || is_option && parts.iter().all(is_name) { TryUnset::All } else { TryUnset::LowerCase }
}

/// The variables that stand in the middle of a name: letters on both sides, `na${x}me`. Nobody writes so who has
/// something to put in, but who wants to hide the name does.
pub(super) fn within_names(parts: &[Part]) -> Vec<Span> {
    let mut row = Vec::new();
    flatten(parts, &mut row);
    let letter = |piece: Option<&Piece<'_>>, of: fn(&[u8]) -> Option<u8>| match piece {
        Some(Piece::Text(text)) => of(text).is_some_and(|byte| byte.is_ascii_alphabetic()),
        _ => false,
    };
    let is_text = |piece: &&Piece<'_>| matches!(piece, Piece::Text(_));
    let mut spans = Vec::new();
    for (at, piece) in row.iter().enumerate() {
        let Piece::Variable(span) = piece else { continue };
        let before = row.iter().take(at).rev().find(is_text);
        let behind = row.iter().skip(at + 1).find(is_text);
        if letter(before, |text| text.last().copied()) && letter(behind, |text| text.first().copied()) {
            spans.push(*span);
        }
    }
    spans
}

/// A part of a word, quotes taken off.
enum Piece<'p> {
    Text(&'p [u8]),
    Variable(Span),
    Other,
}

fn flatten<'p>(parts: &'p [Part], row: &mut Vec<Piece<'p>>) {
    for part in parts {
        match part {
            Part::Literal(text, _)
            | Part::Escaped(text, _)
            | Part::SingleQuoted(text, _)
            | Part::AnsiC(text, _) => {
                if !text.is_empty() {
                    row.push(Piece::Text(text));
                }
            }
            Part::DoubleQuoted(inner, _) => flatten(inner, row),
            Part::Parameter(parameter) => row.push(Piece::Variable(parameter.span)),
            _ => row.push(Piece::Other),
        }
    }
}
