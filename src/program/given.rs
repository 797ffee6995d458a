//! Questions about the options of a [`Call`].

use super::{Call, Flag, Operand, Role};
use crate::source::Span;
use crate::value::{Cause, Match, Piece, Value};

impl Call {
    /// Whether the option is in force, by its canonical name: the last of `--x`, `--no-x` and `--x=false` counts.
    ///
    /// Says nothing about what [`Call::unknown_words`] may add.
    pub fn flag(&self, name: &str) -> Match {
        self.flags.iter().fold(Match::No, |before, flag| match states(flag, name) {
            None => before,
            Some(state) if flag.certainty == Match::Certain => Match::from(state),
            Some(state) if before == Match::from(state) => before,
            Some(_) => Match::Possible,
        })
    }

    /// What a program finds that looks for names below its start points (`find a b -name '*.o'`) when it reaches the
    /// argv word `action`: something below each start point, under one of the names that the tests leave. Each with
    /// the index of its start point's word. Without an expression, everything that a `find` finds.
    pub(crate) fn found(&self, action: usize) -> Vec<(Value, usize)> {
        let filters = self.filters(action);
        let starts = self.operands.iter().filter(|operand| operand.role == Role::Path);
        let each = |start: &Operand| -> Vec<(Value, usize)> {
            let something = below(&start.value);
            if filters.is_empty() {
                return vec![(something, start.word)];
            }
            filters.iter().map(|filter| (named(&something, filter), start.word)).collect()
        };
        starts.flat_map(each).collect()
    }

    /// What a program finds below its operands, or where it runs, whose names fit a regular expression or ending.
    pub(crate) fn found_by_name(&self, span: Span) -> Vec<Value> {
        let mut starts: Vec<Value> = self
            .operands
            .iter()
            .filter(|operand| operand.role == Role::Path)
            .map(|operand| operand.value.clone())
            .collect();
        if starts.is_empty() {
            starts.push(Value::text(b".".as_slice(), span));
        }
        let something = Value::unknown(Cause::Found(starts), false, span);
        let nested = self
            .nested
            .iter()
            .filter_map(|nested| Some((&nested.role, nested.words.first()?.value.known()?)));
        let patterns: Vec<Value> = nested
            .filter_map(|(role, text)| match role {
                Role::NameEnding => Some([b"*.".as_slice(), &text].concat()),
                Role::NameRegex => as_glob(&text),
                _ => None,
            })
            .map(|pattern| named(&something, &Value::text(pattern, span)))
            .collect();
        if patterns.is_empty() { vec![something] } else { patterns }
    }

    /// The patterns of which what is found at the word `action` has to match one. Empty: it may be anything.
    pub(crate) fn filters(&self, action: usize) -> Vec<&Value> {
        let tests = self.expression.holds_at(action, |test| test.filter.as_ref().is_some_and(narrows));
        tests.unwrap_or_default().into_iter().filter_map(|test| test.filter.as_ref()).collect()
    }

    /// The values that the option is given, in order.
    pub fn flag_values<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Value> {
        let given = self.flags.iter().filter(move |flag| flag.name == name && !flag.negated);
        given.filter_map(|flag| flag.value.as_ref())
    }
}

/// Whether the flag puts the named option in force, takes it back, or neither.
fn states(flag: &Flag, name: &str) -> Option<bool> {
    if flag.name == name {
        return Some(!flag.negated);
    }
    let is_opposite = |long: &str, short: &str| {
        long.strip_prefix("--no-").is_some_and(|rest| short.strip_prefix("--") == Some(rest))
    };
    (is_opposite(&flag.name, name) || is_opposite(name, &flag.name)).then_some(flag.negated)
}

/// Whether a pattern leaves anything out, as far as known.
fn narrows(pattern: &Value) -> bool {
    pattern.known().is_none_or(|text| text.iter().any(|byte| !b"*?./".contains(byte)))
}

/// A regular expression for a part of a name as a pattern for the whole name, if it is a simple one. One that starts with
/// a star is a pattern already.
fn as_glob(regex: &[u8]) -> Option<Vec<u8>> {
    if regex.starts_with(b"*") {
        return Some(regex.to_vec());
    }
    let (start, rest) = match regex.strip_prefix(b"^") {
        Some(rest) => (b"".as_slice(), rest),
        None => (b"*".as_slice(), regex),
    };
    let (mut rest, end) = match rest.strip_suffix(b"$") {
        Some(rest) => (rest, b"".as_slice()),
        None => (rest, b"*".as_slice()),
    };
    let mut glob = start.to_vec();
    while let Some((byte, behind)) = rest.split_first() {
        rest = match (byte, behind) {
            (b'\\', [escaped, behind @ ..]) if b".-_+".contains(escaped) => {
                glob.push(*escaped);
                behind
            }
            (b'.', [b'*', behind @ ..]) => {
                glob.push(b'*');
                behind
            }
            (b'.', [b'?' | b'+' | b'{', ..]) => return None,
            (b'.', behind) => {
                glob.push(b'?');
                behind
            }
            (letter, behind) if letter.is_ascii_alphanumeric() || b"_-".contains(letter) => {
                if matches!(behind, [b'?' | b'*' | b'+' | b'{', ..]) {
                    return None;
                }
                glob.push(*letter);
                behind
            }
            _ => return None,
        };
    }
    glob.extend_from_slice(end);
    Some(glob)
}

/// Something below `start`.
fn below(start: &Value) -> Value {
    Value::unknown(Cause::Found(vec![start.clone()]), false, start.origin().unwrap_or_default())
}

/// The same with a name that matches `pattern`.
fn named(something: &Value, pattern: &Value) -> Value {
    let mut path = something.clone();
    path.pieces.push(Piece::text(b"/".as_slice(), pattern.origin().unwrap_or_default()));
    for piece in &pattern.pieces {
        path.pieces.push(match piece {
            Piece::Text { bytes, origin } if bytes.iter().any(|byte| b"*?[".contains(byte)) => {
                Piece::Glob { pattern: bytes.clone(), origin: *origin }
            }
            other => other.clone(),
        });
    }
    path
}
