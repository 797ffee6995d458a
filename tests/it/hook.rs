//! `argvet hook` as Claude Code sees it: whatever comes in, one valid reply or silence comes out, with exit code 0.
//! The other hosts' protocols are in `hosts`.

use crate::program::{Run, argvet, with_environment};
use serde_json::{Value, json};

fn hook(payload: &[u8]) -> Run {
    argvet(&["hook", "--host", "claude-code"], payload)
}

/// The payload of Claude Code for a tool call.
fn payload(tool: &str, input: Value) -> Vec<u8> {
    let payload = json!({
        "session_id": "c45f4e22-9ad4-40bb-af56-a0c4a5e4be43",
        "transcript_path": "/home/dev/.claude/projects/app/c45f4e22.jsonl",
        "cwd": "/home/dev/app",
        "permission_mode": "default",
        "hook_event_name": "PreToolUse",
        "tool_name": tool,
        "tool_input": input,
        "tool_use_id": "toolu_01",
    });
    payload.to_string().into_bytes()
}

fn bash(command: &str) -> Vec<u8> {
    payload("Bash", json!({"command": command, "description": "does something", "timeout": 120000}))
}

/// The decision and its reason, after checking everything that the host demands of a reply.
fn decision(run: &Run) -> (String, String) {
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    let reply: Value = serde_json::from_str(&run.stdout).expect("one JSON object and nothing else");
    let output = &reply["hookSpecificOutput"];
    assert_eq!(output["hookEventName"], "PreToolUse");
    let reason = output["permissionDecisionReason"].as_str().expect("a reason");
    assert!(!reason.is_empty() && reason.len() < 10_000);
    assert_eq!(reply.as_object().unwrap().len(), 1);
    assert_eq!(output.as_object().unwrap().len(), 3);
    (output["permissionDecision"].as_str().unwrap().to_owned(), reason.to_owned())
}

#[track_caller]
fn asks(payload: &[u8], because: &str) {
    let (decision, reason) = decision(&hook(payload));
    assert_eq!(decision, "ask", "{reason}");
    assert!(reason.contains(because), "{reason}");
}

#[track_caller]
fn is_silent(payload: &[u8]) {
    let run = hook(payload);
    assert_eq!((run.code, run.stdout.as_str(), run.stderr.as_str()), (Some(0), "", ""));
}

#[test]
fn a_harmless_command_passes_in_silence() {
    is_silent(&bash("cargo test 2>&1 | tail -20"));
    is_silent(&payload(
        "Monitor",
        json!({"command": "tail -f app.log", "description": "watch", "timeout_ms": 5000}),
    ));
    is_silent(&bash(""));
}

#[test]
fn a_destructive_command_is_denied_with_what_is_lost_and_what_to_do() {
    for tool in ["Bash", "Monitor"] {
        let (decision, reason) = decision(&hook(&payload(tool, json!({"command": "cd /srv && rm -rf app"}))));
        assert_eq!(decision, "deny");
        assert!(reason.contains("core.filesystem/delete-directory"), "{reason}");
        assert!(reason.contains("Instead: "), "{reason}");
        assert!(reason.contains("the user"), "{reason}");
        assert!(!reason.contains('\n'), "{reason}");
    }
}

#[test]
fn a_command_with_unknown_code_is_put_to_the_user() {
    asks(&bash("eval \"$x\""), "x");
}

#[test]
fn the_working_directory_of_the_payload_counts() {
    let run = hook(&bash("rm -rf ../app"));
    assert_eq!(decision(&run).0, "deny");
    let in_home = |cwd: &str| {
        let payload = json!({"cwd": cwd, "tool_name": "Bash", "tool_input": {"command": "rm -rf ."}});
        decision(&hook(payload.to_string().as_bytes())).1
    };
    assert!(in_home("/home/dev").contains("delete-home"), "{}", in_home("/home/dev"));
}

#[test]
fn other_tools_and_other_events_pass_in_silence() {
    is_silent(&payload("Read", json!({"file_path": "/etc/passwd"})));
    is_silent(&payload("Write", json!({"file_path": "x.sh", "content": "rm -rf /"})));
    is_silent(&payload("mcp__shell__run", json!({"cmd": "rm -rf /"})));
    let other =
        json!({"hook_event_name": "PostToolUse", "tool_name": "Bash", "tool_input": {"command": "rm -rf /"}});
    is_silent(other.to_string().as_bytes());
}

#[test]
fn power_shell_is_not_analysed_and_said_so() {
    asks(&payload("PowerShell", json!({"command": "Get-ChildItem"})), "PowerShell");
}

