//! Augment (Auggie), event `PreToolUse`. *Ask* is accepted and has no effect; a hook that dies by a signal counts as
//! one that has no objection.

use super::super::host::{Ask, CLAUDE_SHAPE, Failure, Host, Protocol};
use super::super::mark::Mark::Has;

pub(super) const AUGMENT: Host = Host {
    name: "augment",
    title: "Augment",
    protocols: &[Protocol {
        marks: &[&[Has("conversation_id"), Has("is_mcp_tool")]],
        cwd: &["tool_input/cwd", "workspace_roots/0"],
        session: "conversation_id",
        shells: &["launch-process"],
        // By its tool `write-process`.
        types_unseen: true,
        ask: Ask::Denied("the reply has no effect"),
        example: r#"{"hook_event_name": "PreToolUse", "conversation_id": "c", "workspace_roots": ["/"],
            "tool_name": "launch-process", "tool_input": {"command": COMMAND, "cwd": "/"}, "is_mcp_tool": false}"#,
        ..CLAUDE_SHAPE
    }],
    timeout: Some(60),
    on_crash: Failure::Runs,
    on_timeout: Failure::Runs,
    on_garbage: Failure::Runs,
    allow_skips_prompt: false,
    evidence: "run live, 0.36.0",
};
