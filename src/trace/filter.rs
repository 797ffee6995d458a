//! Pure text tools on known text. Until the models are there, nothing is known of what they print.

pub(super) fn run(_: &str, _: &[Vec<u8>], _: Option<&[u8]>, _: &dyn Fn(&[u8]) -> Option<Vec<u8>>) -> Option<Vec<u8>> {None}
pub(super) fn printf(_: &[u8], _: &[Vec<u8>]) -> Option<Vec<u8>> {None}
pub(super) mod escapes { pub(in crate::trace) enum Flavour { AnsiC }  pub(in crate::trace) fn decode(_: &[u8], _: Flavour) -> Option<Vec<u8>> {None} }
