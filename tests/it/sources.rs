//! The shell texts of the project: the corpus, the examples of the packs, the grammar tests, the cases of the oracle.

use crate::grammar_tests;

/// The commands of the corpus, and of the examples of all packs, with the file that they stand in.
pub(crate) fn corpus() -> Vec<(String, String)> {
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

/// The sources of the grammar tests, with the file that they stand in.
pub(crate) fn grammar_tests() -> Vec<(String, String)> {
    grammar_tests::sources()
}

/// All of them, each once.
pub(crate) fn all() -> Vec<String> {
    let mut texts: Vec<String> = corpus().into_iter().chain(grammar_tests()).map(|(_, text)| text).collect();
    #[cfg(target_os = "linux")]
    texts.extend(crate::oracle::commands());
    texts.sort();
    texts.dedup();
    texts
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
