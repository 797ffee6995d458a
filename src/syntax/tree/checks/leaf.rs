//! What a leaf may not hold: the grammar puts into one leaf what bash reads as several things.

use super::super::cst::Node;
use super::super::kind::Kind;
use super::Checks;

impl Checks<'_> {
    pub(super) fn leaf(&mut self, node: Node<'_>) {
        use Kind::*;
        match node.kind() {
            AnsiCString => return self.ansi_c_string(node),
            StringContent | HeredocContent => return self.text_leaf(node),
            RawString | Comment | HeredocBody | HeredocStart | HeredocEnd => return,
            _ => {}
        }
        let text = self.text(node);
        let is_newline = node.is_token() && text == b"\n";
        if !is_newline && text.iter().any(|byte| matches!(byte, b'\n' | b'\r' | 0x0b | 0x0c | 0)) {
            self.fire("leaf-control", node);
        }
        if matches!(
            node.kind(),
            Word | Regex | ExtglobPattern | VariableName | SpecialVariableName | Number | TestOperator
        ) {
            self.bare_leaf(node);
        }
    }

    /// An unquoted leaf holds no expansion, and as a piece of a word neither quotes nor operators.
    fn bare_leaf(&mut self, node: Node<'_>) {
        let is_word = node.kind() == Kind::Word;
        if is_word && matches!(self.text(node).first(), Some(b' ' | b'\t')) {
            self.fire("leaf-blank", node);
        }
        let in_command = is_word
            && node.parent().is_some_and(|parent| {
                matches!(parent.kind(), Kind::Command | Kind::CommandName | Kind::Concatenation)
            });
        let (mut expansion, mut meta) = (false, false);
        let mut bytes = self.text(node).iter().peekable();
        while let Some(byte) = bytes.next() {
            let next = bytes.peek().copied();
            match byte {
                b'\\' => {
                    bytes.next();
                }
                b'`' => expansion = true,
                b'$' if matches!(next, Some(b'(' | b'{' | b'`' | b'\'' | b'"')) => expansion = true,
                b'<' | b'>' if is_word && next == Some(&b'(') => expansion = true,
                b'\'' | b'"' | b';' | b'&' | b'|' | b' ' => meta = true,
                _ => {}
            }
        }
        if expansion {
            self.fire("leaf-expansion", node);
        }
        if meta && in_command {
            self.fire("leaf-meta", node);
        }
    }

    /// Text in double quotes or a here-document holds no expansion either.
    fn text_leaf(&mut self, node: Node<'_>) {
        let mut bytes = self.text(node).iter().peekable();
        while let Some(byte) = bytes.next() {
            let hidden = match byte {
                b'\\' => {
                    bytes.next();
                    false
                }
                b'`' => true,
                b'$' => matches!(bytes.peek(), Some(b'(' | b'{' | b'`')),
                _ => false,
            };
            if hidden {
                return self.fire("leaf-expansion", node);
            }
        }
    }

    /// `$'…'` ends at the first quote that no backslash quotes; the grammar's pattern overlooks `\\'`.
    fn ansi_c_string(&mut self, node: Node<'_>) {
        let mut rest = self.text(node).get(2..).unwrap_or_default();
        while let Some((&byte, tail)) = rest.split_first() {
            match byte {
                b'\\' => rest = tail.get(1..).unwrap_or_default(),
                b'\'' if tail.is_empty() => return,
                b'\'' => break,
                _ => rest = tail,
            }
        }
        self.fire("ansi-c-string-end", node);
    }
}
