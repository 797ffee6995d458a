//! What a program prints: known text through pure tools ([`super::filter`]), and what grammars say of the rest.

use super::filter;
use super::nested::{command_text, listed};
use super::tracer::{Io, Outcome, Tracer};
use crate::program::grammar::Prints;
use crate::source::Span;
use crate::value::{Cause, Match, Piece, Unknown, Value};
use std::borrow::Cow;

impl Tracer<'_> {
    /// The output of a program of which nothing is followed.
    pub(super) fn output(
        &mut self,
        program: &str,
        prints: Option<Prints>,
        values: &[Value],
        span: Span,
        io: Io,
    ) -> Outcome {
        if !io.capture {
            return Outcome::default();
        }
        let arguments = values.get(1..).unwrap_or_default();
        let stdin = io.stdin.and_then(|stream| self.streams.get(stream)).cloned();
        if let Some(stdout) = self.filtered(program, arguments, stdin.as_ref(), io, span) {
            return Outcome::printed(stdout);
        }
        let text = || command_text(values);
        let operands: Vec<&Value> = arguments.iter().filter(|word| is_operand(word)).collect();
        let cause = match prints {
            Some(Prints::Temporary) => {
                // A line: what is printed behind it is another path.
                let mut line = Value::unknown(Cause::Temporary, true, span);
                line.push_text(b"\n", span);
                return Outcome::printed(line);
            }
            Some(Prints::ProgramPath) => match operands.as_slice() {
                [only] => {
                    let mut line = program_path(only, span);
                    line.push_text(b"\n", span);
                    return Outcome::printed(line);
                }
                _ => Cause::Output(text()),
            },
            Some(Prints::Operands) if !operands.is_empty() => {
                return Outcome::printed(listed(operands.into_iter().cloned(), b"\n", span));
            }
            Some(Prints::Names) if !operands.is_empty() && operands.iter().all(|word| has_pattern(word)) => {
                return Outcome::printed(listed(operands.into_iter().cloned(), b"\n", span));
            }
            Some(Prints::Names) if arguments.iter().all(|word| word.known_prefix().starts_with(b"-")) => {
                // What is where it runs: `ls | xargs rm`.
                let start = Value::text(b".".as_slice(), span);
                let name = Value::unknown(Cause::Found(vec![start]), false, span);
                return Outcome::printed(listed(std::iter::once(name), b"\n", span));
            }
            Some(
                Prints::Operands
                | Prints::Names
                | Prints::Nothing
                | Prints::Words
                | Prints::Line
                | Prints::JoinedLine
                | Prints::TabbedLine
                | Prints::Lines
                | Prints::Format
                | Prints::Descriptor,
            ) => Cause::Output(text()),
            Some(Prints::WorkingDirectory) => {
                let cwd = self.env.directory.now.clone();
                let unknown = || Value::unknown(Cause::Variable(b"PWD".to_vec()), true, span);
                return Outcome::printed(cwd.unwrap_or_else(unknown));
            }
            Some(Prints::ProjectRoot) => match &self.facts.project {
                Some(root) => return Outcome::printed(Value::text(root.clone(), span)),
                None => Cause::Output(text()),
            },
            Some(Prints::TrustedCode) => Cause::Trusted(text()),
            Some(Prints::Network) => Cause::Network(text()),
            Some(Prints::Plain) => Cause::Number,
            None => match stdin.as_ref().and_then(Value::first_unknown) {
                // What came from the network still does behind `grep` or `sed`.
                Some(unknown) if matches!(unknown.cause, Cause::Network(_)) => unknown.cause.clone(),
                // What the command holds, made unreadable.
                None if self.reads_own_text(values, io) => Cause::Unmodelled,
                _ => Cause::Output(text()),
            },
        };
        Outcome::unknown(cause, span, Io { capture: true, ..io })
    }

    /// The output of the builtins `echo` and `printf`, by bash's own rules.
    pub(super) fn printed(&mut self, printf: bool, values: &[Value], span: Span, io: Io) -> Outcome {
        let arguments = values.get(1..).unwrap_or_default();
        let is_print = values.first().is_some_and(|name| name.equals(b"print") == Match::Certain);
        let program = if printf { "printf" } else { "echo" };
        let dialect = self.env.options.dialect;
        let by_option = self.env.options.echo_escapes;
        let may_escape = dialect.may_escape() || by_option == Match::Possible;
        let escapes = !printf && may_escape && arguments.iter().any(has_backslash);
        let in_place = matches!(arguments, [only] if !printf && !is_print && !escapes && !only.known_prefix().starts_with(b"-"));
        let words: Option<Vec<Vec<u8>>> =
            arguments.iter().map(|value| value.known().map(Cow::into_owned)).collect();
        let in_place = in_place && by_option == Match::No;
        let words = words.map(|mut words| {
            if by_option == Match::Certain && !printf && !is_print {
                words.insert(0, b"-e".to_vec());
            }
            words
        });
        let Some(words) = words.filter(|_| !in_place) else {
            if escapes || is_print {
                return Outcome::unknown(Cause::Output(command_text(values)), span, io);
            }
            return self.output(program, None, values, span, io);
        };
        let text = match words.split_first() {
            Some((format, rest)) if printf && format == b"--" => match rest.split_first() {
                Some((format, rest)) => filter::printf(format, rest),
                None => None,
            },
            Some((format, rest)) if printf => filter::printf(format, rest),
            None if printf => None,
            _ if is_print => filter::print(&words, dialect),
            _ if escapes && by_option == Match::Possible => None,
            _ => filter::echo(&words, dialect),
        };
        match text {
            Some(text) => Outcome::printed(Value::text(text, span)),
            None => Outcome::unknown(Cause::Unmodelled, span, io),
        }
    }

    /// The output of a pure tool on known text.
    fn filtered(
        &self,
        program: &str,
        arguments: &[Value],
        stdin: Option<&Value>,
        io: Io,
        span: Span,
    ) -> Option<Value> {
        // Some tools only pass text on or put words in a row: that works with unknown parts, too.
        match (program, arguments) {
            ("cat", []) | ("tee", _) => return stdin.cloned(),
            ("cat", [file]) if file.known().as_deref() == Some(b"-") => return stdin.cloned(),
            ("cat", files) if files.iter().all(|file| !file.has_unknown() && is_operand(file)) => {
                let contents = files.iter().map(|path| self.read_file(path, io, span));
                return Some(Value { pieces: contents.flat_map(|content| content.pieces).collect() });
            }
            ("printenv", [name]) if is_operand(name) => {
                let name = name.known()?;
                let mut exported = self.env.exported();
                let (_, value) = exported.find(|(other, _)| ***other == *name)?;
                let mut line = value.clone();
                line.push_text(b"\n", span);
                return Some(line);
            }
            ("echo", _) if !arguments.iter().all(is_known) => {
                return Some(echo_partly(arguments, span));
            }
            ("printf", [format, rest @ ..]) if !rest.iter().all(is_known) => {
                return printf_partly(&format.known()?, rest, span);
            }
            _ => {}
        }
        if let ("echo", [single]) = (program, arguments)
            && !single.pieces.is_empty()
            && single.written().is_some_and(|word| !word.starts_with(b"-"))
        {
            // The text keeps its place in the source, so that what a shell makes of it can be underlined.
            return Some(echo_partly(arguments, span));
        }
        let output = self.with_known(program, arguments, stdin, span, filter::run)?;
        Some(packed_or_text(output, span))
    }

    /// What a tool makes of words, of its standard input and of files, if all that it needs of them is known.
    pub(super) fn with_known<T>(
        &self,
        program: &str,
        arguments: &[Value],
        stdin: Option<&Value>,
        span: Span,
        tool: impl Fn(&str, &[Vec<u8>], Option<&[u8]>, &dyn Fn(&[u8]) -> Option<Vec<u8>>) -> Option<T>,
    ) -> Option<T> {
        let words: Option<Vec<Vec<u8>>> = arguments.iter().map(|value| value.written()).collect();
        let bytes = |value: &Value| match value.pieces.as_slice() {
            [Piece::Unknown(Unknown { cause: Cause::Packed(packed), .. })] if filter::unpacks(program) => {
                Some(packed.clone())
            }
            // What is packed has never been text.
            _ => value.known().map(Cow::into_owned).filter(|text| !filter::is_packed(text)),
        };
        let input = stdin.and_then(bytes);
        let file = |path: &[u8]| bytes(&self.file(&Value::text(path, span))?);
        tool(program, &words?, input.as_deref(), &file)
    }
}

