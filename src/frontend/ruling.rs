//! What a hook answers by, before it is put in a host's words: the verdict under the policy that counts for this host and
//! directory, permissions for one run, and what has to be told besides. What was decided is recorded.

use super::audit::{self, Subject};
use super::judge::{self, Judged};
use super::once::{self, Note};
use super::place;
use super::policy::{self, Assembled, Flag, Purpose};
use super::printable::one_line;
use crate::policy::layer::AUDIT_MEGABYTES;
use crate::{Decision, Excused, Facts};
use std::path::Path;

/// Whether anything is kept for later: denied commands, the audit log.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Memory {
    /// It is.
    Kept,
    /// Nothing is written, and no permission is used up.
    None,
}

/// Who asks, and where the command would start.
#[derive(Clone, Copy, Debug)]
pub(super) struct Asking<'a> {
    /// The host, by its name.
    pub(super) host: &'a str,
    /// The working directory, if the host says it.
    pub(super) cwd: Option<&'a str>,
    /// The session, if the host says it.
    pub(super) session: Option<&'a str>,
}

/// Judges the commands of one call of the hook.
pub(super) struct Guard<'a> {
    assembled: Assembled,
    /// What is known of the place where the commands would run.
    pub(super) facts: Facts,
    asking: Asking<'a>,
    memory: Memory,
}

/// A verdict with all it was drawn from, and how a person can allow the command.
pub(super) struct Ruling {
    pub(super) judged: Judged,
    /// The code for `argvet allow-once`.
    pub(super) code: Option<String>,
}

impl<'a> Guard<'a> {
    /// The guard of a host, under its configuration and what the hook's own command line sets.
    pub(super) fn new(asking: Asking<'a>, flags: &[Flag], memory: Memory) -> Guard<'a> {
        let directory = asking.cwd.map(Path::new);
        let assembled = policy::for_hook(Purpose { host: Some(asking.host), cwd: directory }, flags);
        Guard { assembled, facts: place::facts(directory), asking, memory }
    }

    /// Judges a command. Where the host can ask, only a denial needs another way to allow it.
    pub(super) fn rule(&self, command: &[u8], can_ask: bool) -> Ruling {
        let mut judged = judge::judge(command, &self.assembled.policy, &self.facts);
        if self.memory == Memory::None {
            return Ruling { judged, code: None };
        }
        let code = match judged.verdict.decision {
            Decision::Allow => None,
            decision => self.permission(command, &mut judged, can_ask && decision == Decision::Ask),
        };
        self.record(command, &judged);
        Ruling { judged, code }
    }

    /// Uses the permission of a person if there is one. If not, the code to get it by.
    fn permission(&self, command: &[u8], judged: &mut Judged, is_asked: bool) -> Option<String> {
        let locations = self.assembled.locations.as_ref().filter(|locations| locations.is_state_own)?;
        let mut rules: Vec<String> =
            judged.verdict.findings.iter().map(|finding| finding.rule.clone()).collect();
        rules.dedup();
        let note = Note {
            // What is no text would look the same as something else.
            command: std::str::from_utf8(command).ok()?.to_owned(),
            cwd: self.asking.cwd.map(str::to_owned),
            host: self.asking.host.to_owned(),
            session: self.asking.session.map(str::to_owned),
            rules,
            time: super::clock::seconds(),
        };
        if once::take(locations, &note) {
            let reason = "allowed once by the user".to_owned();
            let findings = std::mem::take(&mut judged.verdict.findings).into_iter();
            judged
                .verdict
                .excused
                .extend(findings.map(|finding| Excused { finding, reason: reason.clone() }));
            judged.verdict.decision = Decision::Allow;
            return None;
        }
        if is_asked { None } else { once::offer(locations, &note) }
    }

    fn record(&self, command: &[u8], judged: &Judged) {
        let effective = self.assembled.policy.effective();
        let Some(locations) = &self.assembled.locations else { return };
        if effective.audit.over(true).0 {
            let Asking { host, cwd, session } = self.asking;
            let subject = Subject { host, session, cwd, command };
            audit::record(locations, effective.audit_megabytes.over(AUDIT_MEGABYTES).0, subject, judged);
        }
    }

    /// A sentence about what was left out, if anything was.
    pub(super) fn remark(&self) -> Option<String> {
        let late = self.assembled.late.borrow();
        let problems: Vec<&String> = self.assembled.problems.iter().chain(&*late).collect();
        let first = one_line(problems.first()?.as_bytes());
        let more = match problems.len() {
            1 => String::new(),
            count => format!(" (and {} more)", count - 1),
        };
        Some(format!(
            "A part of argvet's configuration is left out, because it cannot be used: {first}{more}. Tell the user to run \
             `argvet config check`."
        ))
    }
}
