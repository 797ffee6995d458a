//! Makefiles: what their recipes and functions execute, for the targets that are made.

use super::cursor::Cursor;
use super::{Call, Reading, Surroundings};
use crate::source::Span;
use crate::value::{Cause, Value};
use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap};

/// What a makefile executes: the lines of its recipes, `$(shell …)` and `name != …`.
pub(super) fn read(text: &[u8], surroundings: Surroundings<'_>) -> Reading {
    // What stands in the arguments holds instead of what the file says.
    let given = surroundings.arguments.iter().filter_map(|argument| {
        let argument = argument.known()?;
        let at = argument.iter().position(|byte| *byte == b'=')?;
        Some((argument.get(..at)?.to_vec(), argument.get(at + 1..)?.to_vec()))
    });
    let given: HashMap<Vec<u8>, Vec<u8>> = given.collect();
    let goals: Option<Vec<Vec<u8>>> = surroundings
        .arguments
        .iter()
        .map(|argument| argument.known().map(Cow::into_owned))
        .filter(|argument| argument.as_ref().is_none_or(|argument| !argument.contains(&b'=')))
        .collect();
    let names_all = |goals: &Vec<Vec<u8>>| goals.iter().any(|goal| goal == ALL_TARGETS);
    let made = goals.filter(|goals| !names_all(goals)).and_then(|goals| made(text, goals));
    // A variable of the environment holds what the file does not assign, but for the shell of recipes.
    let inherited = surroundings.environment.iter().filter(|(name, _)| name != b"SHELL");
    let inherited = inherited.filter_map(|(name, value)| Some((name.clone(), value.known()?.into_owned())));
    let built_in = BUILT_IN.iter().map(|(name, value)| (name.as_bytes().to_vec(), value.as_bytes().to_vec()));
    let inherited: Names = built_in.chain(inherited).collect();
    let names = Given { given: &given, inherited: &inherited };
    // A recipe is expanded with the last value of each variable, wherever it stands.
    let (_, last) = read_makefile(text, given.clone(), names, made.as_ref());
    read_makefile(text, last, names, made.as_ref()).0
}

/// The programs that variables name which nobody has set, and those that hold nothing: `make -p` of GNU make 4.3.
const BUILT_IN: &[(&str, &str)] = &[
    ("AR", "ar"),
    ("ARFLAGS", "rv"),
    ("AS", "as"),
    ("CC", "cc"),
    ("CO", "co"),
    ("COFLAGS", ""),
    ("CPP", "cc -E"),
    ("CTANGLE", "ctangle"),
    ("CWEAVE", "cweave"),
    ("CXX", "g++"),
    ("F77", "f77"),
    ("FC", "f77"),
    ("GET", "get"),
    ("LD", "ld"),
    ("LEX", "lex"),
    ("LINT", "lint"),
    ("M2C", "m2c"),
    ("MAKE", "make"),
    ("MAKEINFO", "makeinfo"),
    ("MAKE_COMMAND", "make"),
    ("OBJC", "cc"),
    ("PC", "pc"),
    ("RM", "rm -f"),
    ("TANGLE", "tangle"),
    ("TEX", "tex"),
    ("TEXI2DVI", "texi2dvi"),
    ("WEAVE", "weave"),
    ("YACC", "yacc"),
];

/// A goal that stands for all targets, of which a file that is included may hold any.
const ALL_TARGETS: &[u8] = b"*";

/// What variables of a makefile hold before it is read.
#[derive(Clone, Copy)]
struct Given<'n> {
    /// In the arguments, against which the file says nothing.
    given: &'n Names,
    /// In the environment.
    inherited: &'n Names,
}

