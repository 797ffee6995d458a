//! The `[program.…]` tables of several files, put together to one [`Grammar`] for each program.
//!
//! The table of a command may be spread over files: options add up, a contradiction is an error. Shared with
//! `build.rs`.

use super::error::{PackError, Source};
use super::file::{AlwaysOr, DefaultFileTable, EffectTable, PrintsTable, ProgramTable};
use crate::program::grammar::{
    DefaultFile, EffectKind, EffectSpec, Grammar, OptionSpec, OptionValue, STDIN, SettingSpec, Style,
};
use crate::program::usage;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::rc::Rc;
use toml::Spanned;

/// Grammars of programs, by canonical name.
#[derive(Default)]
pub(crate) struct Programs {
    /// Those that the files define or add to.
    pub(crate) own: BTreeMap<String, Grammar>,
    /// Those that are only looked at: a user's rule may be about a program that a built-in pack defines.
    base: BTreeMap<String, Grammar>,
    /// Commands whose style is written in a file, so that it is not taken from the outer command.
    styled: BTreeSet<Vec<String>>,
}

/// Where grammars come from that the files do not define.
pub(crate) type Base<'a> = &'a dyn Fn(&str) -> Option<Grammar>;

/// A `[program.…]` table with its path, and where it stands.
pub(crate) struct Table<'a> {
    pub(crate) path: Vec<String>,
    pub(crate) table: &'a ProgramTable,
    pub(crate) source: &'a Source<'a>,
    pub(crate) at: Range<usize>,
}

impl Programs {
    /// Puts the tables together, outer commands first.
    pub(crate) fn merge(mut tables: Vec<Table<'_>>, base: Base<'_>) -> Result<Programs, Vec<PackError>> {
        tables.sort_by_key(|table| table.path.len());
        let mut programs = Programs::default();
        let mut errors = Vec::new();
        for table in &tables {
            if let Err(error) = programs.add(table, base) {
                errors.push(error);
            }
        }
        // Effects name options and operands, which another file may have added: so they come last.
        for table in &tables {
            if let Err(error) = programs.add_effects(table) {
                errors.push(error);
            }
        }
        if errors.is_empty() { Ok(programs) } else { Err(errors) }
    }

    /// Makes the grammar of `program` known, from `base` if no file defines it.
    pub(crate) fn look_up(&mut self, program: &str, base: Base<'_>) {
        let is_known = self.own.contains_key(program) || self.base.contains_key(program);
        if let Some(grammar) = (!is_known).then(|| base(program)).flatten() {
            self.base.insert(grammar.name.clone(), grammar);
        }
    }

    /// The grammars from the program to the command, outermost first; `None` if there is no such command.
    pub(crate) fn levels(&self, path: &[String]) -> Option<Vec<&Grammar>> {
        let (program, rest) = path.split_first()?;
        let mut levels = vec![self.own.get(program).or_else(|| self.base.get(program))?];
        for word in rest {
            let level = levels.last()?.subcommands.iter().find(|sub| sub.name == *word)?;
            levels.push(level);
        }
        Some(levels)
    }

    /// The canonical names of an option of the command, of an outer one, or of one of its subcommands. Where the command has
    /// the option itself, those of subcommands count that are the same by one of its names: `-c` of git is a setting, that of
    /// `git switch` makes a branch.
    pub(crate) fn canonical(&self, path: &[String], spelling: &str) -> BTreeSet<String> {
        let mut names = BTreeSet::new();
        let Some(levels) = self.levels(path) else { return names };
        let mut known: BTreeSet<&String> = BTreeSet::new();
        for grammar in &levels {
            for option in grammar.options.iter().filter(|o| is_spelled(o, grammar.style, spelling)) {
                names.insert(name_of(option));
                known.extend(&option.names);
            }
        }
        let mut open: Vec<&Grammar> =
            levels.last().into_iter().flat_map(|inner| inner.subcommands.iter()).collect();
        while let Some(grammar) = open.pop() {
            let spelled =
                grammar.options.iter().filter(|o| is_spelled(o, grammar.style, spelling)).map(name_of);
            names.extend(spelled.filter(|name| known.is_empty() || known.contains(name)));
            open.extend(grammar.subcommands.iter());
        }
        names
    }

