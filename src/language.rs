//! Program text of other languages (`python -c`, a here-document for node), read for the calls in it whose arguments
//! are known: [`calls`]. Where a tree-sitter grammar is well kept, the text is parsed; other languages are read as far as
//! their one-liners need it: by statements that execute something ([`awk`], [`sed`], [`ex`], [`lines`]), as lists
//! ([`lisp`]), as words ([`words`]), or as names in front of parentheses ([`plain`]).
//!
//! ```text
//! text ── parse ──▶ tree ── collect ──▶ Call (name as imported, arguments as values)
//!                             │
//!                             └─ evaluate: constants, concatenation, interpolation, lists, simple variables
//! ```
//!
//! Nothing is executed, and whatever stands in the text counts as run, whichever branch it stands in, functions left out
//! that nothing in the text can call. What a call *does*
//! is not known here; `trace` looks it up as the program `python:shutil.rmtree`, whose grammar is data like that of
//! any other program. Variables, functions of the text and what pure functions compute of constants are followed;
//! everything else is unknown.

mod awk;
mod binding;
mod collect;
mod cursor;
mod evaluate;
mod ex;
mod function;
mod lines;
mod lisp;
mod m4;
mod make;
mod node;
mod parse;
mod plain;
mod sed;
mod string;
mod tcl;
#[cfg(test)]
mod tests;
mod words;

use crate::source::Span;
use crate::value::{Cause, Match, Value};

/// Longest text in bytes that is read. Inline programs are a few kilobytes; reading costs about a microsecond a byte.
const MAX_TEXT: usize = 256 * 1024;

/// What names begin with that stand for unknown text in a program.
pub(crate) const UNKNOWN_NAME: &str = "argvetUnknown";

/// What such names end with, behind a number.
pub(crate) const UNKNOWN_END: &str = "Text";

/// An option that stands for those that a call may have besides the ones that are listed.
pub(crate) const ANY_OPTION: &str = "--...";

/// An option that stands for an argument which is an object without fields: `deleteMany({})`.
pub(crate) const NO_FIELDS: &str = "--{}";

/// A member that stands for any: the collection in `MongoClient().app.users.drop` is one in
/// `MongoClient().*.*.drop`.
pub(crate) const ANY_MEMBER: &str = "*";

/// A call of a function, a method or a shell (backquotes).
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Call {
    /// The function by its full name, dots between its parts: `subprocess.run`, `pathlib.Path().unlink`, `fs.rmSync`.
    /// Empty: it cannot be known.
    pub(crate) name: String,
    /// Whether the words of a command would be given apart, as a list or as several arguments: no shell splits them.
    pub(crate) is_apart: bool,
    /// Named arguments and fields of objects: `recursive: true` is the option `--recursive`, with a value unless it is
    /// `true`. [`ANY_OPTION`]: there may be others. [`NO_FIELDS`]: an object has none.
    pub(crate) options: Vec<Value>,
    /// If this is a function that opens files: for what, `--read`, `--write` or `--append`. Any function may have a word
    /// that looks like a mode; the grammar of those that take one has these options.
    pub(crate) mode: Option<&'static str>,
    /// The other arguments, those of the object whose method it is first, lists spread out.
    pub(crate) words: Vec<Value>,
    /// Where it stands in the text.
    pub(crate) span: Span,
    /// What it would print.
    pub(crate) printing: Printing,
}

/// What is known of a call as one that may print; all but the first only where somebody asks for that
/// ([`Surroundings::is_captured`]).
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(crate) struct Printing {
    /// Whether the call is made exactly once, in its place.
    pub(crate) is_sure: bool,
    /// Whether nothing comes of the call but a value.
    pub(crate) is_silent: bool,
    /// The arguments, if each is text. Numbers are.
    pub(crate) texts: Option<Vec<Printed>>,
}

/// An argument of a call that prints.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Printed {
    /// Text.
    One(Value),
    /// A list of texts, which some functions print as one and some in their own ways.
    Several(Vec<Value>),
    /// A name that nothing is known of, as that of a stream.
    Name(String),
}

