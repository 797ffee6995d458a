//! Words to fields, in bash's order: brace expansion, tilde, parameters, substitutions and arithmetic, splitting,
//! quote removal. File name expansion stays a pattern: no file system is looked at.
//!
//! A word has one or more possible expansions (*alternatives*), each of any number of fields.

mod assemble;
mod brace;
mod declaration;
mod substitution;
mod tilde;
mod unset;

pub(super) use tilde::in_assigned;
pub(super) use unset::TryUnset;

use super::Argument;
use super::env::MAX_ALTERNATIVES;
use super::tracer::Tracer;
use crate::source::Span;
use crate::syntax::ast::{Part, Text, Word};
use crate::value::{Cause, Piece, Unknown, Value};

/// A part after expansion, before splitting.
#[derive(Clone, Debug)]
pub(super) enum Atom {
    /// Literal text of a word: not split; its glob characters are active.
    Plain(Value),
    /// Quoted text: neither split nor a pattern, and there even if it is empty.
    Quoted(Value),
    /// The result of an unquoted expansion: split, and its glob characters are active.
    Split(Value),
    /// `$@` and `${array[@]}`: a field for each value.
    List {
        /// The values.
        values: Vec<Value>,
        /// Whether it stands in double quotes.
        quoted: bool,
    },
}

/// One possible expansion of a word.
pub(super) type Atoms = Vec<Atom>;

/// How the literal text of parts is taken.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Context {
    /// A word of a command.
    Word,
    /// The operand of an unquoted `${x:-word}`: its literal text is split.
    Operand,
    /// Inside double quotes, a here-document, an arithmetic expression.
    Quoted,
}

impl<'a> Tracer<'a> {
    /// All possible expansions of the words of a command.
    pub(super) fn expand_arguments(&mut self, words: &[Word]) -> Vec<Vec<Argument>> {
        let mut alternatives: Vec<Vec<Argument>> = vec![Vec::with_capacity(words.len())];
        let mut widened = false;
        let declares =
            words.first().is_some_and(|first| declaration::declares(first, self.env.options.dialect));
        for (index, word) in words.iter().enumerate() {
            let expansions = if declares && declaration::assigns(word) {
                let values = self.expand_single(&tilde::in_argument(word));
                values.into_iter().map(|value| vec![value]).collect()
            } else {
                let expansions = self.expand_word_at(word, index == 0);
                // What is missing at the end moves no other word.
                let moves = self.env.options.nullglob && index + 1 < words.len();
                if moves { expansions.into_iter().flat_map(without_patterns).collect() } else { expansions }
            };
            let arguments =
                |fields: Vec<Value>| fields.into_iter().map(|value| Argument { value, span: word.span });
            if let [fields] = expansions.as_slice() {
                for alternative in &mut alternatives {
                    alternative.extend(arguments(fields.clone()));
                }
                continue;
            }
            if alternatives.len().saturating_mul(expansions.len()) > MAX_ALTERNATIVES {
                // Too many to tell apart: unknown, and beside it what is written first, which is meant to run.
                let written = (alternatives.first().cloned(), expansions.into_iter().next());
                if widened {
                    // What the first alternative may become is among what the others may become.
                    alternatives.remove(0);
                }
                widened = true;
                let unknown = Value::unknown(Cause::Unmodelled, true, word.span);
                for alternative in &mut alternatives {
                    alternative.extend(arguments(vec![unknown.clone()]));
                }
                if let (Some(mut first), Some(fields)) = written {
                    first.extend(arguments(fields));
                    alternatives.insert(0, first);
                }
                continue;
            }
            let mut product = Vec::new();
            for alternative in &alternatives {
                for fields in &expansions {
                    let mut argv = alternative.clone();
                    argv.extend(arguments(fields.clone()));
                    product.push(argv);
                }
            }
            alternatives = product;
        }
        alternatives
    }

    /// As [`Tracer::expand_arguments`], without the places.
    pub(super) fn expand_words(&mut self, words: &[Word]) -> Vec<Vec<Value>> {
        let bare = |argv: Vec<Argument>| argv.into_iter().map(|argument| argument.value).collect();
        self.expand_arguments(words).into_iter().map(bare).collect()
    }

    /// All possible expansions of one word into fields.
    pub(super) fn expand_word(&mut self, word: &Word) -> Vec<Vec<Value>> {
        self.expand_word_at(word, false)
    }

