//! A text with several statements: where each begins, and what a transaction takes back in the end.

use super::agreement;
use super::cursor::{Cursor, outside};
use super::lexis::Lexis;
use super::parsed;
use super::statement::{self, Found, Undo};
use super::temporary;
use super::token::{Token, tokens};

/// Deepest nesting of text that is executed by text (`DO $$ EXECUTE '…' $$`).
const MAX_DEPTH: usize = 16;
/// Most statements of a text.
const MAX_STATEMENTS: usize = 2000;

/// The statements that count, by both readings.
pub(super) fn statements(text: &str, dialect: &str) -> Vec<Found> {
    let lexis = Lexis::of(dialect);
    let mut found = read(text, lexis, MAX_DEPTH);
    agreement::join(&mut found, parsed::statements(text, dialect, lexis));
    temporary::tell_apart(&mut found, text, dialect);
    found
}

fn read(text: &str, lexis: Lexis, depth: usize) -> Vec<Found> {
    let tokens = tokens(text, lexis);
    let mut session = Session::new(lexis);
    let mut dynamic = |text: &str, out: &mut Vec<Found>| {
        if depth > 0 {
            out.extend(read(text, lexis, depth - 1));
        } else {
            out.push(Found::unread());
        }
    };
    for part in parts(&tokens, lexis) {
        match step(part) {
            Some(step) => session.step(step),
            None => {
                let mut found = Vec::new();
                statement::read(part, &mut dynamic, &mut found);
                session.add(found);
            }
        }
        if session.is_full() {
            session.add(vec![Found::unread()]);
            break;
        }
    }
    session.finish()
}

/// The statements, each without what only leads to it.
fn parts(tokens: &[Token], lexis: Lexis) -> Vec<&[Token]> {
    let mut parts = Vec::new();
    let mut start = 0;
    let mut depth = 0_usize;
    for (at, token) in tokens.iter().enumerate() {
        let is_end = matches!(token, Token::End | Token::Symbol(';'));
        let written = tokens.get(start..at).unwrap_or_default();
        if is_end && (depth == 0 || !defines(written)) {
            add(written, lexis, &mut parts);
            start = at + 1;
            depth = 0;
        } else if defines(written) {
            // The body of a trigger or procedure has statements of its own, which are not run now.
            let closes =
                !tokens.get(at + 1).is_some_and(|next| next.is_any(&["if", "loop", "while", "repeat"]));
            match token.word() {
                Some("begin" | "case") => depth += 1,
                Some("end") if closes => depth = depth.saturating_sub(1),
                _ => {}
            }
        }
    }
    add(tokens.get(start..).unwrap_or_default(), lexis, &mut parts);
    parts
}

/// Whether the statement defines something with a body.
fn defines(tokens: &[Token]) -> bool {
    tokens.first().is_some_and(|first| first.is("create"))
        && tokens
            .iter()
            .take(8)
            .any(|token| token.is_any(&["trigger", "procedure", "proc", "function", "event", "package"]))
}

/// Adds the statements of a part: behind `BEGIN`, `IF … THEN`, `LOOP` stands the first, and where no `;` is needed each
/// begins with its key word.
fn add<'t>(tokens: &'t [Token], lexis: Lexis, parts: &mut Vec<&'t [Token]>) {
    let tokens = body(tokens);
    if tokens.is_empty() {
        return;
    }
    if !lexis.batches || defines(tokens) {
        parts.push(tokens);
        return;
    }
    let mut start = 0;
    let mut before: Option<&Token> = None;
    for (at, token) in outside(tokens) {
        let first = tokens.get(start);
        if at > start && begins(token) && !continues(first, before) {
            parts.push(tokens.get(start..at).unwrap_or_default());
            start = at;
        }
        before = Some(token);
    }
    parts.push(tokens.get(start..).unwrap_or_default());
}

