//! Configuration files as a user has them: in a home directory and in projects.

use crate::program::{Run, argvet_in};
use proptest::prelude::*;
use serde_json::{Value, json};
use std::path::PathBuf;
use tempfile::TempDir;

/// A home directory with a project in it.
pub(crate) struct Home {
    directory: TempDir,
}

impl Home {
    pub(crate) fn new() -> Home {
        let home = Home { directory: tempfile::tempdir().unwrap() };
        std::fs::create_dir_all(home.path("app/.git")).unwrap();
        home
    }

    pub(crate) fn path(&self, path: &str) -> PathBuf {
        self.directory.path().canonicalize().unwrap().join(path)
    }

    pub(crate) fn write(&self, path: &str, text: &str) -> &Home {
        let path = self.path(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
        self
    }

    /// Writes the user's configuration.
    pub(crate) fn user(&self, text: &str) -> &Home {
        self.write(".config/argvet/config.toml", text)
    }

    /// Writes the project's configuration.
    pub(crate) fn project(&self, text: &str) -> &Home {
        self.write("app/.argvet.toml", text)
    }

    /// Runs argvet in the project.
    pub(crate) fn argvet(&self, arguments: &[&str]) -> Run {
        self.with(arguments, b"", &[])
    }

    pub(crate) fn with(&self, arguments: &[&str], stdin: &[u8], environment: &[(&str, &str)]) -> Run {
        let home = self.path("");
        let state = self.path("state");
        let mut all = vec![("HOME", home.to_str().unwrap()), ("XDG_STATE_HOME", state.to_str().unwrap())];
        all.extend(environment);
        argvet_in(&self.path("app"), arguments, stdin, &all)
    }

    /// The verdict of `analyze`.
    pub(crate) fn verdict(&self, command: &str) -> String {
        self.verdict_with(command, &[], &[])
    }

    fn verdict_with(&self, command: &str, flags: &[&str], environment: &[(&str, &str)]) -> String {
        let arguments = [&["analyze", "--format", "json"], flags, &["--", command]].concat();
        let run = self.with(&arguments, b"", environment);
        let document: Value = serde_json::from_str(&run.stdout).expect(&run.stderr);
        document["verdict"].as_str().unwrap().to_owned()
    }

    /// What the hook says: the decision and the text that comes with it.
    pub(crate) fn hook(&self, command: &str) -> (String, String) {
        let payload = json!({
            "hook_event_name": "PreToolUse",
            "session_id": "s1",
            "cwd": self.path("app"),
            "tool_name": "Bash",
            "tool_input": {"command": command},
        });
        let run = self.with(&["hook", "--host", "claude-code"], payload.to_string().as_bytes(), &[]);
        assert_eq!(run.code, Some(0), "{}", run.stderr);
        if run.stdout.is_empty() {
            return ("silent".to_owned(), String::new());
        }
        let reply: Value = serde_json::from_str(&run.stdout).unwrap();
        let output = &reply["hookSpecificOutput"];
        let text = |field: &str| output[field].as_str().map(str::to_owned);
        match text("permissionDecision") {
            Some(decision) => (decision, text("permissionDecisionReason").unwrap()),
            None => ("note".to_owned(), text("additionalContext").unwrap()),
        }
    }
}

const SHIPIT: &str = r#"
title   = "Our deploy tool"
summary = "Tearing down environments"
tier    = 1
checked = { program = "shipit", version = "1", on = "2026-11-25", source = "shipit --help" }

[program.shipit]
[program."shipit down"]

[[rule]]
id       = "down"
severity = "high"
title    = "tears an environment down"
why      = "The environment and what is stored in it are gone."
match    = [{ command = "shipit down" }]
blocks   = ["shipit down"]
allows   = ["shipit status"]
"#;

#[test]
fn what_the_user_writes_counts_everywhere() {
    let home = Home::new();
    assert_eq!(home.verdict("rm -rf src"), "deny");
    home.user("rules.'core.filesystem/delete-directory'.decision = 'ask'\nscratch = ['~/app/tmpdir']");
    assert_eq!(home.verdict("rm -rf src"), "ask");
    assert_eq!(home.hook("rm -rf src").0, "ask");
    assert_eq!(home.hook("rm -rf tmpdir/x").0, "silent");
    let line = home.with(&["batch"], b"{\"command\": \"rm -rf src\"}", &[]);
    assert!(line.stdout.contains(r#""verdict":"ask""#), "{}{}", line.stdout, line.stderr);
}

#[test]
fn the_strict_preset_knows_everyday_programs() {
    let home = Home::new();
    home.user("preset = 'strict'");
    for command in [
        "cat a | grep -v b | head -5",
        "tail -f log",
        "jq . a.json",
        "pytest -x",
        "npm test",
        "ls -la; ps aux",
    ] {
        assert_eq!(home.verdict(command), "allow", "{command}");
    }
    assert_eq!(home.verdict("frobnicate a"), "ask");
}

#[test]
fn flags_count_for_more_than_files() {
    let home = Home::new();
    home.user("preset = 'strict'");
    assert_eq!(home.verdict("eval \"$x\""), "deny");
    assert_eq!(home.verdict_with("eval \"$x\"", &["--preset", "standard"], &[]), "ask");
    assert_eq!(home.verdict_with("rm -rf src", &["--packs", "-core.filesystem"], &[]), "allow");
}

#[test]
fn the_environment_only_tightens() {
    let home = Home::new();
    let verdict = |command: &str, name: &str, value: &str| home.verdict_with(command, &[], &[(name, value)]);
    assert_eq!(verdict("eval \"$x\"", "ARGVET_GAPS", "deny"), "deny");
    assert_eq!(verdict("eval \"$x\"", "ARGVET_PRESET", "strict"), "deny");
    assert_eq!(verdict("eval \"$x\"", "ARGVET_GAPS", "allow"), "ask");
    assert_eq!(verdict("rm -rf src", "ARGVET_PACKS", "-core.filesystem,-core"), "deny");
    assert_eq!(verdict("frobnicate", "ARGVET_UNKNOWN_COMMANDS", "ask"), "ask");
    let wrong = home.with(&["analyze", "ls"], b"", &[("ARGVET_PRESET", "strikt")]);
    assert!(
        wrong.stderr.contains("ARGVET_PRESET") && wrong.stderr.contains("did you mean strict?"),
        "{}",
        wrong.stderr
    );
    // Nor does a command change by what it is judged.
    for command in [
        "ARGVET_PRESET=quiet rm -rf src",
        "export ARGVET_PACKS=-core; rm -rf src",
        "HOME=/nowhere rm -rf src",
    ] {
        assert_eq!(home.hook(command).0, "deny", "{command}");
    }
}

#[test]
fn a_broken_file_leaves_the_guard_on_and_is_told() {
    let home = Home::new();
    home.user("rules.'core.filesystem/delete-directory'.decision = 'allow'\npreste = 'quiet'");
    let (decision, reason) = home.hook("rm -rf src");
    assert_eq!(decision, "deny");
    assert!(reason.contains("config.toml:2") && reason.contains("did you mean preset?"), "{reason}");
    let (decision, note) = home.hook("ls");
    assert_eq!(decision, "note");
    assert!(note.contains("config check"), "{note}");
    let analyzed = home.argvet(&["analyze", "rm -rf src"]);
    assert_eq!(analyzed.code, Some(1));
    assert!(analyzed.stderr.contains("left out"), "{}", analyzed.stderr);
    let check = home.argvet(&["config", "check"]);
    assert_eq!(check.code, Some(2));
    assert!(check.stdout.contains("config.toml:2"), "{}", check.stdout);
}

#[test]
fn a_pipe_in_place_of_a_file_does_not_hang() {
    let home = Home::new();
    let made = std::process::Command::new("mkfifo").arg(home.path("app/.argvet.toml")).status();
    if made.is_ok_and(|status| status.success()) {
        let (decision, reason) = home.hook("rm -rf src");
        assert_eq!(decision, "deny");
        assert!(reason.contains("expected a file"), "{reason}");
    }
}

#[test]
fn a_project_only_tightens_until_it_is_trusted() {
    let home = Home::new();
    let milder =
        "rules.'core.filesystem/delete-directory'.decision = 'allow'\nscratch = ['src']\npacks = ['-core']";
    home.project(milder);
    assert_eq!(home.hook("rm -rf src").0, "deny");
    let trusted = home.argvet(&["trust"]);
    assert_eq!(trusted.code, Some(0), "{}", trusted.stderr);
    assert_eq!(home.hook("rm -rf src").0, "silent");
    assert!(home.argvet(&["config", "show"]).stdout.contains("trusted"));
    // Another content is another file.
    home.project(&format!("{milder}\n"));
    assert_eq!(home.hook("rm -rf src").0, "deny");
    home.project(milder);
    assert_eq!(home.hook("rm -rf src").0, "silent");
    // The same content in another place was not trusted.
    home.write("other/.argvet.toml", milder);
    let other = home.path("other");
    assert_eq!(home.verdict_with("rm -rf src", &["--cwd", other.to_str().unwrap()], &[]), "deny");
    assert_eq!(home.argvet(&["trust", "--remove"]).code, Some(0));
    assert_eq!(home.hook("rm -rf src").0, "deny");
}

#[test]
fn a_project_may_protect_what_is_its_own() {
    let home = Home::new();
    home.project("protected = ['infra/live']\ngaps = 'deny'\npacks = ['backup.restic']");
    assert_eq!(home.verdict("echo x > infra/live/main.tf"), "deny");
    assert_eq!(home.verdict("cd infra && rm live/main.tf"), "deny");
    assert_eq!(home.verdict("echo x > infra/other"), "allow");
    assert_eq!(home.verdict("eval \"$x\""), "deny");
    // Also where a nearer directory says something else.
    home.write("app/sub/.argvet.toml", "gaps = 'ask'");
    let sub = home.path("app/sub");
    assert_eq!(home.verdict_with("echo x > ../infra/live/a", &["--cwd", sub.to_str().unwrap()], &[]), "deny");
}

#[test]
fn packs_of_the_user_are_loaded_and_those_of_a_project_once_it_is_trusted() {
    let home = Home::new();
    assert_eq!(home.verdict("shipit down"), "allow");
    home.write(".config/argvet/packs/shipit.toml", SHIPIT);
    assert_eq!(home.hook("shipit down").0, "deny");
    let home = Home::new();
    home.write("app/.argvet/packs/shipit.toml", SHIPIT);
    assert_eq!(home.hook("shipit down").0, "silent");
    assert_eq!(home.argvet(&["trust"]).code, Some(0));
    assert_eq!(home.hook("shipit down").0, "deny");
    home.write(".config/argvet/packs/broken.toml", "title = 1");
    let (decision, reason) = home.hook("shipit down");
    assert_eq!(decision, "deny");
    assert!(reason.contains("broken.toml:1"), "{reason}");
}

#[test]
fn a_configuration_inside_the_project_is_the_projects() {
    let home = Home::new();
    let milder = "rules.'core.filesystem/delete-directory'.decision = 'allow'";
    home.write("app/evil/argvet/config.toml", milder);
    let evil = home.path("app/evil");
    let environment =
        [("XDG_CONFIG_HOME", evil.to_str().unwrap()), ("XDG_STATE_HOME", evil.to_str().unwrap())];
    assert_eq!(home.verdict_with("rm -rf src", &[], &environment), "deny");
    home.project(milder);
    assert_eq!(home.with(&["trust"], b"", &environment).code, Some(2));
}

#[test]
fn what_counts_is_shown_with_who_says_so() {
    let home = Home::new();
    home.user("gaps = 'deny'\nhosts.claude-code.gaps = 'ask'\nprotected = ['~/prod']");
    let shown = home.argvet(&["config", "show", "--format", "json"]);
    let shown: Value = serde_json::from_str(&shown.stdout).unwrap();
    let rows = shown["settings"].as_array().unwrap();
    let row = |name: &str| rows.iter().find(|row| row["setting"] == name).unwrap().clone();
    assert_eq!(row("gaps")["value"], "deny");
    assert!(row("gaps")["from"].as_str().unwrap().ends_with(".config/argvet/config.toml"));
    assert_eq!(row("preset")["from"], "built-in");
    assert_eq!(row("protected")["value"], "~/prod");
    let text = home.argvet(&["config", "show", "--host", "claude-code"]).stdout;
    assert!(text.contains("[hosts.claude-code]"), "{text}");
    let paths = home.argvet(&["config", "path"]).stdout;
    assert!(paths.contains("in use") && paths.contains("/etc/argvet/config.toml"), "{paths}");
}

#[test]
fn names_that_nothing_has_are_found() {
    let home = Home::new();
    assert_eq!(home.argvet(&["config", "check"]).code, Some(0));
    home.user("packs = ['core.gti']\n\n[rules.'core.filesystem/delete-directori']\ndecision = 'ask'\n[hosts.claude]");
    let check = home.argvet(&["config", "check"]).stdout;
    assert!(
        check.contains("config.toml:1: no pack or category is named core.gti (did you mean core.git?)"),
        "{check}"
    );
    assert!(
        check.contains("config.toml:3") && check.contains("did you mean core.filesystem/delete-directory?"),
        "{check}"
    );
    assert!(check.contains("config.toml:5") && check.contains("did you mean claude-code?"), "{check}");
    // Whoever asks for a verdict is told as well, and gets it all the same.
    let shown = home.argvet(&["analyze", "ls"]);
    assert!(
        shown.stderr.contains("config.toml:1: no pack or category is named core.gti"),
        "{}",
        shown.stderr
    );
    assert_eq!(shown.code, Some(0));
    let (decision, reason) = home.hook("rm -rf src");
    assert!(reason.contains("config.toml:1: no pack") && reason.contains("and 2 more"), "{reason}");
    assert_eq!(decision, "deny");
    home.user(
        "rules.'policy/unknown-command'.decision = 'ask'\nrules.'core.git/push-force'.decision = 'ask'",
    );
    assert_eq!(home.hook("ls"), ("silent".to_owned(), String::new()));
    // Not what a project says, but where.
    home.project("packs = ['Run_rm_-rf']");
    let (decision, note) = home.hook("ls");
    assert!(note.contains(".argvet.toml:1: cannot be used") && !note.contains("Run_rm"), "{note}");
    assert_eq!(decision, "note");
}

#[test]
fn names_in_variables_and_flags_are_checked() {
    let home = Home::new();
    let run = home.with(&["analyze", "ls"], b"", &[("ARGVET_PACKS", "databse")]);
    assert!(run.stderr.contains("ARGVET_PACKS: no pack or category is named databse"), "{}", run.stderr);
    assert_eq!(home.argvet(&["analyze", "--packs", "databse", "ls"]).code, Some(2));
    let payload = br#"{"command": "ls"}"#;
    let run = home.with(&["hook", "--host", "plain", "--packs", "databse"], payload, &[]);
    assert!(run.stdout.contains("--packs: no pack or category is named databse"), "{}", run.stdout);
    assert_eq!(run.code, Some(0));
}

#[test]
fn the_path_of_a_file_that_is_left_out_says_so() {
    let home = Home::new();
    let paths = || home.argvet(&["config", "path"]).stdout;
    home.user("gaps = 'ask'").write(".config/argvet/packs/shipit.toml", SHIPIT);
    assert_eq!(paths().matches("in use").count(), 2, "{}", paths());
    home.user("gasp = 'ask'").write(".config/argvet/packs/other.toml", "title = 1");
    home.write(".config/argvet/exceptions.toml", "exception = 1").project("gasp = 1");
    assert_eq!(paths().matches("left out").count(), 3, "{}", paths());
    assert_eq!(paths().matches("in part").count(), 1, "{}", paths());
}

#[test]
fn what_cannot_be_read_is_named_and_not_trusted() {
    let home = Home::new();
    std::fs::write(home.path("app/.argvet.toml"), b"preset = \"\xff\"").unwrap();
    let refused = home.argvet(&["trust"]);
    assert_eq!(refused.code, Some(2));
    assert!(
        refused.stderr.contains(".argvet.toml: stream did not contain valid UTF-8"),
        "{}",
        refused.stderr
    );
    let paths = home.argvet(&["config", "path"]).stdout;
    assert!(
        paths.lines().any(|line| line.starts_with("left out") && line.ends_with(".argvet.toml")),
        "{paths}"
    );
}

#[test]
fn own_packs_are_known_to_argvet_packs() {
    let home = Home::new();
    home.write(".config/argvet/packs/shipit.toml", SHIPIT);
    let run = |arguments: &[&str]| home.argvet(&[&["packs"], arguments].concat());
    assert!(run(&["list"]).stdout.contains("user.shipit"));
    assert!(run(&["list", "--format", "json"]).stdout.contains("\"user.shipit/down\""));
    assert!(run(&["show", "user.shipit/down"]).stdout.contains("tears an environment down"));
    assert_eq!(run(&["test", "user.shipit"]).code, Some(0));
    assert_eq!(run(&["test", "user.shipit", "--command", "shipit down"]).code, Some(1));
    let lacks = run(&["validate", "user.shipit"]);
    assert_eq!(lacks.code, Some(1));
    assert!(lacks.stdout.contains("user.shipit/down: expected at least 3 blocks"), "{}", lacks.stdout);
    // As it is now, although it counts already.
    let file = home.path(".config/argvet/packs/shipit.toml");
    assert_eq!(run(&["test", file.to_str().unwrap()]).code, Some(0));
    // One that cannot be used does not hide the others.
    home.write(".config/argvet/packs/broken.toml", "title = 1\n");
    std::fs::write(home.path(".config/argvet/packs/bytes.toml"), b"title = \"\xff\"").unwrap();
    let list = run(&["list"]);
    assert!(list.stdout.contains("user.shipit") && list.code == Some(0), "{}", list.stdout);
    for problem in ["broken.toml:1: ", "bytes.toml: "] {
        assert!(list.stderr.contains(problem), "{}", list.stderr);
    }
    assert_eq!(home.verdict("shipit down"), "deny");
}

#[test]
fn a_projects_packs_are_known_when_it_is_trusted() {
    let home = Home::new();
    home.write("app/.argvet/packs/shipit.toml", SHIPIT);
    let list = home.argvet(&["packs", "list"]);
    assert!(!list.stdout.contains("user.shipit"), "{}", list.stdout);
    assert!(
        list.stderr.contains("app/.argvet/packs: it is not trusted yet (argvet trust "),
        "{}",
        list.stderr
    );
    assert_eq!(home.argvet(&["trust"]).code, Some(0));
    let list = home.argvet(&["packs", "list"]);
    assert!(list.stdout.contains("user.shipit") && list.stderr.is_empty(), "{}", list.stderr);
}

/// Lines of a project's file, mild and strict ones.
const LINES: [&str; 14] = [
    "preset = 'quiet'",
    "preset = 'strict'",
    "gaps = 'allow'",
    "unknown-commands = 'allow'",
    "packs = ['-core.filesystem', '-core.git', '-shell']",
    "packs = ['all']",
    "known-commands = ['rm', 'git']",
    "scratch = ['src', '/etc/x', '**/lib']",
    "trusted-producers = ['cat', 'other x']",
    "protected = ['docs']",
    "audit.enabled = false",
    "rules.'core.filesystem/delete-directory' = { decision = 'allow', severity = 'low' }",
    "rules.'core.git/push-force'.severity = 'low'",
    "directories.'.' = { gaps = 'allow', scratch = ['src'], rules.'core.git/push-force'.decision = 'allow' }",
];

const COMMANDS: [&str; 8] = [
    "rm -rf src",
    "rm -rf \"$dir\"",
    "git push -f",
    "eval \"$(cat x)\"",
    "eval \"$x\"",
    "echo x > docs/a",
    "frobnicate src",
    "cd lib && rm -rf src",
];

fn rank(verdict: &str) -> usize {
    ["allow", "ask", "deny"].iter().position(|known| *known == verdict).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn no_project_makes_a_verdict_milder(lines in prop::sample::subsequence(&LINES[..], 0..=6), user in prop::sample::select(&LINES[..])) {
        let home = Home::new();
        // A user's paths are not relative.
        let user = if user.contains("'src'") || user.contains("'.'") { "" } else { user };
        home.user(user);
        let verdicts =
            |home: &Home| COMMANDS.iter().map(|command| rank(&home.verdict(command))).collect::<Vec<usize>>();
        let before = verdicts(&home);
        let mut seen = std::collections::BTreeSet::new();
        let unique = lines.iter().filter(|line| seen.insert(line.split([' ', '.']).next())).copied();
        home.project(&unique.collect::<Vec<_>>().join("\n"));
        let after = verdicts(&home);
        prop_assert!(before.iter().zip(&after).all(|(before, after)| before <= after), "{before:?} {after:?} {lines:?}");
    }
}
