//! A tree back to shell text: reading the text again gives an equal tree, apart from places.
//!
//! The layout is not that of the source: a command a line, backquotes as `$(…)`. A substitution that could not be
//! read ([`super::ast::Substitution::unread`]) is printed as far as it was.

mod word;

use super::ast::{
    AndOrOperator, CaseEnd, Command, CommandKind, Conditional, Descriptor, HereDocument, List, Part,
    PipeOperator, Pipeline, Redirect, RedirectTarget, Simple,
};
use super::reader::is_reserved;

/// The tree as shell text.
pub fn display(list: &List) -> Vec<u8> {
    let mut printer = Printer::default();
    printer.list(list);
    printer.out
}

#[derive(Default)]
struct Printer<'t> {
    out: Vec<u8>,
    /// Here-documents whose bodies come behind the next newline.
    pending: Vec<&'t HereDocument>,
}

impl<'t> Printer<'t> {
    fn text(&mut self, text: &str) {
        self.out.extend_from_slice(text.as_bytes());
    }

    /// Ends a line, and prints the bodies that are due.
    fn newline(&mut self) {
        self.out.push(b'\n');
        for document in std::mem::take(&mut self.pending) {
            let Some(body) = document.text() else { continue };
            if document.quoted {
                self.raw(&body.parts);
            } else {
                self.parts(&body.parts, word::Context::Text);
            }
            if !self.out.ends_with(b"\n") {
                self.out.push(b'\n');
            }
            self.out.extend_from_slice(&document.delimiter);
            self.out.push(b'\n');
        }
    }

    /// The items of a list, a line each.
    fn list(&mut self, list: &'t List) {
        for item in &list.items {
            self.pipeline(&item.and_or.first);
            for (operator, pipeline) in &item.and_or.rest {
                self.text(match operator {
                    AndOrOperator::And => " && ",
                    AndOrOperator::Or => " || ",
                });
                self.pipeline(pipeline);
            }
            if item.background {
                self.text(" &");
            }
            self.newline();
        }
    }

    fn pipeline(&mut self, pipeline: &'t Pipeline) {
        if pipeline.timed {
            self.text("time ");
        }
        if pipeline.negated {
            self.text("! ");
        }
        for (index, command) in pipeline.commands.iter().enumerate() {
            if let Some(operator) = index.checked_sub(1).and_then(|before| pipeline.operators.get(before)) {
                self.text(match operator {
                    PipeOperator::Output => " | ",
                    PipeOperator::OutputAndError => " |& ",
                });
            }
            self.command(command);
        }
    }

    fn command(&mut self, command: &'t Command) {
        let mut redirects = command.redirects.iter();
        match &command.kind {
            CommandKind::Simple(simple) => {
                if starts_reserved(simple) {
                    // `>x time a` starts a program called time; in front it would be the reserved word.
                    for redirect in redirects.by_ref().take(1) {
                        self.redirect(redirect);
                        self.text(" ");
                    }
                }
                self.simple(simple);
            }
            CommandKind::Subshell(list) => self.between("(", list, ")"),
            CommandKind::Group(list) => self.between("{", list, "}"),
            CommandKind::If { branches, otherwise } => {
                for (index, (condition, body)) in branches.iter().enumerate() {
                    self.between(if index == 0 { "if" } else { "elif" }, condition, "then");
                    self.between("", body, "");
                }
                if let Some(list) = otherwise {
                    self.between("else", list, "");
                }
                self.text("fi");
            }
            CommandKind::While { until, condition, body } => {
                self.between(if *until { "until" } else { "while" }, condition, "do");
                self.between("", body, "done");
            }
            CommandKind::For { name, words, body, select } => {
                self.text(if *select { "select " } else { "for " });
                self.out.extend_from_slice(name);
                if let Some(words) = words {
                    self.text(" in");
                    for word in words {
                        self.text(" ");
                        self.word(word);
                    }
                }
                self.newline();
                self.between("do", body, "done");
            }
            CommandKind::ArithmeticFor { init, condition, step, body } => {
                self.text("for ((");
                for (index, text) in [init, condition, step].into_iter().enumerate() {
                    if index > 0 {
                        self.text(";");
                    }
                    self.parts(&text.parts, word::Context::Text);
                }
                self.text("))");
                self.newline();
                self.between("do", body, "done");
            }
            CommandKind::Case { word, arms } => {
                self.text("case ");
                self.word(word);
                self.text(" in");
                self.newline();
                for arm in arms {
                    self.text("(");
                    for (index, pattern) in arm.patterns.iter().enumerate() {
                        self.text(if index > 0 { " | " } else { "" });
                        self.word(pattern);
                    }
                    self.between(")", &arm.body, "");
                    self.text(match arm.end {
                        CaseEnd::Break => ";;",
                        CaseEnd::FallThrough => ";&",
                        CaseEnd::Continue => ";;&",
                    });
                    self.newline();
                }
                self.text("esac");
            }
            CommandKind::Function { name, body, .. } => {
                self.text("function ");
                self.out.extend_from_slice(name);
                self.newline();
                self.command(body);
            }
            CommandKind::Coproc { name, body } => {
                self.text("coproc ");
                if let Some(name) = name {
                    self.out.extend_from_slice(name);
                    self.text(" ");
                }
                self.command(body);
            }
            CommandKind::Conditional(expression) => {
                self.text("[[ ");
                self.condition(expression);
                self.text(" ]]");
            }
            CommandKind::Arithmetic(text) => {
                self.text("((");
                self.parts(&text.parts, word::Context::Text);
                self.text("))");
            }
        }
        for (index, redirect) in redirects.enumerate() {
            let first =
                index == 0 && matches!(&command.kind, CommandKind::Simple(simple) if is_empty(simple));
            self.text(if first { "" } else { " " });
            self.redirect(redirect);
        }
    }

