//! Pi. The extension that `argvet install` writes asks in Pi's own dialog where there is one, and blocks where there
//! is none; an error in it blocks. An extension of somebody's own may hand on the event `tool_call` as it is, and take the
//! answer for its result, which cannot ask.

use super::super::command::Place;
use super::super::dialect::Dialect;
use super::super::host::{Ask, Failure, Host, Protocol};
use super::super::mark::Mark::{Has, Is};
use super::plain;

pub(super) const PI: Host = Host {
    name: "pi",
    title: "Pi",
    protocols: &[
        Protocol {
            marks: &[&[Is("host", "pi")]],
            example: r#"{"host": "pi", "command": COMMAND, "cwd": "/"}"#,
            ..plain::SHAPE
        },
        Protocol {
            marks: &[&[Is("type", "tool_call"), Has("toolName"), Has("input")]],
            event: ("type", &["tool_call"]),
            tool: &["toolName"],
            command: Place::At(&["input/command"]),
            shells: &["bash"],
            ask: Ask::Denied("the result of an event cannot ask"),
            dialect: Dialect::Outcome("reason"),
            example: r#"{"type": "tool_call", "toolName": "bash", "toolCallId": "c", "input": {"command": COMMAND}}"#,
            ..plain::SHAPE
        },
    ],
    timeout: None,
    on_crash: Failure::Blocked,
    on_timeout: Failure::Blocked,
    on_garbage: Failure::Blocked,
    allow_skips_prompt: false,
    evidence: "run live, 1.3.0; documentation, 1.5.2",
};
