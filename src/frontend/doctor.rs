//! `argvet doctor`: whether the hosts really ask argvet and get the right answer. For each that is set up, a
//! destructive and a harmless command are put to the configured hook, and everything is looked at that could keep the
//! host from asking. argvet's own configuration and log are looked at, too.

mod round_trip;
mod switches;

use super::cli::Color;
use super::config::problems;
use super::hook::{Heard, hosts};
use super::install::change::{State, states};
use super::install::entry::{CommandLine, Entry};
use super::install::setup::Setup;
use super::install::setups::SETUPS;
use super::install::{Scope, files, is_present, location};
use super::{Error, Exit, output};
use std::io::{self, Write};
use std::path::Path;
use std::time::Duration;

/// What is asked about. The first is denied by every policy that deserves the name.
const DESTRUCTIVE: &str = "rm -rf /";
const HARMLESS: &str = "git status";

/// A call that takes longer is felt.
const SLOW: Duration = Duration::from_millis(300);

/// Looks at all hosts. Exit code 1 if something is wrong.
pub(crate) fn run() -> Result<Exit, Error> {
    let program = location::program()
        .map_err(|error| Error::Argument(format!("argvet's own path is not known: {error}")))?;
    let mut out = output::human(Color::Never);
    let mut count = 0;
    let mut own = problems(std::env::current_dir().ok().as_deref());
    own.extend(location::homeless().map(str::to_owned));
    for problem in &own {
        writeln!(out, "!!  {:12} {problem}", "argvet").map_err(Error::Write)?;
    }
    let mut is_good = own.is_empty();
    for setup in SETUPS {
        let Some(examined) = examine(setup, &program) else { continue };
        count += 1;
        is_good &= examined.problems.is_empty();
        report(&mut out, setup, &examined).map_err(Error::Write)?;
    }
    if count == 0 {
        writeln!(out, "No known host is on this machine.").map_err(Error::Write)?;
    }
    out.flush().map_err(Error::Write)?;
    Ok(if is_good { Exit::Allow } else { Exit::Deny })
}

/// What was found out about one host.
#[derive(Default)]
struct Examined {
    good: Vec<String>,
    problems: Vec<String>,
}

/// Examines a host; `None` if it is neither on this machine nor set up.
fn examine(setup: &'static Setup, program: &str) -> Option<Examined> {
    let entry = Entry { program, host: setup.host };
    let mut examined = Examined::default();
    let mut is_set_up = false;
    for (scope, name) in Scope::ALL {
        // Files of one setup that start the same hook are asked once.
        let mut hooks: Vec<(CommandLine, Vec<String>)> = Vec::new();
        for (path, state) in states(files(setup, scope), &entry) {
            match state {
                State::Absent => {}
                State::Present(lines) => {
                    is_set_up = true;
                    for words in lines {
                        match hooks.iter_mut().find(|(known, _)| *known == words) {
                            Some((_, paths)) => paths.push(path.clone()),
                            None => hooks.push((words, vec![path.clone()])),
                        }
                    }
                }
                State::Unknown(problem) => {
                    is_set_up = true;
                    examined.problems.push(format!("{name}: {problem}"));
                }
            }
        }
        for (words, paths) in hooks {
            let paths = paths.join(", ");
            match answers(setup, &words) {
                Ok(time) => examined.good.push(format!("{name}: {paths}: {time}")),
                Err(problem) => examined.problems.push(format!("{name}: {paths}: {problem}")),
            }
        }
    }
    if is_set_up {
        examined.problems.extend(switches::problems(setup));
    } else if is_present(setup) {
        examined.problems.push(format!("is on this machine and not set up: argvet install {}", setup.host));
    } else {
        return None;
    }
    Some(examined)
}

/// Puts both questions to a hook; how long the slower one took.
fn answers(setup: &Setup, words: &CommandLine) -> Result<String, String> {
    let again = format!("run: argvet install {}", setup.host);
    let program = words.first().map(String::as_str).unwrap_or_default();
    if !Path::new(program).is_absolute() {
        return Err(format!("{program} is not a full path, so another program may be started; {again}"));
    }
    if is_open_to_others(program) {
        return Err(format!("{program} can be overwritten by other users; chmod o-w it"));
    }
    let protocol =
        hosts::named(setup.host).and_then(|host| host.protocols.first()).ok_or("the host is not known")?;
    let mut slowest = Duration::ZERO;
    for (command, right) in [(DESTRUCTIVE, Heard::Blocks), (HARMLESS, Heard::Runs)] {
        let (answer, taken) = round_trip::ask(words, &protocol.payload(command))
            .map_err(|problem| format!("{problem}; {again}"))?;
        let heard = protocol.dialect.hear(&answer);
        if heard != Some(right) {
            let heard = match heard {
                Some(Heard::Runs) => "lets it run",
                Some(Heard::Asks) => "asks",
                Some(Heard::Blocks) => "blocks it",
                None => "says something that the host does not understand",
            };
            return Err(format!("asked about `{command}`, the hook {heard}; {again}"));
        }
        slowest = slowest.max(taken);
    }
    if slowest > SLOW {
        return Err(format!("a call takes {} ms; is the disk or the machine busy?", slowest.as_millis()));
    }
    Ok(format!(
        "blocks `{DESTRUCTIVE}`, lets `{HARMLESS}` run, {:.1} ms a call",
        slowest.as_secs_f64() * 1000.0
    ))
}

#[cfg(unix)]
fn is_open_to_others(program: &str) -> bool {
    use std::os::unix::fs::PermissionsExt;
    std::fs::metadata(program).is_ok_and(|metadata| metadata.permissions().mode() & 0o002 != 0)
}

#[cfg(not(unix))]
fn is_open_to_others(_: &str) -> bool {
    false
}

fn report(out: &mut impl Write, setup: &Setup, examined: &Examined) -> io::Result<()> {
    for line in &examined.good {
        writeln!(out, "ok  {:12} {line}", setup.host)?;
    }
    for line in &examined.problems {
        writeln!(out, "!!  {:12} {line}", setup.host)?;
    }
    Ok(())
}
