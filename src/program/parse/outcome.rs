//! What a finished [`Reading`] says: its words get the roles of the usage line and become a [`Call`].

mod effects;
mod expression;
mod nested;
mod setting;
mod slots;

use super::lookup;
use super::reading::Reading;
use crate::program::Call;
use crate::program::grammar::{OptionSpec, OptionValue, Style};
use crate::value::{Match, Value};

/// The calls of all readings; `loose`: the last one took for an option whatever may be one.
pub(super) fn calls(argv: &[Value], readings: Vec<Reading<'_>>, loose: bool) -> Vec<Call> {
    let mut kept = Vec::with_capacity(readings.len());
    let mut dropped = None;
    for mut reading in readings {
        match know_late_options(&mut reading) {
            true => kept.push(reading),
            false => dropped = Some(reading),
        }
    }
    if kept.is_empty() {
        kept.extend(dropped);
    }
    let last = kept.len().saturating_sub(1);
    let loose_at = |index: usize| loose && index == last;
    kept.into_iter().enumerate().map(|(index, reading)| call(argv, reading, loose_at(index))).collect()
}

/// Looks up again the options that stood before the subcommand and belong to it (cobra allows that). Whether the
/// reading agrees with what the grammar says of their values.
fn know_late_options<'g>(reading: &mut Reading<'g>) -> bool {
    let is_late = reading.levels.len() > 1 && reading.style().keeps_outer_options();
    if !is_late || reading.given.iter().all(|given| given.spec.is_some()) {
        return true;
    }
    let mut agrees = true;
    let find = |name: &str| lookup::exact(reading, name.as_bytes());
    let late: Vec<Option<&'g OptionSpec>> = reading
        .given
        .iter()
        .map(|given| if given.spec.is_none() { find(&given.flag.name) } else { None })
        .collect();
    for spec in &late {
        reading.note_displaced(*spec);
    }
    for (given, spec) in reading.given.iter_mut().zip(late) {
        let Some(spec) = spec else { continue };
        let takes_next = matches!(spec.value, OptionValue::Required(_) | OptionValue::Several(..));
        let has_next = given.flag.value.is_some() && given.flag.value_word != given.flag.word;
        let has_attached = given.flag.value.is_some() && !has_next;
        agrees &= if takes_next { given.flag.value.is_some() } else { !has_next };
        agrees &= !has_attached || given.flag.name.starts_with("--") || takes_next || spec.attached;
        spec.canonical().clone_into(&mut given.flag.name);
        given.spec = Some(spec);
        given.is_doubtful = false;
    }
    agrees
}

/// The call that a reading amounts to.
fn call(argv: &[Value], mut reading: Reading<'_>, loose: bool) -> Call {
    let is_doubtful = loose || reading.is_doubtful || reading.given.iter().any(|given| given.is_doubtful);
    if loose {
        for given in &mut reading.given {
            given.flag.certainty = given.flag.certainty.weaken();
        }
    }
    let operands = slots::operands(argv, &reading);
    let mut nested = nested::nested(argv, &reading, &operands);
    let level = reading.level();
    let stdin = level
        .and_then(|level| level.stdin.clone())
        .filter(|_| reading.open.is_none() && !nested.iter().any(nested::names_source));
    nested.iter_mut().for_each(|nested| setting::resolve(&reading.levels, nested));
    let effects: &[_] = match level {
        Some(level) if reading.open.is_none() => &level.effects,
        _ => &[],
    };
    let mut call = Call {
        path: reading.levels.iter().map(|level| level.name.clone()).collect(),
        operands,
        nested,
        open: reading.open,
        keeps_outer_options: reading.style().keeps_outer_options(),
        has_roles: level.is_some_and(|level| !level.operands.is_empty()),
        rest: reading.open.map(|word| word + 1).filter(|&word| word < argv.len()),
        stdin,
        request: level.filter(|_| reading.open.is_none()).and_then(|level| level.request.clone()),
        unknown_words: std::mem::take(&mut reading.unknown_words),
        certainty: if is_doubtful { Match::Possible } else { Match::Certain },
        ..Call::default()
    };
    call.effects = Vec::with_capacity(effects.len());
    let filled = effects::filled(&reading);
    if level.is_some_and(|level| level.style == Style::Find) {
        call.expression = expression::of(argv, &reading);
    }
    call.flags = reading.given.into_iter().map(|given| given.flag).collect();
    for spec in effects {
        effects::add(&mut call, spec, &filled);
    }
    call
}