/// What a text holds.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(crate) struct Reading {
    /// The calls, in the order of the text. Values have spans in the text.
    pub(crate) calls: Vec<Call>,
    /// Variables of the environment that the text sets for what it starts.
    pub(crate) environment: Vec<(Vec<u8>, Value)>,
    /// Regions that the grammar of the language does not fit.
    pub(crate) unread: Vec<Span>,
    /// Where it could not be read completely: too long, too deep.
    pub(crate) is_cut: bool,
}

/// What is known of a program's surroundings.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Surroundings<'a> {
    /// Its arguments.
    pub(crate) arguments: &'a [Value],
    /// What it reads from standard input.
    pub(crate) stdin: Option<&'a Value>,
    /// The text of the files that its arguments name, where that is known of all of them.
    pub(crate) files: Option<&'a Value>,
    /// Its environment, as far as the command sets it.
    pub(crate) environment: &'a [(Vec<u8>, Value)],
    /// The variables that it is given (`awk -v`).
    pub(crate) variables: &'a [(Vec<u8>, Value)],
    /// The options of the interpreter, which may put a loop around the program (`perl -n`).
    pub(crate) flags: &'a [(String, Option<Value>)],
    /// Whether somebody reads what it prints.
    pub(crate) is_captured: bool,
    /// Whether the text is that of a file, which some languages have tags in, and no argument.
    pub(crate) is_file: bool,
}

impl<'a> Surroundings<'a> {
    /// Whether the interpreter has an option.
    fn has_flag(&self, name: &str) -> bool {
        self.flags.iter().any(|(flag, _)| flag == name)
    }

    /// What is read by a program that works through the files that it is given, or through standard input without any: that, if
    /// it is known.
    fn input(&self) -> Option<&'a Value> {
        let is_stdin = |argument: &Value| argument.equals(b"-") == Match::Certain;
        if self.arguments.iter().all(is_stdin) { self.stdin } else { self.files }
    }
}

impl Call {
    /// A call with nothing but words.
    fn new(name: &str, words: Vec<Value>, span: Span) -> Call {
        let is_apart = words.len() > 1;
        let printing = Printing::default();
        Call { name: name.to_owned(), is_apart, options: Vec::new(), mode: None, words, span, printing }
    }
}

/// What a function that fills a format prints (`printf`), as far as the format is understood.
pub(crate) fn filled(language: &str, format: &Value, words: Vec<Value>) -> Value {
    let span = format.origin().unwrap_or_default();
    let words: Vec<_> = words.into_iter().map(evaluate::Expression::Text).collect();
    match evaluate::format::formatted(format, &words, parse::Language::named(language), span) {
        evaluate::Expression::Text(text) => text,
        _ => Value::unknown(Cause::Unmodelled, false, span),
    }
}

/// The calls in a text.
pub(crate) fn calls(language: &str, text: &[u8], surroundings: Surroundings<'_>) -> Reading {
    if text.len() > MAX_TEXT {
        return Reading { is_cut: true, ..Reading::default() };
    }
    if let Some(language) = parse::Language::named(language) {
        return match parse::parse(language, text) {
            Some(tree) => collect::collect(language, tree.root_node(), text, surroundings),
            None => Reading { is_cut: true, ..Reading::default() },
        };
    }
    match language {
        "awk" => awk::read(text, surroundings),
        "sed" => sed::read(text, surroundings),
        "vim" | "ed" | "less" => ex::read(language, text, surroundings),
        "gdb" => lines::gdb(text, surroundings),
        "make" => make::read(text, surroundings),
        "crontab" => lines::crontab(text),
        "m4" => m4::read(text),
        "elisp" | "clojure" | "scheme" => lisp::read(language, text),
        "powershell-encoded" => words::encoded(text),
        "tcl" => tcl::read(text, surroundings),
        "powershell" | "nu" | "fish" | "cmd" => words::read(language, text),
        _ => plain::read(language, text, surroundings),
    }
}
