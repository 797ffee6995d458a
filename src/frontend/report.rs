//! The report for a person: what would have happened, why that is bad, what to run instead. Somebody who was just
//! stopped has to understand it in five seconds, so the verdict comes first, then the words that matter, then the
//! loss; the tree of invocations below is for who wants to check.
//!
//! Always writes colours; the stream that it is given strips them where they are not wanted.

mod excerpt;
mod finding;
mod gaps;
pub(super) mod paragraph;
mod style;
mod tree;
mod words;

use super::document::{Certainty, Decision, Document, Excused};
use std::io::{self, Write};

/// Widest report: longer lines of prose are hard to read.
const MAX_WIDTH: usize = 120;

/// Narrowest width that is laid out for; on a narrower terminal the terminal wraps.
const MIN_WIDTH: usize = 40;

/// How many rules are explained in full; the rest is listed.
const MAX_EXPLAINED: usize = 4;

/// Writes the report of `document`, whose command is `source`, for a terminal of `columns`. `exception` is the command line
/// that allows the command for good.
pub(crate) fn write(
    out: &mut dyn Write,
    source: &[u8],
    document: &Document,
    exception: Option<&str>,
    columns: usize,
) -> io::Result<()> {
    let width = columns.clamp(MIN_WIDTH, MAX_WIDTH);
    let judgement = &document.judgement;
    headline(out, document, width)?;
    excerpt::write(out, source, judgement, width)?;
    let by_rule = finding::by_rule(&judgement.findings);
    for (finding, count) in by_rule.iter().take(MAX_EXPLAINED) {
        finding::write(out, finding, *count, by_rule.len() > 1, width)?;
    }
    finding::write_rest(out, by_rule.get(MAX_EXPLAINED..).unwrap_or_default(), width)?;
    gaps::write(out, source, judgement, width)?;
    tree::write(out, judgement, width)?;
    gaps::write_reading(out, &judgement.reading, width)?;
    excused(out, &judgement.excused, width)?;
    to_allow(out, judgement.verdict, exception, width)
}

/// What was found and does not count.
fn excused(out: &mut dyn Write, excused: &[Excused], width: usize) -> io::Result<()> {
    for Excused { rule, reason, .. } in excused.iter().take(MAX_EXPLAINED) {
        paragraph::field(out, "excepted", &format!("{rule}: {reason}"), width)?;
    }
    if excused.is_empty() { Ok(()) } else { writeln!(out) }
}

/// The verdict and, in one line, the reason.
fn headline(out: &mut dyn Write, document: &Document, width: usize) -> io::Result<()> {
    let judgement = &document.judgement;
    let count = judgement.invocations.iter().filter(|invocation| !invocation.argv.is_empty()).count();
    let reason = match (finding::by_rule(&judgement.findings).as_slice(), judgement.gaps.len()) {
        ([(finding, _)], _) if finding.certainty == Certainty::Possible => {
            format!("possibly {}", finding.title)
        }
        ([(finding, _)], _) => finding.title.clone(),
        ([], 0) if count == 0 => "this runs no program".to_owned(),
        ([], 0) if count == 1 => "nothing destructive".to_owned(),
        ([], 0) => format!("nothing destructive in {count} invocations"),
        ([], _) if judgement.verdict == Decision::Allow => "nothing destructive can be seen".to_owned(),
        ([], _) => "a part of what would run cannot be seen".to_owned(),
        (findings, _) => format!("{} objections", findings.len()),
    };
    writeln!(out)?;
    paragraph::badge(out, judgement.verdict, &reason, width)
}

/// What the reader can do who wants to run it nevertheless.
fn to_allow(out: &mut dyn Write, verdict: Decision, exception: Option<&str>, width: usize) -> io::Result<()> {
    let how = match verdict {
        Decision::Allow => return Ok(()),
        Decision::Ask => "answer yes when the agent's host asks you, or run it yourself in a terminal",
        Decision::Deny => "run it yourself in a terminal; argvet only stands in front of agents",
    };
    paragraph::field(out, "to allow", how, width)?;
    paragraph::verbatim(out, "always", exception.map(str::to_owned).as_slice())?;
    writeln!(out)
}
