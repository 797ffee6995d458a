//! Long input and awkward expressions end soon, with an answer or without.

use super::model;
use std::time::{Duration, Instant};

#[test]
fn no_model_runs_away() {
    let long_line = "a".repeat(1 << 20);
    let lines = "aaaa b\n".repeat(1 << 17);
    let commands = [
        "sed 's/.*b/x/g'",
        "sed 's/a*b/x/g;s/.*c/y/;s/[a-z]*d/z/2'",
        "sed -n '1!G;h;$p'",
        "sed G",
        "sed -E 's/a{100}b{0,255}c{255}d/x/g'",
        "grep -oE 'a*b'",
        "grep -E '((a{9}){9}){9}b'",
        "grep -E '(a|aa|aaa)*b'",
        "awk '{x=x $0}END{print x}'",
        "awk '{gsub(/a*b/,\"&&&&&&&&&&\");gsub(/a/,\"&&&&&&&&&&\")}1'",
        "tr -s a-z A-Z",
        "cut -f1-5,7-9,11-13,15 -da --output-delimiter=xxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
        "sort -n",
        "uniq -c",
        "rev",
        "tac",
        "base64 -d",
        "xxd -r -p",
        "paste -sd abcdefgh",
    ];
    for command in commands {
        for stdin in [&long_line, &lines] {
            let start = Instant::now();
            let _ = model(command, stdin.as_bytes());

            assert!(start.elapsed() < Duration::from_secs(5), "{command}: {:?}", start.elapsed());
        }
    }
    let start = Instant::now();
    for command in [
        "seq 999999999",
        "seq -s '' 1 999999999",
        "printf '%1000000s%1000000s' a b",
        "awk 'BEGIN{printf \"%999999d%999999d\",1,1}'",
    ] {
        assert_eq!(model(command, b""), None, "{command}");
    }
    assert!(start.elapsed() < Duration::from_secs(5));
}
