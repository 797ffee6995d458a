//! Whether a place belongs to a path class. Most classes are lists ([`members`](super::members)); some need to know
//! the project or the working directory.

use super::members::*;
use super::{Located, Location, Place};
use crate::packs::fit::{Atom, Glob};
use crate::packs::pattern::PathClass;
use crate::value::Match;

/// How a pattern is compared.
type Fits = fn(&Glob, &[Atom]) -> Match;

/// Whether the path belongs to the class; `fits` compares it with the members.
pub(super) fn belongs(located: &Located, class: PathClass, place: Place<'_>, fits: Fits) -> Match {
    let path = &located.location;
    let tables = match class {
        PathClass::Project => return project(path, place),
        PathClass::Outside => return project(path, place).negate(),
        PathClass::Contents => return path.contents.into(),
        // All files with that ending, in however many folders, are more than a file.
        PathClass::File if located.found => return Match::No,
        PathClass::Cwd => return path.is_same(&Location::start(place)),
        PathClass::Root => ROOT,
        PathClass::Home => HOME,
        PathClass::System => SYSTEM,
        PathClass::Device => DEVICE,
        PathClass::Temp => TEMP,
        PathClass::RepoMetadata => REPO_METADATA,
        PathClass::Credentials => CREDENTIALS,
        PathClass::Startup => STARTUP,
        PathClass::Database => DATABASE,
        PathClass::Rebuildable => REBUILDABLE,
        PathClass::File => FILE,
        PathClass::Guard => GUARD,
    };
    // `/tmp/$x` is a temporary file: that `$x` may be empty is no reason to ask.
    let mut filled = if class == PathClass::Temp { path.atoms(false) } else { Vec::new() };
    if path.contents {
        // `/tmp/*` are temporary files, `/tmp` is none.
        filled.push(Atom::Text(b"/x".to_vec()));
    }
    let text = if class == PathClass::Temp { &filled } else { located.atoms() };
    let member = |members: &Members| {
        let these = any(members.these, false, text, fits);
        let all =
            if these == Match::Certain { these } else { these.or(any(members.trees, true, text, fits)) };
        if all == Match::No {
            return all;
        }
        let except = any(members.except, true, text, Glob::fits);
        // `$x/node_modules` can be made again; that `$x` may be `/usr` is no reason to doubt it.
        let far_fetched = class == PathClass::Rebuildable && except == Match::Possible;
        if far_fetched { all } else { all.and(except.negate()) }
    };
    tables.iter().map(member).fold(Match::No, Match::or)
}

/// Where no project is known, the directory in which the command starts is taken for it.
fn project(path: &Location, place: Place<'_>) -> Match {
    let start = Place { cwd: None, ..place };
    match &place.facts.project {
        Some(root) => path.is_inside(&Location::known(root, place.facts)),
        None => path.is_inside(&Location::start(start)),
    }
}

/// Whether one of the patterns fits; with `trees` also what is below.
fn any(patterns: &[&str], trees: bool, text: &[Atom], fits: Fits) -> Match {
    let mut best = Match::No;
    for pattern in patterns {
        if !may_fit(pattern, text) {
            continue;
        }
        let glob = if trees { Glob::tree(pattern) } else { Glob::path(pattern) };
        best = best.or(fits(&glob, text));
        if best == Match::Certain {
            break;
        }
    }
    best
}

/// A quick look that leaves most patterns out: their plain beginning, or their plain name, has to be there.
fn may_fit(pattern: &str, text: &[Atom]) -> bool {
    let Some(Atom::Text(known)) = text.first() else { return true };
    let is_wild = |byte: &u8| matches!(byte, b'*' | b'?');
    match pattern.as_bytes().strip_prefix(b"**/") {
        None => {
            let begin = pattern.as_bytes().split(is_wild).next().unwrap_or_default();
            let length = begin.len().min(known.len());
            begin.get(..length) == known.get(..length) && (text.len() > 1 || begin.len() <= known.len())
        }
        Some(rest) if text.len() == 1 => {
            let longest = rest.split(is_wild).max_by_key(|part| part.len()).unwrap_or_default();
            longest.is_empty() || known.windows(longest.len()).any(|window| window == longest)
        }
        Some(_) => true,
    }
}
