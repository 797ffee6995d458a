//! The oracle: every model against the tool itself, which is that of GNU: elsewhere than on Linux nothing is compared.

#[cfg(target_os = "linux")]
mod agreement;
mod bounds;
#[cfg(target_os = "linux")]
mod cases;
#[cfg(target_os = "linux")]
mod files;
#[cfg(target_os = "linux")]
mod oracle;
mod refused;
mod total;

/// A command and its standard input.
type Case = (&'static str, &'static str);

/// What the model says; bash's builtins are asked as `builtin echo …`.
fn model(command: &str, stdin: &[u8]) -> Option<Vec<u8>> {
    let words = shell_words::split(command).unwrap();
    let arguments: Vec<Vec<u8>> = words.into_iter().map(String::into_bytes).collect();
    model_of(&arguments, stdin)
}

fn model_of(words: &[Vec<u8>], stdin: &[u8]) -> Option<Vec<u8>> {
    let word = |at: usize| std::str::from_utf8(&words[at]).unwrap();
    match (word(0), words.get(1).map(Vec::as_slice)) {
        ("builtin", Some(b"echo")) => super::echo(&words[2..], crate::Dialect::Bash),
        ("builtin", Some(b"printf")) => super::printf(&words[2], &words[3..]),
        (program, _) => super::run(program, &words[1..], Some(stdin), &|_| None),
    }
}
