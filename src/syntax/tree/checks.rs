//! Self-checks over the concrete tree. Each is a necessary condition for "this tree means what bash means":
//! where one fails, the tree is not believed against the strict reader.
//!
//! They look at the tree and the bytes only, in one walk in the order of the text. A check that fires on a
//! correct tree costs nothing but the second opinion.

mod bracket;
mod descriptor;
mod heredoc;
mod layout;
mod leaf;
mod reserved;
mod substitution;
mod word;

use super::cst::{Cst, Node};
use super::kind::Kind;

/// Findings kept: one is enough to distrust a tree, the rest is for explanations.
const MOST_FINDINGS: usize = 16;

/// A check that fired, and where.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Finding {
    /// The name of the check.
    pub(crate) check: &'static str,
    /// First byte.
    pub(crate) start: usize,
    /// One past the last byte.
    pub(crate) end: usize,
}

/// What the checks share.
struct Checks<'s> {
    source: &'s [u8],
    found: Vec<Finding>,
}

/// What the nodes around a node say about it.
#[derive(Clone, Copy, Default)]
struct Surroundings {
    /// Inside double quotes or a here-document body: bytes between leaves are text.
    in_string: bool,
    /// Inside a backquote substitution.
    in_backquotes: bool,
}

/// Runs all checks.
pub(crate) fn check(cst: &Cst, source: &[u8]) -> Vec<Finding> {
    let mut checks = Checks { source, found: Vec::new() };
    let mut layout = layout::Layout::default();
    // The surroundings that each open node gives to its children, with the index at which it closes.
    let mut open: Vec<(Node<'_>, Surroundings)> = Vec::new();
    for node in cst.nodes() {
        while let Some((closed, inner)) = open.pop_if(|(node_above, _)| node_above.after() <= node.index()) {
            layout.close(&mut checks, closed, inner);
        }
        let around = open.last().map(|(_, inner)| *inner).unwrap_or_default();
        checks.node(node, around);
        if node.is_leaf() {
            layout.leaf(&mut checks, node, around);
        } else {
            if node.kind() == Kind::String {
                // Its first leaf is already inside of it.
                layout.start(&mut checks, node, around);
            }
            open.push((node, inside(node, around, source)));
        }
    }
    while let Some((closed, inner)) = open.pop() {
        layout.close(&mut checks, closed, inner);
    }
    layout.gap(&mut checks, source.len());
    checks.found
}

/// What `node` means for its children.
fn inside(node: Node<'_>, around: Surroundings, source: &[u8]) -> Surroundings {
    let in_string = match node.kind() {
        Kind::CommandSubstitution | Kind::ArithmeticExpansion => false,
        Kind::String | Kind::HeredocBody => true,
        _ => around.in_string,
    };
    let opens_backquotes = node.kind() == Kind::CommandSubstitution && node.text(source).starts_with(b"`");
    Surroundings { in_string, in_backquotes: around.in_backquotes || opens_backquotes }
}

impl Checks<'_> {
    fn node(&mut self, node: Node<'_>, around: Surroundings) {
        if node.kind() == Kind::Error {
            self.fire("error", node);
        }
        if node.is_missing() {
            self.fire("missing", node);
        }
        self.substitution(node, around);
        self.bracket(node);
        self.reserved(node);
        self.descriptor(node);
        self.word_borders(node);
        self.commands_end_at_newlines(node);
        self.here_document(node);
        if node.is_leaf() {
            self.leaf(node);
        }
        if node.kind() == Kind::RawString && around.in_string {
            self.fire("raw-string-in-dquotes", node);
        }
    }

    fn fire(&mut self, check: &'static str, node: Node<'_>) {
        self.fire_at(check, node.start(), node.end());
    }

    fn fire_at(&mut self, check: &'static str, start: usize, end: usize) {
        if self.found.len() < MOST_FINDINGS && self.found.last().is_none_or(|last| last.check != check) {
            self.found.push(Finding { check, start, end });
        }
    }

    fn text(&self, node: Node<'_>) -> &[u8] {
        node.text(self.source)
    }

    fn byte(&self, at: usize) -> Option<u8> {
        self.source.get(at).copied()
    }
}

/// Each child with the one behind it.
fn pairs<'t>(node: Node<'t>) -> impl Iterator<Item = (Node<'t>, Node<'t>)> {
    node.children().zip(node.children().skip(1))
}

/// Whether the two nodes touch.
fn touch(left: Node<'_>, right: Node<'_>) -> bool {
    left.end() == right.start()
}
