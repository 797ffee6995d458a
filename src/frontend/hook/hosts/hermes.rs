//! Hermes Agent, event `pre_tool_call`. A hook that the user has not consented to is skipped.

use super::super::dialect::Dialect;
use super::super::host::{Ask, CLAUDE_SHAPE, Failure, Host, Protocol};
use super::super::mark::Mark::Is;

pub(super) const HERMES: Host = Host {
    name: "hermes",
    title: "Hermes Agent",
    protocols: &[Protocol {
        marks: &[&[Is("hook_event_name", "pre_tool_call")]],
        event: ("hook_event_name", &["pre_tool_call"]),
        shells: &["terminal"],
        ask: Ask::Denied("there is no such reply"),
        dialect: Dialect::Action,
        example: r#"{"hook_event_name": "pre_tool_call", "tool_name": "terminal", "tool_input": {"command": COMMAND},
            "session_id": "s", "cwd": "/", "profile": "default", "extra": {}}"#,
        ..CLAUDE_SHAPE
    }],
    timeout: Some(60),
    on_crash: Failure::Runs,
    on_timeout: Failure::BlockedIfConfigured,
    on_garbage: Failure::BlockedIfConfigured,
    allow_skips_prompt: false,
    evidence: "run live, 0.19.0; source code, October 2026",
};
