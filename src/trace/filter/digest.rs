//! `md5sum` and its kin: obfuscators cut letters out of digests.

use super::input::Input;
use super::options::Options;
use md5::{Digest, Md5};
use std::fmt::Write;

/// `md5sum`, with its one line for each file.
pub(super) fn md5sum(arguments: &[Vec<u8>], input: &Input<'_>) -> Option<Vec<u8>> {
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
        let mut digest = String::new();
        for byte in Md5::digest(content) {
            write!(digest, "{byte:02x}").ok()?;
        }
        out.extend_from_slice(format!("{digest} {mark}").as_bytes());
        out.extend_from_slice(operand);
        out.push(b'\n');
    }
    Some(out)
}
