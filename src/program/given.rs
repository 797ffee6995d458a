//! Questions about the options of a [`Call`].

use super::{Call, Flag, Operand, Role};
use crate::value::{Cause, Match, Piece, Value};

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

    /// What a program finds that looks for names below its start points (`find a b -name '*.o'`) when it reaches the
    /// argv word `action`: something below each start point, under one of the names that the tests leave. Each with
    /// the index of its start point's word. Without an expression, everything that a `find` finds.
    pub(crate) fn found(&self, action: usize) -> Vec<(Value, usize)> {
        let filters = self.filters(action);
        let starts = self.operands.iter().filter(|operand| operand.role == Role::Path);
        let each = |start: &Operand| -> Vec<(Value, usize)> {
            let something = below(&start.value);
            if filters.is_empty() {
                return vec![(something, start.word)];
            }
            filters.iter().map(|filter| (named(&something, filter), start.word)).collect()
        };
        starts.flat_map(each).collect()
    }

    /// The patterns of which what is found at the word `action` has to match one. Empty: it may be anything.
    pub(crate) fn filters(&self, action: usize) -> Vec<&Value> {
        let tests = self.expression.holds_at(action, |test| test.filter.as_ref().is_some_and(narrows));
        tests.unwrap_or_default().into_iter().filter_map(|test| test.filter.as_ref()).collect()
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

/// Whether a pattern leaves anything out, as far as known.
fn narrows(pattern: &Value) -> bool {
    pattern.known().is_none_or(|text| text.iter().any(|byte| !b"*?./".contains(byte)))
}

/// Something below `start`.
fn below(start: &Value) -> Value {
    Value::unknown(Cause::Found(vec![start.clone()]), false, start.origin().unwrap_or_default())
}

/// The same with a name that matches `pattern`.
fn named(something: &Value, pattern: &Value) -> Value {
    let mut path = something.clone();
    path.pieces.push(Piece::text(b"/".as_slice(), pattern.origin().unwrap_or_default()));
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
