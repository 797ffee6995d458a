//! What a host asks: its payload, read by the facts of its protocol.
//!
//! Unknown fields are ignored. What is missing or has the wrong type is never read as "nothing to judge".

use super::command::Found;
use super::host::Protocol;
use super::json::{at, text_at};
use serde_json::Value;
use std::borrow::Cow;
use std::path::Path;

/// The mark that some programs write at the start of a text.
const MARK: &[u8] = "\u{feff}".as_bytes();

/// What a payload asks for.
#[derive(PartialEq, Eq, Debug)]
pub(super) enum Request {
    /// Another event or another tool.
    NotOurs,
    /// To judge commands that would run one after the other, each in a shell of its own.
    Commands {
        /// The commands.
        texts: Vec<String>,
        /// The directory that they run in.
        cwd: Option<String>,
        /// The host's name for the conversation.
        session: Option<String>,
    },
    /// Nobody can tell: why not.
    Unjudged(String),
}

/// Whether a payload asks whether a command may run.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Asked {
    /// It is about another event or another tool.
    No,
    /// It is about a command for bash.
    Yes,
    /// It is about a command for another shell.
    Foreign(&'static str),
    /// It does not say.
    Unclear,
}

/// A payload as JSON, and why an innocent look may deceive.
pub(super) fn parse(payload: &[u8]) -> Result<(Value, Option<String>), String> {
    let text = String::from_utf8_lossy(payload.strip_prefix(MARK).unwrap_or(payload));
    let doubt = match text {
        Cow::Borrowed(_) => None,
        Cow::Owned(_) => Some("the hook's input is not valid UTF-8, so what would run may differ".to_owned()),
    };
    match serde_json::from_str(&text) {
        Ok(payload) => Ok((payload, doubt)),
        Err(error) => Err(format!("the hook's input is not valid JSON ({error})")),
    }
}

/// Reads a payload.
pub(super) fn read(protocol: &Protocol, payload: &Value) -> Request {
    match asked(protocol, payload) {
        Asked::No => Request::NotOurs,
        Asked::Foreign(shell) => Request::Unjudged(format!("argvet reads bash, and this is {shell}")),
        Asked::Unclear => Request::Unjudged(match protocol.tool.first() {
            Some(path) => format!("the hook's input names no tool ({path})"),
            None => format!("the hook's input has no command ({})", protocol.command.name()),
        }),
        Asked::Yes => match protocol.command.find(payload) {
            Found::Commands(texts) => commands(protocol, payload, texts),
            Found::NotText => {
                Request::Unjudged(format!("the command ({}) is not a text", protocol.command.name()))
            }
            Found::Missing => {
                Request::Unjudged(format!("the hook's input has no command ({})", protocol.command.name()))
            }
        },
    }
}

/// The request to judge the commands that were found in a payload.
pub(super) fn commands(protocol: &Protocol, payload: &Value, texts: Vec<String>) -> Request {
    let session = text_at(payload, protocol.session).map(str::to_owned);
    Request::Commands { texts, cwd: directory(protocol, payload), session }
}

/// Whether a payload, read by these facts, asks about a command.
pub(super) fn asked(protocol: &Protocol, payload: &Value) -> Asked {
    let (field, events) = protocol.event;
    let event = text_at(payload, field);
    if event.is_some_and(|event| !is_one_of(events, event)) {
        return Asked::No;
    }
    if protocol.tool.is_empty() {
        let is_named = event.is_some() || protocol.command.is_in(payload);
        return if is_named { Asked::Yes } else { Asked::Unclear };
    }
    let Some(tool) = protocol.tool.iter().find_map(|path| at(payload, path)) else { return Asked::Unclear };
    let Some(tool) = tool.as_str() else { return Asked::Unclear };
    if let Some((_, shell)) = protocol.foreign_shells.iter().find(|(name, _)| *name == tool) {
        return Asked::Foreign(shell);
    }
    if protocol.shells.contains(&tool) { Asked::Yes } else { Asked::No }
}

/// Whether a payload names an event that asks for permission in none of the protocols, and has its command where one that
/// names events in this field has it: `type` alone may be anything.
pub(super) fn is_other_event<'p>(
    mut protocols: impl Iterator<Item = &'p Protocol> + Clone,
    payload: &Value,
) -> bool {
    let all = protocols.clone();
    protocols.any(|Protocol { event: (field, _), command, .. }| {
        let mut same = all.clone().filter(|other| other.event.0 == *field);
        text_at(payload, field).is_some_and(|event| !same.any(|other| is_one_of(other.event.1, event)))
            && matches!(command.find(payload), Found::Commands(_))
    })
}

fn is_one_of(events: &[&str], event: &str) -> bool {
    events.iter().any(|known| is_same_name(known, event))
}

/// Whether two names of an event differ in their spelling only: `PreToolUse`, `preToolUse` and `pre_tool_use` have all
/// been seen, also in one host's payloads of different versions.
fn is_same_name(one: &str, other: &str) -> bool {
    let letters = |name: &str| -> Vec<u8> {
        name.bytes().filter(u8::is_ascii_alphanumeric).map(|byte| byte.to_ascii_lowercase()).collect()
    };
    one == other || letters(one) == letters(other)
}

