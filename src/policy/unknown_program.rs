//! A program that cannot be known (`$x -rf /`): its words are read as if it were each program in turn that has rules.
//! If they would be destructive for one of them, that is a gap.
//!
//! Operands alone do not count: `"$EDITOR" /etc/hosts` is not taken for `rm /etc/hosts`. Nor is a program doubted that
//! the command names itself: `${MAKE:-make} clean` means make, and `$SUDO rm x` means rm.

use super::Policy;
use crate::facts::Facts;
use crate::gap::{Gap, GapCause, Limit};
use crate::packs::Severity;
use crate::packs::fit::{Glob, atoms};
use crate::packs::matching::Subject;
use crate::program::{Grammar, Grammars, Style, read};
use crate::source::Span;
use crate::trace::{Invocation, NamePattern, Trace, Via};
use crate::value::{Cause, Match, Piece, Value};
use std::collections::{BTreeSet, HashSet};

/// How many invocations of one command are looked at: each is read by every grammar. More are a gap.
const MAX_INVOCATIONS: usize = 32;

pub(super) fn gaps(trace: &Trace, policy: &Policy, facts: &Facts) -> Vec<Gap> {
    let is_unknown = |invocation: &Invocation| {
        invocation.argv.len() > 1 && invocation.argv.first().is_some_and(|name| name.value.known().is_none())
    };
    if !trace.invocations.iter().any(is_unknown) {
        return Vec::new();
    }
    let programs = policy.catalog.programs();
    let explained = Explained::of(trace, &programs);
    let unknown = trace.invocations.iter().enumerate();
    let unknown =
        unknown.filter(|(index, invocation)| is_unknown(invocation) && !explained.has(*index, invocation));
    let mut seen = HashSet::new();
    let is_new = |invocation: &&Invocation| {
        let words: Vec<String> = invocation.argv.iter().map(|word| word.value.display()).collect();
        seen.insert(words)
    };
    let unknown = unknown.map(|(_, invocation)| invocation).filter(is_new);
    let unknown: Vec<&Invocation> = unknown.take(MAX_INVOCATIONS + 1).collect();
    let mut gaps: Vec<Gap> = unknown
        .iter()
        .take(MAX_INVOCATIONS)
        .filter_map(|invocation| gap(invocation, &programs, policy, facts))
        .collect();
    if let Some(next) = unknown.get(MAX_INVOCATIONS).filter(|_| gaps.is_empty()) {
        gaps.push(Gap { span: next.span, cause: GapCause::Limit(Limit::Invocations) });
    }
    gaps
}

/// The invocations of which the same words are also read as those of a known program: another possibility of the
/// command, or what follows a word that may be nothing or a wrapper.
struct Explained {
    groups: HashSet<usize>,
    parents: HashSet<usize>,
}

impl Explained {
    fn of(trace: &Trace, programs: &[String]) -> Explained {
        let mut explained = Explained { groups: HashSet::new(), parents: HashSet::new() };
        for invocation in &trace.invocations {
            let name = invocation.argv.first().and_then(|name| name.value.known_str());
            let base = name.as_deref().and_then(|path| path.rsplit('/').next());
            let is_program = |base| programs.binary_search_by(|name| name.as_str().cmp(base)).is_ok();
            if !base.is_some_and(is_program) {
                continue;
            }
            if invocation.alternatives > 1 {
                explained.groups.insert(invocation.group);
            }
            if invocation.via == Via::Operands {
                explained.parents.extend(invocation.parent);
            }
        }
        explained
    }

    /// Only what a variable of the environment may hold is explained so: the output of a command may be anything.
    fn has(&self, index: usize, invocation: &Invocation) -> bool {
        let is_of_environment = |piece: &Piece| match piece {
            Piece::Unknown(unknown) => matches!(unknown.cause, Cause::Variable(_)),
            Piece::Text { .. } | Piece::Glob { .. } => true,
        };
        if !invocation.argv.first().is_some_and(|name| name.value.pieces.iter().all(is_of_environment)) {
            return false;
        }
        let is_possibility = invocation.alternatives > 1 && self.groups.contains(&invocation.group);
        is_possibility || self.parents.contains(&index)
    }
}

fn gap(invocation: &Invocation, programs: &[String], policy: &Policy, facts: &Facts) -> Option<Gap> {
    let name = &invocation.argv.first()?.value;
    let pattern = NamePattern::of(name);
    let name = atoms(&name.pieces);
    let mut seen = BTreeSet::new();
    let candidates = programs.iter().filter(|program| match &pattern {
        Some(pattern) => pattern.fits(program),
        None => Glob::path(&format!("**/{program}")).fits(&name) != Match::No,
    });
    // Aliases are the same program again.
    let mut grammars = candidates
        .filter_map(|program| policy.catalog.grammar(program))
        .filter(|grammar| seen.insert(grammar.name.clone()));
    let title = grammars.find_map(|grammar| as_program(&grammar, invocation, policy, facts))?;
    Some(Gap { span: invocation.span, cause: GapCause::UnknownProgram(title) })
}

/// What the words would do as the words of the program, if that is certain and bad.
fn as_program(grammar: &Grammar, invocation: &Invocation, policy: &Policy, facts: &Facts) -> Option<String> {
    let program = grammar.name.as_str();
    let mut argv: Vec<Value> = invocation.argv.iter().map(|word| word.value.clone()).collect();
    *argv.first_mut()? = Value::text(program, Span::default());
    // `$X build` shows no options, though tar and its kin would take the letters for some.
    let has_dash = argv.get(1).is_some_and(|word| word.known_prefix().starts_with(b"-"));
    if grammar.style == Style::Old && !has_dash {
        return None;
    }
    let calls = read(&argv, grammar);
    let subject = Subject::new(invocation, &calls, None, policy.comparison(invocation.cwd.as_ref(), facts));
    policy.candidates(&subject).into_iter().find_map(|rule| {
        let hit = subject.judge(&*policy.catalog.conditions(rule)?);
        if hit.matched != Match::Certain || !hit.has_syntax {
            return None;
        }
        let text = policy.catalog.text(rule)?;
        (text.severity >= Severity::High).then(|| format!("as {program}, it {}", text.title))
    })
}
