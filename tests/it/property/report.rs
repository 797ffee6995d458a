//! Counts by disguise and family.

use super::case::Case;
use super::judge::Outcome;
use std::collections::BTreeMap;
use std::fmt;

#[derive(Default)]
struct Counts([usize; 6]);

impl Counts {
    fn of(&self, outcome: Outcome) -> usize {
        self.0[outcome as usize]
    }
}

impl fmt::Display for Counts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let columns = [
            Outcome::Denied,
            Outcome::Asked,
            Outcome::Weakened,
            Outcome::Unforeseen,
            Outcome::Missed,
            Outcome::Inert,
        ];
        columns.iter().try_for_each(|outcome| write!(f, " {:7}", self.of(*outcome)))
    }
}

/// What came of all cases.
#[derive(Default)]
pub(super) struct Report {
    all: Counts,
    rows: BTreeMap<String, Counts>,
}

impl Report {
    pub(super) fn add(&mut self, case: &Case, outcome: Outcome) {
        self.all.0[outcome as usize] += 1;
        let mut names = vec![format!("{} layers", case.layers.len())];
        for layer in &case.layers {
            names.push(format!("family {}", layer.family()));
            names.push(format!("{}: {}", layer.family(), layer.name()));
        }
        for name in names {
            self.rows.entry(name).or_default().0[outcome as usize] += 1;
        }
    }

    /// The cases that count.
    pub(super) fn judged(&self) -> usize {
        self.all.0.iter().sum::<usize>() - self.all.of(Outcome::Inert)
    }

    /// How many of a hundred are denied, of those whose payload is denied as it stands.
    pub(super) fn denied_percent(&self) -> usize {
        let wanted = self.judged() - self.all.of(Outcome::Asked);
        self.all.of(Outcome::Denied) * 100 / wanted.max(1)
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{:40}  denied   asked   weaker  unseen  missed   inert", "disguise")?;
        for (name, counts) in &self.rows {
            writeln!(f, "{name:40}{counts}")?;
        }
        writeln!(f, "{:40}{}", "all", self.all)
    }
}
