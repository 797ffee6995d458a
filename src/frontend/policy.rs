//! The policy that front ends judge by: packs, configurations and exceptions, read from where they are and put together.
//!
//! A file that cannot be used never switches the guard off. It is left out, as if it were not there, and whoever asked
//! is told ([`Assembled::problems`]).

mod environment;
pub(crate) mod exceptions;
pub(crate) mod files;
mod folder;
pub(crate) mod names;
pub(crate) mod project;

use super::Error;
use super::cli::{Packs, Selection};
use super::locations::{Locations, system_file};
use crate::{Authority, Catalog, Layer, Occasion, Policy, PolicyError, Settings};
use files::TextFile;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::path::Path;
use std::rc::Rc;

pub(crate) use folder::catalog;

/// A policy, and what could not be used for it.
pub(crate) struct Assembled {
    /// The policy.
    pub(crate) policy: Policy,
    /// Where the user's files are.
    pub(crate) locations: Option<Locations>,
    /// One sentence for each file or variable that was left out.
    pub(crate) problems: Vec<String>,
    /// The same of exceptions, which are read when a finding asks for them.
    pub(crate) late: Rc<RefCell<Vec<String>>>,
}

/// For what a policy is wanted.
#[derive(Clone, Copy, Default, Debug)]
pub(crate) struct Purpose<'a> {
    /// The host that asks.
    pub(crate) host: Option<&'a str>,
    /// The directory in which the command starts.
    pub(crate) cwd: Option<&'a Path>,
}

/// All that is configured, the weakest first.
pub(crate) struct Configuration {
    pub(crate) locations: Option<Locations>,
    pub(crate) layers: Vec<Layer>,
    /// The text of each layer that comes from a file.
    texts: BTreeMap<String, String>,
    /// The user's own packs, and those of trusted projects.
    pub(crate) packs: Vec<TextFile>,
    pub(crate) problems: Vec<String>,
}

