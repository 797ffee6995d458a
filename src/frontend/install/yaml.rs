//! Editing a host's YAML without touching the rest of it: lines are put in and taken out, and a parser sees that
//! nothing else has changed by that. Only a list in a mapping, both written as blocks, is edited.

use super::entry::{CommandLine, is_argvet};
use serde_yaml_ng::{Mapping, Value};
use std::ops::Range;

/// The names of the mapping and of the list in it.
pub(super) type Place = [&'static str; 2];

/// `text` with the fields `entry` as an item of the list, instead of what argvet had there.
pub(super) fn with(text: &str, place: Place, entry: &str) -> Result<String, String> {
    let wanted = parse(entry)?;
    let mut own = items(&parse(text)?, place)?.into_iter().filter(|item| ours(item).is_some());
    if own.next().as_ref() == Some(&wanted) && own.next().is_none() {
        return Ok(text.to_owned());
    }
    let bare = without(text, place)?;
    let mut lines = Lines::of(&bare)?;
    let (mut at, indent) = lines.opened(place)?;
    for (number, field) in entry.lines().enumerate() {
        let dash = if number == 0 { "- " } else { "  " };
        lines.0.insert(at, format!("{}{dash}{field}\n", " ".repeat(indent)));
        at += 1;
    }
    let after = lines.0.concat();
    let mut expected = items(&parse(&bare)?, place)?;
    expected.push(wanted);
    check(&bare, &after, place, &expected)?;
    Ok(after)
}

/// `text` without argvet, and without the list and the mapping if that leaves them empty.
pub(super) fn without(text: &str, place: Place) -> Result<String, String> {
    let before = items(&parse(text)?, place)?;
    let expected: Vec<Value> = before.iter().filter(|item| ours(item).is_none()).cloned().collect();
    if expected.len() == before.len() {
        return Ok(text.to_owned());
    }
    let mut lines = Lines::of(text)?;
    for item in lines.items(place)?.into_iter().rev() {
        let read = parse(&lines.0.get(item.clone()).unwrap_or_default().concat())?;
        let fields = read.as_sequence().and_then(|items| items.first());
        if fields.and_then(ours).is_some() {
            lines.0.drain(item);
        }
    }
    lines.close(place);
    let after = lines.0.concat();
    check(text, &after, place, &expected)?;
    Ok(after)
}

/// The command lines of argvet in the list.
pub(super) fn found(text: &str, place: Place) -> Result<Vec<CommandLine>, String> {
    Ok(items(&parse(text)?, place)?.iter().filter_map(ours).collect())
}

fn parse(text: &str) -> Result<Value, String> {
    serde_yaml_ng::from_str(text).map_err(|error| {
        let line = error.location().map_or(1, |location| location.line());
        format!("line {line}: {error}")
    })
}

/// The items of the list; none where it or the mapping is not there or empty.
fn items(root: &Value, [outer, inner]: Place) -> Result<Vec<Value>, String> {
    let member = |value: &Value, name: &str| match value {
        Value::Null => Ok(Value::Null),
        Value::Mapping(members) => Ok(members.get(name).cloned().unwrap_or_default()),
        _ => Err(format!("`{name}` would stand in what is no mapping")),
    };
    match member(&member(root, outer)?, inner)? {
        Value::Null => Ok(Vec::new()),
        Value::Sequence(items) => Ok(items),
        _ => Err(format!("`{outer}.{inner}` is not a list")),
    }
}

fn ours(item: &Value) -> Option<CommandLine> {
    let words = shell_words::split(item.get("command")?.as_str()?).ok()?;
    is_argvet(&words).then_some(words)
}

/// Sees that the list has become what was wanted, and that all else is what it was.
fn check(before: &str, after: &str, place: Place, expected: &[Value]) -> Result<(), String> {
    let rest = |text: &str| -> Result<Value, String> {
        let [outer, inner] = place;
        let mut root = parse(text)?;
        if root.is_null() {
            root = Value::Mapping(Mapping::new());
        }
        let members = root.as_mapping_mut().ok_or("it is no mapping")?;
        let is_empty = match members.get_mut(outer) {
            Some(Value::Mapping(list)) => {
                list.remove(inner);
                list.is_empty()
            }
            other => other.is_none_or(|value| value.is_null()),
        };
        if is_empty {
            members.remove(outer);
        }
        Ok(root)
    };
    let is_right = items(&parse(after)?, place)? == expected && rest(before)? == rest(after)?;
    if is_right { Ok(()) } else { Err(unusual()) }
}

fn unusual() -> String {
    "it is written in a way that argvet does not edit".to_owned()
}

/// The lines of a text, with their ends.
struct Lines(Vec<String>);

impl Lines {
    fn of(text: &str) -> Result<Lines, String> {
        let mut lines: Vec<String> = text.split_inclusive('\n').map(str::to_owned).collect();
        if let Some(last) = lines.last_mut().filter(|line| !line.ends_with('\n')) {
            last.push('\n');
        }
        Ok(Lines(lines))
    }

    /// The line with this key between these lines, and those that belong to it.
    fn block(&self, key: &str, within: &Range<usize>, indent: usize) -> Option<(usize, Range<usize>)> {
        let is_key = |line: &&String| depth(line) == Some(indent) && value_of(line, key).is_some();
        let at = within.start + self.0.get(within.clone())?.iter().position(|line| is_key(&line))?;
        let belongs = |line: &&String| match depth(line) {
            None => true,
            Some(deeper) if deeper > indent => true,
            // The items of a list may stand as far left as its name.
            Some(same) => same == indent && line.trim_start().starts_with("- "),
        };
        let count = self.0.get(at + 1..within.end)?.iter().take_while(belongs).count();
        Some((at, at + 1..self.end(at + 1..at + 1 + count)))
    }

    /// Where the last line ends that is neither empty nor a comment.
    fn end(&self, range: Range<usize>) -> usize {
        let lines = self.0.get(range.clone()).unwrap_or_default();
        lines
            .iter()
            .rposition(|line| depth(line).is_some())
            .map_or(range.start, |last| range.start + last + 1)
    }

    /// How far the first line of a block is indented.
    fn indent(&self, block: &Range<usize>) -> Option<usize> {
        self.0.get(block.clone())?.iter().find_map(|line| depth(line))
    }

    /// The items of the list, if it is written as a block.
    fn items(&self, [outer, inner]: Place) -> Result<Vec<Range<usize>>, String> {
        let (_, mapping) = self.block(outer, &(0..self.0.len()), 0).ok_or_else(unusual)?;
        let indent = self.indent(&mapping).ok_or_else(unusual)?;
        let (_, list) = self.block(inner, &mapping, indent).ok_or_else(unusual)?;
        let indent = self.indent(&list).ok_or_else(unusual)?;
        let starts: Vec<usize> = list
            .clone()
            .filter(|at| self.0.get(*at).is_some_and(|line| depth(line) == Some(indent)))
            .collect();
        let ends = starts.iter().skip(1).copied().chain([list.end]);
        Ok(starts.iter().zip(ends).map(|(start, end)| *start..self.end(*start..end)).collect())
    }

    /// Where a new item of the list goes, and how far it is indented. What is missing is made.
    fn opened(&mut self, [outer, inner]: Place) -> Result<(usize, usize), String> {
        let all = 0..self.0.len();
        let Some((at, mapping)) = self.block(outer, &all, 0) else {
            let end = self.end(all);
            self.0.insert(end, format!("{outer}:\n"));
            self.0.insert(end + 1, format!("  {inner}:\n"));
            return Ok((end + 2, 4));
        };
        self.clear(at, outer)?;
        let indent = self.indent(&mapping).unwrap_or(2);
        let Some((at, list)) = self.block(inner, &mapping, indent) else {
            self.0.insert(mapping.end, format!("{}{inner}:\n", " ".repeat(indent)));
            return Ok((mapping.end + 1, indent + 2));
        };
        self.clear(at, inner)?;
        Ok((list.end, self.indent(&list).unwrap_or(indent + 2)))
    }

    /// Takes the empty value of a key away, so that a block can follow.
    fn clear(&mut self, at: usize, key: &str) -> Result<(), String> {
        let line = self.0.get_mut(at).ok_or_else(unusual)?;
        let value = value_of(line, key).unwrap_or_default().to_owned();
        let bare = value.split(" #").next().unwrap_or_default().trim();
        match bare {
            "" => Ok(()),
            "{}" | "[]" | "~" | "null" => {
                *line = line.replacen(bare, "", 1).trim_end().to_owned() + "\n";
                Ok(())
            }
            _ => Err(format!("line {}: {}", at + 1, unusual())),
        }
    }

    /// Removes the list and the mapping where nothing is in them.
    fn close(&mut self, [outer, inner]: Place) {
        let Some((at, mapping)) = self.block(outer, &(0..self.0.len()), 0) else { return };
        let list = self.indent(&mapping).and_then(|indent| self.block(inner, &mapping, indent));
        if let Some((list, _)) = list.filter(|(_, items)| items.is_empty()) {
            self.0.remove(list);
            if self.block(outer, &(0..self.0.len()), 0).is_some_and(|(_, rest)| rest.is_empty()) {
                self.0.remove(at);
            }
        }
    }
}

/// How far a line is indented that is neither empty nor a comment.
fn depth(line: &str) -> Option<usize> {
    let text = line.trim_start_matches(' ');
    let is_content = !text.trim().is_empty() && !text.starts_with('#');
    is_content.then(|| line.len() - text.len())
}

/// What stands behind a key.
fn value_of<'l>(line: &'l str, key: &str) -> Option<&'l str> {
    line.trim_start()
        .strip_prefix(key)?
        .strip_prefix(':')
        .filter(|rest| rest.starts_with(char::is_whitespace))
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLACE: Place = ["hooks", "pre_tool_call"];
    const ENTRY: &str = "matcher: \"terminal\"\ncommand: \"/bin/argvet hook\"\ntimeout: 10\n";

    #[track_caller]
    fn there_and_back(users: &str) -> String {
        let once = with(users, PLACE, ENTRY).unwrap();
        assert_eq!(found(&once, PLACE).unwrap(), [["/bin/argvet", "hook"]], "{once}");
        assert_eq!(with(&once, PLACE, ENTRY).unwrap(), once);
        let moved = with(&once, PLACE, &ENTRY.replace("/bin", "/opt")).unwrap();
        assert_eq!(found(&moved, PLACE).unwrap(), [["/opt/argvet", "hook"]], "{moved}");
        without(&once, PLACE).unwrap()
    }

    #[test]
    fn the_rest_of_a_file_stays_as_it_is() {
        for users in [
            "",
            "# mine\nmodel:\n  default: x   # why not\n",
            "model: {a: 1}\nhooks:\n  # bells\n  post_tool_call:\n    - command: bell\n\n# the end\n",
            "hooks:\n  pre_tool_call:\n    - matcher: write\n      command: fmt\n    # and\n    - command: log\nother: 1\n",
            "hooks:\n    pre_tool_call:\n    - command: fmt\n    post_tool_call: []\nother:\n- 1\n",
            "text: |\n  hooks:\n    pre_tool_call:\nother: 1\n",
        ] {
            assert_eq!(there_and_back(users), users);
        }
        assert_eq!(there_and_back("model: x"), "model: x\n");
        assert_eq!(there_and_back("hooks: {} # none\nmodel: x\n"), "model: x\n");
        assert_eq!(there_and_back("hooks:\n  pre_tool_call: []\nmodel: x\n"), "model: x\n");
    }

    #[test]
    fn an_item_goes_where_the_others_are() {
        let users = "hooks:\n  pre_tool_call:\n    - command: log\n\nother: 1\n";
        let expected = "hooks:\n  pre_tool_call:\n    - command: log\n    - matcher: \"terminal\"\n      \
                        command: \"/bin/argvet hook\"\n      timeout: 10\n\nother: 1\n";
        assert_eq!(with(users, PLACE, ENTRY).unwrap(), expected);
    }

    #[test]
    fn a_file_that_is_not_understood_is_not_edited() {
        let problem = |text: &str| with(text, PLACE, ENTRY).unwrap_err();
        assert!(problem("a: 1\nb: [\n").starts_with("line "), "{}", problem("a: 1\nb: [\n"));
        assert_eq!(
            problem("hooks: {post: [1]}\n"),
            "line 1: it is written in a way that argvet does not edit"
        );
        for unusual in [
            "{model: x}\n",
            "\"hooks\":\n  a: []\n",
            "hooks: &x\n  a: []\nb: *x\n",
            "a: 1\n---\nb: 2\n",
            "- 1\n",
        ] {
            assert!(with(unusual, PLACE, ENTRY).is_err(), "{unusual}");
        }
        assert!(problem("hooks:\n  pre_tool_call: x\n").contains("is not a list"));
    }
}