    fn expand_word_at(&mut self, word: &Word, command: bool) -> Vec<Vec<Value>> {
        if let [Part::Literal(bytes, span)] = word.parts.as_slice()
            && self.marks.is_empty()
            && !bytes.iter().any(|byte| b"{~*?[".contains(byte))
        {
            return vec![vec![Value::text(bytes.clone(), *span)]];
        }
        let word = &*tilde::in_argument(word);
        let expanded =
            if self.env.options.braces { brace::expand(&word.parts) } else { Some(vec![word.parts.clone()]) };
        let Some(words) = expanded else {
            return vec![vec![Value::unknown(Cause::Unmodelled, true, word.span)]];
        };
        let mut alternatives: Vec<Vec<Value>> = vec![Vec::new()];
        for parts in &words {
            let expansions = self.expand_trying(parts, command, word.span);
            let expansions: Vec<_> = expansions.into_iter().map(|atoms| self.fields(atoms)).collect();
            if alternatives.len().saturating_mul(expansions.len()) > MAX_ALTERNATIVES {
                return vec![vec![Value::unknown(Cause::Unmodelled, true, word.span)]];
            }
            alternatives = alternatives
                .iter()
                .flat_map(|fields| {
                    expansions.iter().map(move |more| fields.iter().chain(more).cloned().collect())
                })
                .collect();
        }
        alternatives
    }

    /// The expansions of a word's parts, with variables that are nowhere assigned tried as unset.
    fn expand_trying(&mut self, parts: &[Part], command: bool, span: Span) -> Vec<Atoms> {
        let tried = unset::tried(parts, command);
        let within = if tried == TryUnset::No { Vec::new() } else { unset::within_names(parts) };
        let saved = (
            std::mem::replace(&mut self.try_unset, tried),
            std::mem::replace(&mut self.within_names, within),
        );
        let expansions = self.expand_parts(parts, Context::Word, span);
        (self.try_unset, self.within_names) = saved;
        expansions
    }

    /// All possible values of a word that is not split: an assignment, a redirection's target, a `case` word.
    pub(super) fn expand_single(&mut self, word: &Word) -> Vec<Value> {
        let expansions = self.expand_trying(&word.parts, false, word.span);
        let values: Vec<Value> = expansions.into_iter().map(|atoms| self.joined(atoms)).collect();
        // Each turn of `x=$x$x` doubles the text.
        if !self.count_text(values.iter().map(Value::weight).sum()) {
            return vec![Value::unknown(Cause::Unmodelled, true, word.span)];
        }
        values
    }

    /// The value of a word that is not split; unknown if there are several.
    pub(super) fn expand_one(&mut self, word: &Word) -> Value {
        one(self.expand_single(word), word.span)
    }

    /// The value of a here-document body, an arithmetic expression, a subscript.
    pub(super) fn expand_text(&mut self, text: &Text) -> Value {
        let expansions = self.expand_parts(&text.parts, Context::Quoted, text.span);
        let values = expansions.into_iter().map(|atoms| self.joined(atoms)).collect();
        one(values, text.span)
    }

    /// A word as a pattern: what was quoted is escaped by backslashes. `None` if a part is unknown.
    pub(super) fn expand_pattern(&mut self, word: &Word) -> Option<Vec<u8>> {
        self.expand_escaped(word, |_| true)
    }

    /// A word as a regular expression, in which quoted text stands for itself.
    pub(super) fn expand_regex(&mut self, word: &Word) -> Option<Vec<u8>> {
        self.expand_escaped(word, |byte| b"\\^$.|?*+()[]{}".contains(&byte))
    }

    fn expand_escaped(&mut self, word: &Word, is_special: impl Fn(u8) -> bool) -> Option<Vec<u8>> {
        let expansions = self.expand_parts(&word.parts, Context::Word, word.span);
        let [atoms] = expansions.as_slice() else { return None };
        let mut pattern = Vec::new();
        for atom in atoms {
            match atom {
                Atom::Plain(value) | Atom::Split(value) => pattern.extend(value.written()?),
                Atom::Quoted(value) => {
                    for byte in value.known()?.iter() {
                        if is_special(*byte) {
                            pattern.push(b'\\');
                        }
                        pattern.push(*byte);
                    }
                }
                Atom::List { values, .. } => {
                    for value in values {
                        pattern.extend(value.written()?);
                    }
                }
            }
        }
        Some(pattern)
    }

    /// The possible expansions of parts, before splitting.
    pub(super) fn expand_parts(&mut self, parts: &[Part], context: Context, span: Span) -> Vec<Atoms> {
        let mut alternatives: Vec<Atoms> = vec![Vec::with_capacity(parts.len())];
        for (index, part) in parts.iter().enumerate() {
            let expansions = self.expand_part(part, context, index == 0);
            if let [atoms] = expansions.as_slice() {
                for alternative in &mut alternatives {
                    alternative.extend(atoms.iter().cloned());
                }
                continue;
            }
            if alternatives.len().saturating_mul(expansions.len()) > MAX_ALTERNATIVES {
                let unknown = Value::unknown(Cause::Unmodelled, context != Context::Quoted, span);
                return vec![vec![in_context(unknown, context)]];
            }
            alternatives = alternatives
                .iter()
                .flat_map(|atoms| {
                    expansions.iter().map(move |more| atoms.iter().chain(more).cloned().collect())
                })
                .collect();
        }
        alternatives
    }

