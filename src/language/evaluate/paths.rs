//! What the standard libraries say of paths: temporary and home directories, joined paths, listings of directories.

use super::perl::globs;
use super::pure::made;
use super::text::join;
use super::{Evaluator, Expression};
use crate::source::Span;
use crate::value::{Cause, Piece, Value};

/// What objects that are paths begin with, once a call has made them.
const PATHS: &[&str] = &["Path()", "PosixPath()", "PurePath()", "Pathname()", "Pathname.new()", "Path.new()"];

/// Whether the object is a path.
pub(in crate::language) fn is_path(name: &str) -> bool {
    PATHS.iter().any(|path| name.ends_with(path))
}

/// The path that an object is.
pub(super) fn of_object(receivers: Vec<Value>, span: Span) -> Value {
    let parts = receivers.into_iter().map(Expression::Text).collect();
    match join(parts, &Value::text("/", span), span) {
        Expression::Text(path) => path,
        _ => Value::unknown(Cause::Unmodelled, false, span),
    }
}

/// A member of a path that is no call: `path.parent`.
pub(super) fn member(object: &str, receivers: &[Value], name: &str, span: Span) -> Option<Expression> {
    let path = || of_object(receivers.to_vec(), span);
    match name {
        "parent" => Some(object_of(object, parent(&without_dots(path()), span))),
        "path" => Some(Expression::Text(path())),
        "name" => Some(Expression::Text(last_name(&without_end(path()), span))),
        _ => None,
    }
}

fn object_of(object: &str, path: Value) -> Expression {
    Expression::Name { path: object.to_owned(), receivers: vec![path] }
}

/// Whether a text may change the working directory anywhere.
pub(in crate::language) fn may_change_directory(text: &[u8]) -> bool {
    let names: [&[u8]; 2] = [b"chdir", b"FileUtils"];
    names.iter().any(|name| text.windows(name.len()).any(|part| part == *name))
}

/// Whether a call returns the working directory, or a path that it makes absolute.
pub(super) fn needs_directory(name: &str, receivers: &[Value], words: &[Expression]) -> bool {
    let last = name.rsplit(['.', ':']).next().unwrap_or(name);
    let is_absolute = |path: &Value| path.known_prefix().starts_with(b"/");
    match last {
        "getcwd" | "cwd" | "pwd" | "getwd" => true,
        "abspath" | "realpath" | "realpathSync" | "resolve" | "absolute" | "expand_path" => {
            let word = words.first().and_then(|word| match word {
                Expression::Text(word) => Some(word),
                _ => None,
            });
            !receivers.first().or(word).is_some_and(is_absolute)
        }
        _ => false,
    }
}

/// The value of a call, if it is about paths; `receivers` are those of the object whose method it is.
pub(super) fn call(name: &str, receivers: &[Value], words: &[Expression], span: Span) -> Option<Expression> {
    let word = |at: usize| words.get(at).cloned().map(|word| Evaluator::word(word, span));
    let last = name.rsplit(['.', ':']).next().unwrap_or(name);
    if let Some(object) = name.strip_suffix(last).map(|object| object.trim_end_matches('.'))
        && is_path(object)
    {
        return method(object, last, of_object(receivers.to_vec(), span), words, span);
    }
    let home = || Value::unknown(Cause::Variable(b"HOME".to_vec()), false, span);
    Some(match name {
        "tempfile.mkdtemp"
        | "tempfile.mktemp"
        | "fs.mkdtempSync"
        | "fs.promises.mkdtemp"
        | "Dir.mktmpdir"
        | "tempfile.TemporaryDirectory"
        | "tempnam"
        | "File.Temp.tempdir"
        | "tempdir" => Expression::Text(Value::unknown(Cause::Temporary, false, span)),
        "tempfile.gettempdir" | "os.tmpdir" | "sys_get_temp_dir" | "Dir.tmpdir" => made("/tmp", span),
        "os.getcwd" | "process.cwd" | "Dir.pwd" | "getcwd" | "Dir.getwd" | "cwd" => made(".", span),
        "pathlib.Path.cwd" | "Path.cwd" => object_of("pathlib.Path()", Value::text(".", span)),
        "pathlib.Path.home" | "Path.home" => object_of("pathlib.Path()", home()),
        "os.homedir" | "Dir.home" => Expression::Text(home()),
        "os.path.expanduser" | "File.expand_path" if word(0)?.known_prefix().starts_with(b"~") => {
            Expression::Text(expanded(word(0)?, home()))
        }
        "os.path.abspath" | "os.path.realpath" | "os.path.normpath" | "os.fspath" | "path.normalize"
        | "os.path.expanduser" | "realpath" | "File.realpath" | "fs.realpathSync" => {
            Expression::Text(word(0)?)
        }
        // More than one word: a suffix that is taken away, how many names.
        "os.path.dirname" | "os.path.basename" | "path.dirname" | "path.basename" | "File.dirname"
        | "File.basename" | "dirname" | "basename"
            if words.len() != 1 =>
        {
            Expression::Text(Value::unknown(Cause::Unmodelled, false, span))
        }
        "os.path.dirname" => Expression::Text(parent(&word(0)?, span)),
        "os.path.basename" => Expression::Text(last_name(&word(0)?, span)),
        "path.dirname" | "File.dirname" | "dirname" => Expression::Text(parent(&without_end(word(0)?), span)),
        "path.basename" | "File.basename" | "basename" => {
            Expression::Text(last_name(&without_end(word(0)?), span))
        }
        "glob.glob" | "glob.iglob" | "Dir.glob" | "glob" | "glob.sync" | "globSync" | "fs.globSync" => {
            match words.first()? {
                Expression::Text(text) => Expression::List(globs(text)),
                _ => return None,
            }
        }
        // Names, which are put behind the path of the directory.
        "os.listdir"
        | "fs.readdirSync"
        | "fs.promises.readdir"
        | "Dir.children"
        | "Dir.entries"
        | "Dir.each_child"
        | "scandir"
        | "readdir" => Expression::List(vec![Expression::Text(any_name(span))]),
        "os.scandir" => Expression::List(vec![object_of("pathlib.Path()", below(word(0)?, b"/*", span))]),
        "os.walk" | "os.fwalk" => {
            let names = || Expression::List(vec![Expression::Text(any_name(span))]);
            Expression::List(vec![Expression::List(vec![Expression::Text(word(0)?), names(), names()])])
        }
        _ => return None,
    })
}

