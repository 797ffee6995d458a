//! Runs an awk program over text.

use super::super::LIMIT;
use super::program::{Expression, Function, Operator, Rule, Statement, When};
use super::record::{Record, Separator};
use super::value::{Value, compare, integer, is_no_number};
use std::cell::Cell;
use std::collections::BTreeMap;

/// Whether the program goes on.
enum Flow {
    Continue,
    NextRecord,
    Exit,
}

/// The state of a run.
#[derive(Default)]
pub(super) struct Machine {
    pub(super) separator: Separator,
    variables: BTreeMap<String, Value>,
    record: Record,
    number: i64,
    out: String,
    /// How many bytes were copied: a variable that grows with each record costs the square of the input.
    copied: Cell<usize>,
}

/// The most bytes that are copied.
const COPY_LIMIT: usize = 16 * LIMIT;

impl Machine {
    /// Sets a variable from outside.
    pub(super) fn preset(&mut self, name: &str, value: &str) -> Option<()> {
        if value.contains('\\') {
            return None;
        }
        self.assign(name, Value::Input(value.to_owned()), true)
    }

    /// The output of a program.
    pub(super) fn run(mut self, rules: &[Rule], text: &str) -> Option<Vec<u8>> {
        if text.contains('\0') {
            return None;
        }
        let mut flow = self.phase(rules, |when| matches!(when, When::Begin))?;
        for line in text.split_terminator('\n') {
            if matches!(flow, Flow::Exit) {
                break;
            }
            self.number += 1;
            self.record = Record::new(line.to_owned(), &self.separator)?;
            flow = self.phase(rules, |when| matches!(when, When::Always | When::If(_)))?;
        }
        // An `exit` before any input is read still runs END in some versions only.
        if matches!(flow, Flow::Exit)
            && self.number == 0
            && rules.iter().any(|rule| matches!(rule.when, When::End))
        {
            return None;
        }
        self.phase(rules, |when| matches!(when, When::End))?;
        Some(self.out.into_bytes())
    }

    fn phase(&mut self, rules: &[Rule], is_due: fn(&When) -> bool) -> Option<Flow> {
        for rule in rules.iter().filter(|rule| is_due(&rule.when)) {
            if let When::If(condition) = &rule.when
                && !self.is_true(condition)?
            {
                continue;
            }
            let Some(statements) = &rule.action else {
                self.out.push_str(&self.record.text);
                self.out.push_str(&self.text_of_variable("ORS", "\n")?);
                continue;
            };
            for statement in statements {
                let flow = self.statement(statement, &rule.when)?;
                if !matches!(flow, Flow::Continue) {
                    return Some(flow);
                }
            }
            if self.out.len() > LIMIT {
                return None;
            }
        }
        Some(Flow::Continue)
    }

