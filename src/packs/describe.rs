//! Conditions of rules as a pack writes them: for people who ask why a rule does not match.

use super::pattern::{PathClass, Pattern, Patterns};
use super::rule::{Clause, CodeOrigin, Direction, FlagTest, HttpTest, SqlTest, Test};
use std::fmt;

impl fmt::Display for Clause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let commands: Vec<String> = self.commands.iter().map(|command| command.join(" ")).collect();
        let mut fields: Vec<String> = self.tests.iter().map(ToString::to_string).collect();
        if !commands.is_empty() {
            fields.insert(0, field("command", &commands));
        }
        if self.known {
            fields.push("known = true".to_owned());
        }
        f.write_str(&fields.join(", "))
    }
}

impl fmt::Display for Test {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = match self {
            Test::Flag(flags) => field("flag", flags),
            Test::AllFlags(flags) => field("all-flags", flags),
            Test::Operand(patterns) => field("operand", &written(patterns)),
            Test::OperandCount(least, None) => format!("operands = \"{least}..\""),
            Test::OperandCount(least, Some(most)) if least == most => format!("operands = {least}"),
            Test::OperandCount(least, Some(most)) => format!("operands = \"{least}..{most}\""),
            Test::OperandAt(0, patterns) => field("first", &written(patterns)),
            Test::OperandAt(_, patterns) => field("second", &written(patterns)),
            Test::Assignment(pairs) => {
                let pairs: Vec<String> =
                    pairs.iter().map(|(name, value)| format!("{name}={value}")).collect();
                field("assignment", &pairs)
            }
            Test::Redirect(pairs) => {
                let pairs: Vec<String> =
                    pairs.iter().map(|(direction, pattern)| format!("{direction}{pattern}")).collect();
                field("redirect", &pairs)
            }
            Test::Stdin(patterns) => field("stdin", &written(patterns)),
            Test::File { kind, path, recursive } => {
                let depth =
                    recursive.map(|recursive| format!(", recursive = {recursive}")).unwrap_or_default();
                format!("{}{depth}", field(kind.name(), &written(path)))
            }
            Test::Code(origins) => {
                let origins: Vec<&str> = origins.iter().map(|origin| origin.name()).collect();
                field("code", &origins)
            }
            Test::Http(test) => format!("http = {{ {} }}", http(test)),
            Test::Sql(test) => format!("sql = {{ {} }}", sql(test)),
        };
        f.write_str(&text)
    }
}

impl fmt::Display for FlagTest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.value {
            Some(value) => write!(f, "{}={value}", self.name),
            None => f.write_str(&self.name),
        }
    }
}

impl fmt::Display for Pattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Pattern::Any => f.write_str("*"),
            Pattern::Text(text) | Pattern::Path(text) => f.write_str(text),
            Pattern::Class(class) => {
                let name = PathClass::ALL.iter().find(|(_, other)| other == class).map(|(name, _)| *name);
                f.write_str(name.unwrap_or_default())
            }
            Pattern::Regex(regex) => write!(f, "/{regex}/"),
        }
    }
}

impl fmt::Display for Direction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Direction::Write => ">",
            Direction::Append => ">>",
            Direction::Read => "<",
        })
    }
}

impl CodeOrigin {
    fn name(self) -> &'static str {
        match self {
            CodeOrigin::Network => "network",
            CodeOrigin::Unknown => "unknown",
        }
    }
}

fn http(test: &HttpTest) -> String {
    let HttpTest { method, host, path, query, header, body, telling: _ } = test;
    let fields = [
        ("method", method),
        ("host", host),
        ("path", path),
        ("query", query),
        ("header", header),
        ("body", body),
    ];
    optional(&fields).join(", ")
}

fn sql(test: &SqlTest) -> String {
    let SqlTest { statement, object, dialect, without_where } = test;
    let mut fields = optional(&[("statement", statement), ("object", object), ("dialect", dialect)]);
    fields.extend(without_where.map(|limit| format!("without-where = {limit}")));
    fields.join(", ")
}

fn optional(fields: &[(&str, &Option<Patterns>)]) -> Vec<String> {
    let given = fields.iter().filter_map(|(name, patterns)| Some((name, patterns.as_ref()?)));
    given.map(|(name, patterns)| field(name, &written(patterns))).collect()
}

/// The patterns of a list, those that must not fit with `!` in front.
fn written(patterns: &Patterns) -> Vec<String> {
    let not = patterns.not.iter().map(|pattern| format!("!{pattern}"));
    patterns.any.iter().map(ToString::to_string).chain(not).collect()
}

fn field<T: ToString>(name: &str, values: &[T]) -> String {
    let quoted: Vec<String> = values.iter().map(|value| format!("\"{}\"", value.to_string())).collect();
    format!("{name} = [{}]", quoted.join(", "))
}
