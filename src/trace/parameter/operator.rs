//! The operators of `${…}` that compute a value from a value.

use super::Got;
use crate::source::Span;
use crate::syntax::ast::{ParameterOperator, Part, ReplacePlace, Text, Word};
use crate::trace::env::{Content, MAX_ALTERNATIVES};
use crate::trace::pattern::{self, Units, in_any_locale};
use crate::trace::tracer::Tracer;
use crate::value::{Cause, Match, Piece, Unknown, Value};
use std::borrow::Cow;

impl Tracer<'_> {
    /// The result of an operator; lists are mapped value by value.
    pub(super) fn apply(
        &mut self,
        got: Got,
        operator: &ParameterOperator,
        name: &[u8],
        span: Span,
    ) -> Vec<Got> {
        vec![match (operator, got) {
            (ParameterOperator::Length, got) => self.length(got, span),
            (ParameterOperator::Slice { offset, length }, Got::List { values, star }) => {
                return self.slice_list(values, star, name, offset, length.as_ref(), span);
            }
            (_, Got::Unset) => {
                // Nothing to work on, but what stands in the operands is expanded.
                self.map(name, &Value::default(), operator, span);
                Got::Unset
            }
            (operator, Got::Ambient(value) | Got::Scalar(value)) => {
                Got::Scalar(self.map(name, &value, operator, span))
            }
            (operator, Got::List { values, star }) => Got::List {
                values: values.iter().map(|value| self.map(name, value, operator, span)).collect(),
                star,
            },
        }]
    }

    fn length(&mut self, got: Got, span: Span) -> Got {
        let length = match got {
            Got::Unset => Some(0),
            Got::List { values, .. } => Some(values.len()).filter(|_| !values.iter().any(Value::has_glob)),
            Got::Scalar(value) => value.known().filter(|bytes| bytes.is_ascii()).map(|bytes| bytes.len()),
            Got::Ambient(_) => None,
        };
        Got::Scalar(match length {
            Some(length) => Value::text(length.to_string(), span),
            None => Value::unknown(Cause::Number, false, span),
        })
    }

    fn slice_list(
        &mut self,
        values: Vec<Value>,
        star: bool,
        name: &[u8],
        offset: &Text,
        length: Option<&Text>,
        span: Span,
    ) -> Vec<Got> {
        let from = self.arithmetic_text(offset);
        let count = length.map(|text| self.arithmetic_text(text));
        let positional = name == b"@" || name == b"*";
        // `${@:0}` starts at `$0`.
        let mut all = if positional { vec![self.env.zero.clone()] } else { Vec::new() };
        all.extend(values);
        let is_sure = !all.iter().any(Value::has_glob);
        // An offset into an array is an index, of which some may be missing.
        let from = match (from, positional) {
            (Some(from), false) => self.place_of_index(name, from).or(Some(from)),
            (from, _) => from,
        };
        let slice = |start: usize, count: usize| Got::List {
            values: all.iter().skip(start).take(count).cloned().collect(),
            star,
        };
        match (from, count) {
            (Some(from), None | Some(Some(_))) if is_sure => {
                let count = count.flatten().map_or(usize::MAX, |count| usize::try_from(count).unwrap_or(0));
                vec![slice(start_of(from, all.len()), count)]
            }
            // From any of them on.
            (None, None) if is_sure && all.len() < MAX_ALTERNATIVES => {
                (0..=all.len()).map(|start| slice(start, usize::MAX)).collect()
            }
            _ => vec![Got::Scalar(Value::unknown(Cause::Variable(name.to_vec()), true, span))],
        }
    }

    /// How many elements of an array stand before an index; `None` if they have no gaps.
    fn place_of_index(&self, name: &[u8], from: i64) -> Option<i64> {
        let [Content::Array(elements)] = self.env.variable(name)?.contents.as_slice() else { return None };
        let index = |key: &Vec<u8>| std::str::from_utf8(key).ok()?.parse::<i64>().ok();
        let indices = elements.keys().map(index).collect::<Option<Vec<i64>>>()?;
        let last = *indices.last()?;
        let has_gaps = usize::try_from(last).is_ok_and(|last| last + 1 != indices.len());
        let from = if from < 0 { from + last + 1 } else { from };
        let before = indices.iter().filter(|index| **index < from).count();
        i64::try_from(before).ok().filter(|_| has_gaps)
    }

    /// The operator on one value. Operands are always expanded, for the commands in them.
    fn map(&mut self, name: &[u8], value: &Value, operator: &ParameterOperator, span: Span) -> Value {
        let origin = value.origin().unwrap_or(span);
        let known = value.known().map(Cow::into_owned);
        let result = match operator {
            ParameterOperator::Trim { suffix, longest, pattern } => {
                let pattern = self.expand_pattern(pattern);
                let cheap = |(text, pattern): &(Vec<u8>, Vec<u8>)| {
                    is_cheap(text, pattern) && self.is_read_alike(pattern)
                };
                known.zip(pattern).filter(cheap).and_then(|(text, pattern)| {
                    in_any_locale(&text, |units| trim(&text, &pattern, *suffix, *longest, units))
                })
            }
            ParameterOperator::Replace { place, pattern, replacement } => {
                let pattern = self.expand_pattern(pattern);
                let replacement = self.replacement(replacement.as_ref());
                match (known, pattern, replacement) {
                    // An unquoted `&` in the replacement stands for the match (bash 5.2).
                    (Some(text), Some(pattern), Some(by))
                        if is_cheap(&text, &pattern)
                            && self.is_read_alike(&pattern)
                            && !by.contains(&b'&')
                            && self.env.options.nocasematch == Match::No =>
                    {
                        in_any_locale(&text, |units| replace(&text, &pattern, &by, *place, units))
                    }
                    _ => None,
                }
            }
            ParameterOperator::Case { operator, all, pattern } => {
                let pattern = self.expand_pattern(pattern);
                // What is a letter is decided by the locale.
                let known = known.filter(|text| text.is_ascii());
                known.zip(pattern).map(|(text, pattern)| change_case(&text, *operator, *all, &pattern))
            }
            ParameterOperator::Slice { offset, .. } if self.modifiers(offset).is_some() => {
                let letters = self.modifiers(offset).unwrap_or_default();
                known.and_then(|text| modified(&text, &letters))
            }
            ParameterOperator::Slice { offset, length } => {
                let offset = self.arithmetic_text(offset);
                let length = length.as_ref().map(|text| self.arithmetic_text(text));
                let known = known.or_else(|| {
                    let is_first = (offset, length) == (Some(0), Some(Some(1)));
                    (is_first && is_absolute(value)).then(|| b"/".to_vec())
                });
                match (known, offset, length) {
                    (Some(text), Some(offset), None) => {
                        in_any_locale(&text, |units| slice(&text, offset, None, units))
                    }
                    (Some(text), Some(offset), Some(Some(length))) => {
                        in_any_locale(&text, |units| slice(&text, offset, Some(length), units))
                    }
                    _ => None,
                }
            }
            ParameterOperator::Transform(operator) => known.and_then(|text| transform(&text, *operator)),
            ParameterOperator::Plain
            | ParameterOperator::Length
            | ParameterOperator::Conditional { .. }
            | ParameterOperator::Names
            | ParameterOperator::Keys => return value.clone(),
        };
        let result = result.filter(|bytes| self.count_text(bytes.len()));
        match result {
            Some(bytes) if bytes.is_empty() => Value::default(),
            Some(bytes) => Value::text(bytes, origin),
            None => changed(name, value, operator, span),
        }
    }

    /// Whether the pattern means the same with `extglob` and without.
    fn is_read_alike(&self, pattern: &[u8]) -> bool {
        let is_group = |pair: &[u8]| matches!(pair, [b'?' | b'*' | b'+' | b'@' | b'!', b'(']);
        self.env.options.extglob || !pattern.windows(2).any(is_group)
    }

    fn replacement(&mut self, word: Option<&Word>) -> Option<Vec<u8>> {
        let Some(word) = word else { return Some(Vec::new()) };
        self.expand_one(word).known().map(Cow::into_owned)
    }
}

