//! Grok Build, event `PreToolUse`. It also runs the hooks that are configured for Claude Code and Cursor. It gives up
//! after five seconds, the shortest of all hosts.

use super::super::command::Place;
use super::super::dialect::{Dialect, Words};
use super::super::host::{Ask, CLAUDE_SHAPE, Failure, Host, Protocol};
use super::super::mark::Mark::Has;

pub(super) const GROK: Host = Host {
    name: "grok",
    title: "Grok Build",
    protocols: &[Protocol {
        marks: &[&[Has("toolInput"), Has("workspaceRoot")]],
        event: ("hookEventName", &["PreToolUse"]),
        tool: &["toolName"],
        command: Place::At(&["toolInput/command"]),
        cwd: &["cwd", "workspaceRoot"],
        session: "sessionId",
        shells: &["run_terminal_command", "monitor", "Bash"],
        ask: Ask::Denied("the question is answered by itself where all are approved"),
        dialect: Dialect::Decision(Words { allow: None, ask: None, deny: "deny", exits: true }),
        example: r#"{"hookEventName": "pre_tool_use", "sessionId": "s", "cwd": "/", "workspaceRoot": "/",
            "toolName": "run_terminal_command", "toolInput": {"command": COMMAND}, "hook_event_name": "PreToolUse",
            "tool_name": "run_terminal_command", "tool_input": {"command": COMMAND}}"#,
        ..CLAUDE_SHAPE
    }],
    timeout: Some(5),
    on_crash: Failure::Runs,
    on_timeout: Failure::Runs,
    on_garbage: Failure::Runs,
    allow_skips_prompt: false,
    evidence: "run live, 1.0.41",
};
