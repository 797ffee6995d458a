//! Kimi Code, event `PreToolUse`. Exit code 2 blocks.

use super::super::dialect::Dialect;
use super::super::host::{Ask, CLAUDE_SHAPE, Failure, Host, Protocol};
use super::super::mark::Mark::Is;

pub(super) const KIMI: Host = Host {
    name: "kimi",
    title: "Kimi Code",
    protocols: &[Protocol {
        marks: &[&[Is("client_type", "kimi_code_cli")]],
        within: Some("tool_input/cwd"),
        shells: &["Bash"],
        ask: Ask::Denied("there is no such reply"),
        dialect: Dialect::ExitCode,
        example: r#"{"hook_event_name": "PreToolUse", "session_id": "s", "client_type": "kimi_code_cli", "cwd": "/",
            "tool_name": "Bash", "tool_input": {"command": COMMAND}, "tool_call_id": "c"}"#,
        ..CLAUDE_SHAPE
    }],
    timeout: Some(30),
    on_crash: Failure::Runs,
    on_timeout: Failure::Runs,
    on_garbage: Failure::Runs,
    allow_skips_prompt: false,
    evidence: "run live, 2.1.0",
};
