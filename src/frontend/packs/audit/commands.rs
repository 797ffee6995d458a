//! Help text to the subcommands that it lists. Nothing here knows a program: the forms are those of the families of
//! argument parsers (cobra, argparse, click, clap, urfave, kingpin, yargs, oclif, knack, man pages).
//!
//! Only sections that are about commands count, and lines of a synopsis that begin with the program itself: a word that
//! is no command would be run with `--help` next.

/// A subcommand, from the program on.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Listed {
    pub(super) path: Vec<String>,
    /// What the help says of it, in one line.
    pub(super) summary: String,
}

/// What the lines that follow are about.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Section {
    /// Commands; the column in which they stand, once known.
    Commands(Option<usize>),
    /// How the program is called.
    Usage,
    Other,
}

/// Words of headings that begin a list of commands.
const COMMANDS: [&str; 8] =
    ["command", "commands", "subcommand", "subcommands", "group", "groups", "subgroups", "actions"];

/// How far a heading that ends with a colon is from the margin at most.
const HEADING_INDENT: usize = 6;

/// Words of headings that end one.
const OTHERS: [&str; 15] = [
    "option",
    "options",
    "flag",
    "flags",
    "argument",
    "arguments",
    "environment",
    "example",
    "examples",
    "help",
    "topics",
    "learn",
    "note",
    "notes",
    "description",
];

/// The subcommands that the help text of `path` lists.
pub(super) fn listed(text: &str, path: &[String]) -> Vec<Listed> {
    let mut found: Vec<Listed> = Vec::new();
    let mut add = |names: Vec<String>, summary: &str| {
        let path: Vec<String> = path.iter().cloned().chain(names).collect();
        let is_new = found.iter().all(|known| known.path != path);
        if is_new && path.last().is_some_and(|name| name != "help") {
            found.push(Listed { path, summary: summary.to_owned() });
        }
    };
    let mut section = Section::Other;
    for line in text.lines() {
        let line = plain(line);
        let indent = line.len() - line.trim_start().len();
        let line = line.trim();
        if line.is_empty() {
            continue;
        }
        if let Some(names) = braced(line) {
            names.into_iter().for_each(|name| add(vec![name], ""));
            section = Section::Commands(None);
            continue;
        }
        if let Some(next) = heading(line, indent, section) {
            section = next;
        }
        if section == Section::Other {
            continue;
        }
        if let Some((names, summary)) = synopsis(line, path) {
            add(names, summary);
            continue;
        }
        let Section::Commands(column) = section else { continue };
        let item = item(line);
        match column {
            Some(column) if indent > column => {}
            // `grow, mark and tweak your common history` looks like a list of names.
            Some(column) if indent < column && gap(line).is_none() => {
                section = Section::Commands(None);
            }
            _ if item.is_empty() => {
                // A heading of some of the commands.
                section = Section::Commands(None);
            }
            _ => {
                section = Section::Commands(Some(indent));
                let summary = gap(line).map_or("", |(_, summary)| summary);
                item.into_iter().for_each(|name| add(vec![name], summary));
            }
        }
    }
    found
}

/// The line without escape sequences, and without the backspaces by which man pages print bold.
fn plain(line: &str) -> String {
    let mut text = String::with_capacity(line.len());
    let mut characters = line.chars();
    while let Some(character) = characters.next() {
        match character {
            '\u{8}' => drop(text.pop()),
            '\u{1b}' => drop(characters.find(char::is_ascii_alphabetic)),
            '\t' => text.push_str("    "),
            _ => text.push(character),
        }
    }
    text
}

/// The names of `{start,stop}`, with which argparse begins its list.
fn braced(line: &str) -> Option<Vec<String>> {
    let (names, rest) = line.strip_prefix('{')?.split_once('}')?;
    let names: Vec<String> = names.split(',').map(|name| name.trim().to_owned()).collect();
    let is_whole = matches!(rest.trim(), "" | "...") || rest.starts_with("  ");
    (is_whole && names.iter().all(|name| is_name(name))).then_some(names)
}

