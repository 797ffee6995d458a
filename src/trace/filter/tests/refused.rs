//! Commands that are not modelled: the answer must be "unknown".

use super::{Case, model};

#[test]
fn what_is_not_modelled_is_unknown() {
    let guessed: Vec<&Case> =
        REFUSED.iter().filter(|(command, stdin)| model(command, stdin.as_bytes()).is_some()).collect();
    assert!(guessed.is_empty(), "{guessed:?}");
}

#[test]
fn without_standard_input_nothing_is_read() {
    for program in ["cat", "base64", "rev", "tac", "head", "tail", "tee"] {
        assert_eq!(crate::trace::filter::run(program, &[], None, &|_| None), None, "{program}");
    }
}

#[test]
fn files_are_asked_for() {
    let file = |path: &[u8]| (path == b"x").then(|| b"rm\n".to_vec());
    let cat = |words: &[&[u8]]| {
        let words: Vec<Vec<u8>> = words.iter().map(|word| word.to_vec()).collect();
        crate::trace::filter::run("cat", &words, Some(b"stdin\n"), &file)
    };
    assert_eq!(cat(&[b"x"]), Some(b"rm\n".to_vec()));
    assert_eq!(cat(&[b"x", b"-"]), Some(b"rm\nstdin\n".to_vec()));
    assert_eq!(cat(&[b"y"]), None);
    assert_eq!(cat(&[b"-", b"-"]), None);
}

const REFUSED: &[Case] = &[
    ("python3 -c 'print(1)'", ""),
    ("echo --help", ""),
    ("echo -e '\\E[0m'", ""),
    ("echo -e '\\162'", ""),
    ("printf '%q' 'a b'", ""),
    ("printf '\\u0072'", ""),
    ("printf -v x y", ""),
    ("builtin printf '%d' abc", ""),
    ("builtin printf '%(%F)T' 0", ""),
    ("builtin printf '%f' 1", ""),
    ("builtin printf '%'", ""),
    ("builtin printf '%99999999s' a", ""),
    ("builtin printf '%q' '\n'", ""),
    ("cat -n", "a"),
    ("cat -A", "a"),
    ("cat missing", "a"),
    ("tee /dev/stdout", "a"),
    ("base64 -d", "YW$j"),
    ("base64 -d", "Y"),
    ("base64 -d", "YW=j"),
    ("base64 -x", ""),
    ("base64 --dec", ""),
    ("base32 -d", "ME"),
    ("basenc -d", "ME"),
    ("head -n 1k", "a"),
    ("head -n 1 a b", "a"),
    ("tail -f", "a"),
    ("cut -c1", "é"),
    ("cut -d: -c1", "a"),
    ("cut -f1 -c1", "a"),
    ("cut -f0", "a"),
    ("cut -f2-1", "a"),
    ("cut -dab -f1", "a"),
    ("tr a", "a"),
    ("tr z-a x", "a"),
    ("tr a-z '[:upper:]'", "a"),
    ("tr '[=a=]' x", "a"),
    ("tr '\\400' x", "a"),
    ("tr ab ''", "a"),
    ("tr -d a b", "a"),
    ("tr ä x", "ä"),
    ("tr -cd a-z", "ä"),
    ("sed -i s/a/b/", "a"),
    ("sed s/a/b/e", "a"),
    ("sed 's/a/b/w x'", "a"),
    ("sed 1e", "a"),
    ("sed 's/a/b/m'", "a"),
    ("sed 's//b/'", "a"),
    ("sed 's/\\(a\\)\\1/b/'", "a"),
    ("sed -E 's/(ab)*/x/'", "a"),
    ("sed -E 's/a|ab/x/'", "a"),
    ("sed -E 's/a*(ab|b)/x/'", "a"),
    ("sed 's/[é-z]/x/'", "a"),
    ("sed ':a;s/a/b/;ta'", "a"),
    ("sed 's|a\\|b|x|'", "a"),
    ("sed 's/\\w/x/'", "é"),
    ("sed -n l", "a"),
    ("sed G", "a"),
    ("sed -z s/a/b/", "a"),
    ("sed -s s/a/b/", "a"),
    ("sed 0~2d", "a"),
    ("sed 's/a/b'", "a"),
    ("sed 's/a/\\1/'", "a"),
    ("sed 'r x'", "a"),
    ("sed 'w x'", "a"),
    ("sed -E 's/a**/x/'", "a"),
    ("sed -E 's/(/x/'", "a"),
    ("openssl base64 -d", "cm0gLXJm"),
    ("openssl base64 -d", "YQ==\nYg==\n"),
    ("openssl enc -aes-256-cbc -d", ""),
    ("openssl rand 3", ""),
    ("openssl enc -d -A", "YQ=="),
    ("xxd -rp", "7266"),
    ("xxd -r -p", "726"),
    ("xxd -r -p", "7 2"),
    ("xxd -r -p", "\\x72"),
    ("xxd", "a"),
    ("xxd -r", "00000004: 7266"),
    ("od -tx1", "a"),
    ("od -An -tx1", "0000000000000000000000000000000000000000000000000000000000000000"),
    ("od -An -tx2", "a"),
    ("hexdump -C", "a"),
    ("sort", "a\nB\n"),
    ("sort", "a-b\nab\n"),
    ("sort -k2", "a"),
    ("sort -R", "a"),
    ("sort -n", "1.5\n1"),
    ("sort -o x", "a"),
    ("uniq -f1", "a"),
    ("uniq a b", "a"),
    ("fold -s", "a b"),
    ("fold", "a\tb"),
    ("paste a b", "a"),
    ("wc", "a"),
    ("wc -lc", "a"),
    ("wc -l x", "a"),
    ("seq", ""),
    ("seq 1 0 2", ""),
    ("seq 0.5 2", ""),
    ("seq 01 3", ""),
    ("seq -f %e 3", ""),
    ("seq 999999999", ""),
    ("seq a", ""),
    ("expr 1 / 0", ""),
    ("expr '(' 1 ')'", ""),
    ("expr 1 + 2 + 3", ""),
    ("expr a '<' b", ""),
    ("grep -P a", "a"),
    ("grep -r a", "a"),
    ("grep -w a", "a"),
    ("grep a x y", "a"),
    ("grep -oE '(ab)+'", "abab"),
    ("grep -E 'a||b'", "a"),
    ("grep a", "a\0"),
    ("grep ''", "a"),
    ("grep --color=always a", "a"),
];
