//! `argvet batch`: judges recorded commands by the million. JSON Lines in, JSON Lines out, in the same order.
//!
//! Lines are dealt in blocks to the workers in turn, and the answers are collected from them in the same turn:
//! that keeps the order without a buffer that could grow, and every queue has a bound, so memory stays constant.

mod line;
mod progress;

use super::cli::{BatchArgs, Packs};
use super::policy::{self, Purpose};
use super::{Error, Exit, judge};
use progress::Progress;
use std::fs::File;
use std::io::{BufRead, BufReader, BufWriter, Read, Write};
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;

/// Lines that a worker gets at once: enough that handing them over costs nothing.
const BLOCK_LINES: usize = 128;

/// Blocks that wait for each worker, so that it never waits for the reader.
const WAITING: usize = 2;

/// Longest line. A longer one is answered with an error and not kept in memory.
const MAX_LINE: usize = 16 << 20;

/// Bytes that are read at once.
const READ_BUFFER: usize = 1 << 18;

/// Where the lines come from.
type Source = Box<dyn Read + Send>;

/// The same, by lines.
type Input = BufReader<Source>;

/// Lines of the input on their way to a worker.
struct Block {
    /// Number of the first line, from 1.
    first: usize,
    /// The lines; `None` stands for one that was too long.
    lines: Vec<Option<Vec<u8>>>,
}

/// Judges every line of the input.
pub(crate) fn run(arguments: BatchArgs) -> Result<Exit, Error> {
    // A wrong list of packs is reported once and before anything is read.
    policy::for_arguments(&arguments.packs, Purpose::default())?.tell();
    judge::silence_panics();
    let path = arguments.file.clone().filter(|path| path.as_os_str() != "-");
    let (input, size): (Source, _) = match &path {
        None => (Box::new(std::io::stdin()), None),
        Some(path) => {
            let file = File::open(path).map_err(|source| Error::Read { path: path.clone(), source })?;
            let size = file.metadata().ok().filter(std::fs::Metadata::is_file).map(|metadata| metadata.len());
            (Box::new(file), size)
        }
    };
    let jobs = match arguments.jobs {
        Some(jobs) => usize::from(jobs),
        None => thread::available_parallelism().map_or(1, usize::from),
    };
    let input = BufReader::with_capacity(READ_BUFFER, input);
    let progress = Progress::new(size);
    let result = work(input, jobs, &arguments.packs, &progress);
    progress.finish();
    result.map_err(|failure| match failure {
        Failure::Read(source) => Error::Read { path: path.unwrap_or_else(|| PathBuf::from("-")), source },
        Failure::Write(source) => Error::Write(source),
    })?;
    Ok(Exit::Allow)
}

/// Which side of the pipe broke.
enum Failure {
    Read(std::io::Error),
    Write(std::io::Error),
}

/// Deals the input to `jobs` workers and prints what they answer.
fn work(input: Input, jobs: usize, packs: &Packs, progress: &Progress) -> Result<(), Failure> {
    thread::scope(|scope| {
        let mut to_workers = Vec::with_capacity(jobs);
        let mut from_workers = Vec::with_capacity(jobs);
        for _ in 0..jobs {
            let (give, take) = sync_channel(WAITING);
            let (answer, collect) = sync_channel(WAITING);
            to_workers.push(give);
            from_workers.push(collect);
            scope.spawn(move || worker(take, answer, packs));
        }
        let reader = scope.spawn(move || read(input, &to_workers, progress));
        let written = write(&from_workers).map_err(Failure::Write);
        // Workers whose answers nobody takes stop, and so does the reader.
        drop(from_workers);
        let read = reader.join().unwrap_or(Ok(())).map_err(Failure::Read);
        written.and(read)
    })
}

/// Reads lines and deals them to the workers in turn.
fn read(mut input: Input, workers: &[SyncSender<Block>], progress: &Progress) -> std::io::Result<()> {
    let mut block = Block { first: 1, lines: Vec::new() };
    let mut turn = workers.iter().cycle();
    loop {
        let mut line = Vec::new();
        let length = input.by_ref().take(MAX_LINE as u64).read_until(b'\n', &mut line)?;
        progress.read(length);
        let is_whole = line.ends_with(b"\n") || length < MAX_LINE;
        if length > 0 {
            block.lines.push(is_whole.then_some(line));
        }
        if !is_whole {
            progress.read(input.skip_until(b'\n')?);
        }
        // A caller that writes a line and waits for the answer gets it: nothing waits for a full block.
        let is_drained = length == 0 || !input.buffer().contains(&b'\n');
        if !block.lines.is_empty() && (is_drained || block.lines.len() >= BLOCK_LINES) {
            let first = block.first + block.lines.len();
            let full = std::mem::replace(&mut block, Block { first, lines: Vec::new() });
            let Some(worker) = turn.next() else { return Ok(()) };
            if worker.send(full).is_err() {
                return Ok(());
            }
        }
        if length == 0 {
            return Ok(());
        }
    }
}

/// Judges the lines of each block.
fn worker(blocks: Receiver<Block>, answers: SyncSender<Vec<u8>>, packs: &Packs) {
    // Checked by `run`; each thread has its own, because a catalog keeps what it has decoded.
    let Ok(policy) = policy::for_arguments(packs, Purpose::default()).map(|it| it.policy) else { return };
    for block in blocks {
        let mut out = Vec::new();
        for (number, line) in (block.first..).zip(&block.lines) {
            line::answer(&mut out, number, line.as_deref(), &policy);
        }
        if answers.send(out).is_err() {
            return;
        }
    }
}

/// Prints the answers of the workers in turn, until the first that has no more.
fn write(workers: &[Receiver<Vec<u8>>]) -> std::io::Result<()> {
    let mut out = BufWriter::new(std::io::stdout().lock());
    for worker in workers.iter().cycle() {
        let Ok(answers) = worker.recv() else { break };
        out.write_all(&answers)?;
        out.flush()?;
    }
    out.flush()
}
