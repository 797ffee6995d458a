//! A record and its fields.

use super::super::regex::{Meaning, Pattern, Syntax};
use super::value::Value;

/// What separates fields.
#[derive(Default)]
pub(super) enum Separator {
    /// Runs of blanks.
    #[default]
    Blanks,
    Text(String),
    Pattern(Pattern),
}

impl Separator {
    /// Reads a `-F` or `FS`.
    pub(super) fn parse(written: &str) -> Option<Separator> {
        let mut characters = written.chars();
        match (characters.next()?, characters.next()) {
            (' ', None) => Some(Separator::Blanks),
            // `-Ft` is a tab for some; a backslash, a `^` and a newline have rules of their own.
            ('t' | '\\' | '^' | '\n', None) => None,
            ('\\', Some('t')) if characters.next().is_none() => Some(Separator::Text("\t".to_owned())),
            (_, None) => Some(Separator::Text(written.to_owned())),
            _ if written.chars().all(|c| c.is_ascii_alphanumeric() || " ,:;=/@#%_-".contains(c)) => {
                Some(Separator::Text(written.to_owned()))
            }
            _ if written.contains(['\\', '^', '$', '{']) => None,
            _ => {
                let syntax = Syntax { extended: true, escapes: false };
                let pattern = Pattern::compile(written, syntax, false, Meaning::Extent)?;
                (!pattern.on("")?.is_match("")).then_some(Separator::Pattern(pattern))
            }
        }
    }

    pub(super) fn split(&self, text: &str) -> Option<Vec<String>> {
        if text.is_empty() {
            return Some(Vec::new());
        }
        Some(match self {
            Separator::Blanks => {
                text.split([' ', '\t', '\n']).filter(|field| !field.is_empty()).map(str::to_owned).collect()
            }
            Separator::Text(separator) => text.split(separator).map(str::to_owned).collect(),
            Separator::Pattern(pattern) => pattern.on(text)?.split(text).map(str::to_owned).collect(),
        })
    }
}

/// The current record.
#[derive(Default)]
pub(super) struct Record {
    pub(super) text: String,
    pub(super) fields: Vec<Value>,
    /// Whether it is not as it was read: whether it may be a number differs then.
    pub(super) rebuilt: bool,
    /// Whether it is over: what END has of a record that was changed differs.
    pub(super) over: bool,
}

impl Record {
    pub(super) fn new(text: String, separator: &Separator) -> Option<Record> {
        let fields = separator.split(&text)?.into_iter().map(Value::Input).collect();
        Some(Record { text, fields, rebuilt: false, over: false })
    }

    /// `$0` or a field; one that does not exist is empty.
    pub(super) fn field(&self, number: i64) -> Option<Value> {
        let record = if self.rebuilt { Value::Either } else { Value::Input };
        if self.over {
            return None;
        }
        match usize::try_from(number).ok()? {
            0 => Some(record(self.text.clone())),
            number => Some(self.fields.get(number - 1).cloned().unwrap_or(Value::Input(String::new()))),
        }
    }

    /// Sets a field: the record is put together anew.
    pub(super) fn set(&mut self, number: usize, value: Value, between: &str) {
        if self.fields.len() < number {
            self.fields.resize(number, Value::Input(String::new()));
        }
        if let Some(field) = number.checked_sub(1).and_then(|at| self.fields.get_mut(at)) {
            *field = value;
        }
        let texts: Vec<String> = self.fields.iter().map(Value::text).collect();
        self.text = texts.join(between);
        self.rebuilt = true;
    }
}
