//! Grammars, argvs and calls as short texts.

use crate::program::{
    Call, CallEffect, EffectKind, EffectSpec, Flag, Grammar, Nested, NestedWord, Operand, Role, SettingSpec,
    Style, read, read_assuming, usage,
};
use crate::{Cause, Match, Piece, Span, Unknown, Value};

/// Checks how an argv is read.
#[track_caller]
pub(crate) fn check(grammar_text: &str, argv: &str, expected: &str) {
    let shown = show(&read(&words(argv), &grammar(grammar_text)));
    assert_eq!(shown, expected, "\n  argv: {argv}");
}

/// Checks how an argv is read when its open word is to lead to `path`.
#[track_caller]
pub(crate) fn check_assuming(grammar_text: &str, argv: &str, path: &str, expected: &str) {
    let path: Vec<&str> = path.split(' ').collect();
    let calls = read_assuming(&words(argv), &grammar(grammar_text), &path);
    assert_eq!(calls.map_or("nothing".to_owned(), |calls| show(&calls)), expected, "\n  argv: {argv}");
}

/// A grammar, a line for each property of a command:
///
/// ```text
/// git @ git                      style (subcommands have their parent's)
/// git ~ g                        alias
/// git : -C <dir> | --no-pager    options
/// git push = [remote] [ref...]   operands
/// git push < script              what stdin is
/// git push ! delete path when --x unless --y recursive --z last
/// git & core.pager script        a setting
/// ```
pub(crate) fn grammar(text: &str) -> Grammar {
    let mut root = Grammar::default();
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let at = line.find(" : ").or(line.find([':', '=', '@', '<', '!', '~', '&'])).unwrap_or(line.len());
        let (path, property) = line.split_at(at);
        let property = property.trim();
        let mut level = &mut root;
        let mut names = path.split_whitespace();
        level.name = names.next().unwrap().to_owned();
        for name in names {
            let known = level.subcommands.iter().position(|sub| sub.name == name);
            let found = known.unwrap_or_else(|| {
                let style = level.style;
                level.subcommands.push(Grammar { name: name.to_owned(), style, ..Grammar::default() });
                level.subcommands.len() - 1
            });
            level = level.subcommands.get_mut(found).unwrap();
        }
        let value = property.get(1..).unwrap_or_default().trim();
        match property.get(..1).unwrap_or_default() {
            ":" => level.options.extend(value.split(" | ").map(|option| usage::option(option).unwrap())),
            "=" => level.operands = usage::operands(value).unwrap(),
            "@" => level.style = style(value),
            "<" => level.stdin = Some(usage::role(value).unwrap()),
            "~" => level.aliases.extend(value.split(' ').map(str::to_owned)),
            "!" => level.effects.push(effect(value)),
            "&" => level.settings.push(setting(value)),
            _ => {}
        }
    }
    root
}

fn style(name: &str) -> Style {
    match name {
        "gnu" => Style::Gnu,
        "posix" => Style::Posix,
        "git" => Style::Git,
        "cobra" => Style::Cobra,
        "go" => Style::Go,
        "argparse" => Style::Argparse,
        "aws" => Style::Aws,
        "plain" => Style::Plain,
        "find" => Style::Find,
        "dd" => Style::Dd,
        "old" => Style::Old,
        "java" => Style::Java,
        "shell" => Style::Shell,
        "none" => Style::None,
        _ => panic!("no such style: {name}"),
    }
}

fn setting(text: &str) -> SettingSpec {
    let (setting, role) = text.split_once(' ').unwrap();
    let (name, prefix) = setting.split_once('=').unwrap_or((setting, ""));
    SettingSpec { name: name.to_owned(), prefix: prefix.to_owned(), role: usage::role(role).unwrap() }
}

fn effect(text: &str) -> EffectSpec {
    let mut words = text.split(' ');
    let kind = match words.next().unwrap() {
        "delete" => EffectKind::Delete,
        "write" => EffectKind::Write,
        "append" => EffectKind::Append,
        "move" => EffectKind::Move,
        "chmod" => EffectKind::Chmod,
        "read" => EffectKind::Read,
        other => panic!("no such effect: {other}"),
    };
    let mut spec = EffectSpec { kind, of: words.next().unwrap().to_owned(), ..EffectSpec::default() };
    let mut list = String::new();
    for word in words {
        match word {
            "last" => spec.last = true,
            "when" | "unless" | "recursive" => list = word.to_owned(),
            word => match list.as_str() {
                "when" => spec.when.push(word.to_owned()),
                "unless" => spec.unless.push(word.to_owned()),
                _ => spec.recursive.push(word.to_owned()),
            },
        }
    }
    spec
}

