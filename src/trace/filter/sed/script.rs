//! Reads a sed script: commands with their addresses.

use super::super::regex::{Meaning, Pattern, Syntax};
use super::replacement::Replacement;
use std::collections::BTreeMap;
use std::iter::Peekable;
use std::rc::Rc;
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
    /// Without a pattern it is the last one that was used.
    Match(Option<Rc<Pattern>>),
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
        pattern: Option<Rc<Pattern>>,
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
    /// `{`, with the place of its `}`.
    Block(usize),
    /// A `}` or a label.
    Nothing,
    Branch(When, Target),
    /// `n`, `N`
    Next {
        append: bool,
    },
    /// `P`
    PrintFirst,
    /// `D`
    DeleteFirst,
    /// `a`
    Append(String),
    /// `i`
    Insert(String),
    /// `c`
    Change(String),
}

/// When a branch is taken: always, or after a substitution, or without one.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum When {
    Always,
    Changed,
    Unchanged,
}

/// Where a branch leads.
pub(super) enum Target {
    Label(String),
    /// The place of a label, or the end of the script.
    At(usize),
}

type Rest<'a> = Peekable<Chars<'a>>;

/// Reads a script; `None` for errors and for commands that are not modelled.
pub(super) fn parse(script: &str, syntax: Syntax) -> Option<Vec<Command>> {
    if script.len() > 1 << 14 || script.starts_with("#n") {
        return None;
    }
    // Which pattern an empty one stands for is known only later: then each has to be exact.
    let mut meaning = Meaning::Existence;
    if script.contains("//") || has_empty_pattern(script) {
        meaning = Meaning::Extent;
    }
    let mut commands: Vec<Command> = Vec::new();
    let (mut labels, mut open) = (BTreeMap::new(), Vec::new());
    let mut rest = script.chars().peekable();
    loop {
        while rest.next_if(|next| matches!(next, ' ' | '\t' | '\n' | ';')).is_some() {}
        let place = commands.len();
        match rest.peek() {
            None => break,
            Some('#') => {
                while rest.next_if(|next| *next != '\n').is_some() {}
                continue;
            }
            Some('}') => {
                rest.next();
                let start: usize = open.pop()?;
                commands.get_mut(start)?.action = Action::Block(place);
                commands.push(Command { addresses: Addresses::All, negated: false, action: Action::Nothing });
                ends(&mut rest)?;
            }
            Some(':') => {
                rest.next();
                let label = label(&mut rest).filter(|label| !label.is_empty())?;
                if labels.insert(label, place).is_some() {
                    return None;
                }
                commands.push(Command { addresses: Addresses::All, negated: false, action: Action::Nothing });
            }
            Some(_) => {
                let command = command(&mut rest, syntax, meaning)?;
                if matches!(command.action, Action::Block(_)) {
                    open.push(place);
                }
                commands.push(command);
            }
        }
    }
    let end = commands.len();
    for command in &mut commands {
        if let Action::Branch(_, target) = &mut command.action
            && let Target::Label(label) = target
        {
            *target = Target::At(if label.is_empty() { end } else { *labels.get(label)? });
        }
    }
    open.is_empty().then_some(commands)
}

/// Whether an `s` may have an empty pattern, with whatever delimiter; more often than it has.
fn has_empty_pattern(script: &str) -> bool {
    let all: Vec<char> = script.chars().collect();
    all.windows(3).any(|window| matches!(window, ['s', one, other] if one == other))
}

/// What ends a command.
fn ends(rest: &mut Rest<'_>) -> Option<()> {
    skip_blanks(rest);
    matches!(rest.peek(), None | Some(';' | '\n' | '}' | '#')).then_some(())
}

/// A label, up to what ends it in every version.
fn label(rest: &mut Rest<'_>) -> Option<String> {
    skip_blanks(rest);
    let mut label = String::new();
    while let Some(letter) = rest.next_if(|next| next.is_ascii_alphanumeric() || *next == '_') {
        label.push(letter);
    }
    let ends = match rest.peek() {
        None | Some(';' | '\n') => true,
        Some('}') => label.is_empty(),
        Some(_) => false,
    };
    ends.then_some(label)
}

