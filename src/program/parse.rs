//! The loop that reads an argv word by word. How a word that starts with a dash is taken apart is up to the family:
//! [`getopt`], [`single_dash`], [`shell`], [`old`], [`find`], [`dd`]; what the words then mean is [`outcome`]'s part.
//!
//! Where the grammar leaves two ways open, the [`Reading`] is cloned and both are followed, up to
//! [`MAX_READINGS`]. Past that, one more reading takes for an option whatever may be one.

mod dd;
mod find;
mod getopt;
mod lookup;
mod old;
mod operand;
mod outcome;
mod reading;
mod shell;
mod single_dash;
mod value;

use super::Call;
use super::grammar::{Grammar, Style};
use super::word::Head;
use crate::value::Value;
use reading::{Given, Reading};

/// How many ways to read one argv are kept.
pub(crate) const MAX_READINGS: usize = 8;

/// Reads an argv by a grammar.
pub(crate) fn read(argv: &[Value], grammar: &Grammar) -> Vec<Call> {
    read_with(argv, grammar, &[])
}

/// Reads an argv in which an unknown subcommand word is taken for the one that leads to `path`. `None` if no
/// unknown word stands where one would be needed, or it cannot be that word.
pub(crate) fn read_assuming(argv: &[Value], grammar: &Grammar, path: &[&str]) -> Option<Vec<Call>> {
    let mut calls = read_with(argv, grammar, path);
    calls.retain(|call| call.open.is_none() && path.iter().copied().eq(call.path.iter().take(path.len())));
    (!calls.is_empty()).then_some(calls)
}

fn read_with(argv: &[Value], grammar: &Grammar, wanted: &[&str]) -> Vec<Call> {
    // One place is kept for the loose reading.
    let mut reader =
        Reader { argv, wanted, forks: Vec::new(), spare: MAX_READINGS - 2, overflow: false, loose: false };
    let mut readings = reader.run(grammar);
    if reader.overflow {
        reader.loose = true;
        readings.extend(reader.run(grammar));
    }
    if !wanted.is_empty() {
        readings.retain(|reading| reading.is_assumed);
    }
    outcome::calls(argv, readings, reader.overflow)
}

/// What the readings of one argv share.
struct Reader<'a, 'g> {
    argv: &'a [Value],
    /// The path that an unknown subcommand word is to lead to; empty: unknown words stay open.
    wanted: &'a [&'a str],
    /// Readings that are still to be followed.
    forks: Vec<Reading<'g>>,
    /// How many more of them are allowed.
    spare: usize,
    /// Whether more were needed.
    overflow: bool,
    /// Whether this is the reading that takes for an option whatever may be one.
    loose: bool,
}

impl<'g> Reader<'_, 'g> {
    fn run(&mut self, grammar: &'g Grammar) -> Vec<Reading<'g>> {
        let mut done = Vec::with_capacity(1);
        let mut next = Some(Reading::new(grammar));
        while let Some(mut reading) = next {
            while reading.at < self.argv.len() {
                self.step(&mut reading);
            }
            done.push(reading);
            next = self.forks.pop();
        }
        done
    }

    /// Reads the next word, and those that belong to it.
    fn step(&mut self, reading: &mut Reading<'g>) {
        let word = reading.at;
        let Some(value) = self.argv.get(word) else { return };
        reading.at += 1;
        let head = Head::of(value);
        match reading.style() {
            Style::Find => return self.find_word(reading, word, &head),
            Style::Dd => return self.dd_word(reading, word, &head),
            Style::None => return self.operand(reading, word, &head),
            Style::Old if word == 1 && !head.is_dashed() => return self.letters_without_dash(reading, &head),
            Style::Shell if !reading.ended && self.shell_word(reading, word, &head) => return,
            _ => {}
        }
        if reading.ended {
            return self.operand(reading, word, &head);
        }
        if head.is(b"--") {
            reading.end_options(word);
        } else if head.is_dashed() {
            self.dashed(reading, word, &head);
        } else if let (true, Some(spec)) = (head.is(b"-"), lookup::exact(reading, b"-")) {
            reading.give(Given::known(spec, word));
        } else if let ([b'+', _, ..], Some(spec)) = (&*head.text, lookup::exact(reading, b"+")) {
            // `vim +command`
            self.give_rest_of_word(reading, spec, word, 1);
        } else {
            self.operand(reading, word, &head);
        }
    }

    /// Reads a word that starts with a dash and is an option.
    fn dashed(&mut self, reading: &mut Reading<'g>, word: usize, head: &Head<'_>) {
        match reading.style() {
            Style::Go | Style::Java => self.single_dash(reading, word, head),
            _ if head.text.starts_with(b"--") => self.long(reading, word, head),
            _ => self.cluster(reading, word, head),
        }
    }

    /// Follows a second way from here: `other` says what differs in it. Without room for it, only notes so.
    fn fork(&mut self, reading: &mut Reading<'g>, other: impl FnOnce(&mut Reading<'g>)) {
        if self.loose {
            return;
        }
        if self.spare == 0 {
            self.overflow = true;
            return;
        }
        self.spare -= 1;
        let mut second = reading.clone();
        other(&mut second);
        self.forks.push(second);
    }

    /// Adds an option that is not in the grammar and may take the next word as its value: both ways.
    fn unknown_option(&mut self, reading: &mut Reading<'g>, mut given: Given<'g>) {
        // Behind a subcommand that nothing is known of, it makes no difference.
        given.is_doubtful = !reading.unlisted && reading.at < self.argv.len();
        let is_doubtful = given.is_doubtful;
        reading.give(given);
        if is_doubtful {
            let argv = self.argv;
            self.fork(reading, |other| other.take_value(argv));
        }
    }
}
