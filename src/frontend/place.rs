//! Where a command would run: the [`Facts`] that a process on this machine can tell.

use crate::Facts;
use std::path::Path;

/// How many parents are looked at for a repository; real paths are shallower, and each costs a system call.
const MAX_PARENTS: usize = 64;

/// The facts for a command that runs in `cwd` as this user. A relative directory is as good as none.
pub(crate) fn facts(cwd: Option<&Path>) -> Facts {
    let cwd = cwd.filter(|path| path.is_absolute());
    let home = std::env::var_os("HOME").filter(|home| Path::new(home).is_absolute());
    Facts {
        cwd: cwd.map(|path| path.as_os_str().as_encoded_bytes().to_vec()),
        home: home.map(std::ffi::OsString::into_encoded_bytes),
        project: cwd.and_then(project_root).map(|path| path.as_os_str().as_encoded_bytes().to_vec()),
        // A command is no script file: nobody passes it arguments.
        arguments: Some(Vec::new()),
        ..Facts::default()
    }
}

/// The nearest directory at or above `cwd` that holds a `.git` (a file in worktrees and submodules).
pub(super) fn project_root(cwd: &Path) -> Option<&Path> {
    cwd.ancestors().take(MAX_PARENTS).find(|directory| directory.join(".git").symlink_metadata().is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_repository_is_the_project() {
        let directory = tempfile::tempdir().unwrap();
        let inner = directory.path().join("a/b");
        std::fs::create_dir_all(&inner).unwrap();
        std::fs::create_dir(directory.path().join(".git")).unwrap();
        std::fs::write(directory.path().join("a/.git"), "gitdir: elsewhere").unwrap();
        assert_eq!(project_root(&inner), Some(directory.path().join("a").as_path()));
        assert_eq!(project_root(directory.path()), Some(directory.path()));
    }

    #[test]
    fn a_relative_directory_is_unknown() {
        assert_eq!(facts(Some(Path::new("somewhere"))).cwd, None);
    }
}
