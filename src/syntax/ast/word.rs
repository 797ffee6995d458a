//! Words and their parts.

use super::{Assignment, List};
use crate::source::Span;

/// A word of the grammar: parts without unquoted blanks between.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Word {
    /// The parts in order. `''` is a word with one empty part.
    pub parts: Vec<Part>,
    /// Where it stands.
    pub span: Span,
}

/// Text that undergoes expansion as if double-quoted: a here-document body, an arithmetic expression, a
/// subscript.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Text {
    /// The parts in order.
    pub parts: Vec<Part>,
    /// Where it stands.
    pub span: Span,
}

/// A part of a word.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Part {
    /// Unquoted literal text, line continuations removed. Braces, tildes and glob characters in it are active
    /// (in a word; inside double quotes and in a [`Text`] they are ordinary).
    Literal(Vec<u8>, Span),
    /// `\c`: one literal character.
    Escaped(Vec<u8>, Span),
    /// `'…'`: the text between the quotes.
    SingleQuoted(Vec<u8>, Span),
    /// `$'…'`: the text after decoding its escapes.
    AnsiC(Vec<u8>, Span),
    /// `"…"` or `$"…"`: never holds [`Part::SingleQuoted`], [`Part::AnsiC`], [`Part::ProcessSubstitution`].
    DoubleQuoted(Vec<Part>, Span),
    /// `$name`, `${…}`
    Parameter(Box<Parameter>),
    /// `$(list)`, `` `list` ``
    CommandSubstitution(Box<Substitution>),
    /// `$(( … ))`, `$[ … ]`
    Arithmetic(Text),
    /// `<(list)`, `>(list)`
    ProcessSubstitution {
        /// Whether it is `>(…)`.
        output: bool,
        /// The commands.
        substitution: Box<Substitution>,
    },
    /// `@(…)`, `?(…)`, `*(…)`, `+(…)`, `!(…)` where extended patterns are on: the operator and the text
    /// between the parentheses.
    ExtendedGlob {
        /// The operator character.
        operator: u8,
        /// What stands between the parentheses (`|` is literal text in it).
        pattern: Vec<Part>,
        /// Where it stands.
        span: Span,
    },
    /// `name=(…)` as an argument of a declaration command.
    ArrayAssignment(Box<Assignment>),
}

/// The commands inside a substitution.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Substitution {
    /// The commands. For `$(< file)` the list has one simple command without words.
    pub list: List,
    /// Why the text could not be read, if it could not: then `list` is what was read before.
    pub unread: Option<String>,
    /// From `$(` to `)`.
    pub span: Span,
}

/// `$name` or `${…}`
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Parameter {
    /// The name: an identifier, digits, or one of `@ * # ? - $ !`.
    pub name: Vec<u8>,
    /// `${name[subscript]}`; `[@]` and `[*]` are texts with that one literal.
    pub subscript: Option<Text>,
    /// `${!name…}`: the value of the parameter that the value names.
    pub indirect: bool,
    /// What is done with the value.
    pub operator: ParameterOperator,
    /// Where it stands.
    pub span: Span,
}

/// What `${…}` does with a parameter's value.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum ParameterOperator {
    /// `${x}`
    Plain,
    /// `${#x}`
    Length,
    /// `${x-w}`, `${x=w}`, `${x?w}`, `${x+w}`
    Conditional {
        /// Which of them.
        kind: ConditionalKind,
        /// Whether a colon stands in front: an empty value counts as unset.
        colon: bool,
        /// The word.
        word: Word,
    },
    /// `${x#p}`, `${x##p}`, `${x%p}`, `${x%%p}`
    Trim {
        /// Whether the end is trimmed (`%`).
        suffix: bool,
        /// Whether the longest match is removed.
        longest: bool,
        /// The pattern.
        pattern: Word,
    },
    /// `${x/p/r}`, `${x//p/r}`, `${x/#p/r}`, `${x/%p/r}`
    Replace {
        /// Where matches are replaced.
        place: ReplacePlace,
        /// The pattern.
        pattern: Word,
        /// The replacement; `None` without a second slash.
        replacement: Option<Word>,
    },
    /// `${x^p}`, `${x^^p}`, `${x,p}`, `${x,,p}`, `${x~}`, `${x~~}`
    Case {
        /// The operator character: `^`, `,` or `~`.
        operator: u8,
        /// Whether it is doubled.
        all: bool,
        /// The pattern.
        pattern: Word,
    },
    /// `${x:offset}`, `${x:offset:length}`
    Slice {
        /// The offset expression.
        offset: Text,
        /// The length expression.
        length: Option<Text>,
    },
    /// `${x@Q}`: the operator character after `@`.
    Transform(u8),
    /// `${!prefix*}`, `${!prefix@}`: names of variables.
    Names,
    /// `${!array[@]}`, `${!array[*]}`: keys of an array.
    Keys,
}

/// The four conditional operators.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ConditionalKind {
    /// `-`: use the word if unset.
    Default,
    /// `=`: assign the word if unset.
    Assign,
    /// `?`: fail with the word if unset.
    Error,
    /// `+`: use the word if set.
    Alternative,
}

/// Where `${x/p/r}` replaces.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ReplacePlace {
    /// `/`: the first match.
    First,
    /// `//`: every match.
    All,
    /// `/#`: at the start.
    Prefix,
    /// `/%`: at the end.
    Suffix,
}

impl Part {
    /// Where the part stands.
    pub fn span(&self) -> Span {
        match self {
            Part::Literal(_, span)
            | Part::Escaped(_, span)
            | Part::SingleQuoted(_, span)
            | Part::AnsiC(_, span)
            | Part::DoubleQuoted(_, span)
            | Part::ExtendedGlob { span, .. } => *span,
            Part::Parameter(parameter) => parameter.span,
            Part::CommandSubstitution(substitution) | Part::ProcessSubstitution { substitution, .. } => {
                substitution.span
            }
            Part::Arithmetic(text) => text.span,
            Part::ArrayAssignment(assignment) => assignment.span,
        }
    }
}
