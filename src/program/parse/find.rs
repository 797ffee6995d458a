//! Words of `find`: start points, then an expression of tests and actions with single dashes.
//!
//! An expression has no operands, so a test that the grammar does not know can be given its value without doubt.

use super::reading::{Given, Reading};
use super::{Reader, lookup};
use crate::program::word::Head;

impl<'g> Reader<'_, 'g> {
    /// Reads a word anywhere in the argv.
    pub(super) fn find_word(&mut self, reading: &mut Reading<'g>, word: usize, head: &Head<'_>) {
        if is_operator(head) {
            reading.ended = true;
            return;
        }
        if !head.is_dashed() {
            return self.operand(reading, word, head);
        }
        match lookup::exact(reading, &head.text).filter(|_| head.exact) {
            Some(spec) => self.give_separate(reading, spec, word),
            None => {
                reading.give(Given::unknown(&head.text, word));
                if !head.exact {
                    reading.note_unknown(word);
                }
                let next = self.argv.get(reading.at).map(Head::of);
                let is_value = next.is_some_and(|next| !next.is_dashed() && !is_operator(&next));
                // Before a start point it may be one of `-H -L -P`, and the word behind it the start point.
                if is_value && !reading.operands.is_empty() {
                    reading.take_value(self.argv);
                }
            }
        }
    }
}

fn is_operator(head: &Head<'_>) -> bool {
    [b"(", b")", b"!", b","].iter().any(|operator| head.is(*operator))
}
