//! What names stand for: variables that were given constants, and imported modules and functions.

use super::evaluate::Expression;
use std::collections::HashMap;

/// The names that the text has bound so far.
#[derive(Debug, Default)]
pub(super) struct Bindings {
    names: HashMap<String, Expression>,
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
        let value = if unsure && differs { Expression::Unknown } else { value };
        self.names.insert(name.to_owned(), value);
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
