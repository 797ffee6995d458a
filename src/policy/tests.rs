//! Decisions: severity and certainty, gaps, unknown programs.

use super::*;
use crate::check;
use crate::gap::GapCause;

fn facts() -> Facts {
    let project = b"/home/me/project".to_vec();
    Facts {
        cwd: Some(project.clone()),
        home: Some(b"/home/me".to_vec()),
        project: Some(project),
        ..Facts::default()
    }
}

fn verdict(command: &str) -> Verdict {
    check(command.as_bytes(), &Policy::default(), &facts())
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
        // Where the program is does not matter.
        ("$DIR/restic prune", Decision::Deny),
        ("$(brew --prefix)/bin/restic prune", Decision::Ask),
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

/// A policy with one layer of a user, in which commands run in /home/me/project.
fn configured(text: &str) -> Policy {
    let settings = Settings::parse(text, "config.toml", false).unwrap();
    let layer = Layer { name: "user".to_owned(), authority: Authority::Full, root: None, settings };
    let home = std::path::Path::new("/home/me");
    let occasion =
        Occasion { host: None, cwd: Some(std::path::Path::new("/home/me/project")), home: Some(home) };
    Policy::configured(Catalog::builtin(), &[layer], occasion)
}

fn decisions(policy: &Policy, expected: &[(&str, Decision)]) {
    for (command, decision) in expected {
        let verdict = check(command.as_bytes(), policy, &facts());
        assert_eq!(verdict.decision, *decision, "{command}: {verdict:?}");
    }
}

#[test]
fn what_touches_a_protected_path_is_denied() {
    use Decision::{Allow, Ask, Deny};
    let policy = configured("protected = ['~/prod', '*.tfstate']\nscratch = ['~/prod/tmp', '/data/scratch']");
    decisions(
        &policy,
        &[
            ("echo x > ~/prod/a/b", Deny),
            ("cat x >> /home/me/prod/a", Deny),
            ("rm ~/prod/a", Deny),
            ("cd ../prod && sed -i s/a/b/ config", Deny),
            ("rm -rf ~/prod", Deny),
            ("rm -rf ~/prod/tmp/x", Deny),
            ("mv ~/prod ~/old", Deny),
            ("cp a b/terraform.tfstate", Deny),
            ("cp x \"$HOME/prod/$name\"", Deny),
            ("cp \"$x\" ~/prod", Deny),
            ("cat ~/prod/a", Allow),
            ("echo x > ~/production", Allow),
            ("echo x > \"$file\"", Allow),
            ("rm -rf \"$dir\"", Ask),
        ],
    );
}

#[test]
fn in_a_scratch_directory_anything_may_be_deleted() {
    use Decision::{Allow, Deny};
    let policy = configured("scratch = ['~/scratch', '/data/tmp/']");
    decisions(
        &policy,
        &[
            ("rm -rf ~/scratch/x", Allow),
            ("find /data/tmp/x -delete", Allow),
            ("cd ~/scratch && rm -rf x", Allow),
            ("rm -rf ~/scratch/../prod", Deny),
            ("rm -rf ~/scratch/x ~/prod", Deny),
            ("rm -rf ~/scratchy", Deny),
        ],
    );
    assert_ne!(check(b"rm -rf ~/scratch/\"$x\"/..", &policy, &facts()).decision, Allow);
}

#[test]
fn presets_and_rules_decide() {
    use Decision::{Allow, Ask, Deny};
    decisions(&configured("preset = 'strict'"), &[("eval \"$x\"", Deny), ("rm -rf \"$x\"", Deny)]);
    decisions(&configured("preset = 'quiet'"), &[("rm -rf src", Deny), ("eval \"$x\"", Ask)]);
    let text = "rules.'core.filesystem/delete-directory'.decision = 'ask'\ngaps = 'allow'";
    decisions(&configured(text), &[("rm -rf src", Ask), ("rm -rf src /etc", Deny)]);
    decisions(&configured("packs = ['-core']"), &[("rm -rf src", Allow)]);
    decisions(
        &configured("unknown-commands = 'ask'\nknown-commands = ['mytool']"),
        &[
            ("mytool x", Allow),
            ("frobnicate x", Ask),
            ("echo x", Allow),
            ("$tool", Ask),
            ("f() { :; }; f", Allow),
        ],
    );
}

#[test]
fn the_output_of_a_trusted_producer_may_be_executed() {
    use Decision::{Allow, Ask};
    let policy = configured("trusted-producers = ['mytool shellenv', 'docker env']");
    decisions(
        &policy,
        &[
            ("eval \"$(mytool shellenv)\"", Allow),
            ("eval \"$(mytool shellenv --bash)\"", Allow),
            ("eval \"$(docker env)\"", Allow),
            ("eval \"$(mytool other)\"", Ask),
            ("eval \"$(mytool shellenv; other)\"", Ask),
        ],
    );
}

fn excepting(rule: &str, scope: Scope, directory: Option<&str>) -> Policy {
    let exception = Exception {
        rule: rule.to_owned(),
        scope,
        directory: directory.map(|path| path.as_bytes().to_vec()),
        reason: "a test".to_owned(),
    };
    Policy::default().with_exceptions(move || vec![exception])
}

#[test]
fn an_exception_takes_one_rule_of_one_command_away() {
    use Decision::{Allow, Ask, Deny};
    let words = |text: &str| text.split(' ').map(|word| word.as_bytes().to_vec()).collect();
    let delete = "core.filesystem/delete-directory";
    decisions(
        &excepting(delete, Scope::Any, None),
        &[("rm -rf src", Allow), ("rm -rf src; git push -f", Deny)],
    );
    // Another rule's finding in the same words stays, also one that only may match.
    decisions(&excepting(delete, Scope::Any, None), &[("rm -rf /etc", Deny), ("rm -rf \"$x\"", Ask)]);
    let prefix = excepting(delete, Scope::Prefix(words("rm -rf src")), None);
    decisions(
        &prefix,
        &[
            ("rm -rf src", Allow),
            ("'rm' -r\"f\" src", Allow),
            ("cd x && rm -rf src", Allow),
            ("rm -rf srcs", Deny),
            ("sudo rm -rf src", Deny),
            ("ssh host rm -rf src", Deny),
            ("rm -rf src; rm -rf lib", Deny),
            ("for d in src lib; do rm -rf $d; done", Deny),
        ],
    );
    let exact = excepting(delete, Scope::Command(b"rm -rf src".to_vec()), None);
    decisions(&exact, &[(" rm -rf src\n", Allow), ("rm -rf src lib", Deny), ("true; rm -rf src", Deny)]);
    let inside = excepting(delete, Scope::Any, Some("/home/me/project"));
    decisions(
        &inside,
        &[("rm -rf src", Allow), ("cd .. && rm -rf src", Deny), ("cd \"$x\" && rm -rf src", Ask)],
    );
    let verdict = check(b"rm -rf src", &exact, &facts());
    assert_eq!(verdict.excused.first().map(|excused| excused.reason.as_str()), Some("a test"));
}

#[test]
fn an_exception_for_unknown_code_covers_the_gap_that_it_leaves() {
    use Decision::{Allow, Ask};
    let prefix = |words: &[&str]| Scope::Prefix(words.iter().map(|word| word.as_bytes().to_vec()).collect());
    let policy = excepting("shell.dynamic/unknown-code", prefix(&["eval"]), None);
    decisions(
        &policy,
        &[("eval \"$x\"", Allow), ("eval \"$x\"; bash -c \"$y\"", Ask), ("sh -c \"$x\"", Ask)],
    );
}

#[test]
fn a_program_that_is_asked_about_itself_does_nothing() {
    for harmless in ["mkfs.ext4 --help", "wipefs --version", "sudo mkfs.ext4 --version"] {
        assert_eq!(verdict(harmless).decision, Decision::Allow, "{harmless}");
    }
    for harmful in ["rm --help > /etc/passwd", "rm -rf -- --help /"] {
        assert_eq!(verdict(harmful).decision, Decision::Deny, "{harmful}");
    }
}

/// What comes after more than a command may hold is not taken for harmless, whichever reader stops there.
#[test]
fn what_is_beyond_a_limit_is_asked_about() {
    let hosts: Vec<String> = (0..40).map(|number| format!("h{number}.example")).collect();
    let urls = "https://one.example/ ".repeat(5_000);
    let config = "url = https://one.example/\n".repeat(25_000);
    let commands = [
        ("requests", format!("curl -s -X DELETE {urls} https://es.example:9200/logs-1")),
        (
            "URLs of a set",
            format!("curl -X DELETE 'https://{{{},api.github.com}}/repos/a/b'", hosts.join(",")),
        ),
        (
            "lines of a configuration",
            format!("curl -K - <<'E'\n{config}request = DELETE\nurl = https://api.github.com/repos/a/b\nE\n"),
        ),
        ("calls of mongosh", format!("mongosh --eval '{}db.dropDatabase()'", "db.a.find();".repeat(20_000))),
        ("commands of redis-cli", format!("redis-cli <<'E'\n{}FLUSHALL\nE\n", "GET a\n".repeat(60_000))),
        ("statements", format!("psql <<'E'\n{}DROP DATABASE x;\nE\n", "SELECT 1;\n".repeat(12_000))),
    ];
    for (name, command) in commands {
        assert!(command.len() < 1024 * 1024, "{name}: the text itself is too long");
        assert!(verdict(&command).decision > Decision::Allow, "{name}");
    }
}
