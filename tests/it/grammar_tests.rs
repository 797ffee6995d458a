//! `grammar-tests/*.txt`: a source text, and what each layer makes of it.
//!
//! ```text
//! === name of the case
//! :bash-rejects            (what `bash -n` says differs from what the reader says: why)
//! source
//! --- ast
//! expected
//! --- reading
//! expected
//! --- trace
//! expected
//! ```
//!
//! `UPDATE=1 cargo test` rewrites the expectations; read the diff. Every source is also given to `bash -n`.

use argvet::syntax::{self, Reading};
use argvet::trace::{Invocation, Via};
use argvet::{Catalog, Facts, Match};
use std::fmt::Write as _;
use std::path::PathBuf;
use std::process::{Command, Stdio};

/// One case of a file.
struct Case {
    name: String,
    attributes: Vec<String>,
    source: String,
    sections: Vec<(String, String)>,
}

#[test]
fn grammar_tests() {
    let update = std::env::var_os("UPDATE").is_some();
    let mut wrong = Vec::new();
    for path in files() {
        let text = std::fs::read_to_string(&path).unwrap();
        let cases = read(&text);
        assert!(!cases.is_empty(), "{} has no case", path.display());
        let mut rewritten = String::new();
        for case in &cases {
            let _ = writeln!(rewritten, "=== {}", case.name);
            for attribute in &case.attributes {
                let _ = writeln!(rewritten, ":{attribute}");
            }
            let _ = writeln!(rewritten, "{}", case.source);
            for (layer, expected) in &case.sections {
                let actual = shown(layer, &case.source);
                let _ = writeln!(rewritten, "--- {layer}\n{actual}");
                if actual.trim_end() != expected.trim_end() {
                    wrong.push(format!(
                        "{}: {} ({layer})\n{}\nexpected\n{expected}\nbut it is\n{actual}",
                        path.display(),
                        case.name,
                        case.source
                    ));
                }
            }
        }
        if update && rewritten != text {
            std::fs::write(&path, rewritten).unwrap();
        }
    }
    assert!(update || wrong.is_empty(), "{}", wrong.join("\n\n"));
}

