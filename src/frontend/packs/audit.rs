//! `argvet packs audit`: which commands of a program sound destructive, and which of those nobody has looked at. It runs
//! nothing of the program but its help.
//!
//! ```text
//! source ── help, list, models ──▶ commands ── verbs ──▶ destructive ── rules, considered ──▶ what is left open
//! ```

mod commands;
mod help;
mod source;

use super::known::Known;
use crate::frontend::cli::{Color, Format};
use crate::frontend::clock::today;
use crate::frontend::document::SCHEMA;
use crate::frontend::{Error, Exit, output};
use crate::packs::fit::{Atom, Glob};
use crate::policy::rehearsal::rule_about;
use crate::program::Grammars;
use crate::{Match, Policy};
use help::Program;
use serde::Serialize;
use source::{Found, Help};
use std::io::Write;
use std::path::PathBuf;

/// List the commands of a program that sound destructive and that no rule is about.
///
/// Runs `PROGRAM --help` and the same for each subcommand, and nothing else of the program. Exit code 1 if a command is
/// neither covered by a rule nor `considered` in a pack.
#[derive(clap::Args, Debug)]
pub(crate) struct AuditArguments {
    /// The program, which has to be installed unless one of the sources below is given.
    program: String,

    /// Read the help texts from files instead: `DIR/git stash.txt`.
    #[arg(long, value_name = "DIR", group = "from")]
    help_from: Option<PathBuf>,

    /// Read the commands from a file instead, one on a line with the program in front.
    #[arg(long, value_name = "FILE", group = "from")]
    list: Option<PathBuf>,

    /// Read the operations from service models of botocore instead: `DIR/ec2/2016-11-15/service-2.json`.
    #[arg(long, value_name = "DIR", group = "from")]
    models: Option<PathBuf>,

    /// Stop after so many help texts.
    #[arg(long, value_name = "NUMBER", default_value_t = 2000)]
    most: usize,

    /// What to print: a list, or one JSON document (docs/schema/packs-audit.json).
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

/// What the commands are named that an audit is about.
const VERBS: &str = include_str!("audit/verbs.txt");

/// The JSON document of `packs audit`.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Audit {
    /// Version of this shape: 1.
    schema: u32,
    /// The program.
    program: String,
    /// The number of commands that were found.
    commands: usize,
    /// Those that sound destructive.
    destructive: Vec<Command>,
    /// What could not be looked at.
    problems: Vec<String>,
}

/// A command that sounds destructive.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Command {
    /// Program and subcommands.
    command: String,
    /// What the program's help says of it.
    summary: String,
    /// What argvet says of it.
    status: Status,
    /// The rule that is about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    rule: Option<String>,
    /// Why it is considered to be of no concern.
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
}

/// What argvet says of a command.
#[derive(Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
enum Status {
    /// A rule is about it.
    Covered,
    /// A pack says that it is of no concern.
    Considered,
    /// Neither: somebody has to look at it.
    Open,
}

/// Prints the audit of a program.
pub(super) fn run(known: Known, arguments: &AuditArguments) -> Result<Exit, Error> {
    let policy = known.meant(None)?.policy;
    let program = &arguments.program;
    let found = match (&arguments.help_from, &arguments.list, &arguments.models) {
        (Some(folder), _, _) => Help::Folder(folder.clone()).walk(program, arguments.most)?,
        (_, Some(file), _) => source::list(file)?,
        (_, _, Some(folder)) => source::models(folder, program)?,
        (None, None, None) => installed(program, &policy)?.walk(program, arguments.most)?,
    };
    if found.commands.is_empty() {
        return Err(Error::Argument(format!("{program}: its help lists no commands")));
    }
    let audit = audit(program, found, &policy);
    match arguments.format {
        Format::Json => output::json(&audit)?,
        Format::Human => print(&audit).map_err(Error::Write)?,
    }
    Ok(if audit.count(Status::Open) == 0 { Exit::Allow } else { Exit::Deny })
}

/// The program on this machine, with the option for help that its grammar lists.
fn installed(program: &str, policy: &Policy) -> Result<Help, Error> {
    let grammar = policy.catalog.grammar(program);
    let lists = |spelling: &str| {
        grammar.as_ref().is_some_and(|grammar| {
            grammar.options.iter().any(|option| option.names.iter().any(|name| name == spelling))
        })
    };
    let option = ["--help", "-help", "-h"].into_iter().find(|spelling| lists(spelling)).unwrap_or("--help");
    let folders = std::env::var_os("PATH").unwrap_or_default();
    let file: Option<PathBuf> =
        std::env::split_paths(&folders).map(|folder| folder.join(program)).find(|file| file.is_file());
    let file = file.ok_or_else(|| Error::Argument(format!("{program}: not installed (see --help-from)")))?;
    let at = file.clone();
    let program = Program::new(file, option.to_owned()).map_err(|source| Error::Read { path: at, source })?;
    Ok(Help::Program(program))
}

