//! Which option a written name means: exactly, shortened, or with `no-` in front.

use super::reading::Reading;
use crate::program::grammar::{OptionSpec, Style};

/// An option that was found by its name.
#[derive(Clone, Copy)]
pub(crate) struct Found<'g> {
    /// The option.
    pub(crate) spec: &'g OptionSpec,
    /// Whether the name takes it back: `--no-x`.
    pub(crate) negated: bool,
}

impl<'g> Found<'g> {
    fn plain(spec: &'g OptionSpec) -> Found<'g> {
        Found { spec, negated: false }
    }
}

/// Finds a long option by its name with dashes. An ambiguous abbreviation finds nothing: its program refuses it.
pub(crate) fn long<'g>(reading: &Reading<'g>, name: &[u8]) -> Option<Found<'g>> {
    if let Some(spec) = positive(reading, name) {
        return Some(Found::plain(spec));
    }
    if !reading.style().negates() {
        return None;
    }
    let mut positive_name = b"--".to_vec();
    positive_name.extend_from_slice(name.strip_prefix(b"--no-")?);
    positive(reading, &positive_name).map(|spec| Found { spec, negated: true })
}

/// Finds a long option by its name or an abbreviation of it.
fn positive<'g>(reading: &Reading<'g>, name: &[u8]) -> Option<&'g OptionSpec> {
    exact(reading, name).or_else(|| shortened(reading, name))
}

/// Finds an option by one of its names.
pub(crate) fn exact<'g>(reading: &Reading<'g>, name: &[u8]) -> Option<&'g OptionSpec> {
    let is_meant = |spec: &&OptionSpec| spec.names.iter().any(|known| known.as_bytes() == name);
    reading.valid_levels().find_map(|level| level.options.iter().find(is_meant))
}

/// Finds a one-letter option.
pub(crate) fn short<'g>(reading: &Reading<'g>, letter: u8) -> Option<&'g OptionSpec> {
    exact(reading, &[b'-', letter])
}

/// Finds an option by its name without dashes, for parsers to which `-name` and `--name` are the same.
pub(crate) fn dashless<'g>(reading: &Reading<'g>, name: &[u8]) -> Option<&'g OptionSpec> {
    let is_meant =
        |spec: &&OptionSpec| spec.names.iter().any(|known| known.trim_start_matches('-').as_bytes() == name);
    reading.valid_levels().find_map(|level| level.options.iter().find(is_meant))
}

/// The only option that has a long name with this prefix.
fn shortened<'g>(reading: &Reading<'g>, prefix: &[u8]) -> Option<&'g OptionSpec> {
    // git abbreviates the options of its commands, never its own.
    let is_git_itself = reading.style() == Style::Git
        && reading.levels.len() == 1
        && reading.level().is_some_and(|level| !level.subcommands.is_empty());
    if !reading.style().abbreviates() || is_git_itself || prefix.len() < 3 {
        return None;
    }
    let mut found: Option<&'g OptionSpec> = None;
    for spec in reading.valid_levels().flat_map(|level| &level.options) {
        if !spec.names.iter().any(|name| name.as_bytes().starts_with(prefix)) {
            continue;
        }
        if found.is_some_and(|other| other.canonical() != spec.canonical()) {
            return None;
        }
        found = found.or(Some(spec));
    }
    found
}
