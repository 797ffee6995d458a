//! The variables that configure argvet. They can only make it stricter: a repository's settings, or an agent that starts
//! another one, may set them.

use crate::{Authority, Layer, Settings};
use toml::Value;

/// Each variable with the setting that it stands for.
const VARIABLES: [(&str, &str); 4] = [
    ("ARGVET_PRESET", "preset"),
    ("ARGVET_PACKS", "packs"),
    ("ARGVET_GAPS", "gaps"),
    ("ARGVET_UNKNOWN_COMMANDS", "unknown-commands"),
];

/// A layer for each variable that is set. One that makes no sense is a problem, and counts for nothing.
pub(super) fn layers(problems: &mut Vec<String>) -> Vec<Layer> {
    let set = VARIABLES.iter().filter_map(|(name, setting)| {
        let value = std::env::var(name).ok().filter(|value| !value.is_empty())?;
        Some((*name, *setting, value))
    });
    let mut layers = Vec::new();
    for (name, setting, value) in set {
        match parse(setting, &value, name) {
            Ok(settings) => layers.push(Layer {
                name: name.to_owned(),
                authority: Authority::TightenOnly,
                root: None,
                settings,
            }),
            Err(problem) => problems.push(problem),
        }
    }
    layers
}

/// One setting, written as on a command line: lists with commas.
pub(super) fn parse(setting: &str, value: &str, from: &str) -> Result<Settings, String> {
    let value = match setting {
        "packs" => {
            let names = value.split(',').map(str::trim).filter(|name| !name.is_empty());
            Value::Array(names.map(|name| Value::String(name.to_owned())).collect())
        }
        _ => Value::String(value.to_owned()),
    };
    Settings::parse(&format!("{setting} = {value}"), from, false)
        .map_err(|error| format!("{from}: {}", error.message))
}
