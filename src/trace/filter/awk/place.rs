//! Variables, fields and elements of arrays.

use super::super::LIMIT;
use super::program::{Expression, Operator, Place};
use super::record::{Record, Separator};
use super::run::{Array, Machine};
use super::value::Value;

/// The most fields of a record and elements of an array.
const MOST: usize = 1 << 14;

impl Machine<'_> {
    pub(super) fn get(&mut self, place: &Place) -> Option<Value> {
        match place {
            Place::Variable(name) => self.variable(name),
            Place::Field(number) => {
                let number = self.evaluate(number)?;
                // The field of nothing is an error to some.
                if matches!(number, Value::Unset) {
                    return None;
                }
                self.record.field(number.number()?)
            }
            Place::Element(array, key) => {
                let key = self.key(key)?;
                if array == "ARGV" {
                    // The first is the program's own name.
                    return self.globals.arrays.get(array)?.get(&key).cloned();
                }
                let array = self.array_mut(array)?;
                // Asking for an element makes it.
                if array.len() > MOST {
                    return None;
                }
                Some(array.entry(key).or_insert(Value::Unset).clone())
            }
        }
    }

    pub(super) fn set(&mut self, place: &Place, value: Value) -> Option<()> {
        match place {
            Place::Variable(name) => self.set_variable(name, value),
            Place::Field(number) => {
                let number = usize::try_from(self.number_of(number)?).ok().filter(|number| *number < MOST)?;
                if number == 0 {
                    self.record = Record::new(value.text(), &self.separator)?;
                    self.record.rebuilt = true;
                } else if self.record.over {
                    return None;
                } else {
                    let between = self.global_text("OFS", " ");
                    self.spend(self.record.text.len())?;
                    self.record.set(number, value, &between);
                }
                (self.record.text.len() <= LIMIT).then_some(())
            }
            Place::Element(array, key) => {
                let key = self.key(key)?;
                let array = self.array_mut(array)?;
                array.insert(key, value);
                (array.len() <= MOST).then_some(())
            }
        }
    }

    fn variable(&self, name: &str) -> Option<Value> {
        if let Some(value) = self.calls.last().and_then(|frame| frame.values.get(name)) {
            return Some(value.clone());
        }
        match name {
            "NR" | "FNR" => Some(Value::Number(self.number)),
            "NF" if self.record.over => None,
            "NF" => Some(Value::Number(i64::try_from(self.record.fields.len()).ok()?)),
            "ARGC" | "RSTART" | "RLENGTH" => self.globals.values.get(name).cloned(),
            "OFS" => Some(Value::Text(self.global_text("OFS", " "))),
            "ORS" => Some(Value::Text(self.global_text("ORS", "\n"))),
            _ if is_special(name) => None,
            _ if self.is_array(name) => None,
            _ => Some(self.globals.values.get(name).cloned().unwrap_or(Value::Unset)),
        }
    }

    /// Assigns; variables with a meaning of their own only where it is simple.
    pub(super) fn set_variable(&mut self, name: &str, value: Value) -> Option<()> {
        if let Some(local) = self.calls.last_mut().and_then(|frame| frame.values.get_mut(name)) {
            *local = value;
            return Some(());
        }
        match name {
            "FS" if self.may_set_separator() => self.separator = Separator::parse(&value.text())?,
            "OFS" | "ORS" => {}
            _ if is_special(name) || self.is_array(name) => return None,
            _ => {}
        }
        self.globals.values.insert(name.to_owned(), value);
        Some(())
    }

    /// Whether the name is that of an array, or of a function.
    fn is_array(&self, name: &str) -> bool {
        self.globals.arrays.contains_key(name)
            || self.program.functions.contains_key(name)
            || self.calls.last().is_some_and(|frame| frame.arrays.contains_key(name))
    }

    pub(super) fn array(&mut self, name: &str) -> Option<&Array> {
        self.array_mut(name).map(|array| &*array)
    }

    /// An array. A parameter that has no value yet may become one, which is how arrays of a call are written.
    pub(super) fn array_mut(&mut self, name: &str) -> Option<&mut Array> {
        if let Some(frame) = self.calls.last_mut() {
            if matches!(frame.values.get(name), Some(Value::Unset)) {
                frame.values.remove(name);
                frame.arrays.insert(name.to_owned(), Array::new());
            }
            if frame.values.contains_key(name) {
                return None;
            }
            if frame.arrays.contains_key(name) {
                return self.calls.last_mut()?.arrays.get_mut(name);
            }
        }
        let taken = self.globals.values.contains_key(name) || self.program.functions.contains_key(name);
        if taken || is_special(name) {
            return None;
        }
        Some(self.globals.arrays.entry(name.to_owned()).or_default())
    }

    /// The key of an element.
    pub(super) fn key(&mut self, key: &[Expression]) -> Option<String> {
        let parts: Option<Vec<String>> = key.iter().map(|part| self.text(part)).collect();
        Some(parts?.join("\x1c"))
    }

    /// `x += 1`
    pub(super) fn change(&mut self, place: &Place, operator: Operator, by: i64) -> Option<(i64, i64)> {
        // A place is read and written: what it is must not change in between.
        if !is_steady(place) {
            return None;
        }
        let old = self.get(place)?.number()?;
        let new = super::evaluate::arithmetic(operator, old, by)?;
        self.set(place, Value::Number(new))?;
        Some((old, new))
    }
}

/// Whether reading it changes nothing.
pub(super) fn is_steady(place: &Place) -> bool {
    let plain = |part: &Expression| match part {
        Expression::Number(_) | Expression::Text(_) => true,
        Expression::Place(inner) => is_steady(inner),
        _ => false,
    };
    match place {
        Place::Variable(_) => true,
        Place::Field(number) => plain(number),
        Place::Element(_, key) => key.iter().all(plain),
    }
}

/// Whether a variable has a meaning of its own.
fn is_special(name: &str) -> bool {
    const SPECIAL: &[&str] = &[
        "ARGC",
        "ARGIND",
        "ARGV",
        "BINMODE",
        "CONVFMT",
        "ENVIRON",
        "ERRNO",
        "FIELDWIDTHS",
        "FILENAME",
        "FNR",
        "FPAT",
        "FS",
        "FUNCTAB",
        "IGNORECASE",
        "LINT",
        "NF",
        "NR",
        "OFMT",
        "OFS",
        "ORS",
        "PREC",
        "PROCINFO",
        "RLENGTH",
        "ROUNDMODE",
        "RS",
        "RSTART",
        "RT",
        "SUBSEP",
        "SYMTAB",
        "TEXTDOMAIN",
    ];
    SPECIAL.contains(&name)
}