    /// A list between two words, on lines of its own.
    fn between(&mut self, open: &str, list: &'t List, close: &str) {
        if !open.is_empty() {
            self.text(open);
            self.newline();
        }
        self.list(list);
        self.text(close);
        if matches!(close, "then" | "do") {
            self.newline();
        }
    }

    fn simple(&mut self, simple: &'t Simple) {
        for (index, assignment) in simple.assignments.iter().enumerate() {
            self.text(if index > 0 { " " } else { "" });
            self.assignment(assignment);
        }
        for (index, word) in simple.words.iter().enumerate() {
            self.text(if index > 0 || !simple.assignments.is_empty() { " " } else { "" });
            self.word(word);
        }
    }

    fn redirect(&mut self, redirect: &'t Redirect) {
        match &redirect.descriptor {
            None => {}
            Some(Descriptor::Number(number)) => self.text(&number.to_string()),
            Some(Descriptor::Variable(name)) => {
                self.text("{");
                self.out.extend_from_slice(name);
                self.text("}");
            }
        }
        self.text(redirect.operator.as_str());
        match &redirect.target {
            RedirectTarget::Word(word) => {
                self.text(" ");
                self.word(word);
            }
            RedirectTarget::Close => self.text("-"),
            RedirectTarget::HereDocument(document) => {
                self.text(" ");
                if document.quoted {
                    self.quoted_name(&document.delimiter);
                } else {
                    self.out.extend_from_slice(&document.delimiter);
                }
                self.pending.push(document);
            }
        }
    }

    fn condition(&mut self, expression: &'t Conditional) {
        match expression {
            Conditional::Or(left, right) => {
                self.condition(left);
                self.text(" || ");
                self.condition(right);
            }
            Conditional::And(left, right) => {
                self.condition(left);
                self.text(" && ");
                self.condition(right);
            }
            Conditional::Not(inner) => {
                self.text("! ");
                self.condition(inner);
            }
            Conditional::Group(inner) => {
                self.text("( ");
                self.condition(inner);
                self.text(" )");
            }
            Conditional::Unary(operator, word) => {
                self.out.extend_from_slice(operator);
                self.text(" ");
                self.word(word);
            }
            Conditional::Binary(left, operator, right) => {
                self.word(left);
                self.text(" ");
                self.out.extend_from_slice(operator);
                self.text(" ");
                self.word(right);
            }
            Conditional::Word(word) => self.word(word),
        }
    }
}

/// Whether the first word is literal text that would be a reserved word.
fn starts_reserved(simple: &Simple) -> bool {
    let first = simple.words.first().filter(|_| simple.assignments.is_empty());
    matches!(first.map(|word| word.parts.as_slice()), Some([Part::Literal(bytes, _)]) if is_reserved(bytes))
}

fn is_empty(simple: &Simple) -> bool {
    simple.assignments.is_empty() && simple.words.is_empty()
}
