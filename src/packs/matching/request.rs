//! A request against `http = { … }`.
//!
//! A URL is seldom known as a whole, and a path alone says little. Something has to point to the service: a host that
//! fits, the name of the variable that holds it (`$ES_URL`), a header, a method of its own, or words of path, query and body that
//! are telling ([`telling`]). `curl -X DELETE "$URL/users/5"` alone is not suspected of everything.

use super::clause::Found;
use super::telling;
use crate::effect::HttpRequest;
use crate::packs::compare::Comparison;
use crate::packs::fit::{Atom, Glob, atoms, may_end, may_fit};
use crate::packs::pattern::{Pattern, Patterns};
use crate::packs::rule::HttpTest;
use crate::packs::telling::ENOUGH;
use crate::source::Span;
use crate::value::{Cause, Match, Piece, Value};
use std::cell::OnceCell;
use std::collections::BTreeSet;

/// A request, and what hundreds of rules ask of its path, worked out once.
pub(super) struct Sent {
    pub(super) request: HttpRequest,
    atoms: OnceCell<Vec<Atom>>,
    segments: OnceCell<Vec<Vec<u8>>>,
}

impl Sent {
    pub(super) fn new(request: HttpRequest) -> Sent {
        Sent { request, atoms: OnceCell::new(), segments: OnceCell::new() }
    }

    /// The path. An unknown part is taken for a name within its segment; it may be more.
    pub(super) fn atoms(&self) -> &[Atom] {
        self.atoms.get_or_init(|| {
            let mut atoms = atoms(&self.request.path.pieces);
            let starts_open = matches!(atoms.first(), Some(Atom::Hole { .. }));
            for atom in atoms.iter_mut().skip(usize::from(starts_open)) {
                if let Atom::Hole { slash, .. } = atom {
                    *slash = false;
                }
            }
            atoms
        })
    }

    /// The segments of the path that are known as a whole.
    pub(super) fn segments(&self) -> &[Vec<u8>] {
        self.segments.get_or_init(|| telling::known_segments(&self.request.path))
    }
}

