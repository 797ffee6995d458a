//! Questions about the options of a [`Call`].

use super::{Call, Flag, Role};
use crate::source::Span;
use crate::value::{Match, Piece, Value};

impl Call {
    /// Whether the option is in force, by its canonical name: the last of `--x`, `--no-x` and `--x=false` counts.
    ///
    /// Says nothing about what [`Call::unknown_words`] may add.
    pub fn flag(&self, name: &str) -> Match {
        self.flags.iter().fold(Match::No, |before, flag| match states(flag, name) {
            None => before,
            Some(state) if flag.certainty == Match::Certain => Match::from(state),
            Some(state) if before == Match::from(state) => before,
            Some(_) => Match::Possible,
        })
    }

    /// What a program finds that looks for names below its start points (`find a b -name '*.o'`), as patterns: the
    /// filters that stand in front of the argv word `before`, below each start point. Empty without filters that
    /// narrow what is found. Each with the index of its start point's word.
    pub(crate) fn found(&self, before: usize) -> Vec<(Value, usize)> {
        let filters = self.nested.iter().filter(|nested| nested.role == Role::Filter);
        let mut words = filters.flat_map(|nested| &nested.words).filter(|word| word.word < before);
        // The last one is as good as all together: each of them has to hold.
        let Some(filter) = words.rfind(|word| narrows(&word.value)) else { return Vec::new() };
        let starts = self.operands.iter().filter(|operand| operand.role == Role::Path);
        starts.map(|start| (below(&start.value, &filter.value), start.word)).collect()
    }

    /// The values that the option is given, in order.
    pub fn flag_values<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Value> {
        let given = self.flags.iter().filter(move |flag| flag.name == name && !flag.negated);
        given.filter_map(|flag| flag.value.as_ref())
    }
}

/// Whether the flag puts the named option in force, takes it back, or neither.
fn states(flag: &Flag, name: &str) -> Option<bool> {
    if flag.name == name {
        return Some(!flag.negated);
    }
    let is_opposite = |long: &str, short: &str| {
        long.strip_prefix("--no-").is_some_and(|rest| short.strip_prefix("--") == Some(rest))
    };
    (is_opposite(&flag.name, name) || is_opposite(name, &flag.name)).then_some(flag.negated)
}

/// Whether a pattern leaves anything out.
fn narrows(pattern: &Value) -> bool {
    pattern.known().is_some_and(|text| text.iter().any(|byte| !b"*?./".contains(byte)))
}

/// The names below `start` that match `pattern`.
fn below(start: &Value, pattern: &Value) -> Value {
    let mut path = start.clone();
    path.pieces.push(Piece::text(b"/".as_slice(), Span::default()));
    for piece in &pattern.pieces {
        path.pieces.push(match piece {
            Piece::Text { bytes, origin } if bytes.iter().any(|byte| b"*?[".contains(byte)) => {
                Piece::Glob { pattern: bytes.clone(), origin: *origin }
            }
            other => other.clone(),
        });
    }
    path
}
