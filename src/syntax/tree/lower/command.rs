//! Simple commands: assignments, words, redirections; and what the grammar takes for a simple command.
//!
//! Repairs: `time` and `coproc` are not in the grammar and `!` only before some commands, so they stand as the
//! command's name; so do reserved words of a compound command behind one of them (`! { rm x; }`). Words behind
//! a redirection's target are taken for more targets. `[ … ]` is an expression grammar of its own, its words
//! are split here.

use super::super::cst::{Field, Node};
use super::super::kind::Kind;
use super::word::Mode;
use super::{Lowering, Place};
use crate::source::Span;
use crate::syntax::ast::{
    AndOr, AndOrOperator, ArrayElement, Assignment, AssignmentValue, Command, CommandKind, Part, Redirect,
    Simple, Word,
};

/// A simple command while it is put together.
#[derive(Default)]
pub(super) struct Draft {
    pub(super) simple: Simple,
    pub(super) redirects: Vec<Redirect>,
}

/// Reserved words that open a command list: behind a prefix the grammar does not know, they become the name of
/// the first command of that list.
const OPENING: &[&[u8]] = &[b"{", b"if", b"then", b"elif", b"else", b"while", b"until", b"do"];

impl Lowering<'_> {
    pub(super) fn simple_statement(&mut self, node: Node<'_>, place: Place) -> Option<AndOr> {
        let mut draft = Draft::default();
        let mut subshell = None;
        match node.kind() {
            Kind::VariableAssignment => draft.simple.assignments.extend(self.assignment(node)),
            Kind::TestCommand => draft.simple.words = self.bracket_words(node),
            _ => {
                for child in node.children() {
                    match child.kind() {
                        Kind::Comment => {}
                        Kind::VariableAssignment if node.kind() == Kind::DeclarationCommand => {
                            let word = self.declared(child);
                            draft.simple.words.push(word);
                        }
                        Kind::VariableAssignment => draft.simple.assignments.extend(self.assignment(child)),
                        Kind::Subshell if child.field() == Field::None => subshell = Some(child),
                        kind if kind.is_redirect() => self.redirect(child, &mut draft),
                        _ => self.argument(child, &mut draft.simple.words),
                    }
                }
            }
        }
        Some(self.with_prefixes(draft, subshell, node, place))
    }

    /// A word of the command. A literal token (`export`, `==`, a lone `$`) that touches the word before belongs
    /// to no word of its own; the checks distrust that tree.
    fn argument(&mut self, node: Node<'_>, words: &mut Vec<Word>) {
        if node.kind() == Kind::Error {
            self.error(node);
            for child in node.children().filter(|child| !child.is_token()) {
                let word = self.word(child);
                words.push(word);
            }
            return;
        }
        let word = self.word(node);
        words.push(word);
    }

    /// Takes `time`, `!`, `coproc` and opening reserved words off the front.
    fn with_prefixes(
        &mut self,
        mut draft: Draft,
        subshell: Option<Node<'_>>,
        node: Node<'_>,
        place: Place,
    ) -> AndOr {
        let span = self.span(node);
        let (mut negated, mut timed, mut coproc) = (false, false, false);
        let mut prefix = 0;
        while draft.simple.assignments.is_empty() && draft.redirects.is_empty() && !coproc {
            match draft.literal(prefix) {
                Some(b"time") if place == Place::First => {
                    timed = true;
                    prefix += usize::from(draft.literal(prefix + 1) == Some(b"-p"));
                    prefix += usize::from(draft.literal(prefix + 1) == Some(b"--"));
                }
                Some(b"!") => negated = !negated,
                Some(b"coproc") => coproc = true,
                Some(word) if OPENING.contains(&word) && draft.simple.words.len() > prefix + 1 => {
                    self.errors.push(span);
                }
                _ => break,
            }
            prefix += 1;
        }
        draft.simple.words.drain(..prefix);
        if coproc {
            let command = self.coproc(draft, subshell, node);
            return AndOr::of(command, negated, timed);
        }
        let mut and_or = match subshell {
            Some(subshell) if draft.is_empty() => self.statement(subshell, place),
            _ => None,
        }
        .unwrap_or_else(|| AndOr::of(draft.command(span), false, false));
        if let Some(subshell) = subshell.filter(|_| and_or.first.commands.iter().any(Command::is_simple)) {
            // `name (list)` is no command of bash's; what the list runs is kept.
            self.error(subshell);
            if let Some(list) = self.statement(subshell, place) {
                and_or.rest.push((AndOrOperator::And, list.first));
            }
        }
        and_or.first.negated ^= negated;
        and_or.first.timed |= timed;
        and_or
    }

    fn coproc(&mut self, mut draft: Draft, subshell: Option<Node<'_>>, node: Node<'_>) -> Command {
        let span = self.span(node);
        let name = match subshell {
            Some(_) => draft.literal(0).map(<[u8]>::to_vec),
            None => None,
        };
        let body = match subshell.and_then(|subshell| Some((subshell, self.compound(subshell)?))) {
            Some((subshell, kind)) => {
                Command { kind, redirects: std::mem::take(&mut draft.redirects), span: self.span(subshell) }
            }
            None => draft.command(span),
        };
        Command { kind: CommandKind::Coproc { name, body: Box::new(body) }, redirects: Vec::new(), span }
    }

    /// `name=value`; `None` for a node that is none.
    pub(super) fn assignment(&mut self, node: Node<'_>) -> Option<Assignment> {
        self.deeper(node, |this| this.assignment_here(node))
    }

    fn assignment_here(&mut self, node: Node<'_>) -> Option<Assignment> {
        let target = node.child(Field::Name)?;
        let target_text = self.text(target);
        let name_length = target_text.iter().position(|&byte| byte == b'[').unwrap_or(target_text.len());
        let name = target_text.get(..name_length).unwrap_or_default().to_vec();
        let subscript =
            self.subscript(target, target.start() + name_length, Mode::Word).map(|(text, _)| text);
        let operator = node.children().find(|child| child.is_token())?;
        let append = self.text(operator) == b"+=";
        let value = match node.child(Field::Value) {
            Some(array) if array.kind() == Kind::Array => {
                AssignmentValue::Array(array.children().filter_map(|element| self.element(element)).collect())
            }
            Some(value) => AssignmentValue::Scalar(self.word(value)),
            None => {
                let span = self.map.span(operator.end(), operator.end());
                AssignmentValue::Scalar(Word { parts: Vec::new(), span })
            }
        };
        Some(Assignment { name, subscript, append, value, span: self.span(node) })
    }

    fn element(&mut self, node: Node<'_>) -> Option<ArrayElement> {
        if node.is_token() || node.kind() == Kind::Comment {
            return None;
        }
        if let Some((subscript, behind)) = self.subscript(node, node.start(), Mode::Text)
            && self.byte(behind) == Some(b'=')
            && behind < node.end()
        {
            let word = self.word_between(node, behind + 1, node.end(), Mode::Word);
            return Some(ArrayElement { subscript: Some(subscript), word });
        }
        Some(ArrayElement { subscript: None, word: self.word(node) })
    }

    /// `name=value` as an argument of `declare` and the like: a word, with an array as its one part.
    fn declared(&mut self, node: Node<'_>) -> Word {
        if node.child(Field::Value).is_some_and(|value| value.kind() == Kind::Array)
            && let Some(assignment) = self.assignment(node)
        {
            let span = assignment.span;
            return Word { parts: vec![Part::ArrayAssignment(Box::new(assignment))], span };
        }
        self.word(node)
    }

    /// The words of `[ … ]`, split at unquoted blanks.
    fn bracket_words(&mut self, node: Node<'_>) -> Vec<Word> {
        let parts = || node.topmost(false, |kind| Mode::Word.is_part(kind)).peekable();
        let mut ranges: Vec<(usize, usize)> = Vec::new();
        let mut start = None;
        let mut inner = parts();
        let mut at = node.start();
        while at < node.end() {
            while inner.next_if(|part| part.end() <= at).is_some() {}
            let part = inner.next_if(|part| part.start() == at);
            let blank = part.is_none() && matches!(self.byte(at), Some(b' ' | b'\t' | b'\n'));
            if blank {
                ranges.extend(start.take().map(|from| (from, at)));
            } else {
                start.get_or_insert(at);
            }
            at = match part {
                Some(part) => part.end().max(at + 1),
                None if self.byte(at) == Some(b'\\') => at + 2,
                None => at + 1,
            };
        }
        ranges.extend(start.map(|from| (from, node.end())));
        let mut inner = parts();
        let words = ranges.into_iter().map(|(from, to)| Word {
            parts: self.fill(&mut inner, from, to, Mode::Word),
            span: self.map.span(from, to),
        });
        words.collect()
    }
}

impl Draft {
    pub(super) fn command(self, span: Span) -> Command {
        Command { kind: CommandKind::Simple(self.simple), redirects: self.redirects, span }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.simple.words.is_empty() && self.simple.assignments.is_empty() && self.redirects.is_empty()
    }

    /// The word with that number, if it is one unquoted literal.
    fn literal(&self, word: usize) -> Option<&[u8]> {
        match self.simple.words.get(word)?.parts.as_slice() {
            [Part::Literal(text, _)] => Some(text),
            _ => None,
        }
    }
}

impl Command {
    fn is_simple(&self) -> bool {
        matches!(self.kind, CommandKind::Simple(_))
    }
}
