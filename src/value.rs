//! What is known about one word before the program starts: [`Value`], and the three-valued [`Match`].
//!
//! A `Value` is one field of an argv: text, glob patterns and unknown parts in a row. Where a word has a few
//! possible values (a variable that two branches assign), the trace keeps one argv per possibility, because
//! possibilities may also differ in the *number* of fields; so a `Value` itself has no alternatives.

use crate::source::{SourceMap, Span};
use std::borrow::Cow;

/// One field: its pieces in order. No piece at all is the empty string.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Value {
    /// The pieces, in order. Neighbouring text pieces are allowed: they may stem from different places.
    pub pieces: Vec<Piece>,
}

/// A part of a field.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Piece {
    /// Known bytes.
    Text {
        /// The bytes, after quote removal and expansion.
        bytes: Vec<u8>,
        /// Where they were written.
        origin: Span,
    },
    /// An active glob pattern (`*`, `?`, `[a-z]`, `@(a|b)`), as written. If no file matches, it stays text.
    Glob {
        /// The pattern.
        pattern: Vec<u8>,
        /// Where it was written.
        origin: Span,
    },
    /// A part that cannot be known.
    Unknown(Unknown),
}

/// A part of a field that cannot be known, and what is known about it nevertheless.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Unknown {
    /// Where it comes from.
    pub cause: Cause,
    /// Whether it may contain blanks and so become several fields (an expansion outside double quotes).
    pub may_split: bool,
    /// Whether it may be empty.
    pub may_be_empty: bool,
    /// Where it was written.
    pub origin: Span,
}

/// Where an unknown part comes from.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Cause {
    /// A variable that the command does not assign.
    Variable(Vec<u8>),
    /// A positional or special parameter (`$1`, `$@`, `$$`, `$?`).
    Parameter(Vec<u8>),
    /// The output of a command; the argv of the last program, as far as known, joined by blanks.
    Output(Vec<u8>),
    /// The output of a program that fetches text from the network; as `Output`.
    Network(Vec<u8>),
    /// The output of a program whose users are told to evaluate it (`ssh-agent -s`); as `Output`.
    Trusted(Vec<u8>),
    /// The content of a file that the command does not write itself, by its path.
    File(Vec<u8>),
    /// What the command reads from outside (`read`, standard input).
    Input,
    /// A new temporary file or directory (`mktemp`).
    Temporary,
    /// A file name that a process substitution or a descriptor yields.
    Descriptor,
    /// A file name found by a program (`find -exec … {}`, `xargs`) below the named start points.
    Found(Vec<Value>),
    /// A number, from arithmetic or `$RANDOM`.
    Number,
    /// Known text that a program has packed: only the program that unpacks it can make something of it.
    Packed(Vec<u8>),
    /// An expansion that is not modelled, or a limit.
    Unmodelled,
}

/// The answer of a question about partly known things.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub enum Match {
    /// Provably not.
    #[default]
    No,
    /// It may be so.
    Possible,
    /// It is so.
    Certain,
}

impl Match {
    /// Both: the weaker answer.
    pub fn and(self, other: Match) -> Match {
        self.min(other)
    }

    /// Either: the stronger answer.
    pub fn or(self, other: Match) -> Match {
        self.max(other)
    }

    /// Certain becomes no, no becomes certain.
    pub fn negate(self) -> Match {
        match self {
            Match::No => Match::Certain,
            Match::Possible => Match::Possible,
            Match::Certain => Match::No,
        }
    }

    /// At most `Possible`.
    pub fn weaken(self) -> Match {
        self.min(Match::Possible)
    }
}

impl From<bool> for Match {
    fn from(yes: bool) -> Match {
        if yes { Match::Certain } else { Match::No }
    }
}

impl Piece {
    /// Known bytes from `origin`.
    pub fn text(bytes: impl Into<Vec<u8>>, origin: Span) -> Piece {
        Piece::Text { bytes: bytes.into(), origin }
    }

