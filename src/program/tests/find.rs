//! find.

use super::notation::show_effect;
use super::{check, grammar, words};

const FIND: &str = "
    find @ find
    find : -H | -L | -name <filter> | -empty | -type <type> | -mtime <n> | -delete | -newer <path> | -maxdepth <n>
    find : -exec <template-command...> ; | -execdir <template-command...> ; | -print | -o | -not
    find = [path...]
    find ! delete path when -delete recursive always unless -empty
";

#[test]
fn start_points() {
    check(FIND, "find", "find [path:.]");
    check(FIND, "find a b -print", "find {-print} [path:a path:b]");
    check(FIND, "find -L a -print", "find {-L -print} [path:a]");
    check(FIND, "find -name x", "find {-name=x} [path:.]");
    check(FIND, "find *.d -print", "find {-print} [path:*.d]");
}

#[test]
fn tests_and_their_values() {
    check(FIND, "find . -name -delete", "find {-name=-delete} [path:.]");
    check(FIND, "find . -mtime -7 -print", "find {-mtime=-7 -print} [path:.]");
    check(FIND, "find . ! ( -name a -o -name b ) -print", "find {-name=a -o -name=b -print} [path:.]");
    check(FIND, "find . -unknown x -print", "find {-unknown=x -print} [path:.]");
    check(FIND, "find -unknown x", "find {-unknown} [path:x]");
}

#[test]
fn actions() {
    check(FIND, "find /x -delete", "find {-delete} [path:/x] !delete:/x/…/**");
    check(FIND, "find -delete", "find {-delete} [path:.] !delete:./…/**");
    check(FIND, "find /x -empty -delete", "find {-empty -delete} [path:/x]");
    // The test comes too late: everything is gone.
    check(FIND, "find /x -delete -name y", "find {-delete -name=y} [path:/x] !delete:/x/…/**");
    check(
        FIND,
        "find . -exec rm -rf {} ; -print",
        "find {-exec -print} [path:.] <template-command: rm -rf {} by -exec>",
    );
    check(
        FIND,
        "find . -exec rm {} + -print",
        "find {-exec -print} [path:.] <template-command: rm {} by -exec>",
    );
    check(FIND, "find . -exec echo + {} ;", "find {-exec} [path:.] <template-command: echo + {} by -exec>");
    check(FIND, "find . -exec rm -delete", "find {-exec} [path:.] <template-command: rm -delete by -exec>");
    check(
        FIND,
        "find . -exec a ; -execdir b {} ;",
        "find {-exec -execdir} [path:.] <template-command: a by -exec> <template-command: b {} by -execdir>",
    );
}

#[test]
fn what_is_found() {
    let found = |argv: &str, expected: &str| {
        let read = crate::program::read(&words(argv), &grammar(FIND));
        let effects = read.iter().flat_map(|call| &call.effects);
        let shown: Vec<String> = effects.map(show_effect).collect();
        assert_eq!(shown.join(" "), expected, "{argv}");
    };
    found("find /x -name y -delete", "!delete:/x/…/y/**?");
    found("find a b -name y -print -delete", "!delete:a/…/y/**? !delete:b/…/y/**?");
    found("find . ( -name a -o -name b ) -delete", "!delete:./…/a/**? !delete:./…/b/**?");
    found("find . ( -type d -name a -o ( -name b ) ) -print -delete", "!delete:./…/a/**? !delete:./…/b/**?");
    found("find . -name a ( -print -o -delete )", "!delete:./…/a/**?");
    // Of these tests none has to come out true.
    found("find . -name a -o -delete", "!delete:./…/**");
    found("find . ( -name a -o -type d ) -delete", "!delete:./…/**");
    found("find . ! -name a -delete", "!delete:./…/**");
    found("find . -not ( -name a ) -delete", "!delete:./…/**");
    found("find . -name a , -delete", "!delete:./…/**");
    found("find . ! -empty -delete", "!delete:./…/**");
    found("find . -name *** -delete", "!delete:./…/**");
    found("find . ) -name a -delete", "!delete:./…/a/**?");
}

#[test]
fn unknown_words() {
    check(FIND, "find \"$d\" -delete", "find {-delete} [path:$d] !delete:$d/…/** unknown@1");
    check(FIND, "find . $x", "find [path:. path:$x] unknown@2");
    check(FIND, "find . -\"$x\"", "find {-} [path:.] unknown@2");
}
