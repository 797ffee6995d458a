//! Applies a program of `jq` to a value.

use super::super::base64::{decode_base64, encode_base64};
use super::LIMIT;
use super::json::{Json, parse_all};
use super::parser::{Filter, Format, Part};

/// What may be spent: a value may be copied by each filter that it goes through.
const BUDGET: usize = 16 * LIMIT;

/// A run.
pub(super) struct Machine<'a> {
    variables: &'a [(String, Json)],
    spent: usize,
}

impl Machine<'_> {
    pub(super) fn new(variables: &[(String, Json)]) -> Machine<'_> {
        Machine { variables, spent: 0 }
    }

    /// All results, in order.
    pub(super) fn run(&mut self, filter: &Filter, input: &Json) -> Option<Vec<Json>> {
        self.spent += input.weight();
        if self.spent > BUDGET {
            return None;
        }
        Some(match filter {
            Filter::Same => vec![input.clone()],
            Filter::Number(value) => vec![Json::Number(*value)],
            Filter::Text(parts, format) => {
                let mut text = String::new();
                for part in parts {
                    match part {
                        Part::Text(plain) => text.push_str(plain),
                        Part::Filter(filter) => {
                            let value = self.one(filter, input)?;
                            text.push_str(&formatted(*format, &value)?);
                        }
                    }
                }
                vec![Json::Text(text)]
            }
            Filter::Format(format) => vec![Json::Text(formatted(*format, input)?)],
            Filter::Variable(name) => {
                vec![self.variables.iter().rfind(|(known, _)| known == name)?.1.clone()]
            }
            Filter::Index(of, index) => {
                let key = self.one(index, input)?;
                let of = self.run(of, input)?;
                of.iter().map(|value| member(value, &key)).collect::<Option<_>>()?
            }
            Filter::Each(of) => {
                let mut items = Vec::new();
                for value in self.run(of, input)? {
                    match value {
                        Json::List(list) => items.extend(list),
                        Json::Object(members) => items.extend(members.into_iter().map(|(_, member)| member)),
                        _ => return None,
                    }
                }
                items
            }
            Filter::List(None) => vec![Json::List(Vec::new())],
            Filter::List(Some(inner)) => vec![Json::List(self.run(inner, input)?)],
            Filter::Pipe(left, right) => {
                let mut results = Vec::new();
                for value in self.run(left, input)? {
                    results.extend(self.run(right, &value)?);
                }
                results
            }
            Filter::Comma(left, right) => {
                let mut results = self.run(left, input)?;
                results.extend(self.run(right, input)?);
                results
            }
            Filter::Add(left, right) => vec![sum(self.one(left, input)?, self.one(right, input)?)?],
            Filter::Equal(left, right, equal) => {
                let (left, right) = (self.one(left, input)?, self.one(right, input)?);
                let plain =
                    |value: &Json| !matches!(value, Json::List(_) | Json::Object(_) | Json::OddNumber);
                (plain(&left) && plain(&right)).then(|| vec![Json::Bool((left == right) == *equal)])?
            }
            Filter::Otherwise(left, right) => {
                let left = self.one(left, input)?;
                if matches!(left, Json::Null | Json::Bool(false)) {
                    self.run(right, input)?
                } else {
                    vec![left]
                }
            }
            Filter::Call(name, None) => match name.as_str() {
                "empty" => Vec::new(),
                _ => vec![function(name, input)?],
            },
            Filter::Call(name, Some(argument)) => self.call(name, argument, input)?,
        })
    }

    /// The only result.
    fn one(&mut self, filter: &Filter, input: &Json) -> Option<Json> {
        let mut results = self.run(filter, input)?;
        let only = results.pop()?;
        results.is_empty().then_some(only)
    }

    /// A function with an argument.
    fn call(&mut self, name: &str, argument: &Filter, input: &Json) -> Option<Vec<Json>> {
        if name == "map" {
            let Json::List(items) = input else { return None };
            let mut results = Vec::new();
            for item in items {
                results.extend(self.run(argument, item)?);
            }
            return Some(vec![Json::List(results)]);
        }
        let argument = self.one(argument, input)?;
        if name == "select" {
            let kept = !matches!(argument, Json::Null | Json::Bool(false));
            return Some(if kept { vec![input.clone()] } else { Vec::new() });
        }
        let Json::Text(argument) = argument else { return None };
        let result = match (name, input) {
            ("join", Json::List(items)) if !items.is_empty() => {
                let text = |item: &Json| match item {
                    Json::Text(text) => Some(text.clone()),
                    Json::Null => Some(String::new()),
                    _ => None,
                };
                let texts: Option<Vec<String>> = items.iter().map(text).collect();
                Json::Text(texts?.join(&argument))
            }
            ("split", Json::Text(text)) if !text.is_empty() && !argument.is_empty() => {
                Json::List(text.split(&argument).map(|part| Json::Text(part.to_owned())).collect())
            }
            ("ltrimstr", Json::Text(text)) => {
                Json::Text(text.strip_prefix(&argument).unwrap_or(text).to_owned())
            }
            ("rtrimstr", Json::Text(text)) if !argument.is_empty() => {
                Json::Text(text.strip_suffix(&argument).unwrap_or(text).to_owned())
            }
            _ => return None,
        };
        Some(vec![result])
    }
}

