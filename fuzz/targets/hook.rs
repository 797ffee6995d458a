//! Whatever a host sends, the reply is one that it understands; and no payload around a destructive command makes
//! the reply milder than a denial.
#![no_main]

use argvet::frontend::hook;
use argvet::{Decision, Facts, Policy, check};
use libfuzzer_sys::fuzz_target;
use serde_json::{Value, json};

const HOST: &str = "claude-code";

fuzz_target!(|bytes: &[u8]| {
    let reply = hook::reply(HOST, bytes).expect("the host is known");
    decision(&reply);

    let command = String::from_utf8_lossy(bytes);
    let payload =
        json!({"tool_name": "Bash", "tool_input": {"command": command}, "hook_event_name": "PreToolUse"});
    let reply = hook::reply(HOST, payload.to_string().as_bytes()).expect("the host is known");
    let facts = Facts { arguments: Some(Vec::new()), ..Facts::default() };
    if check(command.as_bytes(), &Policy::default(), &facts).decision == Decision::Deny {
        assert_eq!(decision(&reply).as_deref(), Some("deny"), "{reply}");
    }
});

/// The decision of a reply, after checking its form.
fn decision(reply: &str) -> Option<String> {
    if reply.is_empty() {
        return None;
    }
    let reply: Value = serde_json::from_str(reply).expect("a JSON object");
    let output = reply["hookSpecificOutput"].as_object().expect("the host's own object");
    assert_eq!(output["hookEventName"], "PreToolUse");
    let decision = output.get("permissionDecision")?.as_str().expect("a text");
    assert!(["ask", "deny"].contains(&decision));
    assert!(!output["permissionDecisionReason"].as_str().expect("a text").is_empty());
    Some(decision.to_owned())
}