    fn statement(&mut self, statement: &Statement, when: &When) -> Option<Flow> {
        match statement {
            Statement::Print(operands) => {
                let texts: Option<Vec<String>> = operands.iter().map(|operand| self.text(operand)).collect();
                let joined = texts?.join(&self.text_of_variable("OFS", " ")?);
                self.out.push_str(if operands.is_empty() { &self.record.text } else { &joined });
                let end = self.text_of_variable("ORS", "\n")?;
                self.out.push_str(&end);
            }
            Statement::Printf(operands) => {
                let (format, operands) = operands.split_first()?;
                let printed = self.printf(&self.text(format)?, operands)?;
                self.out.push_str(&printed);
            }
            Statement::Assign(name, value) => {
                let value = self.evaluate(value)?;
                self.assign(name, value, matches!(when, When::Begin))?;
            }
            Statement::Replace { pattern, replacement, all } => {
                let regex = pattern.on(&self.record.text)?;
                let with = |captures: &regex::Captures<'_>| {
                    replacement.replace('&', captures.get(0).map_or("", |whole| whole.as_str()))
                };
                let limit = if *all { 0 } else { 1 };
                let text = regex.replacen(&self.record.text, limit, with).into_owned();
                if text.len() > LIMIT {
                    return None;
                }
                self.record = Record::new(text, &self.separator)?;
            }
            Statement::Next if matches!(when, When::Begin | When::End) => return None,
            Statement::Next => return Some(Flow::NextRecord),
            Statement::Exit => return Some(Flow::Exit),
        }
        Some(Flow::Continue)
    }

    /// Assigns; variables with a meaning of their own only where it is simple.
    fn assign(&mut self, name: &str, value: Value, is_begin: bool) -> Option<()> {
        match name {
            "FS" if is_begin => self.separator = Separator::parse(&value.text())?,
            "OFS" | "ORS" => {
                self.variables.insert(name.to_owned(), value);
            }
            _ if is_special(name) => return None,
            _ => {
                self.variables.insert(name.to_owned(), value);
            }
        }
        Some(())
    }

    fn text_of_variable(&self, name: &str, default: &str) -> Option<String> {
        Some(self.variables.get(name).map_or_else(|| default.to_owned(), Value::text))
    }

    fn text(&self, expression: &Expression) -> Option<String> {
        Some(self.evaluate(expression)?.text())
    }

    fn number(&self, expression: &Expression) -> Option<i64> {
        self.evaluate(expression)?.number()
    }

    fn is_true(&self, expression: &Expression) -> Option<bool> {
        Some(match self.evaluate(expression)? {
            Value::Number(value) => value != 0,
            Value::Text(text) => !text.is_empty(),
            Value::Unset => false,
            Value::Input(text) if text.is_empty() => false,
            Value::Input(text) => match integer(&text) {
                Some(value) => value != 0,
                None if is_no_number(&text) => true,
                None => return None,
            },
        })
    }

    pub(super) fn evaluate(&self, expression: &Expression) -> Option<Value> {
        let value = self.value(expression)?;
        self.copied.set(self.copied.get() + value.len());
        (self.copied.get() <= COPY_LIMIT).then_some(value)
    }

    fn value(&self, expression: &Expression) -> Option<Value> {
        Some(match expression {
            Expression::Number(value) => Value::Number(*value),
            Expression::Text(text) => Value::Text(text.clone()),
            Expression::Variable(name) => match name.as_str() {
                "NR" | "FNR" => Value::Number(self.number),
                "NF" => Value::Number(i64::try_from(self.record.fields.len()).ok()?),
                _ if is_special(name) => return None,
                _ => self.variables.get(name).cloned().unwrap_or(Value::Unset),
            },
            Expression::Field(number) => Value::Input(self.record.field(self.number(number)?)?.to_owned()),
            Expression::Not(inner) => Value::Number(i64::from(!self.is_true(inner)?)),
            Expression::Negative(inner) => {
                Value::Number(self.number(inner).filter(|value| *value != 0)?.checked_neg()?)
            }
            Expression::Binary(operator, left, right) => self.binary(*operator, left, right)?,
            Expression::Matches { text, pattern, negated } => {
                let text = self.text(text)?;
                Value::Number(i64::from(pattern.on(&text)?.is_match(&text) != *negated))
            }
            Expression::Call(function, operands) => self.call(*function, operands)?,
        })
    }

    fn binary(&self, operator: Operator, left: &Expression, right: &Expression) -> Option<Value> {
        let value = match operator {
            Operator::Concatenate => {
                let text = self.text(left)? + &self.text(right)?;
                return (text.len() <= LIMIT).then_some(Value::Text(text));
            }
            Operator::And => i64::from(self.is_true(left)? && self.is_true(right)?),
            Operator::Or => i64::from(self.is_true(left)? || self.is_true(right)?),
            Operator::Add => self.number(left)?.checked_add(self.number(right)?)?,
            Operator::Subtract => self.number(left)?.checked_sub(self.number(right)?)?,
            Operator::Multiply => self.number(left)?.checked_mul(self.number(right)?)?,
            Operator::Divide => {
                let (left, right) = (self.number(left)?, self.number(right)?);
                left.checked_div(right).filter(|_| left % right == 0)?
            }
            Operator::Remainder => self.number(left)?.checked_rem(self.number(right)?)?,
            _ => i64::from(compare(operator, &self.evaluate(left)?, &self.evaluate(right)?)?),
        };
        // Beyond this numbers are printed in other forms.
        (value.unsigned_abs() < 1 << 31).then_some(Value::Number(value))
    }

    /// Calls a function; all of them count characters, so only ASCII is modelled.
    fn call(&self, function: Function, operands: &[Expression]) -> Option<Value> {
        let text = self.text(operands.first()?).filter(|text| text.is_ascii())?;
        let second = operands.get(1);
        Some(match function {
            Function::Length => Value::Number(i64::try_from(text.len()).ok()?),
            Function::Lower => Value::Text(text.to_ascii_lowercase()),
            Function::Upper => Value::Text(text.to_ascii_uppercase()),
            Function::Index => {
                let wanted = self.text(second?).filter(|wanted| !wanted.is_empty())?;
                Value::Number(i64::try_from(text.find(&wanted).map_or(0, |at| at + 1)).ok()?)
            }
            Function::Substring => {
                // What stands before the text counts for some.
                let start = self.number(second?)?.checked_sub(1).filter(|start| *start >= 0)?;
                let from = usize::try_from(start).ok()?.min(text.len());
                let length = operands.get(2).map_or(Some(i64::MAX), |length| self.number(length))?;
                let to = from.saturating_add(usize::try_from(length.max(0)).ok()?).min(text.len());
                Value::Text(text.get(from..to).unwrap_or_default().to_owned())
            }
        })
    }
}

/// Whether a variable has a meaning of its own.
fn is_special(name: &str) -> bool {
    name.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b'_')
}
