//! Where the commands of a program come from: its own help, help texts in files, a list, or the service models of
//! botocore (the help of `aws` is a pager).

use super::commands::{Listed, listed};
use super::help::Program;
use crate::frontend::Error;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// How deep subcommands go.
const DEPTH: usize = 6;

/// Where help texts come from.
pub(super) enum Help {
    /// The program itself.
    Program(Program),
    /// `DIR/git stash.txt`
    Folder(PathBuf),
}

/// The commands that were found.
#[derive(Default)]
pub(super) struct Found {
    /// Those that have no subcommands, each once.
    pub(super) commands: Vec<Listed>,
    /// What could not be looked at.
    pub(super) problems: Vec<String>,
}

impl Help {
    fn text(&self, path: &[String]) -> std::io::Result<Option<String>> {
        match self {
            Help::Program(program) => program.text(path.get(1..).unwrap_or_default()),
            Help::Folder(folder) => {
                let file = folder.join(format!("{}.txt", path.join(" ")));
                if path.len() > 1 && !file.exists() {
                    return Ok(Some(String::new()));
                }
                std::fs::read_to_string(file).map(Some)
            }
        }
    }

    /// All commands of a program, from at most so many help texts.
    pub(super) fn walk(&self, program: &str, most: usize) -> Result<Found, Error> {
        let mut found = Found::default();
        let mut seen = BTreeSet::new();
        let root = Listed { path: vec![program.to_owned()], summary: String::new() };
        // With the subcommands that the level above lists: a program that does not know a word may print that again.
        let mut open: Vec<(Listed, Vec<String>)> = vec![(root, Vec::new())];
        let mut texts = 0;
        while let Some((command, siblings)) = open.pop() {
            if !seen.insert(command.path.clone()) {
                continue;
            }
            let name = command.path.join(" ");
            if texts == most {
                found
                    .problems
                    .push(format!("{name} and others: not looked at, the limit is {most} help texts"));
                found.commands.push(command);
                break;
            }
            texts += 1;
            let text = self
                .text(&command.path)
                .map_err(|source| Error::Read { path: name.clone().into(), source })?;
            if text.is_none() {
                found.problems.push(format!("{name}: its help takes too long"));
            }
            let below = listed(&text.unwrap_or_default(), &command.path);
            let names: Vec<String> = below.iter().filter_map(|sub| sub.path.last().cloned()).collect();
            let is_again = !siblings.is_empty() && names == siblings;
            if below.is_empty() || is_again || command.path.len() > DEPTH {
                found.commands.push(command);
            } else {
                open.extend(below.into_iter().rev().map(|sub| (sub, names.clone())));
            }
        }
        // The program itself is no subcommand.
        found.commands.retain(|command| command.path.len() > 1);
        Ok(found)
    }
}

/// The commands in a file, one on a line.
pub(super) fn list(file: &Path) -> Result<Found, Error> {
    let text =
        std::fs::read_to_string(file).map_err(|source| Error::Read { path: file.to_owned(), source })?;
    let words = |line: &str| line.split_whitespace().map(str::to_owned).collect();
    let all: BTreeSet<Vec<String>> =
        text.lines().map(words).filter(|path: &Vec<String>| path.len() > 1).collect();
    // A line that others go on from is a group of commands.
    let is_group = |path: &Vec<String>| {
        let next = all.range(path.clone()..).nth(1);
        next.is_some_and(|next| next.starts_with(path))
    };
    let commands = all.iter().filter(|path| !is_group(path));
    let commands = commands.map(|path| Listed { path: path.clone(), summary: String::new() }).collect();
    Ok(Found { commands, problems: Vec::new() })
}

/// The operations in a folder of service models, `SERVICE/VERSION/service-2.json`, as commands of the AWS CLI.
pub(super) fn models(folder: &Path, program: &str) -> Result<Found, Error> {
    let mut found = Found::default();
    let renamed: Vec<(&str, &str)> =
        include_str!("services.txt").lines().filter_map(|line| line.split_once(' ')).collect();
    for service in entries(folder)? {
        let Some(name) = service.file_name().and_then(|name| name.to_str()) else { continue };
        let command = renamed.iter().find(|(model, _)| *model == name).map_or(name, |(_, command)| command);
        // The newest version is the last.
        let Some(version) = entries(&service).ok().and_then(|versions| versions.into_iter().next_back())
        else {
            continue;
        };
        let file = version.join("service-2.json");
        if !file.exists() {
            found.problems.push(format!("{}: not there; unpack service-2.json.gz first", file.display()));
            continue;
        }
        let text = std::fs::read(&file).map_err(|source| Error::Read { path: file.clone(), source })?;
        let model: serde_json::Value = serde_json::from_slice(&text)
            .map_err(|error| Error::Argument(format!("{}: {error}", file.display())))?;
        let operations = model.get("operations").and_then(serde_json::Value::as_object);
        for operation in operations.into_iter().flat_map(|operations| operations.keys()) {
            let path = vec![program.to_owned(), command.to_owned(), dashed(operation)];
            found.commands.push(Listed { path, summary: String::new() });
        }
    }
    Ok(found)
}

/// `DescribeDBInstances` as the AWS CLI writes it: `describe-db-instances`.
fn dashed(operation: &str) -> String {
    let letters: Vec<char> = operation.chars().collect();
    let mut name = String::new();
    for (at, letter) in letters.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|at| letters.get(at));
        let next = letters.get(at + 1);
        let starts = letter.is_ascii_uppercase()
            && before.is_some_and(|before| {
                !before.is_ascii_uppercase() || next.is_some_and(char::is_ascii_lowercase)
            });
        if starts {
            name.push('-');
        }
        name.push(letter.to_ascii_lowercase());
    }
    name
}

fn entries(folder: &Path) -> Result<Vec<PathBuf>, Error> {
    let unreadable = |source| Error::Read { path: folder.to_owned(), source };
    let entries = std::fs::read_dir(folder).map_err(unreadable)?;
    let mut paths = entries
        .map(|entry| entry.map(|entry| entry.path()).map_err(unreadable))
        .collect::<Result<Vec<_>, _>>()?;
    paths.retain(|path| path.is_dir());
    paths.sort();
    Ok(paths)
}

#[cfg(test)]
mod tests {
    use super::dashed;

    #[test]
    fn operations_are_written_as_the_aws_cli_does() {
        for (operation, command) in [
            ("TerminateInstances", "terminate-instances"),
            ("DescribeDBInstances", "describe-db-instances"),
            ("DeleteVPCEConfiguration", "delete-vpce-configuration"),
            ("EnableEC2Lens", "enable-ec2-lens"),
        ] {
            assert_eq!(dashed(operation), command);
        }
    }
}
