//! One line of `batch`: an object with a command in, the same object with the verdict out.

use crate::frontend::document::{Judgement, SCHEMA};
use crate::frontend::judge;
use crate::{Dialect, Facts, Policy};
use serde::Serialize;
use serde_json::{Map, Value};

/// The fields that are argvet's own. If the input has them (it may be an earlier output), they are replaced.
const OWN: [&str; 8] = ["schema", "line", "verdict", "reading", "findings", "invocations", "gaps", "error"];

/// The answer to a line that could be judged.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Judged {
    /// Version of this shape: 1.
    schema: u32,
    /// The fields of the input, `command` and `id` among them.
    #[serde(flatten)]
    input: Map<String, Value>,
    #[serde(flatten)]
    judgement: Judgement,
}

/// The answer to a line that could not be judged.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Failed {
    /// Version of this shape: 1.
    schema: u32,
    /// The fields of the input, if it was an object.
    #[serde(flatten)]
    input: Map<String, Value>,
    /// The number of the line, from 1.
    line: usize,
    /// What is wrong with it.
    error: String,
}

/// Appends the answer to the line with this number; `None` stands for a line that was too long to keep.
pub(super) fn answer(out: &mut Vec<u8>, number: usize, line: Option<&[u8]>, policy: &Policy) {
    let written = match judged(line, policy) {
        Ok(answer) => serde_json::to_writer(&mut *out, &answer),
        Err((input, error)) => {
            serde_json::to_writer(&mut *out, &Failed { schema: SCHEMA, input, line: number, error })
        }
    };
    // Text keys and a growing buffer: nothing that can fail.
    debug_assert!(written.is_ok());
    out.push(b'\n');
}

/// The answer, or the fields of the line and what is wrong with it.
fn judged(line: Option<&[u8]>, policy: &Policy) -> Result<Judged, (Map<String, Value>, String)> {
    let Some(line) = line else { return Err((Map::new(), "the line is too long".to_owned())) };
    let mut input: Map<String, Value> =
        serde_json::from_slice(line).map_err(|error| (Map::new(), format!("not a JSON object: {error}")))?;
    input.retain(|name, _| !OWN.contains(&name.as_str()));
    let Some(command) = input.get("command").and_then(Value::as_str) else {
        return Err((input, "the field command is missing or not a text".to_owned()));
    };
    let cwd = match input.get("cwd") {
        None | Some(Value::Null) => None,
        Some(Value::String(cwd)) => Some(cwd.as_bytes().to_vec()),
        Some(_) => return Err((input, "the field cwd is not a text".to_owned())),
    };
    let dialect = match input.get("shell") {
        None | Some(Value::Null) => Dialect::default(),
        Some(shell) => shell.as_str().and_then(dialect_of).ok_or_else(|| {
            (input.clone(), "the field shell is none of bash, sh, dash, ksh, zsh".to_owned())
        })?,
    };
    // Recorded commands ran on some other day and perhaps elsewhere: this machine's home says nothing about them.
    let facts = Facts { cwd, arguments: Some(Vec::new()), dialect, ..Facts::default() };
    let judgement = Judgement::from(&judge::judge(command.as_bytes(), policy, &facts));
    Ok(Judged { schema: SCHEMA, input, judgement })
}

/// The dialect of the shell with this name.
fn dialect_of(shell: &str) -> Option<Dialect> {
    match shell {
        "bash" => Some(Dialect::Bash),
        "sh" | "dash" => Some(Dialect::Sh),
        "ksh" => Some(Dialect::Ksh),
        "zsh" => Some(Dialect::Zsh),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::frontend::document::tests::assert_schema;

    #[derive(schemars::JsonSchema)]
    #[schemars(untagged)]
    #[expect(dead_code, reason = "only its schema is used")]
    enum Line {
        Judged(Judged),
        Failed(Failed),
    }

    #[test]
    fn the_schema_on_disk_is_the_lines() {
        assert_schema("batch", &schemars::schema_for!(Line));
    }
}