fn method(object: &str, name: &str, path: Value, words: &[Expression], span: Span) -> Option<Expression> {
    let pattern = || words.first().and_then(super::pure::text);
    Some(match name {
        "resolve" | "absolute" | "expanduser" | "realpath" | "expand_path" => {
            let home = Value::unknown(Cause::Variable(b"HOME".to_vec()), false, span);
            object_of(object, if name == "expanduser" { expanded(path, home) } else { path })
        }
        "joinpath" | "join" => {
            let mut parts = vec![Expression::Text(path)];
            parts.extend(words.iter().cloned());
            match joined(parts, true, span) {
                Expression::Text(path) => object_of(object, path),
                _ => return None,
            }
        }
        "iterdir" | "children" => Expression::List(vec![object_of(object, below(path, b"/*", span))]),
        "glob" => {
            let pattern = format!("/{}", pattern()?);
            Expression::List(vec![object_of(object, below(path, pattern.as_bytes(), span))])
        }
        "rglob" => {
            let pattern = format!("/**/{}", pattern()?);
            Expression::List(vec![object_of(object, below(path, pattern.as_bytes(), span))])
        }
        "as_posix" | "to_s" | "__str__" | "to_path" => Expression::Text(path),
        _ => return None,
    })
}

/// A pattern that fits any name.
fn any_name(span: Span) -> Value {
    Value { pieces: vec![Piece::Glob { pattern: b"*".to_vec(), origin: span }] }
}

/// A pattern below a directory.
fn below(mut directory: Value, pattern: &[u8], span: Span) -> Value {
    directory.pieces.push(Piece::Glob { pattern: pattern.to_vec(), origin: span });
    directory
}

/// A path whose `~` stands for a home.
fn expanded(mut path: Value, home: Value) -> Value {
    match path.pieces.first_mut() {
        Some(Piece::Text { bytes, .. }) if bytes.starts_with(b"~/") || bytes == b"~" => {
            bytes.drain(..1);
            let mut whole = home;
            whole.pieces.extend(path.pieces);
            whole
        }
        _ => path,
    }
}

/// Parts of a path as one; `restarts`: an absolute one starts anew.
pub(super) fn joined(parts: Vec<Expression>, restarts: bool, span: Span) -> Expression {
    let is_absolute = |part: &Expression| match part {
        Expression::Text(text) => text.known_prefix().starts_with(b"/"),
        Expression::Name { path, receivers } if is_path(path) => {
            receivers.first().is_some_and(|first| first.known_prefix().starts_with(b"/"))
        }
        _ => false,
    };
    let from = parts.iter().rposition(is_absolute).filter(|_| restarts).unwrap_or(0);
    join(parts.into_iter().skip(from).collect(), &Value::text("/", span), span)
}

/// A path without slashes at its end, which most functions do not look at.
fn without_end(mut path: Value) -> Value {
    let is_only = path.pieces.len() == 1;
    if let Some(Piece::Text { bytes, .. }) = path.pieces.last_mut() {
        let end = bytes.iter().rposition(|byte| *byte != b'/').map_or(0, |at| at + 1);
        bytes.truncate(if is_only && end == 0 { 1 } else { end });
    }
    path
}

/// A path without the `/.` at its end that `pathlib` leaves out.
fn without_dots(path: Value) -> Value {
    let mut path = without_end(path);
    while let Some(Piece::Text { bytes, .. }) = path.pieces.last_mut()
        && bytes.ends_with(b"/.")
    {
        bytes.truncate(bytes.len().saturating_sub(2));
        path = without_end(path);
    }
    path
}

/// The directory that a path is in.
fn parent(path: &Value, span: Span) -> Value {
    match path.pieces.split_last() {
        Some((Piece::Text { bytes, origin }, before)) => {
            match bytes.trim_ascii_end().iter().rposition(|byte| *byte == b'/') {
                Some(0) if before.is_empty() => Value::text("/", span),
                Some(at) => {
                    let mut pieces = before.to_vec();
                    pieces.push(Piece::text(bytes.get(..at).unwrap_or_default(), *origin));
                    Value { pieces }
                }
                None if before.is_empty() => Value::text(".", span),
                None => Value::unknown(Cause::Unmodelled, false, span),
            }
        }
        _ => Value::unknown(Cause::Unmodelled, false, span),
    }
}

/// The last name of a path.
fn last_name(path: &Value, span: Span) -> Value {
    match path.pieces.as_slice() {
        [Piece::Text { bytes, .. }] => {
            Value::text(bytes.rsplit(|byte| *byte == b'/').next().unwrap_or_default(), span)
        }
        [.., Piece::Glob { .. }] => any_name(span),
        _ => Value::unknown(Cause::Unmodelled, false, span),
    }
}
