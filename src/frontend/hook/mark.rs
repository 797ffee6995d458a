//! Which host sent a payload. Several hosts run the hooks that are configured for another one, so the flag on the
//! command line is only a hint; the payload's own fields are certain where they are a host's own.
//!
//! Only fields outside of the tool's input are looked at: the input is written by the agent.

use super::host::{Host, Protocol};
use super::hosts::HOSTS;
use super::json::{at, text_at};
use serde_json::Value;

/// A property of a payload.
#[derive(Clone, Copy, Debug)]
pub(super) enum Mark {
    /// The field is there.
    Has(&'static str),
    /// It is not.
    Lacks(&'static str),
    /// It is this text.
    Is(&'static str, &'static str),
}

impl Mark {
    fn holds(self, payload: &Value) -> bool {
        match self {
            Mark::Has(path) => at(payload, path).is_some(),
            Mark::Lacks(path) => at(payload, path).is_none(),
            Mark::Is(path, expected) => text_at(payload, path) == Some(expected),
        }
    }
}

/// The kind of payload that this certainly is.
pub(super) fn recognise(payload: &Value) -> Option<(&'static Host, &'static Protocol)> {
    let all =
        HOSTS.iter().copied().flat_map(|host| host.protocols.iter().map(move |protocol| (host, protocol)));
    all.into_iter().find(|(_, protocol)| is_marked(protocol, payload))
}

/// The kind of payload of a host that this is most like.
pub(super) fn of_host(host: &'static Host, payload: &Value) -> Option<&'static Protocol> {
    let kinds = || host.protocols.iter();
    let marked = kinds().find(|protocol| is_marked(protocol, payload));
    let likely = || kinds().find(|protocol| protocol.command.is_in(payload));
    marked.or_else(likely).or_else(|| kinds().next())
}

fn is_marked(protocol: &Protocol, payload: &Value) -> bool {
    protocol.marks.iter().any(|group| group.iter().all(|mark| mark.holds(payload)))
}