    /// Where the piece was written.
    pub fn origin(&self) -> Span {
        match self {
            Piece::Text { origin, .. } | Piece::Glob { origin, .. } => *origin,
            Piece::Unknown(unknown) => unknown.origin,
        }
    }
}

impl Value {
    /// A value that is known.
    pub fn text(bytes: impl Into<Vec<u8>>, origin: Span) -> Value {
        Value { pieces: vec![Piece::text(bytes, origin)] }
    }

    /// A value of which nothing is known.
    pub fn unknown(cause: Cause, may_split: bool, origin: Span) -> Value {
        Value { pieces: vec![Piece::Unknown(Unknown { cause, may_split, may_be_empty: true, origin })] }
    }

    /// How many bytes are known, patterns included.
    pub fn known_length(&self) -> usize {
        let length = |piece: &Piece| match piece {
            Piece::Text { bytes, .. } | Piece::Glob { pattern: bytes, .. } => bytes.len(),
            Piece::Unknown(_) => 0,
        };
        self.pieces.iter().map(length).sum()
    }

    /// What the value takes in memory, roughly, in bytes: unknown parts that are put together make no text, but they
    /// cost as well.
    pub fn weight(&self) -> usize {
        self.known_length() + self.pieces.len() * size_of::<Piece>()
    }

