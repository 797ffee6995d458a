//! `argvet packs validate`: what a pack lacks, beyond what stops it from loading.

use super::known::{Known, Meant};
use super::test::counted;
use crate::frontend::cli::Color;
use crate::frontend::{Error, Exit, output};
use crate::syntax::{Reading, parse};
use crate::{Coverage, PackText, Policy, coverage, run_examples};
use std::io::Write;

/// The share of a pack's rule parts that has to be needed by an example, in percent.
const LEAST_COVERED: usize = 90;

/// Prints everything that keeps packs from being complete; of a pack that is named also what its examples leave untried.
pub(super) fn run(known: Known, pack: Option<&str>) -> Result<Exit, Error> {
    let meant = known.meant(pack)?;
    let Meant { policy, packs, .. } = &meant;
    let mut out = output::human(Color::Auto);
    let (mut count, mut untried) = (0, 0);
    for PackText { id, .. } in packs {
        let covered = coverage(id, policy);
        for problem in problems(id, policy, &covered) {
            count += 1;
            writeln!(out, "{problem}").map_err(Error::Write)?;
        }
        untried += covered.unexercised.len();
        if pack.is_some() {
            write_untried(&mut out, &covered.unexercised).map_err(Error::Write)?;
        }
    }
    let problems = if count == 1 { "1 problem".to_owned() } else { format!("{count} problems") };
    let parts = if untried == 1 { "1 part of a rule is" } else { &format!("{untried} parts of rules are") };
    let more = match (untried, pack) {
        (0, _) => String::new(),
        (_, Some(_)) => format!("; {parts} needed by no example"),
        (_, None) => format!("; {parts} needed by no example (`argvet packs validate PACK` lists them)"),
    };
    let written = writeln!(out, "{}, {problems}{more}", counted(packs.len()));
    written.and_then(|()| out.flush()).map_err(Error::Write)?;
    Ok(meant.exit(count))
}

/// The parts of rules that no example needs, by their rule: `backup.rclone/sync: flag = "--max-delete=0"`.
fn write_untried(out: &mut impl Write, parts: &[String]) -> std::io::Result<()> {
    let mut last = "";
    for part in parts {
        let (rule, part) = part.split_once(": ").unwrap_or(("", part));
        if rule != last {
            writeln!(out, "{rule}: needed by no example:")?;
            last = rule;
        }
        writeln!(out, "  {part}")?;
    }
    Ok(())
}

/// One sentence for each problem, with the rule that has it.
fn problems(pack: &str, policy: &Policy, covered: &Coverage) -> Vec<String> {
    let mut problems = Vec::new();
    for rule in policy.catalog.rules(pack) {
        let (blocks, allows) = (rule.blocks.len(), rule.allows.len());
        if blocks < 3 || allows < 2 {
            problems.push(format!(
                "{}: expected at least 3 blocks and 2 allows, found {blocks} and {allows}",
                rule.id
            ));
        }
        if rule.instead.is_empty() {
            problems.push(format!("{}: expected in instead what to run instead", rule.id));
        }
        for example in rule.blocks.iter().chain(&rule.allows) {
            if matches!(parse(example.as_bytes()).reading, Reading::Unread { .. }) {
                problems.push(format!("{}: expected a command that bash reads, found `{example}`", rule.id));
            }
        }
    }
    problems.extend(run_examples(pack, policy).iter().map(ToString::to_string));
    if covered.percent() < LEAST_COVERED {
        let (percent, parts) = (covered.percent(), covered.parts);
        problems.push(format!(
            "{pack}: expected examples that need {LEAST_COVERED} % of the parts of its rules, found {percent} % of {parts}"
        ));
    }
    problems
}
