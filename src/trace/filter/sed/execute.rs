//! Runs a sed script over text.

use super::super::LIMIT;
use super::super::regex::Pattern;
use super::replacement::Replacement;
use super::script::{Action, Address, Addresses, Command, RangeEnd, Target, Until, When};
use std::iter::Peekable;
use std::rc::Rc;
use std::str::SplitInclusive;

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
    lines: Lines<'a>,
    number: usize,
    has_newline: bool,
    pattern_space: String,
    hold: String,
    /// What `a` prints behind the line.
    appended: String,
    /// The pattern that was used last.
    last: Option<Rc<Pattern>>,
    /// Whether something was replaced since the line was read, or since `t` asked.
    changed: bool,
    quiet: bool,
    out: Output,
}

type Lines<'a> = Peekable<SplitInclusive<'a, char>>;

/// What happens after a command.
enum Next {
    Command,
    To(usize),
    Line,
    /// The script again, with the line that is there.
    Again,
    Quit,
    /// The same, and what is there is not printed.
    QuitSilently,
}

/// The output of the script; `None` where a command meets text that it is not modelled for.
pub(super) fn execute(commands: &mut [Command], text: &str, quiet: bool) -> Option<Vec<u8>> {
    let has = |wanted: fn(&Action) -> bool| commands.iter().any(|command| wanted(&command.action));
    let holds = has(|action| matches!(action, Action::Hold { .. } | Action::Get { .. } | Action::Exchange));
    // The hold space has its own idea of a missing last newline.
    if !text.is_empty() && !text.ends_with('\n') && holds {
        return None;
    }
    // When a line is used again, what was appended to it is printed at different times.
    if has(|action| matches!(action, Action::Append(_)))
        && has(|action| matches!(action, Action::DeleteFirst))
    {
        return None;
    }
    let mut cycle = Cycle {
        lines: text.split_inclusive('\n').peekable(),
        number: 0,
        has_newline: true,
        pattern_space: String::new(),
        hold: String::new(),
        appended: String::new(),
        last: None,
        changed: false,
        quiet,
        out: Output::default(),
    };
    let (mut work, mut again) = (0, false);
    while again || cycle.read(false) {
        let next = cycle.script(commands, &mut work)?;
        again = matches!(next, Next::Again);
        if !quiet && matches!(next, Next::Command | Next::Quit) {
            cycle.print()?;
        }
        cycle.flush()?;
        if matches!(next, Next::Quit | Next::QuitSilently) {
            break;
        }
    }
    Some(cycle.out.bytes.into_bytes())
}

