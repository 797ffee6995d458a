//! The command line: what can be asked for, and which front end answers. Texts here are the manual.

use super::{
    Error, Exit, allow, analyze, audit, batch, config, doctor, hook, install, once, packs, shell_init, trust,
};
use clap::builder::PossibleValuesParser;
use clap::{Args, Parser, Subcommand, ValueEnum};
use std::ffi::OsString;
use std::path::PathBuf;
use std::process::ExitCode;

/// Vets the argv: works out what a shell command would run and says what is destructive about it.
#[derive(Parser, Debug)]
#[command(name = "argvet", version, arg_required_else_help = true, max_term_width = 100)]
#[command(after_help = "Exit codes: 0 allow, 1 deny, 3 ask, 2 the arguments or a file cannot be used.\n\
    ARGVET_LOG=debug logs to standard error. NO_COLOR switches colours off.")]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand, Debug)]
enum Command {
    Analyze(AnalyzeArgs),
    Hook(HookArgs),
    Batch(BatchArgs),
    Packs(PacksArgs),
    Config(ConfigArgs),
    Trust(TrustArgs),
    /// Put argvet in front of a host: write it into the host's configuration.
    ///
    /// Only argvet's own entry changes; comments, order and layout of the file stay, and a copy of what it was is kept
    /// next to it. A file that cannot be read is not touched. Doing it again changes nothing, or brings the path of
    /// argvet up to date.
    Install(install::InstallArgs),
    /// Take argvet out of a host's configuration again.
    Uninstall(install::InstallArgs),
    /// Say which hosts are on this machine and which of them ask argvet. Exit code 1 if one does not.
    Status,
    /// Find out whether the hosts really ask argvet: put a destructive and a harmless command to every hook that is set
    /// up, and look for settings that switch hooks off. Exit code 1 if something is wrong.
    Doctor,
    /// Print a snippet for a shell's start-up file that looks at every line before it runs.
    ///
    /// It stops what you type, not what scripts do, and there is always a way to go on: an answer, or Enter once more.
    ShellInit {
        /// The shell.
        #[arg(value_enum)]
        shell: shell_init::InteractiveShell,
    },
    Allow(AllowArgs),
    AllowOnce(AllowOnceArgs),
    Log(LogArgs),
}

/// Show what a command would run, which rule objects to it and why, and what to run instead.
///
/// The command is read as bash reads it; nothing is run. Quote it once, so that argvet gets it as one word. The
/// verdict is the one that `argvet hook` would give in the same directory.
#[derive(Args, Debug)]
#[command(after_help = "Examples:\n  \
    argvet analyze \"sudo bash -c 'git push -f'\"\n  \
    argvet analyze --file deploy.sh\n  \
    fc -ln -1 | argvet analyze -\n  \
    argvet analyze --format json 'rm -rf \"$dir\"' | jq .verdict")]
pub(crate) struct AnalyzeArgs {
    /// The command; `-` reads it from standard input.
    #[arg(required_unless_present = "file", allow_hyphen_values = true)]
    pub(crate) command: Option<OsString>,

    /// Read a script from a file.
    #[arg(long, value_name = "FILE", conflicts_with = "command")]
    pub(crate) file: Option<PathBuf>,

    /// What to print: a report for people, or one JSON document (docs/schema/analyze.json).
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: Format,

    /// The directory that the command would run in [default: the current one].
    #[arg(long, value_name = "DIR")]
    pub(crate) cwd: Option<PathBuf>,

    /// The host that would ask, for settings that count only for one.
    #[arg(long, value_name = "NAME", value_parser = PossibleValuesParser::new(hook::host_names()))]
    pub(crate) host: Option<String>,

    /// The shell that would read the command.
    #[arg(long, value_enum, default_value_t)]
    pub(crate) shell: Shell,

    /// When to use colours.
    #[arg(long, value_enum, default_value_t, value_name = "WHEN")]
    pub(crate) color: Color,

    #[command(flatten)]
    pub(crate) packs: Packs,
}

