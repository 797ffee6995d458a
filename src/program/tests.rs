//! Argvs and how they are read, as tables: one file per family of parsers, each against small grammars of real
//! programs.
//!
//! A call is shown as `path {flags} [operands] <nested> !effects …`, several readings with ` / ` between them:
//!
//! ```text
//! git push {--force} [origin]          `!--force`: taken back; `--force?`: possibly given
//! sudo {--user=x} <command: rm a>      `<script: text; $0 $1 by -c>`
//! open@2 unknown@3 stdin:script ?      the open word, unknown words, what stdin is, Possible
//! ```

mod cobra;
mod effects;
mod find;
mod getopt;
mod git;
mod nested;
mod notation;
mod other_styles;
mod properties;
mod python;
mod shell;
mod unknown_options;
mod unknown_words;

pub(crate) use notation::{check, check_assuming, grammar, words};
