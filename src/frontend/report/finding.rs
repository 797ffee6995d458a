//! A finding in the report: what is lost, what to run instead, which rule says so.

use super::super::document::{Certainty, Finding, Severity};
use super::super::printable::one_line;
use super::paragraph::{self, MARGIN};
use super::style;
use std::io::{self, Write};

/// The first finding of each rule, and how many the rule has: a reader wants to be told once.
pub(super) fn by_rule(findings: &[Finding]) -> Vec<(&Finding, usize)> {
    let mut rules: Vec<(&Finding, usize)> = Vec::new();
    for finding in findings {
        match rules
            .iter_mut()
            .find(|(first, _)| first.rule == finding.rule && first.decision == finding.decision)
        {
            Some((_, count)) => *count += 1,
            None => rules.push((finding, 1)),
        }
    }
    rules
}

/// Writes a rule's finding, which it has `count` times; `titled` where the headline does not say it already.
pub(super) fn write(
    out: &mut dyn Write,
    finding: &Finding,
    count: usize,
    titled: bool,
    width: usize,
) -> io::Result<()> {
    if titled {
        let (mark, bold) = (style::mark(finding.decision), style::BOLD);
        let title = one_line(finding.title.as_bytes());
        let word = style::word(finding.decision);
        writeln!(out, "{MARGIN}{mark}{word:10}{mark:#}{bold}{title}{bold:#}")?;
    }
    paragraph::field(out, "why", &finding.why, width)?;
    paragraph::verbatim(out, "instead", &finding.instead)?;
    paragraph::field(out, "rule", &rule(finding, count), width)?;
    writeln!(out)
}

/// Lists the rules that are not explained.
pub(super) fn write_rest(out: &mut dyn Write, rest: &[(&Finding, usize)], width: usize) -> io::Result<()> {
    if rest.is_empty() {
        return Ok(());
    }
    let rules: Vec<&str> = rest.iter().map(|(finding, _)| finding.rule.as_str()).collect();
    paragraph::field(out, "and", &format!("{} more: {}", rest.len(), rules.join(", ")), width)?;
    writeln!(out)
}

/// `core.git/push-force · high · certain · 2 times`
fn rule(finding: &Finding, count: usize) -> String {
    let severity = match finding.severity {
        Severity::Low => "low",
        Severity::Medium => "medium",
        Severity::High => "high",
        Severity::Critical => "critical",
    };
    let certainty = match finding.certainty {
        Certainty::Possible => "possible, because a part of the command cannot be known",
        Certainty::Certain => "certain",
    };
    let times = if count > 1 { format!(" · {count} times") } else { String::new() };
    format!("{} · {severity} · {certainty}{times}", finding.rule)
}
