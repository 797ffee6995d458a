//! All integration tests in one binary.

mod grammar_tests;
mod packs;
