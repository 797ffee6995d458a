//! From what a command would do to what is to be done about it: [`judge`].
//!
//! ```text
//! critical, high    certain → deny     possible → ask
//! medium            ask
//! low               allow, with a note
//! a gap over something that is executed → ask
//! ```
//!
//! That is the built-in policy. Configurations ([`Settings`], put together by [`layer`]) change it, and exceptions
//! ([`exception`]) take single findings away. They come in as values: nothing is read here, and nobody is asked.

pub(crate) mod config;
pub(crate) mod error;
pub(crate) mod exception;
mod finding;
pub(crate) mod layer;
mod paths;
mod preset;
pub(crate) mod rehearsal;
#[cfg(test)]
mod tests;
mod unknown_command;
mod unknown_program;

pub use config::{AuditSettings, NameKind, RuleSettings, Settings};
pub use error::PolicyError;
pub use exception::{Exception, Scope};
pub use layer::{Authority, Layer, Occasion};
pub use preset::Preset;

use crate::facts::Facts;
use crate::gap::{Gap, GapCause, Limit};
use crate::packs::compare::{Comparison, Regexes};
use crate::packs::matching::Subject;
use crate::packs::path::Place;
use crate::packs::pattern::Pattern;
use crate::packs::rule::Rule;
use crate::packs::{Catalog, EnabledPacks, PackSelection, RuleRef, Severity};
use crate::program::{Grammar, Grammars};
use crate::source::Span;
use crate::trace::{Invocation, Trace};
use crate::value::{Match, Value};
use finding::{About, RawHit};
use layer::Effective;
use serde::Deserialize;
use std::cell::LazyCell;
use std::fmt;
use std::rc::Rc;

/// What is to be done. Ordered from harmless to strict.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Decision {
    /// Let it run.
    #[default]
    Allow,
    /// Ask the user.
    Ask,
    /// Do not run it.
    Deny,
}

impl Decision {
    /// As written in configurations.
    pub fn name(self) -> &'static str {
        match self {
            Decision::Allow => "allow",
            Decision::Ask => "ask",
            Decision::Deny => "deny",
        }
    }
}

/// By what a command is judged. One for each thread.
pub struct Policy {
    /// The packs.
    pub catalog: Rc<Catalog>,
    enabled: EnabledPacks,
    regexes: Regexes,
    effective: Effective,
    /// Matches whatever touches a protected path.
    protection: Option<Rule>,
    /// Where deleting is fine.
    scratch: Vec<Pattern>,
    /// Asked for when something is found.
    exceptions: Exceptions,
}

type Exceptions = LazyCell<Vec<Exception>, Box<dyn FnOnce() -> Vec<Exception>>>;

/// The judgement about a command.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Verdict {
    /// The strictest of all.
    pub decision: Decision,
    /// The rules that match, the strictest first.
    pub findings: Vec<Finding>,
    /// What could not be seen.
    pub gaps: Vec<Gap>,
    /// Findings that do not count because of an exception.
    pub excused: Vec<Excused>,
}

/// A finding that does not count.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Excused {
    /// The finding.
    pub finding: Finding,
    /// The reason that the exception gives.
    pub reason: String,
}

/// A rule that matches an invocation.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Finding {
    /// `core.git/push-force`
    pub rule: String,
    /// How bad it is.
    pub severity: Severity,
    /// Whether it is certain: `Possible` or `Certain`.
    pub certainty: Match,
    /// The index of the invocation in the trace.
    pub invocation: usize,
    /// What shows it, in the order of the source.
    pub spans: Vec<Span>,
    /// What the command does, as a verb phrase.
    pub title: String,
    /// What is lost.
    pub why: String,
    /// What to run instead.
    pub instead: Vec<String>,
    /// What this finding alone would lead to.
    pub decision: Decision,
    /// Whether the rule is about something that any program may do, such as deleting a file, not about this program.
    pub of_effect: bool,
}

impl Policy {
    /// Judges by the packs of a catalog that are selected.
    pub fn new(catalog: Rc<Catalog>, packs: &PackSelection) -> Policy {
        Policy::of(catalog, packs, Effective::default(), Occasion::default())
    }

