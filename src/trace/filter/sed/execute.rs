//! Runs a sed script over text.

use super::super::LIMIT;
use super::super::regex::Pattern;
use super::replacement::Replacement;
use super::script::{Action, Address, Addresses, Command, RangeEnd, Until};

/// The most text that commands may produce on the way.
const WORK_LIMIT: usize = 8 * LIMIT;

/// What is printed. A missing last newline is added only when more follows.
#[derive(Default)]
struct Output {
    bytes: String,
    lacks_newline: bool,
}

impl Output {
    fn print(&mut self, text: &str, newline: bool) -> Option<()> {
        if self.lacks_newline {
            self.bytes.push('\n');
        }
        self.bytes.push_str(text);
        if newline {
            self.bytes.push('\n');
        }
        self.lacks_newline = !newline;
        (self.bytes.len() <= LIMIT).then_some(())
    }
}

/// One line on its way through the script.
struct Cycle<'a> {
    number: usize,
    is_last: bool,
    has_newline: bool,
    pattern_space: String,
    hold: &'a mut String,
    out: &'a mut Output,
}

/// What happens after a command.
enum Next {
    Command,
    Line,
    Quit,
}

/// The output of the script; `None` where a command meets text that it is not modelled for.
pub(super) fn execute(commands: &mut [Command], text: &str, quiet: bool) -> Option<Vec<u8>> {
    let holds = |command: &Command| {
        matches!(command.action, Action::Hold { .. } | Action::Get { .. } | Action::Exchange)
    };
    // The hold space has its own idea of a missing last newline.
    if !text.is_empty() && !text.ends_with('\n') && commands.iter().any(holds) {
        return None;
    }
    let mut out = Output::default();
    let mut hold = String::new();
    let mut work = 0;
    let mut lines = text.split_inclusive('\n').zip(1..).peekable();
    while let Some((line, number)) = lines.next() {
        let body = line.strip_suffix('\n');
        let mut cycle = Cycle {
            number,
            is_last: lines.peek().is_none(),
            has_newline: body.is_some(),
            pattern_space: body.unwrap_or(line).to_owned(),
            hold: &mut hold,
            out: &mut out,
        };
        let mut next = Next::Command;
        for command in &mut *commands {
            work += cycle.pattern_space.len() + 1;
            if work > WORK_LIMIT {
                return None;
            }
            if cycle.is_selected(&mut command.addresses)? == command.negated {
                continue;
            }
            next = cycle.apply(&command.action)?;
            if !matches!(next, Next::Command) {
                break;
            }
        }
        if !quiet && !matches!(next, Next::Line) {
            cycle.print()?;
        }
        if matches!(next, Next::Quit) {
            break;
        }
    }
    Some(out.bytes.into_bytes())
}

impl Cycle<'_> {
    fn print(&mut self) -> Option<()> {
        self.out.print(&self.pattern_space, self.has_newline)
    }

    fn is_at(&self, address: &Address) -> Option<bool> {
        Some(match address {
            Address::Line(line) => *line == self.number,
            Address::Last => self.is_last,
            Address::Match(pattern) => pattern.on(&self.pattern_space)?.is_match(&self.pattern_space),
        })
    }

    fn is_selected(&self, addresses: &mut Addresses) -> Option<bool> {
        match addresses {
            Addresses::All => Some(true),
            Addresses::One(address) => self.is_at(address),
            Addresses::Range { from, to, open } => self.is_in_range(from, to, open),
        }
    }

    fn is_in_range(&self, from: &Address, to: &RangeEnd, open: &mut Option<Until>) -> Option<bool> {
        let Some(until) = *open else {
            if !self.is_at(from)? {
                return Some(false);
            }
            let until = match to {
                RangeEnd::More(count) => Until::Line(self.number + count),
                RangeEnd::Address(Address::Line(line)) => Until::Line(*line),
                RangeEnd::Address(Address::Last) => Until::Last,
                RangeEnd::Address(Address::Match(_)) => Until::Match,
            };
            let ends_at_once = matches!(until, Until::Line(line) if line <= self.number);
            *open = (!ends_at_once).then_some(until);
            return Some(true);
        };
        let (selected, ends) = match (until, to) {
            (Until::Line(line), _) => (self.number <= line, self.number >= line),
            (Until::Last, _) => (true, self.is_last),
            (Until::Match, RangeEnd::Address(address)) => (true, self.is_at(address)?),
            (Until::Match, RangeEnd::More(_)) => return None,
        };
        if ends {
            *open = None;
        }
        Some(selected)
    }

    fn apply(&mut self, action: &Action) -> Option<Next> {
        match action {
            Action::Substitute { pattern, replacement, first, all, print } => {
                let changed = substitute(&self.pattern_space, pattern, replacement, *first, *all)?;
                if let Some(changed) = changed {
                    self.pattern_space = changed;
                    if *print {
                        self.print()?;
                    }
                }
            }
            Action::Transliterate(pairs) => {
                let change =
                    |from: char| pairs.iter().find(|pair| pair.0 == from).map_or(from, |pair| pair.1);
                self.pattern_space = self.pattern_space.chars().map(change).collect();
            }
            Action::Delete => return Some(Next::Line),
            Action::Print => self.print()?,
            Action::PrintNumber => self.out.print(&self.number.to_string(), true)?,
            // On a last line without newline, `q` adds one.
            Action::Quit => return self.has_newline.then_some(Next::Quit),
            Action::Hold { append: false } => self.hold.clone_from(&self.pattern_space),
            Action::Hold { append: true } => {
                self.hold.push('\n');
                self.hold.push_str(&self.pattern_space);
            }
            Action::Get { append: false } => self.pattern_space.clone_from(self.hold),
            Action::Get { append: true } => {
                self.pattern_space.push('\n');
                self.pattern_space.push_str(self.hold);
            }
            Action::Exchange => std::mem::swap(&mut self.pattern_space, self.hold),
        }
        (self.pattern_space.len() <= LIMIT && self.hold.len() <= LIMIT).then_some(Next::Command)
    }
}

/// Replaces match number `first`, or all from it on. The inner `None`: there is no such match.
#[expect(clippy::option_option, reason = "unchanged and not modelled are different")]
fn substitute(
    text: &str,
    pattern: &Pattern,
    replacement: &Replacement,
    first: usize,
    all: bool,
) -> Option<Option<String>> {
    let regex = pattern.on(text)?;
    let mut out = String::new();
    let mut copied = 0;
    let mut changed = false;
    for (captures, number) in regex.captures_iter(text).zip(1..) {
        if number < first {
            continue;
        }
        let whole = captures.get(0)?;
        out.push_str(text.get(copied..whole.start())?);
        replacement.write(&captures, &mut out)?;
        copied = whole.end();
        changed = true;
        if out.len() > LIMIT {
            return None;
        }
        if !all {
            break;
        }
    }
    out.push_str(text.get(copied..)?);
    Some(changed.then_some(out))
}
