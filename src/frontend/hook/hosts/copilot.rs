//! GitHub Copilot: the command line and the cloud agent share one protocol, the agents in VS Code have another.
//!
//! The command line's event has two spellings, each with its own payload and its own place for the decision; the
//! decision is printed in both places, since unknown fields are ignored. A crash blocks the command, a time-out does
//! not. The cloud agent cannot ask and denies by itself.

use super::super::command::Place;
use super::super::dialect::Dialect;
use super::super::host::{CLAUDE_SHAPE, Failure, Host, Protocol};
use super::super::mark::Mark::{Has, Is, Lacks};

pub(super) const COPILOT: Host = Host {
    name: "copilot",
    title: "Copilot CLI and cloud agent",
    protocols: &[
        Protocol {
            marks: &[&[Has("toolArgs"), Has("toolName")]],
            event: ("hookEventName", &["preToolUse"]),
            tool: &["toolName"],
            command: Place::Inside("toolArgs", "command"),
            session: "sessionId",
            shells: &["bash"],
            foreign_shells: &[("powershell", "PowerShell")],
            dialect: Dialect::FlatAndNested,
            example: r#"{"sessionId": "s", "timestamp": 1, "cwd": "/", "toolName": "bash",
                "toolArgs": {"command": COMMAND}}"#,
            ..CLAUDE_SHAPE
        },
        Protocol {
            marks: &[&[
                Is("hook_event_name", "PreToolUse"),
                Has("timestamp"),
                Has("cwd"),
                Lacks("transcript_path"),
                Lacks("tool_use_id"),
            ]],
            shells: &["Bash", "bash"],
            foreign_shells: &[("PowerShell", "PowerShell"), ("powershell", "PowerShell")],
            dialect: Dialect::FlatAndNested,
            example: r#"{"hook_event_name": "PreToolUse", "session_id": "s", "timestamp": "t", "cwd": "/",
                "tool_name": "Bash", "tool_input": {"command": COMMAND}}"#,
            ..CLAUDE_SHAPE
        },
    ],
    timeout: Some(30),
    on_crash: Failure::Blocked,
    on_timeout: Failure::Runs,
    on_garbage: Failure::Runs,
    allow_skips_prompt: true,
    evidence: "run live, 1.0.102",
};

/// Its matchers are ignored: the hook is asked about every tool.
pub(super) const VSCODE: Host = Host {
    name: "vscode",
    title: "VS Code agents",
    protocols: &[Protocol {
        marks: &[&[Has("hookEventName"), Has("tool_input")]],
        event: ("hookEventName", &["PreToolUse"]),
        session: "sessionId",
        shells: &["run_in_terminal", "runTerminalCommand", "runInTerminal"],
        example: r#"{"timestamp": "t", "cwd": "/", "sessionId": "s", "hookEventName": "PreToolUse",
            "tool_name": "run_in_terminal", "tool_input": {"command": COMMAND}, "tool_use_id": "t"}"#,
        ..CLAUDE_SHAPE
    }],
    timeout: Some(30),
    on_crash: Failure::Runs,
    on_timeout: Failure::Runs,
    on_garbage: Failure::Runs,
    allow_skips_prompt: true,
    evidence: "documentation",
};
