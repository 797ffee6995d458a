//! Judges the examples of all packs and prints the slowest of each: `cargo run --release --example slowest 500` fails
//! where one takes longer than 500 µs. An example counts with its fastest run, so that a busy machine says little.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "its output is all that it is for")]

use argvet::{Catalog, Facts, PackSelection, Policy, check};
use std::process::ExitCode;
use std::rc::Rc;
use std::time::{Duration, Instant};

/// How often each example is judged. The first time, grammars and rules are decoded.
const RUNS: usize = 8;

fn main() -> ExitCode {
    let limit = std::env::args()
        .nth(1)
        .and_then(|limit| limit.parse().ok())
        .map_or(Duration::MAX, Duration::from_micros);
    let all = PackSelection { all: true, ..PackSelection::default() };
    let policy = Policy::new(Rc::new(Catalog::builtin()), &all);
    let facts = Facts { cwd: Some(b"/home/user/project".to_vec()), ..Facts::default() };
    let time = |command: &String| {
        let once = |_| {
            let start = Instant::now();
            check(command.as_bytes(), &policy, &facts);
            start.elapsed()
        };
        (0..RUNS).map(once).min().unwrap_or_default()
    };
    let mut slow = 0;
    for pack in policy.catalog.packs() {
        let rules = policy.catalog.rules(&pack.id);
        let examples =
            rules.iter().flat_map(|rule| rule.blocks.iter().chain(&rule.allows)).chain(&pack.harmless);
        let timed: Vec<(Duration, &String)> = examples.map(|command| (time(command), command)).collect();
        slow += timed.iter().filter(|(time, _)| *time > limit).count();
        if let Some((time, command)) = timed.iter().max() {
            println!("{:28} {:6} µs  {}", pack.id, time.as_micros(), command.replace('\n', "\\n"));
        }
    }
    if slow > 0 {
        eprintln!("{slow} examples take longer than {limit:?}");
        return ExitCode::FAILURE;
    }
    ExitCode::SUCCESS
}
