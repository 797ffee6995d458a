//! Crush, event `PreToolUse`. A hook that has no opinion leads to Crush's own question, which is skipped in its
//! unattended mode; so argvet denies where it would ask. The calls of sub-agents are not shown to hooks.

use super::super::dialect::{Dialect, Words};
use super::super::host::{Ask, CLAUDE_SHAPE, Failure, Host, Protocol};
use super::super::mark::Mark::{Has, Is};

pub(super) const CRUSH: Host = Host {
    name: "crush",
    title: "Crush",
    protocols: &[Protocol {
        marks: &[&[Is("event", "PreToolUse"), Has("cwd"), Has("tool_name")]],
        event: ("event", &["PreToolUse"]),
        shells: &["bash"],
        ask: Ask::Denied("its own question can be switched off"),
        dialect: Dialect::Decision(Words { allow: None, ask: None, deny: "deny", exits: false }),
        example: r#"{"event": "PreToolUse", "session_id": "s", "cwd": "/", "tool_name": "bash",
            "tool_input": {"command": COMMAND}}"#,
        ..CLAUDE_SHAPE
    }],
    timeout: Some(30),
    on_crash: Failure::Runs,
    on_timeout: Failure::Runs,
    on_garbage: Failure::Runs,
    allow_skips_prompt: true,
    evidence: "source code, August 2026",
};
