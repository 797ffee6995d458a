//! `argvet install`, `uninstall` and `status` on a home directory of their own.

use crate::program::Run;
use argvet::frontend::hook;
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::Command;
use tempfile::TempDir;

struct Machine {
    home: TempDir,
}

impl Machine {
    fn new() -> Machine {
        let machine = Machine { home: tempfile::tempdir().unwrap() };
        std::fs::create_dir(machine.path("work")).unwrap();
        machine
    }

    fn path(&self, path: &str) -> PathBuf {
        self.home.path().join(path)
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.path(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }

    fn read(&self, path: &str) -> String {
        std::fs::read_to_string(self.path(path)).unwrap()
    }

    fn run(&self, arguments: &[&str]) -> Run {
        let output = Command::new(env!("CARGO_BIN_EXE_argvet"))
            .args(arguments)
            .current_dir(self.path("work"))
            .env_clear()
            .env("HOME", self.home.path())
            .output()
            .unwrap();
        Run {
            code: output.status.code(),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// All files, with their text, but for the copies of what they were.
    fn files(&self) -> Vec<(PathBuf, String)> {
        let mut found = Vec::new();
        let mut folders = vec![self.home.path().to_owned()];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                } else if path.extension().is_none_or(|extension| extension != "argvet-backup") {
                    found.push((path.clone(), std::fs::read_to_string(path).unwrap()));
                }
            }
        }
        found.sort();
        found
    }
}

/// The hosts whose files argvet edits.
fn editable() -> impl Iterator<Item = &'static str> {
    hook::host_names().filter(|name| *name != "plain")
}

#[test]
fn every_host_is_set_up_once_and_taken_out_again() {
    for host in editable() {
        let machine = Machine::new();
        let run = machine.run(&["install", host]);
        assert_eq!(run.code, Some(0), "{host}: {}", run.stdout);
        let files = machine.files();
        assert!(!files.is_empty(), "{host}");
        let program = Path::new(env!("CARGO_BIN_EXE_argvet")).canonicalize().unwrap();
        let texts: String = files.iter().map(|(_, text)| text.as_str()).collect();
        assert!(texts.contains(program.to_str().unwrap()), "{texts}");
        assert!(!texts.contains("{{"), "{texts}");
        for (path, text) in &files {
            if path.extension().is_some_and(|extension| extension == "json") {
                assert!(serde_json::from_str::<Value>(text).is_ok(), "{text}");
            }
        }
        let again = machine.run(&["install", host]);
        assert!(again.stdout.contains("nothing to do"), "{}", again.stdout);
        assert_eq!(machine.files(), files, "{host}");
        let status = machine.run(&["status"]);
        assert!(status.stdout.contains(&format!("ok  {host:12} user")), "{}", status.stdout);
        let gone = machine.run(&["uninstall", host]);
        assert_eq!(gone.code, Some(0), "{}", gone.stdout);
        assert_eq!(machine.files(), [], "{host}");
        assert!(!gone.stdout.contains("deleted; what it was"), "{host}: {}", gone.stdout);
        let folders =
            ["openclaw/extensions", "agents/plugins"].map(|path| machine.path(&format!(".{path}/argvet")));
        assert!(!folders.iter().any(|folder| folder.exists()), "{host}");
    }
}

#[test]
fn only_what_install_made_goes() {
    // As a host's own file, with the members that a new one begins with.
    for (host, path, text) in [
        ("claude-code", ".claude/settings.json", "{}\n"),
        ("claude-code", ".claude/settings.json", ""),
        ("cursor", ".cursor/hooks.json", "{\n  \"version\": 1\n}\n"),
        ("gemini", ".gemini/settings.json", "{\n  // mine\n}\n"),
        ("kimi", ".kimi-code/config.toml", "# mine\n"),
    ] {
        let machine = Machine::new();
        machine.write(path, text);
        machine.run(&["install", host]);
        assert_eq!(machine.run(&["uninstall", host]).code, Some(0));
        let left = machine.read(path);
        let bare = |text: &str| text.replace([' ', '\n'], "").replace("{}", "");
        assert_eq!(bare(&left), bare(text), "{host}");
    }
    // Installing again, by another path, leaves nothing behind either.
    let machine = Machine::new();
    machine.run(&["install", "qwen"]);
    let text = machine.read(".qwen/settings.json");
    let program = Path::new(env!("CARGO_BIN_EXE_argvet")).canonicalize().unwrap();
    machine.write(".qwen/settings.json", &text.replace(program.to_str().unwrap(), "/old/argvet"));
    let again = machine.run(&["install", "qwen"]);
    assert!(again.stdout.contains("changed"), "{}", again.stdout);
    machine.run(&["uninstall", "qwen"]);
    assert_eq!(machine.files(), []);
}

