//! `argvet log`: what was recorded, filtered, as a table, as it is stored, or counted.

use super::{Entry, old_path, path};
use crate::frontend::cli::{Color, Format, LogArgs};
use crate::frontend::locations::Locations;
use crate::frontend::printable::{one_line, start_of};
use crate::frontend::{Error, Exit, output};
use std::collections::{BTreeMap, VecDeque};
use std::fs::File;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;

/// Columns of a command in the table.
const MAX_SHOWN: usize = 100;

/// Prints what was recorded.
pub(crate) fn run(arguments: &LogArgs) -> Result<Exit, Error> {
    let Some(locations) = Locations::of(None) else {
        return Err(Error::Argument("expected a home directory".to_owned()));
    };
    let mut kept = VecDeque::new();
    let most = arguments.tail.unwrap_or(usize::MAX);
    let mut recorded = 0;
    for file in [old_path(&locations), path(&locations)] {
        read(&file, |entry| {
            recorded += 1;
            if is_wanted(&entry, arguments) {
                kept.push_back(entry);
            }
            if kept.len() > most {
                kept.pop_front();
            }
        })?;
    }
    let mut out = output::human(Color::Auto);
    let written = match (arguments.summary, arguments.format) {
        (true, _) => summary(&mut out, &kept),
        (false, Format::Json) => kept.iter().try_for_each(|entry| {
            let line = serde_json::to_string(entry).map_err(std::io::Error::from)?;
            writeln!(out, "{line}")
        }),
        (false, Format::Human) if recorded == 0 => writeln!(out, "nothing is recorded"),
        (false, Format::Human) if kept.is_empty() => writeln!(out, "none of {recorded} commands fits"),
        (false, Format::Human) => kept.iter().try_for_each(|entry| line(&mut out, entry)),
    };
    written.and_then(|()| out.flush()).map_err(Error::Write)?;
    Ok(Exit::Allow)
}

/// Gives each line of a log that can be read. One that was cut when the machine stopped is left out.
fn read(path: &Path, mut take: impl FnMut(Entry)) -> Result<(), Error> {
    // A pipe in its place would wait for somebody who writes to it.
    if path.metadata().is_ok_and(|metadata| !metadata.is_file()) {
        let source = std::io::Error::other("expected a file");
        return Err(Error::Read { path: path.to_owned(), source });
    }
    let Ok(file) = File::open(path) else { return Ok(()) };
    for line in BufReader::new(file).split(b'\n') {
        let line = line.map_err(|source| Error::Read { path: path.to_owned(), source })?;
        if let Ok(entry) = serde_json::from_slice(&line) {
            take(entry);
        }
    }
    Ok(())
}

fn is_wanted(entry: &Entry, arguments: &LogArgs) -> bool {
    let is_rule = |wanted: &String| {
        let fits =
            |rule: &String| rule == wanted || rule.split_once('/').is_some_and(|(pack, _)| pack == wanted);
        entry.rules.iter().chain(&entry.excused).any(fits)
    };
    arguments.verdict.as_ref().is_none_or(|verdict| *verdict == entry.verdict)
        && arguments.host.as_ref().is_none_or(|host| *host == entry.host)
        && arguments.since.as_ref().is_none_or(|day| entry.time >= *day)
        && arguments.rule.as_ref().is_none_or(is_rule)
}

fn line(out: &mut dyn Write, entry: &Entry) -> std::io::Result<()> {
    let command = start_of(entry.command.as_bytes(), MAX_SHOWN);
    let rules =
        if entry.rules.is_empty() { String::new() } else { format!("  [{}]", entry.rules.join(", ")) };
    let host = one_line(entry.host.as_bytes());
    writeln!(
        out,
        "{}  {:<5}  {host:<12}  {command}{}",
        one_line(entry.time.as_bytes()),
        entry.verdict,
        one_line(rules.as_bytes())
    )
}

fn summary(out: &mut dyn Write, entries: &VecDeque<Entry>) -> std::io::Result<()> {
    writeln!(out, "{} commands", entries.len())?;
    let of = |keys: fn(&Entry) -> Vec<String>| {
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        for key in entries.iter().flat_map(keys) {
            *counts.entry(key).or_default() += 1;
        }
        counts
    };
    let tables = [
        ("verdict", of(|entry| vec![entry.verdict.clone()])),
        ("rule", of(|entry| entry.rules.clone())),
        ("host", of(|entry| vec![entry.host.clone()])),
        ("day", of(|entry| vec![entry.time.chars().take(10).collect()])),
    ];
    for (title, counts) in tables {
        if counts.is_empty() {
            continue;
        }
        writeln!(out, "\nby {title}")?;
        let mut counts: Vec<(String, usize)> = counts.into_iter().collect();
        if title != "day" {
            counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        }
        for (key, count) in counts {
            writeln!(out, "{count:>7}  {}", one_line(key.as_bytes()))?;
        }
    }
    Ok(())
}