fn audit(program: &str, found: Found, policy: &Policy) -> Audit {
    let verbs: Vec<&str> = VERBS.lines().filter(|line| !line.starts_with('#')).collect();
    let considered: Vec<(Glob, String)> = policy
        .catalog
        .packs()
        .into_iter()
        .flat_map(|pack| pack.considered)
        .map(|(command, reason)| (Glob::text(&command), reason))
        .collect();
    let commands = found.commands.len();
    let destructive = found.commands.into_iter().filter(|command| is_destructive(&command.path, &verbs));
    let judged = destructive.map(|command| {
        let rule = rule_about(&command.path, policy);
        let text = command.path.join(" ");
        let atoms = [Atom::Text(text.clone().into_bytes())];
        let entry = considered.iter().find(|(glob, _)| glob.fits(&atoms) == Match::Certain);
        let reason = entry.filter(|_| rule.is_none()).map(|(_, reason)| reason.clone());
        let status = match (&rule, &reason) {
            (Some(_), _) => Status::Covered,
            (None, Some(_)) => Status::Considered,
            (None, None) => Status::Open,
        };
        Command { command: text, summary: command.summary, status, rule, reason }
    });
    Audit {
        schema: SCHEMA,
        program: program.to_owned(),
        commands,
        destructive: judged.collect(),
        problems: found.problems,
    }
}

/// Whether a subcommand, or the last one in any part of its name, is one of the verbs.
fn is_destructive(path: &[String], verbs: &[&str]) -> bool {
    let Some((last, groups)) = path.split_last() else { return false };
    let is_verb = |word: &str| verbs.iter().any(|verb| verb.eq_ignore_ascii_case(word));
    parts(last).iter().any(|part| is_verb(part)) || groups.iter().skip(1).any(|group| is_verb(group))
}

/// `delete-bucket`, `delete_queue`, `apps:destroy`, `deleteMany`: the words of a name.
fn parts(name: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    for letter in name.chars() {
        if !letter.is_alphanumeric() || letter.is_uppercase() {
            parts.push(String::new());
        }
        if let Some(last) = parts.last_mut().filter(|_| letter.is_alphanumeric()) {
            last.push(letter);
        }
    }
    parts
}

impl Audit {
    fn count(&self, status: Status) -> usize {
        self.destructive.iter().filter(|command| command.status == status).count()
    }
}

fn print(audit: &Audit) -> std::io::Result<()> {
    let mut out = output::human(Color::Auto);
    let (bold, dim) = (anstyle::Style::new().bold(), anstyle::Style::new().dimmed());
    for command in &audit.destructive {
        match command.status {
            Status::Covered => {}
            Status::Considered => {
                let reason = command.reason.as_deref().unwrap_or_default();
                writeln!(out, "{dim}considered  {}  {reason}{dim:#}", command.command)?;
            }
            Status::Open => {
                writeln!(out, "open        {bold}{}{bold:#}  {}", command.command, command.summary)?
            }
        }
    }
    for problem in &audit.problems {
        writeln!(out, "not seen    {problem}")?;
    }
    let [covered, considered, open] =
        [Status::Covered, Status::Considered, Status::Open].map(|s| audit.count(s));
    let destructive = audit.destructive.len();
    writeln!(
        out,
        "{}: {} commands, {destructive} sound destructive: {covered} covered by a rule, {considered} considered, {open} open",
        audit.program, audit.commands
    )?;
    if open == 0 {
        writeln!(
            out,
            "{dim}audited = {{ program = \"{}\", version = \"…\", on = \"{}\", commands = {}, destructive = {destructive}, \
             considered = {considered} }}{dim:#}",
            audit.program,
            today(),
            audit.commands
        )?;
    }
    out.flush()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::frontend::document::tests::assert_schema;

    #[test]
    fn the_schema_on_disk_is_the_audits() {
        assert_schema("packs-audit", &schemars::schema_for!(Audit));
    }

    #[test]
    fn a_name_is_compared_part_by_part() {
        let verbs = ["delete", "rm"];
        let is = |path: &str| is_destructive(&path.split(' ').map(str::to_owned).collect::<Vec<_>>(), &verbs);
        for path in
            ["x rm", "x delete-bucket", "x delete_queue", "x apps:delete", "x deleteMany", "x delete backup"]
        {
            assert!(is(path), "{path}");
        }
        for path in ["rm list", "x undelete", "x delete-rules list", "x alarm", "x form"] {
            assert!(!is(path), "{path}");
        }
    }
}
