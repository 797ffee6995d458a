//! Amp: a plug-in, as `argvet install` writes it, or a program that a permission rule delegates to.
//!
//! The delegate's protocol is known from an older manual only, so nothing but exit code 2 is relied on there.

use super::super::command::Place;
use super::super::dialect::Dialect;
use super::super::host::{Ask, Failure, Host, Protocol};
use super::super::mark::Mark::Is;
use super::plain;

pub(super) const AMP: Host = Host {
    name: "amp",
    title: "Amp",
    protocols: &[
        Protocol {
            marks: &[&[Is("host", "amp")]],
            example: r#"{"host": "amp", "command": COMMAND, "cwd": "/"}"#,
            ..plain::SHAPE
        },
        Protocol {
            command: Place::At(&["cmd", "command"]),
            ask: Ask::Denied("nobody has seen it work"),
            dialect: Dialect::ExitCode,
            example: r#"{"cmd": COMMAND, "cwd": "/"}"#,
            ..plain::SHAPE
        },
    ],
    timeout: None,
    on_crash: Failure::Blocked,
    on_timeout: Failure::Unknown,
    on_garbage: Failure::Blocked,
    allow_skips_prompt: true,
    evidence: "documentation; the plug-in run in its plug-in runtime, September 2026",
};
