//! From the configurations of several places to what counts: [`Effective`].
//!
//! ```text
//! built-in ─▶ system ─▶ user ─▶ project ─▶ environment ─▶ flags
//! ```
//!
//! A later layer replaces what an earlier one says, with two exceptions. What the system's configuration says is a
//! floor: later layers may be stricter, not milder. And a layer that is not trusted (a project's file, the environment)
//! only ever raises a floor. So nothing that it holds can make a verdict milder: every effective value is the stricter one
//! of value and floor.
//!
//! Within a file, a section about a host or a directory counts for more than what stands above it.

use super::Decision;
use super::config::{RuleSettings, Settings};
use super::preset::Preset;
use crate::packs::{PackSelection, Severity};
use crate::value::Match;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// A configuration and how far it is trusted.
#[derive(Clone, Debug)]
pub struct Layer {
    /// Where it comes from, for people: a file, a variable.
    pub name: String,
    /// How far it is trusted.
    pub authority: Authority,
    /// The directory that relative paths in it are relative to.
    pub root: Option<PathBuf>,
    /// What it says.
    pub settings: Settings,
}

/// How far a layer is trusted.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Authority {
    /// It has the last word about how mild later layers may be.
    Floor,
    /// It may change everything but a floor.
    Full,
    /// It may only make things stricter.
    TightenOnly,
}

/// For what the sections of a configuration are chosen.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Occasion<'a> {
    /// The host that asks.
    pub host: Option<&'a str>,
    /// The directory in which the command starts.
    pub cwd: Option<&'a Path>,
    /// The user's home directory.
    pub home: Option<&'a Path>,
}

/// A value, the floor below which it cannot be set, and who said so.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Setting<T> {
    value: Option<(T, String)>,
    floor: Option<(T, String)>,
}

impl<T> Default for Setting<T> {
    fn default() -> Setting<T> {
        Setting { value: None, floor: None }
    }
}

impl<T: Copy + Ord> Setting<T> {
    fn apply(&mut self, value: Option<T>, authority: Authority, from: &str) {
        let Some(value) = value else { return };
        if authority != Authority::TightenOnly {
            self.value = Some((value, from.to_owned()));
        }
        let is_higher = self.floor.as_ref().is_none_or(|(floor, _)| value > *floor);
        if authority != Authority::Full && is_higher {
            self.floor = Some((value, from.to_owned()));
        }
    }

    /// The value that counts and who said so, where nothing else is said than `default`.
    pub(crate) fn over(&self, default: T) -> (T, &str) {
        let (value, from) = self.value.as_ref().map_or((default, BUILT_IN), |(value, from)| (*value, from));
        match &self.floor {
            Some((floor, by)) if *floor > value => (*floor, by),
            _ => (value, from),
        }
    }

    /// The value alone, without the floor.
    pub(crate) fn value(&self) -> Option<(T, &str)> {
        self.value.as_ref().map(|(value, from)| (*value, from.as_str()))
    }

    /// The floor alone.
    pub(crate) fn floor(&self) -> Option<(T, &str)> {
        self.floor.as_ref().map(|(value, from)| (*value, from.as_str()))
    }
}

/// Who says what nobody has configured.
pub(crate) const BUILT_IN: &str = "built-in";

/// Size in MB at which a new audit log is begun, if nobody says otherwise.
#[cfg(feature = "cli")]
pub(crate) const AUDIT_MEGABYTES: u32 = 10;

/// What is changed about a rule.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(crate) struct RuleCells {
    pub(crate) decision: Setting<Decision>,
    pub(crate) severity: Setting<Severity>,
}

/// A pack or category that is switched on or off.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Switch {
    pub(crate) on: bool,
    /// Whether it has to stay on.
    pinned: bool,
    pub(crate) from: String,
}

/// A text that was added to a list, and by whom.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Entry {
    pub(crate) text: String,
    pub(crate) from: String,
    /// The directory that a relative path is relative to.
    pub(crate) root: Option<PathBuf>,
}

/// All layers put together.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(crate) struct Effective {
    pub(crate) preset: Setting<Preset>,
    /// By severity: if possible, if certain.
    decisions: [[Setting<Decision>; 2]; 4],
    pub(crate) gaps: Setting<Decision>,
    pub(crate) unknown_commands: Setting<Decision>,
    pub(crate) rules: BTreeMap<String, RuleCells>,
    pub(crate) packs: BTreeMap<String, Switch>,
    pub(crate) known_commands: Vec<Entry>,
    pub(crate) protected: Vec<Entry>,
    pub(crate) scratch: Vec<Entry>,
    pub(crate) trusted_producers: Vec<Entry>,
    pub(crate) audit: Setting<bool>,
    pub(crate) audit_megabytes: Setting<u32>,
}

