//! Cognition's agents: Windsurf (Devin Desktop), event `pre_run_command`, and the Devin command line.

use super::super::command::Place;
use super::super::dialect::{Dialect, Words};
use super::super::host::{Ask, CLAUDE_SHAPE, Failure, Host, Protocol};
use super::super::mark::Mark::{Has, Is, Lacks};

/// Only exit code 2 is understood; there is no JSON reply.
pub(super) const WINDSURF: Host = Host {
    name: "windsurf",
    title: "Windsurf",
    protocols: &[Protocol {
        marks: &[&[Has("agent_action_name")]],
        event: ("agent_action_name", &["pre_run_command"]),
        tool: &[],
        command: Place::At(&["tool_info/command_line"]),
        cwd: &["tool_info/cwd"],
        session: "trajectory_id",
        ask: Ask::Denied("there is no such reply"),
        dialect: Dialect::ExitCode,
        example: r#"{"agent_action_name": "pre_run_command", "trajectory_id": "t",
            "tool_info": {"command_line": COMMAND, "cwd": "/"}}"#,
        ..CLAUDE_SHAPE
    }],
    timeout: None,
    on_crash: Failure::Runs,
    on_timeout: Failure::Unknown,
    on_garbage: Failure::Runs,
    allow_skips_prompt: false,
    evidence: "documentation",
};

/// The payload has no directory; the environment has.
pub(super) const DEVIN: Host = Host {
    name: "devin",
    title: "Devin CLI",
    protocols: &[Protocol {
        marks: &[&[Is("tool_name", "exec"), Is("hook_event_name", "PreToolUse"), Lacks("cwd")]],
        cwd_variable: Some("DEVIN_PROJECT_DIR"),
        shells: &["exec"],
        ask: Ask::Denied("no such reply is documented"),
        dialect: Dialect::Decision(Words { allow: None, ask: None, deny: "block", exits: true }),
        example: r#"{"session_id": "s", "hook_event_name": "PreToolUse", "tool_name": "exec",
            "tool_input": {"command": COMMAND}}"#,
        ..CLAUDE_SHAPE
    }],
    timeout: None,
    on_crash: Failure::Runs,
    on_timeout: Failure::Unknown,
    on_garbage: Failure::Runs,
    allow_skips_prompt: false,
    evidence: "documentation",
};
