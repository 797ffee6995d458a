//! What an invocation does beyond its argv: [`effects`]. A file is deleted, whether by an operand or a redirection;
//! code is executed that nobody can know; a request is sent; a statement is run. Rules may ask for effects without
//! saying which program causes them.
//!
//! Nothing here knows a program: what an operand does to a file, and which text is SQL, stands in the grammars.

pub(crate) mod file;
mod http;
mod sql;
mod symbol;

use crate::program::{Call, EffectKind};
use crate::source::Span;
use crate::trace::{Invocation, UnknownCode};
use crate::value::{Match, Value};
pub(crate) use http::requests;
pub(crate) use sql::{may_state, statements};

/// Effects of one kind, as far as they were worked out.
#[derive(Debug)]
pub(crate) struct Effects<T> {
    /// In the order of the command.
    pub(crate) all: Vec<T>,
    /// Whether a limit was reached, so that there may be others.
    pub(crate) is_cut: bool,
}

impl<T> Default for Effects<T> {
    fn default() -> Effects<T> {
        Effects { all: Vec::new(), is_cut: false }
    }
}

/// Something that an invocation does.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Effect {
    /// Something happens to a file.
    File(FileEffect),
    /// Code is executed that cannot be known.
    Code(UnknownCode),
    /// A request is sent.
    Http(HttpRequest),
    /// A statement is given to a database.
    Sql(SqlStatement),
}

/// What happens to a file.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FileEffect {
    /// What.
    pub kind: EffectKind,
    /// The file or directory, relative to the working directory of the invocation.
    pub path: Value,
    /// Whether a directory is taken with all it holds.
    pub recursive: Match,
    /// Whether it certainly happens.
    pub certainty: Match,
    /// What shows it.
    pub evidence: Evidence,
}

/// A request.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct HttpRequest {
    /// The method, in capitals where it is known.
    pub method: Value,
    /// The host, in lower case where it is known.
    pub host: Value,
    /// The port, as written or that of the scheme; empty if neither is known.
    pub port: Value,
    /// The path from its first slash, decoded, in its normal form. Starts with something unknown if a variable holds the
    /// beginning of the URL, which may have a path of its own.
    pub path: Value,
    /// The query, without `?`, decoded.
    pub query: Value,
    /// Headers that the client is told to send: `x-name: value`, the name in lower case.
    pub headers: Vec<Value>,
    /// The body, JSON in one form (without blanks); `None`: there is none.
    pub body: Option<Value>,
    /// Whether it is certainly sent.
    pub certainty: Match,
    /// What shows it.
    pub evidence: Vec<Evidence>,
}

/// A statement.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SqlStatement {
    /// What it does, in lower case: `drop table`.
    pub kind: String,
    /// The objects that it names, without quotes, in lower case unless quoted.
    pub objects: Vec<Value>,
    /// The dialect, as in the role `sql:<dialect>`.
    pub dialect: String,
    /// Whether a `WHERE` that would limit it is missing.
    pub without_where: Match,
    /// Whether it is certainly run.
    pub certainty: Match,
    /// What shows it.
    pub evidence: Vec<Evidence>,
}

/// The place of an invocation that shows something.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Evidence {
    /// A word, by its index in the argv.
    Word(usize),
    /// A redirection, by its index.
    Redirection(usize),
    /// A place inside the source.
    Source(Span),
}

/// What the invocation does, in all its readings.
pub fn effects(invocation: &Invocation) -> Vec<Effect> {
    let mut all = of_shell(invocation);
    for call in &invocation.calls {
        for effect in of_call(call, invocation) {
            if !all.contains(&effect) {
                all.push(effect);
            }
        }
    }
    all
}

/// What the shell does for the invocation, however its argv is read.
pub(crate) fn of_shell(invocation: &Invocation) -> Vec<Effect> {
    let mut all: Vec<Effect> = file::of_redirections(&invocation.redirections).map(Effect::File).collect();
    all.extend(invocation.unknown_code.map(Effect::Code));
    all
}

/// What one reading of the argv does, its texts included.
fn of_call(call: &Call, invocation: &Invocation) -> Vec<Effect> {
    let mut all = of_words(call);
    all.extend(requests(call, invocation).all.into_iter().map(Effect::Http));
    all.extend(statements(call, invocation).all.into_iter().map(Effect::Sql));
    all
}

/// What follows from the words alone.
pub(crate) fn of_words(call: &Call) -> Vec<Effect> {
    file::of_call(call).map(Effect::File).collect()
}

/// Whether the program sends requests.
pub(crate) fn may_send(call: &Call) -> bool {
    call.request.is_some()
}
