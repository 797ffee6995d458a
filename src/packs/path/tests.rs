//! Which paths belong to which class, as far as can be known.
#![allow(clippy::string_slice, reason = "the paths in the tables are ASCII")]

use super::*;
use crate::packs::pattern::PathClass;
use crate::source::Span;
use crate::value::Unknown;

/// `$NAME` and `<mktemp>`, `<number>`, `<found:START>` are unknown, `*` and `?` globs, all else text.
fn value(written: &str) -> Value {
    let mut pieces = Vec::new();
    let mut rest = written;
    let unknown = |cause: Cause, may_be_empty| {
        Piece::Unknown(Unknown { cause, may_split: false, may_be_empty, origin: Span::default() })
    };
    while let Some(first) = rest.chars().next() {
        let (piece, length) = match first {
            '$' => {
                let end = rest[1..].find(|c: char| !c.is_alphanumeric()).map_or(rest.len(), |at| at + 1);
                (unknown(Cause::Variable(rest[1..end].into()), true), end)
            }
            '<' => {
                let end = rest.find('>').unwrap() + 1;
                let piece = match &rest[1..end - 1] {
                    "mktemp" => unknown(Cause::Temporary, false),
                    "number" => unknown(Cause::Number, false),
                    found => unknown(Cause::Found(vec![value(found.strip_prefix("found:").unwrap())]), false),
                };
                (piece, end)
            }
            '*' | '?' => {
                let end = rest.find(|c| !matches!(c, '*' | '?')).unwrap_or(rest.len());
                (Piece::Glob { pattern: rest[..end].into(), origin: Span::default() }, end)
            }
            _ => {
                let end = rest.find(['$', '<', '*', '?']).unwrap_or(rest.len());
                (Piece::text(&rest[..end], Span::default()), end)
            }
        };
        pieces.push(piece);
        rest = &rest[length..];
    }
    Value { pieces }
}

/// Judged in /home/me/project, which is the project.
fn belongs(path: &str, class: &str) -> Match {
    let project = b"/home/me/project".to_vec();
    let facts = Facts {
        cwd: Some(project.clone()),
        home: Some(b"/home/me".to_vec()),
        project: Some(project),
        ..Facts::default()
    };
    judged(path, class, &facts)
}

fn judged(path: &str, class: &str, facts: &Facts) -> Match {
    let class = PathClass::ALL.iter().find(|(name, _)| *name == class).unwrap().1;
    let place = Place { cwd: None, facts };
    let locations = locate(&value(path), place);
    locations.iter().map(|located| located.belongs(class, place)).fold(Match::No, Match::or)
}

#[track_caller]
fn check(class: &str, members: &[&str], possible: &[&str], others: &[&str]) {
    for (paths, expected) in [(members, Match::Certain), (possible, Match::Possible), (others, Match::No)] {
        for path in paths {
            assert_eq!(belongs(path, class), expected, "{path} in {class}");
        }
    }
}

#[test]
fn root_is_root_however_it_is_written() {
    check(
        "@root",
        &["/", "//", "/.", "/etc/..", "/*", "/.*", "../../../..", "../../../../..", "/usr/../*"],
        &["$X", "/$X", "$X/", "$X/*"],
        &["/etc", "/e*", ".", "*", "/tmp/$X", "$X/y", "/home/*"],
    );
}

#[test]
fn home_is_any_home() {
    check(
        "@home",
        &[
            "/home/me",
            "$HOME",
            "$HOME/",
            "$HOME/*",
            "/home/other",
            "/home/*",
            "/home",
            "/root",
            "/Users/x/*",
            "..",
            "/home/$X",
        ],
        &["$HOME/$X", "$X"],
        &["$HOME/x", "/home/me/project", ".", "/", "$HOME/x*"],
    );
}

#[test]
fn system_leaves_out_what_is_made_to_change() {
    check(
        "@system",
        &["/etc", "/etc/*", "/usr/bin/env", "/var/lib/x", "/etc/../usr", "/lib*/x/../../usr/x", "/dev"],
        &["/$X", "/e*", "$X", "$X/bin"],
        &["/tmp/x", "/var/tmp/x", "/var/log/x.log", "./etc/x", "$HOME/etc", "/srv/x", "/proc/self/x", "/x*"],
    );
}

