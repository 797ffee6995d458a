//! What is refused, and how that is said.

use super::*;

fn error(text: &str) -> String {
    Settings::parse(text, "config.toml", false).unwrap_err().to_string()
}

#[test]
fn the_whole_of_it_can_be_written() {
    let text = r#"
        preset = "strict"
        packs = ["database", "-core.git"]
        gaps = "ask"
        unknown-commands = "allow"
        known-commands = ["mytool"]
        protected = ["~/prod", "*.tfstate", "/srv/data/**", "/srv/x/"]
        scratch = ["~/scratch", "/data/tmp", "**/generated"]
        trusted-producers = ["mytool shellenv"]
        audit = { enabled = false, megabytes = 5 }
        [rules."core.git/push-force"]
        decision = "ask"
        severity = "medium"
        [hosts.cursor]
        preset = "quiet"
        [directories."~/work".rules."core.git/push-force"]
        decision = "deny"
    "#;
    let settings = Settings::parse(text, "config.toml", false).unwrap();
    assert_eq!(settings.names().len(), 5);
}

#[test]
fn a_mistake_is_named_with_its_line_and_what_was_meant() {
    let message = error("packs = []\npreste = 'strict'");
    assert!(
        message.starts_with("config.toml:2: unknown field `preste`, expected one of `preset`"),
        "{message}"
    );
    assert!(message.ends_with("did you mean preset?)"), "{message}");
    assert!(error("preset = 'stric'").ends_with("did you mean strict?)"), "{}", error("preset = 'stric'"));
    assert!(error("[rules.'a/b']\n\ndecison = 'deny'").starts_with("config.toml:3:"));
    assert!(error("gaps = 'maybe'").contains("expected one of `allow`, `ask`, `deny`"));
    assert!(error("gaps = ").starts_with("config.toml:1:"));
}

#[test]
fn paths_that_cannot_be_meant_are_refused() {
    assert!(error("protected = ['some/where']").contains("starts with /, ~/ or **/"));
    assert!(error("protected = ['@home']").contains("expected a path"));
    for wide in ["/", "~", "/etc", "*", "**", "~/..", "~/*"] {
        assert!(Settings::parse(&format!("scratch = ['{wide}']"), "c", false).is_err(), "{wide}");
    }
    assert!(error("directories.work.gaps = 'deny'").contains("starts with / or ~/"));
    assert!(error("trusted-producers = ['/bin/x env']").contains("name of a program"));
    // A project's paths may be relative to it.
    assert!(Settings::parse("protected = ['some/where']\ndirectories.sub.gaps = 'deny'", "c", true).is_ok());
}
