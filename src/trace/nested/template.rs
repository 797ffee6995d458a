//! Commands in which names are put that a program finds or reads: `find -exec`, `xargs`, `parallel`.

use super::super::env::Options;
use super::super::simple::Around;
use super::super::tracer::{Io, Outcome, Tracer};
use super::super::{Argument, Via};
use super::joined;
use crate::program::{Call, Grammar, Nested, Role, Style};
use crate::source::Span;
use crate::value::{Cause, Match, Piece, Value};
use std::rc::Rc;

/// Most commands that one `xargs -n 1` or `-I` is unrolled to.
const MAX_TEMPLATES: usize = 64;

impl Tracer<'_> {
    /// Runs a command in which names are put that the program finds or reads.
    pub(super) fn run_template(
        &mut self,
        index: usize,
        via: Via,
        call: &Call,
        nested: &Nested,
        around: &Around,
        io: Io,
    ) -> Outcome {
        let argv = self.arguments_of(index, &nested.words);
        let placeholders = placeholders(call);
        let has_placeholder = argv.iter().any(|word| {
            let text = word.value.written().unwrap_or_default();
            placeholders.iter().any(|placeholder| find(&text, placeholder).is_some())
        });
        let is_script = nested.role == Role::TemplateScript;
        let sources = || call.operands.iter().filter(|operand| is_script && operand.name == "source");
        let mut turns = if sources().next().is_some() {
            sources().map(|source| vec![source.value.clone()]).collect()
        } else if is_script {
            self.read_names(call, io, Names::Lines, around.span)
        } else if nested.option.is_some() || call.stdin.is_none() {
            let found = if self.finds(call) { call.found(first_word(nested)) } else { Vec::new() };
            if found.is_empty() {
                vec![call.found_by_name(around.span)]
            } else {
                vec![found.into_iter().map(|(path, _)| path).collect()]
            }
        } else {
            let names = if has_placeholder { Names::QuotedLines } else { Names::Words };
            self.read_names(call, io, names, around.span)
        };
        if !has_placeholder && !is_script && nested.option.is_some() {
            // Without a placeholder `find -exec` adds nothing, `fd --exec` the path.
            turns.insert(0, Vec::new());
        }
        if turns.len() > MAX_TEMPLATES {
            // What follows is any of them.
            turns.truncate(MAX_TEMPLATES);
            turns.push(vec![Value::unknown(Cause::Unmodelled, false, around.span)]);
        }
        let mut last = Outcome::default();
        let mut printed = Value::default();
        for names in turns {
            let mut words: Vec<Argument> = Vec::with_capacity(argv.len() + names.len());
            if has_placeholder {
                for word in &argv {
                    // A word that is the placeholder alone becomes all names; one that holds it, one of them.
                    let alone = placeholders
                        .iter()
                        .any(|placeholder| word.value.equals(placeholder) == Match::Certain);
                    let count = if alone { names.len() } else { 1 };
                    words.extend(names.iter().take(count.max(1)).map(|name| fill(word, &placeholders, name)));
                }
            } else {
                words.extend(argv.iter().cloned());
                words.extend(names.into_iter().map(|value| {
                    let span = value.origin().unwrap_or(around.span);
                    Argument { value, span }
                }));
            }
            last = if is_script {
                for word in words.iter_mut().filter(|word| is_numbered(&word.value)) {
                    word.value = Value::unknown(Cause::Unmodelled, false, word.span);
                }
                let text = joined(words.iter().map(|word| &word.value));
                self.run_shell(index, via.clone(), &text, Vec::new(), Options::default(), io)
            } else {
                self.run_inner(index, via.clone(), words, &[], around, io)
            };
            printed.pieces.append(&mut last.stdout.pieces);
        }
        Outcome { stdout: printed, ..last }
    }

    /// Whether the program looks for names below its operands.
    fn finds(&self, call: &Call) -> bool {
        self.grammar_of(call).is_some_and(|grammar| grammar.style == Style::Find)
    }

    fn grammar_of(&self, call: &Call) -> Option<Rc<Grammar>> {
        self.grammars.grammar(call.path.first()?)
    }

    /// The names that `xargs` and its kin read: all in one turn, or one a turn where they replace a placeholder.
    fn read_names(&self, call: &Call, io: Io, names: Names, span: Span) -> Vec<Vec<Value>> {
        let file = call.nested.iter().find(|nested| nested.role == Role::NamesFile);
        let text = match file.and_then(|nested| nested.words.first()) {
            Some(file) => self.file(&file.value),
            None => io.stdin.and_then(|stream| self.streams.get(stream)).cloned(),
        };
        let Some(text) = text else {
            return vec![vec![Value::unknown(Cause::Input, true, span)]];
        };
        let each = names != Names::Words;
        let separator = separator(self.grammar_of(call).as_deref(), call);
        let Some(bytes) = text.known() else {
            let separates = |byte: u8| match separator {
                Some(separator) => byte == separator,
                None if each => byte == b'\n',
                None => b" \t\n".contains(&byte),
            };
            let is_quoted = separator.is_none() && names != Names::Lines;
            let names = split_partly(&text, separates).into_iter();
            // Quotes may begin in what is not known.
            let known = |name: Value| {
                let is_open = is_quoted && name.pieces.iter().any(has_quote);
                if is_open { Value::unknown(Cause::Unmodelled, false, span) } else { name }
            };
            let names: Vec<Value> = names.map(known).collect();
            return if each { names.into_iter().map(|name| vec![name]).collect() } else { vec![names] };
        };
        if names == Names::QuotedLines && separator.is_none() {
            let lines = split_names(&bytes, b"\n").into_iter();
            return lines.map(|line| vec![Value::text(line, span)]).collect();
        }
        if each {
            let ends = |byte: &u8| match separator {
                Some(separator) => *byte == separator,
                None => *byte == b'\n' || *byte == 0,
            };
            let lines = bytes.split(ends).filter(|line| !line.is_empty());
            return lines.map(|line| vec![Value::text(line.trim_ascii_start(), span)]).collect();
        }
        let words = match separator {
            Some(separator) => {
                let names = bytes.split(|byte| *byte == separator).filter(|name| !name.is_empty());
                names.map(<[u8]>::to_vec).collect()
            }
            None => split_names(&bytes, b" \t\n"),
        };
        vec![words.into_iter().map(|word| Value::text(word, span)).collect()]
    }
}

