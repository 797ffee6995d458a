//! Texts and the calls in them, written as the argv that `trace` makes of them.

use super::{Surroundings, calls};
use crate::source::Span;
use crate::value::Value;

/// The calls of a text that has an argument, each as `name --option word`, what is unknown as [`Value::display`] shows it.
#[track_caller]
fn check(language: &str, text: &str, expected: &[&str]) {
    check_with(language, text, &["first"], expected);
}

#[track_caller]
fn check_with(language: &str, text: &str, arguments: &[&str], expected: &[&str]) {
    let arguments: Vec<Value> = arguments.iter().map(|word| Value::text(*word, Span::default())).collect();
    let stdin = Value::text("input", Span::default());
    let surroundings = Surroundings { arguments: &arguments, stdin: Some(&stdin), ..Surroundings::default() };
    let reading = calls(language, text.as_bytes(), surroundings);
    assert!(!reading.is_cut, "{text}");
    let shown: Vec<String> = reading
        .calls
        .iter()
        .map(|call| {
            let mode =
                call.mode.filter(|_| call.name == "open").map(|mode| Value::text(mode, Span::default()));
            let parts = mode.iter().chain(&call.options).chain(&call.words).map(Value::display);
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
    check(
        "javascript",
        "import {exec as e} from 'child_process'; e('x')",
        &["child_process.exec --input=… x"],
    );
    check("javascript", "import fs from 'fs'; fs['rmSync']('x')", &["fs.rmSync x"]);
    check("lua", "local o = require('os'); o.remove('x')", &["os.remove x"]);
}

#[test]
fn constants_are_put_together() {
    check("python", "d = '/a' '/b'\nf('-' + d + f'{d}/c')", &["f -/a/b/a/b/c"]);
    check("python", "f('rm %s %d' % ('a', 3))\nf('rm {} {x}'.format('a', x='b'))", &["f rm a 3", "f rm a b"]);
    check("python", "f(' '.join(['rm', 'x']))\nf(r'a\\d')\nf('\\x72m\\n')", &["f rm x", "f a\\d", "f rm\n"]);
    check("python", "f(chr(114) + chr(109))", &["f rm"]);
    check("lua", "f(('r%s {}'):format('m'))", &["f rm {}"]);
    check("ruby", "f('r{}'.format('m'))", &["f $text.format()"]);
    check("javascript", "let d = '/a'; f(`rm ${d}/b`, \"\\u0072m\")", &["f rm /a/b rm"]);
    check("javascript", "f(String.fromCharCode(114, 109))", &["f rm"]);
    check("ruby", "d = '/a'\nf \"rm #{d}\", 'b' + d", &["f rm /a b/a"]);
    check("php", "$d = '/a'; f(\"rm $d\" . '/b');", &["f rm /a/b"]);
    check("lua", "local d = '/a'; f('rm ' .. d)", &["f rm /a"]);
}

#[test]
fn what_is_not_constant_is_unknown() {
    check("python", "f('a,b'.zfill(5), 'xax'.center(9))", &["f $text.zfill() $text.center()"]);
    check("python", "f(x)\nf(g(1))", &["f $x", "f $g()"]);
    check("python", "d = 'a'\nif y:\n    d = 'b'\nf(d)", &["f …"]);
    check("python", "def g(d):\n    f(d)\nh(g)", &["f …"]);
    check("python", "def g(d, n):\n    f(d)\n    g(d, n)\ng('a', 1)", &["f a", "f …"]);
    check("python", "f('argvetUnknown0Text'.lower())", &["f $text.lower()"]);
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
fn what_is_changed_in_place_is_followed() {
    check("python", "c = 'a'\nc += ' b'\nl = ['a']\nl.append('b')\nl += ['c']\nf(c, l)", &["f a b a b c"]);
    check(
        "javascript",
        "let c = 'a'; c += ' b'; const l = ['a']; l.push('b', 'c'); f(c, l)",
        &["f a b a b c"],
    );
    check("ruby", "c = 'a'\nc += ' b'\nf(c)", &["f a b"]);
    check("php", "$c = 'a'; $c .= ' b'; f($c);", &["f a b"]);
    check("python", "l = ['a']\nl.insert(0, x)\nf(l)", &["f …"]);
}

#[test]
fn functions_that_are_computed_are_resolved_or_unknown() {
    check("python", "t = {'a': os.system}\nt['a']('x')\nglobals()['s']('y')", &["os.system x", "s y"]);
    check("python", "t[g(1)]('x')\ngetattr(os, n)('y')", &[" x", " y"]);
    check("javascript", "import('fs').then(f => f.rmSync('x'))", &["fs.rmSync x"]);
    check(
        "javascript",
        "const m = require('m'); m.connect().then(c => c.channel()).then(h => h.drop('q'))",
        &["m.connect().channel().drop q"],
    );
    check(
        "javascript",
        "require('child_' + 'process').exec('x'); globalThis['eval']('y')",
        &["child_process.exec --input=… x", "eval y"],
    );
}

#[test]
fn what_is_picked_out_of_an_object_is_a_member() {
    check("python", "import m\nm.Client('h')['a']['b'].drop()", &["m.Client().a.b.drop h"]);
    check(
        "python",
        "import m\nd = m.Client('h').a\nfor n in d.names():\n    d[n].drop()",
        &["m.Client().a.*.drop h"],
    );
    check("javascript", "new (require('m').Client)('h').all[n].drop('x')", &["m.Client().all.*.drop h x"]);
    check("python", "import m\nfor x in m.Client().list():\n    x.delete()", &["m.Client().list().*.delete"]);
    check("python", "import m\n[x.delete() for x in m.Client().list()]", &["m.Client().list().*.delete"]);
    check("javascript", "require('m').list().forEach(x => x.delete())", &["m.list().*.delete"]);
}

#[test]
fn an_object_without_fields_is_an_option() {
    check("javascript", "f({})\ng({ a: 1 })\nh('x', {})", &["f --{}", "g --a=1", "h --{} x"]);
    check("python", "import m\nm.Client().a.delete({})", &["m.Client().a.delete --{}"]);
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
fn functions_of_the_text_are_followed() {
    check(
        "python",
        "def g(a, b='c', *d, **e):\n    f(a, b, d)\ng('a')\ng('a', 'b', 'x', 'y')",
        &["f a c", "f a b x y"],
    );
    check("python", "def g(a):\n    return a + 'b'\nf(g('a'), g('c'))", &["f ab cb"]);
    check("python", "x = 'a'\ndef g():\n    global x\n    x = 'b'\ng()\nf(x)", &["f b"]);
    check("python", "x = 'a'\ndef g():\n    x = 'b'\ng()\nf(x)", &["f a"]);
    check(
        "python",
        "class A:\n    def __init__(self, a):\n        self.a = a\n    def g(self):\n        f(self.a)\nA('x').g()",
        &["f x"],
    );
    check("python", "map(f, ['a', 'b'])\nt(target=f, args=('c', 'd'))", &["f a", "f b", "f c d"]);
    check("javascript", "const g = (a, {b}) => f(a, b); g('x', {b: 'y'}); h(g)", &["f x y", "f --... … …"]);
    check("javascript", "let x = 'a'; function g() { x = 'b' } g(); f(x)", &["f b"]);
    check("javascript", "g('a'); function g(a) { f(a) } [1].map(a => f(a))", &["f a", "f 1"]);
    check("ruby", "def g(a, *b) = f(a, *b)\ng 'x', 'y'\nh = ->(a) { f a }\nh.('z')", &["f x y", "f z"]);
    check("php", "function g($a) { f($a); } g('x'); $h = fn($a) => f($a); $h('y');", &["f x", "f y"]);
    check("lua", "local function g(a) f(a) end g('x')", &["f x"]);
    check(
        "perl",
        "sub g { my ($a, $b) = @_; f($b) } g('x', 'y'); sub h { f(shift, shift) } h('z', 'w')",
        &["f y", "f z w"],
    );
}

#[test]
fn text_is_computed() {
    check("python", "f('abc'[::-1], 'abcd'[1:3], 'xax'.replace('x', 'b'))", &["f cba bc bab"]);
    check("python", "f(''.join(chr(c + 1) for c in [96, 97]), ''.join(map(chr, [99])))", &["f ab c"]);
    check(
        "javascript",
        "f('xax'.replace('x', 'b'), 'xax'.replace(/x/g, 'b'), [...'ab'].reverse().join(''))",
        &["f $text.replace() bab ba"],
    );
    check("ruby", "f('abc'[1..2], 'a-b'.tr('a-b', 'b-c'), [97, 98].map(&:chr).join)", &["f bc b-c ab"]);
    check(
        "perl",
        "$x = 'aa'; $x =~ s/a/b/; $y = 'aa' =~ s/a/b/gr; f($x, $y); $x =~ s/(.)/c/; f($x)",
        &["f ba bb", "f ca"],
    );
    check("lua", "f(('abc'):sub(2), string.rep('a', 2), ('a.b'):gsub('.', 'x'))", &["f bc aa $text.gsub()"]);
    check(
        "awk",
        "BEGIN { s = \"a\"; sub(/a/, \"b\", s); f = 1; system(s) system(toupper(\"c\") substr(\"xd\", 2)) }",
        &["system …", "system Cd"],
    );
}

#[test]
fn paths_of_the_standard_libraries_are_known() {
    check("python", "import os\nf(os.path.dirname('/a/b'), os.path.basename('/a/b'))", &["f /a b"]);
    check("python", "from pathlib import Path\nf(Path('a') / 'b', Path('/a/b').parent)", &["f a/b /a"]);
    check(
        "python",
        "import os\nfor d, _, n in os.walk('/x'):\n    for m in n: f(os.path.join(d, m))",
        &["f /x/*"],
    );
    check(
        "python",
        "import os\nfor n in os.listdir('.'):\n    if n.endswith('.o'):\n        f(n)",
        &["f *.o"],
    );
    check("ruby", "Dir['a/*'].each { |x| f x }", &["f a/*"]);
}

#[test]
fn words_of_perl_need_no_parentheses() {
    check("perl", "system 'a b', qw(c d)", &["system a b c d"]);
    check("perl", "my ($x, @y) = ('a', 'b', 'c'); f($x, @y)", &["f a b c"]);
    check("perl", "$x = 'a'; $x .= 'b'; f \"$x ${x}c @{['d']}\"", &["f ab abc d"]);
    check("perl", "my %h = (k => 'a'); f($h{k}, $ENV{HOME})", &["f a $HOME"]);
    check("perl", "f(join(' ', 'a', 'b') . '-' x 3)", &["f a b---"]);
    check("perl", "f(q( a), qq{b }, q(), \" \")", &["f  a b    "]);
    check("perl", r"f('a\'b', 'c\\d', 'e\x41', q(f\)g), q{h\'i})", &[r"f a'b c\d e\x41 f)g h\'i"]);
    check(
        "perl",
        r#"f("a\"b\x41\\x41", 'c'); my $x = '\x41'; f("$x\x42")"#,
        &[r#"f a"bA\x41 c"#, r"f \x41B"],
    );
    check("perl", "f(shift); sub g { f(shift) }", &["f first", "f …"]);
    check("perl", "f(<<A, <<'B');\nx\nA\n$y\nB\n", &["f x\n $y\n"]);
    check("perl", "my @l = ('a'); push @l, 'b'; f(@l)", &["f a b"]);
    check("perl", "exec { 'a' } 'b', 'c'", &["exec a c"]);
    check("perl", "Path::Tiny->new('x')->remove_tree", &["Path::Tiny.new().remove_tree x"]);
}

#[test]
fn what_perl_executes_without_a_call() {
    check("perl", "eval 'x'; eval { g('y') }; do 'f.pl'", &["eval x", "g y", "do f.pl"]);
    check("perl", "s/a/g($1)/e; s/b/c/", &["eval g($1)"]);
    check("perl", "/(?{ g() })x(??{ h() })/", &["eval  g() ", "eval  h() "]);
    check("perl", "unlink for 'a', 'b'; map { rmdir } 'c'", &["unlink a", "unlink b"]);
    check(
        "perl",
        "open F, '| a b'; open F, 'c |'; open F, '-|', 'd', 'e'",
        &["open| --input=… a b", "open| c", "open| d e"],
    );
    check(
        "perl",
        "open F, '>f'; open F, '>>', 'g'; open F, 'h'",
        &["open --write f", "open --append g", "open --read h"],
    );
}

#[test]
fn backquotes_are_a_call() {
    check("ruby", "`rm #{'x'}`", &["` rm x"]);
    check("php", "`rm x`;", &["` rm x"]);
    check("perl", "`rm x`; qx{rm y}", &["` rm x", "` rm y"]);
    check("javascript", "await $`rm x`", &["$ rm x"]);
}

#[test]
fn cost_is_bounded() {
    let readers = [
        "awk",
        "sed",
        "vim",
        "ed",
        "gdb",
        "make",
        "crontab",
        "elisp",
        "tcl",
        "powershell",
        "julia",
        "elixir",
    ];
    for language in ["python", "javascript", "ruby", "php", "lua", "perl"].into_iter().chain(readers) {
        for unit in ["(", "[", "{", "a.", "f(", "'", "\"", "x=", "+", "for a in [1,2]:\n ", "#{", "\\"] {
            // The grammar of Perl counts columns: see `parse`.
            let size = if language == "perl" { 4_000 } else { 20_000 };
            let text = unit.repeat(size / unit.len());
            let _ = calls(language, text.as_bytes(), Surroundings::default());
        }
        assert!(calls(language, &vec![b'a'; 300 * 1024], Surroundings::default()).is_cut);
        let _ = calls(language, b"f('\xff\xfe')", Surroundings::default());
    }
}

#[test]
fn growth_is_bounded() {
    for (language, text) in [
        (
            "python",
            "x = y\nl = [x]\nfor a in range(9):\n  pass\nfor a in [1,2,3,4,5,6,7,8,9,0]:\n for b in [1,2,3,4,5,6,7,8,9]:\n  x = f'{x}{x}'\n  l.append(l)\n  l += l\n  x += x\nf(x, l)",
        ),
        (
            "python",
            "f([[[[c for c in s] for d in s] for e in s] for s in ['abcdefghijklmnopqrstuvwxyz' * 99]])",
        ),
        (
            "perl",
            "for (1,2,3,4,5,6,7,8,9) { for (1,2,3,4,5,6,7,8,9) { $x .= $x . $y; push @l, @l; } } f($x, @l)",
        ),
        (
            "javascript",
            "function f(a){g(a,a);g(a,a)} function g(a){h(a);h(a)} function h(a){i(a);i(a)} function i(a){f(a);k(a+a)} f('x')",
        ),
    ] {
        let _ = calls(language, text.as_bytes(), Surroundings::default());
    }
}

#[test]
fn files_among_the_arguments_are_read_in_place_of_standard_input() {
    let cases = [
        ("awk", "{ system($0) }", "system input", "system …"),
        ("awk", "{ print | \"sh\" }", "| printf %s 'input\n' | sh", "| printf %s … | sh"),
        ("sed", "e", "e input", "e …"),
        ("sed", "s/.*/&/e", "e input", "e …"),
        ("perl", "f(<STDIN>, $_, <>)", "f input input input", "f input $_ …"),
        ("ruby", "f($stdin.read, gets())", "f input input", "f input …"),
    ];
    for (language, text, from_stdin, from_file) in cases {
        check_with(language, text, &[], &[from_stdin]);
        check_with(language, text, &["-"], &[from_stdin]);
        check_with(language, text, &["file"], &[from_file]);
    }
}

#[test]
fn the_line_that_sed_executes_may_have_changed_before() {
    for before in ["s/a/b/", "y/a/b/", "e", "x", "G", "N", "n"] {
        check_with("sed", &format!("{before}\ne"), &[], &["e …"]);
        check_with("sed", &format!("{before}\ns/.*/&/e"), &[], &["e …"]);
    }
    for around in ["e\nD", ":a\ne\nta"] {
        check_with("sed", around, &[], &["e …"]);
    }
    check_with("sed", "p;/x/e\nd", &[], &["e input"]);
}

#[test]
fn statements_of_text_tools_are_found() {
    check("awk", "BEGIN { c = \"a \"; system(c \"b\") }", &["system a b"]);
    check(
        "awk",
        "{ print $1 | \"sort -n\"; print > \"f\" $2 }",
        &["| printf %s … | sort -n", "print f… …\n"],
    );
    check("awk", "{ print \"a\", 1 > f; print \"b\" >> f }", &["print $f a 1\n", "print $f b\n"]);
    check("awk", "{ while ((\"ls \" d | getline x) > 0) n++ } x > 1 || /a|b/", &["| ls $d"]);
    check("sed", "1,/x/e a b\ns/x/y/w f g\n", &["e a b", "w f g"]);
    check_with("sed", "s/^.*$/a \\/b &/e;s|x|y|;/e/d", &[], &["e a /b input"]);
    check("ed", "1,$g/x/s//y/\nr !a b\na\n!no\n.\nw f\n!c", &["! a b", "write f", "! c"]);
    check(
        "vim",
        ":silent %!a b\ncall system('c d')\ng/x/w g\nnormal :!e",
        &["! --input=… a b", "system c d", "write g", "! e"],
    );
    check("vim", "set nu | !a\npy3 f('x')\nexecute \"!b\"", &["! a", "python f('x')", "execute !b"]);
    check(
        "gdb",
        "shell a b\n!c\npython\nd()\nend\ncall (int)system(\"e\")",
        &["shell a b", "shell c", "python d()\n", "system e"],
    );
    check(
        "make",
        "D = /x\nall: ; @a $(D) $$y\n\tb $(shell c d) \\\n  e\nV != f",
        &["recipe a /x $y", "recipe c d", "recipe f"],
    );
    check(
        "m4",
        "x syscmd(`rm -rf /a, b') esyscmd(ls (a), b) include(`f') nosyscmd(x)",
        &["syscmd rm -rf /a, b", "syscmd ls (a)", "include f"],
    );
    check("m4", "define(`x', `rm')syscmd(x -rf /)", &["syscmd …"]);
    check("crontab", "A=1\n# x\n*/5 * * * 1-5  a b%c\n@daily d", &["command a b", "command d"]);
}

#[test]
fn names_in_front_of_words_are_calls() {
    check(
        "r",
        "x <- 'a'; system(paste0(x, ' b')); unlink(c('d', x), recursive = TRUE)",
        &["system a b", "unlink --recursive=$TRUE d a"],
    );
    check("julia", "d = \"x\"; run(`a $d`); rm(d)", &["` a x", "rm x"]);
    check("groovy", "'a b'.execute(); def c = ['a']; c.execute()", &["text.execute a b", "text.execute a"]);
    check("scala", "\"a b\".!; Seq(\"a\", \"b\").!", &["text.! a b", "Seq().! a b"]);
    check(
        "elixir",
        "System.cmd(\"a\", [\"b\", \"c\"]); File.rm_rf! \"x\"",
        &["System.cmd a b c", "File.rm_rf! x"],
    );
    check("applescript", "do shell script \"a \" & \"b\"", &["do-shell-script a b"]);
    check("elisp", "(progn (f \"a\" nil x) (g (concat \"b\" \"c\")))", &["f a $x", "g bc"]);
    check("clojure", "(a.b/sh \"x\" \"y\") ; (no)", &["a.b.sh x y"]);
    check("tcl", "set d /x; if {1} { exec a -b $d }\nfile delete {y}", &["exec a -b /x", "file delete y"]);
    check("powershell", "if ($x) { Remove-Item -Recurse 'a b' } # c", &["remove-item -Recurse a b"]);
    check("nu", "ls | each { |f| ^rm -r $f.name }", &["rm -r $f.name"]);
}
