//! Arguments, exit codes and help.

use crate::program::{argvet, with_environment};

#[test]
fn exit_codes_say_the_verdict() {
    assert_eq!(argvet(&["analyze", "git status"], b"").code, Some(0));
    assert_eq!(argvet(&["analyze", "rm -rf src"], b"").code, Some(1));
    assert_eq!(argvet(&["analyze", "eval \"$x\""], b"").code, Some(3));
    assert_eq!(argvet(&["analyze", "--file", "/nowhere.sh"], b"").code, Some(2));
    assert_eq!(argvet(&["analyze", "--packs", "no.such", "ls"], b"").code, Some(2));
    assert_eq!(argvet(&["analyze", "--frobnicate", "--", "ls"], b"").code, Some(2));
    assert_eq!(argvet(&[], b"").code, Some(2));
}

#[test]
fn a_reader_that_has_enough_is_no_error() {
    use std::process::{Command, Stdio};
    let closed = |arguments: &[&str], input: &[u8]| {
        let mut child = Command::new(env!("CARGO_BIN_EXE_argvet"))
            .args(arguments)
            .env_clear()
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        drop(child.stdout.take());
        let _ = std::io::Write::write_all(&mut child.stdin.take().unwrap(), input);
        let output = child.wait_with_output().unwrap();
        assert_eq!(String::from_utf8(output.stderr).unwrap(), "", "{arguments:?}");
        output.status.code()
    };
    // The verdict stays.
    assert_eq!(closed(&["analyze", "ls"], b""), Some(0));
    assert_eq!(closed(&["analyze", "rm -rf src"], b""), Some(1));
    assert_eq!(closed(&["analyze", "--format", "json", "eval \"$x\""], b""), Some(3));
    assert_eq!(closed(&["batch"], b"{\"command\": \"ls\"}\n".repeat(1000).as_slice()), Some(0));
    assert_eq!(closed(&["packs", "list"], b""), Some(0));
}

#[test]
fn no_argument_prints_the_help() {
    let run = argvet(&[], b"");
    for command in ["analyze", "hook", "batch", "packs"] {
        assert!(run.stderr.contains(command), "{}", run.stderr);
    }
}

#[test]
fn every_command_explains_itself() {
    for command in [&["analyze"][..], &["hook"], &["batch"], &["packs"], &["packs", "test"]] {
        let run = argvet(&[command, &["--help"]].concat(), b"");
        assert_eq!(run.code, Some(0));
        assert!(run.stdout.contains("Usage: argvet"), "{}", run.stdout);
    }
}

#[test]
fn the_command_comes_from_an_argument_from_standard_input_or_from_a_file() {
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), "echo start\nrm -rf src\n").unwrap();
    let path = file.path().to_str().unwrap();
    let verdict = |run: crate::program::Run| {
        let document: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
        document["verdict"].as_str().unwrap().to_owned()
    };
    assert_eq!(verdict(argvet(&["analyze", "--format", "json", "rm -rf src"], b"")), "deny");
    assert_eq!(verdict(argvet(&["analyze", "--format", "json", "-"], b"rm -rf src")), "deny");
    assert_eq!(verdict(argvet(&["analyze", "--format", "json", "--file", path], b"")), "deny");
}

