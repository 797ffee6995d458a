//! The positional parameters `$1`, `$2` …: the lists that they may be.

use super::MAX_ALTERNATIVES;
use crate::value::Value;
use std::rc::Rc;

/// What the parameters may be: at least one possibility, at most [`MAX_ALTERNATIVES`].
#[derive(Clone, PartialEq, Eq, Debug)]
pub(in crate::trace) struct Positional {
    /// `None`: a list that cannot be known.
    lists: Vec<Option<Rc<Vec<Value>>>>,
}

impl Positional {
    /// These words. Where one may split or vanish, they may be other words as well.
    pub(in crate::trace) fn of(words: Vec<Value>) -> Positional {
        let unsure = words.iter().any(Value::may_split);
        let known = std::iter::once(Some(Rc::new(words)));
        Positional { lists: known.chain(unsure.then_some(None)).collect() }
    }

    /// Anything.
    pub(in crate::trace) fn unknown() -> Positional {
        Positional { lists: vec![None] }
    }

    /// The possibilities; `None` is a list that cannot be known.
    pub(in crate::trace) fn lists(&self) -> impl Iterator<Item = Option<&[Value]>> {
        self.lists.iter().map(|list| list.as_ref().map(|words| words.as_slice()))
    }

    /// The list, if there is only one possibility and it is known.
    pub(in crate::trace) fn known(&self) -> Option<&[Value]> {
        match self.lists.as_slice() {
            [Some(words)] => Some(words),
            _ => None,
        }
    }

    /// After `shift`; `None`: nobody knows by how many.
    pub(in crate::trace) fn shifted(&self, count: Option<usize>) -> Positional {
        let Some(count) = count else {
            let known = self.known().filter(|words| words.len() < MAX_ALTERNATIVES);
            let Some(words) = known else { return Positional::unknown() };
            let from = |start: usize| Some(Rc::new(words.get(start..).unwrap_or_default().to_vec()));
            return Positional { lists: (0..=words.len()).map(from).collect() };
        };
        // More than there are is an error, after which all of them stay.
        let behind = |words: &Rc<Vec<Value>>| match words.get(count..) {
            Some(rest) => Rc::new(rest.to_vec()),
            None => Rc::clone(words),
        };
        Positional { lists: self.lists.iter().map(|list| list.as_ref().map(behind)).collect() }
    }

    /// What holds after either of two branches.
    pub(super) fn join(&mut self, other: &Positional) {
        for list in &other.lists {
            if !self.lists.contains(list) {
                self.lists.push(list.clone());
            }
        }
        if self.lists.len() > MAX_ALTERNATIVES {
            *self = Positional::unknown();
        }
    }
}
