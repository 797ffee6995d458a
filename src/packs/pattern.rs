//! Patterns as written in rules: a literal with `*` and `?`, a path class `@…`, or `/regex/`.
//!
//! Here they are only read and checked (`build.rs` shares this file); [`super::fit`] compares literals with values,
//! [`super::path`] knows the classes.

use serde::{Deserialize, Serialize};

/// Longest pattern in bytes: [`super::fit`] keeps its states in 128 bits.
pub(crate) const MAX_LENGTH: usize = 120;

/// A pattern.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub(crate) enum Pattern {
    /// `*`: whatever it is.
    Any,
    /// Text in which `*` is any text and `?` any byte; a backslash takes the next character as it is.
    Text(String),
    /// A path in which `*` and `?` do not cross `/`, and `**` does.
    Path(String),
    /// `@home`
    Class(PathClass),
    /// `/regex/`, for the whole text.
    Regex(String),
}

/// A list of patterns: one of `any` fits (or `any` is empty), and none of `not`.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Patterns {
    /// As written.
    pub(crate) any: Vec<Pattern>,
    /// Written with `!`.
    pub(crate) not: Vec<Pattern>,
}

/// What `*` means in a pattern.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Kind {
    /// Any text.
    Text,
    /// Any text without `/`.
    Path,
}

macro_rules! path_classes {
    ($($(#[$doc:meta])* $variant:ident $name:literal,)*) => {
        /// A family of paths; its members are listed in `path/members.rs`.
        #[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
        pub(crate) enum PathClass {
            $($(#[$doc])* $variant,)*
        }

        impl PathClass {
            /// All classes with their names.
            pub(crate) const ALL: &[(&'static str, PathClass)] = &[$(($name, PathClass::$variant),)*];
        }
    };
}

path_classes! {
    /// The root directory, or all it holds.
    Root "@root",
    /// A home directory, or all it holds.
    Home "@home",
    /// The operating system's own files.
    System "@system",
    /// A disk or another device that holds data.
    Device "@device",
    /// Something inside a directory for temporary files.
    Temp "@temp",
    /// The project's directory or something inside.
    Project "@project",
    /// Something outside the project.
    Outside "@outside",
    /// The data of a version control system.
    RepoMetadata "@repo-metadata",
    /// Keys, tokens and passwords.
    Credentials "@credentials",
    /// What a shell, a login or the system executes on its own.
    Startup "@startup",
    /// The files of a database.
    Database "@database",
    /// What a build, an installation or a test run makes again.
    Rebuildable "@rebuildable",
    /// An ordinary file, going by its name.
    File "@file",
    /// The working directory, or all it holds.
    Cwd "@cwd",
    /// All that some directory holds: `x/*`.
    Contents "@contents",
    /// The files of the guard and the hook settings of hosts.
    Guard "@guard",
}

impl Pattern {
    /// Reads a pattern without a leading `!`. The error says what was expected.
    pub(crate) fn parse(text: &str, kind: Kind) -> Result<Pattern, String> {
        if text.is_empty() {
            return Err("expected a pattern, found an empty string".to_owned());
        }
        if text == "*" || text == "**" {
            return Ok(Pattern::Any);
        }
        if text.starts_with('@') {
            let class = PathClass::ALL.iter().find(|(name, _)| *name == text);
            return class.map(|(_, class)| Pattern::Class(*class)).ok_or_else(|| {
                let names: Vec<&str> = PathClass::ALL.iter().map(|(name, _)| *name).collect();
                format!("expected a path class, one of {}, found {text}", names.join(" "))
            });
        }
        if let Some(inner) = text.strip_prefix('/').and_then(|rest| rest.strip_suffix('/')) {
            return match regex::bytes::Regex::new(inner) {
                _ if inner.is_empty() => Err("expected a regex between the slashes".to_owned()),
                Ok(_) => Ok(Pattern::Regex(inner.to_owned())),
                Err(error) => {
                    let last = error.to_string();
                    Err(format!("expected a regex: {}", last.lines().last().unwrap_or_default()))
                }
            };
        }
        if text.len() > MAX_LENGTH {
            return Err(format!("expected a pattern of at most {MAX_LENGTH} bytes, or a /regex/"));
        }
        if text.ends_with('\\') && !text.ends_with("\\\\") {
            return Err("expected a character after the last backslash".to_owned());
        }
        if kind == Kind::Path && text.starts_with('.') && matches!(text.get(1..2), Some("/" | "")) {
            return Err("expected a pattern without ./ in front: it is about paths anywhere".to_owned());
        }
        Ok(match kind {
            Kind::Text => Pattern::Text(text.to_owned()),
            Kind::Path => Pattern::Path(text.to_owned()),
        })
    }
}

impl Patterns {
    /// Reads a list of patterns, some with `!`.
    pub(crate) fn parse(list: &[String], kind: Kind) -> Result<Patterns, String> {
        let mut patterns = Patterns::default();
        for text in list {
            match text.strip_prefix('!') {
                Some(rest) => patterns.not.push(Pattern::parse(rest, kind)?),
                None => patterns.any.push(Pattern::parse(text, kind)?),
            }
        }
        Ok(patterns)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_forms_of_a_pattern_are_told_apart() {
        assert_eq!(Pattern::parse("*", Kind::Text), Ok(Pattern::Any));
        assert_eq!(Pattern::parse("@home", Kind::Path), Ok(Pattern::Class(PathClass::Home)));
        assert_eq!(Pattern::parse("/a+/", Kind::Text), Ok(Pattern::Regex("a+".to_owned())));
        assert_eq!(Pattern::parse("/etc/*", Kind::Path), Ok(Pattern::Path("/etc/*".to_owned())));
    }

    #[test]
    fn a_bad_pattern_names_what_was_expected() {
        assert!(Pattern::parse("@hom", Kind::Path).unwrap_err().contains("@home"));
        assert!(Pattern::parse("/(/", Kind::Path).unwrap_err().starts_with("expected a regex"));
        assert!(Pattern::parse("", Kind::Text).is_err());
    }

    #[test]
    fn an_exclamation_mark_takes_values_away() {
        let patterns = Patterns::parse(&["*".to_owned(), "!@temp".to_owned()], Kind::Path).unwrap();
        assert_eq!(patterns.any, [Pattern::Any]);
        assert_eq!(patterns.not, [Pattern::Class(PathClass::Temp)]);
    }
}
