//! Whether a place belongs to a path class. Most classes are lists ([`members`](super::members)); some need to know
//! the project or the working directory.

use super::members::*;
use super::{Located, Location, Place};
use crate::packs::fit::{Atom, Glob, may_fit};
use crate::packs::pattern::PathClass;
use crate::value::Match;
use std::cell::LazyCell;

/// Whether the path belongs to the class; with `visibly`, only if something seen of it says so
/// ([`Glob::fits_visibly`]).
pub(super) fn belongs(located: &Located, class: PathClass, place: Place<'_>, visibly: bool) -> Match {
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
        let these = any(members.these, false, text, visibly);
        let all =
            if these == Match::Certain { these } else { these.or(any(members.trees, true, text, visibly)) };
        if all == Match::No {
            return all;
        }
        let except = any(members.except, true, text, false);
        // `$x/node_modules` can be made again; that `$x` may be `/usr` is no reason to doubt it. What `find /` finds by
        // its name is.
        let may_be_there = || {
            let is_by_name = members.trees.iter().all(|pattern| pattern.starts_with("**"));
            let rooted = members.except.iter().filter(|pattern| !pattern.starts_with("**"));
            let rooted: Vec<&str> = rooted.copied().collect();
            located.found && is_by_name && any(&rooted, true, text, false) != Match::No
        };
        let far_fetched = class == PathClass::Rebuildable && except == Match::Possible && !may_be_there();
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
pub(super) fn any(patterns: &[&str], trees: bool, text: &[Atom], visibly: bool) -> Match {
    let is_adrift = matches!(text.first(), Some(Atom::Hole { .. }));
    let pairs = LazyCell::new(|| Pairs::of(text));
    let is_known = matches!(text, [Atom::Text(_)]);
    let mut best = Match::No;
    for pattern in patterns {
        if is_known && !names(pattern).all(|name| pairs.may_begin(name))
            || !may_fit(pattern, text)
            || is_adrift && !may_end(pattern, trees, text, &pairs, visibly, best)
        {
            continue;
        }
        let glob = if trees { Glob::tree(pattern) } else { Glob::path(pattern) };
        best = best.or(if visibly { glob.fits_visibly(text) } else { glob.fits(text) });
        if best == Match::Certain {
            break;
        }
    }
    best
}

/// The plain parts of the names in a pattern.
fn names(pattern: &str) -> impl Iterator<Item = &[u8]> {
    pattern.as_bytes().split(|byte| matches!(byte, b'/' | b'*' | b'?' | b'\\'))
}

/// Which pairs of letters stand in a text, roughly: hundreds of patterns are ruled out by it, each at once.
struct Pairs([u64; 4]);

impl Pairs {
    fn of(text: &[Atom]) -> Pairs {
        let mut pairs = Pairs([0; 4]);
        for atom in text {
            let Atom::Text(text) = atom else { continue };
            for (first, second) in text.iter().zip(text.iter().skip(1)) {
                let (word, bit) = Pairs::place(*first, *second);
                if let Some(word) = pairs.0.get_mut(word) {
                    *word |= bit;
                }
            }
        }
        pairs
    }

    fn place(first: u8, second: u8) -> (usize, u64) {
        let number = first.wrapping_mul(31) ^ second;
        (usize::from(number >> 6), 1 << (number & 63))
    }

    fn may_have(&self, first: u8, second: u8) -> bool {
        let (word, bit) = Pairs::place(first, second);
        self.0.get(word).is_some_and(|word| word & bit != 0)
    }

    /// Whether the name may stand in the text, going by its first two letters.
    fn may_begin(&self, name: &[u8]) -> bool {
        match name {
            [first, second, ..] => self.may_have(*first, *second),
            _ => true,
        }
    }
}

/// A quick look at the end of a text of which the beginning is not known, where a better answer than `best` is wanted.
fn may_end(pattern: &str, trees: bool, text: &[Atom], pairs: &Pairs, visibly: bool, best: Match) -> bool {
    // What starts at a certain place is possible at most.
    if best == Match::Possible && !pattern.starts_with("**") {
        return false;
    }
    // Two letters of one of its names are the least that can be seen.
    let has = |part: &[u8]| {
        let in_text =
            |atom: &Atom| matches!(atom, Atom::Text(text) if text.windows(part.len()).any(|it| it == part));
        text.iter().any(in_text)
    };
    let is_seen = |name: &[u8]| match name {
        [] => false,
        [_] => has(name),
        [first, second, ..] => {
            let end = name.last_chunk::<2>();
            pairs.may_have(*first, *second) && has(&[*first, *second])
                || end.is_some_and(|end| pairs.may_have(end[0], end[1]) && has(end))
        }
    };
    if visibly && !names(pattern).any(is_seen) {
        return false;
    }
    let Some(&last) = pattern.as_bytes().last().filter(|byte| !matches!(byte, b'*' | b'?')) else {
        return true;
    };
    let ends_name = |text: &Vec<u8>| {
        let behind = text.iter().skip(1).map(Some).chain([None]);
        text.iter().zip(behind).any(|(byte, next)| *byte == last && matches!(next, None | Some(b'/')))
    };
    let known = || text.iter().any(|atom| matches!(atom, Atom::Text(text) if ends_name(text)));
    match text.last() {
        Some(Atom::Text(end)) if !trees => end.last() == Some(&last),
        // The name of the tree has to be seen, if anything of it has to be.
        Some(Atom::Text(_)) if visibly || best == Match::Possible => known(),
        _ => true,
    }
}
