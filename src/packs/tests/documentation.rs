//! docs/writing-packs.md names everything that a pack may hold. What the code accepts is asked from the code: the
//! message about an unknown field or value lists those that are known.

use crate::packs::client::RequestTable;
use crate::packs::file::{EffectTable, HttpTable, MatchTable, PackFile, ProgramTable, RuleTable, SqlTable};
use crate::packs::rule::Severity;
use crate::program::grammar::{BodyForm, Prints, Style};
use crate::program::usage::roles;
use serde::de::DeserializeOwned;
use std::collections::BTreeSet;

/// The names in the message about one that nothing has.
fn known(error: Result<(), String>) -> Vec<String> {
    let message = error.unwrap_err();
    let names: Vec<String> = message.split('`').skip(3).step_by(2).map(str::to_owned).collect();
    assert!(names.len() > 1, "{message}");
    names
}

fn fields<T: DeserializeOwned>() -> Vec<String> {
    known(toml::from_str::<T>("no-such-field = 1").map(drop).map_err(|error| error.message().to_owned()))
}

fn values<T: DeserializeOwned>() -> Vec<String> {
    known(
        T::deserialize(toml::Value::from("no-such-value"))
            .map(drop)
            .map_err(|error| error.message().to_owned()),
    )
}

/// The words of the page that are written as code.
fn documented() -> BTreeSet<String> {
    let page = include_str!("../../../docs/writing-packs.md");
    let mut words = BTreeSet::new();
    // Fences are three backticks, code in a line stands between single ones: either way every other part is code.
    for code in page.split("```").enumerate().flat_map(|(index, part)| match index % 2 {
        1 => vec![part],
        _ => part.split('`').skip(1).step_by(2).collect(),
    }) {
        words.extend(code.split(|c: char| !c.is_alphanumeric() && c != '-').map(str::to_owned));
    }
    words
}

#[test]
fn whatever_a_pack_may_hold_is_documented() {
    let accepted = [
        ("pack", fields::<PackFile>()),
        ("program", fields::<ProgramTable>()),
        ("effect", fields::<EffectTable>()),
        ("request", fields::<RequestTable>()),
        ("rule", fields::<RuleTable>()),
        ("match", fields::<MatchTable>()),
        ("http", fields::<HttpTable>()),
        ("sql", fields::<SqlTable>()),
        ("prints", values::<Prints>()),
        ("style", values::<Style>()),
        ("body", values::<BodyForm>()),
        ("severity", values::<Severity>()),
        ("role", roles().map(str::to_owned).collect()),
    ];
    let documented = documented();
    let mut missing = Vec::new();
    for (of, names) in accepted {
        missing.extend(
            names.into_iter().filter(|name| !documented.contains(name)).map(|name| format!("{of}: {name}")),
        );
    }
    assert!(missing.is_empty(), "docs/writing-packs.md does not mention {missing:?}");
}
