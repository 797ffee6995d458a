//! Layers: what replaces what, and what no layer can do.

use super::*;

const DIRECTORY: &str = "/home/me/work/app";

fn layer(authority: Authority, text: &str) -> Layer {
    let of_project = authority == Authority::TightenOnly;
    let settings = Settings::parse(text, "test.toml", of_project).unwrap();
    let root = of_project.then(|| PathBuf::from(DIRECTORY));
    Layer { name: format!("{authority:?}"), authority, root, settings }
}

fn effective(layers: &[(Authority, &str)]) -> Effective {
    let layers: Vec<Layer> = layers.iter().map(|(authority, text)| layer(*authority, text)).collect();
    let occasion =
        Occasion { host: Some("cursor"), cwd: Some(Path::new(DIRECTORY)), home: Some(Path::new("/home/me")) };
    Effective::of(&layers, occasion)
}

fn gaps(layers: &[(Authority, &str)]) -> (Decision, String) {
    let effective = effective(layers);
    let (decision, from) = effective.gaps.over(Decision::Ask);
    (decision, from.to_owned())
}

#[test]
fn a_later_layer_replaces_an_earlier_one() {
    use Authority::{Floor, Full, TightenOnly};
    assert_eq!(gaps(&[]), (Decision::Ask, "built-in".to_owned()));
    assert_eq!(gaps(&[(Full, "gaps = 'allow'")]).0, Decision::Allow);
    assert_eq!(gaps(&[(Full, "gaps = 'deny'"), (Full, "gaps = 'allow'")]).0, Decision::Allow);
    // Not so what the system says.
    assert_eq!(
        gaps(&[(Floor, "gaps = 'deny'"), (Full, "gaps = 'allow'")]),
        (Decision::Deny, "Floor".to_owned())
    );
    assert_eq!(
        gaps(&[(Floor, "gaps = 'ask'"), (Full, "gaps = 'deny'")]),
        (Decision::Deny, "Full".to_owned())
    );
    // What is not trusted only makes it stricter.
    assert_eq!(gaps(&[(TightenOnly, "gaps = 'allow'")]).0, Decision::Ask);
    assert_eq!(gaps(&[(TightenOnly, "gaps = 'deny'")]).0, Decision::Deny);
    assert_eq!(gaps(&[(TightenOnly, "gaps = 'deny'"), (Full, "gaps = 'allow'")]).0, Decision::Deny);
}

#[test]
fn a_special_section_counts_for_more_than_a_general_one() {
    let full = Authority::Full;
    assert_eq!(gaps(&[(full, "gaps = 'deny'\nhosts.cursor.gaps = 'allow'")]).0, Decision::Allow);
    assert_eq!(gaps(&[(full, "gaps = 'deny'\nhosts.codex.gaps = 'allow'")]).0, Decision::Deny);
    assert_eq!(gaps(&[(full, "directories.'~/work'.gaps = 'deny'")]).0, Decision::Deny);
    assert_eq!(gaps(&[(full, "directories.'~/wor'.gaps = 'deny'")]).0, Decision::Ask);
    let nearer = "directories.'~/work/app'.gaps = 'allow'\ndirectories.'~'.gaps = 'deny'";
    assert_eq!(gaps(&[(full, nearer)]).0, Decision::Allow);
    let both =
        "directories.'~/work'.hosts.cursor.gaps = 'deny'\ndirectories.'~/work'.hosts.codex.gaps = 'allow'";
    assert_eq!(
        gaps(&[(full, both)]),
        (Decision::Deny, "Full [directories.\"~/work\"] [hosts.cursor]".to_owned())
    );
    assert_eq!(gaps(&[(Authority::TightenOnly, "directories.'.'.gaps = 'deny'")]).0, Decision::Deny);
}

