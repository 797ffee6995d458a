//! The colours of the report. Each has a meaning that a word or sign next to it says too.

use super::super::document::Decision;
use anstyle::{AnsiColor, Style};

pub(super) const BOLD: Style = Style::new().bold();
pub(super) const DIM: Style = Style::new().dimmed();
pub(super) const UNKNOWN: Style = AnsiColor::Magenta.on_default();
pub(super) const SUGGESTION: Style = AnsiColor::Green.on_default();

/// The style of a verdict's badge.
pub(super) fn badge(decision: Decision) -> Style {
    mark(decision).invert().bold()
}

/// The style of the words that a finding is about.
pub(super) fn mark(decision: Decision) -> Style {
    match decision {
        Decision::Allow => AnsiColor::Green.on_default(),
        Decision::Ask => AnsiColor::Yellow.on_default(),
        Decision::Deny => AnsiColor::Red.on_default(),
    }
}

/// The word for a decision.
pub(super) fn word(decision: Decision) -> &'static str {
    match decision {
        Decision::Allow => "allow",
        Decision::Ask => "ask",
        Decision::Deny => "deny",
    }
}
