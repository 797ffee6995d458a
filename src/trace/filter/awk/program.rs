//! The tree of an awk program.

use super::super::regex::Pattern;

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
}

/// A statement.
pub(super) enum Statement {
    /// `print`; without operands the record.
    Print(Vec<Expression>),
    Printf(Vec<Expression>),
    Assign(String, Expression),
    /// `sub` and `gsub` of the record.
    Replace {
        pattern: Pattern,
        replacement: String,
        all: bool,
    },
    Next,
    Exit,
}

/// An expression.
pub(super) enum Expression {
    Number(i64),
    Text(String),
    Variable(String),
    /// `$1`
    Field(Box<Expression>),
    Not(Box<Expression>),
    Negative(Box<Expression>),
    Binary(Operator, Box<Expression>, Box<Expression>),
    /// `/x/`, `$1 ~ /x/`, `$1 !~ /x/`
    Matches {
        text: Box<Expression>,
        pattern: Pattern,
        negated: bool,
    },
    Call(Function, Vec<Expression>),
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
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    And,
    Or,
}

/// A built-in function.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Function {
    Index,
    Length,
    Lower,
    Substring,
    Upper,
}
