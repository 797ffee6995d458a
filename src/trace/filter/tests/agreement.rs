//! Random small commands: where the model answers, the tool answers the same.
//!
//! A plain run repeats the same commands; `PROPTEST_CASES=5000` makes it a search.

mod programs;

use super::model_of;
use super::oracle::{is_installed, tool};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use std::sync::LazyLock;

static HAS_BASH: LazyLock<bool> = LazyLock::new(|| is_installed("bash"));

fn config() -> ProptestConfig {
    let searches = std::env::var_os("PROPTEST_CASES").is_some();
    let rng_seed = if searches { RngSeed::Random } else { RngSeed::Fixed(1) };
    ProptestConfig { rng_seed, max_shrink_iters: 200, failure_persistence: None, ..ProptestConfig::default() }
}

/// A command line: the program, then words.
fn command(program: &str, words: Vec<String>) -> Vec<Vec<u8>> {
    std::iter::once(program.to_owned()).chain(words).map(String::into_bytes).collect()
}

/// Options, each taken or not.
fn some_of(options: &'static [&'static str]) -> impl Strategy<Value = Vec<String>> {
    let most = options.len().min(3);
    prop::collection::vec(prop::sample::select(options), 0..most).prop_map(|chosen| {
        let mut chosen: Vec<String> = chosen.into_iter().map(str::to_owned).collect();
        chosen.dedup();
        chosen
    })
}

fn join(parts: impl Strategy<Value = Vec<&'static str>>) -> impl Strategy<Value = String> {
    parts.prop_map(|parts| parts.concat())
}

/// A row of pieces.
fn pieces(pieces: &'static [&'static str], most: usize) -> impl Strategy<Value = String> {
    join(prop::collection::vec(prop::sample::select(pieces), 0..most))
}

fn translate() -> impl Strategy<Value = Vec<Vec<u8>>> {
    let set = || {
        pieces(
            &[
                "a",
                "b",
                "c",
                "z",
                "-",
                "a-c",
                "[",
                "]",
                ":",
                "[:lower:]",
                "[:upper:]",
                "[:digit:]",
                "\\n",
                "\\141",
                "\\\\",
                "[b*2]",
                "[x*]",
                "1",
                " ",
                "*",
            ],
            5,
        )
    };
    (some_of(&["-d", "-s", "-c", "-t", "-cd", "-ds"]), prop::collection::vec(set(), 1..3))
        .prop_map(|(options, sets)| command("tr", [options, sets].concat()))
}

fn cut() -> impl Strategy<Value = Vec<Vec<u8>>> {
    let list = pieces(&["1", "2", "3", "-", ",", "2-", "-2", "1-3"], 4);
    (
        prop::sample::select(&["-c", "-b", "-f"][..]),
        list,
        some_of(&["-d:", "-d ", "-da", "-s", "--complement", "--output-delimiter=--"]),
    )
        .prop_map(|(kind, list, options)| command("cut", [vec![format!("{kind}{list}")], options].concat()))
}

fn head() -> impl Strategy<Value = Vec<Vec<u8>>> {
    let count = prop::sample::select(&["-n", "-c", "-", "-n-", "-n+", "-c+", "-c-"][..]);
    (prop::sample::select(&["head", "tail"][..]), count, 0..9u8)
        .prop_map(|(program, option, count)| command(program, vec![format!("{option}{count}")]))
}

fn base64() -> impl Strategy<Value = Vec<Vec<u8>>> {
    let program = prop::sample::select(&["base64", "base32"][..]);
    (program, some_of(&["-d", "-i", "-w0", "-w5"])).prop_map(|(program, options)| command(program, options))
}

