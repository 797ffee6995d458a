//! The languages in which hosts want to be answered: [`Dialect::say`] writes a reply, [`Dialect::hear`] reads one as
//! the host would.
//!
//! A host that does not understand a reply runs the command, so each dialect prints exactly what was seen to work:
//! one JSON object and nothing else on standard output, a reason that is never empty, and no unknown fields where
//! a host objects to them.

mod hear;
mod say;

/// The language of a host's replies.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Dialect {
    /// A `permissionDecision` inside `hookSpecificOutput`, next to the event's name, exit code 0.
    Nested,
    /// The same, and a denial also with exit code 2: another hook's *allow* could hide the first alone.
    NestedAndExit,
    /// The same at both levels: an event with two spellings takes one each.
    FlatAndNested,
    /// `permission` at the top level. *Allow* is said aloud, because silence is a failure.
    Permission,
    /// `decision` and `reason` at the top level.
    Decision(Words),
    /// Exit code 2, with the reason on standard error.
    ExitCode,
    /// `cancel` and `errorMessage`.
    Cancel,
    /// `action` and `message`.
    Action,
    /// The result of a plug-in's function: `block` with a reason in the field of this name, or `requireApproval`.
    Outcome(&'static str),
    /// argvet's own, for the plug-ins that `argvet install` writes, and for everybody else.
    Plain,
    /// All of them at once, as far as possible: the host is not known.
    Any,
}

/// The words of [`Dialect::Decision`].
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Words {
    /// What lets the command run; silence if there is none.
    pub(crate) allow: Option<&'static str>,
    /// What makes the host ask.
    pub(crate) ask: Option<&'static str>,
    /// What stops the command.
    pub(crate) deny: &'static str,
    /// Whether a denial also ends with exit code 2.
    pub(crate) exits: bool,
}

/// What is to be said, before it is put in a host's words.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Reply {
    /// The command may run, or it is none of argvet's business.
    Silent,
    /// The command may run; the agent is told something, if the host can do that.
    Note(String),
    /// The user decides.
    Ask(String),
    /// The command may not run.
    Deny(String),
}

/// What argvet prints and ends with.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Answer {
    /// Standard output.
    pub stdout: String,
    /// Standard error.
    pub stderr: String,
    /// The exit code.
    pub code: u8,
}

/// What a host makes of an answer.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Heard {
    /// It goes on as if there were no hook.
    Runs,
    /// It asks its user.
    Asks,
    /// It does not run the command.
    Blocks,
}

#[cfg(test)]
mod tests {
    use super::super::hosts::HOSTS;
    use super::*;

    #[test]
    fn every_host_understands_what_it_is_told() {
        for protocol in HOSTS.iter().flat_map(|host| host.protocols) {
            let heard = |reply: Reply| protocol.dialect.hear(&protocol.dialect.say(&reply));
            assert_eq!(heard(Reply::Silent), Some(Heard::Runs), "{protocol:?}");
            assert_eq!(heard(Reply::Note("n".to_owned())), Some(Heard::Runs), "{protocol:?}");
            assert_eq!(heard(Reply::Deny("d".to_owned())), Some(Heard::Blocks), "{protocol:?}");
            let asked = heard(Reply::Ask("a".to_owned()));
            assert!(matches!(asked, Some(Heard::Asks | Heard::Blocks)), "{protocol:?}");
        }
    }

    #[test]
    fn what_lets_a_command_run_by_mistake_is_no_refusal() {
        let heard = |dialect: Dialect, stdout: &str, stderr: &str, code: u8| {
            dialect.hear(&Answer { stdout: stdout.to_owned(), stderr: stderr.to_owned(), code })
        };
        let nested = r#"{"hookSpecificOutput": {"hookEventName": "PreToolUse", "permissionDecision": "deny",
            "permissionDecisionReason": "x"}}"#;
        assert_eq!(heard(Dialect::Nested, nested, "", 0), Some(Heard::Blocks));
        for broken in [
            r#"{"permissionDecision": "deny", "permissionDecisionReason": "x"}"#,
            r#"{"hookSpecificOutput": {"permissionDecision": "deny", "permissionDecisionReason": "x"}}"#,
            r#"{"hookSpecificOutput": {"hookEventName": "PreToolUse", "permissionDecision": "deny"}}"#,
            r#"{"hookSpecificOutput": {"hookEventName": "PreToolUse", "permissionDecision": "stop",
                "permissionDecisionReason": "x"}}"#,
            &format!("{nested}."),
            &format!("log {nested}"),
            "denied",
            "{",
        ] {
            assert_eq!(heard(Dialect::Nested, broken, "", 0), None, "{broken}");
        }
        assert_eq!(heard(Dialect::Nested, nested, "", 1), None);
        assert_eq!(heard(Dialect::ExitCode, "", "x", 1), None);
        assert_eq!(heard(Dialect::ExitCode, "", "", 2), None);
        assert_eq!(heard(Dialect::ExitCode, "", "x", 2), Some(Heard::Blocks));
        assert_eq!(heard(Dialect::Permission, "", "", 0), None);
        assert_eq!(heard(Dialect::Cancel, "", "x", 2), None);
    }
}
