//! File effects: those that follow from a program's grammar, and those of redirections.

use super::{Evidence, FileEffect};
use crate::program::{Call, EffectKind};
use crate::trace::Redirection;
use crate::value::{Cause, Match, Piece, Value};

/// The effects that the grammar sees in a reading of the argv.
pub(crate) fn of_call(call: &Call) -> impl Iterator<Item = FileEffect> {
    // What comes out of a file is done to others.
    let done = call.effects.iter().filter(|effect| effect.kind != EffectKind::Unpack);
    done.map(|effect| FileEffect {
        kind: effect.kind,
        path: effect.path.clone(),
        // A command that is run for what another finds may be run for a whole tree.
        recursive: effect.recursive.or(if is_found(&effect.path) { Match::Possible } else { Match::No }),
        certainty: effect.certainty,
        evidence: Evidence::Word(effect.word),
    })
}

/// Whether another program finds the file.
fn is_found(path: &Value) -> bool {
    matches!(path.pieces.first(), Some(Piece::Unknown(unknown)) if matches!(unknown.cause, Cause::Found(_)))
}

/// The effects of opening files for redirections.
pub(crate) fn of_redirections(redirections: &[Redirection]) -> impl Iterator<Item = FileEffect> {
    redirections.iter().enumerate().filter_map(|(index, redirection)| {
        let kind = opens(redirection.operator)?;
        if is_no_file(redirection) {
            return None;
        }
        Some(FileEffect {
            kind,
            path: redirection.target.clone(),
            recursive: Match::No,
            certainty: Match::Certain,
            evidence: Evidence::Redirection(index),
        })
    })
}

/// What opening does to the file; `None` for operators that open none.
fn opens(operator: &str) -> Option<EffectKind> {
    match operator {
        ">" | ">|" | "&>" | ">&" => Some(EffectKind::Write),
        // `<>` creates the file if it is missing, and does not cut it.
        ">>" | "&>>" | "<>" => Some(EffectKind::Append),
        "<" => Some(EffectKind::Read),
        _ => None,
    }
}

/// Whether the target is a descriptor, or a device that keeps nothing.
fn is_no_file(redirection: &Redirection) -> bool {
    if is_descriptor(&redirection.target) {
        return true;
    }
    let Some(target) = redirection.target.known() else { return false };
    // `>&2`, `>&-`, `>&2-`
    let duplicates = redirection.operator == ">&"
        && !target.is_empty()
        && target.iter().all(|byte| byte.is_ascii_digit() || *byte == b'-');
    let harmless: [&[u8]; 6] =
        [b"/dev/null", b"/dev/zero", b"/dev/full", b"/dev/tty", b"/dev/stdout", b"/dev/stderr"];
    let prefixes: [&[u8]; 4] = [b"/dev/fd/", b"/dev/tcp/", b"/dev/udp/", b"/dev/pts/"];
    duplicates || harmless.contains(&&*target) || prefixes.iter().any(|prefix| target.starts_with(prefix))
}

fn is_descriptor(target: &Value) -> bool {
    matches!(target.pieces.as_slice(), [Piece::Unknown(unknown)] if unknown.cause == Cause::Descriptor)
}
