//! `xargs` without a command, or with `echo`: what it prints is its input, put in rows.

use super::echo;
use super::input::Input;
use super::options::{Options, number};

/// `xargs [echo …]` with `-n`, `-d`, `-0`, `-r`.
pub(super) fn xargs(arguments: &[Vec<u8>], input: &Input<'_>) -> Option<Vec<u8>> {
    let own = own_arguments(arguments)?;
    let (own, command) = arguments.split_at_checked(own)?;
    let long = [("max-args", b'n'), ("delimiter", b'd'), ("null", b'0'), ("no-run-if-empty", b'r')];
    let options = Options::parse(own, "n:d:0r", &long)?;
    let first: Vec<Vec<u8>> = match command.split_first() {
        None => Vec::new(),
        Some((name, rest)) if matches!(name.as_slice(), b"echo" | b"/bin/echo" | b"/usr/bin/echo") => {
            rest.to_vec()
        }
        Some(_) => return None,
    };
    let text = input.read(b"-")?;
    // Longer input is spread over several calls.
    if text.len() > 1 << 14 {
        return None;
    }
    let separator = match (options.has(b'0'), options.value(b'd')) {
        (true, None) => Some(0),
        (false, None) => None,
        (false, Some(b"\\n")) => Some(b'\n'),
        (false, Some(b"\\t")) => Some(b'\t'),
        (false, Some(b"\\0")) => Some(0),
        (false, Some([separator])) if separator.is_ascii() && *separator != b'\\' => Some(*separator),
        _ => return None,
    };
    let items: Vec<Vec<u8>> = match separator {
        Some(separator) => {
            let ended = text.strip_suffix(&[separator]).unwrap_or(&text);
            let items = ended.split(|byte| *byte == separator).map(<[u8]>::to_vec);
            if text.is_empty() { Vec::new() } else { items.collect() }
        }
        None => words(&text)?,
    };
    if items.iter().any(|item| item.contains(&0)) {
        return None;
    }
    if items.is_empty() {
        return if options.has(b'r') { Some(Vec::new()) } else { echo::program(&first) };
    }
    let per_call = options.value(b'n').map_or(Some(items.len()), number).filter(|count| *count > 0)?;
    let mut out = Vec::new();
    for call in items.chunks(per_call) {
        out.extend(echo::program(&[first.as_slice(), call].concat())?);
    }
    Some(out)
}

/// How many of the arguments are its own: its options end at the command.
fn own_arguments(arguments: &[Vec<u8>]) -> Option<usize> {
    let mut own = 0;
    while let Some(argument) = arguments.get(own).filter(|argument| argument.starts_with(b"-")) {
        own +=
            if matches!(argument.as_slice(), b"-n" | b"-d" | b"--max-args" | b"--delimiter") { 2 } else { 1 };
    }
    (own <= arguments.len()).then_some(own)
}

/// The words of the input: quotes go up to the next on the same line, a backslash takes what follows as it is.
fn words(text: &[u8]) -> Option<Vec<Vec<u8>>> {
    let mut words = Vec::new();
    let mut word: Option<Vec<u8>> = None;
    let mut rest = text.iter();
    while let Some(byte) = rest.next() {
        match byte {
            b' ' | b'\t' | b'\n' => words.extend(word.take()),
            b'\'' | b'"' => {
                let word = word.get_or_insert_default();
                loop {
                    match rest.next()? {
                        b'\n' => return None,
                        end if end == byte => break,
                        inner => word.push(*inner),
                    }
                }
            }
            b'\\' => word.get_or_insert_default().push(*rest.next()?),
            // Other blanks, and what is a blank in some locale.
            0 | 0x0b..=0x0d | 0x80.. => return None,
            plain => word.get_or_insert_default().push(*plain),
        }
    }
    words.extend(word);
    Some(words)
}
