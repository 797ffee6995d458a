//! Functions and methods that make text of text, and lists of lists, under the names that the languages give them:
//! `s.lower()`, `strtolower($s)`, `"…".downcase`. What is not known exactly has no value.

use super::super::UNKNOWN_NAME;
use super::Expression;
use super::cut::{Bound, part, part_of_lua, split};
use super::decode;
use crate::source::Span;
use crate::value::Value;

/// Longest text or list that is made.
pub(super) const MAX_MADE: usize = 64 * 1024;

/// The known text of a value.
pub(in crate::language) fn text(value: &Expression) -> Option<String> {
    match value {
        Expression::Text(value) => {
            let text = value.known_str()?.into_owned();
            // A name that stands for something unknown.
            (!text.contains(UNKNOWN_NAME)).then_some(text)
        }
        _ => None,
    }
}

/// The bytes of a value: texts of this module are bytes in the languages that decode.
pub(super) fn bytes(value: &Expression) -> Option<Vec<u8>> {
    match value {
        Expression::Text(value) => {
            let bytes = value.known()?.into_owned();
            let mark = UNKNOWN_NAME.as_bytes();
            (!bytes.windows(mark.len()).any(|part| part == mark)).then_some(bytes)
        }
        _ => None,
    }
}

/// The number that a value is, in decimal digits: literals have been read.
pub(in crate::language) fn number(value: &Expression) -> Option<i64> {
    let text = text(value)?;
    let (sign, digits) = text.strip_prefix('-').map_or((1, text.as_str()), |digits| (-1, digits));
    digits.parse::<i64>().ok()?.checked_mul(sign)
}

/// Text as a value.
pub(in crate::language) fn made(text: impl Into<Vec<u8>>, span: Span) -> Expression {
    Expression::Text(Value::text(text.into(), span))
}

/// The characters with these codes.
pub(super) fn characters(codes: &[Expression], span: Span) -> Option<Expression> {
    let codes: Vec<&Expression> = match codes {
        [Expression::List(list)] => list.iter().collect(),
        codes => codes.iter().collect(),
    };
    let text: Option<String> =
        codes.into_iter().map(|code| char::from_u32(u32::try_from(number(code)?).ok()?)).collect();
    Some(made(text?, span))
}

/// The elements of a list, or the characters of a text.
pub(in crate::language) fn elements(value: &Expression, span: Span) -> Option<Vec<Expression>> {
    match value {
        Expression::List(list) => Some(list.clone()),
        value => Some(text(value)?.chars().map(|character| made(character.to_string(), span)).collect()),
    }
}

fn reversed_text(text: &str) -> String {
    text.chars().rev().collect()
}

/// A function by its name, dots between its parts.
pub(super) fn function(name: &str, words: &[Expression], span: Span) -> Option<Expression> {
    common_function(name, words, span).or_else(|| super::library::function(name, words, span))
}

fn common_function(name: &str, words: &[Expression], span: Span) -> Option<Expression> {
    let last = name.rsplit(['.', ':']).next().unwrap_or(name);
    match (last, words) {
        ("chr" | "fromCharCode" | "fromCodePoint" | "char" | "unichr" | "mb_chr", _) => {
            characters(words, span)
        }
        ("ord" | "byte" | "mb_ord", [word]) => {
            let code = text(word)?.chars().next()?;
            Some(made((code as u32).to_string(), span))
        }
        ("bytes" | "bytearray" | "from" | "of", [list @ Expression::List(_)]) if name != "Array.from" => {
            characters(std::slice::from_ref(list), span)
        }
        ("bytes" | "bytearray" | "from", [word, ..]) => match words.get(1).and_then(text) {
            Some(coding) => decode::named(&coding, &bytes(word)?).map(|bytes| made(bytes, span)),
            // `bytes(3)` of Python
            None if name != "Buffer.from" && number(word).is_some() => None,
            None => Some(word.clone()),
        },
        ("list" | "tuple", [word]) => Some(Expression::List(elements(word, span)?)),
        ("reversed", [word]) => {
            let mut list = elements(word, span)?;
            list.reverse();
            Some(Expression::List(list))
        }
        ("str" | "String" | "tostring" | "strval", [word]) => text(word).map(|text| made(text, span)),
        ("int" | "Number" | "parseInt" | "intval" | "tonumber", [word]) => {
            Some(made(number(word)?.to_string(), span))
        }
        (
            "b64decode" | "decode64" | "strict_decode64" | "urlsafe_decode64" | "base64_decode"
            | "decode_base64" | "atob" | "standard_b64decode" | "urlsafe_b64decode" | "decodebytes",
            [word, ..],
        ) => decode::named("base64", &bytes(word)?).map(|bytes| made(bytes, span)),
        ("fromhex" | "unhexlify" | "a2b_hex" | "hex2bin", [word]) => {
            decode::named("hex", &bytes(word)?).map(|bytes| made(bytes, span))
        }
        ("str_rot13", [word]) => decode::named("rot13", &bytes(word)?).map(|bytes| made(bytes, span)),
        // A plus sign is a blank there.
        ("urldecode", [word]) if text(word)?.contains('+') => None,
        ("unescape", _) if name.contains("html") => None,
        (
            "unquote" | "urldecode" | "rawurldecode" | "decodeURIComponent" | "unescape" | "decodeURI",
            [word],
        ) => decode::percent(&bytes(word)?).map(|bytes| made(bytes, span)),
        ("decode", [word, coding]) if name.starts_with("codecs") => {
            decode::named(&text(coding)?, &bytes(word)?).map(|bytes| made(bytes, span))
        }
        ("pack", [format, rest @ ..]) => pack(&text(format)?, rest, span),
        _ => text_function(name, words, span),
    }
}

