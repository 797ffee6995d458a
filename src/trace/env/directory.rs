//! The working directory, as far as known: where a `cd` may have failed, the shell may be elsewhere.

use crate::value::Value;
use std::rc::Rc;

/// Most other directories that are remembered.
const MAX_OTHERS: usize = 8;

/// Where the shell is.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(in crate::trace) struct Directory {
    /// Where it is if every `cd` succeeded; `None` if that is where the script starts and nobody knows that place.
    pub(in crate::trace) now: Option<Value>,
    /// Where else it may be.
    pub(in crate::trace) others: Rc<Vec<Option<Value>>>,
    /// Where it is if the last command, a `cd`, failed.
    before: Option<Rc<Directory>>,
    /// What `pushd` has put aside.
    stack: Rc<Vec<Option<Value>>>,
}

impl Directory {
    pub(in crate::trace) fn at(now: Option<Value>) -> Directory {
        Directory { now, ..Directory::default() }
    }

    /// Changes to another directory; unless that is `certain` to succeed, it shows only later whether it did.
    pub(in crate::trace) fn change(&mut self, to: Option<Value>, certain: bool) {
        let stack = self.stack.clone();
        let before = std::mem::take(self);
        let before = (!certain && before.now != to).then(|| Rc::new(before));
        *self = Directory { now: to, before, stack, ..Directory::default() };
    }

    /// `pushd`: what is left is put aside.
    pub(in crate::trace) fn put_aside(&mut self, left: Option<Value>) {
        Rc::make_mut(&mut self.stack).push(left);
    }

    /// `popd`: what was put aside last.
    pub(in crate::trace) fn take_back(&mut self) -> Option<Option<Value>> {
        Rc::make_mut(&mut self.stack).pop()
    }

    /// Whether the last command succeeded has shown, or does not matter any more.
    pub(in crate::trace) fn settle(&mut self, success: Option<bool>) {
        let Some(before) = self.before.take() else { return };
        match success {
            Some(true) => {}
            Some(false) => {
                let stack = self.stack.clone();
                *self = Directory { before: None, stack, ..Directory::clone(&before) };
            }
            None => {
                self.add(before.now.clone());
                before.others.iter().for_each(|other| self.add(other.clone()));
            }
        }
    }

    /// What holds after either of two branches.
    pub(in crate::trace) fn join(mut self, mut other: Directory) -> Directory {
        if self == other {
            return self;
        }
        self.settle(None);
        other.settle(None);
        self.add(other.now);
        other.others.iter().for_each(|other| self.add(other.clone()));
        if self.stack != other.stack {
            self.stack = Rc::default();
        }
        self
    }

    /// It may be there as well, if the last command failed.
    pub(in crate::trace) fn or_if_failed(&mut self, other: Directory) {
        let failed = match self.before.take() {
            Some(before) => Directory::clone(&before).join(other),
            None => self.clone().join(other),
        };
        self.before = Some(Rc::new(failed));
    }

    fn add(&mut self, other: Option<Value>) {
        if other != self.now && !self.others.contains(&other) {
            let others = Rc::make_mut(&mut self.others);
            if others.len() >= MAX_OTHERS {
                // Where the script starts stays, and where it was last.
                others.remove(1);
            }
            others.push(other);
        }
    }
}
