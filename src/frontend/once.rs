//! Permission for one run of one command: `argvet allow-once CODE`.
//!
//! What the hook denies it writes down under a short code, which the agent is told. A person who runs
//! `argvet allow-once` with this code in a terminal turns the note into a permission; the next time that the same command
//! is asked about (in the same directory and session) it is used up. `core.guard` denies the program to agents, and
//! without a terminal it does nothing.

use super::cli::{AllowOnceArgs, Color};
use super::locations::Locations;
use super::printable::{one_line, start_of};
use super::{Error, Exit, clock, output};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};

/// How long a denied command can be allowed, in seconds.
const PENDING: i64 = 60 * 60;

/// How long the permission counts, in seconds.
const GRANTED: i64 = 10 * 60;

/// How many notes are kept before old ones are removed.
const MAX_NOTES: usize = 256;

/// Longest command that a note is kept of; nobody reads a longer one before allowing it.
const MAX_COMMAND: usize = 64 << 10;

/// Letters of a code: none that is mistaken for another.
const LETTERS: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";

/// A command of which a person may decide.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub(super) struct Note {
    /// The command.
    pub(super) command: String,
    /// Where it would run.
    pub(super) cwd: Option<String>,
    /// Who asked.
    pub(super) host: String,
    /// In which session.
    pub(super) session: Option<String>,
    /// What was found.
    pub(super) rules: Vec<String>,
    /// When it was denied, or until when it is allowed: seconds since 1970.
    pub(super) time: i64,
}

impl Note {
    /// The short name of this command in this directory and session: always the same.
    pub(super) fn code(&self) -> String {
        let mut digest = Sha256::new();
        let nothing = String::new();
        for part in
            [&self.command, self.cwd.as_ref().unwrap_or(&nothing), self.session.as_ref().unwrap_or(&nothing)]
        {
            digest.update((part.len() as u64).to_le_bytes());
            digest.update(part);
        }
        let letter = |byte: u8| LETTERS.get(usize::from(byte % 32)).copied().map(char::from);
        digest.finalize().iter().take(6).filter_map(|byte| letter(*byte)).collect()
    }

    fn is_about_the_same(&self, other: &Note) -> bool {
        (&self.command, &self.cwd, &self.session) == (&other.command, &other.cwd, &other.session)
    }
}

/// Whether a person has allowed this run. The permission is used up.
pub(super) fn take(locations: &Locations, asked: &Note) -> bool {
    let path = granted(locations, &asked.code());
    let Some(note) = read(&path) else { return false };
    // Who removes the file may run the command: of two that ask at the same time, one.
    std::fs::remove_file(&path).is_ok() && note.is_about_the_same(asked) && clock::seconds() <= note.time
}

/// Writes a denied command down; its code, or nothing if that does not work.
pub(super) fn offer(locations: &Locations, asked: &Note) -> Option<String> {
    if asked.command.len() > MAX_COMMAND {
        return None;
    }
    let folder = folder(locations);
    let code = asked.code();
    let text = serde_json::to_vec(asked).ok()?;
    let path = folder.join(&code);
    if std::fs::write(&path, &text).is_err() {
        super::locations::create_private(&folder).ok()?;
        std::fs::write(&path, &text).ok()?;
    }
    clean(&folder);
    Some(code)
}

/// Asks a person about a command that was denied, and writes the permission.
pub(super) fn run(arguments: &AllowOnceArgs) -> Result<Exit, Error> {
    let fail = |what: &str| Err(Error::Argument(what.to_owned()));
    if !(std::io::stdin().is_terminal() && std::io::stdout().is_terminal()) {
        return fail("allow-once is for a person at a terminal, and this is none");
    }
    let Some(locations) = Locations::of(std::env::current_dir().ok().as_deref()) else {
        return fail("expected a home directory");
    };
    let code = arguments.code.trim().to_ascii_lowercase();
    let is_code = code.len() == 6 && code.bytes().all(|byte| LETTERS.contains(&byte));
    let path = folder(&locations).join(&code);
    let note = read(&path).filter(|note| is_code && clock::seconds() - note.time <= PENDING);
    let Some(note) = note else {
        return fail("no command with this code was denied within the last hour");
    };
    let mut out = output::human(Color::Auto);
    let mut say = |text: String| writeln!(out, "{text}").and_then(|()| out.flush()).map_err(Error::Write);
    say(format!("command    {}", one_line(note.command.as_bytes())))?;
    say(format!(
        "directory  {}",
        note.cwd.as_deref().map_or_else(|| "unknown".to_owned(), |cwd| one_line(cwd.as_bytes()))
    ))?;
    say(format!("asked by   {}", note.host))?;
    say(format!("rules      {}", note.rules.join(", ")))?;
    say("Allow this to run once, within ten minutes? [y/N]".to_owned())?;
    let mut answer = String::new();
    std::io::stdin()
        .read_line(&mut answer)
        .map_err(|source| Error::Read { path: PathBuf::from("-"), source })?;
    if !matches!(answer.trim().to_ascii_lowercase().as_str(), "y" | "yes") {
        say("not allowed".to_owned())?;
        return Ok(Exit::Deny);
    }
    let permission = Note { time: clock::seconds() + GRANTED, ..note };
    let text = serde_json::to_vec(&permission).unwrap_or_default();
    let target = granted(&locations, &code);
    std::fs::write(&target, text).map_err(|source| Error::WriteFile { path: target.clone(), source })?;
    // The denial is answered: its code is of no more use. If it stays, it expires.
    let _ = std::fs::remove_file(&path);
    say(format!("allowed once: {}", start_of(permission.command.as_bytes(), 80)))?;
    Ok(Exit::Allow)
}

fn folder(locations: &Locations) -> PathBuf {
    locations.state.join("once")
}

fn granted(locations: &Locations, code: &str) -> PathBuf {
    folder(locations).join(format!("{code}.granted"))
}

fn read(path: &Path) -> Option<Note> {
    serde_json::from_slice(&std::fs::read(path).ok()?).ok()
}

/// Removes what has expired, once there is much of it.
fn clean(folder: &Path) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    let paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).take(MAX_NOTES * 4).collect();
    if paths.len() <= MAX_NOTES {
        return;
    }
    for path in paths {
        let is_old = read(&path).is_none_or(|note| clock::seconds() - note.time > PENDING);
        if is_old {
            // Somebody else may have removed it.
            let _ = std::fs::remove_file(&path);
        }
    }
}
