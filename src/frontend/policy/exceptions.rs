//! The user's exceptions: `exceptions.toml` next to the configuration, written by `argvet allow`.

use super::files;
use crate::frontend::clock::{day, today};
use crate::{Exception, Scope};
use serde::{Deserialize, Serialize};
use std::path::Path;

/// The whole file.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ExceptionFile {
    #[serde(default)]
    pub(crate) exception: Vec<Entry>,
}

/// One exception as it is written.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Entry {
    /// The rule.
    pub(crate) rule: String,
    /// The whole command.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) command: Option<String>,
    /// The first words of the command.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) prefix: Option<Vec<String>>,
    /// Where it counts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) directory: Option<String>,
    /// The last day on which it counts (UTC).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) until: Option<String>,
    /// Why.
    pub(crate) reason: String,
}

/// The exceptions that count today, and what is wrong with others. A file that cannot be read holds none: that is stricter.
pub(crate) fn load(path: &Path) -> (Vec<Exception>, Vec<String>) {
    let file = match files::read(path) {
        Ok(Some(file)) => file,
        Ok(None) => return (Vec::new(), Vec::new()),
        Err(problem) => return (Vec::new(), vec![problem]),
    };
    let parsed = match parse(path, &file.text) {
        Ok(parsed) => parsed,
        Err(problem) => return (Vec::new(), vec![problem]),
    };
    let today = today();
    let problems = parsed.exception.iter().filter_map(|entry| entry.problem(path)).collect();
    let counts = |entry: &Entry| entry.problem(path).is_none() && entry.counts_on(&today);
    let counting = parsed.exception.into_iter().filter(counts);
    (counting.map(Entry::into_exception).collect(), problems)
}

/// Reads the text of the file; the error names its line.
pub(crate) fn parse(path: &Path, text: &str) -> Result<ExceptionFile, String> {
    toml::from_str(text).map_err(|error: toml::de::Error| {
        let at = error.span().map_or(0, |span| span.start);
        let line = text.bytes().take(at).filter(|byte| *byte == b'\n').count() + 1;
        format!("{}:{line}: {}", path.display(), error.message().trim())
    })
}

impl Entry {
    /// Whether it has not expired. Days are compared as text: `2026-11-25` sorts as it should. What is no day is over.
    pub(crate) fn counts_on(&self, today: &str) -> bool {
        self.until.as_deref().is_none_or(|until| day(until).is_ok_and(|until| *today <= *until))
    }

    /// What keeps it from counting, if it was written by hand and not as it should be.
    pub(crate) fn problem(&self, path: &Path) -> Option<String> {
        let place =
            |problem: String| format!("{}: the exception for {}: {problem}", path.display(), self.rule);
        let until =
            self.until.as_deref().and_then(|until| day(until).err()).map(|error| format!("until: {error}"));
        let is_relative = |directory: &&String| !Path::new(directory).is_absolute();
        let directory = self.directory.as_ref().filter(is_relative);
        let directory =
            directory.map(|directory| format!("directory: expected an absolute path, found {directory}"));
        let prefix = self.prefix.as_ref().filter(|words| words.is_empty());
        let prefix = prefix.map(|_| "prefix: expected at least one word".to_owned());
        until.or(directory).or(prefix).map(place)
    }

    fn into_exception(self) -> Exception {
        let scope = match (self.command, self.prefix) {
            (Some(command), _) => Scope::Command(command.into_bytes()),
            (None, Some(words)) => Scope::Prefix(words.into_iter().map(String::into_bytes).collect()),
            (None, None) => Scope::Any,
        };
        let directory = self.directory.map(String::into_bytes);
        Exception { rule: self.rule, scope, directory, reason: self.reason }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_day_is_over() {
        let entry = |until: Option<&str>| Entry { until: until.map(str::to_owned), ..Entry::default() };
        for (until, counts) in [
            (None, true),
            (Some("2026-11-26"), true),
            (Some("2026-11-25"), false),
            (Some("31.12.2030"), false),
            (Some("soon"), false),
            (Some(""), false),
        ] {
            let entry = entry(until);
            assert_eq!(entry.counts_on("2026-11-26"), counts, "{until:?}");
            let is_day = until.is_none_or(|until| until.starts_with("2026"));
            assert_eq!(entry.problem(Path::new("x")).is_none(), is_day, "{until:?}");
        }
    }
}
