//! `grep` of one input.

mod perl;

use super::input::Input;
use super::options::{Options, number};
use super::regex::{Meaning, Pattern, Syntax};

const LONG: &[(&str, u8)] = &[
    ("extended-regexp", b'E'),
    ("fixed-strings", b'F'),
    ("basic-regexp", b'G'),
    ("perl-regexp", b'P'),
    ("ignore-case", b'i'),
    ("invert-match", b'v'),
    ("only-matching", b'o'),
    ("line-regexp", b'x'),
    ("line-number", b'n'),
    ("count", b'c'),
    ("max-count", b'm'),
    ("regexp", b'e'),
    ("no-filename", b'h'),
    ("no-messages", b's'),
    ("quiet", b'q'),
];

/// What is looked for.
enum Wanted {
    Fixed(Vec<String>),
    Expressions(Vec<Pattern>),
    Perl(perl::Pattern),
}

/// `grep`, `egrep` and `fgrep`.
pub(super) fn grep(program: &str, arguments: &[Vec<u8>], input: &Input<'_>) -> Option<Vec<u8>> {
    let options = Options::parse(arguments, "EFGPivoxncm:e:hsq", LONG)?;
    let mut files = options.operands.as_slice();
    let mut patterns: Vec<&[u8]> =
        options.flags.iter().filter(|(flag, _)| *flag == b'e').filter_map(|(_, value)| *value).collect();
    if patterns.is_empty() {
        let (pattern, rest) = files.split_first()?;
        patterns.push(pattern);
        files = rest;
    }
    let file = match files {
        [] => b"-".as_slice(),
        [file] => file,
        _ => return None,
    };
    let only_matching = options.has(b'o');
    if only_matching && (options.has(b'v') || options.has(b'x') || options.has(b'n') || patterns.len() > 1) {
        return None;
    }
    let kinds = options.flags.iter().filter(|(flag, _)| b"EFGP".contains(flag)).count();
    let (fixed, extended) = match (program, kinds) {
        ("grep", 0 | 1) => (options.has(b'F'), options.has(b'E')),
        ("egrep", 0) => (false, true),
        ("fgrep", 0) => (true, false),
        _ => return None,
    };
    let wanted = compile(&patterns, fixed, extended, &options)?;
    let text = input.read(file)?;
    let text = std::str::from_utf8(&text).ok()?;
    // What looks like no text is only reported.
    if text.contains('\0') {
        return None;
    }
    let most = options.value(b'm').map_or(Some(usize::MAX), number)?;
    if options.has(b'q') {
        return Some(Vec::new());
    }
    let mut out = String::new();
    let mut count = 0;
    for (line, number) in text.split_terminator('\n').zip(1..) {
        if wanted.is_in(line, options.has(b'x'))? == options.has(b'v') {
            continue;
        }
        if count == most {
            break;
        }
        count += 1;
        if options.has(b'c') {
            continue;
        }
        if only_matching {
            wanted.push_matches(line, &mut out)?;
            continue;
        }
        if options.has(b'n') {
            out.push_str(&format!("{number}:"));
        }
        out.push_str(line);
        out.push('\n');
    }
    if options.has(b'c') {
        return Some(format!("{count}\n").into_bytes());
    }
    Some(out.into_bytes())
}

fn compile(patterns: &[&[u8]], fixed: bool, extended: bool, options: &Options<'_>) -> Option<Wanted> {
    let patterns: Option<Vec<&str>> =
        patterns.iter().map(|pattern| std::str::from_utf8(pattern).ok()).collect();
    let patterns = patterns?;
    let ignore_case = options.has(b'i');
    // What is empty is everywhere.
    let is_empty = |pattern: &&str| pattern.is_empty();
    if patterns.iter().any(is_empty) {
        let is_plain = !options.has(b'o') && !options.has(b'P') && !options.has(b'x');
        return is_plain.then(|| Wanted::Fixed(vec![String::new()]));
    }
    if patterns.iter().any(|pattern| pattern.contains('\n')) {
        return None;
    }
    if options.has(b'P') {
        let [pattern] = patterns.as_slice() else { return None };
        return perl::Pattern::compile(pattern, ignore_case, options.has(b'x')).map(Wanted::Perl);
    }
    if fixed {
        let owned = patterns.iter().map(|pattern| (*pattern).to_owned()).collect();
        return (!ignore_case).then_some(Wanted::Fixed(owned));
    }
    let meaning = match (options.has(b'o'), options.has(b'x')) {
        (true, _) => Meaning::Extent,
        (false, true) => Meaning::WholeText,
        (false, false) => Meaning::Existence,
    };
    let syntax = Syntax { extended, escapes: false };
    let compiled: Option<Vec<Pattern>> =
        patterns.iter().map(|pattern| Pattern::compile(pattern, syntax, ignore_case, meaning)).collect();
    Some(Wanted::Expressions(compiled?))
}

impl Wanted {
    fn is_in(&self, line: &str, whole: bool) -> Option<bool> {
        match self {
            Wanted::Fixed(texts) if whole => Some(texts.iter().any(|text| text == line)),
            Wanted::Fixed(texts) => Some(texts.iter().any(|text| line.contains(text))),
            Wanted::Expressions(patterns) => {
                for pattern in patterns {
                    if pattern.on(line)?.is_match(line) {
                        return Some(true);
                    }
                }
                Some(false)
            }
            Wanted::Perl(pattern) => pattern.is_in(line),
        }
    }

    /// Writes each match that is not empty on a line of its own.
    fn push_matches(&self, line: &str, out: &mut String) -> Option<()> {
        let mut push = |found: &str| {
            if !found.is_empty() {
                out.push_str(found);
                out.push('\n');
            }
        };
        match self {
            Wanted::Fixed(texts) => line.matches(texts.first()?.as_str()).for_each(push),
            Wanted::Expressions(patterns) => {
                let regex = patterns.first()?.on(line)?;
                regex.find_iter(line).for_each(|found| push(found.as_str()));
            }
            Wanted::Perl(pattern) => pattern.matches(line)?.into_iter().for_each(push),
        }
        Some(())
    }
}
