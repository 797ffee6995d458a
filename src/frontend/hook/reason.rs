//! What the agent, or the user who is asked, is told: what would happen, what would be lost, what to do instead.
//! Short, because an agent acts on it; the long form is `argvet analyze`.

use crate::frontend::judge::Judged;
use crate::frontend::printable::{clip, one_line, start_of, width};
use crate::trace::Invocation;
use crate::{Decision, Finding, Match, Severity, Span};

/// How many findings are told besides the worst; the others are counted.
const MAX_OTHERS: usize = 2;

/// How much of a command is quoted.
const MAX_QUOTE: usize = 80;

/// What is wrong with a command, the worst first: `of` gives the sentences that the openings below stand before.
pub(super) fn of(source: &[u8], judged: &Judged) -> String {
    let told = told(&judged.verdict.findings);
    let Some((worst, others)) = told.split_first() else { return unseen(source, judged) };
    let mut text = sentence(worst, judged);
    let shown = others.get(..MAX_OTHERS).unwrap_or(others);
    for finding in shown {
        text = format!("{text} Also: {} (rule {}).", deed(finding, judged), finding.rule);
    }
    match others.len().saturating_sub(shown.len()) {
        0 => text,
        rest => format!("{text} And {rest} more."),
    }
}

/// What the agent is told whose command is denied.
pub(super) fn denied(what: &str) -> String {
    format!(
        "Blocked by argvet: {what} If the user wants exactly this, they can run it themselves in a terminal; do not \
         look for a way around."
    )
}

/// The same with the way in which a person can allow this one run.
pub(super) fn with_code(what: String, code: Option<String>) -> String {
    match code {
        Some(code) => {
            format!(
                "{what} The user can allow it once by running `argvet allow-once {code}` in a terminal of their own."
            )
        }
        None => what,
    }
}

/// What the user is told who is asked.
pub(super) fn asked(what: &str) -> String {
    format!("argvet asks for the user's consent: {what}")
}

/// What the agent is told where the user would have to be asked and the host cannot do it.
pub(super) fn denied_for_asked(what: &str, host: &str) -> String {
    format!(
        "Held back by argvet: {what} This needs the user's consent, which argvet cannot ask for in {host}. Tell the \
         user what you want to run and why, and let them run it themselves; do not look for a way around."
    )
}

/// What is told of a command that nobody could judge.
pub(super) fn unjudged(problem: &str) -> String {
    format!("this command could not be judged: {}.", one_line(problem.as_bytes()))
}

/// The findings that are told, the worst first, as the verdict has them. One that only says something weaker about the same
/// words is not, nor one about what any program may do where a rule about the program says as much.
fn told(findings: &[Finding]) -> Vec<&Finding> {
    let mut told: Vec<&Finding> = Vec::new();
    for finding in findings.iter().filter(|finding| finding.decision > Decision::Allow) {
        let is_covered = |by: &&Finding| {
            let covers = |span: &Span| by.spans.iter().any(|known| known.contains(*span));
            let echoes = finding.of_effect && !by.of_effect && finding.invocation == by.invocation;
            by.rule == finding.rule || echoes || finding.spans.iter().all(covers)
        };
        if !told.iter().any(is_covered) {
            told.push(finding);
        }
    }
    told
}

/// What is told where no rule objects, but something cannot be seen.
fn unseen(source: &[u8], judged: &Judged) -> String {
    let Some(gap) = judged.verdict.gaps.first() else { return String::new() };
    let text = start_of(gap.span.of(source), MAX_QUOTE);
    match text.is_empty() {
        true => format!("{}.", gap.cause),
        false => format!("{}: `{text}`.", gap.cause),
    }
}

/// What the agent is told of a command that may run, if anything.
pub(super) fn note(judged: &Judged) -> Option<String> {
    let noted = |finding: &&Finding| finding.severity == Severity::Low && finding.certainty == Match::Certain;
    let finding = judged.verdict.findings.iter().find(noted)?;
    Some(format!("Note from argvet: {}", sentence(finding, judged)))
}

/// `` `git push -f` overwrites commits on the remote. WHY Run `…` instead. (rule core.git/push-force)``
fn sentence(finding: &Finding, judged: &Judged) -> String {
    let why = one_line(finding.why.as_bytes());
    let instead = match finding.instead.first() {
        // A full stop behind it would be taken for a part of it.
        Some(instead) => format!(" Instead: `{}`", one_line(instead.as_bytes())),
        None => String::new(),
    };
    format!("{}. {why}{instead} (rule {})", deed(finding, judged), finding.rule)
}

/// `` `git push -f` overwrites commits on the remote``
fn deed(finding: &Finding, judged: &Judged) -> String {
    let command = judged.trace.invocations.get(finding.invocation).map(quote).unwrap_or_default();
    let may = if finding.certainty == Match::Certain { "" } else { " possibly" };
    format!("{command}{may} {}", one_line(finding.title.as_bytes()))
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::frontend::judge::judge;
    use crate::{Facts, Policy};

    fn reason(command: &str) -> String {
        of(command.as_bytes(), &judge(command.as_bytes(), &Policy::default(), &Facts::default()))
    }

    #[test]
    fn the_worst_is_told_and_the_weaker_about_the_same_words_is_not() {
        let text = reason("rm -rf /");
        assert!(text.contains("core.filesystem/delete-root"), "{text}");
        assert!(!text.contains("core.filesystem/delete-directory"), "{text}");
    }

    #[test]
    fn the_rule_about_the_program_is_told_and_its_effect_is_not_told_again() {
        let text = reason("rsync -a --delete empty/ src/");
        assert!(text.contains("remote.rsync/delete"), "{text}");
        assert!(!text.contains("core.filesystem"), "{text}");
        // What is worse than the program's own rule comes first.
        let text = reason("rsync -a --delete empty/ /etc/");
        assert!(text.find("core.filesystem") < text.find("remote.rsync"), "{text}");
    }

    #[test]
    fn other_words_are_told_as_well() {
        let text = reason("git push --force; rm -rf /");
        let root = text.find("core.filesystem/delete-root").expect("told");
        let push = text.find("core.git/push-force").expect("told");
        assert!(root < push, "{text}");
    }
}