#[test]
fn an_agent_may_not_write_what_was_set_up() {
    for host in editable() {
        let machine = Machine::new();
        machine.run(&["install", host]);
        machine.run(&["install", "--project", host]);
        for (path, _) in machine.files() {
            let of_project = path.strip_prefix(machine.path("work")).map(|path| path.display().to_string());
            let of_user = path.strip_prefix(machine.home.path()).map(|path| format!("~/{}", path.display()));
            let path = of_project.or(of_user).unwrap();
            let command = format!("cd /srv/app && cat x > {path}");
            let run = machine.run(&["analyze", &command]);
            assert!(run.stdout.contains("core.guard/"), "{host}: {command}\n{}", run.stdout);
        }
    }
}

#[test]
fn a_project_gets_files_of_its_own() {
    for host in editable().filter(|host| !["kimi", "openclaw", "hermes"].contains(host)) {
        let machine = Machine::new();
        let run = machine.run(&["install", "--project", host]);
        assert_eq!(run.code, Some(0), "{host}: {}", run.stdout);
        let files = machine.files();
        assert!(
            !files.is_empty() && files.iter().all(|(path, _)| path.starts_with(machine.path("work"))),
            "{files:?}"
        );
    }
}

#[test]
fn what_a_file_holds_besides_stays() {
    let machine = Machine::new();
    let users = "{\n  // my model\n  \"model\": \"opus\",\n  \"hooks\": {\n    \"Stop\": []\n  }\n}\n";
    machine.write(".claude/settings.json", users);
    let dry = machine.run(&["install", "--dry-run", "claude-code"]);
    assert!(
        dry.stdout.contains("+++ ~/.claude/settings.json") && dry.stdout.contains("\n+"),
        "{}",
        dry.stdout
    );
    assert_eq!(machine.read(".claude/settings.json"), users);
    machine.run(&["install", "claude-code"]);
    let text = machine.read(".claude/settings.json");
    assert!(text.contains("// my model") && text.contains("\"Stop\": []"), "{text}");
    assert!(text.contains("\"onFailure\": \"block\""), "{text}");
    // Grok runs this hook, too, and leaves out what stands in `args`.
    assert!(text.contains("argvet hook --host claude-code\"") && !text.contains("\"args\""), "{text}");
    assert_eq!(machine.read(".claude/settings.json.argvet-backup"), users);
    machine.run(&["uninstall", "claude-code"]);
    assert_eq!(machine.read(".claude/settings.json"), users);
}

#[test]
fn a_file_that_is_not_understood_is_not_touched() {
    let machine = Machine::new();
    let broken = "{\n  \"hooks\": {\n    \"PreToolUse\" []\n  }\n}\n";
    machine.write(".claude/settings.json", broken);
    let run = machine.run(&["install", "claude-code"]);
    assert_eq!(run.code, Some(2));
    assert!(run.stdout.contains("~/.claude/settings.json:3: "), "{}", run.stdout);
    assert_eq!(machine.read(".claude/settings.json"), broken);
    let script = "#!/bin/sh\nmine\n";
    machine.write(".cline/hooks/PreToolUse", script);
    let run = machine.run(&["install", "cline"]);
    assert_eq!(run.code, Some(2));
    assert!(run.stdout.contains("holds something else"), "{}", run.stdout);
    assert_eq!(machine.read(".cline/hooks/PreToolUse"), script);
    machine.write(".hermes/config.yaml", "hooks: {pre_tool_call: [{command: log}]}\n");
    let run = machine.run(&["install", "hermes"]);
    assert_eq!(run.code, Some(2));
    assert!(run.stdout.contains("~/.hermes/config.yaml:1: it is written in a way"), "{}", run.stdout);
}