/// Splits an argv at blanks; `'…'` and `"…"` quote, `$x` is unknown, and may split outside quotes.
pub(crate) fn words(text: &str) -> Vec<Value> {
    let mut argv = Vec::new();
    let mut current: Option<Value> = None;
    let mut quote = None;
    let mut bytes = text.bytes().enumerate().peekable();
    while let Some((at, byte)) = bytes.next() {
        match byte {
            b' ' if quote.is_none() => argv.extend(current.take()),
            b'\'' | b'"' if quote.is_none() => {
                quote = Some(byte);
                current.get_or_insert_default();
            }
            _ if quote == Some(byte) => quote = None,
            b'$' if quote != Some(b'\'') => {
                let mut name = Vec::new();
                while let Some((_, byte)) = bytes.next_if(|(_, byte)| byte.is_ascii_alphanumeric()) {
                    name.push(byte);
                }
                let unknown = Unknown {
                    origin: Span::new(at, at + 1 + name.len()),
                    cause: if name == b"RANDOM" { Cause::Number } else { Cause::Variable(name) },
                    may_split: quote.is_none(),
                    may_be_empty: true,
                };
                current.get_or_insert_default().pieces.push(Piece::Unknown(unknown));
            }
            _ => current.get_or_insert_default().push_text(&[byte], Span::new(at, at + 1)),
        }
    }
    argv.extend(current);
    argv
}

/// Calls as text, see the module.
pub(super) fn show(calls: &[Call]) -> String {
    calls.iter().map(show_call).collect::<Vec<_>>().join(" / ")
}

fn show_call(call: &Call) -> String {
    let mut out = vec![call.path.join(" ")];
    let list = |open: &str, items: Vec<String>, close: &str| {
        (!items.is_empty()).then(|| format!("{open}{}{close}", items.join(" ")))
    };
    out.extend(list("{", call.flags.iter().map(show_flag).collect(), "}"));
    out.extend(list("[", call.operands.iter().map(show_operand).collect(), "]"));
    out.extend(call.nested.iter().map(show_nested));
    out.extend(call.effects.iter().map(show_effect));
    out.extend(call.open.map(|word| format!("open@{word}")));
    out.extend(call.rest.map(|word| format!("rest@{word}")));
    let unknown: Vec<String> = call.unknown_words.iter().map(usize::to_string).collect();
    out.extend(list("unknown@", unknown, ""));
    out.extend(call.stdin.as_ref().map(|role| format!("stdin:{}", show_role(role))));
    out.extend((call.certainty == Match::Possible).then(|| "?".to_owned()));
    out.join(" ")
}

fn show_flag(flag: &Flag) -> String {
    let sign = if flag.negated { "!" } else { "" };
    let value = flag.value.as_ref().map(|value| format!("={}", value.display())).unwrap_or_default();
    format!("{sign}{}{value}{}", flag.name, mark(flag.certainty))
}

fn show_operand(operand: &Operand) -> String {
    let value = operand.value.display();
    if operand.name.is_empty() { value } else { format!("{}:{value}", operand.name) }
}

fn show_nested(nested: &Nested) -> String {
    let words =
        |words: &[NestedWord]| words.iter().map(|word| word.value.display()).collect::<Vec<_>>().join(" ");
    let mut out = format!("<{}: {}", show_role(&nested.role), words(&nested.words));
    if !nested.arguments.is_empty() {
        out.push_str("; ");
        out.push_str(&words(&nested.arguments));
    }
    if let Some(option) = &nested.option {
        out.push_str(" by ");
        out.push_str(option);
    }
    format!("{out}>{}", mark(nested.certainty))
}

pub(super) fn show_effect(effect: &CallEffect) -> String {
    let kind = format!("{:?}", effect.kind).to_lowercase();
    let recursive = match effect.recursive {
        Match::No => "",
        Match::Possible => "/**?",
        Match::Certain => "/**",
    };
    format!("!{kind}:{}{recursive}{}", effect.path.display(), mark(effect.certainty))
}

fn mark(certainty: Match) -> &'static str {
    if certainty == Match::Possible { "?" } else { "" }
}

fn show_role(role: &Role) -> String {
    let with = |name: &str, argument: &str| match argument {
        "" => name.to_owned(),
        argument => format!("{name}({argument})"),
    };
    match role {
        Role::Data => "data".to_owned(),
        Role::Path => "path".to_owned(),
        Role::Command => "command".to_owned(),
        Role::ShellWords => "shell-words".to_owned(),
        Role::OwnWords => "own-words".to_owned(),
        Role::TemplateScript => "template-script".to_owned(),
        Role::Script(shell) => with("script", shell),
        Role::WordsOf(program) => format!("words-of:{program}"),
        Role::PackageCommand => "package-command".to_owned(),
        Role::Entrypoint => "entrypoint".to_owned(),
        Role::Image => "container-image".to_owned(),
        Role::ScriptList => "script-list".to_owned(),
        Role::JoinedScript => "remote-script".to_owned(),
        Role::ScriptFile => "script-file".to_owned(),
        Role::Sql(dialect) => with("sql", dialect),
        Role::Code(language) => with("code", language),
        Role::SqlFile(dialect) => with("sql-file", dialect),
        Role::CodeFile(language) => with("code-file", language),
        Role::Url => "url".to_owned(),
        Role::Assignment => "assignment".to_owned(),
        Role::TemplateCommand => "template-command".to_owned(),
        Role::Filter => "filter".to_owned(),
        Role::Placeholder => "placeholder".to_owned(),
        Role::Separator => "separator".to_owned(),
        Role::Config => "config".to_owned(),
        Role::CodeLine(language) => format!("code-line:{language}"),
        Role::NameRegex => "name-regex".to_owned(),
        Role::NameEnding => "name-ending".to_owned(),
        Role::NamesFile => "names-file".to_owned(),
        Role::WorkingDirectory => "working-directory".to_owned(),
    }
}
