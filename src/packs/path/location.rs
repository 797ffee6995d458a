//! The normal form of a path, and how it is found.

use super::Place;
use crate::facts::Facts;
use crate::packs::fit::{Atom, atoms as atoms_of};
use crate::value::{Cause, Match, Piece, Value};

/// A path in normal form.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Location {
    anchor: Anchor,
    /// The names below the anchor. An unknown part may be several.
    names: Vec<Vec<Atom>>,
    /// Whether not the directory is meant but all it holds (`x/*`).
    pub(crate) contents: bool,
}

/// Where a path starts.
#[derive(Clone, PartialEq, Eq, Debug)]
enum Anchor {
    /// `/`
    Root,
    /// A home directory; the empty name is the user's own.
    Home(Vec<u8>),
    /// Where the command starts.
    Start,
    /// Nobody knows.
    Unknown,
}

impl Location {
    /// The place of a path.
    pub(super) fn of(value: &Value, place: Place<'_>) -> Location {
        let mut location = match value.pieces.split_first() {
            None => Location::start(place),
            Some((first, rest)) => Location::from_first(first, rest, place),
        };
        location.find_contents();
        location
    }

    /// Where something is that is found below a start point: right below it, or deeper. With nothing said about its
    /// name, it is all that the start point holds.
    pub(super) fn found_below(start: &Value, rest: &[Piece], place: Place<'_>) -> Vec<Location> {
        let mut here = Location::of(start, place);
        let mut atoms = atoms_of(rest);
        if atoms.is_empty() {
            here.contents = true;
            return vec![here];
        }
        if !matches!(atoms.first(), Some(Atom::Text(text)) if text.starts_with(b"/")) {
            // `{}.bak`
            atoms.insert(0, Atom::Hole { slash: true, empty: false });
        }
        let mut deeper = here.clone();
        deeper.names.push(vec![Atom::Hole { slash: true, empty: false }]);
        let mut places = vec![here, deeper];
        for location in &mut places {
            location.walk(&atoms);
            location.find_contents();
        }
        places
    }

    fn from_first(first: &Piece, rest: &[Piece], place: Place<'_>) -> Location {
        let mut atoms = atoms_of(rest);
        let Piece::Unknown(unknown) = first else {
            let mut all = atoms_of(std::slice::from_ref(first));
            all.append(&mut atoms);
            let absolute = matches!(all.first(), Some(Atom::Text(text)) if text.starts_with(b"/"));
            let mut location = if absolute { Location::at(Anchor::Root) } else { Location::start(place) };
            location.walk(&all);
            return location.settled(place.facts);
        };
        let starts_a_name = matches!(atoms.first(), None | Some(Atom::Text(_)))
            && !matches!(atoms.first(), Some(Atom::Text(text)) if !text.starts_with(b"/"));
        // With TMPDIR unset, `"$TMPDIR"/*` is all there is.
        let of_root =
            matches!(atoms.first(), Some(Atom::Text(text)) if text.iter().all(|byte| *byte == b'/'));
        let known = match &unknown.cause {
            Cause::Variable(name) if starts_a_name => match name.as_slice() {
                b"HOME" => Some(Location::at(Anchor::Home(Vec::new()))),
                b"TMPDIR" | b"TMP" | b"TEMP" if !of_root => Some(Location::below_root("/tmp/tmp")),
                b"PWD" => Some(Location::start(place)),
                _ => None,
            },
            Cause::Temporary => Some(Location::below_root("/tmp/tmp")),
            _ => None,
        };
        if let Some(mut location) = known {
            if !starts_a_name {
                // `"$(mktemp)".log`: still a fresh name next to it.
                location.names.pop();
                atoms.insert(0, Atom::Text(b"tmp".to_vec()));
            }
            location.walk(&atoms);
            return location.settled(place.facts);
        }
        let mut location = Location::at(Anchor::Unknown);
        let slash = unknown.cause != Cause::Number;
        if !slash {
            location = Location::start(place);
        }
        atoms.insert(0, Atom::Hole { slash, empty: unknown.may_be_empty });
        location.walk(&atoms);
        location
    }

    fn at(anchor: Anchor) -> Location {
        Location { anchor, names: Vec::new(), contents: false }
    }

    fn below_root(path: &str) -> Location {
        let mut location = Location::at(Anchor::Root);
        location.walk(&[Atom::Text(path.as_bytes().to_vec())]);
        location
    }

