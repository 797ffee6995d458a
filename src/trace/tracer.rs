//! The state of one trace: [`Tracer`], its budgets, and the small values that pass between commands.

use super::env::{Env, Variable};
use super::expand::TryUnset;
use super::files::Sink;
use super::jumps::Frame;
use super::{Invocation, Via};
use crate::facts::Facts;
use crate::gap::{Gap, GapCause, Limit};
use crate::program::Grammars;
use crate::source::Span;
use crate::syntax::ast::Assignment;
use crate::value::{Cause, Match, Value};

/// Most invocations in one trace. Scripts of a thousand lines stay below; a loop that is unrolled may not.
const MAX_INVOCATIONS: usize = 4096;
/// Most commands walked, loop turns included.
const MAX_STEPS: usize = 40_000;
/// Deepest nesting of commands, substitutions, functions and nested shells together.
const MAX_DEPTH: usize = 160;
/// Most bytes that expansion may make in one trace, as [`Value::weight`] counts them.
const MAX_TEXT: usize = 8 << 20;

/// How a command's input and output are connected.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Io {
    /// Standard input: a stream of known or unknown text; `None` is that of the whole script.
    pub(super) stdin: Option<usize>,
    /// Whether somebody looks at the output.
    pub(super) capture: bool,
    /// Whether the command itself writes to a pipe, not only a command around it.
    pub(super) piped: bool,
}

/// What was used of the budgets of a trace when a loop began.
#[derive(Clone, Copy, Debug)]
pub(super) struct Start {
    steps: usize,
    invocations: usize,
    text: usize,
}

/// What a command did, as far as known.
#[derive(Clone, Debug, Default)]
pub(super) struct Outcome {
    /// What it printed, if it was captured.
    pub(super) stdout: Value,
    /// Whether it succeeded, if known.
    pub(super) success: Option<bool>,
    /// Where control goes, if not to the next command.
    pub(super) flow: Option<Flow>,
}

/// A jump.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Flow {
    /// Out of that many loops.
    Break(usize),
    /// To the next turn of the loop that is that many out.
    Continue(usize),
    /// Out of the function.
    Return,
    /// Out of the shell.
    Exit,
}

impl Outcome {
    pub(super) fn status(success: bool) -> Outcome {
        Outcome { success: Some(success), ..Outcome::default() }
    }

    /// An outcome of which nothing is known but where the output comes from.
    pub(super) fn unknown(cause: Cause, span: Span, io: Io) -> Outcome {
        let stdout = if io.capture { Value::unknown(cause, true, span) } else { Value::default() };
        Outcome { stdout, success: None, flow: None }
    }

    pub(super) fn printed(stdout: Value) -> Outcome {
        Outcome { stdout, success: Some(true), flow: None }
    }
}

/// The state of one trace.
pub(super) struct Tracer<'a> {
    pub(super) grammars: &'a dyn Grammars,
    pub(super) facts: &'a Facts,
    pub(super) env: Env,
    pub(super) invocations: Vec<Invocation>,
    pub(super) gaps: Vec<Gap>,
    /// Text that commands read, consumed from the front.
    pub(super) streams: Vec<Value>,
    /// What command substitutions in the command that is walked now read.
    pub(super) input: Option<usize>,
    /// The invocation that runs what is walked now.
    pub(super) parent: Option<usize>,
    /// Why it is run.
    pub(super) via: Via,
    /// Whether what is walked now is certainly what runs there.
    pub(super) certainty: Match,
    /// Nesting so far.
    pub(super) depth: usize,
    /// Names that were made local, with what they were before; one frame per function call.
    pub(super) locals: Vec<Vec<(Vec<u8>, Option<Variable>)>>,
    /// Arrays that the words of the current command assign, for the declaration builtins.
    pub(super) arrays: Vec<Assignment>,
    /// What traps run when the shell ends, with the invocations that set them.
    pub(super) traps: Vec<(usize, Value)>,
    /// The `>(…)` of the commands that are running.
    pub(super) sinks: Vec<Sink>,
    /// Aliases whose text is running: within it they are not expanded again.
    pub(super) expanding: Vec<Vec<u8>>,
    /// Number of the next group of alternatives.
    pub(super) groups: usize,
    /// Number of the next descriptor that a process substitution opens; bash counts down from 63, and closes them
    /// behind the command.
    pub(super) next_descriptor: u32,
    /// Texts of unknown parts in nested scripts, by the number in their mark.
    pub(super) marks: Vec<crate::value::Unknown>,
    /// Which variables that are nowhere assigned are tried as unset, too.
    pub(super) try_unset: TryUnset,
    /// Those of the word that is expanded which count as unset: they stand in the middle of a name.
    pub(super) within_names: Vec<Span>,
    /// Loops around what is walked now: outside of one, `break` does nothing.
    pub(super) loops: usize,
    /// The states in which the shell may have ended, for its traps.
    pub(super) exits: Vec<Env>,
    /// Subshells around what is walked now, within the shell: their traps see other variables.
    pub(super) subshells: usize,
    /// The loops and calls around what is walked now.
    pub(super) frames: Vec<Frame>,
    /// Whether what is started certainly has the environment of the shell.
    pub(super) keeps_environment: bool,
    /// What the shell that is started next reads first: `BASH_ENV`, `--rcfile`.
    pub(super) startup: Vec<Value>,
    /// Nesting of scripts in scripts.
    pub(super) scripts: usize,
    steps: usize,
    text: usize,
}

