//! `[ … ]` is an ordinary command, but the grammar reads an expression there: an operator in it may be the end
//! of the command (`[ a || rm -rf x ]`). `[[ … ]]` is an expression, if blanks stand around it.

use super::super::cst::Node;
use super::super::kind::Kind;
use super::Checks;

impl Checks<'_> {
    pub(super) fn bracket(&mut self, node: Node<'_>) {
        if node.kind() != Kind::TestCommand {
            return;
        }
        let text = self.text(node);
        let width = if text.starts_with(b"[[") { 2 } else { 1 };
        let is_blank = |at: Option<usize>| {
            at.and_then(|at| text.get(at)).is_some_and(|byte| matches!(byte, b' ' | b'\t' | b'\n'))
        };
        let blanks = is_blank(Some(width)) && is_blank(text.len().checked_sub(width + 1));
        let newline = text.contains(&b'\n');
        if !blanks || text.len() < 2 * width + 1 {
            self.fire("bracket-blank", node);
        }
        if width == 1 && (newline || self.has_operator(node)) {
            self.fire("bracket-operators", node);
        }
    }

    fn has_operator(&self, node: Node<'_>) -> bool {
        use Kind::*;
        let suspects = node.topmost(false, |kind| {
            matches!(
                kind,
                CommandSubstitution
                    | ProcessSubstitution
                    | String
                    | Expansion
                    | ArithmeticExpansion
                    | RedirectedStatement
                    | FileRedirect
                    | Subshell
                    | Token
            )
        });
        suspects.into_iter().any(|suspect| match suspect.kind() {
            RedirectedStatement | FileRedirect | Subshell => true,
            Token => matches!(
                self.text(suspect),
                b"&&"
                    | b"||"
                    | b"|"
                    | b"&"
                    | b"<"
                    | b">"
                    | b"<="
                    | b">="
                    | b"<<"
                    | b">>"
                    | b"("
                    | b")"
                    | b"?"
                    | b":"
            ),
            _ => false,
        })
    }
}
