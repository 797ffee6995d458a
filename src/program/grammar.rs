//! What a program's command line means, as data: [`Grammar`]. Written in packs as usage strings (see
//! [`super::usage`]), stored compactly, decoded when the program is met.

mod request;
mod subcommands;

pub use request::{BodyForm, RequestSpec};
use serde::{Deserialize, Serialize};
use std::rc::Rc;
pub use subcommands::Subcommands;

/// The command line of one program, with its subcommands.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Grammar {
    /// Canonical name: of the program (`git`) or the subcommand word (`push`).
    pub name: String,
    /// Other names for the same.
    pub aliases: Vec<String>,
    /// How options are spelled and where they may stand. A subcommand that names no style of its own has its
    /// parent's: packs copies it when it builds the tree.
    pub style: Style,
    /// The options of this level. Those of an outer level stay valid where the style says so.
    pub options: Vec<OptionSpec>,
    /// The operands, in order. Empty: any number of plain data words.
    pub operands: Vec<OperandSpec>,
    /// Subcommands. If there are any, the first operand names one of them.
    pub subcommands: Subcommands,
    /// What standard input is read as when no operand names a source.
    pub stdin: Option<Role>,
    /// What a call does to files.
    pub effects: Vec<EffectSpec>,
    /// What the program prints if all its words are known: for `pwd`, `mktemp` and the like, see
    /// [`Prints`].
    pub prints: Option<Prints>,
    /// What it prints if an option is given, by the option's canonical name: `git rev-parse --show-toplevel`.
    pub prints_when: Vec<(String, Prints)>,
    /// Options with which the names that it reads or prints end in NUL bytes (`xargs -0`, `find -print0`).
    pub nul: Vec<String>,
    /// Whether what it starts certainly has the environment that it has itself (`timeout`, `bundle exec`; not `sudo`).
    pub keeps_environment: bool,
    /// Environment variables whose value the program executes or reads code from.
    pub environment: Vec<(String, Role)>,
    /// Files that the program reads under their usual names if its words name no other.
    pub defaults: Vec<DefaultFile>,
    /// What the client executes itself at the beginning of a line of its statements, and what the rest of the line is:
    /// `\! <script>` of psql.
    pub escapes: Vec<(String, Role)>,
    /// Which settings hold something executed, where words of the role [`Role::Config`] make settings; valid for
    /// subcommands, too.
    pub settings: Vec<SettingSpec>,
    /// How a call becomes an HTTP request, if the program sends any.
    pub request: Option<Rc<RequestSpec>>,
}

impl Grammar {
    /// Its name and aliases.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.name.as_str()).chain(self.aliases.iter().map(String::as_str))
    }
}

/// A file that a program reads under a name that nobody gives: `Makefile`, `~/.bashrc`.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct DefaultFile {
    /// What it holds.
    pub role: Role,
    /// The names, of which the first that is there counts. One may begin with `~/` or `$VARIABLE/`.
    pub names: Vec<String>,
    /// Options of which one has to be given; empty: always.
    pub when: Vec<String>,
    /// Options with which it is not read.
    pub unless: Vec<String>,
}

/// A setting whose value is more than data: `core.pager`, `ProxyCommand`.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct SettingSpec {
    /// Its name, in any case; one `*` stands for any text: `alias.*`.
    pub name: String,
    /// What the value has to start with, which is then left out: the `!` of `alias.x=!script`.
    pub prefix: String,
    /// What the value is.
    pub role: Role,
}

/// What is known about a program's output besides its text.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Prints {
    /// The path of a new temporary file or directory (`mktemp`).
    Temporary,
    /// The path of the program that its operand names (`which`).
    ProgramPath,
    /// Its operands as they are, one a line (`ls -d`).
    Operands,
    /// The same, where patterns name them: a directory is printed as what is in it (`ls`).
    Names,
    /// The working directory (`pwd`).
    WorkingDirectory,
    /// The root of the project (`git rev-parse --show-toplevel`).
    ProjectRoot,
    /// Shell code that its users are told to evaluate (`ssh-agent -s`, `brew shellenv`, completions).
    TrustedCode,
    /// Text from the network (`curl`, `wget -O-`).
    Network,
    /// A number or other text that cannot be a path or code (`date`, `nproc`, `wc`).
    Plain,
    /// Nothing: a function of another language that only does something (`time.sleep`).
    Nothing,
    /// The words of a function of another language as they are (`sys.stdout.write`, `print` of Perl).
    Words,
    /// Its words as a line, with blanks between them (`print` of Python, `console.log`).
    Line,
    /// Its words as a line, with nothing between them (`say`).
    JoinedLine,
    /// Its words as a line, with tabs between them (`print` of Lua).
    TabbedLine,
    /// Each word as a line (`puts`).
    Lines,
    /// Its first word, a format, with the others put in their places (`printf`).
    Format,
    /// The words behind the first, if that names the standard output (`os.write(1, …)`, `fwrite(STDOUT, …)`).
    Descriptor,
}