/// The targets that are made for some goals, without any for the first target; `None` where that depends on variables,
/// patterns or other files.
fn made(text: &[u8], mut goals: Vec<Vec<u8>>) -> Option<BTreeSet<Vec<u8>>> {
    let mut needs: Vec<(Vec<u8>, Vec<Vec<u8>>)> = Vec::new();
    for line in text.split(|byte| *byte == b'\n') {
        let line = line.split(|byte| *byte == b'#').next().unwrap_or_default();
        if line.starts_with(b"\t") || line.trim_ascii().is_empty() || assignment(line).is_some() {
            continue;
        }
        let (targets, rest) = rule(line)?;
        let words = |part: &[u8]| -> Vec<Vec<u8>> {
            let words = part.split(u8::is_ascii_whitespace).filter(|word| !word.is_empty());
            words.map(<[u8]>::to_vec).collect()
        };
        let rest = rest.split(|byte| *byte == b';').next().unwrap_or_default();
        for target in words(targets) {
            // A list of what is no file says nothing of what is made.
            if target != b".PHONY" {
                needs.push((target, words(rest)));
            }
        }
    }
    let is_computed = |word: &Vec<u8>| word.iter().any(|byte| b"$%*?[\\:|".contains(byte));
    if needs.iter().any(|(target, needed)| {
        target.starts_with(b".") || is_computed(target) || needed.iter().any(is_computed)
    }) {
        return None;
    }
    if goals.is_empty() {
        goals.push(needs.first()?.0.clone());
    }
    let mut made = BTreeSet::new();
    while let Some(goal) = goals.pop() {
        let needed = needs.iter().filter(|(target, _)| *target == goal);
        let needed: Vec<Vec<u8>> = needed.flat_map(|(_, needed)| needed.clone()).collect();
        if made.insert(goal) {
            goals.extend(needed);
        }
    }
    Some(made)
}

/// The targets of a rule, and what stands behind its colon.
fn rule(line: &[u8]) -> Option<(&[u8], &[u8])> {
    let colon = line.iter().position(|byte| *byte == b':')?;
    Some((line.get(..colon)?, line.get(colon + 1..)?))
}

/// Whether a line of a makefile holds under a condition, or decides about that.
fn is_condition(line: &[u8]) -> bool {
    [b"ifeq".as_slice(), b"ifneq", b"ifdef", b"ifndef"].iter().any(|word| line.trim_ascii().starts_with(word))
}

type Names = HashMap<Vec<u8>, Vec<u8>>;

/// What a makefile executes where the names have these values in recipes; the values that they have in the end.
fn read_makefile(
    text: &[u8],
    last: Names,
    Given { given, inherited }: Given<'_>,
    made: Option<&BTreeSet<Vec<u8>>>,
) -> (Reading, Names) {
    let mut calls = Vec::new();
    let mut names = inherited.clone();
    names.extend(given.clone());
    let mut unsure = false;
    // Whether the rule that has begun is one for what is made.
    let mut is_made = true;
    let mut cursor = Cursor::new(text);
    while cursor.peek().is_some() {
        let start = cursor.at;
        let mut line = cursor.line().to_vec();
        while line.ends_with(b"\\") && cursor.peek().is_some() {
            line.pop();
            line.extend_from_slice(cursor.line().trim_ascii_start());
        }
        let span = Span::new(start, cursor.at);
        let is_recipe = line.starts_with(b"\t");
        if let (false, Some((targets, _)), Some(made)) = (is_recipe, rule(&line), made) {
            is_made = targets.split(u8::is_ascii_whitespace).any(|target| made.contains(target));
        }
        if is_recipe && !is_made {
            continue;
        }
        let mut add = |name: &str, text: &[u8]| {
            calls.push(Call::new(name, vec![expanded(text, &last, span)], span));
            if let Some(shell) = last.get(b"SHELL".as_slice()).filter(|shell| !shell.contains(&b'$')) {
                let mut command = Value::text([shell, b" -c ".as_slice()].concat(), span_of(span));
                let recipe = expanded(text, &last, span);
                match recipe.known_str() {
                    Some(recipe) => {
                        command.push_text(shell_words::quote(&recipe).as_bytes(), span_of(span));
                    }
                    None => command.pieces.extend(recipe.pieces),
                }
                calls.push(Call::new("recipe", vec![command], span));
            }
            // Outside of recipes, what stands above holds.
            if !is_recipe && last != names {
                calls.push(Call::new(name, vec![expanded(text, &names, span)], span));
            }
        };
        shell_functions(&line, &mut add);
        unsure |= is_condition(&line);
        if let Some(recipe) = line.strip_prefix(b"\t") {
            add("recipe", silent(recipe));
            continue;
        }
        if line.trim_ascii_start().starts_with(b"#") {
            continue;
        }
        if let Some(files) = included(&line) {
            let paths = files.split(u8::is_ascii_whitespace).filter(|path| !path.is_empty());
            for path in paths {
                let words = vec![expanded(path, &names, span), Value::text(ALL_TARGETS, span_of(span))];
                calls.push(Call::new("include", words, span));
            }
            continue;
        }
        if let Some(name) = line.strip_prefix(b"define ") {
            let mut body = Vec::new();
            while cursor.peek().is_some() {
                let line = cursor.line();
                if line.trim_ascii() == b"endef" {
                    break;
                }
                body.extend_from_slice(silent(line));
                body.push(b'\n');
            }
            let name = name.split(|byte| b"=:+?!".contains(byte)).next().unwrap_or_default();
            names.insert(name.trim_ascii().to_vec(), body.trim_ascii().to_vec());
            continue;
        }
        match assignment(&line) {
            Some((name, b"!=", value)) => {
                add("recipe", value);
                names.remove(name);
            }
            Some((name, _, _)) if given.contains_key(name) => {}
            Some((name, b"?=", _)) if names.contains_key(name) && !unsure => {}
            Some((name, b"+=", value)) => {
                let old = names.get(name).cloned().unwrap_or_default();
                names.insert(name.to_vec(), [old.as_slice(), b" ", value].concat().trim_ascii().to_vec());
            }
            // Under a condition, either may hold: a value that is not known.
            Some((name, _, value)) if unsure && names.get(name).is_some_and(|old| old != value) => {
                names.insert(name.to_vec(), b"$".to_vec());
            }
            Some((name, _, value)) => {
                names.insert(name.to_vec(), value.to_vec());
            }
            None => {
                let recipe = line.iter().position(|byte| *byte == b';').filter(|_| line.contains(&b':'));
                if let Some(at) = recipe.filter(|_| is_made) {
                    add("recipe", silent(line.get(at + 1..).unwrap_or_default()));
                }
            }
        }
    }
    (Reading { calls, ..Reading::default() }, names)
}

