//! Where argvet's own files are: the configuration of the system, of the user and of a project, and the directory for
//! what argvet records itself.
//!
//! ```text
//! /etc/argvet/config.toml                             system
//! ~/.config/argvet/config.toml, exceptions.toml, packs/   user ($XDG_CONFIG_HOME)
//! .argvet.toml, .argvet/packs/                        each project at or above the working directory
//! ~/.local/state/argvet                               trusted projects, permissions for one run, the audit log ($XDG_STATE_HOME)
//! ```

use super::place;
use directories::ProjectDirs;
use std::path::{Path, PathBuf};

/// The name of a project's configuration.
pub(crate) const PROJECT_FILE: &str = ".argvet.toml";

/// The name of the user's exceptions.
pub(crate) const EXCEPTIONS_FILE: &str = "exceptions.toml";

/// The directory of a project's own packs.
pub(crate) const PROJECT_PACKS: &str = ".argvet/packs";

/// The directories of a user.
#[derive(Clone, Debug)]
pub(crate) struct Locations {
    /// The home directory.
    pub(crate) home: Option<PathBuf>,
    /// What the user writes.
    pub(crate) config: PathBuf,
    /// What argvet writes.
    pub(crate) state: PathBuf,
    /// Whether the user's configuration may lie inside the project; see [`Locations::of`].
    pub(crate) is_config_own: bool,
    /// The same of the state.
    pub(crate) is_state_own: bool,
}

impl Locations {
    /// The directories of this user, for a command in `cwd`; `None` for a user without a home.
    ///
    /// Whoever can set the environment of the host can lead `XDG_CONFIG_HOME` into a repository. So what lies inside the
    /// project is not taken for the user's own, unless the home directory itself is the project.
    pub(crate) fn of(cwd: Option<&Path>) -> Option<Locations> {
        let directories = ProjectDirs::from("", "", "argvet")?;
        let home = std::env::var_os("HOME").map(PathBuf::from).filter(|home| home.is_absolute());
        let config = directories.config_dir().to_owned();
        let state = directories.state_dir().unwrap_or(directories.data_local_dir()).to_owned();
        let project = cwd.and_then(place::project_root);
        let foreign = project.filter(|project| home.as_deref() != Some(*project));
        let is_own = |directory: &Path| foreign.is_none_or(|project| !directory.starts_with(project));
        Some(Locations { is_config_own: is_own(&config), is_state_own: is_own(&state), home, config, state })
    }

    /// The user's configuration.
    pub(crate) fn user_file(&self) -> PathBuf {
        self.config.join("config.toml")
    }

    /// The user's own packs.
    pub(crate) fn user_packs(&self) -> PathBuf {
        self.config.join("packs")
    }

    /// What the user has excepted.
    pub(crate) fn exceptions_file(&self) -> PathBuf {
        self.config.join(EXCEPTIONS_FILE)
    }
}

/// The configuration that the administrator of the machine writes.
pub(crate) fn system_file() -> PathBuf {
    if cfg!(windows) {
        let data =
            std::env::var_os("ProgramData").map_or_else(|| PathBuf::from("C:\\ProgramData"), PathBuf::from);
        return data.join("argvet").join("config.toml");
    }
    PathBuf::from("/etc/argvet/config.toml")
}

/// Makes a directory that only the user can look into.
pub(crate) fn create_private(directory: &Path) -> std::io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(directory)
}