/// Answer an agent's question whether it may run a command.
///
/// Reads the host's JSON from standard input and answers in the host's own words: a denial or a question for the user,
/// with the reason. Nothing is said about a command that may run, nor about other tools than the shell. Whatever
/// cannot be judged (broken input, a limit, a time-out) is put to the user, or denied where the host cannot ask.
#[derive(Args, Debug)]
#[command(after_help = "`argvet install HOST` sets it up; docs/hosts.md says what each host can do.")]
pub(crate) struct HookArgs {
    /// The host that asks, where its payload does not show it.
    #[arg(long, value_name = "NAME", value_parser = PossibleValuesParser::new(hook::host_names()))]
    host: Option<String>,

    #[command(flatten)]
    selection: Selection,
}

/// Judge many commands: JSON Lines in, JSON Lines out, in the same order.
///
/// Each line of the input is an object with the field `command`, and optionally `cwd`; `id` and all other fields are
/// kept. The output adds `verdict`, `findings`, `invocations`, `gaps` and `reading` (docs/schema/batch.json), or
/// `error` to a line that cannot be judged. The exit code is 0, whatever the verdicts are. Memory stays constant, however
/// long the input is.
#[derive(Args, Debug)]
#[command(after_help = "Examples:\n  \
    argvet batch commands.jsonl > verdicts.jsonl\n  \
    jq -c '{command: .cmd, id: .time}' log.jsonl | argvet batch | jq -r 'select(.verdict == \"deny\") | .command'")]
pub(crate) struct BatchArgs {
    /// The file to read [default: standard input].
    pub(crate) file: Option<PathBuf>,

    /// How many threads judge [default: one for each core].
    #[arg(long, short, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub(crate) jobs: Option<u16>,

    #[command(flatten)]
    pub(crate) packs: Packs,
}

/// Look at the rules and write your own: list, show, test, validate packs.
#[derive(Args, Debug)]
pub(crate) struct PacksArgs {
    #[command(subcommand)]
    pub(crate) command: PacksCommand,

    #[command(flatten)]
    pub(crate) source: PackSource,
}

#[derive(Subcommand, Debug)]
pub(crate) enum PacksCommand {
    /// List all packs.
    List {
        /// What to print: a table, or one JSON document (docs/schema/packs.json).
        #[arg(long, value_enum, default_value_t)]
        format: Format,
    },
    /// Show a pack: its rules, why they object, what to run instead, and examples.
    Show {
        /// The pack, such as `core.git`, or one of its rules, such as `core.git/push-force`.
        id: String,
        /// When to use colours.
        #[arg(long, value_enum, default_value_t, value_name = "WHEN")]
        color: Color,
    },
    /// Print a pack to begin with, with everything that is required and a comment for each part.
    New {
        /// Its id, such as `backup.kopia`; the last word is the program.
        id: String,
    },
    /// Say what packs lack: examples that are wrong, too few or unreadable, parts of rules that no example needs. Exit
    /// code 1 if anything is wrong.
    Validate {
        /// A pack, or a file with a pack of your own [default: all built-in packs].
        pack: Option<String>,
    },
    /// Write the pages of docs/packs and docs/cli-versions.md.
    Docs {
        /// The folder to write to.
        #[arg(default_value = "docs", value_name = "DIR")]
        folder: PathBuf,
    },
    Audit(packs::AuditArguments),
    /// Run the examples of packs, or try a command against one.
    ///
    /// An example that a rule should block and does not is *missing*; one that it should allow and blocks is
    /// *noisy*. Exit code 1 if there is any.
    Test {
        /// A pack, or a file with a pack of your own [default: all built-in packs].
        pack: Option<String>,
        /// Show which rules of the pack match this command and why the others do not, instead of running the examples.
        #[arg(long, value_name = "COMMAND", allow_hyphen_values = true)]
        command: Option<String>,
    },
}

/// Look at the configuration: what counts and who says so, whether the files are right, where they are.
#[derive(Args, Debug)]
#[command(after_help = "Files, the weakest first: /etc/argvet/config.toml, ~/.config/argvet/config.toml, \
    .argvet.toml of each project at or above the directory. docs/configuration.md explains the settings.")]
pub(crate) struct ConfigArgs {
    #[command(subcommand)]
    pub(crate) command: ConfigCommand,

    /// The directory that a command would run in [default: the current one].
    #[arg(long, value_name = "DIR", global = true)]
    pub(crate) cwd: Option<PathBuf>,
}

