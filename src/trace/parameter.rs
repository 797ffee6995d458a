//! Parameter expansion: `$x`, `${x:-w}`, `${x#p}`, `${x/p/r}`, `${x:o:l}`, `${!x}`, arrays, positional and special
//! parameters.
//!
//! A variable that the script does not assign may come from the environment. Names in lower case hardly do: inside a
//! longer word, and as the command word, they are tried as unset as well, so that `r${x}m` and `rm -rf "$dir/"` show
//! what they do when nobody has set the variable.

mod element;
mod operator;
mod prompt;

use element::{elements, nth};
pub(super) use prompt::has_commands;
use prompt::is_plain;

use super::arithmetic;
use super::env::{Content, MAX_ALTERNATIVES, index_key};
use super::expand::{Atom, Atoms, Context, in_context};
use super::simple::subscripted;
use super::tracer::Tracer;
use crate::source::Span;
use crate::syntax::ast::{ConditionalKind, Parameter, ParameterOperator, Text};
use crate::value::{Cause, Piece, Value};
use std::borrow::Cow;

/// What a parameter holds.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Got {
    /// It is not set.
    Unset,
    /// The script does not set it: it may come from the environment, or be unset.
    Ambient(Value),
    /// One value.
    Scalar(Value),
    /// `$@` and `${array[@]}`, `joined` if it is `*` and joins in double quotes.
    List {
        /// The values.
        values: Vec<Value>,
        /// Whether it is `*`.
        star: bool,
    },
}

