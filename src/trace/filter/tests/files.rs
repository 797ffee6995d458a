//! Tools that read several files, against themselves.

use super::oracle::{is_installed, tool};

const COMMANDS: &[&str] = &[
    "comm one two",
    "comm -12 one two",
    "comm -23 one two",
    "comm -3 two one",
    "join one two",
    "join -t: three four",
    "join -1 2 -2 1 five one",
    "paste one two",
    "paste -d ': ' one two three",
    "paste -s one two",
    "paste -d '' six seven",
    "cat one six two",
    "tac one two",
    "cat -n six seven",
    "nl one two",
    "sort one",
    "awk {print$1} one",
];

const FILES: &[(&str, &str)] = &[
    ("one", "a\nb 1\nc\n"),
    ("two", "b 1\nc\nd\n"),
    ("three", "a:1\nb:2:3\n"),
    ("four", "b:x\nc:y\n"),
    ("five", "1 a\n2 c x\n"),
    ("six", "r"),
    ("seven", "m\n"),
];

#[test]
fn models_of_several_files_say_what_the_tools_say() {
    let directory = tempfile::tempdir().unwrap();
    let path = |name: &str| directory.path().join(name).to_str().unwrap().to_owned();
    for (name, text) in FILES {
        std::fs::write(path(name), text).unwrap();
    }
    for command in COMMANDS {
        let is_file = |word: &str| FILES.iter().any(|(name, _)| *name == word);
        let words = shell_words::split(command).unwrap();
        let words: Vec<Vec<u8>> = words
            .into_iter()
            .map(|word| if is_file(&word) { path(&word) } else { word }.into_bytes())
            .collect();
        let program = std::str::from_utf8(&words[0]).unwrap();
        if !is_installed(program) {
            continue;
        }
        let file = |path: &[u8]| std::fs::read(std::str::from_utf8(path).unwrap()).ok();
        let said = crate::trace::filter::run(program, &words[1..], None, &file);
        let expected = tool(&words, b"");
        assert_eq!(
            said.as_deref().map(String::from_utf8_lossy),
            Some(String::from_utf8_lossy(&expected)),
            "{command}"
        );
    }
}
