//! What names stand for: variables that were given constants, and imported modules and functions.

use super::evaluate::Expression;
use std::collections::{HashMap, HashSet};

/// The names that the text has bound so far.
#[derive(Debug, Default)]
pub(super) struct Bindings {
    names: HashMap<String, Expression>,
    /// Whether any of them is a field: `x.y`.
    has_members: bool,
    /// Names whose values somebody else may change.
    shared: HashSet<String>,
}

impl Bindings {
    /// What a name stands for; a name that nothing was said about stands for itself.
    pub(super) fn get(&self, name: &str) -> Expression {
        self.names.get(name).cloned().unwrap_or_else(|| Expression::name(name))
    }

    /// What a name stands for, if something was said about it.
    pub(super) fn known(&self, name: &str) -> Option<Expression> {
        self.names.get(name).cloned()
    }

    /// Gives a name its value. In a branch, a loop or a function (`unsure`) a name with another value may keep it: then
    /// nothing is known.
    pub(super) fn set(&mut self, name: &str, value: Expression, unsure: bool) {
        let differs = self.names.get(name).is_some_and(|known| *known != value);
        let is_lost = (unsure && differs) || self.shared.contains(name);
        self.forget_members(name);
        self.has_members |= name.contains('.');
        self.names.insert(name.to_owned(), if is_lost { Expression::Unknown } else { value });
    }

    /// What has been assigned to fields of an object is that of another one from now on. Those of the class are the
    /// same for all its objects.
    fn forget_members(&mut self, name: &str) {
        let is_own = matches!(name, "self" | "this" | "cls");
        if !is_own && self.has_members {
            let is_field = |other: &str| other.strip_prefix(name).is_some_and(|rest| rest.starts_with('.'));
            self.names.retain(|other, _| !is_field(other));
        }
    }

    /// A name that somebody else may change as well, from now on.
    pub(super) fn share(&mut self, name: &str) {
        self.shared.insert(name.to_owned());
        self.forget(name);
    }

    /// Forgets all values; functions and modules stay.
    pub(super) fn forget_values(&mut self) {
        for value in self.names.values_mut() {
            if !matches!(value, Expression::Name { .. } | Expression::Function(_)) {
                *value = Expression::Unknown;
            }
        }
    }

    /// Takes the value of a name away, for a name of a function that hides it.
    pub(super) fn take(&mut self, name: &str) -> Option<Expression> {
        self.names.remove(name)
    }

    /// Gives a name back what it was.
    pub(super) fn restore(&mut self, name: &str, value: Option<Expression>) {
        match value {
            Some(value) => self.names.insert(name.to_owned(), value),
            None => self.names.remove(name),
        };
    }

    /// Forgets what a name stood for: a parameter hides it.
    pub(super) fn forget(&mut self, name: &str) {
        self.names.insert(name.to_owned(), Expression::Unknown);
    }
}

/// The name under which a module's functions are listed: `node:fs/promises` is `fs.promises`.
pub(super) fn module(name: &str) -> String {
    name.strip_prefix("node:").unwrap_or(name).replace('/', ".")
}
