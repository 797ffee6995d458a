//! What a hook answers by, before it is put in a host's words: the verdict under the policy that counts for this host and
//! directory, and what has to be told besides.

use super::judge::{self, Judged};
use super::place;
use super::policy::{self, Assembled, Purpose};
use super::printable::one_line;
use crate::Facts;
use std::path::Path;

/// Judges the commands of one call of the hook.
pub(super) struct Guard {
    assembled: Assembled,
    facts: Facts,
}

impl Guard {
    /// The guard of a host, for commands that start in a directory.
    pub(super) fn new(host: &str, cwd: Option<&Path>) -> Guard {
        let assembled = policy::for_host(Purpose { host: Some(host), cwd });
        Guard { assembled, facts: place::facts(cwd) }
    }

    /// Judges a command.
    pub(super) fn rule(&self, command: &[u8]) -> Judged {
        judge::judge(command, &self.assembled.policy, &self.facts)
    }

    /// A sentence about what was left out, if anything was.
    pub(super) fn remark(&self) -> Option<String> {
        let problems = &self.assembled.problems;
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
