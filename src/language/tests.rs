//! Texts and the calls in them, written as the argv that `trace` makes of them.

use super::{Surroundings, calls};
use crate::source::Span;
use crate::value::Value;

/// The calls of a text, each as `name --option word`, what is unknown as [`Value::display`] shows it.
#[track_caller]
fn check(language: &str, text: &str, expected: &[&str]) {
    let arguments = [Value::text("first", Span::default())];
    let stdin = Value::text("input", Span::default());
    let surroundings = Surroundings { arguments: &arguments, stdin: Some(&stdin) };
    let reading = calls(language, text.as_bytes(), surroundings).unwrap();
    assert!(!reading.is_cut, "{text}");
    let shown: Vec<String> = reading
        .calls
        .iter()
        .map(|call| {
            let parts = call.options.iter().chain(&call.words).map(Value::display);
            std::iter::once(call.name.clone()).chain(parts).collect::<Vec<_>>().join(" ")
        })
        .collect();
    let missing: Vec<&&str> =
        expected.iter().filter(|call| !shown.iter().any(|shown| shown == **call)).collect();
    assert!(missing.is_empty(), "{text}\nmissing {missing:?}\nfound {shown:?}");
}

#[test]
fn imported_names_are_resolved() {
    check("python", "import os as o\no.system('x')", &["os.system x"]);
    check("python", "from os import system as s\ns('x')", &["os.system x"]);
    check("python", "__import__('os').system('x')", &["os.system x"]);
    check("python", "import os\nf = os.system\nf('x')", &["os.system x"]);
    check("python", "import os\ngetattr(os, 'sys' + 'tem')('x')", &["os.system x"]);
    check("javascript", "require('node:fs').rmSync('x')", &["fs.rmSync x"]);
    check("javascript", "const {rm: r} = require('fs/promises'); r('x')", &["fs.promises.rm x"]);
    check("javascript", "import {exec as e} from 'child_process'; e('x')", &["child_process.exec x"]);
    check("javascript", "import fs from 'fs'; fs['rmSync']('x')", &["fs.rmSync x"]);
    check("lua", "local o = require('os'); o.remove('x')", &["os.remove x"]);
}

#[test]
fn constants_are_put_together() {
    check("python", "d = '/a' '/b'\nf('-' + d + f'{d}/c')", &["f -/a/b/a/b/c"]);
    check("python", "f('rm %s %d' % ('a', 3))\nf('rm {} {x}'.format('a', 'b'))", &["f rm a 3", "f rm a b"]);
    check("python", "f(' '.join(['rm', 'x']))\nf(r'a\\d')\nf('\\x72m\\n')", &["f rm x", "f a\\d", "f rm\n"]);
    check("python", "f(chr(114) + chr(109))", &["f rm"]);
    check("javascript", "let d = '/a'; f(`rm ${d}/b`, \"\\u0072m\")", &["f rm /a/b rm"]);
    check("javascript", "f(String.fromCharCode(114, 109))", &["f rm"]);
    check("ruby", "d = '/a'\nf \"rm #{d}\", 'b' + d", &["f rm /a b/a"]);
    check("php", "$d = '/a'; f(\"rm $d\" . '/b');", &["f rm /a/b"]);
    check("lua", "local d = '/a'; f('rm ' .. d)", &["f rm /a"]);
}

#[test]
fn what_is_not_constant_is_unknown() {
    check("python", "f('a,b'.split(','), 'xax'.strip('x'))", &["f $text.split() $text.strip()"]);
    check("python", "f(x)\nf(g(1))", &["f $x", "f $g()"]);
    check("python", "d = 'a'\nif y:\n    d = 'b'\nf(d)", &["f …"]);
    check("python", "def g(d):\n    f(d)", &["f …"]);
    check("python", "import os\nf(os.environ['HOME'])", &["f $HOME"]);
    check("python", "import sys\nf(sys.argv[1], sys.stdin.read())", &["f first input"]);
    check("ruby", "f(ARGV[0])", &["f first"]);
}

#[test]
fn options_and_lists_are_spread() {
    check(
        "python",
        "run(['rm', '-r', x], check=True, cwd='/a', shell=False)",
        &["run --check --cwd=/a rm -r $x"],
    );
    check("javascript", "rm('x', {recursive: true, force: false, n: 3})", &["rm --recursive --n=3 x"]);
    check("javascript", "new Deno.Command('rm', {args: ['-r']})", &["Deno.Command rm -r"]);
    check(
        "python",
        "open('x', 'w')\nopen('x', mode='ab')\nopen('x', 'rb')",
        &["open --write x w", "open --append --mode=ab x", "open --read x rb"],
    );
    check("python", "from pathlib import Path\n(Path('/a') / 'b').unlink()", &["pathlib.Path().unlink /a/b"]);
    check("ruby", "rm('x', verbose: true)", &["rm --verbose x"]);
}

#[test]
fn loops_over_lists_are_followed() {
    check("python", "for d in ['a', 'b']:\n    f(d)", &["f a", "f b"]);
    check("python", "[f(d) for d in ('a', 'b')]", &["f a", "f b"]);
    check("javascript", "for (const d of ['a', 'b']) f(d)", &["f a", "f b"]);
    check("javascript", "['a', 'b'].forEach(d => f(d))", &["f a", "f b"]);
    check("ruby", "%w[a b].each { |d| f d }\n['c'].each do |d|\n f d\nend", &["f a", "f b", "f c"]);
    check("php", "foreach (['a', 'b'] as $d) { f($d); }", &["f a", "f b"]);
}

#[test]
fn backquotes_are_a_call() {
    check("ruby", "`rm #{'x'}`", &["` rm x"]);
    check("php", "`rm x`;", &["` rm x"]);
    check("javascript", "await $`rm x`", &["$ rm x"]);
}

#[test]
fn cost_is_bounded() {
    for language in ["python", "javascript", "ruby", "php", "lua"] {
        for unit in ["(", "[", "{", "a.", "f(", "'", "\"", "x=", "+", "for a in [1,2]:\n ", "#{", "\\"] {
            let text = unit.repeat(20_000 / unit.len());
            let _ = calls(language, text.as_bytes(), Surroundings::default());
        }
        assert!(calls(language, &vec![b'a'; 300 * 1024], Surroundings::default()).unwrap().is_cut);
        let _ = calls(language, b"f('\xff\xfe')", Surroundings::default());
    }
    assert!(calls("cobol", b"", Surroundings::default()).is_none());
}
