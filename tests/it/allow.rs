//! Exceptions, and permissions for one run.

use crate::config::Home;
use std::process::Command;

#[test]
fn an_exception_is_written_used_listed_and_removed() {
    let home = Home::new();
    let rule = "core.filesystem/delete-directory";
    let added =
        home.argvet(&["allow", rule, "--prefix", "rm -rf src", "--in", ".", "--reason", "made again"]);
    assert_eq!(added.code, Some(0), "{}", added.stderr);
    assert_eq!(home.hook("rm -rf src").0, "silent");
    assert_eq!(home.hook("rm -rf lib").0, "deny");
    assert_eq!(home.hook("rm -rf src && git push -f").0, "deny");
    assert_eq!(home.hook("cd .. && rm -rf src").0, "deny");
    let shown = home.argvet(&["analyze", "rm -rf src"]);
    assert!(shown.stdout.contains("made again") && shown.stdout.contains(rule), "{}", shown.stdout);
    let list = home.argvet(&["allow", "list"]).stdout;
    assert!(
        list.starts_with("1  core.filesystem/delete-directory  for commands that begin with `rm -rf src`"),
        "{list}"
    );
    assert_eq!(home.argvet(&["allow", "remove", "2"]).code, Some(2));
    assert_eq!(home.argvet(&["allow", "remove", "1"]).code, Some(0));
    assert_eq!(home.hook("rm -rf src").0, "deny");
}

#[test]
fn the_exception_that_a_report_offers_is_narrow() {
    let home = Home::new();
    let offered = |arguments: &[&str]| {
        let report = home.argvet(&[&["analyze"], arguments].concat()).stdout;
        let line = report.lines().find_map(|line| line.trim().strip_prefix("always"));
        line.map(|line| line.trim().to_owned())
    };
    let command = "rm -rf 'it'\\''s mine'";
    let line = offered(&[command]).unwrap();
    let words = shell_words::split(&line).unwrap();
    assert_eq!(words[..3], ["argvet", "allow", "core.filesystem/delete-directory"]);
    assert_eq!(words[3..7], ["--command", command, "--in", "."]);
    let words: Vec<&str> = words.iter().skip(1).map(String::as_str).collect();
    assert_eq!(home.argvet(&words).code, Some(0));
    assert_eq!(home.hook(command).0, "silent");
    assert_eq!(home.hook("rm -rf src").0, "deny");
    assert_eq!(home.hook("cd .. && rm -rf src").0, "deny");
    // In the directory that the command was judged for.
    assert!(offered(&["--cwd", "/srv/my app", "rm -rf src"]).unwrap().contains("--in '/srv/my app' "));
    // Not for what cannot be shown in a line, nor for a file.
    assert_eq!(offered(&["rm -rf a\nls"]), None);
    home.write("app/x.sh", "rm -rf src\n");
    assert_eq!(offered(&["--file", "x.sh"]), None);
}

#[test]
fn an_exception_says_exactly_what_it_is_about() {
    let home = Home::new();
    let rule = "core.filesystem/delete-directory";
    let refused = |arguments: &[&str], because: &str| {
        let run = home.argvet(arguments);
        assert_eq!(run.code, Some(2), "{arguments:?}");
        assert!(run.stderr.contains(because), "{}", run.stderr);
    };
    refused(&["allow", rule], "--reason");
    refused(&["allow", "core.filesystem/delete-direct", "--reason", "x"], "did you mean");
    refused(&["allow", rule, "--until", "2020-01-01", "--reason", "x"], "is over");
    refused(&["allow", rule, "--until", "tomorrow", "--reason", "x"], "2026-11-25");
    refused(&["allow", rule, "--prefix", "", "--reason", "x"], "first words");
    refused(&["allow", rule, "--command", " ", "--reason", "x"], "expected a command");
    assert_eq!(home.argvet(&["allow", rule, "--until", "2999-01-01", "--reason", "x"]).code, Some(0));
    assert_eq!(home.hook("rm -rf src").0, "silent");
    refused(&["allow", rule, "--until", "2999-01-01", "--reason", "x"], "already");
    home.write(
        ".config/argvet/exceptions.toml",
        &format!("[[exception]]\nrule = \"{rule}\"\nuntil = \"2020-01-01\"\nreason = \"x\"\n"),
    );
    assert_eq!(home.hook("rm -rf src").0, "deny");
    // A file that cannot be read holds no exception.
    home.write(".config/argvet/exceptions.toml", &format!("[[exception]]\nrule = \"{rule}\"\nreason = 1\n"));
    assert_eq!(home.hook("rm -rf src").0, "deny");
    assert_eq!(home.argvet(&["config", "check"]).code, Some(2));
}

fn code(reason: &str) -> String {
    reason.split("allow-once ").nth(1).expect(reason).chars().take(6).collect()
}

/// Runs `argvet allow-once` at a terminal that `script` makes, and answers.
fn allow_once(home: &Home, code: &str, answer: &str) -> Option<String> {
    let command = format!("{} allow-once {code}", env!("CARGO_BIN_EXE_argvet"));
    let mut child = Command::new("script")
        .args(["-qec", &command, "/dev/null"])
        .current_dir(home.path("app"))
        .env_clear()
        .env("PATH", "/usr/bin:/bin")
        .env("HOME", home.path(""))
        .env("XDG_STATE_HOME", home.path("state"))
        .stdin(std::process::Stdio::piped())
        .stdout(std::process::Stdio::piped())
        .spawn()
        .ok()?;
    std::io::Write::write_all(&mut child.stdin.take().unwrap(), answer.as_bytes()).unwrap();
    Some(String::from_utf8(child.wait_with_output().unwrap().stdout).unwrap())
}

#[test]
fn a_person_allows_one_run_of_one_command() {
    let home = Home::new();
    let (decision, reason) = home.hook("rm -rf src");
    assert_eq!(decision, "deny");
    let code = code(&reason);
    // Not without a terminal.
    let run = home.argvet(&["allow-once", &code]);
    assert_eq!(run.code, Some(2));
    assert!(run.stderr.contains("terminal"), "{}", run.stderr);
    let Some(shown) = allow_once(&home, &code, "n\n") else { return };
    assert!(shown.contains("rm -rf src"), "{shown}");
    assert_eq!(home.hook("rm -rf src").0, "deny");
    let shown = allow_once(&home, &code, "y\n").unwrap();
    assert!(shown.contains("allowed once"), "{shown}");
    assert_eq!(home.hook("rm -rf lib").0, "deny");
    assert_eq!(home.hook("rm -rf src ").0, "deny");
    assert_eq!(home.hook("rm -rf src").0, "silent");
    // It was for once.
    assert_eq!(home.hook("rm -rf src").0, "deny");
    assert!(allow_once(&home, "aaaaaa", "y\n").unwrap().contains("no command with this code"));
}

#[test]
fn a_permission_that_is_over_counts_for_nothing() {
    let home = Home::new();
    let code = code(&home.hook("rm -rf src").1);
    let path = home.path(&format!("state/argvet/once/{code}"));
    let note = std::fs::read_to_string(&path).unwrap();
    let time = note.find("\"time\":").unwrap();
    home.write(&format!("state/argvet/once/{code}.granted"), &format!("{}\"time\":1000}}", &note[..time]));
    assert_eq!(home.hook("rm -rf src").0, "deny");
}
