//! A tree as flat facts: every command anywhere in it with its words, and a skeleton of the operators.

use super::canonical::{assignment, text, word};
use argvet::syntax::ast::{
    AndOrOperator, Assignment, AssignmentValue, Command, CommandKind, Conditional, Descriptor, List,
    ParameterOperator, Part, PipeOperator, Pipeline, Redirect, RedirectOperator, RedirectTarget, Text, Word,
};

/// What is in a tree.
#[derive(Default)]
pub(super) struct Facts {
    /// The commands and other things with words, one a line; sorted by the caller.
    pub(super) commands: Vec<String>,
    /// The operators and compound commands of the outermost text, bodies inside.
    pub(super) operators: String,
    /// Whether a part of a substitution could not be read.
    pub(super) unread: bool,
    depth: usize,
}

/// The descriptor of an operator without one: bash does not tell whether it was written.
fn usual(operator: RedirectOperator) -> u32 {
    match operator {
        RedirectOperator::Input
        | RedirectOperator::ReadWrite
        | RedirectOperator::DuplicateInput
        | RedirectOperator::HereDocument
        | RedirectOperator::HereDocumentTabs
        | RedirectOperator::HereString => 0,
        _ => 1,
    }
}

/// One line of facts.
pub(super) fn line(
    kind: &str,
    depth: usize,
    assignments: &[String],
    words: &[String],
    redirects: &[String],
) -> String {
    format!("{depth} {kind} {assignments:?} {words:?} {redirects:?}")
}

impl Facts {
    pub(super) fn of(list: &List) -> Facts {
        let mut facts = Facts::default();
        facts.list(list);
        facts.commands.sort();
        facts
    }

    fn mark(&mut self, text: &str) {
        if self.depth == 0 {
            self.operators.push_str(text);
        }
    }

    fn list(&mut self, list: &List) {
        for (index, item) in list.items.iter().enumerate() {
            self.mark(if index > 0 { ";" } else { "" });
            self.pipeline(&item.and_or.first);
            for (operator, pipeline) in &item.and_or.rest {
                self.mark(if *operator == AndOrOperator::And { "&&" } else { "||" });
                self.pipeline(pipeline);
            }
            self.mark(if item.background { "&" } else { "" });
        }
    }

    fn pipeline(&mut self, pipeline: &Pipeline) {
        self.mark(if pipeline.timed { "T " } else { "" });
        self.mark(if pipeline.negated { "!" } else { "" });
        for (index, command) in pipeline.commands.iter().enumerate() {
            self.mark(if index > 0 { "|" } else { "" });
            // bash makes `|&` a redirection of the command before it.
            let both = pipeline.operators.get(index) == Some(&PipeOperator::OutputAndError);
            self.command(command, if both { &["2>& 1"] } else { &[] });
        }
    }

    fn add(&mut self, kind: &str, words: &[String]) {
        self.commands.push(line(kind, self.depth, &[], words, &[]));
    }

    fn block(&mut self, open: &str, list: &List, close: &str) {
        self.mark(open);
        self.list(list);
        self.mark(close);
    }

    fn command(&mut self, command: &Command, more: &[&str]) {
        let mut redirects: Vec<String> =
            command.redirects.iter().map(|redirect| self.redirect(redirect)).collect();
        redirects.extend(more.iter().map(|redirect| (*redirect).to_owned()));
        match &command.kind {
            CommandKind::Simple(simple) => {
                self.mark("c");
                let assignments: Vec<_> = simple.assignments.iter().map(assignment).collect();
                let words: Vec<_> = simple.words.iter().map(word).collect();
                self.commands.push(line("", self.depth, &assignments, &words, &redirects));
                simple.assignments.iter().for_each(|assignment| self.assignment(assignment));
                simple.words.iter().for_each(|word| self.parts(&word.parts));
                return;
            }
            CommandKind::Subshell(list) => self.block("(", list, ")"),
            CommandKind::Group(list) => self.block("{", list, "}"),
            CommandKind::If { branches, otherwise } => {
                for (condition, body) in branches {
                    self.block("if[", condition, "][");
                    self.list(body);
                    self.mark("][");
                }
                match otherwise {
                    Some(list) => self.list(list),
                    // No `else`: the last `][` opens nothing.
                    None if self.depth == 0 => self.operators.truncate(self.operators.len() - 2),
                    None => {}
                }
                branches.iter().for_each(|_| self.mark("]"));
            }
            CommandKind::While { until, condition, body } => {
                self.block(if *until { "until[" } else { "while[" }, condition, "][");
                self.block("", body, "]");
            }
            CommandKind::For { name, words, body, select } => {
                let given = words.as_deref().map(|words| words.iter().map(word).collect::<Vec<_>>());
                let given = given.unwrap_or_else(|| vec!["${@}".to_owned()]);
                let all: Vec<_> = [name.escape_ascii().to_string()].into_iter().chain(given).collect();
                let kind = if *select { "select" } else { "for" };
                self.add(kind, &all);
                words.iter().flatten().for_each(|word| self.parts(&word.parts));
                self.block(&format!("{kind}["), body, "]");
            }
            CommandKind::ArithmeticFor { init, condition, step, body } => {
                [init, condition, step].into_iter().for_each(|text| self.parts(&text.parts));
                self.block("afor[", body, "]");
            }
            CommandKind::Case { word: subject, arms } => {
                self.add("case", &[word(subject)]);
                self.parts(&subject.parts);
                self.mark("case[");
                for arm in arms {
                    self.add("pat", &arm.patterns.iter().map(word).collect::<Vec<_>>());
                    arm.patterns.iter().for_each(|word| self.parts(&word.parts));
                    self.block("<", &arm.body, ">");
                }
                self.mark("]");
            }
            CommandKind::Function { name, body, .. } => {
                self.add("fn", &[name.escape_ascii().to_string()]);
                self.mark("fn[");
                self.command(body, &[]);
                self.mark("]");
            }
            CommandKind::Coproc { body, .. } => {
                self.mark("coproc[");
                self.command(body, &[]);
                self.mark("]");
            }
            CommandKind::Conditional(expression) => {
                self.mark("[[");
                let mut words = Vec::new();
                self.condition(expression, &mut words);
                self.add("cond", &words);
            }
            CommandKind::Arithmetic(expression) => {
                self.mark("((");
                self.add("arith", &[text(expression)]);
                self.parts(&expression.parts);
            }
        }
        if !redirects.is_empty() {
            self.commands.push(line("cr", self.depth, &[], &[], &redirects));
        }
    }

