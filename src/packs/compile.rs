//! Packs to bytes: [`compile`] puts validated packs into one block that [`super::store`] reads without decoding
//! what it does not need. `build.rs` compiles the built-in packs with it; a user's pack is compiled when it is
//! loaded.
//!
//! ```text
//! header     five tables: offset and number of entries; offset of the data
//! names      sorted: name of a program (or alias) → program
//! programs   → grammar, uses (rule number and subcommand path of each rule about the program)
//! keys       for each effect: the rules that need no command
//! rules      → what the rule does, what it says, its pack
//! packs      → what the pack says, whether it is on, its rules
//! data       names, and everything that the tables point to
//! ```

use super::error::{PackError, Source};
use super::programs::{Base, Programs};
use super::rule::{EffectKey, Pack, Rule};
use super::{telling, validate};
use crate::program::grammar::Grammar;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// Number of 32-bit words in an entry of each table, in the order of the header.
pub(crate) const ENTRY_WORDS: [usize; 5] = [3, 4, 2, 5, 5];

/// Compiles packs; all errors, at most a few for each file.
pub(crate) fn compile(sources: &[Source<'_>], base: Base<'_>) -> Result<Vec<u8>, Vec<PackError>> {
    let mut errors = Vec::new();
    let mut files = Vec::new();
    for source in sources {
        match validate::read(source) {
            Ok(file) => files.push((source, file)),
            Err(error) => errors.push(error),
        }
    }
    if !errors.is_empty() {
        return Err(errors);
    }
    let tables = files.iter().flat_map(|(source, file)| validate::tables(file, source)).collect();
    let mut programs = Programs::merge(tables, base)?;
    for (_, file) in &files {
        let matches = file.rule.iter().flat_map(|rule| &rule.get_ref().matches);
        for command in matches.flat_map(|entry| &entry.get_ref().command.0) {
            programs.look_up(command.split_whitespace().next().unwrap_or_default(), base);
        }
    }
    let mut packs = Vec::new();
    for (source, file) in &files {
        match validate::pack(file, source, &programs) {
            Ok(pack) => packs.push(pack),
            Err(error) => errors.push(error),
        }
    }
    if !errors.is_empty() {
        return Err(errors);
    }
    check_names(&programs, sources)?;
    telling::weigh(&mut packs);
    Ok(Block::default().write(&packs, &programs))
}

/// No name may stand for two programs.
fn check_names(programs: &Programs, sources: &[Source<'_>]) -> Result<(), Vec<PackError>> {
    let mut seen: BTreeMap<&str, &str> = BTreeMap::new();
    for grammar in programs.own.values() {
        for name in std::iter::once(&grammar.name).chain(&grammar.aliases) {
            if let Some(other) = seen.insert(name, &grammar.name) {
                // The table that names it: the search is for the message only.
                let quoted = format!("\"{name}\"");
                let source = sources.iter().find(|source| source.text.contains(&quoted)).or(sources.first());
                let at = source.and_then(|source| source.text.find(&quoted)).unwrap_or(0);
                let message =
                    format!("expected {name} to be one program, it is {other} and {}", grammar.name);
                return Err(source.map(|source| source.error(&(at..at), message)).into_iter().collect());
            }
        }
    }
    Ok(())
}

/// The block while it is written.
#[derive(Default)]
struct Block {
    data: Vec<u8>,
    tables: [Vec<u32>; 5],
}

impl Block {
    fn write(mut self, packs: &[Pack], programs: &Programs) -> Vec<u8> {
        let mut uses: BTreeMap<String, BTreeSet<(u16, String)>> = BTreeMap::new();
        let mut keys: BTreeMap<EffectKey, BTreeSet<u16>> = BTreeMap::new();
        let mut number = 0;
        for (pack_number, (pack, text)) in
            packs.iter().filter_map(|pack| Some((pack, pack.text.as_ref()?))).enumerate()
        {
            let first = number;
            for (rule, says) in &pack.rules {
                let (does, says) = (self.encode(rule), self.encode(says));
                self.row(3, [does.0, does.1, says.0, says.1, word(pack_number)]);
                index(rule, u16::try_from(number).unwrap_or(u16::MAX), &mut uses, &mut keys);
                number += 1;
            }
            let says = self.encode(text);
            self.row(4, [says.0, says.1, u32::from(text.default), word(first), word(number)]);
        }
        self.write_programs(programs, &uses);
        for key in EffectKey::ALL {
            let start = self.data.len();
            for rule in keys.get(&key).into_iter().flatten() {
                self.data.extend_from_slice(&rule.to_le_bytes());
            }
            let end = self.data.len();
            self.row(2, [word(start), word(end)]);
        }
        self.finish()
    }

    fn write_programs(&mut self, programs: &Programs, uses: &BTreeMap<String, BTreeSet<(u16, String)>>) {
        let mut names: BTreeMap<&str, u32> = BTreeMap::new();
        let all: BTreeSet<&String> = programs.own.keys().chain(uses.keys()).collect();
        for (number, program) in all.into_iter().enumerate() {
            names.insert(program, word(number));
            let mut grammar = (0, 0);
            if let Some(own) = programs.own.get(program) {
                names.extend(own.aliases.iter().map(|alias| (alias.as_str(), word(number))));
                grammar = self.encode::<Grammar>(own);
            }
            let start = self.data.len();
            for (rule, path) in uses.get(program).into_iter().flatten() {
                self.data.extend_from_slice(&rule.to_le_bytes());
                self.data.extend_from_slice(&u16::try_from(path.len()).unwrap_or(u16::MAX).to_le_bytes());
                self.data.extend_from_slice(path.as_bytes());
            }
            let end = self.data.len();
            self.row(1, [grammar.0, grammar.1, word(start), word(end)]);
        }
        for (name, program) in names {
            let start = self.data.len();
            self.data.extend_from_slice(name.as_bytes());
            self.row(0, [word(start), word(name.len()), program]);
        }
    }

    fn row<const N: usize>(&mut self, table: usize, words: [u32; N]) {
        debug_assert_eq!(ENTRY_WORDS.get(table), Some(&N), "the reader counts on it");
        if let Some(rows) = self.tables.get_mut(table) {
            rows.extend(words);
        }
    }

    /// Start and end of the encoded value in the data.
    fn encode<T: Serialize>(&mut self, value: &T) -> (u32, u32) {
        let start = word(self.data.len());
        // The types are plain data: postcard only fails on values of unknown length, which there are none of.
        if let Ok(bytes) = postcard::to_allocvec(value) {
            self.data.extend_from_slice(&bytes);
        }
        (start, word(self.data.len()))
    }

    fn finish(self) -> Vec<u8> {
        let mut at = self.tables.len() * 2 + 1;
        let mut words: Vec<u32> = Vec::new();
        for (rows, size) in self.tables.iter().zip(ENTRY_WORDS) {
            words.extend([word(at * 4), word(rows.len() / size)]);
            at += rows.len();
        }
        words.push(word(at * 4));
        words.extend(self.tables.into_iter().flatten());
        let mut block: Vec<u8> = words.into_iter().flat_map(u32::to_le_bytes).collect();
        block.extend(self.data);
        block
    }
}

/// Notes for which programs and effects the rule has to be looked at.
fn index(
    rule: &Rule,
    number: u16,
    uses: &mut BTreeMap<String, BTreeSet<(u16, String)>>,
    keys: &mut BTreeMap<EffectKey, BTreeSet<u16>>,
) {
    for clause in &rule.matches {
        for command in &clause.commands {
            if let Some((program, rest)) = command.split_first() {
                uses.entry(program.clone()).or_default().insert((number, rest.join(" ")));
            }
        }
        let key = clause.tests.iter().find_map(|test| test.effect_key());
        if let Some(key) = key.filter(|_| clause.commands.is_empty()) {
            keys.entry(key).or_default().insert(number);
        }
    }
}

/// Blocks stay far below 4 GiB: a pack file is read whole, and a larger number would not be found again.
fn word(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
