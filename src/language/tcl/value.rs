//! What pure commands of Tcl make of constants.

use super::super::evaluate::decode;

/// The elements of a list; `None`: it is none.
pub(super) fn elements(list: &[u8]) -> Option<Vec<Vec<u8>>> {
    // An element is read as a word in which nothing is replaced.
    if list.iter().any(|byte| b"\\\"".contains(byte)) {
        return None;
    }
    let mut elements = Vec::new();
    let mut rest = list.trim_ascii();
    while !rest.is_empty() {
        let (element, behind) = if rest.starts_with(b"{") {
            let mut depth = 0_usize;
            let end = rest.iter().position(|byte| {
                match byte {
                    b'{' => depth += 1,
                    b'}' => depth -= 1,
                    _ => {}
                }
                depth == 0
            })?;
            let behind = rest.get(end + 1..)?;
            (behind.is_empty() || behind.starts_with(b" ") || behind.starts_with(b"\n")).then_some(())?;
            (rest.get(1..end)?, behind)
        } else {
            let end = rest.iter().position(u8::is_ascii_whitespace).unwrap_or(rest.len());
            rest.split_at(end)
        };
        elements.push(element.to_vec());
        rest = behind.trim_ascii_start();
    }
    Some(elements)
}

/// A list of these elements.
pub(super) fn listed(elements: &[Vec<u8>]) -> Vec<u8> {
    let quoted = elements.iter().map(|element| {
        let is_plain = !element.is_empty()
            && !element.iter().any(|byte| byte.is_ascii_whitespace() || b"{}[]$\"\\;".contains(byte));
        if is_plain { element.clone() } else { [b"{".as_slice(), element, b"}"].concat() }
    });
    quoted.collect::<Vec<_>>().join(&b' ')
}

/// `concat`
pub(super) fn concatenated(texts: &[Vec<u8>]) -> Vec<u8> {
    let trimmed = texts.iter().map(|text| text.trim_ascii()).filter(|text| !text.is_empty());
    trimmed.collect::<Vec<_>>().join(&b' ')
}

/// The value of a command with these words; `None`: it is not known.
pub(super) fn made(name: &[u8], words: &[Vec<u8>]) -> Option<Vec<u8>> {
    let words: Vec<&[u8]> = words.iter().map(Vec::as_slice).collect();
    let owned = || words.iter().map(|word| word.to_vec()).collect::<Vec<_>>();
    match (name, words.as_slice()) {
        (b"concat", _) => Some(concatenated(&owned())),
        (b"list", _) => Some(listed(&owned())),
        (b"join", [list]) => Some(elements(list)?.join(&b' ')),
        (b"join", [list, separator]) => Some(elements(list)?.join(*separator)),
        (b"split", [text]) => {
            let parts = text.split(|byte| b" \t\n\r".contains(byte)).map(<[u8]>::to_vec);
            Some(listed(&parts.collect::<Vec<_>>()))
        }
        (b"split", [text, separators]) if !separators.is_empty() => {
            let parts = text.split(|byte| separators.contains(byte)).map(<[u8]>::to_vec);
            Some(listed(&parts.collect::<Vec<_>>()))
        }
        (b"lindex", [list, index]) => elements(list)?.into_iter().nth(number(index)?),
        (b"lrange", [list, from, to]) => {
            let list = elements(list)?;
            let to = place(to, list.len())?.saturating_add(1).min(list.len());
            Some(listed(list.get(place(from, list.len())?..to)?))
        }
        (b"lreverse", [list]) => {
            let mut list = elements(list)?;
            list.reverse();
            Some(listed(&list))
        }
        (b"format", [format, rest @ ..]) => formatted(format, rest),
        (b"string", [verb, rest @ ..]) => string(verb, rest),
        (b"binary", [b"format", b"H*", digits]) => {
            decode::named("hex", digits).filter(|_| digits.len() % 2 == 0)
        }
        (b"binary", [b"decode", coding @ (b"hex" | b"base64"), text]) => {
            decode::named(std::str::from_utf8(coding).ok()?, text)
        }
        (b"encoding", [b"convertfrom" | b"convertto", .., text]) if text.is_ascii() => Some(text.to_vec()),
        (b"subst", [text]) if !text.iter().any(|byte| b"$[\\".contains(byte)) => Some(text.to_vec()),
        (b"file", [b"join", parts @ ..]) => {
            let is_plain = |part: &&[u8]| !part.is_empty() && !part.starts_with(b"~");
            let is_relative = parts.iter().skip(1).all(|part| !part.starts_with(b"/"));
            (parts.iter().all(is_plain) && is_relative).then(|| parts.join(&b'/'))
        }
        _ => None,
    }
}

