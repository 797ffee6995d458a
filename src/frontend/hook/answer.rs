//! From a payload to the host's reply.

use super::arguments::Arguments;
use super::dialect::{Answer, Reply};
use super::host::{Ask, Host, Protocol};
use super::payload::{self, Request};
use super::{mark, reason, unknown};
use crate::Decision;
use crate::frontend::ruling::{Asking, Guard, Memory, Ruling};

/// Who asks, as far as it is known: by the flag, then by the payload.
#[derive(Clone, Copy, Debug)]
pub(super) struct Asker {
    pub(super) host: &'static Host,
    pub(super) protocol: &'static Protocol,
}

impl Asker {
    /// Who asks by the flag alone.
    pub(super) fn flagged(host: Option<&'static Host>) -> Asker {
        let host = host.unwrap_or(&unknown::UNKNOWN);
        Asker { host, protocol: host.protocols.first().unwrap_or(&unknown::PROTOCOL) }
    }

    /// Puts a reply in the host's words. Where it cannot ask, it denies and says why.
    pub(super) fn say(self, reply: Reply) -> Answer {
        let reply = match (reply, self.protocol.ask) {
            (Reply::Ask(what), Ask::Works) => Reply::Ask(reason::asked(&what)),
            (Reply::Ask(what), Ask::Denied(_)) => {
                Reply::Deny(reason::denied_for_asked(&what, self.host.title))
            }
            (Reply::Deny(what), _) => Reply::Deny(reason::denied(&what)),
            (other, _) => other,
        };
        self.protocol.dialect.say(&reply)
    }

    /// The answer where there is no verdict.
    pub(super) fn unjudged(self, problem: &str) -> Answer {
        self.say(unjudged(problem))
    }
}

/// Answers a payload; `recognised` is told who asks before the judging begins. Any bytes get an answer. Where the process
/// `ends` behind it, memory is left to the system.
pub(super) fn to(
    arguments: &Arguments,
    payload: &[u8],
    memory: Memory,
    ends: bool,
    recognised: impl FnOnce(Asker),
) -> Answer {
    let flag = arguments.host;
    let asker = Asker::flagged(flag);
    let (payload, doubt) = match payload::parse(payload) {
        Ok(parsed) => parsed,
        Err(problem) => return asker.unjudged(&problem),
    };
    let known = mark::recognise(&payload);
    let named = || flag.and_then(|host| Some((host, mark::of_host(host, &payload)?)));
    let (asker, request) = match known.or_else(named) {
        Some((host, protocol)) => (Asker { host, protocol }, payload::read(protocol, &payload)),
        None => (asker, unknown::read_any(&payload)),
    };
    recognised(asker);
    asker.say(match request {
        Request::NotOurs => Reply::Silent,
        Request::Unjudged(problem) => unjudged(&problem),
        Request::Commands { texts, cwd, session } => {
            tracing::debug!(host = asker.host.name, ?session, ?cwd, "asked");
            let asking = Asking { host: asker.host.name, cwd: cwd.as_deref(), session: session.as_deref() };
            let mut guard = Guard::new(asking, &arguments.flags, memory);
            guard.facts.input_is_unseen = asker.protocol.types_unseen;
            let reply = judge(&guard, &texts, doubt.as_deref(), asker.protocol.ask == Ask::Works);
            if ends {
                // Taking the policy apart would cost as much as reading its rules did.
                std::mem::forget(guard);
            }
            reply
        }
    })
}

/// The strictest reply to any of the commands.
fn judge(guard: &Guard<'_>, commands: &[String], doubt: Option<&str>, can_ask: bool) -> Reply {
    let mut strictest = (Decision::Allow, doubt.map_or(Reply::Silent, unjudged));
    for command in commands {
        let source = command.as_bytes();
        let Ruling { judged, code } = guard.rule(source, can_ask);
        let decision = judged.verdict.decision;
        tracing::debug!(?decision, findings = judged.verdict.findings.len(), "judged");
        let reply = match decision {
            Decision::Deny => Reply::Deny(reason::with_code(reason::of(source, &judged), code)),
            Decision::Ask => Reply::Ask(reason::with_code(reason::of(source, &judged), code)),
            Decision::Allow => match reason::note(&judged) {
                Some(note) if strictest.1 == Reply::Silent => Reply::Note(note),
                _ => continue,
            },
        };
        if decision > strictest.0 || matches!(reply, Reply::Note(_)) {
            strictest = (decision, reply);
        }
    }
    with_remark(strictest.1, guard.remark())
}

/// The same reply with something that has to be told besides.
fn with_remark(reply: Reply, remark: Option<String>) -> Reply {
    let Some(remark) = remark else { return reply };
    match reply {
        Reply::Silent => Reply::Note(remark),
        Reply::Note(text) => Reply::Note(format!("{text} {remark}")),
        Reply::Ask(text) => Reply::Ask(format!("{text} {remark}")),
        Reply::Deny(text) => Reply::Deny(format!("{text} {remark}")),
    }
}

fn unjudged(problem: &str) -> Reply {
    Reply::Ask(reason::unjudged(problem))
}
