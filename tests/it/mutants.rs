//! Small changes to every shell text of the project: what bash rejects, the reader must not read.
//!
//! `bash -n` is the judge. Where `ARGVET_BASH_ORACLE` names a loadable builtin that prints bash's own parse
//! (`dumpcmds FILE`, texts separated by NUL, a JSON line each), the commands are compared, too.
//!
//! `ORACLE_MUTANTS=1000000 ORACLE_SEED=2 cargo test mutants -- --nocapture` for a long run.

use crate::conformance::{Comparison, compare};
use crate::disguise::Numbers;
use crate::sources;
use argvet::syntax::{self, Reading};
use serde_json::{Value, json};
use std::path::Path;
use std::process::{Command, Stdio};

/// What is put into a text: whatever means something to the shell.
const INSERTED: &[&str] = &[
    "'",
    "\"",
    "`",
    "\\",
    "\\\n",
    "$",
    "$(",
    "${",
    "$((",
    "$[",
    "$'",
    "$\"",
    ")",
    "))",
    "}",
    "]",
    "(",
    "((",
    "{",
    "[",
    "[[",
    "]]",
    "<(",
    ">(",
    "<",
    ">",
    "<<",
    "<<-",
    "<<<",
    ">&",
    "&>",
    "<&",
    ">|",
    "<>",
    "|",
    "||",
    "|&",
    "&",
    "&&",
    ";",
    ";;",
    ";&",
    ";;&",
    "!",
    "#",
    "~",
    "=",
    "+=",
    "*",
    "?",
    "@",
    ":",
    ":-",
    "%",
    "^",
    ",",
    "/",
    " ",
    "\t",
    "\n",
    "\n\n",
    "E",
    "\nE\n",
    "x",
    "0",
    "1",
    " if ",
    " then ",
    " else ",
    " fi ",
    " for ",
    " in ",
    " do ",
    " done ",
    " while ",
    " case ",
    " esac ",
    " select ",
    " until ",
    " function ",
    " coproc ",
    " time ",
    " f() ",
    " x=1 ",
    " a[0]=",
    " a=(",
    " declare ",
    "<<E ",
    "<<'E' ",
];

/// Longest text that is changed.
const MAX_LENGTH: usize = 400;

fn number(name: &str, default: usize) -> usize {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(default)
}

/// A text with one to three changes.
fn mutant(texts: &[String], numbers: &mut Numbers) -> String {
    let mut chars: Vec<char> = texts[numbers.below(texts.len())].chars().collect();
    for _ in 0..1 + numbers.below(3) {
        let at = numbers.below(chars.len() + 1);
        let end = (at + 1 + numbers.below(6)).min(chars.len());
        match numbers.below(8) {
            0 | 1 if at < end => drop(chars.drain(at..at + 1)),
            2 if at < end => drop(chars.drain(at..end)),
            3 if at < end => {
                let again: Vec<char> = chars[at..end].to_vec();
                chars.splice(at..at, again);
            }
            4 => {
                // The start of one text and the end of another.
                let other: Vec<char> = texts[numbers.below(texts.len())].chars().collect();
                let from = numbers.below(other.len() + 1);
                chars.splice(at.., other[from..].iter().copied());
            }
            5 if at + 1 < chars.len() => chars.swap(at, at + 1),
            _ => drop(chars.splice(at..at, INSERTED[numbers.below(INSERTED.len())].chars())),
        }
    }
    chars.into_iter().take(MAX_LENGTH).filter(|char| *char != '\0').collect()
}

/// Whether `bash -n` has no objection.
fn bash_accepts(text: &str) -> bool {
    let mut command = Command::new("bash");
    command.arg("--norc");
    if text.contains("extglob") {
        // The `shopt` in it is not executed.
        command.args(["-O", "extglob"]);
    }
    command.args(["-n", "-c", "--", text]).env_clear().env("LC_ALL", "C.UTF-8");
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status().unwrap().success()
}