/// A function that joins, takes apart or replaces texts.
fn text_function(name: &str, words: &[Expression], span: Span) -> Option<Expression> {
    let last = name.rsplit(['.', ':']).next().unwrap_or(name);
    match (last, words) {
        ("implode" | "join", [Expression::Text(separator), Expression::List(list)]) => {
            Some(super::text::join(list.clone(), separator, span))
        }
        ("implode", [Expression::List(list)]) => {
            Some(super::text::join(list.clone(), &Value::default(), span))
        }
        ("table.concat", _) | ("concat", [Expression::List(_), ..]) => match words {
            [Expression::List(list)] => Some(super::text::join(list.clone(), &Value::default(), span)),
            [Expression::List(list), Expression::Text(separator)] => {
                Some(super::text::join(list.clone(), separator, span))
            }
            _ => None,
        },
        ("explode", [separator, word]) => split(&text(word)?, Some(&text(separator)?), span),
        ("str_split", [word]) => Some(Expression::List(elements(word, span)?)),
        ("array_reverse", [Expression::List(list)]) => {
            Some(Expression::List(list.iter().rev().cloned().collect()))
        }
        ("str_replace", [from, to, word]) => {
            let from = text(from).filter(|from| !from.is_empty())?;
            Some(made(text(word)?.replace(&from, &text(to)?), span))
        }
        ("sub", [from, to, word]) if name == "re.sub" => {
            let from = text(from)?;
            super::change::is_plain(&from).then_some(())?;
            Some(made(text(word)?.replace(&from, &plain_replacement(to)?), span))
        }
        ("preg_replace", [from, to, word]) => {
            let from = text(from)?;
            let from = from.strip_prefix('/').and_then(|from| from.strip_suffix('/'))?;
            super::change::is_plain(from).then_some(())?;
            Some(made(text(word)?.replace(from, &plain_replacement(to)?), span))
        }
        ("dedent" | "cleandoc", [word]) if !text(word)?.trim().contains('\n') => {
            Some(made(text(word)?.trim_start(), span))
        }
        ("strtr", [word, from, to]) => {
            let (from, to): (Vec<char>, Vec<char>) =
                (text(from)?.chars().collect(), text(to)?.chars().collect());
            let place = |character: char| from.iter().rposition(|other| *other == character);
            let new =
                |character: char| place(character).and_then(|at| to.get(at).copied()).unwrap_or(character);
            (from.len() == to.len())
                .then(|| Some(made(text(word)?.chars().map(new).collect::<String>(), span)))?
        }
        ("strrev", [word]) => Some(made(reversed_text(&text(word)?), span)),
        ("strtolower" | "lc" | "mb_strtolower", [word]) => Some(made(text(word)?.to_lowercase(), span)),
        ("strtoupper" | "uc", [word]) => Some(made(text(word)?.to_uppercase(), span)),
        ("trim", [word]) => Some(made(text(word)?.trim(), span)),
        ("substr" | "mb_substr", [word, rest @ ..]) => part(&text(word)?, rest, Bound::Count, span),
        ("str_repeat", [word, count]) => repeated(&text(word)?, number(count)?, span),
        // `string.lower(s)` of Lua.
        (method_name, [object, rest @ ..]) if name == format!("string.{method_name}") => {
            method_of_lua(method_name, object, rest, span)
        }
        _ => None,
    }
}

/// A method of a text of Lua.
pub(super) fn method_of_lua(
    name: &str,
    object: &Expression,
    words: &[Expression],
    span: Span,
) -> Option<Expression> {
    match (name, words) {
        ("sub", rest) => part_of_lua(&text(object)?, rest, span),
        ("rep", [count]) => repeated(&text(object)?, number(count)?, span),
        ("gsub", [from, to]) => {
            let from = text(from)?;
            let is_plain = !from.is_empty()
                && !from.contains(['%', '^', '$', '(', ')', '.', '[', ']', '*', '+', '-', '?']);
            is_plain.then_some(())?;
            Some(made(text(object)?.replace(&from, &plain_replacement(to)?), span))
        }
        _ => method(object, name, words, span),
    }
}

