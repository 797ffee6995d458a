//! One spelling for words that mean the same: quotes removed, quoted characters escaped, substitutions as marks
//! (their commands are compared on their own).

use argvet::syntax::ast::{
    Assignment, AssignmentValue, Command, CommandKind, Conditional, List, Parameter, ParameterOperator, Part,
    RedirectTarget, Text, Word,
};
use argvet::syntax::{self, Reading};

/// Characters that mean something to bash where they are not quoted.
const ACTIVE: &[u8] = b"*?[]{}~$`!@+()|<>&;#= \t\n\"'\\^";

pub(super) fn word(word: &Word) -> String {
    let mut out = Vec::new();
    parts(&word.parts, false, &mut out);
    if out.is_empty() && !word.parts.is_empty() {
        out.extend_from_slice(b"''");
    }
    text_of(out)
}

pub(super) fn text(text: &Text) -> String {
    let mut out = Vec::new();
    parts(&text.parts, true, &mut out);
    text_of(out)
}

pub(super) fn assignment(assignment: &Assignment) -> String {
    let mut out = Vec::new();
    assigned(assignment, &mut out);
    text_of(out)
}

fn text_of(bytes: Vec<u8>) -> String {
    bytes.escape_ascii().to_string()
}

fn assigned(assignment: &Assignment, out: &mut Vec<u8>) {
    out.extend_from_slice(&assignment.name);
    subscript(assignment.subscript.as_ref(), out);
    out.extend_from_slice(if assignment.append { b"+=" } else { b"=" });
    match &assignment.value {
        AssignmentValue::Scalar(word) => parts(&word.parts, false, out),
        AssignmentValue::Array(elements) => {
            out.push(b'(');
            for element in elements {
                subscript(element.subscript.as_ref(), out);
                if element.subscript.is_some() {
                    out.push(b'=');
                }
                parts(&element.word.parts, false, out);
                out.push(b' ');
            }
            out.push(b')');
        }
    }
}

fn subscript(text: Option<&Text>, out: &mut Vec<u8>) {
    if let Some(text) = text {
        out.push(b'[');
        parts(&text.parts, true, out);
        out.push(b']');
    }
}

fn quoted(bytes: &[u8], out: &mut Vec<u8>) {
    for byte in bytes {
        if ACTIVE.contains(byte) {
            out.push(b'\\');
        }
        out.push(*byte);
    }
}

fn parts(list: &[Part], in_quotes: bool, out: &mut Vec<u8>) {
    for part in list {
        match part {
            Part::Literal(bytes, _) if in_quotes => quoted(bytes, out),
            Part::Literal(bytes, _) => out.extend_from_slice(bytes),
            Part::Escaped(bytes, _) | Part::SingleQuoted(bytes, _) | Part::AnsiC(bytes, _) => {
                quoted(bytes, out)
            }
            Part::DoubleQuoted(inner, _) => parts(inner, true, out),
            Part::Parameter(one) => parameter(one, out),
            Part::CommandSubstitution(_) => out.extend_from_slice(b"$()"),
            Part::Arithmetic(text) => {
                out.extend_from_slice(b"$((");
                parts(&text.parts, true, out);
                out.extend_from_slice(b"))");
            }
            Part::ProcessSubstitution { output, .. } => {
                out.extend_from_slice(if *output { b">()" } else { b"<()" })
            }
            Part::ExtendedGlob { operator, pattern, .. } => {
                out.extend_from_slice(&[*operator, b'(']);
                parts(pattern, in_quotes, out);
                out.push(b')');
            }
            Part::ArrayAssignment(assignment) => assigned(assignment, out),
        }
    }
}

