//! What the caller knows about the world. The core reads nothing by itself: whatever is not in [`Facts`] is
//! unknown to it.

mod dialect;

pub use dialect::Dialect;

use std::collections::BTreeMap;

/// Facts about the place where a command would run. The default knows nothing.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Facts {
    /// Working directory, an absolute path.
    pub cwd: Option<Vec<u8>>,
    /// The user's home directory, an absolute path.
    pub home: Option<Vec<u8>>,
    /// Root of the project that the command is run in, an absolute path.
    pub project: Option<Vec<u8>>,
    /// Variables whose value is known, such as `USER`. Variables that are not listed are unknown, not unset.
    pub variables: BTreeMap<Vec<u8>, Vec<u8>>,
    /// The positional parameters `$1`, `$2` …: none for a command given as `bash -c` text, unknown (`None`) for a
    /// script file.
    pub arguments: Option<Vec<Vec<u8>>>,
    /// The shell that reads the command.
    pub dialect: Dialect,
    /// Whether text that nobody looks at may come on standard input later: an agent types into a program that runs.
    pub input_is_unseen: bool,
}
