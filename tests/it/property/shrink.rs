//! The smallest form of a case that went wrong, as a case for the corpus.

use super::case::{Case, PAYLOADS, Payload};
use super::judge::{Outcome, outcomes};
use crate::disguise::encode::single;

/// The cases, each as small as it gets with that outcome.
pub(super) fn shown(payloads: &[Payload], cases: &[Case], outcome: Outcome) -> String {
    cases
        .iter()
        .map(|case| {
            let small = shrunk(payloads, case, outcome);
            let names: Vec<&str> = small.layers.iter().map(|layer| layer.name()).collect();
            format!(
                "# {}\n[[case]]\ncommand = {}\nverdict = \"{}\"\n\n",
                names.join(" < "),
                toml_text(&small.command),
                format!("{:?}", payloads[small.payload].plain).to_lowercase()
            )
        })
        .collect()
}

/// Leaves out layers, then takes a simpler payload, as long as the outcome stays.
fn shrunk(payloads: &[Payload], case: &Case, outcome: Outcome) -> Case {
    let mut best = case.clone();
    loop {
        let without = (0..best.layers.len()).map(|index| {
            let mut layers = best.layers.clone();
            layers.remove(index);
            Case::new(payloads, best.seed, best.payload, &layers)
        });
        let simpler = (0..PAYLOADS.len().min(best.payload))
            .map(|payload| Case::new(payloads, best.seed, payload, &best.layers));
        let candidates: Vec<Case> = without.chain(simpler).collect();
        let results = outcomes(payloads, &candidates, false);
        let smaller = candidates.into_iter().zip(results).find(|(_, result)| *result == outcome);
        match smaller {
            Some((smaller, _)) => best = smaller,
            None => return best,
        }
    }
}

/// A text as TOML writes it.
fn toml_text(text: &str) -> String {
    if text.contains("'''") || text.ends_with('\'') || text.chars().any(|c| c.is_control() && c != '\n') {
        toml::Value::from(text).to_string()
    } else if text.contains('\n') || text.contains('\'') {
        format!("'''\n{text}'''")
    } else {
        single(text)
    }
}
