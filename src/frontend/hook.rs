//! `argvet hook`: stands between an agent and its shell. A host asks on standard input whether a command may run;
//! the reply goes to standard output in the host's own words.
//!
//! Hosts run the command when a hook crashes, stays silent or says anything that they do not understand. So every
//! path ends in a valid reply: what cannot be judged (broken input, a panic, a limit, time running out) is put to
//! the user. A host is one file below this module and one line in [`HOSTS`].

mod claude_code;
mod host;
mod payload;
mod reason;

use super::{Exit, judge, place};
use crate::{Decision, Policy};
use host::{Host, Reply};
use payload::Request;
use std::ffi::OsString;
use std::io::{Read, Write};
use std::path::Path;
use std::process::ExitCode;
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::thread;
use std::time::Duration;

/// The hosts that argvet speaks to.
const HOSTS: [&Host; 1] = [&claude_code::HOST];

/// The names of [`HOSTS`], for the command line.
pub(super) const HOST_NAMES: [&str; HOSTS.len()] = [claude_code::HOST.name];

/// The host that asks if the command line names none.
pub(super) const DEFAULT_HOST: &str = claude_code::HOST.name;

/// Most bytes of a payload that are read. Commands are kilobytes; a payload that also carries a file to be written
/// may have megabytes. More than this is put to the user unread.
const MAX_PAYLOAD: usize = 32 << 20;

/// Time to answer in. The shortest time-out of a known host is 5 seconds, and a host that gives up runs the command.
const TIME_LIMIT: Duration = Duration::from_secs(2);

/// Stack of the thread that judges. The core's recursion is bounded, and this is more than its bounds need; memory
/// that is not touched costs nothing.
const STACK: usize = 32 << 20;

/// Answers the host that the arguments name, on standard output.
pub fn main(arguments: &[OsString]) -> ExitCode {
    let host = match host(arguments) {
        Ok(host) => host,
        Err(problem) => {
            // Exit code 2 with a reason is the one refusal that nearly every host understands.
            anstream::eprintln!("argvet hook: {problem}");
            return Exit::Usage.into();
        }
    };
    judge::silence_panics();
    let reply = (host.reply)(&answer_in_time(host));
    let mut out = std::io::stdout().lock();
    match out.write_all(reply.as_bytes()).and_then(|()| out.flush()) {
        Ok(()) => Exit::Allow.into(),
        Err(error) => {
            anstream::eprintln!("argvet hook: the reply cannot be written: {error}");
            Exit::Usage.into()
        }
    }
}

/// The host by its name in `--host NAME` or `--host=NAME`.
fn host(arguments: &[OsString]) -> Result<&'static Host, String> {
    let words: Vec<&str> = arguments.iter().map(|word| word.to_str().unwrap_or("\u{fffd}")).collect();
    let name = match words.as_slice() {
        [] => DEFAULT_HOST,
        ["--host", name] => name,
        [word] if word.starts_with("--host=") => word.trim_start_matches("--host="),
        _ => return Err(format!("unknown arguments: {}", words.join(" "))),
    };
    let known = HOSTS.into_iter().find(|host| host.name == name);
    known.ok_or_else(|| format!("no host is named {name}; known: {}", HOST_NAMES.join(", ")))
}

/// Reads standard input and answers on a thread of its own, while this one watches the clock.
fn answer_in_time(host: &'static Host) -> Reply {
    let (sender, receiver) = channel();
    let work = move || {
        let reply = match read_payload() {
            Ok(payload) => answer(host, &payload),
            Err(problem) => Reply::unjudged(&problem),
        };
        // Fails only if the time was up.
        let _ = sender.send(reply);
    };
    if let Err(error) = thread::Builder::new().stack_size(STACK).spawn(work) {
        return Reply::unjudged(&format!("no thread could be started ({error})"));
    }
    match receiver.recv_timeout(TIME_LIMIT) {
        Ok(reply) => reply,
        Err(RecvTimeoutError::Timeout) => {
            Reply::unjudged(&format!("it was not judged within {} seconds", TIME_LIMIT.as_secs()))
        }
        // The sender went away without a reply: the thread panicked outside of the net that `judge` has.
        Err(RecvTimeoutError::Disconnected) => Reply::unjudged("argvet itself failed"),
    }
}

fn read_payload() -> Result<Vec<u8>, String> {
    let mut payload = Vec::with_capacity(4096);
    let limit = MAX_PAYLOAD as u64 + 1;
    match std::io::stdin().lock().take(limit).read_to_end(&mut payload) {
        Ok(length) if length > MAX_PAYLOAD => {
            Err(format!("the hook's input is larger than {MAX_PAYLOAD} bytes"))
        }
        Ok(_) => Ok(payload),
        Err(error) => Err(format!("the hook's input cannot be read ({error})")),
    }
}

/// The answer to a payload. Any bytes get one.
fn answer(host: &Host, payload: &[u8]) -> Reply {
    match payload::read(host, payload) {
        Request::NotOurs => Reply::Silent,
        Request::Unjudged(problem) => Reply::unjudged(&problem),
        Request::Command { text, cwd, doubt } => {
            let facts = place::facts(cwd.as_deref().map(Path::new));
            let judged = judge::judge(text.as_bytes(), &Policy::default(), &facts);
            let decision = judged.verdict.decision;
            tracing::debug!(?decision, findings = judged.verdict.findings.len(), "judged");
            match (decision, doubt) {
                (Decision::Deny, _) => Reply::Deny(reason::of(text.as_bytes(), &judged)),
                (Decision::Ask, None) => Reply::Ask(reason::of(text.as_bytes(), &judged)),
                (_, Some(doubt)) => Reply::unjudged(&doubt),
                (Decision::Allow, None) => reason::note(&judged).map_or(Reply::Silent, Reply::Note),
            }
        }
    }
}

/// The reply of the named host's hook to any bytes, for fuzz targets and benchmarks; `None` for an unknown host.
pub fn reply(host: &str, payload: &[u8]) -> Option<String> {
    let host = HOSTS.into_iter().find(|known| known.name == host)?;
    Some((host.reply)(&answer(host, payload)))
}
