//! The bash tree: one set of types for both readings. Plain values; every span is in the outermost source.
//!
//! Quoting stays in the tree (expansion in `trace` removes it), so a word that was quoted can never be
//! mistaken for one that was not. Variants are documented by the syntax they stand for; the terms are those
//! of the bash manual.

mod word;

pub use word::{ConditionalKind, Parameter, ParameterOperator, Part, ReplacePlace, Substitution, Text, Word};

use crate::source::Span;
use std::sync::{Arc, OnceLock};

/// Commands separated by `;`, `&` or newlines.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct List {
    /// The items in order.
    pub items: Vec<ListItem>,
}

impl List {
    /// The command alone.
    pub(crate) fn of(command: Command) -> List {
        let span = command.span;
        let first =
            Pipeline { negated: false, timed: false, commands: vec![command], operators: Vec::new(), span };
        let and_or = AndOr { first, rest: Vec::new() };
        List { items: vec![ListItem { and_or, background: false, continues: false }] }
    }
}

/// One and-or list and its terminator.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ListItem {
    /// The and-or list.
    pub and_or: AndOr,
    /// Whether it ends in `&`.
    pub background: bool,
    /// Whether it stands on the same line of a script as the item before: bash has read both when the first one runs,
    /// so an alias that the first defines comes too late. The second reading does not tell.
    pub continues: bool,
}

/// `first && second || third`
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct AndOr {
    /// The first pipeline.
    pub first: Pipeline,
    /// The others, each with the operator before it.
    pub rest: Vec<(AndOrOperator, Pipeline)>,
}

/// What joins two pipelines.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum AndOrOperator {
    /// `&&`
    And,
    /// `||`
    Or,
}

/// `! time a | b |& c`
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Pipeline {
    /// Whether an odd number of `!` stands in front.
    pub negated: bool,
    /// Whether the reserved word `time` stands in front.
    pub timed: bool,
    /// The commands. Empty for a lone `!` or `time`.
    pub commands: Vec<Command>,
    /// The operators between the commands: one fewer than commands.
    pub operators: Vec<PipeOperator>,
    /// The whole pipeline.
    pub span: Span,
}

/// What joins two commands of a pipeline.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum PipeOperator {
    /// `|`
    Output,
    /// `|&`
    OutputAndError,
}

/// A command with the redirections behind it. Those of a simple command are all here too, in order, wherever
/// they stand between its words.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Command {
    /// What kind of command.
    pub kind: CommandKind,
    /// Its redirections, in order.
    pub redirects: Vec<Redirect>,
    /// The whole command with its redirections.
    pub span: Span,
}

/// The kinds of commands.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum CommandKind {
    /// `name=value word word`
    Simple(Simple),
    /// `( list )`
    Subshell(List),
    /// `{ list; }`
    Group(List),
    /// `if list; then list; elif list; then list; else list; fi`
    If {
        /// Conditions and what follows `then`.
        branches: Vec<(List, List)>,
        /// What follows `else`.
        otherwise: Option<List>,
    },
    /// `while list; do list; done`, `until list; do list; done`
    While {
        /// Whether it is `until`.
        until: bool,
        /// The condition.
        condition: List,
        /// The body.
        body: List,
    },
    /// `for name in words; do list; done`, `select name in words; do list; done`
    For {
        /// The variable.
        name: Vec<u8>,
        /// The words after `in`; `None` without `in` (the positional parameters).
        words: Option<Vec<Word>>,
        /// The body.
        body: List,
        /// Whether it is `select`.
        select: bool,
    },
    /// `for (( init; condition; step )); do list; done`
    ArithmeticFor {
        /// The first expression.
        init: Text,
        /// The second.
        condition: Text,
        /// The third.
        step: Text,
        /// The body.
        body: List,
    },
    /// `case word in pattern | pattern) list ;; esac`
    Case {
        /// The word.
        word: Word,
        /// The arms.
        arms: Vec<CaseArm>,
    },
    /// `name() command`, `function name command`
    Function {
        /// The name, after quote removal.
        name: Vec<u8>,
        /// Where the name stands.
        name_span: Span,
        /// The body with its own redirections.
        body: Box<Command>,
    },
    /// `coproc command`, `coproc NAME compound-command`
    Coproc {
        /// The name, if given.
        name: Option<Vec<u8>>,
        /// What is run.
        body: Box<Command>,
    },
    /// `[[ expression ]]`
    Conditional(Conditional),
    /// `(( expression ))`
    Arithmetic(Text),
}

