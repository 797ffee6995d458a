//! A progress bar on standard error, where somebody sees it: only if standard error is a terminal, and standard
//! output is not (there, the answers themselves show the progress).

use indicatif::{ProgressBar, ProgressStyle};
use std::io::IsTerminal;

/// How far the input is read.
pub(super) struct Progress(ProgressBar);

impl Progress {
    /// A bar for an input of `size` bytes, if that is known.
    pub(super) fn new(size: Option<u64>) -> Progress {
        // indicatif hides the bar itself where standard error is no terminal.
        if std::io::stdout().is_terminal() {
            return Progress(ProgressBar::hidden());
        }
        let (bar, template) = match size {
            Some(size) => {
                (ProgressBar::new(size), "{wide_bar} {bytes} of {total_bytes}, {bytes_per_sec}, {eta} left")
            }
            None => (ProgressBar::new_spinner(), "{spinner} {bytes} read, {bytes_per_sec}"),
        };
        let style = ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar());
        Progress(bar.with_style(style))
    }

    /// Says that `bytes` more are read.
    pub(super) fn read(&self, bytes: usize) {
        self.0.inc(bytes as u64);
    }

    /// Removes the bar.
    pub(super) fn finish(&self) {
        self.0.finish_and_clear();
    }
}
