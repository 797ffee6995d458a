//! The formats of xz: streams of blocks (`.xz`), and the older `.lzma`.
//!
//! The container is read here, because a header may ask for a dictionary of gigabytes: no more of it is reserved than
//! can be needed for what is followed.

use super::super::LIMIT;
use super::read_all;
use lzma_rust2::{Lzma2Reader, LzmaReader};

const MAGIC: &[u8] = b"\xfd7zXZ\0";

/// The dictionary that is reserved: what is printed is no longer, so nothing refers further back.
const DICTIONARY: u32 = LIMIT as u32 + 4096;

/// What a stream checks its blocks with.
#[derive(Clone, Copy)]
enum Check {
    None,
    Crc32,
    Crc64,
}

/// A block as the index lists it.
struct Block {
    unpadded: usize,
    uncompressed: usize,
}

/// Whether the text is of the newer format.
pub(super) fn is_xz(text: &[u8]) -> bool {
    text.starts_with(MAGIC)
}

/// The content of streams, one directly after the other.
pub(super) fn streams(text: &[u8]) -> Option<Vec<u8>> {
    let mut rest = text;
    let mut out = Vec::new();
    while !rest.is_empty() {
        stream(&mut rest, &mut out)?;
    }
    Some(out)
}

fn stream(rest: &mut &[u8], out: &mut Vec<u8>) -> Option<()> {
    let (flags, after) = rest.strip_prefix(MAGIC)?.split_first_chunk::<2>()?;
    let (checksum, after) = after.split_first_chunk::<4>()?;
    let check = match flags {
        [0, 0] => Check::None,
        [0, 1] => Check::Crc32,
        [0, 4] => Check::Crc64,
        _ => return None,
    };
    if crc32(flags) != *checksum {
        return None;
    }
    *rest = after;
    let mut blocks = Vec::new();
    while *rest.first()? != 0 {
        blocks.push(block(rest, check, out)?);
    }
    *rest = rest.strip_prefix(trailer(&blocks, *flags)?.as_slice())?;
    Some(())
}

fn block(rest: &mut &[u8], check: Check, out: &mut Vec<u8>) -> Option<Block> {
    let length = (usize::from(*rest.first()?) + 1) * 4;
    let (header, body) = rest.split_at_checked(length)?;
    let (header, checksum) = header.split_last_chunk::<4>()?;
    if crc32(header) != *checksum {
        return None;
    }
    let (flags, mut fields) = header.get(1..)?.split_first()?;
    // One filter, and perhaps two sizes, which the index has too.
    if flags & 0x3f != 0 {
        return None;
    }
    for present in [flags & 0x40, flags & 0x80] {
        if present != 0 {
            size(&mut fields)?;
        }
    }
    let [0x21, 1, dictionary, padding @ ..] = fields else { return None };
    if padding.iter().any(|byte| *byte != 0) {
        return None;
    }
    *rest = body;
    let content = read_all(Lzma2Reader::new(&mut *rest, dictionary_size(*dictionary)?, None))?;
    let compressed = body.len() - rest.len();
    let padded = compressed.next_multiple_of(4);
    let (padding, after) = body.get(compressed..)?.split_at_checked(padded - compressed)?;
    let expected = match check {
        Check::None => Vec::new(),
        Check::Crc32 => crc32(&content).to_vec(),
        Check::Crc64 => crc64(&content).to_vec(),
    };
    *rest = after.strip_prefix(expected.as_slice())?;
    let block = Block { unpadded: length + compressed + expected.len(), uncompressed: content.len() };
    out.extend(content);
    (out.len() <= LIMIT && padding.iter().all(|byte| *byte == 0)).then_some(block)
}

/// The index and the footer of a stream: they follow from its blocks.
fn trailer(blocks: &[Block], flags: [u8; 2]) -> Option<Vec<u8>> {
    let mut index = vec![0];
    push_size(blocks.len(), &mut index);
    for block in blocks {
        push_size(block.unpadded, &mut index);
        push_size(block.uncompressed, &mut index);
    }
    index.resize(index.len().next_multiple_of(4), 0);
    let checksum = crc32(&index);
    index.extend(checksum);
    let backward = u32::try_from(index.len() / 4 - 1).ok()?;
    let footer = [backward.to_le_bytes().as_slice(), &flags].concat();
    index.extend(crc32(&footer));
    index.extend(footer);
    index.extend(b"YZ");
    Some(index)
}

/// A number of seven bits a byte, the lowest first.
fn size(rest: &mut &[u8]) -> Option<usize> {
    let mut value = 0;
    for shift in (0..63).step_by(7) {
        let (byte, after) = rest.split_first()?;
        *rest = after;
        value |= usize::from(byte & 0x7f).checked_shl(shift)?;
        if byte & 0x80 == 0 {
            return Some(value);
        }
    }
    None
}

fn push_size(mut value: usize, out: &mut Vec<u8>) {
    while value >= 0x80 {
        out.push((value & 0x7f) as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}

/// The dictionary that a block header asks for: two or three times a power of two.
fn dictionary_size(bits: u8) -> Option<u32> {
    let size = match bits {
        0..=39 => (2 | u32::from(bits & 1)).checked_shl(u32::from(bits / 2) + 11)?,
        40 => u32::MAX,
        _ => return None,
    };
    Some(size.min(DICTIONARY))
}

/// The content of a `.lzma`: one header of 13 bytes, one stream.
pub(super) fn lzma(text: &[u8]) -> Option<Vec<u8>> {
    let (properties, rest) = text.split_first()?;
    let (dictionary, rest) = rest.split_first_chunk::<4>()?;
    let (length, mut rest) = rest.split_first_chunk::<8>()?;
    let (dictionary, length) = (u32::from_le_bytes(*dictionary), u64::from_le_bytes(*length));
    let (lc, lp, pb) = (properties % 9, properties / 9 % 5, properties / 45);
    // Other headers are no `.lzma` to xz.
    let is_usual = dictionary.is_power_of_two() || dictionary == u32::MAX;
    if lc + lp > 4 || pb > 4 || !is_usual || (length > LIMIT as u64 && length != u64::MAX) {
        return None;
    }
    let (lc, lp, pb) = (u32::from(lc), u32::from(lp), u32::from(pb));
    let decoder = LzmaReader::new(&mut rest, length, lc, lp, pb, dictionary.min(DICTIONARY), None).ok()?;
    let out = read_all(decoder)?;
    rest.is_empty().then_some(out)
}

fn crc32(bytes: &[u8]) -> [u8; 4] {
    let mut crc = flate2::Crc::new();
    crc.update(bytes);
    crc.sum().to_le_bytes()
}

/// The checksum of ECMA-182, bit by bit.
fn crc64(bytes: &[u8]) -> [u8; 8] {
    let mut crc = u64::MAX;
    for byte in bytes {
        crc ^= u64::from(*byte);
        for _ in 0..8 {
            crc = if crc & 1 == 1 { (crc >> 1) ^ 0xc96c_5795_d787_0f42 } else { crc >> 1 };
        }
    }
    (!crc).to_le_bytes()
}
