//! A URL as clients read it: [`read`] takes it apart into host, port, path and query.
//!
//! The scheme may be missing; user names are dropped; the path is decoded and loses `.`, `..`, doubled slashes and the
//! last slash. What cannot be known stays in its place.
//!
//! ```text
//! https://u:p@API.example.com:443//a/../b%20c/?x=1#f   →  api.example.com  443  /b c  x=1
//! "$ES_URL"/idx                                        →  $ES_URL          -    $ES_URL/idx, which may end in /idx
//! :9200/x, of HTTPie                                   →  localhost        9200 /x
//! ```

use crate::effect::symbol::{Symbol, behind, bytes, find, find_text, split};

/// The parts.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct Url<'a> {
    /// In lower case, without port.
    pub(super) host: Vec<Symbol<'a>>,
    /// As written, or that of the scheme; empty if neither is known.
    pub(super) port: Vec<Symbol<'a>>,
    /// From its first slash.
    pub(super) path: Vec<Symbol<'a>>,
    /// Without `?`, not decoded.
    pub(super) query: Vec<Symbol<'a>>,
}

/// Reads a URL; `None` if it has a scheme that is not HTTP. `shorthand`: `:80/x` is on this machine.
pub(super) fn read<'a>(text: &[Symbol<'a>], shorthand: bool) -> Option<Url<'a>> {
    let (scheme, rest) = scheme(text)?;
    let local: Vec<Symbol<'a>>;
    let rest = match rest.first() {
        Some(Symbol::Byte(b':')) if shorthand && scheme.is_none() => {
            local = bytes(b"localhost").chain(rest.iter().copied()).collect();
            &local
        }
        _ => rest,
    };
    let ends = |symbol: &Symbol<'a>| matches!(symbol, Symbol::Byte(b'/' | b'?' | b'#'));
    let (authority, rest) = split(rest, rest.iter().position(ends).unwrap_or(rest.len()));
    // A user name and a password may hold an `@` by mistake: the last one counts.
    let host = authority.iter().rposition(|symbol| symbol.is(b'@')).map_or(0, |at| at + 1);
    let (host, port) = host_and_port(behind(authority, host));
    let mut path = Vec::new();
    let may_have_path = scheme.is_none() && port.is_empty();
    if let Some(unknown @ Symbol::Unknown(_)) = host.last().filter(|_| may_have_path) {
        // `$URL/x`: the URL in the variable may have a path of its own.
        path.push(*unknown);
    }
    let (before, query) = path_and_query(rest);
    path.extend(before);
    let default: &[u8] = match scheme {
        Some(Scheme::Https) => b"443",
        Some(Scheme::Unknown) => b"",
        None if may_have_path && host.first().is_some_and(|first| matches!(first, Symbol::Unknown(_))) => b"",
        _ => b"80",
    };
    let port = if port.is_empty() { bytes(default).collect() } else { port.to_vec() };
    Some(Url { host: lower(host), port, path: normal(&path), query: query.to_vec() })
}

enum Scheme {
    Http,
    Https,
    Unknown,
}

/// The scheme, if one is written, and what is behind it; `None` if it is not HTTP.
fn scheme<'s, 'a>(text: &'s [Symbol<'a>]) -> Option<(Option<Scheme>, &'s [Symbol<'a>])> {
    let Some(at) = find_text(text, b"://") else { return Some((None, text)) };
    let (name, rest) = split(text, at);
    let rest = behind(rest, 3);
    let is_name = |symbol: &Symbol<'_>| match symbol {
        Symbol::Byte(byte) => byte.is_ascii_alphanumeric() || b"+-.".contains(byte),
        Symbol::Unknown(_) => true,
    };
    if !name.iter().all(is_name) {
        // It is part of something else: `host/login?next=http://…`.
        return Some((None, text));
    }
    let known = |wanted: &[u8]| {
        name.len() == wanted.len()
            && name.iter().zip(wanted).all(
                |(symbol, byte)| matches!(symbol, Symbol::Byte(found) if found.eq_ignore_ascii_case(byte)),
            )
    };
    let scheme = if known(b"http") {
        Scheme::Http
    } else if known(b"https") {
        Scheme::Https
    } else if name.is_empty() || name.iter().any(|symbol| matches!(symbol, Symbol::Unknown(_))) {
        Scheme::Unknown
    } else {
        return None;
    };
    Some((Some(scheme), rest))
}

/// `host:80`, `[::1]:80`
fn host_and_port<'s, 'a>(authority: &'s [Symbol<'a>]) -> (&'s [Symbol<'a>], &'s [Symbol<'a>]) {
    let bracket = authority.iter().rposition(|symbol| symbol.is(b']')).unwrap_or(0);
    let colon = authority.iter().rposition(|symbol| symbol.is(b':')).filter(|at| *at >= bracket);
    let (host, port) = colon.map_or((authority, &[] as &[_]), |at| {
        let (host, port) = split(authority, at);
        (host, behind(port, 1))
    });
    // The root of the name system may be written: `example.com.`
    (host.strip_suffix(&[Symbol::Byte(b'.')]).unwrap_or(host), port)
}

/// What is behind the authority, without the fragment.
fn path_and_query<'s, 'a>(rest: &'s [Symbol<'a>]) -> (&'s [Symbol<'a>], &'s [Symbol<'a>]) {
    let (rest, _) = split(rest, find(rest, b'#').unwrap_or(rest.len()));
    let (path, query) = split(rest, find(rest, b'?').unwrap_or(rest.len()));
    (path, behind(query, 1))
}