/// What is behind the words that lead to a statement of a block.
fn body(tokens: &[Token]) -> &[Token] {
    let is_block = |first: &Token| {
        first.is_any(&[
            "declare",
            "begin",
            "if",
            "elsif",
            "elseif",
            "else",
            "while",
            "for",
            "foreach",
            "loop",
            "end",
            "exception",
        ])
    };
    if !tokens.first().is_some_and(is_block) || step(tokens).is_some() {
        return tokens;
    }
    let leads = |token: &Token| token.is_any(&["begin", "then", "else", "loop", "do"]);
    let last = outside(tokens).filter(|(_, token)| leads(token)).map(|(at, _)| at).last();
    match last.and_then(|at| tokens.get(at + 1..)) {
        Some(behind) => behind,
        None if tokens.first().is_some_and(|first| first.is_any(&["declare", "end", "exception"])) => &[],
        None => tokens,
    }
}

fn begins(token: &Token) -> bool {
    token.is_any(&[
        "drop", "truncate", "delete", "update", "alter", "exec", "execute", "insert", "create", "grant",
        "revoke", "merge", "begin", "commit", "rollback", "restore", "backup", "shutdown", "kill", "dbcc",
        "use",
    ])
}

/// Whether a key word at this place belongs to the statement that is begun.
fn continues(first: Option<&Token>, before: Option<&Token>) -> bool {
    let heads = ["alter", "grant", "revoke", "deny", "merge", "with", "create"];
    first.is_some_and(|first| first.is_any(&heads))
        || before.is_some_and(|before| {
            *before == Token::Symbol(',')
                || before.is_any(&["on", "for", "after", "of", "or", "instead", "then", "as", "not"])
        })
}

/// A step of a transaction.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Step {
    Begin,
    Commit,
    Rollback,
    /// `SAVEPOINT`, `ROLLBACK TO x`: what was done since then may or may not stay.
    Mark,
}

fn step(tokens: &[Token]) -> Option<Step> {
    let mut cursor = Cursor { rest: tokens };
    let first = cursor.next()?.word()?;
    let modes = ["transaction", "tran", "work", "deferred", "immediate", "exclusive", "isolation", "read"];
    let is_plain = cursor.peek().is_none_or(|next| next.is_any(&modes));
    match first {
        "begin" if is_plain => Some(Step::Begin),
        "start" if cursor.peek().is_some_and(|next| next.is("transaction")) => Some(Step::Begin),
        "commit" => Some(Step::Commit),
        "end" if is_plain => Some(Step::Commit),
        "rollback" | "abort" => {
            cursor.take_any(&modes);
            Some(if cursor.take("to") { Step::Mark } else { Step::Rollback })
        }
        "savepoint" | "release" => Some(Step::Mark),
        _ => None,
    }
}

/// What was found so far.
pub(super) struct Session {
    lexis: Lexis,
    done: Vec<Found>,
    /// Where in `done` the open transaction begins.
    open: Option<usize>,
}

impl Session {
    pub(super) fn new(lexis: Lexis) -> Session {
        Session { lexis, done: Vec::new(), open: None }
    }

    pub(super) fn lexis(&self) -> Lexis {
        self.lexis
    }

    fn is_full(&self) -> bool {
        self.done.len() > MAX_STATEMENTS
    }

    pub(super) fn step(&mut self, step: Step) {
        match step {
            Step::Begin => self.open = self.open.or(Some(self.done.len())),
            Step::Commit => self.open = None,
            Step::Rollback => {
                let Some(start) = self.open.take() else { return };
                let lexis = self.lexis;
                let is_undone = |found: &Found| match found.undo {
                    Undo::Never => false,
                    Undo::Definition => lexis.undoes_ddl,
                    Undo::Change => lexis.undoes_changes,
                };
                let kept = self.done.split_off(start.min(self.done.len()));
                self.done.extend(kept.into_iter().filter(|found| !is_undone(found)));
            }
            Step::Mark => {}
        }
    }

    pub(super) fn add(&mut self, found: Vec<Found>) {
        // Where a definition cannot be taken back, it commits what was done before it.
        let commits = !self.lexis.undoes_ddl && found.iter().any(|found| found.undo == Undo::Definition);
        self.done.extend(found);
        if commits {
            self.open = self.open.map(|_| self.done.len());
        }
    }

    /// A transaction that is not ended may still be: its statements count.
    pub(super) fn finish(self) -> Vec<Found> {
        self.done
    }
}
