//! Words of Go's `flag` package and of Java and X programs: `-name` is one option, not a cluster, and the same as
//! `--name`.

use super::reading::{Given, Reading};
use super::{Reader, lookup};
use crate::program::grammar::{OptionValue, Style};
use crate::program::word::{Head, after};

impl<'g> Reader<'_, 'g> {
    /// Reads a word that starts with one or two dashes.
    pub(super) fn single_dash(&mut self, reading: &mut Reading<'g>, word: usize, head: &Head<'_>) {
        let Some(argument) = self.argv.get(word) else { return };
        let (written, has_value) = head.name();
        let name = written.strip_prefix(b"--").or(written.strip_prefix(b"-")).unwrap_or(written);
        let is_whole = head.exact || has_value;
        if let (true, Some(spec)) = (is_whole, lookup::dashless(reading, name)) {
            if !has_value {
                return self.give_separate(reading, spec, word);
            }
            reading.note_split(word, argument);
            return self.give_attached(reading, spec, word, after(argument, written.len() + 1));
        }
        // `-Dname=value`, `-Xmx1g`
        let letter = name.first().and_then(|&letter| lookup::short(reading, letter));
        if let (Style::Java, Some(spec)) = (reading.style(), letter)
            && matches!(spec.value, OptionValue::Required(_) | OptionValue::Optional(_))
        {
            reading.note_split(word, argument);
            return self.give_attached(reading, spec, word, after(argument, 2));
        }
        if !is_whole {
            reading.note_unknown(word);
        }
        let given = Given::unknown(written, word);
        if has_value {
            reading.note_split(word, argument);
            return reading.give(given.with(after(argument, written.len() + 1)));
        }
        self.unknown_option(reading, given);
    }
}
