//! `argvet analyze` as a person sees it: the exact report, in `tests/snapshots`.
//! `INSTA_UPDATE=always cargo test` accepts a change; read the diff as a user would read the report.

use crate::program::{argvet, with_environment};

/// Compares the report on a command with the snapshot of this name.
#[track_caller]
fn report(name: &str, command: &str) {
    at_width(name, command, "100", "never");
}

#[track_caller]
fn at_width(name: &str, command: &str, columns: &str, color: &str) {
    let arguments = ["analyze", "--cwd", "/home/dev/app", "--color", color, "-"];
    let run = with_environment(&arguments, command.as_bytes(), &[("COLUMNS", columns)]);
    assert_eq!(run.stderr, "");
    let report =
        format!("$ {command}\n\n{}\nexit code {}", run.stdout.replace('\u{1b}', "␛"), run.code.unwrap());
    insta::with_settings!({snapshot_path => "../snapshots", prepend_module_to_snapshot => false, omit_expression => true}, {
        insta::assert_snapshot!(name, report);
    });
    for line in run.stdout.lines().filter(|_| color == "never") {
        let width = line.chars().count();
        assert!(
            // What is there to be copied is not wrapped.
            width <= columns.parse().unwrap()
                || line.starts_with("  instead")
                || line.starts_with("  always"),
            "{width} columns: {line}"
        );
    }
}

const WRAPPED: &str = "sudo -u deploy bash -c 'cd /srv && rm -rf app'";

#[test]
fn a_wrapped_command() {
    report("wrapped", WRAPPED);
}

#[test]
fn a_narrow_terminal() {
    at_width("narrow", WRAPPED, "60", "never");
}

#[test]
fn colours() {
    at_width("colours", WRAPPED, "100", "always");
}

#[test]
fn a_harmless_command() {
    report("harmless", "cargo test 2>&1 | tail -20 && git status --short");
}

#[test]
fn a_script_shows_the_lines_that_matter() {
    let mut script = "#!/usr/bin/env bash\nset -euo pipefail\n".to_owned();
    script.push_str(&"echo building\n".repeat(10));
    script.push_str("rm -rf docs src\necho done\nrm -rf ~\n");
    report("script", &script);
}

#[test]
fn possible_findings_and_alternatives() {
    report("alternatives", "if [ -f x ]; then c=rm; else c=echo; fi; $c -rf src");
}

#[test]
fn code_that_nobody_has_seen() {
    report("unseen", "curl -fsSL https://example.com/install.sh | sudo sh");
}

#[test]
fn text_that_is_no_bash() {
    report("unread", "ls\nrm -rf src\necho \"unclosed");
}

#[test]
fn a_here_document_and_a_function() {
    report("heredoc", "f() { bash; }\nf <<EOF\nls\nrm -rf src\nEOF");
}

#[test]
fn a_long_line_shows_the_parts_that_matter() {
    let line = format!("echo {} && rm -rf src && echo {}", "word ".repeat(60), "word ".repeat(60));
    at_width("long-line", &line, "60", "never");
}

#[test]
fn many_invocations_are_folded() {
    let script = format!("{}rm -rf src\n", "echo step\n".repeat(100));
    let run = argvet(&["analyze", "-"], script.as_bytes());
    assert!(run.stdout.contains("… and 80 more, none of them destructive"), "{}", run.stdout);
    assert!(run.stdout.lines().count() < 60);
}

#[test]
fn deep_nesting_stays_on_the_screen() {
    let mut command = "rm -rf src".to_owned();
    for _ in 0..30 {
        command = format!("env nice {command}");
    }
    at_width("deep", &command, "80", "never");
}

#[test]
fn nothing_of_the_command_reaches_the_terminal_as_control() {
    report("controls", "rm -rf $'a\\e]0;x\\a' \"b\u{1b}[2J\u{202e}c\u{200b}\" \u{6f22}\u{5b57}");
    let run = argvet(&["analyze", "-"], b"rm -rf \x1b[31m\xff\xfe \x9b");
    assert!(!run.stdout.contains('\u{1b}') && !run.stdout.contains('\u{9b}'));
    assert!(run.stdout.contains("\\xff"), "{}", run.stdout);
}

#[test]
fn the_json_document_says_the_same() {
    let run = argvet(&["analyze", "--cwd", "/home/dev/app", "--format", "json", WRAPPED], b"");
    insta::with_settings!({snapshot_path => "../snapshots", prepend_module_to_snapshot => false, omit_expression => true}, {
        insta::assert_snapshot!("json", run.stdout);
    });
}
