//! The one way in which front ends judge: [`check`] with a net below it.
//!
//! The core does not panic by design. Should it nevertheless, the verdict is *ask* with a gap that says so, in
//! every front end alike.

use crate::policy::judge_text;
use crate::syntax::{Reading, parse_as};
use crate::trace::{Trace, trace};
use crate::{Decision, Facts, Gap, GapCause, Policy, Span, Verdict};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// A verdict with everything that it was drawn from.
pub(crate) struct Judged {
    /// How sure the reading of the text is.
    pub(crate) reading: Reading,
    /// What would be started.
    pub(crate) trace: Trace,
    /// What is to be done.
    pub(crate) verdict: Verdict,
}

/// Judges a command as [`check`](crate::check) does; a panic of the core becomes a gap.
pub(crate) fn judge(source: &[u8], policy: &Policy, facts: &Facts) -> Judged {
    let work = || {
        let script = parse_as(source, facts.dialect);
        let trace = trace(&script, &*policy.catalog, facts);
        let verdict = judge_text(Some(source), &trace, policy, facts);
        Judged { reading: script.reading, trace, verdict }
    };
    // Nothing that is used again is left half-changed: the policy is only read, the rest is dropped.
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|payload| {
        let message = panic_message(payload.as_ref());
        tracing::error!(message, "the core panicked");
        let span = Span::new(0, source.len());
        let gap = Gap { span, cause: GapCause::Internal(message.to_owned()) };
        Judged {
            reading: Reading::Unread { reason: message.to_owned(), at: span },
            trace: Trace::default(),
            verdict: Verdict { decision: Decision::Ask, gaps: vec![gap], ..Verdict::default() },
        }
    })
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
