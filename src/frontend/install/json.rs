//! Editing a host's JSON without touching the rest of it: comments, order and layout stay.
//!
//! A list of hooks holds handlers, or groups that hold handlers in `hooks`. A group may also hold somebody else's.

use super::entry::{CommandLine, ours};
use jsonc_parser::ParseOptions;
use jsonc_parser::cst::{CstArray, CstInputValue, CstNode, CstObject, CstRootNode};
use serde_json::Value;

/// Comments and trailing commas are common in such files; anything else that is no JSON is better not touched.
const OPTIONS: ParseOptions = ParseOptions {
    allow_comments: true,
    allow_trailing_commas: true,
    allow_loose_object_property_names: false,
    allow_missing_commas: false,
    allow_single_quoted_strings: false,
    allow_hexadecimal_numbers: false,
    allow_unary_plus_numbers: false,
    allow_bare_decimal_point_numbers: false,
    allow_non_finite_numbers: false,
    allow_extended_string_escapes: false,
};

/// What JSON5 allows besides, for hosts that read it.
const JSON5: ParseOptions = ParseOptions {
    allow_loose_object_property_names: true,
    allow_single_quoted_strings: true,
    allow_hexadecimal_numbers: true,
    allow_unary_plus_numbers: true,
    allow_bare_decimal_point_numbers: true,
    allow_non_finite_numbers: true,
    allow_extended_string_escapes: true,
    ..OPTIONS
};

/// JSON5 with a value at `path`.
pub(super) fn with_setting(text: &str, path: &[&str], value: bool) -> Result<String, String> {
    if is_set(text, path, value)? {
        return Ok(text.to_owned());
    }
    let root = parse(text, &JSON5)?;
    let (name, parents) = path.split_last().ok_or("no setting is named")?;
    let object = object_made(&root, path, parents)?;
    match object.get(name) {
        Some(property) => property.set_value(CstInputValue::Bool(value)),
        None => _ = object.append(name, CstInputValue::Bool(value)),
    }
    Ok(ending(root.to_string()))
}

/// JSON5 without the member at `path`, and without the objects that this leaves empty.
pub(super) fn without_setting(text: &str, path: &[&str]) -> Result<String, String> {
    let root = parse(text, &JSON5)?;
    let Some((name, parents)) = path.split_last() else { return Ok(text.to_owned()) };
    let Some(property) = object_at(&root, parents)?.and_then(|object| object.get(name)) else {
        return Ok(text.to_owned());
    };
    property.remove();
    remove_empty(&root, parents)?;
    Ok(root.to_string())
}

/// Whether JSON5 has this value at `path`.
pub(super) fn is_set(text: &str, path: &[&str], value: bool) -> Result<bool, String> {
    let root = parse(text, &JSON5)?;
    let Some((name, parents)) = path.split_last() else { return Ok(false) };
    let Some(object) = object_at(&root, parents)? else { return Ok(false) };
    Ok(member(&object, name)?.and_then(|node| node.to_serde_value()) == Some(Value::Bool(value)))
}

/// `text` with `entry` in the list at `path`, instead of what argvet had there before.
pub(super) fn with(text: &str, path: &[&str], entry: &Value) -> Result<String, String> {
    let root = parse(text, &OPTIONS)?;
    if let Some(list) = existing(&root, path)? {
        let already = list.elements().iter().filter(|element| !handlers(element).is_empty()).count();
        let is_same = list.elements().iter().any(|element| value(element).as_ref() == Some(entry));
        if already == 1 && is_same {
            return Ok(text.to_owned());
        }
        remove_from(&list);
    }
    let list = created(&root, path)?;
    list.append(input(entry));
    list.ensure_multiline();
    Ok(ending(root.to_string()))
}

/// `text` without argvet, and without the lists and objects that this leaves empty.
pub(super) fn without(text: &str, path: &[&str]) -> Result<String, String> {
    let root = parse(text, &OPTIONS)?;
    let Some(list) = existing(&root, path)? else { return Ok(text.to_owned()) };
    if !remove_from(&list) {
        return Ok(text.to_owned());
    }
    remove_empty(&root, path)?;
    Ok(root.to_string())
}

/// Removes what stands at `path` if it is an empty list or object, and what then is empty above it.
fn remove_empty(root: &CstRootNode, path: &[&str]) -> Result<(), String> {
    for depth in (1..=path.len()).rev() {
        let (Some(parent), Some(name)) = (path.get(..depth - 1), path.get(depth - 1)) else { break };
        let Some(object) = object_at(root, parent)? else { break };
        let Some(property) = object.get(name) else { break };
        let is_empty = match property.value() {
            Some(node) => {
                node.as_array().is_some_and(|list| list.elements().is_empty())
                    || node.as_object().is_some_and(|object| object.properties().is_empty())
            }
            None => false,
        };
        if !is_empty {
            break;
        }
        property.remove();
    }
    Ok(())
}

