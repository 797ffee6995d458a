//! `%q`: bash's backslash quoting.

/// Quotes `text` so that bash reads it back; `None` for what bash writes as `$'…'`.
pub(super) fn quote(text: &[u8]) -> Option<Vec<u8>> {
    if text.is_empty() {
        return Some(b"''".to_vec());
    }
    if !text.iter().all(|byte| matches!(byte, b' '..=b'~')) {
        return None;
    }
    let mut out = Vec::with_capacity(text.len());
    let mut previous = None;
    for &byte in text {
        let special = match byte {
            b'#' => previous.is_none(),
            b'~' => matches!(previous, None | Some(b'=' | b':')),
            _ => b" !\"$&'()*,;<>?[\\]^`{|}".contains(&byte),
        };
        if special {
            out.push(b'\\');
        }
        out.push(byte);
        previous = Some(byte);
    }
    Some(out)
}
