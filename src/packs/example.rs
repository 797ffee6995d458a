//! The examples of packs, run through the whole pipeline. An outcome that is not as the pack says has a name: a
//! `blocks` that its rule does not stop is *missing*, an `allows` or `harmless` that a rule of the pack stops is
//! *noisy*.
//!
//! The judging itself is handed in: packs stand below policy.

use super::{Catalog, RuleText, Severity};
use crate::facts::Facts;
use std::fmt;

/// An example that does not come out as its pack says.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Outcome {
    /// The rule does not stop the command, or does not fire at all.
    Missing {
        /// The rule.
        rule: String,
        /// The command.
        command: String,
    },
    /// A rule of the pack stops a command that it should not.
    Noisy {
        /// The rule that fires.
        rule: String,
        /// The command.
        command: String,
    },
}

/// The facts that examples are judged with: a project in the home directory, in which the command is run.
pub(crate) fn facts() -> Facts {
    let project = b"/home/user/project".to_vec();
    Facts {
        cwd: Some(project.clone()),
        home: Some(b"/home/user".to_vec()),
        project: Some(project),
        ..Facts::default()
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Outcome::Missing { rule, command } => write!(f, "missing: {rule} does not stop `{command}`"),
            Outcome::Noisy { rule, command } => write!(f, "noisy: {rule} stops `{command}`"),
        }
    }
}

/// Runs all examples of a pack. `fire` says which rules fire on a command, by id.
pub(crate) fn run(
    catalog: &Catalog,
    pack: &str,
    mut fire: impl FnMut(&str) -> Vec<(String, Severity)>,
) -> Vec<Outcome> {
    let mut outcomes = Vec::new();
    let prefix = format!("{pack}/");
    let noisy = |command: &String, fired: Vec<(String, Severity)>| {
        let stops =
            |(rule, severity): &(String, Severity)| rule.starts_with(&prefix) && *severity > Severity::Low;
        let first = fired.into_iter().find(stops);
        first.map(|(rule, _)| Outcome::Noisy { rule, command: command.clone() })
    };
    for rule in catalog.rules(pack) {
        outcomes.extend(
            rule.blocks
                .iter()
                .filter(|command| !fires(&rule, &fire(command)))
                .map(|command| Outcome::Missing { rule: rule.id.clone(), command: command.clone() }),
        );
        for command in &rule.allows {
            outcomes.extend(noisy(command, fire(command)));
        }
    }
    for command in catalog.packs().into_iter().filter(|text| text.id == pack).flat_map(|text| text.harmless) {
        outcomes.extend(noisy(&command, fire(&command)));
    }
    outcomes
}

fn fires(rule: &RuleText, fired: &[(String, Severity)]) -> bool {
    fired.iter().any(|(id, _)| *id == rule.id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn outcomes_are_missing_or_noisy() {
        let catalog = Catalog::builtin();
        let prune = "backup.restic/prune".to_owned();
        // A judge that only knows one rule, and sees it everywhere.
        let outcomes = run(&catalog, "backup.restic", |_| vec![(prune.clone(), Severity::High)]);
        let missing = |rule: &str| {
            outcomes.iter().any(|outcome| matches!(outcome, Outcome::Missing { rule: r, .. } if r == rule))
        };
        assert!(!missing("backup.restic/prune") && missing("backup.restic/forget"));
        let noisy = outcomes.iter().filter(|outcome| matches!(outcome, Outcome::Noisy { .. })).count();
        assert!(noisy > 10, "all allows and harmless commands: {noisy}");
    }
}