/// The command lines of argvet in the list at `path`.
pub(super) fn found(text: &str, path: &[&str]) -> Result<Vec<CommandLine>, String> {
    let root = parse(text, &OPTIONS)?;
    let Some(list) = existing(&root, path)? else { return Ok(Vec::new()) };
    Ok(list.elements().iter().flat_map(handlers).map(|(_, words)| words).collect())
}

/// A file as a value, JSON5 as well.
pub(crate) fn read(text: &str) -> Result<Value, String> {
    parse(text, &JSON5)?.to_serde_value().ok_or_else(|| "it is no JSON".to_owned())
}

fn parse(text: &str, options: &ParseOptions) -> Result<CstRootNode, String> {
    let text = if text.trim().is_empty() { "{}" } else { text };
    CstRootNode::parse(text, options)
        .map_err(|error| format!("line {}: {}", error.line_display(), error.kind()))
}

/// The object that a path of keys leads to, if it is there.
fn object_at(root: &CstRootNode, path: &[&str]) -> Result<Option<CstObject>, String> {
    let mut object = root.object_value().ok_or("it is no JSON object")?;
    for (depth, name) in path.iter().enumerate() {
        let Some(value) = member(&object, name)? else { return Ok(None) };
        object = value.as_object().ok_or_else(|| wrong(path, depth, "an object"))?;
    }
    Ok(Some(object))
}

/// The list that a path of keys leads to, if it is there.
fn existing(root: &CstRootNode, path: &[&str]) -> Result<Option<CstArray>, String> {
    let Some((name, parents)) = path.split_last() else { return Ok(None) };
    let Some(object) = object_at(root, parents)? else { return Ok(None) };
    match member(&object, name)? {
        Some(value) => value.as_array().map(Some).ok_or_else(|| wrong(path, parents.len(), "a list")),
        None => Ok(None),
    }
}

/// The list that a path of keys leads to; what is missing is made.
fn created(root: &CstRootNode, path: &[&str]) -> Result<CstArray, String> {
    existing(root, path)?;
    let (name, parents) = path.split_last().ok_or("no list is named")?;
    let object = object_made(root, path, parents)?;
    object.array_value_or_create(name).ok_or_else(|| wrong(path, parents.len(), "a list"))
}

/// The object that the first keys of `path` lead to; what is missing is made.
fn object_made(root: &CstRootNode, path: &[&str], parents: &[&str]) -> Result<CstObject, String> {
    let mut object = root.object_value().ok_or("it is no JSON object")?;
    for (depth, parent) in parents.iter().enumerate() {
        object = object.object_value_or_create(parent).ok_or_else(|| wrong(path, depth, "an object"))?;
    }
    Ok(object)
}

/// The value of a member. A name that stands twice means something else to every reader.
fn member(object: &CstObject, name: &str) -> Result<Option<CstNode>, String> {
    let named =
        |property: &jsonc_parser::cst::CstObjectProp| property.decoded_name().as_deref() == Some(name);
    let mut all = object.properties().into_iter().filter(named);
    let first = all.next();
    if all.next().is_some() {
        return Err(format!("`{name}` stands twice in one object"));
    }
    Ok(first.and_then(|property| property.value()))
}

fn wrong(path: &[&str], depth: usize, expected: &str) -> String {
    let keys = path.get(..=depth).unwrap_or(path);
    format!("`{}` is not {expected}", keys.join("."))
}

/// argvet's handlers in an element of the list.
fn handlers(element: &CstNode) -> Vec<(CstNode, CommandLine)> {
    let own = |node: CstNode| value(&node).as_ref().and_then(ours).map(|words| (node, words));
    match element.as_object().and_then(|group| group.array_value("hooks")) {
        Some(inner) => inner.elements().into_iter().filter_map(own).collect(),
        None => own(element.clone()).into_iter().collect(),
    }
}

/// Removes argvet's handlers, and groups that hold nothing else; whether there were any.
fn remove_from(list: &CstArray) -> bool {
    let mut removed = false;
    for element in list.elements() {
        let handlers = handlers(&element);
        let inner = element.as_object().and_then(|group| group.array_value("hooks"));
        removed |= !handlers.is_empty();
        if handlers.is_empty() {
            continue;
        }
        match inner {
            Some(inner) if inner.elements().len() > handlers.len() => {
                handlers.into_iter().for_each(|(handler, _)| handler.remove());
            }
            _ => element.remove(),
        }
    }
    removed
}

fn value(node: &CstNode) -> Option<Value> {
    node.to_serde_value()
}

fn input(value: &Value) -> CstInputValue {
    match value {
        Value::Null => CstInputValue::Null,
        Value::Bool(value) => CstInputValue::Bool(*value),
        Value::Number(number) => CstInputValue::Number(number.to_string()),
        Value::String(text) => CstInputValue::String(text.clone()),
        Value::Array(items) => CstInputValue::Array(items.iter().map(input).collect()),
        Value::Object(members) => {
            CstInputValue::Object(members.iter().map(|(name, value)| (name.clone(), input(value))).collect())
        }
    }
}

