//! What the strict reader makes of a text against what bash's own parser makes of it.
//!
//! `ARGVET_BASH_TRUTH` names a file of JSON lines: `command` (or `command_base64`), `ok`, the `commands` that bash
//! found with their words as written, a skeleton of the `operators`. Without it nothing is compared.

mod canonical;
mod facts;

use argvet::syntax::{self, Reading};
use canonical::Place;
use facts::Facts;
use serde_json::Value;

/// Most refusals of text that bash reads, in percent.
const MAX_REFUSED: f64 = 1.1;

/// What the reader makes of a text, beside what bash makes of it.
pub(crate) enum Comparison {
    /// The same, or bash rejects the text and the reader refuses it.
    Same,
    /// The reader refuses what bash reads.
    Refused(String),
    /// The reader reads something else than bash, or what bash rejects.
    Different(String),
}

/// Compares the reading of a text with the answer of bash. `rejected_within`: bash rejects a substitution in it, which it
/// notices only when it gets there.
pub(crate) fn compare(source: &str, truth: &Value) -> Comparison {
    let script = syntax::parse(source.as_bytes());
    let ok = truth["ok"] == true;
    match &script.reading {
        Reading::Unread { reason, .. } if ok => Comparison::Refused(format!("{source:?}: {reason}")),
        Reading::Unread { .. } => Comparison::Same,
        _ if !ok => Comparison::Different(format!("{source:?}: bash rejects it")),
        _ => {
            let facts = Facts::of(&script.list);
            if facts.unread && truth["rejected_within"] == true {
                return Comparison::Same;
            }
            match difference(source, truth, &facts) {
                Some(_) if facts.unread => Comparison::Refused(format!("{source:?}: within a substitution")),
                Some(different) => Comparison::Different(different),
                None => Comparison::Same,
            }
        }
    }
}

#[test]
fn the_reader_reads_what_bash_reads() {
    let Some(path) = std::env::var_os("ARGVET_BASH_TRUTH") else { return };
    let (mut wrong, mut refused, mut valid) = (Vec::new(), Vec::new(), 0usize);
    for line in std::fs::read_to_string(path).unwrap().lines() {
        let truth: Value = serde_json::from_str(line).unwrap();
        let Some(source) = truth["command"].as_str() else { continue };
        valid += usize::from(truth["ok"] == true);
        match compare(source, &truth) {
            Comparison::Same => {}
            Comparison::Refused(what) => refused.push(what),
            Comparison::Different(what) => wrong.push(what),
        }
    }
    println!("{} of {valid} refused:\n{}", refused.len(), refused.join("\n"));
    assert!(wrong.is_empty(), "{} differences:\n{}", wrong.len(), wrong.join("\n"));
    assert!((refused.len() * 100) as f64 <= MAX_REFUSED * valid as f64, "too many refusals");
}

fn difference(source: &str, truth: &Value, ours: &Facts) -> Option<String> {
    let mut theirs: Vec<String> = truth["commands"].as_array().unwrap().iter().map(fact).collect();
    theirs.sort();
    let only = |left: &[String], right: &[String]| {
        let lines = left.iter().filter(|line| count(left, line) > count(right, line));
        lines.cloned().collect::<Vec<_>>().join("\n    ")
    };
    if theirs != ours.commands {
        let (missing, extra) = (only(&theirs, &ours.commands), only(&ours.commands, &theirs));
        return Some(format!("{source:?}\n  bash\n    {missing}\n  reader\n    {extra}"));
    }
    let operators = truth["operators"].as_str().unwrap();
    (operators != ours.operators)
        .then(|| format!("{source:?}\n  bash   {operators}\n  reader {}", ours.operators))
}

fn count(lines: &[String], line: &String) -> usize {
    lines.iter().filter(|other| *other == line).count()
}

fn strings(value: &Value) -> Vec<&str> {
    value.as_array().map(|list| list.iter().filter_map(Value::as_str).collect()).unwrap_or_default()
}

/// A line of facts from what bash said.
fn fact(command: &Value) -> String {
    let kind = command["kind"].as_str().unwrap_or_default();
    let depth = usize::try_from(command["depth"].as_u64().unwrap_or(0)).unwrap();
    let words = strings(&command["argv"]);
    let try_read = |place: Place, word: &str| {
        // bash marks two control characters with another before them.
        let word = &word.replace("\u{1}\u{1}", "\u{1}").replace("\u{1}\u{7f}", "\u{7f}");
        canonical::written(&place, word)
    };
    let read = |place: Place, word: &str| {
        try_read(place, word).unwrap_or_else(|| format!("unread {}", word.escape_debug()))
    };
    let declares = ["declare", "typeset", "export", "readonly", "local", "alias", "eval", "let"];
    let argv: Vec<String> = match kind {
        "fn" => words.iter().map(|word| word.as_bytes().escape_ascii().to_string()).collect(),
        "arith" => words.iter().map(|word| read(Place::Arithmetic, word)).collect(),
        "cond" => condition(&words, &read),
        _ if words.first().is_some_and(|word| declares.contains(word)) => {
            words.iter().map(|word| read(Place::Declaration, word)).collect()
        }
        _ => words
            .iter()
            .enumerate()
            .map(|(index, word)| match try_read(Place::Command, word) {
                Some(read) if index == 0 && kind.is_empty() => read,
                _ => read(Place::Argument, word),
            })
            .collect(),
    };
    let assignments: Vec<_> =
        strings(&command["assign"]).into_iter().map(|word| read(Place::Assignment, word)).collect();
    let redirects: Vec<_> = command["redirect"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|redirect| {
            let text = |index: usize| redirect[index].as_str().unwrap_or_default();
            let (descriptor, operator) = (text(0), text(1));
            // Of a move, bash tells the descriptor though it was not written.
            let usual = if operator.starts_with('<') { "0" } else { "1" };
            let descriptor = if descriptor == usual && operator != ">&-" { "" } else { descriptor };
            match operator {
                "<<" | "<<-" => {
                    let quoted = redirect[4] == true;
                    let body =
                        if quoted { canonical::quoted_text(text(3)) } else { read(Place::Body, text(3)) };
                    let delimiter = text(2).as_bytes().escape_ascii();
                    format!("{descriptor}{operator} {delimiter} {body:?} {quoted}")
                }
                ">&-" => format!("{descriptor}>& -"),
                _ => {
                    let target = read(Place::Target, text(2));
                    let target = target.parse::<u32>().map_or(target, |number| number.to_string());
                    format!("{descriptor}{operator} {target}")
                }
            }
        })
        .collect();
    facts::line(kind, depth, &assignments, &argv, &redirects)
}

/// The words of `[[`: what stands behind a comparison is a pattern.
fn condition(words: &[&str], read: &dyn Fn(Place, &str) -> String) -> Vec<String> {
    let operators = ["=~", "<", ">"];
    let mut before = "";
    words
        .iter()
        .map(|word| {
            let place = if before == "=~" { Place::Regex } else { Place::Pattern };
            before = word;
            if operators.contains(word) { (*word).to_owned() } else { read(place, word) }
        })
        .collect()
}
