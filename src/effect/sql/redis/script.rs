//! Lua scripts of Redis: the commands that they call. No interpreter: names of constants and of `redis.call` are followed,
//! calls count wherever they stand.
//!
//! ```text
//! local run = redis.call; local name = 'FLUSH'; run(name .. 'ALL')   →  FLUSHALL
//! ```

use crate::effect::sql::code::{Code, tokens};
use crate::effect::sql::mark::OTHER;
use std::collections::{BTreeMap, BTreeSet};

/// Most calls of a script.
const MAX_CALLS: usize = 50_000;
/// Longest text that constants make up, in bytes.
const MAX_TEXT: usize = 1 << 12;

/// The words of each command that the script calls; `None` stands for calls beyond the limit.
pub(super) fn commands(text: &str) -> Vec<Option<Vec<String>>> {
    let tokens = tokens(&without_comments(text));
    let mut script = Script::default();
    let mut all = Vec::new();
    for at in 0..tokens.len() {
        let rest = tokens.get(at..).unwrap_or_default();
        script.define(rest);
        let Some(arguments) = script.called(rest) else { continue };
        if all.len() >= MAX_CALLS {
            all.push(None);
            break;
        }
        all.push(Some(script.words(arguments)));
    }
    all
}

#[derive(Default)]
struct Script {
    /// Names that hold a known text.
    texts: BTreeMap<String, String>,
    /// Names that hold `redis.call`.
    callers: BTreeSet<String>,
}

impl Script {
    /// `name = 'text'`, `name = redis.call`
    fn define(&mut self, tokens: &[Code]) {
        let [Code::Word(name), Code::Symbol('='), value @ ..] = tokens else { return };
        if let Some(behind) = is_call(value) {
            if behind.first() != Some(&Code::Symbol('(')) {
                self.callers.insert(name.clone());
            }
            return;
        }
        match self.text(value) {
            Some((text, _)) => self.texts.insert(name.clone(), text),
            None => self.texts.remove(name),
        };
    }

    /// What is behind the parenthesis, if a call begins here.
    fn called<'t>(&self, tokens: &'t [Code]) -> Option<&'t [Code]> {
        let behind = is_call(tokens).or_else(|| match tokens {
            [Code::Word(name), rest @ ..] if self.callers.contains(name) => Some(rest),
            _ => None,
        })?;
        match behind {
            [Code::Symbol('('), arguments @ ..] => Some(arguments),
            // `redis.call 'FLUSHALL'`
            [Code::Text(_), ..] => Some(behind),
            _ => None,
        }
    }

    /// The arguments, up to the first that is worked out.
    fn words(&self, arguments: &[Code]) -> Vec<String> {
        let mut words = Vec::new();
        let mut rest = arguments;
        while let Some((text, behind)) = self.text(rest) {
            words.push(text);
            match behind {
                [Code::Symbol(','), more @ ..] => rest = more,
                _ => return words,
            }
        }
        if rest.first() != Some(&Code::Symbol(')')) {
            words.push(OTHER.to_string());
        }
        words
    }

    /// A text that constants make up, and what stands behind it. A part that is worked out is unknown.
    fn text<'t>(&self, tokens: &'t [Code]) -> Option<(String, &'t [Code])> {
        let mut text = String::new();
        let mut rest = tokens;
        loop {
            let (first, behind) = rest.split_first()?;
            match first {
                Code::Text(part) => text.push_str(part),
                Code::Word(name) => text.push_str(self.texts.get(name)?),
                Code::Symbol(_) => return None,
            }
            match behind {
                [Code::Symbol('.'), Code::Symbol('.'), more @ ..] if text.len() < MAX_TEXT => rest = more,
                [Code::Symbol('.' | '[' | '(' | ':'), ..] => return None,
                _ => return Some((text, behind)),
            }
        }
    }
}

/// What is behind `redis.call`, `redis.pcall`, `server.call`, if this is it.
fn is_call(tokens: &[Code]) -> Option<&[Code]> {
    match tokens {
        [Code::Word(table), Code::Symbol('.'), Code::Word(name), behind @ ..]
            if matches!(table.as_str(), "redis" | "server") && matches!(name.as_str(), "call" | "pcall") =>
        {
            Some(behind)
        }
        [Code::Word(table), Code::Symbol('['), Code::Text(name), Code::Symbol(']'), behind @ ..]
            if matches!(table.as_str(), "redis" | "server") && matches!(name.as_str(), "call" | "pcall") =>
        {
            Some(behind)
        }
        _ => None,
    }
}

/// Without lines of comments, which the tokens do not know.
fn without_comments(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for line in text.lines() {
        let is_comment = line.trim_start().starts_with("--");
        if !is_comment {
            out.push_str(line);
        }
        out.push('\n');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn calls_are_found_through_names_and_joined_texts() {
        for (script, expected) in [
            ("return redis.call('FLUSHALL')", "FLUSHALL"),
            ("for i=1,2 do redis.pcall (\"DEL\", KEYS[i]) end", "DEL ?"),
            ("local c = redis.call; c('FLUSHALL')", "FLUSHALL"),
            ("local n = 'FLUSHALL'; redis.call(n)", "FLUSHALL"),
            ("redis.call('FLUSH' .. 'ALL', 'ASYNC')", "FLUSHALL ASYNC"),
            ("redis['call']('flushdb')", "flushdb"),
            ("redis.call 'flushdb'", "flushdb"),
            ("redis.call(ARGV[1])", "?"),
            ("return 'redis.call(FLUSHALL)'", ""),
            ("-- redis.call('FLUSHALL')\nreturn 1", ""),
            ("local k = redis.call('GET', 'a'); k('FLUSHALL')", "GET a"),
        ] {
            let words: Vec<String> =
                commands(script).into_iter().flatten().map(|words| words.join(" ")).collect();
            assert_eq!(words.join("; ").replace(OTHER, "?"), expected, "{script}");
        }
    }
}