/// A text file ends with a line break.
fn ending(text: String) -> String {
    if text.ends_with('\n') { text } else { text + "\n" }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    const PATH: &[&str] = &["hooks", "PreToolUse"];

    fn entry(program: &str) -> Value {
        json!({"matcher": "Bash", "hooks": [{"type": "command", "command": format!("{program} hook")}]})
    }

    const USERS: &str = r#"{
  // mine
  "model": "opus", /* why not */
  "hooks": {
    "Stop": [{"hooks": [{"type": "command", "command": "bell"}]}],
    "PreToolUse": [
      {"matcher": "Write", "hooks": [{"type": "command", "command": "fmt"}]},
    ],
  },
}
"#;

    #[test]
    fn the_rest_of_a_file_stays_as_it_is() {
        let with = with(USERS, PATH, &entry("/bin/argvet")).unwrap();
        for line in
            ["  // mine\n", "\"opus\", /* why not */", r#""Stop": [{"hooks""#, r#"{"matcher": "Write", "#]
        {
            assert!(with.contains(line), "{with}");
        }
        assert_eq!(found(&with, PATH).unwrap(), [["/bin/argvet", "hook"]]);
        let back = without(&with, PATH).unwrap();
        assert_eq!(back.replace([' ', '\n'], ""), USERS.replace([' ', '\n'], ""));
    }

    #[test]
    fn doing_it_again_changes_nothing_and_a_new_path_replaces_the_old() {
        let once = with(USERS, PATH, &entry("/bin/argvet")).unwrap();
        assert_eq!(with(&once, PATH, &entry("/bin/argvet")).unwrap(), once);
        let moved = with(&once, PATH, &entry("/opt/argvet")).unwrap();
        assert_eq!(found(&moved, PATH).unwrap(), [["/opt/argvet", "hook"]]);
    }

    #[test]
    fn what_was_made_is_removed_again() {
        let made = with("{}", PATH, &entry("argvet")).unwrap();
        assert_eq!(without(&made, PATH).unwrap().trim(), "{}");
        assert_eq!(without("{\"hooks\": {}}", PATH).unwrap(), "{\"hooks\": {}}");
    }

    #[test]
    fn a_hook_that_shares_its_group_leaves_the_others_alone() {
        let shared = r#"{"hooks": {"PreToolUse": [{"matcher": "Bash", "hooks": [
            {"type": "command", "command": "argvet hook"}, {"type": "command", "command": "log"}]}]}}"#;
        let without = without(shared, PATH).unwrap();
        assert!(without.contains("\"log\"") && !without.contains("argvet"), "{without}");
    }

    #[test]
    fn a_setting_is_made_and_removed_again() {
        let path = &["plugins", "entries", "argvet", "enabled"];
        let users = "{\n  // mine\n  agents: { model: 'm' },\n  plugins: { entries: { other: { enabled: true } } },\n}\n";
        let once = with_setting(users, path, true).unwrap();
        assert!(once.contains("// mine") && once.contains("agents: { model: 'm' }"), "{once}");
        assert!(is_set(&once, path, true).unwrap() && !is_set(users, path, true).unwrap());
        assert_eq!(with_setting(&once, path, true).unwrap(), once);
        let back = without_setting(&once, path).unwrap();
        assert_eq!(back.replace([' ', '\n'], ""), users.replace([' ', '\n'], ""));
        let off =
            once.replace("argvet\": {\n        \"enabled\": true", "argvet\": {\n        \"enabled\": false");
        assert!(!is_set(&off, path, true).unwrap(), "{off}");
        assert_eq!(with_setting(&off, path, true).unwrap(), once);
        assert_eq!(without_setting(&with_setting("", path, true).unwrap(), path).unwrap().trim(), "{}");
        assert_eq!(with_setting("{plugins: []}", path, true).unwrap_err(), "`plugins` is not an object");
    }

    #[test]
    fn a_file_that_is_not_understood_is_not_edited() {
        let problem = |text: &str| with(text, PATH, &entry("argvet")).unwrap_err();
        assert!(problem("{\n  \"hooks\": {\n").starts_with("line "), "{}", problem("{\n  \"hooks\": {\n"));
        assert!(problem("{\"a\" 1}").starts_with("line 1"));
        assert_eq!(problem("[]"), "it is no JSON object");
        assert_eq!(problem("{\"hooks\": []}"), "`hooks` is not an object");
        assert_eq!(problem("{\"hooks\": {\"PreToolUse\": {}}}"), "`hooks.PreToolUse` is not a list");
        assert_eq!(problem("{\"hooks\": {}, \"hooks\": {}}"), "`hooks` stands twice in one object");
    }
}
