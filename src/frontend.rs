//! The front ends: the only part of argvet that reads the environment, files and standard input, that knows JSON
//! and that prints. Each turns one [`Verdict`](crate::Verdict) into what its reader needs.
//!
//! ```text
//! hook     a host's question on standard input  →  the host's reply
//! analyze  one command or script                →  a report for a person, or one JSON document
//! install  hosts' configuration files               →  argvet in them, or out of them
//! batch    JSON Lines                           →  JSON Lines
//! packs    the rules themselves                 →  lists, pages, test results
//! config   the configuration files              →  what counts, and who says so
//! allow    a rule and a reason                  →  an exception
//! log      what the hook has recorded           →  a table, counts
//! trust    a project's configuration            →  a record that the user has read it
//! ```
//!
//! Part of the binary, not of the library's interface: it is public for `main.rs`, tests and fuzz targets.

mod allow;
mod analyze;
mod audit;
mod batch;
pub mod cli;
mod clock;
mod config;
mod doctor;
pub(crate) mod document;
mod error;
mod exit;
pub mod hook;
mod install;
mod judge;
mod locations;
pub mod log;
mod once;
mod output;
mod packs;
mod place;
mod policy;
mod printable;
mod report;
mod ruling;
mod shell_init;
mod trust;

pub use error::Error;
pub use exit::Exit;