    fn expand_part(&mut self, part: &Part, context: Context, first: bool) -> Vec<Atoms> {
        let atom = match part {
            Part::Literal(bytes, span) => return vec![self.literal(bytes, *span, context, first)],
            Part::Escaped(bytes, span) | Part::SingleQuoted(bytes, span) | Part::AnsiC(bytes, span) => {
                Atom::Quoted(self.marked(bytes, inner(*span, bytes.len())))
            }
            Part::DoubleQuoted(parts, span) => {
                let mut expansions = self.expand_parts(parts, Context::Quoted, *span);
                let only_list = |atoms: &Atoms| matches!(atoms.as_slice(), [Atom::List { .. }]);
                for atoms in &mut expansions {
                    // `""` is a field; `"$@"` without parameters is none.
                    if !only_list(atoms) {
                        atoms.push(Atom::Quoted(Value::default()));
                    }
                }
                return expansions;
            }
            Part::Parameter(parameter) => return self.parameter(parameter, context),
            Part::CommandSubstitution(substitution) => {
                let value = self.substitute(substitution);
                in_context(value, context)
            }
            Part::Arithmetic(text) => {
                let value = match self.arithmetic_text(text) {
                    Some(number) => Value::text(number.to_string(), text.span),
                    None => Value::unknown(Cause::Number, false, text.span),
                };
                in_context(value, context)
            }
            Part::ProcessSubstitution { output, substitution } => {
                Atom::Quoted(self.process_substitution(*output, substitution))
            }
            Part::ExtendedGlob { operator, pattern, span } => {
                let mut text = vec![*operator, b'('];
                for atoms in self.expand_parts(pattern, Context::Quoted, *span) {
                    text.extend(self.joined(atoms).written().unwrap_or_else(|| b"*".to_vec()));
                }
                text.push(b')');
                Atom::Plain(Value { pieces: vec![Piece::Glob { pattern: text, origin: *span }] })
            }
            Part::ArrayAssignment(assignment) => {
                // The declaration builtin assigns it; as a word it is its name.
                Atom::Quoted(Value::text(assignment.name.clone(), assignment.span))
            }
        };
        vec![vec![atom]]
    }

    fn literal(&mut self, bytes: &[u8], span: Span, context: Context, first: bool) -> Atoms {
        let value = self.marked(bytes, span);
        match context {
            Context::Quoted => vec![Atom::Quoted(value)],
            Context::Operand | Context::Word => {
                let mut atoms = Vec::new();
                let mut value = value;
                if first && bytes.first() == Some(&b'~') {
                    let end = bytes.iter().position(|byte| *byte == b'/').unwrap_or(bytes.len());
                    let user = bytes.get(1..end).unwrap_or_default();
                    if let Some(home) = self.tilde(user, span) {
                        atoms.push(Atom::Quoted(home));
                        let rest = bytes.get(end..).unwrap_or_default();
                        let start = (span.start as usize).saturating_add(end);
                        let exact = span.len() == bytes.len();
                        let origin = if exact { Span::new(start, span.end as usize) } else { span };
                        value = self.marked(rest, origin);
                    }
                }
                match context {
                    Context::Operand => atoms.push(Atom::Split(value)),
                    _ => atoms.push(Atom::Plain(assemble::with_globs(value))),
                }
                atoms
            }
        }
    }

    /// What `~user` stands for.
    pub(super) fn tilde(&mut self, user: &[u8], span: Span) -> Option<Value> {
        match user {
            b"" => Some(
                self.single(b"HOME")
                    .unwrap_or_else(|| Value::unknown(Cause::Variable(b"HOME".to_vec()), false, span)),
            ),
            b"+" => Some(
                self.single(b"PWD")
                    .or_else(|| self.env.directory.now.clone())
                    .unwrap_or_else(|| Value::unknown(Cause::Variable(b"PWD".to_vec()), false, span)),
            ),
            b"-" => Some(
                self.single(b"OLDPWD")
                    .unwrap_or_else(|| Value::unknown(Cause::Variable(b"OLDPWD".to_vec()), false, span)),
            ),
            b"root" => Some(Value::text(b"/root".as_slice(), span)),
            name if name.iter().all(|byte| byte.is_ascii_alphanumeric() || b"_-.".contains(byte)) => {
                Some(Value::text([b"/home/", name].concat(), span))
            }
            _ => None,
        }
    }

