//! Google's agents: Gemini CLI, event `BeforeTool`, and Antigravity, event `PreToolUse`.
//!
//! Gemini CLI can ask, but its question overrides a denial by the user's own policy, so argvet denies instead.

use super::super::command::Place;
use super::super::dialect::{Dialect, Words};
use super::super::host::{Ask, CLAUDE_SHAPE, Failure, Host, Protocol};
use super::super::mark::Mark::{Has, Is};

pub(super) const GEMINI: Host = Host {
    name: "gemini",
    title: "Gemini CLI",
    protocols: &[Protocol {
        marks: &[&[Is("hook_event_name", "BeforeTool")]],
        event: ("hook_event_name", &["BeforeTool"]),
        within: Some("tool_input/dir_path"),
        shells: &["run_shell_command"],
        ask: Ask::Denied("the question would override the user's own policy"),
        dialect: Dialect::Decision(Words { allow: None, ask: None, deny: "deny", exits: false }),
        example: r#"{"session_id": "s", "cwd": "/", "hook_event_name": "BeforeTool", "timestamp": "t",
            "tool_name": "run_shell_command", "tool_input": {"command": COMMAND}}"#,
        ..CLAUDE_SHAPE
    }],
    timeout: Some(60),
    on_crash: Failure::Runs,
    on_timeout: Failure::Runs,
    on_garbage: Failure::Runs,
    allow_skips_prompt: false,
    evidence: "run live, 0.61.0",
};

/// A missing or unknown decision makes it ask; *allow* is said aloud and does not skip its own question.
pub(super) const ANTIGRAVITY: Host = Host {
    name: "antigravity",
    title: "Antigravity",
    protocols: &[Protocol {
        marks: &[&[Has("toolCall/args")]],
        event: ("hookEventName", &["PreToolUse"]),
        tool: &["toolCall/name"],
        command: Place::At(&["toolCall/args/CommandLine"]),
        cwd: &["toolCall/args/Cwd", "workspacePaths/0"],
        session: "conversationId",
        shells: &["run_command"],
        // `ask` would be answered from the list of what is always allowed.
        dialect: Dialect::Decision(Words {
            allow: Some("allow"),
            ask: Some("force_ask"),
            deny: "deny",
            exits: false,
        }),
        example: r#"{"conversationId": "c", "workspacePaths": ["/"],
            "toolCall": {"name": "run_command", "args": {"CommandLine": COMMAND, "Cwd": "/"}}}"#,
        ..CLAUDE_SHAPE
    }],
    timeout: Some(30),
    on_crash: Failure::Asks,
    on_timeout: Failure::Asks,
    on_garbage: Failure::Asks,
    allow_skips_prompt: false,
    evidence: "others' tests of 1.1.2",
};