fn plain() -> impl Strategy<Value = Vec<Vec<u8>>> {
    let line = prop::sample::select(
        &[
            "rev",
            "tac",
            "sort",
            "sort -u",
            "sort -n",
            "sort -r",
            "sort -nr",
            "sort -nu",
            "uniq",
            "uniq -c",
            "uniq -d",
            "uniq -u",
            "fold -w3",
            "paste -sd,",
            "paste -d: - -",
            "paste -s",
            "wc -l",
            "wc -w",
            "wc -c",
            "od -An -tx1",
            "od -An -c",
            "xxd -p",
            "tac",
            "openssl base64",
            "cat",
            "cat -A",
            "cat -bs",
            "cat -nv",
            "nl",
            "nl -ba -w2",
            "expand",
            "expand -t3",
            "unexpand",
            "unexpand -a",
            "fmt",
            "pr -t",
            "column -t",
            "column -t -s:",
            "strings -n2",
            "factor",
            "xargs",
            "xargs -n2",
            "xargs -d:",
            "hexdump -C",
            "xxd",
            "od -An -c -w5",
            "shuf",
            "sort -R",
            "sort -t: -k1n",
            "sort -t: -k2",
            "sort -t: -k2,2nr",
            "sort -k2n",
            "tac -s:",
            "awk /a/,/b/",
            "zcat -f",
            "xzcat -f",
            "zstdcat",
            "tsort",
            "comm - /dev/null",
            "paste - /dev/null",
            "join - /dev/null",
            "dd conv=swab,lcase",
            "dd bs=1 skip=2 count=3",
            "iconv -f latin1 -t utf-16le",
            "numfmt",
            "bc",
            "base64 -d",
        ][..],
    );
    line.prop_map(|line| line.split(' ').map(|word| word.as_bytes().to_vec()).collect())
}

const EXPRESSION: &[&str] = &[
    "a",
    "b",
    "ab",
    ".",
    "*",
    "[ab]",
    "[^a]",
    "[a-c]",
    "\\(",
    "\\)",
    "(",
    ")",
    "\\|",
    "|",
    "+",
    "?",
    "\\+",
    "\\?",
    "\\{2\\}",
    "{1,2}",
    "{2}",
    "^",
    "$",
    "\\b",
    "\\<",
    "\\>",
    "\\w",
    "\\.",
    "a*",
    "b*",
    "[[:alpha:]]",
    "\\n",
    " ",
    "c",
];

fn sed() -> impl Strategy<Value = Vec<Vec<u8>>> {
    let substitute = (
        pieces(EXPRESSION, 7),
        pieces(&["x", "&", "\\1", "\\n", "\\U", "\\u", "\\E", "\\2"], 4),
        prop::sample::select(&["", "g", "2", "2g", "p", "I", "gI"][..]),
    );
    let address = prop::sample::select(
        &["", "1", "2", "$", "/a/", "1,2", "2,$", "/a/,/b/", "/b/,+1", "1!", "$!", "/a/,2", "2,1"][..],
    );
    let script = prop_oneof![
        4 => substitute.prop_map(|(from, to, flags)| format!("s/{from}/{to}/{flags}")),
        1 => prop::sample::select(&["d", "p", "q", "G", "h;G", "x", "=", "y/abc/bca/", "H;x", "p;d", "N", "n", "P", "D", "N;P;D", "$!N", "$!{N;D}", "a x", "i x", "c x", "{p;s/a/b/;t;p}", "//d", "s//x/", "n;d", "N;s/\\n/-/", ":a;s/a/b/;ta", "b;p", "s/b/c/;T;p"][..]).prop_map(str::to_owned),
    ];
    let command_line = (address, script).prop_map(|(address, script)| format!("{address}{script}"));
    let scripts = prop::collection::vec(command_line, 1..4).prop_map(|lines| lines.join("\n"));
    (some_of(&["-n", "-E"]), scripts)
        .prop_map(|(options, script)| command("sed", [options, vec![script]].concat()))
}

fn grep() -> impl Strategy<Value = Vec<Vec<u8>>> {
    let options = some_of(&["-o", "-E", "-F", "-v", "-x", "-i", "-c", "-n"]);
    (options, pieces(EXPRESSION, 7))
        .prop_map(|(options, pattern)| command("grep", [options, vec!["-e".to_owned(), pattern]].concat()))
}

