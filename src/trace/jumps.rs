//! Jumps that are not certain: `[ -n "$x" ] && return`. What runs next is walked as if there were none, and the state
//! that the jump leaves with is kept until the place that it leads to.

use super::env::Env;
use super::tracer::{Flow, Outcome, Tracer};

/// What jumps lead out of.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Jumps {
    Loop,
    /// `return` ends it; the loops around it are out of reach.
    Function,
    /// `return` ends it, `break` the loop around it.
    File,
}

/// What is running of them.
#[derive(Debug)]
pub(super) struct Frame {
    kind: Jumps,
    /// The states behind it.
    left: Vec<(Option<bool>, Env)>,
    /// The states in which the next turn of the loop may begin.
    again: Option<Env>,
}

/// What a loop does after a turn.
pub(super) enum Next {
    /// Another turn, if its head says so.
    Turn,
    /// It ends.
    Loop,
    /// It ends, and control goes further.
    Outer(Flow),
}

impl<'a> Tracer<'a> {
    /// Keeps the state of a jump that may happen.
    pub(super) fn may_jump(&mut self, outcome: &Outcome, env: Env) {
        /// Most states that the traps of a shell see apart; scripts have a few commands that end them.
        const MAX_EXITS: usize = 64;
        let Some(flow) = outcome.flow else { return };
        let mut inner = self.frames.iter_mut().rev();
        let frame = match flow {
            Flow::Break(count) | Flow::Continue(count) => {
                let reached = inner.take_while(|frame| frame.kind != Jumps::Function);
                reached.filter(|frame| frame.kind == Jumps::Loop).take(count.max(1)).last()
            }
            Flow::Return => inner.find(|frame| frame.kind != Jumps::Loop),
            Flow::Exit => {
                let joined = if self.exits.len() < MAX_EXITS { None } else { self.exits.pop() };
                return self.exits.push(either(joined, env));
            }
        };
        let Some(frame) = frame else { return };
        if matches!(flow, Flow::Continue(_)) {
            frame.again = Some(either(frame.again.take(), env));
        } else {
            frame.left.push((outcome.success, env));
        }
    }

    /// Runs a loop. Where it may have been left early, what it leaves is either.
    pub(super) fn in_loop(&mut self, body: impl FnOnce(&mut Tracer<'a>) -> Outcome) -> Outcome {
        self.loops += 1;
        let (mut outcome, left) = self.in_frame(Jumps::Loop, body);
        self.loops -= 1;
        for (_, env) in left {
            self.join_left(&mut outcome, env);
        }
        outcome
    }

    /// Runs the body of a function or a sourced file. Where it may have returned early, what it leaves is either.
    pub(super) fn in_call(&mut self, kind: Jumps, body: impl FnOnce(&mut Tracer<'a>) -> Outcome) -> Outcome {
        let (mut outcome, left) = self.in_frame(kind, body);
        if outcome.flow == Some(Flow::Return) {
            outcome.flow = None;
        }
        // `cd x || return 1`: where the shell is shows once it shows whether the call failed.
        let fails = |(success, _): &(Option<bool>, Env)| *success == Some(false);
        if outcome.flow.is_none() && outcome.success != Some(false) && left.iter().all(fails) {
            let mut directory = self.env.directory.clone();
            for (_, env) in left {
                directory.or_if_failed(env.directory.clone());
                self.join_left(&mut outcome, env);
            }
            self.env.directory = directory;
            return outcome;
        }
        for (_, env) in left {
            self.join_left(&mut outcome, env);
        }
        outcome
    }

    fn in_frame(
        &mut self,
        kind: Jumps,
        body: impl FnOnce(&mut Tracer<'a>) -> Outcome,
    ) -> (Outcome, Vec<(Option<bool>, Env)>) {
        self.frames.push(Frame { kind, left: Vec::new(), again: None });
        let outcome = body(self);
        let left = self.frames.pop().map(|frame| frame.left).unwrap_or_default();
        (outcome, left)
    }

    /// The state is one more that may hold now.
    fn join_left(&mut self, outcome: &mut Outcome, env: Env) {
        let own = std::mem::replace(&mut self.env, env);
        if outcome.flow.is_none() {
            self.env = own.join(self.env.clone());
        } else {
            // Only those that jumped here go on here.
            self.may_jump(outcome, own);
            outcome.flow = None;
        }
        outcome.success = None;
    }

    /// Whether a loop goes on after a turn, and with which state.
    pub(super) fn next_turn(&mut self, turn: &Outcome) -> Next {
        let next = match turn.flow {
            None | Some(Flow::Continue(0 | 1)) => Next::Turn,
            Some(Flow::Break(0 | 1)) => Next::Loop,
            Some(Flow::Break(count)) => Next::Outer(Flow::Break(count - 1)),
            Some(Flow::Continue(count)) => Next::Outer(Flow::Continue(count - 1)),
            Some(flow) => Next::Outer(flow),
        };
        let Some(again) = self.frames.last_mut().and_then(|frame| frame.again.take()) else { return next };
        if matches!(next, Next::Turn) {
            self.env = std::mem::replace(&mut self.env, again.clone()).join(again);
        } else {
            let left = std::mem::replace(&mut self.env, again);
            self.may_jump(turn, left);
        }
        Next::Turn
    }
}

fn either(one: Option<Env>, two: Env) -> Env {
    match one {
        Some(one) => one.join(two),
        None => two,
    }
}
