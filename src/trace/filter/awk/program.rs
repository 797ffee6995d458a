//! The tree of an awk program.

use super::super::regex::Pattern;
use std::collections::BTreeMap;

/// A program.
#[derive(Default)]
pub(super) struct Program {
    pub(super) rules: Vec<Rule>,
    pub(super) functions: BTreeMap<String, Function>,
}

/// A function of the program.
pub(super) struct Function {
    pub(super) parameters: Vec<String>,
    pub(super) body: Vec<Statement>,
}

/// A pattern with its action.
pub(super) struct Rule {
    pub(super) when: When,
    /// Without an action the record is printed.
    pub(super) action: Option<Vec<Statement>>,
}

impl Rule {
    pub(super) fn is_begin(&self) -> bool {
        matches!(self.when, When::Begin)
    }
}

/// When an action is taken.
pub(super) enum When {
    Begin,
    End,
    Always,
    If(Expression),
    /// From a record to another, with its place among the ranges.
    Range(Expression, Expression, usize),
}

/// A statement.
pub(super) enum Statement {
    /// `print`; without operands the record.
    Print(Vec<Expression>, Target),
    Printf(Vec<Expression>, Target),
    /// `system(command)`, whose value nobody uses.
    System(Expression),
    Expression(Expression),
    If(Expression, Vec<Statement>, Vec<Statement>),
    /// `for (start; condition; step)`, `while (condition)`, and `do … while (condition)`, which runs once before.
    Loop {
        start: Option<Expression>,
        condition: Option<Expression>,
        step: Option<Expression>,
        body: Vec<Statement>,
        once: bool,
    },
    /// `for (key in array)`
    Each {
        key: String,
        array: String,
        body: Vec<Statement>,
    },
    Delete(String, Option<Vec<Expression>>),
    Break,
    Continue,
    Next,
    Exit,
    Return(Option<Expression>),
}

/// Where something is printed.
#[derive(Clone, PartialEq, Eq)]
pub(super) enum Target {
    Out,
    /// `> "/dev/stderr"`
    Nowhere,
    /// `> "file"`, which is cut the first time.
    File(String),
    /// `| "command"`
    Command(String),
}

/// What can be assigned to.
#[derive(Clone)]
pub(super) enum Place {
    Variable(String),
    /// `$1`
    Field(Box<Expression>),
    /// `array[key]`
    Element(String, Vec<Expression>),
}

/// An expression.
#[derive(Clone)]
pub(super) enum Expression {
    Number(i64),
    Text(String),
    Place(Place),
    /// `x = 1`, `x += 1`
    Assign(Place, Option<Operator>, Box<Expression>),
    /// `x++`, `--x`
    Step {
        place: Place,
        by: i64,
        before: bool,
    },
    Not(Box<Expression>),
    Negative(Box<Expression>),
    Binary(Operator, Box<Expression>, Box<Expression>),
    /// `condition ? one : other`
    Choice(Box<Expression>, Box<Expression>, Box<Expression>),
    /// `/x/`, `$1 ~ /x/`, `$1 !~ /x/`
    Matches {
        text: Box<Expression>,
        pattern: Regex,
        negated: bool,
    },
    /// `key in array`
    In(Vec<Expression>, String),
    Builtin(Builtin, Vec<Expression>),
    Split {
        text: Box<Expression>,
        array: String,
        separator: Option<Between>,
    },
    /// `sub` and `gsub`.
    Replace {
        pattern: Regex,
        replacement: Box<Expression>,
        place: Place,
        all: bool,
    },
    /// `match`
    Find(Box<Expression>, Regex),
    Call(String, Vec<Expression>),
}

/// A regular expression of the program, compiled once.
pub(super) type Regex = std::rc::Rc<Pattern>;

/// What `split` is told to split at.
#[derive(Clone)]
pub(super) enum Between {
    Regex(Regex),
    Text(Box<Expression>),
}

/// A binary operator.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Operator {
    Concatenate,
    Add,
    Subtract,
    Multiply,
    Divide,
    Remainder,
    Power,
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    And,
    Or,
}

/// A built-in function of values alone.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Builtin {
    Index,
    Int,
    Length,
    Lower,
    Print,
    Substring,
    Upper,
}
