//! Tildes inside of words: behind a colon of an assigned value (`PATH=a:~/bin`), and behind the `=` of an argument that
//! looks like an assignment (`make PREFIX=~`). A tilde at the start of a word is expanded with the literal text.

use crate::source::Span;
use crate::syntax::ast::{Parameter, ParameterOperator, Part, Word};
use std::borrow::Cow;

/// The word with `"$HOME"` in place of each tilde that stands for it behind a colon.
pub(in crate::trace) fn in_assigned(word: &Word) -> Cow<'_, Word> {
    replaced(word, |before| before.ends_with(b":"))
}

/// The same for an argument: only if it looks like an assignment.
pub(super) fn in_argument(word: &Word) -> Cow<'_, Word> {
    let Some(Part::Literal(text, _)) = word.parts.first() else { return Cow::Borrowed(word) };
    let name = text.iter().take_while(|byte| byte.is_ascii_alphanumeric() || **byte == b'_').count();
    let is_name = name > 0 && !text.first().is_some_and(u8::is_ascii_digit);
    if !is_name || text.get(name) != Some(&b'=') {
        return Cow::Borrowed(word);
    }
    replaced(word, |before| before.ends_with(b":") || before.len() == name + 1)
}

/// Replaces the tildes behind what `starts` accepts.
fn replaced(word: &Word, starts: impl Fn(&[u8]) -> bool) -> Cow<'_, Word> {
    let is_literal = |part: &Part| matches!(part, Part::Literal(text, _) if text.contains(&b'~'));
    if !word.parts.iter().any(is_literal) {
        return Cow::Borrowed(word);
    }
    let mut parts = Vec::with_capacity(word.parts.len() + 2);
    for (index, part) in word.parts.iter().enumerate() {
        let Part::Literal(text, span) = part else {
            parts.push(part.clone());
            continue;
        };
        let is_last = index + 1 == word.parts.len();
        let mut from = 0;
        for at in (0..text.len()).filter(|at| text.get(*at) == Some(&b'~')) {
            // `~user` is left as it is.
            let ends = match text.get(at + 1) {
                Some(byte) => matches!(byte, b'/' | b':'),
                None => is_last,
            };
            let before = text.get(..at).unwrap_or_default();
            if !ends || before.is_empty() || !starts(before) {
                continue;
            }
            push_literal(&mut parts, text, from, at, *span);
            parts.push(Part::DoubleQuoted(vec![home(*span)], *span));
            from = at + 1;
        }
        push_literal(&mut parts, text, from, text.len(), *span);
    }
    Cow::Owned(Word { parts, span: word.span })
}

fn push_literal(parts: &mut Vec<Part>, text: &[u8], from: usize, to: usize, span: Span) {
    let piece = text.get(from..to).unwrap_or_default();
    if piece.is_empty() {
        return;
    }
    let start = span.start as usize;
    let exact = span.len() == text.len();
    let origin = if exact { Span::new(start + from, start + to) } else { span };
    parts.push(Part::Literal(piece.to_vec(), origin));
}

fn home(span: Span) -> Part {
    let operator = ParameterOperator::Plain;
    Part::Parameter(Box::new(Parameter {
        name: b"HOME".to_vec(),
        subscript: None,
        indirect: false,
        operator,
        span,
    }))
}
