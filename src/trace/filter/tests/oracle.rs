//! Runs the tools.

use std::ffi::OsStr;
use std::io::Write as _;
use std::os::unix::ffi::OsStrExt as _;
use std::process::{Command, Stdio};

/// What the tool says.
pub(super) fn tool(words: &[Vec<u8>], stdin: &[u8]) -> Vec<u8> {
    let mut command = Command::new("bash");
    let run = if words[0] == b"builtin" { r#""$@""# } else { r#"exec "$@""# };
    command.args(["-c", run, "bash"]).args(words.iter().map(|word| OsStr::from_bytes(word)));
    command.env("LC_ALL", "C.UTF-8").stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut child = command.spawn().unwrap();
    // A tool that reads nothing may be gone before it is written to.
    let _ = child.stdin.take().unwrap().write_all(stdin);
    child.wait_with_output().unwrap().stdout
}

/// Whether the tool is there. With `REQUIRE_BASH=1` a missing one fails the test.
pub(super) fn is_installed(program: &str) -> bool {
    let found = Command::new("bash")
        .args(["-c", r#"type -P "$1" || [[ $(type -t "$1") == builtin ]]"#, "bash", program])
        .stdout(Stdio::null())
        .status()
        .is_ok_and(|status| status.success());
    assert!(found || std::env::var_os("REQUIRE_BASH").is_none(), "{program} is not installed");
    found
}
