//! The catalog and the errors of packs.

mod documentation;

use super::*;

/// A pack with one program and one rule; every `(old, new)` is replaced in it.
fn pack(changes: &[(&str, &str)]) -> String {
    let mut text = r#"title = "Demo"
summary = "Demolition"
tier = 1
[program.demo]
options = ["-f, --force", "-t, --target <path>"]
operands = "<path...>"
[program."demo drop"]
options = ["--all"]
[[rule]]
id = "drop"
severity = "high"
title = "drops it"
why = "It is gone."
match = [{ command = "demo drop", flag = ["--all"] }]
blocks = ["demo drop --all"]
allows = ["demo drop"]
"#
    .to_owned();
    for (old, new) in changes {
        assert!(text.contains(old), "{old}");
        text = text.replace(old, new);
    }
    text
}

fn error(changes: &[(&str, &str)]) -> String {
    Catalog::builtin().with_user_pack(&pack(changes), "demo.toml").unwrap_err().to_string()
}

fn path(words: &str) -> Vec<String> {
    words.split(' ').map(str::to_owned).collect()
}

#[test]
fn a_builtin_grammar_is_found_by_its_name() {
    let catalog = Catalog::builtin();
    let grammar = catalog.grammar("restic").unwrap();
    let forget = grammar.subcommands.iter().find(|sub| sub.name == "forget").unwrap();
    assert!(forget.options.iter().any(|option| option.canonical() == "--prune"));
    assert_eq!(forget.style, grammar.style, "a subcommand has the style of its program");
    assert!(catalog.grammar("no-such-program").is_none());
}

#[test]
fn rules_are_found_by_the_command_they_are_about() {
    let catalog = Catalog::builtin();
    let enabled = catalog.enabled(&PackSelection { all: true, ..PackSelection::default() });
    let ids = |words: &str, open| -> Vec<String> {
        let rules = catalog.rules_about(&path(words), open, &enabled);
        rules.into_iter().filter_map(|rule| catalog.text(rule)).map(|text| text.id).collect()
    };
    assert_eq!(ids("restic prune", false), ["backup.restic/prune"]);
    assert_eq!(ids("restic snapshots", false), [""; 0]);
    assert!(ids("restic", true).len() > 5, "any subcommand may be meant");
    let keys = ["backup.restic/key-remove", "backup.restic/format-or-password-change"];
    assert_eq!(ids("restic key", true), keys);
}

#[test]
fn a_selection_turns_packs_on_and_off() {
    let catalog = Catalog::builtin();
    let is_on = |selection: &PackSelection| {
        !catalog.rules_about(&path("restic prune"), false, &catalog.enabled(selection)).is_empty()
    };
    let set = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
    assert!(is_on(&PackSelection::default()));
    assert!(!is_on(&PackSelection { off: set(&["backup"]), ..PackSelection::default() }));
    let both = PackSelection { off: set(&["backup"]), on: set(&["backup.restic"]), all: false };
    assert!(is_on(&both), "the pack itself counts for more than its category");
}

#[test]
fn a_user_pack_adds_a_program_and_its_rules() {
    let catalog = Catalog::builtin().with_user_pack(&pack(&[]), "dir/demo.toml").unwrap();
    assert!(catalog.grammar("demo").is_some());
    assert_eq!(catalog.rules("user.demo").first().unwrap().id, "user.demo/drop");
    assert!(catalog.rule("user.demo/drop").is_some());
    assert!(catalog.grammar("restic").is_some());
}

#[test]
fn a_user_pack_may_be_about_a_builtin_program() {
    let rule = pack(&[("demo drop", "restic snapshots"), ("--all", "--json")]);
    let start = rule.find("[program").unwrap();
    let end = rule.find("[[rule").unwrap();
    let programs = rule.get(start..end).unwrap();
    let text = rule.replace(programs, "default = true\n");
    let catalog = Catalog::builtin().with_user_pack(&text, "mine.toml").unwrap();
    let enabled = catalog.enabled(&PackSelection::default());
    assert_eq!(catalog.rules_about(&path("restic snapshots"), false, &enabled).len(), 1);
    assert!(catalog.grammar("restic").unwrap().subcommands.len() > 10, "its grammar stays");
}

#[test]
fn an_error_names_file_line_and_what_was_expected() {
    assert_eq!(
        error(&[("\"drops it\"", "\"Drops it.\"")]),
        "demo.toml:12: expected a title that is a verb phrase in lower case without a dot at the end"
    );
    assert_eq!(
        error(&[("flag = [\"--all\"]", "flag = [\"--al\"]")]),
        "demo.toml:14: expected an option that the grammar of demo drop lists, found --al"
    );
}

#[test]
fn unknown_fields_are_refused_with_the_allowed_ones() {
    let message = error(&[("tier = 1", "tire = 1")]);
    assert!(message.starts_with("demo.toml:3: unknown field `tire`, expected one of `title`"), "{message}");
    let message = error(&[("flag =", "flags =")]);
    assert!(message.starts_with("demo.toml:14: unknown field `flags`"), "{message}");
    assert!(message.contains("`all-flags`"), "{message}");
}

#[test]
fn what_would_never_match_is_refused() {
    for (changes, expected) in [
        (("command = \"demo drop\"", "command = \"demon drop\""), "expected a program that has a grammar"),
        (("command = \"demo drop\"", "command = \"demo fall\""), "expected a command that has a grammar"),
        (("flag = [\"--all\"]", "flag = []"), "at least one string"),
        (("flag = [\"--all\"]", "operand = \"@hme\""), "expected a path class"),
        (("flag = [\"--all\"]", "recursive = true"), "next to recursive"),
        (
            ("command = \"demo drop\", flag", "operands = 1, operand"),
            "expected the field command, or an effect",
        ),
        (("id = \"drop\"", "id = \"no-drop\""), "expected an id"),
        (("id = \"drop\"", "id = \"Drop\""), "expected an id"),
        (("blocks = [\"demo drop --all\"]", "blocks = []"), "at least one example in blocks"),
        (("allows = [\"demo drop\"]", "allows = [\"a\", \"a\"]"), "each example once"),
        (("severity = \"high\"", "severity = \"bad\""), "unknown variant `bad`"),
        (("<path...>", "<path..."), "<path..."),
    ] {
        let message = error(&[changes]);
        assert!(message.contains(expected), "{changes:?}: {message}");
    }
}

#[test]
fn a_subcommand_needs_its_parents() {
    let message = error(&[("[program.\"demo drop\"]", "[program.\"demo old drop\"]")]);
    assert!(message.contains("expected a table [program.\"demo old\"]"), "{message}");
}
