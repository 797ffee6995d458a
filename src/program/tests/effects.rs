//! File effects, and what is in force.

use super::{check, grammar, words};
use crate::Match;
use crate::program::read;

const RM: &str = "
    rm : -r, -R, --recursive | -f, --force | -n, --dry-run
    rm = <path...>
    rm ! delete path unless --dry-run recursive --recursive
";
const CP: &str = "
    cp : -t, --target-directory <path:target> | -r, --recursive | -n, --no-clobber
    cp = <path:source...> <path:target>
    cp ! read source
    cp ! write target unless --no-clobber
";
const RSYNC: &str = "
    rsync @ plain
    rsync : -a, --archive | --delete | -n, --dry-run | -e, --rsh <script>
    rsync = <path...>
    rsync ! delete path when --delete unless --dry-run last recursive always
";

#[test]
fn when_and_unless() {
    check(RM, "rm -rf a b", "rm {--recursive --force} [path:a path:b] !delete:a/** !delete:b/**");
    check(RM, "rm a", "rm [path:a] !delete:a");
    check(RM, "rm -n a", "rm {--dry-run} [path:a]");
    check(RM, "rm -n --no-dry-run a", "rm {--dry-run !--dry-run} [path:a] !delete:a");
    check(RM, "rm \"$x\"", "rm [path:$x] !delete:$x unknown@1");
}

#[test]
fn last_operands() {
    check(RSYNC, "rsync -a --delete a/ b/", "rsync {--archive --delete} [path:a/ path:b/] !delete:b//**");
    check(RSYNC, "rsync -a a b", "rsync {--archive} [path:a path:b]");
    check(RSYNC, "rsync --delete a", "rsync {--delete} [path:a]");
    check(RSYNC, "rsync -an --delete a b", "rsync {--archive --dry-run --delete} [path:a path:b]");
    // `n` is the remote shell.
    check(
        RSYNC,
        "rsync -aen --delete a b",
        "rsync {--archive --rsh=n --delete} [path:a path:b] <script: n by --rsh> !delete:b/**",
    );
}

#[test]
fn options_that_name_the_target() {
    check(CP, "cp a b", "cp [source:a target:b] !read:a !write:b");
    check(CP, "cp a b c", "cp [source:a source:b target:c] !read:a !read:b !write:c");
    check(CP, "cp -t d a b", "cp {--target-directory=d} [source:a source:b] !read:a !read:b !write:d");
    check(CP, "cp a", "cp [source:a] !read:a");
    let ln = "ln : -f, --force\n ln = <path:source...> [path:target]\n ln ! write target when --force";
    check(ln, "ln -f a b", "ln {--force} [source:a target:b] !write:b");
    check(ln, "ln -f a", "ln {--force} [source:a]");
    check("dd @ dd\n dd : of=<path>\n dd ! write of=", "dd of=x", "dd {of==x} !write:x");
    check(
        "tee : -a, --append\n tee = [path...]\n tee ! append path when --append\n tee ! write path unless --append",
        "tee -a x",
        "tee {--append} [path:x] !append:x",
    );
}

#[test]
fn possible_flags_make_possible_effects() {
    check(
        "s @ cobra\n s : --force\n s = <path>\n s ! delete path when --force recursive --force",
        "s --force=\"$x\" a",
        "s {--force=$x?} [path:a] !delete:a/**??",
    );
}

#[test]
fn the_last_of_an_option_and_its_negation_is_in_force() {
    let in_force = |argv: &str, name: &str| {
        let calls =
            read(&words(argv), &grammar("git @ git\n git push : -f, --force | --no-verify | -v, --verify"));
        calls.first().map(|call| call.flag(name))
    };
    let yes = Some(Match::Certain);
    let no = Some(Match::No);
    assert_eq!(in_force("git push --force", "--force"), yes);
    assert_eq!(in_force("git push --force --no-force", "--force"), no);
    assert_eq!(in_force("git push --no-force -f", "--force"), yes);
    assert_eq!(in_force("git push", "--force"), no);
    assert_eq!(in_force("git push --no-verify", "--no-verify"), yes);
    assert_eq!(in_force("git push --no-verify --verify", "--no-verify"), no);
    assert_eq!(in_force("git push --verify --no-verify", "--verify"), no);
}
