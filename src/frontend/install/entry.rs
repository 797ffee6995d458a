//! argvet's own command line: filling it into the texts of a setup, and finding it again in a file.

use serde_json::Value;
use std::path::Path;

/// The program and its arguments as they stand in a configuration.
pub(crate) type CommandLine = Vec<String>;

/// What asks on behalf of a host.
pub(crate) struct Entry<'a> {
    /// The path of argvet.
    pub(crate) program: &'a str,
    /// The host's name.
    pub(crate) host: &'a str,
}

impl Entry<'_> {
    /// The command line.
    pub(crate) fn words(&self) -> CommandLine {
        [self.program, "hook", "--host", self.host].map(str::to_owned).to_vec()
    }

    /// A text of a setup with its placeholders filled.
    pub(crate) fn fill(&self, text: &str) -> String {
        let line = shell_words::join(self.words());
        text.replace("{{program}}", &Value::from(self.program).to_string())
            .replace("{{command}}", &Value::from(line.as_str()).to_string())
            .replace("{{line}}", &line)
            .replace("{{host}}", self.host)
    }
}

/// The command line of a hook that runs argvet; `None` for anybody else's hook.
pub(super) fn ours(handler: &Value) -> Option<CommandLine> {
    let handler = handler.get("action").unwrap_or(handler);
    let command = ["command", "bash"].iter().find_map(|name| handler.get(name)?.as_str())?;
    let words = match handler.get("args").and_then(Value::as_array) {
        Some(arguments) => {
            let arguments = arguments.iter().filter_map(Value::as_str).map(str::to_owned);
            [command.to_owned()].into_iter().chain(arguments).collect()
        }
        None => shell_words::split(command).ok()?,
    };
    is_argvet(&words).then_some(words)
}

/// Whether a command line is `…/argvet hook …`, by whatever name this program goes.
pub(super) fn is_argvet(words: &[String]) -> bool {
    let [program, verb, ..] = words else { return false };
    let program = Path::new(program);
    let is_named = program.file_stem().is_some_and(|name| name == "argvet");
    // The program may have been given another name.
    verb == "hook" && (is_named || std::env::current_exe().is_ok_and(|own| own == program))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn only_argvets_hooks_are_ours() {
        let line = |handler: Value| ours(&handler).map(|words| words.join(" "));
        assert_eq!(
            line(json!({"command": "/x/argvet", "args": ["hook"]})).as_deref(),
            Some("/x/argvet hook")
        );
        assert_eq!(line(json!({"bash": "'/a b/argvet' hook"})).as_deref(), Some("/a b/argvet hook"));
        assert_eq!(line(json!({"action": {"command": "argvet hook"}})).as_deref(), Some("argvet hook"));
        assert_eq!(line(json!({"command": "echo argvet hook"})), None);
        assert_eq!(line(json!({"command": "/x/argvet analyze"})), None);
        assert_eq!(line(json!({"prompt": "argvet hook"})), None);
    }

    #[test]
    fn a_path_with_blanks_is_quoted() {
        let entry = Entry { program: "/a b/argvet", host: "codex" };
        assert_eq!(entry.fill("{{command}}"), r#""'/a b/argvet' hook --host codex""#);
        assert_eq!(entry.fill("{{program}} {{host}}"), r#""/a b/argvet" codex"#);
    }
}
