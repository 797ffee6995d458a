//! Programs that no pack knows, where a configuration wants to be asked about them.

use super::finding::{About, RawHit};
use super::{Decision, Policy, Preset};
use crate::effect::Evidence;
use crate::packs::matching::Hit;
use crate::program::Grammars;
use crate::trace::{Invocation, Trace};
use crate::value::Match;

pub(super) fn collect(trace: &Trace, policy: &Policy, hits: &mut Vec<RawHit>) {
    let (decision, _) = policy.effective.unknown_commands.over(Preset::default().unknown_commands());
    if decision == Decision::Allow {
        return;
    }
    for (index, invocation) in trace.invocations.iter().enumerate() {
        if is_unknown(invocation, policy) {
            let evidence = vec![Evidence::Word(0)];
            let hit = Hit { matched: Match::Certain, evidence, ..Hit::default() };
            hits.push(RawHit { about: About::UnknownCommand, invocation: index, hit });
        }
    }
}

fn is_unknown(invocation: &Invocation, policy: &Policy) -> bool {
    let Some(program) = invocation.argv.first().filter(|_| !invocation.internal) else { return false };
    let Some(path) = program.value.known_str() else { return true };
    let name = path.rsplit('/').next().unwrap_or_default();
    let is_listed = policy.effective.known_commands.iter().any(|entry| entry.text == name);
    !is_listed && policy.catalog.grammar(name).is_none()
}
