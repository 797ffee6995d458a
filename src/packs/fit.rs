//! A literal pattern against a partly known text: does every text that it may turn out to be fit, some, or none?
//!
//! Both the pattern and the text are run through together, keeping the set of places in the pattern that *may* be
//! reached and the set that is reached *whatever* the unknown parts hold. Cost is linear in the text.

use crate::value::{Cause, Match, Piece};

/// A part of a text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Atom {
    /// Known bytes.
    Text(Vec<u8>),
    /// What a glob stands for, or an unknown part of a path of which the beginning is known.
    Name {
        /// Whether it is `*` or another glob that nearly every name fits.
        all: bool,
        /// Whether it may contain `/` after all.
        slash: bool,
    },
    /// Nothing, or a slash and an unknown name: the end of `/srv/$x`.
    Below,
    /// Any text whatsoever.
    Hole {
        /// Whether it may contain `/`.
        slash: bool,
        /// Whether it may be empty.
        empty: bool,
    },
}

/// One step of a pattern.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Token {
    Byte(u8),
    /// `?`
    One {
        slash: bool,
    },
    /// `*` in a path, `**/` excluded: any text without `/`.
    Star,
    /// `*` in a text, `**` in a path: any text.
    Any,
    /// `**/`: nothing, or any text that ends in `/`.
    Folders,
}

/// A pattern, ready to be compared.
pub(crate) struct Glob {
    tokens: Vec<Token>,
    /// The place of the slash behind which everything fits, if the pattern is about a tree.
    tree: Option<usize>,
}

/// Bytes of a path that say nothing about where it leads.
const SIGNLESS: [u8; 2] = [b'/', b'.'];

impl Glob {
    /// Reads a text pattern: `*` is any text.
    pub(crate) fn text(pattern: &str) -> Glob {
        Glob::read(pattern.as_bytes(), false)
    }

    /// Reads a path pattern: `*` does not cross `/`.
    pub(crate) fn path(pattern: &str) -> Glob {
        Glob::read(pattern.as_bytes(), true)
    }

    /// Reads a path pattern that is about a path and all that is inside.
    pub(crate) fn tree(pattern: &str) -> Glob {
        let mut glob = Glob::path(pattern);
        glob.tree = Some(glob.tokens.len());
        glob.tokens.extend([Token::Byte(b'/'), Token::Any]);
        glob
    }

    fn read(pattern: &[u8], path: bool) -> Glob {
        let mut tokens = Vec::with_capacity(pattern.len());
        let mut rest = pattern;
        loop {
            let (token, length) = match rest {
                [] => break,
                [b'*', b'*', b'/', ..] if path => (Token::Folders, 3),
                [b'*', b'*', ..] => (Token::Any, 2),
                [b'*', ..] if path => (Token::Star, 1),
                [b'*', ..] => (Token::Any, 1),
                [b'?', ..] => (Token::One { slash: !path }, 1),
                [b'\\', byte, ..] => (Token::Byte(*byte), 2),
                [byte, ..] => (Token::Byte(*byte), 1),
            };
            tokens.push(token);
            rest = rest.get(length..).unwrap_or_default();
        }
        // The states fit into 128 bits; longer patterns were refused when they were read.
        tokens.truncate(super::pattern::MAX_LENGTH);
        Glob { tokens, tree: None }
    }

    /// Whether the whole text fits.
    pub(crate) fn fits(&self, atoms: &[Atom]) -> Match {
        let start = self.enter(1);
        let (mut may, mut must) = (start, start);
        for atom in atoms {
            match atom {
                Atom::Text(bytes) => {
                    for byte in bytes {
                        may = self.step(may, *byte);
                        must = self.step(must, *byte);
                        if may == 0 {
                            return Match::No;
                        }
                    }
                }
                Atom::Name { slash, .. } => {
                    may = self.reach_by_name(may);
                    must = self.stay(must | self.behind_one(must), *slash);
                }
                Atom::Below => {
                    may |= self.reach_by_name(self.step(may, b'/'));
                    let in_tree = self.tree.filter(|slash| must & (1 << slash) != 0);
                    must = self.stay(must, true) | in_tree.map_or(0, |slash| self.enter(1 << (slash + 1)));
                }
                // Whatever it holds, it may end anywhere from here on.
                Atom::Hole { slash, .. } => (may, must) = (reach(may), self.stay(must, *slash)),
            }
        }
        match (must & self.end(), may & self.end()) {
            (0, 0) => Match::No,
            (0, _) => Match::Possible,
            _ => Match::Certain,
        }
    }

    /// Whether the whole text fits, and something that is known of it says so: `…/dist` may lie below `/etc/ssh`, as
    /// anything may, but nothing points there. A text of which nothing is known, or a pattern that asks for nothing,
    /// needs no such sign. Neither a slash nor a dot is one: most names have them.
    pub(crate) fn fits_visibly(&self, atoms: &[Atom]) -> Match {
        let fits = self.fits(atoms);
        let is_sign = |byte: &u8| !SIGNLESS.contains(byte);
        let says = |atom: &Atom| matches!(atom, Atom::Text(text) if text.iter().any(is_sign));
        let asks = |token: &Token| matches!(token, Token::Byte(byte) if is_sign(byte));
        let needs_sign = fits == Match::Possible && atoms.iter().any(says) && self.tokens.iter().any(asks);
        if needs_sign && !self.shows(atoms) { Match::No } else { fits }
    }

