//! Text that the tools themselves have compressed.

use super::super::{is_packed, run};

/// `printf 'rm -rf /x' | gzip -n`
const GZIP: &[u8] = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03\x2b\xca\x55\xd0\x2d\x4a\x53\xd0\xaf\x00\x00\x10\xf9\xed\xee\x09\x00\x00\x00";
/// `printf 'rm -rf /x' | bzip2`
const BZIP2: &[u8] = b"\x42\x5a\x68\x39\x31\x41\x59\x26\x53\x59\x59\x99\x31\x87\x00\x00\x03\x91\x80\x40\x02\x81\x02\x10\x40\x20\x00\x31\x0c\x00\xd0\xda\x98\x1c\xbd\x12\x51\x77\x24\x53\x85\x09\x05\x99\x93\x18\x70";

/// `printf 'rm -rf /x' | xz`
const XZ: &[u8] = b"\xfd7zXZ\x00\x00\x04\xe6\xd6\xb4F\x02\x00!\x01\x16\x00\x00\x00t/\xe5\xa3\x01\x00\x08rm -rf /x\x00\x00\x00\x00\xc7T\x94\x0c\x8f\x9b\xb5!\x00\x01!\x09l\x18\xc5\xd5\x1f\xb6\xf3}\x01\x00\x00\x00\x00\x04YZ";
/// `printf 'rm -rf /x' | lzma`
const LZMA: &[u8] = b"\x5d\x00\x00\x80\x00\xff\xff\xff\xff\xff\xff\xff\xff\x00\x39\x1b\x40\x01\xd3\x1a\x70\x14\x87\xac\xf3\x46\x95\xff\xff\xc0\xa9\x00\x00";
/// `printf 'rm -rf /x' | zstd`
const ZSTD: &[u8] = b"\x28\xb5\x2f\xfd\x04\x58\x49\x00\x00rm -rf /x\xc4\x84\x67\x6a";

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
    for command in ["unxz", "xz -d", "xz -dc", "xzcat", "xz --decompress --stdout", "unxz -c -"] {
        check(command, XZ, Some("rm -rf /x"));
    }
    for command in ["unlzma", "lzma -dc", "lzcat", "xz -d"] {
        check(command, LZMA, Some("rm -rf /x"));
    }
    for command in ["unzstd", "zstd -d", "zstd -dcq", "zstdcat"] {
        check(command, ZSTD, Some("rm -rf /x"));
    }
    check("unxz", &[XZ, XZ].concat(), Some("rm -rf /xrm -rf /x"));
    check("unzstd", &[ZSTD, ZSTD].concat(), Some("rm -rf /xrm -rf /x"));
    for command in ["zcat -f", "gzip -cdf", "gunzip -f", "xzcat -f", "xz -dcf", "zstdcat", "zstd -dcf"] {
        check(command, b"rm -rf /x\n", Some("rm -rf /x\n"));
    }
    for command in ["zcat", "unxz -f", "bzcat -f", "unzstd", "xzcat"] {
        check(command, b"rm -rf /x\n", None);
    }
    let twice = [GZIP, GZIP].concat();
    check("gunzip", &twice, Some("rm -rf /xrm -rf /x"));
}

#[test]
fn what_replaces_files_or_is_broken_prints_nothing_that_is_known() {
    check("lzcat", XZ, None);
    check("gzip x", b"", None);
    check("gunzip x.gz", b"", None);
    check("gunzip", b"no gzip", None);
    check("gunzip", GZIP.get(..12).unwrap(), None);
    check("bunzip2", GZIP, None);
}

#[test]
fn what_is_packed_is_unpacked_by_programs_of_its_format() {
    for (packs, unpacks) in
        [("gzip -9", "zcat"), ("bzip2", "bzip2 -d"), ("xz", "xzcat"), ("lzma", "unxz"), ("zstd", "unzstd")]
    {
        let run = |command: &str, text: &[u8]| {
            let mut words = command.split(' ').map(|word| word.as_bytes().to_vec());
            let program = String::from_utf8(words.next().unwrap()).unwrap();
            run(&program, &words.collect::<Vec<_>>(), Some(text), &|_| None)
        };
        let packed = run(packs, b"rm -rf /x").unwrap();
        assert!(is_packed(&packed), "{packs}");
        assert_eq!(run(unpacks, &packed).as_deref(), Some(b"rm -rf /x".as_slice()), "{packs}");
        let other = if packs.starts_with('g') { "bunzip2" } else { "gunzip" };
        assert_eq!(run(other, &packed), None, "{packs}");
    }
}

/// Whatever is broken: no panic, and no more memory than is followed.
#[test]
fn one_changed_byte_ends_in_nothing_or_the_same() {
    for (command, text) in
        [("unxz", XZ), ("unlzma", LZMA), ("unzstd", ZSTD), ("gunzip", GZIP), ("bunzip2", BZIP2)]
    {
        for at in 0..text.len() {
            for byte in [0, 1, 0x28, 0x7f, 0xff] {
                let mut broken = text.to_vec();
                broken[at] = byte;
                let found = run(command, &[], Some(&broken), &|_| None);
                let is_checked = !matches!(command, "unlzma");
                assert!(
                    !is_checked || found.is_none() || found.as_deref() == Some(b"rm -rf /x"),
                    "{command} {at} {byte}"
                );
            }
        }
    }
}