/// What a tool prints or writes.
pub(super) fn packed_or_text(content: Vec<u8>, span: Span) -> Value {
    match filter::is_packed(&content) {
        true => Value::unknown(Cause::Packed(content), true, span),
        false => Value::text(content, span),
    }
}

/// The path of a program, of which only its name is known: a directory of `PATH` stands before it.
pub(super) fn program_path(name: &Value, span: Span) -> Value {
    if name.known().is_none_or(|name| name.contains(&b'/')) {
        return name.clone();
    }
    let mut path = Value {
        pieces: vec![Piece::Unknown(Unknown {
            cause: Cause::Variable(b"PATH".to_vec()),
            may_split: false,
            may_be_empty: false,
            origin: span,
        })],
    };
    path.push_text(b"/", span);
    path.pieces.extend(name.pieces.iter().cloned());
    path
}

fn has_pattern(word: &Value) -> bool {
    word.pieces.iter().any(|piece| matches!(piece, Piece::Glob { .. }))
}

/// Whether a backslash stands in what is known.
fn has_backslash(word: &Value) -> bool {
    word.pieces.iter().any(|piece| match piece {
        Piece::Text { bytes, .. } | Piece::Glob { pattern: bytes, .. } => bytes.contains(&b'\\'),
        Piece::Unknown(_) => false,
    })
}

