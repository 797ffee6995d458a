//! The frames of zstd.

use super::super::LIMIT;
use ruzstd::decoding::StreamingDecoder;
use std::io::Read as _;

/// The content of frames, one after the other. Frames to skip are not modelled.
pub(super) fn frames(text: &[u8]) -> Option<Vec<u8>> {
    let mut rest = text;
    let mut out = Vec::new();
    while !rest.is_empty() {
        let mut decoder = StreamingDecoder::new(&mut rest).ok()?;
        let most = LIMIT.saturating_sub(out.len()) as u64;
        decoder.by_ref().take(most + 1).read_to_end(&mut out).ok()?;
        let frame = decoder.into_frame_decoder();
        let written = frame.get_checksum_from_data();
        if out.len() > LIMIT || written.is_some() && written != frame.get_calculated_checksum() {
            return None;
        }
    }
    (!text.is_empty()).then_some(out)
}
