//! A rule against an invocation: [`Hit`] says whether it matches, and which words and redirections show it.
//!
//! Three-valued throughout. Where an argv can be read in several ways, a match is certain if every reading matches.
//! Words that cannot be known count as options only where they seem to be meant as such (`$OPTS`, `"$@"`), and never
//! in favour of a command: what may stand in `$OPTS` excuses nothing.

mod clause;
mod doings;
mod request;
mod statement;
mod telling;
#[cfg(test)]
mod tests;

use super::compare::Comparison;
use super::rule::{EffectKey, Rule};
use crate::effect::{self, Evidence};
use crate::program::{Call, Grammar, read_assuming};
use crate::trace::Invocation;
use crate::value::{Match, Value};
use clause::Reading;
use doings::Doings;
use std::cell::Cell;

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
    /// Whether the rule is about something that any program may do: a file effect, a request, a statement.
    pub(crate) of_effect: bool,
}

/// An invocation, prepared for many rules.
pub(crate) struct Subject<'a> {
    invocation: &'a Invocation,
    /// The readings of the argv, with what each does. At least one: an argv without a grammar has an empty reading.
    readings: Vec<(Option<&'a Call>, Doings<'a>)>,
    argv: Vec<Value>,
    grammar: Option<&'a Grammar>,
    comparison: Comparison<'a>,
    /// Whether effects of an assumed subcommand were not all worked out.
    is_open_cut: Cell<bool>,
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
        let doings = |call: Option<&'a Call>| (call, Doings::new(invocation, call, shell.iter().cloned()));
        let mut readings: Vec<_> = calls.iter().map(|call| doings(Some(call))).collect();
        if readings.is_empty() {
            readings.push(doings(None));
        }
        // Only an open subcommand is read again.
        let is_open = calls.iter().any(|call| call.open.is_some());
        let argv = if is_open {
            invocation.argv.iter().map(|word| word.value.clone()).collect()
        } else {
            Vec::new()
        };
        Subject { invocation, readings, argv, grammar, comparison, is_open_cut: Cell::new(false) }
    }

    /// Whether the rules that were judged have not seen all requests and statements, because a limit was reached.
    pub(crate) fn is_cut(&self) -> bool {
        self.is_open_cut.get() || self.readings.iter().any(|(_, doings)| doings.is_cut())
    }

    /// The readings by the program's grammar.
    pub(crate) fn calls(&self) -> impl Iterator<Item = &'a Call> {
        self.readings.iter().filter_map(|(call, _)| *call)
    }

    /// What rules without a command may find in it, each once.
    pub(crate) fn keys(&self) -> Vec<EffectKey> {
        let mut keys: Vec<EffectKey> = self.readings.iter().flat_map(|(_, doings)| doings.keys()).collect();
        if !self.invocation.assignments.is_empty() {
            keys.push(EffectKey::Assignment);
        }
        keys.sort_unstable();
        keys.dedup();
        keys
    }

    /// Whether the rule matches.
    pub(crate) fn judge(&self, rule: &Rule) -> Hit {
        let mut best = Hit::default();
        let mut every = true;
        for (call, doings) in &self.readings {
            let reading = Reading::new(self.invocation, *call, doings, self.comparison);
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
                let doings = Doings::new(self.invocation, Some(&assumed), std::iter::empty());
                let hit = Reading::new(self.invocation, Some(&assumed), &doings, self.comparison).judge(rule);
                self.is_open_cut.set(self.is_open_cut.get() || doings.is_cut());
                if hit.matched > best.matched {
                    best = hit;
                }
            }
        }
        best.matched = best.matched.weaken();
        best
    }
}
