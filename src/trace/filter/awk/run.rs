//! Runs an awk program over text: its rules and statements.

use super::super::LIMIT;
use super::program::{Expression, Program, Rule, Statement, Target, When};
use super::record::{Record, Separator};
use super::value::{Value, truth};
use std::collections::{BTreeMap, BTreeSet};

/// Where the program goes on.
pub(super) enum Flow {
    Continue,
    Break,
    /// The next turn of a loop.
    Turn,
    NextRecord,
    Exit,
    Return(Value),
}

/// The elements of an array.
pub(super) type Array = BTreeMap<String, Value>;

/// The variables of a call.
#[derive(Default)]
pub(super) struct Frame {
    /// Each parameter, with its value; one that is used as an array has none.
    pub(super) values: BTreeMap<String, Value>,
    pub(super) arrays: BTreeMap<String, Array>,
}

/// What a program has done.
pub(super) struct Ran {
    pub(super) out: Vec<u8>,
    pub(super) files: Vec<(Vec<u8>, Vec<u8>)>,
    /// The commands that it executes, with what they read if that is no longer its own input.
    pub(super) commands: Vec<(String, Option<String>)>,
}

/// The state of a run.
pub(super) struct Machine<'a> {
    pub(super) program: &'a Program,
    pub(super) separator: Separator,
    pub(super) globals: Frame,
    pub(super) calls: Vec<Frame>,
    pub(super) record: Record,
    pub(super) number: i64,
    /// Whether a rule for records runs, for which another separator would be too late.
    reads: bool,
    /// The ranges that have started.
    open: BTreeSet<usize>,
    /// What is assigned behind BEGIN.
    pub(super) assignments: Vec<(String, String)>,
    out: String,
    /// What is executed, with what it reads.
    commands: Vec<(String, Option<String>)>,
    /// What is written to files, by their names.
    files: BTreeMap<String, String>,
    /// How many bytes were copied: a variable that grows with each record costs the square of the input.
    pub(super) copied: usize,
    /// How deep what is evaluated is nested, calls included.
    pub(super) depth: usize,
}

/// The most bytes that are copied.
pub(super) const COPY_LIMIT: usize = 16 * LIMIT;

