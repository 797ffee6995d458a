//! `md5sum`, `sha1sum` and `sha256sum`: obfuscators cut letters out of digests.

use super::input::Input;
use super::options::Options;
use md5::{Digest, Md5};
use sha1::Sha1;
use sha2::Sha256;
use std::fmt::Write;

/// What `program` prints: one line for each file.
pub(super) fn digest(program: &str, arguments: &[Vec<u8>], input: &Input<'_>) -> Option<Vec<u8>> {
    let of: fn(&[u8]) -> Vec<u8> = match program {
        "md5sum" => |text| Md5::digest(text).to_vec(),
        "sha1sum" => |text| Sha1::digest(text).to_vec(),
        "sha256sum" => |text| Sha256::digest(text).to_vec(),
        _ => return None,
    };
    let options = Options::parse(arguments, "bt", &[("binary", b'b'), ("text", b't')])?;
    let mark = if options.has(b'b') { '*' } else { ' ' };
    let mut operands: Vec<&[u8]> = options.operands.clone();
    if operands.is_empty() {
        operands.push(b"-");
    }
    let mut out = Vec::new();
    let contents = input.each(&operands)?;
    for (operand, content) in operands.into_iter().zip(contents) {
        // A name with such a byte is printed in another way.
        if operand.iter().any(|byte| matches!(byte, b'\\' | b'\n' | b'\r')) {
            return None;
        }
        let mut line = String::new();
        for byte in of(&content) {
            write!(line, "{byte:02x}").ok()?;
        }
        out.extend_from_slice(format!("{line} {mark}").as_bytes());
        out.extend_from_slice(operand);
        out.push(b'\n');
    }
    Some(out)
}