fn printing() -> impl Strategy<Value = Vec<Vec<u8>>> {
    let format = pieces(
        &[
            "%s", "%d", "%b", "%5s", "%-3d|", "%03o", "%x", "%c", "%%", "%.2s", "%+d", "\\n", "\\x4",
            "\\x72", "\\1", "\\0162", "\\", "\\c", "a", "%", "%q", "\\u0041", "%*d", "\\e",
        ],
        6,
    );
    let argument =
        || pieces(&["a", "1", "-", "0", "'", "x", "\\x41", "\\0101", "\\101", "\\c", "\\", " ", "9"], 4);
    let program =
        prop::sample::select(&["builtin printf", "printf", "builtin echo -e", "echo -e", "builtin echo"][..]);
    (program, format, prop::collection::vec(argument(), 0..4)).prop_map(|(program, format, arguments)| {
        let mut words: Vec<Vec<u8>> = program.split(' ').map(|word| word.as_bytes().to_vec()).collect();
        if program.ends_with("printf") && format.starts_with('-') {
            words.push(b"--".to_vec());
        }
        words.extend([vec![format], arguments].concat().into_iter().map(String::into_bytes));
        words
    })
}

fn awk() -> impl Strategy<Value = Vec<Vec<u8>>> {
    let operand = &[
        "$1",
        "$2",
        "$0",
        "$NF",
        "NR",
        "NF",
        "\"x\"",
        "\"-\"",
        "1",
        "2",
        "length",
        "toupper($1)",
        "substr($0,2)",
        "substr($0,0,2)",
        "index($0,\"b\")",
        "$(NF-1)",
        "(1+2)",
        "\" \"",
        ",",
        " ",
        "+",
        "-",
        "*",
        "%",
        "x",
        "-1",
    ];
    let condition = prop::sample::select(
        &[
            "",
            "NR==1",
            "NR>1",
            "/a/",
            "!/a/",
            "$1==\"a\"",
            "$1==1",
            "NF",
            "$1~/b/",
            "$2",
            "END",
            "BEGIN",
            "NR%2",
            "NF>1&&/b/",
            "NR==1||NR==3",
            "1",
            "$1",
            "$1>1",
            "length>3",
        ][..],
    );
    let action = prop_oneof![
        4 => pieces(operand, 5).prop_map(|operands| format!("{{print {operands}}}")),
        1 => pieces(operand, 4).prop_map(|operands| format!("{{printf \"%s|%d|%c|%5s|\",{operands}}}")),
        1 => prop::sample::select(&["", "{print;exit}", "{print;next}", "{OFS=\"-\";print $1,$2}", "{x=x $1}END{print x}", "{gsub(/a/,\"[&]\");print $1}", "{sub(/b*/,\"x\")}1", "{ORS=\",\"}1"][..]).prop_map(str::to_owned),
    ];
    (some_of(&["-F:", "-Fa", "-F[b:]", "-F, ", "-vx=7"]), condition, action).prop_map(
        |(options, condition, action)| {
            command("awk", [options, vec![format!("{condition}{action}")]].concat())
        },
    )
}

fn stdin() -> impl Strategy<Value = String> {
    pieces(&["a", "b", "c", "A", " ", "\n", ":", "1", "2", "YWJj", "=", "ab", "\t", "-"], 12)
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn a_model_that_answers_is_right(
        words in prop_oneof![translate(), cut(), head(), base64(), plain(), sed(), grep(), printing(), awk(), programs::awk(), programs::grep_perl()],
        stdin in stdin(),
    ) {
        if *HAS_BASH
            && let Some(said) = model_of(&words, stdin.as_bytes())
        {
            let shown: Vec<_> = words.iter().map(|word| String::from_utf8_lossy(word)).collect();
            let expected = tool(&words, stdin.as_bytes());
            let (expected, said) = (String::from_utf8_lossy(&expected), String::from_utf8_lossy(&said));
            prop_assert_eq!(expected, said, "{:?}", shown);
        }
    }
}
