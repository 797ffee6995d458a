//! A payload that no host's marks show, with no host named on the command line. It is read as far as any known
//! protocol fits, and answered so that as many hosts as possible understand it.

use super::command::Found;
use super::dialect::Dialect;
use super::host::{Ask, CLAUDE_SHAPE, Failure, Host, Protocol};
use super::hosts::HOSTS;
use super::payload::{Asked, Request, asked, commands, is_other_event, read};
use serde_json::Value;

/// Stands for the host that is not known.
pub(super) const UNKNOWN: Host = Host {
    name: "unknown",
    title: "this host",
    protocols: &[PROTOCOL],
    timeout: None,
    on_crash: Failure::Unknown,
    on_timeout: Failure::Unknown,
    on_garbage: Failure::Unknown,
    allow_skips_prompt: false,
    evidence: "",
};

/// How it is answered.
pub(super) const PROTOCOL: Protocol =
    Protocol { ask: Ask::Denied("the host is not known"), dialect: Dialect::Any, ..CLAUDE_SHAPE };

/// Reads a payload by whichever protocol finds a command in it. Where one says that a shell is to run something,
/// another that does not know the tool does not count. A tool that none knows may be a shell: what stands where others have
/// the command is judged.
pub(super) fn read_any(payload: &Value) -> Request {
    let mut request = Request::Unjudged("the hook's input is of no known kind".to_owned());
    let mut is_ours = false;
    let protocols = || HOSTS.iter().flat_map(|host| host.protocols);
    for protocol in protocols() {
        match asked(protocol, payload) {
            Asked::Yes | Asked::Foreign(_) => match read(protocol, payload) {
                found @ Request::Commands { .. } => return found,
                other => (request, is_ours) = (other, true),
            },
            Asked::No if !is_ours => request = Request::NotOurs,
            Asked::No | Asked::Unclear => {}
        }
    }
    if request != Request::NotOurs || is_other_event(protocols(), payload) {
        return request;
    }
    let found = protocols().find_map(|protocol| match protocol.command.find(payload) {
        Found::Commands(texts) => Some(commands(protocol, payload, texts)),
        _ => None,
    });
    found.unwrap_or(request)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn any_known_place_of_a_command_counts() {
        for payload in [
            json!({"tool_name": "Bash", "tool_input": {"command": "ls"}}),
            json!({"toolName": "bash", "toolArgs": "{\"command\": \"ls\"}"}),
            json!({"tool_info": {"command_line": "ls"}}),
            json!({"command": "ls"}),
            json!({"toolName": "run", "params": {"command": "ls"}}),
            json!({"tool_name": "a_new_shell", "tool_input": {"command": "ls"}}),
            json!({"type": "x", "tool_name": "a_new_shell", "tool_input": {"command": "ls"}}),
        ] {
            let request = read_any(&payload);
            assert!(matches!(&request, Request::Commands { texts, .. } if texts == &["ls"]), "{request:?}");
        }
    }

    #[test]
    fn a_shell_without_a_command_is_no_other_tool() {
        let is_unjudged = |payload| matches!(read_any(&payload), Request::Unjudged(_));
        assert!(is_unjudged(json!({"tool_name": "Bash"})));
        assert!(is_unjudged(json!({"tool_name": "PowerShell", "tool_input": {"command": "ls"}})));
        assert!(is_unjudged(json!({})));
        assert!(is_unjudged(json!([1])));
        assert_eq!(read_any(&json!({"tool_name": "Read", "tool_input": {}})), Request::NotOurs);
        assert_eq!(read_any(&json!({"hook_event_name": "Stop"})), Request::NotOurs);
        let after = json!({"hook_event_name": "PostToolUse", "tool_input": {"command": "ls"}});
        assert_eq!(read_any(&after), Request::NotOurs);
    }
}