const SEVERITIES: [Severity; 4] = [Severity::Low, Severity::Medium, Severity::High, Severity::Critical];

impl Effective {
    /// Puts layers together, the weakest first.
    pub(crate) fn of(layers: &[Layer], occasion: Occasion<'_>) -> Effective {
        let mut all = Effective::default();
        for layer in layers {
            // What the layer says for this occasion, before it is weighed against other layers.
            let mut own = Effective::default();
            for (section, label) in sections(layer, occasion) {
                own.add(section, layer, &label);
            }
            all.merge(own, layer.authority);
        }
        all
    }

    /// What is done about a finding of this severity: if it is possible, and if it is certain.
    pub(crate) fn decisions(&self, severity: Severity) -> [(Decision, &str); 2] {
        let default = Preset::default().decisions(severity);
        let cells = SEVERITIES.iter().zip(&self.decisions).find(|(known, _)| **known == severity);
        match cells {
            Some((_, [possible, certain])) => {
                let [if_possible, if_certain] = default;
                [possible.over(if_possible), certain.over(if_certain)]
            }
            None => default.map(|decision| (decision, BUILT_IN)),
        }
    }

    /// How bad a rule is that its pack says to be `severity`.
    pub(crate) fn severity(&self, rule: &str, severity: Severity) -> Severity {
        self.rules.get(rule).map_or(severity, |cells| cells.severity.over(severity).0)
    }

    /// What is done about a finding.
    pub(crate) fn decide(&self, rule: &str, severity: Severity, certainty: Match) -> Decision {
        let pick = |severity| {
            let [possible, certain] = self.decisions(severity);
            match certainty {
                Match::No => Decision::Allow,
                Match::Possible => possible.0,
                Match::Certain => certain.0,
            }
        };
        // A rule that denies is as strict as one of a high severity: what is only possible may still be asked.
        let as_stated = |decision| match decision {
            Decision::Deny if certainty != Match::Certain => pick(Severity::High),
            other => other,
        };
        let cells = self.rules.get(rule).map(|cells| &cells.decision);
        let stated = cells.and_then(Setting::value).map(|(decision, _)| as_stated(decision));
        let floor = cells.and_then(Setting::floor).map(|(decision, _)| as_stated(decision));
        stated.unwrap_or_else(|| pick(severity)).max(floor.unwrap_or_default())
    }

    /// The packs that are on.
    pub(crate) fn selection(&self) -> PackSelection {
        let is_pinned = |name: &str| self.packs.get(name).is_some_and(|switch| switch.pinned);
        let mut selection = PackSelection::default();
        for (name, switch) in &self.packs {
            let stays_on =
                is_pinned("all") || name.split_once('.').is_some_and(|(category, _)| is_pinned(category));
            match (name.as_str(), switch.on) {
                ("all", on) => selection.all = on,
                (_, true) => drop(selection.on.insert(name.clone())),
                (_, false) if stays_on => {}
                (_, false) => drop(selection.off.insert(name.clone())),
            }
        }
        selection
    }

    /// Adds a section: within a file the later one replaces the earlier one.
    fn add(&mut self, section: &Settings, layer: &Layer, from: &str) {
        let full = Authority::Full;
        self.preset.apply(section.preset, full, from);
        if let Some(preset) = section.preset {
            for (severity, cells) in SEVERITIES.iter().zip(&mut self.decisions) {
                for (cell, decision) in cells.iter_mut().zip(preset.decisions(*severity)) {
                    cell.apply(Some(decision), full, from);
                }
            }
            self.gaps.apply(Some(preset.gaps()), full, from);
            self.unknown_commands.apply(Some(preset.unknown_commands()), full, from);
        }
        self.gaps.apply(section.gaps, full, from);
        self.unknown_commands.apply(section.unknown_commands, full, from);
        for (rule, RuleSettings { decision, severity }) in &section.rules {
            let cells = self.rules.entry(rule.get_ref().clone()).or_default();
            cells.decision.apply(*decision, full, from);
            cells.severity.apply(*severity, full, from);
        }
        if section.packs.iter().any(|entry| entry.get_ref().trim() == "all") {
            self.forget_switched_off();
        }
        for entry in &section.packs {
            let name = entry.get_ref().trim();
            let off = name.strip_prefix('-');
            let switch = Switch { on: off.is_none(), pinned: false, from: from.to_owned() };
            self.packs.insert(off.unwrap_or(name).to_owned(), switch);
        }
        let entry = |text: &toml::Spanned<String>| Entry {
            text: text.get_ref().clone(),
            from: from.to_owned(),
            root: layer.root.clone(),
        };
        self.known_commands.extend(section.known_commands.iter().map(entry));
        self.protected.extend(section.protected.iter().map(entry));
        self.scratch.extend(section.scratch.iter().map(entry));
        self.trusted_producers.extend(section.trusted_producers.iter().map(entry));
        self.audit.apply(section.audit.enabled, full, from);
        self.audit_megabytes.apply(section.audit.megabytes, full, from);
    }

