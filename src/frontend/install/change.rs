//! What would change in one file, worked out before anything is written.

use super::entry::{CommandLine, Entry};
use super::setup::{Content, File};
use super::{json, location, toml, write, yaml};
use serde_json::Value;
use std::path::{Path, PathBuf};

/// Largest configuration that is edited; real ones have kilobytes.
const MAX_SIZE: u64 = 16 << 20;

/// The mark at the start of a file that some editors write, and no parser here reads.
const MARK: char = '\u{feff}';

/// A change of one file.
#[derive(Debug)]
pub(crate) struct Change {
    /// The file.
    pub(crate) path: PathBuf,
    /// What it holds now, if it is there.
    pub(crate) before: Option<String>,
    /// What it shall hold; `None` if it shall go.
    pub(crate) after: Option<String>,
    /// Whether it is a program.
    pub(crate) is_executable: bool,
    /// Whether it holds now nothing but what argvet has written, so that nobody needs a copy.
    pub(crate) is_only_argvets: bool,
}

impl Change {
    /// Whether there is nothing to do.
    pub(crate) fn is_none(&self) -> bool {
        self.before == self.after
    }
}

/// What stands in a file of a setup.
#[derive(PartialEq, Eq, Debug)]
pub(crate) enum State {
    /// Nothing of argvet's.
    Absent,
    /// argvet's hooks.
    Present(Vec<CommandLine>),
    /// Nobody knows.
    Unknown(String),
}

/// The change that puts argvet into a file.
pub(crate) fn install(file: &File, entry: &Entry<'_>) -> Result<Change, String> {
    let (path, before) = open(file)?;
    let present = before.as_deref().unwrap_or_default();
    let after = match file.content {
        Content::Json { list, entry: text, base } => {
            let value = parse(&entry.fill(text))?;
            edited(present, |text| json::with(if text.trim().is_empty() { base } else { text }, list, &value))
        }
        Content::Toml { array, entry: text } => {
            edited(present, |old| toml::with(old, array, &entry.fill(text)))
        }
        Content::Yaml { place, entry: text } => {
            edited(present, |old| yaml::with(old, place, &entry.fill(text)))
        }
        Content::Setting { path: keys, value } => {
            edited(present, |text| json::with_setting(text, keys, value))
        }
        Content::Text { text, .. } => match &before {
            Some(other) if !other.contains("argvet") => {
                Err(format!("it holds something else; add this to it:\n{}", entry.fill(text)))
            }
            _ => Ok(entry.fill(text)),
        },
    };
    let after = after.map_err(|problem| at(&path, &problem))?;
    let is_executable = matches!(file.content, Content::Text { is_executable: true, .. });
    let is_only_argvets = is_only_argvets(file.content, before.as_deref(), entry);
    Ok(Change { path, before, after: Some(after), is_executable, is_only_argvets })
}

/// The change that takes argvet out of a file.
pub(crate) fn uninstall(file: &File, entry: &Entry<'_>) -> Result<Change, String> {
    let (path, before) = open(file)?;
    let after = before.as_deref().map_or(Ok(None), |text| without(file.content, text));
    let mut after = after.map_err(|problem| at(&path, &problem))?;
    let is_only_argvets = is_only_argvets(file.content, before.as_deref(), entry);
    // Where there was a file before argvet's part came in, `install` has left a copy of it.
    let is_made = is_only_argvets && !write::copy_of(&path).exists();
    if (file.is_own || is_made) && after != before {
        after = None;
    }
    Ok(Change { path, before, after, is_executable: false, is_only_argvets })
}

/// A text without argvet's part; `None` if nothing else can be in it.
fn without(content: Content, text: &str) -> Result<Option<String>, String> {
    match content {
        Content::Text { .. } if text.contains("argvet") => Ok(None),
        Content::Text { .. } => Ok(Some(text.to_owned())),
        Content::Json { list, .. } => edited(text, |text| json::without(text, list)).map(Some),
        Content::Setting { path: keys, .. } => {
            edited(text, |text| json::without_setting(text, keys)).map(Some)
        }
        Content::Yaml { place, .. } => edited(text, |text| yaml::without(text, place)).map(Some),
        Content::Toml { array, .. } => edited(text, |text| toml::without(text, array)).map(Some),
    }
}

