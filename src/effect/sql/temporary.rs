//! Temporary tables: those that a session has made for itself, and that are gone with it. What happens to them is a
//! statement of another kind: `drop temporary table`.

use super::statement::Found;
use std::collections::BTreeSet;

/// Gives statements about temporary tables alone their own kinds.
pub(super) fn tell_apart(found: &mut [Found], text: &str, dialect: &str) {
    // Where a table is made on a condition, one of that name that lasts may be meant behind it.
    let is_conditional = text.split(|c: char| !c.is_alphanumeric()).any(|word| {
        ["then", "else", "loop", "while", "exception"].iter().any(|key| word.eq_ignore_ascii_case(key))
    });
    let mut own: BTreeSet<String> = BTreeSet::new();
    for statement in found {
        match statement.kind.as_str() {
            "create temporary table" if !is_conditional => own.extend(statement.objects.iter().cloned()),
            "create table" => own.retain(|name| !statement.objects.contains(name)),
            "drop table" | "truncate" | "delete" | "update" => {
                let is_temporary = |name: &String| own.contains(name) || is_temporary_name(name, dialect);
                let all = !statement.objects.is_empty() && statement.objects.iter().all(is_temporary);
                if statement.kind == "drop table" {
                    // Behind it the name means a table that lasts, if there is one.
                    own.retain(|name| !statement.objects.contains(name));
                }
                if all {
                    let verb = statement.kind.split(' ').next().unwrap_or_default();
                    statement.kind = format!("{verb} temporary table");
                }
            }
            _ => {}
        }
    }
}

/// Whether the name itself says that the table is temporary.
fn is_temporary_name(name: &str, dialect: &str) -> bool {
    match dialect {
        "postgres" => name.starts_with("pg_temp."),
        "sqlite" => name.starts_with("temp."),
        // SQL Server, for which there is no dialect of its own.
        "generic" => name.starts_with('#') && !name.starts_with("##"),
        _ => false,
    }
}
