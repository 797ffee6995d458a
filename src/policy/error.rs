//! What is wrong with a configuration, in one sentence with file and line, and the name that was probably meant.

use std::fmt;
use std::ops::Range;

/// A configuration that cannot be used. `Display` is one sentence: `config.toml:3: unknown field …`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PolicyError {
    /// The file, as it was named by the caller.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// What was expected.
    pub message: String,
}

impl fmt::Display for PolicyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.file, self.line, self.message)
    }
}

impl std::error::Error for PolicyError {}

/// The text of a file and what it is called.
#[derive(Clone, Copy)]
pub(super) struct Source<'a> {
    pub(super) file: &'a str,
    pub(super) text: &'a str,
}

impl Source<'_> {
    /// An error at a byte range of the text.
    pub(super) fn error(self, at: &Range<usize>, message: impl Into<String>) -> PolicyError {
        let before = self.text.as_bytes().iter().take(at.start);
        let line = before.filter(|byte| **byte == b'\n').count() + 1;
        PolicyError { file: self.file.to_owned(), line, message: message.into() }
    }

    /// What the parser objects to. Its message names in backquotes what it found, then what it knows.
    pub(super) fn parse_error(self, error: &toml::de::Error) -> PolicyError {
        let mut message = error.message().trim().replace('\n', ", ");
        let mut names = message.split('`').skip(1).step_by(2);
        if let Some(found) = names.next().filter(|_| message.starts_with("unknown ")) {
            let hint = nearest(found, names).map(did_you_mean).unwrap_or_default();
            message.push_str(&hint);
        }
        let mut error = self.error(&error.span().unwrap_or(0..0), message);
        if let Some(plain) = of_type(&error.message) {
            let line = self.text.lines().nth(error.line.saturating_sub(1)).unwrap_or_default();
            let name = line.split('=').next().unwrap_or_default().trim_matches(['[', ']', ' ', '\t']);
            error.message = format!("{name}: {plain}");
        }
        error
    }
}

/// What the parser says of a value of the wrong type, in the words of TOML.
fn of_type(message: &str) -> Option<String> {
    let term = |term: &str| match term {
        "map" | "a map" => "a table".to_owned(),
        "sequence" | "a sequence" => "a list".to_owned(),
        other => other.replace('`', ""),
    };
    if message == "wanted string or table" {
        return Some("expected a string".to_owned());
    }
    let (found, expected) = message.strip_prefix("invalid type: ")?.split_once(", expected ")?;
    Some(format!("expected {}, found {}", term(expected), term(found)))
}

/// ` (did you mean …?)`
pub(crate) fn did_you_mean(name: &str) -> String {
    format!(" (did you mean {name}?)")
}

/// The known name that is most like the one that was written, if one is like it at all.
pub(crate) fn nearest<'a>(written: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    /// Below this, two names have nothing to do with each other.
    const ALIKE: f64 = 0.75;
    let likeness = known.map(|name| (strsim::jaro_winkler(written, name), name));
    let best = likeness.max_by(|(a, _), (b, _)| a.total_cmp(b))?;
    (best.0 > ALIKE).then_some(best.1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_of_the_wrong_type_is_named() {
        let message = |text: &str| {
            let error = toml::from_str::<super::super::config::Settings>(text).unwrap_err();
            Source { file: "c.toml", text }.parse_error(&error).to_string()
        };
        assert_eq!(message("# x\n[packs]\na = 1"), "c.toml:2: packs: expected a list, found a table");
        assert_eq!(message("packs = \"core\""), "c.toml:1: packs: expected a list, found string \"core\"");
        assert_eq!(message("gaps = 3"), "c.toml:1: gaps: expected a string");
    }

    #[test]
    fn a_typing_error_leads_to_the_name_and_nonsense_to_none() {
        let known = ["preset", "packs", "protected", "unknown-commands"];
        assert_eq!(nearest("protect", known.into_iter()), Some("protected"));
        assert_eq!(nearest("unknown_commands", known.into_iter()), Some("unknown-commands"));
        assert_eq!(nearest("zzz", known.into_iter()), None);
    }
}
