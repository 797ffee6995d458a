//! The JSON document of a verdict: the wire types of `analyze --format json` and, with the caller's own fields in
//! front, of `batch`. They promise their names and meanings under `"schema": 1`; fields may be added.
//!
//! The report for people is drawn from the same document, so that the two cannot differ.

mod convert;

use serde::Serialize;

/// The version of the document's shape.
pub(crate) const SCHEMA: u32 = 1;

/// What would be run, what is wrong with it, and what could not be seen.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct Document {
    /// Version of this shape: 1.
    pub(crate) schema: u32,
    /// The command as it was given; bytes that are no UTF-8 are replaced.
    pub(crate) command: String,
    #[serde(flatten)]
    pub(crate) judgement: Judgement,
}

/// The part of the document that `batch` gives for every line.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct Judgement {
    /// The decision over everything.
    pub(crate) verdict: Decision,
    /// How sure the reading of the text is.
    pub(crate) reading: Reading,
    /// The rules that match, the strictest first.
    pub(crate) findings: Vec<Finding>,
    /// Everything that running the command would start, in the order of execution; parents stand before
    /// their children.
    pub(crate) invocations: Vec<Invocation>,
    /// What could not be seen.
    pub(crate) gaps: Vec<Gap>,
    /// What was found and does not count, because the user has excepted it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) excused: Vec<Excused>,
}

/// A finding that does not count.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct Excused {
    /// The rule.
    pub(crate) rule: String,
    /// Index of the invocation in `invocations`.
    pub(crate) invocation: usize,
    /// The reason that the exception gives.
    pub(crate) reason: String,
}

/// What is to be done with the command.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub(crate) enum Decision {
    /// Run it.
    Allow,
    /// Ask the user.
    Ask,
    /// Do not run it.
    Deny,
}

/// How bad it would be.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub(crate) enum Severity {
    /// A note.
    Low,
    /// Reversible but disruptive, or a small object.
    Medium,
    /// One object, or a whole unit of configuration or access.
    High,
    /// A whole container of data.
    Critical,
}

/// Whether something is so, or may be so because a part of the command cannot be known.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub(crate) enum Certainty {
    /// It may be so.
    Possible,
    /// It is so.
    Certain,
}

/// A range of bytes of the command.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct Range {
    /// First byte.
    pub(crate) start: u32,
    /// One past the last byte.
    pub(crate) end: u32,
}

/// What the two independent readings of the text say of each other.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct Reading {
    /// The result of the comparison.
    pub(crate) status: ReadingStatus,
    /// Why, or where they differ.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) detail: Option<String>,
    /// Where the reading stopped.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) span: Option<Range>,
}

/// The result of comparing the two readings.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub(crate) enum ReadingStatus {
    /// Plain words only: one reading is enough.
    Plain,
    /// Both agree.
    Certain,
    /// The strict reading stands, the other distrusts itself.
    Settled,
    /// They differ; both are judged.
    Disputed,
    /// The strict reading stopped; what the other still shows is judged.
    Unread,
}

/// A rule that matches an invocation.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct Finding {
    /// The rule: `pack/rule`.
    pub(crate) rule: String,
    /// How bad it would be.
    pub(crate) severity: Severity,
    /// Whether it matches for certain.
    pub(crate) certainty: Certainty,
    /// What the policy makes of it.
    pub(crate) decision: Decision,
    /// Index of the invocation in `invocations`.
    pub(crate) invocation: usize,
    /// The part of the command that the words below span.
    pub(crate) span: Range,
    /// The words that matter.
    pub(crate) spans: Vec<Range>,
    /// What the command does, as a verb phrase.
    pub(crate) title: String,
    /// What would be lost.
    pub(crate) why: String,
    /// What to run instead.
    pub(crate) instead: Vec<String>,
}

/// A program, builtin or function that would be started.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct Invocation {
    /// Its words after expansion. What cannot be known stands as `$name`, `$(…)` or `…`.
    pub(crate) argv: Vec<String>,
    /// Indices of the words of which a part cannot be known.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) unknown: Vec<usize>,
    /// Why it is run.
    pub(crate) via: Via,
    /// Index of the invocation that runs it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) parent: Option<usize>,
    /// Whether these words are certainly what is run, if the command is reached.
    pub(crate) certainty: Certainty,
    /// How many alternatives the command has (a variable with several possible values); this is one of them.
    #[serde(skip_serializing_if = "is_one")]
    pub(crate) alternatives: usize,
    /// Whether the shell runs it itself: a builtin or function.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub(crate) internal: bool,
    /// Assignments in front of it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) assignments: Vec<Setting>,
    /// Redirections.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) redirections: Vec<Redirection>,
    /// The directory that it runs in, if known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) cwd: Option<String>,
    /// How its program reads the words; several if that is not certain, none without a grammar.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) read_as: Vec<Call>,
    /// Where it is written.
    pub(crate) span: Range,
}

/// Why an invocation is run.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", tag = "kind", content = "name")]
pub(crate) enum Via {
    /// It is written in the script itself.
    Script,
    /// In a pipeline.
    Pipeline,
    /// In a command substitution.
    CommandSubstitution,
    /// In a process substitution.
    ProcessSubstitution,
    /// Its parent runs its operands.
    Operands,
    /// Its parent runs the value of the named option.
    Option(String),
    /// Its parent executes its standard input.
    Stdin,
    /// Its parent executes a file that the same command wrote.
    File,
    /// Its parent executes text: eval, source, trap, an alias.
    Text,
    /// It stands in the body of the named function.
    Function(String),
    /// The value of the named environment variable is executed.
    Environment(String),
}

/// `NAME=value`
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct Setting {
    /// The name.
    pub(crate) name: String,
    /// The value.
    pub(crate) value: String,
}

/// A redirection.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct Redirection {
    /// The operator: `>`, `<<<` …
    pub(crate) operator: String,
    /// The descriptor, if it is given as a number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) descriptor: Option<u32>,
    /// The target: a path, a descriptor, the text of a here-document.
    pub(crate) target: String,
}

/// How a program reads its words.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct Call {
    /// Program and subcommands.
    pub(crate) path: Vec<String>,
    /// Options under their canonical names.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) flags: Vec<Flag>,
    /// Operands, without the subcommand words.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) operands: Vec<String>,
    /// Whether this reading is certain.
    pub(crate) certainty: Certainty,
}

/// An option.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct Flag {
    /// Its canonical name.
    pub(crate) name: String,
    /// Its value, if it has one here.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) value: Option<String>,
}

/// Something that could not be seen.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct Gap {
    /// Why, as a sentence.
    pub(crate) cause: String,
    /// Where.
    pub(crate) span: Range,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
fn is_one(count: &usize) -> bool {
    *count == 1
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// Compares a schema with its file in docs/schema, or writes it.
    pub(in crate::frontend) fn assert_schema(name: &str, schema: &schemars::Schema) {
        let path = format!("{}/docs/schema/{name}.json", env!("CARGO_MANIFEST_DIR"));
        let schema = serde_json::to_string_pretty(schema).unwrap() + "\n";
        if std::env::var_os("UPDATE").is_some() {
            std::fs::write(&path, &schema).unwrap();
        }
        let on_disk = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(on_disk == schema, "{path} is stale: run `UPDATE=1 cargo test` and read the diff");
    }

    #[test]
    fn the_schema_on_disk_is_the_documents() {
        assert_schema("analyze", &schemars::schema_for!(Document));
    }
}