#[test]
fn colours_are_used_only_where_they_are_wanted() {
    let coloured = |arguments: &[&str], environment: &[(&str, &str)]| {
        with_environment(arguments, b"", environment).stdout.contains('\u{1b}')
    };
    assert!(!coloured(&["analyze", "rm -rf src"], &[]));
    assert!(coloured(&["analyze", "--color", "always", "rm -rf src"], &[]));
    assert!(coloured(&["analyze", "rm -rf src"], &[("CLICOLOR_FORCE", "1")]));
    assert!(!coloured(&["analyze", "rm -rf src"], &[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")]));
    assert!(!coloured(&["analyze", "--color", "never", "rm -rf src"], &[("CLICOLOR_FORCE", "1")]));
}

#[test]
fn packs_can_be_listed_shown_and_tried() {
    let list = argvet(&["packs", "list"], b"");
    assert_eq!(list.code, Some(0));
    assert!(list.stdout.contains("core.filesystem"), "{}", list.stdout);
    let json = argvet(&["packs", "list", "--format", "json"], b"");
    let json: serde_json::Value = serde_json::from_str(&json.stdout).unwrap();
    assert_eq!(json["schema"], 1);
    let show = argvet(&["packs", "show", "core.filesystem"], b"");
    assert!(show.stdout.contains("core.filesystem/delete-directory"), "{}", show.stdout);
    let rule = argvet(&["packs", "show", "core.filesystem/delete-root"], b"");
    assert!(!rule.stdout.contains("core.filesystem/delete-directory"), "{}", rule.stdout);
    assert_eq!(argvet(&["packs", "show", "no.such"], b"").code, Some(2));
    let tried = argvet(&["packs", "test", "core.filesystem", "--command", "rm -rf src"], b"");
    assert_eq!(tried.code, Some(1));
    assert!(tried.stdout.contains("core.filesystem/delete-directory"), "{}", tried.stdout);
}

/// A user's own pack, in which `LIST` stands for the commands that its rule blocks.
const OWN_PACK: &str = r#"
title   = "Our deploy tool"
summary = "Tearing down environments"
tier    = 1
default = true
checked = { program = "shipit", version = "1", on = "2026-11-25", source = "shipit --help" }

[program.shipit]
options = ["-e, --env <name>", "--dry-run"]
[program."shipit down"]

[[rule]]
id       = "down"
severity = "high"
title    = "tears an environment down"
why      = "The environment and what is stored in it are gone."
instead  = ["shipit down --dry-run"]
match    = [{ command = "shipit down" }]
unless   = [{ flag = ["--dry-run"] }]
blocks   = LIST
allows   = ["shipit down --dry-run", "shipit status"]
"#;

#[test]
fn a_users_own_pack_is_tested_from_its_file() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("shipit.toml");
    let test = |text: &str| {
        std::fs::write(&path, text).unwrap();
        argvet(&["packs", "test", path.to_str().unwrap()], b"")
    };
    let good =
        test(&OWN_PACK.replace("LIST", r#"["shipit down", "shipit -e prod down", "sh -c 'shipit down'"]"#));
    assert_eq!(good.code, Some(0), "{}{}", good.stdout, good.stderr);
    let missing = test(&OWN_PACK.replace("LIST", r#"["shipit down", "shipit up", "shipit -e prod down"]"#));
    assert_eq!(missing.code, Some(1), "{}{}", missing.stdout, missing.stderr);
    assert!(missing.stdout.contains("missing") && missing.stdout.contains("shipit up"), "{}", missing.stdout);
    let broken = test("title = 1\n");
    assert_eq!(broken.code, Some(2), "{}", broken.stdout);
    assert!(broken.stderr.contains("shipit.toml:1"), "{}", broken.stderr);
}

#[test]
fn packs_of_a_folder_replace_the_built_in_ones() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("demo")).unwrap();
    let file = folder.path().join("demo/shred.toml");
    let pack = "title = \"Demo\"\nsummary = \"A demonstration\"\ntier = 3\ndefault = true\n\
        checked = { program = \"demo\", version = \"1\", on = \"2026-11-25\", source = \"none\" }\n\
        [program.demo]\nstyle = \"plain\"\n\
        [[rule]]\nid = \"demo\"\nseverity = \"high\"\ntitle = \"shows\"\nwhy = \"It is a demonstration.\"\n\
        instead = [\"true\"]\nmatch = [{ command = \"demo\" }]\nblocks = [\"demo\"]\nallows = [\"true\"]\n";
    std::fs::write(&file, pack).unwrap();
    let from = folder.path().to_str().unwrap();
    let listed = argvet(&["packs", "list", "--packs-from", from], b"").stdout;
    assert!(listed.contains("demo.shred") && !listed.contains("core.git"), "{listed}");
    assert_eq!(argvet(&["analyze", "--packs-from", from, "demo"], b"").code, Some(1));
    assert_eq!(argvet(&["analyze", "--packs-from", from, "git push --force"], b"").code, Some(0));

    std::fs::write(&file, pack.replace("high", "huge")).unwrap();
    let broken = argvet(&["analyze", "--packs-from", from, "true"], b"");
    assert_eq!(broken.code, Some(2));
    assert!(broken.stderr.contains("demo/shred.toml:10:"), "{}", broken.stderr);
}

#[test]
fn a_new_pack_is_complete_and_what_one_lacks_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("kopia.toml");
    let template = argvet(&["packs", "new", "backup.kopia"], b"").stdout;
    std::fs::write(&file, &template).unwrap();
    let path = file.to_str().unwrap();
    let complete = argvet(&["packs", "validate", path], b"");
    assert_eq!(complete.code, Some(0), "{}", complete.stdout);
    std::fs::write(
        &file,
        template.replace("\"kopia delete --all --dry-run\", \"kopia rm -an\"", "\"kopia rm\""),
    )
    .unwrap();
    let lacking = argvet(&["packs", "validate", path], b"");
    assert_eq!(lacking.code, Some(1), "{}", lacking.stdout);
    assert!(lacking.stdout.contains("unless = { flag = [\"--dry-run\"] }"), "{}", lacking.stdout);
    // Of all packs at once, what no example needs is only counted.
    std::fs::create_dir(folder.path().join("backup")).unwrap();
    std::fs::rename(&file, folder.path().join("backup/kopia.toml")).unwrap();
    let all = argvet(&["packs", "validate", "--packs-from", folder.path().to_str().unwrap()], b"").stdout;
    assert!(
        all.contains("; 1 part of a rule is needed by no example (`argvet packs validate PACK`"),
        "{all}"
    );
    assert!(!all.contains("unless = "), "{all}");
    assert_eq!(argvet(&["packs", "new", "../x"], b"").code, Some(2));
}

#[test]
fn packs_test_says_why_a_rule_does_not_match() {
    let why = |command: &str| argvet(&["packs", "test", "backup.restic", "--command", command], b"").stdout;
    assert!(why("restic forget --prune --dry-run").contains("forget-prune  no: excused by unless"));
    assert!(why("restic snapshots").contains("forget-prune  no: not a command of match"));
    assert!(
        why("restic forget --keep-last 1").contains("forget-prune  no: flag = [\"--prune\"] does not hold")
    );
}
