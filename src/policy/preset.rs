//! Presets: three ready-made answers to what is done about a finding, from few questions to many.
//!
//! ```text
//!                     quiet          standard       strict
//! critical, high      deny / ask     deny / ask     deny / deny      certain / possible
//! medium              allow          ask / ask      deny / ask
//! low                 allow          allow          ask / allow
//! a gap               ask            ask            deny
//! unknown program     allow          allow          ask
//! ```
//!
//! Each is at least as strict as the one before it, everywhere: a test counts on it, and so does whoever tightens.

use super::Decision;
use crate::packs::Severity;
use serde::Deserialize;

/// How strict argvet is where nothing else is said.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Preset {
    /// Stops what is certainly bad, asks only about what may be.
    Quiet,
    /// As built in.
    #[default]
    Standard,
    /// Denies in doubt.
    Strict,
}

impl Preset {
    /// As written in a configuration.
    pub fn name(self) -> &'static str {
        match self {
            Preset::Quiet => "quiet",
            Preset::Standard => "standard",
            Preset::Strict => "strict",
        }
    }

    /// What is done about a finding of this severity: if it is possible, and if it is certain.
    pub(crate) fn decisions(self, severity: Severity) -> [Decision; 2] {
        use Decision::{Allow, Ask, Deny};
        match (severity, self) {
            (Severity::Critical | Severity::High, Preset::Strict) => [Deny, Deny],
            (Severity::Critical | Severity::High, _) => [Ask, Deny],
            (Severity::Medium, Preset::Quiet) => [Allow, Allow],
            (Severity::Medium, Preset::Standard) => [Ask, Ask],
            (Severity::Medium, Preset::Strict) => [Ask, Deny],
            (Severity::Low, Preset::Strict) => [Allow, Ask],
            (Severity::Low, _) => [Allow, Allow],
        }
    }

    /// What is done about something that is executed unseen.
    pub(crate) fn gaps(self) -> Decision {
        if self == Preset::Strict { Decision::Deny } else { Decision::Ask }
    }

    /// What is done about a program that no pack knows.
    pub(crate) fn unknown_commands(self) -> Decision {
        if self == Preset::Strict { Decision::Ask } else { Decision::Allow }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stricter_preset_is_nowhere_milder() {
        let presets = [Preset::Quiet, Preset::Standard, Preset::Strict];
        for (milder, stricter) in presets.iter().zip(presets.iter().skip(1)) {
            for severity in [Severity::Low, Severity::Medium, Severity::High, Severity::Critical] {
                let pairs = milder.decisions(severity).into_iter().zip(stricter.decisions(severity));
                assert!(pairs.into_iter().all(|(a, b)| a <= b), "{milder:?} {stricter:?} {severity:?}");
            }
            assert!(milder.gaps() <= stricter.gaps());
            assert!(milder.unknown_commands() <= stricter.unknown_commands());
        }
    }
}