    /// The value of a variable that the script has set, if there is only one possibility.
    fn single(&self, name: &[u8]) -> Option<Value> {
        match self.env.variable(name).map(|variable| variable.contents.as_slice()) {
            Some([super::env::Content::Scalar(value)]) => Some(value.clone()),
            _ => None,
        }
    }

    /// Text in which the marks of unknown parts (see [`super::nested`]) are put back.
    fn marked(&self, bytes: &[u8], span: Span) -> Value {
        if self.marks.is_empty() || !bytes.contains(&MARK_START) {
            return if bytes.is_empty() { Value::default() } else { Value::text(bytes, span) };
        }
        let mut value = Value::default();
        let mut rest = bytes;
        while let Some(start) = rest.iter().position(|byte| *byte == MARK_START) {
            let (before, marked) = rest.split_at(start);
            let end = marked.iter().position(|byte| *byte == MARK_END);
            let number = end.and_then(|end| marked.get(1..end)).and_then(|digits| {
                std::str::from_utf8(digits).ok().and_then(|digits| digits.parse::<usize>().ok())
            });
            let unknown = number.and_then(|number| self.marks.get(number));
            let (Some(end), Some(unknown)) = (end, unknown) else { break };
            value.push_text(before, span);
            value.pieces.push(Piece::Unknown(unknown.clone()));
            rest = marked.get(end + 1..).unwrap_or_default();
        }
        value.push_text(rest, span);
        value
    }
}

/// Starts the mark of an unknown part in a nested script. Control characters do not occur in real commands; where
/// they do, no mark of that number exists.
pub(super) const MARK_START: u8 = 0x01;
/// Ends it.
pub(super) const MARK_END: u8 = 0x02;

/// The result of an expansion, split or not.
pub(super) fn in_context(mut value: Value, context: Context) -> Atom {
    let is_quoted = context == Context::Quoted;
    for piece in &mut value.pieces {
        if let Piece::Unknown(Unknown { cause, may_split, .. }) = piece {
            // Quotes keep text together, but `"$@"` is a word for each parameter. They count where they stand: what `x="$(…)"`
            // kept together is split in `$x`.
            let is_list = match cause {
                Cause::Parameter(name) => name == b"@",
                Cause::Variable(name) => name.ends_with(super::parameter::LIST),
                _ => false,
            };
            *may_split = if is_quoted { is_list && *may_split } else { *may_split || may_hold_blanks(cause) };
        }
    }
    if is_quoted { Atom::Quoted(value) } else { Atom::Split(value) }
}

/// Whether nothing is known that would keep blanks out of a text. The directories that the shell itself names and those of
/// programs have none in what people call them, and paths that programs find are words of their own.
fn may_hold_blanks(cause: &Cause) -> bool {
    match cause {
        Cause::Number | Cause::Temporary | Cause::Descriptor | Cause::Found(_) => false,
        Cause::Variable(name) => !matches!(name.as_slice(), b"HOME" | b"PWD" | b"OLDPWD" | b"PATH"),
        _ => true,
    }
}

/// The only value, or one that stands for all: the one of which the others are what is left if its unknown parts are
/// empty. Else an unknown one.
pub(super) fn one(values: Vec<Value>, span: Span) -> Value {
    if let [value] = values.as_slice() {
        return value.clone();
    }
    let stands_for = |all: &&Value| {
        let text = all.pieces.iter().filter(|piece| matches!(piece, Piece::Text { .. })).cloned().collect();
        let rest = Value { pieces: text };
        all.has_unknown() && values.iter().all(|other| other == *all || *other == rest)
    };
    let Some(mut general) = values.iter().find(stands_for).cloned() else {
        return Value::unknown(Cause::Unmodelled, false, span);
    };
    for piece in &mut general.pieces {
        if let Piece::Unknown(unknown) = piece {
            unknown.may_be_empty = true;
        }
    }
    general
}

/// The span between the quotes, if the text between them was taken as it is.
fn inner(span: Span, length: usize) -> Span {
    match span.len().checked_sub(length) {
        Some(1) => Span { start: span.start + 1, end: span.end },
        Some(2) => Span { start: span.start + 1, end: span.end - 1 },
        _ => span,
    }
}

/// The fields with their patterns and without: where no file fits one, it is no word.
fn without_patterns(fields: Vec<Value>) -> Vec<Vec<Value>> {
    if !fields.iter().any(Value::has_glob) {
        return vec![fields];
    }
    let rest = fields.iter().filter(|field| !field.has_glob()).cloned().collect();
    vec![fields, rest]
}
