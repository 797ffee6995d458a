//! `argvet allow`: what the user accepts, rule by rule. Writes `exceptions.toml`, which
//! [`super::policy::exceptions`] reads.

use super::cli::{AllowArgs, AllowCommand, Color, NewException};
use super::locations::{Locations, create_private};
use super::policy::exceptions::{self, Entry, ExceptionFile};
use super::policy::{Purpose, files, for_host, names};
use super::printable::one_line;
use super::{Error, Exit, clock, output};
use std::io::Write;
use std::path::Path;

/// Adds, lists or removes exceptions.
pub(crate) fn run(arguments: AllowArgs) -> Result<Exit, Error> {
    let cwd = std::env::current_dir().ok();
    let Some(locations) = Locations::of(cwd.as_deref()).filter(|locations| locations.is_config_own) else {
        return Err(Error::Argument("expected a configuration directory outside the project".to_owned()));
    };
    let path = locations.exceptions_file();
    let file = read(&path)?;
    match arguments.command {
        Some(AllowCommand::List) => list(&file),
        Some(AllowCommand::Remove { number }) => remove(&path, file, number),
        None => add(&path, &file, arguments.new, cwd.as_deref()),
    }
}

fn read(path: &Path) -> Result<ExceptionFile, Error> {
    let Some(file) = files::read(path).map_err(Error::Argument)? else { return Ok(ExceptionFile::default()) };
    exceptions::parse(path, &file.text).map_err(Error::Argument)
}

fn add(path: &Path, file: &ExceptionFile, new: NewException, cwd: Option<&Path>) -> Result<Exit, Error> {
    let fail = |message: String| Err(Error::Argument(message));
    let (Some(rule), Some(reason)) = (new.rule, new.reason) else {
        return fail("expected a rule and --reason".to_owned());
    };
    let catalog = for_host(Purpose { host: None, cwd }).policy.catalog;
    if let Some(problem) = names::unknown_rule(&rule, &names::rules(&catalog)) {
        return fail(problem);
    }
    if reason.trim().is_empty() {
        return fail("--reason: expected a reason".to_owned());
    }
    if new.command.as_ref().is_some_and(|command| command.trim().is_empty()) {
        return fail("--command: expected a command".to_owned());
    }
    let prefix = match new.prefix.map(|text| shell_words::split(&text)) {
        None => None,
        Some(Ok(words)) if !words.is_empty() => Some(words),
        Some(_) => return fail("--prefix: expected the first words of a command".to_owned()),
    };
    let until = match new.until.map(|day| clock::day(&day)) {
        Some(Err(problem)) => return fail(format!("--until: {problem}")),
        Some(Ok(day)) if day < clock::today() => return fail(format!("--until: {day} is over")),
        Some(Ok(day)) => Some(day),
        None => None,
    };
    let directory = match new.directory.map(std::path::absolute) {
        None => None,
        Some(Ok(path)) => Some(path.to_string_lossy().into_owned()),
        Some(Err(error)) => return fail(format!("--in: {error}")),
    };
    let entry = Entry { rule, command: new.command, prefix, directory, until, reason };
    if file.exception.contains(&entry) {
        return fail("this exception is there already".to_owned());
    }
    let mut all = file.clone();
    all.exception.push(entry);
    save(path, &all)?;
    list(&all)
}

fn remove(path: &Path, mut file: ExceptionFile, number: usize) -> Result<Exit, Error> {
    let at = number.checked_sub(1).filter(|at| *at < file.exception.len());
    let Some(at) = at else {
        return Err(Error::Argument(format!("there is no exception {number}; see `argvet allow list`")));
    };
    file.exception.remove(at);
    save(path, &file)?;
    list(&file)
}

/// Replaces the file as a whole, so that a hook never sees a half of it.
fn save(path: &Path, file: &ExceptionFile) -> Result<(), Error> {
    let text = toml::to_string(file).map_err(|error| Error::Argument(error.to_string()))?;
    let text = format!("# Written by `argvet allow`; see `argvet allow list`.\n\n{text}");
    let new = path.with_extension("new");
    let folder = path.parent().unwrap_or(path);
    let written = create_private(folder)
        .and_then(|()| std::fs::write(&new, text))
        .and_then(|()| std::fs::rename(&new, path));
    written.map_err(|source| Error::WriteFile { path: path.to_owned(), source })
}

fn list(file: &ExceptionFile) -> Result<Exit, Error> {
    let mut out = output::human(Color::Auto);
    let mut say = |text: String| writeln!(out, "{text}").map_err(Error::Write);
    if file.exception.is_empty() {
        say("no exceptions".to_owned())?;
    }
    for (number, entry) in (1..).zip(&file.exception) {
        let what = match (&entry.command, &entry.prefix) {
            (Some(command), _) => format!("for `{}`", one_line(command.as_bytes())),
            (None, Some(words)) => format!("for commands that begin with `{}`", shell_words::join(words)),
            (None, None) => "for all commands".to_owned(),
        };
        let place = entry.directory.as_ref().map_or(", everywhere".to_owned(), |path| format!(", in {path}"));
        let over = if entry.counts_on(&clock::today()) { "" } else { " (over)" };
        let until = entry.until.as_ref().map(|day| format!(", until {day}{over}")).unwrap_or_default();
        say(format!("{number}  {}  {what}{place}{until}", entry.rule))?;
        say(format!("   {}", one_line(entry.reason.as_bytes())))?;
    }
    out.flush().map(|()| Exit::Allow).map_err(Error::Write)
}
