//! What is left of commands inside an `ERROR` node: whole statements, and words in a row that were a command
//! before the parser gave up on it.

use super::super::cst::{Field, Node};
use super::super::kind::Kind;
use super::command::Draft;
use super::{Lowering, Place};
use crate::syntax::ast::{AndOr, List, ListItem};

impl Lowering<'_> {
    /// The commands among the children of a node that is not understood.
    pub(super) fn loose(&mut self, node: Node<'_>) -> List {
        let mut list = List::default();
        let mut draft = Draft::default();
        let mut last = node;
        for child in node.children() {
            let kind = child.kind();
            if kind.is_redirect() {
                self.redirect(child, &mut draft);
            } else if kind == Kind::VariableAssignment && draft.simple.words.is_empty() {
                draft.simple.assignments.extend(self.assignment(child));
            } else if kind.is_statement() || matches!(kind, Kind::Error | Kind::Unknown) || is_block(kind) {
                self.close(&mut draft, &mut list, last);
                let and_or = if is_block(kind) {
                    let inner = self.deeper(child, |this| this.loose(child));
                    list.items.extend(inner.items);
                    None
                } else {
                    self.statement(child, Place::First)
                };
                list.items.extend(and_or.map(|and_or| ListItem {
                    and_or,
                    background: false,
                    continues: false,
                }));
            } else if child.is_token() {
                if separates(self.text(child)) {
                    self.close(&mut draft, &mut list, last);
                }
            } else if kind != Kind::Comment && (kind != Kind::VariableName || child.field() == Field::None) {
                let word = self.word(child);
                draft.simple.words.push(word);
            }
            last = child;
        }
        self.close(&mut draft, &mut list, last);
        list
    }

    fn close(&mut self, draft: &mut Draft, list: &mut List, last: Node<'_>) {
        let draft = std::mem::take(draft);
        if draft.is_empty() {
            return;
        }
        let start = draft.simple.words.first().map(|word| word.span);
        let end = self.span(last);
        let command = draft.command(start.map_or(end, |start| start.to(end)));
        list.items.push(ListItem {
            and_or: AndOr::of(command, false, false),
            background: false,
            continues: false,
        });
    }
}

/// Whether the node holds statements without being one.
fn is_block(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::DoGroup
            | Kind::ElifClause
            | Kind::ElseClause
            | Kind::CaseItem
            | Kind::Program
            | Kind::HeredocBody
    )
}

/// Whether a token ends the command before it.
fn separates(token: &[u8]) -> bool {
    matches!(
        token,
        b";" | b";;"
            | b"\n"
            | b"&"
            | b"&&"
            | b"|"
            | b"|&"
            | b"||"
            | b"("
            | b")"
            | b"{"
            | b"}"
            | b"`"
            | b"$("
            | b"<("
            | b">("
            | b"!"
            | b"do"
            | b"done"
            | b"then"
            | b"else"
            | b"elif"
            | b"fi"
            | b"if"
            | b"while"
            | b"until"
            | b"for"
            | b"case"
            | b"esac"
            | b"in"
    )
}
