//! One entry of `match` or `unless`, validated: its commands and options have to exist in the grammars, its
//! patterns have to be well-formed. Part of [`super::validate`].

use super::error::{PackError, Source};
use super::file::{HttpTable, MatchTable, SqlTable, Strings};
use super::pattern::{Kind, Pattern, Patterns};
use super::programs::Programs;
use super::rule::{Clause, CodeOrigin, Direction, FlagTest, HttpTest, SqlTest, Test};
use crate::program::grammar::EffectKind;
use std::ops::Range;
use toml::Spanned;

/// What an entry is validated against.
pub(crate) struct Context<'a> {
    pub(crate) source: &'a Source<'a>,
    pub(crate) programs: &'a Programs,
    /// The commands of the rule's matches: an entry of `unless` without `command` is about these.
    pub(crate) commands: Vec<Vec<String>>,
    /// Whether the entry stands in `unless`.
    pub(crate) exception: bool,
}

/// The tests of one entry while they are collected.
struct Tests<'a> {
    context: &'a Context<'a>,
    at: Range<usize>,
    list: Vec<Test>,
}

impl Context<'_> {
    /// Validates one entry.
    pub(crate) fn clause(&self, entry: &Spanned<MatchTable>) -> Result<Clause, PackError> {
        let at = entry.span();
        let table = entry.get_ref();
        let fail = |message: String| self.source.error(&at, message);
        let mut commands = Vec::new();
        for command in &table.command.0 {
            commands.push(self.command(command).map_err(fail)?);
        }
        let mut tests = Tests { context: self, at: at.clone(), list: Vec::new() };
        tests.options(table, &commands)?;
        tests.words(table)?;
        tests.files(table)?;
        tests.effects(table)?;
        let list = tests.list;
        if list.is_empty() && commands.is_empty() {
            return Err(fail("expected at least one field".to_owned()));
        }
        let has_effect = list.iter().any(|test| test.effect_key().is_some());
        if self.exception && list.iter().any(|test| matches!(test, Test::File { .. })) {
            // `rm -rf /tmp/x /home`: one harmless path must not excuse the other.
            return Err(fail(
                "expected no file effect in unless: write !pattern in the match instead".to_owned(),
            ));
        }
        if commands.is_empty() && !has_effect && !self.exception {
            let message = "expected the field command, or an effect: delete write append move chmod read code http sql assignment";
            return Err(fail(message.to_owned()));
        }
        Ok(Clause { commands, tests: list, known: table.known })
    }

    fn command(&self, command: &str) -> Result<Vec<String>, String> {
        let path: Vec<String> = command.split_whitespace().map(str::to_owned).collect();
        if self.programs.levels(&path).is_some() {
            return Ok(path);
        }
        let program = path.first().map(String::as_str).unwrap_or_default();
        if self.programs.levels(path.get(..1).unwrap_or_default()).is_none() {
            return Err(format!(
                "expected a program that has a grammar: add [program.{program}] or use its canonical name"
            ));
        }
        Err(format!(
            "expected a command that has a grammar: add [program.\"{command}\"] or use its canonical names"
        ))
    }
}

