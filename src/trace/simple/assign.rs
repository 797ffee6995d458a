//! Assignments: in front of a command, and those that last.

use super::super::env::{Content, MAX_ALTERNATIVES, index_key, next_index};
use super::super::expand::one;
use super::super::parameter::{Key, plain_key};
use super::super::tracer::Tracer;
use crate::source::Span;
use crate::syntax::ast::{ArrayElement, Assignment, AssignmentValue, Word};
use crate::trace::expand::in_assigned;
use crate::value::{Cause, Piece, Value};
use std::collections::BTreeMap;
use std::rc::Rc;

impl Tracer<'_> {
    pub(super) fn prefix_assignments(&mut self, assignments: &[Assignment]) -> Vec<(Vec<u8>, Value)> {
        let mut values = Vec::with_capacity(assignments.len());
        for assignment in assignments {
            let value = match &assignment.value {
                AssignmentValue::Scalar(word) => self.expand_assigned(word),
                AssignmentValue::Array(_) => vec![Value::default()],
            };
            values.push((assignment.name.clone(), one(value, assignment.span)));
        }
        values
    }

    /// The possible values of an assigned word: not split; tildes also behind colons.
    fn expand_assigned(&mut self, word: &Word) -> Vec<Value> {
        self.expand_single(&in_assigned(word))
    }

    /// Makes an assignment that lasts.
    pub(in crate::trace) fn assign(&mut self, assignment: &Assignment) {
        match &assignment.value {
            AssignmentValue::Scalar(word) => {
                let values = self.expand_assigned(word);
                self.assign_scalar(assignment, values);
            }
            AssignmentValue::Array(elements) => self.assign_elements(assignment, elements),
        }
    }

    fn assign_elements(&mut self, assignment: &Assignment, written: &[ArrayElement]) {
        let name = &assignment.name;
        let variable = self.env.variable(name);
        let associative = variable.is_some_and(|variable| variable.associative);
        let old = match variable.map(|variable| variable.contents.as_slice()) {
            Some([old]) if assignment.append => old.elements(),
            _ => BTreeMap::new(),
        };
        // `declare -A m=(key value key value)`: without subscripts, words are keys and values in turn.
        let mut key: Option<Vec<u8>> = None;
        let in_pairs = associative && written.first().is_some_and(|element| element.subscript.is_none());
        let mut arrays = vec![Array { next: next_index(&old), elements: old }];
        for element in written {
            match &element.subscript {
                Some(subscript) => {
                    let index = self.subscript(name, subscript);
                    let value = self.expand_one(&element.word);
                    match index {
                        Key::One(index) | Key::Either(index) => {
                            arrays.iter_mut().for_each(|array| array.put(index.clone(), value.clone()));
                        }
                        _ => return self.env.assign(name, vec![unknown_element(name, element.word.span)]),
                    }
                }
                None if in_pairs => {
                    let value = self.expand_one(&element.word);
                    match (key.take(), value.known()) {
                        (Some(key), _) => {
                            arrays.iter_mut().for_each(|array| array.put(key.clone(), value.clone()));
                        }
                        (None, Some(text)) => {
                            let named = [b"k", &*text].concat();
                            arrays.iter_mut().for_each(|array| array.put(named.clone(), Value::default()));
                            key = Some(named);
                        }
                        (None, None) => {
                            return self.env.assign(name, vec![unknown_element(name, element.word.span)]);
                        }
                    }
                }
                // bash refuses a word without a key in such a list, and goes on.
                None if associative => {
                    self.expand_one(&element.word);
                }
                None => {
                    let expansions = self.expand_word(&element.word);
                    if arrays.len().saturating_mul(expansions.len()) > MAX_ALTERNATIVES {
                        return self.env.assign(name, vec![unknown_element(name, element.word.span)]);
                    }
                    let longer = |array: &Array| {
                        expansions.iter().map(|fields| array.with(fields)).collect::<Vec<_>>()
                    };
                    arrays = arrays.iter().flat_map(longer).collect();
                }
            }
        }
        let contents = arrays.into_iter().map(|array| Content::Array(array.elements));
        self.env.assign_contents(name, contents.collect());
    }

    fn assign_scalar(&mut self, assignment: &Assignment, values: Vec<Value>) {
        let name = &assignment.name;
        if let Some(subscript) = &assignment.subscript {
            let key = self.subscript(name, subscript);
            let value = one(values, assignment.span);
            return self.assign_element(name, key, value, assignment.append, assignment.span);
        }
        let attributes = self.env.variable(name).map(|variable| (variable.integer, variable.case));
        let attributes = if is_born_integer(name) { Some((true, None)) } else { attributes };
        let values = if assignment.append { self.appended(name, values, assignment.span) } else { values };
        let values = match attributes {
            Some((true, _)) => values.into_iter().map(|value| self.as_number(&value)).collect(),
            Some((_, Some(case))) => values.into_iter().map(|value| in_case(value, case)).collect(),
            _ => values,
        };
        self.assign_values(name, values);
    }

    /// Assigns to a variable whose name is computed, which may be that of an element: `printf -v 'a[0]'`, `read x`,
    /// a nameref. The subscript is evaluated, which runs the commands in it.
    pub(in crate::trace) fn assign_named(&mut self, written: &[u8], value: Value, append: bool, span: Span) {
        let written = self.env.resolve(written);
        let Some((name, inside)) = subscripted(&written) else {
            let values = if append { self.appended(&written, vec![value], span) } else { vec![value] };
            return self.assign_values(&written, values);
        };
        let key = self.written_key(name, inside, span);
        self.assign_element(name, key, value, append, span);
    }

    /// The key of a subscript that stands in a text.
    pub(in crate::trace) fn written_key(&mut self, name: &[u8], inside: &[u8], span: Span) -> Key {
        if inside.iter().any(|byte| b"$`".contains(byte)) {
            self.run_text_as_quoted(inside, span);
            return Key::Unknown;
        }
        let part = crate::syntax::ast::Part::Literal(inside.to_vec(), span);
        self.subscript(name, &crate::syntax::ast::Text { parts: vec![part], span })
    }

    fn assign_element(&mut self, name: &[u8], key: Key, value: Value, append: bool, span: Span) {
        let key = match key {
            Key::One(key) | Key::Either(key) => Some(key),
            Key::FromEnd(back) => {
                self.env.variable(name).and_then(|variable| match variable.contents.as_slice() {
                    [content] => {
                        let elements = content.elements();
                        let count = next_index(&elements);
                        count.checked_sub(back).map(index_key)
                    }
                    _ => None,
                })
            }
            Key::All { .. } | Key::Unknown => None,
        };
        let Some(key) = key else { return self.env.assign(name, vec![unknown_element(name, span)]) };
        match name {
            b"functions" if self.env.options.dialect.has_zsh_words() => {
                let body = value.clone();
                self.define_by_text(plain_key(&key), &body);
            }
            b"aliases" if self.env.options.dialect.has_zsh_words() => {
                Rc::make_mut(&mut self.env.aliases).insert(plain_key(&key), value.clone());
            }
            b"commands" if self.env.options.dialect.has_zsh_words() => {
                if let Some(path) = value.known() {
                    Rc::make_mut(&mut self.env.hashed).insert(plain_key(&key), path.into_owned());
                }
            }
            // The shell's own tables of aliases and of the places of programs.
            b"BASH_ALIASES" => {
                Rc::make_mut(&mut self.env.aliases).insert(plain_key(&key), value.clone());
            }
            b"BASH_CMDS" => {
                if let Some(path) = value.known() {
                    Rc::make_mut(&mut self.env.hashed).insert(plain_key(&key), path.into_owned());
                }
            }
            _ => {}
        }
        self.env.update_elements(name, |elements| {
            let entry = elements.entry(key.clone()).or_default();
            if append {
                entry.pieces.extend(value.pieces.iter().cloned());
            } else {
                *entry = value.clone();
            }
        });
    }

    fn assign_values(&mut self, name: &[u8], values: Vec<Value>) {
        let target = self.env.resolve(name);
        match target.as_slice() {
            element if subscripted(element).is_some() => {
                self.assign_named(element, one(values, Span::default()), false, Span::default());
            }
            // From now on this is `$0`.
            b"BASH_ARGV0" => self.env.zero = one(values, Span::default()),
            _ => self.env.assign(name, values),
        }
    }

    /// The values of `name+=value`.
    fn appended(&mut self, name: &[u8], values: Vec<Value>, span: Span) -> Vec<Value> {
        let olds: Vec<Value> = match self.env.variable(name).map(|variable| variable.contents.clone()) {
            // A name in lower case hardly comes from the environment: see `parameter`.
            None if !name.iter().any(u8::is_ascii_uppercase) => {
                vec![Value::default(), Value::unknown(Cause::Variable(name.to_vec()), true, span)]
            }
            None => vec![Value::unknown(Cause::Variable(name.to_vec()), true, span)],
            Some(contents) => contents
                .into_iter()
                .map(|content| match content {
                    Content::Unset => Value::default(),
                    Content::Scalar(value) => value,
                    Content::Array(elements) => elements.into_values().next().unwrap_or_default(),
                })
                .collect(),
        };
        let join = |old: &Value, new: &Value| {
            let mut joined = Value { pieces: old.pieces.iter().chain(&new.pieces).cloned().collect() };
            joined.compact();
            joined
        };
        olds.iter().flat_map(|old| values.iter().map(move |new| join(old, new))).collect()
    }

    fn as_number(&mut self, value: &Value) -> Value {
        let span = value.origin().unwrap_or_default();
        match crate::trace::arithmetic::evaluate(self, value) {
            Some(number) => Value::text(number.to_string(), span),
            None => Value::unknown(Cause::Number, false, span),
        }
    }
}