    /// `all` in a later place means all, whatever was switched off before.
    fn forget_switched_off(&mut self) {
        self.packs.retain(|_, switch| switch.on);
    }

    /// Weighs what a later layer says against what is there.
    fn merge(&mut self, own: Effective, authority: Authority) {
        self.preset.merge(&own.preset, authority);
        for (cells, theirs) in self.decisions.iter_mut().flatten().zip(own.decisions.iter().flatten()) {
            cells.merge(theirs, authority);
        }
        self.gaps.merge(&own.gaps, authority);
        self.unknown_commands.merge(&own.unknown_commands, authority);
        for (rule, theirs) in own.rules {
            let cells = self.rules.entry(rule).or_default();
            cells.decision.merge(&theirs.decision, authority);
            cells.severity.merge(&theirs.severity, authority);
        }
        if own.packs.get("all").is_some_and(|switch| switch.on) {
            self.forget_switched_off();
        }
        for (pack, mut switch) in own.packs {
            let stays_on = self.packs.get(&pack).is_some_and(|known| known.pinned);
            if !switch.on && (authority == Authority::TightenOnly || stays_on) {
                continue;
            }
            switch.pinned = stays_on || (switch.on && authority == Authority::Floor);
            self.packs.insert(pack, switch);
        }
        self.protected.extend(own.protected);
        self.audit.merge(&own.audit, authority);
        self.audit_megabytes.merge(&own.audit_megabytes, authority);
        if authority != Authority::TightenOnly {
            self.known_commands.extend(own.known_commands);
            self.scratch.extend(own.scratch);
            self.trusted_producers.extend(own.trusted_producers);
        }
    }
}

impl<T: Copy + Ord> Setting<T> {
    fn merge(&mut self, later: &Setting<T>, authority: Authority) {
        if let Some((value, from)) = later.value() {
            self.apply(Some(value), authority, from);
        }
    }
}

/// The sections of a layer that count, the most special one last, each with a name for people.
fn sections<'a>(layer: &'a Layer, occasion: Occasion<'_>) -> Vec<(&'a Settings, String)> {
    let mut found = vec![(&layer.settings, layer.name.clone())];
    let mut at = 0;
    while let Some((section, label)) = found.get(at).cloned() {
        for (host, inner) in &section.hosts {
            if occasion.host == Some(host.get_ref().as_str()) {
                found.push((inner, format!("{label} [hosts.{}]", host.get_ref())));
            }
        }
        let mut directories: Vec<(PathBuf, &str, &Settings)> = section
            .directories
            .iter()
            .filter_map(|(name, inner)| {
                let directory = absolute(name.get_ref(), layer.root.as_deref(), occasion.home)?;
                let inside = occasion.cwd.is_some_and(|cwd| cwd.starts_with(&directory));
                inside.then_some((directory, name.get_ref().as_str(), inner))
            })
            .collect();
        directories.sort_by_key(|(directory, ..)| directory.components().count());
        let named = directories.into_iter();
        found.extend(named.map(|(_, name, inner)| (inner, format!("{label} [directories.\"{name}\"]"))));
        at += 1;
    }
    found
}

/// The directory that is meant.
fn absolute(written: &str, root: Option<&Path>, home: Option<&Path>) -> Option<PathBuf> {
    match written.strip_prefix('~') {
        Some(rest) if rest.is_empty() || rest.starts_with('/') => {
            Some(home?.join(rest.trim_start_matches('/')))
        }
        _ if written.starts_with('/') => Some(PathBuf::from(written)),
        _ => Some(root?.join(written)),
    }
}

#[cfg(test)]
mod tests;