impl Tracer<'_> {
    /// The possible expansions of `$x` or `${…}`.
    pub(super) fn parameter(&mut self, parameter: &Parameter, context: Context) -> Vec<Atoms> {
        let mut alternatives: Vec<Atoms> = Vec::new();
        let names = match &parameter.operator {
            ParameterOperator::Names => {
                let names = self.env.names(&parameter.name);
                let values = names.into_iter().map(|name| Value::text(name, parameter.span)).collect();
                return vec![vec![Atom::List { values, quoted: context == Context::Quoted }]];
            }
            ParameterOperator::Keys => {
                let values = self.keys(&parameter.name, parameter.span);
                return vec![vec![Atom::List { values, quoted: context == Context::Quoted }]];
            }
            _ if parameter.indirect && self.env.is_nameref(&parameter.name) => {
                // Of a nameref, `${!x}` is the name itself.
                let target = self.env.resolve(&parameter.name);
                let got = Got::Scalar(Value::text(target, parameter.span));
                return self.operate(&parameter.name, got, parameter, context);
            }
            _ if parameter.indirect => self.targets(parameter),
            _ => vec![Some((parameter.name.clone(), parameter.subscript.clone()))],
        };
        for target in names {
            let got = match &target {
                // `${!@}` without arguments
                Some((name, _)) if name.is_empty() => vec![Got::Unset],
                Some((name, subscript)) => self.lookup(name, subscript.as_ref(), parameter.span),
                None => vec![Got::Scalar(unknown(b"!", parameter.span))],
            };
            let name = target.map_or_else(Vec::new, |(name, _)| name);
            for one in got {
                alternatives.extend(self.operate(&name, one, parameter, context));
            }
        }
        if alternatives.is_empty() || alternatives.len() > MAX_ALTERNATIVES {
            return vec![vec![in_context(unknown(&parameter.name, parameter.span), context)]];
        }
        alternatives
    }

    /// The parameters that `${!x}` names.
    fn targets(&mut self, parameter: &Parameter) -> Vec<Option<(Vec<u8>, Option<Text>)>> {
        let got = self.lookup(&parameter.name, parameter.subscript.as_ref(), parameter.span);
        let mut targets = Vec::new();
        for one in got {
            let name = match &one {
                Got::Scalar(value) => value.known(),
                Got::List { values, .. } if values.is_empty() => Some(Cow::Owned(Vec::new())),
                Got::List { values, .. } => match values.as_slice() {
                    [only] => only.known(),
                    _ => None,
                },
                _ => None,
            };
            if let Some((_, inside)) = name.as_deref().and_then(subscripted)
                && inside.iter().any(|byte| b"$`".contains(byte))
            {
                // The subscript is expanded once more, which runs the commands in it.
                self.run_text_as_quoted(inside, parameter.span);
            }
            targets.push(name.map(|name| split_subscript(&name, parameter.span)));
        }
        targets
    }

    /// What the parameter may hold.
    pub(super) fn lookup(&mut self, name: &[u8], subscript: Option<&Text>, span: Span) -> Vec<Got> {
        if let Some(got) = self.special(name, span) {
            return got;
        }
        if name == b"BASH_ALIASES" {
            let own = self
                .env
                .aliases
                .iter()
                .map(|(alias, text)| ([b"k", alias.as_slice()].concat(), text.clone()));
            let aliases = Content::Array(own.collect());
            let key = subscript.map(|text| self.subscript(name, text));
            return elements(aliases, key.as_ref(), name, span);
        }
        let key = subscript.map(|text| self.subscript(name, text));
        // A nameref may name an element.
        let resolved = self.env.resolve(name);
        if key.is_none()
            && let Some((array, inside)) = subscripted(&resolved)
        {
            let key = self.written_key(array, inside, span);
            let contents = self.env.variable(array).map(|variable| variable.contents.clone());
            let contents = contents.unwrap_or_else(|| vec![Content::Scalar(unknown(array, span))]);
            return contents
                .into_iter()
                .flat_map(|content| elements(content, Some(&key), array, span))
                .collect();
        }
        let Some(variable) = self.env.variable(name) else {
            // The environment has names in capitals.
            let is_own = name.iter().any(u8::is_ascii_lowercase);
            if is_own && !self.env.has_sourced && self.within_names.contains(&span) {
                return vec![Got::Unset];
            }
            let value = match key {
                Some(Key::All { star: false }) => unknown(&[name, LIST].concat(), span),
                _ => unknown(name, span),
            };
            if self.try_unset.counts(name) {
                return vec![Got::Unset, got_set(Got::Ambient(value))];
            }
            return vec![Got::Ambient(value)];
        };
        let contents = variable.contents.clone();
        let from_one = self.env.options.dialect.counts_from_one();
        let of_zsh = |content: Content| match (&content, &key) {
            (Content::Array(_), None) => elements(content, Some(&Key::All { star: true }), name, span),
            // Its characters.
            (Content::Scalar(_), Some(key)) if !matches!(key, Key::All { .. }) => {
                vec![Got::Scalar(unknown(name, span))]
            }
            _ => elements(content, key.as_ref(), name, span),
        };
        if from_one {
            return contents.into_iter().flat_map(of_zsh).collect();
        }
        contents.into_iter().flat_map(|content| elements(content, key.as_ref(), name, span)).collect()
    }

    /// Positional and special parameters, and variables that the shell itself sets.
    fn special(&self, name: &[u8], span: Span) -> Option<Vec<Got>> {
        let number = || Got::Scalar(Value::unknown(Cause::Number, false, span));
        let digits = name.first().is_some_and(u8::is_ascii_digit) && name != b"0";
        if digits || matches!(name, b"@" | b"*" | b"#") {
            let unknown = || Value::unknown(Cause::Parameter(name.to_vec()), true, span);
            let index = std::str::from_utf8(name).ok().and_then(|digits| digits.parse::<usize>().ok());
            let of_list = |list: Option<&[Value]>| match (name, list) {
                (b"@" | b"*", Some(values)) => Got::List { values: values.to_vec(), star: name == b"*" },
                (b"@" | b"*", None) => Got::Scalar(unknown()),
                (b"#", Some(values)) if values.iter().any(Value::has_glob) => number(),
                (b"#", Some(values)) => Got::Scalar(Value::text(values.len().to_string(), span)),
                (b"#", None) => number(),
                _ => Got::Ambient(unknown()),
            };
            let of_index = |list: Option<&[Value]>| match (list, index.and_then(|index| index.checked_sub(1)))
            {
                (Some(values), Some(index)) => nth(values, index, span),
                _ => vec![Got::Ambient(unknown())],
            };
            let lists = self.env.positional.lists();
            return Some(if digits {
                lists.flat_map(of_index).collect()
            } else {
                lists.map(of_list).collect()
            });
        }
        Some(vec![match name {
            b"0" => Got::Scalar(self.env.zero.clone()),
            // The same number wherever it stands: `> /tmp/$$` and later `sh /tmp/$$`.
            b"$" => Got::Scalar(Value::unknown(Cause::Number, false, Span::default())),
            b"?" | b"!" => number(),
            b"_" if self.env.last_word.is_some() => {
                Got::Scalar(self.env.last_word.as_deref().cloned().unwrap_or_default())
            }
            b"-" | b"_" => Got::Scalar(Value::unknown(Cause::Parameter(name.to_vec()), true, span)),
            // The shell itself, whichever it is.
            b"SHELL" | b"BASH" if self.env.variable(name).is_none() => {
                Got::Scalar(Value::text(b"/bin/bash".as_slice(), span))
            }
            b"PWD" if self.env.variable(name).is_none() => match &self.env.directory.now {
                Some(cwd) => Got::Scalar(cwd.clone()),
                None => Got::Scalar(Value::unknown(Cause::Variable(name.to_vec()), false, span)),
            },
            b"RANDOM" | b"SRANDOM" | b"SECONDS" | b"UID" | b"EUID" | b"PPID" | b"BASHPID" | b"LINENO"
            | b"EPOCHSECONDS" | b"COLUMNS" | b"LINES" | b"SHLVL" | b"OPTIND"
                if self.env.variable(name).is_none() =>
            {
                number()
            }
            _ => return None,
        }])
    }

    fn keys(&mut self, name: &[u8], span: Span) -> Vec<Value> {
        match self.env.variable(name).map(|variable| variable.contents.as_slice()) {
            Some([Content::Array(elements)]) => {
                elements.keys().map(|key| Value::text(plain_key(key), span)).collect()
            }
            Some([Content::Scalar(_)]) => vec![Value::text(b"0".as_slice(), span)],
            Some([Content::Unset]) => Vec::new(),
            _ => vec![unknown(name, span)],
        }
    }

    /// The key that a subscript names.
    pub(super) fn subscript(&mut self, name: &[u8], text: &Text) -> Key {
        let value = self.expand_text(text);
        let written = value.known();
        if let Some(star) = written.as_deref().filter(|text| *text == b"@" || *text == b"*") {
            return Key::All { star: star == b"*" };
        }
        let zsh = self.env.options.dialect.has_zsh_words();
        let own = matches!(name, b"BASH_ALIASES" | b"BASH_CMDS")
            || zsh && matches!(name, b"aliases" | b"functions" | b"commands");
        let associative = own || self.env.variable(name).is_some_and(|variable| variable.associative);
        if associative {
            return written.map_or(Key::Unknown, |text| Key::One([b"k", &*text].concat()));
        }
        let from_one = self.env.options.dialect.counts_from_one();
        if from_one && written.as_deref().is_none_or(|text| text.contains(&b',')) {
            return Key::Unknown;
        }
        match arithmetic::evaluate(self, &value) {
            Some(index) if from_one && index > 0 => {
                Key::One(index_key(usize::try_from(index - 1).unwrap_or(usize::MAX)))
            }
            None if from_one => Key::Unknown,
            Some(index) => match usize::try_from(index) {
                Ok(index) => Key::One(index_key(index)),
                Err(_) => Key::FromEnd(usize::try_from(index.unsigned_abs()).unwrap_or(usize::MAX)),
            },
            None => written.map_or(Key::Unknown, |text| Key::Either([b"k", &*text].concat())),
        }
    }

    fn operate(&mut self, name: &[u8], got: Got, parameter: &Parameter, context: Context) -> Vec<Atoms> {
        let span = parameter.span;
        match &parameter.operator {
            ParameterOperator::Conditional { kind, colon, word } => {
                let mut alternatives = Vec::new();
                let (may_be_set, may_be_unset) = set_state(&got, *colon);
                let operand = |tracer: &mut Self| match context {
                    Context::Quoted => tracer.expand_parts(&word.parts, Context::Quoted, word.span),
                    _ => tracer.expand_parts(&word.parts, Context::Operand, word.span),
                };
                if *kind == ConditionalKind::Alternative {
                    // What is not there adds nothing; the written word comes first among alternatives.
                    if may_be_set {
                        alternatives.extend(operand(self));
                    }
                    if may_be_unset {
                        alternatives.push(Vec::new());
                    }
                    return alternatives;
                }
                if may_be_unset && *kind != ConditionalKind::Error {
                    let words = operand(self);
                    if *kind == ConditionalKind::Assign {
                        let mut values: Vec<_> =
                            words.iter().map(|atoms| self.joined(atoms.clone())).collect();
                        if may_be_set && let Got::Ambient(value) = &got {
                            values.push(value.clone());
                        }
                        self.env.assign(name, values);
                    }
                    alternatives.extend(words);
                } else if *kind == ConditionalKind::Error && may_be_unset {
                    // The message is expanded before the shell gives up.
                    operand(self);
                }
                if may_be_set || *kind == ConditionalKind::Error {
                    alternatives.push(plain(got_set(got), context, &self.joint()));
                }
                alternatives
            }
            ParameterOperator::Plain => vec![plain(got, context, &self.joint())],
            ParameterOperator::Transform(b'P') => {
                // Expanding a prompt runs the commands in it: `x='$(cmd)'; echo ${x@P}`.
                if let Got::Scalar(value) = &got {
                    self.run_prompt(value, span);
                }
                match &got {
                    // Nothing in it is expanded.
                    Got::Scalar(value) if value.known().is_some_and(|text| is_plain(&text)) => {
                        vec![vec![in_context(value.clone(), context)]]
                    }
                    _ => vec![vec![in_context(unknown(name, span), context)]],
                }
            }
            operator => {
                let results = self.apply(got, operator, name, span);
                results.into_iter().map(|got| plain(got, context, &self.joint())).collect()
            }
        }
    }
}

