//! The facts about all hosts as a table for people: docs/hosts.md holds it, and a test holds docs/hosts.md to it.

use super::host::{Ask, Failure, Host};
use super::hosts::HOSTS;

/// The hosts in Markdown, in alphabetical order.
pub fn table() -> String {
    let mut hosts = HOSTS.to_vec();
    hosts.sort_by_key(|host| host.name);
    let mut text = "| host | `--host` | can ask | argvet crashes | is too slow | says nonsense | gives up after | known from |\n\
                    |---|---|---|---|---|---|---|---|\n"
        .to_owned();
    for host in hosts {
        text += &row(host);
    }
    text
}

fn row(host: &Host) -> String {
    let ask = match host.protocols.first().map(|protocol| protocol.ask) {
        Some(Ask::Works) => "yes".to_owned(),
        Some(Ask::Denied(why)) => format!("no: {why}"),
        None => String::new(),
    };
    let silent = if host.allow_skips_prompt { " ¹" } else { "" };
    let [crash, late, garbage] = [host.on_crash, host.on_timeout, host.on_garbage].map(word);
    let timeout = host.timeout.map_or("?".to_owned(), |seconds| format!("{seconds} s"));
    format!(
        "| {}{silent} | `{}` | {ask} | {crash} | {late} | {garbage} | {timeout} | {} |\n",
        host.title, host.name, host.evidence
    )
}

fn word(failure: Failure) -> &'static str {
    match failure {
        Failure::Runs => "**runs**",
        Failure::Blocked => "blocked",
        Failure::BlockedIfConfigured => "blocked ²",
        Failure::Asks => "asks",
        Failure::Unknown => "?",
    }
}
