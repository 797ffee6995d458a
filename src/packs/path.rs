//! Where a path leads, as far as known: [`Location`], the normal form in which path patterns and the path classes
//! ([`classes`]) are compared.
//!
//! ```text
//! /home/me/a/../b/      →  ~/b            a home directory is a home directory, however it is written
//! ./x, in /srv          →  /srv/x
//! ./x, nowhere known    →  ./x            where the command starts
//! "$TMPDIR"/x, mktemp   →  /tmp/x
//! /etc/*                →  /etc, its contents
//! "$x"/y                →  …/y
//! ```
//!
//! An unknown part is taken for a name, not for syntax: it holds no `..`. Links are not followed; nothing is read
//! from the disk.

pub(crate) mod classes;
mod location;
mod members;

use super::fit::Atom;
use super::pattern::PathClass;
use crate::facts::Facts;
use crate::value::{Cause, Match, Piece, Value};
use std::cell::{Cell, OnceCell};

pub(crate) use location::Location;

/// What relative paths are relative to.
#[derive(Clone, Copy)]
pub(crate) struct Place<'a> {
    /// The working directory; `None`: where the command starts, wherever that is.
    pub(crate) cwd: Option<&'a Value>,
    /// What the caller knows.
    pub(crate) facts: &'a Facts,
}

/// A place that a path leads to, with what was found out about it.
pub(crate) struct Located {
    /// The place.
    pub(crate) location: Location,
    /// Whether it stands for all that a program finds.
    found: bool,
    atoms: OnceCell<Vec<Atom>>,
    classes: Known,
    /// The classes that something seen of it says.
    visible: Known,
}

/// What was found out about each class.
type Known = [Cell<Option<Match>>; PathClass::ALL.len()];

/// Where the path leads. Names that a program finds below several start points lead to several places.
pub(crate) fn locate(value: &Value, place: Place<'_>) -> Vec<Located> {
    let locations = match value.pieces.split_first() {
        Some((Piece::Unknown(unknown), rest)) => match &unknown.cause {
            Cause::Found(starts) => {
                starts.iter().flat_map(|start| Location::found_below(start, rest, place)).collect()
            }
            _ => vec![Location::of(value, place)],
        },
        _ => vec![Location::of(value, place)],
    };
    let found = matches!(value.first_unknown().map(|unknown| &unknown.cause), Some(Cause::Found(_)));
    let located = |location| Located {
        location,
        found,
        atoms: OnceCell::new(),
        classes: Known::default(),
        visible: Known::default(),
    };
    locations.into_iter().map(located).collect()
}

/// Whether the place is the pattern; with `visibly`, only if something that is known of it says so.
pub(crate) fn fits_place(pattern: &str, place: &[Atom], visibly: bool) -> Match {
    // Where nothing is known, a single pattern needs no sign.
    let is_sign = |atom: &Atom| matches!(atom, Atom::Text(text) if text.iter().any(|byte| *byte != b'/'));
    classes::any(&[pattern], false, place, visibly && place.iter().any(is_sign))
}

/// Whether what runs here runs in the directory or below it.
pub(crate) fn runs_inside(directory: &[u8], place: Place<'_>) -> Match {
    Location::start(place).is_inside(&Location::known(directory, place.facts))
}

impl Located {
    /// Whether the place belongs to the class.
    pub(crate) fn belongs(&self, class: PathClass, place: Place<'_>) -> Match {
        remembered(&self.classes, class, || classes::belongs(self, class, place, false))
    }

    /// Whether the place belongs to the class, and something that is known of it says so; see [`super::fit::Glob::fits_visibly`].
    pub(crate) fn belongs_visibly(&self, class: PathClass, place: Place<'_>) -> Match {
        remembered(&self.visible, class, || classes::belongs(self, class, place, true))
    }

    /// The place as text that patterns are compared with; see [`Location::atoms`].
    pub(crate) fn atoms(&self) -> &[Atom] {
        self.atoms.get_or_init(|| self.location.atoms(true))
    }
}

/// What is known of the class, or what `find` finds.
fn remembered(known: &Known, class: PathClass, find: impl FnOnce() -> Match) -> Match {
    let cell = known.get(class as usize);
    if let Some(known) = cell.and_then(Cell::get) {
        return known;
    }
    let found = find();
    if let Some(cell) = cell {
        cell.set(Some(found));
    }
    found
}

#[cfg(test)]
mod tests;