    fn add(&mut self, table: &Table<'_>, base: Base<'_>) -> Result<(), PackError> {
        let Some((name, outer)) = table.path.split_last() else {
            return Err(table.error("expected the name of a program"));
        };
        if outer.is_empty() && !self.own.contains_key(name) {
            self.own.insert(name.clone(), base(name).unwrap_or_else(|| named(name)));
        } else if let Some(program) = outer.first().filter(|program| !self.own.contains_key(*program)) {
            let grammar = base(program).ok_or_else(|| {
                table
                    .error(format!("expected a table [program.{program}] for the program of this subcommand"))
            })?;
            self.own.insert(program.clone(), grammar);
        }
        let inherited = self.levels(outer).and_then(|levels| levels.last().map(|outer| outer.style));
        let styled_before = self.styled.contains(&table.path);
        let Some(grammar) = self.command_mut(&table.path) else {
            let parent = outer.join(" ");
            return Err(table.error(format!("expected a table [program.\"{parent}\"] for the outer command")));
        };
        match table.table.style {
            Some(style) if styled_before && style != grammar.style => {
                return Err(table.error("expected the same style as in the other table of this command"));
            }
            Some(style) => grammar.style = style,
            None if styled_before => {}
            None => grammar.style = inherited.unwrap_or(grammar.style),
        }
        add_aliases(grammar, table)?;
        add_options(grammar, table)?;
        add_the_rest(grammar, table)?;
        if table.table.style.is_some() {
            self.styled.insert(table.path.clone());
        }
        Ok(())
    }

    fn add_effects(&mut self, table: &Table<'_>) -> Result<(), PackError> {
        let mut effects = Vec::new();
        for spanned in &table.table.effect {
            let at = spanned.span();
            effects.extend(self.effects(table, spanned.get_ref(), &at)?);
        }
        let request = table.table.request.as_ref().map(|request| request.spec(table, self)).transpose()?;
        let defaults: Result<Vec<DefaultFile>, PackError> =
            table.table.default_files.iter().map(|file| self.default_file(table, file)).collect();
        let defaults = defaults?;
        if let Some(grammar) = self.command_mut(&table.path) {
            for file in defaults {
                if !grammar.defaults.contains(&file) {
                    grammar.defaults.push(file);
                }
            }
            if let Some(request) = request {
                grammar.request = Some(Rc::new(request));
            }
            for effect in effects {
                if !grammar.effects.contains(&effect) {
                    grammar.effects.push(effect);
                }
            }
        }
        Ok(())
    }

    fn default_file(
        &self,
        table: &Table<'_>,
        file: &Spanned<DefaultFileTable>,
    ) -> Result<DefaultFile, PackError> {
        let (at, entry) = (file.span(), file.get_ref());
        let role = usage::role(&entry.role).map_err(|message| table.source.error(&at, message))?;
        let (when, unless) =
            (self.options(table, &entry.when.0, &at)?, self.options(table, &entry.unless.0, &at)?);
        Ok(DefaultFile { role, names: entry.names.clone(), when, unless })
    }

    /// The canonical names of options.
    fn options(
        &self,
        table: &Table<'_>,
        list: &[String],
        at: &Range<usize>,
    ) -> Result<Vec<String>, PackError> {
        let mut names = Vec::new();
        for option in list {
            let found = self.canonical(&table.path, option);
            if found.is_empty() {
                return Err(table
                    .source
                    .error(at, format!("expected an option of this program, found {option}")));
            }
            names.extend(found);
        }
        Ok(names)
    }

