//! Prompts: texts that the shell expands when it shows them, which runs the commands in them.

use crate::source::Span;
use crate::trace::env::Content;
use crate::trace::tracer::Tracer;
use crate::value::Value;

impl Tracer<'_> {
    /// With `set -x`, bash expands `PS4` before each command.
    pub(in crate::trace) fn trace_prompt(&mut self, span: Span) {
        if !self.env.options.xtrace {
            return;
        }
        self.env.options.xtrace = false;
        self.show_prompt(b"PS4", span);
        self.env.options.xtrace = true;
    }

    /// An interactive shell shows its prompts.
    pub(in crate::trace) fn show_prompts(&mut self, span: Span) {
        for name in [b"PS0".as_slice(), b"PS1", b"PS2"] {
            self.show_prompt(name, span);
        }
    }

    fn show_prompt(&mut self, name: &[u8], span: Span) {
        let Some(variable) = self.env.variable(name) else { return };
        let prompts: Vec<Value> = variable.contents.iter().filter_map(Content::scalar).cloned().collect();
        for prompt in prompts.iter().filter(|prompt| prompt.known().is_none_or(|text| has_commands(&text))) {
            self.run_prompt(prompt, span);
        }
    }

    /// Runs the commands in a text that is expanded like a prompt.
    pub(super) fn run_prompt(&mut self, value: &Value, span: Span) {
        match value.known() {
            Some(text) => self.run_text_as_quoted(&text, span),
            None => {
                if let Some(unknown) = value.first_unknown().cloned() {
                    self.unknown_code(self.parent, &unknown, span);
                }
            }
        }
    }
}

/// Whether a text that is expanded starts commands.
pub(in crate::trace) fn has_commands(text: &[u8]) -> bool {
    text.contains(&b'`') || text.windows(2).any(|pair| pair == b"$(")
}

/// Whether a prompt is shown as it is written.
pub(super) fn is_plain(text: &[u8]) -> bool {
    !text.iter().any(|byte| b"\\$`!".contains(byte))
}
