//! What sets the families of option parsers apart, as yes-or-no questions on [`Style`].
//!
//! The answers were found by running representative programs of each family; how they are acted on is in
//! [`super::parse`].

use super::grammar::Style;

impl Style {
    /// Whether options may stand behind operands.
    pub(crate) fn permutes(self) -> bool {
        !matches!(self, Style::Posix | Style::Go | Style::Shell | Style::None)
    }

    /// Whether options of outer levels stay valid behind the subcommand. Their parsers read the whole argv in one
    /// go (or look up flags along the path of commands), the others one level after the other.
    pub(crate) fn keeps_outer_options(self) -> bool {
        matches!(self, Style::Gnu | Style::Cobra | Style::Aws | Style::Plain | Style::Old | Style::Java)
    }

    /// Whether a long option may be shortened to a prefix that no other one has.
    pub(crate) fn abbreviates(self) -> bool {
        matches!(self, Style::Gnu | Style::Posix | Style::Git | Style::Argparse | Style::Aws | Style::Old)
    }

    /// Whether `--no-x` takes `--x` back although only `--x` is listed. Parsers that know no such thing refuse
    /// the word, so nothing is run there that this reading would hide.
    pub(crate) fn negates(self) -> bool {
        self.abbreviates() || self == Style::Plain
    }

    /// Whether an option without value may be switched off by `--x=false`.
    pub(crate) fn has_boolean_values(self) -> bool {
        matches!(self, Style::Cobra | Style::Go | Style::Plain | Style::Java)
    }

    /// Whether `-n=x` gives `-n` the value `x`, not `=x`.
    pub(crate) fn drops_equals_sign(self) -> bool {
        matches!(self, Style::Cobra | Style::Plain)
    }

    /// Whether a word that looks like an option cannot be a value.
    pub(crate) fn refuses_dashed_values(self) -> bool {
        matches!(self, Style::Argparse | Style::Aws)
    }
}