/// Whether the request is what the rule is about.
pub(super) fn fits(sent: &Sent, test: &HttpTest, comparison: Comparison<'_>) -> Found {
    let request = &sent.request;
    let text = |patterns: &Option<Patterns>, value: &Value| match patterns {
        Some(patterns) => comparison.text(value, patterns),
        None => Match::Certain,
    };
    // Most rules are about another method or host.
    let method = text(&test.method, &request.method);
    if method == Match::No {
        return (Match::No, Vec::new());
    }
    let empty = Value::default();
    let body = request.body.as_ref().unwrap_or(&empty);
    let named = test.host.as_ref().is_some_and(|patterns| is_named(&request.host, patterns, comparison));
    let host = match &test.host {
        None => Match::Certain,
        Some(patterns) => {
            host(request, patterns, comparison).or(if named { Match::Possible } else { Match::No })
        }
    };
    if host == Match::No {
        return (Match::No, Vec::new());
    }
    let is_anchored = || {
        named
            || test.method.is_some() && is_special(&request.method)
            || has_header(request, test, comparison)
            || is_host(request, test, comparison)
    };
    if needed(request, test, Match::Certain) > 0 && !telling::may_say(sent, test) && !is_anchored() {
        return (Match::No, Vec::new());
    }
    // What is long comes last.
    let parts: [&dyn Fn() -> Match; 4] = [
        &|| path(sent, &test.path, comparison),
        &|| text(&test.query, &request.query),
        &|| header(&request.headers, &test.header, comparison),
        &|| text(&test.body, body),
    ];
    let mut found = method.and(host);
    for part in parts {
        found = found.and(part());
        if found == Match::No {
            return (Match::No, Vec::new());
        }
    }
    let needed = needed(request, test, found);
    if needed > 0 && !is_anchored() && telling::sum(sent, test, comparison) < needed {
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
    let variables = host.pieces.iter().filter_map(|piece| match piece {
        Piece::Unknown(unknown) => match &unknown.cause {
            Cause::Variable(name) => Some([b"$", name.to_ascii_lowercase().as_slice()].concat()),
            _ => None,
        },
        _ => None,
    });
    // A host that is put together in a loop names the same ones many times.
    let variables: BTreeSet<Vec<u8>> = variables.collect();
    let names = || patterns.any.iter().filter(|pattern| is_variable(pattern));
    variables.into_iter().any(|name| {
        let name = Value::text(name, Span::default());
        names().any(|pattern| comparison.text_one(&name, pattern) == Match::Certain)
    })
}

/// `$es_*`
fn is_variable(pattern: &Pattern) -> bool {
    matches!(pattern, Pattern::Text(text) if text.starts_with('$'))
}

fn path(sent: &Sent, patterns: &Option<Patterns>, comparison: Comparison<'_>) -> Match {
    let Some(patterns) = patterns else { return Match::Certain };
    let atoms = sent.atoms();
    let one = |pattern: &Pattern| match pattern {
        Pattern::Text(text) | Pattern::Path(text) if may_fit(text, atoms) && may_end(text, atoms) => {
            Glob::path(text).fits(atoms)
        }
        Pattern::Text(_) | Pattern::Path(_) => Match::No,
        other => comparison.text_one(&sent.request.path, other),
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

/// How telling path, query and body have to be. A rule about any host says that the path is enough; then it has to be known
/// as a whole, and where not even the host is known, it has to hold a word that not everybody uses.
fn needed(request: &HttpRequest, test: &HttpTest, found: Match) -> u8 {
    let is_any =
        test.host.as_ref().is_none_or(|patterns| patterns.any.iter().all(|host| *host == Pattern::Any));
    match (is_any && found == Match::Certain, request.host.has_unknown()) {
        (true, false) => 0,
        (true, true) => 1,
        (false, _) => ENOUGH,
    }
}

/// Whether the host itself points to the service: it fits a pattern that says something, or has a word of one.
fn is_host(request: &HttpRequest, test: &HttpTest, comparison: Comparison<'_>) -> bool {
    let Some(patterns) = &test.host else { return false };
    let says = |pattern: &&Pattern| *pattern != &Pattern::Any && !is_variable(pattern);
    let telling = Patterns { any: patterns.any.iter().filter(says).cloned().collect(), not: Vec::new() };
    !telling.any.is_empty()
        && (host(request, &telling, comparison) == Match::Certain || shares_label(&request.host, &telling))
}

/// Whether the method is one that only a few servers know.
fn is_special(method: &Value) -> bool {
    let usual: [&[u8]; 7] = [b"GET", b"HEAD", b"POST", b"PUT", b"PATCH", b"DELETE", b"OPTIONS"];
    method.known().is_some_and(|method| !usual.contains(&&*method))
}

fn has_header(request: &HttpRequest, test: &HttpTest, comparison: Comparison<'_>) -> bool {
    test.header.is_some() && header(&request.headers, &test.header, comparison) == Match::Certain
}

/// Whether the known part of a host and one of the patterns have a name in common: `$x.algolia.net`.
fn shares_label(host: &Value, patterns: &Patterns) -> bool {
    let texts = patterns.any.iter().filter_map(|pattern| match pattern {
        Pattern::Text(text) | Pattern::Path(text) | Pattern::Regex(text) => Some(text.as_bytes()),
        Pattern::Any | Pattern::Class(_) => None,
    });
    let wanted: Vec<&[u8]> = texts.flat_map(labels).collect();
    host.pieces.iter().any(|piece| match piece {
        Piece::Text { bytes, .. } | Piece::Glob { pattern: bytes, .. } => {
            labels(bytes).any(|label| wanted.contains(&label))
        }
        Piece::Unknown(_) => false,
    })
}

/// Names of at least three letters, without those that are everywhere.
fn labels(text: &[u8]) -> impl Iterator<Item = &[u8]> {
    let is_letter = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'_';
    text.split(move |byte| !is_letter(byte)).filter(|label| {
        let says_nothing: [&[u8]; 7] = [b"api", b"com", b"www", b"net", b"org", b"app", b"cloud"];
        label.len() >= 3 && label.iter().any(u8::is_ascii_alphabetic) && !says_nothing.contains(label)
    })
}
