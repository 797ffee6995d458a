//! Builtins of the working directory: `cd`, `pushd`, `popd`, `pwd`.

use crate::source::Span;
use crate::trace::env::{Content, File, full_path};
use crate::trace::simple::{Around, folders};
use crate::trace::tracer::{Io, Outcome, Tracer};
use crate::trace::{Argument, Redirection};
use crate::value::{Cause, Match, Piece, Unknown, Value};

/// Longest path of a directory that is remembered; as many invocations hold it as there are behind the `cd`.
const MAX_PATH: usize = 1024;

/// Most known and unknown parts of such a path.
const MAX_PIECES: usize = 16;

/// Directories that every system has: changing to one of them succeeds.
const EVERYWHERE: [&[u8]; 9] =
    [b"/", b"/bin", b"/dev", b"/etc", b"/home", b"/tmp", b"/usr", b"/var", b"/var/tmp"];

pub(super) fn change(tracer: &mut Tracer<'_>, argv: Vec<Argument>, around: &Around, io: Io) -> Outcome {
    let pushes = argv.first().is_some_and(|first| first.value.equals(b"pushd") == Match::Certain);
    let (options, operands) = super::operands(argv.get(1..).unwrap_or_default(), b"");
    let is_wrong = !pushes && options.iter().any(|(letter, _)| !b"LPe@".contains(letter));
    let target = operands.first().map(|argument| argument.value.clone());
    let sure = operands.iter().all(|argument| !argument.value.may_split());
    let searched = target.as_ref().and_then(|target| searched(tracer, target, around.span));
    let is_wrong = is_wrong || (operands.len() > 1 && sure);
    tracer.record(argv, around, io, Vec::new(), true);
    if is_wrong && tracer.env.options.dialect.refuses_odd_operands() {
        // A usage error: the shell stays where it is.
        return Outcome::status(false);
    }
    // A redirection to a file may fail, and `cd` with it.
    let sure = !is_wrong && around.redirections.iter().all(opens_surely);
    let left = tracer.env.directory.now.clone();
    let (to, certain) = match target {
        None if pushes => {
            (tracer.env.directory.take_back().unwrap_or_else(|| before(tracer, around.span)), true)
        }
        None => (tracer.tilde(b"", around.span), true),
        Some(target) if target.equals(b"-") == Match::Certain => (before(tracer, around.span), true),
        Some(target) => {
            let certain = sure && exists(tracer, &target);
            (Some(walked(joined(left.as_ref(), &target, around.span))), certain)
        }
    };
    if pushes {
        tracer.env.directory.put_aside(left.clone());
    }
    let before = tracer.env.directory.clone();
    let outcome = enter(tracer, left, to, certain && searched.is_none(), around.span);
    for place in searched.into_iter().flatten() {
        let mut other = before.clone();
        other.change(Some(place), true);
        tracer.env.directory = std::mem::take(&mut tracer.env.directory).join(other);
    }
    outcome
}

/// Where `CDPATH`, which was set in sight, lets `cd` look for a name as well.
fn searched(tracer: &Tracer<'_>, target: &Value, span: Span) -> Option<Vec<Value>> {
    let variable = tracer.env.variable(b"CDPATH")?;
    let start = target.known_prefix();
    let is_path = [b"/".as_slice(), b"./", b"../"].iter().any(|path| start.starts_with(path));
    if is_path || matches!(start.as_slice(), b"." | b".." | b"-") {
        return None;
    }
    let folders = variable.contents.iter().flat_map(|content| match content {
        Content::Scalar(path) => folders(path, span),
        _ => Vec::new(),
    });
    Some(folders.map(|folder| walked(joined(Some(&folder), target, span))).collect())
}

/// Whether a redirection cannot fail: of `/dev/null`, a descriptor or written text.
fn opens_surely(redirection: &Redirection) -> bool {
    !matches!(redirection.operator, "<" | ">" | ">>" | ">|" | "<>" | "&>" | "&>>")
        || redirection.target.equals(b"/dev/null") == Match::Certain
}

pub(super) fn take_back(tracer: &mut Tracer<'_>, argv: Vec<Argument>, around: &Around, io: Io) -> Outcome {
    tracer.record(argv, around, io, Vec::new(), true);
    let left = tracer.env.directory.now.clone();
    let to = tracer.env.directory.take_back();
    let to = to.unwrap_or_else(|| before(tracer, around.span));
    enter(tracer, left, to, true, around.span)
}

