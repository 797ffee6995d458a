//! Arguments to a front end to an exit code.
//!
//! `argvet hook` runs before every command of an agent, so it is recognised by hand: building the command
//! line parser would cost more than judging the command.

use argvet::frontend;
use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments: Vec<_> = std::env::args_os().skip(1).collect();
    frontend::log::start();
    match arguments.split_first() {
        Some((first, rest))
            if first == "hook" && !rest.iter().any(|word| word == "--help" || word == "-h") =>
        {
            frontend::hook::main(rest)
        }
        _ => frontend::cli::main(),
    }
}
