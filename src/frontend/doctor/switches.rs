//! What keeps a host from asking its hooks at all: its own settings, and its version.

use crate::frontend::install::json;
use crate::frontend::install::location::{display, expand, on_path, read};
use crate::frontend::install::setup::{Needs, Off, Setup, Switch};
use serde_json::Value;
use std::process::{Command, Stdio};

/// Largest file with settings that is looked at.
const MAX_SIZE: u64 = 16 << 20;

/// What is wrong with a host's settings and its version.
pub(super) fn problems(setup: &Setup) -> Vec<String> {
    let settings = setup.switches.iter().filter_map(setting);
    let version = setup.needs.and_then(|needs| version(setup, needs));
    settings.chain(version).collect()
}

fn setting(switch: &Switch) -> Option<String> {
    let path = expand(switch.file)?;
    let text = read(&path, MAX_SIZE);
    let parse = |text: String| match path.extension().is_some_and(|extension| extension == "toml") {
        true => toml::from_str::<Value>(&text).ok(),
        false => json::read(&text).ok(),
    };
    let settings = text.ok().and_then(parse).unwrap_or_default();
    let value = switch.key.iter().try_fold(&settings, |value, key| value.get(key));
    let (path, key) = (display(&path), switch.key.join("."));
    match (switch.off, value) {
        (Off::Is(off), Some(Value::Bool(value))) if *value == off => {
            Some(format!("{path}: `{key}` is {off}, so no hook is asked; remove it"))
        }
        (Off::Lists(name), Some(Value::Array(items))) if items.iter().any(|item| item == name) => {
            Some(format!("{path}: `{key}` lists {name}; remove it there"))
        }
        (Off::ListsOthers(name), Some(Value::Array(items))) if items.iter().all(|item| item != name) => {
            Some(format!("{path}: `{key}` lists others and not {name}; add it there"))
        }
        (Off::Missing, None) => {
            Some(format!("{path}: has no `{key}`, so no hook has been approved; approve it in the host"))
        }
        _ => None,
    }
}

/// Whether the host on `PATH` is too old. One that does not tell its version is taken to be new enough.
fn version(setup: &Setup, needs: Needs) -> Option<String> {
    let program = setup.programs.iter().find_map(|program| on_path(program))?;
    let output = Command::new(&program).arg("--version").stdin(Stdio::null()).output().ok()?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let found = numbers(&text)?;
    let dotted = |version: [u32; 3]| version.map(|number| number.to_string()).join(".");
    (found < needs.least).then(|| {
        format!("{} is version {}; {} {}", display(&program), dotted(found), needs.why, dotted(needs.least))
    })
}

/// The first `1.2.3` of a text.
fn numbers(text: &str) -> Option<[u32; 3]> {
    let is_part = |c: char| c.is_ascii_digit() || c == '.';
    text.split(|c| !is_part(c)).find_map(|word| {
        let mut parts = word.split('.').map(str::parse);
        let mut next = || parts.next()?.ok();
        Some([next()?, next()?, next()?])
    })
}

#[cfg(test)]
mod tests {
    use super::numbers;

    #[test]
    fn a_version_is_found_in_what_programs_print() {
        assert_eq!(numbers("2.1.330 (Claude Code)"), Some([2, 1, 330]));
        assert_eq!(numbers("codex-cli 0.169.0\n"), Some([0, 169, 0]));
        assert_eq!(numbers("v3. x"), None);
    }
}