fn lower<'a>(text: &[Symbol<'a>]) -> Vec<Symbol<'a>> {
    let lower = |symbol: &Symbol<'a>| match symbol {
        Symbol::Byte(byte) => Symbol::Byte(byte.to_ascii_lowercase()),
        unknown => *unknown,
    };
    text.iter().map(lower).collect()
}

/// A path in its normal form. One that starts with something unknown is left without a first slash.
pub(super) fn normal<'a>(path: &[Symbol<'a>]) -> Vec<Symbol<'a>> {
    let is_open = matches!(path.first(), Some(Symbol::Unknown(_)));
    let path = decoded(path);
    let mut segments: Vec<&[Symbol<'a>]> = Vec::new();
    for segment in path.split(|symbol| symbol.is(b'/')) {
        match segment {
            [] | [Symbol::Byte(b'.')] => {}
            [Symbol::Byte(b'.'), Symbol::Byte(b'.')] => {
                segments.pop();
            }
            segment => segments.push(segment),
        }
    }
    let mut normal = Vec::with_capacity(path.len() + 1);
    for (place, segment) in segments.iter().enumerate() {
        if place > 0 || !is_open {
            normal.push(Symbol::Byte(b'/'));
        }
        normal.extend_from_slice(segment);
    }
    if normal.is_empty() {
        normal.push(Symbol::Byte(b'/'));
    }
    normal
}

/// Text with its `%41` decoded. A slash stays as it is: `group%2Fproject` is one name to the server.
pub(super) fn decoded<'a>(text: &[Symbol<'a>]) -> Vec<Symbol<'a>> {
    let digit = |symbol: Option<&Symbol<'a>>| match symbol {
        Some(Symbol::Byte(byte)) => char::from(*byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok()),
        _ => None,
    };
    let mut out = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some((first, behind)) = rest.split_first() {
        let pair = first.is(b'%').then(|| digit(behind.first()).zip(digit(behind.get(1)))).flatten();
        let byte = pair.map(|(high, low)| high * 16 + low).filter(|byte| *byte != b'/');
        match byte {
            Some(byte) => {
                out.push(Symbol::Byte(byte));
                rest = behind.get(2..).unwrap_or_default();
            }
            None => {
                out.push(*first);
                rest = behind;
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::effect::symbol::{symbols, value};
    use crate::source::Span;
    use crate::value::{Cause, Piece, Value};

    /// Text in which `$x` is unknown.
    fn written(text: &str) -> Value {
        let mut value = Value::default();
        for part in text.split_inclusive("$x") {
            let known = part.trim_end_matches("$x");
            value.push_text(known.as_bytes(), Span::default());
            if known.len() < part.len() {
                value
                    .pieces
                    .extend(Value::unknown(Cause::Variable(b"x".to_vec()), false, Span::default()).pieces);
            }
        }
        value
    }

    fn shown(symbols: &[Symbol<'_>]) -> String {
        let show = |piece: &Piece| match piece {
            Piece::Unknown(_) => "$x".to_owned(),
            Piece::Text { bytes, .. } | Piece::Glob { pattern: bytes, .. } => {
                String::from_utf8_lossy(bytes).into_owned()
            }
        };
        value(symbols.iter().copied()).pieces.iter().map(show).collect()
    }

    #[test]
    fn urls_have_a_normal_form() {
        for (text, host, port, path, query) in [
            ("https://api.github.com/repos/a/b", "api.github.com", "443", "/repos/a/b", ""),
            ("API.GitHub.com/repos", "api.github.com", "80", "/repos", ""),
            ("http://localhost:9200", "localhost", "9200", "/", ""),
            ("localhost:9200/_all?pretty#top", "localhost", "9200", "/_all", "pretty"),
            ("https://user:p@ss@es.example.com./idx/", "es.example.com", "443", "/idx", ""),
            ("http://[::1]:9200/a", "[::1]", "9200", "/a", ""),
            ("http://[::1]/a", "[::1]", "80", "/a", ""),
            ("HTTP://h//a/./b/../c%41%2fd", "h", "80", "/a/cA%2fd", ""),
            ("h/a/../../b", "h", "80", "/b", ""),
            ("h?x=http://y/z", "h", "80", "/", "x=http://y/z"),
            (":3000/users", "localhost", "3000", "/users", ""),
            (":/users", "localhost", "80", "/users", ""),
            ("https://$x/api/v1", "$x", "443", "/api/v1", ""),
            ("https://$x:8200/v1", "$x", "8200", "/v1", ""),
            ("$x/idx/_doc?$x", "$x", "", "$x/idx/_doc", "$x"),
            ("$x", "$x", "", "$x", ""),
            ("$x:9200/idx", "$x", "9200", "/idx", ""),
            ("$x://h/idx", "h", "", "/idx", ""),
            ("http://h/$x/b", "h", "80", "/$x/b", ""),
            ("https://$x.algolia.net/1", "$x.algolia.net", "443", "/1", ""),
        ] {
            let value = written(text);
            let url = read(&symbols(&value, 1000), true).unwrap();
            let found = [shown(&url.host), shown(&url.port), shown(&url.path), shown(&url.query)];
            assert_eq!(found, [host, port, path, query], "{text}");
        }
        assert!(read(&symbols(&written("ftp://h/x"), 100), false).is_none());
    }
}
