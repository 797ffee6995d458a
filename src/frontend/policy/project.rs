//! The configuration of projects, and whether the user has trusted it. A repository belongs to whoever writes to it, the
//! agent included: until the user has run `argvet trust` on exactly this content, it can only make argvet stricter.

use super::files::{self, TextFile};
use crate::frontend::locations::{Locations, PROJECT_FILE, PROJECT_PACKS};
use sha2::{Digest, Sha256};
use std::path::{Path, PathBuf};

/// How many parents are looked at.
const MAX_PARENTS: usize = 64;

/// What a project says about argvet.
#[derive(Debug)]
pub(crate) struct Project {
    /// Its directory.
    pub(crate) root: PathBuf,
    /// `.argvet.toml`
    pub(crate) config: Option<TextFile>,
    /// `.argvet/packs/*.toml`
    pub(crate) packs: Vec<TextFile>,
}

/// The projects at or above a directory that say something, the outermost first. All of them count: a nearer one must
/// not hide what a farther one forbids.
pub(crate) fn at(cwd: &Path, problems: &mut Vec<String>) -> Vec<Project> {
    let mut found = Vec::new();
    for root in cwd.ancestors().take(MAX_PARENTS) {
        match Project::read(root) {
            Ok(project) => found.extend(project),
            Err(problem) => problems.push(problem),
        }
    }
    found.reverse();
    found
}

impl Project {
    /// What the project in this directory says; `None` if nothing.
    pub(crate) fn read(root: &Path) -> Result<Option<Project>, String> {
        let config = files::read(&root.join(PROJECT_FILE))?;
        let (packs, problems) = files::packs(&root.join(PROJECT_PACKS));
        // What cannot be read cannot be trusted.
        if let Some(problem) = problems.into_iter().next() {
            return Err(problem);
        }
        let says_something = config.is_some() || !packs.is_empty();
        Ok(says_something.then(|| Project { root: root.to_owned(), config, packs }))
    }

    /// Whether the user has trusted this very content at this very place.
    pub(crate) fn is_trusted(&self, locations: &Locations) -> bool {
        locations.is_state_own && self.record(locations).symlink_metadata().is_ok()
    }

    /// The file that says so. Its name is the digest of the place and the content.
    pub(crate) fn record(&self, locations: &Locations) -> PathBuf {
        let mut digest = Sha256::new();
        // Lengths in front, so that no two contents look the same put together.
        let mut add = |bytes: &[u8]| {
            digest.update((bytes.len() as u64).to_le_bytes());
            digest.update(bytes);
        };
        add(self.root.as_os_str().as_encoded_bytes());
        for file in self.files() {
            add(file.path.as_os_str().as_encoded_bytes());
            add(file.text.as_bytes());
        }
        let name: String = digest.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
        locations.state.join("trusted").join(name)
    }

    /// All files that belong to it.
    pub(crate) fn files(&self) -> impl Iterator<Item = &TextFile> {
        self.config.iter().chain(&self.packs)
    }
}
