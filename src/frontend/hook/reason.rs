//! What the agent, or the user who is asked, is told: what would happen, what would be lost, what to do instead.
//! Short, because an agent acts on it; the long form is `argvet analyze`.

use crate::frontend::judge::Judged;
use crate::frontend::printable::{clip, one_line, start_of, width};
use crate::trace::Invocation;
use crate::{Decision, Finding, Match, Severity};

/// How many findings are told.
const MAX_FINDINGS: usize = 3;

/// How much of a command is quoted.
const MAX_QUOTE: usize = 80;

/// Why a command is denied or put to the user.
pub(super) fn of(source: &[u8], judged: &Judged) -> String {
    let mut findings: Vec<&Finding> =
        judged.verdict.findings.iter().filter(|finding| finding.decision > Decision::Allow).collect();
    findings.sort_by_key(|finding| std::cmp::Reverse((finding.decision, finding.severity)));
    findings.dedup_by(|a, b| a.rule == b.rule);
    let mut sentences: Vec<String> =
        findings.iter().take(MAX_FINDINGS).map(|finding| sentence(finding, judged)).collect();
    if let Some(rest) = findings.get(MAX_FINDINGS..).filter(|rest| !rest.is_empty()) {
        let rules: Vec<&str> = rest.iter().map(|finding| finding.rule.as_str()).collect();
        sentences.push(format!("Also: {}.", rules.join(", ")));
    }
    if findings.is_empty() {
        sentences.extend(judged.verdict.gaps.first().map(|gap| {
            let text = start_of(gap.span.of(source), MAX_QUOTE);
            let cause = gap.cause.to_string();
            match text.is_empty() {
                true => format!("{}.", sentence_case(&cause)),
                false => format!("{}: `{}`.", sentence_case(&cause), text),
            }
        }));
    }
    let (opening, closing) = match judged.verdict.decision {
        Decision::Deny => (
            "Blocked by argvet.",
            "If the user wants exactly this, they can run it themselves in a terminal; do not look for a way around.",
        ),
        Decision::Ask | Decision::Allow => ("argvet asks for the user's consent.", ""),
    };
    let mut text = opening.to_owned();
    for sentence in sentences.iter().map(String::as_str).chain([closing]).filter(|text| !text.is_empty()) {
        text.push(' ');
        text.push_str(sentence);
    }
    text
}

/// What the agent is told of a command that may run, if anything.
pub(super) fn note(judged: &Judged) -> Option<String> {
    let noted = |finding: &&Finding| finding.severity == Severity::Low && finding.certainty == Match::Certain;
    let finding = judged.verdict.findings.iter().find(noted)?;
    Some(format!("Note from argvet: {}", sentence(finding, judged)))
}

/// `` `git push -f` overwrites commits on the remote. WHY Instead: `…`. (core.git/push-force)``
fn sentence(finding: &Finding, judged: &Judged) -> String {
    let command = judged.trace.invocations.get(finding.invocation).map(quote).unwrap_or_default();
    let may = if finding.certainty == Match::Certain { "" } else { " possibly" };
    let why = one_line(finding.why.as_bytes());
    let instead = match finding.instead.first() {
        Some(instead) => format!(" Instead: `{}`.", one_line(instead.as_bytes())),
        None => String::new(),
    };
    format!("{command}{may} {}: {why}{instead} (rule {})", one_line(finding.title.as_bytes()), finding.rule)
}

/// The first words of an invocation, as text for people.
fn quote(invocation: &Invocation) -> String {
    let mut text = String::new();
    for word in &invocation.argv {
        let blank = if text.is_empty() { "" } else { " " };
        text = format!("{text}{blank}{}", start_of(word.value.display().as_bytes(), MAX_QUOTE));
        if width(&text) > MAX_QUOTE {
            break;
        }
    }
    if text.is_empty() {
        text = redirections(invocation);
    }
    format!("`{}`", clip(&text, MAX_QUOTE))
}

fn redirections(invocation: &Invocation) -> String {
    let shown = invocation.redirections.iter().map(|redirection| {
        format!("{} {}", redirection.operator, start_of(redirection.target.display().as_bytes(), MAX_QUOTE))
    });
    shown.collect::<Vec<_>>().join(" ")
}

fn sentence_case(text: &str) -> String {
    let mut characters = text.chars();
    characters.next().map(|first| first.to_uppercase().chain(characters).collect()).unwrap_or_default()
}