impl Cycle<'_> {
    /// Runs the commands for the line that is there.
    fn script(&mut self, commands: &mut [Command], work: &mut usize) -> Option<Next> {
        let mut at = 0;
        while let Some(command) = commands.get_mut(at) {
            *work += self.pattern_space.len() + 1;
            if *work > WORK_LIMIT {
                return None;
            }
            at += 1;
            let selected = self.is_selected(&mut command.addresses)? != command.negated;
            if !selected {
                if let Action::Block(end) = command.action {
                    at = end;
                }
                continue;
            }
            match self.apply(&command.action)? {
                Next::Command => {}
                Next::To(place) => at = place,
                next => return Some(next),
            }
        }
        Some(Next::Command)
    }

    /// Reads the next line, in place of the one that is there or behind it. Whether there is one.
    fn read(&mut self, append: bool) -> bool {
        let Some(line) = self.lines.next() else { return false };
        let body = line.strip_suffix('\n');
        self.has_newline = body.is_some();
        self.number += 1;
        self.changed = false;
        if append {
            self.pattern_space.push('\n');
        } else {
            self.pattern_space.clear();
        }
        self.pattern_space.push_str(body.unwrap_or(line));
        true
    }

    fn print(&mut self) -> Option<()> {
        self.out.print(&self.pattern_space, self.has_newline)
    }

    /// Prints what was appended.
    fn flush(&mut self) -> Option<()> {
        let appended = std::mem::take(&mut self.appended);
        match appended.strip_suffix('\n') {
            Some(text) => self.out.print(text, true),
            None => Some(()),
        }
    }

    /// The pattern itself, or for an empty one that which was used last.
    fn pattern(&mut self, written: Option<&Rc<Pattern>>) -> Option<Rc<Pattern>> {
        if let Some(written) = written {
            self.last = Some(Rc::clone(written));
        }
        self.last.clone()
    }

    fn is_at(&mut self, address: &Address) -> Option<bool> {
        Some(match address {
            Address::Line(line) => *line == self.number,
            Address::Last => self.lines.peek().is_none(),
            Address::Match(pattern) => {
                let pattern = self.pattern(pattern.as_ref())?;
                pattern.on(&self.pattern_space)?.is_match(&self.pattern_space)
            }
        })
    }

    fn is_selected(&mut self, addresses: &mut Addresses) -> Option<bool> {
        match addresses {
            Addresses::All => Some(true),
            Addresses::One(address) => self.is_at(address),
            Addresses::Range { from, to, open } => self.is_in_range(from, to, open),
        }
    }

    fn is_in_range(&mut self, from: &Address, to: &RangeEnd, open: &mut Option<Until>) -> Option<bool> {
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
            (Until::Last, _) => (true, self.lines.peek().is_none()),
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
                let pattern = self.pattern(pattern.as_ref())?;
                let changed = substitute(&self.pattern_space, &pattern, replacement, *first, *all)?;
                if let Some(changed) = changed {
                    self.changed = true;
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
            Action::Get { append: false } => self.pattern_space.clone_from(&self.hold),
            Action::Get { append: true } => {
                self.pattern_space.push('\n');
                self.pattern_space.push_str(&self.hold);
            }
            Action::Exchange => std::mem::swap(&mut self.pattern_space, &mut self.hold),
            Action::Block(_) | Action::Nothing => {}
            Action::Branch(when, target) => return self.branch(*when, target),
            Action::Next { append } => return self.next_line(*append),
            Action::PrintFirst => {
                // Whether a last line without newline gets one depends on the version.
                let first = match self.pattern_space.split_once('\n') {
                    Some((first, _)) => first,
                    None if self.has_newline => &self.pattern_space,
                    None => return None,
                };
                self.out.print(first, true)?;
            }
            Action::DeleteFirst => {
                let Some((_, rest)) = self.pattern_space.split_once('\n') else { return Some(Next::Line) };
                self.pattern_space = rest.to_owned();
                return Some(Next::Again);
            }
            Action::Append(text) => self.appended.push_str(text),
            Action::Insert(text) => self.out.print(text.strip_suffix('\n').unwrap_or(text), true)?,
            Action::Change(text) => {
                self.out.print(text.strip_suffix('\n').unwrap_or(text), true)?;
                return Some(Next::Line);
            }
        }
        (self.pattern_space.len() <= LIMIT && self.hold.len() <= LIMIT).then_some(Next::Command)
    }
}

impl Cycle<'_> {
    fn branch(&mut self, when: When, target: &Target) -> Option<Next> {
        let taken = match when {
            When::Always => true,
            When::Changed => std::mem::take(&mut self.changed),
            When::Unchanged => !std::mem::take(&mut self.changed),
        };
        Some(match target {
            Target::At(place) if taken => Next::To(*place),
            Target::At(_) => Next::Command,
            Target::Label(_) => return None,
        })
    }

    /// `n` and `N`. Without another line GNU sed prints what is there and ends.
    fn next_line(&mut self, append: bool) -> Option<Next> {
        if self.lines.peek().is_none() {
            return Some(if self.quiet { Next::QuitSilently } else { Next::Quit });
        }
        if !append && !self.quiet {
            self.print()?;
        }
        self.flush()?;
        self.read(append);
        (self.pattern_space.len() <= LIMIT).then_some(Next::Command)
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
