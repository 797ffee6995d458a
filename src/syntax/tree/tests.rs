//! Which check fires on which text, which text none fires on, and what the tree shows.

use super::{TreeReading, read};
use crate::source::SourceMap;
use crate::syntax::{ReadOptions, dump};

fn tree(source: &str) -> TreeReading {
    read(source.as_bytes(), &SourceMap::identity(), ReadOptions::default())
}

/// Texts of which the parser's clean tree says something else than bash, by the check that notices.
const FIRES: &[(&str, &[&str])] = &[
    (
        "gap-bytes",
        &[
            "wipe\u{b}-f here",
            "wipe here\r",
            "\u{feff}wipe here",
            "echo one \\ \nwipe here",
            "wipe here \\  there",
            "wipe \"$dir\"\\ there",
            "a=b\u{c} wipe here",
        ],
    ),
    (
        "gap-continuation-joins-tokens",
        &["wi\\\npe here", "wipe -r\\\nf here", "name\\\n=value wipe here", "wipe \"a\",\\\n\"b\""],
    ),
    ("gap-in-token", &["$ wipe here", "cat <<END\n$ $(wipe here)\nEND"]),
    (
        "newline-inside-command",
        &[
            "cat f | sort | uniq\nwipe here && ls",
            "echo ==\nwipe here",
            "one=1 two=2\nwipe here",
            "echo a \\\r\nwipe here",
        ],
    ),
    (
        "adjacent-words",
        &[
            "ls\n\\wipe here",
            "wipe $one/$two/three",
            "wipe \"$dir\"\\/there",
            "wipe under/`where`/there",
            "list --from=<(wipe here)",
            "find . -exec wipe {}\\;",
            "echo $\"text\" ; wipe here",
            "unset name[1]",
            "show > $one-$two.txt",
        ],
    ),
    ("leaf-control", &["ls\n\\wipe here", "cat <<'END'\n\\END\nEND\nwipe here"]),
    (
        "leaf-expansion",
        &["echo ${name#$(wipe here)}", "echo \"${name:-`wipe here`}\"", "echo ${name//a/`wipe here`}"],
    ),
    ("leaf-meta", &["wipe { } here"]),
    ("ansi-c-string-end", &["echo $'\\\\' ; wipe here ; #'"]),
    ("comment-start", &["echo a\\\n#b; wipe here", "echo a\u{b}#b; wipe here"]),
    ("comment-in-backquote", &["echo `wipe here # ` there`"]),
    ("reserved-word-in-word", &["!$wipe here", "{}"]),
    ("arithmetic-as-command", &["if !((wipe)); then here; fi", "cat <<END\n$((1 + $(wipe here)))\nEND"]),
    ("backquote-nesting", &["echo `one` `wipe here`", "echo `echo \\`wipe here\\``"]),
    (
        "bracket-operators",
        &[
            "[ a || wipe -f here ]",
            "[ a | wipe -f here ]",
            "[ a && wipe -f here ]",
            "[ a & wipe -f here ]",
            "[ a < b ]",
            "[ -z \"$x\" ||\nwipe -f here ]",
        ],
    ),
    (
        "reserved-word-as-command",
        &[
            "! { wipe here; }",
            "time { wipe here; }",
            "! ! wipe here",
            "coproc { wipe here; }",
            "time if a; then wipe here; fi",
        ],
    ),
    (
        "heredoc-delimiter",
        &[
            "cat <<E\"N\"D\na\nEND\nwipe here\nE\"N\"D",
            "cat <<E\\ND\n$(wipe here)\nEND",
            "cat <<END;ls\na\nEND\nwipe here\nEND;ls",
        ],
    ),
    (
        "heredoc-end",
        &[
            "cat <<END\nEND \nEND\nwipe here",
            "cat <<-END\n  END\nwipe here\nEND",
            "cat <<END\n END\nEND\nwipe here",
        ],
    ),
    ("heredoc-backquote", &["cat <<END\n`wipe here`\nEND"]),
    ("heredoc-continuation", &["cat <<END\na\\\nEND\nwipe here\nEND"]),
    ("raw-string-in-dquotes", &["echo \"${name:-'$(wipe here)'}\""]),
    ("varfd", &["cat {fd}<<END\na\nEND\nwipe here", "wipe {fd}>out"]),
    ("adjacent-fd", &["cat 0<<<a here", "cat 0<in here"]),
    ("file-descriptor", &["wipe -2>out here"]),
    ("assignment-name", &["1a=b wipe here"]),
    ("error", &["wipe here; )", "cat <<END; wipe here\na\nEND"]),
];