    /// Judges by configurations, the weakest first.
    pub fn configured(catalog: Catalog, layers: &[Layer], occasion: Occasion<'_>) -> Policy {
        let effective = Effective::of(layers, occasion);
        let words = |text: &str| text.split_whitespace().map(str::to_owned).collect();
        let producers = effective.trusted_producers.iter().map(|entry| words(&entry.text)).collect();
        let catalog = Rc::new(catalog.with_trusted_producers(producers));
        Policy::of(catalog, &effective.selection(), effective, occasion)
    }

    /// The same policy with exceptions. They are asked for when something is found, not before.
    #[must_use]
    pub fn with_exceptions(self, load: impl FnOnce() -> Vec<Exception> + 'static) -> Policy {
        Policy { exceptions: LazyCell::new(Box::new(load)), ..self }
    }

    /// What the configurations say together.
    #[cfg(feature = "cli")]
    pub(crate) fn effective(&self) -> &Effective {
        &self.effective
    }

    fn of(
        catalog: Rc<Catalog>,
        packs: &PackSelection,
        effective: Effective,
        occasion: Occasion<'_>,
    ) -> Policy {
        let enabled = catalog.enabled(packs);
        Policy {
            catalog,
            enabled,
            regexes: Regexes::default(),
            protection: paths::protection(&effective.protected, occasion.home),
            scratch: paths::scratch(&effective.scratch, occasion.home),
            effective,
            exceptions: LazyCell::new(Box::new(Vec::new)),
        }
    }
}

impl Default for Policy {
    fn default() -> Policy {
        Policy::new(Rc::new(Catalog::builtin()), &PackSelection::default())
    }
}

impl fmt::Debug for Policy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Policy").field("enabled", &self.enabled).finish_non_exhaustive()
    }
}

/// Judges what a command would do. Never fails.
pub fn judge(trace: &Trace, policy: &Policy, facts: &Facts) -> Verdict {
    judge_text(None, trace, policy, facts)
}

/// The same, for a trace of which the text is known: exceptions may be about the text.
pub(crate) fn judge_text(source: Option<&[u8]>, trace: &Trace, policy: &Policy, facts: &Facts) -> Verdict {
    let mut hits = Vec::new();
    let mut gaps = trace.gaps.clone();
    for (index, invocation) in trace.invocations.iter().enumerate() {
        if collect(invocation, index, policy, facts, &mut hits) {
            gaps.push(Gap { span: invocation.span, cause: GapCause::Limit(Limit::Effects) });
        }
    }
    unknown_command::collect(trace, policy, &mut hits);
    gaps.extend(unknown_program::gaps(trace, policy, facts));
    let mut findings = Vec::new();
    let mut excused = Vec::new();
    let mut excused_code = Vec::new();
    for raw in &hits {
        let certainty = finding::certainty(raw, &hits, trace);
        let Some(finding) = finding::finding(raw, certainty, trace, policy) else { continue };
        let asked =
            exception::Question { rule: &finding.rule, invocation: raw.invocation, source, trace, facts };
        let exception = match finding.decision {
            Decision::Allow => None,
            _ => policy.exceptions.iter().find(|exception| exception.covers(&asked)),
        };
        let Some(exception) = exception else {
            finding::add(finding, raw.hit.is_guess, &mut findings);
            continue;
        };
        if raw.is_about_code(policy) {
            excused_code.push(raw.invocation);
        }
        excused.push(Excused { finding, reason: exception.reason.clone() });
    }
    let mut findings = finding::without_guesses(findings, trace);
    findings.sort_by(|a, b| {
        let rank = |finding: &Finding| (finding.decision, finding.severity, finding.certainty);
        let place = |finding: &Finding| (finding.invocation, finding.of_effect);
        rank(b).cmp(&rank(a)).then_with(|| place(a).cmp(&place(b)))
    });
    let found = findings.iter().map(|finding| finding.decision).max().unwrap_or_default();
    let hidden = gaps.iter().any(|gap| !is_excused(gap, trace, &excused_code));
    let of_gaps =
        if hidden { policy.effective.gaps.over(Preset::default().gaps()).0 } else { Decision::Allow };
    Verdict { decision: found.max(of_gaps), findings, gaps, excused }
}

