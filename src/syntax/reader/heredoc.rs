//! Here-documents: the delimiter where it is written, the body behind the end of the line.

use super::{Printed, Read, Reader};
use crate::source::SourceMap;
use crate::syntax::ast::{HereDocument, Part, Text, Word};
use std::sync::{Arc, OnceLock};

/// Most here-documents that start on one line. Real scripts have one or two; tree-sitter's cost grows with the
/// square.
const MAX_ON_LINE: usize = 16;

/// A here-document whose body comes with the next newline.
pub(super) struct Pending {
    delimiter: Vec<u8>,
    quoted: bool,
    strip_tabs: bool,
    body: Arc<OnceLock<Text>>,
}

impl Reader<'_> {
    /// The here-document that a delimiter word opens.
    pub(super) fn open_here_document(
        &mut self,
        word: &Word,
        raw: &[u8],
        strip_tabs: bool,
    ) -> Read<HereDocument> {
        let Some(delimiter) = without_quotes(&word.parts) else {
            return self.refuse("an expansion in a here-document's delimiter is not read");
        };
        if self.pending.len() >= MAX_ON_LINE {
            return self.refuse("too many here-documents on one line");
        }
        let quoted = raw.iter().enumerate().any(|(index, byte)| match byte {
            b'\'' | b'"' => true,
            b'\\' => raw.get(index + 1) != Some(&b'\n'),
            _ => false,
        });
        if self.printed == Printed::Substitution {
            self.printed = Printed::HereDocument;
        }
        let body = Arc::new(OnceLock::new());
        self.pending.push(Pending {
            delimiter: delimiter.clone(),
            quoted,
            strip_tabs,
            body: Arc::clone(&body),
        });
        Ok(HereDocument { delimiter, quoted, body })
    }

    /// Takes a newline and the bodies that follow it.
    pub(super) fn end_line(&mut self) -> Read<()> {
        self.at += 1;
        for document in std::mem::take(&mut self.pending) {
            let body = self.here_document_body(&document)?;
            // Set once: every pending document is taken once.
            let _ = document.body.set(body);
        }
        Ok(())
    }

    fn here_document_body(&mut self, document: &Pending) -> Read<Text> {
        let start = self.at;
        let mut text = Vec::new();
        let mut map = SourceMap::default();
        let mut end = self.at;
        while !self.at_end() {
            let before_tabs = self.at;
            if document.strip_tabs {
                while self.peek(0) == b'\t' {
                    self.at += 1;
                }
            }
            let tabs = self.at - before_tabs;
            let line_start = text.len();
            let newline = self.here_document_line(document.quoted, &mut text, &mut map);
            let line = text.get(line_start..).unwrap_or_default();
            // bash looks at the line before it strips the tabs, too.
            let with_tabs = tabs > 0 && document.delimiter == [vec![b'\t'; tabs].as_slice(), line].concat();
            if line == document.delimiter || with_tabs {
                text.truncate(line_start);
                break;
            }
            // A last line that nothing ends gets a newline from bash.
            if newline || tabs > 0 || text.len() > line_start {
                self.push_run(&mut map, text.len(), self.at - usize::from(newline), self.at);
                text.push(b'\n');
            }
            end = self.at;
        }
        let span = self.span(start, end);
        if document.quoted {
            let parts = if text.is_empty() { Vec::new() } else { vec![Part::Literal(text, span)] };
            return Ok(Text { parts, span });
        }
        let parts = self.text_of(&text, &map)?;
        Ok(Text { parts, span })
    }

    /// Reads a line without its newline, over continuations; whether a newline was there.
    fn here_document_line(&mut self, quoted: bool, text: &mut Vec<u8>, map: &mut SourceMap) -> bool {
        while !self.at_end() {
            let byte = self.peek(0);
            if byte == b'\n' {
                self.at += 1;
                return true;
            }
            if byte == b'\\' && !quoted {
                if self.continuation() {
                    continue;
                }
                let two = usize::from(self.at + 1 < self.source.len()) + 1;
                self.push_run(map, text.len(), self.at, self.at + two);
                text.extend_from_slice(self.slice(self.at, self.at + two));
                self.at += two;
                continue;
            }
            self.push_run(map, text.len(), self.at, self.at + 1);
            text.push(byte);
            self.at += 1;
        }
        false
    }
}

/// The text of a word after quote removal, if nothing in it is expanded.
fn without_quotes(parts: &[Part]) -> Option<Vec<u8>> {
    let mut text = Vec::new();
    for part in parts {
        match part {
            Part::Literal(bytes, _)
            | Part::Escaped(bytes, _)
            | Part::SingleQuoted(bytes, _)
            | Part::AnsiC(bytes, _) => {
                text.extend_from_slice(bytes);
            }
            Part::DoubleQuoted(parts, _) => text.extend(without_quotes(parts)?),
            _ => return None,
        }
    }
    Some(text)
}