impl<'a> Tracer<'a> {
    pub(super) fn new(grammars: &'a dyn Grammars, facts: &'a Facts) -> Tracer<'a> {
        Tracer {
            grammars,
            facts,
            env: Env::new(facts),
            invocations: Vec::new(),
            gaps: Vec::new(),
            streams: Vec::new(),
            input: None,
            parent: None,
            via: Via::Script,
            certainty: Match::Certain,
            depth: 0,
            locals: Vec::new(),
            arrays: Vec::new(),
            traps: Vec::new(),
            sinks: Vec::new(),
            expanding: Vec::new(),
            groups: 0,
            next_descriptor: 63,
            marks: Vec::new(),
            try_unset: TryUnset::No,
            within_names: Vec::new(),
            loops: 0,
            exits: Vec::new(),
            subshells: 0,
            frames: Vec::new(),
            keeps_environment: true,
            startup: Vec::new(),
            scripts: 0,
            steps: 0,
            text: 0,
        }
    }

    /// Records a gap once.
    pub(super) fn gap(&mut self, span: Span, cause: GapCause) {
        let gap = Gap { span, cause };
        if !self.gaps.contains(&gap) {
            self.gaps.push(gap);
        }
    }

    /// Counts a step; `false` once a budget is used up, which is recorded.
    pub(super) fn step(&mut self, span: Span) -> bool {
        self.steps += 1;
        let limit = if self.steps > MAX_STEPS {
            Limit::Steps
        } else if self.invocations.len() > MAX_INVOCATIONS {
            Limit::Invocations
        } else if self.text > MAX_TEXT {
            Limit::Text
        } else if self.depth > MAX_DEPTH {
            Limit::Depth
        } else {
            return true;
        };
        if !self.gaps.iter().any(|gap| gap.cause == GapCause::Limit(limit)) {
            self.gap(span, GapCause::Limit(limit));
        }
        false
    }

    /// Whether a loop may go on turn by turn, or has used the half of what was left of the budgets when it began. The
    /// other half is for what stands behind it.
    pub(super) fn may_turn(&self, start: Start) -> bool {
        let is_within = |began: usize, now: usize, most: usize| now <= began + most.saturating_sub(began) / 2;
        is_within(start.steps, self.steps, MAX_STEPS)
            && is_within(start.invocations, self.invocations.len(), MAX_INVOCATIONS)
            && is_within(start.text, self.text, MAX_TEXT)
    }

    /// What was used of the budgets so far.
    pub(super) fn start(&self) -> Start {
        Start { steps: self.steps, invocations: self.invocations.len(), text: self.text }
    }

    /// Counts text that was made, as [`Value::weight`] does; `false` once there is too much.
    pub(super) fn count_text(&mut self, bytes: usize) -> bool {
        self.text = self.text.saturating_add(bytes);
        self.text <= MAX_TEXT
    }

    /// Runs `body` for other reasons, and puts them back.
    pub(super) fn within<T>(
        &mut self,
        parent: Option<usize>,
        via: Via,
        body: impl FnOnce(&mut Tracer<'a>) -> T,
    ) -> T {
        let saved_parent = std::mem::replace(&mut self.parent, parent);
        let saved_via = std::mem::replace(&mut self.via, via);
        let result = body(self);
        self.parent = saved_parent;
        self.via = saved_via;
        result
    }

    /// Runs `body` in a subshell: what it changes is gone afterwards, except files.
    pub(super) fn subshell<T>(&mut self, body: impl FnOnce(&mut Tracer<'a>) -> T) -> T {
        let saved = self.env.clone();
        let loops = std::mem::take(&mut self.loops);
        let frames = std::mem::take(&mut self.frames);
        self.subshells += 1;
        let result = body(self);
        self.subshells -= 1;
        (self.loops, self.frames) = (loops, frames);
        let inner = std::mem::replace(&mut self.env, saved);
        self.env.files = inner.files;
        result
    }

    /// Runs the action of a trap.
    pub(super) fn run_trap(&mut self, index: usize, action: &Value) {
        self.within(Some(index), Via::Text, |tracer| {
            tracer.subshell(|tracer| tracer.run_script(action, Io::default()))
        });
    }

    /// What the action of a trap assigns is assigned at any time from now on, or never.
    pub(super) fn may_run_anytime(&mut self, index: usize, action: &Value) {
        let before = self.env.clone();
        let after = self.within(Some(index), Via::Text, |tracer| {
            tracer.subshell(|tracer| {
                tracer.run_script(action, Io::default());
                tracer.env.clone()
            })
        });
        for (name, contents) in after.differing(&before) {
            self.env.set_anytime(name, contents);
        }
    }

    /// Ends a shell: its traps, from the given one on, see what the variables hold now.
    pub(super) fn end_shell(&mut self, from: usize) {
        let (exits, traps) =
            (std::mem::take(&mut self.exits), self.traps.split_off(from.min(self.traps.len())));
        if traps.is_empty() {
            return;
        }
        for env in exits {
            self.env = self.env.clone().join(env);
        }
        for (index, action) in traps {
            self.run_trap(index, &action);
        }
    }

    /// Opens a stream of text.
    pub(super) fn stream(&mut self, text: Value) -> usize {
        self.streams.push(text);
        self.streams.len() - 1
    }

    /// Runs a body for each number below `count`, each on its own copy of the state, of which one is really
    /// run; joins what they leave. A jump that not all of them make is one that may happen.
    pub(super) fn branches(
        &mut self,
        count: usize,
        mut body: impl FnMut(&mut Tracer<'a>, usize) -> Outcome,
    ) -> Outcome {
        let before = self.env.clone();
        let mut joined: Option<(Env, Outcome)> = None;
        for index in 0..count {
            self.env = before.clone();
            let next = body(self, index);
            let after = std::mem::replace(&mut self.env, before.clone());
            joined = Some(match joined {
                None => (after, next),
                Some((env, first)) => {
                    let env = match (first.flow, next.flow) {
                        (Some(one), Some(two)) if one == two => env.join(after),
                        (Some(_), _) => {
                            self.may_jump(&first, env);
                            after
                        }
                        (None, Some(_)) => {
                            self.may_jump(&next, after);
                            env
                        }
                        (None, None) => env.join(after),
                    };
                    (env, either(first, next))
                }
            });
        }
        match joined {
            Some((env, outcome)) => {
                self.env = env;
                outcome
            }
            None => Outcome::default(),
        }
    }
}

/// The outcome of one of two branches.
fn either(one: Outcome, two: Outcome) -> Outcome {
    let same = one.stdout == two.stdout;
    let stdout = match (one.stdout.pieces.is_empty(), two.stdout.pieces.is_empty()) {
        _ if same => one.stdout,
        (true, _) => two.stdout,
        (_, true) => one.stdout,
        _ => {
            let origin = one.stdout.origin().unwrap_or_default();
            super::expand::one(vec![one.stdout, two.stdout], origin)
        }
    };
    Outcome {
        stdout,
        success: one.success.filter(|_| one.success == two.success),
        // Where both jump, to different places, the first has been kept as one that may happen.
        flow: two.flow.filter(|_| one.flow.is_some()),
    }
}