/// What is left of the value of `name`, which is not wholly known. Where it comes from stays what it was, and so does the folder in
/// front if only the end of the name changes.
fn changed(name: &[u8], value: &Value, operator: &ParameterOperator, span: Span) -> Value {
    let cause = match value.first_unknown().map(|unknown| &unknown.cause) {
        // A part of these is another place.
        Some(Cause::Variable(name))
            if matches!(name.as_slice(), b"HOME" | b"PWD" | b"OLDPWD" | b"TMPDIR" | b"TMP" | b"TEMP") =>
        {
            Cause::Unmodelled
        }
        // Single characters of what the environment surely has: `${PATH:0:1}` is a slash.
        Some(Cause::Variable(name))
            if matches!(operator, ParameterOperator::Slice { .. })
                && name.iter().any(u8::is_ascii_uppercase) =>
        {
            Cause::Unmodelled
        }
        Some(cause @ (Cause::Variable(_) | Cause::Parameter(_) | Cause::Output(_) | Cause::Input)) => {
            cause.clone()
        }
        // Another name in the same place.
        Some(cause @ Cause::Found(_)) if matches!(operator, ParameterOperator::Trim { suffix: true, .. }) => {
            cause.clone()
        }
        Some(_) => Cause::Unmodelled,
        // Names of files.
        None if value.known().is_none() => Cause::Variable(name.to_vec()),
        None => Cause::Unmodelled,
    };
    let is_plain = |pattern: &Word| {
        let literal = |part: &Part| matches!(part, Part::Literal(text, _) if !text.iter().any(|byte| b"*?[/\\(".contains(byte)));
        pattern.parts.iter().all(literal)
    };
    let mut kept = match operator {
        ParameterOperator::Trim { suffix: true, pattern, .. } if is_plain(pattern) => value.known_prefix(),
        _ => Vec::new(),
    };
    kept.truncate(kept.iter().rposition(|byte| *byte == b'/').map_or(0, |slash| slash + 1));
    let mut changed = Value::default();
    changed.push_text(&kept, value.origin().unwrap_or(span));
    changed.pieces.extend(Value::unknown(cause, true, span).pieces);
    changed
}

