//! `argvet config check`: every file with all that is wrong with it.

use crate::frontend::cli::Color;
use crate::frontend::locations::EXCEPTIONS_FILE;
use crate::frontend::policy::exceptions;
use crate::frontend::policy::{Configuration, Purpose, files, for_host, names};
use crate::frontend::{Error, Exit, audit, output};
use crate::{Catalog, Settings};
use std::io::Write;
use std::path::Path;

pub(super) fn run(cwd: Option<&Path>) -> Result<Exit, Error> {
    let problems = problems(cwd);
    let mut out = output::human(Color::Auto);
    for problem in &problems {
        writeln!(out, "{problem}").map_err(Error::Write)?;
    }
    if problems.is_empty() {
        writeln!(out, "nothing is wrong with the configuration").map_err(Error::Write)?;
    }
    out.flush().map_err(Error::Write)?;
    Ok(if problems.is_empty() { Exit::Allow } else { Exit::Usage })
}

/// All that is wrong with what counts for a command in `cwd`.
pub(crate) fn problems(cwd: Option<&Path>) -> Vec<String> {
    let assembled = for_host(Purpose { host: None, cwd });
    let catalog = &assembled.policy.catalog;
    let mut problems = Vec::new();
    let configuration = Configuration::read(cwd);
    for (path, _) in super::all_files(cwd) {
        match files::read(&path) {
            _ if path.is_dir() => {}
            Ok(Some(file)) if path.ends_with(EXCEPTIONS_FILE) => {
                problems.extend(of_exceptions(&file.path, &file.text, catalog));
            }
            Ok(Some(file)) => {
                let name = path.display().to_string();
                let of_project = !configuration.is_of_user_or_system(&path);
                match Settings::parse(&file.text, &name, of_project) {
                    Ok(settings) => {
                        let unknown = names::unknown(&settings, &file.text, &name, catalog);
                        problems.extend(unknown.iter().map(ToString::to_string));
                    }
                    Err(error) => problems.push(error.to_string()),
                }
            }
            Ok(None) => {}
            Err(problem) => problems.push(problem),
        }
    }
    // What is said there in fewer words is said above already.
    let is_new = |problem: &String| {
        let place = problem.trim_end_matches(": cannot be used");
        !problems.iter().any(|known| known.starts_with(place))
    };
    let others: Vec<String> = assembled.problems.into_iter().filter(is_new).collect();
    problems.extend(others);
    let (is_kept, _) = assembled.policy.effective().audit.over(true);
    problems.extend(assembled.locations.as_ref().filter(|_| is_kept).and_then(audit::problem));
    problems
}

fn of_exceptions(path: &Path, text: &str, catalog: &Catalog) -> Vec<String> {
    let file = match exceptions::parse(path, text) {
        Ok(file) => file,
        Err(problem) => return vec![problem],
    };
    let rules = names::rules(catalog);
    let unknown = file.exception.iter().filter_map(|entry| names::unknown_rule(&entry.rule, &rules));
    let unknown = unknown.map(|problem| format!("{}: {problem}", path.display()));
    unknown.chain(file.exception.iter().filter_map(|entry| entry.problem(path))).collect()
}
