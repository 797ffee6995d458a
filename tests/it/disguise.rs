//! A library of disguises: a command becomes another that runs the same. Word spellings, rewordings of a whole simple
//! command, and texts on their way to a shell are put on top of each other; each layer has its own seed, so that a
//! case can be replayed with layers left out.

mod control;
pub(crate) mod encode;
pub(crate) mod mention;
mod spelling;
mod transport;
mod words;

use control::CONTROLS;
use spelling::SPELLINGS;
use transport::TRANSPORTS;
use words::REWORDINGS;

/// A small generator of numbers; the cases are the same every time.
#[derive(Clone)]
pub(crate) struct Numbers(u64);

impl Numbers {
    pub(crate) fn new(seed: u64) -> Numbers {
        Numbers(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ 0x5851_f42d_4c95_7f2d)
    }

    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    pub(crate) fn below(&mut self, limit: usize) -> usize {
        (self.next() % limit.max(1) as u64) as usize
    }
}

/// Whether a name is that of a program, not of a builtin or reserved word.
pub(crate) fn is_program(name: &str) -> bool {
    const BUILTINS: &[&str] = &[
        ".", ":", "[", "alias", "bg", "builtin", "cd", "command", "coproc", "declare", "echo", "enable",
        "eval", "exec", "exit", "export", "false", "for", "function", "hash", "if", "kill", "local",
        "mapfile", "printf", "read", "readonly", "select", "set", "shift", "shopt", "source", "test", "time",
        "trap", "true", "typeset", "unset", "until", "wait", "while",
    ];
    !BUILTINS.contains(&name)
        && name.chars().all(|char| char.is_ascii_alphanumeric() || "-_.+".contains(char))
}

/// A command that is being dressed up.
#[derive(Clone)]
pub(crate) enum Form {
    /// A simple command of known words.
    Words(Vec<String>),
    /// Any text.
    Text(String),
}

impl Form {
    /// A text; a simple command of plain words where it is one.
    pub(crate) fn new(text: &str) -> Form {
        let plain = |char: char| char.is_ascii_alphanumeric() || "-_./=:,@%+ ".contains(char);
        let words: Vec<String> = text.split(' ').map(str::to_owned).collect();
        let is_simple = text.chars().all(plain)
            && words.iter().all(|word| !word.is_empty())
            && is_program(&words[0])
            && !words[0].contains('=');
        if is_simple { Form::Words(words) } else { Form::Text(text.to_owned()) }
    }

    pub(crate) fn text(&self) -> String {
        match self {
            Form::Text(text) => text.clone(),
            Form::Words(words) => words.iter().map(|text| encode::word(text)).collect::<Vec<_>>().join(" "),
        }
    }
}

/// One layer of a disguise.
#[derive(Clone, Copy)]
pub(crate) struct Layer {
    kind: Kind,
    index: usize,
    seed: u64,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Spelling,
    Rewording,
    Transport,
    Control,
}

impl Layer {
    /// Any layer.
    pub(crate) fn random(numbers: &mut Numbers) -> Layer {
        let all = SPELLINGS.len() + REWORDINGS.len() + TRANSPORTS.len() + CONTROLS.len();
        Layer::numbered(numbers.below(all), numbers.next())
    }

    /// How many there are.
    pub(crate) fn count() -> usize {
        SPELLINGS.len() + REWORDINGS.len() + TRANSPORTS.len() + CONTROLS.len()
    }

    /// The names of all.
    pub(crate) fn names() -> impl Iterator<Item = &'static str> {
        (0..Layer::count()).map(|index| Layer::numbered(index, 0).name())
    }

    /// The layer of that number.
    pub(crate) fn numbered(mut index: usize, seed: u64) -> Layer {
        let kinds = [
            (Kind::Spelling, SPELLINGS.len()),
            (Kind::Rewording, REWORDINGS.len()),
            (Kind::Transport, TRANSPORTS.len()),
            (Kind::Control, CONTROLS.len()),
        ];
        for (kind, length) in kinds {
            if index < length {
                return Layer { kind, index, seed };
            }
            index -= length;
        }
        Layer { kind: Kind::Control, index: 0, seed }
    }

    pub(crate) fn name(self) -> &'static str {
        match self.kind {
            Kind::Spelling => SPELLINGS[self.index].0,
            Kind::Rewording => REWORDINGS[self.index].0,
            Kind::Transport => TRANSPORTS[self.index].0,
            Kind::Control => CONTROLS[self.index].0,
        }
    }

    pub(crate) fn family(self) -> &'static str {
        match self.kind {
            Kind::Spelling => "spelling",
            Kind::Rewording => "words",
            Kind::Transport => "transport",
            Kind::Control => "control",
        }
    }

    /// Puts the layer on; `None` where it does not apply.
    pub(crate) fn apply(self, form: &Form) -> Option<Form> {
        let mut numbers = Numbers::new(self.seed);
        let unique = numbers.below(90) + 10;
        match (self.kind, form) {
            (Kind::Spelling, Form::Words(words)) => spelled(words, SPELLINGS[self.index].1, &mut numbers),
            (Kind::Rewording, Form::Words(words)) => REWORDINGS[self.index].1(words, unique).map(Form::Text),
            (Kind::Transport, form) => TRANSPORTS[self.index].1(&form.text(), unique).map(Form::Text),
            (Kind::Control, form) => CONTROLS[self.index].1(&form.text(), unique).map(Form::Text),
            (Kind::Spelling | Kind::Rewording, Form::Text(_)) => None,
        }
    }
}

/// Spells the program, another word, or all of them differently.
fn spelled(words: &[String], spelling: spelling::Spelling, numbers: &mut Numbers) -> Option<Form> {
    let chosen = match numbers.below(4) {
        0 | 1 => Some(0),
        2 => Some(numbers.below(words.len())),
        _ => None,
    };
    let mut setups = Vec::new();
    let mut spellings = Vec::new();
    let mut applied = false;
    for (index, word) in words.iter().enumerate() {
        let unique = 100 + 10 * numbers.below(90) + index;
        let other = (chosen.is_none() || chosen == Some(index)).then(|| spelling(word, unique)).flatten();
        applied |= other.is_some();
        let (setup, spelling) = other.unwrap_or_else(|| (String::new(), encode::word(word)));
        if !setup.is_empty() {
            setups.push(setup);
        }
        spellings.push(spelling);
    }
    setups.push(spellings.join(" "));
    // A here-document in a setup ends at its line's end.
    let between = if setups.iter().any(|setup| setup.contains("<<'")) { "\n" } else { "; " };
    applied.then(|| Form::Text(setups.join(between)))
}

/// Puts layers on, one after the other; those that do not apply are left out and not returned.
pub(crate) fn dressed(plain: &Form, layers: &[Layer]) -> (String, Vec<Layer>) {
    let mut form = plain.clone();
    let mut used = Vec::new();
    for layer in layers {
        if let Some(next) = layer.apply(&form) {
            form = next;
            used.push(*layer);
        }
    }
    (form.text(), used)
}