#[test]
fn broken_input_is_put_to_the_user() {
    asks(b"", "not valid JSON");
    asks(b"rm -rf /", "not valid JSON");
    asks(b"{\"tool_name\": \"Bash\", \"tool_input\": {\"command\": \"ls", "not valid JSON");
    asks(b"[1]", "names no tool");
    asks(b"null", "names no tool");
    asks(&payload("Bash", json!({})), "no command");
    asks(&payload("Bash", json!({"command": null})), "no command");
    asks(&payload("Bash", json!({"command": ["ls"]})), "not a text");
    asks(&payload("Bash", json!("ls")), "no command");
    asks(br#"{"tool_name": 1}"#, "names no tool");
}

#[test]
fn bytes_that_are_no_text_are_put_to_the_user_at_least() {
    asks(b"{\"tool_name\": \"Bash\", \"tool_input\": {\"command\": \"ls \xff\"}}", "UTF-8");
    let run = hook(b"{\"tool_name\": \"Bash\", \"tool_input\": {\"command\": \"rm -rf src # \xff\"}}");
    assert_eq!(decision(&run).0, "deny");
    is_silent(b"{\"tool_name\": \"Read\", \"tool_input\": {\"x\": \"\xff\"}}");
}

#[test]
fn a_command_that_is_too_long_is_put_to_the_user() {
    asks(&bash(&format!("echo {}", "x".repeat(2 << 20))), "limit");
}

#[test]
fn an_input_that_is_too_long_is_put_to_the_user() {
    let mut payload = b"{\"tool_name\": \"Bash\", \"filler\": \"".to_vec();
    payload.resize(33 << 20, b'x');
    asks(&payload, "larger");
}

#[test]
fn an_input_without_an_end_is_put_to_the_user_in_time() {
    use std::process::{Command, Stdio};
    let start = std::time::Instant::now();
    let mut child = Command::new(env!("CARGO_BIN_EXE_argvet"))
        .args(["hook", "--host", "claude-code"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let open = child.stdin.take();
    let output = child.wait_with_output().unwrap();
    drop(open);
    assert!(start.elapsed().as_secs() < 5);
    let run = Run {
        code: output.status.code(),
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::new(),
    };
    let (decision, reason) = decision(&run);
    assert_eq!(decision, "ask");
    assert!(reason.contains("2 seconds"), "{reason}");
}

#[test]
fn the_host_can_be_named() {
    for arguments in [&["hook", "--host", "claude-code"][..], &["hook", "--host=claude-code"]] {
        assert_eq!(decision(&argvet(arguments, &bash("rm -rf src"))).0, "deny");
    }
    let run = argvet(&["hook", "--host", "nobody"], &bash("ls"));
    assert_eq!(run.code, Some(2));
    assert!(run.stderr.contains("claude-code"), "{}", run.stderr);
    assert_eq!(argvet(&["hook", "--frobnicate"], &bash("ls")).code, Some(2));
}

#[test]
fn packs_are_switched_as_everywhere() {
    let command = bash("git checkout -- .; git branch -D x");
    let decided = |arguments: &[&str]| {
        let run = argvet(&[&["hook"], arguments].concat(), &command);
        if run.stdout.is_empty() { String::new() } else { decision(&run).0 }
    };
    assert_eq!(decided(&[]), "deny");
    assert_eq!(decided(&["--packs", "all"]), "deny");
    assert_eq!(decided(&["--packs=-core.git"]), "");
    assert_eq!(decided(&["--packs", "all,-core.git,-strict_git"]), "");
    assert_eq!(decided(&["--host=claude-code", "--packs", "-core.git", "--packs", "all"]), "deny");
    // A wrong name leaves the command judged, and is said.
    let run = argvet(&["hook", "--packs", "core.gti"], &command);
    let (decision, reason) = decision(&run);
    assert_eq!(decision, "deny");
    assert!(reason.contains("core.gti") && reason.contains("core.git"), "{reason}");
}

#[test]
fn logging_goes_to_standard_error_only() {
    let run =
        with_environment(&["hook", "--host=claude-code"], &bash("rm -rf src"), &[("ARGVET_LOG", "debug")]);
    assert_eq!(decision(&run).0, "deny");
    assert!(run.stderr.contains("judged"), "{}", run.stderr);
}

#[test]
fn what_a_command_holds_cannot_break_the_reply_or_a_terminal() {
    let (_, reason) = decision(&hook(&bash("rm -rf $'a\\e[2Kb' \"c\n\u{202e}d\"")));
    assert!(!reason.chars().any(|c| c.is_control() || c == '\u{202e}'), "{reason:?}");
}

#[test]
fn a_shell_into_which_an_agent_types_unseen_is_held_back() {
    let ask = |host: &str, command: &str| {
        let payload = match host {
            "codex" => format!(
                r#"{{"session_id": "s", "turn_id": "t", "cwd": "/srv/app", "model": "m", "hook_event_name": "PreToolUse",
                    "tool_name": "Bash", "tool_input": {{"command": "{command}"}}}}"#
            ),
            _ => format!(r#"{{"host": "{host}", "command": "{command}", "cwd": "/srv/app"}}"#),
        };
        argvet(&["hook", "--host", host], payload.as_bytes())
    };
    for command in ["bash", "bash -i", "python3", "docker exec -it web sh", "env FOO=1 zsh -l"] {
        let run = ask("codex", command);
        assert!(
            run.stdout.contains("\"deny\"") && run.stdout.contains("unknown-code"),
            "{command}: {}",
            run.stdout
        );
        assert_eq!(ask("openclaw", command).code, Some(3), "{command}");
        // These hosts have no such tool.
        assert_eq!(ask("pi", command).code, Some(0), "{command}");
    }
    for command in [
        "bash x.sh",
        "python3 --version",
        "bash -c ls",
        "echo ls | bash",
        "node -v",
        "npm test",
        "ssh -T git@host",
        "crontab -l",
    ] {
        assert_eq!(ask("codex", command).stdout, "", "{command}");
    }
}
