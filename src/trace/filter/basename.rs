//! `basename`, `dirname` and `realpath`.

use super::options::Options;

/// `basename`.
pub(super) fn basename(arguments: &[Vec<u8>]) -> Option<Vec<u8>> {
    let options = Options::parse(arguments, "as:", &[("multiple", b'a'), ("suffix", b's')])?;
    let (names, suffix): (&[&[u8]], &[u8]) = match options.operands.as_slice() {
        [] => return None,
        several if !options.flags.is_empty() => (several, options.value(b's').unwrap_or_default()),
        [name] => (std::slice::from_ref(name), b""),
        [name, suffix] => (std::slice::from_ref(name), suffix),
        _ => return None,
    };
    let mut out = Vec::new();
    for name in names {
        let base = last_component(name).1;
        let kept = base.strip_suffix(suffix).filter(|kept| !kept.is_empty() && base != b"/");
        out.extend_from_slice(kept.unwrap_or(base));
        out.push(b'\n');
    }
    Some(out)
}

/// `dirname`.
pub(super) fn dirname(arguments: &[Vec<u8>]) -> Option<Vec<u8>> {
    let options = Options::parse(arguments, "", &[])?;
    if options.operands.is_empty() {
        return None;
    }
    let mut out = Vec::new();
    for path in options.operands {
        let before = last_component(path).0;
        let directory = trim_slashes(before);
        out.extend_from_slice(match (directory.is_empty(), before.starts_with(b"/")) {
            (false, _) => directory,
            (true, true) => b"/",
            (true, false) => b".",
        });
        out.push(b'\n');
    }
    Some(out)
}

/// `realpath -ms` of whole paths, which looks at no file: without `-s` links count.
pub(super) fn realpath(arguments: &[Vec<u8>]) -> Option<Vec<u8>> {
    let long = [("canonicalize-missing", b'm'), ("strip", b's'), ("no-symlinks", b's')];
    let options = Options::parse(arguments, "ms", &long)?;
    if !options.has(b'm') || !options.has(b's') || options.operands.is_empty() {
        return None;
    }
    let mut out = Vec::new();
    for path in options.operands {
        let mut kept: Vec<&[u8]> = Vec::new();
        for part in path.strip_prefix(b"/")?.split(|byte| *byte == b'/') {
            match part {
                b"" | b"." => {}
                b".." => drop(kept.pop()),
                part => kept.push(part),
            }
        }
        out.push(b'/');
        out.extend(kept.join(&b'/'));
        out.push(b'\n');
    }
    Some(out)
}

/// What stands before the last component, and the component itself; of slashes alone it is `/`.
fn last_component(path: &[u8]) -> (&[u8], &[u8]) {
    let trimmed = trim_slashes(path);
    if trimmed.is_empty() {
        return (path, path.get(..1).unwrap_or_default());
    }
    let start = trimmed.iter().rposition(|byte| *byte == b'/').map_or(0, |slash| slash + 1);
    trimmed.split_at_checked(start).unwrap_or((b"", trimmed))
}

fn trim_slashes(path: &[u8]) -> &[u8] {
    let end = path.iter().rposition(|byte| *byte != b'/').map_or(0, |last| last + 1);
    path.get(..end).unwrap_or_default()
}
