//! Tcl and Expect: a text is a list of commands, a command a list of words. Commands are followed in their order; what the
//! pure ones make of constants is in [`value`].

mod value;
mod words;

use super::{Call, Printed, Printing, Reading, Surroundings};
use crate::source::Span;
use crate::value::{Cause, Match, Value};
use std::collections::HashMap;
use words::{Part, Word, commands};

/// Deepest nesting of scripts in scripts.
const MAX_DEPTH: usize = 16;

/// Most commands that are followed, loops counted as often as they run.
const MAX_COMMANDS: usize = 20_000;

/// Most bytes that are put into words and kept for procedures.
const MAX_COPIED: usize = 16 << 20;

/// Longest text that is made.
const MAX_TEXT: usize = 64 * 1024;

/// The calls in a text: each command with its words.
pub(super) fn read(text: &[u8], surroundings: Surroundings<'_>) -> Reading {
    let mut reader = Reader {
        names: HashMap::new(),
        procedures: HashMap::new(),
        calls: Vec::new(),
        steps: 0,
        copied: 0,
        unsure: 0,
        is_cut: false,
    };
    let arguments: Vec<Value> = surroundings.arguments.to_vec();
    if let Some(list) = arguments.iter().map(Value::known).collect::<Option<Vec<_>>>() {
        let words: Vec<Vec<u8>> = list.into_iter().map(|word| word.into_owned()).collect();
        reader.names.insert(b"argv".to_vec(), Value::text(value::listed(&words), Span::default()));
    }
    reader.script(text, Span::new(0, text.len()), 0);
    Reading { calls: reader.calls, is_cut: reader.is_cut, ..Reading::default() }
}

struct Reader {
    names: HashMap<Vec<u8>, Value>,
    /// The parameters and the bodies of procedures.
    procedures: HashMap<Vec<u8>, (Vec<u8>, Vec<u8>)>,
    calls: Vec<Call>,
    steps: usize,
    copied: usize,
    /// How many bodies are open that may run any number of times.
    unsure: usize,
    is_cut: bool,
}

impl Reader {
    /// Follows a script; the value of its last command.
    fn script(&mut self, text: &[u8], span: Span, depth: usize) -> Option<Value> {
        if depth > MAX_DEPTH {
            self.is_cut = true;
            return None;
        }
        let Some(commands) = commands(text) else {
            self.is_cut = true;
            return None;
        };
        let mut last = None;
        for command in commands {
            self.steps += 1;
            if self.steps > MAX_COMMANDS || self.copied > MAX_COPIED {
                self.is_cut = true;
                return None;
            }
            let words = self.words(&command, span, depth);
            last = self.command(words, span, depth);
        }
        last
    }

    fn words(&mut self, command: &[Word], span: Span, depth: usize) -> Vec<Value> {
        let mut words = Vec::new();
        for word in command {
            let value = self.word(word, span, depth);
            match (word.is_spread, value.known()) {
                (false, _) => words.push(value),
                (true, Some(list)) => match value::elements(&list) {
                    Some(list) => words.extend(list.into_iter().map(|word| Value::text(word, span))),
                    None => words.push(Value::unknown(Cause::Unmodelled, true, span)),
                },
                (true, None) => words.push(Value::unknown(Cause::Unmodelled, true, span)),
            }
        }
        words
    }

    fn word(&mut self, word: &Word, span: Span, depth: usize) -> Value {
        let mut value = Value::default();
        if word.parts.is_empty() {
            value.pieces.push(crate::value::Piece::text(Vec::new(), span));
        }
        for part in &word.parts {
            match part {
                Part::Text(text) => value.push_text(text, span),
                Part::Variable(name) => match self.names.get(name) {
                    Some(known) => value.pieces.extend(known.pieces.iter().cloned()),
                    None => {
                        let cause = Cause::Variable(name.clone());
                        value.pieces.extend(Value::unknown(cause, false, span).pieces);
                    }
                },
                Part::Command(script) => {
                    let made = self.script(script, span, depth + 1);
                    let made = made.unwrap_or_else(|| Value::unknown(Cause::Unmodelled, false, span));
                    value.pieces.extend(made.pieces);
                }
            }
        }
        self.copied = self.copied.saturating_add(value.known_length());
        if value.known_length() > MAX_TEXT || self.copied > MAX_COPIED {
            self.is_cut = true;
            return Value::unknown(Cause::Unmodelled, false, span);
        }
        value
    }

