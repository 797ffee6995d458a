//! argvet vets the argv: it reads a shell command the way bash would, works out every program that running it would
//! start, and says what is destructive about it and why.
//!
//! ```text
//! text ── syntax ─▶ Script      bash tree, read twice and compared, + gaps (regions nobody could read)
//!      ── trace  ─▶ Trace       the invocations that running it would start, by the grammars of their programs and
//!                               the language of program text given inline, + gaps
//!      ── effect ─▶ Effects     what an invocation does beyond its argv: files, code, requests, statements
//!      ── packs  ─▶ hits        rules that match, each certain or possible
//!      ── policy ─▶ Verdict     allow < ask < deny, with the evidence
//! ```
//!
//! Nothing here fails, panics, blocks or reads the world: what the caller knows comes in as [`Facts`], what could not
//! be seen comes out as [`Gap`]s, and matching has three values ([`Match`]).
//!
//! ```
//! use argvet::{Decision, Facts, Policy, check};
//!
//! let policy = Policy::default();
//! // A command given as text has no positional parameters.
//! let facts = Facts { cwd: Some(b"/srv/app".to_vec()), arguments: Some(Vec::new()), ..Facts::default() };
//!
//! let verdict = check(b"x=rm; sudo bash -c \"$x -rf /etc\"", &policy, &facts);
//! assert_eq!(verdict.decision, Decision::Deny);
//! assert_eq!(verdict.findings[0].rule, "core.filesystem/delete-system-tree");
//!
//! // The steps one by one: a mention is not a use.
//! let script = argvet::syntax::parse(b"git commit -m 'never rm -rf /'");
//! let trace = argvet::trace::trace(&script, &*policy.catalog, &facts);
//! assert_eq!(trace.invocations.len(), 1);
//! assert_eq!(argvet::judge(&trace, &policy, &facts).decision, Decision::Allow);
//! ```
#![cfg_attr(test, allow(clippy::unwrap_used, reason = "a failing test is what tests are for"))]

mod effect;
mod facts;
#[cfg(feature = "cli")]
#[doc(hidden)]
pub mod frontend;
mod gap;
mod language;
mod packs;
mod policy;
pub mod program;
mod source;
pub mod syntax;
pub mod trace;
mod value;

pub use effect::{Effect, Evidence, FileEffect, HttpRequest, SqlStatement, effects};
pub use facts::{Dialect, Facts};
pub use gap::{Gap, GapCause, Limit};
pub use packs::{
    Audited, Catalog, CheckedAgainst, Outcome, PackError, PackSelection, PackText, RuleText, Severity,
};
pub use policy::rehearsal::{Coverage, coverage};
pub use policy::{
    AuditSettings, Authority, Decision, Exception, Excused, Finding, Layer, NameKind, Occasion, Policy,
    PolicyError, Preset, RuleSettings, Scope, Settings, Verdict, judge,
};
pub use source::{SourceMap, Span};
pub use value::{Cause, Match, Piece, Unknown, Value};

/// Judges a command: reads it ([`syntax::parse_as`]), works out what it would start ([`trace::trace`]), and matches the
/// rules ([`judge`]). Never fails; cost is linear in the source, and whatever reaches a limit is a gap that ends in *ask*.
pub fn check(source: &[u8], policy: &Policy, facts: &Facts) -> Verdict {
    let script = syntax::parse_as(source, facts.dialect);
    let trace = trace::trace(&script, &*policy.catalog, facts);
    policy::judge_text(Some(source), &trace, policy, facts)
}

/// Runs the examples of a pack; the outcomes that are not as the pack says.
pub fn run_examples(pack: &str, policy: &Policy) -> Vec<Outcome> {
    let facts = packs::example::facts();
    packs::example::run(&policy.catalog, pack, |command| {
        let findings = check(command.as_bytes(), policy, &facts).findings;
        findings.into_iter().map(|finding| (finding.rule, finding.severity)).collect()
    })
}
