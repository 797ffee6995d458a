//! `argvet config`: what is configured, by whom, and whether it is right.

mod check;
mod show;

pub(crate) use check::problems;

use super::cli::{ConfigArgs, ConfigCommand};
use super::locations::{EXCEPTIONS_FILE, Locations, PROJECT_FILE, PROJECT_PACKS, system_file};
use super::policy::{exceptions, files, project, with_packs};
use super::{Error, Exit, output};
use crate::{Catalog, Settings};
use std::io::Write;
use std::path::{Path, PathBuf};

/// Shows, checks or locates the configuration.
pub(crate) fn run(arguments: ConfigArgs) -> Result<Exit, Error> {
    let cwd = match &arguments.cwd {
        Some(path) => std::path::absolute(path).ok(),
        None => std::env::current_dir().ok(),
    };
    match arguments.command {
        ConfigCommand::Show { host, format } => show::run(host.as_deref(), cwd.as_deref(), format),
        ConfigCommand::Check => check::run(cwd.as_deref()),
        ConfigCommand::Path => paths(cwd.as_deref()),
    }
}

fn paths(cwd: Option<&Path>) -> Result<Exit, Error> {
    let mut out = output::human(super::cli::Color::Auto);
    for (path, state) in all_files(cwd) {
        writeln!(out, "{:<11}{}", state, path.display()).map_err(Error::Write)?;
    }
    out.flush().map_err(Error::Write)?;
    Ok(Exit::Allow)
}

/// All files that count for a command in `cwd`, and the state of each.
fn all_files(cwd: Option<&Path>) -> Vec<(PathBuf, &'static str)> {
    let state = |path: &Path| match path.symlink_metadata() {
        Err(_) => "absent",
        Ok(_) if is_usable(path) => "in use",
        Ok(_) if path.is_dir() => "in part",
        Ok(_) => "left out",
    };
    let mut all = vec![(system_file(), state(&system_file()))];
    let locations = Locations::of(cwd);
    if let Some(locations) = &locations {
        let own = [locations.user_file(), locations.exceptions_file(), locations.user_packs()];
        let known = own.into_iter().map(|path| {
            let state = match state(&path) {
                "in use" if !locations.is_config_own => "untrusted",
                other => other,
            };
            (path, state)
        });
        all.extend(known);
    }
    let mut problems = Vec::new();
    for project in cwd.map(|cwd| project::at(cwd, &mut problems)).unwrap_or_default() {
        let is_trusted = locations.as_ref().is_some_and(|locations| project.is_trusted(locations));
        let state = if is_trusted { "trusted" } else { "untrusted" };
        if let Some(file) = &project.config {
            let is_right = Settings::parse(&file.text, PROJECT_FILE, true).is_ok();
            all.push((file.path.clone(), if is_right { state } else { "left out" }));
        }
        if !project.packs.is_empty() {
            all.push((project.root.join(PROJECT_PACKS), state));
        }
    }
    // Those that cannot be read belong to no project; their names stand in front of what is wrong.
    let unread = problems.iter().filter_map(|problem| problem.split_once(": "));
    all.extend(unread.map(|(path, _)| (PathBuf::from(path), "left out")));
    all
}

/// Whether what the user or the administrator has written can be read as what it is; of packs, whether all can.
fn is_usable(path: &Path) -> bool {
    if path.is_dir() {
        let (packs, unreadable) = files::packs(path);
        let mut problems = Vec::new();
        with_packs(Catalog::builtin(), &packs, &mut problems);
        return unreadable.is_empty() && problems.is_empty();
    }
    match files::read(path) {
        Ok(Some(file)) if path.ends_with(EXCEPTIONS_FILE) => exceptions::parse(path, &file.text).is_ok(),
        Ok(Some(file)) => Settings::parse(&file.text, "", false).is_ok(),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use crate::Settings;
    use crate::frontend::document::tests::assert_schema;

    #[test]
    fn the_schema_on_disk_is_that_of_the_settings() {
        assert_schema("config", &schemars::schema_for!(Settings));
    }
}