    /// Follows a command; its value, if it is known.
    fn command(&mut self, words: Vec<Value>, span: Span, depth: usize) -> Option<Value> {
        let (name, arguments) = words.split_first()?;
        let Some(name) = name.known() else {
            self.calls.push(Call { options: words, ..Call::new("exec", Vec::new(), span) });
            return None;
        };
        let name = name.strip_prefix(b"::").unwrap_or(&name).to_vec();
        if let Some((parameters, body)) = self.procedures.get(&name).cloned() {
            return self.procedure(&parameters, &body, arguments, span, depth);
        }
        let texts: Option<Vec<Vec<u8>>> =
            arguments.iter().map(|word| word.known().map(|word| word.into_owned())).collect();
        match (name.as_slice(), arguments) {
            (b"set", [variable, value]) => return self.set(variable, Some(value.clone())),
            (b"set", [variable]) => return self.names.get(&*variable.known()?).cloned(),
            (b"append", [variable, rest @ ..]) => {
                let old = self.names.get(&*variable.known()?).cloned().unwrap_or_default();
                let pieces = old.pieces.into_iter().chain(rest.iter().flat_map(|word| word.pieces.clone()));
                return self.set(variable, Some(Value { pieces: pieces.collect() }));
            }
            (b"lappend", [variable, rest @ ..]) => {
                let old = self.names.get(&*variable.known()?).map(Value::known);
                let old = old.map_or_else(|| Some(Vec::new()), |old| value::elements(&old?));
                let rest: Option<Vec<Vec<u8>>> =
                    rest.iter().map(|word| word.known().map(|word| word.into_owned())).collect();
                let list = old.zip(rest).map(|(old, rest)| value::listed(&[old, rest].concat()));
                return self.set(variable, list.map(|list| Value::text(list, span)));
            }
            (
                b"incr" | b"unset" | b"upvar" | b"global" | b"gets" | b"scan" | b"regsub" | b"lassign",
                rest,
            ) => {
                for variable in rest {
                    self.set(variable, None);
                }
            }
            (b"proc", [name, parameters, body]) => {
                let proc = name.known().zip(parameters.known()).zip(body.known());
                if let Some(((name, parameters), body)) = proc {
                    let (parameters, body) = (parameters.into_owned(), body.into_owned());
                    self.procedures.insert(name.into_owned(), (parameters, body));
                }
                return None;
            }
            // `interp alias {} x {} exec`
            (b"interp", [verb, _, name, _, rest @ ..]) if verb.known().as_deref() == Some(b"alias") => {
                let target: Option<Vec<Vec<u8>>> =
                    rest.iter().map(|word| word.known().map(|word| word.into_owned())).collect();
                if let (Some(name), Some(target)) = (name.known(), target) {
                    let body = [value::listed(&target), b" {*}$args".to_vec()].concat();
                    self.procedures.insert(name.into_owned(), (b"args".to_vec(), body));
                }
                return None;
            }
            (b"foreach", [variable, list, body]) => {
                self.each(variable, list, body, span, depth);
                return None;
            }
            (b"puts", _) => {
                self.puts(arguments, span);
                return None;
            }
            (b"eval" | b"uplevel", _) => {
                if let Some(texts) = texts {
                    return self.script(&value::concatenated(&texts), span, depth + 1);
                }
            }
            (b"open", [pipe, ..]) if pipe.known_prefix().trim_ascii_start().starts_with(b"|") => {
                self.pipeline(pipe, span);
                return None;
            }
            (b"catch", [body, ..]) => {
                if let Some(body) = body.known() {
                    let body = body.into_owned();
                    self.script(&body, span, depth + 1);
                }
                return None;
            }
            (b"exec" | b"spawn", _) => {
                self.execute(&name, arguments, span);
                return None;
            }
            // What is typed ends in a carriage return.
            (b"send" | b"exp_send", [.., text]) => {
                let text = text.known().map(|text| {
                    text.iter().map(|byte| if *byte == b'\r' { b'\n' } else { *byte }).collect::<Vec<_>>()
                });
                let text = text.map_or_else(
                    || Value::unknown(Cause::Unmodelled, false, span),
                    |text| Value::text(text, span),
                );
                self.calls.push(Call::new("send", vec![text], span));
                return None;
            }
            (b"return", [value]) => return Some(value.clone()),
            (b"return" | b"exit" | b"error", _) => {
                self.unsure += 1;
                return None;
            }
            _ => {
                if let Some(texts) = texts
                    && let Some(made) = value::made(&name, &texts)
                {
                    return Some(Value::text(made, span));
                }
                self.bodies(&name, arguments, span, depth);
            }
        }
        let name = String::from_utf8_lossy(&name).into_owned();
        self.calls.push(Call { options: arguments.to_vec(), ..Call::new(&name, Vec::new(), span) });
        None
    }

