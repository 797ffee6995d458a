//! `argvet install`, `uninstall`, `status`: writes argvet into the configuration of hosts, takes it out again, and
//! says where it is.
//!
//! ```text
//! setups (facts) ──▶ change (what would be different in which file) ──▶ diff, or backup and write
//! ```
//!
//! The files are the user's: only argvet's own entry in them changes, and one that is not understood is not touched.

mod arguments;
pub(crate) mod change;
pub(crate) mod entry;
pub(crate) mod json;
pub(crate) mod location;
pub(crate) mod setup;
pub(crate) mod setups;
mod status;
mod toml;
mod write;
mod yaml;

pub(crate) use arguments::{InstallArgs, Scope};
pub(crate) use status::run as status;

use super::{Error, Exit, output};
use change::Change;
use entry::Entry;
use setup::{File, Setup};
use std::collections::BTreeSet;
use std::io::Write;

/// Installs or uninstalls.
pub(crate) fn run(arguments: &InstallArgs, verb: Verb) -> Result<Exit, Error> {
    let program = location::program()
        .map_err(|error| Error::Argument(format!("argvet's own path is not known: {error}")))?;
    let mut out = output::human(super::cli::Color::Never);
    let mut exit = Exit::Allow;
    let mut setups = arguments.hosts(verb, &program);
    if setups.is_empty() {
        let nothing = match verb {
            Verb::Install => "No known host was found on this machine. Name one: argvet install HOST",
            Verb::Uninstall => "No host asks argvet in this place.",
        };
        writeln!(out, "{nothing}").map_err(Error::Write)?;
    }
    // Names may stand twice on the command line.
    let mut seen = BTreeSet::new();
    setups.retain(|setup| seen.insert(setup.host));
    for setup in setups {
        if !host(&mut out, setup, &program, arguments, verb).map_err(Error::Write)? {
            exit = Exit::Usage;
        }
    }
    out.flush().map_err(Error::Write)?;
    Ok(exit)
}

/// What is to be done.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Verb {
    /// Put argvet in.
    Install,
    /// Take it out.
    Uninstall,
}

/// Does one host; whether everything could be done.
fn host(
    out: &mut impl Write,
    setup: &'static Setup,
    program: &str,
    arguments: &InstallArgs,
    verb: Verb,
) -> std::io::Result<bool> {
    let entry = Entry { program, host: setup.host };
    let files: &[File] = files(setup, arguments.scope());
    if files.is_empty() {
        writeln!(out, "{}: nothing can be set up in this place; see docs/hosts.md", setup.host)?;
        return Ok(arguments.all);
    }
    let mut is_done = true;
    let mut has_changed = false;
    for file in files {
        let change = match verb {
            Verb::Install => change::install(file, &entry),
            Verb::Uninstall => change::uninstall(file, &entry),
        };
        match change {
            Ok(change) if change.is_none() => {
                let path = location::display(&change.path);
                writeln!(out, "{}: {path}: nothing to do", setup.host)?;
            }
            Ok(change) if arguments.dry_run => write!(out, "{}", write::diff(&change))?,
            Ok(change) => match apply(out, setup.host, &change) {
                Ok(()) => has_changed = true,
                Err(error) => {
                    writeln!(out, "{}: {}: {error}", setup.host, location::display(&change.path))?;
                    is_done = false;
                }
            },
            Err(problem) => {
                writeln!(out, "{}: {problem}", setup.host)?;
                is_done = false;
            }
        }
    }
    if has_changed && verb == Verb::Install && !setup.note.is_empty() {
        writeln!(out, "  {}", setup.note)?;
    }
    Ok(is_done)
}

fn apply(out: &mut impl Write, host: &str, change: &Change) -> std::io::Result<()> {
    let copy = write::apply(change)?;
    let done = match (&change.before, &change.after) {
        (_, None) => "deleted",
        (None, _) => "written",
        _ => "changed",
    };
    write!(out, "{host}: {}: {done}", location::display(&change.path))?;
    match copy {
        Some(copy) => writeln!(out, "; what it was is in {}", location::display(&copy)),
        None => writeln!(out),
    }
}

/// The files of a setup in a place.
pub(crate) fn files(setup: &'static Setup, scope: Scope) -> &'static [File] {
    match scope {
        Scope::User => setup.user,
        Scope::Project => setup.project,
        Scope::Managed => setup.managed,
    }
}

/// Whether the host seems to be on this machine.
pub(crate) fn is_present(setup: &Setup) -> bool {
    setup.programs.iter().any(|program| location::on_path(program).is_some())
        || setup.folders.iter().any(|path| location::expand(path).is_some_and(|path| path.exists()))
}
