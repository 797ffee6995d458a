//! A validated pattern against a value: as a text, or as a path with all that a path may be written as.

use super::fit::{Atom, Glob, atoms, fits_plainly};
use super::path::{Located, Place, fits_place, locate};
use super::pattern::{Pattern, Patterns};
use crate::value::{Match, Piece, Value};
use regex::bytes::Regex;
use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

/// Compiled regexes: each is compiled when a candidate needs it.
#[derive(Default, Debug)]
pub(crate) struct Regexes(RefCell<HashMap<String, Option<Rc<Regex>>>>);

/// Compares patterns at a place.
#[derive(Clone, Copy)]
pub(crate) struct Comparison<'a> {
    /// What relative paths are relative to.
    pub(crate) place: Place<'a>,
    /// Where regexes are kept.
    pub(crate) regexes: &'a Regexes,
    /// Where anything may be deleted.
    pub(crate) scratch: &'a [Pattern],
}

impl Comparison<'_> {
    /// Whether the text is one of the patterns and none of those with `!`.
    pub(crate) fn text(self, value: &Value, patterns: &Patterns) -> Match {
        one_of(patterns, Match::Possible, |pattern| self.text_one(value, pattern))
    }

    /// Whether the text is the pattern.
    pub(crate) fn text_one(self, value: &Value, pattern: &Pattern) -> Match {
        let literal = |read: fn(&str) -> Glob, written: &str| {
            if let [Piece::Text { bytes, .. }] = value.pieces.as_slice()
                && let Some(fits) = fits_plainly(written, bytes)
            {
                return fits;
            }
            let glob = read(written);
            let atoms = atoms(&value.pieces);
            // An unknown word is taken for a name, not for syntax: `$branch` is no `+refspec`.
            let sigil = written.starts_with(['+', ':', '-', '@', '!', '=', '^', '%']);
            if sigil && matches!(atoms.first(), Some(Atom::Hole { .. })) {
                return Match::No;
            }
            let fits = glob.fits(&atoms);
            // `name[x]` stays as it is where no file matches.
            let is_bracket =
                |piece: &Piece| matches!(piece, Piece::Glob { pattern, .. } if pattern.contains(&b'['));
            match value.written().filter(|_| fits == Match::No && value.pieces.iter().any(is_bracket)) {
                Some(text) => glob.fits(&[Atom::Text(text)]).and(Match::Possible),
                None => fits,
            }
        };
        match pattern {
            Pattern::Any => Match::Certain,
            Pattern::Text(text) => literal(Glob::text, text),
            Pattern::Path(text) => literal(Glob::path, text),
            Pattern::Regex(regex) => match value.written() {
                Some(text) => self.regexes.is_whole(regex, &text),
                None => Match::Possible,
            },
            Pattern::Class(_) => self.path_one(value, pattern),
        }
    }

    /// The places that a path may lead to.
    pub(crate) fn locate(self, path: &Value) -> Vec<Located> {
        locate(path, self.place)
    }

    /// Whether one of the places is one of the patterns and none of those with `!`. With `suspect`, a path of which
    /// nothing is known may be any.
    pub(crate) fn path(self, places: &[Located], patterns: &Patterns, suspect: bool) -> Match {
        let each = places.iter().map(|located| {
            let adrift = located.location.is_adrift();
            let enough = if adrift && !suspect { Match::Certain } else { Match::Possible };
            let found = match patterns.any.as_slice() {
                [] => Match::Certain,
                any => any
                    .iter()
                    .map(|pattern| self.located(located, pattern, adrift))
                    .fold(Match::No, Match::or),
            };
            none_of(found, enough, &patterns.not, |pattern| self.located(located, pattern, false))
        });
        each.fold(Match::No, Match::or)
    }

    /// Whether all of the places certainly lie where anything may be deleted.
    pub(crate) fn is_scratch(self, places: &[Located]) -> bool {
        let inside = |located: &Located| {
            self.scratch.iter().any(|pattern| self.located(located, pattern, false) == Match::Certain)
        };
        !self.scratch.is_empty() && !places.is_empty() && places.iter().all(inside)
    }

    /// Whether the path is the pattern.
    pub(crate) fn path_one(self, value: &Value, pattern: &Pattern) -> Match {
        self.locate(value)
            .iter()
            .map(|located| self.located(located, pattern, false))
            .fold(Match::No, Match::or)
    }

    /// Whether the place is the pattern; with `visibly`, only if something that is known of it says so.
    fn located(self, located: &Located, pattern: &Pattern, visibly: bool) -> Match {
        match pattern {
            Pattern::Any => Match::Certain,
            Pattern::Class(class) if visibly => located.belongs_visibly(*class, self.place),
            Pattern::Class(class) => located.belongs(*class, self.place),
            Pattern::Text(text) | Pattern::Path(text) => {
                let pattern = anywhere(text);
                let itself = fits_place(&pattern, located.atoms(), visibly);
                if !located.location.contents || itself == Match::Certain {
                    return itself;
                }
                // `x/*`: what the directory holds may all fit, even if the directory does not.
                let mut atoms = located.atoms().to_vec();
                if atoms.last() != Some(&Atom::Text(b"/".to_vec())) {
                    atoms.push(Atom::Text(b"/".to_vec()));
                }
                atoms.push(Atom::Name { all: true, slash: false });
                if Glob::path(&pattern).fits(&atoms) == Match::Certain { Match::Certain } else { itself }
            }
            Pattern::Regex(regex) => match located.atoms() {
                [Atom::Text(text)] => self.regexes.is_whole(regex, text),
                _ => Match::Possible,
            },
        }
    }
}

/// A path pattern without a beginning is about paths anywhere; one without a slash is about the last name.
fn anywhere(pattern: &str) -> String {
    if pattern.starts_with(['/', '~']) || pattern.starts_with("**") {
        pattern.to_owned()
    } else {
        format!("**/{pattern}")
    }
}

/// Whether one pattern fits, as surely as is `enough`, and none of those with `!`.
fn one_of(patterns: &Patterns, enough: Match, fits: impl Fn(&Pattern) -> Match) -> Match {
    let any = match patterns.any.as_slice() {
        [] => Match::Certain,
        any => any.iter().map(&fits).fold(Match::No, Match::or),
    };
    none_of(any, enough, &patterns.not, fits)
}

/// What was found, if it is as sure as is `enough` and none of the patterns fits.
fn none_of(found: Match, enough: Match, not: &[Pattern], fits: impl Fn(&Pattern) -> Match) -> Match {
    if found < enough || found == Match::No {
        return Match::No;
    }
    not.iter().fold(found, |found, pattern| found.and(fits(pattern).negate()))
}

impl Regexes {
    fn is_whole(&self, regex: &str, text: &[u8]) -> Match {
        let mut known = self.0.borrow_mut();
        if !known.contains_key(regex) {
            let whole = Regex::new(&format!("^(?:{regex})$")).ok().map(Rc::new);
            known.insert(regex.to_owned(), whole);
        }
        // Regexes are checked when packs are read; one that does not compile nevertheless may say anything.
        known.get(regex).and_then(Option::as_ref).map_or(Match::Possible, |regex| regex.is_match(text).into())
    }
}
