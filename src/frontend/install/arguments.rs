//! The arguments of `install` and `uninstall`.

use super::change::{State, states};
use super::entry::Entry;
use super::setup::Setup;
use super::setups::{SETUPS, of};
use super::{Verb, files, is_present};
use clap::Args;
use clap::builder::PossibleValuesParser;

/// Hosts and the place of their configuration.
#[derive(Args, Debug)]
pub(crate) struct InstallArgs {
    /// The hosts.
    #[arg(value_name = "HOST", required_unless_present = "all", value_parser = names())]
    hosts: Vec<String>,

    /// All hosts: those that are found on this machine, or those that argvet is to be taken out of.
    #[arg(long, conflicts_with = "hosts")]
    pub(super) all: bool,

    /// For you, in all projects (the default).
    #[arg(long, conflicts_with_all = ["project", "managed"])]
    user: bool,

    /// For everybody who works on the project in the current directory. argvet's path on this machine is written
    /// into a file of the project.
    #[arg(long, conflicts_with = "managed")]
    project: bool,

    /// For everybody on this machine, where users and repositories cannot switch it off. Needs to be root.
    #[arg(long)]
    managed: bool,

    /// Show what would change, and change nothing.
    #[arg(long)]
    pub(super) dry_run: bool,
}

/// Whose configuration.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Scope {
    /// The user's.
    User,
    /// The project's in the current directory.
    Project,
    /// The administrator's.
    Managed,
}

impl Scope {
    /// All places, with their names.
    pub(crate) const ALL: [(Scope, &'static str); 3] =
        [(Scope::Managed, "managed"), (Scope::User, "user"), (Scope::Project, "project")];
}

impl InstallArgs {
    /// The setups of the hosts. All of them are those that are on this machine, or those that ask `program`, or another
    /// argvet, now.
    pub(super) fn hosts(&self, verb: Verb, program: &str) -> Vec<&'static Setup> {
        let asks = |setup: &'static Setup| {
            let entry = Entry { program, host: setup.host };
            states(files(setup, self.scope()), &entry).iter().any(|(_, state)| *state != State::Absent)
        };
        let counts = |setup: &&'static Setup| match verb {
            Verb::Install => is_present(setup),
            Verb::Uninstall => asks(setup),
        };
        if self.all {
            return SETUPS.iter().filter(counts).collect();
        }
        self.hosts.iter().filter_map(|host| of(host)).collect()
    }

    pub(super) fn scope(&self) -> Scope {
        match (self.project, self.managed) {
            (true, _) => Scope::Project,
            (_, true) => Scope::Managed,
            _ => Scope::User,
        }
    }
}

fn names() -> PossibleValuesParser {
    PossibleValuesParser::new(SETUPS.iter().map(|setup| setup.host))
}
