//! Claude Code, event `PreToolUse`.
//!
//! A decision counts only inside `hookSpecificOutput`, with the event's name next to it, as the only thing on
//! standard output; anything else is ignored and the command runs. Asking works in every permission mode;
//! without a terminal (`claude -p`) the host turns it into a denial and the model gets the reason.

use super::host::{Host, Reply};
use serde_json::json;

const EVENT: &str = "PreToolUse";

pub(super) const HOST: Host = Host {
    name: "claude-code",
    event: ("/hook_event_name", EVENT),
    tool: "/tool_name",
    command: "/tool_input/command",
    cwd: "/cwd",
    shells: &["Bash", "Monitor"],
    foreign_shells: &[("PowerShell", "PowerShell")],
    reply,
};

fn reply(reply: &Reply) -> String {
    let (decision, reason) = match reply {
        Reply::Silent => return String::new(),
        Reply::Note(note) => {
            let output = json!({"hookSpecificOutput": {"hookEventName": EVENT, "additionalContext": note}});
            return output.to_string();
        }
        Reply::Ask(reason) => ("ask", reason),
        Reply::Deny(reason) => ("deny", reason),
    };
    let output = json!({"hookSpecificOutput": {
        "hookEventName": EVENT,
        "permissionDecision": decision,
        "permissionDecisionReason": reason,
    }});
    output.to_string()
}
