//! Kiro: the command line (2.x inside each agent's file, 3.x in files of their own), the editor, and Amazon Q.
//! Exit code 2 blocks in all of them; what later versions understand besides is not documented.

use super::super::dialect::Dialect;
use super::super::host::{Ask, CLAUDE_SHAPE, Failure, Host, Protocol};
use super::super::mark::Mark::Is;

pub(super) const KIRO: Host = Host {
    name: "kiro",
    title: "Kiro",
    protocols: &[Protocol {
        marks: &[
            &[Is("hook_event_name", "preToolUse"), Is("tool_name", "execute_bash")],
            &[Is("hook_event_name", "preToolUse"), Is("tool_name", "execute_cmd")],
        ],
        event: ("hook_event_name", &["preToolUse", "PreToolUse"]),
        shells: &["execute_bash", "shell"],
        foreign_shells: &[("execute_cmd", "cmd")],
        ask: Ask::Denied("the form of the reply is not documented"),
        dialect: Dialect::ExitCode,
        example: r#"{"hook_event_name": "preToolUse", "cwd": "/", "session_id": "s", "tool_name": "execute_bash",
            "tool_input": {"command": COMMAND}}"#,
        ..CLAUDE_SHAPE
    }],
    timeout: Some(30),
    on_crash: Failure::Runs,
    on_timeout: Failure::Runs,
    on_garbage: Failure::Runs,
    allow_skips_prompt: false,
    evidence: "documentation",
};
