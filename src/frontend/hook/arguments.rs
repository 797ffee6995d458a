//! The arguments of `argvet hook`. They are read by hand: building the command line's grammar costs more than judging.

use super::host::Host;
use super::{host_names, hosts};
use crate::frontend::policy::Flag;
use std::ffi::OsString;

/// The settings that `argvet hook` takes as options, as `argvet analyze` does.
const SETTINGS: &[&str] = &["packs", "preset"];

/// What the arguments say.
#[derive(Clone, Default, Debug)]
pub(super) struct Arguments {
    /// `--host NAME`
    pub(super) host: Option<&'static Host>,
    /// `--packs LIST`, `--preset NAME`
    pub(super) flags: Vec<Flag>,
}

impl Arguments {
    /// Reads `--option VALUE` and `--option=VALUE`; of several with one name the last counts.
    ///
    /// # Errors
    ///
    /// A sentence about an argument that is not known.
    pub(super) fn parse(arguments: &[OsString]) -> Result<Arguments, String> {
        let mut parsed = Arguments::default();
        let mut words = arguments.iter().map(|word| word.to_str().unwrap_or("\u{fffd}"));
        while let Some(word) = words.next() {
            let option = word.strip_prefix("--").ok_or_else(|| format!("unknown argument: {word}"))?;
            let (name, value) = match option.split_once('=') {
                Some((name, value)) => (name, Some(value)),
                None => (option, None),
            };
            let setting = SETTINGS.iter().find(|setting| **setting == name);
            if name != "host" && setting.is_none() {
                return Err(format!("unknown argument: {word}"));
            }
            let value = value.or_else(|| words.next()).ok_or_else(|| format!("--{name} needs a value"))?;
            match setting {
                Some(setting) => parsed.flags.push((setting, value.to_owned())),
                None => parsed.host = Some(named(value)?),
            }
        }
        Ok(parsed)
    }
}

fn named(name: &str) -> Result<&'static Host, String> {
    let known = || host_names().collect::<Vec<_>>().join(", ");
    hosts::named(name).ok_or_else(|| format!("no host is named {name}; known: {}", known()))
}

#[cfg(test)]
mod tests {
    use super::Arguments;

    #[track_caller]
    fn check(line: &str, expected: &str) {
        let words: Vec<_> = line.split_whitespace().map(Into::into).collect();
        let parsed = match Arguments::parse(&words) {
            Ok(Arguments { host, flags }) => format!("{:?} {flags:?}", host.map(|host| host.name)),
            Err(problem) => problem,
        };
        assert_eq!(parsed, expected, "{line}");
    }

    #[test]
    fn options_take_values_in_both_ways() {
        check("", "None []");
        check("--host codex", "Some(\"codex\") []");
        check("--packs=all --host=codex", "Some(\"codex\") [(\"packs\", \"all\")]");
        check(
            "--packs all,-dns --preset strict",
            "None [(\"packs\", \"all,-dns\"), (\"preset\", \"strict\")]",
        );
    }

    #[test]
    fn what_is_not_known_is_said() {
        check("--verbose", "unknown argument: --verbose");
        check("codex", "unknown argument: codex");
        check("--packs", "--packs needs a value");
        check("-p all", "unknown argument: -p");
    }
}
