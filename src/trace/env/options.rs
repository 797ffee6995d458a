//! Options of the shell that change what runs: `shopt`, `set`, and those given to a shell when it starts.

use crate::facts::Dialect;
use crate::value::Match;

/// The options that are followed. What differs between branches is possible, or on where that shows more.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(in crate::trace) struct Options {
    /// The shell whose rules apply.
    pub(in crate::trace) dialect: Dialect,
    /// Whether the last command of a pipeline changes the shell: `shopt -s lastpipe`.
    pub(in crate::trace) last_stage: Match,
    /// `expand_aliases`; in POSIX mode and in an interactive shell it is on.
    pub(in crate::trace) aliases: Match,
    /// `extglob`
    pub(in crate::trace) extglob: bool,
    /// `nocasematch`
    pub(in crate::trace) nocasematch: Match,
    /// `set -o pipefail`: a pipeline fails where one of its commands does.
    pub(in crate::trace) pipefail: Match,
    /// `nullglob`, at least on one branch: a pattern that no file fits is no word.
    pub(in crate::trace) nullglob: bool,
    /// `xpg_echo`: `echo` reads escapes.
    pub(in crate::trace) echo_escapes: Match,
    /// `set -n`: commands are read, but not run.
    pub(in crate::trace) noexec: bool,
    /// `set -x`: `PS4` is expanded before each command.
    pub(in crate::trace) xtrace: bool,
    /// `set -e`: a simple command that fails ends the shell.
    pub(in crate::trace) errexit: bool,
    /// `bash -i`: the prompts are expanded.
    pub(in crate::trace) interactive: bool,
    /// `set -a`: what is assigned or defined is exported.
    pub(in crate::trace) allexport: bool,
    /// `set -B`, which is on from the start: braces expand.
    pub(in crate::trace) braces: bool,
}

impl Default for Options {
    fn default() -> Options {
        Options {
            dialect: Dialect::Bash,
            last_stage: Match::No,
            aliases: Match::No,
            extglob: false,
            nocasematch: Match::No,
            pipefail: Match::No,
            nullglob: false,
            echo_escapes: Match::No,
            noexec: false,
            xtrace: false,
            errexit: false,
            interactive: false,
            allexport: false,
            braces: true,
        }
    }
}

impl Options {
    /// Those that a shell starts with.
    pub(in crate::trace) fn of(dialect: Dialect) -> Options {
        let last_stage = match dialect {
            Dialect::Zsh => Match::Certain,
            // ksh93 runs it itself, mksh does not.
            _ if dialect.keeps_last_stage() => Match::Possible,
            _ => Match::No,
        };
        let aliases = Match::from(dialect.expands_aliases());
        Options { dialect, last_stage, aliases, ..Options::default() }
    }

    /// Switches an option by its name in `shopt` or `set -o`.
    pub(in crate::trace) fn switch(&mut self, name: &[u8], on: bool) {
        match name {
            b"expand_aliases" => self.aliases = Match::from(on),
            b"posix" if on => self.aliases = Match::Certain,
            b"lastpipe" => self.last_stage = Match::from(on),
            b"extglob" => self.extglob = on,
            b"allexport" => self.allexport = on,
            b"nocasematch" => self.nocasematch = Match::from(on),
            b"pipefail" => self.pipefail = Match::from(on),
            b"nullglob" => self.nullglob = on,
            b"xpg_echo" => self.echo_escapes = Match::from(on),
            // An interactive shell ignores it.
            b"noexec" => self.noexec = on && !self.interactive,
            b"xtrace" => self.xtrace = on,
            b"errexit" => self.errexit = on,
            b"braceexpand" => self.braces = on,
            _ => {}
        }
    }

    /// Switches an option by its letter in `set` or on the command line of a shell.
    pub(in crate::trace) fn switch_letter(&mut self, letter: u8, on: bool) {
        match letter {
            b'a' => self.allexport = on,
            b'n' => self.noexec = on && !self.interactive,
            b'x' => self.xtrace = on,
            b'e' => self.errexit = on,
            b'B' => self.braces = on,
            b'i' if on => {
                self.interactive = true;
                self.noexec = false;
                self.aliases = Match::Certain;
            }
            _ => {}
        }
    }

    /// What is in force after either of two branches.
    pub(in crate::trace) fn join(self, other: Options) -> Options {
        let either = |one: Match, two: Match| if one == two { one } else { Match::Possible };
        Options {
            dialect: self.dialect,
            last_stage: either(self.last_stage, other.last_stage),
            aliases: either(self.aliases, other.aliases),
            extglob: self.extglob || other.extglob,
            nocasematch: either(self.nocasematch, other.nocasematch),
            pipefail: either(self.pipefail, other.pipefail),
            nullglob: self.nullglob || other.nullglob,
            echo_escapes: either(self.echo_escapes, other.echo_escapes),
            noexec: self.noexec && other.noexec,
            xtrace: self.xtrace || other.xtrace,
            errexit: self.errexit && other.errexit,
            interactive: self.interactive || other.interactive,
            allexport: self.allexport || other.allexport,
            braces: self.braces || other.braces,
        }
    }
}