/// A method of a text or a list.
pub(in crate::language) fn method(
    object: &Expression,
    name: &str,
    words: &[Expression],
    span: Span,
) -> Option<Expression> {
    common_method(object, name, words, span).or_else(|| super::library::method(object, name, words, span))
}

fn common_method(object: &Expression, name: &str, words: &[Expression], span: Span) -> Option<Expression> {
    if let Expression::List(list) = object {
        return list_method(list, name, words, span);
    }
    if let Expression::Fields(fields) = object {
        let key = words.first().and_then(text)?;
        let is_access = matches!(name, "get" | "fetch" | "dig" | "__getitem__" | "pop");
        let found = fields.iter().find(|(name, _)| *name == key).filter(|_| is_access);
        return found.map(|(_, value)| value.clone());
    }
    let own = || text(object);
    match (name, words) {
        ("lower" | "downcase" | "toLowerCase" | "toLocaleLowerCase" | "casefold", []) => {
            Some(made(own()?.to_lowercase(), span))
        }
        ("upper" | "upcase" | "toUpperCase" | "toLocaleUpperCase", []) => {
            Some(made(own()?.to_uppercase(), span))
        }
        ("swapcase", []) => Some(made(decode::swapped_case(&own()?), span)),
        ("strip" | "trim", []) => Some(made(own()?.trim(), span)),
        ("chomp", []) => {
            let own = own()?;
            let line =
                own.strip_suffix('\n').map_or(own.as_str(), |line| line.strip_suffix('\r').unwrap_or(line));
            Some(made(line, span))
        }
        ("strip" | "lstrip" | "rstrip", [what]) => {
            let (own, what) = (own()?, text(what)?);
            let is_one = |character: char| what.contains(character);
            Some(made(
                match name {
                    "strip" => own.trim_matches(is_one),
                    "lstrip" => own.trim_start_matches(is_one),
                    _ => own.trim_end_matches(is_one),
                },
                span,
            ))
        }
        ("lstrip" | "trimStart" | "ltrim", []) => Some(made(own()?.trim_start(), span)),
        ("rstrip" | "trimEnd" | "rtrim", []) => Some(made(own()?.trim_end(), span)),
        ("reverse", []) => Some(made(reversed_text(&own()?), span)),
        ("to_s" | "toString" | "valueOf" | "dup" | "freeze" | "to_str" | "b", []) => Some(object.clone()),
        ("encode" | "decode" | "force_encoding" | "toString", coding) => {
            let coding = coding.first().and_then(text).unwrap_or_default();
            // Texts and their bytes are the same here.
            let is_plain = coding.is_empty() || decode::is_charset(&coding);
            is_plain.then(|| object.clone())
        }
        _ => part_method(object, name, words, span),
    }
}

/// A method that takes a part of a text, or puts something in its place.
fn part_method(object: &Expression, name: &str, words: &[Expression], span: Span) -> Option<Expression> {
    let own = || text(object);
    match (name, words) {
        ("replace" | "replaceAll" | "gsub" | "sub", [from, to]) => {
            let (own, from, to) = (own()?, text(from)?, plain_replacement(to)?);
            (!from.is_empty()).then_some(())?;
            // JavaScript replaces the first only; which language it is makes no difference where there is one.
            let is_single = own.matches(&*from).count() <= 1;
            let all = matches!(name, "replaceAll" | "gsub");
            Some(made(if all || is_single { own.replace(&from, &to) } else { return None }, span))
        }
        ("tr", [from, to]) => Some(made(decode::translated(&own()?, &text(from)?, &text(to)?)?, span)),
        ("delete", [what]) => {
            let what = text(what).filter(|what| !what.contains(['-', '^', '\\']))?;
            Some(made(own()?.replace(|character| what.contains(character), ""), span))
        }
        ("split", []) => split(&own()?, None, span),
        ("split", [separator]) => split(&own()?, Some(&text(separator)?), span),
        ("chars", []) => Some(Expression::List(elements(object, span)?)),
        ("slice", rest) => part(&own()?, rest, Bound::End, span),
        ("substring", rest) => {
            // Negative ones count as none, and the smaller one is the first.
            let mut places =
                rest.iter().map(|place| Some(number(place)?.max(0))).collect::<Option<Vec<_>>>()?;
            places.sort_unstable();
            let places: Vec<Expression> =
                places.into_iter().map(|place| made(place.to_string(), span)).collect();
            part(&own()?, &places, Bound::End, span)
        }
        ("substr", [_, count]) if number(count)? < 0 => None,
        ("substr", rest) => part(&own()?, rest, Bound::Count, span),
        ("repeat" | "rep", [count]) => repeated(&own()?, number(count)?, span),
        ("concat", _) => {
            let mut all = own()?;
            for word in words {
                all.push_str(&text(word)?);
            }
            Some(made(all, span))
        }
        ("charCodeAt" | "codePointAt" | "ord", rest) => {
            let at = rest.first().map_or(Some(0), number)?;
            let code = own()?.chars().nth(usize::try_from(at).ok()?)?;
            Some(made((code as u32).to_string(), span))
        }
        ("charAt" | "at", [at]) => {
            let character = own()?.chars().nth(usize::try_from(number(at)?).ok()?)?;
            Some(made(character.to_string(), span))
        }
        ("chr", []) => characters(std::slice::from_ref(object), span),
        ("unpack1", [format]) => unpack(&text(format)?, &bytes(object)?, span),
        ("unpack", [format]) => Some(Expression::List(vec![unpack(&text(format)?, &bytes(object)?, span)?])),
        _ => None,
    }
}

