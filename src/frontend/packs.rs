//! `argvet packs`: looks at the rules themselves.

mod audit;
mod docs;
mod known;
mod list;
mod new;
mod show;
mod test;
mod validate;

pub(crate) use audit::AuditArguments;

use super::cli::{PacksArgs, PacksCommand};
use super::{Error, Exit, output, policy};
use known::Known;

/// Lists, shows or tests packs.
pub(crate) fn run(arguments: PacksArgs) -> Result<Exit, Error> {
    let source = &arguments.source;
    match arguments.command {
        PacksCommand::New { id } => new::run(&id),
        // The pages are about what everybody has.
        PacksCommand::Docs { folder } => docs::run(&policy::catalog(source)?, &folder),
        PacksCommand::List { format } => list::run(&Known::read(source)?.catalog(), format),
        PacksCommand::Show { id, color } => {
            show::run(&Known::read(source)?.catalog(), &id, output::human(color))
        }
        PacksCommand::Validate { pack } => validate::run(Known::read(source)?, pack.as_deref()),
        PacksCommand::Audit(arguments) => audit::run(Known::read(source)?, &arguments),
        PacksCommand::Test { pack, command: None } => test::examples(Known::read(source)?, pack.as_deref()),
        PacksCommand::Test { pack, command: Some(command) } => {
            test::command(Known::read(source)?, pack.as_deref(), &command)
        }
    }
}
