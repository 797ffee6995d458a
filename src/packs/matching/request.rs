//! A request against `http = { … }`.
//!
//! A URL is seldom known as a whole. What is unknown may be anything as long as something else points to the service: a
//! host that fits, the name of the variable that holds it (`$ES_URL`), or a word that path, query or body share with the
//! rule's patterns. `curl -X DELETE "$URL"` alone is not suspected of everything.

use super::clause::Found;
use crate::effect::HttpRequest;
use crate::packs::compare::Comparison;
use crate::packs::fit::{Atom, Glob, atoms};
use crate::packs::pattern::{Pattern, Patterns};
use crate::packs::rule::HttpTest;
use crate::source::Span;
use crate::value::{Cause, Match, Piece, Value};

/// Whether the request is what the rule is about.
pub(super) fn fits(request: &HttpRequest, test: &HttpTest, comparison: Comparison<'_>) -> Found {
    let text = |patterns: &Option<Patterns>, value: &Value| match patterns {
        Some(patterns) => comparison.text(value, patterns),
        None => Match::Certain,
    };
    let empty = Value::default();
    let body = request.body.as_ref().unwrap_or(&empty);
    let named = test.host.as_ref().is_some_and(|patterns| is_named(&request.host, patterns, comparison));
    let host = match &test.host {
        None => Match::Certain,
        Some(patterns) => {
            host(request, patterns, comparison).or(if named { Match::Possible } else { Match::No })
        }
    };
    let found = text(&test.method, &request.method)
        .and(host)
        .and(path(&request.path, &test.path, comparison))
        .and(text(&test.query, &request.query))
        .and(header(&request.headers, &test.header, comparison))
        .and(text(&test.body, body));
    let is_anchored = named || (test.host.is_some() && host == Match::Certain);
    let points = || {
        shares_word(&request.path, &test.path)
            || shares_word(&request.query, &test.query)
            || shares_word(body, &test.body)
            || (test.host.is_some() && shares_word(&request.host, &test.host))
    };
    if found == Match::Possible && !is_anchored && !points() {
        return (Match::No, Vec::new());
    }
    (found.and(request.certainty), request.evidence.clone())
}

/// A pattern with a port is about this port, one without about any.
fn host(request: &HttpRequest, patterns: &Patterns, comparison: Comparison<'_>) -> Match {
    let mut with_port = request.host.clone();
    if !request.port.pieces.is_empty() {
        with_port.push_text(b":", Span::default());
        with_port.pieces.extend(request.port.pieces.iter().cloned());
    }
    let one = |pattern: &Pattern| {
        let has_port = match pattern {
            Pattern::Text(text) | Pattern::Regex(text) => {
                text.trim_end_matches(']').rsplit(']').next().is_some_and(|end| end.contains(':'))
            }
            _ => false,
        };
        comparison.text_one(if has_port { &with_port } else { &request.host }, pattern)
    };
    let any = match patterns.any.as_slice() {
        [] => Match::Certain,
        any => any.iter().filter(|pattern| !is_variable(pattern)).map(one).fold(Match::No, Match::or),
    };
    patterns.not.iter().fold(any, |found, pattern| found.and(one(pattern).negate()))
}

/// Whether the host is not known, and the variable in its place is named like the service.
fn is_named(host: &Value, patterns: &Patterns, comparison: Comparison<'_>) -> bool {
    let mut variables = host.pieces.iter().filter_map(|piece| match piece {
        Piece::Unknown(unknown) => match &unknown.cause {
            Cause::Variable(name) => Some([b"$", name.to_ascii_lowercase().as_slice()].concat()),
            _ => None,
        },
        _ => None,
    });
    let names = || patterns.any.iter().filter(|pattern| is_variable(pattern));
    variables.any(|name| {
        let name = Value::text(name, Span::default());
        names().any(|pattern| comparison.text_one(&name, pattern) == Match::Certain)
    })
}

/// `$es_*`
fn is_variable(pattern: &Pattern) -> bool {
    matches!(pattern, Pattern::Text(text) if text.starts_with('$'))
}

/// An unknown part is taken for a name within its segment; it may be more.
fn path(path: &Value, patterns: &Option<Patterns>, comparison: Comparison<'_>) -> Match {
    let Some(patterns) = patterns else { return Match::Certain };
    let mut atoms = atoms(&path.pieces);
    let starts_open = matches!(atoms.first(), Some(Atom::Hole { .. }));
    for atom in atoms.iter_mut().skip(usize::from(starts_open)) {
        if let Atom::Hole { slash, .. } = atom {
            *slash = false;
        }
    }
    let one = |pattern: &Pattern| match pattern {
        Pattern::Text(text) | Pattern::Path(text) => Glob::path(text).fits(&atoms),
        other => comparison.text_one(path, other),
    };
    let any = match patterns.any.as_slice() {
        [] => Match::Certain,
        any => any.iter().map(one).fold(Match::No, Match::or),
    };
    patterns.not.iter().fold(any, |found, pattern| found.and(one(pattern).negate()))
}

fn header(headers: &[Value], patterns: &Option<Patterns>, comparison: Comparison<'_>) -> Match {
    let Some(patterns) = patterns else { return Match::Certain };
    headers.iter().map(|header| comparison.text(header, patterns)).fold(Match::No, Match::or)
}

/// Whether the known text and one of the patterns have a word in common that says something.
fn shares_word(value: &Value, patterns: &Option<Patterns>) -> bool {
    let Some(patterns) = patterns else { return false };
    let wanted = patterns.any.iter().filter_map(|pattern| match pattern {
        Pattern::Text(text) | Pattern::Path(text) | Pattern::Regex(text) => Some(text.as_bytes()),
        Pattern::Any | Pattern::Class(_) => None,
    });
    let wanted: Vec<&[u8]> = wanted.flat_map(words).collect();
    value.pieces.iter().any(|piece| match piece {
        Piece::Text { bytes, .. } | Piece::Glob { pattern: bytes, .. } => {
            words(bytes).any(|word| wanted.iter().any(|wanted| wanted.eq_ignore_ascii_case(word)))
        }
        Piece::Unknown(_) => false,
    })
}

/// Words of at least three letters, without those that are everywhere.
fn words(text: &[u8]) -> impl Iterator<Item = &[u8]> {
    let is_letter = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'_';
    text.split(move |byte| !is_letter(byte)).filter(|word| {
        let says_nothing: [&[u8]; 6] = [b"api", b"http", b"https", b"com", b"www", b"true"];
        word.len() >= 3 && word.iter().any(u8::is_ascii_alphabetic) && !says_nothing.contains(word)
    })
}