    /// The working directory.
    pub(super) fn start(place: Place<'_>) -> Location {
        match (place.cwd, &place.facts.cwd) {
            (Some(cwd), _) => Location::of(cwd, Place { cwd: None, ..place }),
            (None, Some(cwd)) => Location::known(cwd, place.facts),
            (None, None) => Location::at(Anchor::Start),
        }
    }

    /// A known absolute path.
    pub(super) fn known(path: &[u8], facts: &Facts) -> Location {
        let mut location = Location::at(Anchor::Root);
        location.walk(&[Atom::Text(path.to_vec())]);
        location.settled(facts)
    }

    /// Goes on along the text: names, `.`, `..` and slashes.
    fn walk(&mut self, atoms: &[Atom]) {
        let mut name = Vec::new();
        for atom in atoms {
            let Atom::Text(text) = atom else {
                name.push(atom.clone());
                continue;
            };
            for (index, part) in text.split(|byte| *byte == b'/').enumerate() {
                if index > 0 {
                    self.enter(std::mem::take(&mut name));
                }
                match (part, name.last_mut()) {
                    ([], _) => {}
                    (part, Some(Atom::Text(last))) => last.extend_from_slice(part),
                    (part, _) => name.push(Atom::Text(part.to_vec())),
                }
            }
        }
        self.enter(name);
    }

    fn enter(&mut self, name: Vec<Atom>) {
        match name.as_slice() {
            [] => {}
            [Atom::Text(text)] if text == b"." => {}
            [Atom::Text(text)] if text == b".." => self.leave(),
            _ => self.names.push(name),
        }
    }

    fn leave(&mut self) {
        let some = Atom::Hole { slash: true, empty: true };
        let unknown = Location { names: vec![vec![some]], ..Location::at(Anchor::Unknown) };
        match (self.names.pop(), &self.anchor) {
            // `$x/..` may be anywhere: the unknown part may be several names.
            (Some(name), _) if name.iter().any(|atom| matches!(atom, Atom::Hole { slash: true, .. })) => {
                *self = unknown;
            }
            (Some(_), _) | (None, Anchor::Root) => {}
            (None, Anchor::Home(_)) => *self = Location::below_root("/home"),
            (None, Anchor::Start | Anchor::Unknown) => *self = unknown,
        }
    }

    /// `x/*` is all that `x` holds.
    fn find_contents(&mut self) {
        let all = match self.names.last().map(Vec::as_slice) {
            Some([Atom::Name { all, .. }]) => *all,
            Some([Atom::Text(dot), Atom::Name { all, .. }]) => *all && dot == b".",
            Some([Atom::Name { all, .. }, Atom::Text(dot), Atom::Name { all: rest, .. }]) => {
                *all && *rest && dot == b"."
            }
            _ => false,
        };
        if all {
            self.names.pop();
            self.contents = true;
        }
    }

    /// Homes and temporary directories under the name that patterns use.
    fn settled(mut self, facts: &Facts) -> Location {
        if self.anchor != Anchor::Root {
            return self;
        }
        let temporary = facts.variables.get(b"TMPDIR".as_slice());
        if let Some(rest) = temporary.and_then(|path| self.names_below(path)) {
            let mut names = Location::below_root("/tmp").names;
            names.extend(rest);
            return Location { names, ..self };
        }
        if let Some(rest) = facts.home.as_ref().and_then(|home| self.names_below(home)) {
            return Location { anchor: Anchor::Home(Vec::new()), names: rest, ..self };
        }
        if matches!(self.text(0), Some(b"private")) && matches!(self.text(1), Some(b"tmp" | b"var" | b"etc"))
        {
            self.names.remove(0);
        }
        let depth = match (self.text(0), self.text(1)) {
            (Some(b"root"), _) => 1,
            (Some(b"var"), Some(b"root")) => 2,
            (Some(b"home" | b"Users"), _) if !self.is_all(1) && self.names.len() > 1 => 2,
            _ => return self,
        };
        let rest = self.names.split_off(depth);
        let user = match self.names.pop().as_deref() {
            Some([Atom::Text(name)]) => name.clone(),
            _ => b"*".to_vec(),
        };
        Location { anchor: Anchor::Home(user), names: rest, ..self }
    }

