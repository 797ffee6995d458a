//! OpenClaw. The plug-in that `argvet install` writes asks through `requireApproval`, which denies when nobody
//! answers; an error or a time-out in it blocks.

use super::super::host::{Failure, Host, Protocol};
use super::super::mark::Mark::Is;
use super::plain;

pub(super) const OPENCLAW: Host = Host {
    name: "openclaw",
    title: "OpenClaw",
    protocols: &[Protocol {
        marks: &[&[Is("host", "openclaw")]],
        // By its tool `process`.
        types_unseen: true,
        example: r#"{"host": "openclaw", "command": COMMAND, "cwd": "/"}"#,
        ..plain::SHAPE
    }],
    timeout: Some(15),
    on_crash: Failure::Blocked,
    on_timeout: Failure::Blocked,
    on_garbage: Failure::Blocked,
    allow_skips_prompt: false,
    evidence: "run live, 2026.9.6",
};
