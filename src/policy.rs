//! From what a command would do to what is to be done about it: [`judge`].
//!
//! ```text
//! critical, high    certain → deny     possible → ask
//! medium            ask
//! low               allow, with a note
//! a gap over something that is executed → ask
//! ```
//!
//! It reads no configuration and asks nobody; it decides from the trace, the packs and the facts alone.

pub(crate) mod rehearsal;
#[cfg(test)]
mod tests;
mod unknown_program;

use crate::effect::Evidence;
use crate::facts::Facts;
use crate::gap::Gap;
use crate::packs::compare::{Comparison, Regexes};
use crate::packs::matching::{Hit, Subject};
use crate::packs::path::Place;
use crate::packs::{Catalog, EnabledPacks, PackSelection, RuleRef, Severity};
use crate::program::{Grammar, Grammars};
use crate::source::Span;
use crate::trace::{Invocation, Trace};
use crate::value::Match;
use std::rc::Rc;

/// What is to be done. Ordered from harmless to strict.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub enum Decision {
    /// Let it run.
    #[default]
    Allow,
    /// Ask the user.
    Ask,
    /// Do not run it.
    Deny,
}

/// By what a command is judged. One for each thread.
#[derive(Debug)]
pub struct Policy {
    /// The packs.
    pub catalog: Rc<Catalog>,
    enabled: EnabledPacks,
    regexes: Regexes,
}

/// The judgement about a command.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Verdict {
    /// The strictest of all.
    pub decision: Decision,
    /// The rules that match, the strictest first.
    pub findings: Vec<Finding>,
    /// What could not be seen.
    pub gaps: Vec<Gap>,
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
}

/// A match before the alternatives of a command are put together.
struct RawHit {
    rule: RuleRef,
    invocation: usize,
    hit: Hit,
}

impl Policy {
    /// Judges by the packs of a catalog that are selected.
    pub fn new(catalog: Rc<Catalog>, packs: &PackSelection) -> Policy {
        let enabled = catalog.enabled(packs);
        Policy { catalog, enabled, regexes: Regexes::default() }
    }
}

impl Default for Policy {
    fn default() -> Policy {
        Policy::new(Rc::new(Catalog::builtin()), &PackSelection::default())
    }
}

/// Judges what a command would do. Never fails.
pub fn judge(trace: &Trace, policy: &Policy, facts: &Facts) -> Verdict {
    let mut hits = Vec::new();
    for (index, invocation) in trace.invocations.iter().enumerate() {
        collect(invocation, index, policy, facts, &mut hits);
    }
    let mut gaps = trace.gaps.clone();
    gaps.extend(unknown_program::gaps(trace, policy, facts));
    let mut findings = Vec::new();
    for raw in &hits {
        let certainty = certainty(raw, &hits, trace);
        if let Some(finding) = finding(raw, certainty, trace, policy) {
            add(finding, raw.hit.is_guess, &mut findings);
        }
    }
    let mut findings = without_guesses(findings);
    findings.sort_by(|a, b| {
        let rank = |finding: &Finding| (finding.decision, finding.severity, finding.certainty);
        rank(b).cmp(&rank(a)).then_with(|| a.invocation.cmp(&b.invocation))
    });
    let found = findings.iter().map(|finding| finding.decision).max().unwrap_or_default();
    let hidden = gaps.iter().any(|gap| gap.cause.hides_execution());
    let decision = found.max(if hidden { Decision::Ask } else { Decision::Allow });
    Verdict { decision, findings, gaps }
}

/// The grammar of an invocation whose subcommand cannot be known; others are read already.
fn open_grammar(invocation: &Invocation, policy: &Policy) -> Option<Rc<Grammar>> {
    let name = invocation.calls.first().and_then(|call| call.path.first());
    let is_open = invocation.calls.iter().any(|call| call.open.is_some());
    name.filter(|_| is_open).and_then(|name| policy.catalog.grammar(name))
}

fn subject<'a>(
    invocation: &'a Invocation,
    grammar: Option<&'a Grammar>,
    policy: &'a Policy,
    facts: &'a Facts,
) -> Subject<'a> {
    Subject::new(invocation, &invocation.calls, grammar, policy.comparison(invocation, facts))
}