impl Tests<'_> {
    fn fail(&self, message: String) -> PackError {
        self.context.source.error(&self.at, message)
    }

    fn options(&mut self, table: &MatchTable, commands: &[Vec<String>]) -> Result<(), PackError> {
        if !table.flag.0.is_empty() {
            let flags = self.flags(&table.flag, commands)?;
            self.list.push(Test::Flag(flags.into_iter().flatten().collect()));
        }
        if !table.all_flags.0.is_empty() {
            // One spelling may be two options in two commands: each entry is an *or* of its own.
            for entry in self.flags(&table.all_flags, commands)? {
                self.list.push(if entry.len() == 1 { Test::AllFlags(entry) } else { Test::Flag(entry) });
            }
        }
        Ok(())
    }

    /// For each entry the options that it may stand for.
    fn flags(&self, list: &Strings, commands: &[Vec<String>]) -> Result<Vec<Vec<FlagTest>>, PackError> {
        let commands = if commands.is_empty() { &self.context.commands } else { commands };
        if commands.is_empty() {
            return Err(self.fail("expected the field command next to flag".to_owned()));
        }
        list.0.iter().map(|text| self.flag(text, commands).map_err(|message| self.fail(message))).collect()
    }

    /// `--force`, `--name=pattern`, `of=pattern`.
    fn flag(&self, text: &str, commands: &[Vec<String>]) -> Result<Vec<FlagTest>, String> {
        if text.starts_with('!') {
            return Err("expected an option: an option that must not be given belongs in unless".to_owned());
        }
        let canonical = |name: &str| -> Vec<String> {
            let mut names: Vec<String> =
                commands.iter().flat_map(|command| self.context.programs.canonical(command, name)).collect();
            names.sort();
            names.dedup();
            names
        };
        let whole = canonical(text);
        if !whole.is_empty() {
            return Ok(whole.into_iter().map(|name| FlagTest { name, value: None }).collect());
        }
        if let Some((name, value)) = text.split_once('=') {
            let mut names = canonical(name);
            names.extend(canonical(&format!("{name}=")));
            if !names.is_empty() {
                let kind =
                    if value.starts_with('@') || value.contains("**") { Kind::Path } else { Kind::Text };
                // `--dry-run=`: without a value.
                let value = match value {
                    "" => Pattern::Text(String::new()),
                    value => Pattern::parse(value, kind)?,
                };
                let test = |name| FlagTest { name, value: Some(value.clone()) };
                return Ok(names.into_iter().map(test).collect());
            }
        }
        let command = commands.iter().map(|path| path.join(" ")).collect::<Vec<_>>().join(", ");
        Err(format!("expected an option that the grammar of {command} lists, found {text}"))
    }

    fn words(&mut self, table: &MatchTable) -> Result<(), PackError> {
        let texts = [
            (&table.operand, Test::Operand as fn(Patterns) -> Test),
            (&table.first, |patterns| Test::OperandAt(0, patterns)),
            (&table.second, |patterns| Test::OperandAt(1, patterns)),
            (&table.stdin, Test::Stdin),
        ];
        for (list, test) in texts {
            if let Some(patterns) = self.patterns(list, Kind::Text)? {
                self.list.push(test(patterns));
            }
        }
        if let Some(count) = &table.operands {
            let number = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
            self.list.push(Test::OperandCount(number(count.least), count.most.map(number)));
        }
        if !table.assignment.0.is_empty() {
            let pair = |text: &String| {
                let (name, value) = text.split_once('=').ok_or("expected NAME=pattern in assignment")?;
                Ok((Pattern::parse(name, Kind::Text)?, Pattern::parse(value, Kind::Text)?))
            };
            let pairs: Result<Vec<_>, String> = table.assignment.0.iter().map(pair).collect();
            self.list.push(Test::Assignment(pairs.map_err(|message| self.fail(message))?));
        }
        if !table.redirect.0.is_empty() {
            let pairs: Result<Vec<_>, String> = table.redirect.0.iter().map(|text| redirect(text)).collect();
            self.list.push(Test::Redirect(pairs.map_err(|message| self.fail(message))?));
        }
        Ok(())
    }

    fn files(&mut self, table: &MatchTable) -> Result<(), PackError> {
        let kinds = [
            (&table.delete, EffectKind::Delete),
            (&table.write, EffectKind::Write),
            (&table.append, EffectKind::Append),
            (&table.moves, EffectKind::Move),
            (&table.chmod, EffectKind::Chmod),
            (&table.read, EffectKind::Read),
        ];
        let mut any = false;
        for (list, kind) in kinds {
            if let Some(path) = self.patterns(list, Kind::Path)? {
                self.list.push(Test::File { kind, path, recursive: table.recursive });
                any = true;
            }
        }
        if table.recursive.is_some() && !any {
            return Err(self.fail("expected a file effect such as delete next to recursive".to_owned()));
        }
        Ok(())
    }

    fn effects(&mut self, table: &MatchTable) -> Result<(), PackError> {
        if !table.code.0.is_empty() {
            let origin = |text: &String| match text.as_str() {
                "network" => Ok(CodeOrigin::Network),
                "unknown" => Ok(CodeOrigin::Unknown),
                other => Err(self.fail(format!("expected network or unknown in code, found {other}"))),
            };
            let origins = table.code.0.iter().map(origin).collect::<Result<Vec<_>, _>>()?;
            self.list.push(Test::Code(origins));
        }
        if let Some(http) = &table.http {
            let test = self.http(http)?;
            self.list.push(Test::Http(test));
        }
        if let Some(sql) = &table.sql {
            let test = self.sql(sql)?;
            self.list.push(Test::Sql(test));
        }
        Ok(())
    }

    fn http(&self, table: &HttpTable) -> Result<HttpTest, PackError> {
        // Names of variables are compared in any case.
        let lower = |host: &String| if host.starts_with('$') { host.to_lowercase() } else { host.clone() };
        let host = Strings(table.host.0.iter().map(lower).collect());
        let named = |list: &Strings| Strings(list.0.iter().map(|header| lower_name(header)).collect());
        let test = HttpTest {
            method: self.patterns(&table.method, Kind::Text)?,
            host: self.patterns(&host, Kind::Text)?,
            path: self.patterns(&table.path, Kind::Path)?,
            query: self.patterns(&table.query, Kind::Text)?,
            header: self.patterns(&named(&table.header), Kind::Text)?,
            body: self.patterns(&table.body, Kind::Text)?,
            telling: Vec::new(),
        };
        let is_vague =
            test.host.is_none() && test.path.is_none() && test.header.is_none() && test.body.is_none();
        if is_vague {
            return Err(self.fail("expected host, path, header or body in http".to_owned()));
        }
        if table.method.0.iter().any(|method| method.chars().any(|c| c.is_ascii_lowercase())) {
            return Err(self.fail("expected the method of http in capitals".to_owned()));
        }
        if host.0.iter().any(|host| host.chars().any(|c| c.is_ascii_uppercase())) {
            return Err(
                self.fail("expected the host of http in lower case, or a variable as $NAME".to_owned())
            );
        }
        Ok(test)
    }

    fn sql(&self, table: &SqlTable) -> Result<SqlTest, PackError> {
        let test = SqlTest {
            statement: self.patterns(&table.statement, Kind::Text)?,
            object: self.patterns(&table.object, Kind::Text)?,
            dialect: self.patterns(&table.dialect, Kind::Text)?,
            without_where: table.without_where,
        };
        if test.statement.is_none() {
            return Err(self.fail("expected statement in sql, such as \"drop table\"".to_owned()));
        }
        if table.statement.0.iter().any(|statement| statement.chars().any(|c| c.is_ascii_uppercase())) {
            return Err(self.fail("expected the statement of sql in lower case".to_owned()));
        }
        Ok(test)
    }

    /// `None` if the field is absent.
    fn patterns(&self, list: &Strings, kind: Kind) -> Result<Option<Patterns>, PackError> {
        if list.0.is_empty() {
            return Ok(None);
        }
        Patterns::parse(&list.0, kind).map(Some).map_err(|message| self.fail(message))
    }
}

/// `>@system`, `>>*.log`, `<*`
fn redirect(text: &str) -> Result<(Direction, Pattern), String> {
    let (direction, pattern) = if let Some(rest) = text.strip_prefix(">>") {
        (Direction::Append, rest)
    } else if let Some(rest) = text.strip_prefix('>') {
        (Direction::Write, rest)
    } else if let Some(rest) = text.strip_prefix('<') {
        (Direction::Read, rest)
    } else {
        return Err(format!("expected > >> or < and a pattern in redirect, found {text}"));
    };
    Ok((direction, Pattern::parse(pattern, Kind::Path)?))
}

/// A header pattern with its name in lower case: names of headers have no case.
fn lower_name(header: &str) -> String {
    match header.split_once(':') {
        Some((name, value)) => format!("{}:{value}", name.to_lowercase()),
        None => header.to_lowercase(),
    }
}
