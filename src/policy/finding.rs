//! From matches to findings: how sure each is with the alternatives of its command in view, what it says, and what is
//! decided about it.

use super::{Decision, Finding, Policy, Preset};
use crate::effect::Evidence;
use crate::packs::matching::Hit;
use crate::packs::rule::Test;
use crate::packs::{RuleRef, RuleText, Severity};
use crate::source::Span;
use crate::trace::{Invocation, Trace};
use crate::value::{Cause, Match, Piece, Unknown};

/// A match before the alternatives of a command are put together.
pub(super) struct RawHit {
    pub(super) about: About,
    pub(super) invocation: usize,
    pub(super) hit: Hit,
}

/// What was found.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum About {
    /// A rule of a pack.
    Rule(RuleRef),
    /// Something is done to a path that a configuration protects.
    ProtectedPath,
    /// A program that no pack knows.
    UnknownCommand,
}

impl RawHit {
    /// Whether the rule is about code that cannot be known.
    pub(super) fn is_about_code(&self, policy: &Policy) -> bool {
        let About::Rule(rule) = self.about else { return false };
        let is_code = |test: &Test| matches!(test, Test::Code(_));
        let conditions = policy.catalog.conditions(rule);
        conditions.is_some_and(|rule| rule.matches.iter().flat_map(|clause| &clause.tests).any(is_code))
    }

    /// What the rule says. Those that stand in no pack say it here.
    fn text(&self, policy: &Policy) -> Option<RuleText> {
        let text = |id: &str, severity, title: &str, why: &str| RuleText {
            id: id.to_owned(),
            severity,
            title: title.to_owned(),
            why: why.to_owned(),
            instead: Vec::new(),
            blocks: Vec::new(),
            allows: Vec::new(),
        };
        match self.about {
            About::Rule(rule) => policy.catalog.text(rule),
            About::ProtectedPath => Some(text(
                "policy/protected-path",
                Severity::Critical,
                "changes a protected path",
                "The configuration of argvet protects this path: nothing there may be written, moved or deleted.",
            )),
            About::UnknownCommand => Some(text(
                "policy/unknown-command",
                Severity::Medium,
                "runs a program that argvet knows nothing of",
                "What it does cannot be judged, and the configuration asks for a look at such programs.",
            )),
        }
    }
}

/// How sure the match is, with the other alternatives of the same command in view. A rule that certainly matches one
/// of them is certain if nothing speaks against the others: the rule may match them, too, or their program is not
/// known. So `${X:-rm} -rf /` is certain (the command spells it out), and a branch between two directories is not.
pub(super) fn certainty(raw: &RawHit, hits: &[RawHit], trace: &Trace) -> Match {
    let Some(invocation) = trace.invocations.get(raw.invocation) else { return raw.hit.matched };
    let certainty = raw.hit.matched.and(invocation.certainty);
    if invocation.alternatives <= 1 || certainty != Match::Certain {
        return certainty;
    }
    let mut others =
        trace.invocations.iter().enumerate().filter(|(_, other)| other.group == invocation.group);
    // The same command with what a variable of the environment holds in place of what is spelled out, though those of the
    // environment have names in capitals.
    let is_unset = |piece: &Piece| match piece {
        Piece::Unknown(Unknown { cause: Cause::Variable(name), .. }) => {
            !name.iter().any(u8::is_ascii_uppercase)
        }
        _ => false,
    };
    let fits = |(index, other): (usize, &Invocation)| {
        let name = other.argv.first().is_some_and(|name| name.value.has_unknown());
        let unknown = name || other.argv.iter().any(|word| word.value.pieces.iter().any(is_unset));
        unknown || hits.iter().any(|hit| hit.invocation == index && hit.about == raw.about)
    };
    if others.all(fits) { Match::Certain } else { Match::Possible }
}

pub(super) fn finding(raw: &RawHit, certainty: Match, trace: &Trace, policy: &Policy) -> Option<Finding> {
    let text = raw.text(policy)?;
    let invocation = trace.invocations.get(raw.invocation)?;
    let mut spans: Vec<Span> =
        raw.hit.evidence.iter().filter_map(|evidence| span(*evidence, invocation)).collect();
    spans.sort_unstable();
    spans.dedup();
    if spans.is_empty() {
        spans.push(invocation.span);
    }
    let severity = policy.effective.severity(&text.id, text.severity);
    let decision = match raw.about {
        About::UnknownCommand => {
            policy.effective.unknown_commands.over(Preset::default().unknown_commands()).0
        }
        About::Rule(_) | About::ProtectedPath => policy.effective.decide(&text.id, severity, certainty),
    };
    Some(Finding {
        rule: text.id,
        severity,
        certainty,
        invocation: raw.invocation,
        spans,
        title: text.title,
        why: text.why,
        instead: text.instead,
        decision,
        of_effect: raw.hit.of_effect,
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
pub(super) fn add(finding: Finding, is_guess: bool, findings: &mut Vec<(Finding, bool)>) {
    let is_same = |other: &Finding| other.rule == finding.rule && other.spans == finding.spans;
    match findings.iter_mut().find(|(other, _)| is_same(other)) {
        Some((other, guess)) if other.certainty < finding.certainty => (*other, *guess) = (finding, is_guess),
        Some(_) => {}
        None => findings.push((finding, is_guess)),
    }
}

/// What an unknown path may be is not listed where a finding about the command says enough.
pub(super) fn without_guesses(findings: Vec<(Finding, bool)>, trace: &Trace) -> Vec<Finding> {
    // The alternatives of one command are several invocations of a group.
    let command =
        |finding: &Finding| trace.invocations.get(finding.invocation).map(|invocation| invocation.group);
    let sound: Vec<(Option<usize>, Decision)> = findings
        .iter()
        .filter(|(_, is_guess)| !is_guess)
        .map(|(finding, _)| (command(finding), finding.decision))
        .collect();
    let says_enough = |finding: &Finding| {
        sound.iter().any(|(of, decision)| *of == command(finding) && *decision >= finding.decision)
    };
    findings
        .into_iter()
        .filter(|(finding, is_guess)| !is_guess || !says_enough(finding))
        .map(|(finding, _)| finding)
        .collect()
}
