//! Every host by its protocol: tests/it/hosts.toml says what it sends and what it has to be answered.

use crate::program::{Run, argvet};
use serde::Deserialize;
use serde_json::Value;
use std::collections::BTreeSet;

#[derive(Deserialize)]
struct Table {
    host: Vec<Host>,
}

#[derive(Deserialize)]
struct Host {
    name: String,
    /// Whether the payload shows the host without a flag.
    unflagged: bool,
    payload: String,
    /// The payload for another tool or event.
    other: Option<String>,
    #[serde(default)]
    allow: Expected,
    deny: Expected,
    ask: Option<Expected>,
}

#[derive(Deserialize, Default)]
struct Expected {
    #[serde(default)]
    stdout: String,
    #[serde(default)]
    stderr: String,
    #[serde(default)]
    code: i32,
}

const DESTRUCTIVE: &str = "cd src && rm -rf app";
const ASKABLE: &str = "eval \"$x\"";

fn hosts() -> Vec<Host> {
    toml::from_str::<Table>(include_str!("hosts.toml")).unwrap().host
}

impl Host {
    /// The answer to a payload that asks for a command.
    fn asked(&self, command: &str) -> Run {
        self.sent(&self.payload.replace("COMMAND", &Value::from(command).to_string()))
    }

    fn sent(&self, payload: &str) -> Run {
        assert!(serde_json::from_str::<Value>(payload).is_ok(), "{payload}");
        self.raw(payload.as_bytes())
    }

    fn raw(&self, payload: &[u8]) -> Run {
        argvet(&["hook", "--host", &self.name], payload)
    }

    fn asks_or_denies(&self) -> &Expected {
        self.ask.as_ref().unwrap_or(&self.deny)
    }
}

/// Compares an answer with the host's protocol; the reason, if it has one.
#[track_caller]
fn expect(host: &Host, run: &Run, expected: &Expected) -> Option<String> {
    let context = format!("{}: {:?} {:?}", host.name, run.stdout, run.stderr);
    assert_eq!(run.code, Some(expected.code), "{context}");
    let mut reasons = BTreeSet::new();
    match expected.stdout.as_str() {
        "" => assert_eq!(run.stdout, "", "{context}"),
        expected => {
            let expected: Value = serde_json::from_str(expected).unwrap();
            let found: Value = serde_json::from_str(&run.stdout).expect(&context);
            compare(&expected, &found, &mut reasons, &context);
        }
    }
    match expected.stderr.as_str() {
        "" => assert_eq!(run.stderr, "", "{context}"),
        _ => _ = reasons.insert(run.stderr.trim_end().to_owned()),
    }
    assert!(reasons.len() <= 1, "one reason in all places: {context}");
    assert!(reasons.iter().all(|reason| !reason.trim().is_empty() && !reason.contains('\n')), "{context}");
    reasons.pop_first()
}

fn compare(expected: &Value, found: &Value, reasons: &mut BTreeSet<String>, context: &str) {
    match (expected, found) {
        (Value::Object(expected), Value::Object(found)) => {
            assert!(expected.keys().collect::<BTreeSet<_>>() == found.keys().collect(), "{context}");
            for (name, expected) in expected {
                compare(expected, &found[name], reasons, context);
            }
        }
        (Value::String(text), Value::String(reason)) if text == "REASON" => {
            reasons.insert(reason.clone());
        }
        _ => assert_eq!(expected, found, "{context}"),
    }
}

#[test]
fn every_host_has_a_case() {
    let named: BTreeSet<String> = hosts().into_iter().map(|host| host.name).collect();
    let known: BTreeSet<String> = argvet::frontend::hook::host_names().map(str::to_owned).collect();
    assert_eq!(named, known);
}

#[test]
fn a_harmless_command_runs() {
    for host in hosts() {
        expect(&host, &host.asked("cargo test 2>&1 | tail -5"), &host.allow);
        expect(&host, &host.asked(""), &host.allow);
        expect(&host, &host.asked("git commit -m 'never rm -rf /'"), &host.allow);
    }
}

#[test]
fn a_destructive_command_is_denied_with_a_reason() {
    for host in hosts() {
        let reason = expect(&host, &host.asked(DESTRUCTIVE), &host.deny).unwrap();
        assert!(reason.starts_with("Blocked by argvet: `rm -rf app`"), "{reason}");
        assert!(reason.contains("core.filesystem/") && reason.contains("Instead: "), "{reason}");
    }
}

#[test]
fn what_needs_consent_is_asked_or_denied_with_the_request_to_ask() {
    for host in hosts() {
        let reason = expect(&host, &host.asked(ASKABLE), host.asks_or_denies()).unwrap();
        match host.ask {
            Some(_) => assert!(reason.contains("consent"), "{reason}"),
            None => assert!(reason.contains("Tell the user"), "{reason}"),
        }
    }
}

