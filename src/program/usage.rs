//! Usage strings: the small language in which packs write options and operands (docs/writing-packs.md).
//!
//! Used when packs are loaded, and by the build script, which includes this file and [`super::grammar`] by path;
//! therefore neither names anything else of the crate. It checks the form of a string, not whether it makes sense
//! for its program.
//!
//! ```text
//! -t, --target-directory <path:target>  →  names [-t, --target-directory]  value Path  fills "target"
//! [assignment...] <command...>          →  operands assignment (optional, many), command (many)
//! ```

use super::grammar::{OperandSpec, OptionSpec, OptionValue, Role};

/// The roles without an argument, by their names.
const SIMPLE: [(&str, Role); 23] = [
    ("data", Role::Data),
    ("path", Role::Path),
    ("command", Role::Command),
    ("package-command", Role::PackageCommand),
    ("entrypoint", Role::Entrypoint),
    ("container-image", Role::Image),
    ("template-command", Role::TemplateCommand),
    ("template-script", Role::TemplateScript),
    ("shell-words", Role::ShellWords),
    ("own-words", Role::OwnWords),
    ("script-list", Role::ScriptList),
    ("remote-script", Role::JoinedScript),
    ("script-file", Role::ScriptFile),
    ("url", Role::Url),
    ("assignment", Role::Assignment),
    ("filter", Role::Filter),
    ("placeholder", Role::Placeholder),
    ("separator", Role::Separator),
    ("config", Role::Config),
    ("working-directory", Role::WorkingDirectory),
    ("names-file", Role::NamesFile),
    ("name-regex", Role::NameRegex),
    ("name-ending", Role::NameEnding),
];

/// Makes a role of its argument.
type MakeRole = fn(String) -> Role;

/// The roles with an argument, which is a shell, a program, a dialect or a language: `script:bash`.
const WITH_ARGUMENT: [(&str, MakeRole); 7] = [
    ("script", Role::Script),
    ("words-of", Role::WordsOf),
    ("sql", Role::Sql),
    ("sql-file", Role::SqlFile),
    ("code", Role::Code),
    ("code-line", Role::CodeLine),
    ("code-file", Role::CodeFile),
];

/// The names of all roles.
pub(crate) fn roles() -> impl Iterator<Item = &'static str> {
    SIMPLE.iter().map(|(name, _)| *name).chain(WITH_ARGUMENT.iter().map(|(name, _)| *name))
}

/// Reads a role by its name: `path`, `script:bash`.
pub(crate) fn role(text: &str) -> Result<Role, String> {
    let placeholder = Placeholder::read(text);
    match (placeholder.role, text) {
        (Role::Data, "data") => Ok(Role::Data),
        (Role::Data, _) => Err(format!(
            "expected a role, found `{text}`; roles are: {}",
            roles().collect::<Vec<_>>().join(" ")
        )),
        (role, _) => Ok(role),
    }
}

/// Reads the usage string of one option: `-u, --user <user>`.
pub(crate) fn option(text: &str) -> Result<OptionSpec, String> {
    let mut spec = OptionSpec::default();
    let mut words = text.split_whitespace().peekable();
    loop {
        let Some(word) = words.next() else {
            return Err(format!("expected an option such as `--force` in `{text}`"));
        };
        let (word, more) = match word.strip_suffix(',') {
            Some(word) => (word, true),
            None => (word, false),
        };
        spelling(word, &mut spec).map_err(|error| format!("{error} in `{text}`"))?;
        if !more {
            break;
        }
    }
    let rest: Vec<&str> = words.collect();
    if !rest.is_empty() {
        if spec.value != OptionValue::None {
            return Err(format!("expected nothing after the value in `{text}`"));
        }
        spec.value = values(&rest, &mut spec.fills).map_err(|error| format!("{error} in `{text}`"))?;
    }
    Ok(spec)
}

/// Reads the usage string of all operands: `[assignment...] <command...>`.
pub(crate) fn operands(text: &str) -> Result<Vec<OperandSpec>, String> {
    let mut specs: Vec<OperandSpec> = Vec::new();
    for word in text.split_whitespace() {
        if word.starts_with(['<', '[']) {
            specs.push(operand(word).map_err(|error| format!("{error} in `{text}`"))?);
            continue;
        }
        match specs.last_mut() {
            Some(last) if word == "--" => last.ends_options = true,
            Some(last) if last.many && !is_name(word) => last.until.push(word.to_owned()),
            _ => return Err(format!("expected `<{word}>` or `[{word}]`, found `{word}` in `{text}`")),
        }
    }
    Ok(specs)
}

