//! Brace expansion: `{a,b}`, `{1..9..2}`, `{a..e}`, nested. It works on the parts of a word before anything else is
//! expanded; quoted parts and substitutions are opaque.

use crate::source::Span;
use crate::syntax::ast::Part;

/// Most words that one word may become. bash has no limit; `{1..9999999}` is a way to stop a shell.
const MAX_WORDS: usize = 1024;
/// Deepest nesting of braces.
const MAX_NESTING: usize = 24;
/// Most tokens of a word that has braces.
const MAX_TOKENS: usize = 16 * 1024;

/// A byte of literal text, or an opaque part.
#[derive(Clone, Copy)]
enum Token<'w> {
    Byte(u8, Span),
    Part(&'w Part),
}

/// The words that the parts of one word become; `None` beyond a limit.
pub(super) fn expand(parts: &[Part]) -> Option<Vec<Vec<Part>>> {
    let literal_with =
        |byte: u8| parts.iter().any(|part| matches!(part, Part::Literal(text, _) if text.contains(&byte)));
    if !literal_with(b'{') || !literal_with(b'}') {
        return Some(vec![parts.to_vec()]);
    }
    let mut tokens = Vec::new();
    for part in parts {
        match part {
            Part::Literal(bytes, span) => {
                let exact = span.len() == bytes.len();
                tokens.extend(bytes.iter().enumerate().map(|(index, byte)| {
                    let start = (span.start as usize).saturating_add(index);
                    Token::Byte(*byte, if exact { Span::new(start, start + 1) } else { *span })
                }));
            }
            other => tokens.push(Token::Part(other)),
        }
    }
    if tokens.len() > MAX_TOKENS {
        return None;
    }
    let words = expand_tokens(&tokens, 0)?;
    Some(words.iter().map(|word| to_parts(word)).collect())
}

fn expand_tokens<'w>(tokens: &[Token<'w>], depth: usize) -> Option<Vec<Vec<Token<'w>>>> {
    if depth > MAX_NESTING {
        return None;
    }
    let mut from = 0;
    while let Some(open) = position(tokens, from, b'{') {
        let Some((close, commas)) = matching(tokens, open) else {
            from = open + 1;
            continue;
        };
        let inside = tokens.get(open + 1..close).unwrap_or_default();
        let elements = if commas.is_empty() {
            sequence(inside)?
        } else {
            elements(tokens, open, close, &commas, depth)?
        };
        let Some(elements) = elements else {
            from = open + 1;
            continue;
        };
        let before = tokens.get(..open).unwrap_or_default();
        let behind = expand_tokens(tokens.get(close + 1..).unwrap_or_default(), depth + 1)?;
        if elements.len().saturating_mul(behind.len()) > MAX_WORDS {
            return None;
        }
        let mut words = Vec::new();
        for element in &elements {
            for rest in &behind {
                words.push(before.iter().chain(element).chain(rest).copied().collect());
            }
        }
        return Some(words);
    }
    Some(vec![tokens.to_vec()])
}

/// The words that stand between the commas.
fn elements<'w>(
    tokens: &[Token<'w>],
    open: usize,
    close: usize,
    commas: &[usize],
    depth: usize,
) -> Option<Option<Vec<Vec<Token<'w>>>>> {
    let mut all = Vec::new();
    let mut start = open + 1;
    for end in commas.iter().copied().chain([close]) {
        all.extend(expand_tokens(tokens.get(start..end).unwrap_or_default(), depth + 1)?);
        if all.len() > MAX_WORDS {
            return None;
        }
        start = end + 1;
    }
    Some(Some(all))
}