    /// Whether the text may fit in such a way that a known byte of it, no slash and no dot, is one that the pattern asks for.
    fn shows(&self, atoms: &[Atom]) -> bool {
        let mut may = self.enter(1);
        // The places of `may` on whose way there was such a byte.
        let mut shown = 0;
        for atom in atoms {
            match atom {
                Atom::Text(bytes) => {
                    for byte in bytes {
                        shown = self.step(shown, *byte) | self.step(self.asking(may, *byte), *byte);
                        may = self.step(may, *byte);
                    }
                }
                Atom::Name { .. } => (shown, may) = (self.reach_by_name(shown), self.reach_by_name(may)),
                Atom::Below => {
                    shown |= self.reach_by_name(self.step(shown, b'/'));
                    may |= self.reach_by_name(self.step(may, b'/'));
                }
                Atom::Hole { .. } => (shown, may) = (reach(shown), reach(may)),
            }
        }
        shown & self.end() != 0
    }

    /// The places at which a text may end.
    fn end(&self) -> u128 {
        (1_u128 << self.tokens.len()) | self.tree.map_or(0, |slash| 1 << slash)
    }

    /// Those of the places that ask for this very byte, if that says anything.
    fn asking(&self, places: u128, byte: u8) -> u128 {
        let mut asking = 0;
        let mut left = if SIGNLESS.contains(&byte) { 0 } else { places };
        while left != 0 {
            let place = left.trailing_zeros();
            left &= left - 1;
            if matches!(self.tokens.get(place as usize), Some(Token::Byte(wanted)) if *wanted == byte) {
                asking |= 1_u128 << place;
            }
        }
        asking
    }

    /// The places reached from `places` by one known byte.
    fn step(&self, places: u128, byte: u8) -> u128 {
        let mut next = 0;
        let mut left = places;
        while left != 0 {
            let place = left.trailing_zeros();
            let bit = 1_u128 << place;
            left &= left - 1;
            let Some(token) = self.tokens.get(place as usize) else { continue };
            next |= match token {
                Token::Byte(wanted) if *wanted == byte => self.enter(bit << 1),
                Token::One { slash } if *slash || byte != b'/' => self.enter(bit << 1),
                Token::Star if byte != b'/' => self.enter(bit),
                Token::Any => self.enter(bit),
                Token::Folders if byte == b'/' => bit | self.enter(bit << 1),
                Token::Folders => bit,
                _ => 0,
            };
        }
        next
    }

    /// The place, and those behind it that need no text.
    fn enter(&self, place: u128) -> u128 {
        let (mut all, mut last) = (place, place);
        while let Some(Token::Star | Token::Any | Token::Folders) =
            self.tokens.get(last.trailing_zeros() as usize)
        {
            last <<= 1;
            all |= last;
        }
        all
    }

    /// The places at which any text whatsoever may pass without leaving.
    fn stay(&self, places: u128, slash: bool) -> u128 {
        let mut kept = 0;
        for (place, token) in self.tokens.iter().enumerate() {
            let bit = 1_u128 << place;
            if places & bit != 0 && (matches!(token, Token::Any) || (!slash && *token == Token::Star)) {
                kept |= self.enter(bit);
            } else if places & bit != 0 && *token == Token::Folders {
                kept |= bit;
            }
        }
        kept
    }

    /// The places behind `?*`: a name has at least one byte.
    fn behind_one(&self, places: u128) -> u128 {
        let pairs = self.tokens.windows(2).enumerate();
        let wild = pairs.filter(|(_, pair)| matches!(pair, [Token::One { .. }, Token::Star | Token::Any]));
        wild.fold(0, |all, (place, _)| if places & (1 << place) == 0 { all } else { all | 1 << (place + 1) })
    }

    /// The places that a name may reach. It has no slash, and it does not make up what a pattern wants behind a
    /// wildcard of its own, unless two bytes of that are written: `foo*` may be `foo.db`, but is not taken for a
    /// database because of that, and `.g*` may be `.git`.
    fn reach_by_name(&self, places: u128) -> u128 {
        let mut reached = places;
        let mut written = 2;
        for (place, token) in self.tokens.iter().enumerate() {
            let (passes, next) = match token {
                Token::Byte(b'/') => (false, 2),
                Token::Folders => (false, 0),
                Token::Star | Token::Any => (true, 0),
                Token::Byte(_) | Token::One { .. } => (written >= 2, written + 1),
            };
            if passes && reached & (1_u128 << place) != 0 {
                reached |= self.enter(1_u128 << (place + 1));
            }
            written = next;
        }
        reached
    }
}

/// What is no plain byte of a pattern.
const WILD: &[u8] = b"*?\\";

