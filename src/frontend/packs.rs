//! `argvet packs`: looks at the rules themselves.

mod list;
mod show;
mod test;

use super::cli::PacksCommand;
use super::{Error, Exit, output};

/// Lists, shows or tests packs.
pub(crate) fn run(command: PacksCommand) -> Result<Exit, Error> {
    match command {
        PacksCommand::List { format } => list::run(format),
        PacksCommand::Show { id, color } => show::run(&id, output::human(color)),
        PacksCommand::Test { pack, command: None } => test::examples(pack.as_deref()),
        PacksCommand::Test { pack, command: Some(command) } => test::command(pack.as_deref(), &command),
    }
}
