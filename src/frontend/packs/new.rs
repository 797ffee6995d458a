//! `argvet packs new`: a pack to begin with.

use crate::frontend::{Error, Exit};
use std::io::Write;

/// Prints a commented pack for the program that the id names last.
pub(super) fn run(id: &str) -> Result<Exit, Error> {
    let is_word = |word: &str| {
        let mut bytes = word.bytes();
        bytes.next().is_some_and(|first| first.is_ascii_lowercase())
            && bytes.all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_')
    };
    if !id.split('.').all(is_word) {
        return Err(Error::Argument(format!(
            "packs new: expected an id such as backup.kopia (lower-case words, digits and _), found {id}"
        )));
    }
    let program = id.rsplit('.').next().unwrap_or(id).replace('_', "-");
    let text = TEMPLATE.replace("PROGRAM", &program);
    std::io::stdout().write_all(text.as_bytes()).map_err(Error::Write)?;
    Ok(Exit::Allow)
}

/// Valid as it stands, so that the first `packs test` shows what an outcome looks like.
const TEMPLATE: &str = include_str!("template.toml");

#[cfg(test)]
mod tests {
    use super::TEMPLATE;
    use crate::{Catalog, PackSelection, Policy, run_examples};
    use std::rc::Rc;

    #[test]
    fn the_template_is_a_pack_whose_examples_hold() {
        let text = TEMPLATE.replace("PROGRAM", "kopia-demo");
        let catalog = Catalog::builtin().with_user_pack(&text, "kopia-demo.toml").unwrap();
        let all = PackSelection { all: true, ..PackSelection::default() };
        let outcomes = run_examples("user.kopia_demo", &Policy::new(Rc::new(catalog), &all));
        assert!(outcomes.is_empty(), "{outcomes:?}");
    }
}
