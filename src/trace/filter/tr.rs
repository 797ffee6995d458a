//! `tr`: translates, deletes and squeezes bytes.

mod set;

use super::input::Input;
use super::options::Options;
use set::Set;

const LONG: &[(&str, u8)] =
    &[("complement", b'c'), ("delete", b'd'), ("squeeze-repeats", b's'), ("truncate-set1", b't')];

/// `tr`. Only bytes of ASCII are modelled in sets and in complements, where the locale plays no part.
pub(super) fn tr(arguments: &[Vec<u8>], input: &Input<'_>) -> Option<Vec<u8>> {
    let arguments = before_operands(arguments)?;
    let options = Options::parse(&arguments, "cCdst", LONG)?;
    let complement = options.has(b'c') || options.has(b'C');
    let (delete, squeeze) = (options.has(b'd'), options.has(b's'));
    let text = input.read(b"-")?;
    if complement && !text.is_ascii() {
        return None;
    }
    // `[x*]` has a meaning only in the set that is translated to.
    let plain = |written: &[u8]| Set::parse(written).filter(|set| !set.is_filled_up());
    let first = |written: &[u8]| plain(written).map(|set| if complement { set.complement() } else { set });
    match (options.operands.as_slice(), delete, squeeze) {
        ([one], true, false) => {
            let gone = first(one)?.members();
            Some(text.iter().copied().filter(|byte| !has(&gone, *byte)).collect())
        }
        ([one], false, true) => {
            let squeezed = first(one)?.members();
            Some(squeeze_runs(text.iter().copied(), &squeezed))
        }
        ([one, two], true, true) => {
            let (gone, squeezed) = (first(one)?.members(), plain(two)?.members());
            Some(squeeze_runs(text.iter().copied().filter(|byte| !has(&gone, *byte)), &squeezed))
        }
        ([one, two], false, _) => {
            let (from, to) = (first(one)?, Set::parse(two)?);
            let table = from.translation(&to, options.has(b't'), complement)?;
            let translated = text.iter().map(|byte| table.get(usize::from(*byte)).copied().unwrap_or(*byte));
            if squeeze {
                Some(squeeze_runs(translated, &to.expanded_members(&from)?))
            } else {
                Some(translated.collect())
            }
        }
        _ => None,
    }
}

/// `tr` reads options only before its operands; a set may start with a dash after the first one.
fn before_operands(arguments: &[Vec<u8>]) -> Option<Vec<Vec<u8>>> {
    let mut marked = arguments.to_vec();
    let is_option = |argument: &Vec<u8>| argument.len() > 1 && argument.starts_with(b"-");
    let end = arguments.iter().position(|argument| !is_option(argument) || argument == b"--")?;
    if arguments.get(end).is_some_and(|argument| argument != b"--") {
        marked.insert(end, b"--".to_vec());
    }
    Some(marked)
}

fn has(members: &[bool; 256], byte: u8) -> bool {
    members.get(usize::from(byte)).copied().unwrap_or(false)
}

/// Keeps one of each run of a squeezed byte.
fn squeeze_runs(bytes: impl Iterator<Item = u8>, squeezed: &[bool; 256]) -> Vec<u8> {
    let mut out: Vec<u8> = Vec::new();
    for byte in bytes {
        if out.last() != Some(&byte) || !has(squeezed, byte) {
            out.push(byte);
        }
    }
    out
}
