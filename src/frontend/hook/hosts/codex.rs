//! OpenAI Codex, event `PreToolUse`.
//!
//! Strict: a field that it does not know, a denial without a reason or the word *ask* make the command run. So it is
//! never asked to ask. A hook that the user has not approved in `/hooks` is skipped without a word.

use super::super::host::{Ask, CLAUDE_SHAPE, Failure, Host, Protocol};
use super::super::mark::Mark::{Has, Is};

pub(super) const CODEX: Host = Host {
    name: "codex",
    title: "Codex",
    protocols: &[Protocol {
        marks: &[&[Is("hook_event_name", "PreToolUse"), Has("turn_id"), Has("model")]],
        // `apply_patch` has a `command` as well, which is a patch.
        shells: &["Bash"],
        // By its tool `write_stdin`.
        types_unseen: true,
        ask: Ask::Denied("the command would run"),
        example: r#"{"session_id": "s", "turn_id": "t", "cwd": "/", "model": "m", "hook_event_name": "PreToolUse",
            "tool_name": "Bash", "tool_input": {"command": COMMAND}, "tool_use_id": "t"}"#,
        ..CLAUDE_SHAPE
    }],
    timeout: Some(600),
    on_crash: Failure::Runs,
    on_timeout: Failure::Runs,
    on_garbage: Failure::Runs,
    allow_skips_prompt: false,
    evidence: "run live, 0.171.0",
};
