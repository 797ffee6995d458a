//! Scripts, commands and program texts among the words, by their roles.

use crate::program::grammar::{OperandSpec, Role};
use crate::program::parse::reading::{Given, Reading};
use crate::program::{Nested, NestedWord, Operand};
use crate::value::{Match, Value};

/// Names of operands that are the positional parameters of a script.
const ARGUMENTS: [&str; 3] = ["argument", "arguments", "args"];

/// How many scripts of one call get their arguments. Each has a copy, and nobody writes that many by hand.
const MAX_SCRIPTS: usize = 64;

/// Everything nested: first what options bring, in their order, then the operands.
pub(super) fn nested(argv: &[Value], reading: &Reading<'_>, operands: &[Operand]) -> Vec<Nested> {
    let arguments = Arguments { argv, reading, operands };
    let mut out = Vec::new();
    for given in &reading.given {
        let nested = arguments.of_option(given, out.len() < MAX_SCRIPTS);
        let whole = nested.and_then(|nested| without_lines(nested, &mut out));
        out.extend(whole);
    }
    let assignments = operands.iter().filter(|operand| operand.role == Role::Assignment);
    let assignments: Vec<NestedWord> = assignments.map(word).collect();
    if !assignments.is_empty() {
        out.push(of(Role::Assignment, assignments));
    }
    let setting: Vec<NestedWord> =
        operands.iter().filter(|operand| operand.role == Role::Config).map(word).collect();
    if !setting.is_empty() {
        out.push(of(Role::Config, setting));
    }
    for operand in operands {
        out.extend(arguments.of_operand(operand, out.len() < MAX_SCRIPTS));
    }
    if let Some(range) = &reading.tail
        && !out.iter().any(|nested| nested.role == Role::OwnWords)
    {
        let tail = reading.level().and_then(|level| level.operands.iter().find(|slot| slot.role.is_tail()));
        let words = arguments.words(range.clone());
        // `parallel ::: 'ls a' 'ls b'`: the names are whole scripts.
        let is_template = |slot: &OperandSpec| slot.role == Role::TemplateScript;
        if let Some(slot) = tail.filter(|slot| !words.is_empty() || is_template(slot)) {
            out.push(of(slot.role.clone(), words));
        }
    }
    out
}

/// Lines of a program join the text of those before them.
fn without_lines(mut nested: Nested, before: &mut [Nested]) -> Option<Nested> {
    let Role::CodeLine(language) = &nested.role else { return Some(nested) };
    let role = Role::Code(language.clone());
    let is_begun = |other: &&mut Nested| other.role == role && other.option == nested.option;
    match (before.iter_mut().find(is_begun).and_then(|begun| begun.words.first_mut()), nested.words.first()) {
        (Some(text), Some(line)) => {
            text.value.push_text(b"\n", line.value.origin().unwrap_or_default());
            text.value.pieces.extend(line.value.pieces.iter().cloned());
            None
        }
        _ => {
            nested.role = role;
            Some(nested)
        }
    }
}

/// Whether this is what the program would read from standard input otherwise.
pub(super) fn names_source(nested: &Nested) -> bool {
    let is_source = matches!(
        nested.role,
        Role::Command
            | Role::WordsOf(_)
            | Role::PackageCommand
            | Role::Entrypoint
            | Role::Script(_)
            | Role::ScriptFile
            | Role::ScriptList
            | Role::JoinedScript
            | Role::ShellWords
            | Role::OwnWords
            | Role::TemplateScript
            | Role::Sql(_)
            | Role::SqlFile(_)
            | Role::Code(_)
            | Role::CodeFile(_)
    );
    // `bash --rcfile`: a script besides the one that is read.
    let is_aside = nested.role == Role::ScriptFile && nested.option.is_some();
    is_source && !is_aside && nested.certainty == Match::Certain
}

fn of(role: Role, words: Vec<NestedWord>) -> Nested {
    Nested { role, words, arguments: Vec::new(), option: None, certainty: Match::Certain }
}

fn word(operand: &Operand) -> NestedWord {
    NestedWord { value: operand.value.clone(), word: operand.word }
}

/// Where the arguments of something nested come from.
struct Arguments<'r, 'g> {
    argv: &'r [Value],
    reading: &'r Reading<'g>,
    operands: &'r [Operand],
}

impl Arguments<'_, '_> {
    fn of_option(&self, given: &Given<'_>, with_arguments: bool) -> Option<Nested> {
        let role = given.spec?.value.role()?;
        if !is_nested(role) || given.flag.negated {
            return None;
        }
        let value = given.flag.value.as_ref();
        let value = value.map(|value| NestedWord { value: value.clone(), word: given.flag.value_word });
        let words: Vec<NestedWord> = value.into_iter().chain(self.words(given.rest.clone())).collect();
        let first = words.first()?;
        if is_file(role) && is_stdin(&first.value) && self.reads_stdin() {
            return None;
        }
        let arguments = match role {
            Role::OwnWords => self.words(self.reading.tail.clone().unwrap_or_default()),
            _ if with_arguments => self.arguments(role),
            _ => Vec::new(),
        };
        let option = Some(given.flag.name.clone());
        let certainty = given.flag.certainty;
        Some(Nested { role: role.clone(), words, arguments, option, certainty })
    }

    /// Whether the grammar says what standard input is, which then is found there.
    fn reads_stdin(&self) -> bool {
        self.reading.levels.iter().any(|level| level.stdin.is_some())
    }

    fn of_operand(&self, operand: &Operand, with_arguments: bool) -> Option<Nested> {
        let role = &operand.role;
        // Assignments and settings are taken together.
        let is_part = matches!(role, Role::Assignment | Role::Config);
        if !is_nested(role) || is_part || (is_file(role) && is_stdin(&operand.value)) {
            return None;
        }
        let first = word(operand);
        let arguments = if with_arguments { self.arguments(role) } else { Vec::new() };
        Some(Nested { arguments, ..of(role.clone(), vec![first]) })
    }

    /// The positional parameters.
    fn arguments(&self, role: &Role) -> Vec<NestedWord> {
        if !is_file(role) && !matches!(role, Role::Script(_) | Role::Code(_) | Role::CodeLine(_)) {
            return Vec::new();
        }
        let named = self.operands.iter().filter(|operand| ARGUMENTS.contains(&operand.name.as_str()));
        named.map(word).collect()
    }

    fn words(&self, range: std::ops::Range<usize>) -> Vec<NestedWord> {
        let values = self.argv.get(range.clone()).unwrap_or_default();
        range.zip(values).map(|(word, value)| NestedWord { value: value.clone(), word }).collect()
    }
}

/// Whether a word of this role is more than data to the trace.
fn is_nested(role: &Role) -> bool {
    !matches!(role, Role::Data | Role::Path | Role::Url | Role::Filter)
}

fn is_file(role: &Role) -> bool {
    matches!(role, Role::ScriptFile | Role::CodeFile(_) | Role::SqlFile(_))
}

/// Whether the file is standard input.
fn is_stdin(value: &Value) -> bool {
    value
        .known()
        .is_some_and(|name| matches!(&*name, b"-" | b"/dev/stdin" | b"/dev/fd/0" | b"/proc/self/fd/0"))
}
