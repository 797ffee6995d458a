//! What reviewers forget: the order of the layers, the length of files.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// A module uses only modules of earlier lines (and of its own, on the first line).
const LAYERS: &[&[&str]] = &[
    &["source", "gap", "value", "facts"],
    &["syntax", "program", "language"],
    &["trace"],
    &["effect"],
    &["packs"],
    &["policy"],
    &["frontend"],
];

/// Most lines of code (neither blank nor comment) in a file of the library.
const MAX_LINES: usize = 400;

#[test]
fn layers_use_only_earlier_layers() {
    let exports = exports();
    let mut wrong = Vec::new();
    for path in sources() {
        let module = module_of(&path);
        let Some(layer) = layer_of(&module) else { continue };
        for name in used(&code(&path)) {
            let target = if name.starts_with(char::is_uppercase) { exports.get(&name) } else { Some(&name) };
            let Some((target, below)) = target.and_then(|target| Some((target, layer_of(target)?))) else {
                continue;
            };
            if *target != module && (below > layer || (below == layer && layer > 0)) {
                wrong.push(format!("{}: {module} may not use {target} ({name})", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn files_are_short() {
    let mut wrong = Vec::new();
    for path in sources() {
        let text = std::fs::read_to_string(&path).unwrap();
        let lines = text.lines().filter(|line| !line.trim().is_empty() && !is_comment(line)).count();
        if lines > MAX_LINES {
            wrong.push(format!("{}: {lines} lines of code, at most {MAX_LINES}", path.display()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn modules_say_where_they_stand() {
    let silent: Vec<_> = sources()
        .into_iter()
        .filter(|path| !std::fs::read_to_string(path).unwrap().starts_with("//!"))
        .map(|path| path.display().to_string())
        .collect();
    assert!(silent.is_empty(), "no `//!` on the first line: {}", silent.join(", "));
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("src")
}

fn sources() -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![root()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

/// The name of the top-level module that the file belongs to.
fn module_of(path: &Path) -> String {
    let inside = path.strip_prefix(root()).unwrap();
    inside.iter().next().unwrap().to_string_lossy().trim_end_matches(".rs").to_owned()
}

fn layer_of(module: &str) -> Option<usize> {
    LAYERS.iter().position(|layer| layer.contains(&module))
}

fn is_comment(line: &str) -> bool {
    line.trim_start().starts_with("//")
}

/// The code of a file without comments and tests: a test may look at any layer.
fn code(path: &Path) -> String {
    let is_test =
        path.iter().any(|part| part == "tests") || path.file_stem().is_some_and(|stem| stem == "tests");
    if is_test {
        return String::new();
    }
    let text = std::fs::read_to_string(path).unwrap();
    let end = text.find("#[cfg(test)]\nmod tests {").unwrap_or(text.len());
    text[..end].lines().filter(|line| !is_comment(line)).collect::<Vec<_>>().join("\n")
}

/// What stands behind each `crate::`: `crate::a::B` gives `a`, `crate::{a::B, C}` gives `a` and `C`.
fn used(code: &str) -> Vec<String> {
    let identifier =
        |text: &str| text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>();
    let mut found = Vec::new();
    for (at, prefix) in code.match_indices("crate::") {
        let rest = &code[at + prefix.len()..];
        let Some(group) = rest.strip_prefix('{') else {
            found.push(identifier(rest));
            continue;
        };
        let mut depth = 0;
        let mut starts = true;
        for (index, char) in group.char_indices() {
            match char {
                '{' => depth += 1,
                '}' if depth == 0 => break,
                '}' => depth -= 1,
                ',' if depth == 0 => starts = true,
                c if starts && !c.is_whitespace() => {
                    found.push(identifier(&group[index..]));
                    starts = false;
                }
                _ => {}
            }
        }
    }
    found
}

/// What lib.rs exports, with the module it comes from.
fn exports() -> BTreeMap<String, String> {
    let lib = std::fs::read_to_string(root().join("lib.rs")).unwrap();
    let mut exports = BTreeMap::new();
    for statement in
        lib.split(';').filter_map(|statement| Some(statement.split_once("pub use ")?.1.to_owned()))
    {
        let Some((module, names)) = statement.split_once("::") else { continue };
        for name in names.trim_matches(['{', '}']).split(',') {
            let name = name.rsplit("::").next().unwrap_or_default().trim();
            exports.insert(name.to_owned(), module.trim().to_owned());
        }
    }
    assert!(exports.contains_key("Span"), "lib.rs is read wrong");
    exports
}
