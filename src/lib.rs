//! argvet vets the argv: what would a shell command run, and what of it is destructive?
#![cfg_attr(test, allow(clippy::unwrap_used, reason = "a failing test is what tests are for"))]

mod facts;
mod gap;
mod source;
mod value;
pub mod packs;
pub mod program;
pub mod syntax;
pub mod trace;

pub use facts::{Dialect, Facts};
pub use gap::{Gap, GapCause, Limit};
pub use source::{SourceMap, Span};
pub use value::{Cause, Match, Piece, Unknown, Value};
