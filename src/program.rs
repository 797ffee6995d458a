//! An argv read by its program's own grammar: [`read`] turns words into [`Call`]s.
//!
//! Grammars are data ([`Grammar`], written in packs). This module knows the *styles* in which real programs read
//! options and nothing about any program. It does not know where the argv comes from.
//!
//! ```text
//! git -C app push -f origin      →  path [git, push]   flags {-C=app, --force}   operands [origin]
//! ```

mod expression;
mod given;
pub(crate) mod grammar;
pub(crate) mod options_file;
mod parse;
pub(crate) mod sources;
mod style;
pub(crate) mod usage;
pub(crate) mod word;

#[cfg(test)]
mod tests;

pub use grammar::{
    BodyForm, EffectKind, EffectSpec, Grammar, OperandSpec, OptionSpec, OptionValue, Prints, RequestSpec,
    Role, SettingSpec, Style, Subcommands,
};

use crate::value::{Match, Value};
use std::rc::Rc;

/// One way to read an argv. [`read`] returns several where the grammar leaves it open (an option that it does not
/// know may or may not take the next word).
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Call {
    /// Program and subcommands under their canonical names: `["git", "push"]`.
    pub path: Vec<String>,
    /// Options in order, under their canonical names.
    pub flags: Vec<Flag>,
    /// Operands in order, without the subcommand words.
    pub operands: Vec<Operand>,
    /// Words that are code, commands, files …: what follows from the roles of operands and option values.
    pub nested: Vec<Nested>,
    /// The subcommand word, if it could not be known: `path` ends before it, and everything after it is in `rest`.
    pub open: Option<usize>,
    /// Index of the first argv word that was not read because of `open`, if there is one.
    pub rest: Option<usize>,
    /// Whether the program reads standard input as the named role if no operand says otherwise
    /// (`sh`, `psql`, `xargs`).
    pub stdin: Option<Role>,
    /// The file effects that follow from the grammar.
    pub effects: Vec<CallEffect>,
    /// How the words become an HTTP request, if the program sends any.
    pub request: Option<Rc<RequestSpec>>,
    /// Argv words that cannot be known and may be further options, or several words or none (`$x`, `"$x"` where an
    /// option may stand). What is written besides them is given nevertheless.
    pub unknown_words: Vec<usize>,
    /// The logic of an expression (`find`); empty for other programs.
    pub(crate) expression: expression::Expression,
    /// Whether options of the outer commands may stand behind the subcommand.
    pub keeps_outer_options: bool,
    /// Whether the grammar says what each operand is.
    pub has_roles: bool,
    /// Whether there is no other way to read the argv: no unknown option that may take the next word, no unknown
    /// word where a subcommand or a command starts.
    pub certainty: Match,
}

/// An option as it was given.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Flag {
    /// Canonical name: the long spelling if there is one (`--force`), else the short (`-C`).
    pub name: String,
    /// The value, if the option has one here.
    pub value: Option<Value>,
    /// Index of the argv word that holds the option.
    pub word: usize,
    /// Index of the argv word that holds the value; `word` if there is none.
    pub value_word: usize,
    /// Whether it is taken back: `--no-force`, `--force=false`, `+x`. Ask [`Call::flag`] what is in force.
    pub negated: bool,
    /// Whether it is certainly given.
    pub certainty: Match,
}

/// An operand.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Operand {
    /// The value.
    pub value: Value,
    /// Index in the argv.
    pub word: usize,
    /// The role that the grammar gives it; [`Role::Data`] if none.
    pub role: Role,
    /// Its name in the grammar (`path`, `command`), empty if the grammar names none.
    pub name: String,
}

/// Something inside an argv that is more than data.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Nested {
    /// What it is.
    pub role: Role,
    /// The words: one for a script or file, several for a command.
    pub words: Vec<NestedWord>,
    /// Positional parameters: of a text from `$0` on, of a file (which is its own `$0`) from `$1` on; for
    /// [`Role::OwnWords`] the words that are appended to the text's.
    pub arguments: Vec<NestedWord>,
    /// The option that brought it, if one did: `-c`, `--exec`.
    pub option: Option<String>,
    /// Whether it is certainly so.
    pub certainty: Match,
}

/// A word of something nested.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NestedWord {
    /// The value.
    pub value: Value,
    /// Index of the argv word that it stands in.
    pub word: usize,
}

/// What a call does to a file.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CallEffect {
    /// What it does.
    pub kind: EffectKind,
    /// The file or directory.
    pub path: Value,
    /// Index in the argv of the word that names it.
    pub word: usize,
    /// Whether a directory is taken with all it holds.
    pub recursive: Match,
    /// Whether it certainly happens.
    pub certainty: Match,
    /// What a written file holds afterwards.
    pub content: Content,
}

/// What a file holds that a call writes.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub enum Content {
    /// Nobody knows.
    #[default]
    Unknown,
    /// What the program reads from standard input.
    Input,
    /// What the program prints without the words at these places, which say that it is written to a file.
    Output(Vec<usize>),
    /// The same of a file that is changed where it is.
    Edited(Vec<usize>),
    /// What it held before; nothing if it was not there.
    Kept,
    /// Text that nobody computes: it stands in the argv, or somebody else writes it.
    Made,
    /// What the files hold that the words name, made unreadable.
    Packed,
    /// What these files hold, or the files themselves where the path is a directory.
    Copy(Vec<Value>),
    /// It is one of these files under another name.
    Link(Vec<Value>),
}

/// Where grammars come from. The one trait of the pipeline: `packs` implements it.
pub trait Grammars {
    /// The grammar of a program by its file name without directories (`rm`, not `/bin/rm`), canonical or alias.
    fn grammar(&self, program: &str) -> Option<Rc<Grammar>>;

    /// The names of all programs that have a grammar, in the order of their bytes, for words that cannot be known.
    fn programs(&self) -> Rc<[String]>;
}

/// No grammars at all: every program is unknown.
impl Grammars for () {
    fn grammar(&self, _program: &str) -> Option<Rc<Grammar>> {
        None
    }

    fn programs(&self) -> Rc<[String]> {
        Rc::default()
    }
}

/// Reads an argv (with the program in front) by a grammar: at least one reading, at most eight. The first is the one
/// in which options that the grammar does not know take no value. Unless there are eight, one of the readings is
/// true, so what holds in all of them is certain, whatever their own [`Call::certainty`].
pub fn read(argv: &[Value], grammar: &Grammar) -> Vec<Call> {
    parse::read(argv, grammar)
}

/// Reads an argv whose subcommand word cannot be known ([`Call::open`]) as if it were the one needed to get to
/// `path`, the program in front. `None` if it cannot be. No reading is certain.
pub fn read_assuming(argv: &[Value], grammar: &Grammar, path: &[&str]) -> Option<Vec<Call>> {
    parse::read_assuming(argv, grammar, path)
}