#[derive(Subcommand, Debug)]
pub(crate) enum ConfigCommand {
    /// Show every setting with its value and where that comes from.
    Show {
        /// The host that would ask.
        #[arg(long, value_name = "NAME", value_parser = PossibleValuesParser::new(hook::host_names()))]
        host: Option<String>,
        /// What to print: a table, or one JSON document.
        #[arg(long, value_enum, default_value_t)]
        format: Format,
    },
    /// Check all files, with the names of rules, packs and hosts in them. Exit code 2 if anything is wrong.
    Check,
    /// List where the files are, and which of them exist.
    Path,
}

/// Trust a project's configuration, so that it may also make argvet milder.
///
/// Until then, `.argvet.toml` can only make argvet stricter, and `.argvet/packs/` is not loaded. What is trusted is
/// exactly the present content: after any change it has to be trusted again.
#[derive(Args, Debug)]
pub(crate) struct TrustArgs {
    /// The directory of the project [default: the nearest one with a configuration].
    pub(crate) directory: Option<PathBuf>,

    /// Take the trust back.
    #[arg(long)]
    pub(crate) remove: bool,
}

/// Accept what a rule objects to: everywhere, for some commands, in a directory, until a day.
///
/// An exception is about one rule. Whatever other rules find in the same command still counts.
#[derive(Args, Debug)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
#[command(after_help = "Examples:\n  \
    argvet allow core.git/push-force --prefix 'git push -f origin' --in ~/toy --reason 'a branch of my own'\n  \
    argvet allow core.filesystem/delete-directory --command 'rm -rf generated' --until 2026-12-31 --reason 'made by make'\n  \
    argvet allow list\n  argvet allow remove 2")]
pub(crate) struct AllowArgs {
    #[command(subcommand)]
    pub(crate) command: Option<AllowCommand>,

    #[command(flatten)]
    pub(crate) new: NewException,
}

#[derive(Subcommand, Debug)]
pub(crate) enum AllowCommand {
    /// List all exceptions with their numbers.
    List,
    /// Remove an exception.
    Remove {
        /// Its number in the list.
        number: usize,
    },
}

/// A new exception.
#[derive(Args, Debug)]
pub(crate) struct NewException {
    /// The rule, such as `core.git/push-force`.
    #[arg(required = true)]
    pub(crate) rule: Option<String>,

    /// Only for this command, exactly as the agent writes it.
    #[arg(long, value_name = "COMMAND", conflicts_with = "prefix", allow_hyphen_values = true)]
    pub(crate) command: Option<String>,

    /// Only for commands whose first words are these; a wrapper such as sudo belongs to them.
    #[arg(long, value_name = "WORDS", allow_hyphen_values = true)]
    pub(crate) prefix: Option<String>,

    /// Only where the command runs in this directory or below it.
    #[arg(long = "in", value_name = "DIR")]
    pub(crate) directory: Option<PathBuf>,

    /// The last day on which it counts (UTC), as 2026-11-25.
    #[arg(long, value_name = "DAY")]
    pub(crate) until: Option<String>,

    /// Why; shown wherever the exception is used.
    #[arg(long, value_name = "TEXT", required = true)]
    pub(crate) reason: Option<String>,
}

/// Allow one run of a command that was denied, by the code that the denial names.
///
/// For a person at a terminal. It shows the command and asks; the permission is for exactly this command in this
/// directory, counts once, and ends after ten minutes.
#[derive(Args, Debug)]
pub(crate) struct AllowOnceArgs {
    /// The code.
    pub(crate) code: String,
}

/// Show what was decided: the audit log of `argvet hook`.
#[derive(Args, Debug)]
#[command(
    after_help = "Examples:\n  argvet log --tail 20\n  argvet log --verdict deny --since 2026-11-01\n  \
    argvet log --summary"
)]
pub(crate) struct LogArgs {
    /// Only the last entries.
    #[arg(long, value_name = "N")]
    pub(crate) tail: Option<usize>,

    /// Only those with this verdict.
    #[arg(long, value_parser = ["allow", "ask", "deny"])]
    pub(crate) verdict: Option<String>,

    /// Only those in which this rule, or a rule of this pack, was found.
    #[arg(long, value_name = "RULE")]
    pub(crate) rule: Option<String>,

    /// Only those of this host.
    #[arg(long, value_name = "NAME")]
    pub(crate) host: Option<String>,

