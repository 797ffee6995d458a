//! Disguises that argvet does not see through, each with the reason.

use super::judge::{all_packs, decision};
use crate::disguise::Layer;
use argvet::Decision;

/// Disguises that may end in allow today: the name, a command that shows it, what is missing. They are not among the
/// random cases.
const KNOWN: &[(&str, &str, &str)] = &[(
    "alias of all",
    "{ shopt -s expand_aliases\nalias l='> /etc/passwd'\nl\n} & wait",
    "inside of a compound command bash has read the name before the alias is there, and runs nothing",
)];

/// Disguises that nobody can decide without the environment: to ask is right.
const UNDECIDABLE: &[(&str, &str)] = &[
    ("default", "the variable may have a value"),
    ("default in default", "the variable may have a value"),
    ("assigned default", "the variable may have a value"),
    ("command substitution in default", "the variable may have a value"),
    ("unset inside", "the variable may have a value"),
];

/// Disguises that end in the right verdict, though the trace names another program than bash executes.
const UNFORESEEN: &[(&str, &str)] = &[];

/// Whether the layer may get something past.
pub(super) fn is_missed(layer: Layer) -> bool {
    KNOWN.iter().any(|(name, ..)| *name == layer.name())
}

/// Whether the verdict behind the layer has to be the one without it.
pub(super) fn is_decidable(layer: Layer) -> bool {
    UNDECIDABLE.iter().all(|(name, _)| *name != layer.name())
}

/// Whether the trace may name another program than bash executes.
pub(super) fn is_unforeseen(layer: Layer) -> bool {
    UNFORESEEN.iter().any(|(name, _)| *name == layer.name())
}

#[test]
fn what_is_known_still_gets_past() {
    for (name, command, reason) in KNOWN {
        let decision = all_packs(|policy| decision(command, policy));
        assert_eq!(
            decision,
            Decision::Allow,
            "{name} comes out right now, though {reason}: remove it from KNOWN"
        );
    }
}
