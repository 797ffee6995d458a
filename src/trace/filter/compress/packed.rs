//! What a compressor makes of known text. Its bytes depend on its version, so they are no bytes here but the text with a
//! mark, which only the programs of this module take off; and the files that they put in place of others.

use super::super::input::Input;
use super::super::options::Options;
use super::{LONG, Name};

/// A format of compressed text.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(in crate::trace::filter) enum Format {
    /// `gzip`
    Gzip,
    /// `bzip2`
    Bzip2,
    /// `xz`
    Xz,
    /// `lzma`, which `xz` opens, too.
    Lzma,
    /// `zstd`
    Zstd,
    /// `tar`, with the letter of the option that compresses it.
    Tar(u8),
    /// `zip`
    Zip,
}

/// Stands before packed text, with a byte for the format behind it. Text that starts with it is never read.
const MARK: &[u8] = b"\0\x01packed\x01\0";

impl Format {
    /// The format of what a program opens or packs, under any of its names.
    pub(in crate::trace::filter) fn of(program: &str) -> Option<Format> {
        Some(match program {
            "gzip" | "gunzip" | "zcat" => Format::Gzip,
            "bzip2" | "bunzip2" | "bzcat" => Format::Bzip2,
            "xz" | "unxz" | "xzcat" => Format::Xz,
            "lzma" | "unlzma" | "lzcat" => Format::Lzma,
            "zstd" | "unzstd" | "zstdcat" => Format::Zstd,
            _ => return None,
        })
    }

    fn letter(self) -> u8 {
        match self {
            Format::Gzip => b'g',
            Format::Bzip2 => b'b',
            Format::Xz => b'x',
            Format::Lzma => b'l',
            Format::Zstd => b'z',
            Format::Tar(0) => b't',
            Format::Tar(letter) => letter.to_ascii_uppercase().wrapping_add(u8::from(letter == b'J')),
            Format::Zip => b'p',
        }
    }

    /// What the names of compressed files end in.
    fn ending(self) -> &'static [u8] {
        match self {
            Format::Gzip => b".gz",
            Format::Bzip2 => b".bz2",
            Format::Xz => b".xz",
            Format::Lzma => b".lzma",
            Format::Zstd => b".zst",
            Format::Tar(_) => b".tar",
            Format::Zip => b".zip",
        }
    }
}

/// The text with a mark.
pub(in crate::trace::filter) fn pack(format: Format, text: &[u8]) -> Vec<u8> {
    [MARK, &[format.letter()], text].concat()
}

/// Whether the bytes are text with a mark.
pub(in crate::trace::filter) fn is_packed(bytes: &[u8]) -> bool {
    bytes.starts_with(MARK)
}

/// The text behind the mark, if the program opens that format.
pub(in crate::trace::filter) fn unpack(format: Format, bytes: &[u8]) -> Option<Vec<u8>> {
    let (letter, text) = bytes.strip_prefix(MARK)?.split_first()?;
    let opens = *letter == format.letter() || (format == Format::Xz && *letter == Format::Lzma.letter());
    opens.then(|| text.to_vec())
}

/// The files that a program of this module writes: for each operand another name, unless it prints. The names are `None` for
/// those that nobody models.
pub(in crate::trace::filter) fn written(
    program: &str,
    arguments: &[Vec<u8>],
    input: &Input<'_>,
) -> Option<Vec<(Vec<u8>, Vec<u8>)>> {
    let format = Format::of(program)?;
    let name = Name::of(program);
    let options = Options::parse(arguments, "dcfkqsnNo:v123456789", LONG)?;
    if options.operands.is_empty() || options.has(b'c') || name == Name::Prints {
        return Some(Vec::new());
    }
    let target = options.value(b'o').filter(|_| format == Format::Zstd);
    if options.has(b'o') && (target.is_none() || options.operands.len() > 1) {
        return None;
    }
    let decompresses = name == Name::Decompresses || options.has(b'd');
    let mut files = Vec::new();
    for operand in options.operands {
        let (path, text) = if decompresses {
            let short = [[operand, format.ending()].concat()];
            // `gunzip y` looks for `y.gz`.
            let (path, packed) = match operand.strip_suffix(format.ending()) {
                Some(path) => (path, input.read(operand)?),
                None if format == Format::Gzip => (operand, input.read(short.first()?)?),
                None => return None,
            };
            (path.to_vec(), super::super::run(program, &decompress_arguments(), Some(&packed), &|_| None)?)
        } else {
            ([operand, format.ending()].concat(), pack(format, &input.read(operand)?))
        };
        files.push((target.map_or(path, <[u8]>::to_vec), text));
    }
    Some(files)
}

fn decompress_arguments() -> Vec<Vec<u8>> {
    vec![b"-dc".to_vec()]
}
