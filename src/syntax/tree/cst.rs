//! The parser's tree as one flat vector: small nodes in the order of the text, each with its parent and the end
//! of its subtree. No tree-sitter type leaves this file and its neighbours `parse` and `kind`, and no walk over
//! the tree recurses: 1 MB of `(` makes a tree half a million nodes deep.

use super::kind::Kind;
use std::num::NonZeroU16;
use std::sync::LazyLock;
use tree_sitter::{Language, Tree};

/// A concrete syntax tree.
pub(crate) struct Cst {
    entries: Vec<Entry>,
}

/// The role of a child that its kind does not tell.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Field {
    /// No role that lowering asks for.
    None,
    /// The name of a command, a function, an assignment.
    Name,
    /// An argument of a command, also behind a here-document operator.
    Argument,
    /// The body of a loop, a function, a redirected statement.
    Body,
    /// The value of an assignment, the words of `for`, the patterns of a case item.
    Value,
    /// The variable of `for`.
    Variable,
    /// Where a redirection leads.
    Destination,
    /// The operator of an expression.
    Operator,
}

#[derive(Clone, Copy)]
struct Entry {
    kind: Kind,
    field: Field,
    missing: bool,
    start: u32,
    end: u32,
    parent: u32,
    /// Index of the first entry behind the subtree.
    after: u32,
}

/// A node: a reference into the vector.
#[derive(Clone, Copy)]
pub(crate) struct Node<'t> {
    cst: &'t Cst,
    entry: &'t Entry,
    index: u32,
}

static FIELDS: LazyLock<Vec<(NonZeroU16, Field)>> = LazyLock::new(|| {
    let language = Language::from(tree_sitter_bash::LANGUAGE);
    [
        ("name", Field::Name),
        ("argument", Field::Argument),
        ("body", Field::Body),
        ("value", Field::Value),
        ("variable", Field::Variable),
        ("destination", Field::Destination),
        ("operator", Field::Operator),
    ]
    .into_iter()
    .filter_map(|(name, field)| Some((language.field_id_for_name(name)?, field)))
    .collect()
});

fn field_of(id: Option<NonZeroU16>) -> Field {
    let Some(id) = id else { return Field::None };
    FIELDS.iter().find(|(known, _)| *known == id).map_or(Field::None, |(_, field)| *field)
}

/// Where a node begins. Within double quotes and here-documents the grammar begins some expansions at the blanks
/// in front of them, which are text.
fn start_of(kind: Kind, node: &tree_sitter::Node<'_>, source: &[u8]) -> usize {
    let start = node.start_byte();
    if !matches!(
        kind,
        Kind::SimpleExpansion | Kind::Expansion | Kind::CommandSubstitution | Kind::ArithmeticExpansion
    ) {
        return start;
    }
    let text = source.get(start..node.end_byte()).unwrap_or_default();
    start + text.iter().take_while(|byte| byte.is_ascii_whitespace()).count()
}

impl Cst {
    /// Copies the parser's tree of `source`.
    pub(crate) fn new(tree: &Tree, source: &[u8]) -> Cst {
        let mut cursor = tree.walk();
        let mut entries: Vec<Entry> = Vec::new();
        let mut open: Vec<u32> = Vec::new();
        loop {
            let node = cursor.node();
            let index = entries.len() as u32;
            let kind = Kind::of(&node);
            entries.push(Entry {
                kind,
                field: field_of(cursor.field_id()),
                missing: node.is_missing(),
                start: start_of(kind, &node, source) as u32,
                end: node.end_byte() as u32,
                parent: open.last().copied().unwrap_or(index),
                after: index + 1,
            });
            if cursor.goto_first_child() {
                open.push(index);
                continue;
            }
            while !cursor.goto_next_sibling() {
                if !cursor.goto_parent() {
                    return Cst { entries };
                }
                let behind = entries.len() as u32;
                if let Some(closed) = open.pop().and_then(|closed| entries.get_mut(closed as usize)) {
                    closed.after = behind;
                }
            }
        }
    }

    /// The root.
    pub(crate) fn root(&self) -> Option<Node<'_>> {
        self.node(0)
    }

    /// All nodes, parents before children, in the order of the text.
    pub(crate) fn nodes(&self) -> impl Iterator<Item = Node<'_>> {
        (0..).zip(&self.entries).map(|(index, entry)| Node { cst: self, entry, index })
    }

    fn node(&self, index: u32) -> Option<Node<'_>> {
        Some(Node { cst: self, entry: self.entries.get(index as usize)?, index })
    }
}

impl<'t> Node<'t> {
    /// What it is.
    pub(crate) fn kind(self) -> Kind {
        self.entry.kind
    }

    /// Its role under its parent.
    pub(crate) fn field(self) -> Field {
        self.entry.field
    }

    /// Whether the parser made it up.
    pub(crate) fn is_missing(self) -> bool {
        self.entry.missing
    }

    /// Whether it is an anonymous token.
    pub(crate) fn is_token(self) -> bool {
        self.entry.kind == Kind::Token
    }

    /// Whether it has no children.
    pub(crate) fn is_leaf(self) -> bool {
        self.entry.after == self.index + 1
    }

    /// Offset of its first byte.
    pub(crate) fn start(self) -> usize {
        self.entry.start as usize
    }

    /// Offset behind its last byte.
    pub(crate) fn end(self) -> usize {
        self.entry.end as usize
    }

    /// Its number in the order of the text.
    pub(crate) fn index(self) -> usize {
        self.index as usize
    }

    /// Number of the first node that is neither this one nor below it.
    pub(crate) fn after(self) -> usize {
        self.entry.after as usize
    }

    /// Its bytes.
    pub(crate) fn text(self, source: &[u8]) -> &[u8] {
        source.get(self.start()..self.end()).unwrap_or_default()
    }

    /// The node above; `None` for the root.
    pub(crate) fn parent(self) -> Option<Node<'t>> {
        if self.index == 0 { None } else { self.cst.node(self.entry.parent) }
    }

    /// The nodes directly below.
    pub(crate) fn children(self) -> impl Iterator<Item = Node<'t>> {
        let first = self.cst.node(self.index + 1).filter(|child| child.index < self.entry.after);
        std::iter::successors(first, move |child| {
            let next = child.entry.after;
            if next < self.entry.after { self.cst.node(next) } else { None }
        })
    }

    /// The first child in that role.
    pub(crate) fn child(self, field: Field) -> Option<Node<'t>> {
        self.children().find(|child| child.field() == field)
    }

    /// The topmost nodes below for which `wanted` holds, in the order of the text; with `itself`, this node is
    /// asked first.
    pub(crate) fn topmost(
        self,
        itself: bool,
        wanted: impl Fn(Kind) -> bool,
    ) -> impl Iterator<Item = Node<'t>> {
        let mut index = if itself { self.index } else { self.index + 1 };
        std::iter::from_fn(move || {
            while index < self.entry.after {
                let node = self.cst.node(index)?;
                if wanted(node.kind()) {
                    index = node.entry.after;
                    return Some(node);
                }
                index += 1;
            }
            None
        })
    }
}
