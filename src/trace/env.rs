//! The state that a shell carries from command to command: variables, functions, aliases, positional
//! parameters, the working directory, files that the script itself wrote. Branches clone it and join.
//!
//! It holds what is *known*; it reads nothing of the real environment but what [`Facts`] offer.

mod directory;
mod files;
mod options;
mod positional;
mod variable;

pub(super) use directory::Directory;
pub(super) use files::{File, Files, Name, Output, Unpacked, full_path, pattern_path};
pub(super) use options::Options;
pub(super) use positional::Positional;
pub(super) use variable::{Content, Variable, index_key, next_index};

use crate::facts::Facts;
use crate::source::Span;
use crate::syntax::ast::Command;
use crate::value::{Cause, Match, Value};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::rc::Rc;
use variable::{ambient, join_variables, limit};

/// Most possibilities that are kept for one variable or one argv; beyond that it is unknown.
pub(super) const MAX_ALTERNATIVES: usize = 16;

/// The state. Cloning is cheap: the maps are shared until one side changes them.
#[derive(Clone, Debug)]
pub(super) struct Env {
    variables: Rc<BTreeMap<Vec<u8>, Variable>>,
    pub(super) functions: Rc<BTreeMap<Vec<u8>, Rc<Command>>>,
    /// Those that child shells have, too.
    exported_functions: Rc<BTreeMap<Vec<u8>, ()>>,
    /// Functions that are defined on one branch only: the name may mean the program as well.
    pub(super) unsure: Rc<BTreeMap<Vec<u8>, ()>>,
    /// What actions of traps may assign at any time.
    anytime: Rc<BTreeMap<Vec<u8>, Vec<Content>>>,
    /// Aliases that are not the same on all branches: the name may mean what it means without.
    pub(super) unsure_aliases: Rc<BTreeMap<Vec<u8>, ()>>,
    /// The aliases of the text that is read next.
    pub(super) aliases: Rc<BTreeMap<Vec<u8>, Value>>,
    /// Those of the text that is running: bash expands aliases when it reads a line.
    pub(super) aliases_read: Rc<BTreeMap<Vec<u8>, Value>>,
    /// Files that the script wrote.
    pub(super) files: Files,
    /// Programs whose path was fixed by `hash -p`.
    pub(super) hashed: Rc<BTreeMap<Vec<u8>, Vec<u8>>>,
    /// `$1`, `$2` …
    pub(super) positional: Positional,
    /// `$0`
    pub(super) zero: Value,
    /// Whether a file out of sight was sourced: it may have set any variable.
    pub(super) has_sourced: bool,
    /// `$_`: the last word of the last simple command, if that is known.
    pub(super) last_word: Option<Rc<Value>>,
    /// Where `getopts` stands: the word, counted from 1, and how many of its letters are done.
    pub(super) option_at: (usize, usize),
    /// The working directory.
    pub(super) directory: Directory,
    /// Options that change what runs.
    pub(super) options: Options,
    /// Descriptors that are open on known text, by number: an index into the tracer's streams.
    pub(super) descriptors: Rc<BTreeMap<u32, usize>>,
    /// Descriptors that are open for writing, by number; what is not here leads out of sight.
    pub(super) outputs: Rc<BTreeMap<u32, Output>>,
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
            exported_functions: Rc::default(),
            unsure: Rc::default(),
            anytime: Rc::default(),
            unsure_aliases: Rc::default(),
            aliases: Rc::default(),
            aliases_read: Rc::default(),
            files: Files::default(),
            hashed: Rc::default(),
            positional: facts.arguments.as_ref().map_or_else(Positional::unknown, |arguments| {
                Positional::of(arguments.iter().map(|argument| known(argument)).collect())
            }),
            zero: known(b"bash"),
            has_sourced: false,
            last_word: None,
            option_at: (1, 0),
            directory: Directory::at(facts.cwd.as_ref().map(|cwd| known(cwd))),
            options: Options::of(facts.dialect),
            descriptors: Rc::default(),
            outputs: Rc::new(BTreeMap::from([(1, Output::On)])),
        }
    }

    /// The state of a shell that this one starts: exported variables, files, directory; nothing else.
    pub(super) fn child(&self) -> Env {
        let exported = self.variables.iter().filter(|(_, variable)| variable.exported);
        let mut variables: BTreeMap<_, _> =
            exported.map(|(name, value)| (name.clone(), value.inherited())).collect();
        let functions = self.functions.iter().filter(|(name, _)| self.exported_functions.contains_key(*name));
        let functions = functions.map(|(name, body)| (name.clone(), body.clone())).collect();
        let ifs = Value::text(b" \t\n".as_slice(), Span::default());
        variables.insert(b"IFS".to_vec(), Variable::scalar(ifs));
        Env {
            variables: Rc::new(variables),
            functions: Rc::new(functions),
            anytime: Rc::default(),
            aliases: Rc::default(),
            aliases_read: Rc::default(),
            hashed: Rc::default(),
            options: Options::default(),
            option_at: (1, 0),
            last_word: None,
            ..self.clone()
        }
    }

    /// Standard output leads to somebody new: a pipe or a substitution, and with `|&` so does standard error.
    pub(super) fn reconnect(&mut self, error: bool) {
        let outputs = Rc::make_mut(&mut self.outputs);
        outputs.insert(1, Output::On);
        if error {
            outputs.insert(2, Output::On);
        } else if outputs.get(&2) == Some(&Output::On) {
            outputs.remove(&2);
        }
    }

    /// What a program that is started finds in a variable of its environment.
    pub(super) fn inherited(&self, name: &[u8], span: Span) -> Value {
        let exported = self.variable(name).filter(|variable| variable.exported);
        match exported.map(|variable| variable.contents.as_slice()) {
            Some([Content::Scalar(value)]) => value.clone(),
            _ => Value::unknown(Cause::Variable(name.to_vec()), false, span),
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
            let [Content::Scalar(target)] = variable.contents.as_slice() else { break };
            let Some(target) = target.known().filter(|target| !target.is_empty()) else { break };
            name = target.into_owned();
        }
        name
    }

    /// Whether the variable stands for another.
    pub(super) fn is_nameref(&self, name: &[u8]) -> bool {
        self.variables.get(name).is_some_and(|variable| variable.nameref)
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
        let exports = self.options.allexport;
        let name = self.resolve(name);
        if self.is_nameref(&name) {
            // It stands for a variable whose name is not known.
            contents.iter().for_each(|content| self.set_any(b"", content));
        }
        let mut contents = contents;
        contents.extend(self.anytime.get(&name).into_iter().flatten().cloned());
        self.update_exact(&name, |variable| {
            variable.exported |= exports;
            variable.set(limit(contents, &name));
        });
    }

    /// Makes a variable unset, in sight; a nameref itself if `exact`.
    pub(super) fn unset(&mut self, name: &[u8], exact: bool) {
        let name = if exact { name.to_vec() } else { self.resolve(name) };
        self.update_exact(&name, |variable| match variable.readonly {
            Match::No => *variable = Variable::from_contents(vec![Content::Unset]),
            _ => variable.set(vec![Content::Unset]),
        });
    }

    /// A variable of which only the beginning of the name is known gets a content: it may be any that is in sight.
    pub(super) fn set_any(&mut self, prefix: &[u8], content: &Content) {
        // Nobody means these by chance, and every word hangs on them.
        let is_meant = |name: &[u8]| name.starts_with(prefix) && !matches!(name, b"IFS" | b"HOME");
        let names: Vec<_> = self.variables.keys().filter(|name| is_meant(name)).cloned().collect();
        for name in names {
            self.update_exact(&name, |variable| {
                if variable.readonly != Match::Certain && !variable.contents.contains(content) {
                    let contents = variable.contents.iter().chain([content]).cloned().collect();
                    variable.contents = limit(contents, &name);
                }
            });
        }
    }

    /// The variable may get one of these contents at any time from now on, as an action of a trap assigns it.
    pub(super) fn set_anytime(&mut self, name: &[u8], contents: &[Content]) {
        let also = Rc::make_mut(&mut self.anytime).entry(name.to_vec()).or_default();
        also.extend(contents.iter().cloned());
        *also = limit(std::mem::take(also), name);
        self.update_exact(name, |variable| {
            let contents = variable.contents.iter().chain(contents).cloned().collect();
            variable.contents = limit(contents, name);
        });
    }

    /// The names of variables that hold something else here, and what they hold.
    pub(super) fn differing<'e>(
        &'e self,
        before: &'e Env,
    ) -> impl Iterator<Item = (&'e Vec<u8>, &'e [Content])> {
        let is_new = |(name, variable): &(&Vec<u8>, &Variable)| {
            before.variables.get(*name).is_none_or(|before| before.contents != variable.contents)
        };
        self.variables.iter().filter(is_new).map(|(name, variable)| (name, variable.contents.as_slice()))
    }

    /// Changes the elements of an array, making it one first if need be.
    pub(super) fn update_elements(
        &mut self,
        name: &[u8],
        mut change: impl FnMut(&mut BTreeMap<Vec<u8>, Value>),
    ) {
        self.update(name, |variable| {
            let arrays = variable.contents.iter().map(|content| {
                let mut elements = content.elements();
                change(&mut elements);
                Content::Array(elements)
            });
            let arrays = arrays.collect();
            variable.set(arrays);
        });
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

    /// Defines a function.
    pub(super) fn define(&mut self, name: Vec<u8>, body: Command) {
        if self.options.allexport {
            Rc::make_mut(&mut self.exported_functions).insert(name.clone(), ());
        }
        Rc::make_mut(&mut self.functions).insert(name, Rc::new(body));
    }

    /// `export -f`: shells that this one starts have the functions, too.
    pub(super) fn export_functions<'n>(&mut self, names: impl Iterator<Item = Cow<'n, [u8]>>) {
        for name in names {
            Rc::make_mut(&mut self.exported_functions).insert(name.into_owned(), ());
        }
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
        self.positional.join(&other.positional);
        self.directory = self.directory.join(other.directory);
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
        union(&mut self.anytime, &other.anytime);
        union(&mut self.functions, &other.functions);
        union(&mut self.exported_functions, &other.exported_functions);
        if !Rc::ptr_eq(&self.aliases, &other.aliases) {
            let names = self.aliases.keys().chain(other.aliases.keys());
            let unsure: Vec<_> =
                names.filter(|name| self.aliases.get(*name) != other.aliases.get(*name)).cloned().collect();
            Rc::make_mut(&mut self.unsure_aliases).extend(unsure.into_iter().map(|name| (name, ())));
        }
        union(&mut self.unsure_aliases, &other.unsure_aliases);
        union(&mut self.aliases, &other.aliases);
        union(&mut self.aliases_read, &other.aliases_read);
        union(&mut self.hashed, &other.hashed);
        union(&mut self.descriptors, &other.descriptors);
        union(&mut self.outputs, &other.outputs);
        self.files.join(&other.files);
        self.options = self.options.join(other.options);
        self.has_sourced |= other.has_sourced;
        self.last_word = self.last_word.filter(|word| Some(word) == other.last_word.as_ref());
        self
    }
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
