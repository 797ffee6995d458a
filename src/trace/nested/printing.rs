//! What program text of another language prints: the words of its calls that print, in their order.

use super::super::tracer::Tracer;
use super::foreign::executes;
use crate::language::{self, Call, Printed};
use crate::program::Role;
use crate::program::grammar::{Grammar, Prints};
use crate::source::Span;
use crate::value::{Cause, Value};

/// Longest text that is put together.
const MAX_PRINTED: usize = 1 << 20;

/// Names of the standard output as a first word.
const STREAMS: &[&[u8]] = &[b"1", b"STDOUT", b"$stdout", b"php://stdout", b"php://output", b"/dev/stdout"];

impl Tracer<'_> {
    /// The output of a program: what may be printed besides is unknown, in its place. `None`: nothing of it is known.
    pub(super) fn printed_by_calls(&self, language: &str, calls: &[Call], span: Span) -> Option<Value> {
        let mut output = Value::default();
        for call in calls {
            let printed = match self.printed_by(language, call) {
                Some(printed) if printed.pieces.is_empty() => continue,
                Some(printed) if call.printing.is_sure => printed,
                _ => Value::unknown(Cause::Output(call.name.clone().into_bytes()), true, span),
            };
            output.pieces.extend(printed.pieces);
            if output.known_length() > MAX_PRINTED {
                return None;
            }
        }
        (output.known_length() > 0).then_some(output)
    }

    /// Whether a call only loads a module of somebody else.
    fn is_library(&self, grammar: &Grammar, call: &Call) -> bool {
        let [path] = call.words.as_slice() else { return false };
        match grammar.operands.first().map(|operand| &operand.role) {
            Some(Role::CodeFile(language)) => {
                path.known().is_some() && self.code_file(path, language).is_none()
            }
            _ => false,
        }
    }

    /// What a call prints; `None`: that is not known.
    fn printed_by(&self, language: &str, call: &Call) -> Option<Value> {
        let grammar = self.grammars.grammar(&format!("{language}:{}", call.name));
        let Some(prints) = grammar.as_ref().and_then(|grammar| grammar.prints) else {
            let is_silent = call.printing.is_silent
                || grammar.is_some_and(|grammar| !executes(&grammar) || self.is_library(&grammar, call));
            return is_silent.then(Value::default);
        };
        if prints == Prints::Nothing {
            return Some(Value::default());
        }
        let mut ends = Ends::of(prints)?;
        for option in &call.options {
            let (name, value) = option_of(option)?;
            match name.as_slice() {
                b"--sep" => ends.between = value,
                b"--end" => ends.behind = value,
                b"--flush" => {}
                _ => return None,
            }
        }
        let mut words = Vec::new();
        for text in call.printing.texts.as_ref()? {
            match text {
                Printed::One(text) => words.push(text.clone()),
                // Some functions show a list in a way of their own.
                Printed::Several(list) if prints == Prints::Lines => words.extend(list.iter().cloned()),
                Printed::Several(list) if language == "perl" => words.extend(list.iter().cloned()),
                Printed::Name(name) if words.is_empty() && prints == Prints::Descriptor => {
                    words.push(Value::text(name.as_bytes(), call.span));
                }
                Printed::Several(_) | Printed::Name(_) => return None,
            }
        }
        match prints {
            Prints::Descriptor => {
                let stream = (!words.is_empty()).then(|| words.remove(0))?;
                if !STREAMS.contains(&&*stream.known()?) {
                    return Some(Value::default());
                }
            }
            Prints::Format => {
                let format = (!words.is_empty()).then(|| words.remove(0))?;
                return Some(language::filled(language, &format, words));
            }
            // `console.log("%s", x)`
            Prints::Line
                if language == "javascript"
                    && words.len() > 1
                    && words.first().is_some_and(|first| first.known_prefix().contains(&b'%')) =>
            {
                let format = words.remove(0);
                words = vec![language::filled(language, &format, words)];
            }
            _ => {}
        }
        Some(ends.put(words, call.span))
    }
}

/// What stands around printed words.
struct Ends {
    /// Between two of them.
    between: Value,
    /// Behind each.
    each: &'static [u8],
    /// Behind all of them.
    behind: Value,
}

impl Ends {
    /// `None`: it is not printed as words.
    fn of(prints: Prints) -> Option<Ends> {
        let (between, each, behind): (&[u8], &[u8], &[u8]) = match prints {
            Prints::Words | Prints::Format | Prints::Descriptor => (b"", b"", b""),
            Prints::Line => (b" ", b"", b"\n"),
            Prints::JoinedLine => (b"", b"", b"\n"),
            Prints::TabbedLine => (b"\t", b"", b"\n"),
            Prints::Lines => (b"", b"\n", b""),
            _ => return None,
        };
        let text = |bytes: &[u8]| Value::text(bytes, Span::default());
        Some(Ends { between: text(between), each, behind: text(behind) })
    }

    fn put(self, words: Vec<Value>, span: Span) -> Value {
        let mut output = Value::default();
        // `puts` alone prints an empty line.
        let is_empty = words.is_empty();
        for (position, word) in words.into_iter().enumerate() {
            if position > 0 {
                output.pieces.extend(self.between.pieces.iter().cloned());
            }
            let is_ended = word.known().is_some_and(|word| word.ends_with(self.each));
            output.pieces.extend(word.pieces);
            if !is_ended {
                output.push_text(self.each, span);
            }
        }
        if is_empty {
            output.push_text(self.each, span);
        }
        output.pieces.extend(self.behind.pieces);
        output
    }
}

/// The name and the value of a named argument: `--sep=x`.
fn option_of(option: &Value) -> Option<(Vec<u8>, Value)> {
    let prefix = option.known_prefix();
    let at = prefix.iter().position(|byte| *byte == b'=').unwrap_or(prefix.len());
    let value = crate::program::word::after(option, (at + 1).min(prefix.len()));
    Some((prefix.get(..at)?.to_vec(), value))
}
