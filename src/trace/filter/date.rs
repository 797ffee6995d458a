//! `date` with a format that says nothing of the time.

use super::options::Options;

/// `date +format`, of literal text and `%%`, `%n`, `%t`.
pub(super) fn date(arguments: &[Vec<u8>]) -> Option<Vec<u8>> {
    let long = [("utc", b'u'), ("universal", b'u'), ("date", b'd')];
    let options = Options::parse(arguments, "ud:", &long)?;
    let [format] = options.operands.as_slice() else { return None };
    // What `-d` says has to be a date.
    let mut format = format.strip_prefix(b"+").filter(|_| !options.has(b'd'))?.iter();
    let mut out = Vec::new();
    while let Some(byte) = format.next() {
        out.push(match byte {
            b'%' => match format.next()? {
                b'%' => b'%',
                b'n' => b'\n',
                b't' => b'\t',
                _ => return None,
            },
            byte => *byte,
        });
    }
    out.push(b'\n');
    Some(out)
}
