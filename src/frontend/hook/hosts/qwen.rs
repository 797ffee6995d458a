//! Qwen Code, event `PreToolUse`: Claude Code's protocol with Gemini CLI's tool names. Without a terminal a question
//! becomes a denial.

use super::super::host::{CLAUDE_SHAPE, Failure, Host, Protocol};
use super::super::mark::Mark::{Has, Is};

pub(super) const QWEN: Host = Host {
    name: "qwen",
    title: "Qwen Code",
    protocols: &[Protocol {
        marks: &[
            &[Is("hook_event_name", "PreToolUse"), Is("tool_name", "run_shell_command")],
            &[Is("hook_event_name", "PreToolUse"), Has("timestamp"), Has("tool_use_id")],
        ],
        within: Some("tool_input/directory"),
        shells: &["run_shell_command", "monitor"],
        example: r#"{"session_id": "s", "cwd": "/", "hook_event_name": "PreToolUse", "timestamp": "t",
            "tool_name": "run_shell_command", "tool_input": {"command": COMMAND}, "tool_use_id": "t"}"#,
        ..CLAUDE_SHAPE
    }],
    timeout: Some(60),
    on_crash: Failure::Runs,
    on_timeout: Failure::Runs,
    on_garbage: Failure::Runs,
    allow_skips_prompt: true,
    evidence: "run live, 0.24.4",
};
