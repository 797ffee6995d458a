//! Words of an invocation as a person reads them: quoted where a shell would need it, clipped where they are long.

use super::super::document::{Call, Certainty, Invocation, Via};
use super::super::printable::{clip, one_line, start_of};
use std::borrow::Cow;

/// Columns that one word may take in a tree row; what a nested script runs stands below it anyway.
const MAX_WORD: usize = 36;

/// An invocation on one line: assignments, words, redirections. The words that its `children` stand for are left
/// out, because the rows below show them.
pub(super) fn line(invocation: &Invocation, children: &[&Invocation]) -> String {
    let mut parts = Vec::new();
    let shown = own_words(invocation, children);
    let runs_text = children.iter().any(|child| matches!(child.via, Via::Option(_) | Via::Text));
    for setting in &invocation.assignments {
        parts.push(format!("{}={}", one_line(setting.name.as_bytes()), word(&setting.value, false)));
    }
    for (index, text) in invocation.argv.iter().enumerate().take(shown) {
        let is_text = index > 0 && runs_text && text.contains(char::is_whitespace);
        parts.push(if is_text { "…".to_owned() } else { word(text, invocation.unknown.contains(&index)) });
    }
    if shown < invocation.argv.len() {
        parts.push("…".to_owned());
    }
    for redirection in &invocation.redirections {
        let descriptor = redirection.descriptor.map(|number| number.to_string()).unwrap_or_default();
        let target = if redirection.operator.starts_with("<<") && redirection.operator != "<<<" {
            "…".to_owned()
        } else {
            word(&redirection.target, false)
        };
        let space = if redirection.operator.ends_with('&') { "" } else { " " };
        parts.push(format!("{descriptor}{}{space}{target}", redirection.operator));
    }
    parts.join(" ")
}

/// How many of its words are its own, if the rest is a command that it runs: `sudo -u deploy` of
/// `sudo -u deploy bash -c …`.
fn own_words(invocation: &Invocation, children: &[&Invocation]) -> usize {
    let all = invocation.argv.len();
    let [child] = children else { return all };
    let is_rest =
        child.via == Via::Operands && child.argv.len() < all && invocation.argv.ends_with(&child.argv);
    if is_rest { all - child.argv.len() } else { all }
}

/// How the program reads the words, if that says more than the words themselves:
/// `git push · --force · -C app · origin main`.
pub(super) fn reading(invocation: &Invocation, always: bool) -> Option<String> {
    let call = invocation.read_as.first()?;
    if !always && !says_more(call, invocation) {
        return None;
    }
    let mut parts = vec![one_line(call.path.join(" ").as_bytes())];
    for flag in &call.flags {
        let name = one_line(flag.name.as_bytes());
        parts.push(match &flag.value {
            Some(value) if name.ends_with('=') => format!("{name}{}", word(value, false)),
            Some(value) => format!("{name} {}", word(value, false)),
            None => name,
        });
    }
    if !call.operands.is_empty() {
        parts.push(call.operands.iter().map(|operand| word(operand, false)).collect::<Vec<_>>().join(" "));
    }
    let others = invocation.read_as.len().saturating_sub(1);
    let doubt = match (others, call.certainty) {
        (0, Certainty::Certain) => String::new(),
        (0, Certainty::Possible) => " (possibly)".to_owned(),
        (others, _) => format!(" (or {others} other way{})", if others == 1 { "" } else { "s" }),
    };
    Some(parts.join(" · ") + &doubt)
}

/// Whether a name in the reading does not stand among the words.
fn says_more(call: &Call, invocation: &Invocation) -> bool {
    let written = |name: &str| invocation.argv.iter().any(|word| word == name);
    let program = invocation.argv.first().map(|word| word.rsplit('/').next().unwrap_or(word));
    let path = call.path.first().map(String::as_str) != program
        || !call.path.iter().skip(1).all(|name| written(name));
    path || !call.flags.iter().all(|flag| written(&flag.name) || flag.name.ends_with('='))
}

/// A word, quoted if it has to be.
fn word(text: &str, unknown: bool) -> String {
    let shown = start_of(text.as_bytes(), MAX_WORD);
    let quoted = match unknown {
        true if shown.contains(char::is_whitespace) => Cow::Owned(format!("\"{shown}\"")),
        true => Cow::Borrowed(shown.as_str()),
        false if is_plain(&shown) => Cow::Borrowed(shown.as_str()),
        false => shell_words::quote(&shown),
    };
    clip(&quoted, MAX_WORD).into_owned()
}

/// Whether the word is usually written without quotes, also where a shell would treat a character specially only
/// in other places.
fn is_plain(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_alphanumeric() || "-_./=:,@%+^~*?[]{}…".contains(c))
}
