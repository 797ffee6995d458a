//! `[[ … ]]`, `[ … ]` and `test` on known operands.

use super::env::{Content, index_key};
use super::tracer::Tracer;
use super::{arithmetic, filter, pattern};
use crate::syntax::ast::{Conditional, Word};
use crate::value::{Cause, Match, Value};

/// The groups of an expression that are told apart where nobody knows what they match.
const MAX_GROUPS: usize = 10;

impl Tracer<'_> {
    /// Whether `[[ … ]]` succeeds, if known. All operands are expanded, for the commands in them.
    pub(super) fn test_expression(&mut self, expression: &Conditional) -> Option<bool> {
        match expression {
            Conditional::Or(left, right) => {
                let left = self.test_expression(left);
                if left == Some(true) {
                    return left;
                }
                let right = self.test_expression(right);
                match (left, right) {
                    (_, Some(true)) => Some(true),
                    (Some(false), right) => right,
                    _ => None,
                }
            }
            Conditional::And(left, right) => {
                let left = self.test_expression(left);
                if left == Some(false) {
                    return left;
                }
                let right = self.test_expression(right);
                match (left, right) {
                    (_, Some(false)) => Some(false),
                    (Some(true), right) => right,
                    _ => None,
                }
            }
            Conditional::Not(inner) => self.test_expression(inner).map(|success| !success),
            Conditional::Group(inner) => self.test_expression(inner),
            Conditional::Word(word) => self.operand(word).known().map(|text| !text.is_empty()),
            Conditional::Unary(operator, word) => {
                let value = self.operand(word);
                self.unary_test(operator, &value)
            }
            Conditional::Binary(left, operator, right) => {
                let left = self.operand(left);
                match operator.as_slice() {
                    b"==" | b"=" | b"!=" => {
                        let pattern = self.expand_pattern(right)?;
                        let nocase = self.env.options.nocasematch;
                        let matches = pattern::matches_in(nocase, &pattern, &left.known()?);
                        match matches {
                            Match::Possible => None,
                            matches => Some((matches == Match::Certain) != (operator == b"!=")),
                        }
                    }
                    b"=~" => self.regex_test(&left, right),
                    _ => {
                        let right = self.operand(right);
                        self.binary_test(&left, operator, &right)
                    }
                }
            }
        }
    }

    /// `text =~ expression`: what the groups match is in `BASH_REMATCH` afterwards.
    fn regex_test(&mut self, text: &Value, expression: &Word) -> Option<bool> {
        let expression = self.expand_regex(expression);
        let nocase = self.env.options.nocasematch;
        let found = match (text.known_str(), expression.and_then(|bytes| String::from_utf8(bytes).ok())) {
            (Some(text), Some(expression)) if nocase != Match::Possible => {
                filter::find(&expression, nocase == Match::Certain, &text)
            }
            _ => None,
        };
        let span = text.origin().unwrap_or_default();
        let groups = match &found {
            Some(groups) => {
                let groups = groups.iter().flatten().enumerate();
                let value = |group: &Vec<u8>| Value::text(group.clone(), span);
                Content::Array(groups.map(|(index, group)| (index_key(index), value(group))).collect())
            }
            None => {
                let group = Value::unknown(Cause::Unmodelled, true, span);
                Content::Array((0..MAX_GROUPS).map(|index| (index_key(index), group.clone())).collect())
            }
        };
        self.env.assign_contents(b"BASH_REMATCH", vec![groups]);
        found.map(|groups| groups.is_some())
    }

    fn operand(&mut self, word: &Word) -> Value {
        self.expand_one(word)
    }

    /// Whether `test` succeeds with these arguments, if known.
    pub(super) fn test_arguments(&mut self, arguments: &[Value]) -> Option<bool> {
        match arguments {
            [] => Some(false),
            [one] => one.known().map(|text| !text.is_empty()),
            [not, rest @ ..] if not.equals(b"!") == Match::Certain && rest.len() != 2 => {
                self.test_arguments(rest).map(|success| !success)
            }
            [operator, value] => self.unary_test(&operator.known()?, value),
            [left, operator, right] => {
                let operator = operator.known()?;
                match &*operator {
                    b"=" | b"==" => Some(left.known()? == right.known()?),
                    b"!=" => Some(left.known()? != right.known()?),
                    // `[` reads decimal numbers only, where `[[` evaluates.
                    b"-eq" | b"-ne" | b"-lt" | b"-le" | b"-gt" | b"-ge" => {
                        compare(&operator, decimal(left)?, decimal(right)?)
                    }
                    operator => self.binary_test(left, operator, right),
                }
            }
            _ => None,
        }
    }

    fn unary_test(&mut self, operator: &[u8], value: &Value) -> Option<bool> {
        match operator {
            b"-z" => value.known().map(|text| text.is_empty()),
            b"-n" => value.known().map(|text| !text.is_empty()),
            b"!" => value.known().map(|text| text.is_empty()),
            b"-v" => {
                // The subscript of the name is evaluated: `test -v 'a[$(cmd)]'` runs cmd.
                let name = value.known()?;
                if name.contains(&b'[') {
                    arithmetic::evaluate(self, value);
                }
                None
            }
            _ => None,
        }
    }

    fn binary_test(&mut self, left: &Value, operator: &[u8], right: &Value) -> Option<bool> {
        if !matches!(operator, b"-eq" | b"-ne" | b"-lt" | b"-le" | b"-gt" | b"-ge") {
            // How texts sort depends on the locale.
            return None;
        }
        let left = arithmetic::evaluate(self, left);
        let right = arithmetic::evaluate(self, right);
        let (left, right) = left.zip(right)?;
        compare(operator, left, right)
    }
}

/// The number that `[` reads.
fn decimal(value: &Value) -> Option<i64> {
    value.known_str()?.trim().parse().ok()
}

fn compare(operator: &[u8], left: i64, right: i64) -> Option<bool> {
    Some(match operator {
        b"-eq" => left == right,
        b"-ne" => left != right,
        b"-lt" => left < right,
        b"-le" => left <= right,
        b"-gt" => left > right,
        _ => left >= right,
    })
}
