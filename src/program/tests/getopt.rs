//! GNU and POSIX `getopt`.

use super::check;

const RM: &str = "
    rm : -f, --force | -i | -I | --interactive[=<when>] | -r, -R, --recursive | -d, --dir | -v, --verbose
    rm : --one-file-system | --no-preserve-root | --preserve-root[=<all>]
    rm = <path...>
";
const CURL: &str = "
    curl @ plain
    curl : -s, --silent | -S, --show-error | -f, --fail | -L, --location | -X, --request <method> | -#, --progress-bar
    curl : -H, --header <header> | -d, --data <data> | -o, --output <path> | -G, --get | --url <url>
    curl = <url...>
";
const SED: &str = "
    sed : -n, --quiet | -i[<suffix>], --in-place[=<suffix>] | -e, --expression <code:sed> | -E | -s, --separate
    sed : -f, --file <code-file:sed:program>
    sed = <code:sed:program> [path...]
";
const SYSTEMCTL: &str = "
    systemctl : --now | -H, --host <host> | --user | -t, --type <type>
    systemctl stop = <unit...>
";
const POSIX: &str = "
    run @ posix
    run : -a | -b, --bee <value> | --color[=<when>]
";

#[test]
fn permutation_and_terminator() {
    check(RM, "rm dir -rf", "rm {--recursive --force} [path:dir]");
    check(RM, "rm -- -rf", "rm [path:-rf]");
    check(RM, "rm -r -- -f --", "rm {--recursive} [path:-f path:--]");
    check(RM, "rm -", "rm [path:-]");
    check(RM, "rm a '' -f", "rm {--force} [path:a path:]");
    check(RM, "rm *", "rm [path:*]");
}

#[test]
fn long_names() {
    check(RM, "rm --rec --for x", "rm {--recursive --force} [path:x]");
    check(RM, "rm --r --f x", "rm {--recursive --force} [path:x]");
    check(RM, "rm -R x", "rm {--recursive} [path:x]");
    check(RM, "rm --no-preserve-root /", "rm {--no-preserve-root} [path:/]");
    check(RM, "rm --interactive=never x", "rm {--interactive=never} [path:x]");
    check(RM, "rm --interactive never", "rm {--interactive} [path:never]");
    check(RM, "rm --inter=never x", "rm {--interactive=never} [path:x]");
    check(RM, "rm --preserve-root --no-preserve-root", "rm {--preserve-root --no-preserve-root}");
}

#[test]
fn values_in_the_same_word_or_the_next() {
    check(
        CURL,
        "curl -sSfLXDELETE u",
        "curl {--silent --show-error --fail --location --request=DELETE} [url:u]",
    );
    check(CURL, "curl -XDELETE u", "curl {--request=DELETE} [url:u]");
    check(CURL, "curl -sX DELETE u", "curl {--silent --request=DELETE} [url:u]");
    check(CURL, "curl u --request DELETE", "curl {--request=DELETE} [url:u]");
    check(CURL, "curl -#fX PUT u", "curl {--progress-bar --fail --request=PUT} [url:u]");
    check(CURL, "curl -H -X u", "curl {--header=-X} [url:u]");
    check(CURL, "curl -X", "curl {--request}");
    check(CURL, "curl -d '' u", "curl {--data=} [url:u]");
    check(CURL, "curl -H 'a: b' -- -u", "curl {--header=a: b} [url:-u]");
    // No abbreviations in this style.
    check(CURL, "curl --req DELETE", "curl {--req} [url:DELETE] ? / curl {--req=DELETE} ?");
}

#[test]
fn optional_values() {
    check(SED, "sed -i s/a/b/ f", "sed {--in-place} [program:s/a/b/ path:f] <code(sed): s/a/b/>");
    check(SED, "sed -i.bak x f", "sed {--in-place=.bak} [program:x path:f] <code(sed): x>");
    check(SED, "sed -ni x f", "sed {--quiet --in-place} [program:x path:f] <code(sed): x>");
    check(SED, "sed -in x f", "sed {--in-place=n} [program:x path:f] <code(sed): x>");
    check(SED, "sed --in-place=.bak x f", "sed {--in-place=.bak} [program:x path:f] <code(sed): x>");
    let sudo = "sudo : -E, --preserve-env[=<list>] | -u, --user <user> | -H\n sudo = <command...>";
    check(sudo, "sudo -EHu x id", "sudo {--preserve-env -H --user=x} <command: id>");
    check(sudo, "sudo --preserve-env=A id", "sudo {--preserve-env=A} <command: id>");
}

#[test]
fn options_that_displace_an_operand() {
    check(SED, "sed -e x f", "sed {--expression=x} [path:f] <code(sed): x by --expression>");
    check(SED, "sed -f prog f", "sed {--file=prog} [path:f] <code-file(sed): prog by --file>");
}

#[test]
fn numbers_are_no_clusters() {
    let head = "head : -n, --lines <n> | -c, --bytes <n> | -q, --quiet\n head = [path...]";
    check(head, "head -20 f", "head {-20} [path:f]");
    check(head, "head -n20 f", "head {--lines=20} [path:f]");
    check(head, "head -n -5 f", "head {--lines=-5} [path:f]");
}

#[test]
fn outer_options_of_a_program_that_reads_all_at_once() {
    check(SYSTEMCTL, "systemctl stop x --now", "systemctl stop {--now} [unit:x]");
    check(SYSTEMCTL, "systemctl --now stop x", "systemctl stop {--now} [unit:x]");
    check(SYSTEMCTL, "systemctl -H root@h stop x", "systemctl stop {--host=root@h} [unit:x]");
    check(SYSTEMCTL, "systemctl -- stop x", "systemctl stop [unit:x]");
    check(SYSTEMCTL, "systemctl status x --now", "systemctl {--now} [status x]");
}

#[test]
fn options_end_at_the_first_operand() {
    check(POSIX, "run -a x -b y", "run {-a} [x -b y]");
    check(POSIX, "run -ab y x", "run {-a --bee=y} [x]");
    check(POSIX, "run --b=1 x", "run {--bee=1} [x]");
    check(POSIX, "run --color always", "run {--color} [always]");
    check(POSIX, "run -- -a", "run [-a]");
}

#[test]
fn options_that_are_a_single_dash() {
    let su = "su : -, -l, --login | -c, --command <script>\n su = [user] [argument...]";
    check(su, "su - root -c 'rm x'", "su {--login --command=rm x} [user:root] <script: rm x by --command>");
    check(su, "su root", "su [user:root]");
}
