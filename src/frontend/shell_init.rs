//! `argvet shell-init`: prints a snippet for an interactive shell's start-up file that asks argvet about every line
//! before it runs. Each uses the one place where that shell can really be stopped.

use super::install::location;
use super::{Error, Exit};
use clap::ValueEnum;
use std::io::Write;

/// An interactive shell.
#[derive(ValueEnum, Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum InteractiveShell {
    /// GNU bash.
    Bash,
    /// zsh.
    Zsh,
    /// fish.
    Fish,
}

/// Prints the snippet.
pub(crate) fn run(shell: InteractiveShell) -> Result<Exit, Error> {
    let program = location::program()
        .map_err(|error| Error::Argument(format!("argvet's own path is not known: {error}")))?;
    let snippet = match shell {
        InteractiveShell::Bash => include_str!("shell_init/bash.sh"),
        InteractiveShell::Zsh => include_str!("shell_init/zsh.zsh"),
        InteractiveShell::Fish => include_str!("shell_init/fish.fish"),
    };
    // Plain quotes mean the same in all three.
    let text = snippet.replace("{{program}}", &shell_words::quote(&program));
    let mut out = std::io::stdout().lock();
    out.write_all(text.as_bytes()).and_then(|()| out.flush()).map_err(Error::Write)?;
    Ok(Exit::Allow)
}
