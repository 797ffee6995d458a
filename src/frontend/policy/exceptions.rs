//! The user's exceptions: `exceptions.toml` next to the configuration, written by `argvet allow`.

use super::files;
use crate::frontend::clock::today;
use crate::{Catalog, Exception, Scope};
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

/// The exceptions that count today. A file that cannot be read holds none: that is stricter.
pub(crate) fn load(path: &Path) -> Vec<Exception> {
    let Ok(Some(file)) = files::read(path) else { return Vec::new() };
    let parsed: ExceptionFile = match toml::from_str(&file.text) {
        Ok(parsed) => parsed,
        Err(error) => {
            tracing::warn!(path = %path.display(), error = error.message(), "exceptions cannot be read");
            return Vec::new();
        }
    };
    let today = today();
    parsed.exception.into_iter().filter(|entry| entry.counts_on(&today)).map(Entry::into_exception).collect()
}

/// The ids of all rules that an exception may be about.
pub(crate) fn rules(catalog: &Catalog) -> Vec<String> {
    let packs = catalog.packs().into_iter();
    packs.flat_map(|pack| catalog.rules(&pack.id)).map(|rule| rule.id).collect()
}

impl Entry {
    /// Whether it has not expired. Days are compared as text: `2026-11-25` sorts as it should.
    pub(crate) fn counts_on(&self, today: &str) -> bool {
        self.until.as_deref().is_none_or(|until| today <= until)
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