fn position(tokens: &[Token<'_>], from: usize, wanted: u8) -> Option<usize> {
    let behind = tokens.get(from..)?;
    behind
        .iter()
        .position(|token| matches!(token, Token::Byte(byte, _) if *byte == wanted))
        .map(|at| at + from)
}

/// The brace that closes the one at `open`, and the commas between that belong to it.
fn matching(tokens: &[Token<'_>], open: usize) -> Option<(usize, Vec<usize>)> {
    let mut depth = 0usize;
    let mut commas = Vec::new();
    for (index, token) in tokens.iter().enumerate().skip(open + 1) {
        match token {
            Token::Byte(b'{', _) => depth += 1,
            Token::Byte(b'}', _) if depth == 0 => return Some((index, commas)),
            Token::Byte(b'}', _) => depth -= 1,
            Token::Byte(b',', _) if depth == 0 => commas.push(index),
            _ => {}
        }
    }
    None
}

/// `1..9`, `01..10`, `a..e`, with an optional step: `Some(None)` if it is none.
fn sequence<'w>(inside: &[Token<'w>]) -> Option<Option<Vec<Vec<Token<'w>>>>> {
    let mut text = Vec::with_capacity(inside.len());
    let mut span: Option<Span> = None;
    for token in inside {
        let Token::Byte(byte, at) = token else { return Some(None) };
        text.push(*byte);
        span = Some(span.map_or(*at, |span| span.to(*at)));
    }
    let span = span.unwrap_or_default();
    let Ok(text) = std::str::from_utf8(&text) else { return Some(None) };
    let mut fields = text.split("..");
    let (Some(first), Some(last)) = (fields.next(), fields.next()) else { return Some(None) };
    let step = match fields.next().map(str::parse::<i64>) {
        None => 1,
        Some(Ok(step)) => step,
        Some(Err(_)) => return Some(None),
    };
    if fields.next().is_some() {
        return Some(None);
    }
    let word = |text: String| text.bytes().map(|byte| Token::Byte(byte, span)).collect::<Vec<_>>();
    if let (Ok(start), Ok(end)) = (first.parse::<i64>(), last.parse::<i64>()) {
        let padded = |number: &str| {
            number.trim_start_matches('-').starts_with('0') && number.trim_start_matches('-').len() > 1
        };
        let width = if padded(first) || padded(last) { first.len().max(last.len()) } else { 0 };
        let numbers = range(start, end, step)?;
        return Some(Some(numbers.into_iter().map(|number| word(format!("{number:0width$}"))).collect()));
    }
    let single = |text: &str| match text.as_bytes() {
        [byte] if byte.is_ascii_alphabetic() => Some(i64::from(*byte)),
        _ => None,
    };
    let (Some(start), Some(end)) = (single(first), single(last)) else { return Some(None) };
    let letters = range(start, end, step)?;
    let letter =
        |code: i64| u8::try_from(code).map_or_else(|_| String::new(), |byte| char::from(byte).to_string());
    Some(Some(letters.into_iter().map(|code| word(letter(code))).collect()))
}

fn range(start: i64, end: i64, step: i64) -> Option<Vec<i64>> {
    let size = step.unsigned_abs().max(1);
    let count = start.abs_diff(end) / size;
    if count >= MAX_WORDS as u64 {
        return None;
    }
    let signed = i64::try_from(size).ok()?;
    let step = if start <= end { signed } else { signed.checked_neg()? };
    (0..=i64::try_from(count).ok()?).map(|index| start.checked_add(step.checked_mul(index)?)).collect()
}

/// Tokens back to parts: neighbouring bytes become one literal.
fn to_parts(tokens: &[Token<'_>]) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    for token in tokens {
        match token {
            Token::Part(part) => parts.push((*part).clone()),
            Token::Byte(byte, at) => match parts.last_mut() {
                Some(Part::Literal(bytes, span)) if span.end == at.start && span.len() == bytes.len() => {
                    bytes.push(*byte);
                    *span = span.to(*at);
                }
                Some(Part::Literal(bytes, span)) if span.contains(*at) => {
                    bytes.push(*byte);
                }
                _ => parts.push(Part::Literal(vec![*byte], *at)),
            },
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(word: &str, expected: &str) {
        let parts = [Part::Literal(word.as_bytes().to_vec(), Span::new(0, word.len()))];
        let shown = match expand(&parts) {
            None => "limit".to_owned(),
            Some(words) => {
                let texts = words.iter().map(|parts| {
                    let bytes: Vec<u8> = parts
                        .iter()
                        .flat_map(|part| match part {
                            Part::Literal(bytes, _) => bytes.clone(),
                            _ => Vec::new(),
                        })
                        .collect();
                    String::from_utf8_lossy(&bytes).into_owned()
                });
                texts.collect::<Vec<_>>().join(" ")
            }
        };
        assert_eq!(shown, expected, "{word}");
    }

    #[test]
    fn braces_expand_as_in_bash() {
        check("{rm,-rf,/x}", "rm -rf /x");
        check("a{b,c}d{e,f}", "abde abdf acde acdf");
        check("{a,{b,c}d}", "a bd cd");
        check("{1..3}", "1 2 3");
        check("{01..10..3}", "01 04 07 10");
        check("{e..a..2}", "e c a");
        check("{}", "{}");
        check("{a}", "{a}");
        check("x{,y}", "x xy");
        check("{a,b", "{a,b");
        check("{a}{b,c}", "{a}b {a}c");
        check("{{a,b}}", "{a} {b}");
        check("{1..99999}", "limit");
    }
}
