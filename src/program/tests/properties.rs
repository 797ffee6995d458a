//! What holds for every argv.

use super::{grammar, words};
use crate::program::{Call, Grammar, read};
use crate::{Match, Value};
use proptest::prelude::*;

const GRAMMARS: [&str; 9] = [
    "t @ gnu\n t : -a, --all | -o, --out <value> | -i[<x>], --in[=<x>]\n t = <path:source...> [path:target]\n t ! write target",
    "t @ cobra\n t : -n, --name <value> | -q\n t sub : -a, --all | -o, --out <value>\n t sub = <image> -- [command...]",
    "t @ git\n t : -C <dir>\n t sub : -a, --all | -o, --out <value>\n t sub deep : -a",
    "t @ go\n t : -a | -out[=<x>]\n t sub : -o <value>",
    "t @ aws\n t : -a, --all | --out <value...> | --pair <a> <b>\n t sub = <path>",
    "t @ find\n t : -a | -o <value> | -exec <template-command...> ;\n t = [path...]\n t ! delete path when -a unless -o",
    "t @ shell\n t : -c <script> | -o <value> | -a\n t = [script-file] [argument...]\n t < script",
    "t @ java\n t : -a | -o <value> | -D <x>\n t = [class] [argument...]",
    "t @ posix\n t : -S <own-words> | -a | -o <value>\n t = [assignment...] [command...] ::: [data...]",
];

/// Words that mean something to one of the grammars.
fn word() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![
        "-a",
        "-o",
        "-ao",
        "-oa",
        "-x",
        "-xa",
        "-ax",
        "--all",
        "--al",
        "--no-all",
        "--out",
        "--out=x",
        "--new",
        "--new=x",
        "-C",
        "-c",
        "-n",
        "-out=false",
        "-a=false",
        "-i.bak",
        "-S",
        "-Dx=y",
        "-5",
        "--",
        "-",
        "+a",
        "+",
        "",
        "x",
        "a b",
        "sub",
        "deep",
        "A=b",
        "of=x",
        "(",
        "!",
        ";",
        "{}",
        "+",
        ":::",
        "-exec",
        "$x",
        "\"$x\"",
        "-$x",
        "-\"$x\"",
        "--$x",
        "--out=$x",
        "a$x",
        "$x=1",
        "s\"$x\"",
        "--pair",
        "\u{e9}",
        "-\u{e9}a",
    ])
}

/// Spellings of options and what they mean.
const SPELLINGS: [(&str, &str); 9] = [
    ("-a", "--all"),
    ("--all", "--all"),
    ("-ab", "--all --both"),
    ("-o v", "--out=v"),
    ("-ov", "--out=v"),
    ("--out v", "--out=v"),
    ("--out=v", "--out=v"),
    ("-bo v", "--both --out=v"),
    ("-abo-a", "--all --both --out=-a"),
];

fn is_sound(call: &Call, argv: &[Value]) -> bool {
    let flags = call.flags.iter().flat_map(|flag| [flag.word, flag.value_word]);
    let nested = call.nested.iter().flat_map(|nested| nested.words.iter().chain(&nested.arguments));
    let in_range = flags
        .chain(call.operands.iter().map(|operand| operand.word))
        .chain(nested.map(|word| word.word))
        .chain(call.effects.iter().map(|effect| effect.word))
        .chain(call.unknown_words.iter().copied())
        .chain(call.open)
        .chain(call.rest)
        .all(|word| word < argv.len());
    in_range && call.path.first().is_some_and(|program| program == "t")
}

/// The words that no part of the call mentions.
fn lost(call: &Call, argv: &[Value]) -> Vec<usize> {
    let is_read = |word: usize| {
        call.flags.iter().any(|flag| flag.word == word || flag.value_word == word)
            || call.operands.iter().any(|operand| operand.word == word)
            || call
                .nested
                .iter()
                .any(|nested| nested.words.iter().chain(&nested.arguments).any(|nested| nested.word == word))
            || call.unknown_words.contains(&word)
            || call.open.is_some_and(|open| word >= open)
    };
    // Subcommands, terminators and operators.
    let is_structure = |word: usize| {
        let text = argv.get(word).map(Value::display).unwrap_or_default();
        ["sub", "deep", "--", "-", "+", ";", ":::", "(", "!"].contains(&text.as_str())
    };
    (1..argv.len()).filter(|&word| !is_read(word) && !is_structure(word)).collect()
}

fn all(text: &str) -> (Vec<Value>, Vec<(Grammar, Vec<Call>)>) {
    let argv = words(text);
    let read = |grammar: Grammar| {
        let calls = read(&argv, &grammar);
        (grammar, calls)
    };
    let calls = GRAMMARS.iter().map(|text| read(grammar(text))).collect();
    (argv, calls)
}

proptest! {
    #[test]
    fn readings_are_few_and_sound(words in prop::collection::vec(word(), 0..12)) {
        let (argv, all) = all(&format!("t {}", words.join(" ")));
        for (grammar, calls) in all {
            prop_assert!((1..=crate::program::parse::MAX_READINGS).contains(&calls.len()));
            prop_assert!(calls.iter().all(|call| is_sound(call, &argv)), "{:?} {calls:?}", grammar.style);
            prop_assert!(calls.len() == 1 || calls.iter().any(|call| call.certainty == Match::Possible));
        }
    }

    #[test]
    fn no_word_is_lost(words in prop::collection::vec(word(), 0..8)) {
        let (argv, all) = all(&format!("t {}", words.join(" ")));
        for (grammar, calls) in all {
            // The last of many readings skips words that are likely values of unknown options.
            if calls.len() < crate::program::parse::MAX_READINGS {
                for call in &calls {
                    prop_assert_eq!(lost(call, &argv), Vec::<usize>::new(), "{:?} {:?}", grammar.style, call);
                }
            }
        }
    }

    /// However options are written, and whatever stands before and behind them, they are the same.
    #[test]
    fn spelling_does_not_matter(
        spellings in prop::collection::vec(prop::sample::select(SPELLINGS.to_vec()), 0..8),
        style in prop::sample::select(vec!["gnu", "git", "cobra", "plain", "argparse", "posix"]),
    ) {
        let argv: String = spellings.iter().map(|(written, _)| format!(" {written}")).collect();
        let options = "t : -a, --all | -b, --both | -o, --out <value>";
        let calls = read(&words(&format!("t{argv}")), &grammar(&format!("t @ {style}\n {options}")));
        let expected: Vec<&str> = spellings.iter().flat_map(|(_, meant)| meant.split(' ')).collect();
        let show = |flag: &crate::program::Flag| match &flag.value {
            Some(value) => format!("{}={}", flag.name, value.display()),
            None => flag.name.clone(),
        };
        let shown: Vec<Vec<String>> = calls.iter().map(|call| call.flags.iter().map(show).collect()).collect();
        prop_assert_eq!(shown, [expected], "{}", argv);
    }
}
