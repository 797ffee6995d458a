//! Packs: what argvet knows about programs and what it dislikes, as data. [`Catalog`] holds the built-in packs and a
//! user's own, and answers three questions: the grammar of a program, the rules about a program, the rules about an
//! effect.
//!
//! ```text
//! TOML ── file ── validate ──▶ rule, Grammar ── compile ──▶ bytes ── store ──▶ Catalog
//!                                                                    rule × invocation ── matching ──▶ Hit
//! ```
//!
//! It does not decide what a match means: that is `policy`.

mod client;
pub(crate) mod compare;
pub(crate) mod compile;
pub(crate) mod describe;
pub(crate) mod element;
pub(crate) mod error;
pub(crate) mod example;
pub(crate) mod file;
pub(crate) mod fit;
pub(crate) mod matching;
pub(crate) mod path;
pub(crate) mod pattern;
pub(crate) mod programs;
pub(crate) mod rule;
pub(crate) mod store;
pub(crate) mod telling;
pub(crate) mod validate;
pub(crate) mod validate_match;

pub use error::PackError;
pub use example::Outcome;
pub use rule::{Audited, CheckedAgainst, PackText, RuleText, Severity};

use crate::program::grammar::Prints;
use crate::program::{Grammar, Grammars};
use error::Source;
use rule::{EffectKey, Rule};
use std::cell::{OnceCell, RefCell};
use std::collections::{BTreeSet, HashMap};
use std::rc::Rc;
use store::Store;

/// The packs that are known, built-in and a user's own. One for each thread: it keeps what it has decoded.
#[derive(Debug)]
pub struct Catalog {
    /// The built-in packs first. A later store's grammar replaces an earlier one's.
    stores: Vec<Store>,
    /// By store and number of the program: names and aliases share a grammar.
    grammars: RefCell<HashMap<(usize, usize), Rc<Grammar>>>,
    rules: RefCell<HashMap<RuleRef, Rc<Rule>>>,
    programs: OnceCell<Rc<[String]>>,
    /// Commands whose output may be executed, besides those that packs name.
    producers: Vec<Vec<String>>,
}

/// A rule of a catalog.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub(crate) struct RuleRef {
    store: usize,
    rule: u16,
}

/// Which packs are on.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct PackSelection {
    /// All of them besides those that are off, not only those that are on by default.
    pub all: bool,
    /// Packs (`backup.restic`) or categories (`backup`) that are on besides those that are on by default.
    pub on: BTreeSet<String>,
    /// Packs or categories that are off.
    pub off: BTreeSet<String>,
}

/// A [`PackSelection`] applied to a catalog.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(crate) struct EnabledPacks(Vec<Vec<bool>>);

impl Catalog {
    /// The packs that argvet is built with.
    pub fn builtin() -> Catalog {
        Catalog::of(vec![Store::builtin()])
    }

    /// The packs of a source tree instead of the built-in ones, compiled as the build does: `files` are their paths
    /// below the folder (`backup/restic.toml`) with their texts. With errors, at most a few for each file.
    pub fn from_files(files: &[(String, String)]) -> Result<Catalog, Vec<PackError>> {
        let ids: Vec<String> =
            files.iter().map(|(file, _)| file.trim_end_matches(".toml").replace(['/', '\\'], ".")).collect();
        let sources: Vec<Source<'_>> =
            files.iter().zip(&ids).map(|((file, text), id)| Source { file, id, text }).collect();
        Ok(Catalog::of(vec![Store::compiled(compile::compile(&sources, &|_| None)?)]))
    }

    /// The same catalog with one pack more, or the error; see [`Catalog::add_user_pack`].
    pub fn with_user_pack(mut self, text: &str, file: &str) -> Result<Catalog, PackError> {
        self.add_user_pack(text, file)?;
        Ok(self)
    }

    /// Adds a pack. `file` is the name of its file, whose stem is the pack's id below `user.`; a pack with errors changes
    /// nothing.
    pub fn add_user_pack(&mut self, text: &str, file: &str) -> Result<(), PackError> {
        let stem = file.rsplit(['/', '\\']).next().unwrap_or(file).trim_end_matches(".toml");
        let id = format!("user.{}", stem.replace(['-', '.', ' '], "_").to_ascii_lowercase());
        let is_taken = |store: &Store| {
            (0..store.packs()).any(|pack| store.pack_id(pack).is_some_and(|taken| taken == id))
        };
        if self.stores.iter().any(is_taken) {
            let message = format!("expected another file name, {id} is the id of another pack");
            return Err(PackError { file: file.to_owned(), line: 1, message });
        }
        let base = |program: &str| self.grammar(program).map(Rc::unwrap_or_clone);
        let block = compile::compile(&[Source { file, id: &id, text }], &base).map_err(|mut errors| {
            let none = PackError { file: file.to_owned(), line: 1, message: "expected a pack".to_owned() };
            if errors.is_empty() { none } else { errors.swap_remove(0) }
        })?;
        // What was decoded stays valid: it is kept by the store that it came from.
        self.stores.push(Store::compiled(block));
        Ok(())
    }

