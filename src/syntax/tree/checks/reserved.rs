//! Reserved words where the tree has a command's name: bash reads a compound command there.

use super::super::cst::{Field, Node};
use super::super::kind::Kind;
use super::Checks;

impl Checks<'_> {
    pub(super) fn reserved(&mut self, node: Node<'_>) {
        match node.kind() {
            Kind::CommandName => self.command_name(node),
            // `!x` and `{x` are words.
            Kind::NegatedCommand | Kind::CompoundStatement => {
                let text = self.text(node);
                let joined = text.get(1).is_some_and(|next| !b" \t\n(&|;<>\\".contains(next));
                if joined && (text.starts_with(b"!") || text.starts_with(b"{")) {
                    self.fire("reserved-word-in-word", node);
                }
            }
            _ => {}
        }
    }

    fn command_name(&mut self, node: Node<'_>) {
        let name = self.text(node);
        if is_reserved(name) {
            return self.fire("reserved-word-as-command", node);
        }
        // `time` takes a whole pipeline, also a compound command.
        if name == b"time"
            && let Some(command) = node.parent()
        {
            let mut arguments = command.children().filter(|child| child.field() == Field::Argument);
            let first = arguments.find(|argument| !matches!(self.text(*argument), b"-p" | b"--"));
            let first = first.map(|argument| self.text(argument));
            if first.is_some_and(|word| is_reserved(word) || word == b"time") {
                self.fire("reserved-word-as-command", node);
            }
        }
    }
}

fn is_reserved(word: &[u8]) -> bool {
    matches!(
        word,
        b"!" | b"{"
            | b"}"
            | b"[["
            | b"]]"
            | b"case"
            | b"coproc"
            | b"do"
            | b"done"
            | b"elif"
            | b"else"
            | b"esac"
            | b"fi"
            | b"for"
            | b"function"
            | b"if"
            | b"in"
            | b"select"
            | b"then"
            | b"until"
            | b"while"
    )
}
