//! `gunzip`, `bunzip2`, `unxz`, `unzstd`, each under all its names: obfuscators put scripts into compressed text.
//!
//! Which of many right outputs compressing has depends on the program's version: what is packed here can only be unpacked
//! again ([`packed`]).

mod packed;
#[cfg(test)]
mod tests;
mod xz;
mod zstd;

use super::LIMIT;
use super::input::Input;
use super::options::Options;
pub(super) use packed::{Format, is_packed as is_packed_here, pack, unpack, written};
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
    let other: Other = |text, options, _| options.has(b'f') && !is_packed(text);
    decompressed(program, Format::Gzip, arguments, input, other, |text| {
        read_all(flate2::bufread::MultiGzDecoder::new(text))
    })
}

/// `bzip2 -d`, `bunzip2`, `bzcat`.
pub(super) fn bunzip2(program: &str, arguments: &[Vec<u8>], input: &Input<'_>) -> Option<Vec<u8>> {
    decompressed(
        program,
        Format::Bzip2,
        arguments,
        input,
        |_, _, _| false,
        |text| read_all(bzip2::bufread::MultiBzDecoder::new(text)),
    )
}

/// `xz -d`, `unxz`, `xzcat`, which read both formats.
pub(super) fn unxz(program: &str, arguments: &[Vec<u8>], input: &Input<'_>) -> Option<Vec<u8>> {
    let both = |text: &[u8]| if xz::is_xz(text) { xz::streams(text) } else { xz::lzma(text) };
    let other: Other = |text, options, name| {
        options.has(b'f') && (options.has(b'c') || name == Name::Prints) && !is_packed(text)
    };
    decompressed(program, Format::Xz, arguments, input, other, both)
}

/// `lzma -d`, `unlzma`, `lzcat`.
pub(super) fn unlzma(program: &str, arguments: &[Vec<u8>], input: &Input<'_>) -> Option<Vec<u8>> {
    decompressed(program, Format::Lzma, arguments, input, |_, _, _| false, xz::lzma)
}

/// `zstd -d`, `unzstd`, `zstdcat`.
pub(super) fn unzstd(program: &str, arguments: &[Vec<u8>], input: &Input<'_>) -> Option<Vec<u8>> {
    let other: Other = |text, options, name| {
        (name == Name::Prints || options.has(b'f') && options.has(b'c')) && !is_packed(text)
    };
    decompressed(program, Format::Zstd, arguments, input, other, zstd::frames)
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
        match program {
            "gzip" | "bzip2" | "xz" | "lzma" | "zstd" => Name::Both,
            _ if program.ends_with("cat") => Name::Prints,
            _ => Name::Decompresses,
        }
    }
}

fn decompressed(
    program: &str,
    format: Format,
    arguments: &[Vec<u8>],
    input: &Input<'_>,
    other: Other,
    decode: impl Fn(&[u8]) -> Option<Vec<u8>>,
) -> Option<Vec<u8>> {
    let name = Name::of(program);
    let options = Options::parse(arguments, "dcfkqsnN123456789", LONG)?;
    // Operands are files that are replaced, unless `-c` is given: see `packed`.
    if !(options.operands.is_empty() || options.has(b'c') || name == Name::Prints) {
        return None;
    }
    if name == Name::Both && !options.has(b'd') {
        return Some(pack(format, &input.all(&options.operands)?));
    }
    let text = input.all(&options.operands)?;
    if is_packed_here(&text) {
        return unpack(format, &text);
    }
    if options.operands.len() < 2 && other(&text, &options, name) {
        return Some(text.into_owned());
    }
    decode(&text)
}

/// Whether text that was never compressed is printed as it is.
type Other = fn(&[u8], &Options<'_>, Name) -> bool;

/// Whether a text starts like what some program packs; texts that say too little may do.
fn is_packed(text: &[u8]) -> bool {
    let plain = |byte: &u8| matches!(byte, b' '..=b'~' | b'\t' | b'\n');
    // `PK` is of zip; `.lzma` starts with `]`, and what else it may start with is no text.
    text.len() < 6
        || !text.iter().take(16).all(plain)
        || [b"PK".as_slice(), b"]", b"LZIP", b"BZh"].iter().any(|magic| text.starts_with(magic))
}

/// All that a decoder yields; `None` if the data is broken, or more than is followed.
fn read_all(decoder: impl Read) -> Option<Vec<u8>> {
    let mut out = Vec::new();
    decoder.take(LIMIT as u64 + 1).read_to_end(&mut out).ok()?;
    (out.len() <= LIMIT).then_some(out)
}
