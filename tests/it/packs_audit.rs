//! `argvet packs audit` against a program made for it: what it runs, and what it says.
#![cfg(unix)]

use crate::program::with_environment;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

/// A program with three commands below `volume`. It notes how it was called, and what it could read.
const PROGRAM: &str = r#"#!/bin/sh
printf '%s|%s|%s\n' "$*" "$TERM" "$(cat)" >>"LOG"
case "$*" in
    --help) printf 'Commands:\n  volume   Manage volumes\n  list     List all\n  slow     Takes its time\n' ;;
    'volume --help') printf 'Available Commands:\n  rm       Remove a volume\n  wipe     Wipe one\n  rm-tag   Remove a label\n' ;;
    *) printf 'Usage:\n  kit %s [flags]\n' "$*" ;;
esac
"#;

const PACK: &str = r#"title = "Kit"
summary = "Volumes"
tier = 1
default = true

[considered]
"kit volume rm-*" = "A label holds nothing."

[program.kit]
[program."kit volume"]
[program."kit volume rm"]
options = ["--force"]

[[rule]]
id = "remove"
severity = "high"
title = "removes a volume"
why = "It is gone."
match = [{ command = "kit volume rm", flag = ["--force"] }]
blocks = ["kit volume rm --force x"]
allows = ["kit volume rm x"]
"#;

/// Runs an audit with the program on the path; the exit code, the output, and how the program was called.
fn audit(arguments: &[&str], pack: &str) -> (Option<i32>, String, String) {
    let place = tempfile::tempdir().unwrap();
    let (packs, log) = (place.path().join("packs"), place.path().join("log"));
    std::fs::create_dir(&packs).unwrap();
    std::fs::write(packs.join("kit.toml"), pack).unwrap();
    install(place.path(), &PROGRAM.replace("LOG", log.to_str().unwrap()));
    let path = format!("{}:/usr/bin:/bin", place.path().display());
    let mut all = vec!["packs", "--packs-from", packs.to_str().unwrap(), "audit"];
    all.extend(arguments);
    let run = with_environment(&all, b"secret input", &[("PATH", &path), ("TERM", "xterm")]);
    (run.code, run.stdout + &run.stderr, std::fs::read_to_string(log).unwrap_or_default())
}

fn install(folder: &Path, text: &str) {
    let file = folder.join("kit");
    std::fs::write(&file, text).unwrap();
    std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o755)).unwrap();
}

#[test]
fn only_help_is_run_and_without_input() {
    let (_, _, log) = audit(&["kit"], PACK);
    let mut calls: Vec<&str> = log.lines().collect();
    calls.sort_unstable();
    let expected = [
        "--help|dumb|",
        "list --help|dumb|",
        "slow --help|dumb|",
        "volume --help|dumb|",
        "volume rm --help|dumb|",
        "volume rm-tag --help|dumb|",
        "volume wipe --help|dumb|",
    ];
    assert_eq!(calls, expected);
}

#[test]
fn what_nobody_has_looked_at_is_open() {
    let (code, output, _) = audit(&["kit"], PACK);
    assert_eq!(code, Some(1));
    let expected = "\
open        kit volume wipe  Wipe one
considered  kit volume rm-tag  A label holds nothing.
kit: 5 commands, 3 sound destructive: 1 covered by a rule, 1 considered, 1 open
";
    assert_eq!(output, expected);
}

#[test]
fn an_audit_without_open_commands_can_be_recorded() {
    let pack =
        PACK.replace("\"kit volume rm-*\"", "\"kit volume wipe\" = \"Wipes dust.\"\n\"kit volume rm-*\"");
    let (code, output, _) = audit(&["kit"], &pack);
    assert_eq!(code, Some(0));
    assert!(output.contains("audited = { program = \"kit\", version = \"…\""), "{output}");
    assert!(output.contains("commands = 5, destructive = 3, considered = 2 }"), "{output}");
}

#[test]
fn the_document_says_it_too() {
    let (_, output, _) = audit(&["kit", "--format", "json"], PACK);
    let document: serde_json::Value = serde_json::from_str(&output).unwrap();
    let status = |name: &str| {
        let all = document["destructive"].as_array().unwrap();
        all.iter().find(|entry| entry["command"] == name).unwrap()["status"].as_str().unwrap().to_owned()
    };
    assert_eq!(status("kit volume rm"), "covered");
    assert_eq!(status("kit volume rm-tag"), "considered");
    assert_eq!(status("kit volume wipe"), "open");
}

#[test]
fn other_sources_run_nothing() {
    let place = tempfile::tempdir().unwrap();
    let at = |name: &str| place.path().join(name).to_str().unwrap().to_owned();
    std::fs::write(at("kit.txt"), "Commands:\n  volume   Manage volumes\n").unwrap();
    std::fs::write(at("kit volume.txt"), "Commands:\n  wipe   Wipe one\n").unwrap();
    std::fs::write(at("list"), "kit\nkit volume\nkit volume wipe\nkit volume list\n").unwrap();
    std::fs::create_dir_all(at("models/dust/2020-01-01")).unwrap();
    std::fs::write(at("models/dust/2020-01-01/service-2.json"), r#"{"operations": {"WipeDBDust": {}}}"#)
        .unwrap();
    for (option, source, open) in [
        ("--help-from", at(""), "open        kit volume wipe"),
        ("--list", at("list"), "open        kit volume wipe"),
        ("--models", at("models"), "open        kit dust wipe-db-dust"),
    ] {
        let (code, output, log) = audit(&["kit", option, &source], PACK);
        assert_eq!((code, log.as_str()), (Some(1), ""), "{option}: {output}");
        assert!(output.contains(open), "{option}: {output}");
    }
}

#[test]
fn a_program_that_is_not_there_is_an_error() {
    let (code, output, _) = audit(&["no-such-kit"], PACK);
    assert_eq!(code, Some(2));
    assert!(output.contains("no-such-kit: not installed"), "{output}");
}
