//! A configuration as it is written: the TOML tables of `config.toml` and `.argvet.toml`, field by field.
//!
//! Nothing is decided here: [`super::layer`] puts the configurations of several files together. What a name stands for
//! (rules, packs, hosts) is not known here either; [`Settings::names`] lists them for whoever does.

use super::error::{PolicyError, Source};
use super::{Decision, Preset};
use crate::packs::Severity;
use crate::packs::pattern::{Kind, Pattern};
use serde::Deserialize;
use std::collections::BTreeMap;
use toml::Spanned;

/// The settings of a file, or of a section in it. What is absent stays as it is.
#[derive(Clone, PartialEq, Debug, Default, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
pub struct Settings {
    /// How strict argvet is where nothing else is said: `quiet`, `standard` or `strict`.
    pub preset: Option<Preset>,
    /// Packs that are on: `all`, packs (`backup.restic`) and categories (`database`) besides the default ones; `-` in
    /// front switches one off (`-core.filesystem`).
    #[cfg_attr(test, schemars(with = "Vec<String>"))]
    pub packs: Vec<Spanned<String>>,
    /// What is done about something that is executed and cannot be seen (`eval "$x"`).
    pub gaps: Option<Decision>,
    /// What is done about a program that argvet knows nothing of.
    pub unknown_commands: Option<Decision>,
    /// Programs that count as known.
    #[cfg_attr(test, schemars(with = "Vec<String>"))]
    pub known_commands: Vec<Spanned<String>>,
    /// Paths that no command may write to or delete: `~/prod` (with all that is inside), `*.tfstate` (anywhere).
    #[cfg_attr(test, schemars(with = "Vec<String>"))]
    pub protected: Vec<Spanned<String>>,
    /// Directories in which anything may be deleted.
    #[cfg_attr(test, schemars(with = "Vec<String>"))]
    pub scratch: Vec<Spanned<String>>,
    /// Commands whose output may be executed: `mytool shellenv`, for `eval "$(mytool shellenv)"`.
    #[cfg_attr(test, schemars(with = "Vec<String>"))]
    pub trusted_producers: Vec<Spanned<String>>,
    /// Settings of single rules, by their id: `core.git/push-force`.
    #[cfg_attr(test, schemars(with = "BTreeMap<String, RuleSettings>"))]
    pub rules: BTreeMap<Spanned<String>, RuleSettings>,
    /// The record of what was decided.
    pub audit: AuditSettings,
    /// Settings that count only for one host: `claude-code`, `cursor`.
    #[cfg_attr(test, schemars(with = "BTreeMap<String, Settings>"))]
    pub hosts: BTreeMap<Spanned<String>, Settings>,
    /// Settings that count only for commands that start in a directory or below it: `~/work`.
    #[cfg_attr(test, schemars(with = "BTreeMap<String, Settings>"))]
    pub directories: BTreeMap<Spanned<String>, Settings>,
}

/// What is changed about a rule.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
pub struct RuleSettings {
    /// What is done when the rule certainly matches; where it only may match, `deny` is as for a high severity.
    pub decision: Option<Decision>,
    /// How bad it is.
    pub severity: Option<Severity>,
}

/// The record of what was decided.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
pub struct AuditSettings {
    /// Whether it is kept.
    pub enabled: Option<bool>,
    /// Size in MB at which a new file is begun; the one before it is kept.
    pub megabytes: Option<u32>,
}

/// A name in a configuration that stands for something defined elsewhere.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum NameKind {
    /// A rule: `core.git/push-force`.
    Rule,
    /// A pack, a category, or `all`.
    Pack,
    /// A host.
    Host,
}

impl Settings {
    /// Reads the text of a file. In the file of a project, paths may be relative to the project.
    pub fn parse(text: &str, file: &str, of_project: bool) -> Result<Settings, PolicyError> {
        let source = Source { file, text };
        let settings: Settings = toml::from_str(text).map_err(|error| source.parse_error(&error))?;
        settings.check(source, of_project)?;
        Ok(settings)
    }

    /// This and all sections in it.
    fn sections(&self) -> Vec<&Settings> {
        let mut all = vec![self];
        let mut at = 0;
        while let Some(section) = all.get(at) {
            let inner = section.hosts.values().chain(section.directories.values());
            all.extend(inner.collect::<Vec<_>>());
            at += 1;
        }
        all
    }

    /// The names that somebody else has to know, and where they stand in the text.
    pub fn names(&self) -> Vec<(NameKind, &Spanned<String>)> {
        let mut names = Vec::new();
        for section in self.sections() {
            names.extend(section.rules.keys().map(|name| (NameKind::Rule, name)));
            names.extend(section.packs.iter().map(|name| (NameKind::Pack, name)));
            names.extend(section.hosts.keys().map(|name| (NameKind::Host, name)));
        }
        names
    }

    fn check(&self, source: Source<'_>, of_project: bool) -> Result<(), PolicyError> {
        for section in self.sections() {
            for path in section.protected.iter().chain(&section.scratch) {
                path_pattern(path.get_ref(), of_project)
                    .map_err(|message| source.error(&path.span(), message))?;
            }
            if let Some(path) = section.scratch.iter().find(|path| is_too_wide(path.get_ref())) {
                let message =
                    "expected a directory of some depth, such as ~/scratch: all of this is too much";
                return Err(source.error(&path.span(), message));
            }
            for directory in section.directories.keys() {
                let written = directory.get_ref();
                if written.contains('*') || !(of_project || is_anchored(written)) {
                    let message = format!("expected a directory that starts with / or ~/, found {written}");
                    return Err(source.error(&directory.span(), message));
                }
            }
            for command in section.known_commands.iter().chain(&section.trusted_producers) {
                if command.get_ref().split_whitespace().next().is_none_or(|program| program.contains('/')) {
                    let message = "expected the name of a program, without a directory";
                    return Err(source.error(&command.span(), message));
                }
            }
        }
        Ok(())
    }
}

/// Whether the path says where it starts.
pub(super) fn is_anchored(path: &str) -> bool {
    path.starts_with('/') || path == "~" || path.starts_with("~/")
}

fn path_pattern(written: &str, of_project: bool) -> Result<(), String> {
    if written.starts_with('@') || written.starts_with('!') {
        return Err(format!("expected a path, found {written}"));
    }
    let is_name = !written.trim_end_matches('/').contains('/') || written.starts_with("**/");
    if !(is_anchored(written) || is_name || of_project) {
        return Err(format!("expected a path that starts with /, ~/ or **/, or a name, found {written}"));
    }
    // With a slash at the end, it would be read as a regex.
    match Pattern::parse(written.trim_end_matches('/'), Kind::Path) {
        Ok(Pattern::Path(_)) => Ok(()),
        Ok(_) => Err(format!("expected a path, found {written}")),
        Err(message) => Err(message),
    }
}

/// Whether so much lies inside that deleting there cannot be fine.
fn is_too_wide(written: &str) -> bool {
    let rest = written.trim_start_matches("**/").trim_start_matches('~');
    let names = rest.split('/').filter(|name| !matches!(*name, "" | "." | "*" | "**")).count();
    let wanted = if written.starts_with('/') { 2 } else { 1 };
    names < wanted || rest.split('/').any(|name| name == "..")
}

#[cfg(test)]
mod tests;