/// The files that a line includes.
fn included(line: &[u8]) -> Option<&[u8]> {
    [b"include ".as_slice(), b"-include ", b"sinclude "].iter().find_map(|word| line.strip_prefix(*word))
}

/// A recipe without what says how it is run.
fn silent(recipe: &[u8]) -> &[u8] {
    let skipped = recipe.iter().take_while(|byte| b"@-+ \t".contains(byte)).count();
    recipe.get(skipped..).unwrap_or_default()
}

/// `name = value`, `name := value`, `name != command`: name, operator and value.
fn assignment(line: &[u8]) -> Option<(&[u8], &[u8], &[u8])> {
    let equals = line.iter().position(|byte| *byte == b'=')?;
    let operator = line.get(..equals)?.iter().rposition(|byte| !b":?+!".contains(byte))? + 1;
    let name = line.get(..operator)?.trim_ascii();
    let name = name.strip_prefix(b"override ").or(name.strip_prefix(b"export ")).unwrap_or(name);
    let is_name =
        !name.is_empty() && name.iter().all(|byte| byte.is_ascii_graphic() && !b":#;".contains(byte));
    is_name.then_some((name, line.get(operator..=equals)?, line.get(equals + 1..)?.trim_ascii()))
}

/// Calls `add` for the command of each `$(shell …)`.
fn shell_functions(line: &[u8], add: &mut impl FnMut(&str, &[u8])) {
    const START: &[u8] = b"(shell ";
    let mut from = 0;
    while let Some(at) =
        line.get(from..).and_then(|rest| rest.windows(START.len()).position(|part| part == START))
    {
        let begin = from + at + START.len();
        let rest = line.get(begin..).unwrap_or_default();
        let mut open = 1_usize;
        let length = rest.iter().position(|byte| {
            match byte {
                b'(' => open += 1,
                b')' => open -= 1,
                _ => {}
            }
            open == 0
        });
        let length = length.unwrap_or(rest.len());
        add("recipe", rest.get(..length).unwrap_or_default());
        from = begin + length;
    }
}

fn span_of(span: Span) -> Span {
    Span::new(span.start as usize, span.end as usize)
}

/// A recipe with its variables replaced; `$$` is the dollar that the shell sees.
fn expanded(text: &[u8], names: &HashMap<Vec<u8>, Vec<u8>>, span: Span) -> Value {
    let exact = span_of(span);
    let mut value = Value::default();
    let mut cursor = Cursor::new(text);
    loop {
        value.push_text(cursor.take_while(|byte| byte != b'$'), exact);
        if cursor.next().is_none() {
            return value;
        }
        let name = match cursor.next() {
            Some(b'$') => {
                value.push_text(b"$", exact);
                continue;
            }
            Some(open @ (b'(' | b'{')) => {
                let close = if open == b'(' { b')' } else { b'}' };
                let name = cursor.take_while(|byte| byte != close);
                cursor.next();
                name
            }
            Some(_) => cursor.since(cursor.at - 1),
            None => return value,
        };
        match names.get(name).filter(|known| !known.contains(&b'$')) {
            Some(known) => value.push_text(known, exact),
            None => value.pieces.extend(Value::unknown(Cause::Variable(name.to_vec()), true, exact).pieces),
        }
    }
}
