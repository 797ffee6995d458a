//! Which shell reads a text: [`Dialect`]. What the shells do differently, and what of it matters, stands here in one
//! place; the reader and the trace ask.
//!
//! The tree is bash's whatever the dialect. Where another shell reads a text in another way and that changes what runs,
//! the reader reads it as that shell does or refuses; where only more runs in bash, nothing is done about it.

/// The shell whose rules apply to a text.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Dialect {
    /// GNU bash, as in `bash -c`.
    #[default]
    Bash,
    /// `sh`: dash or another POSIX shell, which may be bash.
    Sh,
    /// A Korn shell: ksh93, mksh.
    Ksh,
    /// zsh
    Zsh,
}

impl Dialect {
    /// The dialect of the shell with this name, as grammars name it: `bash`, `zsh`, `ksh`; nothing stands for `sh`.
    pub(crate) fn named(name: &str) -> Dialect {
        match name {
            "" | "sh" | "dash" => Dialect::Sh,
            "ksh" => Dialect::Ksh,
            "zsh" => Dialect::Zsh,
            _ => Dialect::Bash,
        }
    }

    /// Whether aliases are expanded though nobody asked for it.
    pub(crate) fn expands_aliases(self) -> bool {
        self != Dialect::Bash
    }

    /// Whether `echo` may replace escapes without being asked to.
    pub(crate) fn may_escape(self) -> bool {
        self != Dialect::Bash
    }

    /// Whether the shell may run the last command of a pipeline itself, so that `… | read x` lasts.
    pub(crate) fn keeps_last_stage(self) -> bool {
        matches!(self, Dialect::Ksh | Dialect::Zsh)
    }

    /// Whether `cd` with two operands or an option that it does not have surely fails: dash takes the first operand, ksh
    /// and zsh replace the one by the other in the present path.
    pub(crate) fn refuses_odd_operands(self) -> bool {
        self == Dialect::Bash
    }

    /// Whether `print` is a builtin.
    pub(crate) fn has_print(self) -> bool {
        matches!(self, Dialect::Ksh | Dialect::Zsh)
    }

    /// Whether the first element of an array is number one, and `$array` is all of them.
    pub(crate) fn counts_from_one(self) -> bool {
        self == Dialect::Zsh
    }

    /// Whether several redirections of one descriptor all count (`>a >b`, `>a | b`), and one without a command is for
    /// `cat`.
    pub(crate) fn joins_redirections(self) -> bool {
        self == Dialect::Zsh
    }

    /// Whether `=name` is the path of a program, `$=x` splits, `$x:t` is the last name of a path, `$x[1]` an element.
    pub(crate) fn has_zsh_words(self) -> bool {
        self == Dialect::Zsh
    }

    /// Whether `((`, `[[`, `&>` and `$'` may be read as in a POSIX shell that knows none of them.
    pub(crate) fn may_lack_extensions(self) -> bool {
        self == Dialect::Sh
    }

    /// Whether the shell calls a function of this name by itself.
    pub(crate) fn calls(self, function: &[u8]) -> bool {
        match self {
            Dialect::Bash | Dialect::Sh => false,
            // `x.get() …` is called where `$x` is used.
            Dialect::Ksh => function.contains(&b'.'),
            Dialect::Zsh => {
                function.starts_with(b"TRAP")
                    || [
                        "chpwd",
                        "precmd",
                        "preexec",
                        "periodic",
                        "zshexit",
                        "zshaddhistory",
                        "command_not_found_handler",
                    ]
                    .iter()
                    .any(|name| name.as_bytes() == function)
            }
        }
    }
}
