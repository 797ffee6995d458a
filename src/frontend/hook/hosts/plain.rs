//! argvet's own protocol, for hosts without one that runs programs (argvet's plug-ins speak it there) and for
//! everybody else.
//!
//! ```text
//! in   {"command": "git push -f", "cwd": "/srv/app", "session": "1", "shell": "bash"}     all but `command` optional
//! out  {"decision": "allow" | "ask" | "deny", "reason": "…"}      exit code 0, 3, 2
//! ```

use super::super::command::Place;
use super::super::dialect::Dialect;
use super::super::host::{CLAUDE_SHAPE, Failure, Host, Protocol};

/// The shape of the payloads that argvet's plug-ins send. `tool` and `host` are added by the plug-ins.
pub(super) const SHAPE: Protocol = Protocol {
    event: ("event", &["command"]),
    tool: &[],
    command: Place::At(&["command"]),
    session: "session",
    dialect: Dialect::Plain,
    ..CLAUDE_SHAPE
};

pub(super) const PLAIN: Host = Host {
    name: "plain",
    title: "anything else",
    protocols: &[Protocol { example: r#"{"command": COMMAND, "cwd": "/"}"#, ..SHAPE }],
    timeout: None,
    on_crash: Failure::Unknown,
    on_timeout: Failure::Unknown,
    on_garbage: Failure::Unknown,
    allow_skips_prompt: false,
    evidence: "argvet's own",
};