/// Whether a file has argvet's part and otherwise no more than one that `install` makes: no comment either.
fn is_only_argvets(content: Content, text: Option<&str>, entry: &Entry<'_>) -> bool {
    let Some(text) = text else { return false };
    if let Content::Text { text: written, .. } = content {
        return text == entry.fill(written);
    }
    let Ok(Some(rest)) = without(content, text) else { return false };
    rest != text && is_as_made(content, &rest)
}

fn is_as_made(content: Content, text: &str) -> bool {
    let bare = |text: &str| text.trim_start_matches(MARK).split_whitespace().collect::<String>();
    match content {
        Content::Json { base, .. } => bare(text) == bare(base),
        Content::Setting { .. } => bare(text) == "{}",
        Content::Toml { .. } | Content::Yaml { .. } => bare(text).is_empty(),
        Content::Text { .. } => false,
    }
}

/// A text after an edit that knows neither the mark at its start nor line ends other than `\n`; both stay.
fn edited(text: &str, edit: impl Fn(&str) -> Result<String, String>) -> Result<String, String> {
    let (mark, bare) = match text.strip_prefix(MARK) {
        Some(bare) => (MARK.to_string(), bare),
        None => (String::new(), text),
    };
    let after = edit(bare)?;
    if after == bare {
        return Ok(text.to_owned());
    }
    let unified = after.replace("\r\n", "\n");
    let lines = if bare.contains("\r\n") { unified.replace('\n', "\r\n") } else { unified };
    Ok(format!("{mark}{lines}"))
}

/// What stands in the files of a setup in one place, each with its path for people. Where argvet is in one of them, it
/// has to be in all.
pub(crate) fn states(files: &[File], entry: &Entry<'_>) -> Vec<(String, State)> {
    let mut states: Vec<(String, State)> =
        files.iter().map(|file| (shown(file), state(file, entry))).collect();
    if states.iter().any(|(_, state)| *state != State::Absent) {
        for (path, state) in states.iter_mut().filter(|(_, state)| *state == State::Absent) {
            *state = State::Unknown(format!(
                "{path}: argvet's part is missing there; run: argvet install {}",
                entry.host
            ));
        }
    }
    states
}

/// The path of a file for people.
fn shown(file: &File) -> String {
    location::expand(file.path).map(|path| location::display(&path)).unwrap_or_default()
}

/// What stands in a file. Of users without a home directory nothing does ([`location::homeless`]).
fn state(file: &File, entry: &Entry<'_>) -> State {
    if location::expand(file.path).is_none() {
        return State::Absent;
    }
    let found = open(file).and_then(|(path, text)| {
        let Some(text) = text else { return Ok(Vec::new()) };
        let text = text.strip_prefix(MARK).unwrap_or(&text);
        match file.content {
            Content::Json { list, .. } => json::found(text, list),
            Content::Toml { array, .. } => toml::found(text, array),
            Content::Yaml { place, .. } => yaml::found(text, place),
            Content::Setting { path: keys, value } => json::is_set(text, keys, value)
                .map(|is_set| if is_set { vec![entry.words()] } else { Vec::new() }),
            Content::Text { text: expected, .. } if entry.fill(expected) == text => Ok(vec![entry.words()]),
            Content::Text { .. } if !text.contains("argvet") => Ok(Vec::new()),
            Content::Text { .. } => {
                Err("it is not as this version of argvet writes it; install it again".to_owned())
            }
        }
        .map_err(|problem| at(&path, &problem))
    });
    match found {
        Ok(found) if found.is_empty() => State::Absent,
        Ok(found) => State::Present(found),
        Err(problem) => State::Unknown(problem),
    }
}

/// The path and the text of a file, if it is there. A link leads to the file that is edited.
fn open(file: &File) -> Result<(PathBuf, Option<String>), String> {
    let path = location::expand(file.path).ok_or("there is no home directory (HOME)")?;
    let path = location::resolve(path);
    match location::read(&path, MAX_SIZE) {
        Ok(text) => Ok((path, Some(text))),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok((path, None)),
        Err(error) => Err(at(&path, &format!("cannot be read: {error}"))),
    }
}

fn parse(text: &str) -> Result<Value, String> {
    serde_json::from_str(text).map_err(|error| error.to_string())
}

fn at(path: &Path, problem: &str) -> String {
    match problem.strip_prefix("line ").and_then(|rest| rest.split_once(": ")) {
        Some((line, problem)) => format!("{}:{line}: {problem}", location::display(path)),
        None => format!("{}: {problem}", location::display(path)),
    }
}