/// How the names stand in the text that a program reads, unless an option says what separates them.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Names {
    /// Words with quotes.
    Words,
    /// Lines with quotes (`xargs -I`).
    QuotedLines,
    /// Lines as they stand; the shell that reads them afterwards knows quotes.
    Lines,
}

fn has_quote(piece: &Piece) -> bool {
    matches!(piece, Piece::Text { bytes, .. } if bytes.iter().any(|byte| b"'\"\\".contains(byte)))
}

/// The names in a text that is partly unknown.
fn split_partly(text: &Value, separates: impl Fn(u8) -> bool) -> Vec<Value> {
    let mut names = vec![Value::default()];
    for piece in &text.pieces {
        let Piece::Text { bytes, origin } = piece else {
            names.last_mut().into_iter().for_each(|name| name.pieces.push(piece.clone()));
            continue;
        };
        for (index, part) in bytes.split(|byte| separates(*byte)).enumerate() {
            if index > 0 {
                names.push(Value::default());
            }
            names.last_mut().into_iter().for_each(|name| name.push_text(part, *origin));
        }
    }
    names.retain(|name| !name.pieces.is_empty());
    names
}

/// The byte that separates names, where an option says so (`xargs -0`, `xargs -d '\n'`): then blanks and quotes are
/// part of the names.
fn separator(grammar: Option<&Grammar>, call: &Call) -> Option<u8> {
    if grammar.is_some_and(|grammar| separates_by_nul(grammar, call)) {
        return Some(0);
    }
    let set = call.nested.iter().rev().find(|nested| nested.role == Role::Separator)?;
    let text = set.words.first()?.value.known()?;
    match &*text {
        b"\\n" => Some(b'\n'),
        b"\\t" => Some(b'\t'),
        b"\\0" => Some(0),
        [byte] => Some(*byte),
        _ => None,
    }
}

