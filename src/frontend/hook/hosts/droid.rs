//! Factory Droid, event `PreToolUse`. The first hook with a decision wins, so a denial is also said by the exit
//! code. *Ask* is written to a log and has no effect, against its documentation.

use super::super::dialect::Dialect;
use super::super::host::{Ask, CLAUDE_SHAPE, Failure, Host, Protocol};
use super::super::mark::Mark::Is;

pub(super) const DROID: Host = Host {
    name: "droid",
    title: "Factory Droid",
    protocols: &[Protocol {
        marks: &[&[Is("hook_event_name", "PreToolUse"), Is("tool_name", "Execute")]],
        shells: &["Execute"],
        ask: Ask::Denied("the reply has no effect"),
        dialect: Dialect::NestedAndExit,
        example: r#"{"session_id": "s", "transcript_path": "/t", "cwd": "/", "hook_event_name": "PreToolUse",
            "tool_name": "Execute", "tool_input": {"command": COMMAND}}"#,
        ..CLAUDE_SHAPE
    }],
    timeout: Some(60),
    on_crash: Failure::Runs,
    on_timeout: Failure::Runs,
    on_garbage: Failure::Runs,
    allow_skips_prompt: true,
    evidence: "run live, 0.225.2",
};
