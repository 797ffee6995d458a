//! The state that a shell carries from command to command: variables, functions, aliases, positional
//! parameters, the working directory, files that the script itself wrote. Branches clone it and join.
//!
//! It holds what is *known*; it reads nothing of the real environment but what [`Facts`] offer.

use crate::facts::Facts;
use crate::source::Span;
use crate::syntax::ast::Command;
use crate::value::{Cause, Value};
use std::collections::BTreeMap;
use std::rc::Rc;

/// Most possibilities that are kept for one variable or one argv; beyond that it is unknown.
pub(super) const MAX_ALTERNATIVES: usize = 16;

/// What a variable holds.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Content {
    /// It is not set.
    Unset,
    /// One value.
    Scalar(Value),
    /// An indexed or associative array, by key; indexed keys are padded so that they sort as numbers.
    Array(BTreeMap<Vec<u8>, Value>),
}

/// A variable: the possibilities of its content, and its attributes.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Variable {
    /// At least one, at most [`MAX_ALTERNATIVES`].
    pub(super) contents: Vec<Content>,
    pub(super) exported: bool,
    pub(super) integer: bool,
    pub(super) nameref: bool,
    /// `declare -u`, `-l`.
    pub(super) case: Option<u8>,
}

/// The state. Cloning is cheap: the maps are shared until one side changes them.
#[derive(Clone, Debug)]
pub(super) struct Env {
    variables: Rc<BTreeMap<Vec<u8>, Variable>>,
    pub(super) functions: Rc<BTreeMap<Vec<u8>, Rc<Command>>>,
    /// Functions that are defined on one branch only: the name may mean the program as well.
    pub(super) unsure: Rc<BTreeMap<Vec<u8>, ()>>,
    pub(super) aliases: Rc<BTreeMap<Vec<u8>, Value>>,
    /// Files that the script wrote, by path as written: their content.
    pub(super) files: Rc<BTreeMap<Vec<u8>, Value>>,
    /// Programs whose path was fixed by `hash -p`.
    pub(super) hashed: Rc<BTreeMap<Vec<u8>, Vec<u8>>>,
    /// `$1`, `$2` …; `None` if unknown.
    pub(super) positional: Option<Rc<Vec<Value>>>,
    /// `$0`
    pub(super) zero: Value,
    /// `None` if unknown.
    pub(super) cwd: Option<Value>,
    /// `shopt -s expand_aliases`
    pub(super) expand_aliases: bool,
    /// `shopt -s extglob`
    pub(super) extglob: bool,
    /// Descriptors that are open on known text, by number: an index into the tracer's streams.
    pub(super) descriptors: Rc<BTreeMap<u32, usize>>,
}

impl Variable {
    pub(super) fn scalar(value: Value) -> Variable {
        Variable::from_contents(vec![Content::Scalar(value)])
    }

    pub(super) fn from_contents(contents: Vec<Content>) -> Variable {
        Variable { contents, exported: false, integer: false, nameref: false, case: None }
    }
}

/// The sort key of an indexed element.
pub(super) fn index_key(index: usize) -> Vec<u8> {
    format!("{index:020}").into_bytes()
}

impl Env {
    /// The state at the start of a script.
    pub(super) fn new(facts: &Facts) -> Env {
        let known = |bytes: &[u8]| Value::text(bytes, Span::default());
        let mut variables = BTreeMap::new();
        let home = facts.home.as_ref().map(|home| (b"HOME".to_vec(), home.clone()));
        for (name, value) in facts.variables.clone().into_iter().chain(home) {
            variables.insert(name, Variable { exported: true, ..Variable::scalar(known(&value)) });
        }
        variables.insert(b"IFS".to_vec(), Variable::scalar(known(b" \t\n")));
        Env {
            variables: Rc::new(variables),
            functions: Rc::default(),
            unsure: Rc::default(),
            aliases: Rc::default(),
            files: Rc::default(),
            hashed: Rc::default(),
            positional: facts
                .arguments
                .as_ref()
                .map(|args| Rc::new(args.iter().map(|arg| known(arg)).collect())),
            zero: known(b"bash"),
            cwd: facts.cwd.as_ref().map(|cwd| known(cwd)),
            expand_aliases: false,
            extglob: false,
            descriptors: Rc::default(),
        }
    }

