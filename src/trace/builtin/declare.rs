//! Builtins that declare and forget variables: `declare`, `export`, `local`, `readonly`, `unset`.

use super::{assign_unnamed, has, operands};
use crate::source::Span;
use crate::syntax;
use crate::syntax::ast::{Assignment, Command, List};
use crate::trace::Argument;
use crate::trace::arithmetic;
use crate::trace::env::{Content, index_key, next_index};
use crate::trace::parameter::Key;
use crate::trace::simple::{Around, declared, in_case, subscripted};
use crate::trace::tracer::{Io, Outcome, Tracer};
use crate::value::{Cause, Match, Piece, Value};
use std::rc::Rc;

/// `name=value`, `name[subscript]+=value` or `name`.
struct Declaration {
    name: Vec<u8>,
    subscript: Option<Vec<u8>>,
    append: bool,
    value: Option<Value>,
}

fn declaration(value: &Value) -> Option<Declaration> {
    let value = joined_text(value);
    let Some(Piece::Text { bytes, origin }) = value.pieces.first() else { return None };
    let name_length = bytes.iter().take_while(|byte| byte.is_ascii_alphanumeric() || **byte == b'_').count();
    let (name, mut rest) = bytes.split_at(name_length);
    let mut subscript = None;
    if rest.first() == Some(&b'[')
        && let Some(close) = closing_bracket(rest)
    {
        subscript = Some(rest.get(1..close).unwrap_or_default().to_vec());
        rest = rest.get(close + 1..).unwrap_or_default();
    }
    if rest.is_empty() && value.pieces.len() == 1 {
        return Some(Declaration { name: name.to_vec(), subscript: None, append: false, value: None });
    }
    let append = rest.starts_with(b"+=");
    let text = if append { rest.get(2..) } else { rest.strip_prefix(b"=") };
    let Some(text) = text else {
        // A subscript that is not known, and what else it may be: the name is assigned something.
        let unknown = Value::unknown(Cause::Unmodelled, true, *origin);
        return Some(Declaration { name: name.to_vec(), subscript, append: false, value: Some(unknown) });
    };
    let mut assigned = Value::default();
    let start = (origin.start as usize).saturating_add(bytes.len() - text.len());
    let exact = origin.len() == bytes.len();
    assigned.push_text(text, if exact { Span::new(start, origin.end as usize) } else { *origin });
    assigned.pieces.extend(value.pieces.iter().skip(1).cloned());
    Some(Declaration { name: name.to_vec(), subscript, append, value: Some(assigned) })
}

/// The value with one piece for all the text that it starts with: `"$name=value"` names a variable, too.
pub(super) fn joined_text(value: &Value) -> Value {
    let texts = value.pieces.iter().take_while(|piece| matches!(piece, Piece::Text { .. })).count();
    let (Some(Piece::Text { origin, .. }), true) = (value.pieces.first(), texts > 1) else {
        return value.clone();
    };
    let text: Vec<u8> = value.known_prefix();
    let mut pieces = vec![Piece::text(text, *origin)];
    pieces.extend(value.pieces.iter().skip(texts).cloned());
    Value { pieces }
}