#[test]
fn devices_are_those_that_hold_data() {
    check(
        "@device",
        &[
            "/dev/sda",
            "/dev/sda1",
            "/dev/nvme0n1p2",
            "/dev/mapper/vg-root",
            "/dev/vg0/root",
            "/dev/disk/by-id/x",
            "/dev/sd*",
        ],
        &["/dev/$X", "/dev/s*", "$X"],
        &["/dev/null", "/dev/stderr", "/dev/fd/3", "/dev/tty", "/dev/shm/x", "/dev/tcp/host/80", "/dev", "x"],
    );
}

#[test]
fn temporary_is_inside_only() {
    check(
        "@temp",
        &[
            "/tmp/x",
            "/tmp/x/y/*",
            "/tmp/*",
            "/var/tmp/x",
            "<mktemp>",
            "<mktemp>/x",
            "$TMPDIR/x",
            "/tmp/$X",
            "/tmp/x<number>",
        ],
        &["$X", "/t*/x"],
        &["/tmp", "/tmp/", "/tmp/..", "tmp/x", "/tmp/../etc", "<mktemp>/../../etc"],
    );
}

#[test]
fn project_and_outside_are_opposites() {
    let inside = ["x", ".", "./*", "/home/me/project", "/home/me/project/a/b", "$HOME/project/x", "x$Y", "*"];
    let outside = ["..", "../other", "/", "/etc/x", "$HOME", "/tmp/x", "/home/me/project2"];
    check("@project", &inside, &["$X", "/home/me/$X"], &outside);
    check("@outside", &outside, &["$X", "/home/me/$X"], &inside);
}

#[test]
fn the_working_directory_itself() {
    check(
        "@cwd",
        &[".", "*", "./*", "./", "/home/me/project", "x/..", "$PWD", "$PWD/*"],
        &["$X"],
        &["x", "..", "x/*", "/", "*.txt"],
    );
}

#[test]
fn repository_data() {
    check(
        "@repo-metadata",
        &[
            ".git",
            ".git/",
            "./.git/*",
            "a/.git/config",
            "/srv/app.git/HEAD",
            "$X/.git",
            ".hg",
            "<found:.>/.git",
        ],
        &["$X", ".g*"],
        &[".gitignore", ".github/x", "git", "x*", "build/$X", "<found:.>"],
    );
}

#[test]
fn credentials_and_startup_files() {
    check(
        "@credentials",
        &["$HOME/.ssh/id_ed25519", "/root/.ssh", ".env", "a/.env.local", "server.pem", "$HOME/.aws"],
        &["$X", "$X/id_rsa", "$HOME/.s*"],
        &[".env.example", "id.txt", "/tmp/x.pem", "x*", "logs/$X", "node_modules/a/test.pem"],
    );
    check(
        "@startup",
        &["$HOME/.bashrc", "/root/.profile", "/etc/cron.d/x", "/etc/profile", ".git/hooks/pre-commit"],
        &["$X", "$HOME/.bash*"],
        &["bashrc", ".bashrc", ".git/hooks/pre-commit.sample", "$HOME/bin/x"],
    );
}

#[test]
fn databases() {
    check(
        "@database",
        &["app.sqlite3", "data/*.db", "/var/lib/mysql", "/var/lib/postgresql/16/main/*"],
        &["$X", "$X.sqlite"],
        &["database.md", "/tmp/app.db", "x*", "logs/$X", "/var/lib/dpkg"],
    );
}

#[test]
fn what_can_be_made_again() {
    check(
        "@rebuildable",
        &[
            "node_modules",
            "./node_modules/",
            "packages/*/dist",
            "target/debug",
            "build/*",
            "x.pyc",
            "*.log",
            "$HOME/.cache/pip",
            "$X/node_modules",
            "/var/cache/apt/archives",
            "/srv/app/tmp/x",
            "a~",
            "<found:.>/__pycache__",
            "build/$X",
            "$HOME/.cache/*",
        ],
        &["$X", "node_*", "bu*"],
        &[
            "/tmp",
            "/tmp/*",
            "src",
            "/usr/lib/node_modules",
            "..",
            ".",
            ".git/logs",
            "target.txt",
            "dist/../src",
            "~",
        ],
    );
}

#[test]
fn facts_that_are_missing_leave_it_open() {
    let nothing = Facts::default();
    assert_eq!(judged("x", "@project", &nothing), Match::Certain, "where it starts is taken for the project");
    assert_eq!(judged("../x", "@project", &nothing), Match::Possible);
    assert_eq!(judged("/x", "@outside", &nothing), Match::Possible);
    assert_eq!(judged("..", "@home", &nothing), Match::Possible);
    assert_eq!(judged("$HOME", "@home", &nothing), Match::Certain);
    assert_eq!(judged("/home/me/x", "@home", &nothing), Match::No);
}
