//! Options that a program takes from a file that the same command has written, or from its input: `curl -K -`.

use super::Argument;
use super::tracer::{Io, Tracer};
use crate::gap::{GapCause, Limit};
use crate::program::{Call, options_file};
use crate::value::Value;

/// Most words that the files of one call stand for.
const MAX_WORDS: usize = 20_000;

impl Tracer<'_> {
    /// Puts the options of such files behind the words that name them; whether there were any.
    pub(super) fn add_options_files(&mut self, argv: &mut Vec<Argument>, calls: &[Call], io: Io) -> bool {
        let Some(call) = calls.first() else { return false };
        let Some(option) =
            call.request.as_deref().map(|request| &request.config).filter(|name| !name.is_empty())
        else {
            return false;
        };
        let given = call.flags.iter().filter(|flag| !flag.negated && flag.name == **option);
        let mut left = MAX_WORDS;
        let mut added = false;
        // From the last on: the places of those before stay.
        for flag in given.rev() {
            let Some(text) = flag.value.as_ref().and_then(|file| self.options_text(file, io)) else {
                continue;
            };
            let at = flag.value_word.max(flag.word);
            let Some(span) = argv.get(at).map(|word| word.span) else { continue };
            let Some(words) = options_file::words(&text, left) else {
                self.gap(span, GapCause::Limit(Limit::Effects));
                break;
            };
            left = left.saturating_sub(words.len());
            let words = words.into_iter().map(|word| Argument { value: Value::text(word, span), span });
            argv.splice(at + 1..at + 1, words);
            added = true;
        }
        added
    }

    /// The text of the file, if it is known as a whole.
    fn options_text(&self, file: &Value, io: Io) -> Option<Vec<u8>> {
        let stdin = io.stdin.filter(|_| file.equals(b"-") == crate::value::Match::Certain);
        let text = match stdin {
            Some(stream) => self.streams.get(stream).cloned(),
            None => self.file(file),
        };
        text?.known().map(|text| text.into_owned())
    }
}
