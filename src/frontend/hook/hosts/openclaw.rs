//! OpenClaw. The plug-in that `argvet install` writes asks through `requireApproval`, which denies when nobody
//! answers; an error or a time-out in it blocks. A plug-in of somebody's own may hand on the event `before_tool_call` as it
//! is, and take the answer for its result.

use super::super::command::Place;
use super::super::dialect::Dialect;
use super::super::host::{Failure, Host, Protocol};
use super::super::mark::Mark::{Has, Is, Lacks};
use super::plain;

/// Its tool `process` types into programs.
const SHAPE: Protocol = Protocol { types_unseen: true, ..plain::SHAPE };

pub(super) const OPENCLAW: Host = Host {
    name: "openclaw",
    title: "OpenClaw",
    protocols: &[
        Protocol {
            marks: &[&[Is("host", "openclaw")]],
            example: r#"{"host": "openclaw", "command": COMMAND, "cwd": "/"}"#,
            ..SHAPE
        },
        Protocol {
            marks: &[&[Has("toolName"), Has("params"), Lacks("toolArgs"), Lacks("toolInput")]],
            event: ("event", &["before_tool_call"]),
            tool: &["toolName"],
            command: Place::At(&["params/command"]),
            cwd: &["params/workdir"],
            shells: &["exec"],
            dialect: Dialect::Outcome("blockReason"),
            example: r#"{"toolName": "exec", "params": {"command": COMMAND, "workdir": "/"}}"#,
            ..SHAPE
        },
    ],
    timeout: Some(15),
    on_crash: Failure::Blocked,
    on_timeout: Failure::Blocked,
    on_garbage: Failure::Blocked,
    allow_skips_prompt: false,
    evidence: "run live, 2026.9.6",
};