    /// The state of a shell that this one starts: exported variables, files, directory; nothing else.
    pub(super) fn child(&self) -> Env {
        let exported = self.variables.iter().filter(|(_, variable)| variable.exported);
        let mut variables: BTreeMap<_, _> =
            exported.map(|(name, value)| (name.clone(), value.clone())).collect();
        let ifs = Value::text(b" \t\n".as_slice(), Span::default());
        variables.insert(b"IFS".to_vec(), Variable::scalar(ifs));
        Env {
            variables: Rc::new(variables),
            functions: Rc::default(),
            aliases: Rc::default(),
            hashed: Rc::default(),
            expand_aliases: false,
            extglob: false,
            ..self.clone()
        }
    }

    /// The variable as assigned in sight, following namerefs.
    pub(super) fn variable(&self, name: &[u8]) -> Option<&Variable> {
        match self.variables.get(name) {
            Some(variable) if variable.nameref => self.variables.get(&self.resolve(name)),
            found => found,
        }
    }

    /// The name that `name` stands for, through at most eight namerefs.
    pub(super) fn resolve(&self, name: &[u8]) -> Vec<u8> {
        let mut name = name.to_vec();
        for _ in 0..8 {
            let Some(variable) = self.variables.get(&name).filter(|variable| variable.nameref) else { break };
            let Some(Content::Scalar(target)) = variable.contents.first() else { break };
            let Some(target) = target.known() else { break };
            name = target.into_owned();
        }
        name
    }

    /// The names of variables in sight that start with `prefix`.
    pub(super) fn names(&self, prefix: &[u8]) -> Vec<Vec<u8>> {
        self.variables.keys().filter(|name| name.starts_with(prefix)).cloned().collect()
    }

    /// Exported variables with a single value.
    pub(super) fn exported(&self) -> impl Iterator<Item = (&Vec<u8>, &Value)> {
        self.variables.iter().filter(|(_, variable)| variable.exported).filter_map(|(name, variable)| {
            match variable.contents.as_slice() {
                [Content::Scalar(value)] => Some((name, value)),
                _ => None,
            }
        })
    }

    /// Changes a variable, making it first if need be. Follows namerefs.
    pub(super) fn update(&mut self, name: &[u8], change: impl FnOnce(&mut Variable)) {
        let name = self.resolve(name);
        self.update_exact(&name, change);
    }

    /// Changes a variable itself, also if it is a nameref.
    pub(super) fn update_exact(&mut self, name: &[u8], change: impl FnOnce(&mut Variable)) {
        let variables = Rc::make_mut(&mut self.variables);
        let unset = || Variable::from_contents(vec![Content::Unset]);
        change(variables.entry(name.to_vec()).or_insert_with(unset));
    }

    /// Sets a variable to one of the given values, keeping its attributes.
    pub(super) fn assign(&mut self, name: &[u8], values: Vec<Value>) {
        self.assign_contents(name, values.into_iter().map(Content::Scalar).collect());
    }

    /// Sets a variable to one of the given contents, keeping its attributes.
    pub(super) fn assign_contents(&mut self, name: &[u8], contents: Vec<Content>) {
        self.update(name, |variable| variable.contents = limit(contents, name));
    }

    /// Makes a variable unset, in sight.
    pub(super) fn unset(&mut self, name: &[u8]) {
        self.update(name, |variable| *variable = Variable::from_contents(vec![Content::Unset]));
    }

    /// Puts a variable back to what it was (the end of a `local` or of a prefix assignment).
    pub(super) fn restore(&mut self, name: &[u8], saved: Option<Variable>) {
        let variables = Rc::make_mut(&mut self.variables);
        match saved {
            Some(variable) => variables.insert(name.to_vec(), variable),
            None => variables.remove(name),
        };
    }

