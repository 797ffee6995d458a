//! Words that are no options: the subcommand, operands, and the point where a command of another program starts.

use super::Reader;
use super::reading::Reading;
use crate::program::grammar::{Grammar, OperandSpec, Role, Style};
use crate::program::word::{Head, is_assignment, may_vanish};
use crate::value::{Match, Value};

impl<'g> Reader<'_, 'g> {
    /// Reads a word that is no option.
    pub(super) fn operand(&mut self, reading: &mut Reading<'g>, word: usize, head: &Head<'_>) {
        let (Some(level), Some(value)) = (reading.level(), self.argv.get(word)) else { return };
        let is_first = reading.operands.is_empty();
        if is_first && reading.style() == Style::Shell && reading.take_script(word, value) {
            reading.note_split(word, value);
            reading.ended = true;
            return;
        }
        let wants_subcommand = is_first && !level.subcommands.is_empty() && !reading.unlisted;
        if wants_subcommand && self.subcommand(reading, level, word, head) {
            return;
        }
        if !reading.unlisted && self.starts_tail(reading, level, word, value) {
            return;
        }
        reading.note_unknown_operand(word, value);
        reading.operands.push(word);
    }

    /// Reads the word as a subcommand; whether it is used up.
    fn subcommand(
        &mut self,
        reading: &mut Reading<'g>,
        level: &'g Grammar,
        word: usize,
        head: &Head<'_>,
    ) -> bool {
        if !head.exact {
            self.unknown_subcommand(reading, level, word);
            return true;
        }
        if let Some(subcommand) = level.subcommands.called(&head.text) {
            reading.descend(subcommand);
            return true;
        }
        let last = reading.given.last();
        if self.loose && last.is_some_and(|last| last.spec.is_none() && last.flag.word + 1 == word) {
            // More likely the value of an option that the grammar does not know.
            return true;
        }
        reading.unlisted = level.operands.is_empty();
        false
    }

    /// Leaves the reading open at this word, or takes the word for the subcommand that is wanted.
    fn unknown_subcommand(&mut self, reading: &mut Reading<'g>, level: &'g Grammar, word: usize) {
        let Some(value) = self.argv.get(word) else { return };
        if may_vanish(value) {
            reading.is_doubtful = true;
            self.fork(reading, |other| other.note_unknown(word));
        }
        let depth = reading.levels.len();
        let wanted = self.wanted.get(depth).and_then(|name| level.subcommands.called(name.as_bytes()));
        let Some(subcommand) = wanted.filter(|subcommand| subcommand.may_be_called(value)) else {
            reading.open = Some(word);
            reading.at = self.argv.len();
            return;
        };
        reading.is_assumed = true;
        reading.is_doubtful = true;
        reading.descend(subcommand);
        if !value.may_split() {
            return;
        }
        // `git $x` may be `git stash drop`, and more.
        reading.note_unknown(word);
        // `aws $service describe-instances`: a known word stands where the next one of the path would.
        let is_named = |value: &Value| {
            let head = Head::of(value);
            head.exact && !head.is_dashed()
        };
        if self.argv.get(word + 1).is_some_and(is_named) {
            return;
        }
        let mut deepest = reading.clone();
        for name in self.wanted.iter().skip(depth + 1) {
            let next = deepest.level().and_then(|level| level.subcommands.called(name.as_bytes()));
            let Some(next) = next else { return };
            deepest.descend(next);
        }
        if deepest.levels.len() > reading.levels.len() {
            self.fork(reading, |other| *other = deepest);
        }
    }

    /// Finds out whether the word is the first of a command or script that takes all the rest, or an assignment
    /// in front of it; moves on along the usage line otherwise. Whether the word is used up.
    fn starts_tail(
        &mut self,
        reading: &mut Reading<'g>,
        level: &'g Grammar,
        word: usize,
        value: &Value,
    ) -> bool {
        let slot_before = reading.slot;
        let mut may_be_assignment = false;
        while let Some(slot) = level.operands.get(reading.slot) {
            let is_tail = slot.role.is_tail();
            if is_tail && reading.tail.is_none() {
                let may_be_none = may_be_assignment || may_vanish(value);
                if may_be_none && slot.role != Role::JoinedScript {
                    reading.is_doubtful = true;
                    self.fork(reading, |other| {
                        other.note_unknown(word);
                        other.slot = slot_before;
                    });
                }
                self.take_tail(reading, slot, word);
                return true;
            }
            if slot.role == Role::Assignment {
                match is_assignment(value) {
                    Some(true) => break,
                    Some(false) => {}
                    None => may_be_assignment = true,
                }
            } else if !is_tail && !is_displaced(reading, slot) {
                reading.slot += usize::from(!slot.many);
                reading.ended |= slot.ends_options && !slot.many;
                break;
            }
            reading.slot += 1;
        }
        reading.ended |= !reading.style().permutes();
        false
    }

    /// Takes all words up to the one that ends the operand.
    fn take_tail(&mut self, reading: &mut Reading<'g>, slot: &OperandSpec, word: usize) {
        let ends = |value: &Value| {
            let head = Head::of(value);
            slot.until.iter().any(|terminator| head.is(terminator.as_bytes()))
        };
        let end = self.argv.iter().skip(word).position(ends).map_or(self.argv.len(), |index| word + index);
        reading.tail = Some(word..end);
        reading.slot += 1;
        reading.at = (end + 1).min(self.argv.len()).max(reading.at);
        reading.ended = true;
    }
}

/// Whether an option stands in for the operand, so that its place is skipped.
pub(super) fn is_displaced(reading: &Reading<'_>, slot: &OperandSpec) -> bool {
    let is_text = matches!(slot.role, Role::Script(_) | Role::ScriptFile | Role::Code(_) | Role::CodeFile(_));
    (is_text && reading.has_text) || reading.filled.contains(&slot.name.as_str())
}

impl Grammar {
    /// Whether the unknown word may be one of its names.
    fn may_be_called(&self, value: &Value) -> bool {
        value.may_split() || self.names().any(|name| value.equals(name.as_bytes()) != Match::No)
    }
}
