//! `argvet config show`: every setting, its value, and who says so.

use crate::frontend::cli::{Color, Format};
use crate::frontend::policy::{Purpose, for_host};
use crate::frontend::{Error, Exit, output};
use crate::policy::layer::{BUILT_IN, Effective, Entry};
use crate::{Decision, Preset, Severity};
use serde::Serialize;
use std::io::Write;
use std::path::Path;

/// The version of the document's shape.
const SCHEMA: u32 = 1;

/// All settings.
#[derive(Serialize)]
struct Shown {
    schema: u32,
    settings: Vec<Row>,
    files: Vec<FileState>,
    problems: Vec<String>,
}

/// A setting with its value.
#[derive(Serialize)]
struct Row {
    setting: String,
    value: String,
    from: String,
}

/// A file, and whether it counts.
#[derive(Serialize)]
struct FileState {
    path: String,
    state: &'static str,
}

pub(super) fn run(host: Option<&str>, cwd: Option<&Path>, format: Format) -> Result<Exit, Error> {
    let assembled = for_host(Purpose { host, cwd });
    let state =
        |(path, state): (std::path::PathBuf, _)| FileState { path: path.display().to_string(), state };
    let shown = Shown {
        schema: SCHEMA,
        settings: rows(assembled.policy.effective()),
        files: super::all_files(cwd).into_iter().map(state).collect(),
        problems: assembled.problems,
    };
    match format {
        Format::Json => output::json(&shown)?,
        Format::Human => write(&shown).map_err(Error::Write)?,
    }
    Ok(Exit::Allow)
}

fn write(shown: &Shown) -> std::io::Result<()> {
    let mut out = output::human(Color::Auto);
    let widest = |text: fn(&Row) -> &str| shown.settings.iter().map(|row| text(row).chars().count()).max();
    let (first, second) = (widest(|row| &row.setting), widest(|row| &row.value));
    let (first, second) = (first.unwrap_or(0), second.unwrap_or(0).min(40));
    for Row { setting, value, from } in &shown.settings {
        writeln!(out, "{setting:<first$}  {value:<second$}  {from}")?;
    }
    writeln!(out)?;
    for FileState { path, state } in &shown.files {
        writeln!(out, "{state:<11}{path}")?;
    }
    for problem in &shown.problems {
        writeln!(out, "\nleft out: {problem}")?;
    }
    out.flush()
}

fn rows(effective: &Effective) -> Vec<Row> {
    let row = |setting: &str, value: &str, from: &str| Row {
        setting: setting.to_owned(),
        value: value.to_owned(),
        from: from.to_owned(),
    };
    let (preset, from) = effective.preset.over(Preset::default());
    let mut rows = vec![row("preset", preset.name(), from)];
    for severity in [Severity::Critical, Severity::High, Severity::Medium, Severity::Low] {
        let [possible, certain] = effective.decisions(severity);
        let who = if certain.1 == BUILT_IN { possible.1 } else { certain.1 };
        let value = format!("{}, if only possible {}", certain.0.name(), possible.0.name());
        rows.push(row(&format!("findings of {} severity", severity.name()), &value, who));
    }
    let (gaps, from) = effective.gaps.over(Preset::default().gaps());
    rows.push(row("gaps", gaps.name(), from));
    let (unknown, from) = effective.unknown_commands.over(Preset::default().unknown_commands());
    rows.push(row("unknown-commands", unknown.name(), from));
    for (pack, switch) in &effective.packs {
        rows.push(row(&format!("packs.{pack}"), if switch.on { "on" } else { "off" }, &switch.from));
    }
    for (rule, cells) in &effective.rules {
        if cells.decision.value().or(cells.decision.floor()).is_some() {
            let (decision, from) = cells.decision.over(Decision::Allow);
            // A project that is not trusted only tightens what the rule says by itself.
            let least = if cells.decision.value().is_none() { "at least " } else { "" };
            rows.push(row(
                &format!("rules.\"{rule}\".decision"),
                &format!("{least}{}", decision.name()),
                from,
            ));
        }
        if cells.severity.value().or(cells.severity.floor()).is_some() {
            let (severity, from) = cells.severity.over(Severity::Low);
            let least = if cells.severity.value().is_none() { "at least " } else { "" };
            rows.push(row(
                &format!("rules.\"{rule}\".severity"),
                &format!("{least}{}", severity.name()),
                from,
            ));
        }
    }
    let lists: [(&str, &[Entry]); 4] = [
        ("protected", &effective.protected),
        ("scratch", &effective.scratch),
        ("trusted-producers", &effective.trusted_producers),
        ("known-commands", &effective.known_commands),
    ];
    for (name, entries) in lists {
        rows.extend(entries.iter().map(|entry| row(name, &entry.text, &entry.from)));
    }
    let (audit, from) = effective.audit.over(true);
    rows.push(row("audit.enabled", if audit { "true" } else { "false" }, from));
    let (megabytes, from) = effective.audit_megabytes.over(crate::policy::layer::AUDIT_MEGABYTES);
    rows.push(row("audit.megabytes", &megabytes.to_string(), from));
    rows
}