/// Whether the word is no option.
fn is_operand(word: &Value) -> bool {
    let prefix = word.known_prefix();
    !prefix.is_empty() && !prefix.starts_with(b"-")
}

/// `echo` with unknown words.
fn echo_partly(arguments: &[Value], span: Span) -> Value {
    let option = |value: &&Value| {
        let word = value.known();
        word.is_some_and(|word| {
            word.len() > 1 && word.starts_with(b"-") && word.iter().skip(1).all(|b| b"neE".contains(b))
        })
    };
    let options = arguments.iter().take_while(option).count();
    let newline =
        !arguments.iter().take(options).any(|value| value.known().is_some_and(|word| word.contains(&b'n')));
    let mut out = Value::default();
    for (index, value) in arguments.iter().skip(options).enumerate() {
        if index > 0 {
            out.pieces.push(Piece::text(b" ".as_slice(), span));
        }
        out.pieces.extend(value.pieces.iter().cloned());
    }
    if newline {
        out.pieces.push(Piece::text(b"\n".as_slice(), span));
    }
    out
}

/// `printf` with unknown arguments: only formats of plain text and `%s`.
fn printf_partly(format: &[u8], arguments: &[Value], span: Span) -> Option<Value> {
    let mut out = Value::default();
    let mut arguments = arguments.iter();
    // The format is used again as long as there are arguments.
    loop {
        let before = arguments.len();
        let mut rest = format;
        while let Some(at) = rest.iter().position(|byte| *byte == b'%') {
            let (text, behind) = rest.split_at(at);
            out.push_text(&filter::printf(text, &[])?, span);
            if behind.get(1) != Some(&b's') {
                return None;
            }
            if let Some(value) = arguments.next() {
                out.pieces.extend(value.pieces.iter().cloned());
            }
            rest = behind.get(2..).unwrap_or_default();
        }
        out.push_text(&filter::printf(rest, &[])?, span);
        if arguments.len() == 0 {
            return Some(out);
        }
        if arguments.len() == before {
            return None;
        }
    }
}

fn is_known(value: &Value) -> bool {
    value.known().is_some()
}