#[test]
fn marks_and_line_ends_stay() {
    for (host, path, text) in [
        ("claude-code", ".claude/settings.json", "\u{feff}{\r\n  // mine\r\n  \"model\": \"opus\"\r\n}\r\n"),
        ("kimi", ".kimi-code/config.toml", "\u{feff}# mine\r\nmodel = \"k2\"\r\n\r\n[a]\r\nb=1 # c\r\n"),
        ("openclaw", ".openclaw/openclaw.json", "{ // mine\r\n  agents: {},\r\n}\r\n"),
    ] {
        let machine = Machine::new();
        machine.write(path, text);
        let run = machine.run(&["install", host]);
        assert_eq!(run.code, Some(0), "{}", run.stdout);
        let with = machine.read(path);
        assert!(
            with.contains("argvet") && with.matches('\n').count() == with.matches("\r\n").count(),
            "{with:?}"
        );
        assert_eq!(with.starts_with('\u{feff}'), text.starts_with('\u{feff}'));
        assert!(machine.run(&["status"]).stdout.contains(&format!("ok  {host:12} user: ~/{path}")));
        assert!(machine.run(&["install", host]).stdout.contains("nothing to do"));
        machine.run(&["uninstall", host]);
        assert_eq!(machine.read(path), text, "{host}");
    }
}

#[cfg(unix)]
#[test]
fn what_is_no_file_or_protected_is_left_alone() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let machine = Machine::new();
    std::fs::create_dir(machine.path(".claude")).unwrap();
    let pipe = machine.path(".claude/settings.json");
    assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    for verb in ["install", "uninstall"] {
        let run = machine.run(&[verb, "claude-code"]);
        assert_eq!(run.code, Some(2));
        assert!(
            run.stdout.contains("~/.claude/settings.json: cannot be read: it is not a file"),
            "{}",
            run.stdout
        );
    }
    assert!(machine.run(&["doctor"]).stdout.contains("it is not a file"));
    std::fs::remove_file(&pipe).unwrap();
    machine.write(".claude/settings.json", "{}\n");
    std::fs::set_permissions(&pipe, std::fs::Permissions::from_mode(0o444)).unwrap();
    let run = machine.run(&["install", "claude-code"]);
    assert_eq!(run.code, Some(2));
    assert!(run.stdout.contains("it is write-protected"), "{}", run.stdout);
    assert_eq!(machine.read(".claude/settings.json"), "{}\n");
    // A link to a file that is not there yet stays a link.
    std::fs::remove_file(&pipe).unwrap();
    symlink("../dotfiles/claude.json", &pipe).unwrap();
    assert_eq!(machine.run(&["install", "claude-code"]).code, Some(0));
    assert!(pipe.symlink_metadata().unwrap().is_symlink());
    assert!(machine.read("dotfiles/claude.json").contains("argvet"));
}

#[cfg(unix)]
#[test]
fn links_and_permissions_stay() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let machine = Machine::new();
    machine.write("dotfiles/settings.json", "{}\n");
    let private = std::fs::Permissions::from_mode(0o600);
    std::fs::set_permissions(machine.path("dotfiles/settings.json"), private.clone()).unwrap();
    std::fs::create_dir(machine.path(".qwen")).unwrap();
    symlink(machine.path("dotfiles/settings.json"), machine.path(".qwen/settings.json")).unwrap();
    assert_eq!(machine.run(&["install", "qwen"]).code, Some(0));
    assert!(machine.path(".qwen/settings.json").symlink_metadata().unwrap().is_symlink());
    let file = std::fs::metadata(machine.path("dotfiles/settings.json")).unwrap();
    assert_eq!(file.permissions().mode() & 0o777, private.mode() & 0o777);
    assert!(machine.read("dotfiles/settings.json").contains("argvet"));
    machine.run(&["install", "cline"]);
    let script = std::fs::metadata(machine.path(".cline/hooks/PreToolUse")).unwrap();
    assert_eq!(script.permissions().mode() & 0o111, 0o111);
}

#[test]
fn status_tells_what_is_missing() {
    let machine = Machine::new();
    assert_eq!(machine.run(&["status"]).code, Some(0));
    machine.write(".codex/config.toml", "");
    let run = machine.run(&["status"]);
    assert_eq!(run.code, Some(1));
    assert!(run.stdout.contains("not set up: argvet install codex"), "{}", run.stdout);
    machine.run(&["install", "--all"]);
    assert_eq!(machine.run(&["status"]).code, Some(0));
    machine.write(
        ".codex/hooks.json",
        r#"{"hooks": {"PreToolUse": [{"matcher": "Bash", "hooks": [{"command": "/old/argvet hook"}]}]}}"#,
    );
    let run = machine.run(&["status"]);
    assert_eq!(run.code, Some(1));
    assert!(run.stdout.contains("another argvet: /old/argvet"), "{}", run.stdout);
}