fn list_method(list: &[Expression], name: &str, words: &[Expression], span: Span) -> Option<Expression> {
    match (name, words) {
        ("reverse" | "toReversed", []) => Some(Expression::List(list.iter().rev().cloned().collect())),
        ("join", []) => Some(super::text::join(list.to_vec(), &Value::default(), span)),
        ("join", [Expression::Text(separator)]) => Some(super::text::join(list.to_vec(), separator, span)),
        ("pack", [format]) => pack(&text(format)?, list, span),
        ("decode", _) => characters(&[Expression::List(list.to_vec())], span),
        ("flat" | "flatten", []) if list.iter().any(|part| matches!(part, Expression::List(_))) => None,
        ("to_a" | "flat" | "flatten" | "values" | "copy" | "freeze", []) => {
            Some(Expression::List(list.to_vec()))
        }
        ("first", []) => list.first().cloned(),
        ("last" | "pop", []) => list.last().cloned(),
        ("concat", [Expression::List(more)]) => {
            Some(Expression::List(list.iter().chain(more).cloned().collect()))
        }
        ("concat", more) if more.iter().all(|word| matches!(word, Expression::Text(_))) => {
            Some(Expression::List(list.iter().chain(more).cloned().collect()))
        }
        ("slice", [from]) => {
            Some(Expression::List(list.get(usize::try_from(number(from)?).ok()?..)?.to_vec()))
        }
        _ => None,
    }
}

/// A text that stands for itself where something is replaced by it: the languages have marks for what was found.
fn plain_replacement(value: &Expression) -> Option<String> {
    text(value).filter(|text| !text.contains(['$', '\\', '%', '&']))
}

fn repeated(text: &str, count: i64, span: Span) -> Option<Expression> {
    let count = usize::try_from(count).ok()?;
    (text.len().saturating_mul(count) <= MAX_MADE).then(|| made(text.repeat(count), span))
}

/// `pack` of Perl, Ruby and PHP: codes of characters, and hexadecimal digits.
fn pack(format: &str, words: &[Expression], span: Span) -> Option<Expression> {
    let words = match words {
        [Expression::List(list)] => list,
        words => words,
    };
    let format: String = format.chars().filter(|character| !character.is_whitespace()).collect();
    // How many there are: all, or as many as letters.
    let letters = match format.strip_suffix('*') {
        Some(letters) if letters.len() == 1 => letters,
        None if format.len() == words.len() => format.as_str(),
        _ => "",
    };
    match format.as_str() {
        "H*" | "H2" | "H4" => {
            let digits = bytes(words.first()?).filter(|digits| digits.len() % 2 == 0)?;
            decode::named("hex", &digits).map(|bytes| made(bytes, span))
        }
        "A*" | "a*" => words.first().cloned(),
        // `A2A*`
        _ if format.strip_suffix('*').is_some_and(|format| format.ends_with(['A', 'a'])) => {
            let first = words.first().filter(|_| words.len() == 2)?;
            let count = format.trim_end_matches('*').trim_end_matches(['A', 'a']).strip_prefix(['A', 'a'])?;
            let is_whole = text(first)?.len() == count.parse::<usize>().ok()?;
            is_whole.then(|| super::text::join(words.to_vec(), &Value::default(), span))
        }
        _ if !letters.is_empty() && letters.chars().all(|letter| "CcUW".contains(letter)) => {
            characters(&[Expression::List(words.to_vec())], span)
        }
        _ => None,
    }
}

/// `unpack1("m")` of Ruby.
fn unpack(format: &str, bytes: &[u8], span: Span) -> Option<Expression> {
    match format {
        "m" | "m0" | "m*" => decode::named("base64", bytes).map(|bytes| made(bytes, span)),
        "a*" | "A*" => Some(made(bytes, span)),
        _ => None,
    }
}