#[test]
fn every_check_fires_where_it_should() {
    let mut wrong = Vec::new();
    for (check, sources) in FIRES {
        for source in *sources {
            let fired: Vec<&str> = tree(source).distrust.iter().map(|distrust| distrust.check).collect();
            if !fired.contains(check) {
                wrong.push(format!("{source:?}: expected {check}, fired {fired:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn nesting_beyond_the_limit_is_distrusted() {
    let deep = format!("{}a{}", "{ ".repeat(200), "; }".repeat(200));
    let fired: Vec<&str> = tree(&deep).distrust.iter().map(|distrust| distrust.check).collect();
    assert_eq!(fired, ["too-deep"]);
}

#[test]
fn no_check_fires_on_everyday_commands() {
    for source in [
        "git commit -m 'a; b' && git push --force",
        "for f in *.txt; do mv \"$f\" \"${f%.txt}.md\"; done",
        "cat <<'END' > out\n$(not run)\nEND\nls",
        "cat <<END\n$name ${other:-x}\nEND",
        "find . -name '*.o' -exec rm {} \\;",
        "if [ -f a ] && [[ -n $b ]]; then echo yes; else echo no; fi",
        "x=$(date +%s); echo \"$((x + 1))\" 2>&1 | tee -a log",
        "docker run --rm -v \"$PWD\":/src -e A=1 image sh -c 'make; make test'",
        "case $1 in start|stop) run \"$1\" ;; *) usage ;; esac",
        "f() { local x=1; echo \"$x\" >> log; }; f",
        "echo `date`",
        "make -j8 \\\n  all",
    ] {
        let reading = tree(source);
        assert!(reading.distrust.is_empty(), "{source:?}: {:?}", reading.distrust);
        assert!(reading.errors.is_empty(), "{source:?}: {:?}", reading.errors);
    }
}

#[test]
fn the_tree_is_lowered_to_the_same_ast() {
    let mut wrong = Vec::new();
    for (source, expected) in [
        ("a 'b c' \"d $e\" \\f", "simple a single(b c) double(d\\x20 ${e}) escaped(f)\n"),
        ("a && b || c | d", "simple a\n&& simple b\n|| simple c\n| simple d\n"),
        ("time a", "time simple a\n"),
        ("a | time b", "simple a\n| simple time b\n"),
        ("a >f b 2>g c", "simple a b c redirect(> f) redirect(2> g)\n"),
        ("a <<< b c", "simple a c redirect(<<< b)\n"),
        ("cat <<END | wc\nx $y\nEND", "simple cat redirect(<< END: [x\\x20 ${y} \\n])\n| simple wc\n"),
        ("cat <<END || b | c\nx\nEND", "simple cat redirect(<< END: x\\n)\n|| simple b\n| simple c\n"),
        ("[ -f \"$a b\" ]", "simple [ -f double(${a} \\x20b) ]\n"),
        ("echo \"$a  $b\" c$\"d\"", "simple echo double(${a} \\x20\\x20 ${b}) [c double(d)]\n"),
        ("cat <<END\n\n  a\nEND", "simple cat redirect(<< END: \\n\\x20\\x20a\\n)\n"),
        ("a b$$ ${c#$d} \"e$ f\"", "simple a [b ${$}] ${c # ${d}} double(e$\\x20f)\n"),
        ("a[\"k\"]=1", "simple assign(a[double(k)]=1)\n"),
        ("echo $10", "simple echo [${1} 0]\n"),
        ("export A=b C", "simple export A=b C\n"),
        ("a=(x 'y z' [3]=w)", "simple assign(a=(x single(y z) [3]=w))\n"),
        (
            "echo ${a:-b} ${#c} ${!d} ${e/f/g}",
            "simple echo ${a default or-empty b} ${c length} ${!d} ${e replace-first f by g}\n",
        ),
    ] {
        let shown = dump(&tree(source).list);
        if shown != expected {
            wrong.push(format!("{source:?}: {shown:?}, expected {expected:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn commands_inside_a_broken_text_are_still_found() {
    for source in [
        "ls ) ; wipe here",
        "if wipe here; then",
        "echo $(wipe here",
        "{ wipe here; ",
        "cat <<END; wipe here\na\nEND",
    ] {
        let shown = dump(&tree(source).list);
        assert!(shown.contains("wipe here"), "{source:?}: {shown}");
    }
}
