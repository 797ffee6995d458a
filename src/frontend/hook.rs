//! `argvet hook`: stands between an agent and its shell. A host asks on standard input whether a command may run;
//! the reply goes to standard output in the host's own words.
//!
//! ```text
//! payload ── mark ──▶ who asks ── payload ──▶ commands ── judge ──▶ Reply ── dialect ──▶ Answer
//! ```
//!
//! Hosts run the command when a hook crashes, stays silent or says anything that they do not understand. So every
//! path ends in a valid reply: what cannot be judged (broken input, a panic, a limit, time running out) is put to
//! the user. What differs between hosts is data, in one file for each below [`hosts`].

mod answer;
mod arguments;
mod command;
pub(crate) mod dialect;
pub(crate) mod host;
pub(crate) mod hosts;
mod json;
mod mark;
mod payload;
mod reason;
mod table;
mod unknown;

pub use dialect::{Answer, Heard};
pub use table::table;

use super::ruling::Memory;
use super::{Exit, judge};
use answer::Asker;
use arguments::Arguments;
use std::ffi::OsString;
use std::io::{Read, Write};
use std::process::ExitCode;
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

/// Most bytes of a payload that are read. Commands are kilobytes; a payload that also carries a file to be written
/// may have megabytes. More than this is put to the user unread.
const MAX_PAYLOAD: usize = 32 << 20;

/// Time for the payload, and again for the judgement. The shortest time-out of a known host is 5 seconds, and a host that
/// gives up runs the command.
const TIME_LIMIT: Duration = Duration::from_secs(2);

/// Stack of the thread that judges. The core's recursion is bounded, and this is more than its bounds need; memory
/// that is not touched costs nothing.
const STACK: usize = 32 << 20;

/// Who asks, as far as the thread that judges has found out, and since when it judges. The one that watches the clock looks
/// there when the time is up, and is not woken before.
type Progress = Mutex<(Asker, Instant)>;

/// Answers the host that asks on standard input.
pub fn main(arguments: &[OsString]) -> ExitCode {
    let answer = match Arguments::parse(arguments) {
        Ok(arguments) => {
            judge::silence_panics();
            answer_in_time(arguments)
        }
        Err(problem) => Asker::flagged(None).unjudged(&problem),
    };
    // A refusal by exit code needs its reason, so that one goes first.
    let told = std::io::stderr().lock().write_all(answer.stderr.as_bytes());
    let mut out = std::io::stdout().lock();
    match told.and_then(|()| out.write_all(answer.stdout.as_bytes())).and_then(|()| out.flush()) {
        Ok(()) => ExitCode::from(answer.code),
        Err(error) => {
            // Exit code 2 with a reason is the one refusal that nearly every host understands.
            let _ = writeln!(std::io::stderr(), "argvet hook: the reply cannot be written: {error}");
            Exit::Usage.into()
        }
    }
}

/// Whether the user does not see what a command of this host reads from its standard input, in some of its protocols.
pub(super) fn types_unseen(host: &str) -> bool {
    hosts::named(host).is_some_and(|host| host.protocols.iter().any(|protocol| protocol.types_unseen))
}

/// The names of the hosts, for the command line.
pub fn host_names() -> impl Iterator<Item = &'static str> {
    hosts::HOSTS.iter().map(|host| host.name)
}

/// Reads standard input and answers on a thread of its own, while this one watches the clock.
fn answer_in_time(arguments: Arguments) -> Answer {
    let (sender, receiver) = channel();
    let progress = Arc::new(Mutex::new((Asker::flagged(arguments.host), Instant::now())));
    let told = progress.clone();
    let judging = thread::Builder::new().stack_size(STACK).spawn(move || work(&arguments, &told, &sender));
    if let Err(error) = judging {
        return seen(&progress).0.unjudged(&format!("no thread could be started ({error})"));
    }
    loop {
        // What the host needed to write its payload is not the time that the judgement may take.
        let (asker, since) = seen(&progress);
        let left = (since + TIME_LIMIT).saturating_duration_since(Instant::now());
        if left.is_zero() {
            return asker.unjudged(&format!("it was not judged within {} seconds", TIME_LIMIT.as_secs()));
        }
        match receiver.recv_timeout(left) {
            Ok(answer) => return answer,
            Err(RecvTimeoutError::Timeout) => {}
            // The sender went away without an answer: the thread panicked outside of the net that `judge` has.
            Err(RecvTimeoutError::Disconnected) => {
                return seen(&progress).0.unjudged("argvet itself failed");
            }
        }
    }
}

/// What is known by now. A thread that panicked while it told leaves what it told.
fn seen(progress: &Progress) -> (Asker, Instant) {
    *progress.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Answers what stands on standard input. Sending fails only if the time was up.
fn work(arguments: &Arguments, progress: &Progress, sender: &Sender<Answer>) {
    let answer = match read_payload() {
        Ok(payload) => answer::to(arguments, &payload, Memory::Kept, true, |asker| {
            *progress.lock().unwrap_or_else(PoisonError::into_inner) = (asker, Instant::now());
        }),
        Err(problem) => Asker::flagged(arguments.host).unjudged(&problem),
    };
    let _ = sender.send(answer);
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

/// The answer to any bytes of `argvet hook --host NAME` (no flag for `None`) and what the host makes of it, for fuzz
/// targets and benchmarks. A name that does not exist is as good as none.
pub fn exchange(host: Option<&str>, payload: &[u8]) -> (Answer, Option<Heard>) {
    let arguments = Arguments { host: host.and_then(hosts::named), ..Arguments::default() };
    let mut asker = Asker::flagged(arguments.host);
    let answer = answer::to(&arguments, payload, Memory::None, false, |recognised| asker = recognised);
    let heard = asker.protocol.dialect.hear(&answer);
    (answer, heard)
}

/// Payloads of every kind that ask for `command`, with the name of their host, for fuzz targets.
pub fn payloads(command: &str) -> impl Iterator<Item = (&'static str, String)> {
    let kinds = hosts::HOSTS.iter().flat_map(|host| host.protocols.iter().map(|kind| (host.name, kind)));
    kinds.map(move |(name, kind)| (name, kind.payload(command)))
}
