//! `argvet packs docs`: the packs as Markdown pages, which are kept in the repository and cannot drift: a test compares
//! them with the packs.

use crate::frontend::{Error, Exit};
use crate::{Audited, Catalog, PackText, RuleText};
use std::fmt::Write;
use std::path::Path;

/// The first line of every page.
const GENERATED: &str = "<!-- Written by `argvet packs docs`; edit the pack instead. -->\n\n";

/// Writes the pages below a folder.
pub(super) fn run(catalog: &Catalog, folder: &Path) -> Result<Exit, Error> {
    for (name, text) in pages(catalog) {
        let path = folder.join(name);
        let written = match path.parent() {
            Some(parent) => std::fs::create_dir_all(parent).and_then(|()| std::fs::write(&path, text)),
            None => std::fs::write(&path, text),
        };
        written.map_err(|source| Error::WriteFile { path, source })?;
    }
    Ok(Exit::Allow)
}

/// All pages: their paths below the folder, and their texts.
fn pages(catalog: &Catalog) -> Vec<(String, String)> {
    let packs = catalog.packs();
    let mut pages: Vec<(String, String)> = packs
        .iter()
        .map(|pack| (format!("packs/{}.md", pack.id), page(pack, &catalog.rules(&pack.id))))
        .collect();
    pages.push(("packs/README.md".to_owned(), index(&packs, catalog)));
    pages.push(("cli-versions.md".to_owned(), versions(&packs)));
    pages
}

fn index(packs: &[PackText], catalog: &Catalog) -> String {
    let mut text = format!("{GENERATED}# Packs\n\n");
    let mut sorted: Vec<&PackText> = packs.iter().collect();
    sorted.sort_by(|a, b| a.tier.cmp(&b.tier).then_with(|| a.id.cmp(&b.id)));
    text.push_str("| pack | tier | on by default | rules | about |\n| --- | --- | --- | --- | --- |\n");
    for pack in sorted {
        let (on, rules) = (yes(pack.default), catalog.rules(&pack.id).len());
        line(
            &mut text,
            format_args!(
                "| [{0}]({0}.md) | {1} | {on} | {rules} | {2} |",
                pack.id,
                pack.tier,
                cell(&pack.summary)
            ),
        );
    }
    text
}

fn versions(packs: &[PackText]) -> String {
    let mut text = format!("{GENERATED}# What the packs were checked against\n\n");
    text.push_str(
        "| program | version | checked on | what was looked at | pack |\n| --- | --- | --- | --- | --- |\n",
    );
    let mut rows: Vec<String> = Vec::new();
    for pack in packs {
        rows.extend(pack.checked.iter().map(|checked| {
            let [program, version, source] =
                [&checked.program, &checked.version, &checked.source].map(|text| cell(text));
            format!("| {program} | {version} | {} | {source} | [{1}](packs/{1}.md) |", checked.on, pack.id)
        }));
    }
    rows.sort();
    rows.dedup();
    for row in rows {
        line(&mut text, format_args!("{row}"));
    }
    audits(&mut text, packs);
    text
}

/// What the audits of the programs found.
fn audits(text: &mut String, packs: &[PackText]) {
    text.push_str(
        "\n## Audited commands\n\nWhat `argvet packs audit` found: the commands that each program's help lists, how many \
         of them sound destructive, how many of those a rule is about, and how many the pack considers to be of no \
         concern, with the reason on its page.\n\n\
         | program | version | audited on | commands | sound destructive | covered | considered | pack |\n\
         | --- | --- | --- | --- | --- | --- | --- | --- |\n",
    );
    let mut rows: Vec<String> = Vec::new();
    for pack in packs {
        rows.extend(pack.audited.iter().map(|audited| {
            let Audited { program, version, on, commands, destructive, considered } = audited;
            let covered = destructive.saturating_sub(*considered);
            format!(
                "| {program} | {} | {on} | {commands} | {destructive} | {covered} | {considered} | [{1}](packs/{1}.md) |",
                cell(version),
                pack.id
            )
        }));
    }
    rows.sort();
    for row in rows {
        line(text, format_args!("{row}"));
    }
}