    /// Only those since this day (UTC), as 2026-11-25.
    #[arg(long, value_name = "DAY", value_parser = super::clock::day)]
    pub(crate) since: Option<String>,

    /// Count by verdict, rule, host and day instead.
    #[arg(long)]
    pub(crate) summary: bool,

    /// What to print: a table, or JSON Lines as they are stored.
    #[arg(long, value_enum, default_value_t, conflicts_with = "summary")]
    pub(crate) format: Format,
}

/// Which packs judge, and from where they are.
#[derive(Args, Debug)]
pub(crate) struct Packs {
    #[command(flatten)]
    pub(crate) selection: Selection,

    #[command(flatten)]
    pub(crate) source: PackSource,
}

/// Which packs judge, and how.
#[derive(Args, Debug)]
pub(crate) struct Selection {
    /// Packs that are on: `all`, or a list of packs (`backup.restic`) and categories (`database`) besides the
    /// default ones; `-` in front switches one off (`-core.filesystem`).
    #[arg(long, value_name = "LIST", value_delimiter = ',', allow_hyphen_values = true)]
    pub(crate) packs: Vec<String>,

    /// How strict to be, whatever is configured.
    #[arg(long, value_parser = ["quiet", "standard", "strict"])]
    pub(crate) preset: Option<String>,
}

/// Where packs come from.
#[derive(Args, Debug, Clone, Default)]
pub(crate) struct PackSource {
    /// Take all packs from this folder instead of the built-in ones: for those who write packs, who need not build
    /// argvet to try them.
    #[arg(long, value_name = "DIR", global = true)]
    pub(crate) packs_from: Option<PathBuf>,
}

/// The kind of output.
#[derive(ValueEnum, Clone, Copy, PartialEq, Eq, Default, Debug)]
pub(crate) enum Format {
    /// For people.
    #[default]
    Human,
    /// For programs.
    Json,
}

/// When to use colours.
#[derive(ValueEnum, Clone, Copy, PartialEq, Eq, Default, Debug)]
pub(crate) enum Color {
    /// On a terminal, unless NO_COLOR is set.
    #[default]
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// The shell that reads the command.
#[derive(ValueEnum, Clone, Copy, PartialEq, Eq, Default, Debug)]
pub(crate) enum Shell {
    /// GNU bash.
    #[default]
    Bash,
    /// A POSIX shell, whichever it is.
    Sh,
    /// dash, which is read as any POSIX shell.
    Dash,
    /// A Korn shell: ksh93, mksh.
    Ksh,
    /// zsh.
    Zsh,
}

/// Parses the process's arguments and does what they say.
pub fn main() -> ExitCode {
    let done = match Cli::parse().command {
        Command::Analyze(arguments) => analyze::run(arguments),
        Command::Batch(arguments) => batch::run(arguments),
        Command::Packs(arguments) => packs::run(arguments),
        Command::Config(arguments) => config::run(arguments),
        Command::Trust(arguments) => trust::run(arguments),
        Command::Install(arguments) => install::run(&arguments, install::Verb::Install),
        Command::Uninstall(arguments) => install::run(&arguments, install::Verb::Uninstall),
        Command::Status => install::status(),
        Command::Doctor => doctor::run(),
        Command::ShellInit { shell } => shell_init::run(shell),
        Command::Allow(arguments) => allow::run(arguments),
        Command::AllowOnce(arguments) => once::run(&arguments),
        Command::Log(arguments) => audit::show(&arguments),
        // Reached only where the first argument is not plainly `hook`.
        Command::Hook(arguments) => {
            let Selection { packs, preset } = arguments.selection;
            let packs = Some(packs.join(",")).filter(|list| !list.is_empty());
            let options = [("host", arguments.host), ("packs", packs), ("preset", preset)];
            let given =
                options.into_iter().filter_map(|(name, value)| Some(format!("--{name}={}", value?).into()));
            return hook::main(&given.collect::<Vec<_>>());
        }
    };
    match done {
        Ok(exit) => exit.into(),
        // The reader has what it wanted (`argvet … | head`).
        Err(Error::Write(error)) if error.kind() == std::io::ErrorKind::BrokenPipe => Exit::Allow.into(),
        Err(error) => {
            anstream::eprintln!("argvet: {error}");
            Exit::Usage.into()
        }
    }
}
