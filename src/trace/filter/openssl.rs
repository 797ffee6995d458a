//! `openssl base64` and `openssl enc -base64`.

use super::base64::{decode_base64, encode_base64};
use super::input::{Input, lines};

/// The longest text that every version reads at once.
const MOST: usize = 1000;

/// Base64 without encryption; everything else that openssl does is not modelled.
pub(super) fn openssl(arguments: &[Vec<u8>], input: &Input<'_>) -> Option<Vec<u8>> {
    let (command, rest) = arguments.split_first()?;
    let (mut decodes, mut one_line, mut base64) = (false, false, command == b"base64");
    if !base64 && command != b"enc" {
        return None;
    }
    let mut file = b"-".as_slice();
    let mut rest = rest.iter();
    while let Some(option) = rest.next() {
        match option.as_slice() {
            b"-d" => decodes = true,
            b"-e" => decodes = false,
            b"-A" => one_line = true,
            b"-a" | b"-base64" => base64 = true,
            b"-in" => file = rest.next()?,
            _ => return None,
        }
    }
    if !base64 {
        return None;
    }
    let text = input.read(file)?;
    if text.len() > MOST {
        return None;
    }
    if !decodes {
        return Some(encode_base64(&text, if one_line { 0 } else { 64 }));
    }
    // Without a last newline, or with several lines behind `-A`, or behind padding, versions differ.
    let padding_ends = text.trim_ascii_end().split(|byte| *byte == b'=').skip(1).all(<[u8]>::is_empty);
    if !padding_ends {
        return None;
    }
    let count = lines(&text).count();
    let whole_lines = lines(&text).all(|line| line.len() % 4 == 1 && line.ends_with(b"\n"));
    let usable = if one_line { count == 1 && text.trim_ascii_end().len() % 4 == 0 } else { whole_lines };
    if usable { decode_base64(&text) } else { None }
}