    /// The same catalog, in which the output of some more commands may be executed: `[["mytool", "shellenv"]]`.
    #[must_use]
    pub fn with_trusted_producers(self, producers: Vec<Vec<String>>) -> Catalog {
        Catalog { producers, ..Catalog::of(self.stores) }
    }

    /// What all packs say, in the order of their ids; a user's packs last.
    pub fn packs(&self) -> Vec<PackText> {
        let texts = |store| (0..Store::packs(store)).filter_map(|pack| store.pack_text(pack));
        self.stores.iter().flat_map(texts).collect()
    }

    /// The ids of all packs, in the same order. Cheaper than what they say.
    pub fn pack_ids(&self) -> Vec<String> {
        let ids = |store| (0..Store::packs(store)).filter_map(|pack| store.pack_id(pack));
        self.stores.iter().flat_map(ids).collect()
    }

    /// What the rules of a pack say.
    pub fn rules(&self, pack: &str) -> Vec<RuleText> {
        for store in &self.stores {
            let number = (0..store.packs()).find(|n| store.pack_id(*n).is_some_and(|id| id == pack));
            if let Some(number) = number {
                let rules = store.rules_of(number).filter_map(|rule| u16::try_from(rule).ok());
                return rules.filter_map(|rule| store.rule_text(rule)).collect();
            }
        }
        Vec::new()
    }

    /// What the rules of a pack say and do.
    pub(crate) fn conditions_of(&self, pack: &str) -> Vec<(RuleText, Rc<Rule>)> {
        let mut rules = Vec::new();
        for (at, store) in self.stores.iter().enumerate() {
            let number = (0..store.packs()).find(|n| store.pack_id(*n).is_some_and(|id| id == pack));
            let of_pack = number.map(|number| store.rules_of(number)).unwrap_or_default();
            for rule in of_pack.filter_map(|rule| u16::try_from(rule).ok()) {
                let conditions = self.conditions(RuleRef { store: at, rule });
                rules.extend(store.rule_text(rule).zip(conditions));
            }
        }
        rules
    }

    /// What the rule with this id (`backup.restic/forget-prune`) says.
    pub fn rule(&self, id: &str) -> Option<RuleText> {
        let (pack, _) = id.split_once('/')?;
        self.rules(pack).into_iter().find(|rule| rule.id == id)
    }

    /// The packs that a selection turns on.
    pub(crate) fn enabled(&self, selection: &PackSelection) -> EnabledPacks {
        let is_on = |store: &Store, pack| {
            let default = selection.all || store.is_default(pack);
            if selection.on.is_empty() && selection.off.is_empty() {
                return default;
            }
            let id = store.pack_id(pack).unwrap_or_default();
            let named = |set: &BTreeSet<String>| {
                set.contains(&id) || id.split_once('.').is_some_and(|(category, _)| set.contains(category))
            };
            // A pack that is named itself counts for more than its category.
            let exactly = selection.on.contains(&id) && !selection.off.contains(&id);
            exactly || ((default || named(&selection.on)) && !named(&selection.off))
        };
        let packs = |store| (0..Store::packs(store)).map(|pack| is_on(store, pack)).collect();
        EnabledPacks(self.stores.iter().map(packs).collect())
    }

    /// The rules that are about the command `path` or an outer command of it. With `open`, the rules about its
    /// subcommands, too: which one is meant cannot be known.
    pub(crate) fn rules_about(&self, path: &[String], open: bool, enabled: &EnabledPacks) -> Vec<RuleRef> {
        let Some((program, rest)) = path.split_first() else { return Vec::new() };
        let rest = rest.join(" ");
        let mut rules = Vec::new();
        for (at, store) in self.stores.iter().enumerate() {
            let Some(program) = store.program(program) else { continue };
            for usage in store.uses(program) {
                let concerns = is_within(rest.as_bytes(), usage.path)
                    || (open && is_within(usage.path, rest.as_bytes()));
                let rule = RuleRef { store: at, rule: usage.rule };
                if concerns && self.is_enabled(rule, enabled) && !rules.contains(&rule) {
                    rules.push(rule);
                }
            }
        }
        rules
    }

