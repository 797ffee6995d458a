//! Assignments: in front of a command, and those that last.

use super::super::env::{Content, index_key};
use super::super::expand::one;
use super::super::parameter::Key;
use super::super::tracer::Tracer;
use crate::source::Span;
use crate::syntax::ast::{Assignment, AssignmentValue, Word};
use crate::value::{Cause, Piece, Value};
use std::collections::BTreeMap;

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
        self.expand_single(word)
    }

    /// Makes an assignment that lasts.
    pub(in crate::trace) fn assign(&mut self, assignment: &Assignment) {
        let name = &assignment.name;
        let content = match &assignment.value {
            AssignmentValue::Scalar(word) => {
                let values = self.expand_assigned(word);
                return self.assign_scalar(assignment, values);
            }
            AssignmentValue::Array(elements) => {
                let mut map: BTreeMap<Vec<u8>, Value> =
                    match self.env.variable(name).map(|v| v.contents.as_slice()) {
                        Some([Content::Array(old)]) if assignment.append => old.clone(),
                        Some([Content::Scalar(old)]) if assignment.append => {
                            BTreeMap::from([(index_key(0), old.clone())])
                        }
                        _ => BTreeMap::new(),
                    };
                let mut next = map.len();
                for element in elements {
                    match &element.subscript {
                        Some(subscript) => {
                            let key = self.subscript(name, subscript);
                            let value = self.expand_one(&element.word);
                            if let Key::One(key) | Key::Either(key) = key {
                                map.insert(key, value);
                            }
                        }
                        None => {
                            let mut expansions = self.expand_word(&element.word);
                            let fields = match (expansions.pop(), expansions.is_empty()) {
                                (Some(fields), true) => fields,
                                _ => vec![Value::unknown(Cause::Unmodelled, true, element.word.span)],
                            };
                            for field in fields {
                                map.insert(index_key(next), field);
                                next += 1;
                            }
                        }
                    }
                }
                Content::Array(map)
            }
        };
        self.env.assign_contents(name, vec![content]);
    }

    fn assign_scalar(&mut self, assignment: &Assignment, values: Vec<Value>) {
        let name = &assignment.name;
        if let Some(subscript) = &assignment.subscript {
            let key = self.subscript(name, subscript);
            let value = one(values, assignment.span);
            let mut map = match self.env.variable(name).map(|v| v.contents.as_slice()) {
                Some([Content::Array(old)]) => old.clone(),
                Some([Content::Scalar(old)]) => BTreeMap::from([(index_key(0), old.clone())]),
                _ => BTreeMap::new(),
            };
            if let Key::One(key) | Key::Either(key) = key {
                let entry = map.entry(key).or_default();
                if assignment.append {
                    entry.pieces.extend(value.pieces);
                } else {
                    *entry = value;
                }
            }
            return self.env.assign_contents(name, vec![Content::Array(map)]);
        }
        let attributes = self.env.variable(name).map(|variable| (variable.integer, variable.case));
        let values = if assignment.append { self.appended(name, values, assignment.span) } else { values };
        let values = match attributes {
            Some((true, _)) => values.into_iter().map(|value| self.as_number(&value)).collect(),
            Some((_, Some(case))) => values.into_iter().map(|value| in_case(value, case)).collect(),
            _ => values,
        };
        self.env.assign(name, values);
    }

    /// The values of `name+=value`.
    fn appended(&mut self, name: &[u8], values: Vec<Value>, span: Span) -> Vec<Value> {
        let olds: Vec<Value> = match self.env.variable(name).map(|variable| variable.contents.clone()) {
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
        let join = |old: &Value, new: &Value| Value {
            pieces: old.pieces.iter().chain(&new.pieces).cloned().collect(),
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

/// The value of a variable with `declare -u` or `-l`.
fn in_case(mut value: Value, case: u8) -> Value {
    for piece in &mut value.pieces {
        if let Piece::Text { bytes, .. } = piece {
            match case {
                b'u' => bytes.make_ascii_uppercase(),
                _ => bytes.make_ascii_lowercase(),
            }
        }
    }
    value
}
