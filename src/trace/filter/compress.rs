//! `gunzip`, `bunzip2`, `unxz`, `unzstd`, each under all its names: obfuscators put scripts into compressed text.
//!
//! Compressing is not modelled: which of many right outputs it is depends on the program's version.

#[cfg(test)]
mod tests;
mod xz;
mod zstd;

use super::LIMIT;
use super::input::Input;
use super::options::Options;
use std::io::Read;

const LONG: &[(&str, u8)] = &[
    ("decompress", b'd'),
    ("uncompress", b'd'),
    ("stdout", b'c'),
    ("to-stdout", b'c'),
    ("force", b'f'),
    ("keep", b'k'),
    ("quiet", b'q'),
    ("silent", b'q'),
    ("small", b's'),
];

/// `gzip -d`, `gunzip`, `zcat`.
pub(super) fn gunzip(program: &str, arguments: &[Vec<u8>], input: &Input<'_>) -> Option<Vec<u8>> {
    let name = if program == "gzip" { Name::Both } else { Name::of(program) };
    decompressed(name, arguments, input, |text| read_all(flate2::bufread::MultiGzDecoder::new(text)))
}

/// `bzip2 -d`, `bunzip2`, `bzcat`.
pub(super) fn bunzip2(program: &str, arguments: &[Vec<u8>], input: &Input<'_>) -> Option<Vec<u8>> {
    let name = if program == "bzip2" { Name::Both } else { Name::of(program) };
    decompressed(name, arguments, input, |text| read_all(bzip2::bufread::MultiBzDecoder::new(text)))
}

/// `xz -d`, `unxz`, `xzcat`, which read both formats.
pub(super) fn unxz(program: &str, arguments: &[Vec<u8>], input: &Input<'_>) -> Option<Vec<u8>> {
    let name = if program == "xz" { Name::Both } else { Name::of(program) };
    let both = |text: &[u8]| if xz::is_xz(text) { xz::streams(text) } else { xz::lzma(text) };
    decompressed(name, arguments, input, both)
}

/// `lzma -d`, `unlzma`, `lzcat`.
pub(super) fn unlzma(program: &str, arguments: &[Vec<u8>], input: &Input<'_>) -> Option<Vec<u8>> {
    let name = if program == "lzma" { Name::Both } else { Name::of(program) };
    decompressed(name, arguments, input, xz::lzma)
}

/// `zstd -d`, `unzstd`, `zstdcat`.
pub(super) fn unzstd(program: &str, arguments: &[Vec<u8>], input: &Input<'_>) -> Option<Vec<u8>> {
    let name = if program == "zstd" { Name::Both } else { Name::of(program) };
    decompressed(name, arguments, input, zstd::frames)
}

/// What the name of the program says.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Name {
    /// Nothing: `gzip`.
    Both,
    /// It decompresses: `gunzip`.
    Decompresses,
    /// To standard output: `zcat`.
    Prints,
}

impl Name {
    fn of(program: &str) -> Name {
        if program.ends_with("cat") { Name::Prints } else { Name::Decompresses }
    }
}

fn decompressed(
    name: Name,
    arguments: &[Vec<u8>],
    input: &Input<'_>,
    decode: impl Fn(&[u8]) -> Option<Vec<u8>>,
) -> Option<Vec<u8>> {
    let options = Options::parse(arguments, "dcfkqsnN", LONG)?;
    // Operands are files that are replaced, unless `-c` is given; that is not modelled.
    let prints = options.operands.is_empty() || options.has(b'c') || name == Name::Prints;
    if !prints || name == Name::Both && !options.has(b'd') {
        return None;
    }
    decode(&input.all(&options.operands)?)
}

/// All that a decoder yields; `None` if the data is broken, or more than is followed.
fn read_all(decoder: impl Read) -> Option<Vec<u8>> {
    let mut out = Vec::new();
    decoder.take(LIMIT as u64 + 1).read_to_end(&mut out).ok()?;
    (out.len() <= LIMIT).then_some(out)
}