#[test]
fn bash_accepts_what_the_reader_accepts() {
    if Command::new("bash").arg("--version").stdout(Stdio::null()).status().is_err() {
        assert!(std::env::var_os("REQUIRE_BASH").is_none(), "bash is required");
        return;
    }
    let mut wrong = Vec::new();
    for path in files() {
        for case in read(&std::fs::read_to_string(&path).unwrap()) {
            let output = Command::new("bash").args(["--norc", "-n", "-c", &case.source]).output().unwrap();
            let bash = output.status.success() && output.stderr.is_empty();
            let script = syntax::parse(case.source.as_bytes());
            let reader = !matches!(script.reading, Reading::Unread { .. });
            let known = case.attributes.iter().any(|attribute| {
                attribute.starts_with(if reader { "bash-rejects" } else { "reader-refuses" })
            });
            if (bash != reader) != known {
                wrong.push(format!(
                    "{}: {}: bash accepts: {bash}, reader: {reader}",
                    path.display(),
                    case.name
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Reading what a tree is displayed as gives the same tree.
#[test]
fn display_round_trips() {
    let mut wrong = Vec::new();
    for path in files() {
        for case in read(&std::fs::read_to_string(&path).unwrap()) {
            let script = syntax::parse(case.source.as_bytes());
            let tree = syntax::dump(&script.list);
            // Text that ends in a lone backslash or inside a here-document cannot be printed with a line behind it;
            // what was not read is not printed.
            let unprintable = tree.contains("unread") || case.source.ends_with('\\') || case.name == "no end";
            if matches!(script.reading, Reading::Unread { .. }) || unprintable {
                continue;
            }
            let text = syntax::display(&script.list);
            let again = syntax::parse(&text);
            let actual = syntax::dump(&again.list);
            if actual != tree {
                let text = String::from_utf8_lossy(&text);
                wrong.push(format!(
                    "{}: {}\n{text}\n{tree}\nbut\n{actual}{:?}",
                    path.display(),
                    case.name,
                    again.reading
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

/// All source texts, with the file that they stand in.
pub(crate) fn sources() -> Vec<(String, String)> {
    let mut all = Vec::new();
    for path in files() {
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        let cases = read(&std::fs::read_to_string(&path).unwrap());
        all.extend(cases.into_iter().map(|case| (name.clone(), case.source)));
    }
    all
}

fn files() -> Vec<PathBuf> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("grammar-tests");
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension == "txt"));
    files.sort();
    files
}

fn read(text: &str) -> Vec<Case> {
    let mut cases: Vec<Case> = Vec::new();
    let mut in_head = false;
    for line in text.lines() {
        if let Some(name) = line.strip_prefix("=== ") {
            let case = Case {
                name: name.to_owned(),
                attributes: Vec::new(),
                source: String::new(),
                sections: Vec::new(),
            };
            cases.push(case);
            in_head = true;
            continue;
        }
        let Some(case) = cases.last_mut() else { panic!("text before the first case: {line}") };
        if let Some(attribute) = line.strip_prefix(':').filter(|_| in_head && line != ":") {
            case.attributes.push(attribute.to_owned());
            continue;
        }
        let layer = line.strip_prefix("--- ").filter(|layer| matches!(*layer, "ast" | "reading" | "trace"));
        match (layer, case.sections.last_mut()) {
            (Some(layer), _) => case.sections.push((layer.to_owned(), String::new())),
            (None, Some((_, expected))) => {
                expected.push_str(line);
                expected.push('\n');
            }
            (None, None) => {
                if !in_head {
                    case.source.push('\n');
                }
                case.source.push_str(line);
                in_head = false;
            }
        }
    }
    for case in &mut cases {
        // An empty line may stand between cases.
        for (_, expected) in &mut case.sections {
            *expected = expected.trim_end().to_owned();
        }
    }
    cases
}

fn shown(layer: &str, source: &str) -> String {
    let script = syntax::parse(source.as_bytes());
    match layer {
        "ast" => {
            let mut out = syntax::dump(&script.list);
            if let Reading::Unread { reason, at } = &script.reading {
                let _ = writeln!(out, "refused at {}: {reason}", at.start);
            }
            out
        }
        "reading" => {
            let mut out = match &script.reading {
                Reading::Plain => "plain\n".to_owned(),
                Reading::Certain => "certain\n".to_owned(),
                Reading::Settled(check) => format!("settled: {check}\n"),
                Reading::Disputed(what) => format!("disputed: {what}\n"),
                Reading::Unread { reason, .. } => format!("unread: {reason}\n"),
            };
            if let Some(other) = &script.other {
                let _ = write!(out, "tree:\n{}", syntax::dump(other));
            }
            out
        }
        _ => {
            let facts = Facts {
                arguments: Some(Vec::new()),
                cwd: Some(b"/work".to_vec()),
                home: Some(b"/home/me".to_vec()),
                ..Facts::default()
            };
            let trace = argvet::trace::trace(&script, &Catalog::builtin(), &facts);
            let mut out = String::new();
            for (index, invocation) in trace.invocations.iter().enumerate() {
                let depth = depth(&trace.invocations, index);
                let _ = writeln!(out, "{}{}", "  ".repeat(depth), invocation_text(invocation));
            }
            for gap in &trace.gaps {
                let _ = writeln!(out, "gap {}..{}: {}", gap.span.start, gap.span.end, gap.cause);
            }
            out
        }
    }
}

fn depth(invocations: &[Invocation], index: usize) -> usize {
    let mut depth = 0;
    let mut at = invocations[index].parent;
    while let Some(parent) = at {
        depth += 1;
        at = invocations[parent].parent;
    }
    depth
}

fn invocation_text(invocation: &Invocation) -> String {
    let mut text: Vec<String> = Vec::new();
    for (name, value) in &invocation.assignments {
        text.push(format!("{}={}", String::from_utf8_lossy(name), value.display().escape_debug()));
    }
    text.extend(invocation.argv.iter().map(|argument| {
        let shown = argument.value.display().escape_debug().to_string();
        if shown.is_empty() || shown.contains(' ') { format!("'{shown}'") } else { shown }
    }));
    text.extend(invocation.redirections.iter().map(|redirection| {
        let descriptor = redirection.descriptor.map(|number| number.to_string()).unwrap_or_default();
        format!("{descriptor}{}{}", redirection.operator, redirection.target.display().escape_debug())
    }));
    let via = match &invocation.via {
        Via::Script => String::new(),
        via => format!("   [{via:?}]"),
    };
    let unsure = match (invocation.certainty, invocation.alternatives) {
        (Match::Certain, 1) => String::new(),
        (Match::Certain, count) => format!("   1 of {count}"),
        (_, _) => "   possible".to_owned(),
    };
    format!("{}{via}{unsure}", text.join(" "))
}
