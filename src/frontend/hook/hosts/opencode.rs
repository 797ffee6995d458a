//! OpenCode and its relative Kilo Code. Both run plug-ins; the one that `argvet install` writes starts argvet and
//! throws an error where the command must not run, also when argvet fails. A plug-in cannot make them ask.

use super::super::host::{Ask, Failure, Host, Protocol};
use super::super::mark::Mark::Is;
use super::plain;

const SHAPE: Protocol = Protocol { ask: Ask::Denied("plug-ins cannot ask"), ..plain::SHAPE };

pub(super) const OPENCODE: Host = Host {
    name: "opencode",
    title: "OpenCode",
    protocols: &[Protocol {
        marks: &[&[Is("host", "opencode")]],
        example: r#"{"host": "opencode", "command": COMMAND, "cwd": "/", "session": "s"}"#,
        ..SHAPE
    }],
    timeout: None,
    on_crash: Failure::Blocked,
    on_timeout: Failure::Blocked,
    on_garbage: Failure::Blocked,
    allow_skips_prompt: false,
    evidence: "run live, 1.18.33",
};

pub(super) const KILO: Host = Host {
    name: "kilo",
    title: "Kilo Code",
    protocols: &[Protocol {
        marks: &[&[Is("host", "kilo")]],
        example: r#"{"host": "kilo", "command": COMMAND, "cwd": "/", "session": "s"}"#,
        ..SHAPE
    }],
    timeout: None,
    on_crash: Failure::Blocked,
    on_timeout: Failure::Blocked,
    on_garbage: Failure::Blocked,
    allow_skips_prompt: false,
    evidence: "run live, 7.7.9",
};
