//! The hosts that argvet speaks to, one file for each family. A payload is recognised in the order of [`HOSTS`], so
//! those with fields that nobody else has stand first.

mod amp;
mod augment;
mod claude_code;
mod cline;
mod codex;
mod cognition;
mod copilot;
mod crush;
mod cursor;
mod droid;
mod google;
mod goose;
mod grok;
mod hermes;
mod kimi;
mod kiro;
mod openclaw;
mod opencode;
mod pi;
mod plain;
mod qwen;

use super::host::Host;

/// Every host.
pub(crate) const HOSTS: &[&Host] = &[
    &cursor::CURSOR,
    &cognition::WINDSURF,
    &google::ANTIGRAVITY,
    &grok::GROK,
    &copilot::VSCODE,
    &cline::CLINE,
    &google::GEMINI,
    &kimi::KIMI,
    &hermes::HERMES,
    &codex::CODEX,
    &augment::AUGMENT,
    &opencode::OPENCODE,
    &opencode::KILO,
    &pi::PI,
    &openclaw::OPENCLAW,
    &amp::AMP,
    &goose::GOOSE,
    &crush::CRUSH,
    &droid::DROID,
    &qwen::QWEN,
    &kiro::KIRO,
    &claude_code::CLAUDE_CODE,
    &copilot::COPILOT,
    &cognition::DEVIN,
    &plain::PLAIN,
];

/// The host with this name.
pub(crate) fn named(name: &str) -> Option<&'static Host> {
    HOSTS.iter().copied().find(|host| host.name == name)
}

#[cfg(test)]
mod tests {
    use super::super::mark::recognise;
    use super::*;

    #[test]
    fn a_payload_is_recognised_as_its_own_or_as_nobodys() {
        for host in HOSTS {
            for protocol in host.protocols {
                let payload = serde_json::from_str(&protocol.payload("ls")).unwrap();
                let recognised = recognise(&payload).map(|(recognised, _)| recognised.name);
                assert_eq!(recognised, (!protocol.marks.is_empty()).then_some(host.name), "{payload}");
            }
        }
    }

    #[test]
    fn names_are_unique() {
        for host in HOSTS {
            assert_eq!(HOSTS.iter().filter(|other| other.name == host.name).count(), 1, "{}", host.name);
        }
    }
}
