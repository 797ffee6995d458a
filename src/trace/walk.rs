//! The walk over a tree in the order of execution: lists, pipelines, commands. Compound commands are in
//! [`super::compound`], simple ones in [`super::simple`].

use super::env::Env;
use super::tracer::{Io, Outcome, Tracer};
use super::{Invocation, Trace, Via};
use crate::facts::Facts;
use crate::program::Grammars;
use crate::syntax::Script;
use crate::syntax::ast::{AndOr, AndOrOperator, Command, CommandKind, List, PipeOperator, Pipeline};
use crate::value::{Cause, Match};
use std::collections::HashMap;

/// See [`super::trace`].
pub(super) fn trace(script: &Script, grammars: &dyn Grammars, facts: &Facts) -> Trace {
    let mut tracer = Tracer::new(grammars, facts);
    tracer.gaps.extend(script.gaps.iter().cloned());
    tracer.script(&script.list, Io::default());
    tracer.end_shell(0);
    if let Some(other) = &script.other {
        tracer.env = Env::new(facts);
        tracer.script(other, Io::default());
        tracer.end_shell(0);
    }
    Trace { invocations: without_repetitions(tracer.invocations), gaps: tracer.gaps }
}

/// Leaves out repetitions: a loop body that was walked twice, the second tree of a disputed reading.
fn without_repetitions(invocations: Vec<Invocation>) -> Vec<Invocation> {
    if invocations.len() < 2 {
        return invocations;
    }
    let mut kept: Vec<Invocation> = Vec::with_capacity(invocations.len());
    let mut places = Vec::with_capacity(invocations.len());
    let mut by_span: HashMap<_, Vec<usize>> = HashMap::new();
    for mut invocation in invocations {
        invocation.parent = invocation.parent.and_then(|parent| places.get(parent).copied());
        let candidates = by_span.entry(invocation.span).or_default();
        // A few candidates are looked at: a command that was walked a thousand times with other words each time
        // stays a thousand times, without comparing each with each.
        let repeated = candidates
            .iter()
            .rev()
            .take(4)
            .copied()
            .find(|place| kept.get(*place).is_some_and(|other| same(other, &invocation)));
        places.push(repeated.unwrap_or(kept.len()));
        if repeated.is_none() {
            candidates.push(kept.len());
            kept.push(invocation);
        }
    }
    kept
}

fn same(one: &Invocation, two: &Invocation) -> bool {
    one.parent == two.parent
        && one.via == two.via
        && one.argv == two.argv
        && one.alternatives == two.alternatives
        && one.certainty == two.certainty
        && one.redirections == two.redirections
        && one.assignments == two.assignments
        && one.stdin == two.stdin
        && one.texts == two.texts
        && one.cwd == two.cwd
        && one.other_cwds == two.other_cwds
        && one.unknown_code == two.unknown_code
        && one.internal == two.internal
}

/// Whether two commands both succeed, as far as known.
fn both(one: Option<bool>, two: Option<bool>) -> Option<bool> {
    match (one, two) {
        (Some(false), _) | (_, Some(false)) => Some(false),
        (Some(true), Some(true)) => Some(true),
        _ => None,
    }
}

/// The states in which a list may stand, by the status of what ran last.
struct Ends {
    success: Option<Env>,
    failure: Option<Env>,
}

impl Ends {
    fn join(self, other: Ends) -> Ends {
        let either = |one: Option<Env>, two: Option<Env>| match (one, two) {
            (Some(one), Some(two)) => Some(one.join(two)),
            (one, two) => one.or(two),
        };
        Ends { success: either(other.success, self.success), failure: either(other.failure, self.failure) }
    }
}

impl<'a> Tracer<'a> {
    /// Walks a script: a line is read with the aliases that the lines before it have defined.
    pub(super) fn script(&mut self, list: &List, io: Io) -> Outcome {
        let saved = self.env.aliases_read.clone();
        let outcome = self.items(list, io, true);
        self.env.aliases_read = saved;
        outcome
    }

    /// Walks a list inside of a command.
    pub(super) fn list(&mut self, list: &List, io: Io) -> Outcome {
        self.items(list, io, false)
    }

    fn items(&mut self, list: &List, io: Io, lines: bool) -> Outcome {
        let mut all = Outcome::status(true);
        for item in &list.items {
            if self.env.options.noexec {
                break;
            }
            if lines && !item.continues {
                self.env.aliases_read = self.env.aliases.clone();
            }
            let outcome = if item.background {
                let outcome = self.subshell(|tracer| tracer.and_or(&item.and_or, io));
                Outcome { success: Some(true), flow: None, ..outcome }
            } else {
                self.and_or(&item.and_or, io)
            };
            all.stdout.pieces.extend(outcome.stdout.pieces);
            all.success = outcome.success;
            if outcome.flow.is_some() {
                all.flow = outcome.flow;
                break;
            }
        }
        all
    }

