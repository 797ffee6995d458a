//! `argvet packs list`: what there is.

use crate::frontend::cli::{Color, Format};
use crate::frontend::document::SCHEMA;
use crate::frontend::printable::{clip, width};
use crate::frontend::{Error, Exit, output};
use crate::{Catalog, PackText};
use serde::Serialize;
use std::io::Write;

/// The JSON document of `packs list`.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct List {
    /// Version of this shape: 1.
    schema: u32,
    /// All packs, in the order of their ids.
    packs: Vec<Pack>,
}

/// A pack.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Pack {
    /// `backup.restic`
    id: String,
    /// Its name for people.
    title: String,
    /// What it covers.
    summary: String,
    /// How central it is: 0 core, 1, 2, 3.
    tier: u8,
    /// Whether it is on without being asked for.
    default: bool,
    /// The ids of its rules.
    rules: Vec<String>,
    /// The programs whose grammar it defines.
    programs: Vec<String>,
    /// The programs and versions that it was checked against.
    checked: Vec<Checked>,
}

/// What a pack was checked against.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Checked {
    /// The program.
    program: String,
    /// Its version.
    version: String,
    /// The day.
    on: String,
}

/// Prints all packs.
pub(super) fn run(catalog: &Catalog, format: Format) -> Result<Exit, Error> {
    let packs: Vec<Pack> = catalog.packs().into_iter().map(|text| pack(text, catalog)).collect();
    match format {
        Format::Json => output::json(&List { schema: SCHEMA, packs })?,
        Format::Human => table(&packs).map_err(Error::Write)?,
    }
    Ok(Exit::Allow)
}

fn pack(text: PackText, catalog: &Catalog) -> Pack {
    Pack {
        rules: catalog.rules(&text.id).into_iter().map(|rule| rule.id).collect(),
        id: text.id,
        title: text.title,
        summary: text.summary,
        tier: text.tier,
        default: text.default,
        programs: text.programs,
        checked: text
            .checked
            .into_iter()
            .map(|checked| Checked { program: checked.program, version: checked.version, on: checked.on })
            .collect(),
    }
}

fn table(packs: &[Pack]) -> std::io::Result<()> {
    let mut out = output::human(Color::Auto);
    let (bold, dim) = (anstyle::Style::new().bold(), anstyle::Style::new().dimmed());
    let longest = packs.iter().map(|pack| width(&pack.id)).max().unwrap_or(0).max(4);
    let room = output::columns().saturating_sub(longest + 21).max(20);
    writeln!(out, "{dim}{:longest$}  tier  on   rules  about{dim:#}", "pack")?;
    for pack in packs {
        let on = if pack.default { "yes" } else { "no" };
        writeln!(
            out,
            "{bold}{:longest$}{bold:#}  {:>4}  {on:3}  {:>5}  {}",
            pack.id,
            pack.tier,
            pack.rules.len(),
            clip(&pack.summary, room)
        )?;
    }
    let rules: usize = packs.iter().map(|pack| pack.rules.len()).sum();
    let on = packs.iter().filter(|pack| pack.default).count();
    writeln!(out, "{dim}{} packs with {rules} rules; {on} packs are on by default{dim:#}", packs.len())?;
    out.flush()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::frontend::document::tests::assert_schema;

    #[test]
    fn the_schema_on_disk_is_the_lists() {
        assert_schema("packs", &schemars::schema_for!(List));
    }
}
