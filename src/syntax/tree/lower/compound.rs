//! Compound commands and function definitions.

use super::super::cst::{Field, Node};
use super::super::kind::Kind;
use super::command::Draft;
use super::word::Mode;
use super::{Lowering, Place};
use crate::syntax::ast::{CaseArm, CaseEnd, Command, CommandKind, List, Part, Text, Word};

impl Lowering<'_> {
    /// The compound command that `node` is; `None` where an essential piece is missing.
    pub(super) fn compound(&mut self, node: Node<'_>) -> Option<CommandKind> {
        match node.kind() {
            Kind::Subshell => Some(CommandKind::Subshell(self.list(node.children()))),
            Kind::CompoundStatement if self.text(node).starts_with(b"((") => {
                let (start, end) = (node.start() + 2, node.end().saturating_sub(2));
                let mut text = self.text_between(node, start, end.max(start), Mode::Text);
                text.span = self.span(node);
                Some(CommandKind::Arithmetic(text))
            }
            Kind::CompoundStatement => Some(CommandKind::Group(self.list(node.children()))),
            Kind::IfStatement => Some(self.if_statement(node)),
            Kind::WhileStatement => Some(self.while_statement(node)),
            Kind::ForStatement => Some(self.for_statement(node)),
            Kind::CStyleForStatement => Some(self.arithmetic_for(node)),
            Kind::CaseStatement => Some(self.case_statement(node)),
            Kind::FunctionDefinition => self.function(node),
            Kind::TestCommand => Some(CommandKind::Conditional(self.conditional_command(node))),
            _ => {
                self.error(node);
                Some(CommandKind::Group(self.loose(node)))
            }
        }
    }

    fn if_statement(&mut self, node: Node<'_>) -> CommandKind {
        let mut branches = vec![self.branch(node)];
        let mut otherwise = None;
        for child in node.children() {
            match child.kind() {
                Kind::ElifClause => branches.push(self.branch(child)),
                Kind::ElseClause => otherwise = Some(self.list(child.children())),
                _ => {}
            }
        }
        CommandKind::If { branches, otherwise }
    }

    /// The condition and the commands behind `then` of an `if` or `elif`.
    fn branch(&mut self, node: Node<'_>) -> (List, List) {
        let then = node.children().find(|child| child.is_token() && self.text(*child) == b"then");
        let split = then.map_or(node.end(), |then| then.start());
        let is_clause = |child: &Node<'_>| matches!(child.kind(), Kind::ElifClause | Kind::ElseClause);
        let condition = self.list(node.children().filter(|child| child.start() < split && !is_clause(child)));
        let body = self.list(node.children().filter(|child| child.start() >= split && !is_clause(child)));
        (condition, body)
    }

    fn while_statement(&mut self, node: Node<'_>) -> CommandKind {
        CommandKind::While {
            until: self.text(node).starts_with(b"until"),
            condition: self.list(node.children().filter(|child| child.kind() != Kind::DoGroup)),
            body: self.body(node),
        }
    }

    /// The commands of a loop's `do … done` or `{ … }`.
    fn body(&mut self, node: Node<'_>) -> List {
        let is_body = |child: &Node<'_>| matches!(child.kind(), Kind::DoGroup | Kind::CompoundStatement);
        match node.children().find(is_body) {
            Some(body) => self.list(body.children()),
            None => List::default(),
        }
    }

    fn for_statement(&mut self, node: Node<'_>) -> CommandKind {
        let has_in = node.children().any(|child| child.is_token() && self.text(child) == b"in");
        let words = has_in.then(|| {
            let values = node.children().filter(|child| child.field() == Field::Value);
            values.map(|value| self.word(value)).collect()
        });
        self.errors_among(node);
        CommandKind::For {
            name: node.child(Field::Variable).map(|name| self.text(name).to_vec()).unwrap_or_default(),
            words,
            body: self.body(node),
            select: self.text(node).starts_with(b"select"),
        }
    }

    fn arithmetic_for(&mut self, node: Node<'_>) -> CommandKind {
        let token = |text: &[u8]| node.children().find(|child| child.is_token() && self.text(*child) == text);
        let start = token(b"((").map_or(node.start(), |open| open.end());
        let end = token(b"))").map_or(node.end(), |close| close.start());
        let mut separators = node
            .children()
            .filter(|child| child.is_token() && child.start() >= start && child.end() <= end)
            .filter(|child| matches!(self.text(*child), b";"));
        let first = separators.next().map(|separator| (separator.start(), separator.end()));
        let second = separators.next().map(|separator| (separator.start(), separator.end()));
        let (init_end, condition_start) = first.unwrap_or((end, end));
        let (condition_end, step_start) = second.unwrap_or((end, end));
        self.errors_among(node);
        let mut text = |start, end| -> Text { self.text_between(node, start, end, Mode::Text) };
        let init = text(start, init_end);
        let condition = text(condition_start, condition_end);
        let step = text(step_start, end);
        CommandKind::ArithmeticFor { init, condition, step, body: self.body(node) }
    }

    fn case_statement(&mut self, node: Node<'_>) -> CommandKind {
        let word = self.child_word(node, Field::Value);
        let items = node.children().filter(|child| child.kind() == Kind::CaseItem);
        let arms = items.map(|item| self.case_arm(item)).collect();
        self.errors_among(node);
        CommandKind::Case { word, arms }
    }

    fn case_arm(&mut self, node: Node<'_>) -> CaseArm {
        let close = node.children().find(|child| child.is_token() && self.text(*child) == b")");
        let close = close.map_or(node.start(), |close| close.end());
        let mut arm = CaseArm { patterns: Vec::new(), body: List::default(), end: CaseEnd::Break };
        // A pattern may be several nodes in a row; a bar or the parenthesis ends it.
        let mut pattern: Option<(usize, usize)> = None;
        for child in node.children().filter(|child| child.start() < close) {
            if !child.is_token() {
                let start = pattern.map_or(child.start(), |(start, _)| start);
                pattern = Some((start, child.end()));
            } else if matches!(self.text(child), b"|" | b")")
                && let Some((start, end)) = pattern.take()
            {
                arm.patterns.push(self.word_between(node, start, end, Mode::Word));
            }
        }
        for child in node.children().filter(|child| child.is_token()) {
            match self.text(child) {
                b";&" => arm.end = CaseEnd::FallThrough,
                b";;&" => arm.end = CaseEnd::Continue,
                _ => {}
            }
        }
        arm.body = self.list(node.children().filter(|child| child.start() >= close));
        arm
    }

    fn function(&mut self, node: Node<'_>) -> Option<CommandKind> {
        let name = node.child(Field::Name)?;
        let (word, name_span) = (self.word(name), self.span(name));
        let body = node.child(Field::Body)?;
        let mut draft = Draft::default();
        for child in node.children().filter(|child| child.kind().is_redirect()) {
            self.redirect(child, &mut draft);
        }
        self.errors_among(node);
        let mut and_or = self.statement(body, Place::First)?;
        let mut command =
            and_or.first.commands.pop().filter(|_| and_or.rest.is_empty()).unwrap_or_else(|| {
                self.error(body);
                Command {
                    kind: CommandKind::Group(List::default()),
                    redirects: Vec::new(),
                    span: self.map.span(body.start(), body.end()),
                }
            });
        command.redirects.extend(draft.redirects);
        Some(CommandKind::Function { name: literal_bytes(&word), name_span, body: Box::new(command) })
    }

    /// Records error nodes directly below a node whose children are picked by role.
    fn errors_among(&mut self, node: Node<'_>) {
        for child in node.children() {
            if child.kind() == Kind::Error || child.is_missing() {
                self.error(child);
            }
        }
    }
}

/// The bytes of a word without expansions, quotes removed.
fn literal_bytes(word: &Word) -> Vec<u8> {
    let mut bytes = Vec::new();
    for part in &word.parts {
        match part {
            Part::Literal(text, _)
            | Part::Escaped(text, _)
            | Part::SingleQuoted(text, _)
            | Part::AnsiC(text, _) => bytes.extend(text),
            _ => {}
        }
    }
    bytes
}
