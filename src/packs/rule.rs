//! Validated packs: what [`super::validate`] makes of a file, what `build.rs` stores, and what
//! [`super::matching`] reads. What a rule *does* ([`Rule`]) is apart from what it *says* ([`RuleText`]): the
//! first is decoded for the program at hand, the second for findings only.

use super::pattern::{Pattern, Patterns};
use crate::program::grammar::EffectKind;
use serde::{Deserialize, Serialize};

/// How bad it is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// A note.
    Low,
    /// Reversible but disruptive, or a small object.
    Medium,
    /// One object, or a whole unit of configuration or access.
    High,
    /// A whole container of data.
    Critical,
}

impl Severity {
    /// As written in packs.
    pub fn name(self) -> &'static str {
        match self {
            Severity::Low => "low",
            Severity::Medium => "medium",
            Severity::High => "high",
            Severity::Critical => "critical",
        }
    }
}

/// When a rule matches.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub(crate) struct Rule {
    /// One of these has to hold,
    pub(crate) matches: Vec<Clause>,
    /// and none of these.
    pub(crate) unless: Vec<Clause>,
}

/// One entry of `match` or `unless`: everything in it has to hold.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub(crate) struct Clause {
    /// Program and subcommands, one of them; empty: any command.
    pub(crate) commands: Vec<Vec<String>>,
    /// The other fields.
    pub(crate) tests: Vec<Test>,
    /// Whether what cannot be known does not match.
    pub(crate) known: bool,
}

/// One field of a match.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub(crate) enum Test {
    /// One of these options is given.
    Flag(Vec<FlagTest>),
    /// All of these options are given.
    AllFlags(Vec<FlagTest>),
    /// One of the operands matches.
    Operand(Patterns),
    /// The number of operands.
    OperandCount(u32, Option<u32>),
    /// The operand at this place (from 0) matches.
    OperandAt(u32, Patterns),
    /// One of these assignments stands in front.
    Assignment(Vec<(Pattern, Pattern)>),
    /// One of these redirections is made.
    Redirect(Vec<(Direction, Pattern)>),
    /// Text on standard input.
    Stdin(Patterns),
    /// A file effect.
    File {
        /// Its kind.
        kind: EffectKind,
        /// Its path.
        path: Patterns,
        /// Whether it has to be recursive.
        recursive: Option<bool>,
    },
    /// Code that cannot be known is executed.
    Code(Vec<CodeOrigin>),
    /// A request.
    Http(HttpTest),
    /// A statement.
    Sql(SqlTest),
}

/// An option, and the value it has to have.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub(crate) struct FlagTest {
    /// Canonical name.
    pub(crate) name: String,
    /// Pattern for its value.
    pub(crate) value: Option<Pattern>,
}

/// Where a redirection goes.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub(crate) enum Direction {
    /// `>`, `>|`, `&>`, `>&`, `<>`
    Write,
    /// `>>`, `&>>`
    Append,
    /// `<`
    Read,
}

/// Where executed code comes from.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub(crate) enum CodeOrigin {
    /// `network`
    Network,
    /// `unknown`
    Unknown,
}

/// `http = { … }`: everything given has to hold.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub(crate) struct HttpTest {
    /// Upper-case method patterns.
    pub(crate) method: Option<Patterns>,
    /// Host, lower case, with a port if the pattern has one; `$es_*`: a variable of such a name in its place.
    pub(crate) host: Option<Patterns>,
    /// Path, from its first slash; here too `*` does not cross a slash.
    pub(crate) path: Option<Patterns>,
    /// Query without `?`.
    pub(crate) query: Option<Patterns>,
    /// One of the headers: `x-vault-token: …`, the name in lower case.
    pub(crate) header: Option<Patterns>,
    /// Body.
    pub(crate) body: Option<Patterns>,
    /// Words of the patterns that point to the service, with their weights ([`super::telling`]).
    pub(crate) telling: Vec<(String, u8)>,
}

