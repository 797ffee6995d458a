//! One question through the configured command, as the host would ask it. Nothing is executed but the hook itself:
//! the command in question is only a text in its input.

use crate::frontend::hook::Answer;
use std::io::{Read, Write};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// When a hook is given up. More than argvet's own limit, less than the patience of any host.
const TIME_LIMIT: Duration = Duration::from_secs(4);

/// How often is looked whether it is done.
const PAUSE: Duration = Duration::from_millis(2);

/// Asks; the answer, and how long it took.
pub(super) fn ask(words: &[String], payload: &str) -> Result<(Answer, Duration), String> {
    let (program, arguments) = words.split_first().ok_or("there is no command")?;
    let start = Instant::now();
    let mut child = Command::new(program)
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|error| format!("{program} cannot be started: {error}"))?;
    let input = child.stdin.take();
    let payload = payload.as_bytes().to_vec();
    let writer = thread::spawn(move || input.map(|mut input| input.write_all(&payload)));
    let stdout = collect(child.stdout.take());
    let stderr = collect(child.stderr.take());
    let code = wait(&mut child, start)?;
    // Fails if the hook did not read everything, which is its right.
    let _ = writer.join();
    let taken = start.elapsed();
    let text = |reader: thread::JoinHandle<String>| reader.join().unwrap_or_default();
    let code = u8::try_from(code).map_err(|_| format!("{program} ends with exit code {code}"))?;
    Ok((Answer { stdout: text(stdout), stderr: text(stderr), code }, taken))
}

/// Reads a stream on a thread of its own, so that a full pipe holds nobody up.
fn collect(stream: Option<impl Read + Send + 'static>) -> thread::JoinHandle<String> {
    thread::spawn(move || {
        let mut bytes = Vec::new();
        if let Some(stream) = stream {
            // What came before an error is the answer.
            let _ = stream.take(1 << 20).read_to_end(&mut bytes);
        }
        String::from_utf8_lossy(&bytes).into_owned()
    })
}

fn wait(child: &mut Child, start: Instant) -> Result<i32, String> {
    loop {
        match child.try_wait() {
            Ok(Some(status)) => return status.code().ok_or_else(|| "it was ended by a signal".to_owned()),
            Ok(None) if start.elapsed() > TIME_LIMIT => {
                let _ = child.kill();
                let _ = child.wait();
                return Err(format!("it does not answer within {} seconds", TIME_LIMIT.as_secs()));
            }
            Ok(None) => thread::sleep(PAUSE),
            Err(error) => return Err(error.to_string()),
        }
    }
}
