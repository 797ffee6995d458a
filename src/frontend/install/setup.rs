//! What has to be written where so that a host asks argvet: the facts, as data. [`setups`](super::setups) has one
//! [`Setup`] for each host.

/// How a host is set up.
#[derive(Debug)]
pub(crate) struct Setup {
    /// The host's name, as in `argvet hook --host`.
    pub(crate) host: &'static str,
    /// Programs on `PATH` and folders that show that the host is on this machine.
    pub(crate) programs: &'static [&'static str],
    /// Paths as in [`File::path`].
    pub(crate) folders: &'static [&'static str],
    /// The files for this user, everywhere.
    pub(crate) user: &'static [File],
    /// The files for everybody who works on one project, relative to it.
    pub(crate) project: &'static [File],
    /// The files of the administrator, which users and projects cannot override.
    pub(crate) managed: &'static [File],
    /// Settings of the host with which it does not ask its hooks.
    pub(crate) switches: &'static [Switch],
    /// The version that is needed, and what for.
    pub(crate) needs: Option<Needs>,
    /// What the user has to do or to know besides.
    pub(crate) note: &'static str,
}

/// A setting, in JSON or TOML, that keeps a host from asking its hooks.
#[derive(Debug)]
pub(crate) struct Switch {
    /// The path of the file, as in [`File::path`].
    pub(crate) file: &'static str,
    /// The keys that lead to the setting.
    pub(crate) key: &'static [&'static str],
    /// The value that does it.
    pub(crate) off: Off,
}

/// The value of a [`Switch`] that keeps the host from asking.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Off {
    /// This truth value.
    Is(bool),
    /// A list with this text.
    Lists(&'static str),
    /// A list without this text.
    ListsOthers(&'static str),
    /// Nothing: the setting has to be there.
    Missing,
}

/// The version of a host.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Needs {
    /// Numbers of the version from which on all is well.
    pub(crate) least: [u32; 3],
    /// What does not work before.
    pub(crate) why: &'static str,
}

/// A file and what belongs in it.
#[derive(Debug)]
pub(crate) struct File {
    /// The path; `~` is the home directory, `{NAME:~/x}` an environment variable with its default.
    pub(crate) path: &'static str,
    /// What belongs in it.
    pub(crate) content: Content,
    /// Whether it is argvet's alone, so that uninstalling deletes it.
    pub(crate) is_own: bool,
}

/// What belongs in a file. In the texts `{{program}}` stands for argvet's path and `{{command}}` for its command line,
/// both as JSON strings, `{{line}}` for the command line itself, `{{host}}` for the host's name.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Content {
    /// JSON, with comments if the user likes: an entry in the list at this path.
    Json {
        /// The keys that lead to the list.
        list: &'static [&'static str],
        /// The entry.
        entry: &'static str,
        /// The members that a new file starts with, as an object.
        base: &'static str,
    },
    /// TOML: a table in the array of tables with this name.
    Toml {
        /// The name.
        array: &'static str,
        /// The fields of the table, in TOML.
        entry: &'static str,
    },
    /// YAML: an item of a list in a mapping.
    Yaml {
        /// The names of the mapping and of the list in it.
        place: [&'static str; 2],
        /// The fields of the item, in YAML, one on a line.
        entry: &'static str,
    },
    /// JSON5: this value at this path.
    Setting {
        /// The keys that lead to it.
        path: &'static [&'static str],
        /// The value.
        value: bool,
    },
    /// The whole text of a file of argvet's own: a script or a plug-in.
    Text {
        /// The text.
        text: &'static str,
        /// Whether it is a program.
        is_executable: bool,
    },
}
