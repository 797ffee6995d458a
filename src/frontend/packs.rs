//! `argvet packs`: looks at the rules themselves.

mod audit;
mod docs;
mod list;
mod new;
mod show;
mod test;
mod validate;

pub(crate) use audit::AuditArguments;

use super::cli::{PacksArgs, PacksCommand};
use super::{Error, Exit, output, policy};

/// Lists, shows or tests packs.
pub(crate) fn run(arguments: PacksArgs) -> Result<Exit, Error> {
    let catalog = policy::catalog(&arguments.source)?;
    match arguments.command {
        PacksCommand::List { format } => list::run(&catalog, format),
        PacksCommand::Show { id, color } => show::run(&catalog, &id, output::human(color)),
        PacksCommand::New { id } => new::run(&id),
        PacksCommand::Validate { pack } => validate::run(catalog, pack.as_deref()),
        PacksCommand::Audit(arguments) => audit::run(catalog, &arguments),
        PacksCommand::Docs { folder } => docs::run(&catalog, &folder),
        PacksCommand::Test { pack, command: None } => test::examples(catalog, pack.as_deref()),
        PacksCommand::Test { pack, command: Some(command) } => {
            test::command(catalog, pack.as_deref(), &command)
        }
    }
}
