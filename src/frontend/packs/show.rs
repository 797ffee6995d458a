//! `argvet packs show`: a pack as a page to read.

use crate::frontend::report::paragraph::{self, MARGIN};
use crate::frontend::{Error, Exit, output};
use crate::{Catalog, PackText, RuleText};
use std::io::{self, Write};

/// Widest page.
const MAX_WIDTH: usize = 100;

/// Prints the pack, or the rule, with this id.
pub(super) fn run(catalog: &Catalog, id: &str, mut out: impl Write) -> Result<Exit, Error> {
    let (pack, rule) = id.split_once('/').map_or((id, None), |(pack, rule)| (pack, Some(rule)));
    let Some(text) = catalog.packs().into_iter().find(|text| text.id == pack) else {
        return Err(Error::Argument(format!("no pack is named {pack}; see `argvet packs list`")));
    };
    let mut rules = catalog.rules(pack);
    if rule.is_some() {
        rules.retain(|rule| rule.id == id);
    }
    if rules.is_empty() && rule.is_some() {
        return Err(Error::Argument(format!("{pack} has no rule {id}; see `argvet packs show {pack}`")));
    }
    let width = output::columns().clamp(40, MAX_WIDTH);
    page(&mut out, &text, &rules, rule.is_none(), width).map_err(Error::Write)?;
    Ok(Exit::Allow)
}

fn page(
    out: &mut dyn Write,
    pack: &PackText,
    rules: &[RuleText],
    whole: bool,
    width: usize,
) -> io::Result<()> {
    let bold = anstyle::Style::new().bold();
    writeln!(out)?;
    if whole {
        writeln!(out, "{MARGIN}{bold}{}{bold:#}  {}", pack.id, pack.title)?;
        writeln!(out)?;
        paragraph::field(out, "about", &pack.summary, width)?;
        let on = if pack.default { "on by default" } else { "off by default; `--packs` switches it on" };
        paragraph::field(out, "tier", &format!("{}, {on}", pack.tier), width)?;
        paragraph::field(out, "programs", &pack.programs.join(", "), width)?;
        for checked in &pack.checked {
            let text =
                format!("{} {} on {}: {}", checked.program, checked.version, checked.on, checked.source);
            paragraph::field(out, "checked", &text, width)?;
        }
        writeln!(out)?;
    }
    for rule in rules {
        write_rule(out, rule, width)?;
    }
    if whole && !pack.harmless.is_empty() {
        paragraph::verbatim(out, "harmless", &pack.harmless)?;
        writeln!(out)?;
    }
    out.flush()
}

fn write_rule(out: &mut dyn Write, rule: &RuleText, width: usize) -> io::Result<()> {
    let (bold, severity) = (anstyle::Style::new().bold(), rule.severity.name());
    writeln!(out, "{MARGIN}{bold}{}{bold:#}  {severity}", rule.id)?;
    paragraph::field(out, "", &rule.title, width)?;
    paragraph::field(out, "why", &rule.why, width)?;
    paragraph::verbatim(out, "instead", &rule.instead)?;
    paragraph::verbatim(out, "stops", &rule.blocks)?;
    paragraph::verbatim(out, "lets", &rule.allows)?;
    writeln!(out)
}
