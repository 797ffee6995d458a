//! What a host's protocol is: where its payload says what, and how it wants to be answered.

/// The facts about one host. Paths are JSON pointers.
pub(super) struct Host {
    /// Its name on argvet's command line.
    pub(super) name: &'static str,
    /// Where the payload names the event, and the event that asks for permission.
    pub(super) event: (&'static str, &'static str),
    /// Where it names the tool.
    pub(super) tool: &'static str,
    /// Where a shell tool's command stands.
    pub(super) command: &'static str,
    /// Where the working directory stands.
    pub(super) cwd: &'static str,
    /// The tools whose command bash reads.
    pub(super) shells: &'static [&'static str],
    /// The tools whose command another shell reads, and its name.
    pub(super) foreign_shells: &'static [(&'static str, &'static str)],
    /// What is printed for a reply; the empty string is silence.
    pub(super) reply: fn(&Reply) -> String,
}

/// The answer, before it is put in a host's words.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Reply {
    /// The command may run, or it is none of argvet's business.
    Silent,
    /// The command may run; the agent is told something.
    Note(String),
    /// The user decides.
    Ask(String),
    /// The command may not run.
    Deny(String),
}

impl Reply {
    /// The answer where there is no verdict.
    pub(super) fn unjudged(problem: &str) -> Reply {
        Reply::Ask(format!("argvet could not judge this command: {problem}. Ask the user before running it."))
    }
}
