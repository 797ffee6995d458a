//! Looking into a payload.

use serde_json::Value;

/// What stands at a path such as `tool_input/command`, without the cost of a JSON pointer's escapes; `null` is
/// as good as nothing.
pub(super) fn at<'v>(value: &'v Value, path: &str) -> Option<&'v Value> {
    let step = |value: &'v Value, name: &str| match value {
        Value::Object(fields) => fields.get(name),
        Value::Array(items) => items.get(name.parse::<usize>().ok()?),
        _ => None,
    };
    path.split('/').try_fold(value, step).filter(|value| !value.is_null())
}

/// The text at a path.
pub(super) fn text_at<'v>(value: &'v Value, path: &str) -> Option<&'v str> {
    at(value, path).and_then(Value::as_str)
}
