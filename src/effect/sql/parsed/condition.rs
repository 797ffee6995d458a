//! Whether a condition, as parsed, limits anything.

use sqlparser::ast::{BinaryOperator, Expr, UnaryOperator, Value};

/// Deepest nesting that is looked into.
const MAX_DEPTH: usize = 32;

/// Whether the condition holds for every row.
pub(super) fn always_holds(condition: &Expr) -> bool {
    truth(condition, MAX_DEPTH) == Some(true)
}

/// What a condition is for every row; `None` if that depends on the row.
fn truth(condition: &Expr, depth: usize) -> Option<bool> {
    let depth = depth.checked_sub(1)?;
    match condition {
        Expr::Nested(inner) => truth(inner, depth),
        Expr::Value(value) => match &value.value {
            Value::Boolean(value) => Some(*value),
            Value::Number(number, _) => Some(number.chars().any(|c| ('1'..='9').contains(&c))),
            _ => None,
        },
        Expr::UnaryOp { op: UnaryOperator::Not, expr } => truth(expr, depth).map(|value| !value),
        Expr::BinaryOp { left, op, right } => match op {
            BinaryOperator::Or => match (truth(left, depth), truth(right, depth)) {
                (Some(true), _) | (_, Some(true)) => Some(true),
                (Some(false), other) | (other, Some(false)) => other,
                _ => None,
            },
            BinaryOperator::And => match (truth(left, depth), truth(right, depth)) {
                (Some(false), _) | (_, Some(false)) => Some(false),
                (Some(true), other) | (other, Some(true)) => other,
                _ => None,
            },
            _ => compared(constant(left)?, op, constant(right)?),
        },
        Expr::Like { negated: false, pattern, .. } | Expr::ILike { negated: false, pattern, .. } => {
            // `name LIKE '%'`: whatever has a name.
            (constant(pattern) == Some("%")).then_some(true)
        }
        _ => None,
    }
}

/// A number or a string.
fn constant(expr: &Expr) -> Option<&str> {
    let Expr::Value(value) = expr else { return None };
    match &value.value {
        Value::Number(text, _) | Value::SingleQuotedString(text) | Value::DoubleQuotedString(text) => {
            Some(text)
        }
        Value::Boolean(true) => Some("true"),
        Value::Boolean(false) => Some("false"),
        _ => None,
    }
}

fn compared(left: &str, op: &BinaryOperator, right: &str) -> Option<bool> {
    let numbers = || Some((left.parse::<f64>().ok()?, right.parse::<f64>().ok()?));
    match op {
        BinaryOperator::Eq | BinaryOperator::Spaceship => Some(left == right),
        BinaryOperator::NotEq => Some(left != right),
        BinaryOperator::Lt => numbers().map(|(left, right)| left < right),
        BinaryOperator::LtEq => numbers().map(|(left, right)| left <= right),
        BinaryOperator::Gt => numbers().map(|(left, right)| left > right),
        BinaryOperator::GtEq => numbers().map(|(left, right)| left >= right),
        _ => None,
    }
}
