//! The words that a program splits off a text by rules of its own, those of `env -S` (coreutils 9.1): quotes as in a
//! shell, `\_` between words or for a blank, `\c` before what does not count, `${NAME}` and no other `$`.

use crate::source::Span;
use crate::value::Value;

/// The words; `None` if the program refuses the text. `variable` is what a variable of the environment holds.
pub(super) fn split(text: &str, span: Span, variable: impl Fn(&str) -> Value) -> Option<Vec<Value>> {
    let mut words = Vec::new();
    let mut word: Option<Value> = None;
    let mut quote = None;
    let mut rest = text;
    while let Some(character) = rest.chars().next() {
        rest = rest.get(character.len_utf8()..)?;
        if character == '#' && quote.is_none() && word.is_none() {
            break;
        }
        let mut push = |text: &str| word.get_or_insert_default().push_text(text.as_bytes(), span);
        match (character, quote) {
            (' ' | '\t' | '\n' | '\x0b' | '\x0c' | '\r', None) => words.extend(word.take()),
            ('\'' | '"', None) => {
                quote = Some(character);
                push("");
            }
            (_, Some(open)) if character == open => quote = None,
            ('\\', _) => {
                let escaped = rest.chars().next()?;
                rest = rest.get(escaped.len_utf8()..)?;
                match (escaped, quote) {
                    ('\\' | '\'', Some('\'')) => push(escaped.encode_utf8(&mut [0; 4])),
                    (_, Some('\'')) => push(&format!("\\{escaped}")),
                    ('_', None) => words.extend(word.take()),
                    ('_', _) => push(" "),
                    ('c', None) => break,
                    ('f', _) => push("\x0c"),
                    ('n', _) => push("\n"),
                    ('r', _) => push("\r"),
                    ('t', _) => push("\t"),
                    ('v', _) => push("\x0b"),
                    ('#' | '$' | '\\' | '"' | '\'', _) => push(escaped.encode_utf8(&mut [0; 4])),
                    _ => return None,
                }
            }
            ('$', None | Some('"')) => {
                let (name, behind) = rest.strip_prefix('{')?.split_once('}')?;
                word.get_or_insert_default().pieces.extend(variable(name).pieces);
                rest = behind;
            }
            _ => push(character.encode_utf8(&mut [0; 4])),
        }
    }
    words.extend(word);
    quote.is_none().then_some(words)
}

#[cfg(test)]
mod tests {
    use super::split;
    use crate::value::Value;

    #[track_caller]
    fn check(text: &str, expected: Option<&[&str]>) {
        let variable = |name: &str| Value::text(format!("<{name}>"), Default::default());
        let words = split(text, Default::default(), variable);
        let words = words.map(|words| words.iter().map(Value::display).collect::<Vec<_>>());
        assert_eq!(
            words.as_deref(),
            expected.map(|words| words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>()).as_deref(),
            "{text}"
        );
    }

    #[test]
    fn words_are_split_as_env_splits_them() {
        check("a  b", Some(&["a", "b"]));
        check(r"rm\_-rf\_/x", Some(&["rm", "-rf", "/x"]));
        check(r#"a "b\_c" 'd\_e'"#, Some(&["a", "b c", r"d\_e"]));
        check(r#""" ''"#, Some(&["", ""]));
        check(r"a\c b", Some(&["a"]));
        check("a #b c", Some(&["a"]));
        check("a#b", Some(&["a#b"]));
        check(r#"${HOME}/x '${HOME}' "${A}""#, Some(&["<HOME>/x", "${HOME}", "<A>"]));
        check(r"a\tb \$x", Some(&["a\tb", "$x"]));
    }

    #[test]
    fn what_env_refuses_has_no_words() {
        for text in ["$x", "a 'b", r"\q", r"a\", "${x"] {
            check(text, None);
        }
    }
}
