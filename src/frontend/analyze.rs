//! `argvet analyze`: one command or script, shown to a person or as a JSON document.

use super::cli::{AnalyzeArgs, Format, Shell};
use super::document::Document;
use super::judge::Judged;
use super::policy::{self, Purpose};
use super::printable::{one_line, width};
use super::{Error, Exit, hook, judge, output, place, report};
use crate::{Decision, Dialect, Exception, Facts, Scope};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

/// Judges the command that the arguments name, and prints the result.
pub(crate) fn run(arguments: AnalyzeArgs) -> Result<Exit, Error> {
    let source = source(&arguments)?;
    let directory = directory(arguments.cwd.as_deref())?;
    let mut facts = place::facts(directory.as_deref());
    facts.dialect = dialect(arguments.shell);
    if arguments.file.is_some() {
        // A script file gets arguments that nobody knows here.
        facts.arguments = None;
    }
    facts.input_is_unseen = arguments.host.as_deref().is_some_and(hook::types_unseen);
    let purpose = Purpose { host: arguments.host.as_deref(), cwd: directory.as_deref() };
    let assembled = policy::for_arguments(&arguments.packs, purpose)?;
    let late = assembled.late.clone();
    let policy = assembled.tell();
    judge::silence_panics();
    let judged = judge::judge(&source, &policy, &facts);
    for problem in &*late.borrow() {
        anstream::eprintln!("argvet: {problem}; it is left out");
    }
    let document = Document::new(&source, &judged);
    let printed = match arguments.format {
        Format::Json => output::json(&document),
        Format::Human => {
            let mut out = output::human(arguments.color);
            let exception = exception(&arguments, &source, &judged, &facts);
            let written =
                report::write(&mut out, &source, &document, exception.as_deref(), output::columns());
            written.and_then(|()| out.flush()).map_err(Error::Write)
        }
    };
    // Whoever has read enough of it (`| head`) still gets the verdict.
    output::unless_closed(printed).map(|()| judged.verdict.decision.into())
}

/// Longest command for which an exception is offered.
const MAX_EXCEPTED: usize = 160;

/// The command line that excepts exactly this command in its directory from the one rule that objects. `None` where that
/// would not be enough, or where the text is no command that can be shown in a line.
fn exception(arguments: &AnalyzeArgs, source: &[u8], judged: &Judged, facts: &Facts) -> Option<String> {
    if arguments.file.is_some() {
        return None;
    }
    let findings = || judged.verdict.findings.iter().filter(|finding| finding.decision > Decision::Allow);
    let rule = &findings().next()?.rule;
    let exception = Exception {
        rule: rule.clone(),
        scope: Scope::Command(source.to_vec()),
        directory: Some(facts.cwd.clone()?),
        reason: String::new(),
    };
    let command = std::str::from_utf8(source.trim_ascii()).ok()?;
    let is_shown = width(command) <= MAX_EXCEPTED && one_line(command.as_bytes()) == command;
    let is_enough = findings().all(|finding| exception.would_cover(finding, source, &judged.trace, facts));
    let place = arguments.cwd.as_deref().unwrap_or(Path::new(".")).to_str()?;
    let (command, place) = (shell_words::quote(command), shell_words::quote(place));
    (is_shown && is_enough)
        .then(|| format!("argvet allow {rule} --command {command} --in {place} --reason '…'"))
}

/// The text to judge.
fn source(arguments: &AnalyzeArgs) -> Result<Vec<u8>, Error> {
    match (&arguments.file, &arguments.command) {
        (Some(path), _) => std::fs::read(path).map_err(|source| Error::Read { path: path.clone(), source }),
        (None, Some(command)) if command != "-" => Ok(command.as_encoded_bytes().to_vec()),
        (None, _) => {
            let mut text = Vec::new();
            let path = PathBuf::from("-");
            std::io::stdin().read_to_end(&mut text).map_err(|source| Error::Read { path, source })?;
            Ok(text)
        }
    }
}

/// The directory that the command would run in, made absolute. It need not exist.
fn directory(given: Option<&Path>) -> Result<Option<PathBuf>, Error> {
    match given {
        Some(path) => std::path::absolute(path)
            .map(Some)
            .map_err(|error| Error::Argument(format!("--cwd {}: {error}", path.display()))),
        None => Ok(std::env::current_dir().ok()),
    }
}

fn dialect(shell: Shell) -> Dialect {
    match shell {
        Shell::Bash => Dialect::Bash,
        Shell::Sh | Shell::Dash => Dialect::Sh,
        Shell::Ksh => Dialect::Ksh,
        Shell::Zsh => Dialect::Zsh,
    }
}
