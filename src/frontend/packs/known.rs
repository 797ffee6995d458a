//! The packs that `argvet packs` looks at: the built-in ones, the user's own, and those of projects that are trusted.

use crate::frontend::cli::PackSource;
use crate::frontend::locations::PROJECT_PACKS;
use crate::frontend::policy::files::TextFile;
use crate::frontend::policy::{self, Configuration, project};
use crate::frontend::{Error, Exit};
use crate::{Catalog, PackSelection, PackText, Policy};
use std::path::{Path, PathBuf};
use std::rc::Rc;

/// All packs that can be named here.
pub(super) struct Known {
    base: Catalog,
    own: Vec<TextFile>,
    /// One sentence for each pack that is left out.
    problems: Vec<String>,
}

impl Known {
    /// The packs that count in the current directory.
    pub(super) fn read(source: &PackSource) -> Result<Known, Error> {
        let base = policy::catalog(source)?;
        let cwd = std::env::current_dir().ok();
        let Configuration { locations, packs, mut problems, .. } = Configuration::read(cwd.as_deref());
        for project in cwd.map(|cwd| project::at(&cwd, &mut Vec::new())).unwrap_or_default() {
            let is_trusted = locations.as_ref().is_some_and(|locations| project.is_trusted(locations));
            if !project.packs.is_empty() && !is_trusted {
                let folder = project.root.join(PROJECT_PACKS);
                let root = project.root.display();
                problems.push(format!("{}: it is not trusted yet (argvet trust {root})", folder.display()));
            }
        }
        Ok(Known { base, own: packs, problems })
    }

    /// All of them, after standard error was told which are left out.
    pub(super) fn catalog(self) -> Catalog {
        self.put_together().0
    }

    /// The same, and whether there is nothing wrong with any.
    fn put_together(self) -> (Catalog, bool) {
        let Known { base, own, mut problems } = self;
        let catalog = policy::with_packs(base, &own, &mut problems);
        for problem in &problems {
            anstream::eprintln!("argvet: {problem}; it is left out");
        }
        (catalog, problems.is_empty())
    }

    /// Those that an argument means: a pack, a file with one, or all.
    pub(super) fn meant(mut self, pack: Option<&str>) -> Result<Meant, Error> {
        let file = pack.filter(|pack| is_file_name(pack));
        if let Some(file) = file {
            // It is looked at as it is now, even if it counts already.
            let same = |own: &TextFile| own.path.canonicalize().ok() == Path::new(file).canonicalize().ok();
            self.own.retain(|own| !same(own));
        }
        let (mut catalog, are_right) = self.put_together();
        let known = catalog.packs();
        let packs = match (pack, file) {
            (None, _) => known,
            (_, Some(file)) => {
                let path = PathBuf::from(file);
                let text = std::fs::read_to_string(&path).map_err(|source| Error::Read { path, source })?;
                catalog.add_user_pack(&text, file).map_err(Error::Pack)?;
                catalog.packs().into_iter().skip(known.len()).collect()
            }
            (Some(id), None) => {
                let packs: Vec<PackText> = known.into_iter().filter(|text| text.id == id).collect();
                if packs.is_empty() {
                    return Err(Error::Argument(format!("no pack is named {id}; see `argvet packs list`")));
                }
                packs
            }
        };
        let all = PackSelection { all: true, ..PackSelection::default() };
        let policy = Policy::new(Rc::new(catalog), &all);
        Ok(Meant { policy, packs, are_right: are_right || pack.is_some() })
    }
}

/// The packs that are meant.
pub(super) struct Meant {
    /// A policy in which all packs are on.
    pub(super) policy: Policy,
    /// Those that are meant.
    pub(super) packs: Vec<PackText>,
    /// Whether none of them had to be left out.
    are_right: bool,
}

impl Meant {
    /// How a run ends that has found so many faults in them.
    pub(super) fn exit(&self, faults: usize) -> Exit {
        if faults == 0 && self.are_right { Exit::Allow } else { Exit::Deny }
    }
}

/// Whether an argument names a file and not a pack.
fn is_file_name(argument: &str) -> bool {
    argument.contains('/') || Path::new(argument).extension().is_some_and(|extension| extension == "toml")
}