/// Assignments and words. At least one of them, or a redirection on the command.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Simple {
    /// The assignments in front of the words.
    pub assignments: Vec<Assignment>,
    /// The words. Of a declaration command (`declare`, `export`, `local`, `readonly`, `typeset`, also `alias`,
    /// `eval`, `let`), an argument of the form `name=(…)` is a word with one [`Part::ArrayAssignment`].
    pub words: Vec<Word>,
}

/// `name=value`, `name+=value`, `name[subscript]=value`, `name=(value …)`
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Assignment {
    /// The variable.
    pub name: Vec<u8>,
    /// `[subscript]`
    pub subscript: Option<Text>,
    /// Whether it is `+=`.
    pub append: bool,
    /// The value.
    pub value: AssignmentValue,
    /// The whole assignment.
    pub span: Span,
}

/// The right-hand side of an assignment.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum AssignmentValue {
    /// `name=word`; the word has no parts in `name=`.
    Scalar(Word),
    /// `name=(…)`
    Array(Vec<ArrayElement>),
}

/// `word` or `[subscript]=word` in an array assignment.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ArrayElement {
    /// `[subscript]`
    pub subscript: Option<Text>,
    /// The word.
    pub word: Word,
}

/// `pattern | pattern) list ;;`
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CaseArm {
    /// The patterns.
    pub patterns: Vec<Word>,
    /// The commands.
    pub body: List,
    /// How it ends.
    pub end: CaseEnd,
}

/// The end of a case arm.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum CaseEnd {
    /// `;;`, or nothing before `esac`
    Break,
    /// `;&`
    FallThrough,
    /// `;;&`
    Continue,
}

/// The expression of `[[ … ]]`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Conditional {
    /// `a || b`
    Or(Box<Conditional>, Box<Conditional>),
    /// `a && b`
    And(Box<Conditional>, Box<Conditional>),
    /// `! a`
    Not(Box<Conditional>),
    /// `( a )`
    Group(Box<Conditional>),
    /// `-f word`
    Unary(Vec<u8>, Word),
    /// `word == pattern`, `word =~ regex`, `word -eq word`
    Binary(Word, Vec<u8>, Word),
    /// `word`
    Word(Word),
}

/// `2> file`, `{fd}< file`, `<<EOF`
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Redirect {
    /// The descriptor in front, if one is written.
    pub descriptor: Option<Descriptor>,
    /// The operator.
    pub operator: RedirectOperator,
    /// What stands behind it.
    pub target: RedirectTarget,
    /// The whole redirection without a here-document's body.
    pub span: Span,
}

/// What stands directly before a redirection operator.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Descriptor {
    /// `2>`
    Number(u32),
    /// `{name}>`, also with a subscript
    Variable(Vec<u8>),
}

/// The redirection operators.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum RedirectOperator {
    /// `<`
    Input,
    /// `>`
    Output,
    /// `>>`
    Append,
    /// `>|`
    Clobber,
    /// `<>`
    ReadWrite,
    /// `<&`
    DuplicateInput,
    /// `>&`
    DuplicateOutput,
    /// `&>`
    OutputAndError,
    /// `&>>`
    AppendAndError,
    /// `<<`
    HereDocument,
    /// `<<-`
    HereDocumentTabs,
    /// `<<<`
    HereString,
}

/// What a redirection leads to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum RedirectTarget {
    /// A word: a file name, a descriptor number, the text of a here-string.
    Word(Word),
    /// `>&-`, `<&-`
    Close,
    /// A here-document.
    HereDocument(HereDocument),
}

/// A here-document.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct HereDocument {
    /// The delimiter after quote removal.
    pub delimiter: Vec<u8>,
    /// Whether a part of the delimiter was quoted: the body is literal.
    pub quoted: bool,
    /// The body, which follows later in the source: filled in when its line ends.
    pub body: Arc<OnceLock<Text>>,
}

impl HereDocument {
    /// The body; `None` if the source ends before the line does.
    pub fn text(&self) -> Option<&Text> {
        self.body.get()
    }
}

impl RedirectOperator {
    /// The operator as written.
    pub fn as_str(self) -> &'static str {
        match self {
            RedirectOperator::Input => "<",
            RedirectOperator::Output => ">",
            RedirectOperator::Append => ">>",
            RedirectOperator::Clobber => ">|",
            RedirectOperator::ReadWrite => "<>",
            RedirectOperator::DuplicateInput => "<&",
            RedirectOperator::DuplicateOutput => ">&",
            RedirectOperator::OutputAndError => "&>",
            RedirectOperator::AppendAndError => "&>>",
            RedirectOperator::HereDocument => "<<",
            RedirectOperator::HereDocumentTabs => "<<-",
            RedirectOperator::HereString => "<<<",
        }
    }
}