/// `sql = { … }`: everything given has to hold.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub(crate) struct SqlTest {
    /// Kind of the statement, lower case: `drop table`.
    pub(crate) statement: Option<Patterns>,
    /// Names it concerns.
    pub(crate) object: Option<Patterns>,
    /// Dialect as in the role `sql:<dialect>`.
    pub(crate) dialect: Option<Patterns>,
    /// Whether a `WHERE` is missing.
    pub(crate) without_where: Option<bool>,
}

/// What rules without a `command` are indexed by.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub(crate) enum EffectKey {
    /// A file effect.
    File(EffectKind),
    /// `code`
    Code,
    /// `http`
    Http,
    /// `sql`
    Sql,
    /// `assignment`: no effect, but as rare, and set in front of any program.
    Assignment,
}

impl EffectKey {
    /// All keys, in the order in which they are stored.
    pub(crate) const ALL: [EffectKey; 10] = [
        EffectKey::File(EffectKind::Delete),
        EffectKey::File(EffectKind::Write),
        EffectKey::File(EffectKind::Append),
        EffectKey::File(EffectKind::Move),
        EffectKey::File(EffectKind::Chmod),
        EffectKey::File(EffectKind::Read),
        EffectKey::Code,
        EffectKey::Http,
        EffectKey::Sql,
        EffectKey::Assignment,
    ];

    /// The place in [`EffectKey::ALL`].
    pub(crate) fn index(self) -> usize {
        EffectKey::ALL.iter().position(|key| *key == self).unwrap_or(0)
    }
}

impl Test {
    /// The effect that the test needs, if it is about one.
    pub(crate) fn effect_key(&self) -> Option<EffectKey> {
        match self {
            Test::File { kind, .. } => Some(EffectKey::File(*kind)),
            Test::Assignment(_) => Some(EffectKey::Assignment),
            Test::Code(_) => Some(EffectKey::Code),
            Test::Http(_) => Some(EffectKey::Http),
            Test::Sql(_) => Some(EffectKey::Sql),
            _ => None,
        }
    }
}

/// What a rule says.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct RuleText {
    /// `backup.restic/forget-prune`
    pub id: String,
    /// How bad it is.
    pub severity: Severity,
    /// A verb phrase: what the command does.
    pub title: String,
    /// What is lost.
    pub why: String,
    /// What to run instead.
    pub instead: Vec<String>,
    /// Commands that the rule blocks.
    pub blocks: Vec<String>,
    /// Near misses, which it allows.
    pub allows: Vec<String>,
}

/// What a pack says.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct PackText {
    /// `backup.restic`; stays in front, where the store finds it without the rest.
    pub id: String,
    /// Its name for people.
    pub title: String,
    /// What it covers.
    pub summary: String,
    /// 0 core, 1, 2, 3
    pub tier: u8,
    /// Whether it is on without being asked for.
    pub default: bool,
    /// What it was checked against.
    pub checked: Vec<CheckedAgainst>,
    /// What `argvet packs audit` found when it was last run.
    pub audited: Vec<Audited>,
    /// Commands that sound destructive and are of no concern, each with the reason; `*` is any text.
    pub considered: Vec<(String, String)>,
    /// Commands that no rule of the pack fires on.
    pub harmless: Vec<String>,
    /// Programs whose grammar the pack defines.
    pub programs: Vec<String>,
}

/// A program that a pack was checked against.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct CheckedAgainst {
    /// The program.
    pub program: String,
    /// Its version.
    pub version: String,
    /// The day, as `2026-11-25`.
    pub on: String,
    /// What was looked at.
    pub source: String,
}

/// The outcome of an audit of a program's subcommands. Those that are neither covered by a rule nor considered keep an
/// audit from being recorded, so there are none.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Audited {
    /// The program.
    pub program: String,
    /// Its version.
    pub version: String,
    /// The day, as `2026-11-25`.
    pub on: String,
    /// How many commands it has.
    pub commands: u32,
    /// How many of them sound destructive.
    pub destructive: u32,
    /// How many of these no rule is about, for a reason that the pack gives.
    pub considered: u32,
}

/// A validated pack file.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Pack {
    /// Its head; `None` for a file that only holds grammars.
    pub(crate) text: Option<PackText>,
    /// Its rules.
    pub(crate) rules: Vec<(Rule, RuleText)>,
}
