//! A rule against an invocation: [`Hit`] says whether it matches, and which words and redirections show it.
//!
//! Three-valued throughout. Where an argv can be read in several ways, a match is certain if every reading matches.
//! Words that cannot be known count as options only where they seem to be meant as such (`$OPTS`, `"$@"`), and never
//! in favour of a command: what may stand in `$OPTS` excuses nothing.

mod clause;
mod request;
#[cfg(test)]
mod tests;

use super::compare::Comparison;
use super::path::Located;
use super::rule::Rule;
use crate::effect::{self, Effect, Evidence};
use crate::program::{Call, Grammar, read_assuming};
use crate::trace::Invocation;
use crate::value::{Match, Value};
use clause::Reading;
use std::cell::OnceCell;

/// The answer.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(crate) struct Hit {
    /// Whether the rule matches.
    pub(crate) matched: Match,
    /// What shows it.
    pub(crate) evidence: Vec<Evidence>,
    /// Whether an option or a subcommand is part of it, not only operands.
    pub(crate) has_syntax: bool,
    /// Whether it only matches because nothing is known of a path: `rm -rf "$x"` may delete a home or a repository.
    pub(crate) is_guess: bool,
}

/// An invocation, prepared for many rules.
pub(crate) struct Subject<'a> {
    invocation: &'a Invocation,
    /// The readings of the argv, with what each does. At least one: an argv without a grammar has an empty reading.
    readings: Vec<(Option<&'a Call>, Vec<Seen>)>,
    argv: Vec<Value>,
    grammar: Option<&'a Grammar>,
    comparison: Comparison<'a>,
}

/// An effect, and where its path leads once a rule has asked.
struct Seen {
    effect: Effect,
    places: OnceCell<Vec<Located>>,
}

impl Seen {
    fn of(effects: Vec<Effect>) -> Vec<Seen> {
        effects.into_iter().map(|effect| Seen { effect, places: OnceCell::new() }).collect()
    }
}

impl<'a> Subject<'a> {
    /// Prepares an invocation. The grammar is that of its program.
    pub(crate) fn new(
        invocation: &'a Invocation,
        calls: &'a [Call],
        grammar: Option<&'a Grammar>,
        comparison: Comparison<'a>,
    ) -> Subject<'a> {
        let shell = effect::of_shell(invocation);
        let with_shell = |mut effects: Vec<Effect>| {
            effects.extend(shell.iter().cloned());
            Seen::of(effects)
        };
        let mut readings: Vec<_> =
            calls.iter().map(|call| (Some(call), with_shell(effect::of_call(call, invocation)))).collect();
        if readings.is_empty() {
            readings.push((None, Seen::of(shell)));
        }
        // Only an open subcommand is read again.
        let is_open = calls.iter().any(|call| call.open.is_some());
        let argv = if is_open {
            invocation.argv.iter().map(|word| word.value.clone()).collect()
        } else {
            Vec::new()
        };
        Subject { invocation, readings, argv, grammar, comparison }
    }

    /// The readings by the program's grammar.
    pub(crate) fn calls(&self) -> impl Iterator<Item = &'a Call> {
        self.readings.iter().filter_map(|(call, _)| *call)
    }

    /// Whether variables are set in front of the command.
    pub(crate) fn has_assignments(&self) -> bool {
        !self.invocation.assignments.is_empty()
    }

    /// All effects of all readings.
    pub(crate) fn effects(&self) -> impl Iterator<Item = &Effect> {
        self.readings.iter().flat_map(|(_, effects)| effects).map(|seen| &seen.effect)
    }

    /// Whether the rule matches.
    pub(crate) fn judge(&self, rule: &Rule) -> Hit {
        let mut best = Hit::default();
        let mut every = true;
        for (call, effects) in &self.readings {
            let reading = Reading::new(self.invocation, *call, effects, self.comparison);
            let mut hit = reading.judge(rule);
            if let Some(call) = call {
                hit.matched = hit.matched.and(call.certainty.or(Match::Possible));
                if hit.matched == Match::No && call.open.is_some() {
                    hit = self.judge_open(call, rule);
                }
            }
            every &= hit.matched == Match::Certain;
            if hit.matched > best.matched {
                best = hit;
            }
        }
        if !every {
            best.matched = best.matched.weaken();
        }
        best
    }

    /// The rule against an argv whose subcommand cannot be known, read as each command that the rule is about.
    fn judge_open(&self, call: &Call, rule: &Rule) -> Hit {
        let mut best = Hit::default();
        let Some(grammar) = self.grammar else { return best };
        for command in rule.matches.iter().flat_map(|clause| &clause.commands) {
            if command.len() <= call.path.len() || !command.starts_with(&call.path) {
                continue;
            }
            let path: Vec<&str> = command.iter().map(String::as_str).collect();
            for assumed in read_assuming(&self.argv, grammar, &path).unwrap_or_default() {
                let effects = Seen::of(effect::of_call(&assumed, self.invocation));
                let hit =
                    Reading::new(self.invocation, Some(&assumed), &effects, self.comparison).judge(rule);
                if hit.matched > best.matched {
                    best = hit;
                }
            }
        }
        best.matched = best.matched.weaken();
        best
    }
}