/// An array while it is written.
#[derive(Clone)]
struct Array {
    elements: BTreeMap<Vec<u8>, Value>,
    /// The index of an element without a subscript.
    next: usize,
}

impl Array {
    fn put(&mut self, key: Vec<u8>, value: Value) {
        self.next = next_index(&BTreeMap::from([(key.clone(), Value::default())]));
        self.elements.insert(key, value);
    }

    fn with(&self, fields: &[Value]) -> Array {
        let mut array = self.clone();
        for field in fields {
            array.put(index_key(array.next), field.clone());
        }
        array
    }
}

/// Whether the shell makes the variable itself, with `declare -i`: what is assigned is evaluated.
fn is_born_integer(name: &[u8]) -> bool {
    matches!(name, b"RANDOM" | b"SRANDOM" | b"OPTIND" | b"HISTCMD")
}

/// The value of a variable with `declare -u`, `-l` or `-c`; with `-L`, `-R` or `-Z` it is cut or filled.
pub(in crate::trace) fn in_case(mut value: Value, case: u8) -> Value {
    if case.is_ascii_uppercase() {
        return Value::unknown(Cause::Unmodelled, true, value.origin().unwrap_or_default());
    }
    for (index, piece) in value.pieces.iter_mut().enumerate() {
        if let Piece::Text { bytes, .. } = piece {
            match case {
                b'u' => bytes.make_ascii_uppercase(),
                _ => bytes.make_ascii_lowercase(),
            }
            if let (b'c', 0, Some(first)) = (case, index, bytes.first_mut()) {
                first.make_ascii_uppercase();
            }
        }
    }
    value
}

/// The name and the subscript of `name[subscript]`.
pub(in crate::trace) fn subscripted(written: &[u8]) -> Option<(&[u8], &[u8])> {
    let open = written.iter().position(|byte| *byte == b'[')?;
    let (name, subscript) = written.split_at(open);
    Some((name, subscript.get(1..)?.strip_suffix(b"]")?))
}

/// What an array holds of which one element is not known.
fn unknown_element(name: &[u8], span: Span) -> Value {
    Value::unknown(Cause::Variable(name.to_vec()), true, span)
}
