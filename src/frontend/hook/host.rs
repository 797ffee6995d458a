//! What a host's protocol is, as data: where its payload says what, how it wants to be answered, and what it does
//! when a hook fails. One constant for each host stands in [`hosts`](super::hosts).

use super::command::Place;
use super::dialect::Dialect;
use super::mark::Mark;

/// The facts about one host.
#[derive(Debug)]
pub(crate) struct Host {
    /// Its name on argvet's command line.
    pub(crate) name: &'static str,
    /// Its name for people.
    pub(crate) title: &'static str,
    /// The kinds of payload that it sends; the first is the one that `argvet install` sets up.
    pub(crate) protocols: &'static [Protocol],
    /// Seconds after which it gives up on a hook if its configuration does not say otherwise.
    pub(crate) timeout: Option<u32>,
    /// What happens to the command when the hook crashes, cannot be started or ends with an unknown exit code.
    pub(crate) on_crash: Failure,
    /// What happens to it when the hook takes too long.
    pub(crate) on_timeout: Failure,
    /// What happens to it when the hook's output cannot be understood.
    pub(crate) on_garbage: Failure,
    /// Whether an explicit *allow* would switch off the host's own question. argvet then says nothing instead.
    pub(crate) allow_skips_prompt: bool,
    /// How these facts are known.
    pub(crate) evidence: &'static str,
}

/// What a host does with the command after a failure of the hook.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Failure {
    /// It runs.
    Runs,
    /// It does not run.
    Blocked,
    /// It does not run if the host's configuration says so, as the one that `argvet install` writes does.
    BlockedIfConfigured,
    /// The user is asked.
    Asks,
    /// Nobody has found out.
    Unknown,
}

/// Whether a hook can make the host ask its user.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Ask {
    /// It can.
    Works,
    /// It cannot, or nobody can rely on it: why. argvet denies instead.
    Denied(&'static str),
}

/// One kind of payload and the reply to it.
#[derive(Debug)]
pub(crate) struct Protocol {
    /// What shows that a payload is of this kind: all marks of one of the groups.
    pub(super) marks: &'static [&'static [Mark]],
    /// Where the payload names the event, and the events that ask for permission.
    pub(super) event: (&'static str, &'static [&'static str]),
    /// Where it names the tool; none where the event alone says that a command is to be run.
    pub(super) tool: &'static [&'static str],
    /// Where a shell tool's command stands.
    pub(super) command: Place,
    /// Where the working directory stands: the first that is an absolute path counts.
    pub(super) cwd: &'static [&'static str],
    /// Where a directory stands that is meant relative to it.
    pub(super) within: Option<&'static str>,
    /// The environment variable that holds the directory where the payload has none.
    pub(super) cwd_variable: Option<&'static str>,
    /// Where the session is named.
    pub(super) session: &'static str,
    /// The tools whose command bash reads.
    pub(super) shells: &'static [&'static str],
    /// The tools whose command another shell reads, and its name.
    pub(super) foreign_shells: &'static [(&'static str, &'static str)],
    /// Whether the agent can type into a program that is running without a hook being asked.
    pub(super) types_unseen: bool,
    /// Whether it can ask.
    pub(crate) ask: Ask,
    /// The language of its replies.
    pub(crate) dialect: Dialect,
    /// A payload, in which `COMMAND` stands for the command as a JSON string.
    pub(super) example: &'static str,
}

/// The shape that most hosts have taken over from Claude Code.
pub(super) const CLAUDE_SHAPE: Protocol = Protocol {
    marks: &[],
    event: ("hook_event_name", &["PreToolUse"]),
    tool: &["tool_name"],
    command: Place::At(&["tool_input/command"]),
    cwd: &["cwd"],
    within: None,
    cwd_variable: None,
    session: "session_id",
    shells: &[],
    foreign_shells: &[],
    types_unseen: false,
    ask: Ask::Works,
    dialect: Dialect::Nested,
    example: "",
};

impl Protocol {
    /// A payload of this kind that asks for `command`.
    pub(crate) fn payload(&self, command: &str) -> String {
        let text = serde_json::Value::from(command).to_string();
        self.example.replace("COMMAND", &text)
    }
}
