//! File handles of Perl: what is printed to one goes into the file, or to the command, that it was opened for.

use super::super::Call;
use super::super::evaluate::Evaluator;
use super::super::node::{children, field};
use super::Collector;
use crate::value::Value;
use tree_sitter::Node;

impl<'a> Collector<'a> {
    /// Remembers the handle of an `open`, and follows what is printed to one.
    pub(super) fn follow_handle(&mut self, node: Node<'a>, call: &Call) {
        if matches!(call.name.as_str(), "open" | "open|") {
            let arguments = field(node, &["arguments"]);
            let first = arguments.map(|list| match list.kind() {
                "list_expression" => children(list).first().copied().unwrap_or(list),
                _ => list,
            });
            if let Some(first) = first {
                self.handles.insert(self.handle(first), call.clone());
            }
            return;
        }
        if self.handles.is_empty() {
            return;
        }
        let object = children(node).into_iter().find(|child| child.kind() == "indirect_object");
        // `print F "x"` looks like `print F("x")`.
        let name = match object {
            Some(object) => self.handle(object),
            None => call.name.split('.').next().unwrap_or_default().to_owned(),
        };
        let Some(opened) = self.handles.get(&name) else { return };
        let span = Evaluator::span(node);
        let mut text = Value::default();
        for word in &call.words {
            text.pieces.extend(word.pieces.iter().cloned());
        }
        let written = match opened.name.as_str() {
            "open|" => {
                let mut input = Value::text("--input=", span);
                input.pieces.extend(text.pieces);
                Call { options: vec![input], ..opened.clone() }
            }
            _ if opened.mode == Some("--read") => return,
            _ => {
                let path = opened.words.first().cloned().unwrap_or_default();
                Call::new("open().print", vec![path, text], span)
            }
        };
        self.calls.push(written);
    }

    /// The name of a handle: `F`, `$f`, `my $f`, `{$f}`.
    fn handle(&self, node: Node<'a>) -> String {
        let written = String::from_utf8_lossy(self.evaluator.bytes(node));
        let name = written.trim_start_matches("my ").trim_start_matches("local ");
        name.trim_matches(['{', '}', '$', '*', ' ']).to_owned()
    }
}