/// A setting that a command line sets, and its value as written there: `("packs", "all")` for `--packs all`.
pub(crate) type Flag = (&'static str, String);

/// The policy of a host.
pub(crate) fn for_host(purpose: Purpose<'_>) -> Assembled {
    assemble(Configuration::read(purpose.cwd), Catalog::builtin(), purpose)
}

/// The policy of a host whose hook is called with flags. A wrong flag is left out, as a wrong file is.
pub(crate) fn for_hook(purpose: Purpose<'_>, flags: &[Flag]) -> Assembled {
    let mut configuration = Configuration::read(purpose.cwd);
    for flag in flags {
        if let Err(problem) = configuration.add_flag(flag) {
            configuration.problems.push(problem);
        }
    }
    assemble(configuration, Catalog::builtin(), purpose)
}

/// The policy for a command line with flags. Wrong flags are errors.
pub(crate) fn for_arguments(packs: &Packs, purpose: Purpose<'_>) -> Result<Assembled, Error> {
    let mut configuration = Configuration::read(purpose.cwd);
    let Selection { packs: list, preset } = &packs.selection;
    let flags = [("packs", list.join(",")), ("preset", preset.clone().unwrap_or_default())];
    for flag in flags.iter().filter(|(_, value)| !value.is_empty()) {
        configuration.add_flag(flag).map_err(Error::Argument)?;
    }
    let catalog = catalog(&packs.source)?;
    let assembled = assemble(configuration, catalog, purpose);
    names::check_list(list, &assembled.policy.catalog)?;
    Ok(assembled)
}

impl Assembled {
    /// The policy, after standard error was told what is left out.
    pub(crate) fn tell(self) -> Policy {
        for problem in &self.problems {
            anstream::eprintln!("argvet: {problem}; it is left out");
        }
        self.policy
    }
}

fn assemble(configuration: Configuration, catalog: Catalog, purpose: Purpose<'_>) -> Assembled {
    let Configuration { locations, layers, texts, packs, mut problems } = configuration;
    let catalog = with_packs(catalog, &packs, &mut problems);
    problems.extend(layers.iter().flat_map(|layer| unknown_names(layer, texts.get(&layer.name), &catalog)));
    let home = locations.as_ref().and_then(|locations| locations.home.clone());
    let occasion = Occasion { host: purpose.host, cwd: purpose.cwd, home: home.as_deref() };
    let policy = Policy::configured(catalog, &layers, occasion);
    let own = locations.as_ref().filter(|locations| locations.is_config_own);
    let exceptions = own.map(Locations::exceptions_file);
    let late = Rc::new(RefCell::new(Vec::new()));
    let policy = match exceptions {
        Some(path) => {
            let told = late.clone();
            policy.with_exceptions(move || {
                let (exceptions, problems) = exceptions::load(&path);
                told.borrow_mut().extend(problems);
                exceptions
            })
        }
        None => policy,
    };
    Assembled { policy, locations, problems, late }
}

impl Configuration {
    /// Reads everything that counts for a command in `cwd`. Files that are not there cost a look each.
    pub(crate) fn read(cwd: Option<&Path>) -> Configuration {
        let cwd = cwd.filter(|cwd| cwd.is_absolute());
        let locations = Locations::of(cwd);
        let mut all = Configuration {
            locations,
            layers: Vec::new(),
            texts: BTreeMap::new(),
            packs: Vec::new(),
            problems: Vec::new(),
        };
        all.add_file(&system_file(), Authority::Floor);
        if let Some(locations) = all.locations.clone() {
            let own = locations.is_config_own;
            all.add_file(&locations.user_file(), if own { Authority::Full } else { Authority::TightenOnly });
            if own {
                let (packs, problems) = files::packs(&locations.user_packs());
                all.packs.extend(packs);
                all.problems.extend(problems);
            }
        }
        for project in cwd.map(|cwd| project::at(cwd, &mut all.problems)).unwrap_or_default() {
            let trusted = all.locations.as_ref().is_some_and(|locations| project.is_trusted(locations));
            if let Some(file) = &project.config {
                let authority = if trusted { Authority::Full } else { Authority::TightenOnly };
                all.add(file, authority, Some(&project.root));
            }
            if trusted {
                all.packs.extend(project.packs);
            }
        }
        all.layers.extend(environment::layers(&mut all.problems));
        all
    }

    /// Whether the file is that of the system or of the user, not of a project.
    pub(crate) fn is_of_user_or_system(&self, path: &Path) -> bool {
        let user = self.locations.as_ref().map(Locations::user_file);
        path == system_file() || user.as_deref() == Some(path)
    }

    fn add_flag(&mut self, (setting, value): &Flag) -> Result<(), String> {
        let name = format!("--{setting}");
        let settings = environment::parse(setting, value, &name)?;
        self.layers.push(Layer { name, authority: Authority::Full, root: None, settings });
        Ok(())
    }

    fn add_file(&mut self, path: &Path, authority: Authority) {
        match files::read(path) {
            Ok(Some(file)) => self.add(&file, authority, None),
            Ok(None) => {}
            Err(problem) => self.problems.push(problem),
        }
    }

    fn add(&mut self, file: &TextFile, authority: Authority, root: Option<&Path>) {
        let name = file.path.display().to_string();
        match Settings::parse(&file.text, &name, root.is_some()) {
            Ok(settings) => {
                self.texts.insert(name.clone(), file.text.clone());
                self.layers.push(Layer { name, authority, root: root.map(Path::to_owned), settings });
            }
            // What stands in a project's file is not repeated to an agent.
            Err(error) if authority == Authority::TightenOnly => {
                self.problems.push(format!("{}:{}: cannot be used", error.file, error.line));
            }
            Err(error) => self.problems.push(error.to_string()),
        }
    }
}

/// What is wrong with names in a layer. Those in a project's file are not repeated to an agent.
fn unknown_names(layer: &Layer, text: Option<&String>, catalog: &Catalog) -> Vec<String> {
    let text = text.map(String::as_str);
    let wrong = names::unknown(&layer.settings, text.unwrap_or_default(), &layer.name, catalog);
    let say = |error: PolicyError| match (text, layer.authority) {
        (None, _) => format!("{}: {}", error.file, error.message),
        (_, Authority::TightenOnly) => format!("{}:{}: cannot be used", error.file, error.line),
        _ => error.to_string(),
    };
    wrong.into_iter().map(say).collect()
}

/// Adds a user's packs to the catalog. One that cannot be used is left out.
pub(crate) fn with_packs(mut catalog: Catalog, packs: &[TextFile], problems: &mut Vec<String>) -> Catalog {
    for pack in packs {
        if let Err(error) = catalog.add_user_pack(&pack.text, &pack.path.display().to_string()) {
            problems.push(error.to_string());
        }
    }
    catalog
}
