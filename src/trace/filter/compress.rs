//! `gunzip` and `bunzip2`, each under all its names: obfuscators put scripts into compressed text.
//!
//! Compressing is not modelled: which of many right outputs it is depends on the program's version.

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

#[cfg(test)]
mod tests {
    use super::super::run;

    /// `printf 'rm -rf /x' | gzip -n`
    const GZIP: &[u8] = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03\x2b\xca\x55\xd0\x2d\x4a\x53\xd0\xaf\x00\x00\x10\xf9\xed\xee\x09\x00\x00\x00";
    /// `printf 'rm -rf /x' | bzip2`
    const BZIP2: &[u8] = b"\x42\x5a\x68\x39\x31\x41\x59\x26\x53\x59\x59\x99\x31\x87\x00\x00\x03\x91\x80\x40\x02\x81\x02\x10\x40\x20\x00\x31\x0c\x00\xd0\xda\x98\x1c\xbd\x12\x51\x77\x24\x53\x85\x09\x05\x99\x93\x18\x70";

    #[track_caller]
    fn check(command: &str, stdin: &[u8], expected: Option<&str>) {
        let mut words = command.split(' ').map(|word| word.as_bytes().to_vec());
        let program = String::from_utf8(words.next().unwrap()).unwrap();
        let file = |path: &[u8]| (path == b"x.gz").then(|| GZIP.to_vec());
        let found = run(&program, &words.collect::<Vec<_>>(), Some(stdin), &file);
        assert_eq!(found.as_deref(), expected.map(str::as_bytes), "{command}");
    }

    #[test]
    fn text_is_decompressed_by_every_name() {
        for command in [
            "gunzip",
            "gunzip -c",
            "gzip -d",
            "gzip -dc",
            "gzip --decompress --stdout",
            "zcat",
            "zcat -",
            "zcat x.gz",
        ] {
            check(command, GZIP, Some("rm -rf /x"));
        }
        for command in ["bunzip2", "bunzip2 -c", "bzip2 -dc", "bzcat"] {
            check(command, BZIP2, Some("rm -rf /x"));
        }
        let twice = [GZIP, GZIP].concat();
        check("gunzip", &twice, Some("rm -rf /xrm -rf /x"));
    }

    #[test]
    fn what_replaces_files_or_is_broken_prints_nothing_that_is_known() {
        check("gzip", b"x", None);
        check("gunzip x.gz", b"", None);
        check("gunzip", b"no gzip", None);
        check("gunzip", GZIP.get(..12).unwrap(), None);
        check("bunzip2", GZIP, None);
    }
}