#[test]
fn without_a_home_directory_that_is_said_once() {
    let machine = Machine::new();
    for verb in ["status", "doctor"] {
        let mut command = Command::new(env!("CARGO_BIN_EXE_argvet"));
        let output = command.arg(verb).env_clear().current_dir(machine.path("work")).output().unwrap();
        let shown = String::from_utf8(output.stdout).unwrap();
        assert_eq!(output.status.code(), Some(1), "{shown}");
        assert_eq!(shown.matches("there is no home directory").count(), 1, "{shown}");
        assert!(shown.lines().count() <= 2, "{shown}");
    }
}

#[test]
fn a_part_that_is_missing_is_found() {
    for (host, part) in
        [("openclaw", ".openclaw/openclaw.json"), ("goose", ".agents/plugins/argvet/plugin.json")]
    {
        let machine = Machine::new();
        machine.run(&["install", host]);
        std::fs::remove_file(machine.path(part)).unwrap();
        for verb in ["status", "doctor"] {
            let run = machine.run(&[verb]);
            assert_eq!(run.code, Some(1), "{}", run.stdout);
            let problem = format!("~/{part}: argvet's part is missing there; run: argvet install {host}");
            assert!(run.stdout.contains(&problem), "{}", run.stdout);
        }
    }
}

#[test]
fn the_doctor_asks_every_hook() {
    for host in editable() {
        let machine = Machine::new();
        machine.run(&["install", host]);
        if host == "codex" {
            machine.write(".codex/config.toml", "[hooks.state]\nx = 1\n");
        }
        let run = machine.run(&["doctor"]);
        assert!(run.stdout.contains(&format!("ok  {host:12} user: ")), "{}", run.stdout);
        assert!(!run.stdout.contains(&format!("!!  {host:12} ")), "{}", run.stdout);
    }
}

#[test]
fn the_doctor_looks_at_argvets_own_files() {
    let machine = Machine::new();
    machine.write(".config/argvet/config.toml", "gaps = \"maybe\"\n");
    std::fs::create_dir_all(machine.path(".local/state/argvet/audit.jsonl")).unwrap();
    let run = machine.run(&["doctor"]);
    assert_eq!(run.code, Some(1));
    assert!(
        run.stdout.contains("!!  argvet       ") && run.stdout.contains("config.toml:1: "),
        "{}",
        run.stdout
    );
    assert!(run.stdout.contains("the audit log cannot be written: expected a file"), "{}", run.stdout);
}

#[test]
fn the_doctor_finds_what_keeps_a_host_from_asking() {
    let machine = Machine::new();
    machine.run(&["install", "claude-code", "codex"]);
    let run = machine.run(&["doctor"]);
    assert_eq!(run.code, Some(1));
    assert!(run.stdout.contains("no hook has been approved"), "{}", run.stdout);
    machine.run(&["install", "openclaw"]);
    for (settings, problem) in [
        ("{plugins: {enabled: false}}", "`plugins.enabled` is false"),
        ("{plugins: {deny: ['argvet']}}", "`plugins.deny` lists argvet"),
        ("{plugins: {allow: ['other']}}", "`plugins.allow` lists others and not argvet"),
    ] {
        machine.write(".openclaw/openclaw.json", settings);
        machine.run(&["install", "openclaw"]);
        let run = machine.run(&["doctor"]);
        assert!(run.stdout.contains(problem), "{}", run.stdout);
    }
    machine.write("work/.claude/settings.local.json", "{\"disableAllHooks\": true}");
    let run = machine.run(&["doctor"]);
    assert!(run.stdout.contains("`disableAllHooks` is true"), "{}", run.stdout);
    let settings = machine.read(".claude/settings.json");
    let program = Path::new(env!("CARGO_BIN_EXE_argvet")).canonicalize().unwrap();
    for (broken, problem) in [("/nowhere/argvet", "cannot be started"), ("argvet", "not a full path")] {
        machine.write(".claude/settings.json", &settings.replace(program.to_str().unwrap(), broken));
        let run = machine.run(&["doctor"]);
        assert!(run.stdout.contains(problem), "{}", run.stdout);
    }
}
