//! Where a payload holds the command, or the commands.

use super::json::at;
use serde_json::Value;

/// Most commands of one call that are looked at; agents send a handful.
const MAX_COMMANDS: usize = 256;

/// Where the command stands.
#[derive(Clone, Copy, Debug)]
pub(super) enum Place {
    /// A text at the first of these paths that is there.
    At(&'static [&'static str]),
    /// A text at the second path below the first, which may also be that object as JSON text.
    Inside(&'static str, &'static str),
    /// Several commands, each for a shell of its own, in any of the forms that Cline passes on.
    List(&'static [&'static str]),
}

/// What was found there.
#[derive(PartialEq, Eq, Debug)]
pub(super) enum Found {
    /// The commands, in the order in which they would run.
    Commands(Vec<String>),
    /// Nothing.
    Missing,
    /// Something that is no command.
    NotText,
}

impl Place {
    /// Whether anything stands there.
    pub(super) fn is_in(self, payload: &Value) -> bool {
        self.find(payload) != Found::Missing
    }

    /// What stands there.
    pub(super) fn find(self, payload: &Value) -> Found {
        match self {
            Place::At(paths) => text(paths.iter().find_map(|path| at(payload, path))),
            Place::Inside(object, path) => match at(payload, object) {
                Some(Value::String(json)) => match serde_json::from_str::<Value>(json) {
                    Ok(object) => text(at(&object, path)),
                    Err(_) => Found::NotText,
                },
                Some(object) => text(at(object, path)),
                None => Found::Missing,
            },
            Place::List(paths) => match paths.iter().find_map(|path| at(payload, path)) {
                Some(input) => list(input),
                None => Found::Missing,
            },
        }
    }

    /// The paths, for messages.
    pub(super) fn name(self) -> &'static str {
        match self {
            Place::At(paths) | Place::List(paths) => paths.first().copied().unwrap_or_default(),
            Place::Inside(object, _) => object,
        }
    }
}

fn text(value: Option<&Value>) -> Found {
    match value {
        Some(Value::String(command)) => Found::Commands(vec![command.clone()]),
        Some(_) => Found::NotText,
        None => Found::Missing,
    }
}

/// `{commands: […]}`, `{commands: text}`, `{command}`, `{cmd}`, `[…]` or a text; an item of a list is a text or
/// `{command, args}`. A list may also be given as JSON text.
fn list(input: &Value) -> Found {
    let inner = ["commands", "command", "cmd"].iter().find_map(|name| at(input, name));
    let has_arguments = at(input, "args").is_some();
    match inner.filter(|_| !has_arguments).unwrap_or(input) {
        Value::String(text) => match serde_json::from_str::<Value>(text) {
            Ok(Value::Array(items)) => all(&items),
            _ => Found::Commands(vec![text.clone()]),
        },
        Value::Array(items) => all(items),
        Value::Object(fields) if fields.is_empty() => Found::Missing,
        other => item(other).map_or(Found::NotText, |command| Found::Commands(vec![command])),
    }
}

fn all(items: &[Value]) -> Found {
    if items.len() > MAX_COMMANDS {
        return Found::NotText;
    }
    match items.iter().map(item).collect::<Option<Vec<String>>>() {
        Some(commands) => Found::Commands(commands),
        None => Found::NotText,
    }
}

/// A text, or a program with its arguments, which no shell splits.
fn item(item: &Value) -> Option<String> {
    if let Value::String(command) = item {
        return Some(command.clone());
    }
    let command = at(item, "command")?.as_str()?;
    let Some(arguments) = at(item, "args") else { return Some(command.to_owned()) };
    let arguments: Option<Vec<&str>> = arguments.as_array()?.iter().map(Value::as_str).collect();
    Some(format!("{command} {}", shell_words::join(arguments?)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_list_of_commands_is_understood_in_every_form() {
        let place = Place::List(&["input"]);
        let two = Found::Commands(vec!["ls".to_owned(), "rm -r 'a b'".to_owned()]);
        for input in [
            json!({"commands": ["ls", "rm -r 'a b'"]}),
            json!(["ls", "rm -r 'a b'"]),
            json!({"commands": r#"["ls", "rm -r 'a b'"]"#}),
            json!(["ls", {"command": "rm", "args": ["-r", "a b"]}]),
        ] {
            assert_eq!(place.find(&json!({"input": input})), two, "{input}");
        }
        let one = Found::Commands(vec!["ls".to_owned()]);
        for input in [json!("ls"), json!({"commands": "ls"}), json!({"cmd": "ls"}), json!({"command": "ls"})]
        {
            assert_eq!(place.find(&json!({"input": input})), one, "{input}");
        }
        assert_eq!(place.find(&json!({"input": {}})), Found::Missing);
        assert_eq!(place.find(&json!({"input": [1]})), Found::NotText);
        assert_eq!(place.find(&json!({"input": {"commands": 1}})), Found::NotText);
    }

    #[test]
    fn an_object_may_be_json_text() {
        let place = Place::Inside("toolArgs", "command");
        let ls = Found::Commands(vec!["ls".to_owned()]);
        assert_eq!(place.find(&json!({"toolArgs": {"command": "ls"}})), ls);
        assert_eq!(place.find(&json!({"toolArgs": "{\"command\": \"ls\"}"})), ls);
        assert_eq!(place.find(&json!({"toolArgs": "ls"})), Found::NotText);
    }
}