fn page(pack: &PackText, rules: &[RuleText]) -> String {
    let mut text = GENERATED.to_owned();
    line(&mut text, format_args!("# {}: {}\n\n{}.\n", pack.id, pack.title, pack.summary));
    line(&mut text, format_args!("- tier {}; on by default: {}", pack.tier, yes(pack.default)));
    if !pack.programs.is_empty() {
        line(&mut text, format_args!("- programs: {}", code_list(&pack.programs)));
    }
    for checked in &pack.checked {
        let (program, version, on) = (&checked.program, &checked.version, &checked.on);
        line(&mut text, format_args!("- checked against {program} {version} on {on}: {}", checked.source));
    }
    text.push_str("\n| rule | severity | what it is about |\n| --- | --- | --- |\n");
    for rule in rules {
        let name = name(rule);
        line(
            &mut text,
            format_args!("| [{name}](#{name}) | {} | {} |", rule.severity.name(), cell(&rule.title)),
        );
    }
    for rule in rules {
        write_rule(&mut text, rule);
    }
    if !pack.considered.is_empty() {
        text.push_str("\n## Considered and left alone\n\n| command | reason |\n| --- | --- |\n");
        for (command, reason) in &pack.considered {
            line(&mut text, format_args!("| `{}` | {} |", cell(command), cell(reason)));
        }
    }
    if !pack.harmless.is_empty() {
        text.push_str("\n## Never stopped\n\n");
        block(&mut text, &pack.harmless);
    }
    text
}

fn write_rule(text: &mut String, rule: &RuleText) {
    line(text, format_args!("\n## {}\n", name(rule)));
    line(text, format_args!("**{}**: {}. {}\n", rule.severity.name(), rule.title, rule.why));
    for (title, commands) in
        [("Instead", &rule.instead), ("Stopped", &rule.blocks), ("Let through", &rule.allows)]
    {
        if !commands.is_empty() {
            line(text, format_args!("{title}:\n"));
            block(text, commands);
        }
    }
}

/// Commands as a code block whose fence no command contains.
fn block(text: &mut String, commands: &[String]) {
    let mut fence = "```".to_owned();
    while commands.iter().any(|command| command.contains(&fence)) {
        fence.push('`');
    }
    line(text, format_args!("{fence}sh\n{}\n{fence}\n", commands.join("\n")));
}

fn name(rule: &RuleText) -> &str {
    rule.id.split_once('/').map_or(rule.id.as_str(), |(_, name)| name)
}

fn yes(on: bool) -> &'static str {
    if on { "yes" } else { "no" }
}

fn code_list(names: &[String]) -> String {
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}

/// Text in a cell of a table.
fn cell(text: &str) -> String {
    text.replace('|', "\\|")
}

fn line(text: &mut String, arguments: std::fmt::Arguments<'_>) {
    // Writing to a string does not fail.
    let _ = writeln!(text, "{arguments}");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_on_disk_are_those_of_the_packs() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs");
        let pages = pages(&Catalog::builtin());
        for (name, text) in &pages {
            let found = std::fs::read_to_string(folder.join(name)).unwrap_or_default();
            assert!(found == *text, "docs/{name} is out of date: run `cargo run -- packs docs docs`");
        }
        for entry in std::fs::read_dir(folder.join("packs")).unwrap() {
            let name = format!("packs/{}", entry.unwrap().file_name().to_string_lossy());
            assert!(pages.iter().any(|(page, _)| *page == name), "docs/{name} belongs to no pack: delete it");
        }
    }

    #[test]
    fn fences_are_longer_than_what_they_hold() {
        let mut text = String::new();
        block(&mut text, &["echo '```'".to_owned()]);
        assert!(text.starts_with("````sh\n") && text.ends_with("\n````\n\n"), "{text}");
    }
}
