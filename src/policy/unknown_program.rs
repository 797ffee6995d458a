//! A program that cannot be known (`$x -rf /`): its words are read as if it were each program in turn that has rules.
//! If they would be destructive for one of them, that is a gap.
//!
//! Operands alone do not count: `"$EDITOR" /etc/hosts` is not taken for `rm /etc/hosts`. Nor is a program doubted that
//! the command names itself: `${MAKE:-make} clean` means make, and `$SUDO rm x` means rm.

use super::Policy;
use crate::facts::Facts;
use crate::gap::{Gap, GapCause};
use crate::packs::Severity;
use crate::packs::fit::{Glob, atoms};
use crate::packs::matching::Subject;
use crate::program::{Grammar, Grammars, read};
use crate::source::Span;
use crate::trace::{Invocation, Trace, Via};
use crate::value::{Match, Value};
use std::collections::BTreeSet;

/// How many invocations of one command are looked at.
const MAX_INVOCATIONS: usize = 16;

pub(super) fn gaps(trace: &Trace, policy: &Policy, facts: &Facts) -> Vec<Gap> {
    let unknown = trace.invocations.iter().enumerate().filter(|(index, invocation)| {
        invocation.argv.len() > 1
            && invocation.argv.first().is_some_and(|name| name.value.has_unknown())
            && !is_explained(*index, invocation, trace, policy)
    });
    unknown.take(MAX_INVOCATIONS).filter_map(|(_, invocation)| gap(invocation, policy, facts)).collect()
}

/// Whether the same words are also read as those of a known program: another possibility of the command, or what
/// follows a word that may be nothing or a wrapper.
fn is_explained(index: usize, invocation: &Invocation, trace: &Trace, policy: &Policy) -> bool {
    let is_known = |other: &Invocation| {
        let name = other.argv.first().and_then(|name| name.value.known_str());
        let name = name.as_deref().and_then(|path| path.rsplit('/').next());
        name.is_some_and(|name| policy.catalog.grammar(name).is_some())
    };
    let is_other = |other: &Invocation| {
        let is_possibility = invocation.alternatives > 1 && other.group == invocation.group;
        is_possibility || (other.parent == Some(index) && other.via == Via::Operands)
    };
    trace.invocations.iter().any(|other| is_other(other) && is_known(other))
}

fn gap(invocation: &Invocation, policy: &Policy, facts: &Facts) -> Option<Gap> {
    let name = atoms(&invocation.argv.first()?.value.pieces);
    let programs = policy.catalog.programs();
    let mut seen = BTreeSet::new();
    let candidates =
        programs.iter().filter(|program| Glob::path(&format!("**/{program}")).fits(&name) != Match::No);
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