/// Where the bracket ends that the text starts with.
fn closing_bracket(text: &[u8]) -> Option<usize> {
    let mut depth = 0usize;
    text.iter().position(|byte| {
        match byte {
            b'[' => depth += 1,
            b']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth == 0
    })
}

/// What `declare`, `export`, `local` … say of the names.
struct Attributes {
    flags: Vec<u8>,
    /// `+x`: they are taken back.
    off: bool,
    /// Whether names outside of functions stay as they are.
    local: bool,
    export: bool,
    readonly: bool,
}

pub(super) fn declare(tracer: &mut Tracer<'_>, argv: Vec<Argument>, around: &Around, io: Io) -> Outcome {
    let builtin = argv.first().and_then(|first| first.value.known_str()).map(|name| name.into_owned());
    let builtin = builtin.unwrap_or_default();
    let declares = matches!(builtin.as_str(), "declare" | "typeset" | "local" | "nameref");
    let (options, names) = operands(argv.get(1..).unwrap_or_default(), b"");
    let mut flags: Vec<u8> = options.iter().map(|(letter, _)| *letter).collect();
    if builtin == "nameref" {
        flags.push(b'n');
    }
    let off =
        argv.iter().skip(1).any(|argument| argument.value.known().is_some_and(|word| word.starts_with(b"+")));
    let attributes = Attributes {
        local: declares && !flags.contains(&b'g'),
        export: flags.contains(&b'x') || (builtin == "export" && !flags.contains(&b'n')),
        readonly: (declares && flags.contains(&b'r')) || builtin == "readonly",
        off,
        flags,
    };
    let names: Vec<Value> = names.iter().map(|argument| argument.value.clone()).collect();
    tracer.record(argv, around, io, Vec::new(), true);
    let given = |letter: u8| attributes.flags.contains(&letter);
    if given(b'f') || given(b'F') {
        if attributes.export && !off {
            tracer.env.export_functions(names.iter().filter_map(Value::known));
        }
        return match function_text(tracer, &names).filter(|_| io.capture && given(b'f')) {
            Some(text) => Outcome::printed(Value::text(text, around.span)),
            None => Outcome::unknown(Cause::Unmodelled, around.span, io),
        };
    }
    if given(b'p') || names.is_empty() {
        return Outcome::unknown(Cause::Unmodelled, around.span, io);
    }
    // Outside of a function, `local` is an error.
    if builtin == "local"
        && tracer.locals.is_empty()
        && tracer.scripts == 0
        && tracer.facts.arguments.is_some()
    {
        return Outcome::status(false);
    }
    let arrays = tracer.arrays.clone();
    for value in &names {
        let Some(declaration) = declaration(value) else {
            let assigned = Value::unknown(Cause::Unmodelled, true, around.span);
            assign_unnamed(tracer, value, &Content::Scalar(assigned));
            continue;
        };
        let array = arrays.iter().find(|array| value.equals(&array.name) == Match::Certain);
        declare_name(tracer, declaration, array, &attributes, around.span);
    }
    Outcome::default()
}

/// The text of functions as `declare -f` prints it, but for its layout; `None` if one of them is not known.
fn function_text(tracer: &Tracer<'_>, names: &[Value]) -> Option<Vec<u8>> {
    let mut text = Vec::new();
    for name in names {
        let name = name.known()?;
        let is_sure = !tracer.env.unsure.contains_key(&*name);
        let body = tracer.env.functions.get(&*name).filter(|_| is_sure)?;
        text.extend_from_slice(&name);
        text.extend_from_slice(b" () \n");
        text.extend(syntax::display(&List::of(Command::clone(body))));
    }
    (!names.is_empty()).then_some(text)
}

fn declare_name(
    tracer: &mut Tracer<'_>,
    declaration: Declaration,
    array: Option<&Assignment>,
    attributes: &Attributes,
    span: Span,
) {
    let name = declaration.name;
    let given = |letter: u8| attributes.flags.contains(&letter);
    let off = attributes.off;
    if attributes.local && !tracer.locals.is_empty() {
        make_local(tracer, &name);
    }
    let old = tracer.env.saved(&name);
    let known_before = old.is_some();
    let mut variable = declared(old.as_ref());
    variable.exported |= attributes.export;
    if attributes.local && given(b'n') {
        variable.nameref = !off;
    }
    variable.integer |= given(b'i') && !off;
    variable.associative |= given(b'A') && !off;
    // In ksh and zsh, some fill or cut what is assigned.
    let fits_width = tracer.env.options.dialect.has_print();
    for case in [b'u', b'l', b'c', b'L', b'R', b'Z'] {
        if given(case) && (fits_width || case.is_ascii_lowercase()) {
            variable.case = Some(case).filter(|_| !off);
        }
    }
    let assigns = declaration.value.is_some() || array.is_some();
    if !(assigns || known_before || attributes.local) {
        // `export PATH`: the value stays that of the environment.
        let unknown = Value::unknown(Cause::Variable(name.clone()), true, span);
        variable.contents = vec![Content::Scalar(unknown)];
    }
    let (integer, case) = (variable.integer, variable.case);
    tracer.env.update_exact(&name, |slot| *slot = variable);
    if let Some(array) = array {
        tracer.assign(array);
    }
    if let Some(value) = declaration.value {
        if let Some(text) = value.known().filter(|text| given_array(text) && (given(b'a') || given(b'A'))) {
            // `declare -a 'x=($(cmd))'`: the text is read as a list.
            let operator = if declaration.append { b"+=".as_slice() } else { b"=" };
            let assignment = Value::text([&name, operator, &text].concat(), span);
            tracer.run_script(&assignment, Io::default());
            return;
        }
        let value = match (integer, arithmetic_of(tracer, integer, &value)) {
            (true, Some(number)) => Value::text(number.to_string(), span),
            (true, None) => Value::unknown(Cause::Number, false, span),
            (false, _) => case.map_or(value.clone(), |case| in_case(value, case)),
        };
        match declaration.subscript {
            Some(subscript) => {
                let written = [&name, b"[".as_slice(), &subscript, b"]"].concat();
                tracer.assign_named(&written, value, declaration.append, span);
            }
            None => {
                let value = if declaration.append { appended(tracer, &name, value) } else { value };
                tracer.env.update_exact(&name, |slot| slot.set(vec![Content::Scalar(value)]));
            }
        }
    }
    if attributes.readonly && !off {
        tracer.env.update_exact(&name, |slot| slot.readonly = Match::Certain);
    }
}

fn given_array(text: &[u8]) -> bool {
    text.first() == Some(&b'(') && text.last() == Some(&b')')
}

fn arithmetic_of(tracer: &mut Tracer<'_>, integer: bool, value: &Value) -> Option<i64> {
    if integer { arithmetic::evaluate(tracer, value) } else { None }
}

/// Remembers what a name was before the function made it its own.
fn make_local(tracer: &mut Tracer<'_>, name: &[u8]) {
    let saved = tracer.env.saved(name);
    if let Some(frame) = tracer.locals.last_mut()
        && !frame.iter().any(|(other, _)| other == name)
    {
        frame.push((name.to_vec(), saved));
    }
}

fn appended(tracer: &Tracer<'_>, name: &[u8], value: Value) -> Value {
    match tracer.env.variable(name).map(|variable| variable.contents.as_slice()) {
        Some([Content::Scalar(old)]) => {
            Value { pieces: old.pieces.iter().chain(&value.pieces).cloned().collect() }
        }
        Some([Content::Unset]) => value,
        _ => Value::unknown(Cause::Variable(name.to_vec()), true, value.origin().unwrap_or_default()),
    }
}

pub(super) fn unset(tracer: &mut Tracer<'_>, argv: Vec<Argument>, around: &Around, io: Io) -> Outcome {
    let (options, names) = operands(argv.get(1..).unwrap_or_default(), b"");
    let functions = has(&options, b'f');
    let exact = has(&options, b'n');
    for name in names {
        let Some(name) = name.value.known() else {
            assign_unnamed(tracer, &name.value, &Content::Unset);
            continue;
        };
        if functions || (!has(&options, b'v') && tracer.env.variable(&name).is_none()) {
            Rc::make_mut(&mut tracer.env.functions).remove(&*name);
        }
        match subscripted(&name) {
            _ if functions => {}
            Some((array, inside)) => unset_element(tracer, array, inside, around.span),
            None => tracer.env.unset(&name, exact),
        }
    }
    tracer.record(argv, around, io, Vec::new(), true);
    Outcome::status(true)
}

fn unset_element(tracer: &mut Tracer<'_>, array: &[u8], inside: &[u8], span: Span) {
    match tracer.written_key(array, inside, span) {
        Key::One(key) | Key::Either(key) => tracer.env.update_elements(array, |elements| {
            elements.remove(&key);
        }),
        Key::FromEnd(back) => tracer.env.update_elements(array, |elements| {
            let key = next_index(elements).checked_sub(back).map(index_key);
            key.and_then(|key| elements.remove(&key));
        }),
        Key::All { .. } => tracer.env.unset(array, false),
        Key::Unknown => {
            let unknown = Value::unknown(Cause::Variable(array.to_vec()), true, span);
            tracer.env.assign(array, vec![unknown]);
        }
    }
}