    fn and_or(&mut self, and_or: &AndOr, io: Io) -> Outcome {
        self.env.directory.settle(None);
        let first = self.pipeline(&and_or.first, io);
        if and_or.rest.is_empty() || first.flow.is_some() {
            return first;
        }
        let mut stdout = first.stdout;
        let mut ends = self.ends(first.success);
        for (operator, pipeline) in &and_or.rest {
            let from = match operator {
                AndOrOperator::And => ends.success.take(),
                AndOrOperator::Or => ends.failure.take(),
            };
            let Some(env) = from else { continue };
            self.env = env;
            let mut next = self.pipeline(pipeline, io);
            stdout.pieces.append(&mut next.stdout.pieces);
            if next.flow.is_none() {
                ends = ends.join(self.ends(next.success));
            } else if ends.success.is_none() && ends.failure.is_none() {
                return Outcome { stdout, ..next };
            } else {
                // The rest runs only where it did not come to this: `cd x || exit`.
                let left = self.env.clone();
                self.may_jump(&next, left);
            }
        }
        let success = match (ends.success, ends.failure) {
            (Some(success), Some(failure)) => {
                self.env = success.join(failure);
                None
            }
            (Some(env), None) => {
                self.env = env;
                Some(true)
            }
            (None, Some(env)) => {
                self.env = env;
                Some(false)
            }
            (None, None) => None,
        };
        Outcome { success, stdout, ..Outcome::default() }
    }

    /// The state behind a command, by its status.
    fn ends(&mut self, success: Option<bool>) -> Ends {
        let env = |wanted: bool| {
            let mut env = self.env.clone();
            env.directory.settle(Some(wanted));
            env
        };
        Ends {
            success: (success != Some(false)).then(|| env(true)),
            failure: (success != Some(true)).then(|| env(false)),
        }
    }

    fn pipeline(&mut self, pipeline: &Pipeline, io: Io) -> Outcome {
        let mut outcome = match pipeline.commands.as_slice() {
            [] => Outcome::status(true),
            [command] => self.command(command, io),
            commands => self.stages(commands, &pipeline.operators, io),
        };
        if pipeline.negated {
            self.env.directory.settle(None);
            outcome.success = outcome.success.map(|success| !success);
        }
        outcome
    }

    fn stages(&mut self, commands: &[Command], operators: &[PipeOperator], io: Io) -> Outcome {
        let via = if self.via == Via::Script { Via::Pipeline } else { self.via.clone() };
        let last = commands.len().saturating_sub(1);
        let mut stdin = io.stdin;
        let mut outcome = Outcome::default();
        let mut before = Some(true);
        for (index, command) in commands.iter().enumerate() {
            let stage = Io { stdin, capture: index < last || io.capture, piped: index < last };
            if index == last && self.env.options.last_stage != Match::No {
                outcome = self.own_stage(command, via.clone(), stage);
                break;
            }
            outcome = self.within(self.parent, via.clone(), |tracer| {
                tracer.subshell(|tracer| {
                    if index < last {
                        tracer.env.reconnect(operators.get(index) == Some(&PipeOperator::OutputAndError));
                    }
                    tracer.command(command, stage)
                })
            });
            if index < last {
                before = both(before, outcome.success);
                let text = std::mem::take(&mut outcome.stdout);
                stdin = Some(self.stream(text));
            }
        }
        outcome.flow = None;
        let all = both(before, outcome.success);
        outcome.success = match self.env.options.pipefail {
            Match::No => outcome.success,
            Match::Certain => all,
            Match::Possible => all.filter(|_| all == outcome.success),
        };
        outcome
    }

    /// The last command of a pipeline where the shell itself may run it: what it assigns lasts.
    fn own_stage(&mut self, command: &Command, via: Via, io: Io) -> Outcome {
        let forgotten = self.env.clone();
        let outcome = self.within(self.parent, via, |tracer| tracer.command(command, io));
        if self.env.options.last_stage == Match::Possible {
            self.env = std::mem::replace(&mut self.env, forgotten.clone()).join(forgotten);
        }
        outcome
    }

    /// Walks a command with its redirections.
    pub(super) fn command(&mut self, command: &Command, io: Io) -> Outcome {
        if !self.step(command.span) {
            return Outcome::unknown(Cause::Unmodelled, command.span, io);
        }
        self.depth += 1;
        let next_descriptor = self.next_descriptor;
        let sinks = self.sinks.len();
        let input = io.stdin.or(self.env.descriptors.get(&0).copied());
        let input = std::mem::replace(&mut self.input, input);
        let outcome = match &command.kind {
            CommandKind::Simple(simple) => self.simple(simple, &command.redirects, command.span, io),
            CommandKind::Function { .. } => self.compound(&command.kind, command.span, io),
            kind => {
                let saved = (self.env.descriptors.clone(), self.env.outputs.clone());
                let redirected = self.redirect(&command.redirects, io);
                self.record_redirections(&redirected, command.span);
                self.env.outputs = redirected.inside();
                self.input = redirected.io.stdin.or(self.input);
                let mut outcome = self.compound(kind, command.span, redirected.io);
                if !matches!(kind, CommandKind::Coproc { .. }) {
                    (self.env.descriptors, self.env.outputs) = saved;
                }
                outcome.stdout = self.deliver(&redirected, outcome.stdout, io);
                outcome
            }
        };
        self.close_sinks(sinks);
        self.input = input;
        // The descriptors of what lasts are not given again.
        if self.sinks.len() == sinks {
            self.next_descriptor = next_descriptor;
        }
        self.depth -= 1;
        outcome
    }
}
