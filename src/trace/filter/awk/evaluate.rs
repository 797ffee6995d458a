//! Values of awk's expressions.

use super::super::LIMIT;
use super::place::is_steady;
use super::program::{Between, Builtin, Expression, Operator, Place, Regex};
use super::record::Separator;
use super::run::{Array, Flow, Frame, Machine};
use super::value::{Value, compare};

/// How deep evaluation may be nested, calls of functions included.
const MAX_DEPTH: usize = 120;

impl Machine<'_> {
    pub(super) fn evaluate(&mut self, expression: &Expression) -> Option<Value> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return None;
        }
        let value = self.value(expression)?;
        self.depth -= 1;
        self.spend(value.len())?;
        Some(value)
    }

    pub(super) fn number_of(&mut self, expression: &Expression) -> Option<i64> {
        self.evaluate(expression)?.number()
    }

    fn value(&mut self, expression: &Expression) -> Option<Value> {
        Some(match expression {
            Expression::Number(value) => Value::Number(*value),
            Expression::Text(text) => Value::Text(text.clone()),
            Expression::Place(place) => self.get(place)?,
            Expression::Assign(place, operator, value) => {
                // Which side is evaluated first differs.
                if !is_steady(place) && !is_constant(value) {
                    return None;
                }
                let value = self.evaluate(value)?;
                match operator {
                    None => {
                        self.set(place, value.clone())?;
                        value
                    }
                    Some(operator) => Value::Number(self.change(place, *operator, value.number()?)?.1),
                }
            }
            Expression::Step { place, by, before } => {
                let (old, new) = self.change(place, Operator::Add, *by)?;
                Value::Number(if *before { new } else { old })
            }
            Expression::Not(inner) => Value::Number(i64::from(!self.is_true(inner)?)),
            Expression::Negative(inner) => {
                Value::Number(self.number_of(inner).filter(|value| *value != 0)?.checked_neg()?)
            }
            Expression::Binary(operator, left, right) => self.binary(*operator, left, right)?,
            Expression::Choice(condition, one, other) => {
                let chosen = if self.is_true(condition)? { one } else { other };
                self.evaluate(chosen)?
            }
            Expression::Matches { text, pattern, negated } => {
                let text = self.text(text)?;
                Value::Number(i64::from(pattern.on(&text)?.is_match(&text) != *negated))
            }
            Expression::In(key, array) => {
                let key = self.key(key)?;
                Value::Number(i64::from(self.array(array)?.contains_key(&key)))
            }
            Expression::Builtin(function, operands) => self.builtin(*function, operands)?,
            Expression::Split { text, array, separator } => self.split(text, array, separator.as_ref())?,
            Expression::Replace { pattern, replacement, place, all } => {
                self.replace(pattern, replacement, place, *all)?
            }
            Expression::Find(text, pattern) => {
                let text = self.text(text).filter(|text| text.is_ascii())?;
                let found = pattern.on(&text)?.find(&text);
                let (start, length) = match found {
                    Some(found) => (found.start() + 1, i64::try_from(found.len()).ok()?),
                    None => (0, -1),
                };
                let start = i64::try_from(start).ok()?;
                self.globals.values.insert("RSTART".to_owned(), Value::Number(start));
                self.globals.values.insert("RLENGTH".to_owned(), Value::Number(length));
                Value::Number(start)
            }
            Expression::Call(name, operands) => self.call(name, operands)?,
        })
    }

    fn binary(&mut self, operator: Operator, left: &Expression, right: &Expression) -> Option<Value> {
        let value = match operator {
            Operator::Concatenate => {
                let text = self.text(left)? + &self.text(right)?;
                return (text.len() <= LIMIT).then_some(Value::Text(text));
            }
            Operator::And => i64::from(self.is_true(left)? && self.is_true(right)?),
            Operator::Or => i64::from(self.is_true(left)? || self.is_true(right)?),
            Operator::Equal
            | Operator::NotEqual
            | Operator::Less
            | Operator::LessOrEqual
            | Operator::Greater
            | Operator::GreaterOrEqual => {
                let (left, right) = (self.evaluate(left)?, self.evaluate(right)?);
                i64::from(compare(operator, &left, &right)?)
            }
            _ => arithmetic(operator, self.number_of(left)?, self.number_of(right)?)?,
        };
        Some(Value::Number(value))
    }

    /// Calls a built-in function; those of texts count characters, so only ASCII is modelled.
    fn builtin(&mut self, function: Builtin, operands: &[Expression]) -> Option<Value> {
        let first = operands.first()?;
        match (function, first) {
            (Builtin::Int, Expression::Binary(Operator::Divide, left, right)) => {
                let (left, right) = (self.number_of(left)?, self.number_of(right)?);
                return left.checked_div(right).map(Value::Number);
            }
            (Builtin::Int, _) => return self.number_of(first).map(Value::Number),
            (Builtin::Print, _) => {
                let format = self.text(first)?;
                return self.printf(&format, operands.get(1..)?).map(Value::Text);
            }
            // The length of an array is something else.
            (Builtin::Length, Expression::Place(Place::Variable(name))) => {
                let is_local = self.calls.last().is_some_and(|frame| frame.arrays.contains_key(name));
                if is_local || self.globals.arrays.contains_key(name) {
                    return None;
                }
            }
            _ => {}
        }
        let text = self.text(first).filter(|text| text.is_ascii())?;
        let second = operands.get(1);
        Some(match function {
            Builtin::Int | Builtin::Print => return None,
            Builtin::Length => Value::Number(i64::try_from(text.len()).ok()?),
            Builtin::Lower => Value::Text(text.to_ascii_lowercase()),
            Builtin::Upper => Value::Text(text.to_ascii_uppercase()),
            Builtin::Index => {
                let wanted = self.text(second?).filter(|wanted| !wanted.is_empty())?;
                Value::Number(i64::try_from(text.find(&wanted).map_or(0, |at| at + 1)).ok()?)
            }
            Builtin::Substring => {
                // What stands before the text counts for some.
                let start = self.number_of(second?)?.checked_sub(1).filter(|start| *start >= 0)?;
                let from = usize::try_from(start).ok()?.min(text.len());
                let length = match operands.get(2) {
                    Some(length) => self.number_of(length)?,
                    None => i64::MAX,
                };
                let to = from.saturating_add(usize::try_from(length.max(0)).ok()?).min(text.len());
                Value::Text(text.get(from..to).unwrap_or_default().to_owned())
            }
        })
    }

    fn split(&mut self, text: &Expression, array: &str, separator: Option<&Between>) -> Option<Value> {
        let text = self.text(text)?;
        let parts: Vec<String> = match separator {
            None => self.separator.split(&text)?,
            Some(Between::Regex(_)) if text.is_empty() => Vec::new(),
            Some(Between::Regex(pattern)) => {
                let regex = pattern.on(&text)?;
                if regex.is_match("") {
                    return None;
                }
                regex.split(&text).map(str::to_owned).collect()
            }
            Some(Between::Text(separator)) => match self.text(separator)?.as_str() {
                "" if !text.is_ascii() => return None,
                "" => text.chars().map(String::from).collect(),
                // A letter `t` alone is one only for `-F`.
                "t" => text.split_terminator('t').map(str::to_owned).collect(),
                separator => Separator::parse(separator)?.split(&text)?,
            },
        };
        let elements: Array =
            parts.into_iter().zip(1..).map(|(part, at)| (at.to_string(), Value::Input(part))).collect();
        let count = i64::try_from(elements.len()).ok()?;
        self.spend(elements.len() * 64)?;
        *self.array_mut(array)? = elements;
        Some(Value::Number(count))
    }

    fn replace(
        &mut self,
        pattern: &Regex,
        replacement: &Expression,
        place: &Place,
        all: bool,
    ) -> Option<Value> {
        let replacement = self.text(replacement).filter(|text| !text.contains('\\'))?;
        if !is_steady(place) {
            return None;
        }
        // A field that there is not is made by some even if nothing is replaced.
        if let Place::Field(number) = place
            && usize::try_from(self.number_of(number)?).ok()? > self.record.fields.len()
        {
            return None;
        }
        let text = self.get(place)?.text();
        let regex = pattern.on(&text)?;
        let mut count = 0;
        let with = |captures: &regex::Captures<'_>| {
            count += 1;
            replacement.replace('&', captures.get(0).map_or("", |whole| whole.as_str()))
        };
        let changed = regex.replacen(&text, usize::from(!all), with).into_owned();
        if changed.len() > LIMIT {
            return None;
        }
        self.spend(changed.len())?;
        if count > 0 {
            self.set(place, Value::Text(changed))?;
        }
        Some(Value::Number(count))
    }

    /// Calls a function of the program. Arrays are not passed.
    fn call(&mut self, name: &str, operands: &[Expression]) -> Option<Value> {
        let program = self.program;
        let function = program.functions.get(name)?;
        if operands.len() > function.parameters.len() {
            return None;
        }
        let mut frame = Frame::default();
        for (at, parameter) in function.parameters.iter().enumerate() {
            let value = match operands.get(at) {
                // What was never set may be an array that the function fills.
                Some(operand) => self.evaluate(operand).filter(|value| !matches!(value, Value::Unset))?,
                None => Value::Unset,
            };
            frame.values.insert(parameter.clone(), value);
        }
        self.calls.push(frame);
        self.depth += 8;
        let flow = self.statements(&function.body)?;
        self.depth -= 8;
        self.calls.pop();
        match flow {
            Flow::Continue => Some(Value::Unset),
            Flow::Return(value) => Some(value),
            _ => None,
        }
    }
}

/// Arithmetic on whole numbers; beyond 31 bits they are printed in other forms.
pub(super) fn arithmetic(operator: Operator, left: i64, right: i64) -> Option<i64> {
    let value = match operator {
        Operator::Add => left.checked_add(right)?,
        Operator::Subtract => left.checked_sub(right)?,
        Operator::Multiply => left.checked_mul(right)?,
        Operator::Divide => left.checked_div(right).filter(|_| left % right == 0)?,
        Operator::Remainder => left.checked_rem(right)?,
        Operator::Power => left.checked_pow(u32::try_from(right).ok()?)?,
        _ => return None,
    };
    // A zero may have a sign.
    let signed_zero =
        value == 0 && (left < 0 || right < 0) && !matches!(operator, Operator::Add | Operator::Subtract);
    (value.unsigned_abs() < 1 << 31 && !signed_zero).then_some(value)
}

/// Whether nothing that is assigned on the way changes it.
fn is_constant(expression: &Expression) -> bool {
    match expression {
        Expression::Number(_) | Expression::Text(_) => true,
        Expression::Place(Place::Field(number)) => matches!(**number, Expression::Number(_)),
        _ => false,
    }
}
