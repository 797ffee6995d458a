//! What a shell variable holds, as far as known, and its attributes.

use super::MAX_ALTERNATIVES;
use crate::source::Span;
use crate::value::{Cause, Match, Value};
use std::collections::BTreeMap;

/// What a variable holds.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(in crate::trace) enum Content {
    /// It is not set.
    Unset,
    /// One value.
    Scalar(Value),
    /// An indexed or associative array, by key; indexed keys are padded so that they sort as numbers.
    Array(BTreeMap<Vec<u8>, Value>),
}

/// A variable: the possibilities of its content, and its attributes.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(in crate::trace) struct Variable {
    /// At least one, at most [`MAX_ALTERNATIVES`].
    pub(in crate::trace) contents: Vec<Content>,
    pub(in crate::trace) exported: bool,
    pub(in crate::trace) integer: bool,
    pub(in crate::trace) nameref: bool,
    /// `declare -u`, `-l`, `-c`.
    pub(in crate::trace) case: Option<u8>,
    /// Whether it cannot be assigned to; possibly, if only one branch says so.
    pub(in crate::trace) readonly: Match,
    /// `declare -A`: its subscripts are words, not numbers.
    pub(in crate::trace) associative: bool,
}

impl Variable {
    pub(in crate::trace) fn scalar(value: Value) -> Variable {
        Variable::from_contents(vec![Content::Scalar(value)])
    }

    pub(in crate::trace) fn from_contents(contents: Vec<Content>) -> Variable {
        Variable {
            contents,
            exported: false,
            integer: false,
            nameref: false,
            case: None,
            readonly: Match::No,
            associative: false,
        }
    }

    /// The variable in a program that the shell starts: its value alone.
    pub(in crate::trace) fn inherited(&self) -> Variable {
        Variable { exported: true, ..Variable::from_contents(self.contents.clone()) }
    }

    /// Assigns contents, if the variable can be assigned to.
    pub(in crate::trace) fn set(&mut self, contents: Vec<Content>) {
        match self.readonly {
            Match::Certain => {}
            Match::No => self.contents = contents,
            Match::Possible => {
                for content in contents {
                    if !self.contents.contains(&content) && self.contents.len() < MAX_ALTERNATIVES {
                        self.contents.push(content);
                    }
                }
            }
        }
    }
}

impl Content {
    /// The value, if it is one.
    pub(in crate::trace) fn scalar(&self) -> Option<&Value> {
        match self {
            Content::Scalar(value) => Some(value),
            Content::Unset | Content::Array(_) => None,
        }
    }

    /// As the elements of an array.
    pub(in crate::trace) fn elements(&self) -> BTreeMap<Vec<u8>, Value> {
        match self {
            Content::Unset => BTreeMap::new(),
            Content::Scalar(value) => BTreeMap::from([(index_key(0), value.clone())]),
            Content::Array(elements) => elements.clone(),
        }
    }
}

/// The index behind the last element.
pub(in crate::trace) fn next_index(elements: &BTreeMap<Vec<u8>, Value>) -> usize {
    let last = elements.keys().next_back().and_then(|key| std::str::from_utf8(key).ok());
    last.and_then(|key| key.parse::<usize>().ok()).map_or(0, |last| last.saturating_add(1))
}

/// The sort key of an indexed element.
pub(in crate::trace) fn index_key(index: usize) -> Vec<u8> {
    format!("{index:020}").into_bytes()
}

/// A variable that the script has not assigned: it may come from the environment.
pub(super) fn ambient(name: &[u8]) -> Variable {
    Variable::scalar(Value::unknown(Cause::Variable(name.to_vec()), true, Span::default()))
}

pub(super) fn join_variables(one: &Variable, two: &Variable, name: &[u8]) -> Variable {
    let mut contents = one.contents.clone();
    for content in &two.contents {
        if !contents.contains(content) {
            contents.push(content.clone());
        }
    }
    Variable {
        contents: limit(contents, name),
        exported: one.exported || two.exported,
        integer: one.integer || two.integer,
        nameref: one.nameref || two.nameref,
        case: one.case.or(two.case),
        readonly: if one.readonly == two.readonly { one.readonly } else { Match::Possible },
        associative: one.associative || two.associative,
    }
}

pub(super) fn limit(contents: Vec<Content>, name: &[u8]) -> Vec<Content> {
    if contents.is_empty() || contents.len() > MAX_ALTERNATIVES { ambient(name).contents } else { contents }
}
