//! The reading side of [`super::compile`]: a block of compiled packs, in which nothing is decoded before it is
//! asked for. The built-in block is part of the program's read-only data and is never copied.

use super::compile::ENTRY_WORDS;
use super::rule::{EffectKey, PackText, Rule, RuleText};
use crate::program::Grammar;
use serde::Deserialize;
use std::borrow::Cow;

/// A block.
#[derive(Clone, Debug)]
pub(crate) struct Store {
    block: Cow<'static, [u8]>,
}

/// A rule that concerns a program.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Use<'a> {
    /// Its number in the store.
    pub(crate) rule: u16,
    /// The subcommands that it is about, joined by blanks; empty: the program as such.
    pub(crate) path: &'a [u8],
}

#[derive(Clone, Copy)]
enum Table {
    Names,
    Programs,
    Keys,
    Rules,
    Packs,
}

impl Store {
    /// The packs that argvet is built with.
    pub(crate) fn builtin() -> Store {
        Store { block: Cow::Borrowed(include_bytes!(concat!(env!("OUT_DIR"), "/packs.bin"))) }
    }

    /// A block that was compiled at run time.
    pub(crate) fn compiled(block: Vec<u8>) -> Store {
        Store { block: Cow::Owned(block) }
    }

    /// The number of a program by its name or an alias.
    pub(crate) fn program(&self, name: &str) -> Option<usize> {
        let (mut low, mut high) = (0, self.len(Table::Names));
        while low < high {
            let middle = low.midpoint(high);
            let (found, program) = self.name(middle)?;
            match found.cmp(name.as_bytes()) {
                std::cmp::Ordering::Equal => return Some(program),
                std::cmp::Ordering::Less => low = middle + 1,
                std::cmp::Ordering::Greater => high = middle,
            }
        }
        None
    }

    /// All names of programs, with the number of the program.
    pub(crate) fn names(&self) -> impl Iterator<Item = (&[u8], usize)> {
        (0..self.len(Table::Names)).filter_map(|index| self.name(index))
    }

    /// The grammar of a program, if this store defines it.
    pub(crate) fn grammar(&self, program: usize) -> Option<Grammar> {
        let [start, end, ..] = self.row::<4>(Table::Programs, program)?;
        if start == end { None } else { self.decode(start, end) }
    }

    /// The rules about a program.
    pub(crate) fn uses(&self, program: usize) -> Vec<Use<'_>> {
        let Some([_, _, start, end]) = self.row::<4>(Table::Programs, program) else { return Vec::new() };
        let mut rest = self.data(start, end).unwrap_or_default();
        let mut uses = Vec::new();
        while let Some((rule, behind)) = rest.split_first_chunk() {
            let Some((length, behind)) = behind.split_first_chunk() else { break };
            let Some((path, behind)) = behind.split_at_checked(usize::from(u16::from_le_bytes(*length)))
            else {
                break;
            };
            uses.push(Use { rule: u16::from_le_bytes(*rule), path });
            rest = behind;
        }
        uses
    }

    /// The rules without a command that need this effect.
    pub(crate) fn by_effect(&self, key: EffectKey) -> impl Iterator<Item = u16> {
        let row = self.row::<2>(Table::Keys, key.index());
        let data = row.and_then(|[start, end]| self.data(start, end)).unwrap_or_default();
        data.as_chunks().0.iter().map(|rule| u16::from_le_bytes(*rule))
    }

    /// What a rule does.
    pub(crate) fn rule(&self, rule: u16) -> Option<Rule> {
        let [start, end, ..] = self.row::<5>(Table::Rules, usize::from(rule))?;
        self.decode(start, end)
    }

    /// What a rule says.
    pub(crate) fn rule_text(&self, rule: u16) -> Option<RuleText> {
        let [_, _, start, end, _] = self.row::<5>(Table::Rules, usize::from(rule))?;
        self.decode(start, end)
    }

    /// The pack of a rule.
    pub(crate) fn pack_of(&self, rule: u16) -> Option<usize> {
        let [.., pack] = self.row::<5>(Table::Rules, usize::from(rule))?;
        Some(pack)
    }

    /// Number of packs.
    pub(crate) fn packs(&self) -> usize {
        self.len(Table::Packs)
    }

    /// What a pack says.
    pub(crate) fn pack_text(&self, pack: usize) -> Option<PackText> {
        let [start, end, ..] = self.row::<5>(Table::Packs, pack)?;
        self.decode(start, end)
    }

    /// The id of a pack, which is the first thing that its text says: the rest is not decoded.
    pub(crate) fn pack_id(&self, pack: usize) -> Option<String> {
        let [start, end, ..] = self.row::<5>(Table::Packs, pack)?;
        postcard::take_from_bytes(self.data(start, end)?).ok().map(|(id, _)| id)
    }

    /// Whether a pack is on without being asked for.
    pub(crate) fn is_default(&self, pack: usize) -> bool {
        self.row::<5>(Table::Packs, pack).is_some_and(|[_, _, default, ..]| default != 0)
    }

    /// The rules of a pack.
    pub(crate) fn rules_of(&self, pack: usize) -> std::ops::Range<usize> {
        self.row::<5>(Table::Packs, pack).map_or(0..0, |[.., first, end]| first..end)
    }

    fn name(&self, index: usize) -> Option<(&[u8], usize)> {
        let [start, length, program] = self.row(Table::Names, index)?;
        Some((self.data(start, start.checked_add(length)?)?, program))
    }

    fn len(&self, table: Table) -> usize {
        self.word(table as usize * 2 + 1).unwrap_or(0)
    }

    fn row<const N: usize>(&self, table: Table, index: usize) -> Option<[usize; N]> {
        debug_assert_eq!(ENTRY_WORDS.get(table as usize), Some(&N), "the writer counts on it");
        if index >= self.len(table) {
            return None;
        }
        let first = self.word(table as usize * 2)? / 4 + index.checked_mul(N)?;
        let mut row = [0; N];
        for (at, word) in row.iter_mut().enumerate() {
            *word = self.word(first + at)?;
        }
        Some(row)
    }

    fn word(&self, index: usize) -> Option<usize> {
        let bytes = self.block.get(index.checked_mul(4)?..)?.first_chunk()?;
        usize::try_from(u32::from_le_bytes(*bytes)).ok()
    }

    fn data(&self, start: usize, end: usize) -> Option<&[u8]> {
        let data = self.word(ENTRY_WORDS.len() * 2)?;
        self.block.get(data.checked_add(start)?..data.checked_add(end)?)
    }

    fn decode<'a, T: Deserialize<'a>>(&'a self, start: usize, end: usize) -> Option<T> {
        postcard::from_bytes(self.data(start, end)?).ok()
    }
}
