//! Redirections and here-documents.

use super::super::cst::{Field, Node};
use super::super::kind::Kind;
use super::command::Draft;
use super::word::Mode;
use super::{Lowering, Place};
use crate::syntax::ast::{
    AndOr, AndOrOperator, Command, CommandKind, Descriptor, HereDocument, Part, Redirect, RedirectOperator,
    RedirectTarget, Text, Word,
};
use std::sync::{Arc, OnceLock};

impl Lowering<'_> {
    /// A statement with redirections behind it: they belong to its last command, and so do words that the
    /// grammar takes for further targets.
    pub(super) fn redirected(&mut self, node: Node<'_>, place: Place) -> Option<AndOr> {
        let body = node.child(Field::Body).and_then(|body| self.statement(body, place));
        let mut draft = Draft::default();
        for child in node.children() {
            if child.kind().is_redirect() {
                self.redirect(child, &mut draft);
            } else if child.kind() == Kind::Error {
                self.error(child);
            }
        }
        let mut and_or = match body {
            None => AndOr::of(draft.command(self.span(node)), false, false),
            Some(mut and_or) => {
                self.attach(&mut and_or, draft, node);
                and_or
            }
        };
        for child in node.children() {
            match child.kind() {
                Kind::HeredocRedirect => and_or = self.heredoc_tail(child, and_or)?,
                Kind::Error => {
                    if let Some(found) = self.statement(child, Place::First) {
                        and_or.rest.push((AndOrOperator::And, found.first));
                    }
                }
                _ => {}
            }
        }
        Some(and_or)
    }

    /// A redirection that stands where a statement should: a command without words.
    pub(super) fn lone_redirect(&mut self, node: Node<'_>) -> Option<AndOr> {
        let mut draft = Draft::default();
        self.redirect(node, &mut draft);
        Some(AndOr::of(draft.command(self.span(node)), false, false))
    }

    fn attach(&mut self, and_or: &mut AndOr, draft: Draft, node: Node<'_>) {
        let span = self.span(node);
        let Some(last) = and_or.last_pipeline_mut().commands.last_mut() else {
            let command = draft.command(span);
            and_or.last_pipeline_mut().commands.push(command);
            return;
        };
        last.redirects.extend(draft.redirects);
        last.span.end = last.span.end.max(span.end);
        if draft.simple.words.is_empty() {
            return;
        }
        match &mut last.kind {
            CommandKind::Simple(simple) => simple.words.extend(draft.simple.words),
            _ => {
                // bash takes no words behind a compound command: they are shown as a command of their own.
                self.errors.push(span);
                let kind = CommandKind::Simple(draft.simple);
                let stray = AndOr::of(Command { kind, redirects: Vec::new(), span }, false, false);
                and_or.rest.push((AndOrOperator::And, stray.first));
            }
        }
    }

    /// Reads a redirection into `draft`; further targets become its words.
    pub(super) fn redirect(&mut self, node: Node<'_>, draft: &mut Draft) {
        let mut operator = None;
        let mut descriptor = None;
        let mut targets: Vec<Word> = Vec::new();
        let mut close = false;
        let start = draft.redirects.len();
        for child in node.children() {
            match child.kind() {
                Kind::FileDescriptor => descriptor = self.descriptor(child),
                Kind::Token if operator.is_none() => {
                    close = self.text(child).ends_with(b"&-");
                    operator = operator_of(self.text(child));
                }
                Kind::Error => self.error(child),
                kind if kind.is_redirect() => self.redirect(child, draft),
                Kind::Token | Kind::Comment => {}
                Kind::HeredocStart | Kind::HeredocBody | Kind::HeredocEnd => {}
                _ if node.kind() == Kind::HeredocRedirect && child.field() != Field::Argument => {}
                _ => targets.push(self.word(child)),
            }
        }
        let Some(operator) = operator else {
            self.error(node);
            draft.simple.words.extend(targets);
            return;
        };
        let mut targets = targets.into_iter();
        let target = if node.kind() == Kind::HeredocRedirect {
            RedirectTarget::HereDocument(self.here_document(node, operator))
        } else if close {
            RedirectTarget::Close
        } else {
            match targets.next() {
                Some(word) => RedirectTarget::Word(word),
                None => {
                    self.error(node);
                    RedirectTarget::Word(Word::default())
                }
            }
        };
        draft.simple.words.extend(targets);
        let redirect = Redirect { descriptor, operator, target, span: self.redirect_span(node) };
        draft.redirects.insert(start.min(draft.redirects.len()), redirect);
    }

    fn descriptor(&mut self, node: Node<'_>) -> Option<Descriptor> {
        let number = std::str::from_utf8(self.text(node)).ok().and_then(|digits| digits.parse().ok());
        if number.is_none() {
            self.error(node);
        }
        number.map(Descriptor::Number)
    }

    /// The redirection without what else the grammar puts into it.
    fn redirect_span(&self, node: Node<'_>) -> crate::source::Span {
        let last = match node.kind() {
            Kind::HeredocRedirect => node.children().find(|child| child.kind() == Kind::HeredocStart),
            _ => node.children().find(|child| {
                !matches!(child.kind(), Kind::Token | Kind::FileDescriptor | Kind::Comment | Kind::Error)
            }),
        };
        self.map.span(node.start(), last.map_or(node.end(), |last| last.end()))
    }

    fn here_document(&mut self, node: Node<'_>, operator: RedirectOperator) -> HereDocument {
        let start = node.children().find(|child| child.kind() == Kind::HeredocStart);
        let (delimiter, quoted) = start.map(|start| unquote(self.text(start))).unwrap_or_default();
        let tabs = operator == RedirectOperator::HereDocumentTabs;
        let body = self.here_body(node, quoted, tabs);
        HereDocument { delimiter, quoted, body: Arc::new(OnceLock::from(body)) }
    }

    /// From the line behind the operator's up to the delimiter's line. The body node itself may begin later: the
    /// parser skips blanks.
    fn here_body(&mut self, node: Node<'_>, quoted: bool, tabs: bool) -> Text {
        let Some(body) = node.children().find(|child| child.kind() == Kind::HeredocBody) else {
            return Text::default();
        };
        let end = node
            .children()
            .find(|child| child.kind() == Kind::HeredocEnd && !child.is_missing())
            .map_or(body.end(), |end| line_start(self.source, end.start()));
        let before = node.children().take_while(|child| child.index() != body.index()).last();
        let operator_line = before.map_or(node.start(), |before| before.end());
        let newline = self.bytes(operator_line, body.start()).iter().position(|&byte| byte == b'\n');
        let start = newline.map_or(body.start(), |newline| operator_line + newline + 1).min(end);
        if !quoted {
            return self.text_between(body, start, end, Mode::Here { tabs });
        }
        let mut text = self.bytes(start, end).to_vec();
        if tabs {
            text = without_tabs(&text);
        }
        let span = self.map.span(start, end);
        let parts = if text.is_empty() { Vec::new() } else { vec![Part::Literal(text, span)] };
        Text { parts, span }
    }
}

