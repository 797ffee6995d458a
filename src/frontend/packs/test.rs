//! `argvet packs test`: do the examples of a pack come out as it says, and which rules match a command?

use super::known::{Known, Meant};
use crate::frontend::cli::Color;
use crate::frontend::{Error, Exit, judge, output, place};
use crate::policy::rehearsal::obstacles;
use crate::{PackText, run_examples};
use std::io::Write;

/// `1 pack`, `2 packs`
pub(super) fn counted(packs: usize) -> String {
    format!("{packs} {}", if packs == 1 { "pack" } else { "packs" })
}

/// Runs the examples of a pack, of a pack file, or of all packs.
pub(super) fn examples(known: Known, pack: Option<&str>) -> Result<Exit, Error> {
    let meant = known.meant(pack)?;
    let Meant { policy, packs, .. } = &meant;
    let mut out = output::human(Color::Auto);
    let mut failed = 0;
    for pack in packs {
        for outcome in run_examples(&pack.id, policy) {
            failed += 1;
            writeln!(out, "{outcome}").map_err(Error::Write)?;
        }
    }
    let count = |pack: &PackText| {
        let rules = policy.catalog.rules(&pack.id);
        pack.harmless.len() + rules.iter().map(|rule| rule.blocks.len() + rule.allows.len()).sum::<usize>()
    };
    let total: usize = packs.iter().map(count).sum();
    let written = writeln!(out, "{}, {total} examples, {failed} not as the pack says", counted(packs.len()));
    written.and_then(|()| out.flush()).map_err(Error::Write)?;
    Ok(meant.exit(failed))
}

/// Prints which rules of a pack match a command.
pub(super) fn command(known: Known, pack: Option<&str>, command: &str) -> Result<Exit, Error> {
    let Meant { policy, packs, .. } = known.meant(pack)?;
    let facts = place::facts(std::env::current_dir().ok().as_deref());
    let judged = judge::judge(command.as_bytes(), &policy, &facts);
    let mut out = output::human(Color::Auto);
    let of_packs =
        |rule: &str| packs.iter().any(|pack| rule.split_once('/').is_some_and(|(id, _)| id == pack.id));
    let findings = judged.verdict.findings.iter().filter(|finding| of_packs(&finding.rule));
    let mut decision = None;
    for finding in findings {
        decision = decision.max(Some(finding.decision));
        let certainty = if finding.certainty == crate::Match::Certain { "certain" } else { "possible" };
        writeln!(out, "{}  {}, {certainty}: {}", finding.rule, finding.severity.name(), finding.title)
            .map_err(Error::Write)?;
    }
    // Why the others do not, where it is clear which are meant.
    for pack in packs.iter().filter(|_| pack.is_some()) {
        let dim = anstyle::Style::new().dimmed();
        for (rule, why) in obstacles(&pack.id, &judged.trace, &policy, &facts) {
            writeln!(out, "{dim}{rule}  no: {why}{dim:#}").map_err(Error::Write)?;
        }
    }
    if decision.is_none() {
        writeln!(out, "no rule matches").map_err(Error::Write)?;
    }
    out.flush().map_err(Error::Write)?;
    Ok(decision.unwrap_or_default().into())
}