    /// The effects that one entry of `effect` stands for: one for each kind that it names.
    fn effects(
        &self,
        table: &Table<'_>,
        entry: &EffectTable,
        at: &Range<usize>,
    ) -> Result<Vec<EffectSpec>, PackError> {
        let kinds = [
            (EffectKind::Delete, &entry.delete),
            (EffectKind::Write, &entry.write),
            (EffectKind::Append, &entry.append),
            (EffectKind::Move, &entry.moves),
            (EffectKind::Chmod, &entry.chmod),
            (EffectKind::Read, &entry.read),
            (EffectKind::Create, &entry.create),
            (EffectKind::Unpack, &entry.unpack),
        ];
        let options = |list: &[String]| self.options(table, list, at);
        let recursive = match &entry.recursive {
            AlwaysOr::Never => Vec::new(),
            AlwaysOr::Always => vec!["always".to_owned()],
            AlwaysOr::Options(list) => options(list)?,
        };
        let (when, unless) = (options(&entry.when.0)?, options(&entry.unless.0)?);
        let from = match entry.from.as_deref() {
            None => String::new(),
            Some(from @ ("stdin" | "output" | "edited" | "kept" | "made" | "packed")) => from.to_owned(),
            Some(from) => self.words(table, from, at)?,
        };
        let mut effects = Vec::new();
        for (kind, of) in kinds {
            let Some(of) = of else { continue };
            effects.push(EffectSpec {
                kind,
                of: match (kind, of.as_str()) {
                    (EffectKind::Unpack, STDIN) => STDIN.to_owned(),
                    _ => self.words(table, of, at)?,
                },
                when: when.clone(),
                unless: unless.clone(),
                recursive: recursive.clone(),
                last: entry.last,
                from: from.clone(),
                link: entry.link,
                base: entry.base,
            });
        }
        if effects.is_empty() {
            return Err(table
                .source
                .error(at, "expected one of delete, write, append, move, chmod, read, create, unpack"));
        }
        Ok(effects)
    }

    /// The name of the operand, or the canonical name of the option, whose words are the paths.
    fn words(&self, table: &Table<'_>, of: &str, at: &Range<usize>) -> Result<String, PackError> {
        let levels = self.levels(&table.path).unwrap_or_default();
        let inner = levels.last();
        let operands: Vec<&str> =
            inner.map(|inner| inner.operands.iter().map(|o| o.name.as_str()).collect()).unwrap_or_default();
        let filled = inner.is_some_and(|inner| inner.options.iter().any(|option| option.fills == of));
        if operands.contains(&of) || filled {
            return Ok(of.to_owned());
        }
        self.canonical(&table.path, of).into_iter().next().ok_or_else(|| {
            let known = operands.join(", ");
            let message = format!("expected an option or an operand ({known}) of this program, found {of}");
            table.source.error(at, message)
        })
    }

    fn command_mut(&mut self, path: &[String]) -> Option<&mut Grammar> {
        let (program, rest) = path.split_first()?;
        let mut grammar = self.own.get_mut(program)?;
        let count = rest.len();
        for (depth, word) in rest.iter().enumerate() {
            let known = grammar.subcommands.iter().position(|sub| sub.name == *word);
            if known.is_none() && depth + 1 == count {
                grammar.subcommands.push(named(word));
            } else if known.is_none() {
                return None;
            }
            let at = known.unwrap_or(grammar.subcommands.len() - 1);
            grammar = grammar.subcommands.get_mut(at)?;
        }
        Some(grammar)
    }
}

impl Table<'_> {
    pub(crate) fn error(&self, message: impl Into<String>) -> PackError {
        self.source.error(&self.at, message)
    }
}

fn named(name: &str) -> Grammar {
    Grammar { name: name.to_owned(), ..Grammar::default() }
}

fn name_of(option: &OptionSpec) -> String {
    option.canonical().to_owned()
}

/// Whether the option may be written like this. Go and Java programs do not care how many dashes there are.
fn is_spelled(option: &OptionSpec, style: Style, spelling: &str) -> bool {
    option.names.iter().any(|name| match style {
        Style::Go | Style::Java => name.trim_start_matches('-') == spelling.trim_start_matches('-'),
        _ => name == spelling,
    })
}

fn add_aliases(grammar: &mut Grammar, table: &Table<'_>) -> Result<(), PackError> {
    for alias in &table.table.aliases {
        let name = alias.get_ref();
        // An image has a path for a name (`image:rclone/rclone`), and all programs of a folder may be one.
        let is_place = name.starts_with("image:") || (name.starts_with('/') && name.ends_with("/*"));
        if name.is_empty() || name.contains(' ') || (name.contains('/') && !is_place) {
            return Err(table.source.error(&alias.span(), "expected a name of one word without a slash"));
        }
        if *name == grammar.name {
            return Err(table
                .source
                .error(&alias.span(), format!("expected another name than {name} itself")));
        }
        if !grammar.aliases.contains(name) {
            grammar.aliases.push(name.clone());
        }
    }
    Ok(())
}

