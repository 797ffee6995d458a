//! Cursor, in the editor and on the command line. It also runs the hooks that are configured for Claude Code.
//!
//! With `failClosed` everything that is no decision blocks, also silence; so *allow* is said aloud. It does not
//! override Cursor's own list of allowed commands. For `preToolUse`, *ask* is not enforced.

use super::super::command::Place;
use super::super::dialect::Dialect;
use super::super::host::{Ask, CLAUDE_SHAPE, Failure, Host, Protocol};
use super::super::mark::Mark::{Has, Is};

const SHAPE: Protocol = Protocol {
    cwd: &["cwd", "tool_input/working_directory", "workspace_roots/0"],
    session: "conversation_id",
    dialect: Dialect::Permission,
    ..CLAUDE_SHAPE
};

pub(super) const CURSOR: Host = Host {
    name: "cursor",
    title: "Cursor",
    protocols: &[
        Protocol {
            marks: &[&[Has("cursor_version"), Is("hook_event_name", "beforeShellExecution")]],
            event: ("hook_event_name", &["beforeShellExecution"]),
            tool: &[],
            command: Place::At(&["command"]),
            example: r#"{"conversation_id": "c", "hook_event_name": "beforeShellExecution", "cursor_version": "1",
                "workspace_roots": ["/"], "command": COMMAND, "cwd": ""}"#,
            ..SHAPE
        },
        Protocol {
            // Any other event as well: its reply has to be in Cursor's words.
            marks: &[&[Has("cursor_version")]],
            event: ("hook_event_name", &["preToolUse", "PreToolUse"]),
            shells: &["Shell", "Bash"],
            ask: Ask::Denied("the answer is not waited for"),
            example: r#"{"conversation_id": "c", "hook_event_name": "preToolUse", "cursor_version": "1",
                "workspace_roots": ["/"], "tool_name": "Shell", "tool_input": {"command": COMMAND}, "cwd": "/"}"#,
            ..SHAPE
        },
    ],
    timeout: None,
    on_crash: Failure::BlockedIfConfigured,
    on_timeout: Failure::BlockedIfConfigured,
    on_garbage: Failure::BlockedIfConfigured,
    allow_skips_prompt: false,
    evidence: "documentation, others' tests of 3.9.16",
};
