//! `envsubst` of text that has no variables.

use super::input::Input;

/// The environment is not known here: without a `$` nothing is asked of it.
pub(super) fn envsubst(arguments: &[Vec<u8>], input: &Input<'_>) -> Option<Vec<u8>> {
    let text = input.read(b"-").filter(|text| arguments.is_empty() && !text.contains(&b'$'))?;
    Some(text.into_owned())
}
