//! Words that make a setting: `name=value` or `name value` in the program's own language, in one word or in two. Those
//! whose value is executed become what the value is.

use crate::program::grammar::{Grammar, Role, SettingSpec};
use crate::program::word::{Head, after};
use crate::program::{Nested, NestedWord};

/// Turns a setting that the grammar knows into its value with the value's role; leaves everything else as it is.
pub(super) fn resolve(levels: &[&Grammar], nested: &mut Nested) {
    if nested.role != Role::Config {
        return;
    }
    let settings = || levels.iter().flat_map(|level| &level.settings);
    let found = match nested.words.as_slice() {
        [name, value, ..] => settings().find_map(|spec| value_apart(spec, name, value)),
        [word] => settings().find_map(|spec| value_of(spec, word)),
        [] => None,
    };
    if let Some((role, word)) = found {
        nested.role = role;
        nested.words = vec![word];
    }
}

/// The value of the setting, if the word makes this one.
fn value_of(spec: &SettingSpec, word: &NestedWord) -> Option<(Role, NestedWord)> {
    let head = Head::of(&word.value);
    let separates = |byte: &u8| matches!(byte, b'=' | b' ' | b'\t');
    let end = head.text.iter().position(separates)?;
    if !is_named(spec.name.as_bytes(), head.text.get(..end)?) {
        return None;
    }
    let value = head.text.get(end..)?;
    // `ProxyCommand = x`: blanks around one equals sign.
    let mut seen_equals = false;
    let skipped = value.iter().take_while(|byte| match byte {
        b'=' if !seen_equals => {
            seen_equals = true;
            true
        }
        byte => byte.is_ascii_whitespace(),
    });
    let skipped = skipped.count();
    if !value.get(skipped..)?.starts_with(spec.prefix.as_bytes()) {
        return None;
    }
    let value = after(&word.value, end + skipped + spec.prefix.len());
    Some((spec.role.clone(), NestedWord { value, word: word.word }))
}

/// The second word, if the first is the name of this setting: `git config core.pager less`.
fn value_apart(spec: &SettingSpec, name: &NestedWord, value: &NestedWord) -> Option<(Role, NestedWord)> {
    let name = Head::of(&name.value);
    let starts = Head::of(&value.value).text.starts_with(spec.prefix.as_bytes());
    let is_set = name.exact && starts && is_named(spec.name.as_bytes(), &name.text);
    is_set.then(|| {
        (spec.role.clone(), NestedWord { value: after(&value.value, spec.prefix.len()), word: value.word })
    })
}

/// Whether the name is the pattern's, in any case.
fn is_named(pattern: &[u8], name: &[u8]) -> bool {
    let Some(star) = pattern.iter().position(|byte| *byte == b'*') else {
        return pattern.eq_ignore_ascii_case(name);
    };
    let (before, behind) =
        (pattern.get(..star).unwrap_or_default(), pattern.get(star + 1..).unwrap_or_default());
    let fits =
        |part: Option<&[u8]>, pattern: &[u8]| part.is_some_and(|part| part.eq_ignore_ascii_case(pattern));
    name.len() >= before.len() + behind.len()
        && fits(name.get(..before.len()), before)
        && fits(name.get(name.len() - behind.len()..), behind)
}