/// The bytes that a pattern begins with, up to what is no plain byte.
fn beginning(pattern: &str) -> &[u8] {
    let bytes = pattern.as_bytes();
    let end = bytes.iter().position(|byte| WILD.contains(byte)).unwrap_or(bytes.len());
    bytes.get(..end).unwrap_or_default()
}

/// Whether a pattern fits a known text, where its first bytes decide, as they mostly do: reading it costs more.
pub(crate) fn fits_plainly(pattern: &str, text: &[u8]) -> Option<Match> {
    let beginning = beginning(pattern);
    match text.strip_prefix(beginning) {
        None => Some(Match::No),
        Some(rest) if beginning.len() == pattern.len() => Some(rest.is_empty().into()),
        Some(_) => None,
    }
}

/// Whether the text may fit at all: a quick look at its known bytes.
pub(crate) fn may_fit(pattern: &str, atoms: &[Atom]) -> bool {
    let Some(Atom::Text(text)) = atoms.first() else { return true };
    match pattern.as_bytes().strip_prefix(b"**/") {
        None => {
            let beginning = beginning(pattern);
            let agrees = beginning.iter().zip(text).all(|(wanted, byte)| wanted == byte);
            agrees && (atoms.len() > 1 || beginning.len() <= text.len())
        }
        Some(rest) if atoms.len() == 1 => {
            let parts = rest.split(|byte| WILD.contains(byte));
            let longest = parts.max_by_key(|part| part.len()).unwrap_or_default();
            longest.is_empty() || text.windows(longest.len()).any(|window| window == longest)
        }
        Some(_) => true,
    }
}

/// Whether a path may end as the pattern does: a quick look at its known segments, from the last one on.
pub(crate) fn may_end(pattern: &str, atoms: &[Atom]) -> bool {
    let Some(Atom::Text(text)) = atoms.last() else { return true };
    let is_open = atoms.len() > 1;
    let mut known = text.rsplit(|byte| *byte == b'/').peekable();
    let mut segments = pattern.as_bytes().rsplit(|byte| *byte == b'/').peekable();
    while let Some(wanted) = segments.next() {
        // `a**/b` fits `ab`.
        let is_joined = segments.peek().is_some_and(|before| before.len() > 2 && before.ends_with(b"**"));
        if is_joined || wanted.windows(2).any(|pair| pair == b"**") {
            return true;
        }
        let Some(segment) = known.next() else { return is_open };
        if is_open && known.peek().is_none() {
            // What is not known may be the beginning of this segment.
            return true;
        }
        if wanted != segment && !wanted.iter().any(|byte| WILD.contains(byte)) {
            return false;
        }
    }
    known.next().is_none()
}

/// All places from the first one on.
fn reach(places: u128) -> u128 {
    if places == 0 { 0 } else { u128::MAX << places.trailing_zeros() }
}

/// Most parts of a text that are told apart: every pattern is compared with each of them.
const MAX_ATOMS: usize = 64;

/// The atoms of pieces in a row. Unknown parts side by side are one, and so is what follows many parts.
pub(crate) fn atoms(pieces: &[Piece]) -> Vec<Atom> {
    let mut atoms = Vec::with_capacity(pieces.len().min(MAX_ATOMS));
    for piece in pieces {
        if atoms.len() >= MAX_ATOMS {
            atoms.push(Atom::Hole { slash: true, empty: true });
            break;
        }
        match piece {
            Piece::Text { bytes, .. } => atoms.push(Atom::Text(bytes.clone())),
            Piece::Glob { pattern, .. } => glob_atoms(pattern, &mut atoms),
            Piece::Unknown(unknown) => {
                let crosses = unknown.cause != Cause::Number;
                let may_be_empty = unknown.may_be_empty;
                match atoms.last_mut() {
                    Some(Atom::Hole { slash, empty }) => {
                        *slash |= crosses;
                        *empty &= may_be_empty;
                    }
                    _ => atoms.push(Atom::Hole { slash: crosses, empty: may_be_empty }),
                }
            }
        }
    }
    atoms
}

/// The atoms of an active glob: its plain characters are known.
fn glob_atoms(pattern: &[u8], atoms: &mut Vec<Atom>) {
    let plain = |byte: &u8| byte.is_ascii_alphanumeric() || b"._-/ ~,=%:#".contains(byte) || !byte.is_ascii();
    // Brackets and `@(a|b)` may hold plain characters that are none: then only what is before is known.
    let complex = pattern.iter().any(|byte| b"[](){}|!+@\\".contains(byte));
    for part in pattern.chunk_by(|a, b| plain(a) == plain(b)) {
        if part.first().is_some_and(plain) {
            atoms.push(Atom::Text(part.to_vec()));
        } else {
            let excludes = pattern.windows(2).any(|pair| matches!(pair, b"[!" | b"[^"));
            atoms.push(Atom::Name { slash: false, all: part.contains(&b'*') && (!complex || excludes) });
            if complex {
                return;
            }
        }
    }
}

#[cfg(test)]
mod tests;