fn parameter(parameter: &Parameter, out: &mut Vec<u8>) {
    out.extend_from_slice(b"${");
    out.extend_from_slice(if parameter.indirect { b"!" } else { b"" });
    out.extend_from_slice(&parameter.name);
    subscript(parameter.subscript.as_ref(), out);
    let mut operand = |mark: String, words: &[&[Part]]| {
        out.extend_from_slice(mark.as_bytes());
        for word in words {
            out.push(b' ');
            parts(word, false, out);
        }
    };
    match &parameter.operator {
        ParameterOperator::Plain => {}
        ParameterOperator::Conditional { kind, colon, word } => {
            operand(format!(" {kind:?} {colon}"), &[&word.parts])
        }
        ParameterOperator::Trim { suffix, longest, pattern } => {
            operand(format!(" trim {suffix} {longest}"), &[&pattern.parts]);
        }
        ParameterOperator::Replace { place, pattern, replacement } => {
            let replacement = replacement.as_ref().map(|word| word.parts.as_slice()).unwrap_or_default();
            operand(format!(" {place:?}"), &[&pattern.parts, replacement]);
        }
        ParameterOperator::Case { operator, all, pattern } => {
            operand(format!(" case {operator} {all}"), &[&pattern.parts]);
        }
        ParameterOperator::Slice { offset, length } => {
            let length = length.as_ref().map(|text| text.parts.as_slice()).unwrap_or_default();
            operand(" slice".to_owned(), &[&offset.parts, length]);
        }
        ParameterOperator::Length
        | ParameterOperator::Transform(_)
        | ParameterOperator::Names
        | ParameterOperator::Keys => operand(format!(" {:?}", parameter.operator), &[]),
    }
    out.push(b'}');
}

/// A word as bash wrote it, read by our own reader where it stood: in a command, in an assignment, in `[[`, …
pub(super) fn written(place: &Place, written: &str) -> Option<String> {
    let source = match place {
        Place::Argument => format!(": {written}"),
        Place::Declaration => format!("declare {written}"),
        Place::Assignment | Place::Command => written.to_owned(),
        Place::Target => format!(": > {written}"),
        Place::Pattern => format!("[[ x == {written} ]]"),
        Place::Regex => format!("[[ x =~ {written} ]]"),
        Place::Body => format!(": << {END}\n{written}{END}\n"),
        Place::Arithmetic => format!("(({written}))"),
    };
    let script = syntax::parse(source.as_bytes());
    if matches!(script.reading, Reading::Unread { .. }) {
        return None;
    }
    let command = only_command(&script.list)?;
    match (&command.kind, place) {
        (CommandKind::Simple(simple), Place::Assignment) => simple.assignments.first().map(assignment),
        (CommandKind::Simple(simple), Place::Argument | Place::Declaration) => {
            match simple.words.as_slice() {
                [_, one] => Some(word(one)),
                _ => None,
            }
        }
        (CommandKind::Simple(simple), Place::Command) => match simple.words.as_slice() {
            [one] => Some(word(one)),
            _ => None,
        },
        (CommandKind::Simple(_), _) => match &command.redirects.first()?.target {
            RedirectTarget::Word(one) => Some(word(one)),
            RedirectTarget::HereDocument(document) => document.text().map(text),
            RedirectTarget::Close => None,
        },
        (CommandKind::Conditional(Conditional::Binary(_, _, right)), _) => Some(word(right)),
        (CommandKind::Arithmetic(one), _) => Some(text(one)),
        _ => None,
    }
}

/// The body of a here-document whose delimiter is quoted.
pub(super) fn quoted_text(body: &str) -> String {
    let mut out = Vec::new();
    quoted(body.as_bytes(), &mut out);
    text_of(out)
}

/// A delimiter that no body holds.
const END: &str = "__END_OF_BODY__";

/// Where a word stands.
pub(super) enum Place {
    /// The first word: a subscript may hold blanks there.
    Command,
    Argument,
    Declaration,
    Assignment,
    Target,
    Pattern,
    Regex,
    Body,
    Arithmetic,
}

fn only_command(list: &List) -> Option<&Command> {
    let [item] = list.items.as_slice() else { return None };
    item.and_or.first.commands.first()
}