fn number(text: &[u8]) -> Option<usize> {
    std::str::from_utf8(text).ok()?.parse().ok()
}

/// A place in a text or a list: `3`, `end`, `end-2`.
fn place(text: &[u8], length: usize) -> Option<usize> {
    let last = length.checked_sub(1)?;
    match text.strip_prefix(b"end") {
        None => number(text),
        Some(b"") => Some(last),
        Some(rest) => last.checked_sub(number(rest.strip_prefix(b"-")?)?),
    }
}

fn string(verb: &[u8], words: &[&[u8]]) -> Option<Vec<u8>> {
    if !words.iter().all(|word| word.is_ascii()) {
        return None;
    }
    match (verb, words) {
        (b"reverse", [text]) => Some(text.iter().rev().copied().collect()),
        (b"tolower", [text]) => Some(text.to_ascii_lowercase()),
        (b"toupper", [text]) => Some(text.to_ascii_uppercase()),
        (b"trim", [text]) => Some(text.trim_ascii().to_vec()),
        (b"cat", texts) => Some(texts.concat()),
        (b"index", [text, at]) => {
            Some(text.get(place(at, text.len())?).map_or_else(Vec::new, |byte| vec![*byte]))
        }
        (b"range", [text, from, to]) => {
            let to = place(to, text.len())?.saturating_add(1).min(text.len());
            Some(text.get(place(from, text.len())?..to)?.to_vec())
        }
        (b"repeat", [text, count]) => {
            let count = number(count)?;
            (text.len().saturating_mul(count) <= super::MAX_TEXT).then(|| text.repeat(count))
        }
        (b"map", [pairs, text]) => {
            let pairs = elements(pairs)?;
            let mut made = Vec::new();
            let mut rest = *text;
            while let Some((first, behind)) = rest.split_first() {
                let found = pairs.chunks(2).find_map(|pair| match pair {
                    [from, to] if !from.is_empty() => {
                        rest.strip_prefix(from.as_slice()).map(|behind| (to, behind))
                    }
                    _ => None,
                });
                match found {
                    Some((to, behind)) => {
                        made.extend_from_slice(to);
                        rest = behind;
                    }
                    None => {
                        made.push(*first);
                        rest = behind;
                    }
                }
            }
            Some(made)
        }
        _ => None,
    }
}

/// `format` with `%s`, `%d`, `%c` and no more.
fn formatted(format: &[u8], words: &[&[u8]]) -> Option<Vec<u8>> {
    let mut made = Vec::new();
    let mut words = words.iter();
    let mut bytes = format.iter();
    while let Some(byte) = bytes.next() {
        if *byte != b'%' {
            made.push(*byte);
            continue;
        }
        match bytes.next()? {
            b'%' => made.push(b'%'),
            b's' => made.extend_from_slice(words.next()?),
            b'd' => made.extend(number(words.next()?)?.to_string().into_bytes()),
            b'c' => {
                let code = u32::try_from(number(words.next()?)?).ok()?;
                made.extend(char::from_u32(code)?.to_string().into_bytes());
            }
            _ => return None,
        }
    }
    Some(made)
}