/// How a family of programs reads options.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Style {
    /// GNU `getopt_long`: clusters, `--opt=value`, unambiguous long prefixes, options after operands, `--` ends.
    #[default]
    Gnu,
    /// `getopt`: clusters, no permutation: the first operand ends the options. Long options as in GNU.
    Posix,
    /// git: as GNU, but the options before the subcommand are neither abbreviated nor valid after it.
    Git,
    /// cobra/pflag and kin: no abbreviations, booleans take a value only after `=`, options of outer levels are
    /// valid anywhere behind, options after operands.
    Cobra,
    /// Go `flag`: `-name` equals `--name`, no clusters, no abbreviations, the first operand ends the options.
    Go,
    /// argparse, optparse: as GNU; options of outer levels only before the subcommand.
    Argparse,
    /// As argparse, and options of outer levels are valid anywhere (the AWS CLI).
    Aws,
    /// popt, kingpin, clap and others: clusters and `--opt=value`, no abbreviations, options after operands, outer
    /// options anywhere.
    Plain,
    /// `find`: start points, then an expression of single-dash words; `-exec … ;`.
    Find,
    /// `dd`: `key=value` operands, each an option named `key=`.
    Dd,
    /// `tar`, `ps`, `ar`: as GNU; a first word without dash is a cluster.
    Old,
    /// Java and X programs: single-dash long options, values in the next word, no clusters.
    Java,
    /// Bourne shells and `set`: the first operand ends the options, `+x` takes `-x` back, a letter with a value
    /// takes the next word even inside a cluster (`-euo pipefail`), and the script of `-c` is the first operand
    /// (`-cl x`, `-c -e x`).
    Shell,
    /// No options at all: every word is an operand.
    None,
}

/// One option.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct OptionSpec {
    /// All spellings with their dashes, as written in the usage string: `-u`, `--user`.
    pub names: Vec<String>,
    /// The value it takes.
    pub value: OptionValue,
    /// Whether a short spelling takes an optional value, too: `-i[<suffix>]`, not `-E, --preserve-env[=<list>]`.
    pub attached: bool,
    /// The operand that need not be given when this option is: the name after the colon in
    /// `-t, --target-directory <path:target>`. Empty: none.
    pub fills: String,
}

impl OptionSpec {
    /// The canonical name: the first spelling with two dashes, else the first.
    pub fn canonical(&self) -> &str {
        let long = self.names.iter().find(|name| name.starts_with("--"));
        long.or(self.names.first()).map_or("", String::as_str)
    }
}

/// Whether an option takes a value.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub enum OptionValue {
    /// `--force`: none.
    #[default]
    None,
    /// `-u, --user <user>`: one, in the same word (`-uroot`, `--user=root`) or the next.
    Required(Role),
    /// `--color[=<when>]`: only in the same word.
    Optional(Role),
    /// `-exec <command...> ;`: all words up to a terminator (in find also `{} +`). Without one: a command to the
    /// end, data up to the next option.
    Rest(Role, Vec<String>),
    /// `--option <name> <value>`: this many words.
    Several(Role, u8),
}

impl OptionValue {
    /// The role of the value, if the option takes one.
    pub fn role(&self) -> Option<&Role> {
        match self {
            OptionValue::None => None,
            OptionValue::Required(role)
            | OptionValue::Optional(role)
            | OptionValue::Rest(role, _)
            | OptionValue::Several(role, _) => Some(role),
        }
    }
}

/// What a word is to its program.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default, Serialize, Deserialize)]
pub enum Role {
    /// Plain data.
    #[default]
    Data,
    /// The name of a file or directory.
    Path,
    /// `<command...>`: this word and all after it are an argv.
    Command,
    /// `<words-of:bash...>`: this word and all after it are those of that program (`su user -c x`, `capsh -- -c x`);
    /// behind a comma stand words in front of them (`words-of:ssh,host`).
    WordsOf(String),
    /// `<package-command...>`: as Command, where the first word is a package that holds the program: `rimraf@5`,
    /// `npm:@scope/rimraf`, `nixpkgs#bash -- -c x`.
    PackageCommand,
    /// `<entrypoint>`: the first word of the command whose other words are an operand (`docker run --entrypoint`,
    /// `start-stop-daemon --exec`).
    Entrypoint,
    /// `<container-image>`: a container image, which may say what is started with the words of the command: the program with
    /// the alias `image:NAME`.
    Image,
    /// `<shell-words>`: a command as one text, which the program splits like a shell does, without a shell
    /// (`rsync -e`).
    ShellWords,
    /// `<own-words>`: a text that is split in the same way into words that stand in the program's own argv in place
    /// of the option (`env -S`).
    OwnWords,
    /// `<script>`: text that a shell executes, in the named shell (`sh` if empty).
    Script(String),
    /// `<script-list>`: text in which strings between quotation marks are scripts, or that is one behind its first `=`
    /// (`commands=["a", "b"]`, `commands=a`).
    ScriptList,
    /// `<remote-script>`: operands that are joined by blanks and executed by a shell (ssh, watch, eval).
    JoinedScript,
    /// `<script-file>`: a file that a shell executes.
    ScriptFile,
    /// `<sql:dialect>`: SQL text.
    Sql(String),
    /// `<sql-file:dialect>`: a file of it.
    SqlFile(String),
    /// `<code:language>`: program text of another language.
    Code(String),
    /// `<code-line:language>`: a line of a program text, which all of these options make together (`perl -e A -e B`). A reading
    /// has the whole text, as [`Role::Code`].
    CodeLine(String),
    /// `<code-file:language>`: a file of it.
    CodeFile(String),
    /// `<url>`: a URL.
    Url,
    /// `<assignment>`: `NAME=value` set in the environment of a nested command (`env`).
    Assignment,
    /// `<template-command...>`: as Command, with words in which `{}` or the named placeholder is replaced by names
    /// that the program finds or reads (`find -exec`, `xargs`, `fd -x`).
    TemplateCommand,
    /// `<template-script...>`: the same, joined by blanks and executed by a shell (`parallel`).
    TemplateScript,
    /// `<names-file>`: a file of the names that a template command gets, in place of standard input (`xargs -a`).
    NamesFile,
    /// `<working-directory>`: where everything runs that the program starts (`env -C`, `make -C`).
    WorkingDirectory,
    /// `<filter>`: a pattern that the names have to match which the program finds (`find -name`). Counts only where
    /// nothing else can be found: see [`super::Call::found`].
    Filter,
    /// `<name-regex>`: a regular expression for the names that the program finds (`fd`).
    NameRegex,
    /// `<name-ending>`: what stands behind the last dot of the names that the program finds (`fd -e`).
    NameEnding,
    /// `<placeholder>`: the text that stands for names in a template command (`xargs -I {}`).
    Placeholder,
    /// `<separator>`: the text that separates the names which the program reads (`xargs -d`).
    Separator,
    /// `<config>`: `name=value` or `name value`, a setting of the program ([`Grammar::settings`] says which are more
    /// than data: `git -c core.pager=…`).
    Config,
}