/// A subscript.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Key {
    /// `[@]`, `[*]`
    All {
        /// Whether it is `*`.
        star: bool,
    },
    /// A known key.
    One(Vec<u8>),
    /// A word that is an associative key, or an expression that is not known.
    Either(Vec<u8>),
    /// `[-1]`
    FromEnd(usize),
    /// It cannot be known.
    Unknown,
}

/// What the name of a variable ends with that stands for all elements of an array, each a word.
pub(super) const LIST: &[u8] = b"[@]";

/// An expansion without operator.
fn plain(got: Got, context: Context, joint: &[u8]) -> Atoms {
    match got {
        Got::Unset => match context {
            Context::Quoted => vec![Atom::Quoted(Value::default())],
            _ => Vec::new(),
        },
        Got::Ambient(value) | Got::Scalar(value) => vec![in_context(value, context)],
        Got::List { values, star } => match context {
            Context::Quoted if star => {
                let mut joined = Value::default();
                for (index, value) in values.into_iter().enumerate() {
                    if index > 0 {
                        joined.pieces.push(Piece::text(joint, Span::default()));
                    }
                    joined.pieces.extend(value.pieces);
                }
                vec![Atom::Quoted(joined)]
            }
            _ => vec![Atom::List { values, quoted: context == Context::Quoted }],
        },
    }
}