/// The member of an object, or the item of a list.
fn member(value: &Json, key: &Json) -> Option<Json> {
    match (value, key) {
        (Json::Null, Json::Text(_) | Json::Number(_)) => Some(Json::Null),
        (Json::Object(members), Json::Text(key)) => Some(
            members.iter().find(|(known, _)| known == key).map_or(Json::Null, |(_, member)| member.clone()),
        ),
        (Json::List(items), Json::Number(at)) => {
            let at = if *at < 0 { i64::try_from(items.len()).ok()? + at } else { *at };
            let item = usize::try_from(at).ok().and_then(|at| items.get(at));
            Some(item.cloned().unwrap_or(Json::Null))
        }
        _ => None,
    }
}

fn sum(left: Json, right: Json) -> Option<Json> {
    match (left, right) {
        (Json::Null, other) | (other, Json::Null) => Some(other),
        (Json::Text(left), Json::Text(right)) if left.len() + right.len() <= LIMIT => {
            Some(Json::Text(left + &right))
        }
        (Json::Number(left), Json::Number(right)) => {
            left.checked_add(right).filter(|sum| sum.unsigned_abs() < 1 << 50).map(Json::Number)
        }
        (Json::List(left), Json::List(right)) => Some(Json::List([left, right].concat())),
        _ => None,
    }
}

/// A function of its input alone.
fn function(name: &str, input: &Json) -> Option<Json> {
    Some(match (name, input) {
        ("null", _) => Json::Null,
        ("true", _) => Json::Bool(true),
        ("false", _) => Json::Bool(false),
        ("not", value) => Json::Bool(matches!(value, Json::Null | Json::Bool(false))),
        ("ascii_downcase", Json::Text(text)) => Json::Text(text.to_ascii_lowercase()),
        ("ascii_upcase", Json::Text(text)) => Json::Text(text.to_ascii_uppercase()),
        ("tostring", value) => Json::Text(formatted(Format::Text, value)?),
        ("tojson", value) => {
            let mut text = String::new();
            value.write(None, &mut text)?;
            Json::Text(text)
        }
        ("fromjson", Json::Text(text)) => match parse_all(text)?.as_slice() {
            [only] => only.clone(),
            _ => return None,
        },
        ("length", Json::Text(text)) => Json::Number(i64::try_from(text.chars().count()).ok()?),
        ("length", Json::List(items)) => Json::Number(i64::try_from(items.len()).ok()?),
        ("reverse", Json::List(items)) => Json::List(items.iter().rev().cloned().collect()),
        ("first", Json::List(items)) => items.first()?.clone(),
        ("last", Json::List(items)) => items.last()?.clone(),
        ("explode", Json::Text(text)) => {
            Json::List(text.chars().map(|character| Json::Number(i64::from(u32::from(character)))).collect())
        }
        ("implode", Json::List(items)) => {
            let character = |item: &Json| match item {
                Json::Number(code) => {
                    char::from_u32(u32::try_from(*code).ok()?).filter(|found| *found != '\0')
                }
                _ => None,
            };
            Json::Text(items.iter().map(character).collect::<Option<String>>()?)
        }
        ("add", Json::List(items)) => {
            let mut total = Json::Null;
            for item in items {
                total = sum(total, item.clone())?;
            }
            total
        }
        _ => return None,
    })
}

/// A value as a format writes it.
fn formatted(format: Format, value: &Json) -> Option<String> {
    let plain = |value: &Json| match value {
        Json::Text(text) => Some(text.clone()),
        other => {
            let mut text = String::new();
            other.write(None, &mut text)?;
            Some(text)
        }
    };
    match (format, value) {
        (Format::Text, value) => plain(value),
        (Format::Base64, value) => String::from_utf8(encode_base64(plain(value)?.as_bytes(), 0)).ok(),
        (Format::Base64Decoded, Json::Text(text)) if !text.contains('\n') => {
            let padded = text.len().is_multiple_of(4) && !text.is_empty();
            let decoded = decode_base64(text.as_bytes()).filter(|_| padded)?;
            String::from_utf8(decoded).ok().filter(|text| !text.contains('\0'))
        }
        (Format::Shell, Json::Text(text)) => Some(format!("'{}'", text.replace('\'', "'\\''"))),
        (Format::Shell, Json::List(items)) => {
            let scalar = |item: &Json| match item {
                Json::List(_) | Json::Object(_) => None,
                item => formatted(format, item),
            };
            Some(items.iter().map(scalar).collect::<Option<Vec<_>>>()?.join(" "))
        }
        (Format::Shell, Json::Null | Json::Bool(_) | Json::Number(_)) => plain(value),
        _ => None,
    }
}
