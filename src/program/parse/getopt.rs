//! Words of the `getopt` tradition: `--long`, `--long=value`, clusters `-abc`, `-ovalue`.

use super::reading::{Given, Reading};
use super::{Reader, lookup};
use crate::program::grammar::{OptionSpec, OptionValue};
use crate::program::word::{Head, after};

impl<'g> Reader<'_, 'g> {
    /// Reads a word that starts with two dashes.
    pub(super) fn long(&mut self, reading: &mut Reading<'g>, word: usize, head: &Head<'_>) {
        let Some(argument) = self.argv.get(word) else { return };
        let (name, has_value) = head.name();
        if !head.exact && !has_value {
            reading.note_unknown(word);
            return self.unknown_option(reading, Given::unknown(name, word));
        }
        let found = lookup::long(reading, name);
        if has_value {
            reading.note_split(word, argument);
        }
        match found {
            Some(found) if found.negated || negates(found.spec, name) => {
                let mut given = Given::known(found.spec, word);
                given.flag.negated = true;
                reading.give(given);
            }
            Some(found) if has_value => {
                self.give_attached(reading, found.spec, word, after(argument, name.len() + 1));
            }
            Some(found) => self.give_separate(reading, found.spec, word),
            None if has_value => {
                reading.give(Given::unknown(name, word).with(after(argument, name.len() + 1)));
            }
            None => self.unknown_option(reading, Given::unknown(name, word)),
        }
    }

    /// Reads a cluster of letters behind one dash.
    pub(super) fn cluster(&mut self, reading: &mut Reading<'g>, word: usize, head: &Head<'_>) {
        let letters = head.text.get(1..).unwrap_or_default();
        let is_number = head.exact && letters.iter().all(u8::is_ascii_digit);
        if is_number && letters.first().is_some_and(|&digit| lookup::short(reading, digit).is_none()) {
            // `head -20`, `kill -9`
            return reading.give(Given::unknown(&head.text, word));
        }
        let mut has_unknown = false;
        for (index, &letter) in letters.iter().enumerate() {
            let rest = index + 2;
            let is_last = rest == head.text.len() && head.exact;
            let Some(spec) = lookup::short(reading, letter) else {
                if self.unknown_letter(reading, word, head, index + 1, &mut has_unknown) {
                    return;
                }
                continue;
            };
            if is_last {
                return self.give_separate(reading, spec, word);
            }
            let has_equals_sign = reading.style().drops_equals_sign() && head.text.get(rest) == Some(&b'=');
            if has_equals_sign || takes_attached(spec) {
                return self.give_rest_of_word(reading, spec, word, rest + usize::from(has_equals_sign));
            }
            self.give_separate(reading, spec, word);
        }
        if !head.exact {
            reading.note_unknown(word);
        }
    }

    /// Adds an option whose value is the word from byte `start` on.
    pub(super) fn give_rest_of_word(
        &mut self,
        reading: &mut Reading<'g>,
        spec: &'g OptionSpec,
        word: usize,
        start: usize,
    ) {
        let Some(argument) = self.argv.get(word) else { return };
        reading.note_split(word, argument);
        self.give_attached(reading, spec, word, after(argument, start));
    }

    /// Adds a letter at byte `at` that the grammar does not know. What follows it in the word may be its value;
    /// tried for the first such letter only, for the others would only lose more options. Whether the word is used
    /// up.
    fn unknown_letter(
        &mut self,
        reading: &mut Reading<'g>,
        word: usize,
        head: &Head<'_>,
        at: usize,
        has_unknown: &mut bool,
    ) -> bool {
        let (Some(argument), Some(&letter)) = (self.argv.get(word), head.text.get(at)) else { return true };
        if at + 1 == head.text.len() && head.exact {
            self.unknown_option(reading, Given::unknown(&[b'-', letter], word));
            return true;
        }
        if letter == b'=' {
            // No letter: `-f=x` where `-f` takes no value.
            return true;
        }
        let mut given = Given::unknown(&[b'-', letter], word);
        if head.text.get(at + 1) == Some(&b'=') {
            reading.give(given.with(after(argument, at + 2)));
            return true;
        }
        given.is_doubtful = !reading.unlisted && !*has_unknown;
        let is_doubtful = given.is_doubtful;
        reading.give(given);
        if is_doubtful {
            *has_unknown = true;
            self.fork(reading, |other| {
                if let Some(last) = other.given.last_mut() {
                    last.flag.value = Some(after(argument, at + 1));
                }
            });
        }
        false
    }
}

/// Whether an option takes what follows its letter in a cluster.
fn takes_attached(spec: &OptionSpec) -> bool {
    match spec.value {
        OptionValue::Required(_) | OptionValue::Several(..) | OptionValue::Rest(..) => true,
        OptionValue::Optional(_) => spec.attached,
        OptionValue::None => false,
    }
}

/// Whether the spelling takes the option back that it is listed with: `--color, --no-color`.
fn negates(spec: &OptionSpec, name: &[u8]) -> bool {
    name.starts_with(b"--no-") && !spec.canonical().starts_with("--no-") && {
        spec.names.iter().any(|known| known.as_bytes() == name)
    }
}
