//! `argvet packs validate`: what a pack lacks, beyond what stops it from loading.

use super::test::{counted, load};
use crate::frontend::cli::Color;
use crate::frontend::{Error, Exit, output};
use crate::syntax::{Reading, parse};
use crate::{Catalog, Coverage, Policy, coverage, run_examples};
use std::io::Write;

/// The share of a pack's rule parts that has to be needed by an example, in percent.
const LEAST_COVERED: usize = 90;

/// Prints everything that keeps packs from being complete.
pub(super) fn run(catalog: Catalog, pack: Option<&str>) -> Result<Exit, Error> {
    let (policy, packs) = load(catalog, pack)?;
    let mut out = output::human(Color::Auto);
    let mut count = 0;
    for pack in &packs {
        let covered = coverage(&pack.id, &policy);
        for problem in problems(&pack.id, &policy, &covered) {
            count += 1;
            writeln!(out, "{problem}").map_err(Error::Write)?;
        }
        for part in &covered.unexercised {
            writeln!(out, "note: {part} is needed by no example").map_err(Error::Write)?;
        }
    }
    let written = writeln!(out, "{}, {count} problems", counted(packs.len()));
    written.and_then(|()| out.flush()).map_err(Error::Write)?;
    Ok(if count == 0 { Exit::Allow } else { Exit::Deny })
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