    /// The rules without a command that need this effect.
    pub(crate) fn rules_by_effect(&self, key: EffectKey, enabled: &EnabledPacks) -> Vec<RuleRef> {
        let rules = self
            .stores
            .iter()
            .enumerate()
            .flat_map(|(at, store)| store.by_effect(key).map(move |rule| RuleRef { store: at, rule }));
        rules.filter(|rule| self.is_enabled(*rule, enabled)).collect()
    }

    /// What a rule does.
    pub(crate) fn conditions(&self, rule: RuleRef) -> Option<Rc<Rule>> {
        if let Some(known) = self.rules.borrow().get(&rule) {
            return Some(Rc::clone(known));
        }
        let decoded = Rc::new(self.stores.get(rule.store)?.rule(rule.rule)?);
        self.rules.borrow_mut().insert(rule, Rc::clone(&decoded));
        Some(decoded)
    }

    /// What a rule says.
    pub(crate) fn text(&self, rule: RuleRef) -> Option<RuleText> {
        self.stores.get(rule.store)?.rule_text(rule.rule)
    }

    fn of(stores: Vec<Store>) -> Catalog {
        Catalog {
            stores,
            grammars: RefCell::default(),
            rules: RefCell::default(),
            programs: OnceCell::new(),
            producers: Vec::new(),
        }
    }

    /// A grammar with what is said about the output of its commands; `None` if nothing is.
    fn producer(&self, program: &str, grammar: Option<&Grammar>) -> Option<Grammar> {
        let is_meant = |name: &str| {
            name == program
                || grammar
                    .is_some_and(|grammar| grammar.name == name || grammar.aliases.iter().any(|a| a == name))
        };
        let meant =
            self.producers.iter().filter_map(|words| words.split_first().filter(|(name, _)| is_meant(name)));
        let mut changed = None;
        for (_, path) in meant {
            let unknown = || Grammar { name: program.to_owned(), ..Grammar::default() };
            let whole = changed.get_or_insert_with(|| grammar.cloned().unwrap_or_else(unknown));
            trust(whole, path);
        }
        changed
    }

    fn is_enabled(&self, rule: RuleRef, enabled: &EnabledPacks) -> bool {
        let pack = self.stores.get(rule.store).and_then(|store| store.pack_of(rule.rule));
        pack.and_then(|pack| enabled.0.get(rule.store)?.get(pack).copied()).unwrap_or(false)
    }
}

impl Grammars for Catalog {
    fn grammar(&self, program: &str) -> Option<Rc<Grammar>> {
        let known = self.stores.iter().enumerate().rev().find_map(|(at, store)| {
            let key = (at, store.program(program)?);
            if let Some(known) = self.grammars.borrow().get(&key) {
                return Some(Rc::clone(known));
            }
            let grammar = store.grammar(key.1)?;
            let grammar = Rc::new(self.producer(program, Some(&grammar)).unwrap_or(grammar));
            self.grammars.borrow_mut().insert(key, Rc::clone(&grammar));
            Some(grammar)
        });
        known.or_else(|| self.producer(program, None).map(Rc::new))
    }

    fn programs(&self) -> Rc<[String]> {
        let collect = || {
            // `*` is any program, and what has a colon is an image or a function: no word of a command.
            let is_word = |name: &&[u8]| !name.iter().any(|byte| matches!(byte, b':' | b'*'));
            let names =
                self.stores.iter().flat_map(|store| store.names().map(|(name, _)| name)).filter(is_word);
            let mut programs: Vec<String> =
                names.map(|name| String::from_utf8_lossy(name).into_owned()).collect();
            programs.sort_unstable();
            programs.dedup();
            programs.into()
        };
        Rc::clone(self.programs.get_or_init(collect))
    }
}

/// Says that the output of a subcommand may be executed.
fn trust(grammar: &mut Grammar, path: &[String]) {
    let Some((first, rest)) = path.split_first() else {
        grammar.prints = Some(Prints::TrustedCode);
        return;
    };
    let is_meant = |sub: &Grammar| sub.name == *first || sub.aliases.contains(first);
    let known = grammar.subcommands.iter().position(is_meant);
    if let Some(known) = known.and_then(|at| grammar.subcommands.get_mut(at)) {
        return trust(known, rest);
    }
    let mut added = Grammar { name: first.clone(), style: grammar.style, ..Grammar::default() };
    trust(&mut added, rest);
    grammar.subcommands.push(added);
}

/// Whether the command `path` is `outer` or one of its subcommands, both as words joined by blanks.
fn is_within(path: &[u8], outer: &[u8]) -> bool {
    match path.strip_prefix(outer) {
        Some([] | [b' ', ..]) => true,
        Some(_) => outer.is_empty(),
        None => false,
    }
}

#[cfg(test)]
mod tests;