/// What begins with this line, if it is a heading. One that says neither leaves a list of commands open.
fn heading(line: &str, indent: usize, now: Section) -> Option<Section> {
    let lower = line.to_lowercase();
    if lower.starts_with("usage:") || matches!(lower.as_str(), "usage" | "synopsis") {
        return Some(Section::Usage);
    }
    if matches!(lower.as_str(), "<command>" | "command" | "<subcommand>" | "<action>") {
        return Some(Section::Commands(None));
    }
    let bare = line.trim_matches(|c: char| !c.is_alphanumeric() && !"()<>[]".contains(c));
    let is_ruled = line.starts_with(['━', '─', '═']);
    let is_loud =
        bare.chars().any(char::is_alphabetic) && !bare.chars().any(char::is_lowercase) && gap(line).is_none();
    // Deeper ones are sentences in manual pages.
    let is_called = line.ends_with(':') && gap(line).is_none() && indent <= HEADING_INDENT;
    let inside = matches!(now, Section::Commands(Some(column)) if indent > column);
    if !(is_ruled || is_loud || is_called) || inside {
        // Plain text at the margin ends a synopsis.
        return (now == Section::Usage && indent == 0 && !lower.starts_with("or:")).then_some(Section::Other);
    }
    let words: Vec<&str> = lower.split(|c: char| !c.is_alphanumeric()).collect();
    let has = |list: &[&str]| words.iter().any(|word| list.contains(word));
    if has(&OTHERS) {
        Some(Section::Other)
    } else if has(&COMMANDS) || matches!(now, Section::Commands(_)) {
        Some(Section::Commands(None))
    } else {
        Some(Section::Other)
    }
}

/// The subcommand in a line that begins with the program: `btrfs subvolume delete [options] <path>`.
fn synopsis<'l>(line: &'l str, path: &[String]) -> Option<(Vec<String>, &'l str)> {
    let (left, summary) = gap(line).unwrap_or((line, ""));
    let mut left = left;
    for front in ["$", "usage:", "Usage:", "or:"] {
        left = left.strip_prefix(front).unwrap_or(left).trim_start();
    }
    let mut words = left.split_whitespace();
    if !path.iter().all(|name| words.next() == Some(name)) {
        return None;
    }
    let mut names = Vec::new();
    for word in words {
        if is_placeholder(word) {
            break;
        }
        if !is_name(word) {
            return None;
        }
        names.push(word.to_owned());
    }
    (!names.is_empty()).then_some((names, summary))
}

/// The names at the beginning of a line of a list. The first of several is meant, unless it is a list of nothing else:
/// `rm, remove  deletes it`, but `access, adduser, audit,`.
fn item(line: &str) -> Vec<String> {
    let left = gap(line).map_or(line, |(left, _)| left);
    let is_alone = left == line;
    let left = left.split(" - ").next().unwrap_or(left).trim_end_matches([':', ',', '*', ' ']);
    let names: Vec<&str> = left.split(',').map(str::trim).collect();
    if is_alone && names.len() > 2 && names.iter().all(|name| is_name(name)) {
        return names.into_iter().map(str::to_owned).collect();
    }
    let mut words = names.first().copied().unwrap_or_default().split_whitespace();
    let Some(name) = words.next().map(|name| name.trim_end_matches(['*', ':'])) else { return Vec::new() };
    if is_name(name) && words.all(is_placeholder) { vec![name.to_owned()] } else { Vec::new() }
}

/// The line before and behind its first gap of two blanks, or the ` : ` of knack.
fn gap(line: &str) -> Option<(&str, &str)> {
    let at = line.find("  ").into_iter().chain(line.find(" : ")).min()?;
    let (left, right) = line.split_at_checked(at)?;
    Some((left, right.trim_start_matches([' ', ':'])))
}

/// Whether a word can be the name of a command.
fn is_name(word: &str) -> bool {
    word.starts_with(|first: char| first.is_ascii_lowercase() || first.is_ascii_digit())
        && word.chars().all(|c| c.is_ascii_alphanumeric() || "-_:.".contains(c))
        && !word.ends_with(['.', ':', '-'])
}

/// Whether a word stands for others: `[flags]`, `<path>`, `NAME`, `--all`.
fn is_placeholder(word: &str) -> bool {
    let name = word.trim_end_matches("...").trim_matches(|c: char| ",|".contains(c));
    word.starts_with(['[', '<', '{', '(', '-', '.', '|'])
        || (!name.is_empty()
            && name.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || "_-/|[]:.=".contains(c)))
}

#[cfg(test)]
mod tests;
