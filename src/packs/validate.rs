//! From the pack as written ([`super::file`]) to the validated pack ([`super::rule`]). Every error is one sentence
//! that says what was expected, with file and line. Shared with `build.rs`.

use super::error::{PackError, Source};
use super::file::{AuditedTable, Checked, PackFile, RuleTable};
use super::programs::{Programs, Table};
use super::rule::{Audited, CheckedAgainst, Pack, PackText, Rule, RuleText};
use super::validate_match::Context;
use std::collections::BTreeSet;
use std::ops::Range;
use toml::Spanned;

/// Reads the text of a pack.
pub(crate) fn read(source: &Source<'_>) -> Result<PackFile, PackError> {
    toml::from_str(source.text).map_err(|error| {
        let at = error.span().unwrap_or(0..0);
        // The parser's messages name the allowed fields; some have several lines.
        source.error(&at, error.message().trim().replace('\n', ", "))
    })
}

/// The `[program.…]` tables of a file.
pub(crate) fn tables<'a>(file: &'a PackFile, source: &'a Source<'a>) -> Vec<Table<'a>> {
    let entry = |(name, table): (&'a Spanned<String>, &'a _)| Table {
        path: name.get_ref().split_whitespace().map(str::to_owned).collect(),
        table,
        source,
        at: name.span(),
    };
    file.program.iter().map(entry).collect()
}

/// The pack of a file. Files in `packs/program/` have no rules and no head.
pub(crate) fn pack(file: &PackFile, source: &Source<'_>, programs: &Programs) -> Result<Pack, PackError> {
    let start = 0..0;
    if source.id.starts_with("program.") {
        let has_head = file.title.is_some() || file.summary.is_some() || file.tier.is_some();
        if has_head || !file.rule.is_empty() {
            return Err(source.error(&start, "expected nothing but [program.…] tables in packs/program/"));
        }
        return Ok(Pack { text: None, rules: Vec::new() });
    }
    for part in source.id.split('.') {
        let fine = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
        if part.is_empty() || !part.chars().all(fine) {
            let message =
                "expected a path of lower-case letters, digits and _, such as packs/backup/restic.toml";
            return Err(source.error(&start, message));
        }
    }
    let missing =
        |field: &str| source.error(&start, format!("expected the field {field} at the top of the pack"));
    let title = file.title.as_ref().ok_or_else(|| missing("title"))?;
    let summary = file.summary.as_ref().ok_or_else(|| missing("summary"))?;
    for line in [title, summary] {
        one_line(source, line)?;
        if line.get_ref().ends_with('.') {
            return Err(source.error(&line.span(), "expected no dot at the end"));
        }
    }
    let tier = file.tier.ok_or_else(|| missing("tier"))?;
    if tier > 3 {
        return Err(source.error(&start, format!("expected a tier from 0 to 3, found {tier}")));
    }
    let text = PackText {
        id: source.id.to_owned(),
        title: title.get_ref().clone(),
        summary: summary.get_ref().clone(),
        tier,
        // Who adds a pack wants it.
        default: file.default.unwrap_or(source.id.starts_with("user.")),
        checked: file.checked.0.iter().map(checked).collect(),
        audited: file.audited.0.iter().map(audited).collect(),
        considered: considered(file, source)?,
        harmless: examples(source, &file.harmless)?,
        programs: file
            .program
            .keys()
            .map(|name| name.get_ref().clone())
            .filter(|n| !n.contains(' '))
            .collect(),
    };
    Ok(Pack { rules: rules(file, source, programs)?, text: Some(text) })
}

fn rules(
    file: &PackFile,
    source: &Source<'_>,
    programs: &Programs,
) -> Result<Vec<(Rule, RuleText)>, PackError> {
    if file.rule.is_empty() {
        return Err(source.error(&(0..0), "expected at least one [[rule]]"));
    }
    let mut ids = BTreeSet::new();
    let mut rules = Vec::new();
    for spanned in &file.rule {
        let rule = spanned.get_ref();
        if !ids.insert(rule.id.get_ref().as_str()) {
            let message = format!("expected a new id, {} is the id of an earlier rule", rule.id.get_ref());
            return Err(source.error(&rule.id.span(), message));
        }
        rules.push((conditions(rule, source, programs)?, words(rule, source)?));
    }
    Ok(rules)
}