    /// The names that are left below a known absolute path.
    fn names_below(&self, path: &[u8]) -> Option<Vec<Vec<Atom>>> {
        let mut names = self.names.iter();
        for part in path.split(|byte| *byte == b'/').filter(|part| !part.is_empty()) {
            match names.next()?.as_slice() {
                [Atom::Text(name)] if name == part => {}
                _ => return None,
            }
        }
        let at_root = path.iter().all(|byte| *byte == b'/');
        if at_root { None } else { Some(names.cloned().collect()) }
    }

    fn text(&self, index: usize) -> Option<&[u8]> {
        match self.names.get(index)?.as_slice() {
            [Atom::Text(text)] => Some(text),
            _ => None,
        }
    }

    fn is_all(&self, index: usize) -> bool {
        index + 1 == self.names.len()
            && matches!(self.names.get(index).map(Vec::as_slice), Some([Atom::Name { all: true, .. }]))
    }

    /// Whether nothing is known of where the path starts.
    pub(crate) fn is_adrift(&self) -> bool {
        self.anchor == Anchor::Unknown
    }

    /// The path as text that patterns are compared with. With `empty`, a name that may be empty is taken to be so, too.
    pub(crate) fn atoms(&self, empty: bool) -> Vec<Atom> {
        let start: &[u8] = match &self.anchor {
            Anchor::Root if self.names.is_empty() => b"/",
            Anchor::Root | Anchor::Unknown => b"",
            Anchor::Home(_) => b"~",
            Anchor::Start => b".",
        };
        let mut atoms = vec![Atom::Text(start.to_vec())];
        if self.is_adrift() {
            atoms = vec![Atom::Hole { slash: true, empty: true }];
        }
        for (index, name) in self.names.iter().enumerate() {
            let begins = index == 0 && self.is_adrift();
            match name.as_slice() {
                [Atom::Hole { slash: true, .. }] if begins => continue,
                [Atom::Hole { slash: true, empty: true }] if empty => {
                    atoms.push(Atom::Below);
                    continue;
                }
                _ if begins => {}
                _ => push_text(&mut atoms, b"/"),
            }
            for atom in name {
                match atom {
                    Atom::Text(text) => push_text(&mut atoms, text),
                    Atom::Hole { slash, .. } => atoms.push(Atom::Name { all: false, slash: *slash }),
                    other => atoms.push(other.clone()),
                }
            }
        }
        atoms
    }

    /// Whether this is `base` or lies inside.
    pub(super) fn is_inside(&self, base: &Location) -> Match {
        self.relation(base).0
    }

    /// Whether this is `base`.
    pub(super) fn is_same(&self, base: &Location) -> Match {
        self.relation(base).1
    }

    fn relation(&self, base: &Location) -> (Match, Match) {
        let open = (Match::Possible, Match::Possible);
        let never = (Match::No, Match::No);
        let own = |anchor: &Anchor| matches!(anchor, Anchor::Home(name) if name.is_empty());
        match (&self.anchor, &base.anchor) {
            (Anchor::Unknown, _) | (_, Anchor::Unknown) => return open,
            (a, b) if a == b => {}
            (Anchor::Home(_), Anchor::Home(_)) if own(&self.anchor) || own(&base.anchor) => return open,
            (Anchor::Start, _) | (_, Anchor::Start) => return open,
            _ => return never,
        }
        let mut certain = true;
        for (index, wanted) in base.names.iter().enumerate() {
            let Some(name) = self.names.get(index) else { return never };
            if name.iter().any(|atom| matches!(atom, Atom::Hole { slash: true, .. })) {
                return open;
            }
            match (name.as_slice(), wanted.as_slice()) {
                ([Atom::Text(name)], [Atom::Text(wanted)]) if name != wanted => return never,
                ([Atom::Text(_)], [Atom::Text(_)]) => {}
                _ => certain = false,
            }
        }
        let inside = if certain { Match::Certain } else { Match::Possible };
        match self.names.get(base.names.len()..).unwrap_or_default() {
            [] => (inside, inside),
            [name] if matches!(name.as_slice(), [Atom::Hole { slash: true, empty: true }]) => {
                (inside, Match::Possible)
            }
            _ => (inside, Match::No),
        }
    }
}

fn push_text(atoms: &mut Vec<Atom>, text: &[u8]) {
    match atoms.last_mut() {
        Some(Atom::Text(last)) => last.extend_from_slice(text),
        _ => atoms.push(Atom::Text(text.to_vec())),
    }
}
