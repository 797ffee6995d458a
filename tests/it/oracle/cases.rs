//! Hand-written cases (`cases.txt`) and the corpus: what bash executes, the trace foresaw.

use super::{Argv, Foreseen, foreseen, in_sandboxes, trace};
use std::collections::BTreeMap;

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
    let commands = corpus();
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
            if how == Foreseen::Missing {
                wrong.push(format!("not foreseen: {}\n  in {command}", shown(&argv)));
            }
        }
    }
    print_table("corpus", &counts);
    assert!(wrong.is_empty(), "{}:\n{}", wrong.len(), wrong.join("\n"));
}

/// The commands of the corpus, and of the examples of all packs, with the file that they stand in.
fn corpus() -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut folders = vec!["corpus", "packs"].into_iter().map(std::path::PathBuf::from).collect::<Vec<_>>();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).into_iter().flatten() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "toml") {
                let text = std::fs::read_to_string(&path).unwrap();
                let file = folder.display().to_string();
                let value: toml::Value = toml::from_str(&text).unwrap();
                commands_of(&value, "", &mut |command| found.push((file.clone(), command.to_owned())));
            }
        }
    }
    found
}

/// Every text under a key that holds commands.
fn commands_of(value: &toml::Value, key: &str, found: &mut dyn FnMut(&str)) {
    match value {
        toml::Value::String(text) if matches!(key, "command" | "blocks" | "allows") => found(text),
        toml::Value::Array(items) => items.iter().for_each(|item| commands_of(item, key, found)),
        toml::Value::Table(table) => {
            for (key, item) in table {
                commands_of(item, key, found);
            }
        }
        _ => {}
    }
}
