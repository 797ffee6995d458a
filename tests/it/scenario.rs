//! One scenario for each pack from end to end, in `corpus/hook/`: the payload of Claude Code goes in, its reply comes
//! out. A command of the pack gets the reply that the file names; its disguises are stopped by the same rule, and where
//! the command is only mentioned, the hook is silent.

use crate::program::with_environment;
use argvet::Catalog;
use argvet::frontend::hook;
use serde::Deserialize;
use std::collections::BTreeSet;
use std::path::PathBuf;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Scenario {
    /// The rule that stops the command.
    rule: String,
    /// `deny` or `ask`.
    reply: String,
    command: String,
    /// The same command, written so that it cannot be seen at once.
    disguises: Vec<String>,
    /// Commands with the same words that do not run it.
    mentions: Vec<String>,
}

/// What Claude Code is told: the decision and the reason; nothing if the command may run.
fn reply(command: &str, pack: &str, is_default: bool) -> Option<(String, String)> {
    let payload = serde_json::json!({
        "session_id": "c45f4e22-9ad4-40bb-af56-a0c4a5e4be43",
        "cwd": "/home/dev/app",
        "hook_event_name": "PreToolUse",
        "tool_name": "Bash",
        "tool_input": { "command": command },
    });
    let payload = payload.to_string();
    let stdout = if is_default {
        hook::exchange(Some("claude-code"), payload.as_bytes()).0.stdout
    } else {
        let arguments = ["hook", "--host", "claude-code"];
        with_environment(&arguments, payload.as_bytes(), &[("ARGVET_PACKS", pack)]).stdout
    };
    if stdout.is_empty() {
        return None;
    }
    let reply: serde_json::Value = serde_json::from_str(&stdout).unwrap();
    let field = |name: &str| reply["hookSpecificOutput"][name].as_str().unwrap().to_owned();
    Some((field("permissionDecision"), field("permissionDecisionReason")))
}

/// What is wrong with a scenario.
fn problems(scenario: &Scenario, pack: &str, is_default: bool) -> Vec<String> {
    let mut problems = Vec::new();
    let Scenario { rule, reply: expected, command, disguises, mentions } = scenario;
    if !rule.starts_with(&format!("{pack}/")) || disguises.len() < 3 || mentions.len() < 2 {
        problems.push("expected a rule of the pack, three disguises and two mentions".to_owned());
    }
    let stops = |command: &str| {
        let said = reply(command, pack, is_default);
        said.filter(|(_, reason)| reason.contains(rule.as_str())).map(|(decision, _)| decision)
    };
    let found = stops(command);
    if found.as_ref() != Some(expected) {
        problems.push(format!("{found:?} instead of {expected}: {command}"));
    }
    problems.extend(
        disguises.iter().filter(|text| stops(text).is_none()).map(|text| format!("not stopped: {text}")),
    );
    for text in mentions {
        if let Some((decision, reason)) = reply(text, pack, is_default) {
            problems.push(format!("{decision}, though it is a mention: {text}\n    {reason}"));
        }
    }
    problems
}

#[test]
fn every_pack_has_a_scenario_that_comes_out_as_it_says() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("corpus/hook");
    let mut wrong = Vec::new();
    let mut seen = BTreeSet::new();
    for pack in Catalog::builtin().packs() {
        let file = folder.join(format!("{}.toml", pack.id));
        let Ok(text) = std::fs::read_to_string(&file) else {
            wrong.push(format!("{}: no corpus/hook/{}.toml", pack.id, pack.id));
            continue;
        };
        let scenario: Scenario =
            toml::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        wrong.extend(
            problems(&scenario, &pack.id, pack.default)
                .into_iter()
                .map(|what| format!("{}: {what}", pack.id)),
        );
        seen.insert(file);
    }
    let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    wrong.extend(
        files.filter(|file| !seen.contains(file)).map(|file| format!("{}: of no pack", file.display())),
    );
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
