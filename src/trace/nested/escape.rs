//! Lines of a statement text that its client does not send to the database but executes itself: `\! rm x` of psql, `.shell
//! rm x` of sqlite3. Which words do that stands in the grammar (`escapes`).

use super::super::Via;
use super::super::env::Options;
use super::super::simple::Around;
use super::super::tracer::{Io, Tracer};
use crate::gap::{GapCause, Limit};
use crate::program::word::{Head, after};
use crate::program::{Call, Grammar, Nested, Role};
use crate::value::{Piece, Value};

/// Most lines that are looked at.
const MAX_LINES: usize = 10_000;

impl Tracer<'_> {
    /// Follows the escapes in all statement texts of a reading of the argv.
    pub(super) fn run_escapes(
        &mut self,
        index: usize,
        grammar: &Grammar,
        call: &Call,
        around: &Around,
        io: Io,
    ) {
        if grammar.escapes.is_empty() {
            return;
        }
        for nested in &call.nested {
            let via = nested.option.clone().map_or(Via::Operands, Via::Option);
            match nested {
                Nested { role: Role::Sql(_), words, .. } => {
                    for word in words {
                        self.run_lines(index, grammar, via.clone(), &word.value, around, io);
                    }
                }
                Nested { role: Role::SqlFile(_), words, .. } => {
                    for text in words.iter().filter_map(|word| self.file(&word.value)).collect::<Vec<_>>() {
                        self.run_lines(index, grammar, Via::File, &text, around, io);
                    }
                }
                _ => {}
            }
        }
        let stdin = io.stdin.and_then(|stream| self.streams.get(stream)).cloned();
        if let (Some(Role::Sql(_)), Some(text)) = (&call.stdin, stdin) {
            self.run_lines(index, grammar, Via::Stdin, &text, around, Io { stdin: None, ..io });
        }
    }

    fn run_lines(
        &mut self,
        index: usize,
        grammar: &Grammar,
        via: Via,
        text: &Value,
        around: &Around,
        io: Io,
    ) {
        let (lines, is_cut) = lines(text);
        if is_cut {
            self.gap(around.span, GapCause::Limit(Limit::Effects));
        }
        for line in lines {
            let Some((role, rest)) =
                grammar.escapes.iter().find_map(|(key, role)| Some((role, behind(&line, key)?)))
            else {
                continue;
            };
            if !self.step(around.span) {
                return;
            }
            match role {
                Role::Script(_) => {
                    self.run_shell(index, via.clone(), &rest, Vec::new(), Options::default(), io);
                }
                Role::SqlFile(_) => {
                    let included = unquoted(&rest).and_then(|path| self.file(&path));
                    if let (Some(text), Some(invocation)) = (included, self.invocations.get_mut(index)) {
                        invocation.texts.push((usize::MAX, text));
                    }
                }
                _ => {}
            }
        }
    }
}

/// The lines of a text, and whether there are more than are looked at.
fn lines(text: &Value) -> (Vec<Value>, bool) {
    let mut lines = vec![Value::default()];
    for piece in &text.pieces {
        let Piece::Text { bytes, origin } = piece else {
            lines.last_mut().into_iter().for_each(|line| line.pieces.push(piece.clone()));
            continue;
        };
        let exact = origin.len() == bytes.len();
        let mut at = 0_usize;
        for (number, part) in bytes.split(|byte| *byte == b'\n').enumerate() {
            if number > 0 {
                lines.push(Value::default());
            }
            let mut place = *origin;
            if exact {
                place.start = origin.start.saturating_add(u32::try_from(at).unwrap_or(u32::MAX));
                place.end = place.start.saturating_add(u32::try_from(part.len()).unwrap_or(u32::MAX));
            }
            at += part.len() + 1;
            if let Some(line) = lines.last_mut() {
                line.push_text(part, place);
            }
        }
        if lines.len() > MAX_LINES {
            return (lines, true);
        }
    }
    (lines, false)
}

/// What stands behind the escape on the line: `\o |` fits `\o|cat` and `\o  | cat`. One that starts with a backslash may
/// stand behind a statement (`select 1 \g |cat`).
fn behind(line: &Value, key: &str) -> Option<Value> {
    let head = Head::of(line);
    let (name, mark) = key.split_once(' ').unwrap_or((key, ""));
    let blanks =
        |from: usize| head.text.iter().skip(from).take_while(|byte| byte.is_ascii_whitespace()).count();
    let start = if name.starts_with('\\') { find(&head.text, name.as_bytes())? } else { blanks(0) };
    let found = head.text.get(start..start + name.len())?;
    if !found.eq_ignore_ascii_case(name.as_bytes()) {
        return None;
    }
    let mut at = start + name.len();
    let is_word = name.ends_with(|last: char| last.is_ascii_alphabetic());
    if is_word && head.text.get(at).is_some_and(u8::is_ascii_alphabetic) {
        return None;
    }
    at += blanks(at);
    head.text.get(at..)?.starts_with(mark.as_bytes()).then(|| after(line, at + mark.len()))
}

/// Where the escape is, outside of strings. Where the quotes of the line do not close, a string may begin or end on another
/// line, or a quote stand between double quotes: then it is taken wherever it stands.
fn find(text: &[u8], name: &[u8]) -> Option<usize> {
    let quotes = |text: &[u8]| text.iter().filter(|byte| **byte == b'\'').count();
    let is_open = quotes(text) % 2 != 0;
    let is_outside = |at: usize| is_open || quotes(text.get(..at).unwrap_or_default()) % 2 == 0;
    let mut windows = text.windows(name.len().max(1)).enumerate();
    windows.find(|(at, window)| *window == name && is_outside(*at)).map(|(at, _)| at)
}

/// The name of a file, which may stand in quotes.
fn unquoted(rest: &Value) -> Option<Value> {
    let name = rest.known_str()?;
    let name = name.trim().trim_end_matches(';').trim_matches(['\'', '"']);
    Some(Value::text(name, rest.origin().unwrap_or_default()))
}