/// Whether an option says that names end in NUL bytes, those that are read or those that are printed.
pub(super) fn separates_by_nul(grammar: &Grammar, call: &Call) -> bool {
    grammar.nul.iter().any(|option| call.flag(option) == Match::Certain)
}

/// Names, each with what ends it.
pub(in crate::trace) fn listed(names: impl Iterator<Item = Value>, end: &[u8], span: Span) -> Value {
    let mut text = Value::default();
    for name in names {
        text.pieces.extend(name.pieces);
        text.pieces.push(Piece::text(end, span));
    }
    text
}

/// The argv word at which something nested starts.
fn first_word(nested: &Nested) -> usize {
    nested.words.first().map_or(usize::MAX, |word| word.word)
}

/// Whether a word holds a placeholder of one source among several: `{1}`.
fn is_numbered(word: &Value) -> bool {
    let text = word.known_prefix();
    text.windows(2).any(|pair| matches!(pair, [b'{', b'0'..=b'9']))
}

/// The texts that stand for names in a template: those that options set, else `{}`.
fn placeholders(call: &Call) -> Vec<Vec<u8>> {
    let set: Vec<Vec<u8>> = call
        .nested
        .iter()
        .filter(|nested| nested.role == Role::Placeholder)
        .flat_map(|nested| {
            nested.words.iter().filter_map(|word| word.value.known().map(|text| text.into_owned()))
        })
        .filter(|text| !text.is_empty())
        .collect();
    if set.is_empty() {
        vec![b"{}".to_vec(), b"{.}".to_vec(), b"{/}".to_vec(), b"{//}".to_vec()]
    } else {
        set
    }
}

fn fill(word: &Argument, placeholders: &[Vec<u8>], name: &Value) -> Argument {
    let mut value = Value::default();
    for piece in &word.value.pieces {
        let (Piece::Text { bytes, origin } | Piece::Glob { pattern: bytes, origin }) = piece else {
            value.pieces.push(piece.clone());
            continue;
        };
        let mut rest = bytes.as_slice();
        loop {
            let found = placeholders
                .iter()
                .filter_map(|placeholder| find(rest, placeholder).map(|at| (at, placeholder.len())))
                .min();
            let Some((at, length)) = found else { break };
            value.push_text(rest.get(..at).unwrap_or_default(), *origin);
            value.pieces.extend(name.pieces.iter().cloned());
            rest = rest.get(at + length..).unwrap_or_default();
        }
        value.push_text(rest, *origin);
    }
    Argument { value, span: word.span }
}

fn find(text: &[u8], wanted: &[u8]) -> Option<usize> {
    text.windows(wanted.len().max(1)).position(|window| window == wanted)
}

/// The words or lines of `xargs` input: the given bytes separate, blanks in front do not count, quotes and backslashes
/// protect.
fn split_names(bytes: &[u8], separators: &[u8]) -> Vec<Vec<u8>> {
    if bytes.contains(&0) {
        return bytes.split(|byte| *byte == 0).filter(|name| !name.is_empty()).map(<[u8]>::to_vec).collect();
    }
    let mut words = Vec::new();
    let mut word: Option<Vec<u8>> = None;
    let mut bytes = bytes.iter().copied();
    while let Some(byte) = bytes.next() {
        match byte {
            byte if separators.contains(&byte) => words.extend(word.take()),
            b' ' | b'\t' if word.is_none() => {}
            b'\\' => word.get_or_insert_default().extend(bytes.next()),
            b'\'' | b'"' => {
                let quoted = word.get_or_insert_default();
                quoted.extend(bytes.by_ref().take_while(|inner| *inner != byte));
            }
            _ => word.get_or_insert_default().push(byte),
        }
    }
    words.extend(word);
    words
}
