//! The protected and the scratch paths of a configuration, in the form in which packs compare paths.
//!
//! A path stands for itself and all that is inside; a name without a slash for whatever has that name. Deleting or
//! moving a directory that holds something protected counts, too.

use super::layer::Entry;
use crate::packs::pattern::{MAX_LENGTH, Pattern, Patterns};
use crate::packs::rule::{Clause, Rule, Test};
use crate::program::EffectKind;
use std::path::Path;

/// What is done to a file that must not be done to a protected one.
const FORBIDDEN: [EffectKind; 5] =
    [EffectKind::Delete, EffectKind::Write, EffectKind::Append, EffectKind::Move, EffectKind::Chmod];

/// The rule that matches whatever touches a protected path; `None` if there are none.
pub(super) fn protection(entries: &[Entry], home: Option<&Path>) -> Option<Rule> {
    let written: Vec<String> = entries.iter().map(|entry| shortened(normal(entry, home))).collect();
    let paths: Vec<Pattern> = written.iter().flat_map(|path| itself_and_inside(path)).collect();
    if paths.is_empty() {
        return None;
    }
    let outer: Vec<Pattern> = written.iter().flat_map(|path| above(path)).collect();
    let clause = |kind, paths: &[Pattern], recursive| Clause {
        commands: Vec::new(),
        tests: vec![Test::File { kind, path: Patterns { any: paths.to_vec(), not: Vec::new() }, recursive }],
        known: false,
    };
    let mut matches: Vec<Clause> = FORBIDDEN.iter().map(|kind| clause(*kind, &paths, None)).collect();
    if !outer.is_empty() {
        matches.push(clause(EffectKind::Delete, &outer, Some(true)));
        matches.push(clause(EffectKind::Move, &outer, None));
    }
    Some(Rule { matches, unless: Vec::new() })
}

/// What lies inside the scratch directories. A path that is too long to be compared is left out: nothing is milder.
pub(super) fn scratch(entries: &[Entry], home: Option<&Path>) -> Vec<Pattern> {
    let fits = |path: &String| path.len() + "/**".len() <= MAX_LENGTH;
    let paths = entries.iter().map(|entry| normal(entry, home)).filter(fits);
    paths.map(|path| Pattern::Path(format!("{path}/**"))).collect()
}

fn itself_and_inside(path: &str) -> [Pattern; 2] {
    [Pattern::Path(path.to_owned()), Pattern::Path(format!("{path}/**"))]
}

/// The directories that hold the path, which a pattern may name as well, but not one for whatever there is.
fn above(path: &str) -> Vec<Pattern> {
    let mut all = Vec::new();
    let mut rest = path;
    while let Some((parent, _)) = rest.rsplit_once('/') {
        if parent.bytes().any(|byte| !b"*?/.".contains(&byte)) {
            all.push(Pattern::Path(parent.to_owned()));
        }
        rest = parent;
    }
    all
}

/// The path as packs compare it: with `~` for the home, without a slash at the end, anchored where its file stands.
fn normal(entry: &Entry, home: Option<&Path>) -> String {
    let written = entry.text.trim_end_matches('/').trim_end_matches("/**");
    let is_name = !written.contains('/');
    let anchored = match (&entry.root, is_name) {
        (Some(root), false) if !super::config::is_anchored(written) && !written.starts_with("**") => {
            root.join(written.trim_start_matches("./")).to_string_lossy().into_owned()
        }
        _ => written.to_owned(),
    };
    let anchored = without_dots(&anchored);
    let inside_home = home.and_then(|home| Path::new(&anchored).strip_prefix(home).ok());
    match inside_home {
        Some(inside) if inside.as_os_str().is_empty() => "~".to_owned(),
        Some(inside) => format!("~/{}", inside.display()),
        None if is_name && anchored != "~" => format!("**/{anchored}"),
        None => anchored,
    }
}

/// Without `.` and `..`, which no command's path has when it is compared.
fn without_dots(path: &str) -> String {
    let mut names: Vec<&str> = Vec::new();
    for (at, name) in path.split('/').enumerate() {
        match (name, names.last()) {
            (".", _) if at > 0 => {}
            ("..", Some(last)) if !matches!(*last, "" | "~" | ".." | "**") => drop(names.pop()),
            _ => names.push(name),
        }
    }
    names.join("/")
}

/// A path that is too long to be compared from its beginning on. From its end on, it fits more paths, not fewer.
fn shortened(path: String) -> String {
    if path.len() + "/**".len() <= MAX_LENGTH {
        return path;
    }
    let mut end = path.as_str();
    while end.len() + "**//**".len() > MAX_LENGTH {
        match end.split_once('/') {
            Some((_, rest)) => end = rest,
            None => return "**".to_owned(),
        }
    }
    format!("**/{end}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::packs::pattern::Kind;

    fn normal_form(text: &str, root: Option<&str>) -> String {
        let entry =
            Entry { text: text.to_owned(), from: String::new(), root: root.map(std::path::PathBuf::from) };
        normal(&entry, Some(Path::new("/home/me")))
    }

    #[test]
    fn paths_have_the_form_in_which_packs_compare_them() {
        assert_eq!(normal_form("~/prod/", None), "~/prod");
        assert_eq!(normal_form("~/work/../prod", None), "~/prod");
        assert_eq!(normal_form("/srv/./a/../b", None), "/srv/b");
        assert_eq!(normal_form("/home/me/prod/**", None), "~/prod");
        assert_eq!(normal_form("/home/me", None), "~");
        assert_eq!(normal_form("*.tfstate", None), "**/*.tfstate");
        assert_eq!(normal_form("infra/live", Some("/home/me/app")), "~/app/infra/live");
        assert_eq!(normal_form("/srv/data", Some("/home/me/app")), "/srv/data");
    }

    #[test]
    fn a_path_that_is_too_long_is_compared_from_its_end() {
        let long = format!("/{}/end", "x".repeat(150));
        assert_eq!(shortened(long), "**/end");
    }

    #[test]
    fn what_holds_a_protected_path_is_named() {
        let names = |path: &str| -> Vec<String> {
            above(path)
                .into_iter()
                .map(|pattern| match pattern {
                    Pattern::Path(path) => path,
                    other => format!("{other:?}"),
                })
                .collect()
        };
        assert_eq!(names("~/work/prod"), ["~/work", "~"]);
        assert_eq!(names("/srv/*/data"), ["/srv/*", "/srv"]);
        assert_eq!(names("**/x"), [] as [&str; 0]);
        assert!(Pattern::parse("~/work", Kind::Path).is_ok());
    }
}