fn add_options(grammar: &mut Grammar, table: &Table<'_>) -> Result<(), PackError> {
    let mut here = BTreeSet::new();
    for usage in &table.table.options {
        let fail = |message: String| table.source.error(&usage.span(), message);
        let option = usage::option(usage.get_ref())
            .map_err(|message| fail(format!("{message} (in \"{}\")", usage.get_ref())))?;
        if let Some(twice) = option.names.iter().find(|name| !here.insert((*name).clone())) {
            return Err(fail(format!("expected each option once, found {twice} again")));
        }
        let same =
            grammar.options.iter_mut().find(|known| known.names.iter().any(|n| option.names.contains(n)));
        match same {
            None => grammar.options.push(option),
            Some(known) if takes_a_value(known) != takes_a_value(&option) => {
                let name = known.canonical();
                return Err(fail(format!("expected {name} as in the other table of this command")));
            }
            Some(known) => {
                for name in option.names {
                    if !known.names.contains(&name) {
                        known.names.push(name);
                    }
                }
            }
        }
    }
    Ok(())
}

fn takes_a_value(option: &OptionSpec) -> bool {
    !matches!(option.value, OptionValue::None)
}

fn add_the_rest(grammar: &mut Grammar, table: &Table<'_>) -> Result<(), PackError> {
    if let Some(written) = &table.table.operands {
        let fail = |message: String| table.source.error(&written.span(), message);
        let operands = usage::operands(written.get_ref()).map_err(fail)?;
        if !grammar.operands.is_empty() && grammar.operands != operands {
            return Err(fail("expected the same operands as in the other table of this command".to_owned()));
        }
        grammar.operands = operands;
    }
    if let Some(stdin) = &table.table.stdin {
        let role =
            usage::role(stdin.get_ref()).map_err(|message| table.source.error(&stdin.span(), message))?;
        grammar.stdin = Some(role);
    }
    for (variable, written) in &table.table.environment {
        let role =
            usage::role(written.get_ref()).map_err(|message| table.source.error(&written.span(), message))?;
        if !grammar.environment.iter().any(|(name, _)| name == variable) {
            grammar.environment.push((variable.clone(), role));
        }
    }
    for (escape, written) in &table.table.escapes {
        let role =
            usage::role(written.get_ref()).map_err(|message| table.source.error(&written.span(), message))?;
        grammar.escapes.push((escape.clone(), role));
    }
    for (setting, written) in &table.table.settings {
        let role =
            usage::role(written.get_ref()).map_err(|message| table.source.error(&written.span(), message))?;
        let (name, prefix) = setting.get_ref().split_once('=').unwrap_or((setting.get_ref(), ""));
        let spec = SettingSpec { name: name.to_owned(), prefix: prefix.to_owned(), role };
        if name.is_empty() || name.matches('*').count() > 1 {
            let message = "expected the name of a setting, with at most one *";
            return Err(table.source.error(&setting.span(), message));
        }
        if !grammar.settings.contains(&spec) {
            grammar.settings.push(spec);
        }
    }
    grammar.keeps_environment |= table.table.keeps_environment;
    for option in &table.table.nul {
        let Some(spec) = grammar.options.iter().find(|spec| spec.names.contains(option)) else {
            return Err(table.error(format!("expected in nul options of this program, found {option}")));
        };
        grammar.nul.push(spec.canonical().to_owned());
    }
    add_prints(grammar, table)
}

fn add_prints(grammar: &mut Grammar, table: &Table<'_>) -> Result<(), PackError> {
    let by_option = match &table.table.prints {
        None => return Ok(()),
        Some(PrintsTable::Always(prints)) => {
            grammar.prints = Some(*prints);
            return Ok(());
        }
        Some(PrintsTable::ByOption(by_option)) => by_option,
    };
    for (option, prints) in by_option {
        if option == "always" {
            grammar.prints = Some(*prints);
            continue;
        }
        let Some(spec) = grammar.options.iter().find(|spec| spec.names.contains(option)) else {
            return Err(table
                .error(format!("expected in prints an option of this program or always, found {option}")));
        };
        grammar.prints_when.push((spec.canonical().to_owned(), *prints));
    }
    Ok(())
}
