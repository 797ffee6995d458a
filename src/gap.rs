//! What could not be seen: a [`Gap`] is a region of the command, or a step of its execution, that argvet
//! could not look into. Gaps are results, not errors; policy decides what each means.

use crate::source::Span;

/// One thing that could not be seen.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Gap {
    /// Where in the outermost source.
    pub span: Span,
    /// Why.
    pub cause: GapCause,
}

/// Why something could not be seen.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum GapCause {
    /// The strict reader refuses the text from here on; the string says what it expected.
    Syntax(String),
    /// Text that cannot be known is executed as code. The string says where the text comes from, as a noun
    /// phrase: `the output of curl`, `the variable x`.
    UnknownCode(String),
    /// The program to be started cannot be known, and its arguments would be destructive for some program.
    UnknownProgram(String),
    /// A limit was reached.
    Limit(Limit),
    /// argvet itself failed here (a caught panic): never harmless.
    Internal(String),
}

/// The bounds that keep cost linear. Reaching one is a gap that ends in *ask*.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Limit {
    /// Bytes of source.
    SourceSize,
    /// Nesting of compound commands, substitutions and nested shells.
    Depth,
    /// Invocations in one trace.
    Invocations,
    /// Steps of the trace: commands walked, loop turns included.
    Steps,
    /// Bytes of text that expansion may make.
    Text,
    /// Here-documents that start on one line.
    HereDocuments,
    /// Requests that one command sends, statements that it gives to a database, options that it takes from files.
    Effects,
}

impl std::fmt::Display for GapCause {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            GapCause::Syntax(expected) => write!(f, "this text could not be read as bash: {expected}"),
            GapCause::UnknownCode(origin) => write!(f, "{origin} is executed as code and cannot be known"),
            GapCause::UnknownProgram(detail) => {
                write!(f, "which program is started cannot be known: {detail}")
            }
            GapCause::Limit(limit) => {
                write!(f, "the limit on {limit} was reached; the rest was not looked at")
            }
            GapCause::Internal(detail) => write!(f, "argvet failed while looking at this: {detail}"),
        }
    }
}

impl std::fmt::Display for Limit {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Limit::SourceSize => "the size of a command",
            Limit::Depth => "nesting",
            Limit::Invocations => "the number of invocations",
            Limit::Steps => "the steps of a trace",
            Limit::Text => "the text that expansion makes",
            Limit::HereDocuments => "here-documents on one line",
            Limit::Effects => "what one command requests, states or takes from files",
        })
    }
}
