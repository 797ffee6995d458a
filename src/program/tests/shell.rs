//! Bourne shells.

use super::check;

const SH: &str = "
    sh @ shell
    sh : -c <script> | -s | -e | -u | -x | -l, --login | -i | -o <option> | -O <option> | --norc
    sh : --rcfile, --init-file <script-file>
    sh = [script-file] [argument...]
    sh < script
";

#[test]
fn command_strings() {
    check(SH, "sh -c 'rm x'", "sh {-c=rm x} <script: rm x by -c>");
    check(SH, "sh -lc 'rm x'", "sh {--login -c=rm x} <script: rm x by -c>");
    // `l` is no script.
    check(SH, "sh -cl 'rm x'", "sh {-c=rm x --login} <script: rm x by -c>");
    check(SH, "sh -c -e 'rm x'", "sh {-c=rm x -e} <script: rm x by -c>");
    check(SH, "sh -c -- 'rm x'", "sh {-c=rm x} <script: rm x by -c>");
    check(
        SH,
        "sh -euo pipefail -c 'rm $1' name a b",
        "sh {-e -u -o=pipefail -c=rm $1} [argument:name argument:a argument:b] <script: rm $1; name a b by -c>",
    );
    check(SH, "sh -oc pipefail x", "sh {-o=pipefail -c=x} <script: x by -c>");
    check(SH, "sh -c x -e", "sh {-c=x} [argument:-e] <script: x; -e by -c>");
    check(SH, "sh -c", "sh {-c} stdin:script");
    check(SH, "sh -c \"$x\"", "sh {-c=$x} <script: $x by -c>");
}

#[test]
fn script_files() {
    check(SH, "sh x.sh -c y", "sh [script-file:x.sh argument:-c argument:y] <script-file: x.sh; -c y>");
    check(SH, "sh -x x.sh", "sh {-x} [script-file:x.sh] <script-file: x.sh>");
    check(SH, "sh -- x.sh", "sh [script-file:x.sh] <script-file: x.sh>");
    check(
        SH,
        "sh --rcfile rc x.sh",
        "sh {--rcfile=rc} [script-file:x.sh] <script-file: rc by --rcfile> <script-file: x.sh>",
    );
    check(SH, "sh --norc -x x.sh", "sh {--norc -x} [script-file:x.sh] <script-file: x.sh>");
    check(SH, "sh -norc x.sh", "sh {--norc} [script-file:x.sh] <script-file: x.sh>");
    check(SH, "sh +e x.sh", "sh {!-e} [script-file:x.sh] <script-file: x.sh>");
}

#[test]
fn standard_input() {
    check(SH, "sh", "sh stdin:script");
    check(SH, "sh -", "sh stdin:script");
    check(SH, "sh -x", "sh {-x} stdin:script");
    check(SH, "sh -s a b", "sh {-s} [argument:a argument:b] stdin:script");
    check(SH, "sh /dev/stdin", "sh [script-file:/dev/stdin] stdin:script");
}

#[test]
fn unknown_words() {
    check(SH, "sh $x", "sh [script-file:$x] <script-file: $x> unknown@1");
    check(SH, "sh -$x -c y", "sh {-c=y} <script: y by -c> unknown@1");
}
