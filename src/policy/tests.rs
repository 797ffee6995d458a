//! Decisions: severity and certainty, gaps, unknown programs.

use super::*;
use crate::check;
use crate::gap::GapCause;

fn verdict(command: &str) -> Verdict {
    let project = b"/home/me/project".to_vec();
    let facts = Facts {
        cwd: Some(project.clone()),
        home: Some(b"/home/me".to_vec()),
        project: Some(project),
        ..Facts::default()
    };
    check(command.as_bytes(), &Policy::default(), &facts)
}

#[test]
fn severity_and_certainty_decide() {
    let expected = [
        (Severity::Critical, Decision::Deny, Decision::Ask),
        (Severity::High, Decision::Deny, Decision::Ask),
        (Severity::Medium, Decision::Ask, Decision::Ask),
        (Severity::Low, Decision::Allow, Decision::Allow),
    ];
    for (severity, certain, possible) in expected {
        let decide = |certainty| Effective::default().decide("some/rule", severity, certainty);
        assert_eq!(decide(Match::Certain), certain, "{severity:?}");
        assert_eq!(decide(Match::Possible), possible, "{severity:?}");
    }
}

#[test]
fn a_finding_names_its_words() {
    let command = "restic -r /srv/r forget --keep-last 1 --prune";
    let verdict = verdict(command);
    assert_eq!(verdict.decision, Decision::Deny);
    let finding = verdict.findings.first().unwrap();
    assert_eq!(finding.rule, "backup.restic/forget-prune");
    let words: Vec<&[u8]> = finding.spans.iter().map(|span| span.of(command.as_bytes())).collect();
    assert_eq!(words, [b"restic".as_slice(), b"forget", b"--prune"]);
}

#[test]
fn the_strictest_finding_stands_first() {
    let verdict = verdict("restic unlock --remove-all; restic prune; rm -rf /");
    let decisions: Vec<Decision> = verdict.findings.iter().map(|finding| finding.decision).collect();
    assert!(decisions.is_sorted_by(|a, b| a >= b), "{decisions:?}");
    assert_eq!(verdict.decision, Decision::Deny);
}

#[test]
fn what_an_unknown_path_may_be_is_said_once() {
    let rules = |command: &str| -> Vec<String> {
        verdict(command).findings.into_iter().map(|finding| finding.rule).collect()
    };
    assert_eq!(rules("rm -rf \"$DIR\""), ["core.filesystem/delete-directory"]);
    assert_eq!(verdict("rm -rf \"$DIR\"").decision, Decision::Ask);
    assert!(rules("rm -rf \"$DIR\" /etc").contains(&"core.filesystem/delete-system-tree".to_owned()));
}

#[test]
fn an_unknown_program_is_asked_about_if_its_words_would_be_destructive() {
    for (command, expected) in [
        ("$X -rf /", Decision::Ask),
        ("\"$TOOL\" forget --prune latest", Decision::Ask),
        ("$DIR/restic prune", Decision::Ask),
        ("\"$EDITOR\" /etc/hosts", Decision::Allow),
        ("$PYTHON -m pytest -q", Decision::Allow),
        ("$X", Decision::Allow),
        ("$MAKE -j8 all", Decision::Allow),
    ] {
        let verdict = verdict(command);
        assert_eq!(verdict.decision, expected, "{command}: {verdict:?}");
    }
    let gaps = verdict("$X -rf /").gaps;
    assert!(gaps.iter().any(|gap| matches!(&gap.cause, GapCause::UnknownProgram(_))), "{gaps:?}");
}

#[test]
fn everyday_commands_pass() {
    for command in [
        "ls -la",
        "cd src && cargo test 2>&1 | tail -20 > out.txt",
        "echo hello > \"$OUT\"",
        "rm -f \"$TMPFILE\"",
        "rm -rf node_modules dist",
        "cp -r a b && mv b/c d",
        "for f in *.txt; do cat \"$f\" >> all; done",
        "grep -rn 'rm -rf /' .",
        "echo 'restic prune'",
        "python3 -c 'print(1)' < in > out",
    ] {
        let verdict = verdict(command);
        assert_eq!(verdict.decision, Decision::Allow, "{command}: {verdict:?}");
    }
}