/// The directory that the command runs in.
fn directory(protocol: &Protocol, payload: &Value) -> Option<String> {
    let is_absolute = |path: &&str| Path::new(path).is_absolute();
    let named = protocol.cwd.iter().filter_map(|path| text_at(payload, path)).find(is_absolute);
    let inherited = || std::env::var(protocol.cwd_variable?).ok().filter(|path| is_absolute(&path.as_str()));
    let cwd = named.map(str::to_owned).or_else(inherited)?;
    match protocol.within.and_then(|path| text_at(payload, path)) {
        Some(within) => Path::new(&cwd).join(within).into_os_string().into_string().ok(),
        None => Some(cwd),
    }
}

#[cfg(test)]
mod tests {
    use super::super::hosts::named;
    use super::*;

    fn read_as(host: &str, payload: &[u8]) -> Request {
        let protocol = &named(host).unwrap().protocols[0];
        parse(payload).map_or_else(Request::Unjudged, |(payload, _)| read(protocol, &payload))
    }

    #[track_caller]
    fn is_unjudged(payload: &[u8]) {
        let request = read_as("claude-code", payload);
        assert!(matches!(request, Request::Unjudged(_)), "{request:?}");
    }

    #[test]
    fn a_command_is_found_whatever_else_the_payload_holds() {
        let payload = br#"{"new": [1], "hook_event_name": "PreToolUse", "cwd": "/w", "tool_name": "Monitor",
            "tool_input": {"command": "tail -f log", "timeout_ms": 5}}"#;
        let expected = Request::Commands {
            texts: vec!["tail -f log".to_owned()],
            cwd: Some("/w".to_owned()),
            session: None,
        };
        assert_eq!(read_as("claude-code", payload), expected);
    }

    #[test]
    fn other_tools_and_events_are_not_ours() {
        assert_eq!(read_as("claude-code", br#"{"tool_name": "Read", "tool_input": {}}"#), Request::NotOurs);
        assert_eq!(read_as("claude-code", br#"{"hook_event_name": "Stop"}"#), Request::NotOurs);
        let after =
            br#"{"hook_event_name": "PostToolUse", "tool_name": "Bash", "tool_input": {"command": "ls"}}"#;
        assert_eq!(read_as("claude-code", after), Request::NotOurs);
    }

    #[test]
    fn the_spelling_of_an_event_does_not_count() {
        for event in ["PreToolUse", "preToolUse", "pre_tool_use", "pre-tool-use"] {
            let payload = format!(
                r#"{{"hook_event_name": "{event}", "tool_name": "Bash", "tool_input": {{"command": "ls"}}}}"#
            );
            let request = read_as("claude-code", payload.as_bytes());
            assert!(matches!(request, Request::Commands { .. }), "{event}: {request:?}");
        }
    }

    #[test]
    fn what_is_missing_or_mistyped_is_not_harmless() {
        is_unjudged(b"");
        is_unjudged(b"[]");
        is_unjudged(br#"{"tool_name": "Bash"}"#);
        is_unjudged(br#"{"tool_name": ["Bash"], "tool_input": {"command": "ls"}}"#);
        is_unjudged(br#"{"tool_name": "Bash", "tool_input": "ls"}"#);
        is_unjudged(br#"{"tool_name": "Bash", "tool_input": {"command": ["ls"]}}"#);
        is_unjudged(br#"{"tool_name": "Bash", "tool_input": {"command": null}}"#);
        is_unjudged(br#"{"tool_name": "Bash", "tool_input": {"command": "ls"}"#);
        is_unjudged(br#"{"tool_name": "PowerShell", "tool_input": {"command": "ls"}}"#);
    }

    #[test]
    fn a_mark_at_the_start_does_not_count() {
        assert!(parse("\u{feff}{}".as_bytes()).unwrap().1.is_none());
    }

    #[test]
    fn bytes_that_are_no_text_leave_a_doubt() {
        let payload = b"{\"tool_name\": \"Bash\", \"tool_input\": {\"command\": \"ls \xff\"}}";
        assert!(parse(payload).unwrap().1.is_some());
    }

    #[test]
    fn the_directory_is_the_first_absolute_one() {
        let cwd = |host: &str, payload: &str| match read_as(host, payload.as_bytes()) {
            Request::Commands { cwd, .. } => cwd,
            other => panic!("{other:?}"),
        };
        let cursor = r#"{"command": "ls", "cwd": "", "workspace_roots": ["/srv/app"]}"#;
        assert_eq!(cwd("cursor", cursor).as_deref(), Some("/srv/app"));
        let gemini = r#"{"tool_name": "run_shell_command", "cwd": "/srv",
            "tool_input": {"command": "ls", "dir_path": "app"}}"#;
        assert_eq!(cwd("gemini", gemini).as_deref(), Some("/srv/app"));
        let kimi =
            r#"{"tool_name": "Bash", "cwd": "/tmp", "tool_input": {"command": "ls", "cwd": "/srv/app"}}"#;
        assert_eq!(cwd("kimi", kimi).as_deref(), Some("/srv/app"));
        let qwen = r#"{"tool_name": "run_shell_command", "cwd": "/tmp",
            "tool_input": {"command": "ls", "directory": "/srv/app"}}"#;
        assert_eq!(cwd("qwen", qwen).as_deref(), Some("/srv/app"));
        let nowhere = r#"{"tool_name": "Bash", "cwd": "src", "tool_input": {"command": "ls"}}"#;
        assert_eq!(cwd("claude-code", nowhere), None);
    }
}
