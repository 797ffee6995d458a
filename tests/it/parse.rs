//! Reading never panics, never lies about where things stand, and always ends soon, whatever the bytes.

use argvet::syntax::{MAX_SOURCE, Reading, parse};
use proptest::prelude::*;
use std::time::{Duration, Instant};

/// Far above what any text may cost: a debug build on a busy machine must pass, a text whose cost grows with the
/// square of its length must not.
const PATIENCE: Duration = Duration::from_secs(60);

/// Fragments that mean something to bash: random bytes seldom do.
const FRAGMENTS: &[&str] = &[
    "rm",
    " ",
    "\n",
    "\t",
    ";",
    "&",
    "&&",
    "|",
    "||",
    "(",
    ")",
    "{",
    "}",
    "$(",
    "${",
    "`",
    "\"",
    "'",
    "$'",
    "\\",
    "\\\n",
    "<",
    ">",
    "<<EOF",
    "<<-'E'",
    "EOF\n",
    "<<<",
    "2>&1",
    ">&-",
    "$((",
    "))",
    "[[",
    "]]",
    "[",
    "]",
    "if",
    "then",
    "fi",
    "for",
    "in",
    "do",
    "done",
    "case",
    "esac",
    ";;",
    "function f",
    "f()",
    "time",
    "!",
    "coproc",
    "a=",
    "a=(",
    "a[1]=",
    "export",
    "$x",
    "${x:-",
    "${x//",
    "${x#",
    "*",
    "~",
    "#",
    "é",
    "\r",
    "\u{b}",
    "\0",
    "=~",
    "==",
    "@(",
    "!(",
];

/// Why a text is refused of which bash runs nothing either.
const NO_TARGET: &str = "expected a word behind a redirection operator";

fn check(source: &[u8]) {
    let script = parse(source);
    for gap in &script.gaps {
        assert!(gap.span.start <= gap.span.end && gap.span.end as usize <= source.len(), "{:?}", gap.span);
    }
    match &script.reading {
        Reading::Unread { at, reason } => {
            assert!(at.end as usize <= source.len());
            let is_surely_refused = reason == NO_TARGET;
            assert!(is_surely_refused || !script.gaps.is_empty(), "a text that was not read is a gap");
        }
        Reading::Disputed(_) => assert!(script.other.is_some()),
        Reading::Plain | Reading::Certain | Reading::Settled(_) => assert!(script.other.is_none()),
    }
    spans(&format!("{script:?}"), source.len());
}

/// Every span that is printed lies inside the source.
fn spans(printed: &str, length: usize) {
    for (at, _) in printed.match_indices("Span { start: ") {
        let numbers: Vec<usize> = printed[at..]
            .split(|c: char| !c.is_ascii_digit())
            .filter(|n| !n.is_empty())
            .take(2)
            .map(|n| n.parse().unwrap())
            .collect();
        assert!(numbers[0] <= numbers[1] && numbers[1] <= length, "{numbers:?} of {length}");
    }
}

proptest! {
    #[test]
    fn any_bytes_are_read(source in proptest::collection::vec(any::<u8>(), 0..200)) {
        check(&source);
    }

    #[test]
    fn any_fragments_are_read(picks in proptest::collection::vec(0..FRAGMENTS.len(), 0..40)) {
        check(picks.into_iter().map(|pick| FRAGMENTS[pick]).collect::<String>().as_bytes());
    }
}

#[test]
fn hostile_texts_end_soon() {
    let many = |text: &str, bytes: usize| text.repeat(bytes / text.len());
    let openers = [
        "(",
        "$(",
        "\"$(",
        "<(",
        "${a:-",
        "{ ",
        "if ",
        "[[ (",
        "`",
        "((",
        "$((",
        "case x in a) ",
        "a[",
        "a=(",
    ];
    let mut texts: Vec<(String, String)> = Vec::new();
    for opener in openers {
        texts.push((format!("10 kB of {opener}"), many(opener, 10_000)));
        texts.push((format!("100 kB of {opener}"), many(opener, 100_000)));
    }
    for (name, text) in [
        ("closed parentheses", format!("{}a{}", many("(", 50_000), many(")", 50_000))),
        ("here-strings", many("<", 100_000)),
        ("here-documents", format!("cat {}\n", many("<<a ", 100_000))),
        ("nested here-documents", many("cat <<a\n$(", 100_000)),
        ("pipes", many("a|", MAX_SOURCE)),
        ("and-lists", many("a&&", MAX_SOURCE)),
        ("lines after pipes", many("a|b|c\nrm x && ls\n", 200_000)),
        ("one word", many("a", MAX_SOURCE)),
        ("blanks", many(" ", MAX_SOURCE)),
        ("one body", format!("cat <<E\n{}\nE\n", many("x\n", 1_000_000))),
        ("tabs in a body", format!("cat <<-E\nx{}\nE\n", many("\t", 1_000_000))),
        ("time", many("time ", 500_000)),
        ("bangs", many("! ", 500_000)),
        ("brackets", format!("[ {}]", many("$a -a ", 200_000))),
        ("negations", format!("[[ {} a ]]", many("! ", 200_000))),
        ("coprocesses", many("coproc ", 200_000)),
        ("functions", many("f() ", 200_000)),
        ("named functions", many("function f ", 200_000)),
        ("old arithmetic", many("$[", 200_000)),
        ("subscripts", many("${a[", 200_000)),
        ("arrays", many("a[1]=(", 200_000)),
        ("a test", format!("[[ {}a ]]", many("a && ", 200_000))),
        ("continuations", many("\\\n", MAX_SOURCE)),
        ("quotes", many("'a'", MAX_SOURCE)),
        ("expansions", many("$a", MAX_SOURCE)),
        ("comments in backquotes", format!("`{}", many("#`\n", 100_000))),
        ("too much", many("a ", MAX_SOURCE + 2)),
    ] {
        texts.push((name.to_owned(), text));
    }
    for (name, text) in texts {
        let start = Instant::now();
        let script = parse(text.as_bytes());
        let took = start.elapsed();
        if std::env::var_os("SHOW").is_some() {
            println!("{took:>12.1?} {name}: {}", kind(&script.reading));
        }
        assert!(took < PATIENCE, "{name} took {took:?}");
        assert!(!script.gaps.is_empty() || !matches!(script.reading, Reading::Unread { .. }), "{name}");
    }
}

fn kind(reading: &Reading) -> &str {
    match reading {
        Reading::Plain => "plain",
        Reading::Certain => "certain",
        Reading::Settled(check) => check,
        Reading::Disputed(what) => what,
        Reading::Unread { reason, .. } => reason,
    }
}
