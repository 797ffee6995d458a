//! Judges the command on standard input as often as the first argument says, and prints the decision: the smallest
//! use of the library, and what `tests/perf/check.sh` counts the instructions of.

use argvet::{Facts, Policy, check};
use std::io::{Read, Write};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let times: u32 = std::env::args().nth(1).map_or(Ok(1), |times| times.parse())?;
    let mut command = Vec::new();
    std::io::stdin().read_to_end(&mut command)?;
    let (policy, facts) = (Policy::default(), Facts::default());
    let mut decision = None;
    for _ in 0..times {
        decision = Some(check(&command, &policy, &facts).decision);
    }
    writeln!(std::io::stdout(), "{decision:?}")?;
    Ok(())
}