    /// A variable itself, for [`Env::restore`].
    pub(super) fn saved(&self, name: &[u8]) -> Option<Variable> {
        self.variables.get(name).cloned()
    }

    /// Whether two states hold the same variables (cheap where they share them).
    pub(super) fn same_variables(&self, other: &Env) -> bool {
        Rc::ptr_eq(&self.variables, &other.variables) || self.variables == other.variables
    }

    /// What holds after a loop body ran an unknown number of times: variables that it changed are unknown.
    pub(super) fn widen(mut self, before: &Env) -> Env {
        if self.same_variables(before) {
            return self;
        }
        let changed: Vec<_> = self
            .variables
            .iter()
            .filter(|(name, variable)| before.variables.get(*name) != Some(variable))
            .map(|(name, _)| name.clone())
            .collect();
        for name in changed {
            self.update_exact(&name, |variable| {
                let mut contents = variable.contents.clone();
                contents.extend(ambient(&name).contents);
                variable.contents = limit(contents, &name);
            });
        }
        self
    }

    /// What holds after either this or the other state: possibilities are united, what differs otherwise
    /// becomes unknown.
    pub(super) fn join(mut self, other: Env) -> Env {
        if !self.same_variables(&other) {
            let mut joined = BTreeMap::new();
            for name in self.variables.keys().chain(other.variables.keys()) {
                let variable = match (self.variables.get(name), other.variables.get(name)) {
                    (Some(one), Some(two)) => join_variables(one, two, name),
                    (Some(one), None) | (None, Some(one)) => join_variables(one, &ambient(name), name),
                    (None, None) => continue,
                };
                joined.insert(name.clone(), variable);
            }
            self.variables = Rc::new(joined);
        }
        if self.positional != other.positional {
            self.positional = None;
        }
        if self.cwd != other.cwd {
            self.cwd = None;
        }
        if !Rc::ptr_eq(&self.functions, &other.functions) {
            let names = self.functions.keys().chain(other.functions.keys());
            let differs = |name: &&Vec<u8>| match (self.functions.get(*name), other.functions.get(*name)) {
                (Some(one), Some(two)) => !Rc::ptr_eq(one, two),
                _ => true,
            };
            let unsure: Vec<_> = names.filter(differs).cloned().collect();
            Rc::make_mut(&mut self.unsure).extend(unsure.into_iter().map(|name| (name, ())));
        }
        union(&mut self.unsure, &other.unsure);
        union(&mut self.functions, &other.functions);
        union(&mut self.aliases, &other.aliases);
        union(&mut self.hashed, &other.hashed);
        union(&mut self.descriptors, &other.descriptors);
        if !Rc::ptr_eq(&self.files, &other.files) {
            let files = Rc::make_mut(&mut self.files);
            for (path, content) in other.files.iter() {
                let entry = files.entry(path.clone()).or_insert_with(|| content.clone());
                if entry != content {
                    *entry = Value::unknown(Cause::Unmodelled, true, Span::default());
                }
            }
        }
        self.expand_aliases |= other.expand_aliases;
        self.extglob |= other.extglob;
        self
    }
}

/// A variable that the script has not assigned: it may come from the environment.
fn ambient(name: &[u8]) -> Variable {
    Variable::scalar(Value::unknown(Cause::Variable(name.to_vec()), true, Span::default()))
}

fn join_variables(one: &Variable, two: &Variable, name: &[u8]) -> Variable {
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
    }
}

fn limit(contents: Vec<Content>, name: &[u8]) -> Vec<Content> {
    if contents.is_empty() || contents.len() > MAX_ALTERNATIVES { ambient(name).contents } else { contents }
}

fn union<K: Ord + Clone, V: Clone>(one: &mut Rc<BTreeMap<K, V>>, two: &Rc<BTreeMap<K, V>>) {
    if Rc::ptr_eq(one, two) || two.is_empty() {
        return;
    }
    let map = Rc::make_mut(one);
    for (key, value) in two.iter() {
        map.entry(key.clone()).or_insert_with(|| value.clone());
    }
}