/// Reads one spelling, with the optional value that may be written in the same word.
fn spelling(word: &str, spec: &mut OptionSpec) -> Result<(), String> {
    let end = word.find(['[', '<']).unwrap_or(word.len());
    let (name, value) = word.split_at_checked(end).unwrap_or((word, ""));
    if value.is_empty() {
        return named(name, spec);
    }
    if let Some(inner) = value.strip_prefix('[').and_then(|value| value.strip_suffix(']')) {
        let (inner, attached) = match inner.strip_prefix('=') {
            Some(inner) => (inner, false),
            None => (inner, true),
        };
        let placeholder = Placeholder::read(angle(inner)?);
        spec.attached |= attached;
        spec.value = OptionValue::Optional(placeholder.role);
        spec.fills = placeholder.fills;
        return named(name, spec);
    }
    if name.starts_with(['-', '+']) {
        return Err(format!(
            "expected `{0} <value>` (needs a value) or `{0}[=<value>]` (may have one), found `{word}`",
            name.trim_end_matches('=')
        ));
    }
    let placeholder = Placeholder::read(angle(value)?);
    spec.value = OptionValue::Required(placeholder.role);
    spec.fills = placeholder.fills;
    named(name, spec)
}

/// Adds a spelling: it starts with a dash, or ends with `=` (dd).
fn named(name: &str, spec: &mut OptionSpec) -> Result<(), String> {
    let is_option = name.starts_with(['-', '+']) && !name.contains(['=', ',', ']', '>']);
    let is_key = name.len() > 1 && name.find('=') == Some(name.len().saturating_sub(1));
    if !is_option && !is_key {
        return Err(format!("expected an option such as `--force` or `of=`, found `{name}`"));
    }
    spec.names.push(name.to_owned());
    Ok(())
}

/// Reads the values that follow the spellings, and the terminators after `<…...>`.
fn values(words: &[&str], fills: &mut String) -> Result<OptionValue, String> {
    let (first, others) = words.split_first().ok_or("expected a value")?;
    let text = angle(first)?;
    if let Some(text) = text.strip_suffix("...") {
        let terminators = others.iter().map(|&word| match word.starts_with(['<', '[']) {
            true => Err(format!("expected a terminator such as `;` after `{first}`, found `{word}`")),
            false => Ok(word.to_owned()),
        });
        return Ok(OptionValue::Rest(Placeholder::read(text).role, terminators.collect::<Result<_, _>>()?));
    }
    let mut role = Role::Data;
    for word in words {
        let placeholder = Placeholder::read(angle(word)?);
        if role == Role::Data {
            role = placeholder.role;
        }
        *fills = placeholder.fills;
    }
    match u8::try_from(words.len()) {
        Ok(1) => Ok(OptionValue::Required(role)),
        Ok(count) => Ok(OptionValue::Several(role, count)),
        Err(_) => Err("expected fewer values".to_owned()),
    }
}

/// Reads one operand: `<path...>`, `[path]`, also `[<path>...]` and `<path>...`.
fn operand(word: &str) -> Result<OperandSpec, String> {
    let (text, many) = without_dots(word);
    let (text, optional) = match text.strip_prefix('[') {
        Some(inner) => (inner.strip_suffix(']').ok_or(format!("expected `]` at the end of `{word}`"))?, true),
        None => (text, false),
    };
    let (text, many_inside) = without_dots(text);
    let text = if text.starts_with('<') { angle(text)? } else { text };
    let (text, many_innermost) = without_dots(text);
    if text.is_empty() || text.contains(['<', '>', '[', ']']) {
        return Err(format!("expected a name between the brackets of `{word}`"));
    }
    let placeholder = Placeholder::read(text);
    let many = many || many_inside || many_innermost;
    Ok(OperandSpec {
        name: placeholder.name,
        role: placeholder.role,
        optional,
        many,
        ..OperandSpec::default()
    })
}

/// The text without a final `...`, and whether there was one.
fn without_dots(text: &str) -> (&str, bool) {
    match text.strip_suffix("...") {
        Some(text) => (text, true),
        None => (text, false),
    }
}

/// The text between `<` and `>`.
fn angle(word: &str) -> Result<&str, String> {
    word.strip_prefix('<')
        .and_then(|word| word.strip_suffix('>'))
        .filter(|inner| !inner.is_empty() && !inner.contains(['<', '>', '[', ']']))
        .ok_or(format!("expected `<value>`, found `{word}`"))
}

/// Whether the word could be meant as the name of an operand.
fn is_name(word: &str) -> bool {
    word.starts_with(|first: char| first.is_alphanumeric())
}

/// What stands between `<` and `>`.
struct Placeholder {
    role: Role,
    /// The name after the colon, else the role's own.
    name: String,
    /// The name after the colon, else empty.
    fills: String,
}

impl Placeholder {
    fn read(text: &str) -> Placeholder {
        let (head, tail) = text.split_once(':').unwrap_or((text, ""));
        // `script:bash:name`: the roles with an argument have it before the name.
        let (argument, after) = tail.split_once(':').unwrap_or((tail, ""));
        let (role, name) = if let Some((_, role)) = SIMPLE.iter().find(|(name, _)| *name == head) {
            (role.clone(), tail)
        } else if let Some((_, role)) = WITH_ARGUMENT.iter().find(|(name, _)| *name == head) {
            (role(argument.to_owned()), after)
        } else {
            // Any other name is data, colons and all: `<host:port>`.
            return Placeholder { role: Role::Data, name: text.to_owned(), fills: String::new() };
        };
        let shown = if name.is_empty() { head } else { name };
        Placeholder { role, name: shown.to_owned(), fills: name.to_owned() }
    }
}

#[cfg(test)]
mod tests;
