//! Environment variables whose value a program executes: those in its grammar, and those of the grammar `*`, which
//! many programs look at.

use super::super::env::Options;
use super::super::parameter::has_commands;
use super::super::redirect::named_descriptor;
use super::super::simple::Around;
use super::super::tracer::{Io, Tracer};
use super::super::{Argument, Via};
use super::foreign::Given;
use crate::program::{Call, Grammar, Role, Style};
use crate::value::{Match, Value};

/// The program whose environment is that of any program.
const ANY_PROGRAM: &str = "*";

impl Tracer<'_> {
    /// Runs what the variables in the grammar of a program hold.
    pub(super) fn run_environment(&mut self, index: usize, grammar: &Grammar, around: &Around, io: Io) {
        for (name, role) in &grammar.environment {
            if let Some(value) = self.value_in_environment(name, around) {
                self.run_variable(index, name, role, &value, around, io);
            }
        }
    }

    /// The texts that a shell reads before its script, and whose definitions the script sees.
    pub(in crate::trace) fn startup_texts(
        &self,
        grammar: &Grammar,
        calls: &[Call],
        around: &Around,
        io: Io,
    ) -> Vec<Value> {
        if grammar.style != Style::Shell {
            return Vec::new();
        }
        let variables = grammar.environment.iter().filter(|(_, role)| *role == Role::ScriptFile);
        let values = variables.filter_map(|(name, _)| self.value_in_environment(name, around));
        let options = calls.iter().flat_map(|call| &call.nested);
        let options = options.filter(|nested| nested.role == Role::ScriptFile && nested.option.is_some());
        let files = values.chain(options.filter_map(|nested| Some(nested.words.first()?.value.clone())));
        let given = files.filter_map(|file| self.startup_file(&file, io));
        let usual = calls.first().map(|call| self.default_files(grammar, call, around)).unwrap_or_default();
        let usual = usual.into_iter().filter(|(role, _)| *role == Role::ScriptFile);
        given.chain(usual.filter_map(|(_, path)| self.script_file(&path))).collect()
    }

    /// The files that the program reads under their usual names, if the script has made them, and what they hold.
    pub(super) fn default_files(
        &self,
        grammar: &Grammar,
        call: &Call,
        around: &Around,
    ) -> Vec<(Role, Value)> {
        let is_given = |options: &[String]| options.iter().any(|option| call.flag(option) != Match::No);
        let read = grammar
            .defaults
            .iter()
            .filter(|file| (file.when.is_empty() || is_given(&file.when)) && !is_given(&file.unless));
        let places = read.filter_map(|file| {
            let mut paths = file.names.iter().map(|name| self.default_path(name, around));
            let path = paths.find(|path| self.script_file(path).is_some())?;
            Some((file.role.clone(), path))
        });
        places.collect()
    }

    /// Runs what is in such files; those of a shell are its startup.
    pub(super) fn run_default_files(
        &mut self,
        index: usize,
        grammar: &Grammar,
        call: &Call,
        around: &Around,
        io: Io,
    ) {
        for (role, path) in self.default_files(grammar, call, around) {
            let Role::CodeFile(language) = role else { continue };
            let Some(text) = self.script_file(&path) else { continue };
            let operands: Vec<Value> = call.operands.iter().map(|operand| operand.value.clone()).collect();
            let given = Given { arguments: &operands, is_file: true, ..Given::default() };
            self.run_code(index, &language, &text, given, around, Io { stdin: None, ..io });
        }
    }

    /// The path of such a name, which may begin with `~/` or `$VARIABLE/`.
    fn default_path(&self, name: &str, around: &Around) -> Value {
        let (variable, rest) = match (name.strip_prefix('~'), name.strip_prefix('$')) {
            (Some(rest), _) => ("HOME", rest),
            (_, Some(name)) => {
                name.split_at_checked(name.find('/').unwrap_or(name.len())).unwrap_or_default()
            }
            _ => return Value::text(name, around.span),
        };
        let unset = || self.env.inherited(variable.as_bytes(), around.span);
        let mut path = self.value_in_environment(variable, around).unwrap_or_else(unset);
        path.push_text(rest.as_bytes(), around.span);
        path
    }

    fn startup_file(&self, file: &Value, io: Io) -> Option<Value> {
        if file.known().and_then(|path| named_descriptor(&path)) == Some(0) {
            return io.stdin.and_then(|stream| self.streams.get(stream)).cloned();
        }
        self.file(file)
    }

    /// What a program finds in a variable, if the script has set it.
    fn value_in_environment(&self, name: &str, around: &Around) -> Option<Value> {
        let written = around.assignments.iter().find(|(assigned, _)| assigned == name.as_bytes());
        match written {
            Some((_, value)) => Some(value.clone()),
            None => {
                let mut exported = self.env.exported();
                exported.find(|(other, _)| *other == name.as_bytes()).map(|(_, value)| value.clone())
            }
        }
    }

    /// Runs what stands in front of a command in variables that any program may execute, except those that its own
    /// grammar lists.
    pub(in crate::trace) fn run_common_environment(
        &mut self,
        index: usize,
        own: Option<&Grammar>,
        around: &Around,
        io: Io,
    ) {
        if around.assignments.is_empty() {
            return;
        }
        let Some(common) = self.grammars.grammar(ANY_PROGRAM) else { return };
        for (assigned, value) in &around.assignments {
            let listed =
                own.is_some_and(|own| own.environment.iter().any(|(name, _)| is_named(name, assigned)));
            let found = common.environment.iter().find(|(name, _)| !listed && is_named(name, assigned));
            if let Some((_, role)) = found {
                let name = String::from_utf8_lossy(assigned).into_owned();
                self.run_variable(index, &name, role, value, around, io);
            }
        }
    }

    fn run_variable(
        &mut self,
        index: usize,
        name: &str,
        role: &Role,
        value: &Value,
        around: &Around,
        io: Io,
    ) {
        if value.pieces.is_empty() {
            return;
        }
        let via = Via::Environment(name.to_owned());
        match role {
            Role::Script(_) | Role::JoinedScript | Role::ShellWords => {
                self.run_shell(index, via, value, Vec::new(), Options::default(), io);
            }
            Role::ScriptFile => {
                if let Some(path) = value.known().filter(|path| has_commands(path)) {
                    // Shells expand the name first, which runs the commands in it.
                    self.within(Some(index), via.clone(), |tracer| {
                        tracer.subshell(|tracer| tracer.run_text_as_quoted(&path, around.span))
                    });
                }
                if let Some(text) = self.startup_file(value, io) {
                    self.run_shell(index, via, &text, Vec::new(), Options::default(), io);
                }
            }
            // Options that stand in front of those of the program.
            Role::OwnWords => {
                let is_inner =
                    self.invocations.get(index).is_some_and(|own| matches!(own.via, Via::Environment(_)));
                let program = self.invocations.get(index).and_then(|own| own.argv.first()).cloned();
                let words = value.known_str().and_then(|text| shell_words::split(&text).ok());
                let (false, Some(program), Some(words)) = (is_inner, program, words) else { return };
                let span = value.origin().unwrap_or(around.span);
                let words = words.into_iter().map(|word| Argument { value: Value::text(word, span), span });
                let argv = std::iter::once(program).chain(words).collect();
                let io = Io { stdin: Some(self.stream(Value::default())), ..io };
                self.run_inner(index, via, argv, &[], around, io);
            }
            Role::Code(language) => {
                self.run_code(index, language, value, Given::default(), around, io);
            }
            Role::CodeFile(language) => {
                if let Some(text) = self.file(value) {
                    self.run_code(
                        index,
                        language,
                        &text,
                        Given { is_file: true, ..Given::default() },
                        around,
                        io,
                    );
                }
            }
            _ => {}
        }
    }
}

/// Whether the variable has this name, in which one `*` is any text.
fn is_named(pattern: &str, name: &[u8]) -> bool {
    match pattern.split_once('*') {
        None => pattern.as_bytes() == name,
        Some((before, behind)) => {
            name.len() >= before.len() + behind.len()
                && name.starts_with(before.as_bytes())
                && name.ends_with(behind.as_bytes())
        }
    }
}