/// Whether the parameter may be set, and whether it may be unset (or empty, with a colon).
fn set_state(got: &Got, colon: bool) -> (bool, bool) {
    match got {
        Got::Unset => (false, true),
        Got::Ambient(_) => (true, true),
        Got::List { values, .. } => (!values.is_empty(), values.is_empty()),
        Got::Scalar(_) if !colon => (true, false),
        Got::Scalar(value) => {
            let text = value.pieces.iter().any(|piece| match piece {
                Piece::Text { bytes, .. } | Piece::Glob { pattern: bytes, .. } => !bytes.is_empty(),
                Piece::Unknown(unknown) => !unknown.may_be_empty,
            });
            (text || value.has_unknown(), !text)
        }
    }
}

/// The value where the parameter is set.
fn got_set(got: Got) -> Got {
    match got {
        Got::Ambient(mut value) => {
            for piece in &mut value.pieces {
                if let Piece::Unknown(unknown) = piece {
                    unknown.may_be_empty = false;
                }
            }
            Got::Scalar(value)
        }
        other => other,
    }
}

fn unknown(name: &[u8], span: Span) -> Value {
    Value::unknown(Cause::Variable(name.to_vec()), true, span)
}

fn split_subscript(name: &[u8], span: Span) -> (Vec<u8>, Option<Text>) {
    let Some(open) = name.iter().position(|byte| *byte == b'[') else { return (name.to_vec(), None) };
    let (name, subscript) = name.split_at(open);
    let inside = subscript.get(1..subscript.len().saturating_sub(1)).unwrap_or_default();
    let part = crate::syntax::ast::Part::Literal(inside.to_vec(), span);
    (name.to_vec(), Some(Text { parts: vec![part], span }))
}

/// A key as the script sees it.
pub(super) fn plain_key(key: &[u8]) -> Vec<u8> {
    match key.split_first() {
        Some((b'k', name)) => name.to_vec(),
        _ => {
            let zeros = key.iter().take_while(|byte| **byte == b'0').count().min(key.len().saturating_sub(1));
            key.get(zeros..).unwrap_or_default().to_vec()
        }
    }
}