    fn set(&mut self, variable: &Value, value: Option<Value>) -> Option<Value> {
        let name = variable.known()?.into_owned();
        let unknown = || Value::unknown(Cause::Variable(name.clone()), false, Span::default());
        let differs = self.unsure > 0 && self.names.get(&name).is_some_and(|old| Some(old) != value.as_ref());
        let value = value.filter(|_| !differs).unwrap_or_else(unknown);
        self.names.insert(name, value.clone());
        Some(value)
    }

    fn procedure(
        &mut self,
        parameters: &[u8],
        body: &[u8],
        arguments: &[Value],
        span: Span,
        depth: usize,
    ) -> Option<Value> {
        let kept: usize = self.names.values().map(Value::known_length).sum();
        self.copied = self.copied.saturating_add(kept);
        let outside = self.names.clone();
        let mut arguments = arguments.iter();
        for parameter in value::elements(parameters)? {
            let value = match parameter.as_slice() {
                b"args" => {
                    let rest: Option<Vec<Vec<u8>>> =
                        arguments.by_ref().map(|word| word.known().map(|word| word.into_owned())).collect();
                    rest.map(|rest| Value::text(value::listed(&rest), span))
                }
                _ => arguments.next().cloned(),
            };
            let value = value.unwrap_or_else(|| Value::unknown(Cause::Unmodelled, false, span));
            self.names.insert(parameter, value);
        }
        let value = self.script(body, span, depth + 1);
        self.names = outside;
        value
    }

    fn each(&mut self, variable: &Value, list: &Value, body: &Value, span: Span, depth: usize) {
        /// Most elements that a loop is followed for.
        const MAX_ROUNDS: usize = 64;
        let Some(body) = body.known().map(|body| body.into_owned()) else {
            self.is_cut = true;
            return;
        };
        let list =
            list.known().and_then(|list| value::elements(&list)).filter(|list| list.len() <= MAX_ROUNDS);
        match list {
            Some(list) => {
                for element in list {
                    self.set(variable, Some(Value::text(element, span)));
                    self.script(&body, span, depth + 1);
                }
            }
            None => {
                self.set(variable, None);
                self.repeated(&body, span, depth);
            }
        }
    }

    /// A body that may run any number of times.
    fn repeated(&mut self, body: &[u8], span: Span, depth: usize) {
        self.unsure += 1;
        self.script(body, span, depth + 1);
        self.unsure -= 1;
    }

