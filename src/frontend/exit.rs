//! Exit codes, the same for every front end that judges; `hook` follows its host's protocol instead.

use crate::Decision;
use std::process::ExitCode;

/// How a run ended.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Exit {
    /// Nothing to object to.
    Allow,
    /// Something is denied, or a test of a pack failed.
    Deny,
    /// Somebody has to be asked.
    Ask,
    /// The arguments or a file that they name cannot be used.
    Usage,
}

impl Exit {
    /// The number that the process ends with.
    pub fn code(self) -> u8 {
        match self {
            Exit::Allow => 0,
            Exit::Deny => 1,
            Exit::Usage => 2,
            Exit::Ask => 3,
        }
    }
}

impl From<Decision> for Exit {
    fn from(decision: Decision) -> Exit {
        match decision {
            Decision::Allow => Exit::Allow,
            Decision::Ask => Exit::Ask,
            Decision::Deny => Exit::Deny,
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> ExitCode {
        ExitCode::from(exit.code())
    }
}
