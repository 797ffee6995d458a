//! `sed`, for scripts that touch no files.

mod execute;
mod replacement;
mod script;

use super::input::Input;
use super::options::Options;
use super::regex::Syntax;

const LONG: &[(&str, u8)] = &[
    ("expression", b'e'),
    ("quiet", b'n'),
    ("silent", b'n'),
    ("regexp-extended", b'E'),
    ("unbuffered", b'u'),
];

/// `sed`.
pub(super) fn sed(arguments: &[Vec<u8>], input: &Input<'_>) -> Option<Vec<u8>> {
    let options = Options::parse(arguments, "ne:Eru", LONG)?;
    let mut files = options.operands.as_slice();
    let mut scripts: Vec<&[u8]> =
        options.flags.iter().filter(|(flag, _)| *flag == b'e').filter_map(|(_, value)| *value).collect();
    if scripts.is_empty() {
        let (script, rest) = files.split_first()?;
        scripts.push(script);
        files = rest;
    }
    let script = String::from_utf8(scripts.join(&b'\n')).ok()?;
    let syntax = Syntax { extended: options.has(b'E') || options.has(b'r'), escapes: true };
    let mut commands = script::parse(&script, syntax)?;
    let text = match files {
        [] => input.read(b"-")?,
        // sed puts a newline between files that lack one.
        several => {
            let contents = input.each(several)?;
            let joinable =
                contents.iter().rev().skip(1).all(|content| content.is_empty() || content.ends_with(b"\n"));
            if !joinable {
                return None;
            }
            contents.concat().into()
        }
    };
    execute::execute(&mut commands, std::str::from_utf8(&text).ok()?, options.has(b'n'))
}
