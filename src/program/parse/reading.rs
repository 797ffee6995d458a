//! A [`Reading`] in progress: how far it is, what it has found. Cloned where the grammar leaves two ways open.

use crate::program::Flag;
use crate::program::grammar::{Grammar, OptionSpec, Role, Style};
use crate::program::word::{lossy, may_be_option};
use crate::value::{Match, Value};
use std::ops::Range;

/// One way to read an argv, up to the word `at`.
#[derive(Clone)]
pub(crate) struct Reading<'g> {
    /// The grammars of the program and the subcommands so far.
    pub(crate) levels: Vec<&'g Grammar>,
    /// The next word.
    pub(crate) at: usize,
    /// Whether no option can follow (behind `--`, or behind an operand where that ends them).
    pub(crate) ended: bool,
    /// Whether the subcommand is not in the grammar: what follows means nothing.
    pub(crate) unlisted: bool,
    /// The operand of the usage line that comes next; counts only as far as needed to find where a command starts.
    pub(crate) slot: usize,
    /// Options so far; added by [`Reading::give`].
    pub(crate) given: Vec<Given<'g>>,
    /// Whether an option gives the script or program text itself, so that no operand names it.
    pub(crate) has_text: bool,
    /// The operands that need not be given because an option stands for them.
    pub(crate) filled: Vec<&'g str>,
    /// The word that is `--`.
    pub(crate) dashes: Option<usize>,
    /// The words that are operands, without those of `tail`.
    pub(crate) operands: Vec<usize>,
    /// The words of a command or remote script.
    pub(crate) tail: Option<Range<usize>>,
    /// Words that may be further options or several words.
    pub(crate) unknown_words: Vec<usize>,
    /// The subcommand word that cannot be known; the reading ends there.
    pub(crate) open: Option<usize>,
    /// Whether an unknown subcommand word was taken for the wanted one.
    pub(crate) is_assumed: bool,
    /// Whether another reading differs for a reason that is not an unknown option.
    pub(crate) is_doubtful: bool,
}

/// An option as given, with what the grammar says of it.
#[derive(Clone)]
pub(crate) struct Given<'g> {
    pub(crate) flag: Flag,
    /// `None`: the grammar does not know it.
    pub(crate) spec: Option<&'g OptionSpec>,
    /// The words of `-exec … ;`.
    pub(crate) rest: Range<usize>,
    /// Whether another reading differs on whether it takes a value.
    pub(crate) is_doubtful: bool,
}

impl<'g> Given<'g> {
    /// An option that the grammar knows, under its canonical name.
    pub(crate) fn known(spec: &'g OptionSpec, word: usize) -> Given<'g> {
        Given::new(spec.canonical().to_owned(), Some(spec), word)
    }

    /// An option that the grammar does not know, under the name that is written.
    pub(crate) fn unknown(name: &[u8], word: usize) -> Given<'g> {
        Given::new(lossy(name), None, word)
    }

    fn new(name: String, spec: Option<&'g OptionSpec>, word: usize) -> Given<'g> {
        let certainty = Match::Certain;
        let flag = Flag { name, value: None, word, value_word: word, negated: false, certainty };
        Given { flag, spec, rest: 0..0, is_doubtful: false }
    }

    /// With a value from the same word.
    pub(crate) fn with(mut self, value: Value) -> Given<'g> {
        self.flag.value = Some(value);
        self
    }
}

impl<'g> Reading<'g> {
    /// Nothing but the program's name is read.
    pub(crate) fn new(grammar: &'g Grammar) -> Reading<'g> {
        Reading {
            levels: vec![grammar],
            at: 1,
            ended: false,
            unlisted: false,
            slot: 0,
            given: Vec::new(),
            has_text: false,
            filled: Vec::new(),
            dashes: None,
            operands: Vec::new(),
            tail: None,
            unknown_words: Vec::new(),
            open: None,
            is_assumed: false,
            is_doubtful: false,
        }
    }

    /// The innermost grammar.
    pub(crate) fn level(&self) -> Option<&'g Grammar> {
        self.levels.last().copied()
    }

    /// How options are spelled at this level.
    pub(crate) fn style(&self) -> Style {
        self.level().map_or(Style::None, |level| level.style)
    }

    /// The grammars whose options are valid here, innermost first.
    pub(crate) fn valid_levels(&self) -> impl Iterator<Item = &'g Grammar> {
        let count = match (self.style().keeps_outer_options(), self.unlisted) {
            (true, _) => self.levels.len(),
            (false, true) => 0,
            (false, false) => 1,
        };
        self.levels.iter().rev().take(count).copied()
    }

    /// Goes on in a subcommand.
    pub(crate) fn descend(&mut self, subcommand: &'g Grammar) {
        self.levels.push(subcommand);
        if !subcommand.style.keeps_outer_options() {
            self.ended = false;
        }
    }

    /// Reads `--`, which also ends a repeated operand that is written with `--` behind it.
    pub(crate) fn end_options(&mut self, word: usize) {
        self.ended = true;
        self.dashes = Some(word);
        let slot = self.level().and_then(|level| level.operands.get(self.slot));
        self.slot += usize::from(slot.is_some_and(|slot| slot.many && slot.ends_options));
    }

    /// Adds an option.
    pub(crate) fn give(&mut self, given: Given<'g>) {
        self.note_displaced(given.spec);
        // `sh -s`: its script is standard input, and all operands are arguments.
        self.has_text |= self.style() == Style::Shell && given.flag.name == "-s";
        self.given.push(given);
    }

    /// Notes which operands an option stands for.
    pub(crate) fn note_displaced(&mut self, spec: Option<&'g OptionSpec>) {
        let Some(spec) = spec else { return };
        self.has_text |=
            matches!(spec.value.role(), Some(Role::Script(_) | Role::Code(_) | Role::CodeLine(_)));
        if !spec.fills.is_empty() && !self.filled.contains(&spec.fills.as_str()) {
            self.filled.push(&spec.fills);
        }
    }

    /// Takes the next word as the value of the last option.
    pub(crate) fn take_value(&mut self, argv: &[Value]) {
        let Some(value) = argv.get(self.at) else { return };
        if let Some(last) = self.given.last_mut() {
            last.flag.value = Some(value.clone());
            last.flag.value_word = self.at;
        }
        self.note_split(self.at, value);
        self.at += 1;
    }

    /// Notes a word that may become several.
    pub(crate) fn note_split(&mut self, word: usize, value: &Value) {
        if value.may_split() {
            self.note_unknown(word);
        }
    }

    /// Notes a word that may be an option or become several words.
    pub(crate) fn note_unknown_operand(&mut self, word: usize, value: &Value) {
        if value.may_split() || (!self.ended && may_be_option(value)) {
            self.note_unknown(word);
        }
    }

    /// Notes a word that may hold further options.
    pub(crate) fn note_unknown(&mut self, word: usize) {
        if self.unknown_words.last() != Some(&word) {
            self.unknown_words.push(word);
        }
    }
}