#[test]
fn other_tools_and_events_run() {
    for host in hosts() {
        if let Some(other) = &host.other {
            expect(&host, &host.sent(other), &host.allow);
        }
    }
}

#[test]
fn broken_payloads_are_not_harmless() {
    for host in hosts() {
        let whole = host.payload.replace("COMMAND", "\"ls\"");
        let cut = &whole[..whole.len() - 1];
        let not_text = host.payload.replace("COMMAND", "5");
        let no_unicode = [whole.replace("\"ls\"", "\"ls #\"").as_bytes(), b""].concat();
        let no_unicode: Vec<u8> =
            no_unicode.into_iter().map(|byte| if byte == b'#' { 0xff } else { byte }).collect();
        // Two kinds of payload of one host are told apart by their fields, and here are none.
        let first = hosts().into_iter().find(|other| other.name == host.name).unwrap();
        for payload in ["", "null", "[]", "{", "rm -rf /", cut] {
            expect(&first, &host.raw(payload.as_bytes()), first.asks_or_denies());
        }
        expect(&host, &host.raw(not_text.as_bytes()), host.asks_or_denies());
        expect(&host, &host.raw(&no_unicode), host.asks_or_denies());
    }
}

#[test]
fn a_foreign_payload_is_answered_in_the_words_of_who_sent_it() {
    for host in hosts().into_iter().filter(|host| host.unflagged) {
        let payload = host.payload.replace("COMMAND", &Value::from(DESTRUCTIVE).to_string());
        for arguments in [&["hook"][..], &["hook", "--host", "claude-code"], &["hook", "--host", "windsurf"]]
        {
            expect(&host, &argvet(arguments, payload.as_bytes()), &host.deny);
        }
    }
}

#[test]
fn a_host_that_nobody_knows_is_refused_in_as_many_words_as_possible() {
    for payload in [r#"{"tool_name": "Bash", "tool_input": {"command": "rm -rf src"}}"#, "rm -rf /", "{}"] {
        let run = argvet(&["hook"], payload.as_bytes());
        assert_eq!(run.code, Some(2));
        assert!(!run.stderr.trim().is_empty());
        let output: Value = serde_json::from_str(&run.stdout).unwrap();
        assert_eq!(output["hookSpecificOutput"]["permissionDecision"], "deny");
        assert_eq!(output["decision"], "deny");
        assert_eq!(output["permission"], "deny");
        assert_eq!(output["cancel"], true);
    }
    let run = argvet(&["hook"], br#"{"tool_name": "Bash", "tool_input": {"command": "ls"}}"#);
    assert_eq!((run.code, run.stdout.as_str(), run.stderr.as_str()), (Some(0), "", ""));
}

#[test]
fn other_shells_are_not_analysed_and_said_so() {
    for (host, payload, shell) in [
        (
            "claude-code",
            r#"{"tool_name": "PowerShell", "tool_input": {"command": "Get-ChildItem"}}"#,
            "PowerShell",
        ),
        ("copilot", r#"{"toolName": "powershell", "toolArgs": {"command": "Get-ChildItem"}}"#, "PowerShell"),
        (
            "kiro",
            r#"{"hook_event_name": "preToolUse", "tool_name": "execute_cmd", "tool_input": {"command": "dir"}}"#,
            "cmd",
        ),
    ] {
        let host = hosts().into_iter().find(|known| known.name == host).unwrap();
        let reason = expect(&host, &host.sent(payload), host.asks_or_denies()).unwrap();
        assert!(reason.contains(&format!("this is {shell}")), "{reason}");
    }
}

#[test]
fn old_payloads_of_copilot_hold_json_in_json() {
    let host = hosts().into_iter().find(|host| host.name == "copilot").unwrap();
    let payload = |command: &str| {
        let arguments = serde_json::json!({"command": command}).to_string();
        serde_json::json!({"timestamp": 1, "cwd": "/", "toolName": "bash", "toolArgs": arguments}).to_string()
    };
    expect(&host, &host.sent(&payload("rm -rf src")), &host.deny);
    expect(&host, &host.sent(&payload("ls")), &host.allow);
}

#[test]
fn the_table_in_the_documentation_is_the_programs() {
    let table = argvet::frontend::hook::table();
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/hosts.md");
    let text = std::fs::read_to_string(path).unwrap();
    let start = text.find("| host |").unwrap();
    let end = start + text[start..].find("\n\n").unwrap() + 1;
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(path, format!("{}{table}{}", &text[..start], &text[end..])).unwrap();
    } else {
        assert_eq!(&text[start..end], table, "docs/hosts.md; UPDATE=1 rewrites it");
    }
}