fn enter(
    tracer: &mut Tracer<'_>,
    left: Option<Value>,
    to: Option<Value>,
    certain: bool,
    span: Span,
) -> Outcome {
    let unknown = || Value::unknown(Cause::Variable(b"OLDPWD".to_vec()), false, span);
    tracer.env.assign(b"OLDPWD", vec![left.unwrap_or_else(unknown)]);
    // With `set -e`, a `cd` that fails ends the shell.
    let certain = certain || tracer.env.options.errexit;
    tracer.env.directory.change(to, certain);
    Outcome { success: certain.then_some(true), ..Outcome::default() }
}

/// The directory before this one.
fn before(tracer: &Tracer<'_>, span: Span) -> Option<Value> {
    match tracer.env.variable(b"OLDPWD").map(|variable| variable.contents.as_slice()) {
        Some([Content::Scalar(value)]) => Some(value.clone()),
        _ => Some(Value::unknown(Cause::Variable(b"OLDPWD".to_vec()), false, span)),
    }
}

/// Whether the directory is surely there.
pub(in crate::trace) fn exists(tracer: &Tracer<'_>, target: &Value) -> bool {
    if let [Piece::Unknown(Unknown { cause, .. })] = target.pieces.as_slice() {
        return match cause {
            Cause::Temporary => true,
            Cause::Variable(name) => matches!(name.as_slice(), b"HOME" | b"PWD" | b"OLDPWD" | b"TMPDIR"),
            _ => false,
        };
    }
    let made = full_path(target, &tracer.env.directory).and_then(|path| tracer.env.files.get(&path));
    if made == Some(&File::Directory) {
        return true;
    }
    let Some(path) = target.known() else { return false };
    let path: &[u8] = if path.len() > 1 { path.strip_suffix(b"/").unwrap_or(&path) } else { &path };
    let known = [&tracer.facts.cwd, &tracer.facts.home, &tracer.facts.project];
    let holds = |place: &Vec<u8>| {
        place.strip_prefix(path).is_some_and(|rest| rest.is_empty() || rest.starts_with(b"/"))
    };
    EVERYWHERE.contains(&path)
        || path.split(|byte| *byte == b'/').all(|name| matches!(name, b"." | b".."))
        || known.into_iter().flatten().any(holds)
}

/// The directory that `target` names from `cwd`, or from where the script starts.
pub(in crate::trace) fn joined(cwd: Option<&Value>, target: &Value, span: Span) -> Value {
    let absolute = match target.pieces.first() {
        Some(Piece::Text { bytes, .. }) => bytes.starts_with(b"/"),
        // `$HOME`, `$(mktemp -d)` and other unknown parts in front are absolute paths as a rule.
        Some(Piece::Unknown(_)) => true,
        _ => false,
    };
    if absolute {
        return target.clone();
    }
    let start = || Value::unknown(Cause::Variable(b"PWD".to_vec()), false, Span::default());
    let mut path = cwd.cloned().unwrap_or_else(start);
    if target.pieces.is_empty() {
        return path;
    }
    path.pieces.push(Piece::text(b"/".as_slice(), span));
    path.pieces.extend(target.pieces.iter().cloned());
    path
}

/// The path after `cd`, which takes `..` for the folder above in the path, not in the file system.
fn walked(path: Value) -> Value {
    let span = path.origin().unwrap_or_default();
    let is_text = |piece: &Piece| matches!(piece, Piece::Text { .. });
    let behind = path.pieces.iter().rposition(|piece| !is_text(piece)).map_or(0, |last| last + 1);
    let mut walked = Value { pieces: path.pieces.get(..behind).unwrap_or_default().to_vec() };
    let text = Value { pieces: path.pieces.get(behind..).unwrap_or_default().to_vec() };
    let text = text.known().unwrap_or_default();
    let is_rooted = behind == 0;
    // The first name is empty, or goes on with the unknown part before it, above which nobody can look.
    let mut names: Vec<&[u8]> = Vec::new();
    for name in text.split(|byte| *byte == b'/') {
        match (name, names.as_slice()) {
            (b"" | b".", [_, ..]) => {}
            (b"..", [_, .., last]) if *last != b".." => drop(names.pop()),
            (b"..", [b""]) if is_rooted => {}
            _ => names.push(name),
        }
    }
    match names.as_slice() {
        [b""] if is_rooted => walked.push_text(b"/", span),
        names => walked.push_text(&names.join(&b'/'), span),
    }
    let is_long = walked.known_length() > MAX_PATH || walked.pieces.len() > MAX_PIECES;
    if is_long { Value::unknown(Cause::Unmodelled, false, span) } else { walked }
}

pub(super) fn print(tracer: &mut Tracer<'_>, argv: Vec<Argument>, around: &Around, io: Io) -> Outcome {
    tracer.record(argv, around, io, Vec::new(), true);
    let unknown = || Value::unknown(Cause::Variable(b"PWD".to_vec()), true, around.span);
    Outcome::printed(tracer.env.directory.now.clone().unwrap_or_else(unknown))
}
