//! File effects that follow from the argv alone.

use crate::program::grammar::EffectSpec;
use crate::program::parse::reading::Reading;
use crate::program::{Call, CallEffect};
use crate::value::{Match, Value};

/// A word that names a path, with the operand that it stands for.
pub(super) struct Filled {
    operand: String,
    value: Value,
    word: usize,
}

/// The values of options that stand for an operand.
pub(super) fn filled(reading: &Reading<'_>) -> Vec<Filled> {
    let values = reading.given.iter().filter_map(|given| {
        let spec = given.spec.filter(|spec| !spec.fills.is_empty())?;
        let (operand, value) = (spec.fills.clone(), given.flag.value.clone()?);
        Some(Filled { operand, value, word: given.flag.value_word })
    });
    values.collect()
}

/// Adds what `spec` says of the call. `ordered`: an option undoes only what stands behind it.
pub(super) fn add(call: &mut Call, spec: &EffectSpec, filled: &[Filled], ordered: bool) {
    let when = if spec.when.is_empty() { Match::Certain } else { any(call, &spec.when) };
    let limit = match (ordered, spec.when.is_empty()) {
        // `find x -delete -name y` deletes everything: the test comes too late.
        (true, false) => call.flags.iter().find(|flag| spec.when.contains(&flag.name)).map(|flag| flag.word),
        _ => None,
    };
    let undone = match limit {
        Some(word) => {
            Match::from(call.flags.iter().any(|flag| flag.word < word && spec.unless.contains(&flag.name)))
        }
        None => any(call, &spec.unless),
    };
    let certainty = when.and(undone.negate());
    if certainty == Match::No {
        return;
    }
    let mut recursive = match spec.recursive.as_slice() {
        [always] if always == "always" => Match::Certain,
        options => any(call, options),
    };
    let mut paths = paths(call, spec, filled);
    if ordered && paths.iter().any(|(.., given)| *given == Match::Certain) {
        let found = call.found(limit.unwrap_or(usize::MAX));
        if !found.is_empty() && !spec.of.starts_with('-') {
            // Directories that hold anything else stay.
            recursive = Match::No;
            paths = found.into_iter().map(|(path, word)| (path, word, Match::Certain)).collect();
        }
    }
    call.effects.extend(paths.into_iter().map(|(path, word, given)| CallEffect {
        kind: spec.kind,
        path,
        word,
        recursive,
        certainty: certainty.and(given),
    }));
}

/// Whether one of the options is in force.
fn any(call: &Call, options: &[String]) -> Match {
    options.iter().map(|option| call.flag(option)).fold(Match::No, Match::or)
}

/// The words that name the paths, each with whether it is certainly given.
fn paths(call: &Call, spec: &EffectSpec, filled: &[Filled]) -> Vec<(Value, usize, Match)> {
    if spec.of.starts_with('-') || spec.of.ends_with('=') {
        let given = call.flags.iter().filter(|flag| flag.name == spec.of && !flag.negated);
        return given
            .filter_map(|flag| Some((flag.value.clone()?, flag.value_word, flag.certainty)))
            .collect();
    }
    let named = call.operands.iter().filter(|operand| operand.name == spec.of);
    let mut paths: Vec<_> =
        named.map(|operand| (operand.value.clone(), operand.word, Match::Certain)).collect();
    if spec.last {
        let last = paths.pop();
        return if paths.is_empty() { Vec::new() } else { last.into_iter().collect() };
    }
    let filled = filled.iter().filter(|filled| filled.operand == spec.of);
    paths.extend(filled.map(|filled| (filled.value.clone(), filled.word, Match::Certain)));
    paths
}