/// Whether the value is a path from the root, although nobody knows which.
fn is_absolute(value: &Value) -> bool {
    let Some(Piece::Unknown(Unknown { cause: Cause::Variable(name), .. })) = value.pieces.first() else {
        return false;
    };
    matches!(name.as_slice(), b"HOME" | b"PWD" | b"OLDPWD" | b"PATH")
}

/// Whether matching at every place stays cheap: it costs the square of the text, and more with several stars.
fn is_cheap(text: &[u8], pattern: &[u8]) -> bool {
    let stars = pattern.iter().filter(|byte| **byte == b'*').count();
    text.len() <= 2048 && stars <= 8
}

fn trim(text: &[u8], pattern: &[u8], suffix: bool, longest: bool, units: Units) -> Vec<u8> {
    let kept = if suffix {
        pattern::suffix(pattern, text, longest, units).and_then(|at| text.get(..at))
    } else {
        pattern::prefix(pattern, text, longest, units).and_then(|at| text.get(at..))
    };
    kept.unwrap_or(text).to_vec()
}

fn replace(text: &[u8], pattern: &[u8], by: &[u8], place: ReplacePlace, units: Units) -> Vec<u8> {
    if pattern.is_empty() {
        return match place {
            ReplacePlace::Prefix => [by, text].concat(),
            ReplacePlace::Suffix => [text, by].concat(),
            ReplacePlace::First | ReplacePlace::All => text.to_vec(),
        };
    }
    if text.is_empty() && pattern::matches(pattern, b"", units) {
        return by.to_vec();
    }
    let at = |from: usize| text.get(from..).unwrap_or_default();
    match place {
        ReplacePlace::Prefix => match pattern::prefix(pattern, text, true, units) {
            Some(end) => [by, at(end)].concat(),
            None => text.to_vec(),
        },
        ReplacePlace::Suffix => match pattern::suffix(pattern, text, true, units) {
            Some(start) => [text.get(..start).unwrap_or_default(), by].concat(),
            None => text.to_vec(),
        },
        ReplacePlace::First | ReplacePlace::All => {
            let mut out = Vec::new();
            let mut from = 0;
            while from < text.len() {
                match pattern::prefix(pattern, at(from), true, units).filter(|length| *length > 0) {
                    Some(length) => {
                        out.extend_from_slice(by);
                        from += length;
                        if place == ReplacePlace::First {
                            break;
                        }
                    }
                    None => {
                        let end = from + units.width(at(from)).max(1);
                        out.extend_from_slice(text.get(from..end).unwrap_or_default());
                        from = end;
                    }
                }
            }
            out.extend_from_slice(at(from));
            out
        }
    }
}