    /// The bodies among the words of a command of which nothing else is known: `if`, `while`, `after`, `expect`.
    fn bodies(&mut self, name: &[u8], arguments: &[Value], span: Span, depth: usize) {
        const WITH_BODIES: &[&[u8]] = &[
            b"if",
            b"while",
            b"for",
            b"switch",
            b"try",
            b"after",
            b"namespace",
            b"expect",
            b"trap",
            b"bind",
            b"time",
            b"dict",
            b"apply",
            b"coroutine",
            b"trace",
            b"on",
            b"fileevent",
            b"oo::class",
            b"bgerror",
            b"chan",
        ];
        if !WITH_BODIES.contains(&name) {
            return;
        }
        for (at, argument) in arguments.iter().enumerate() {
            let Some(body) = argument.known() else { continue };
            let is_behind = |word: &[u8]| {
                at.checked_sub(1)
                    .and_then(|at| arguments.get(at))
                    .is_some_and(|before| before.equals(word) == Match::Certain)
            };
            let is_condition = match name {
                b"if" => at == 0 || is_behind(b"elseif"),
                b"while" => at == 0,
                b"for" => at == 1,
                _ => false,
            };
            // Of an expression, only the commands in brackets are executed.
            if is_condition {
                let text = [b"list \"".as_slice(), &body, b"\""].concat();
                if body.contains(&b'[') {
                    self.repeated(&text, span, depth);
                }
                continue;
            }
            // A word without blanks starts nothing that has arguments.
            if body.trim_ascii().iter().any(u8::is_ascii_whitespace) {
                let body = body.into_owned();
                self.repeated(&body, span, depth);
            }
        }
    }

    /// `puts ?-nonewline? ?stdout? text`; what goes into a pipe is the input of what was started.
    fn puts(&mut self, arguments: &[Value], span: Span) {
        let is_option = |word: &&Value| word.known().as_deref() == Some(b"-nonewline");
        let (options, rest): (Vec<&Value>, Vec<&Value>) = arguments.iter().partition(is_option);
        let end: &[u8] = if options.is_empty() { b"\n" } else { b"" };
        let text = match rest.as_slice() {
            [text] => Some(*text),
            [channel, text] if channel.known().as_deref() == Some(b"stdout") => Some(*text),
            [_, text] => {
                self.calls.push(Call::new("open-puts", vec![(*text).clone()], span));
                return;
            }
            _ => None,
        };
        let texts = text.map(|text| {
            let mut text = text.clone();
            text.push_text(end, span);
            vec![Printed::One(text)]
        });
        let printing = Printing { is_sure: self.unsure == 0, is_silent: false, texts };
        self.calls.push(Call { printing, ..Call::new("puts", Vec::new(), span) });
    }

    /// `exec command | command << text`
    fn execute(&mut self, name: &[u8], arguments: &[Value], span: Span) {
        let mut words = arguments.to_vec();
        let is = |word: &Value, text: &[u8]| word.known().is_some_and(|word| *word == *text);
        let mut options = Vec::new();
        if let Some(at) = words.iter().position(|word| is(word, b"<<")).filter(|at| at + 1 < words.len()) {
            let mut input = Value::text(b"--input=".as_slice(), span);
            input.pieces.extend(words.remove(at + 1).pieces);
            words.remove(at);
            options.push(input);
        }
        if words.iter().any(|word| is(word, b"|") || is(word, b"|&")) {
            let known: Option<Vec<String>> =
                words.iter().map(|word| word.known_str().map(|word| word.into_owned())).collect();
            let quoted = |word: &String| match word.as_str() {
                "|" | "|&" => word.clone(),
                word => shell_words::quote(word).into_owned(),
            };
            if let Some(known) = known {
                let script = known.iter().map(quoted).collect::<Vec<_>>().join(" ");
                self.calls.push(Call::new("open-puts", vec![Value::text(script, span)], span));
                return;
            }
        }
        options.extend(words);
        let name = String::from_utf8_lossy(name).into_owned();
        self.calls.push(Call { options, ..Call::new(&name, Vec::new(), span) });
    }

    /// `open "|command"`: a list of words.
    fn pipeline(&mut self, pipe: &Value, span: Span) {
        let words = pipe.known().and_then(|pipe| value::elements(pipe.trim_ascii_start().get(1..)?));
        let options = match words {
            Some(words) => words.into_iter().map(|word| Value::text(word, span)).collect(),
            None => vec![Value::unknown(Cause::Unmodelled, true, span), Value::text("x", span)],
        };
        self.calls.push(Call { options, ..Call::new("exec", Vec::new(), span) });
    }
}
