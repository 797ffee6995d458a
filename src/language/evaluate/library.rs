//! More of what standard libraries make of constants: compressed text, JSON, entities, numbers in other bases, parts that
//! regular expressions find. Asked where [`super::pure`] has no answer.

use super::pure::{bytes, made, number, text};
use super::{Expression, decode, json, regex};
use crate::source::Span;
use crate::value::Value;

/// A function by its name, dots between its parts.
pub(super) fn function(name: &str, words: &[Expression], span: Span) -> Option<Expression> {
    let last = name.rsplit(['.', ':']).next().unwrap_or(name);
    let decoded = |coding: &str, word: &Expression| {
        decode::named(coding, &bytes(word)?).map(|decoded| made(decoded, span))
    };
    match (last, words) {
        ("b32decode", [word]) => decoded("base32", word),
        ("b16decode", [word]) => decoded("hex", word),
        ("b85decode", [word]) => decoded("base85", word),
        ("encode", [word, coding]) if name.starts_with("codecs") => {
            decode::named(&text(coding).filter(|coding| coding.starts_with("rot"))?, &bytes(word)?)
                .map(|decoded| made(decoded, span))
        }
        ("decompress" | "gzuncompress" | "inflateSync" | "inflate" | "unzipSync", [word]) => {
            decoded("zlib", word).or_else(|| decoded("gzip", word))
        }
        ("gunzipSync" | "gzdecode" | "gunzip", [word]) => decoded("gzip", word),
        ("gzinflate" | "inflateRawSync", [word]) => decoded("deflate", word),
        ("convert_uudecode", [word]) => decoded("uu", word),
        ("unpack", [format, word]) if text(format)? == "u" => decoded("uu", word),
        ("unescape" | "html_entity_decode", [word]) if name != "unescape" => {
            decode::entities(&text(word)?).map(|decoded| made(decoded, span))
        }
        ("decode_www_form_component" | "decode_uri_component", [word]) if !text(word)?.contains('+') => {
            decode::percent(&bytes(word)?).map(|decoded| made(decoded, span))
        }
        ("loads" | "parse" | "json_decode", [word, ..]) if name.to_lowercase().contains("json") => {
            json::parse(&text(word)?, span)
        }
        // Text as the language writes it.
        ("repr", [word]) => quoted(&text(word)?, '\'', span),
        ("var_export", [word, Expression::Flag(true)]) => quoted(&text(word)?, '\'', span),
        ("stringify", [word]) if number(word).is_none() => quoted(&text(word)?, '"', span),
        ("literal_eval", [word]) => json::parse(&text(word)?.replace('\'', "\""), span),
        ("int" | "parseInt" | "tonumber" | "intval", [word, base]) => {
            let base = u32::try_from(number(base)?).ok().filter(|base| (2..=36).contains(base))?;
            let digits = text(word)?.to_lowercase();
            let digits = if base == 16 { digits.trim_start_matches("0x") } else { &digits };
            Some(made(i64::from_str_radix(digits, base).ok()?.to_string(), span))
        }
        ("hex" | "hexdec", [word]) if !name.contains('.') => {
            let digits = text(word)?.to_lowercase();
            let digits = digits.trim_start_matches("0x");
            Some(made(i64::from_str_radix(digits, 16).ok()?.to_string(), span))
        }
        ("pack", [format, rest @ ..]) if name == "struct.pack" => {
            // `4B`
            let count = text(format)?
                .trim_start_matches(['<', '>', '=', '!', '@'])
                .strip_suffix('B')?
                .parse::<usize>();
            (count.map_or(rest.len() == 1, |count| count == rest.len()))
                .then(|| super::pure::characters(&[Expression::List(rest.to_vec())], span))?
        }
        ("unpack" | "Uint8Array", [list @ Expression::List(_)]) => Some(list.clone()),
        ("chain", words) if name.ends_with("itertools.chain") || name == "chain" => {
            let mut all = Vec::new();
            for word in words {
                all.extend(super::pure::elements(word, span)?);
            }
            Some(Expression::List(all))
        }
        ("apply", [_, list @ Expression::List(_)]) if name.starts_with("String.from") => {
            super::pure::characters(std::slice::from_ref(list), span)
        }
        ("values" | "array_values", [Expression::Fields(fields)]) => {
            Some(Expression::List(fields.iter().map(|(_, value)| value.clone()).collect()))
        }
        ("keys" | "array_keys", [Expression::Fields(fields)]) => {
            Some(Expression::List(fields.iter().map(|(key, _)| made(key.as_bytes(), span)).collect()))
        }
        ("str_split", [word, size]) => chunks(&text(word)?, number(size)?, span),
        ("findall", [pattern, word]) if name == "re.findall" => {
            regex::found(&text(pattern)?, &text(word)?, span)
        }
        ("sub", [pattern, to, word]) if name == "re.sub" => {
            regex::replaced(&text(pattern)?, &text(to)?, &text(word)?, true, span)
        }
        ("preg_replace", [pattern, to, word]) => {
            let pattern = text(pattern)?;
            let pattern = pattern.strip_prefix('/').and_then(|pattern| pattern.strip_suffix('/'))?;
            regex::replaced(pattern, &text(to)?, &text(word)?, true, span)
        }
        ("lcfirst" | "ucfirst", [word]) => {
            let word = text(word)?;
            let (first, rest) = (word.chars().next()?, word.chars().skip(1));
            let first =
                if last == "lcfirst" { first.to_ascii_lowercase() } else { first.to_ascii_uppercase() };
            Some(made(std::iter::once(first).chain(rest).collect::<String>(), span))
        }
        ("split", [pattern, word]) => match pattern {
            Expression::Text(_) if name.starts_with("re.") => None,
            // `split / /, $x` of Perl
            Expression::Text(separator) => {
                super::cut::split(&text(word)?, Some(&separator.known_str()?), span)
            }
            _ => None,
        },
        _ => None,
    }
}

