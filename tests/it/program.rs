//! Runs the built program as a user would, in an environment that is the same everywhere.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

/// What a run left behind.
pub(crate) struct Run {
    pub(crate) code: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

/// Runs argvet with arguments and standard input, 100 columns wide.
pub(crate) fn argvet(arguments: &[&str], stdin: &[u8]) -> Run {
    with_environment(arguments, stdin, &[])
}

/// As [`argvet`], with additional environment variables.
pub(crate) fn with_environment(arguments: &[&str], stdin: &[u8], environment: &[(&str, &str)]) -> Run {
    argvet_in(Path::new("."), arguments, stdin, environment)
}

/// As [`with_environment`], in another directory.
pub(crate) fn argvet_in(cwd: &Path, arguments: &[&str], stdin: &[u8], environment: &[(&str, &str)]) -> Run {
    let mut child = Command::new(env!("CARGO_BIN_EXE_argvet"))
        .args(arguments)
        .current_dir(cwd)
        .env_clear()
        .env("HOME", "/home/dev")
        // Nothing is recorded, unless a test has a place for it.
        .env("XDG_STATE_HOME", "/dev/null/state")
        .env("COLUMNS", "100")
        .envs(environment.iter().copied())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut input = child.stdin.take().unwrap();
    let stdin = stdin.to_vec();
    // The program may answer before it has read everything, or not read at all.
    let writer = std::thread::spawn(move || {
        let _ = input.write_all(&stdin);
    });
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap();
    Run {
        code: output.status.code(),
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
    }
}