impl<'a> Machine<'a> {
    pub(super) fn new(program: &'a Program, separator: Separator) -> Machine<'a> {
        Machine {
            program,
            separator,
            globals: Frame::default(),
            calls: Vec::new(),
            record: Record::default(),
            number: 0,
            reads: false,
            open: BTreeSet::new(),
            assignments: Vec::new(),
            out: String::new(),
            commands: Vec::new(),
            files: BTreeMap::new(),
            copied: 0,
            depth: 0,
        }
    }

    /// Sets a variable from outside.
    pub(super) fn preset(&mut self, name: &str, value: &str) -> Option<()> {
        if value.contains('\\') {
            return None;
        }
        self.set_variable(name, Value::Input(value.to_owned()))
    }

    /// The arguments of the program, as `ARGV` has them. Its own name differs.
    pub(super) fn set_arguments(&mut self, arguments: &[Vec<u8>]) -> Option<()> {
        let mut array = Array::new();
        for (argument, at) in arguments.iter().zip(1..) {
            array.insert(at.to_string(), Value::Input(String::from_utf8(argument.clone()).ok()?));
        }
        self.globals.arrays.insert("ARGV".to_owned(), array);
        let count = Value::Number(i64::try_from(arguments.len()).ok()? + 1);
        self.globals.values.insert("ARGC".to_owned(), count);
        Some(())
    }

    /// The output of the program, and the files that it writes.
    pub(super) fn run(mut self, text: &str) -> Option<Ran> {
        let rules = &self.program.rules;
        if text.contains('\0') {
            return None;
        }
        let mut flow = self.phase(rules, |when| matches!(when, When::Begin))?;
        for (name, value) in std::mem::take(&mut self.assignments) {
            self.preset(&name, &value)?;
        }
        self.reads = true;
        for line in text.split_terminator('\n') {
            if matches!(flow, Flow::Exit) {
                break;
            }
            self.number += 1;
            self.record = Record::new(line.to_owned(), &self.separator)?;
            flow = self.phase(rules, |when| !matches!(when, When::Begin | When::End))?;
        }
        // An `exit` before any input is read still runs END in some versions only.
        if matches!(flow, Flow::Exit)
            && self.number == 0
            && rules.iter().any(|rule| matches!(rule.when, When::End))
        {
            return None;
        }
        self.record.over = self.record.rebuilt;
        self.phase(rules, |when| matches!(when, When::End))?;
        let files = self.files.into_iter().map(|(path, text)| (path.into_bytes(), text.into_bytes()));
        Some(Ran { out: self.out.into_bytes(), files: files.collect(), commands: self.commands })
    }

    fn phase(&mut self, rules: &[Rule], is_due: fn(&When) -> bool) -> Option<Flow> {
        for rule in rules.iter().filter(|rule| is_due(&rule.when)) {
            if let When::If(condition) = &rule.when
                && !self.is_true(condition)?
            {
                continue;
            }
            if let When::Range(from, to, place) = &rule.when
                && !self.is_in_range(from, to, *place)?
            {
                continue;
            }
            let Some(statements) = &rule.action else {
                self.print(&[])?;
                continue;
            };
            match self.statements(statements)? {
                Flow::Continue => {}
                Flow::NextRecord if matches!(rule.when, When::Begin | When::End) => return None,
                flow @ (Flow::NextRecord | Flow::Exit) => return Some(flow),
                Flow::Break | Flow::Turn | Flow::Return(_) => return None,
            }
        }
        Some(Flow::Continue)
    }

    /// Whether the record is in a range, which may end where it starts.
    fn is_in_range(&mut self, from: &Expression, to: &Expression, place: usize) -> Option<bool> {
        if !self.open.contains(&place) {
            if !self.is_true(from)? {
                return Some(false);
            }
            self.open.insert(place);
        }
        if self.is_true(to)? {
            self.open.remove(&place);
        }
        Some(true)
    }

    pub(super) fn statements(&mut self, statements: &[Statement]) -> Option<Flow> {
        for statement in statements {
            self.spend(16)?;
            let flow = self.statement(statement)?;
            if !matches!(flow, Flow::Continue) {
                return Some(flow);
            }
        }
        Some(Flow::Continue)
    }

    fn statement(&mut self, statement: &Statement) -> Option<Flow> {
        match statement {
            Statement::Print(operands, target) => {
                let before = self.out.len();
                self.print(operands)?;
                if *target != Target::Out {
                    let printed = self.out.split_off(before);
                    self.deliver(&printed, target)?;
                }
            }
            Statement::Printf(operands, target) => {
                let (format, operands) = operands.split_first()?;
                let format = self.text(format)?;
                let printed = self.printf(&format, operands)?;
                self.deliver(&printed, target)?;
            }
            Statement::System(command) => {
                let command = self.text(command)?;
                self.spend(command.len())?;
                self.commands.push((command, None));
            }
            Statement::Expression(expression) => {
                self.evaluate(expression)?;
            }
            Statement::If(condition, then, otherwise) => {
                let branch = if self.is_true(condition)? { then } else { otherwise };
                return self.statements(branch);
            }
            Statement::Loop { start, condition, step, body, once } => {
                if let Some(start) = start {
                    self.evaluate(start)?;
                }
                return self.repeat(condition.as_ref(), step.as_ref(), body, *once);
            }
            Statement::Each { key, array, body } => {
                let array = self.array(array)?;
                // In which order there are more, nobody says.
                let found = match array.len() {
                    0 => return Some(Flow::Continue),
                    1 => array.keys().next()?.clone(),
                    _ => return None,
                };
                self.set_variable(key, Value::Either(found))?;
                return Some(match self.statements(body)? {
                    Flow::Break | Flow::Turn => Flow::Continue,
                    flow => flow,
                });
            }
            Statement::Delete(array, key) => {
                let key = key.as_ref().map(|key| self.key(key));
                let array = self.array_mut(array)?;
                match key {
                    None => array.clear(),
                    Some(key) => drop(array.remove(&key?)),
                }
            }
            Statement::Break => return Some(Flow::Break),
            Statement::Continue => return Some(Flow::Turn),
            Statement::Next => return Some(Flow::NextRecord),
            Statement::Exit => return Some(Flow::Exit),
            Statement::Return(None) => return Some(Flow::Return(Value::Unset)),
            Statement::Return(Some(value)) => return Some(Flow::Return(self.evaluate(value)?)),
        }
        Some(Flow::Continue)
    }

    fn repeat(
        &mut self,
        condition: Option<&Expression>,
        step: Option<&Expression>,
        body: &[Statement],
        mut once: bool,
    ) -> Option<Flow> {
        loop {
            self.spend(16)?;
            if !std::mem::take(&mut once)
                && let Some(condition) = condition
                && !self.is_true(condition)?
            {
                return Some(Flow::Continue);
            }
            match self.statements(body)? {
                Flow::Continue | Flow::Turn => {}
                Flow::Break => return Some(Flow::Continue),
                flow => return Some(flow),
            }
            if let Some(step) = step {
                self.evaluate(step)?;
            }
        }
    }

    /// Counts work; `None` when there was too much.
    pub(super) fn spend(&mut self, bytes: usize) -> Option<()> {
        self.copied += bytes;
        (self.copied <= COPY_LIMIT).then_some(())
    }

    /// Prints operands, or the record.
    fn print(&mut self, operands: &[Expression]) -> Option<()> {
        let texts: Option<Vec<String>> = operands.iter().map(|operand| self.text(operand)).collect();
        let joined = texts?.join(&self.global_text("OFS", " "));
        let end = self.global_text("ORS", "\n");
        if operands.is_empty() {
            let record = self.record.field(0)?.text();
            self.write(&record)?;
        } else {
            self.write(&joined)?;
        }
        self.write(&end)
    }

    fn deliver(&mut self, text: &str, target: &Target) -> Option<()> {
        match target {
            Target::Out => self.write(text),
            Target::Nowhere => Some(()),
            Target::Command(command) => {
                self.spend(text.len())?;
                let open =
                    self.commands.iter_mut().find(|(other, input)| other == command && input.is_some());
                match open {
                    Some((_, Some(input))) => input.push_str(text),
                    _ => self.commands.push((command.clone(), Some(text.to_owned()))),
                }
                Some(())
            }
            Target::File(path) => {
                self.spend(text.len())?;
                self.files.entry(path.clone()).or_default().push_str(text);
                Some(())
            }
        }
    }

    fn write(&mut self, text: &str) -> Option<()> {
        self.out.push_str(text);
        (self.out.len() <= LIMIT).then_some(())
    }

    /// The text of a global variable.
    pub(super) fn global_text(&self, name: &str, default: &str) -> String {
        self.globals.values.get(name).map_or_else(|| default.to_owned(), Value::text)
    }

    pub(super) fn text(&mut self, expression: &Expression) -> Option<String> {
        Some(self.evaluate(expression)?.text())
    }

    pub(super) fn is_true(&mut self, expression: &Expression) -> Option<bool> {
        truth(&self.evaluate(expression)?)
    }

    /// Whether another field separator still counts for the records to come.
    pub(super) fn may_set_separator(&self) -> bool {
        !self.reads
    }
}