impl Role {
    /// Whether an operand of this role takes all words that follow, options or not.
    pub(crate) fn is_tail(&self) -> bool {
        matches!(
            self,
            Role::Command
                | Role::WordsOf(_)
                | Role::PackageCommand
                | Role::TemplateCommand
                | Role::TemplateScript
                | Role::JoinedScript
        )
    }
}

/// One operand of the usage line.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct OperandSpec {
    /// The name between `<` and `>`.
    pub name: String,
    /// What it holds.
    pub role: Role,
    /// Whether it may be left out (`[…]`).
    pub optional: bool,
    /// Whether it takes any number of words (`...`).
    pub many: bool,
    /// Words that end it: `<template-command...> ::: <data...>`.
    pub until: Vec<String>,
    /// Whether no option can follow, though the style allows options behind operands: `<image> -- [command...]`.
    pub ends_options: bool,
}

/// Stands for standard input in place of words that name a file.
pub(crate) const STDIN: &str = "stdin";

/// A file effect that follows from the argv.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct EffectSpec {
    /// What it does.
    pub kind: EffectKind,
    /// Which words name the paths: the name of an operand (`path`), or an option (`--target-directory`, `of=`); `stdin` for what
    /// standard input holds.
    pub of: String,
    /// Options of which one has to be given; empty: always.
    pub when: Vec<String>,
    /// Options that undo it (`--dry-run`).
    pub unless: Vec<String>,
    /// Options of which one makes it recursive; `["always"]`: always.
    pub recursive: Vec<String>,
    /// Take only the last word of the operand (`cp a b dir`), and that only if there are two.
    pub last: bool,
    /// What a written file holds afterwards: `stdin` for standard input, `output` for what the program prints
    /// otherwise, `edited` for what it prints without the options in `when`, `made` for what nobody computes, though it is no
    /// file of the project, `packed` for the same if words name files that the script made, or the name of an operand or option that names the files of which it is a copy.
    /// Empty: nobody knows.
    pub from: String,
    /// Whether the written file is that one under another name (`ln`), not a copy.
    pub link: bool,
    /// The path is the last name of the word, in the working directory (`wget URL`).
    pub base: bool,
}

impl EffectSpec {
    /// Whether the paths are an operand, not the value of an option.
    pub(crate) fn of_operand(&self) -> bool {
        !self.of.starts_with('-') && !self.of.ends_with('=')
    }
}

/// What happens to a file.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum EffectKind {
    /// The file or directory is removed.
    #[default]
    Delete,
    /// Its content is replaced or cut, or it is created.
    Write,
    /// Something is added to it.
    Append,
    /// It is moved elsewhere: gone from its place, not lost.
    Move,
    /// Its permissions, owner or attributes change.
    Chmod,
    /// It is read.
    Read,
    /// It is made where nothing was before.
    Create,
    /// Files come out of it: under names that stand in it, or any names if it can only be read by a program.
    Unpack,
}

impl EffectKind {
    /// As written in packs.
    pub fn name(self) -> &'static str {
        match self {
            EffectKind::Delete => "delete",
            EffectKind::Write => "write",
            EffectKind::Append => "append",
            EffectKind::Move => "move",
            EffectKind::Chmod => "chmod",
            EffectKind::Read => "read",
            EffectKind::Create => "create",
            EffectKind::Unpack => "unpack",
        }
    }
}
