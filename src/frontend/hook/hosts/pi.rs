//! Pi. The extension that `argvet install` writes asks in Pi's own dialog where there is one, and blocks where there
//! is none; an error in it blocks.

use super::super::host::{Failure, Host, Protocol};
use super::super::mark::Mark::Is;
use super::plain;

pub(super) const PI: Host = Host {
    name: "pi",
    title: "Pi",
    protocols: &[Protocol {
        marks: &[&[Is("host", "pi")]],
        example: r#"{"host": "pi", "command": COMMAND, "cwd": "/"}"#,
        ..plain::SHAPE
    }],
    timeout: None,
    on_crash: Failure::Blocked,
    on_timeout: Failure::Blocked,
    on_garbage: Failure::Blocked,
    allow_skips_prompt: false,
    evidence: "run live, 1.3.0; documentation, 1.5.2",
};