/// The text of `a`, `i` and `c`, up to the end of its line; escapes in it are not modelled.
fn text(rest: &mut Rest<'_>) -> Option<String> {
    skip_blanks(rest);
    if rest.next_if_eq(&'\\').is_some() {
        let mut ahead = rest.clone();
        skip_blanks(&mut ahead);
        if ahead.next_if_eq(&'\n').is_some() {
            *rest = ahead;
        } else if rest.peek().is_some_and(|next| next.is_ascii_alphabetic()) {
            return None;
        }
    }
    let mut text = String::new();
    while let Some(character) = rest.next_if(|next| *next != '\n') {
        text.push(character);
    }
    text.push('\n');
    (!text.contains('\\') && text.len() > 1).then_some(text)
}

fn command(rest: &mut Rest<'_>, syntax: Syntax, meaning: Meaning) -> Option<Command> {
    let addresses = addresses(rest, syntax, meaning)?;
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
        'n' => Action::Next { append: false },
        'N' => Action::Next { append: true },
        'P' => Action::PrintFirst,
        'D' => Action::DeleteFirst,
        'b' => Action::Branch(When::Always, Target::Label(label(rest)?)),
        't' => Action::Branch(When::Changed, Target::Label(label(rest)?)),
        'T' => Action::Branch(When::Unchanged, Target::Label(label(rest)?)),
        'a' => Action::Append(text(rest)?),
        'i' => Action::Insert(text(rest)?),
        // In a range the text comes once.
        'c' if !negated && !matches!(addresses, Addresses::Range { .. }) => Action::Change(text(rest)?),
        '{' => return Some(Command { addresses, negated, action: Action::Block(0) }),
        _ => return None,
    };
    ends(rest)?;
    Some(Command { addresses, negated, action })
}

fn skip_blanks(rest: &mut Rest<'_>) {
    while rest.next_if(|next| matches!(next, ' ' | '\t')).is_some() {}
}

fn addresses(rest: &mut Rest<'_>, syntax: Syntax, meaning: Meaning) -> Option<Addresses> {
    let Some(from) = address(rest, syntax, meaning)? else { return Some(Addresses::All) };
    skip_blanks(rest);
    if rest.next_if_eq(&',').is_none() {
        return Some(Addresses::One(from));
    }
    skip_blanks(rest);
    let to = match rest.next_if_eq(&'+') {
        Some(_) => RangeEnd::More(line_number(rest)?),
        None => RangeEnd::Address(address(rest, syntax, meaning)??),
    };
    Some(Addresses::Range { from, to, open: None })
}

/// An address, if there is one. The outer `None` is an address that is not modelled.
#[expect(clippy::option_option, reason = "absent and not modelled are different")]
fn address(rest: &mut Rest<'_>, syntax: Syntax, meaning: Meaning) -> Option<Option<Address>> {
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
            Address::Match(compile(&pattern, syntax, ignore_case, meaning)?)
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
            ';' | '\n' | ' ' | '\t' | '}' | '#' => break,
            _ => return None,
        }
        rest.next();
    }
    let pattern = compile(&pattern, syntax, ignore_case, Meaning::Extent)?;
    let replacement = Replacement::parse(&replacement, pattern.as_ref().map_or(0, |pattern| pattern.groups))?;
    Some(Action::Substitute { pattern, replacement, first: first.unwrap_or(1), all, print })
}

/// A pattern; the inner `None` is the empty one.
#[expect(clippy::option_option, reason = "empty and not modelled are different")]
fn compile(
    pattern: &str,
    syntax: Syntax,
    ignore_case: bool,
    meaning: Meaning,
) -> Option<Option<Rc<Pattern>>> {
    if pattern.is_empty() {
        return (!ignore_case).then_some(None);
    }
    Some(Some(Rc::new(Pattern::compile(pattern, syntax, ignore_case, meaning)?)))
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
