//! Whole verdicts: the hand-written commands of `corpus/`.
//!
//! `allow` holds what people and agents do every day: the verdict of a case is allow if it does not say otherwise.
//! `block` and `evade` hold destructive commands, plain and disguised; a case names its verdict and, where it matters
//! which, the rules. `known = "why"` marks a case that is wrong today: it fails as soon as it comes out right.
//! `crashes` holds inputs that once broke something: that they are judged at all is the test.

use argvet::{Decision, Facts, Policy, Verdict, check};
use serde::Deserialize;
use std::path::{Path, PathBuf};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    case: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    command: String,
    /// Not needed below `allow`.
    verdict: Option<Expected>,
    /// Rules that have to be among the findings.
    #[serde(default)]
    rules: Vec<String>,
    /// Why the case is wrong today.
    known: Option<String>,
}

#[derive(Deserialize, Clone, Copy, PartialEq, Eq, Debug)]
#[serde(rename_all = "lowercase")]
enum Expected {
    Allow,
    Ask,
    Deny,
}

/// A developer's machine: a project in the home directory, and the packs that are on by default.
fn judge(command: &[u8]) -> Verdict {
    thread_local! {
        static POLICY: Policy = Policy::default();
    }
    let project = b"/home/dev/app".to_vec();
    let facts = Facts {
        cwd: Some(project.clone()),
        home: Some(b"/home/dev".to_vec()),
        project: Some(project),
        arguments: Some(Vec::new()),
        ..Facts::default()
    };
    POLICY.with(|policy| check(command, policy, &facts))
}

/// What is wrong with the outcome of a case, if anything is.
fn problem(case: &Case, default: Option<Expected>) -> Option<String> {
    let expected = case.verdict.or(default).expect("a case outside of allow names its verdict");
    let verdict = judge(case.command.as_bytes());
    let decision = match verdict.decision {
        Decision::Allow => Expected::Allow,
        Decision::Ask => Expected::Ask,
        Decision::Deny => Expected::Deny,
    };
    let found: Vec<&str> = verdict.findings.iter().map(|finding| finding.rule.as_str()).collect();
    let lacks = case.rules.iter().any(|rule| !found.contains(&rule.as_str()));
    let wrong = decision != expected || lacks;
    match (wrong, &case.known) {
        (true, None) => {
            let gaps: Vec<String> = verdict.gaps.iter().map(|gap| gap.cause.to_string()).collect();
            Some(format!("{decision:?} instead of {expected:?}, by {found:?} {gaps:?}"))
        }
        (false, Some(known)) => Some(format!("comes out right now, so `known` has to go: {known}")),
        _ => None,
    }
}

#[track_caller]
fn run(folder: &str, default: Option<Expected>) {
    let mut problems = Vec::new();
    for path in files(folder) {
        let text = std::fs::read_to_string(&path).unwrap();
        let file: File = toml::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        for case in &file.case {
            problems
                .extend(problem(case, default).map(|what| format!("{name}: {:?}\n    {what}", case.command)));
        }
    }
    assert!(problems.is_empty(), "{} cases in corpus/{folder}:\n{}", problems.len(), problems.join("\n"));
}

fn files(folder: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus").join(folder);
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}

#[test]
fn everyday_commands_stay_silent() {
    run("allow", Some(Expected::Allow));
}

#[test]
fn destructive_commands_are_stopped() {
    run("block", None);
}

#[test]
fn disguises_do_not_help() {
    run("evade", None);
}

#[test]
fn what_once_broke_something_is_judged() {
    for path in files("crashes") {
        judge(&std::fs::read(path).unwrap());
    }
}