/// What the rule does.
fn conditions(rule: &RuleTable, source: &Source<'_>, programs: &Programs) -> Result<Rule, PackError> {
    let id = rule.id.get_ref();
    if rule.matches.is_empty() {
        return Err(source.error(&rule.id.span(), format!("expected at least one match in the rule {id}")));
    }
    let mut context = Context { source, programs, commands: Vec::new(), exception: false };
    let mut matches = Vec::new();
    for entry in &rule.matches {
        let clause = context.clause(entry)?;
        context.commands.extend(clause.commands.iter().cloned());
        matches.push(clause);
    }
    context.exception = true;
    let unless = rule.unless.iter().map(|entry| context.clause(entry)).collect::<Result<Vec<_>, _>>()?;
    Ok(Rule { matches, unless })
}

/// What the rule says.
fn words(rule: &RuleTable, source: &Source<'_>) -> Result<RuleText, PackError> {
    let id = rule.id.get_ref();
    if !is_rule_id(id) {
        let message = format!(
            "expected an id of lower-case words with - between them, named after what is disliked, found {id}"
        );
        return Err(source.error(&rule.id.span(), message));
    }
    let title = one_line(source, &rule.title)?;
    let mut letters = title.chars();
    let capital =
        letters.next().is_some_and(char::is_uppercase) && letters.next().is_some_and(char::is_lowercase);
    if capital || title.ends_with('.') {
        let message = "expected a title that is a verb phrase in lower case without a dot at the end";
        return Err(source.error(&rule.title.span(), message));
    }
    let why = one_line(source, &rule.why)?;
    if !why.ends_with('.') {
        return Err(
            source.error(&rule.why.span(), "expected why to be whole sentences, with a dot at the end")
        );
    }
    for (field, list) in [("blocks", &rule.blocks), ("allows", &rule.allows)] {
        if list.is_empty() {
            let message = format!("expected at least one example in {field} of the rule {id}");
            return Err(source.error(&rule.id.span(), message));
        }
    }
    Ok(RuleText {
        id: format!("{}/{id}", source.id),
        severity: rule.severity,
        title,
        why,
        instead: examples(source, &rule.instead)?,
        blocks: examples(source, &rule.blocks)?,
        allows: examples(source, &rule.allows)?,
    })
}

/// The commands that are of no concern, with the reasons.
fn considered(file: &PackFile, source: &Source<'_>) -> Result<Vec<(String, String)>, PackError> {
    let entry = |(command, reason): (&Spanned<String>, &Spanned<String>)| {
        if command.get_ref().split(' ').any(str::is_empty) {
            return Err(
                source.error(&command.span(), "expected the words of a command with one blank between them")
            );
        }
        Ok((command.get_ref().clone(), one_line(source, reason)?))
    };
    file.considered.iter().map(entry).collect()
}

fn is_rule_id(id: &str) -> bool {
    let word =
        |word: &str| !word.is_empty() && word.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit());
    id.split('-').all(word) && !id.starts_with("no-")
}

/// Commands: none of them empty, none of them twice.
fn examples(source: &Source<'_>, list: &[Spanned<String>]) -> Result<Vec<String>, PackError> {
    let mut seen = BTreeSet::new();
    for example in list {
        let fail = |message: &str| Err(source.error(&example.span(), message));
        if example.get_ref().trim().is_empty() {
            return fail("expected a command, found an empty string");
        }
        if !seen.insert(example.get_ref()) {
            return fail("expected each example once");
        }
    }
    Ok(list.iter().map(|example| example.get_ref().clone()).collect())
}

fn one_line(source: &Source<'_>, text: &Spanned<String>) -> Result<String, PackError> {
    let at: Range<usize> = text.span();
    let line = text.get_ref();
    if line.trim().is_empty() || line.contains('\n') || line.trim() != line {
        return Err(source.error(&at, "expected one line of text without blanks around it"));
    }
    Ok(line.clone())
}

fn checked(entry: &Checked) -> CheckedAgainst {
    CheckedAgainst {
        program: entry.program.clone(),
        version: entry.version.clone(),
        on: entry.on.clone(),
        source: entry.source.clone(),
    }
}

fn audited(entry: &AuditedTable) -> Audited {
    Audited {
        program: entry.program.clone(),
        version: entry.version.clone(),
        on: entry.on.clone(),
        commands: entry.commands,
        destructive: entry.destructive,
        considered: entry.considered,
    }
}
