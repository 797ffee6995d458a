//! The right side of a sed `s` command.

use super::super::regex::hexadecimal;
use regex::Captures;

/// A replacement.
pub(super) struct Replacement {
    parts: Vec<Part>,
    changes_case: bool,
}

enum Part {
    Text(char),
    /// `&` is group 0.
    Group(usize),
    /// `\U`, `\L`, `\E`.
    Case(Case),
    /// `\u`, `\l`.
    NextCase(Case),
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Case {
    Unchanged,
    Upper,
    Lower,
}

impl Replacement {
    /// Reads a replacement for an expression with `groups` groups.
    pub(super) fn parse(text: &str, groups: usize) -> Option<Replacement> {
        let mut parts = Vec::new();
        let mut changes_case = false;
        let mut rest = text.chars().peekable();
        while let Some(character) = rest.next() {
            parts.push(match character {
                '&' => Part::Group(0),
                '\\' => match rest.next()? {
                    digit @ '0'..='9' => {
                        let group = usize::try_from(digit.to_digit(10)?).ok()?;
                        if group > groups {
                            return None;
                        }
                        Part::Group(group)
                    }
                    'n' => Part::Text('\n'),
                    't' => Part::Text('\t'),
                    'x' => Part::Text(hexadecimal(&mut rest)?),
                    letter @ ('U' | 'L' | 'E' | 'u' | 'l') => {
                        changes_case = true;
                        match letter {
                            'U' => Part::Case(Case::Upper),
                            'L' => Part::Case(Case::Lower),
                            'E' => Part::Case(Case::Unchanged),
                            'u' => Part::NextCase(Case::Upper),
                            _ => Part::NextCase(Case::Lower),
                        }
                    }
                    '\n' => Part::Text('\n'),
                    escaped if escaped.is_ascii_punctuation() || escaped == ' ' => Part::Text(escaped),
                    _ => return None,
                },
                other => Part::Text(other),
            });
        }
        Some(Replacement { parts, changes_case })
    }

    /// Writes the replacement of one match; `None` where case depends on the locale.
    pub(super) fn write(&self, captures: &Captures<'_>, out: &mut String) -> Option<()> {
        if !self.changes_case {
            for part in &self.parts {
                match part {
                    Part::Text(character) => out.push(*character),
                    Part::Group(group) => {
                        out.push_str(captures.get(*group).map_or("", |found| found.as_str()))
                    }
                    Part::Case(_) | Part::NextCase(_) => {}
                }
            }
            return Some(());
        }
        let (mut case, mut next) = (Case::Unchanged, None);
        let mut buffer = [0; 4];
        for part in &self.parts {
            let text = match part {
                Part::Text(character) => &*character.encode_utf8(&mut buffer),
                Part::Group(group) => captures.get(*group).map_or("", |found| found.as_str()),
                Part::Case(new) => {
                    case = *new;
                    continue;
                }
                Part::NextCase(new) => {
                    next = Some(*new);
                    continue;
                }
            };
            if !text.is_ascii() {
                return None;
            }
            for character in text.chars() {
                out.push(match next.take().unwrap_or(case) {
                    Case::Unchanged => character,
                    Case::Upper => character.to_ascii_uppercase(),
                    Case::Lower => character.to_ascii_lowercase(),
                });
            }
        }
        Some(())
    }
}
