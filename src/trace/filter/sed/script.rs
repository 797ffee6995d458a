//! Reads a sed script: commands with their addresses.

use super::super::regex::{Meaning, Pattern, Syntax};
use super::replacement::Replacement;
use std::iter::Peekable;
use std::str::Chars;

/// A command and the lines that it is for.
pub(super) struct Command {
    pub(super) addresses: Addresses,
    pub(super) negated: bool,
    pub(super) action: Action,
}

/// The lines a command is for.
pub(super) enum Addresses {
    All,
    One(Address),
    /// From one to the other; the state says where the range that is open ends.
    Range {
        from: Address,
        to: RangeEnd,
        open: Option<Until>,
    },
}

/// One address.
pub(super) enum Address {
    Line(usize),
    Last,
    Match(Pattern),
}

/// The end of a range as written.
pub(super) enum RangeEnd {
    Address(Address),
    /// `+3`
    More(usize),
}

/// The end of an open range.
#[derive(Clone, Copy)]
pub(super) enum Until {
    Line(usize),
    Last,
    Match,
}

/// What a command does.
pub(super) enum Action {
    Substitute {
        pattern: Pattern,
        replacement: Replacement,
        first: usize,
        all: bool,
        print: bool,
    },
    Transliterate(Vec<(char, char)>),
    Delete,
    Print,
    PrintNumber,
    Quit,
    /// `h`, `H`
    Hold {
        append: bool,
    },
    /// `g`, `G`
    Get {
        append: bool,
    },
    Exchange,
}

type Rest<'a> = Peekable<Chars<'a>>;

/// Reads a script; `None` for errors and for commands that are not modelled.
pub(super) fn parse(script: &str, syntax: Syntax) -> Option<Vec<Command>> {
    if script.len() > 1 << 14 {
        return None;
    }
    let mut commands = Vec::new();
    let mut rest = script.chars().peekable();
    loop {
        while rest.next_if(|next| matches!(next, ' ' | '\t' | '\n' | ';')).is_some() {}
        if rest.peek().is_none() {
            return Some(commands);
        }
        commands.push(command(&mut rest, syntax)?);
    }
}

fn command(rest: &mut Rest<'_>, syntax: Syntax) -> Option<Command> {
    let addresses = addresses(rest, syntax)?;
    skip_blanks(rest);
    let negated = rest.next_if_eq(&'!').is_some();
    skip_blanks(rest);
    let action = match rest.next()? {
        's' => substitute(rest, syntax)?,
        'y' => transliterate(rest)?,
        'd' => Action::Delete,
        'p' => Action::Print,
        '=' => Action::PrintNumber,
        'q' if !matches!(addresses, Addresses::Range { .. }) => Action::Quit,
        'h' => Action::Hold { append: false },
        'H' => Action::Hold { append: true },
        'g' => Action::Get { append: false },
        'G' => Action::Get { append: true },
        'x' => Action::Exchange,
        _ => return None,
    };
    skip_blanks(rest);
    matches!(rest.peek(), None | Some(';' | '\n')).then_some(Command { addresses, negated, action })
}

fn skip_blanks(rest: &mut Rest<'_>) {
    while rest.next_if(|next| matches!(next, ' ' | '\t')).is_some() {}
}

fn addresses(rest: &mut Rest<'_>, syntax: Syntax) -> Option<Addresses> {
    let Some(from) = address(rest, syntax)? else { return Some(Addresses::All) };
    skip_blanks(rest);
    if rest.next_if_eq(&',').is_none() {
        return Some(Addresses::One(from));
    }
    skip_blanks(rest);
    let to = match rest.next_if_eq(&'+') {
        Some(_) => RangeEnd::More(line_number(rest)?),
        None => RangeEnd::Address(address(rest, syntax)??),
    };
    Some(Addresses::Range { from, to, open: None })
}

