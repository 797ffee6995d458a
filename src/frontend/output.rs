//! Where front ends print to: standard output, with colours where they are wanted.

use super::Error;
use super::cli::Color;
use anstream::{AutoStream, ColorChoice};
use serde::Serialize;
use std::io::{BufWriter, StdoutLock, Write};

/// Columns if nobody says otherwise.
const DEFAULT_COLUMNS: usize = 100;

/// Standard output for people. Colours are removed where they are not wanted.
pub(crate) fn human(color: Color) -> BufWriter<AutoStream<StdoutLock<'static>>> {
    let choice = match color {
        Color::Auto => ColorChoice::Auto,
        Color::Always => ColorChoice::Always,
        Color::Never => ColorChoice::Never,
    };
    BufWriter::new(AutoStream::new(std::io::stdout(), choice).lock())
}

/// Prints one JSON document.
pub(crate) fn json(document: &impl Serialize) -> Result<(), Error> {
    let mut out = BufWriter::new(std::io::stdout().lock());
    let written = serde_json::to_writer_pretty(&mut out, document).map_err(std::io::Error::from);
    written.and_then(|()| out.write_all(b"\n")).and_then(|()| out.flush()).map_err(Error::Write)
}

/// The same result, in which a reader that has gone away is no error.
pub(crate) fn unless_closed(printed: Result<(), Error>) -> Result<(), Error> {
    match printed {
        Err(Error::Write(error)) if error.kind() == std::io::ErrorKind::BrokenPipe => Ok(()),
        other => other,
    }
}

/// The width of the terminal: what `COLUMNS` says, else what the terminal says.
pub(crate) fn columns() -> usize {
    let said = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
    let measured = || terminal_size::terminal_size().map(|(width, _)| usize::from(width.0));
    said.or_else(measured).filter(|columns| *columns > 0).unwrap_or(DEFAULT_COLUMNS)
}