fn collect(invocation: &Invocation, index: usize, policy: &Policy, facts: &Facts, hits: &mut Vec<RawHit>) {
    let grammar = open_grammar(invocation, policy);
    let subject = subject(invocation, grammar.as_deref(), policy, facts);
    for rule in policy.candidates(&subject) {
        let Some(conditions) = policy.catalog.conditions(rule) else { continue };
        let hit = subject.judge(&conditions);
        if hit.matched != Match::No {
            hits.push(RawHit { rule, invocation: index, hit });
        }
    }
}

impl Policy {
    fn comparison<'a>(&'a self, invocation: &'a Invocation, facts: &'a Facts) -> Comparison<'a> {
        Comparison { place: Place { cwd: invocation.cwd.as_ref(), facts }, regexes: &self.regexes }
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

/// How sure the match is, with the other alternatives of the same command in view. A rule that certainly matches one
/// of them is certain if nothing speaks against the others: the rule may match them, too, or their program is not
/// known. So `${X:-rm} -rf /` is certain (the command spells it out), and a branch between two directories is not.
fn certainty(raw: &RawHit, hits: &[RawHit], trace: &Trace) -> Match {
    let Some(invocation) = trace.invocations.get(raw.invocation) else { return raw.hit.matched };
    let certainty = raw.hit.matched.and(invocation.certainty);
    if invocation.alternatives <= 1 || certainty != Match::Certain {
        return certainty;
    }
    let mut others =
        trace.invocations.iter().enumerate().filter(|(_, other)| other.group == invocation.group);
    let fits = |(index, other): (usize, &Invocation)| {
        let unknown = other.argv.first().is_some_and(|name| name.value.has_unknown());
        unknown || hits.iter().any(|hit| hit.invocation == index && hit.rule == raw.rule)
    };
    if others.all(fits) { Match::Certain } else { Match::Possible }
}

fn finding(raw: &RawHit, certainty: Match, trace: &Trace, policy: &Policy) -> Option<Finding> {
    let text = policy.catalog.text(raw.rule)?;
    let invocation = trace.invocations.get(raw.invocation)?;
    let mut spans: Vec<Span> =
        raw.hit.evidence.iter().filter_map(|evidence| span(*evidence, invocation)).collect();
    spans.sort_unstable();
    spans.dedup();
    if spans.is_empty() {
        spans.push(invocation.span);
    }
    Some(Finding {
        rule: text.id,
        severity: text.severity,
        certainty,
        invocation: raw.invocation,
        spans,
        title: text.title,
        why: text.why,
        instead: text.instead,
        decision: decide(text.severity, certainty),
    })
}

fn span(evidence: Evidence, invocation: &Invocation) -> Option<Span> {
    match evidence {
        Evidence::Word(index) => invocation.argv.get(index).map(|word| word.span),
        Evidence::Redirection(index) => {
            invocation.redirections.get(index).map(|redirection| redirection.span)
        }
        Evidence::Source(span) => Some(span),
    }
}

/// Two alternatives of a command, or both readings of a text, may lead to the same finding: the surer one stays.
fn add(finding: Finding, is_guess: bool, findings: &mut Vec<(Finding, bool)>) {
    let is_same = |other: &Finding| other.rule == finding.rule && other.spans == finding.spans;
    match findings.iter_mut().find(|(other, _)| is_same(other)) {
        Some((other, guess)) if other.certainty < finding.certainty => (*other, *guess) = (finding, is_guess),
        Some(_) => {}
        None => findings.push((finding, is_guess)),
    }
}

/// What an unknown path may be is not listed where a finding about it says enough.
fn without_guesses(findings: Vec<(Finding, bool)>) -> Vec<Finding> {
    let sound: Vec<(usize, Decision)> = findings
        .iter()
        .filter(|(_, is_guess)| !is_guess)
        .map(|(finding, _)| (finding.invocation, finding.decision))
        .collect();
    let says_enough = |finding: &Finding| {
        sound
            .iter()
            .any(|(invocation, decision)| *invocation == finding.invocation && *decision >= finding.decision)
    };
    findings
        .into_iter()
        .filter(|(finding, is_guess)| !is_guess || !says_enough(finding))
        .map(|(finding, _)| finding)
        .collect()
}

fn decide(severity: Severity, certainty: Match) -> Decision {
    match (severity, certainty) {
        (_, Match::No) | (Severity::Low, _) => Decision::Allow,
        (Severity::Critical | Severity::High, Match::Certain) => Decision::Deny,
        (Severity::Critical | Severity::High | Severity::Medium, _) => Decision::Ask,
    }
}
