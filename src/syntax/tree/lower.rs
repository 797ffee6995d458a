//! Lowers the concrete tree to the AST of both readings.
//!
//! An allow-list of node kinds: a kind without a rule, `ERROR` and `MISSING` are recorded, and lowering goes on
//! inside so that the commands within are still found. What the grammar is known to get wrong is repaired
//! where the tree still tells (see `command`). Structure comes from the tree alone, never from the strict
//! reader: the two are only worth comparing while they are independent.

mod chain;
mod command;
mod compound;
mod conditional;
mod escape;
mod loose;
mod parameter;
mod redirect;
mod word;

use super::cst::{Cst, Node};
use super::kind::Kind;
use crate::source::{SourceMap, Span};
use crate::syntax::MAX_DEPTH;
use crate::syntax::ast::{AndOr, Command, CommandKind, List, ListItem, Pipeline};

/// What lowering made of a tree.
pub(crate) struct Lowered {
    /// The commands.
    pub(crate) list: List,
    /// Where the tree is not understood.
    pub(crate) errors: Vec<Span>,
    /// Where the nesting limit was reached: what is deeper is not in the list.
    pub(crate) too_deep: Option<Span>,
}

/// Lowers the tree of `source`. `depth` is the nesting of scripts around it.
pub(crate) fn lower(cst: &Cst, source: &[u8], map: &SourceMap, depth: usize) -> Lowered {
    let mut lowering = Lowering { source, map, depth, errors: Vec::new(), too_deep: None };
    let list = match cst.root() {
        Some(root) if root.kind() == Kind::Program => lowering.list(root.children()),
        Some(root) => lowering.list(std::iter::once(root)),
        None => List::default(),
    };
    Lowered { list, errors: lowering.errors, too_deep: lowering.too_deep }
}

struct Lowering<'s> {
    source: &'s [u8],
    map: &'s SourceMap,
    depth: usize,
    errors: Vec<Span>,
    too_deep: Option<Span>,
}

impl<'s> Lowering<'s> {
    fn text(&self, node: Node<'_>) -> &'s [u8] {
        self.bytes(node.start(), node.end())
    }

    fn bytes(&self, start: usize, end: usize) -> &'s [u8] {
        self.source.get(start..end).unwrap_or_default()
    }

    fn byte(&self, at: usize) -> Option<u8> {
        self.source.get(at).copied()
    }

    fn span(&self, node: Node<'_>) -> Span {
        self.map.span(node.start(), node.end())
    }

    /// Records that `node` is not understood.
    fn error(&mut self, node: Node<'_>) {
        let span = self.span(node);
        self.errors.push(span);
    }

    /// Runs `inner` one level deeper, or not at all at the limit. Every cycle of the recursion passes here.
    fn deeper<T: Default>(&mut self, node: Node<'_>, inner: impl FnOnce(&mut Self) -> T) -> T {
        if self.depth >= MAX_DEPTH {
            let span = self.span(node);
            self.too_deep.get_or_insert(span);
            return T::default();
        }
        self.depth += 1;
        let result = inner(self);
        self.depth -= 1;
        result
    }

    /// The statements among `nodes`; tokens other than `&` only separate them.
    fn list<'t>(&mut self, nodes: impl Iterator<Item = Node<'t>>) -> List {
        let mut list = List::default();
        for node in nodes {
            if node.is_token() {
                if self.text(node) == b"&"
                    && let Some(last) = list.items.last_mut()
                {
                    last.background = true;
                }
            } else if let Some(and_or) = self.statement(node, Place::First) {
                list.items.push(ListItem { and_or, background: false, continues: false });
            }
        }
        list
    }

    fn statement(&mut self, node: Node<'_>, place: Place) -> Option<AndOr> {
        self.deeper(node, |this| this.statement_here(node, place))
    }

    fn statement_here(&mut self, node: Node<'_>, place: Place) -> Option<AndOr> {
        if node.is_missing() {
            self.error(node);
        }
        match node.kind() {
            Kind::Comment | Kind::HeredocBody | Kind::HeredocEnd => None,
            Kind::List | Kind::Pipeline => self.chain(node, None, place),
            Kind::RedirectedStatement => self.redirected(node, place),
            Kind::NegatedCommand => self.negated(node, place),
            Kind::Command
            | Kind::DeclarationCommand
            | Kind::UnsetCommand
            | Kind::VariableAssignment
            | Kind::VariableAssignments => self.simple_statement(node, place),
            Kind::TestCommand if !self.text(node).starts_with(b"[[") => self.simple_statement(node, place),
            kind if kind.is_redirect() => self.lone_redirect(node),
            kind if kind.is_statement() => {
                let kind = self.compound(node)?;
                Some(self.single(kind, node))
            }
            _ => {
                self.error(node);
                let list = self.loose(node);
                if list.items.is_empty() { None } else { Some(self.single(CommandKind::Group(list), node)) }
            }
        }
    }

    /// An and-or list of the one command that `node` is.
    fn single(&self, kind: CommandKind, node: Node<'_>) -> AndOr {
        let span = self.span(node);
        AndOr::of(Command { kind, redirects: Vec::new(), span }, false, false)
    }
}

/// Where in its pipeline a command stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    /// In front: `time` is a reserved word here.
    First,
    /// Behind `|`: `time` is a program here.
    Later,
}

impl AndOr {
    fn of(command: Command, negated: bool, timed: bool) -> AndOr {
        let span = command.span;
        AndOr {
            first: Pipeline { negated, timed, commands: vec![command], operators: Vec::new(), span },
            rest: Vec::new(),
        }
    }
}
