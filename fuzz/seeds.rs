//! Writes the seeds of all fuzz targets from the project's own tables: grammar tests, corpus, pack examples.
//!
//! `cargo run --example seeds` fills `fuzz/corpus/<target>/`.

use serde::Deserialize;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

#[derive(Deserialize)]
struct Corpus {
    case: Vec<Case>,
}

#[derive(Deserialize)]
struct Case {
    command: String,
}

fn main() -> std::io::Result<()> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut sources = BTreeSet::new();
    for path in files(&root.join("grammar-tests"))? {
        sources.extend(grammar_test_sources(&std::fs::read_to_string(path)?));
    }
    for path in files(&root.join("corpus"))? {
        let text = std::fs::read_to_string(&path)?;
        match toml::from_str::<Corpus>(&text) {
            Ok(corpus) if path.extension().is_some_and(|extension| extension == "toml") => {
                sources.extend(corpus.case.into_iter().map(|case| case.command));
            }
            // corpus/crashes: the file is the source.
            _ => {
                sources.insert(text);
            }
        }
    }
    let catalog = argvet::Catalog::builtin();
    for pack in catalog.packs() {
        sources.extend(pack.harmless);
        sources.extend(
            catalog.rules(&pack.id).into_iter().flat_map(|rule| rule.blocks.into_iter().chain(rule.allows)),
        );
    }
    for target in ["parse", "agreement", "check", "hook"] {
        let folder = root.join("fuzz/corpus").join(target);
        std::fs::create_dir_all(&folder)?;
        for (number, source) in sources.iter().enumerate() {
            std::fs::write(folder.join(format!("seed-{number:05}")), source)?;
        }
    }
    let folder = root.join("fuzz/corpus/hook");
    for (number, source) in sources.iter().enumerate().step_by(10) {
        let payload =
            serde_json::json!({"tool_name": "Bash", "cwd": "/home/dev", "tool_input": {"command": source}});
        std::fs::write(folder.join(format!("payload-{number:05}")), payload.to_string())?;
    }
    Ok(())
}

/// All files below a folder.
fn files(folder: &Path) -> std::io::Result<Vec<PathBuf>> {
    let mut all = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            all.extend(files(&path)?);
        } else {
            all.push(path);
        }
    }
    Ok(all)
}

/// The sources of a grammar test: the lines between `=== name` and `--- kind`.
fn grammar_test_sources(text: &str) -> Vec<String> {
    let mut sources = Vec::new();
    for test in text
        .split("\n=== ")
        .skip(1)
        .chain(text.strip_prefix("=== ").map(|text| text.split("\n=== ").next().unwrap_or_default()))
    {
        let body = test.split_once('\n').map_or("", |(_, body)| body);
        sources.push(body.split("\n--- ").next().unwrap_or_default().to_owned());
    }
    sources
}
