//! `dd`: a part of its input, in another case or with its bytes swapped.

use super::input::Input;

/// `dd` to standard output. Blocks are read as they come from a pipe, so counts are exact for blocks of one byte, or
/// where whole blocks are asked for.
pub(super) fn dd(arguments: &[Vec<u8>], input: &Input<'_>) -> Option<Vec<u8>> {
    let (mut block, mut count, mut skip) = (512, None, 0);
    let (mut path, mut whole, mut by_bytes) = (b"-".as_slice(), false, (false, false));
    let mut conversions: &[u8] = b"";
    for argument in arguments {
        let equals = argument.iter().position(|byte| *byte == b'=')?;
        let (name, value) = argument.split_at_checked(equals)?;
        let value = value.get(1..)?;
        match name {
            b"if" => path = value,
            b"of" if value == b"/dev/stdout" => {}
            b"bs" | b"ibs" => block = size(value).filter(|size| *size > 0)?,
            b"obs" => drop(size(value).filter(|size| *size > 0)?),
            b"count" => count = Some(size(value)?),
            b"skip" | b"iseek" => skip = size(value)?,
            b"status" => {}
            b"conv" => conversions = value,
            b"iflag" => {
                for flag in value.split(|byte| *byte == b',') {
                    match flag {
                        b"fullblock" => whole = true,
                        b"skip_bytes" => by_bytes.0 = true,
                        b"count_bytes" => by_bytes.1 = true,
                        _ => return None,
                    }
                }
            }
            _ => return None,
        }
    }
    let text = input.read(path)?;
    let (skip, count) = (
        if by_bytes.0 { skip } else { skip.checked_mul(block)? },
        count.map(|count| if by_bytes.1 { Some(count) } else { count.checked_mul(block) }),
    );
    let is_counted = skip > 0 || count.is_some();
    if is_counted && block > 1 && !whole {
        return None;
    }
    let rest = text.get(skip.min(text.len())..)?;
    let end = match count {
        Some(count) => count?.min(rest.len()),
        None => rest.len(),
    };
    let mut out = rest.get(..end)?.to_vec();
    for conversion in conversions.split(|byte| *byte == b',').filter(|conversion| !conversion.is_empty()) {
        match conversion {
            // What is a letter beyond ASCII depends on the locale.
            b"lcase" if out.is_ascii() => out.make_ascii_lowercase(),
            b"ucase" if out.is_ascii() => out.make_ascii_uppercase(),
            b"swab" => out.chunks_exact_mut(2).for_each(<[u8]>::reverse),
            b"notrunc" | b"noerror" => {}
            _ => return None,
        }
    }
    Some(out)
}

/// A number, perhaps with its unit.
fn size(text: &[u8]) -> Option<usize> {
    let (digits, unit) = match text {
        [digits @ .., b'k' | b'K'] => (digits, 1 << 10),
        [digits @ .., b'M'] => (digits, 1 << 20),
        _ => (text, 1),
    };
    super::options::number(digits)?.checked_mul(unit)
}
