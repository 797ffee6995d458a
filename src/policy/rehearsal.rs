//! Rules tried on commands one at a time, for those who write packs: why a rule does not match ([`obstacles`]), and which
//! of its parts no example needs ([`coverage`]). Not used to judge.

use super::{Policy, subject};
use crate::facts::Facts;
use crate::packs::element::elements;
use crate::packs::rule::{Clause, Rule};
use crate::packs::{RuleRef, RuleText, example};
use crate::program::Grammars;
use crate::trace::{Trace, trace};
use crate::value::Match;

/// The rules of a pack that do not match a command, each with what keeps it from matching.
#[cfg_attr(not(feature = "cli"), allow(dead_code, reason = "only `argvet packs test` asks"))]
pub(crate) fn obstacles(pack: &str, trace: &Trace, policy: &Policy, facts: &Facts) -> Vec<(String, String)> {
    let rules = policy.catalog.conditions_of(pack).into_iter();
    rules.filter_map(|(text, rule)| Some((text.id, obstacle(&rule, trace, policy, facts)?))).collect()
}

/// What keeps a rule from matching a command, in one sentence; `None`: it matches.
#[cfg_attr(not(feature = "cli"), allow(dead_code, reason = "only `argvet packs test` asks"))]
fn obstacle(rule: &Rule, trace: &Trace, policy: &Policy, facts: &Facts) -> Option<String> {
    let tried = |rule: &Rule| matched(rule, trace, policy, facts);
    if tried(rule) != Match::No {
        return None;
    }
    let alone = |clause: Clause| Rule { matches: vec![clause], unless: Vec::new() };
    // The match that comes furthest is the one that is meant.
    let mut furthest = (0, "the rule has no match".to_owned());
    for clause in &rule.matches {
        if tried(&alone(clause.clone())) != Match::No {
            let excuse = rule.unless.iter().find(|unless| {
                tried(&Rule { matches: vec![clause.clone()], unless: vec![(*unless).clone()] }) == Match::No
            });
            let excuse = excuse.map(ToString::to_string).unwrap_or_default();
            return Some(format!("excused by unless = {{ {excuse} }}"));
        }
        let mut part = Clause { tests: Vec::new(), ..clause.clone() };
        let mut reached = 0;
        let mut failed = format!("not a command of match = {{ {part} }}");
        if clause.commands.is_empty() || tried(&alone(part.clone())) != Match::No {
            for test in &clause.tests {
                reached += 1;
                failed = format!("{test} does not hold");
                part.tests.push(test.clone());
                if tried(&alone(part.clone())) == Match::No {
                    break;
                }
            }
        }
        if reached >= furthest.0 {
            furthest = (reached, failed);
        }
    }
    Some(furthest.1)
}

/// How much of a pack's rules its examples exercise.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Coverage {
    /// Number of parts: entries of `match` and `unless`, and of the lists in them.
    pub parts: usize,
    /// The parts without which every example would come out the same, each with its rule:
    /// `core.git/push-force: flag = "--mirror"`.
    pub unexercised: Vec<String>,
}

impl Coverage {
    /// The share of parts that an example needs, in percent, rounded down.
    pub fn percent(&self) -> usize {
        (self.parts - self.unexercised.len()) * 100 / self.parts.max(1)
    }
}

/// Leaves out every part of every rule of a pack in turn, and sees whether an example of the pack comes out differently.
/// Those of other rules count: many an exception only leaves a command to another rule.
pub fn coverage(pack: &str, policy: &Policy) -> Coverage {
    let facts = example::facts();
    let traced =
        |command: &String| trace(&crate::syntax::parse(command.as_bytes()), &*policy.catalog, &facts);
    let harmless: Vec<Trace> = policy
        .catalog
        .packs()
        .iter()
        .filter(|text| text.id == pack)
        .flat_map(|text| text.harmless.iter().map(traced))
        .collect();
    let mut coverage = Coverage::default();
    let rules = policy.catalog.conditions_of(pack);
    let of_rule = |text: &RuleText| text.blocks.iter().chain(&text.allows).map(traced).collect();
    let of_rules: Vec<Vec<Trace>> = rules.iter().map(|(text, _)| of_rule(text)).collect();
    for (at, (text, rule)) in rules.into_iter().enumerate() {
        // Its own come first: they hold the difference as a rule.
        let own = of_rules.get(at).into_iter().flatten();
        let others =
            of_rules.iter().enumerate().filter(|(other, _)| *other != at).flat_map(|(_, traces)| traces);
        let examples: Vec<&Trace> = own.chain(others).chain(&harmless).collect();
        let examples = || examples.iter().copied();
        let outcome = |rule: &Rule, trace: &Trace| matched(rule, trace, policy, &facts);
        let expected: Vec<Match> = examples().map(|trace| outcome(&rule, trace)).collect();
        for element in elements(&rule) {
            coverage.parts += 1;
            // The first difference is enough: most parts have one among the first examples.
            if examples()
                .zip(&expected)
                .all(|(trace, expected)| outcome(&element.without, trace) == *expected)
            {
                coverage.unexercised.push(format!("{}: {}", text.id, element.text));
            }
        }
    }
    coverage
}

/// The rule that is about a command, given by its program and subcommands: one that names it, or that matches it with
/// operands whatever they are.
#[cfg_attr(not(feature = "cli"), allow(dead_code, reason = "only `argvet packs audit` asks"))]
pub(crate) fn rule_about(command: &[String], policy: &Policy) -> Option<String> {
    let path = canonical(command, policy);
    let names_it = |rule: &RuleRef| {
        let conditions = policy.catalog.conditions(*rule);
        conditions.is_some_and(|rule| rule.matches.iter().any(|clause| clause.commands.contains(&path)))
    };
    let mut rules = policy.catalog.rules_about(&path, false, &policy.enabled).into_iter();
    if let Some(rule) = rules.find(names_it).and_then(|rule| policy.catalog.text(rule)) {
        return Some(rule.id);
    }
    let facts = example::facts();
    let text = command.join(" ");
    let tried = ["", " x", " x y"].iter().map(|operands| format!("{text}{operands}"));
    let mut findings = tried
        .flat_map(|text| crate::check(text.as_bytes(), policy, &facts).findings)
        .map(|finding| finding.rule);
    findings.find(|rule| !rule.starts_with("policy/"))
}

/// The command under the names that rules use, as far as its grammar knows it.
fn canonical(command: &[String], policy: &Policy) -> Vec<String> {
    let mut path = command.to_vec();
    let mut names = path.iter_mut();
    let Some(program) = names.next() else { return path };
    let Some(grammar) = policy.catalog.grammar(program) else { return path };
    program.clone_from(&grammar.name);
    let mut level = &*grammar;
    for name in names {
        let Some(next) = level.subcommands.called(name.as_bytes()) else { break };
        name.clone_from(&next.name);
        level = next;
    }
    path
}

/// The strongest match of a rule with an invocation.
fn matched(rule: &Rule, trace: &Trace, policy: &Policy, facts: &Facts) -> Match {
    let mut best = Match::No;
    for invocation in &trace.invocations {
        let grammar = super::open_grammar(invocation, policy);
        best = best.or(subject(invocation, invocation.cwd.as_ref(), grammar.as_deref(), policy, facts)
            .judge(rule)
            .matched);
    }
    best
}