/// A method of a text or a list.
pub(super) fn method(
    object: &Expression,
    name: &str,
    words: &[Expression],
    span: Span,
) -> Option<Expression> {
    if let (Expression::Fields(fields), "values" | "keys", []) = (object, name, words) {
        let part = |(key, value): &(String, Expression)| {
            if name == "keys" { made(key.as_bytes(), span) } else { value.clone() }
        };
        return Some(Expression::List(fields.iter().map(part).collect()));
    }
    if let Expression::List(list) = object {
        return match (name, words) {
            ("each_slice", [size]) => {
                let size = usize::try_from(number(size)?).ok().filter(|size| *size > 0)?;
                Some(Expression::List(
                    list.chunks(size).map(|part| Expression::List(part.to_vec())).collect(),
                ))
            }
            ("inject" | "reduce", [symbol]) if text(symbol)?.trim_start_matches(':') == "+" => {
                Some(super::text::join(list.clone(), &Value::default(), span))
            }
            ("at", [at]) => {
                let at = number(at)?;
                let at = if at < 0 { i64::try_from(list.len()).ok()? + at } else { at };
                list.get(usize::try_from(at).ok()?).cloned()
            }
            _ => None,
        };
    }
    let own = || text(object);
    match (name, words) {
        ("inspect" | "dump", []) if number(object).is_none() => quoted(&own()?, '"', span),
        ("partition", [separator]) => {
            let (own, separator) = (own()?, text(separator)?);
            let (before, behind) = own.split_once(&*separator)?;
            Some(Expression::List(vec![
                made(before, span),
                made(separator.as_str(), span),
                made(behind, span),
            ]))
        }
        ("split", [separator, _]) if own()?.matches(&*text(separator)?).count() <= 1 => {
            super::cut::split(&own()?, Some(&text(separator)?), span)
        }
        ("rjust" | "padStart", [width]) => padded(&own()?, number(width)?, true, span),
        ("ljust" | "padEnd", [width]) => padded(&own()?, number(width)?, false, span),
        ("delete", [what]) => {
            let (own, set) = (own()?, decode::set(&text(what)?)?);
            Some(made(own.replace(|character| set.contains(&character), ""), span))
        }
        ("hex", []) => function("hex", std::slice::from_ref(object), span),
        ("bytes", []) => {
            Some(Expression::List(own()?.bytes().map(|byte| made(byte.to_string(), span)).collect()))
        }
        ("delete_prefix" | "removeprefix", [what]) => {
            let (own, what) = (own()?, text(what)?);
            Some(made(own.strip_prefix(&*what).unwrap_or(&own), span))
        }
        ("delete_suffix" | "removesuffix", [what]) => {
            let (own, what) = (own()?, text(what)?);
            Some(made(own.strip_suffix(&*what).unwrap_or(&own), span))
        }
        ("scan" | "match", [pattern]) => {
            regex::found(&regex::pattern_of(pattern, name == "match")?, &own()?, span)
        }
        ("gsub" | "replaceAll", [pattern, to]) => {
            regex::replaced(&regex::pattern_of(pattern, false)?, &text(to)?, &own()?, true, span)
        }
        ("sub" | "replace", [pattern, to]) => {
            regex::replaced(&regex::pattern_of(pattern, false)?, &text(to)?, &own()?, false, span)
        }
        ("at", [at]) => {
            let own = own()?;
            let length = i64::try_from(own.chars().count()).ok()?;
            let at = number(at)?;
            let at = usize::try_from(if at < 0 { length + at } else { at }).ok()?;
            own.chars().nth(at).map(|character| made(character.to_string(), span))
        }
        _ => None,
    }
}

/// Text with blanks on one side.
fn padded(text: &str, width: i64, front: bool, span: Span) -> Option<Expression> {
    let missing = usize::try_from(width).ok()?.saturating_sub(text.chars().count());
    let blanks = " ".repeat(Some(missing).filter(|missing| *missing < super::pure::MAX_MADE)?);
    Some(made(if front { blanks + text } else { text.to_owned() + &blanks }, span))
}

/// Parts of the same length.
fn chunks(text: &str, size: i64, span: Span) -> Option<Expression> {
    let size = usize::try_from(size).ok().filter(|size| *size > 0)?;
    let characters: Vec<char> = text.chars().collect();
    let part = |part: &[char]| made(part.iter().collect::<String>(), span);
    Some(Expression::List(characters.chunks(size).map(part).collect()))
}

/// Text between quotes, where nothing in it has to be escaped.
fn quoted(text: &str, quote: char, span: Span) -> Option<Expression> {
    let is_plain = |character: char| {
        (character.is_ascii_graphic() || character == ' ')
            && !['\\', '"', '\'', '#', '$'].contains(&character)
    };
    text.chars().all(is_plain).then(|| made(format!("{quote}{text}{quote}"), span))
}
