//! Goose, event `PreToolUse`. Anything on standard output that is no decision counts as none, and with
//! `on_failure: "block"` that blocks.

use super::super::dialect::{Dialect, Words};
use super::super::host::{Ask, CLAUDE_SHAPE, Failure, Host, Protocol};
use super::super::mark::Mark::Has;

pub(super) const GOOSE: Host = Host {
    name: "goose",
    title: "Goose",
    protocols: &[Protocol {
        marks: &[&[Has("event"), Has("working_dir")]],
        event: ("event", &["PreToolUse"]),
        cwd: &["working_dir"],
        shells: &["developer__shell", "shell"],
        ask: Ask::Denied("there is no such reply"),
        dialect: Dialect::Decision(Words { allow: None, ask: None, deny: "block", exits: false }),
        example: r#"{"event": "PreToolUse", "session_id": "s", "tool_name": "developer__shell",
            "tool_input": {"command": COMMAND}, "working_dir": "/"}"#,
        ..CLAUDE_SHAPE
    }],
    timeout: Some(30),
    on_crash: Failure::BlockedIfConfigured,
    on_timeout: Failure::BlockedIfConfigured,
    on_garbage: Failure::BlockedIfConfigured,
    allow_skips_prompt: false,
    evidence: "documentation in its repository",
};
