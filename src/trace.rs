//! Tree to invocations: [`trace`] works out every program that running a script would start, by walking the tree
//! the way bash would execute it, with values that may be partly unknown.
//!
//! It judges nothing, and besides the text tools that [`filter`] models it knows no program: wrappers, shells and
//! whatever else runs other commands are entries of [`Grammars`].

mod arithmetic;
mod builtin;
mod compound;
mod env;
mod expand;
mod files;
mod filter;
mod jumps;
mod links;
mod made;
mod nested;
mod options_file;
mod output;
mod parameter;
mod pattern;
mod redirect;
mod simple;
mod test;
mod tracer;
mod walk;

pub(crate) use simple::NamePattern;

use crate::program::{Call, Grammars};
use crate::source::Span;
use crate::value::{Match, Value};
use crate::{Facts, Gap};
use std::rc::Rc;

/// Everything that running a script would start.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Trace {
    /// The invocations in the order of execution; a parent stands before its children.
    pub invocations: Vec<Invocation>,
    /// What could not be seen.
    pub gaps: Vec<Gap>,
}

/// One program, builtin or function that would be started.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Invocation {
    /// The words, program first. Empty for a command that only assigns or redirects.
    pub argv: Vec<Argument>,
    /// Assignments in front of the command, or made by `env`.
    pub assignments: Vec<(Vec<u8>, Value)>,
    /// Variables that are exported where it runs, as far as that is certain, without the assignments in front.
    pub environment: Vec<(Vec<u8>, Value)>,
    /// Redirections, with expanded targets.
    pub redirections: Vec<Redirection>,
    /// What is known of its standard input, if it is not that of the whole script.
    pub stdin: Option<Value>,
    /// The files that it sends or executes without a shell (`curl -d @file`, `psql -f file`), where the script wrote
    /// them: the word that names the file, and its text; `usize::MAX` if a text names it (`\\i file` of psql).
    pub texts: Vec<(usize, Value)>,
    /// Working directory, as far as known.
    pub cwd: Option<Value>,
    /// Other directories where it may run instead, because a `cd` before it may have failed. `None`: where the script
    /// starts.
    pub other_cwds: Rc<Vec<Option<Value>>>,
    /// Why it is run.
    pub via: Via,
    /// Index of the invocation that runs it.
    pub parent: Option<usize>,
    /// Invocations that are alternatives of one command (a variable with two possible values) share a number;
    /// each of them is possible, one of them certain.
    pub group: usize,
    /// How many alternatives the command has.
    pub alternatives: usize,
    /// Whether these words are certainly what is run, if the command is reached.
    pub certainty: Match,
    /// How the argv is read by its program's grammar; empty without a grammar.
    pub calls: Vec<Call>,
    /// Whether the shell runs it itself (builtin or function).
    pub internal: bool,
    /// The code that it executes and that cannot be known: `network`, `unknown`.
    pub unknown_code: Option<UnknownCode>,
    /// Where it is written.
    pub span: Span,
}

/// A word of an invocation.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Argument {
    /// What is known of it.
    pub value: Value,
    /// Where it is written.
    pub span: Span,
}

/// A redirection with its expanded target.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Redirection {
    /// The operator as written: `>`, `>>`, `<`, `<<<` …
    pub operator: &'static str,
    /// The descriptor, if it is a number.
    pub descriptor: Option<u32>,
    /// The target: a path, a descriptor, the text of a here-document or here-string.
    pub target: Value,
    /// Where it is written.
    pub span: Span,
}

/// Code whose text cannot be known and that is executed nevertheless.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum UnknownCode {
    /// It comes from the network.
    Network,
    /// It comes from somewhere else.
    Other,
}

/// Why an invocation is run.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Via {
    /// It is written in the script itself.
    Script,
    /// In a pipeline of the script.
    Pipeline,
    /// In a `$(…)` or backquotes.
    CommandSubstitution,
    /// In a `<(…)` or `>(…)`.
    ProcessSubstitution,
    /// Its parent runs its operands as a command (`sudo`, `xargs`).
    Operands,
    /// Its parent runs the named option's value (`-c`, `--exec`).
    Option(String),
    /// Its parent executes its standard input.
    Stdin,
    /// Its parent executes a file that the same script wrote.
    File,
    /// Its parent (`eval`, `source`, `trap`, an alias) executes text.
    Text,
    /// It stands in the body of the named function.
    Function(String),
    /// The value of the named environment variable is executed.
    Environment(String),
}

/// Works out what `script` would start. Never fails.
pub fn trace(script: &crate::syntax::Script, grammars: &dyn Grammars, facts: &Facts) -> Trace {
    walk::trace(script, grammars, facts)
}
