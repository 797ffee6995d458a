//! Words of a Bourne shell in front of its script: `-euo pipefail`, `+x`, `-c`, `--rcfile file`.
//!
//! Its letters are no `getopt` cluster: a letter with a value takes the next word and the cluster goes on, and `-c`
//! takes none at all: the first operand is its script, with options allowed between.

use super::reading::{Given, Reading};
use super::{Reader, lookup};
use crate::program::grammar::{OptionSpec, OptionValue, Role};
use crate::program::word::Head;
use crate::value::Value;

impl<'g> Reader<'_, 'g> {
    /// Reads a word before the first operand; whether it was an option or the script of one.
    pub(super) fn shell_word(&mut self, reading: &mut Reading<'g>, word: usize, head: &Head<'_>) -> bool {
        if head.is(b"-") || head.is(b"--") {
            reading.ended = true;
            return true;
        }
        let sign = head.text.first().copied();
        if sign != Some(b'+') && !head.is_dashed() {
            return false;
        }
        if let Some(spec) = long_name(reading, head) {
            self.give_separate(reading, spec, word);
            return true;
        }
        if head.text.starts_with(b"--") {
            self.long(reading, word, head);
            return true;
        }
        for &letter in head.text.iter().skip(1) {
            let mut given = match lookup::short(reading, letter) {
                Some(spec) => Given::known(spec, word),
                None => Given::unknown(&[b'-', letter], word),
            };
            given.flag.negated = sign == Some(b'+');
            let takes_next =
                given.spec.is_some_and(|spec| spec.value != OptionValue::None && !is_script(spec));
            reading.give(given);
            if takes_next {
                reading.take_value(self.argv);
            }
        }
        if !head.exact {
            reading.note_unknown(word);
        }
        true
    }
}

impl Reading<'_> {
    /// Gives the script to the `-c` that waits for it; whether there is one.
    pub(super) fn take_script(&mut self, word: usize, value: &Value) -> bool {
        let waits = |given: &&mut Given<'_>| given.flag.value.is_none() && given.spec.is_some_and(is_script);
        let Some(given) = self.given.iter_mut().find(waits) else { return false };
        given.flag.value = Some(value.clone());
        given.flag.value_word = word;
        true
    }
}

/// The option of which the word is a whole name; the dash may be single (`-norc`).
fn long_name<'g>(reading: &Reading<'g>, head: &Head<'_>) -> Option<&'g OptionSpec> {
    if !head.exact || head.text.len() < 3 || !head.text.starts_with(b"-") {
        return None;
    }
    let is_long = |spec: &&OptionSpec| spec.names.iter().any(|name| name.starts_with("--"));
    lookup::dashless(reading, head.text.get(1..)?.strip_prefix(b"-").or(head.text.get(1..))?).filter(is_long)
}

fn is_script(spec: &OptionSpec) -> bool {
    matches!(spec.value, OptionValue::Required(Role::Script(_)))
}
