//! The one way in which front ends judge: [`check`] with a net below it.
//!
//! The core does not panic by design. Should it nevertheless, the verdict is *ask* with a gap that says so, in
//! every front end alike.

use crate::{Decision, Facts, Gap, GapCause, Policy, Span, Verdict, check};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Judges a command; a panic of the core becomes a gap.
pub(crate) fn judge(source: &[u8], policy: &Policy, facts: &Facts) -> Verdict {
    // Nothing that is used again is left half-changed: the policy is only read, the rest is dropped.
    match catch_unwind(AssertUnwindSafe(|| check(source, policy, facts))) {
        Ok(verdict) => verdict,
        Err(payload) => {
            let message = panic_message(payload.as_ref());
            tracing::error!(message, "the core panicked");
            let cause = GapCause::Internal(message.to_owned());
            let mut verdict = check(b"", policy, facts);
            verdict.decision = Decision::Ask;
            verdict.gaps.push(Gap { span: Span::new(0, source.len()), cause });
            verdict
        }
    }
}

/// The text that a panic was raised with.
fn panic_message(payload: &(dyn std::any::Any + Send)) -> &str {
    match (payload.downcast_ref::<&str>(), payload.downcast_ref::<String>()) {
        (Some(text), _) => text,
        (_, Some(text)) => text,
        _ => "no message",
    }
}

/// Keeps a caught panic off standard error; [`judge`] reports it as a gap.
pub(crate) fn silence_panics() {
    std::panic::set_hook(Box::new(|panic| tracing::error!(%panic)));
}