#[test]
fn a_setting_of_a_file_counts_for_more_than_its_preset() {
    assert_eq!(gaps(&[(Authority::Full, "preset = 'strict'\ngaps = 'allow'")]).0, Decision::Allow);
    assert_eq!(
        gaps(&[(Authority::Full, "gaps = 'allow'"), (Authority::Full, "preset = 'strict'")]).0,
        Decision::Deny
    );
}

#[test]
fn packs_are_switched_by_who_may() {
    use Authority::{Floor, Full, TightenOnly};
    let is_on = |layers: &[(Authority, &str)]| effective(layers).packs.get("a.b").map(|switch| switch.on);
    assert_eq!(is_on(&[(Full, "packs = ['-a.b']")]), Some(false));
    assert_eq!(is_on(&[(Full, "packs = ['-a.b']"), (Full, "packs = ['a.b']")]), Some(true));
    assert_eq!(is_on(&[(TightenOnly, "packs = ['-a.b']")]), None);
    assert_eq!(is_on(&[(Full, "packs = ['a.b']"), (TightenOnly, "packs = ['-a.b']")]), Some(true));
    assert_eq!(is_on(&[(Floor, "packs = ['a.b']"), (Full, "packs = ['-a.b']")]), Some(true));

    let off =
        |layers: &[(Authority, &str)]| effective(layers).selection().off.into_iter().collect::<Vec<_>>();
    assert_eq!(off(&[(Full, "packs = ['all', '-a.b', '-c']")]), ["a.b", "c"]);
    assert_eq!(off(&[(Full, "packs = ['-a.b']"), (Full, "packs = ['all', '-c']")]), ["c"]);
    assert_eq!(off(&[(Full, "packs = ['all']"), (Full, "packs = ['-c']")]), ["c"]);
    assert_eq!(off(&[(Floor, "packs = ['all']"), (Full, "packs = ['-a.b', '-c']")]), [""; 0]);
    assert_eq!(off(&[(Floor, "packs = ['a']"), (Full, "packs = ['-a.b', '-c.d']")]), ["c.d"]);
}

#[test]
fn a_rule_is_decided_about_as_stated() {
    let decide = |layers: &[(Authority, &str)], certainty| {
        effective(layers).decide("core.git/push-force", Severity::High, certainty)
    };
    let rule = |decision: &str| format!("rules.'core.git/push-force'.decision = '{decision}'");
    let (full, tighten) = (Authority::Full, Authority::TightenOnly);
    assert_eq!(decide(&[(full, &rule("allow"))], Match::Certain), Decision::Allow);
    assert_eq!(decide(&[(full, &rule("ask"))], Match::Certain), Decision::Ask);
    assert_eq!(decide(&[(full, &rule("deny"))], Match::Possible), Decision::Ask);
    assert_eq!(
        decide(&[(full, "preset = 'strict'"), (full, &rule("deny"))], Match::Possible),
        Decision::Deny
    );
    assert_eq!(decide(&[(tighten, &rule("allow"))], Match::Certain), Decision::Deny);
    assert_eq!(decide(&[(full, &rule("allow")), (tighten, &rule("ask"))], Match::Certain), Decision::Ask);
    let low = "rules.'core.git/push-force'.severity = 'low'";
    assert_eq!(effective(&[(full, low)]).severity("core.git/push-force", Severity::High), Severity::Low);
    assert_eq!(effective(&[(tighten, low)]).severity("core.git/push-force", Severity::High), Severity::High);
}

#[test]
fn what_makes_milder_is_not_taken_from_whom_nobody_trusts() {
    let text = "scratch = ['x/y']\ntrusted-producers = ['evil']\nknown-commands = ['evil']\nprotected = ['x']\naudit.enabled = false";
    let untrusted = effective(&[(Authority::TightenOnly, text)]);
    assert!(untrusted.scratch.is_empty() && untrusted.trusted_producers.is_empty());
    assert!(untrusted.known_commands.is_empty());
    assert_eq!(untrusted.protected.len(), 1);
    assert!(untrusted.audit.over(true).0);
}
