//! The first word of `tar`, `ps` and `ar`, when it has no dash: letters, each of which may take one of the next
//! words as its value, in turn (`tar cfb archive 20`).

use super::reading::{Given, Reading};
use super::{Reader, lookup};
use crate::program::grammar::OptionValue;
use crate::program::word::Head;

impl<'g> Reader<'_, 'g> {
    /// Reads the word at index 1.
    pub(super) fn letters_without_dash(&mut self, reading: &mut Reading<'g>, head: &Head<'_>) {
        for &letter in head.text.iter() {
            match lookup::short(reading, letter) {
                Some(spec) => {
                    reading.give(Given::known(spec, 1));
                    if matches!(spec.value, OptionValue::Required(_)) {
                        reading.take_value(self.argv);
                    }
                }
                None => reading.give(Given::unknown(&[b'-', letter], 1)),
            }
        }
        if !head.exact {
            reading.note_unknown(1);
        }
    }
}
