//! All integration tests in one binary.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::print_stdout,
    reason = "a failing test is what tests are for"
)]

mod allow;
mod analyze;
mod audit;
mod batch;
mod cli;
mod completion;
mod config;
mod conformance;
mod corpus;
mod disguise;
mod grammar_tests;
mod hook;
mod hosts;
mod install;
mod mutants;
#[cfg(target_os = "linux")]
mod oracle;
mod packs;
mod packs_audit;
mod parse;
mod program;
mod property;
mod readme;
mod scenario;
mod sources;
mod tidy;