/// An address, if there is one. The outer `None` is an address that is not modelled.
#[expect(clippy::option_option, reason = "absent and not modelled are different")]
fn address(rest: &mut Rest<'_>, syntax: Syntax) -> Option<Option<Address>> {
    let address = match rest.peek() {
        Some('0'..='9') => match line_number(rest)? {
            0 => return None,
            line => Address::Line(line),
        },
        Some('$') => {
            rest.next();
            Address::Last
        }
        Some('/') => {
            rest.next();
            let pattern = until(rest, '/', Part::Pattern)?;
            let ignore_case = rest.next_if_eq(&'I').is_some();
            Address::Match(Pattern::compile(&pattern, syntax, ignore_case, Meaning::Existence)?)
        }
        Some('\\') => return None,
        _ => return Some(None),
    };
    if matches!(rest.peek(), Some('~' | 'M' | 'I')) {
        return None;
    }
    Some(Some(address))
}

fn line_number(rest: &mut Rest<'_>) -> Option<usize> {
    let mut digits = String::new();
    while let Some(digit) = rest.next_if(char::is_ascii_digit) {
        digits.push(digit);
    }
    if digits.len() > 9 { None } else { digits.parse().ok() }
}

/// Which part of a command is read.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Pattern,
    Replacement,
    Characters,
}

/// Reads up to the delimiter. An escaped delimiter stands for itself; where it would be an operator too,
/// versions differ.
fn until(rest: &mut Rest<'_>, delimiter: char, part: Part) -> Option<String> {
    let mut text = String::new();
    loop {
        match rest.next()? {
            '\n' => return None,
            '\\' => match rest.next()? {
                escaped if escaped == delimiter => {
                    if r"|.*[]^$+?(){}&'`<>".contains(delimiter) || delimiter.is_alphanumeric() {
                        return None;
                    }
                    text.push(delimiter);
                }
                '\n' if part != Part::Replacement => return None,
                escaped => text.extend(['\\', escaped]),
            },
            character if character == delimiter => return Some(text),
            character => text.push(character),
        }
    }
}

fn delimiter(rest: &mut Rest<'_>) -> Option<char> {
    rest.next().filter(|delimiter| delimiter.is_ascii() && !matches!(delimiter, '\n' | '\\'))
}

fn substitute(rest: &mut Rest<'_>, syntax: Syntax) -> Option<Action> {
    let delimiter = delimiter(rest)?;
    let pattern = until(rest, delimiter, Part::Pattern)?;
    let replacement = until(rest, delimiter, Part::Replacement)?;
    let (mut first, mut all, mut print, mut ignore_case) = (None, false, false, false);
    while let Some(&flag) = rest.peek() {
        match flag {
            'g' if !all => all = true,
            'p' if !print => print = true,
            'i' | 'I' => ignore_case = true,
            '1'..='9' if first.is_none() => {
                first = Some(line_number(rest)?);
                continue;
            }
            ';' | '\n' | ' ' | '\t' => break,
            _ => return None,
        }
        rest.next();
    }
    let pattern = Pattern::compile(&pattern, syntax, ignore_case, Meaning::Extent)?;
    let replacement = Replacement::parse(&replacement, pattern.groups)?;
    Some(Action::Substitute { pattern, replacement, first: first.unwrap_or(1), all, print })
}

fn transliterate(rest: &mut Rest<'_>) -> Option<Action> {
    let delimiter = delimiter(rest)?;
    let from = characters(&until(rest, delimiter, Part::Characters)?)?;
    let to = characters(&until(rest, delimiter, Part::Characters)?)?;
    (from.len() == to.len()).then(|| Action::Transliterate(from.into_iter().zip(to).collect()))
}

/// The characters of a `y`, which knows `\\` and `\n` only.
fn characters(text: &str) -> Option<Vec<char>> {
    let mut characters = Vec::new();
    let mut rest = text.chars();
    while let Some(character) = rest.next() {
        characters.push(match character {
            '\\' => match rest.next()? {
                '\\' => '\\',
                'n' => '\n',
                _ => return None,
            },
            other => other,
        });
    }
    Some(characters)
}
