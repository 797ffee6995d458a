//! What one reading of an argv does, worked out as rules ask for it: most commands meet no rule about requests or
//! statements, and their texts are never read.

use super::request::Sent;
use crate::effect::{self, Effect, Effects, SqlStatement};
use crate::packs::path::Located;
use crate::packs::rule::EffectKey;
use crate::program::Call;
use crate::trace::Invocation;
use std::cell::OnceCell;

/// The effects of a reading.
pub(super) struct Doings<'a> {
    invocation: &'a Invocation,
    call: Option<&'a Call>,
    /// What happens to files, and code that is executed.
    pub(super) seen: Vec<Seen>,
    requests: OnceCell<Effects<Sent>>,
    statements: OnceCell<Effects<SqlStatement>>,
}

/// An effect, and where its path leads once a rule has asked.
pub(super) struct Seen {
    pub(super) effect: Effect,
    pub(super) places: OnceCell<Vec<Located>>,
}

impl<'a> Doings<'a> {
    /// What the reading does, and what the shell does for it.
    pub(super) fn new(
        invocation: &'a Invocation,
        call: Option<&'a Call>,
        shell: impl Iterator<Item = Effect>,
    ) -> Doings<'a> {
        let own = call.map(effect::of_words).unwrap_or_default();
        let seen = own.into_iter().chain(shell).map(|effect| Seen { effect, places: OnceCell::new() });
        Doings {
            invocation,
            call,
            seen: seen.collect(),
            requests: OnceCell::new(),
            statements: OnceCell::new(),
        }
    }

    /// The effects that there may be.
    pub(super) fn keys(&self) -> impl Iterator<Item = EffectKey> {
        let of = |seen: &Seen| match &seen.effect {
            Effect::File(effect) => EffectKey::File(effect.kind),
            Effect::Code(_) => EffectKey::Code,
            Effect::Http(_) => EffectKey::Http,
            Effect::Sql(_) => EffectKey::Sql,
        };
        let may = |may: fn(&Call) -> bool| self.call.is_some_and(may);
        let sends = may(effect::may_send).then_some(EffectKey::Http);
        let states = may(effect::may_state).then_some(EffectKey::Sql);
        self.seen.iter().map(of).chain(sends).chain(states)
    }

    /// The requests that it sends.
    pub(super) fn requests(&self) -> &[Sent] {
        let requests = |call| {
            let Effects { all, is_cut } = effect::requests(call, self.invocation);
            Effects { all: all.into_iter().map(Sent::new).collect(), is_cut }
        };
        &self.requests.get_or_init(|| self.call.map(requests).unwrap_or_default()).all
    }

    /// The statements that it gives to a database.
    pub(super) fn statements(&self) -> &[SqlStatement] {
        let statements = |call| effect::statements(call, self.invocation);
        &self.statements.get_or_init(|| self.call.map(statements).unwrap_or_default()).all
    }

    /// Whether a rule has asked for effects that were not all worked out.
    pub(super) fn is_cut(&self) -> bool {
        self.requests.get().is_some_and(|requests| requests.is_cut)
            || self.statements.get().is_some_and(|statements| statements.is_cut)
    }
}