/// Asks the loadable builtin; its lines in the form of the table of `conformance`.
fn parses(builtin: &Path, texts: &[String]) -> Vec<Value> {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("texts");
    std::fs::write(&file, texts.iter().map(|text| format!("{text}\0")).collect::<String>()).unwrap();
    let script = "enable -f \"$1\" dumpcmds && dumpcmds \"$2\"";
    let arguments = ["--norc", "-c", script, "bash"];
    let output = Command::new("bash").args(arguments).arg(builtin).arg(&file).output().unwrap();
    let lines = String::from_utf8_lossy(&output.stdout).into_owned();
    let answers: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(answers.len(), texts.len(), "{}", String::from_utf8_lossy(&output.stderr));
    answers.iter().map(in_table_form).collect()
}

fn in_table_form(answer: &Value) -> Value {
    let command = |one: &Value| {
        let kind = one["k"].as_str().filter(|kind| *kind != "s").unwrap_or_default();
        json!({"kind": kind, "depth": one["d"], "argv": one["w"], "assign": one["a"], "redirect": one["r"]})
    };
    let commands: Vec<Value> = answer["cmds"].as_array().into_iter().flatten().map(command).collect();
    let rejected_within = answer["nestbad"] != 0;
    json!({
        "ok": answer["ok"], "commands": commands, "operators": answer["sk"], "rejected_within": rejected_within
    })
}

/// What came of some mutants.
#[derive(Default)]
struct Findings {
    valid: usize,
    refused: usize,
    wrong: Vec<String>,
}

fn judge(texts: &[String], builtin: Option<&Path>) -> Findings {
    let mut found = Findings::default();
    for text in texts {
        let reads = !matches!(syntax::parse(text.as_bytes()).reading, Reading::Unread { .. });
        match (bash_accepts(text), reads) {
            (true, reads) => {
                found.valid += 1;
                found.refused += usize::from(!reads);
            }
            (false, true) => found.wrong.push(format!("{text:?}: bash rejects it")),
            (false, false) => {}
        }
    }
    for (builtin, texts) in
        builtin.into_iter().flat_map(|builtin| texts.chunks(5000).map(move |texts| (builtin, texts)))
    {
        for (text, truth) in texts.iter().zip(parses(builtin, texts)) {
            // The builtin does not print process substitutions in operands, which bash runs, does not follow `shopt`,
            // writes a name behind `coproc`, and prints bytes that are no text.
            let hidden = (text.contains("${") && (text.contains("<(") || text.contains(">(")))
                || ["extglob", "coproc"].iter().any(|word| text.contains(word))
                || truth.to_string().contains('\u{fffd}');
            if let Comparison::Different(what) = compare(text, &truth)
                && !hidden
            {
                found.wrong.push(what);
            }
        }
    }
    found
}

#[test]
fn mutants_are_read_as_bash_reads_them() {
    if Command::new("bash").arg("--version").stdout(Stdio::null()).status().is_err() {
        assert!(std::env::var_os("REQUIRE_BASH").is_none(), "bash is required");
        return;
    }
    let builtin = std::env::var_os("ARGVET_BASH_ORACLE");
    let texts = sources::all();
    let mut numbers = Numbers::new(number("ORACLE_SEED", 1) as u64);
    let mutants: Vec<String> =
        (0..number("ORACLE_MUTANTS", 2000)).map(|_| mutant(&texts, &mut numbers)).collect();
    let workers = std::thread::available_parallelism().map_or(1, usize::from).min(8);
    let found: Vec<Findings> = std::thread::scope(|scope| {
        let builtin = builtin.as_deref().map(Path::new);
        let share = mutants.len().div_ceil(workers).max(1);
        let threads: Vec<_> =
            mutants.chunks(share).map(|texts| scope.spawn(move || judge(texts, builtin))).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    let valid: usize = found.iter().map(|found| found.valid).sum();
    let refused: usize = found.iter().map(|found| found.refused).sum();
    let wrong: Vec<String> = found.into_iter().flat_map(|found| found.wrong).collect();
    println!("{} mutants: bash reads {valid}, of these the reader refuses {refused}", mutants.len());
    assert!(wrong.is_empty(), "{} silent differences:\n{}", wrong.len(), wrong.join("\n"));
}
