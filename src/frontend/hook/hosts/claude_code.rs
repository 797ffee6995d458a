//! Claude Code, event `PreToolUse`.
//!
//! A decision counts only inside `hookSpecificOutput`, with the event's name next to it, as the only thing on
//! standard output; anything else is ignored and the command runs. Asking works in every permission mode;
//! without a terminal (`claude -p`) the host turns it into a denial and the model gets the reason.

use super::super::host::{CLAUDE_SHAPE, Failure, Host, Protocol};
use super::super::mark::Mark::{Has, Is};

pub(super) const CLAUDE_CODE: Host = Host {
    name: "claude-code",
    title: "Claude Code",
    protocols: &[Protocol {
        marks: &[
            &[Is("hook_event_name", "PreToolUse"), Has("prompt_id")],
            &[Is("hook_event_name", "PreToolUse"), Has("effort")],
            &[Is("hook_event_name", "PreToolUse"), Has("transcript_path"), Has("tool_use_id")],
        ],
        shells: &["Bash", "Monitor"],
        foreign_shells: &[("PowerShell", "PowerShell")],
        example: r#"{"session_id": "s", "transcript_path": "/t", "cwd": "/", "hook_event_name": "PreToolUse",
            "tool_name": "Bash", "tool_input": {"command": COMMAND}, "tool_use_id": "t"}"#,
        ..CLAUDE_SHAPE
    }],
    timeout: Some(600),
    on_crash: Failure::BlockedIfConfigured,
    on_timeout: Failure::BlockedIfConfigured,
    // Output that is no JSON at all passes for a message, whatever `onFailure` says.
    on_garbage: Failure::Runs,
    allow_skips_prompt: true,
    evidence: "run live, 2.1.332",
};
