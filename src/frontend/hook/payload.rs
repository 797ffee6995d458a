//! What a host asks: its payload, read by the facts of its protocol.
//!
//! Unknown fields are ignored. What is missing or has the wrong type is never read as "nothing to judge".

use super::host::Host;
use serde_json::Value;
use std::borrow::Cow;

/// What a payload asks for.
#[derive(PartialEq, Eq, Debug)]
pub(super) enum Request {
    /// Another event or another tool.
    NotOurs,
    /// To judge a command.
    Command {
        /// The command.
        text: String,
        /// The directory that it runs in.
        cwd: Option<String>,
        /// Why an innocent look may deceive.
        doubt: Option<String>,
    },
    /// Nobody can tell: why not.
    Unjudged(String),
}

/// Reads a payload.
pub(super) fn read(host: &Host, payload: &[u8]) -> Request {
    let text = String::from_utf8_lossy(payload);
    let doubt = match text {
        Cow::Borrowed(_) => None,
        Cow::Owned(_) => Some("the hook's input is not valid UTF-8, so what would run may differ".to_owned()),
    };
    let payload: Value = match serde_json::from_str(&text) {
        Ok(payload) => payload,
        Err(error) => return Request::Unjudged(format!("the hook's input is not valid JSON ({error})")),
    };
    let (event, asks) = host.event;
    if payload.pointer(event).and_then(Value::as_str).is_some_and(|event| event != asks) {
        return Request::NotOurs;
    }
    let Some(tool) = payload.pointer(host.tool).and_then(Value::as_str) else {
        return Request::Unjudged(format!("the hook's input names no tool ({})", host.tool));
    };
    if let Some((_, shell)) = host.foreign_shells.iter().find(|(name, _)| *name == tool) {
        return Request::Unjudged(format!("argvet reads bash, and this is {shell}"));
    }
    if !host.shells.contains(&tool) {
        return Request::NotOurs;
    }
    match payload.pointer(host.command) {
        Some(Value::String(command)) => {
            let cwd = payload.pointer(host.cwd).and_then(Value::as_str).map(str::to_owned);
            Request::Command { text: command.clone(), cwd, doubt }
        }
        Some(_) => Request::Unjudged(format!("the command ({}) is not a text", host.command)),
        None => Request::Unjudged(format!("the hook's input has no command ({})", host.command)),
    }
}

#[cfg(test)]
mod tests {
    use super::super::claude_code::HOST;
    use super::*;

    fn unjudged(payload: &[u8]) -> bool {
        matches!(read(&HOST, payload), Request::Unjudged(_))
    }

    #[test]
    fn a_command_is_found_whatever_else_the_payload_holds() {
        let payload = br#"{"new": [1], "hook_event_name": "PreToolUse", "cwd": "/w", "tool_name": "Monitor",
            "tool_input": {"command": "tail -f log", "timeout_ms": 5}}"#;
        let expected =
            Request::Command { text: "tail -f log".to_owned(), cwd: Some("/w".to_owned()), doubt: None };
        assert_eq!(read(&HOST, payload), expected);
    }

    #[test]
    fn other_tools_and_events_are_not_ours() {
        assert_eq!(read(&HOST, br#"{"tool_name": "Read", "tool_input": {}}"#), Request::NotOurs);
        assert_eq!(read(&HOST, br#"{"hook_event_name": "Stop"}"#), Request::NotOurs);
    }

    #[test]
    fn what_is_missing_or_mistyped_is_not_harmless() {
        assert!(unjudged(b""));
        assert!(unjudged(b"[]"));
        assert!(unjudged(br#"{"tool_name": "Bash"}"#));
        assert!(unjudged(br#"{"tool_name": ["Bash"], "tool_input": {"command": "ls"}}"#));
        assert!(unjudged(br#"{"tool_name": "Bash", "tool_input": "ls"}"#));
        assert!(unjudged(br#"{"tool_name": "Bash", "tool_input": {"command": ["ls"]}}"#));
        assert!(unjudged(br#"{"tool_name": "Bash", "tool_input": {"command": "ls"}"#));
        assert!(unjudged(br#"{"tool_name": "PowerShell", "tool_input": {"command": "ls"}}"#));
    }

    #[test]
    fn bytes_that_are_no_text_leave_a_doubt() {
        let payload = b"{\"tool_name\": \"Bash\", \"tool_input\": {\"command\": \"ls \xff\"}}";
        assert!(matches!(read(&HOST, payload), Request::Command { doubt: Some(_), .. }));
    }
}
