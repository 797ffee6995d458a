//! File effects that follow from the argv alone.

use crate::program::grammar::{EffectSpec, STDIN};
use crate::program::parse::reading::Reading;
use crate::program::{Call, CallEffect, Content};
use crate::source::Span;
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

/// Adds what `spec` says of the call.
pub(super) fn add(call: &mut Call, spec: &EffectSpec, filled: &[Filled]) {
    let when = if spec.when.is_empty() { Match::Certain } else { any(call, &spec.when) };
    // `find x -delete -name y` deletes everything: the test comes too late.
    let action = call.flags.iter().find(|flag| spec.when.contains(&flag.name)).map(|flag| flag.word);
    let action = action.filter(|_| !call.expression.0.is_empty());
    let undone = match action {
        Some(word) => {
            let known = call.expression.holds_at(word, |test| spec.unless.contains(&test.name));
            Match::from(known.is_some())
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
    if let Some(action) = action.filter(|_| spec.of_operand()) {
        // What has one of these names may be little or much.
        if !call.filters(action).is_empty() {
            recursive = recursive.weaken();
        }
        paths = call.found(action).into_iter().map(|(path, word)| (path, word, Match::Certain)).collect();
    }
    // No file has an empty name: `rm -rf ""` does nothing.
    paths.retain(|(path, ..)| path.known().is_none_or(|path| !path.is_empty()));
    let content = content(call, spec, filled);
    let all: Vec<usize> = paths.iter().map(|(_, word, _)| *word).collect();
    let named = words_of(call, std::slice::from_ref(&spec.of));
    call.effects.extend(paths.into_iter().map(|(path, word, given)| CallEffect {
        kind: spec.kind,
        path: if spec.base { last_name(&path) } else { path },
        word,
        recursive,
        certainty: certainty.and(given),
        content: match &content {
            // Each file is edited alone.
            Content::Edited(without) => {
                let others = all.iter().filter(|other| **other != word);
                Content::Edited(without.iter().chain(others).copied().collect())
            }
            // Without the word that names it, and its option.
            Content::Output(_) if spec.base => Content::Output(Vec::new()),
            Content::Output(_) => Content::Output(match spec.of_operand() {
                true => vec![word],
                false => named.clone(),
            }),
            content => content.clone(),
        },
    }));
}

/// What the written files hold.
fn content(call: &Call, spec: &EffectSpec, filled: &[Filled]) -> Content {
    match spec.from.as_str() {
        "" => Content::Unknown,
        STDIN => Content::Input,
        "output" => Content::Output(Vec::new()),
        "edited" => Content::Edited(words_of(call, &spec.when)),
        "kept" => Content::Kept,
        "made" => Content::Made,
        "packed" => Content::Packed,
        from => {
            let source = EffectSpec { of: from.to_owned(), ..EffectSpec::default() };
            let sources = paths(call, &source, filled).into_iter().map(|(path, ..)| path).collect();
            if spec.link { Content::Link(sources) } else { Content::Copy(sources) }
        }
    }
}

/// The words that are nothing but one of the options and its value.
fn words_of(call: &Call, options: &[String]) -> Vec<usize> {
    let given = call.flags.iter().filter(|flag| options.contains(&flag.name));
    let alone = given.filter(|flag| call.flags.iter().filter(|other| other.word == flag.word).count() == 1);
    alone
        .flat_map(|flag| std::iter::once(flag.word).chain(flag.value.as_ref().map(|_| flag.value_word)))
        .collect()
}

/// The last name of a path or URL.
fn last_name(path: &Value) -> Value {
    let Some(text) = path.known() else { return path.clone() };
    let end = text.iter().position(|byte| b"?#".contains(byte)).unwrap_or(text.len());
    let name = text.get(..end).unwrap_or_default().rsplit(|byte| *byte == b'/').next().unwrap_or_default();
    Value::text(name, path.origin().unwrap_or_default())
}

/// Whether one of the options is in force.
fn any(call: &Call, options: &[String]) -> Match {
    options.iter().map(|option| call.flag(option)).fold(Match::No, Match::or)
}

/// The words that name the paths, each with whether it is certainly given.
fn paths(call: &Call, spec: &EffectSpec, filled: &[Filled]) -> Vec<(Value, usize, Match)> {
    if spec.of == STDIN {
        return vec![(Value::text(b"-".as_slice(), Span::default()), 0, Match::Certain)];
    }
    if !spec.of_operand() {
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
