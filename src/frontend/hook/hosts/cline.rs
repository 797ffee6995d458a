//! Cline: the command line (and its SDK) and the VS Code extension, whose payloads differ.
//!
//! A call may hold several commands. A refusal stops the whole run, not only the call. In VS Code the commands are
//! missing from the payload where the model sent a bare list; that cannot be judged and is refused.

use super::super::command::Place;
use super::super::dialect::Dialect;
use super::super::host::{Ask, CLAUDE_SHAPE, Failure, Host, Protocol};
use super::super::mark::Mark::{Has, Is};

const SHAPE: Protocol = Protocol {
    event: ("hookName", &["tool_call", "PreToolUse"]),
    tool: &["tool_call/name", "preToolUse/toolName"],
    cwd: &["workspaceRoots/0"],
    session: "taskId",
    shells: &["run_commands", "execute_command"],
    ask: Ask::Denied("the reply is read and dropped"),
    dialect: Dialect::Cancel,
    ..CLAUDE_SHAPE
};

pub(super) const CLINE: Host = Host {
    name: "cline",
    title: "Cline",
    protocols: &[
        Protocol {
            marks: &[&[Has("clineVersion"), Is("hookName", "tool_call")]],
            command: Place::List(&["tool_call/input", "preToolUse/parameters"]),
            example: r#"{"clineVersion": "3", "hookName": "tool_call", "taskId": "t", "workspaceRoots": ["/"],
                "tool_call": {"name": "run_commands", "input": {"commands": ["true", COMMAND]}}}"#,
            ..SHAPE
        },
        Protocol {
            marks: &[&[Has("clineVersion")]],
            command: Place::List(&["preToolUse/parameters"]),
            example: r#"{"clineVersion": "4", "hookName": "PreToolUse", "taskId": "t", "workspaceRoots": ["/"],
                "preToolUse": {"toolName": "execute_command", "parameters": {"command": COMMAND}}}"#,
            ..SHAPE
        },
    ],
    timeout: Some(30),
    on_crash: Failure::Runs,
    on_timeout: Failure::Runs,
    on_garbage: Failure::Runs,
    allow_skips_prompt: false,
    evidence: "run live, 3.0.65",
};
