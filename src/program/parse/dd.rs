//! Words of `dd`: `key=value`, each read as the option `key=`.

use super::reading::{Given, Reading};
use super::{Reader, lookup};
use crate::program::word::{Head, after};

impl<'g> Reader<'_, 'g> {
    /// Reads a word anywhere in the argv.
    pub(super) fn dd_word(&mut self, reading: &mut Reading<'g>, word: usize, head: &Head<'_>) {
        let Some(argument) = self.argv.get(word) else { return };
        let (name, has_value) = head.name();
        if !has_value {
            if head.is_dashed() && head.exact {
                return reading.give(Given::unknown(&head.text, word));
            }
            if !head.exact {
                reading.note_unknown(word);
            }
            return self.operand(reading, word, head);
        }
        let key = head.text.get(..=name.len()).unwrap_or_default();
        let given = match lookup::exact(reading, key) {
            Some(spec) => Given::known(spec, word),
            None => Given::unknown(key, word),
        };
        reading.note_split(word, argument);
        reading.give(given.with(after(argument, key.len())));
    }
}