fn operator_of(token: &[u8]) -> Option<RedirectOperator> {
    Some(match token {
        b"<" => RedirectOperator::Input,
        b">" => RedirectOperator::Output,
        b">>" => RedirectOperator::Append,
        b">|" => RedirectOperator::Clobber,
        b"<&" | b"<&-" => RedirectOperator::DuplicateInput,
        b">&" | b">&-" => RedirectOperator::DuplicateOutput,
        b"&>" => RedirectOperator::OutputAndError,
        b"&>>" => RedirectOperator::AppendAndError,
        b"<<" => RedirectOperator::HereDocument,
        b"<<-" => RedirectOperator::HereDocumentTabs,
        b"<<<" => RedirectOperator::HereString,
        _ => return None,
    })
}

/// A here-document delimiter after quote removal, and whether it was quoted.
fn unquote(word: &[u8]) -> (Vec<u8>, bool) {
    let is_quote = |byte: &u8| matches!(byte, b'\'' | b'"' | b'\\');
    (word.iter().copied().filter(|byte| !is_quote(byte)).collect(), word.iter().any(is_quote))
}

/// Offset of the start of the line on which `at` stands.
fn line_start(source: &[u8], at: usize) -> usize {
    let before = source.get(..at).unwrap_or_default();
    before.iter().rposition(|&byte| byte == b'\n').map_or(0, |newline| newline + 1)
}

/// The text without the tabs at the start of its lines.
fn without_tabs(text: &[u8]) -> Vec<u8> {
    let lines = text.split_inclusive(|&byte| byte == b'\n');
    lines.flat_map(|line| line.iter().copied().skip_while(|&byte| byte == b'\t')).collect()
}
