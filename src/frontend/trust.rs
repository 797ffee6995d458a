//! `argvet trust`: the user says that a project's configuration may make argvet milder, as it is now.

use super::cli::{Color, TrustArgs};
use super::clock;
use super::locations::{Locations, create_private};
use super::policy::project::{self, Project};
use super::{Error, Exit, output};
use crate::Settings;
use std::io::Write;
use std::path::{Path, PathBuf};

/// Records that the content of a project's configuration is trusted, or takes it back.
pub(crate) fn run(arguments: TrustArgs) -> Result<Exit, Error> {
    let directory = match &arguments.directory {
        Some(path) => std::path::absolute(path),
        None => std::env::current_dir(),
    };
    let directory =
        directory.map_err(|error| Error::Argument(format!("the directory is not known: {error}")))?;
    let project = find(&directory, arguments.directory.is_some())?;
    let Some(locations) = Locations::of(Some(&directory)).filter(|locations| locations.is_state_own) else {
        return Err(Error::Argument(
            "expected a home directory outside the project to record it in".to_owned(),
        ));
    };
    let record = project.record(&locations);
    let mut out = output::human(Color::Auto);
    if arguments.remove {
        let was_there = forget(&record, &project.root);
        let what = if was_there { "is not trusted any more" } else { "was not trusted" };
        writeln!(out, "{} {what}", project.root.display()).map_err(Error::Write)?;
        return out.flush().map(|()| Exit::Allow).map_err(Error::Write);
    }
    if let Some(config) = &project.config {
        let name = config.path.display().to_string();
        Settings::parse(&config.text, &name, true).map_err(|error| Error::Argument(error.to_string()))?;
    }
    save(&record, &project).map_err(|source| Error::WriteFile { path: record.clone(), source })?;
    writeln!(out, "trusted as it is now; after any change it has to be trusted again:")
        .map_err(Error::Write)?;
    for file in project.files() {
        writeln!(out, "  {}", file.path.display()).map_err(Error::Write)?;
    }
    out.flush().map(|()| Exit::Allow).map_err(Error::Write)
}

fn find(directory: &Path, is_given: bool) -> Result<Project, Error> {
    let mut problems = Vec::new();
    let found = if is_given {
        Project::read(directory).map_err(Error::Argument)?
    } else {
        project::at(directory, &mut problems).pop()
    };
    // The nearest is meant, also if it cannot be read.
    match (problems.into_iter().next(), found) {
        (Some(problem), _) => Err(Error::Argument(problem)),
        (None, Some(project)) => Ok(project),
        (None, None) => {
            let place = if is_given { "here" } else { "here or above" };
            let directory = directory.display();
            Err(Error::Argument(format!("{directory}: expected .argvet.toml or .argvet/packs {place}")))
        }
    }
}

/// Takes back all that was ever trusted of the project: it may have changed since, and change back.
fn forget(record: &Path, root: &Path) -> bool {
    let written = format!(" {}\n", root.display());
    let entries = record.parent().and_then(|folder| std::fs::read_dir(folder).ok()).into_iter().flatten();
    let of_project = entries
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| std::fs::read_to_string(path).is_ok_and(|text| text.ends_with(&written)));
    of_project.filter(|path| std::fs::remove_file(path).is_ok()).count() > 0
}

fn save(record: &PathBuf, project: &Project) -> std::io::Result<()> {
    if let Some(folder) = record.parent() {
        create_private(folder)?;
    }
    std::fs::write(record, format!("{} {}\n", clock::today(), project.root.display()))
}
