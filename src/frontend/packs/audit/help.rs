//! Runs a program to have its help text, and nothing else of it: `PROGRAM subcommand … --help`, without input, in an
//! empty directory that is also its home, with a time limit.

use std::fs::File;
use std::io::{self, Read, Seek};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// How long one help text may take.
const TIME: Duration = Duration::from_secs(20);

/// Most bytes of one.
const SIZE: u64 = 4 << 20;

/// The program as it is run.
pub(super) struct Program {
    file: PathBuf,
    /// `--help`, or how the program's grammar spells it.
    option: String,
    place: tempfile::TempDir,
}

impl Program {
    /// Prepares a place to run it in.
    pub(super) fn new(file: PathBuf, option: String) -> io::Result<Program> {
        Ok(Program { file, option, place: tempfile::tempdir()? })
    }

    /// What it prints about a subcommand, whatever the exit code; `None` if it does not end in time.
    pub(super) fn text(&self, subcommands: &[String]) -> io::Result<Option<String>> {
        let mut output = tempfile::tempfile()?;
        let home = self.place.path();
        let mut command = Command::new(&self.file);
        command.args(subcommands).arg(&self.option);
        command.env_clear().envs(std::env::var_os("PATH").map(|path| ("PATH", path)));
        command.env("HOME", home).env("TERM", "dumb").env("LC_ALL", "C.UTF-8").env("COLUMNS", "200");
        for pager in ["PAGER", "MANPAGER", "GIT_PAGER"] {
            command.env(pager, "cat");
        }
        command.env("NO_COLOR", "1").current_dir(home);
        command.stdin(Stdio::null()).stdout(output.try_clone()?).stderr(output.try_clone()?);
        let mut child = command.spawn()?;
        if !ends(&mut child)? {
            return Ok(None);
        }
        read(&mut output).map(Some)
    }
}

/// Waits for the program, and stops it when its time is over.
fn ends(child: &mut Child) -> io::Result<bool> {
    let start = Instant::now();
    let mut pause = Duration::from_millis(2);
    while child.try_wait()?.is_none() {
        if start.elapsed() > TIME {
            child.kill()?;
            child.wait()?;
            return Ok(false);
        }
        std::thread::sleep(pause);
        pause = (pause * 2).min(Duration::from_millis(100));
    }
    Ok(true)
}

fn read(output: &mut File) -> io::Result<String> {
    let mut bytes = Vec::new();
    output.rewind()?;
    output.take(SIZE).read_to_end(&mut bytes)?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}
