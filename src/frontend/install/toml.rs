//! Editing a host's TOML without touching the rest of it.

use super::entry::{CommandLine, is_argvet};
use toml_edit::{ArrayOfTables, DocumentMut, Item, Table};

/// `text` with a table of the fields `entry` in the array of tables `array`, instead of what argvet had there.
pub(super) fn with(text: &str, array: &str, entry: &str) -> Result<String, String> {
    let mut document = parse(text)?;
    let mut fields = parse(entry)?.as_table().clone();
    fields.set_position(None);
    if let Some(tables) = existing(&document, array)? {
        let mut own = tables.iter().filter(|table| ours(table).is_some());
        let is_same = own.next().is_some_and(|table| values(table) == values(&fields));
        if is_same && own.next().is_none() {
            return Ok(text.to_owned());
        }
    }
    remove(&mut document, array);
    let tables = document.entry(array).or_insert(Item::ArrayOfTables(ArrayOfTables::new()));
    let tables = tables.as_array_of_tables_mut().ok_or_else(|| wrong(array))?;
    tables.push(fields);
    Ok(document.to_string())
}

/// `text` without argvet.
pub(super) fn without(text: &str, array: &str) -> Result<String, String> {
    let mut document = parse(text)?;
    existing(&document, array)?;
    if !remove(&mut document, array) {
        return Ok(text.to_owned());
    }
    if existing(&document, array)?.is_some_and(ArrayOfTables::is_empty) {
        document.remove(array);
    }
    Ok(document.to_string())
}

/// The command lines of argvet in the array of tables.
pub(super) fn found(text: &str, array: &str) -> Result<Vec<CommandLine>, String> {
    let document = parse(text)?;
    Ok(existing(&document, array)?.into_iter().flat_map(|tables| tables.iter().filter_map(ours)).collect())
}

fn parse(text: &str) -> Result<DocumentMut, String> {
    text.parse().map_err(|error: toml_edit::TomlError| {
        let before = error.span().and_then(|span| text.get(..span.start)).unwrap_or_default();
        format!("line {}: {}", before.matches('\n').count() + 1, error.message())
    })
}

fn existing<'d>(document: &'d DocumentMut, array: &str) -> Result<Option<&'d ArrayOfTables>, String> {
    match document.get(array) {
        None | Some(Item::None) => Ok(None),
        Some(Item::ArrayOfTables(tables)) => Ok(Some(tables)),
        Some(_) => Err(wrong(array)),
    }
}

fn wrong(array: &str) -> String {
    format!("`{array}` is not written as `[[{array}]]`")
}

/// Removes argvet's tables; whether there were any.
fn remove(document: &mut DocumentMut, array: &str) -> bool {
    let Some(tables) = document.get_mut(array).and_then(Item::as_array_of_tables_mut) else { return false };
    let before = tables.len();
    tables.retain(|table| ours(table).is_none());
    tables.len() < before
}

fn ours(table: &Table) -> Option<CommandLine> {
    let words = shell_words::split(table.get("command")?.as_str()?).ok()?;
    is_argvet(&words).then_some(words)
}

fn values(table: &Table) -> Vec<(String, String)> {
    table.iter().map(|(name, item)| (name.to_owned(), item.to_string().trim().to_owned())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const ENTRY: &str = "event = \"PreToolUse\"\ncommand = \"/bin/argvet hook\"\n";
    const USERS: &str =
        "# mine\nmodel = \"k2\"   # why not\n\n[[hooks]]\nevent = \"Stop\"\ncommand = \"bell\"\n";

    #[test]
    fn the_rest_of_a_file_stays_as_it_is() {
        let once = with(USERS, "hooks", ENTRY).unwrap();
        assert!(once.starts_with(USERS), "{once}");
        assert_eq!(found(&once, "hooks").unwrap(), [["/bin/argvet", "hook"]]);
        assert_eq!(with(&once, "hooks", ENTRY).unwrap(), once);
        assert_eq!(without(&once, "hooks").unwrap(), USERS);
        let moved = with(&once, "hooks", &ENTRY.replace("/bin", "/opt")).unwrap();
        assert_eq!(found(&moved, "hooks").unwrap(), [["/opt/argvet", "hook"]]);
        assert_eq!(without(&with("", "hooks", ENTRY).unwrap(), "hooks").unwrap(), "");
    }

    #[test]
    fn a_file_that_is_not_understood_is_not_edited() {
        let problem = |text: &str| with(text, "hooks", ENTRY).unwrap_err();
        assert!(problem("a = 1\nb = \n").starts_with("line 2"), "{}", problem("a = 1\nb = \n"));
        assert_eq!(problem("hooks = 1\n"), "`hooks` is not written as `[[hooks]]`");
    }
}