/// Whether the gap is code that only such invocations execute as an exception covers.
fn is_excused(gap: &Gap, trace: &Trace, excused: &[usize]) -> bool {
    if excused.is_empty() || !matches!(gap.cause, GapCause::UnknownCode(_)) {
        return false;
    }
    let executes = |(_, invocation): &(usize, &Invocation)| {
        invocation.unknown_code.is_some() && invocation.span.contains(gap.span)
    };
    let mut executing = trace.invocations.iter().enumerate().filter(executes).peekable();
    executing.peek().is_some() && executing.all(|(index, _)| excused.contains(&index))
}

/// The grammar of an invocation whose subcommand cannot be known; others are read already.
fn open_grammar(invocation: &Invocation, policy: &Policy) -> Option<Rc<Grammar>> {
    let name = invocation.calls.first().and_then(|call| call.path.first());
    let is_open = invocation.calls.iter().any(|call| call.open.is_some());
    name.filter(|_| is_open).and_then(|name| policy.catalog.grammar(name))
}

fn subject<'a>(
    invocation: &'a Invocation,
    cwd: Option<&'a Value>,
    grammar: Option<&'a Grammar>,
    policy: &'a Policy,
    facts: &'a Facts,
) -> Subject<'a> {
    let calls = if asks_about_itself(invocation) { &[] } else { invocation.calls.as_slice() };
    Subject::new(invocation, calls, grammar, policy.comparison(cwd, facts))
}

/// Whether `--help` or `--version` is all that a program is given: by convention of all of them (GNU coding standards,
/// "Standards for Command Line Interfaces") it prints something about itself and ends.
fn asks_about_itself(invocation: &Invocation) -> bool {
    let [_, word] = invocation.argv.as_slice() else { return false };
    ["--help", "--version"].iter().any(|option| word.value.equals(option.as_bytes()) == Match::Certain)
}

/// Where it runs, and where it may run instead.
fn directories(invocation: &Invocation) -> impl Iterator<Item = Option<&Value>> {
    std::iter::once(&invocation.cwd).chain(invocation.other_cwds.iter()).map(Option::as_ref)
}

/// Adds the rules that match; whether a limit kept them from seeing all that it does.
fn collect(
    invocation: &Invocation,
    index: usize,
    policy: &Policy,
    facts: &Facts,
    hits: &mut Vec<RawHit>,
) -> bool {
    let mut is_cut = false;
    let grammar = open_grammar(invocation, policy);
    for (place, cwd) in directories(invocation).enumerate() {
        let subject = subject(invocation, cwd, grammar.as_deref(), policy, facts);
        // In another directory than the one that is meant, it may run.
        let most = if place == 0 { Match::Certain } else { Match::Possible };
        for rule in policy.candidates(&subject) {
            let Some(conditions) = policy.catalog.conditions(rule) else { continue };
            let mut hit = subject.judge(&conditions);
            hit.matched = hit.matched.and(most);
            if hit.matched != Match::No {
                hits.push(RawHit { about: About::Rule(rule), invocation: index, hit });
            }
        }
        is_cut |= subject.is_cut();
    }
    let Some(protection) = &policy.protection else { return is_cut };
    // What is protected stays so inside a scratch directory.
    for (place, cwd) in directories(invocation).enumerate() {
        let comparison = Comparison { scratch: &[], ..policy.comparison(cwd, facts) };
        let mut hit = Subject::new(invocation, &invocation.calls, None, comparison).judge(protection);
        hit.matched = hit.matched.and(if place == 0 { Match::Certain } else { Match::Possible });
        if hit.matched != Match::No {
            hits.push(RawHit { about: About::ProtectedPath, invocation: index, hit });
        }
    }
    is_cut
}

impl Policy {
    fn comparison<'a>(&'a self, cwd: Option<&'a Value>, facts: &'a Facts) -> Comparison<'a> {
        Comparison { place: Place { cwd, facts }, regexes: &self.regexes, scratch: &self.scratch }
    }

    /// The rules that may match: those about the commands that it may be, and those about its effects.
    fn candidates(&self, subject: &Subject<'_>) -> Vec<RuleRef> {
        let mut rules = Vec::new();
        for call in subject.calls() {
            rules.extend(self.catalog.rules_about(&call.path, call.open.is_some(), &self.enabled));
        }
        for key in subject.keys() {
            rules.extend(self.catalog.rules_by_effect(key, &self.enabled));
        }
        rules.sort_unstable();
        rules.dedup();
        rules
    }
}