    /// The bytes, if all of them are known and no glob is active.
    pub fn known(&self) -> Option<Cow<'_, [u8]>> {
        match self.pieces.as_slice() {
            [] => Some(Cow::Borrowed(&[])),
            [Piece::Text { bytes, .. }] => Some(Cow::Borrowed(bytes)),
            pieces => {
                let mut all = Vec::new();
                for piece in pieces {
                    match piece {
                        Piece::Text { bytes, .. } => all.extend_from_slice(bytes),
                        Piece::Glob { .. } | Piece::Unknown(_) => return None,
                    }
                }
                Some(Cow::Owned(all))
            }
        }
    }

    /// The bytes as UTF-8 text, if all are known.
    pub fn known_str(&self) -> Option<Cow<'_, str>> {
        match self.known()? {
            Cow::Borrowed(bytes) => std::str::from_utf8(bytes).ok().map(Cow::Borrowed),
            Cow::Owned(bytes) => String::from_utf8(bytes).ok().map(Cow::Owned),
        }
    }

    /// The bytes with a glob taken as its own text (as bash does when no file matches); `None` if a part
    /// is unknown.
    pub fn written(&self) -> Option<Vec<u8>> {
        let mut all = Vec::new();
        for piece in &self.pieces {
            match piece {
                Piece::Text { bytes, .. } | Piece::Glob { pattern: bytes, .. } => {
                    all.extend_from_slice(bytes)
                }
                Piece::Unknown(_) => return None,
            }
        }
        Some(all)
    }

    /// The known bytes before the first glob or unknown part.
    pub fn known_prefix(&self) -> Vec<u8> {
        let mut all = Vec::new();
        for piece in &self.pieces {
            match piece {
                Piece::Text { bytes, .. } => all.extend_from_slice(bytes),
                Piece::Glob { .. } | Piece::Unknown(_) => break,
            }
        }
        all
    }

    /// Whether a part is unknown (globs are known patterns).
    pub fn has_unknown(&self) -> bool {
        self.pieces.iter().any(|piece| matches!(piece, Piece::Unknown(_)))
    }

    /// The first unknown part.
    pub fn first_unknown(&self) -> Option<&Unknown> {
        self.pieces.iter().find_map(|piece| match piece {
            Piece::Unknown(unknown) => Some(unknown),
            _ => None,
        })
    }

    /// Whether the field may become several fields, or none.
    pub fn may_split(&self) -> bool {
        self.pieces.iter().any(|piece| matches!(piece, Piece::Unknown(Unknown { may_split: true, .. })))
    }

    /// Whether it is or holds a pattern, which stands for any number of names.
    pub fn has_glob(&self) -> bool {
        self.pieces.iter().any(|piece| matches!(piece, Piece::Glob { .. }))
    }

    /// Whether the value is `wanted`.
    pub fn equals(&self, wanted: &[u8]) -> Match {
        match self.known() {
            Some(bytes) => Match::from(*bytes == *wanted),
            None => self.may_fit(wanted),
        }
    }

    /// `Possible` if the known prefix and suffix leave room for `wanted`, else `No`.
    fn may_fit(&self, wanted: &[u8]) -> Match {
        let suffix = match self.pieces.last() {
            Some(Piece::Text { bytes, .. }) => bytes.as_slice(),
            _ => &[],
        };
        let prefix = self.known_prefix();
        let fits = wanted.len() >= prefix.len().saturating_add(suffix.len())
            && wanted.starts_with(&prefix)
            && wanted.ends_with(suffix);
        if fits { Match::Possible } else { Match::No }
    }

    /// Adds known bytes at the end.
    pub fn push_text(&mut self, bytes: &[u8], origin: Span) {
        if bytes.is_empty() {
            return;
        }
        if let Some(Piece::Text { bytes: last, origin: at }) = self.pieces.last_mut() {
            let exact = at.len() == last.len() && origin.len() == bytes.len();
            if exact && at.end == origin.start {
                last.extend_from_slice(bytes);
                at.end = origin.end;
                return;
            }
        }
        self.pieces.push(Piece::text(bytes, origin));
    }

    /// Puts neighbouring texts, and neighbouring unknown parts, together where there are very many: their places are
    /// lost, their cost is bounded.
    pub(crate) fn compact(&mut self) {
        const MANY: usize = 64;
        if self.pieces.len() < MANY {
            return;
        }
        let mut merged: Vec<Piece> = Vec::new();
        for piece in self.pieces.drain(..) {
            match (merged.last_mut(), piece) {
                (Some(Piece::Text { bytes, origin }), Piece::Text { bytes: more, origin: at }) => {
                    bytes.extend_from_slice(&more);
                    *origin = origin.to(at);
                }
                (Some(Piece::Unknown(unknown)), Piece::Unknown(more)) => {
                    unknown.may_split |= more.may_split;
                    unknown.may_be_empty &= more.may_be_empty;
                }
                (_, piece) => merged.push(piece),
            }
        }
        self.pieces = merged;
    }

    /// The part of the source that the value was made from.
    pub fn origin(&self) -> Option<Span> {
        self.pieces.iter().map(Piece::origin).reduce(Span::to)
    }

    /// How the known bytes map to the source, for reading the value as a nested script.
    pub fn source_map(&self) -> SourceMap {
        let mut map = SourceMap::default();
        let mut at = 0;
        for piece in &self.pieces {
            if let Piece::Text { bytes, origin } = piece {
                map.push(at, *origin, origin.len() == bytes.len());
                at += bytes.len();
            }
        }
        map
    }

    /// The value for people: text as it is, unknown parts as `…`. Not for decisions.
    pub fn display(&self) -> String {
        let mut out = String::new();
        for piece in &self.pieces {
            match piece {
                Piece::Text { bytes, .. } | Piece::Glob { pattern: bytes, .. } => {
                    out.push_str(&String::from_utf8_lossy(bytes));
                }
                Piece::Unknown(unknown) => out.push_str(&unknown.cause.display()),
            }
        }
        out
    }
}

impl Cause {
    /// A short form for people: `$x`, `$(curl …)`, `…`.
    pub fn display(&self) -> String {
        match self {
            Cause::Variable(name) | Cause::Parameter(name) => format!("${}", String::from_utf8_lossy(name)),
            Cause::Output(command) | Cause::Network(command) | Cause::Trusted(command) => {
                format!("$({})", String::from_utf8_lossy(command))
            }
            Cause::File(path) => format!("$(cat {})", String::from_utf8_lossy(path)),
            Cause::Temporary => "$(mktemp)".to_owned(),
            Cause::Found(starts) => {
                let starts: Vec<String> = starts.iter().map(Value::display).collect();
                format!("{}/…", starts.join("|"))
            }
            Cause::Input | Cause::Descriptor | Cause::Number | Cause::Packed(_) | Cause::Unmodelled => {
                "…".to_owned()
            }
        }
    }
}
