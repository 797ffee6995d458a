//! Here-documents: the delimiter, the line that ends the body and the expansions in it are found again from the
//! bytes. The grammar reads a delimiter up to the next blank, compares prefixes and knows no backquotes in
//! bodies.

use super::super::cst::Node;
use super::super::kind::Kind;
use super::Checks;

impl Checks<'_> {
    pub(super) fn here_document(&mut self, node: Node<'_>) {
        if node.kind() != Kind::HeredocRedirect {
            return;
        }
        let child = |kind| node.children().find(|child| child.kind() == kind);
        let start = child(Kind::HeredocStart).map(|start| self.text(start)).unwrap_or_default();
        let tabs = node.children().any(|child| child.is_token() && self.text(child) == b"<<-");
        let (quoted, delimiter) = match start {
            [open @ (b'\'' | b'"'), inner @ .., close] if open == close => (true, inner),
            _ => (false, start),
        };
        let behind = child(Kind::HeredocStart).and_then(|start| self.byte(start.end()));
        let goes_on = behind.is_some_and(|byte| !b" \t\n;&|()<>".contains(&byte));
        if delimiter.is_empty() || goes_on || !delimiter.iter().all(is_plain) {
            return self.fire("heredoc-delimiter", node);
        }
        let delimiter = delimiter.to_vec();
        let Some(body) = child(Kind::HeredocBody) else { return self.fire("heredoc-body", node) };
        let Some(first_line) = self.behind_newline(node.start()) else {
            return self.fire("heredoc-body", node);
        };
        let before_body = self.source.get(first_line..body.start()).unwrap_or_default();
        if body.start() < first_line || before_body.iter().any(|byte| !byte.is_ascii_whitespace()) {
            self.fire("heredoc-body", node);
        }
        match self.end_line(first_line, &delimiter, tabs, quoted) {
            EndLine::At(start, end) => {
                if node.end() < start || node.end() > end || body.end() > end {
                    self.fire("heredoc-end", node);
                }
                if !quoted {
                    self.here_expansions(node, body, first_line, start);
                }
            }
            EndLine::Unsure => self.fire("heredoc-continuation", node),
            EndLine::None => self.fire("heredoc-end", node),
        }
    }

    /// The first line that is the delimiter.
    fn end_line(&self, first_line: usize, delimiter: &[u8], tabs: bool, quoted: bool) -> EndLine {
        let mut start = first_line;
        while start < self.source.len() {
            let rest = self.source.get(start..).unwrap_or_default();
            let length = rest.iter().position(|&byte| byte == b'\n').unwrap_or(rest.len());
            let mut line = rest.get(..length).unwrap_or_default();
            while tabs && let Some(stripped) = line.strip_prefix(b"\t") {
                line = stripped;
            }
            // bash joins such a line with the next before it looks for the delimiter.
            if !quoted && line.ends_with(b"\\") {
                return EndLine::Unsure;
            }
            if line == delimiter {
                return EndLine::At(start, start + length);
            }
            start += length + 1;
        }
        EndLine::None
    }

    /// Every expansion that bash would run is a node of the body.
    fn here_expansions(&mut self, node: Node<'_>, body: Node<'_>, start: usize, end: usize) {
        let mut inner = body.children().filter(|child| child.kind() != Kind::HeredocContent).peekable();
        let (mut backquote, mut expansion) = (false, false);
        let mut at = start;
        while at < end {
            while inner.next_if(|child| child.start() < at).is_some() {}
            if let Some(child) = inner.next_if(|child| child.start() == at) {
                at = child.end().max(at + 1);
                continue;
            }
            match self.byte(at) {
                Some(b'\\') => at += 1,
                Some(b'`') => backquote = true,
                Some(b'$') if matches!(self.byte(at + 1), Some(b'(' | b'{')) => expansion = true,
                _ => {}
            }
            at += 1;
        }
        if backquote {
            self.fire("heredoc-backquote", node);
        }
        if expansion {
            self.fire("heredoc-expansion", node);
        }
    }

    /// Offset behind the first newline from `from` on.
    fn behind_newline(&self, from: usize) -> Option<usize> {
        let rest = self.source.get(from..)?;
        Some(from + rest.iter().position(|&byte| byte == b'\n')? + 1)
    }
}

enum EndLine {
    /// Start and end of the line.
    At(usize, usize),
    /// A continuation makes it hard to tell.
    Unsure,
    /// There is none.
    None,
}

/// Bytes of a delimiter that no grammar can mistake.
fn is_plain(byte: &u8) -> bool {
    byte.is_ascii_alphanumeric() || b"_-.!@%+,:/=^~".contains(byte)
}
