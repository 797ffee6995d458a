//! An answer as the host would take it: what `argvet doctor` and the fuzz targets hold against the host's protocol.

use super::say::EVENT;
use super::{Answer, Dialect, Heard};
use serde_json::Value;

impl Dialect {
    /// What the host makes of an answer; `None` if it does not understand it and does what it does after a crash.
    pub(crate) fn hear(self, answer: &Answer) -> Option<Heard> {
        let is_refused = answer.code == 2 && !answer.stderr.trim().is_empty();
        match self {
            Dialect::Cancel => cancel(answer),
            Dialect::Outcome(field) => outcome(answer, field),
            Dialect::Plain => plain(answer),
            _ if is_refused => Some(Heard::Blocks),
            _ if answer.code != 0 => None,
            Dialect::ExitCode | Dialect::Any => answer.stdout.is_empty().then_some(Heard::Runs),
            Dialect::Nested | Dialect::NestedAndExit => or_silent(answer, nested),
            Dialect::FlatAndNested => or_silent(answer, |output| {
                let flat = permission_decision(output);
                flat.filter(|heard| nested(output) == Some(*heard))
            }),
            Dialect::Permission => match text(&json(answer)?, "permission")? {
                "allow" => Some(Heard::Runs),
                "ask" => Some(Heard::Asks),
                "deny" => Some(Heard::Blocks),
                _ => None,
            },
            Dialect::Decision(words) => {
                if answer.stdout.is_empty() {
                    return words.allow.is_none().then_some(Heard::Runs);
                }
                let output = json(answer)?;
                let decision = text(&output, "decision");
                match decision? {
                    word if Some(word) == words.allow => Some(Heard::Runs),
                    _ if text(&output, "reason").is_none_or(str::is_empty) => None,
                    word if Some(word) == words.ask => Some(Heard::Asks),
                    word if word == words.deny => Some(Heard::Blocks),
                    _ => None,
                }
            }
            Dialect::Action => or_silent(answer, |output| {
                let is_block = text(output, "action") == Some("block");
                (is_block && text(output, "message").is_some()).then_some(Heard::Blocks)
            }),
        }
    }
}

/// The one JSON object that standard output holds.
fn json(answer: &Answer) -> Option<Value> {
    serde_json::from_str(&answer.stdout).ok().filter(Value::is_object)
}

fn text<'v>(output: &'v Value, field: &str) -> Option<&'v str> {
    output.get(field).and_then(Value::as_str)
}

/// Silence lets the command run; anything else is read.
fn or_silent(answer: &Answer, read: impl Fn(&Value) -> Option<Heard>) -> Option<Heard> {
    if answer.stdout.is_empty() { Some(Heard::Runs) } else { read(&json(answer)?) }
}

fn nested(output: &Value) -> Option<Heard> {
    let output = output.get("hookSpecificOutput")?;
    if text(output, "hookEventName") != Some(EVENT) {
        return None;
    }
    permission_decision(output)
}

fn permission_decision(output: &Value) -> Option<Heard> {
    let Some(decision) = text(output, "permissionDecision") else {
        return text(output, "additionalContext").map(|_| Heard::Runs);
    };
    text(output, "permissionDecisionReason").filter(|reason| !reason.is_empty())?;
    match decision {
        "ask" => Some(Heard::Asks),
        "deny" => Some(Heard::Blocks),
        _ => None,
    }
}

fn cancel(answer: &Answer) -> Option<Heard> {
    let output = json(answer)?;
    match output.get("cancel").and_then(Value::as_bool)? {
        true => text(&output, "errorMessage").filter(|reason| !reason.is_empty()).map(|_| Heard::Blocks),
        false => Some(Heard::Runs),
    }
}

fn outcome(answer: &Answer, field: &str) -> Option<Heard> {
    if answer.stdout.is_empty() {
        return (answer.code == 0).then_some(Heard::Runs);
    }
    let output = json(answer)?;
    let is_told = |text: Option<&str>| text.is_some_and(|text| !text.is_empty());
    if output.get("block").and_then(Value::as_bool) == Some(true) {
        return is_told(text(&output, field)).then_some(Heard::Blocks);
    }
    is_told(text(output.get("requireApproval")?, "description")).then_some(Heard::Asks)
}

/// The plug-ins demand that output and exit code agree.
fn plain(answer: &Answer) -> Option<Heard> {
    match (text(&json(answer)?, "decision")?, answer.code) {
        ("allow", 0) => Some(Heard::Runs),
        ("ask", 3) => Some(Heard::Asks),
        ("deny", 2) => Some(Heard::Blocks),
        _ => None,
    }
}
