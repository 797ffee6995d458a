//! Requests and their parts against patterns with holes.

use super::*;

fn hole() -> Atom {
    Atom::Hole { slash: true, empty: true }
}

fn text(text: &str) -> Atom {
    Atom::Text(text.into())
}

#[test]
fn known_text_fits_or_does_not() {
    for (pattern, fitting, not) in [
        ("a*c", "a/b/c", "a/b"),
        ("?", "a", "ab"),
        ("*.rs", "x.rs", "x.rst"),
        ("", "", "a"),
        ("a\\*", "a*", "ab"),
    ] {
        assert_eq!(Glob::text(pattern).fits(&[text(fitting)]), Match::Certain, "{pattern} {fitting}");
        assert_eq!(Glob::text(pattern).fits(&[text(not)]), Match::No, "{pattern} {not}");
    }
}

#[test]
fn the_beginning_of_a_pattern_decides_as_the_whole_does() {
    for pattern in ["", "a", "ab", "a*", "*a", "a?", "a\\*", "a*b", "a/**"] {
        for known in ["", "a", "ab", "a*", "b", "ba", "a/b", "aab"] {
            for glob in [Glob::text(pattern), Glob::path(pattern)] {
                let fits = glob.fits(&[text(known)]);
                let plainly = fits_plainly(pattern, known.as_bytes());
                assert!(plainly.is_none_or(|plainly| plainly == fits), "{pattern} {known}");
                let open = glob.fits(&[text(known), hole()]);
                assert!(may_fit(pattern, &[text(known), hole()]) || open == Match::No, "{pattern} {known}…");
            }
        }
    }
}

#[test]
fn the_end_of_a_path_pattern_decides_as_the_whole_does() {
    let parts = ["", "a", "/", "*", "b/", "/a", "/*", "/**", "**/", "?", "/b", "/\\*"];
    let known = ["", "a", "/", "/a", "b", "/b", "a/", "/a/b", "/a/", "/*", "x/b/a", "//"];
    for (first, last) in parts.iter().flat_map(|first| parts.iter().map(move |last| (first, last))) {
        let pattern = format!("{first}{last}");
        for end in known {
            for atoms in [vec![text(end)], vec![hole(), text(end)]] {
                let fits = Glob::path(&pattern).fits(&atoms);
                assert!(may_end(&pattern, &atoms) || fits == Match::No, "{pattern} {atoms:?}");
            }
        }
    }
}

#[test]
fn a_star_in_a_path_does_not_cross_a_slash() {
    for (pattern, fitting, not) in [
        ("/etc/*", "/etc/passwd", "/etc/ssh/config"),
        ("/etc/**", "/etc/ssh/config", "/etc"),
        ("**/.git", "./a/.git", "./a.git"),
        ("**/.git", ".git", "x.git"),
        ("~/a/**/b", "~/a/b", "~/ab"),
        ("~/a/**/b", "~/a/x/y/b", "~/a/xb"),
    ] {
        assert_eq!(Glob::path(pattern).fits(&[text(fitting)]), Match::Certain, "{pattern} {fitting}");
        assert_eq!(Glob::path(pattern).fits(&[text(not)]), Match::No, "{pattern} {not}");
    }
}

#[test]
fn an_unknown_part_leaves_it_open_unless_its_surroundings_decide() {
    let fits = |pattern: &str, atoms: &[Atom]| Glob::path(pattern).fits(atoms);
    assert_eq!(fits("/etc/**", &[text("/etc/"), hole()]), Match::Certain);
    assert_eq!(fits("/etc/**", &[hole()]), Match::Possible);
    assert_eq!(fits("/etc/**", &[text("/usr/"), hole()]), Match::No);
    assert_eq!(fits("*.log", &[hole(), text(".log")]), Match::Possible);
    assert_eq!(fits("**/*.log", &[hole(), text(".txt")]), Match::No);
    assert_eq!(Glob::text("*").fits(&[hole()]), Match::Certain);
    assert_eq!(fits("/tmp/x*", &[text("/tmp/x"), Atom::Hole { slash: false, empty: true }]), Match::Certain);
}

#[test]
fn a_glob_stands_for_names_but_not_for_suffixes() {
    let fits = |pattern: &str, atoms: &[Atom]| Glob::path(pattern).fits(atoms);
    assert_eq!(fits("/etc", &[text("/e"), Atom::Name { all: true, slash: false }]), Match::Possible);
    assert_eq!(
        fits("/etc/**", &[text("/"), Atom::Name { all: true, slash: false }, text("/x")]),
        Match::Possible
    );
    assert_eq!(fits("**/*.db", &[text("./foo"), Atom::Name { all: true, slash: false }]), Match::No);
    assert_eq!(fits("**/*.db", &[text("./foo.d"), Atom::Name { all: true, slash: false }]), Match::Possible);
    assert_eq!(fits("**/*.db", &[text("./foo."), Atom::Name { all: true, slash: false }]), Match::No);
    assert_eq!(fits("**/.git", &[text("./.g"), Atom::Name { all: true, slash: false }]), Match::Possible);
    assert_eq!(fits("**/.git", &[text("./x/"), Atom::Name { all: true, slash: false }]), Match::No);
    assert_eq!(
        fits("**/*.db", &[text("./"), Atom::Name { all: true, slash: false }, text(".db")]),
        Match::Certain
    );
    assert_eq!(fits("/etc", &[text("/"), Atom::Name { all: true, slash: false }, text("s")]), Match::No);
    assert_eq!(
        fits("**/?*.rej", &[text("./"), Atom::Name { all: true, slash: false }, text(".rej")]),
        Match::Certain
    );
    assert_eq!(fits("**/?*~", &[text("~")]), Match::No);
}

#[test]
fn a_path_from_nowhere_is_suspected_for_what_is_seen_of_it() {
    let fits = |pattern: &str, atoms: &[Atom]| Glob::path(pattern).fits_visibly(atoms);
    for (pattern, end, expected) in [
        ("/etc/ssh/**", "/dist", Match::No),
        ("/etc/ssh/**", "/ssh/x", Match::Possible),
        ("/etc/*", "/passwd", Match::No),
        ("/etc/passwd", "/passwd", Match::Possible),
        ("**/*.tfstate", "/x.tfstate", Match::Certain),
        ("~/.config/**", "/", Match::Possible),
        ("**", "/src", Match::Certain),
    ] {
        assert_eq!(fits(pattern, &[hole(), text(end)]), expected, "{pattern} …{end}");
    }
    assert_eq!(fits("/etc/ssh/**", &[hole()]), Match::Possible);
    assert_eq!(fits("/etc/ssh/**", &[text("/etc/"), hole(), text("x")]), Match::Possible);
}
