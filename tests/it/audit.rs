//! The audit log: what is in it, and that nothing depends on it.

use crate::config::Home;
use serde_json::Value;

const LOG: &str = "state/argvet/audit.jsonl";

fn entries(home: &Home) -> Vec<Value> {
    let text = std::fs::read_to_string(home.path(LOG)).unwrap_or_default();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn an_empty_log_says_so_and_a_pipe_keeps_nobody_waiting() {
    let home = Home::new();
    assert_eq!(home.argvet(&["log"]).stdout, "nothing is recorded\n");
    home.hook("ls");
    assert_eq!(home.argvet(&["log", "--verdict", "deny"]).stdout, "none of 1 commands fits\n");
    std::fs::remove_file(home.path(LOG)).unwrap();
    if std::process::Command::new("mkfifo").arg(home.path(LOG)).status().is_ok_and(|status| status.success())
    {
        assert_eq!(home.argvet(&["log"]).code, Some(2));
    }
}

#[test]
fn what_was_decided_is_recorded_without_secrets() {
    let home = Home::new();
    home.hook("rm -rf src");
    home.hook("DB_PASSWORD=hunter2 ls");
    home.hook("eval \"$x\"");
    let entries = entries(&home);
    let verdicts: Vec<&str> = entries.iter().map(|entry| entry["verdict"].as_str().unwrap()).collect();
    assert_eq!(verdicts, ["deny", "allow", "ask"]);
    assert_eq!(entries[0]["rules"][0], "core.filesystem/delete-directory");
    assert_eq!(entries[0]["host"], "claude-code");
    assert_eq!(entries[0]["session"], "s1");
    assert_eq!(entries[1]["command"], "DB_PASSWORD=[redacted] ls");
    let shown = |arguments: &[&str]| home.argvet(&[&["log"], arguments].concat()).stdout;
    assert_eq!(shown(&[]).lines().count(), 3);
    assert_eq!(shown(&["--tail", "1"]).lines().count(), 1);
    assert!(shown(&["--verdict", "deny"]).contains("rm -rf src"));
    assert_eq!(shown(&["--rule", "shell.dynamic"]).lines().count(), 1);
    assert_eq!(shown(&["--since", "2999-01-01"]), "none of 3 commands fits\n");
    assert_eq!(shown(&["--format", "json"]).lines().count(), 3);
    let summary = shown(&["--summary"]);
    assert!(summary.contains("3 commands") && summary.contains("by rule"), "{summary}");
}

#[test]
fn a_full_log_is_put_aside() {
    let home = Home::new();
    home.user("audit.megabytes = 1");
    home.write(LOG, &"x".repeat(1 << 20));
    home.hook("ls");
    assert_eq!(entries(&home).len(), 1);
    assert_eq!(std::fs::metadata(home.path("state/argvet/audit.jsonl.1")).unwrap().len(), 1 << 20);
}

#[test]
fn it_can_be_switched_off_by_the_user_alone() {
    let home = Home::new();
    home.project("audit.enabled = false");
    home.hook("ls");
    assert_eq!(entries(&home).len(), 1);
    home.user("audit.enabled = false");
    home.hook("ls");
    assert_eq!(entries(&home).len(), 1);
}

#[test]
fn no_answer_depends_on_it() {
    let home = Home::new();
    std::fs::create_dir_all(home.path(LOG)).unwrap();
    assert_eq!(home.hook("rm -rf src").0, "deny");
    assert_eq!(home.hook("ls").0, "silent");
    let check = home.argvet(&["config", "check"]);
    assert!(check.stdout.contains("audit log cannot be written"), "{}", check.stdout);
    let home = Home::new();
    home.write("state", "a file");
    assert_eq!(home.hook("rm -rf src").0, "deny");
    assert_eq!(home.hook("ls").0, "silent");
}
