//! `cat` and `tee`: what goes through unchanged.

use super::input::Input;
use super::options::Options;

/// `cat` without any of its decorations.
pub(super) fn cat(arguments: &[Vec<u8>], input: &Input<'_>) -> Option<Vec<u8>> {
    let options = Options::parse(arguments, "u", &[])?;
    Some(input.all(&options.operands)?.into_owned())
}

/// `tee`: its standard output is its standard input, unless a file is standard output again.
pub(super) fn tee(arguments: &[Vec<u8>], input: &Input<'_>) -> Option<Vec<u8>> {
    let long = [("append", b'a'), ("ignore-interrupts", b'i')];
    let options = Options::parse(arguments, "ai", &long)?;
    let is_plain = |path: &&[u8]| {
        matches!(*path, b"/dev/null" | b"/dev/stderr" | b"/dev/tty")
            || !(path.starts_with(b"/dev/") || path.starts_with(b"/proc/"))
    };
    if !options.operands.iter().all(is_plain) {
        return None;
    }
    Some(input.read(b"-")?.into_owned())
}
