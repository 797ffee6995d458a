//! `argvet status`: which hosts are on this machine, and which of them ask argvet.

use super::change::{State, states};
use super::entry::Entry;
use super::location;
use super::setups::SETUPS;
use super::{Scope, files, is_present};
use crate::frontend::cli::Color;
use crate::frontend::{Error, Exit, output};
use std::io::Write;

/// Lists the hosts. Exit code 1 if one that is on this machine does not ask argvet, or not this one.
pub(crate) fn run() -> Result<Exit, Error> {
    let program = location::program()
        .map_err(|error| Error::Argument(format!("argvet's own path is not known: {error}")))?;
    let mut out = output::human(Color::Never);
    let mut exit = Exit::Allow;
    let mut is_empty = true;
    if let Some(problem) = location::homeless() {
        exit = Exit::Deny;
        writeln!(out, "--  {:12} {problem}", "argvet").map_err(Error::Write)?;
    }
    for setup in SETUPS {
        let entry = Entry { program: &program, host: setup.host };
        let mut lines = Vec::new();
        for (scope, name) in Scope::ALL {
            for (path, state) in states(files(setup, scope), &entry) {
                match state {
                    State::Absent => {}
                    State::Present(found) if found.iter().all(|words| words.first() == Some(&program)) => {
                        lines.push((true, format!("{name}: {path}")));
                    }
                    State::Present(found) => {
                        let other =
                            found.iter().filter_map(|words| words.first()).find(|path| **path != program);
                        let other = other.map(String::as_str).unwrap_or_default();
                        lines.push((false, format!("{name}: {path} starts another argvet: {other}")));
                    }
                    State::Unknown(problem) => lines.push((false, format!("{name}: {problem}"))),
                }
            }
        }
        if lines.is_empty() && is_present(setup) {
            lines.push((false, format!("not set up: argvet install {}", setup.host)));
        }
        for (is_good, line) in lines {
            is_empty = false;
            if !is_good {
                exit = Exit::Deny;
            }
            let mark = if is_good { "ok" } else { "--" };
            writeln!(out, "{mark}  {:12} {line}", setup.host).map_err(Error::Write)?;
        }
    }
    if is_empty {
        writeln!(out, "No known host is on this machine.").map_err(Error::Write)?;
    }
    out.flush().map_err(Error::Write)?;
    Ok(exit)
}
