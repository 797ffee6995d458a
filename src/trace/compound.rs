//! Compound commands: branches are all walked unless the condition is known, loops over known words are
//! unrolled, other loops are walked until nothing new is learnt.

use super::env::{Content, Env, Positional, Variable, index_key};
use super::jumps::{Jumps, Next};
use super::pattern;
use super::tracer::{Io, Outcome, Tracer};
use super::{Via, arithmetic};
use crate::gap::{GapCause, Limit};
use crate::source::Span;
use crate::syntax::ast::{CaseArm, CaseEnd, Command, CommandKind, List, Text, Word};
use crate::value::{Cause, Match, Value};

/// Deepest nesting of function calls. Recursion on values that are not known would not end by itself.
const MAX_CALLS: usize = 24;
/// The array of the names of running functions, the innermost first.
const FUNCTION_NAMES: &[u8] = b"FUNCNAME";
/// Most turns of a loop that are walked one by one.
const MAX_TURNS: usize = 2048;

impl<'a> Tracer<'a> {
    /// Walks a compound command or a function definition.
    pub(super) fn compound(&mut self, kind: &CommandKind, span: Span, io: Io) -> Outcome {
        match kind {
            CommandKind::Simple(simple) => self.simple(simple, &[], span, io),
            CommandKind::Subshell(list) => {
                let outcome = self.subshell(|tracer| tracer.list(list, io));
                Outcome { flow: None, ..outcome }
            }
            CommandKind::Group(list) => self.list(list, io),
            CommandKind::If { branches, otherwise } => self.conditional(branches, otherwise.as_ref(), io),
            CommandKind::While { until, condition, body } => {
                let head = |tracer: &mut Tracer<'a>| {
                    let outcome = tracer.list(condition, io);
                    outcome.success.map(|success| success != *until)
                };
                self.in_loop(|tracer| tracer.repeat(head, |tracer| tracer.list(body, io), |_| ()))
            }
            CommandKind::For { name, words, body, select } => {
                self.in_loop(|tracer| tracer.for_loop(name, words.as_deref(), body, *select, io))
            }
            CommandKind::ArithmeticFor { init, condition, step, body } => {
                self.arithmetic_text(init);
                let head = |tracer: &mut Tracer<'a>| {
                    if condition.parts.is_empty() {
                        return Some(true);
                    }
                    tracer.arithmetic_text(condition).map(|number| number != 0)
                };
                self.in_loop(|tracer| {
                    tracer.repeat(
                        head,
                        |tracer| tracer.list(body, io),
                        |tracer| {
                            tracer.arithmetic_text(step);
                        },
                    )
                })
            }
            CommandKind::Case { word, arms } => self.case(word, arms, io),
            CommandKind::Function { name, body, .. } => {
                self.env.define(name.clone(), Command::clone(body));
                if self.env.options.dialect.calls(name) {
                    let called = String::from_utf8_lossy(name);
                    let via = Via::Function(called.into_owned());
                    self.within(self.parent, via, |tracer| {
                        tracer.subshell(|tracer| tracer.command(body, Io::default()))
                    });
                }
                Outcome::status(true)
            }
            CommandKind::Coproc { name, body } => {
                self.open_coprocess(name.as_deref().unwrap_or(b"COPROC"), body, span);
                Outcome::status(true)
            }
            CommandKind::Conditional(expression) => {
                let success = self.test_expression(expression);
                Outcome { success, ..Outcome::default() }
            }
            CommandKind::Arithmetic(text) => {
                let success = self.arithmetic_text(text).map(|number| number != 0);
                Outcome { success, ..Outcome::default() }
            }
        }
    }

    /// The value of an arithmetic expression, with its side effects and the substitutions in it.
    pub(super) fn arithmetic_text(&mut self, text: &Text) -> Option<i64> {
        let value = self.expand_text(text);
        arithmetic::evaluate(self, &value)
    }

    fn conditional(&mut self, branches: &[(List, List)], otherwise: Option<&List>, io: Io) -> Outcome {
        let Some(((condition, body), rest)) = branches.split_first() else {
            return match otherwise {
                Some(list) => self.list(list, io),
                None => Outcome::status(true),
            };
        };
        let tested = self.list(condition, io);
        if tested.flow.is_some() {
            return tested;
        }
        match tested.success {
            Some(true) => self.list(body, io),
            Some(false) => self.conditional(rest, otherwise, io),
            None => {
                // Each `elif` is a level: a chain of thousands must not use up the stack.
                self.depth += 1;
                let outcome = if self.step(Span::default()) {
                    self.branches(2, |tracer, index| {
                        tracer.env.directory.settle(Some(index == 0));
                        match index {
                            0 => tracer.list(body, io),
                            _ => tracer.conditional(rest, otherwise, io),
                        }
                    })
                } else {
                    Outcome::default()
                };
                self.depth -= 1;
                outcome
            }
        }
    }

    /// A loop whose head says whether to go on. While it is known to, turns are walked one by one; otherwise the
    /// body is walked with what it may have changed unknown.
    fn repeat(
        &mut self,
        mut head: impl FnMut(&mut Tracer<'a>) -> Option<bool>,
        mut body: impl FnMut(&mut Tracer<'a>) -> Outcome,
        mut step: impl FnMut(&mut Tracer<'a>),
    ) -> Outcome {
        let mut all = Outcome::status(true);
        let start = self.start();
        for turn in 0..=MAX_TURNS {
            let known = if turn < MAX_TURNS && self.may_turn(start) { head(self) } else { None };
            match known {
                Some(false) => break,
                Some(true) => {
                    let mut outcome = body(self);
                    all.stdout.pieces.append(&mut outcome.stdout.pieces);
                    if self.leaves_loop(&outcome, &mut all) {
                        break;
                    }
                    step(self);
                    if self.out_of_budget() {
                        break;
                    }
                }
                None => {
                    let before = self.env.clone();
                    let first = body(self);
                    self.end_turn(&first);
                    step(self);
                    if self.widen(&before) {
                        head(self);
                        let second = body(self);
                        self.end_turn(&second);
                        step(self);
                    }
                    let after = std::mem::replace(&mut self.env, before.clone());
                    self.env = after.join(before);
                    if !first.stdout.pieces.is_empty() {
                        let origin = first.stdout.origin().unwrap_or_default();
                        all.stdout.pieces.extend(first.stdout.pieces);
                        let more = Value::unknown(Cause::Unmodelled, true, origin);
                        all.stdout.pieces.extend(more.pieces);
                    }
                    all.success = None;
                    break;
                }
            }
        }
        all
    }

    /// Leads to the start of any later turn, in which nobody knows what a turn has changed since `before`; whether there is
    /// anything.
    fn widen(&mut self, before: &Env) -> bool {
        let is_same = self.env.same_variables(before) && self.env.directory == before.directory;
        if !is_same {
            let after = std::mem::replace(&mut self.env, before.clone());
            self.env = after.widen(before).join(before.clone());
        }
        !is_same
    }

    /// Whether a loop ends behind a turn, which leads further out as well if `all` is told a flow.
    fn leaves_loop(&mut self, turn: &Outcome, all: &mut Outcome) -> bool {
        match self.next_turn(turn) {
            Next::Turn => false,
            Next::Loop => true,
            Next::Outer(flow) => {
                (all.flow, all.success) = (Some(flow), turn.success);
                true
            }
        }
    }

    /// Ends a turn of a loop that may have more or fewer of them: a jump out of it is one that may happen.
    fn end_turn(&mut self, turn: &Outcome) {
        if let Next::Outer(flow) = self.next_turn(turn) {
            let left = self.env.clone();
            self.may_jump(&Outcome { flow: Some(flow), success: turn.success, ..Outcome::default() }, left);
        }
    }

    fn for_loop(
        &mut self,
        name: &[u8],
        words: Option<&[Word]>,
        body: &List,
        select: bool,
        io: Io,
    ) -> Outcome {
        let words: Vec<Value> = match words {
            Some(words) => self.expand_words(words).into_iter().flatten().collect(),
            None => {
                let unknown = || Value::unknown(Cause::Parameter(b"@".to_vec()), true, Span::default());
                let lists = self.env.positional.lists();
                lists.flat_map(|list| list.map_or_else(|| vec![unknown()], <[Value]>::to_vec)).collect()
            }
        };
        // What may be several words, or none, is any number of turns.
        let is_many = |word: &Value| select || word.may_split() || word.has_glob();
        let unsure = words.iter().any(is_many);
        let before = unsure.then(|| self.env.clone());
        let mut all = Outcome::status(true);
        let start = self.start();
        let mut words = words.into_iter().enumerate();
        while let Some((turn, word)) = words.next() {
            let is_rest = turn >= MAX_TURNS || !self.may_turn(start);
            let word = if is_rest { any_of(word, words.by_ref().map(|(_, word)| word)) } else { word };
            let start_of_turn = is_rest || is_many(&word);
            self.env.assign(name, vec![word]);
            let start_of_turn = start_of_turn.then(|| self.env.clone());
            let mut outcome = self.list(body, io);
            all.stdout.pieces.append(&mut outcome.stdout.pieces);
            if let Some(before) = &start_of_turn {
                self.end_turn(&outcome);
                if self.widen(before) {
                    outcome = self.list(body, io);
                    all.stdout.pieces.append(&mut outcome.stdout.pieces);
                    self.end_turn(&outcome);
                }
            } else if unsure {
                self.end_turn(&outcome);
            }
            // No turn at all is a success.
            let is_success = outcome.success.filter(|success| !unsure || *success);
            all.success = is_success.filter(|_| !unsure || all.success.is_some());
            if !unsure && start_of_turn.is_none() && self.leaves_loop(&outcome, &mut all)
                || self.out_of_budget()
            {
                break;
            }
        }
        if let Some(before) = before {
            let after = std::mem::replace(&mut self.env, before.clone());
            self.env = after.join(before);
        }
        all
    }

    fn out_of_budget(&mut self) -> bool {
        !self.step(Span::default())
    }

    fn case(&mut self, word: &Word, arms: &[CaseArm], io: Io) -> Outcome {
        let subjects = self.expand_single(word);
        let subject = match subjects.as_slice() {
            [subject] => subject.clone(),
            _ => Value::unknown(Cause::Unmodelled, false, word.span),
        };
        self.case_from(&subject, arms, 0, io)
    }

    /// Runs the first of the arms from one on whose pattern matches.
    fn case_from(&mut self, subject: &Value, arms: &[CaseArm], from: usize, io: Io) -> Outcome {
        let mut may_run: Vec<usize> = Vec::new();
        let mut certain = false;
        for (index, arm) in arms.iter().enumerate().skip(from) {
            let mut answer = Match::No;
            for pattern in &arm.patterns {
                answer = answer.or(self.case_match(subject, pattern));
            }
            if answer != Match::No {
                may_run.push(index);
            }
            if answer == Match::Certain {
                certain = true;
                break;
            }
        }
        match (may_run.as_slice(), certain) {
            ([index], true) => self.arm(subject, arms, *index, io),
            (candidates, certain) => {
                let count = candidates.len() + usize::from(!certain);
                self.branches(count, |tracer, index| match candidates.get(index) {
                    Some(arm) => tracer.arm(subject, arms, *arm, io),
                    None => Outcome::status(true),
                })
            }
        }
    }

    fn case_match(&mut self, subject: &Value, pattern: &Word) -> Match {
        let Some(pattern) = self.expand_pattern(pattern) else { return Match::Possible };
        match subject.known() {
            Some(bytes) => pattern::matches_in(self.env.options.nocasematch, &pattern, &bytes),
            None if pattern == b"*" => Match::Certain,
            None => Match::Possible,
        }
    }

    fn arm(&mut self, subject: &Value, arms: &[CaseArm], first: usize, io: Io) -> Outcome {
        let mut all = Outcome::status(true);
        for (index, arm) in arms.iter().enumerate().skip(first) {
            let mut outcome = self.list(&arm.body, io);
            all.stdout.pieces.append(&mut outcome.stdout.pieces);
            all.success = outcome.success;
            all.flow = outcome.flow;
            if arm.end == CaseEnd::Break || all.flow.is_some() {
                break;
            }
            if arm.end == CaseEnd::Continue {
                // The patterns that follow are tested, too.
                let span = arm.patterns.first().map(|pattern| pattern.span).unwrap_or_default();
                if self.step(span) {
                    self.depth += 1;
                    let next = self.case_from(subject, arms, index + 1, io);
                    self.depth -= 1;
                    all.stdout.pieces.extend(next.stdout.pieces);
                    all = Outcome { stdout: all.stdout, ..next };
                }
                break;
            }
        }
        all
    }

    /// Runs the body of a function with its positional parameters.
    pub(super) fn call_function(
        &mut self,
        name: &str,
        body: &Command,
        arguments: Vec<Value>,
        parent: usize,
        io: Io,
    ) -> Outcome {
        if self.locals.len() >= MAX_CALLS {
            self.gap(body.span, GapCause::Limit(Limit::Depth));
            return Outcome::default();
        }
        let saved = std::mem::replace(&mut self.env.positional, Positional::of(arguments));
        let callers = self.enter_function(name, body.span);
        self.locals.push(Vec::new());
        let via = Via::Function(name.to_owned());
        let loops = std::mem::take(&mut self.loops);
        let outcome = self.within(Some(parent), via, |tracer| {
            tracer.in_call(Jumps::Function, |tracer| tracer.command(body, io))
        });
        self.loops = loops;
        for (name, variable) in self.locals.pop().unwrap_or_default().into_iter().rev() {
            self.env.restore(&name, variable);
        }
        self.env.positional = saved;
        self.env.restore(FUNCTION_NAMES, callers);
        outcome
    }

    /// Puts the name in front of those of the functions that are running; what it was before.
    fn enter_function(&mut self, name: &str, span: Span) -> Option<Variable> {
        let saved = self.env.saved(FUNCTION_NAMES);
        let outer = saved.as_ref().and_then(|names| names.contents.first()).map(Content::elements);
        let outer = outer.unwrap_or_default().into_values();
        let names = std::iter::once(Value::text(name, span)).chain(outer).take(MAX_CALLS);
        let names = names.enumerate().map(|(index, name)| (index_key(index), name)).collect();
        self.env.assign_contents(FUNCTION_NAMES, vec![Content::Array(names)]);
        saved
    }
}

/// A value that may be any of the words.
fn any_of(first: Value, words: impl Iterator<Item = Value>) -> Value {
    let span = first.origin().unwrap_or_default();
    let is_number = |word: Value| {
        word.known().is_some_and(|text| !text.is_empty() && text.iter().all(u8::is_ascii_digit))
    };
    let cause =
        if std::iter::once(first).chain(words).all(is_number) { Cause::Number } else { Cause::Unmodelled };
    Value::unknown(cause, false, span)
}
