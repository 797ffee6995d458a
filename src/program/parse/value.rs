//! The value of an option that the grammar knows: from the same word, the next, or several.

use super::Reader;
use super::reading::{Given, Reading};
use crate::program::grammar::{OptionSpec, OptionValue, Role, Style};
use crate::program::word::Head;
use crate::value::Value;

/// What a boolean option is switched off with.
const FALSE: [&[u8]; 6] = [b"false", b"False", b"FALSE", b"f", b"F", b"0"];

/// How many of them also switch off an option that may have another value: `--dry-run=false`, but `--tail=0`.
const FALSE_WORDS: usize = 3;

impl<'g> Reader<'_, 'g> {
    /// Adds an option with what was written behind its name in the same word: `--name=value`, `-nvalue`.
    pub(super) fn give_attached(
        &mut self,
        reading: &mut Reading<'g>,
        spec: &'g OptionSpec,
        word: usize,
        value: Value,
    ) {
        let mut given = Given::known(spec, word);
        let off = match spec.value {
            OptionValue::None => FALSE.as_slice(),
            OptionValue::Optional(_) => FALSE.get(..FALSE_WORDS).unwrap_or_default(),
            _ => &[],
        };
        if reading.style().has_boolean_values() && !off.is_empty() {
            given.flag.negated = value.known().is_some_and(|bytes| off.contains(&bytes.as_ref()));
            if value.has_unknown() {
                given.flag.certainty = given.flag.certainty.weaken();
            }
        }
        let given = given.with(value);
        match &spec.value {
            // `python -mpip install`
            OptionValue::Rest(role, until) if role.is_tail() => self.rest(reading, given, role, until),
            OptionValue::Required(role) => {
                reading.give(given);
                self.end_at_own_words(reading, role);
            }
            _ => reading.give(given),
        }
    }

    /// A program that splits a text into its own argv (`env -S`) goes on with its words, so what the words behind it
    /// are depends on them.
    fn end_at_own_words(&self, reading: &mut Reading<'g>, role: &Role) {
        if *role == Role::OwnWords {
            reading.tail = Some(reading.at..self.argv.len());
            reading.at = self.argv.len();
        }
    }

    /// Adds an option without anything behind its name in the same word, and takes its values from what follows.
    pub(super) fn give_separate(&mut self, reading: &mut Reading<'g>, spec: &'g OptionSpec, word: usize) {
        let given = Given::known(spec, word);
        match &spec.value {
            OptionValue::None | OptionValue::Optional(_) => reading.give(given),
            OptionValue::Required(role) => {
                reading.give(given);
                self.required_value(reading);
                self.end_at_own_words(reading, role);
            }
            OptionValue::Several(_, count) => {
                for _ in 0..*count {
                    reading.give(given.clone());
                    reading.take_value(self.argv);
                }
            }
            OptionValue::Rest(role, until) => self.rest(reading, given, role, until),
        }
    }

    /// Takes the next word as a value, whatever it looks like, unless the style has doubts.
    fn required_value(&mut self, reading: &mut Reading<'g>) {
        let argv = self.argv;
        let Some(next) = argv.get(reading.at) else { return };
        let head = Head::of(next);
        if reading.style().refuses_dashed_values() && head.exact && looks_like_option(&head) {
            reading.is_doubtful = true;
            self.fork(reading, |other| other.take_value(argv));
            return;
        }
        let at = reading.at;
        reading.take_value(argv);
        if self.loose && head.is_dashed() {
            // An unknown option may have taken this option as its value; then the word is an option after all.
            reading.at = at;
        }
    }

    /// Takes the words up to a terminator, or to the end.
    fn rest(&mut self, reading: &mut Reading<'g>, mut given: Given<'g>, role: &Role, until: &[String]) {
        let is_command = role.is_tail();
        let start = reading.at;
        let mut end = self.argv.len();
        let mut terminated = false;
        let mut braces = false;
        for (at, value) in self.argv.iter().enumerate().skip(start) {
            let head = Head::of(value);
            let plus = reading.style() == Style::Find && braces && head.is(b"+");
            terminated = plus || until.iter().any(|terminator| head.is(terminator.as_bytes()));
            if terminated || (!is_command && until.is_empty() && head.is_dashed()) {
                end = at;
                break;
            }
            braces = head.is(b"{}");
        }
        reading.at = end + usize::from(terminated);
        if is_command || start == end {
            given.rest = start..end;
            reading.give(given);
            return;
        }
        for (at, value) in self.argv.iter().enumerate().take(end).skip(start) {
            let mut given = given.clone().with(value.clone());
            given.flag.value_word = at;
            reading.give(given);
            reading.note_split(at, value);
        }
    }
}

/// What argparse takes for an option where a value should stand: negative numbers and text with blanks are none.
fn looks_like_option(head: &Head<'_>) -> bool {
    let is_number = head.text.iter().skip(1).all(|byte| byte.is_ascii_digit() || *byte == b'.');
    head.is_dashed() && !is_number && !head.text.contains(&b' ')
}
