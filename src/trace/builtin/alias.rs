//! Builtins that give words another meaning: `alias`, `unalias`, `hash`.

use super::declare::joined_text;
use super::{has, operands};
use crate::gap::GapCause;
use crate::trace::Argument;
use crate::trace::simple::Around;
use crate::trace::tracer::{Io, Outcome, Tracer};
use crate::value::{Match, Piece, Value};
use std::rc::Rc;

pub(super) fn alias(tracer: &mut Tracer<'_>, argv: Vec<Argument>, around: &Around, io: Io) -> Outcome {
    let dialect = tracer.env.options.dialect;
    let (options, _) = operands(argv.get(1..).unwrap_or_default(), b"");
    if dialect.has_zsh_words() && (has(&options, b'g') || has(&options, b's')) {
        let reason = "a global or suffix alias, which changes what words mean";
        tracer.gap(around.span, GapCause::Syntax(reason.to_owned()));
    }
    for argument in argv.iter().skip(1) {
        let word = joined_text(&argument.value);
        let Some((Piece::Text { bytes, origin }, rest)) = word.pieces.split_first() else {
            continue;
        };
        let Some(equals) = bytes.iter().position(|byte| *byte == b'=') else { continue };
        let name = bytes.get(..equals).unwrap_or_default().to_vec();
        let mut text = Value::default();
        text.push_text(bytes.get(equals + 1..).unwrap_or_default(), *origin);
        text.pieces.extend(rest.iter().cloned());
        Rc::make_mut(&mut tracer.env.unsure_aliases).remove(&name);
        Rc::make_mut(&mut tracer.env.aliases).insert(name, text);
    }
    tracer.record(argv, around, io, Vec::new(), true);
    Outcome::status(true)
}

pub(super) fn unalias(tracer: &mut Tracer<'_>, argv: Vec<Argument>, around: &Around, io: Io) -> Outcome {
    let aliases = Rc::make_mut(&mut tracer.env.aliases);
    for argument in argv.iter().skip(1) {
        if argument.value.equals(b"-a") == Match::Certain {
            aliases.clear();
        } else if let Some(name) = argument.value.known() {
            aliases.remove(&*name);
        }
    }
    tracer.record(argv, around, io, Vec::new(), true);
    Outcome::status(true)
}

/// `hash -p path name`, `hash name=path` of zsh: from now on `name` starts `path`.
pub(super) fn hash(tracer: &mut Tracer<'_>, argv: Vec<Argument>, around: &Around, io: Io) -> Outcome {
    let (options, names) = operands(argv.get(1..).unwrap_or_default(), b"p");
    let path = super::value_of(&options, b'p').cloned();
    if let Some(path) = path.as_ref().and_then(Value::known) {
        for name in names {
            if let Some(name) = name.value.known() {
                Rc::make_mut(&mut tracer.env.hashed).insert(name.into_owned(), path.clone().into_owned());
            }
        }
    }
    if tracer.env.options.dialect.has_zsh_words() && options.is_empty() {
        for word in names {
            let Some(word) = word.value.known() else { continue };
            let mut parts = word.splitn(2, |byte| *byte == b'=');
            if let (Some(name), Some(path)) = (parts.next(), parts.next()) {
                Rc::make_mut(&mut tracer.env.hashed).insert(name.to_vec(), path.to_vec());
            }
        }
    }
    tracer.record(argv, around, io, Vec::new(), true);
    Outcome::status(true)
}
