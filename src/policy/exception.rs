//! Exceptions: findings that the user accepts. Narrow by construction: an exception is about one rule, and takes away
//! this rule's finding about one invocation; whatever else is found in the same command stays.

use super::Finding;
use crate::facts::Facts;
use crate::packs::path::{Place, runs_inside};
use crate::trace::{Invocation, Trace};
use crate::value::Match;

/// Something that is accepted.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Exception {
    /// The rule: `core.git/push-force`.
    pub rule: String,
    /// For which commands.
    pub scope: Scope,
    /// The directory in or below which the command has to run, an absolute path.
    pub directory: Option<Vec<u8>>,
    /// Why.
    pub reason: String,
}

/// For which commands an exception counts.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Scope {
    /// For all.
    Any,
    /// For this command and no other: the whole text, blanks around it aside.
    Command(Vec<u8>),
    /// For invocations whose first words are these. Words, not text: `git push` is not a prefix of `git pushy`. What
    /// a wrapper runs begins with the wrapper: `sudo git push`.
    Prefix(Vec<Vec<u8>>),
}

/// A finding, and where it was made.
pub(super) struct Question<'a> {
    pub(super) rule: &'a str,
    pub(super) invocation: usize,
    pub(super) source: Option<&'a [u8]>,
    pub(super) trace: &'a Trace,
    pub(super) facts: &'a Facts,
}

impl Exception {
    /// Whether it would take this finding about `source` away.
    #[cfg_attr(not(feature = "cli"), allow(dead_code, reason = "only `argvet analyze` asks"))]
    pub(crate) fn would_cover(&self, finding: &Finding, source: &[u8], trace: &Trace, facts: &Facts) -> bool {
        let (rule, invocation) = (finding.rule.as_str(), finding.invocation);
        self.covers(&Question { rule, invocation, source: Some(source), trace, facts })
    }

    /// Whether the finding is accepted. What cannot be known never is.
    pub(super) fn covers(&self, asked: &Question<'_>) -> bool {
        if self.rule != asked.rule {
            return false;
        }
        let Some(invocation) = asked.trace.invocations.get(asked.invocation) else { return false };
        let fits = match &self.scope {
            Scope::Any => true,
            Scope::Command(text) => {
                asked.source.is_some_and(|source| source.trim_ascii() == text.trim_ascii())
            }
            Scope::Prefix(words) => begins_with(outermost(invocation, asked.trace), words),
        };
        fits && self.directory.as_ref().is_none_or(|directory| {
            let place = Place { cwd: invocation.cwd.as_ref(), facts: asked.facts };
            runs_inside(directory, place) == Match::Certain
        })
    }
}

/// The invocation that stands in the text itself and leads to this one.
fn outermost<'a>(mut invocation: &'a Invocation, trace: &'a Trace) -> &'a Invocation {
    // A parent stands before its children.
    for _ in 0..trace.invocations.len() {
        match invocation.parent.and_then(|parent| trace.invocations.get(parent)) {
            Some(parent) => invocation = parent,
            None => break,
        }
    }
    invocation
}

fn begins_with(invocation: &Invocation, words: &[Vec<u8>]) -> bool {
    let starts = invocation.argv.iter().zip(words);
    !words.is_empty()
        && invocation.argv.len() >= words.len()
        && starts.into_iter().all(|(word, wanted)| word.value.known().is_some_and(|known| *known == **wanted))
}
