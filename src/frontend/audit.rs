//! The audit log: one line of JSON for each command that the hook judged, in `audit.jsonl` in the state directory.
//!
//! It must never delay or break an answer. A line is appended with one write; whatever goes wrong is silent here and told
//! by `argvet config check` and `argvet doctor`. Secrets are taken out first ([`redact`]).

mod redact;
mod show;

pub(crate) use show::run as show;

use super::clock;
use super::judge::Judged;
use super::locations::{Locations, create_private};
use super::printable::start_of;
use crate::Decision;
use serde::{Deserialize, Serialize};
use std::fs::{File, OpenOptions};
use std::io::Write;
use std::path::PathBuf;

/// Most columns of a command that are recorded.
const MAX_COMMAND: usize = 4096;

/// One line.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Entry {
    /// When, as `2026-11-25T21:37:00Z`.
    pub(crate) time: String,
    /// The host that asked.
    pub(crate) host: String,
    /// Its session.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) session: Option<String>,
    /// The directory in which the command would start.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) cwd: Option<String>,
    /// `allow`, `ask`, `deny`.
    pub(crate) verdict: String,
    /// The rules that were found.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) rules: Vec<String>,
    /// Those that an exception or a permission for one run took away.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) excused: Vec<String>,
    /// How many parts could not be seen.
    #[serde(skip_serializing_if = "is_zero")]
    pub(crate) gaps: usize,
    /// The command, without secrets.
    pub(crate) command: String,
}

/// Who asked, and about what.
#[derive(Clone, Copy)]
pub(super) struct Subject<'a> {
    pub(super) host: &'a str,
    pub(super) session: Option<&'a str>,
    pub(super) cwd: Option<&'a str>,
    pub(super) command: &'a [u8],
}

/// Records what was decided. Whether it worked is not told: the answer must not depend on it.
pub(super) fn record(locations: &Locations, megabytes: u32, subject: Subject<'_>, judged: &Judged) {
    let rules = |findings: Vec<&crate::Finding>| {
        let mut rules: Vec<String> = findings.into_iter().map(|finding| finding.rule.clone()).collect();
        rules.sort();
        rules.dedup();
        rules
    };
    let verdict = &judged.verdict;
    let entry = Entry {
        time: clock::now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string(),
        host: subject.host.to_owned(),
        session: subject.session.map(str::to_owned),
        cwd: subject.cwd.map(str::to_owned),
        verdict: verdict.decision.name().to_owned(),
        rules: rules(verdict.findings.iter().filter(|finding| finding.decision > Decision::Allow).collect()),
        excused: rules(verdict.excused.iter().map(|excused| &excused.finding).collect()),
        gaps: verdict.gaps.len(),
        command: redact::redact(&start_of(subject.command, MAX_COMMAND)),
    };
    let written = serde_json::to_vec(&entry).map_err(std::io::Error::from).and_then(|mut line| {
        line.push(b'\n');
        let mut file = open(locations, u64::from(megabytes) << 20)?;
        file.write_all(&line)
    });
    if let Err(error) = written {
        tracing::warn!(%error, "the audit log cannot be written");
    }
}

/// Why nothing can be recorded, if so.
pub(crate) fn problem(locations: &Locations) -> Option<String> {
    let error = open(locations, u64::MAX).err()?;
    Some(format!("{}: the audit log cannot be written: {error}", path(locations).display()))
}

/// The log.
pub(crate) fn path(locations: &Locations) -> PathBuf {
    locations.state.join("audit.jsonl")
}

/// What was the log before it was full.
fn old_path(locations: &Locations) -> PathBuf {
    locations.state.join("audit.jsonl.1")
}

/// Opens the log for appending. A full one is put aside, in place of the one that was put aside before.
fn open(locations: &Locations, limit: u64) -> std::io::Result<File> {
    let path = path(locations);
    match path.metadata() {
        // A pipe in its place would keep the hook waiting for somebody who reads it.
        Ok(metadata) if !metadata.is_file() => return Err(std::io::Error::other("expected a file")),
        Ok(metadata) if metadata.len() >= limit => std::fs::rename(&path, old_path(locations))?,
        Ok(_) => {}
        Err(_) => create_private(&locations.state)?,
    }
    let mut options = OpenOptions::new();
    options.append(true).create(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
fn is_zero(count: &usize) -> bool {
    *count == 0
}
