//! A reply in a host's words.

use super::{Answer, Dialect, Reply, Words};
use crate::frontend::exit::Exit;
use serde_json::{Value, json};

/// The event that every host with [`Dialect::Nested`] names so.
pub(super) const EVENT: &str = "PreToolUse";

/// The exit code that nearly every host takes for a refusal.
const REFUSED: u8 = 2;

impl Dialect {
    /// Puts a reply in this host's words. Where a dialect has no word for *ask*, it is a refusal.
    pub(crate) fn say(self, reply: &Reply) -> Answer {
        match self {
            Dialect::Nested => nested(reply).map(print).unwrap_or_default(),
            Dialect::NestedAndExit => {
                let answer = nested(reply).map(print).unwrap_or_default();
                refusal(reply).map_or(answer.clone(), |reason| also_exits(answer, reason))
            }
            Dialect::FlatAndNested => flat_and_nested(reply),
            Dialect::Permission => permission(reply),
            Dialect::Decision(words) => decision(words, reply),
            Dialect::ExitCode => {
                refusal(reply).map(|reason| also_exits(Answer::default(), reason)).unwrap_or_default()
            }
            Dialect::Cancel => print(match refusal(reply) {
                Some(reason) => json!({"cancel": true, "errorMessage": reason}),
                None => json!({"cancel": false}),
            }),
            Dialect::Action => refusal(reply)
                .map(|reason| print(json!({"action": "block", "message": reason})))
                .unwrap_or_default(),
            Dialect::Outcome(field) => outcome(reply, field),
            Dialect::Plain => plain(reply),
            Dialect::Any => any(reply),
        }
    }
}

fn print(output: Value) -> Answer {
    Answer { stdout: output.to_string(), ..Answer::default() }
}

fn also_exits(answer: Answer, reason: &str) -> Answer {
    Answer { stderr: format!("{reason}\n"), code: REFUSED, ..answer }
}

/// The reason of a reply that keeps the command from running.
fn refusal(reply: &Reply) -> Option<&str> {
    match reply {
        Reply::Silent | Reply::Note(_) => None,
        Reply::Ask(reason) | Reply::Deny(reason) => Some(reason),
    }
}

fn nested(reply: &Reply) -> Option<Value> {
    let (decision, reason) = match reply {
        Reply::Silent => return None,
        Reply::Note(note) => {
            return Some(json!({"hookSpecificOutput": {"hookEventName": EVENT, "additionalContext": note}}));
        }
        Reply::Ask(reason) => ("ask", reason),
        Reply::Deny(reason) => ("deny", reason),
    };
    Some(json!({"hookSpecificOutput": {
        "hookEventName": EVENT,
        "permissionDecision": decision,
        "permissionDecisionReason": reason,
    }}))
}

fn flat_and_nested(reply: &Reply) -> Answer {
    let Some(Value::Object(mut output)) = nested(reply) else { return Answer::default() };
    let (decision, reason) = match reply {
        Reply::Silent => return Answer::default(),
        Reply::Note(note) => {
            output.insert("additionalContext".to_owned(), json!(note));
            return print(Value::Object(output));
        }
        Reply::Ask(reason) => ("ask", reason),
        Reply::Deny(reason) => ("deny", reason),
    };
    output.insert("permissionDecision".to_owned(), json!(decision));
    output.insert("permissionDecisionReason".to_owned(), json!(reason));
    print(Value::Object(output))
}

fn permission(reply: &Reply) -> Answer {
    let (permission, reason) = match reply {
        Reply::Silent => return print(json!({"permission": "allow"})),
        Reply::Note(note) => return print(json!({"permission": "allow", "agent_message": note})),
        Reply::Ask(reason) => ("ask", reason),
        Reply::Deny(reason) => ("deny", reason),
    };
    print(json!({"permission": permission, "user_message": reason, "agent_message": reason}))
}

fn decision(words: Words, reply: &Reply) -> Answer {
    let (word, reason) = match (reply, words.ask) {
        (Reply::Silent | Reply::Note(_), _) => {
            return words.allow.map(|allow| print(json!({"decision": allow}))).unwrap_or_default();
        }
        (Reply::Ask(reason), Some(ask)) => return print(json!({"decision": ask, "reason": reason})),
        (Reply::Ask(reason) | Reply::Deny(reason), _) => (words.deny, reason),
    };
    let answer = print(json!({"decision": word, "reason": reason}));
    if words.exits { also_exits(answer, reason) } else { answer }
}

/// How long the user has for an answer, in milliseconds.
const PATIENCE: u32 = 60_000;

/// The exit code says it as well, for a plug-in that looks at nothing else.
fn outcome(reply: &Reply, field: &str) -> Answer {
    match reply {
        Reply::Silent | Reply::Note(_) => Answer::default(),
        Reply::Ask(reason) => {
            let request = json!({
                "title": "argvet",
                "description": reason,
                "severity": "warning",
                "timeoutMs": PATIENCE,
                "timeoutBehavior": "deny",
            });
            let answer = also_exits(print(json!({"requireApproval": request})), reason);
            Answer { code: Exit::Ask.code(), ..answer }
        }
        Reply::Deny(reason) => also_exits(print(json!({"block": true, field: reason})), reason),
    }
}

/// The exit code alone is enough for who does not read the output: 0 runs, anything else does not.
fn plain(reply: &Reply) -> Answer {
    match reply {
        Reply::Silent => print(json!({"decision": "allow"})),
        Reply::Note(note) => print(json!({"decision": "allow", "note": note})),
        Reply::Ask(reason) => {
            let answer = also_exits(print(json!({"decision": "ask", "reason": reason})), reason);
            Answer { code: Exit::Ask.code(), ..answer }
        }
        Reply::Deny(reason) => also_exits(print(json!({"decision": "deny", "reason": reason})), reason),
    }
}

/// A refusal that every known dialect understands or at least does not take for consent. The fields that two
/// dialects share mean the same in both.
fn any(reply: &Reply) -> Answer {
    let Some(reason) = refusal(reply) else { return Answer::default() };
    let denied = Reply::Deny(reason.to_owned());
    let Some(Value::Object(mut output)) = nested(&denied) else { return Answer::default() };
    let more = json!({
        "permissionDecision": "deny",
        "permissionDecisionReason": reason,
        "permission": "deny",
        "user_message": reason,
        "decision": "deny",
        "reason": reason,
        "action": "block",
        "message": reason,
        "cancel": true,
        "errorMessage": reason,
        "block": true,
        "blockReason": reason,
    });
    if let Value::Object(more) = more {
        output.extend(more);
    }
    also_exits(print(Value::Object(output)), reason)
}