    fn condition(&mut self, expression: &Conditional, words: &mut Vec<String>) {
        let operand = |facts: &mut Self, one: &Word, words: &mut Vec<String>| {
            words.push(word(one));
            facts.parts(&one.parts);
        };
        match expression {
            Conditional::Or(left, right) | Conditional::And(left, right) => {
                self.condition(left, words);
                self.condition(right, words);
            }
            Conditional::Not(inner) | Conditional::Group(inner) => self.condition(inner, words),
            Conditional::Unary(operator, one) => {
                words.push(operator.escape_ascii().to_string());
                operand(self, one, words);
            }
            Conditional::Binary(left, operator, right) => {
                operand(self, left, words);
                words.push(operator.escape_ascii().to_string());
                operand(self, right, words);
            }
            Conditional::Word(one) => {
                words.push("-n".to_owned());
                operand(self, one, words);
            }
        }
    }

    fn redirect(&mut self, redirect: &Redirect) -> String {
        let written = match &redirect.descriptor {
            None => String::new(),
            Some(Descriptor::Number(number)) => number.to_string(),
            Some(Descriptor::Variable(name)) => format!("{{{}}}", name.escape_ascii()),
        };
        let descriptor = if written == usual(redirect.operator).to_string() { "" } else { &written };
        let target = match &redirect.target {
            // To close is one operation, whichever the direction; its descriptor is always known.
            RedirectTarget::Close => {
                let usual = usual(redirect.operator).to_string();
                return format!("{}>& -", if redirect.descriptor.is_some() { written } else { usual });
            }
            RedirectTarget::Word(one) => {
                self.parts(&one.parts);
                // Of `3>&1-` bash keeps the number, as a number.
                let copies = matches!(
                    redirect.operator,
                    RedirectOperator::DuplicateInput | RedirectOperator::DuplicateOutput
                );
                let target = word(one);
                let target = if copies { target.trim_end_matches('-').to_owned() } else { target };
                target.parse::<u32>().map_or(target, |number| number.to_string())
            }
            RedirectTarget::HereDocument(document) => {
                let body = document.text().cloned().unwrap_or_default();
                self.parts(&body.parts);
                format!("{} {:?} {}", document.delimiter.escape_ascii(), text(&body), document.quoted)
            }
        };
        format!("{descriptor}{} {target}", redirect.operator.as_str())
    }

    fn assignment(&mut self, assignment: &Assignment) {
        self.text(assignment.subscript.as_ref());
        match &assignment.value {
            AssignmentValue::Scalar(word) => self.parts(&word.parts),
            AssignmentValue::Array(elements) => {
                for element in elements {
                    self.text(element.subscript.as_ref());
                    self.parts(&element.word.parts);
                }
            }
        }
    }

    fn text(&mut self, text: Option<&Text>) {
        text.into_iter().for_each(|text| self.parts(&text.parts));
    }

    fn parts(&mut self, parts: &[Part]) {
        for part in parts {
            match part {
                Part::DoubleQuoted(inner, _) | Part::ExtendedGlob { pattern: inner, .. } => self.parts(inner),
                Part::Arithmetic(text) => self.parts(&text.parts),
                Part::ArrayAssignment(assignment) => self.assignment(assignment),
                Part::CommandSubstitution(substitution) | Part::ProcessSubstitution { substitution, .. } => {
                    self.unread |= substitution.unread.is_some();
                    self.depth += 1;
                    self.list(&substitution.list);
                    self.depth -= 1;
                }
                Part::Parameter(parameter) => {
                    self.text(parameter.subscript.as_ref());
                    match &parameter.operator {
                        ParameterOperator::Conditional { word, .. }
                        | ParameterOperator::Trim { pattern: word, .. }
                        | ParameterOperator::Case { pattern: word, .. } => self.parts(&word.parts),
                        ParameterOperator::Replace { pattern, replacement, .. } => {
                            self.parts(&pattern.parts);
                            replacement.iter().for_each(|word| self.parts(&word.parts));
                        }
                        ParameterOperator::Slice { offset, length } => {
                            self.parts(&offset.parts);
                            self.text(length.as_ref());
                        }
                        _ => {}
                    }
                }
                _ => {}
            }
        }
    }
}
