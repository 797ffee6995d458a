//! The walk over a tree in the order of execution: lists, pipelines, commands. Compound commands are in
//! [`super::compound`], simple ones in [`super::simple`].

use super::env::Env;
use super::tracer::{Io, Outcome, Tracer};
use super::{Invocation, Trace, Via};
use crate::facts::Facts;
use crate::program::Grammars;
use crate::syntax::Script;
use crate::syntax::ast::{AndOr, AndOrOperator, Command, CommandKind, List, Pipeline};
use crate::value::{Cause, Value};
use std::collections::HashMap;

/// See [`super::trace`].
pub(super) fn trace(script: &Script, grammars: &dyn Grammars, facts: &Facts) -> Trace {
    let mut tracer = Tracer::new(grammars, facts);
    tracer.gaps.extend(script.gaps.iter().cloned());
    tracer.list(&script.list, Io::default());
    if let Some(other) = &script.other {
        tracer.env = Env::new(facts);
        tracer.list(other, Io::default());
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
        && one.unknown_code == two.unknown_code
}

impl<'a> Tracer<'a> {
    /// Walks a list.
    pub(super) fn list(&mut self, list: &List, io: Io) -> Outcome {
        let mut all = Outcome::status(true);
        for item in &list.items {
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
        let mut outcome = self.pipeline(&and_or.first, io);
        for (operator, pipeline) in &and_or.rest {
            if outcome.flow.is_some() {
                break;
            }
            let wanted = *operator == AndOrOperator::And;
            let mut stdout = std::mem::take(&mut outcome.stdout);
            outcome = match outcome.success {
                Some(success) if success == wanted => {
                    let next = self.pipeline(pipeline, io);
                    stdout.pieces.extend(next.stdout.pieces);
                    Outcome { stdout: Value::default(), ..next }
                }
                Some(_) => outcome,
                None => {
                    let before = self.env.clone();
                    let next = self.pipeline(pipeline, io);
                    stdout.pieces.extend(next.stdout.pieces);
                    let after = std::mem::replace(&mut self.env, before.clone());
                    self.env =
                        if next.flow.is_some() { before } else { self.after_unsure(before, after, wanted) };
                    Outcome::default()
                }
            };
            outcome.stdout = stdout;
        }
        outcome
    }

    /// The state after `first && next` (or `||`) where it is not known whether `first` succeeds.
    fn after_unsure(&self, before: Env, after: Env, and: bool) -> Env {
        // `mkdir -p d && cd d && …` is written to succeed: a directory that is changed behind `&&` counts as
        // changed, or every later path would be unknown.
        let cwd = if and { after.cwd.clone() } else { before.cwd.clone() };
        let mut joined = after.join(before);
        joined.cwd = cwd;
        joined
    }

    fn pipeline(&mut self, pipeline: &Pipeline, io: Io) -> Outcome {
        let mut outcome = match pipeline.commands.as_slice() {
            [] => Outcome::status(true),
            [command] => self.command(command, io),
            commands => self.stages(commands, io),
        };
        if pipeline.negated {
            outcome.success = outcome.success.map(|success| !success);
        }
        outcome
    }

    fn stages(&mut self, commands: &[Command], io: Io) -> Outcome {
        let via = if self.via == Via::Script { Via::Pipeline } else { self.via.clone() };
        let last = commands.len().saturating_sub(1);
        let mut stdin = io.stdin;
        let mut outcome = Outcome::default();
        for (index, command) in commands.iter().enumerate() {
            let stage = Io { stdin, capture: index < last || io.capture };
            outcome = self.within(self.parent, via.clone(), |tracer| {
                tracer.subshell(|tracer| tracer.command(command, stage))
            });
            if index < last {
                // What `|&` mixes in are messages; they are not modelled, here as little as anywhere.
                let text = std::mem::take(&mut outcome.stdout);
                stdin = Some(self.stream(text));
            }
        }
        outcome.flow = None;
        outcome
    }

    /// Walks a command with its redirections.
    pub(super) fn command(&mut self, command: &Command, io: Io) -> Outcome {
        if !self.step(command.span) {
            return Outcome::unknown(Cause::Unmodelled, command.span, io);
        }
        self.depth += 1;
        let next_descriptor = self.next_descriptor;
        let outcome = match &command.kind {
            CommandKind::Simple(simple) => self.simple(simple, &command.redirects, command.span, io),
            CommandKind::Function { .. } => self.compound(&command.kind, command.span, io),
            kind => {
                let saved = self.env.descriptors.clone();
                let redirected = self.redirect(&command.redirects, io);
                self.record_redirections(&redirected, command.span);
                let mut outcome = self.compound(kind, command.span, redirected.io);
                self.env.descriptors = saved;
                outcome.stdout = self.deliver(&redirected, outcome.stdout, io);
                outcome
            }
        };
        self.next_descriptor = next_descriptor;
        self.depth -= 1;
        outcome
    }
}