fn change_case(text: &[u8], operator: u8, all: bool, pattern: &[u8]) -> Vec<u8> {
    let change = |byte: &u8| match operator {
        b'^' => byte.to_ascii_uppercase(),
        b',' => byte.to_ascii_lowercase(),
        _ if byte.is_ascii_uppercase() => byte.to_ascii_lowercase(),
        _ => byte.to_ascii_uppercase(),
    };
    let fits = |byte: &u8| pattern.is_empty() || pattern::matches(pattern, &[*byte], Units::Bytes);
    text.iter()
        .enumerate()
        .map(|(index, byte)| if (all || index == 0) && fits(byte) { change(byte) } else { *byte })
        .collect()
}

fn start_of(offset: i64, length: usize) -> usize {
    match usize::try_from(offset) {
        Ok(offset) => offset,
        Err(_) => length.saturating_sub(usize::try_from(offset.unsigned_abs()).unwrap_or(usize::MAX)),
    }
}

fn slice(text: &[u8], offset: i64, length: Option<i64>, units: Units) -> Vec<u8> {
    let units: Vec<&[u8]> = match std::str::from_utf8(text) {
        Ok(text) if units == Units::Characters => {
            text.split_inclusive(|_: char| true).map(str::as_bytes).collect()
        }
        _ => text.chunks(1).collect(),
    };
    if offset < 0 && usize::try_from(offset.unsigned_abs()).is_ok_and(|back| back > units.len()) {
        return Vec::new();
    }
    let start = start_of(offset, units.len()).min(units.len());
    let end = match length {
        None => units.len(),
        Some(length) => match usize::try_from(length) {
            Ok(length) => start.saturating_add(length).min(units.len()),
            Err(_) => start_of(length, units.len()),
        },
    };
    units.get(start..end).unwrap_or_default().concat()
}

fn transform(text: &[u8], operator: u8) -> Option<Vec<u8>> {
    match operator {
        b'U' => Some(text.to_ascii_uppercase()),
        b'L' => Some(text.to_ascii_lowercase()),
        b'u' => Some(change_case(text, b'^', false, b"")),
        b'E' => crate::trace::filter::escapes::decode(text, crate::trace::filter::escapes::Flavour::AnsiC),
        b'Q' => quoted(text),
        // `@A`, `@a`, `@K` are not modelled.
        _ => None,
    }
}

/// `${x@Q}`: always between single quotes, unless there is something that cannot be printed.
fn quoted(text: &[u8]) -> Option<Vec<u8>> {
    let is_plain = |byte: &u8| matches!(byte, b' '..=b'~');
    let parts: Vec<&[u8]> = text.split(|byte| *byte == b'\'').collect();
    text.iter().all(is_plain).then(|| [b"'".as_slice(), &parts.join(b"'\\''".as_slice()), b"'"].concat())
}

impl Tracer<'_> {
    /// The letters of `$x:t` in zsh, where they are no number.
    fn modifiers(&self, offset: &Text) -> Option<Vec<u8>> {
        let [Part::Literal(letters, _)] = offset.parts.as_slice() else { return None };
        let is_zsh = self.env.options.dialect.has_zsh_words();
        (is_zsh && letters.iter().all(u8::is_ascii_alphabetic)).then(|| letters.clone())
    }
}

/// The text after the modifiers of zsh that are simple.
fn modified(text: &[u8], letters: &[u8]) -> Option<Vec<u8>> {
    let mut text = text.to_vec();
    for letter in letters {
        let slash = text.iter().rposition(|byte| *byte == b'/');
        text = match letter {
            b't' => text.get(slash.map_or(0, |slash| slash + 1)..)?.to_vec(),
            b'h' => text.get(..slash?)?.to_vec(),
            b'l' => text.to_ascii_lowercase(),
            b'u' => text.to_ascii_uppercase(),
            _ => return None,
        };
    }
    Some(text)
}
