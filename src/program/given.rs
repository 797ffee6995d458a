//! Questions about the options of a [`Call`].

use super::{Call, Flag};
use crate::value::{Match, Value};

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
