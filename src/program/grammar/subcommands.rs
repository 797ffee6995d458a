//! The subcommands of a [`Grammar`], which are decoded one by one when they are asked for: a call needs one or two of
//! the several hundred that some programs have, and the hook reads one call.
//!
//! Stored as one text for a level. For each subcommand: the length of its names, the names with a line end between
//! them, the length of its grammar, the grammar. Lengths are four bytes, the least significant first.

use super::Grammar;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::cell::OnceCell;
use std::ops::Range;

/// The subcommands of one level.
#[derive(Clone, Default)]
pub struct Subcommands {
    /// What the slots point into.
    encoded: Vec<u8>,
    slots: Vec<Slot>,
}

#[derive(Clone, Default)]
struct Slot {
    names: Range<usize>,
    grammar: Range<usize>,
    /// Filled from the start for a subcommand that was added, not read. Nothing: what was read is no grammar.
    decoded: OnceCell<Option<Box<Grammar>>>,
}

impl Subcommands {
    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.slots.is_empty()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.slots.len()
    }

    /// All of them, in the order of the pack.
    pub fn iter(&self) -> impl Iterator<Item = &Grammar> {
        self.slots.iter().filter_map(|slot| self.decoded(slot))
    }

    /// The first one with this canonical name or alias.
    pub fn called(&self, name: &[u8]) -> Option<&Grammar> {
        let is_meant = |slot: &&Slot| match slot.decoded.get() {
            Some(grammar) => {
                grammar.iter().any(|grammar| grammar.names().any(|known| known.as_bytes() == name))
            }
            None => {
                let names = self.encoded.get(slot.names.clone()).unwrap_or_default();
                names.split(|byte| *byte == b'\n').any(|known| known == name)
            }
        };
        self.slots.iter().find(is_meant).and_then(|slot| self.decoded(slot))
    }

    /// The one at this place of [`Subcommands::iter`], to be changed.
    pub(crate) fn get_mut(&mut self, at: usize) -> Option<&mut Grammar> {
        let grammar = self.decoded(self.slots.get(at)?)?.clone();
        let slot = self.slots.get_mut(at)?;
        slot.decoded = OnceCell::from(Some(Box::new(grammar)));
        slot.decoded.get_mut()?.as_deref_mut()
    }

    /// Adds one.
    pub(crate) fn push(&mut self, grammar: Grammar) {
        self.slots.push(Slot { decoded: OnceCell::from(Some(Box::new(grammar))), ..Slot::default() });
    }

    fn decoded<'a>(&'a self, slot: &'a Slot) -> Option<&'a Grammar> {
        let decode = || postcard::from_bytes(self.encoded.get(slot.grammar.clone())?).ok().map(Box::new);
        slot.decoded.get_or_init(decode).as_deref()
    }
}

impl PartialEq for Subcommands {
    fn eq(&self, other: &Self) -> bool {
        self.iter().eq(other.iter())
    }
}

impl Eq for Subcommands {}

impl std::fmt::Debug for Subcommands {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list().entries(self.iter()).finish()
    }
}

impl Serialize for Subcommands {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut text = Vec::new();
        for subcommand in self.iter() {
            let names: Vec<&str> = subcommand.names().collect();
            add(&mut text, names.join("\n").as_bytes());
            add(&mut text, &postcard::to_allocvec(subcommand).map_err(serde::ser::Error::custom)?);
        }
        serializer.serialize_bytes(&text)
    }
}

impl<'de> Deserialize<'de> for Subcommands {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let encoded = <&[u8]>::deserialize(deserializer)?;
        let mut slots = Vec::new();
        let mut at = 0;
        while at < encoded.len() {
            let names = part(encoded, at).ok_or_else(|| serde::de::Error::custom("cut off"))?;
            let grammar = part(encoded, names.end).ok_or_else(|| serde::de::Error::custom("cut off"))?;
            at = grammar.end;
            slots.push(Slot { names, grammar, decoded: OnceCell::new() });
        }
        Ok(Subcommands { encoded: encoded.to_vec(), slots })
    }
}

fn add(text: &mut Vec<u8>, part: &[u8]) {
    // No grammar comes near 4 GiB; one that did would not be read back.
    text.extend(u32::try_from(part.len()).unwrap_or(u32::MAX).to_le_bytes());
    text.extend_from_slice(part);
}

/// Where the part is whose length stands at `at`.
fn part(encoded: &[u8], at: usize) -> Option<Range<usize>> {
    let length = encoded.get(at..)?.first_chunk()?;
    let start = at.checked_add(length.len())?;
    let end = start.checked_add(usize::try_from(u32::from_le_bytes(*length)).ok()?)?;
    (end <= encoded.len()).then_some(start..end)
}
