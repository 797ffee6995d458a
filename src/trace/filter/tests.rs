//! The oracle: every model against the tool itself.

mod agreement;
mod cases;
mod refused;
mod total;

use std::io::Write as _;
use std::process::{Command, Stdio};

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
        ("builtin", Some(b"echo")) => super::echo(&words[2..]),
        ("builtin", Some(b"printf")) => super::printf(&words[2], &words[3..]),
        (program, _) => super::run(program, &words[1..], Some(stdin), &|_| None),
    }
}

/// What the tool says.
fn tool(words: &[Vec<u8>], stdin: &[u8]) -> Vec<u8> {
    use std::os::unix::ffi::OsStrExt as _;
    let mut command = Command::new("bash");
    let run = if words[0] == b"builtin" { r#""$@""# } else { r#"exec "$@""# };
    command.args(["-c", run, "bash"]).args(words.iter().map(|word| std::ffi::OsStr::from_bytes(word)));
    command.env("LC_ALL", "C.UTF-8").stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut child = command.spawn().unwrap();
    // A tool that reads nothing may be gone before it is written to.
    let _ = child.stdin.take().unwrap().write_all(stdin);
    child.wait_with_output().unwrap().stdout
}

/// Whether the tool is there. With `REQUIRE_BASH=1` a missing one fails the test.
fn is_installed(program: &str) -> bool {
    let found = Command::new("bash")
        .args(["-c", r#"type -P "$1" || [[ $(type -t "$1") == builtin ]]"#, "bash", program])
        .stdout(Stdio::null())
        .status()
        .is_ok_and(|status| status.success());
    assert!(found || std::env::var_os("REQUIRE_BASH").is_none(), "{program} is not installed");
    found
}
