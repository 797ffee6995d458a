//! Real bash judges argvet: whatever it executes in a sandbox must have been foreseen by the trace.
//!
//! Where bash or the namespaces of the sandbox are not to be had, the tests say so and pass; with `REQUIRE_BASH=1`
//! they fail.

mod cases;
mod compatible;
mod programs;
mod sandbox;

pub(crate) use cases::commands;
pub(crate) use compatible::{Foreseen, foreseen};
pub(crate) use sandbox::{Argv, CWD, HOME, Sandbox};

use argvet::trace::Trace;
use argvet::{Facts, Policy};
use std::sync::atomic::{AtomicUsize, Ordering};

/// What is known in the sandbox.
pub(crate) fn facts() -> Facts {
    Facts { arguments: Some(Vec::new()), cwd: Some(CWD.into()), home: Some(HOME.into()), ..Facts::default() }
}

/// What argvet foresees.
pub(crate) fn trace(command: &str, policy: &Policy) -> Trace {
    argvet::trace::trace(&argvet::syntax::parse(command.as_bytes()), &*policy.catalog, &facts())
}

/// A sandbox, or `None` where there can be none and it is not required.
pub(crate) fn sandbox() -> Option<Sandbox> {
    match Sandbox::new() {
        Ok(sandbox) => Some(sandbox),
        Err(reason) => {
            assert!(std::env::var_os("REQUIRE_BASH").is_none(), "no sandbox: {reason}");
            println!("skipped, no sandbox: {reason}");
            None
        }
    }
}

/// Does `work` for each number below `count`, on all processors, each with a sandbox of its own; `None` where there
/// can be no sandbox.
pub(crate) fn in_sandboxes<T: Send>(
    count: usize,
    work: impl Fn(&mut Sandbox, &Policy, usize) -> T + Sync,
) -> Option<Vec<T>> {
    let mut first = Some(sandbox()?);
    let next = AtomicUsize::new(0);
    let workers = std::thread::available_parallelism().map_or(1, usize::from).min(8).min(count.max(1));
    let mut all: Vec<(usize, T)> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..workers)
            .map(|_| {
                let mut sandbox = first.take().or_else(sandbox).unwrap();
                let (next, work) = (&next, &work);
                scope.spawn(move || {
                    let policy = Policy::default();
                    let mut done = Vec::new();
                    loop {
                        let index = next.fetch_add(1, Ordering::Relaxed);
                        if index >= count {
                            return done;
                        }
                        done.push((index, work(&mut sandbox, &policy, index)));
                    }
                })
            })
            .collect();
        threads.into_iter().flat_map(|thread| thread.join().unwrap()).collect()
    });
    all.sort_by_key(|(index, _)| *index);
    Some(all.into_iter().map(|(_, result)| result).collect())
}
